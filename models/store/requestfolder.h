// Requests kept in a folder of .http files, as people have them under version control: one request is changed at a
// time, and every other byte stays.
#pragma once

#include "models/base/result.h"
#include "models/http/collection.h"

#include <optional>

namespace errata {

/// All .http and .rest files below \a folder, by their paths. A file that cannot be read is named in problems, and the
/// others are shown. The error says why there is nothing to show at all.
[[nodiscard]] Result<SavedCollection> readRequestFolder(const QString &folder);

/// A file as it was before and after; to be taken back.
struct FileChange
{
    QString file;
    QByteArray before;
    QByteArray after;
    bool wasThere = true; ///< false: the change made the file
};

/// Writes \a draft where \a was stands. The error says so where the file has another request there by now, or where
/// writing would lose something.
[[nodiscard]] Result<FileChange> saveRequest(const SavedRequest &was, const RequestDraft &draft);

/// Adds it at the end of the file of its folder, which may be new.
[[nodiscard]] Result<FileChange> addRequest(const QString &folder, const RequestDraft &draft);

[[nodiscard]] Result<FileChange> removeRequest(const SavedRequest &was);

/// Puts the file back as it was, unless somebody has changed it since.
[[nodiscard]] std::optional<Error> takeBack(const FileChange &change);

} // namespace errata
