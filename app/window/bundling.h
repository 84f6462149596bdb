// Makes the escalation bundle of what is on the Decode page and saves it, beside the window's thread.
#pragma once

#include "models/base/result.h"
#include "models/catalog/catalog.h"
#include "models/decode/batch.h"

#include <QObject>
#include <QThreadPool>

namespace errata {

class Bundling : public QObject
{
    Q_OBJECT

public:
    explicit Bundling(QObject *parent = nullptr) : QObject(parent) {}

    /// Replaces what is at \a path. Ends with a message: "Saved escalation.zip, 3 secrets masked.", or why not.
    void save(const std::vector<NamedText> &texts, const DecodeOptions &options, const CatalogSet &catalogs,
              const QString &path);

Q_SIGNALS:
    void messageRequested(const QString &text);

private:
    QThreadPool m_pool; ///< waits for its last job when it goes
};

/// The number of secrets masked in the bundle written to \a path.
[[nodiscard]] Result<std::size_t> writeBundle(const std::vector<NamedText> &texts, const DecodeOptions &options,
                                              const CatalogSet &catalogs, const QString &path);

} // namespace errata
