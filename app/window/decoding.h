// What happens between the Decode page's text and its verdict; files and samples are read here. Nothing of it waits in
// the window's thread, and each result asks whether it is still wanted.
#pragma once

#include "models/base/result.h"
#include "models/catalog/catalog.h"
#include "models/decode/batch.h"
#include "models/redact/redaction.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace errata {

class DecodePage;

class Decoding : public QObject
{
    Q_OBJECT

public:
    using Decoder = std::function<Diagnosis(const std::vector<NamedText> &, const CatalogSet &, const DecodeOptions &)>;

    /// \a page is its parent.
    explicit Decoding(DecodePage *page, Decoder decoder = decodeTexts);
    ~Decoding() override;

    void setCatalogs(const CatalogSet &catalogs);
    /// Reads the files and shows their verdict; several as one input.
    void openFiles(const QStringList &paths);

Q_SIGNALS:
    void messageRequested(const QString &text);

private:
    void decode(const std::vector<NamedText> &texts, const DecodeOptions &options, int job);
    void decodeBeside(const std::vector<NamedText> &texts, DecodeOptions options, int job);
    void countSecrets(const std::vector<NamedText> &texts, int job);
    void filesRead(const std::vector<NamedText> &texts, const QStringList &problems, int reading);
    void cancel();
    void stop();
    void chooseFile();
    void openSample(const QString &name);

    DecodePage *m_page;
    Decoder m_decoder;
    CatalogSet m_catalogs;
    RedactionRules m_rules;
    std::shared_ptr<std::atomic<bool>> m_stop; ///< of the job under way
    int m_reading = 0;                         ///< the last reading of files asked for
    bool m_readsFiles = false;
    QThreadPool m_pool; ///< waits for its last job when it goes
};

/// The bytes of a file, unpacked where they are gzip, refused above the decoder's limit; the error names the file and
/// the reason.
[[nodiscard]] Result<QByteArray> readFile(const QString &path);

} // namespace errata
