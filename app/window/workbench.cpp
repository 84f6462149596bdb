#include "app/window/workbench.h"

#include "views/catalog/catalogpage.h"
#include "views/theme/erratastyle.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QIcon>
#include <QUrl>

namespace errata {

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
    connect(m_window.get(), &MainWindow::aboutToClose, this, [this] { m_settings.setLayout(m_window->layoutState()); });
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &Workbench::reloadCatalogs);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &Workbench::reloadCatalogs);
    if (request.screenshotsDir.isEmpty())
        m_window->restoreLayout(m_settings.layout());
}

Workbench::~Workbench() = default;

std::vector<PageSpec> Workbench::pageSpecs()
{
    return {{QStringLiteral("Catalog"), [this] { return buildCatalogPage(); }}};
}

CatalogPage *Workbench::catalogPage() const
{
    return static_cast<CatalogPage *>(m_window->page(CatalogIndex));
}

QWidget *Workbench::buildCatalogPage()
{
    auto *page = new CatalogPage(&m_search, &m_facets, m_window->searchField());
    connect(page, &CatalogPage::messageRequested, m_window.get(), &MainWindow::showMessage);
    connect(page, &CatalogPage::openUrlRequested, this, &Workbench::openUrl);
    return page;
}

void Workbench::setCatalogs(const LoadedCatalogs &loaded)
{
    m_search.setCatalogs(loaded.set);
    catalogPage()->catalogsChanged();
    m_window->setCounts(catalogCounts(loaded.set));
    if (!loaded.faults.empty())
        m_window->showMessage(loaded.faults.front().text());
}

void Workbench::settle()
{
    watch();
    const QString icon = QStringLiteral("org.errata.Errata");
    QApplication::setWindowIcon(QIcon::fromTheme(icon));
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
