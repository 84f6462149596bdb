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

/// A request in a collection that is open: where it stands, to be written there again.
struct SavedRequest
{
    RequestDraft draft;     ///< as the file has it
    QString file;           ///< its path; empty where the collection's format is read only
    qsizetype index = 0;    ///< among the requests of the file
    QStringList group = {}; ///< folders to show it in: its own, else those of its file
    friend bool operator==(const SavedRequest &, const SavedRequest &) = default;
};

/// A collection that is open: a folder of .http files, or a file that another tool has saved.
struct SavedCollection
{
    QString place; ///< path of the folder or file
    QString name;
    bool isFolder = false; ///< requests can be saved in it
    std::vector<SavedRequest> requests;
    std::vector<Environment> environments;
    QStringList problems; ///< files that cannot be read, and what was not carried over
    friend bool operator==(const SavedCollection &, const SavedCollection &) = default;
};

/// \a name without what a file system may refuse.
[[nodiscard]] QString safeFileName(const QString &name);

/// The variables to fill in: those of the file itself, then those of the environment \a name.
[[nodiscard]] Variables variablesFor(const Collection &collection, const QString &name);

/// Those of its files themselves, without any environment.
[[nodiscard]] Variables variablesOf(const SavedCollection &collection);

} // namespace errata
