#include "app/window/workbench.h"

#include "app/bundle.h"
#include "app/redactionrules.h"
#include "app/window/bundling.h"
#include "app/window/collections.h"
#include "app/window/decoding.h"
#include "app/window/filechoice.h"
#include "app/window/keeping.h"
#include "app/window/labelcopying.h"
#include "app/window/labrunner.h"
#include "app/window/livesender.h"
#include "app/window/savingbytes.h"
#include "models/base/limits.h"
#include "views/catalog/catalogpage.h"
#include "views/decode/decodepage.h"
#include "views/lab/labpage.h"
#include "views/probe/probepage.h"
#include "views/theme/erratastyle.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QIcon>
#include <QSplitter>
#include <QUrl>

#include <algorithm>

namespace errata {

namespace {

/// Of a link of the retry lab, as bytes.
constexpr qsizetype LongestLink = 64 * limits::Kilobyte;

} // namespace

Workbench::Workbench(const WindowRequest &request, ErrataStyle *style)
    : m_request(request), m_settings(request.configDir), m_style(style)
{
    m_window = std::make_unique<MainWindow>(pageSpecs());
    m_window->showPage(CatalogIndex);
    m_window->setThemeChoice(style->choice());
    connect(m_window.get(), &MainWindow::themeChosen, this, [this](ThemeChoice choice) {
        m_style->setChoice(choice);
        m_settings.setTheme(choice);
    });
    connect(m_window.get(), &MainWindow::urlRequested, this, &Workbench::openUrl);
    connect(m_window.get(), &MainWindow::pasteRequested, this, [this](const QString &text) { decode(text.toUtf8()); });
    connect(m_window.get(), &MainWindow::filesDropped, this, &Workbench::decodeFiles);
    connect(m_window.get(), &MainWindow::aboutToClose, this, [this] {
        m_settings.setLayout(m_window->layoutState());
        if (m_sender)
            m_sender->stop();
        if (m_labRunner)
            m_labRunner->stop();
    });
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &Workbench::reloadCatalogs);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &Workbench::reloadCatalogs);
    connect(new LabelCopying(this), &LabelCopying::copyRequested, this, &Workbench::copy);
    if (request.screenshotsDir.isEmpty())
        m_window->restoreLayout(m_settings.layout());
}

Workbench::~Workbench() = default;

std::vector<PageSpec> Workbench::pageSpecs()
{
    return {{QStringLiteral("Catalog"), [this] { return buildCatalogPage(); }},
            {QStringLiteral("Decode"), [this] { return buildDecodePage(); }},
            {QStringLiteral("Probe"), [this] { return buildProbePage(); }},
            {QStringLiteral("Retry lab"), [this] { return buildLabPage(); }}};
}

CatalogPage *Workbench::catalogPage() const
{
    return qobject_cast<CatalogPage *>(m_window->page(CatalogIndex));
}

DecodePage *Workbench::decodePage() const
{
    return qobject_cast<DecodePage *>(m_window->page(DecodeIndex));
}

ProbePage *Workbench::probePage() const
{
    return qobject_cast<ProbePage *>(m_window->page(ProbeIndex));
}

LabPage *Workbench::labPage() const
{
    return qobject_cast<LabPage *>(m_window->page(LabIndex));
}

QWidget *Workbench::buildCatalogPage()
{
    auto *page = new CatalogPage(&m_search, &m_facets, m_window->searchField());
    connect(page, &CatalogPage::messageRequested, m_window.get(), &MainWindow::showMessage);
    connect(page, &CatalogPage::openUrlRequested, this, &Workbench::openUrl);
    connect(page, &CatalogPage::decodeRequested, this, [this](const QString &text) { decode(text.toUtf8()); });
    connect(page, &CatalogPage::probeRequested, this, &Workbench::probeEntry);
    connect(page, &CatalogPage::simulateRequested, this, &Workbench::simulateEntry);
    connect(page, &CatalogPage::noteEdited, this, [this](const QString &entryId, const QString &text) {
        if (m_notes)
            tell(m_notes->setText(entryId, text));
    });
    connect(page, &CatalogPage::pinToggled, this, [this](const QString &entryId, bool pinned) {
        if (m_notes)
            tell(m_notes->setPinned(entryId, pinned));
    });
    return page;
}

QWidget *Workbench::buildDecodePage()
{
    auto *page = new DecodePage;
    m_decoding = new Decoding(page);
    m_decoding->setCatalogs(m_search.catalogs());
    m_bundling = new Bundling(page);
    page->setCatalogs(m_search.catalogs());
    page->splitter()->setObjectName(QStringLiteral("decodeSplitter"));
    connect(m_decoding, &Decoding::messageRequested, m_window.get(), &MainWindow::showMessage);
    connect(m_bundling, &Bundling::messageRequested, this, &Workbench::tellOnPage);
    connect(page, &DecodePage::copyRequested, this, &Workbench::copy);
    connect(page, &DecodePage::copyWithSecretsRequested, this, &Workbench::copyWithSecrets);
    connect(page, &DecodePage::noteRequested, this, &Workbench::copyNote);
    connect(page, &DecodePage::bundleRequested, this, &Workbench::chooseBundle);
    connect(page, &DecodePage::entryRequested, this, &Workbench::openEntry);
    connect(page, &DecodePage::simulateRequested, this, &Workbench::simulate);
    connect(page, &DecodePage::probeRequested, this, &Workbench::probe);
    return page;
}

QWidget *Workbench::buildProbePage()
{
    auto *page = new ProbePage;
    const std::vector<RetryPolicy> all = policies();
    page->setPolicies(all);
    page->setCatalogs(m_search.catalogs());
    page->setRedactionRules(redactionRules(m_search.catalogs()));
    page->splitter()->setObjectName(QStringLiteral("probeSplitter"));
    page->innerSplitter()->setObjectName(QStringLiteral("probeInnerSplitter"));
    page->sideSplitter()->setObjectName(QStringLiteral("probeSideSplitter"));
    page->setFileReader([](const QString &path) { return readFile(path); });
    m_sender = new LiveSender(page, all);
    m_sender->setCatalogs(m_search.catalogs());
    connect(m_sender, &LiveSender::stateChanged, m_window.get(), &MainWindow::setNetworkState);
    connect(page, &ProbePage::copyRequested, this, &Workbench::copy);
    connect(page, &ProbePage::copyWithSecretsRequested, this, &Workbench::copyWithSecrets);
    connect(page, &ProbePage::saveRequested, this,
            [this, page](const QByteArray &bytes, const QString &name, const std::shared_ptr<const void> &storage) {
                saveAs(page, {bytes, storage}, name, [this](const QString &said) { m_window->showMessage(said); });
            });
    connect(page, &ProbePage::entryRequested, this, &Workbench::openEntry);
    connect(page, &ProbePage::bodyFileWanted, page, [page] {
        chooseFile(page, tr("File to send"), {}, [page](const QString &file) { page->editor()->setBodyFile(file); });
    });
    connect(page, &ProbePage::connectionFileWanted, page, [page](ConnectionFile which) {
        chooseFile(page, tr("PEM file"), tr("Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)"),
                   [page, which](const QString &file) { page->editor()->setConnectionFile(which, file); });
    });
    // Pictures are of nobody's requests.
    if (m_request.screenshotsDir.isEmpty()) {
        m_keeping = new Keeping(page, m_request.dataDir, redactionRules(m_search.catalogs()));
        connect(m_keeping, &Keeping::messageRequested, m_window.get(), &MainWindow::showMessage);
        connect(m_sender, &LiveSender::attemptMade, m_keeping, &Keeping::add);
        new Collections(page, m_settings, redactionRules(m_search.catalogs()),
                        m_request.dataDir + QStringLiteral("/requests"));
    }
    return page;
}

std::vector<RetryPolicy> Workbench::policies()
{
    std::vector<Error> faults;
    std::vector<RetryPolicy> all = allPolicies(m_request.dataDir + QStringLiteral("/policies"), &faults);
    if (!faults.empty())
        m_window->showMessage(faults.front().text());
    return all;
}

QWidget *Workbench::buildLabPage()
{
    std::vector<RetryPolicy> presets = policies();
    // The page opens with the first: the one sample that an API's documentation gives as a whole client.
    std::stable_partition(presets.begin(), presets.end(),
                          [](const RetryPolicy &policy) { return policy.id == QLatin1String("intended"); });
    auto *page = new LabPage(std::move(presets));
    page->splitter()->setObjectName(QStringLiteral("labSplitter"));
    m_labRunner = new LabRunner(
        page, [this] { return probePage(); }, [] { return openTransport(programDir(), QStringLiteral("curl")); },
        m_clock);
    m_labRunner->setCatalogs(m_search.catalogs());
    connect(m_labRunner, &LabRunner::stateChanged, m_window.get(), &MainWindow::setNetworkState);
    // The history came with the Probe's page, which was asked for its request before anything could be sent.
    connect(m_labRunner, &LabRunner::attemptMade, this, [this](const HistoryRecord &record) {
        if (m_keeping)
            m_keeping->add(record);
    });
    connect(page, &LabPage::copyRequested, this, &Workbench::copy);
    connect(page, &LabPage::saveRequested, this, [this, page](const QByteArray &bytes, const QString &name) {
        saveAs(page, {bytes, {}}, name, [this](const QString &said) { m_window->showMessage(said); });
    });
    connect(page, &LabPage::openRequested, this, &Workbench::chooseLabFile);
    return page;
}

void Workbench::chooseLabFile()
{
    auto *dialog = new QFileDialog(labPage(), QStringLiteral("Open a setup or a policy"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(QStringLiteral("JSON (*.json)"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const auto bytes = readFile(path);
        if (!bytes)
            return m_window->showMessage(bytes.error().text());
        labPage()->openFile(*bytes, QFileInfo(path).fileName());
    });
    dialog->open();
}

void Workbench::openLabLink(const QString &link)
{
    m_window->showPage(LabIndex);
    labPage()->openLink(link);
}

void Workbench::setCatalogs(const LoadedCatalogs &loaded, const SearchIndex &index)
{
    m_search.setCatalogs(loaded.set, index);
    m_copying.setRules(redactionRules(loaded.set));
    catalogPage()->catalogsChanged();
    if (m_window->builtPage(DecodeIndex)) {
        m_decoding->setCatalogs(loaded.set);
        decodePage()->setCatalogs(loaded.set);
    }
    if (m_window->builtPage(ProbeIndex)) {
        m_sender->setCatalogs(loaded.set);
        probePage()->setCatalogs(loaded.set);
        probePage()->setRedactionRules(redactionRules(loaded.set));
        if (m_keeping)
            m_keeping->setRedactionRules(redactionRules(loaded.set));
    }
    if (m_window->builtPage(LabIndex))
        m_labRunner->setCatalogs(loaded.set);
    m_window->setCounts(catalogCounts(loaded.set));
    if (!loaded.faults.empty())
        m_window->showMessage(loaded.faults.front().text());
}

void Workbench::settle()
{
    openNotes();
    watch();
    // Not installed, the desktop has none of that name.
    QApplication::setWindowIcon(QIcon::fromTheme(QStringLiteral("org.errata.Errata"),
                                                 QIcon(QStringLiteral(":/errata/icons/org.errata.Errata.svg"))));
    if (!m_request.files.isEmpty())
        decodeFiles(m_request.files);
    if (!m_request.labLink.isEmpty())
        openLabLink(m_request.labLink);
}

void Workbench::openNotes()
{
    QString warning;
    auto store = NoteStore::open(m_request.dataDir + QStringLiteral("/notes.sqlite"), &warning);
    if (!store)
        return m_window->showMessage(store.error().text());
    if (!warning.isEmpty())
        m_window->showMessage(warning);
    m_notes = std::move(store).value();
    QSet<QString> pinned;
    QHash<QString, QString> texts;
    const QHash<QString, OwnNote> all = m_notes->all();
    for (auto it = all.begin(); it != all.end(); ++it) {
        if (it->pinned)
            pinned.insert(it.key());
        if (!it->text.isEmpty())
            texts.insert(it.key(), it->text);
    }
    if (!all.isEmpty())
        catalogPage()->setMarks(pinned, texts);
}

void Workbench::decode(const QByteArray &text)
{
    // A link is short; a recording is not worth a copy.
    if (const QString link = QString::fromUtf8(text.left(LongestLink)); isLabLink(link))
        return openLabLink(link);
    m_window->showPage(DecodeIndex);
    decodePage()->pasteText(text);
}

void Workbench::decodeFiles(const QStringList &paths)
{
    m_window->showPage(DecodeIndex);
    m_decoding->openFiles(paths);
}

void Workbench::openEntry(const QString &entryId)
{
    m_window->showPage(CatalogIndex);
    catalogPage()->openEntry(entryId);
}

void Workbench::probeEntry(const QString &entryId)
{
    const Entry *entry = m_search.catalogs().entry(entryId);
    if (!entry)
        return;
    Finding finding;
    finding.api = entry->api;
    finding.code = entry->code;
    finding.entryId = entry->id;
    finding.known = true;
    probePage()->probeFinding(finding);
    m_window->showPage(ProbeIndex);
}

void Workbench::simulateEntry(const QString &entryId)
{
    const Entry *entry = m_search.catalogs().entry(entryId);
    if (!entry)
        return;
    // Twice what the entry answers, then a success; a wait header with the two seconds of the example.
    constexpr int unknownStatus = 503;
    QString failure = QString::number(entry->statuses.empty() ? unknownStatus : entry->statuses.front().value);
    if (entry->retry.waitHeader)
        failure += QStringLiteral(":2");
    labPage()->choosePolicy(entry->api);
    simulate(QStringLiteral("%1, %1, 200").arg(failure));
}

void Workbench::simulate(const QString &script)
{
    labPage()->setScript(script);
    m_window->showPage(LabIndex);
}

void Workbench::probe(const Finding &finding)
{
    const std::vector<Exchange> &kept = decodePage()->diagnosis().kept;
    const auto whole = std::find_if(kept.begin(), kept.end(), [&finding](const Exchange &exchange) {
        return exchange.index == finding.exchange && exchange.request;
    });
    if (whole == kept.end())
        probePage()->probeFinding(finding);
    else
        probePage()->probeFinding(finding, *whole->request);
    m_window->showPage(ProbeIndex);
}

void Workbench::copy(const QString &text, const QString &said)
{
    tellOnPage(m_copying.copy(text, said));
}

void Workbench::copyWithSecrets(const QString &text, const QString &said)
{
    tellOnPage(m_copying.copyWithSecrets(text, said));
}

void Workbench::copyNote(const Finding &finding, bool withSecrets)
{
    const QString note = findingMarkdown(finding, m_search.catalogs());
    const QString said = QStringLiteral("Copied: the internal note.");
    withSecrets ? copyWithSecrets(note, said) : copy(note, said);
}

void Workbench::tellOnPage(const QString &text)
{
    m_window->showMessage(text);
    if (m_window->currentPage() == DecodeIndex)
        decodePage()->showNews(text);
}

void Workbench::chooseBundle()
{
    auto *dialog = new QFileDialog(decodePage(), QStringLiteral("Save the escalation bundle"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilter(QStringLiteral("ZIP archives (*.zip)"));
    dialog->setDefaultSuffix(QStringLiteral("zip"));
    dialog->selectFile(QStringLiteral("escalation.zip"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_bundling->save(decodePage()->texts(), decodePage()->options(), m_search.catalogs(), path);
    });
    dialog->open();
}

void Workbench::tell(const std::optional<Error> &error)
{
    if (error)
        m_window->showMessage(error->text());
}

void Workbench::watch()
{
    const QString folder = m_request.dataDir + QStringLiteral("/catalogs");
    QStringList paths = m_request.catalogs;
    if (const QDir dir(folder); dir.exists()) {
        paths << folder;
        for (const QString &name : dir.entryList({QStringLiteral("*.json")}, QDir::Files))
            paths << dir.filePath(name);
    }
    // A file written anew by a rename is no longer watched: all of them are added each time.
    for (const QString &path : m_watcher.files() + m_watcher.directories())
        paths.removeAll(path);
    if (!paths.isEmpty())
        m_watcher.addPaths(paths);
}

void Workbench::reloadCatalogs()
{
    watch();
    const LoadedCatalogs loaded = loadCatalogs({m_request.dataDir + QStringLiteral("/catalogs")}, m_request.catalogs);
    setCatalogs(loaded);
    if (loaded.faults.empty())
        m_window->showMessage(QStringLiteral("catalogs read again: %1").arg(catalogCounts(loaded.set)));
}

void Workbench::openUrl(const QString &url)
{
    const QUrl parsed(url, QUrl::StrictMode);
    const bool web = parsed.scheme() == QLatin1String("https") || parsed.scheme() == QLatin1String("http");
    // A catalog file is outside text: its links open web pages and nothing else.
    if (web && QDesktopServices::openUrl(parsed))
        m_window->showMessage(QStringLiteral("opened %1 in the browser").arg(url));
    else
        m_window->showMessage(QStringLiteral("cannot open %1").arg(url));
}

QString catalogCounts(const CatalogSet &catalogs)
{
    qsizetype documented = 0;
    qsizetype companion = 0;
    for (const Catalog &catalog : catalogs.catalogs()) {
        QSet<QString> codes;
        for (const Entry &entry : catalog.entries) {
            if (entry.provenance == Provenance::Stated)
                codes.insert(entry.code);
            else
                ++companion;
        }
        documented += codes.size();
    }
    return QStringLiteral("%1 APIs · %2 documented codes · %3 companion")
        .arg(catalogs.catalogs().size())
        .arg(documented)
        .arg(companion);
}

} // namespace errata
