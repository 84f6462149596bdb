// ZIP archives (PKWARE APPNOTE 6.3.10) of a few small files.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <vector>

namespace errata {

struct ArchivedFile
{
    QString name; ///< "/" between folders
    QByteArray bytes;
};

/// Deflated, names in UTF-8, all with the time \a modified (to 2 seconds, as the format has it). Together below 4 GB.
[[nodiscard]] QByteArray zipArchive(const std::vector<ArchivedFile> &files, const QDateTime &modified);

} // namespace errata
