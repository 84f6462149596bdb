// The window with its models and pages, wired: what needs two rooms of the house is done here.
#pragma once

#include "app/modules.h"
#include "app/window/copying.h"
#include "app/window/settings.h"
#include "models/base/clock.h"
#include "models/catalog/catalogreader.h"
#include "models/items/catalogsearchmodel.h"
#include "models/items/facetmodel.h"
#include "models/store/notestore.h"
#include "views/mainwindow.h"

#include <QFileSystemWatcher>
#include <QObject>

#include <memory>

namespace errata {

class Bundling;
class CatalogPage;
class DecodePage;
class Decoding;
class ErrataStyle;
struct Finding;
class Keeping;
class LabPage;
class LabRunner;
class LiveSender;
class ProbePage;
struct RetryPolicy;

class Workbench : public QObject
{
    Q_OBJECT

public:
    enum Page { CatalogIndex, DecodeIndex, ProbeIndex, LabIndex };

    Workbench(const WindowRequest &request, ErrataStyle *style);
    ~Workbench() override;

    [[nodiscard]] MainWindow *window() const { return m_window.get(); }
    [[nodiscard]] CatalogSearchModel *search() { return &m_search; }
    /// The pages; each is built when it is first asked for.
    [[nodiscard]] CatalogPage *catalogPage() const;
    [[nodiscard]] DecodePage *decodePage() const;
    [[nodiscard]] ProbePage *probePage() const;
    [[nodiscard]] LabPage *labPage() const;

    void setCatalogs(const LoadedCatalogs &loaded) { setCatalogs(loaded, SearchIndex(loaded.set)); }
    /// With their index made already.
    void setCatalogs(const LoadedCatalogs &loaded, const SearchIndex &index);
    /// What is not needed for the first paint: own notes, watching own catalog files, the files to decode.
    void settle();

private:
    [[nodiscard]] std::vector<PageSpec> pageSpecs();
    [[nodiscard]] QWidget *buildCatalogPage();
    [[nodiscard]] QWidget *buildDecodePage();
    [[nodiscard]] QWidget *buildProbePage();
    [[nodiscard]] QWidget *buildLabPage();
    void openNotes();
    void reloadCatalogs();
    void watch();
    void decode(const QByteArray &text);
    void decodeFiles(const QStringList &paths);
    void openEntry(const QString &entryId);
    void probeEntry(const QString &entryId);
    void simulateEntry(const QString &entryId);
    void simulate(const QString &script);
    void openLabLink(const QString &link);
    void chooseLabFile();
    [[nodiscard]] std::vector<RetryPolicy> policies();
    void copy(const QString &text, const QString &said);
    void copyWithSecrets(const QString &text, const QString &said);
    void copyNote(const Finding &finding, bool withSecrets);
    void probe(const Finding &finding);
    void tellOnPage(const QString &text);
    void chooseBundle();
    void openUrl(const QString &url);
    void tell(const std::optional<Error> &error);

    WindowRequest m_request;
    Settings m_settings;
    ErrataStyle *m_style;
    CatalogSearchModel m_search;
    FacetModel m_facets;
    QFileSystemWatcher m_watcher;
    std::unique_ptr<NoteStore> m_notes;
    Copying m_copying;
    Decoding *m_decoding = nullptr;   ///< with its page
    Bundling *m_bundling = nullptr;   ///< with its page
    LiveSender *m_sender = nullptr;   ///< with its page
    LabRunner *m_labRunner = nullptr; ///< with its page
    SystemClock m_clock;              ///< of live runs
    Keeping *m_keeping = nullptr;     ///< with its page; none while pictures are made
    std::unique_ptr<MainWindow> m_window;
};

/// "4 APIs · 111 documented codes · 50 companion".
[[nodiscard]] QString catalogCounts(const CatalogSet &catalogs);

} // namespace errata
