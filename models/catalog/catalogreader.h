// Reads catalog files (resources/catalogs/catalog.schema.json) and names every fault in them.
#pragma once

#include "models/base/result.h"
#include "models/catalog/catalog.h"

#include <QStringList>

#include <vector>

namespace errata {

/// One fault: which file, which entry or envelope, which field, and why.
struct CatalogFault
{
    QString file;
    QString entry; ///< "entries[12] (TOKEN_EXPIRED)", empty for the file as a whole
    QString field; ///< "retry.verdict"
    QString reason;
    qsizetype line = 0; ///< from 1; 0 when unknown

    /// "my.json:120: entries[12] (TOKEN_EXPIRED): retry.verdict: ..."
    [[nodiscard]] QString text() const;
};

struct CatalogReading
{
    std::optional<Catalog> catalog; ///< absent when the file is unusable as a whole
    std::vector<CatalogFault> faults;
};

/// Reads one file's bytes. A faulty entry is left out and named; the others stay.
[[nodiscard]] CatalogReading readCatalog(const QByteArray &bytes, const QString &file);

struct LoadedCatalogs
{
    CatalogSet set;
    std::vector<CatalogFault> faults;
    QStringList files; ///< every file read
};

/// The shipped catalogs, then those in \a folders (*.json) and \a files. A later file with the id of
/// an earlier one replaces it. Links between catalogs are checked over the whole set.
[[nodiscard]] LoadedCatalogs loadCatalogs(const QStringList &folders = {}, const QStringList &files = {});

/// Just these files.
[[nodiscard]] LoadedCatalogs readCatalogs(const QStringList &paths);

/// Faults between entries: equivalents and related codes that do not exist.
[[nodiscard]] std::vector<CatalogFault> checkLinks(const CatalogSet &set);

} // namespace errata
