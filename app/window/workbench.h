// The window with its models and pages, wired: what needs two rooms of the house is done here.
#pragma once

#include "app/modules.h"
#include "app/window/settings.h"
#include "models/catalog/catalogreader.h"
#include "models/items/catalogsearchmodel.h"
#include "models/items/facetmodel.h"
#include "views/mainwindow.h"

#include <QFileSystemWatcher>
#include <QObject>

#include <memory>

namespace errata {

class CatalogPage;
class ErrataStyle;

class Workbench : public QObject
{
    Q_OBJECT

public:
    enum Page { CatalogIndex, DecodeIndex, ProbeIndex, LabIndex };

    Workbench(const WindowRequest &request, ErrataStyle *style);
    ~Workbench() override;

    [[nodiscard]] MainWindow *window() const { return m_window.get(); }
    [[nodiscard]] CatalogSearchModel *search() { return &m_search; }
    [[nodiscard]] CatalogPage *catalogPage() const;

    void setCatalogs(const LoadedCatalogs &loaded);
    /// What is not needed for the first paint: watching the person's own catalog files, the icon.
    void settle();

private:
    [[nodiscard]] std::vector<PageSpec> pageSpecs();
    [[nodiscard]] QWidget *buildCatalogPage();
    void reloadCatalogs();
    void watch();
    void openUrl(const QString &url);

    WindowRequest m_request;
    Settings m_settings;
    ErrataStyle *m_style;
    CatalogSearchModel m_search;
    FacetModel m_facets;
    QFileSystemWatcher m_watcher;
    std::unique_ptr<MainWindow> m_window;
};

/// "4 APIs · 111 documented codes · 50 companion".
[[nodiscard]] QString catalogCounts(const CatalogSet &catalogs);

} // namespace errata
