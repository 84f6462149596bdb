// What happens between the Decode page's text and its verdict; files and samples are read here.
#pragma once

#include "models/base/result.h"
#include "models/catalog/catalog.h"
#include "models/decode/decoder.h"

#include <QObject>
#include <QThreadPool>

namespace errata {

class DecodePage;

class Decoding : public QObject
{
    Q_OBJECT

public:
    /// \a page is its parent.
    explicit Decoding(DecodePage *page);

    void setCatalogs(const CatalogSet &catalogs) { m_catalogs = catalogs; }
    /// Reads the first file and shows its verdict; says so where there are more.
    void openFiles(const QStringList &paths);

Q_SIGNALS:
    void messageRequested(const QString &text);

private:
    void decode(const QByteArray &text, const DecodeOptions &options, int job);
    void chooseFile();
    void openSample(const QString &name);

    DecodePage *m_page;
    CatalogSet m_catalogs;
    QThreadPool m_pool; ///< waits for its last job when it goes
};

/// The bytes of a file, refused above the decoder's limit; the error names the file and the reason.
[[nodiscard]] Result<QByteArray> readFile(const QString &path);

} // namespace errata
