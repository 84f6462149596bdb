// Requests that belong together, whatever tool saved them.
#pragma once

#include "models/http/requestdraft.h"

namespace errata {

struct Collection
{
    QString name;
    std::vector<RequestDraft> requests; ///< each knows its folder
    std::vector<Environment> environments;
    QStringList notCarried; ///< what the file says and Errata cannot keep: "pre-request script of 'Log in'"
    friend bool operator==(const Collection &, const Collection &) = default;
};

/// A collection of several files: its folder holds them under these paths, which have '/' and are safe on any file
/// system.
struct CollectionFile
{
    QString path;
    QByteArray bytes;
    friend bool operator==(const CollectionFile &, const CollectionFile &) = default;
};

/// What a writer made, and what the format has no place for: "retry policy of 'Log in'".
struct WrittenCollection
{
    std::vector<CollectionFile> files;
    QStringList notCarried;
};

/// \a name without what a file system may refuse.
[[nodiscard]] QString safeFileName(const QString &name);

/// The variables to fill in: those of the file itself, then those of the environment \a name.
[[nodiscard]] Variables variablesFor(const Collection &collection, const QString &name);

} // namespace errata
