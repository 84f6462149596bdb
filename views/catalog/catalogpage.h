// Facets, ranked list, entry.
#pragma once

#include "models/catalog/catalog.h"

#include <QHash>
#include <QSet>
#include <QTimer>
#include <QWidget>

#include <vector>

class QAction;
class QLabel;
class QSplitter;
class QStackedWidget;

namespace errata {

class CatalogSearchModel;
class EmptyState;
class EntryDelegate;
class EntryView;
class FacetModel;
class Panel;
class RowListView;
class SearchField;

class CatalogPage : public QWidget
{
    Q_OBJECT

public:
    /// The models outlive the page; \a field is the window's search field.
    CatalogPage(CatalogSearchModel *search, FacetModel *facets, SearchField *field, QWidget *parent = nullptr);

    /// Own pins and notes, by entry id, as they were kept.
    void setMarks(const QSet<QString> &pinned, const QHash<QString, QString> &notes);
    /// Call after the search model was given other catalogs.
    void catalogsChanged();
    /// Shows an entry whether or not it is among the hits; Back returns.
    void openEntry(const QString &entryId);
    [[nodiscard]] QString shownEntry() const { return m_shown; }

Q_SIGNALS:
    void messageRequested(const QString &text);
    void openUrlRequested(const QString &url);
    void noteEdited(const QString &entryId, const QString &text);
    void pinToggled(const QString &entryId, bool pinned);
    void simulateRequested(const QString &entryId);
    void probeRequested(const QString &entryId);
    void decodeRequested(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildPanes();
    QWidget *buildList();
    void buildNothing();
    QWidget *buildEntry();
    void buildActions();
    QAction *addEntryAction(const QString &name, const QString &text, const QString &about, const QKeySequence &keys,
                            void (CatalogPage::*slot)());
    void connectModels();
    void search(const QString &text);
    void answered();
    void restoreSelection();
    void describeAnswer();
    void showAnswers(bool any);
    void navigate(Qt::Key key);
    void enter();
    /// Makes it the entry on show; the view follows once the list is painted.
    void select(const QString &entryId, bool chosen);
    void goBack();
    void jumpTo(const QString &entryId);
    void showEntry();
    void copy(const QString &text, const QString &what);
    void copyCode();
    void copyReply();
    void copyMarkdown();
    void openDocument();
    void simulate();
    void probe();
    void togglePin();
    void pin(const QString &entryId, bool on);
    void takeNote(const QString &entryId, const QString &text);
    void pushMarks();

    CatalogSearchModel *m_search;
    FacetModel *m_facets;
    SearchField *m_field;
    QSplitter *m_splitter;
    RowListView *m_list;
    EntryDelegate *m_delegate;
    QStackedWidget *m_answers;       ///< the list, or what to do when it is empty
    EmptyState *m_nothing = nullptr; ///< built when it is first needed
    QLabel *m_header;
    QLabel *m_notice;
    EntryView *m_entry;
    Panel *m_actionBar;
    QTimer m_showLater;
    QList<QAction *> m_entryActions;
    QAction *m_back = nullptr;

    QString m_shown;
    bool m_chosen = false; ///< by a person, not because it ranks first
    bool m_restoring = false;
    std::vector<QString> m_history;
    QSet<QString> m_pinned;
    QHash<QString, QString> m_notes;
};

} // namespace errata
