#include "app/window/collections.h"

#include "app/cli/requestinput.h"
#include "app/modules.h"
#include "app/window/filechoice.h"
#include "models/redact/draftredaction.h"
#include "views/probe/collectionlist.h"
#include "views/probe/probepage.h"
#include "views/probe/savedialog.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <iterator>

namespace errata {

namespace {

/// Recordings of more than that are for Decode.
constexpr qint64 largestImport = 20 * limits::Megabyte;

Result<SavedCollection> readFileAt(const QString &path)
{
    if (QFileInfo(path).size() > largestImport)
        return Error{QStringLiteral("more than %1 MB: no collection; Decode opens recordings of any size")
                         .arg(largestImport / limits::Megabyte),
                     path};
    CliContext context;
    context.yamlToJson = [](const QByteArray &yaml) { return yamlToJson(programDir(), yaml); };
    auto input = readRequests(context, path, {});
    if (!input)
        return input.error();
    SavedCollection collection;
    collection.place = path;
    collection.name = input->collection.name.isEmpty() ? QFileInfo(path).fileName() : input->collection.name;
    for (RequestDraft &draft : input.value().collection.requests) {
        const QStringList group = draft.folder;
        collection.requests.push_back({std::move(draft), {}, qsizetype(collection.requests.size()), group});
    }
    collection.environments = std::move(input.value().collection.environments);
    collection.problems = std::move(input.value().collection.notCarried);
    return collection;
}

bool holdsBruno(const QString &folder)
{
    return QFileInfo::exists(QDir(folder).filePath(QStringLiteral("bruno.json")));
}

/// Whether what stands there is of another tool, and read as a whole; else it is a folder of .http files.
bool isFile(const QString &place)
{
    return !QFileInfo(place).isDir() || holdsBruno(place);
}

} // namespace

Collections::Collections(ProbePage *page, Settings settings, RedactionRules rules, const QString &home)
    : QObject(page)
    , m_page(page)
    , m_settings(std::move(settings))
    , m_rules(std::move(rules))
    , m_home(QDir::cleanPath(home))
    , m_places(m_settings.collections())
{
    connectPage();
    page->collections()->setModel(&m_model);
    constexpr int pauseMs = 300; // programs write a file in several steps
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &Collections::read);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(page, &ProbePage::draftsOpened, this, [this] { m_page->rejoinSaved(m_model.collections()); });
    read();
    page->rejoinSaved(m_model.collections());
}

void Collections::connectPage()
{
    CollectionList *list = m_page->collections();
    connect(list, &CollectionList::openFolderRequested, this, [this] {
        chooseFolder(m_page, tr("Folder of .http files, or a new one"), [this](const QString &path) { open(path); });
    });
    connect(list, &CollectionList::openFileRequested, this, [this] {
        chooseFile(m_page, tr("Import requests"),
                   tr("Requests (*.json *.yaml *.yml *.http *.rest *.bru *.har *.sh *.txt);;All files (*)"),
                   [this](const QString &path) { open(path); });
    });
    connect(list, &CollectionList::closeRequested, this, &Collections::close);
    connect(list, &CollectionList::removeRequested, this, &Collections::remove);
    connect(list, &CollectionList::undoRequested, this, &Collections::undo);
    connect(list, &CollectionList::environmentsRequested, this, [this](int number) {
        std::vector<Environment> named;
        for (const Environment &one : m_model.collections()[std::size_t(number)].environments) {
            if (!one.name.isEmpty())
                named.push_back(one);
        }
        m_page->addEnvironments(named);
        m_page->collections()->showNews(tr("Taken over. Values of secrets are typed in \"Edit environments\"."));
    });
    connect(list, &CollectionList::requestChosen, this, [this](const SavedRequest &request, int number) {
        const SavedCollection &collection = m_model.collections()[std::size_t(number)];
        if (collection.isFolder)
            return m_page->openSaved(request, variablesOf(collection));
        m_page->openDraft(request.draft);
    });
    connect(m_page, &ProbePage::saveToCollectionRequested, this, &Collections::save);
}

void Collections::open(const QString &place)
{
    const QString path = QDir::cleanPath(place);
    m_page->showCollections();
    if (!isFile(path)) {
        if (const auto folder = readRequestFolder(path); !folder)
            return tell(folder.error());
    }
    if (!m_places.contains(path)) {
        m_places << path;
        m_settings.setCollections(m_places);
        if (isFile(path))
            m_newFiles << path;
    }
    read();
}

void Collections::close(int number)
{
    const QString place = m_model.collections()[std::size_t(number)].place;
    m_places.removeAll(place);
    m_newFiles.removeAll(place);
    m_files.remove(place);
    m_settings.setCollections(m_places);
    read();
}

void Collections::read()
{
    readFiles();
    show();
}

void Collections::readFiles()
{
    QStringList files;
    std::copy_if(m_places.cbegin(), m_places.cend(), std::back_inserter(files), isFile);
    if (files.isEmpty())
        return m_reading.cancel();
    m_reading.start(
        [files](const JobFlag &flag) {
            Readings readings;
            for (const QString &file : files) {
                if (flag.isCancelled())
                    break;
                readings.insert(file, readFileAt(file));
            }
            return readings;
        },
        [this](const Readings &readings) { filesRead(readings); });
}

void Collections::filesRead(const Readings &readings)
{
    m_files = readings;
    std::optional<Error> fault;
    const QStringList opened = std::exchange(m_newFiles, {});
    for (const QString &file : opened) {
        const auto found = readings.constFind(file);
        if (found == readings.cend() || found->ok())
            continue;
        fault = found->error();
        m_files.remove(file);
        m_places.removeAll(file);
        m_settings.setCollections(m_places);
    }
    show();
    if (fault) // said last: the list has words of its own
        tell(*fault);
}

SavedCollection Collections::shown(const QString &place) const
{
    const QString name = QFileInfo(place).fileName();
    if (isFile(place) && !m_files.contains(place))
        return {place, name, false, {}, {}, {tr("It is being read; closing it gives it up.")}};
    const Result<SavedCollection> collection = isFile(place) ? *m_files.constFind(place) : readRequestFolder(place);
    if (!collection) // a disk may come back
        return {place, name, false, {}, {}, {collection.error().message}};
    return collection.value();
}

void Collections::show()
{
    std::vector<SavedCollection> collections;
    collections.reserve(static_cast<std::size_t>(m_places.size()));
    for (const QString &place : std::as_const(m_places))
        collections.push_back(shown(place));
    // Selections and what is open stay where nothing has changed.
    if (collections != m_model.collections())
        m_model.setCollections(std::move(collections));
    m_page->followSaved(m_model.collections());
    watch();
}

void Collections::watch()
{
    QStringList paths;
    for (const SavedCollection &collection : m_model.collections()) {
        paths << collection.place;
        for (const SavedRequest &request : collection.requests) {
            if (request.file.isEmpty())
                continue;
            paths << request.file << QFileInfo(request.file).path();
        }
    }
    paths.removeDuplicates();
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    if (!watched.isEmpty())
        m_watcher.removePaths(watched);
    if (!paths.isEmpty())
        m_watcher.addPaths(paths);
}

RequestDraft Collections::masked(const RequestDraft &draft, int *count) const
{
    Redactor redactor(m_rules);
    const Redacted<Collection> done = redactedCollection(redactor, {{}, {draft}, {}, {}});
    *count = int(done.masked.size());
    return done.value.requests.front();
}

void Collections::save(bool elsewhere)
{
    const RequestTab tab = m_page->current();
    if (!elsewhere && tab.saved) {
        if (!tab.isChanged())
            return m_page->editor()->showHint(tr("It is saved as it stands."));
        int count = 0;
        const RequestDraft draft = masked(tab.draft, &count);
        const auto change = saveRequest(*tab.saved, draft);
        if (!change)
            return tell(change.error());
        QString place;
        for (const SavedCollection &collection : m_model.collections()) {
            if (change->file.startsWith(collection.place + QLatin1Char('/')))
                place = collection.place;
        }
        return written(place, change.value(), draft, count);
    }
    int current = -1;
    const auto &collections = m_model.collections();
    for (std::size_t i = 0; i < collections.size() && current < 0; ++i)
        current = collections[i].isFolder ? int(i) : -1;
    // The first one saved needs no folder to be thought of.
    const SavedCollection own{m_home, tr("My requests"), true, {}, {}, {}};
    auto *dialog = current < 0 ? new SaveDialog(tab.draft, {own}, 0, m_page)
                               : new SaveDialog(tab.draft, collections, current, m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { saveFrom(*dialog); });
    dialog->open();
}

void Collections::saveFrom(const SaveDialog &dialog)
{
    const QString place = dialog.place();
    if (place.isEmpty())
        return chooseFolder(m_page, tr("Folder to save requests in"),
                            [this, draft = dialog.draft()](const QString &path) {
                                open(path);
                                saveTo(QDir::cleanPath(path), draft);
                            });
    if (!m_places.contains(place)) {
        if (!QDir().mkpath(place))
            return tell({tr("This folder cannot be made."), place});
        open(place);
    }
    saveTo(place, dialog.draft());
}

void Collections::saveTo(const QString &place, const RequestDraft &draft)
{
    int count = 0;
    const RequestDraft safe = masked(draft, &count);
    const auto change = addRequest(place, safe);
    if (!change)
        return tell(change.error());
    written(place, change.value(), safe, count);
}

void Collections::written(const QString &place, const FileChange &change, const RequestDraft &draft, int maskedCount)
{
    m_changes.push_back(change);
    show();
    for (const SavedCollection &collection : m_model.collections()) {
        if (collection.place != place)
            continue;
        const auto &list = collection.requests;
        const auto saved = std::find_if(list.rbegin(), list.rend(), [&](const SavedRequest &one) {
            return one.file == change.file && one.draft == draft;
        });
        if (saved != list.rend())
            m_page->setSaved(*saved, variablesOf(collection));
    }
    m_page->showCollections();
    QString said = tr("Saved in %1.").arg(QFileInfo(change.file).fileName());
    if (maskedCount > 0)
        said += maskedCount == 1
                    ? tr(" 1 secret was not written: put it into an environment, and write {{name}} here.")
                    : tr(" %1 secrets were not written: put them into an environment, and write {{name}} here.")
                          .arg(maskedCount);
    m_page->editor()->showHint(said);
}

void Collections::remove(const SavedRequest &request)
{
    const auto change = removeRequest(request);
    if (!change)
        return tell(change.error());
    m_changes.push_back(change.value());
    show();
    m_page->collections()->showNews(
        tr("Deleted from %1. Ctrl+Z brings it back.").arg(QFileInfo(change->file).fileName()));
}

void Collections::undo()
{
    if (m_changes.empty())
        return m_page->collections()->showNews(tr("Nothing to take back."));
    const FileChange change = m_changes.back();
    m_changes.pop_back();
    if (const auto fault = takeBack(change))
        return tell(*fault);
    show();
    m_page->collections()->showNews(tr("%1 is as it was before.").arg(QFileInfo(change.file).fileName()));
}

void Collections::tell(const Error &error)
{
    m_page->showCollections();
    m_page->collections()->showProblem(error.text());
}

} // namespace errata
