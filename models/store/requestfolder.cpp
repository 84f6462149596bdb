#include "models/store/requestfolder.h"

#include "models/base/limits.h"
#include "models/base/wholefile.h"
#include "models/http/httpfile.h"
#include "models/http/httpfileedit.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>
#include <functional>

namespace errata {

namespace {

/// A collection has hundreds at most; this is somebody's home folder, or a disk.
constexpr qsizetype mostFiles = 2'000;
constexpr int mostEntries = 100'000;

Result<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{QStringLiteral("cannot be read: %1").arg(file.errorString()), path};
    if (file.size() > limits::collectionFile)
        return Error{
            QStringLiteral("%1 bytes are more than the %2 allowed").arg(file.size()).arg(limits::collectionFile), path};
    return file.readAll();
}

std::optional<Error> write(const QString &path, const QByteArray &bytes)
{
    if (!QDir().mkpath(QFileInfo(path).path()))
        return Error{QStringLiteral("the folder cannot be made"), QFileInfo(path).path()};
    return writeWholeFile(path, bytes);
}

Result<QStringList> filesBelow(const QString &folder)
{
    QStringList paths;
    int looked = 0;
    QDirIterator it(folder, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        if (path.endsWith(QLatin1String(".http")) || path.endsWith(QLatin1String(".rest")))
            paths << path;
        if (paths.size() > mostFiles || ++looked > mostEntries)
            return Error{QStringLiteral("holds more than a collection does; choose the folder the .http files are in"),
                         folder};
    }
    paths.sort();
    return paths;
}

/// The folders a file's requests are shown in: "auth/tokens.http" in auth, tokens; "requests.http" at the top.
QStringList groupOf(const QString &folder, const QString &path)
{
    const QFileInfo info(QDir(folder).relativeFilePath(path));
    QStringList group = info.path() == QLatin1String(".") ? QStringList() : info.path().split(QLatin1Char('/'));
    const QString own = info.completeBaseName();
    if (own != QFileInfo(httpFileOf({})).completeBaseName())
        group << own;
    return group;
}

void addFile(SavedCollection &collection, const QString &path)
{
    const auto bytes = contentOf(path);
    const QString shown = QDir(collection.place).relativeFilePath(path);
    if (!bytes) {
        collection.problems << QStringLiteral("%1: %2").arg(shown, bytes.error().message);
        return;
    }
    if (bytes->trimmed().isEmpty())
        return;
    auto part = readHttpFile(bytes.value());
    if (!part) {
        collection.problems << QStringLiteral("%1: %2").arg(shown, part.error().text());
        return;
    }
    const QStringList group = groupOf(collection.place, path);
    qsizetype index = 0;
    for (RequestDraft &draft : part.value().requests) {
        const QStringList shownIn = draft.folder.isEmpty() ? group : draft.folder;
        collection.requests.push_back({std::move(draft), path, index++, shownIn});
    }
    std::move(part.value().environments.begin(), part.value().environments.end(),
              std::back_inserter(collection.environments));
    for (const QString &what : std::as_const(part.value().notCarried))
        collection.problems << QStringLiteral("%1: not shown here, and kept: %2").arg(shown, what);
}

/// Environments and the name, which other files than the requests' hold.
void addShared(SavedCollection &collection)
{
    std::vector<CollectionFile> files;
    for (const char *name : {"http-client.env.json", "errata.json"}) {
        const QString path = QDir(collection.place).filePath(QLatin1String(name));
        if (!QFileInfo::exists(path))
            continue;
        if (auto bytes = contentOf(path))
            files.push_back({QLatin1String(name), std::move(bytes).value()});
        else
            collection.problems << bytes.error().text();
    }
    const auto shared = readHttpFolder(std::move(files));
    if (!shared) {
        collection.problems << shared.error().text();
        return;
    }
    collection.environments.insert(collection.environments.end(), shared->environments.begin(),
                                   shared->environments.end());
    if (!shared->name.isEmpty())
        collection.name = shared->name;
}

/// Where the request stands by now: at its index, or wherever the only one like it is.
Result<qsizetype> indexNow(const SavedRequest &was, const QByteArray &text)
{
    const auto now = readHttpFile(text);
    const std::vector<RequestDraft> none;
    const std::vector<RequestDraft> &list = now ? now->requests : none;
    if (was.index < qsizetype(list.size()) && list[std::size_t(was.index)] == was.draft)
        return was.index;
    if (std::count(list.begin(), list.end(), was.draft) == 1)
        return std::find(list.begin(), list.end(), was.draft) - list.begin();
    return Error{QStringLiteral("has changed since it was read; open the request again, or save it as a new one"),
                 was.file};
}

Result<FileChange> written(FileChange change)
{
    if (const auto fault = write(change.file, change.after))
        return *fault;
    return change;
}

/// Writes what \a edit makes of the file's text and the request's index in it.
Result<FileChange> changed(const SavedRequest &was,
                           const std::function<Result<QByteArray>(const QByteArray &, qsizetype)> &edit)
{
    const auto text = contentOf(was.file);
    if (!text)
        return text.error();
    const auto index = indexNow(was, text.value());
    if (!index)
        return index.error();
    const auto after = edit(text.value(), index.value());
    if (!after)
        return Error{after.error().message, was.file};
    return written({was.file, text.value(), after.value(), true});
}

} // namespace

Result<SavedCollection> readRequestFolder(const QString &folder)
{
    if (!QFileInfo(folder).isDir())
        return Error{QStringLiteral("no such folder"), folder};
    const auto paths = filesBelow(folder);
    if (!paths)
        return paths.error();
    SavedCollection collection;
    collection.place = folder;
    collection.name = QDir(folder).dirName();
    collection.isFolder = true;
    for (const QString &path : paths.value())
        addFile(collection, path);
    addShared(collection);
    return collection;
}

Result<FileChange> saveRequest(const SavedRequest &was, const RequestDraft &draft)
{
    return changed(was, [&draft](const QByteArray &text, qsizetype index) { return withRequest(text, index, draft); });
}

Result<FileChange> addRequest(const QString &folder, const RequestDraft &draft)
{
    const QString path = QDir(folder).filePath(httpFileOf(draft.folder));
    const bool wasThere = QFileInfo::exists(path);
    const auto text = wasThere ? contentOf(path) : Result<QByteArray>(QByteArray());
    if (!text)
        return text.error();
    const auto changed = withRequestAdded(text.value(), draft);
    if (!changed)
        return Error{changed.error().message, path};
    return written({path, text.value(), changed.value(), wasThere});
}

Result<FileChange> removeRequest(const SavedRequest &was)
{
    return changed(was, withoutRequest);
}

std::optional<Error> takeBack(const FileChange &change)
{
    const auto now = contentOf(change.file);
    if (!now)
        return now.error();
    if (now.value() != change.after)
        return Error{QStringLiteral("has changed since; nothing was taken back"), change.file};
    if (change.wasThere)
        return write(change.file, change.before);
    if (QFile::remove(change.file))
        return {};
    return Error{QStringLiteral("cannot be removed"), change.file};
}

} // namespace errata
