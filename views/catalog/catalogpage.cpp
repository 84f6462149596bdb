#include "views/catalog/catalogpage.h"

#include "models/items/catalogsearchmodel.h"
#include "models/items/facetmodel.h"
#include "views/catalog/entrydelegate.h"
#include "views/catalog/entryview.h"
#include "views/catalog/facetpanel.h"
#include "views/catalog/startpanel.h"
#include "views/texts/entrymarkdown.h"
#include "views/theme/erratastyle.h"
#include "views/widgets/actionbutton.h"
#include "views/widgets/elidedlabel.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"
#include "views/widgets/panel.h"
#include "views/widgets/rowlistview.h"
#include "views/widgets/searchfield.h"
#include "views/widgets/spokenmodel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace errata {

CatalogPage::CatalogPage(CatalogSearchModel *search, FacetModel *facets, SearchField *field, QWidget *parent)
    : QWidget(parent)
    , m_search(search)
    , m_facets(facets)
    , m_field(field)
    , m_splitter(new QSplitter(this))
    , m_list(new RowListView)
    , m_delegate(new EntryDelegate(m_list))
    , m_answers(new QStackedWidget)

    , m_header(new ElidedLabel)
    , m_notice(mutedText({}))
    , m_entry(new EntryView)
    , m_actionBar(new Panel(QPalette::Window, Qt::TopEdge))
{
    setAccessibleName(QStringLiteral("Catalog"));
    buildPanes();
    buildActions();
    connectModels();
    catalogsChanged();
    answered();
}

void CatalogPage::buildPanes()
{
    m_splitter->setObjectName(QStringLiteral("catalogSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(new FacetPanel(m_facets));
    m_splitter->addWidget(buildList());
    m_splitter->addWidget(buildEntry());
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setStretchFactor(2, 2);
    m_splitter->setSizes({190, 500, 520});

    auto *start = new StartPanel;
    connect(start, &StartPanel::queryRequested, this, [this](const QString &query) {
        m_field->setText(query);
        this->search(query);
        m_field->setFocus(Qt::OtherFocusReason);
    });
    m_entry->setStartPage(start);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    setFocusProxy(m_list);
}

QWidget *CatalogPage::buildList()
{
    m_list->setObjectName(QStringLiteral("entries"));
    m_list->setAccessibleName(QStringLiteral("Entries"));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setModel(new SpokenModel(m_search, entrySentence, m_list));
    m_list->setItemDelegate(m_delegate);
    m_list->viewport()->setBackgroundRole(QPalette::Window);
    m_header->setForegroundRole(QPalette::PlaceholderText);
    m_header->setObjectName(QStringLiteral("answerHeader"));
    m_header->setContentsMargins(3 * Step, 0, 3 * Step, 0);
    m_header->setFixedHeight(m_header->fontMetrics().height() + 5 * Step);
    m_notice->setObjectName(QStringLiteral("answerNotice"));
    m_notice->setContentsMargins(3 * Step, 0, 3 * Step, 2 * Step);

    m_answers->addWidget(m_list);
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_notice);
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFixedHeight(1);
    column->addWidget(line);
    column->addWidget(m_answers, 1);
    pane->setMinimumWidth(280);
    return pane;
}

void CatalogPage::buildNothing()
{
    m_nothing = new EmptyState({}, {});
    m_nothing->setFocusPolicy(Qt::StrongFocus); // while it stands in the place of the list
    auto *clear = new QPushButton(QStringLiteral("Untick every filter"));
    connect(clear, &QPushButton::clicked, m_facets, [this] { m_facets->setFacets({}); });
    auto *decode = new QPushButton(QStringLiteral("Decode it instead"));
    connect(decode, &QPushButton::clicked, this, [this] { Q_EMIT decodeRequested(m_field->text()); });
    auto *ways = new QWidget;
    auto *row = new QHBoxLayout(ways);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(decode);
    row->addWidget(clear);
    row->addStretch();
    m_nothing->addWidget(ways);
    connect(m_facets, &FacetModel::facetsChanged, clear, [this, clear] { clear->setVisible(m_facets->hasTicks()); });
    clear->setVisible(m_facets->hasTicks());
    m_answers->addWidget(m_nothing);
}

QWidget *CatalogPage::buildEntry()
{
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_entry, 1);
    column->addWidget(m_actionBar);
    m_actionBar->hide();
    pane->setMinimumWidth(320);
    return pane;
}

QAction *CatalogPage::addEntryAction(const QString &name, const QString &text, const QString &about,
                                     const QKeySequence &keys, void (CatalogPage::*slot)())
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setToolTip(about);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setEnabled(false);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
    m_entryActions << action;
    return action;
}

void CatalogPage::buildActions()
{
    const auto keys = [](int key) { return QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key(key)); };
    addEntryAction(QStringLiteral("simulate"), QStringLiteral("Simulate retries"),
                   QStringLiteral("See in the retry lab how a client would retry this"), keys(Qt::Key_S),
                   &CatalogPage::simulate);
    addEntryAction(QStringLiteral("probe"), QStringLiteral("Probe"),
                   QStringLiteral("Prepare a request to this API; nothing is sent yet"), keys(Qt::Key_B),
                   &CatalogPage::probe);
    addEntryAction(QStringLiteral("copyReply"), QStringLiteral("Copy reply"),
                   QStringLiteral("Copy the answer for the customer"), keys(Qt::Key_R), &CatalogPage::copyReply);
    addEntryAction(QStringLiteral("copyCode"), QStringLiteral("Copy code"), QStringLiteral("Copy the code alone"),
                   keys(Qt::Key_C), &CatalogPage::copyCode);
    addEntryAction(QStringLiteral("copyMarkdown"), QStringLiteral("Copy as Markdown"),
                   QStringLiteral("Copy the whole entry for a ticket or a chat"), keys(Qt::Key_M),
                   &CatalogPage::copyMarkdown);
    addEntryAction(QStringLiteral("openDocument"), QStringLiteral("Open document"),
                   QStringLiteral("Open the page this is documented on in the browser"), keys(Qt::Key_O),
                   &CatalogPage::openDocument);
    auto *buttons = new FlowLayout(m_actionBar, 6);
    buttons->setContentsMargins(4 * Step, 2 * Step, 4 * Step, 2 * Step);
    for (QAction *action : m_entryActions.mid(0, 4))
        buttons->addWidget(new ActionButton(action));
    buttons->itemAt(0)->widget()->setProperty(PrimaryProperty, true);
    m_entry->setSourceActions(m_entryActions.mid(4));

    addEntryAction(QStringLiteral("pin"), QStringLiteral("Pin or unpin the entry"),
                   QStringLiteral("is:pinned finds it again"), QKeySequence(Qt::CTRL | Qt::Key_D),
                   &CatalogPage::togglePin);
    QAction *note =
        addEntryAction(QStringLiteral("editNote"), QStringLiteral("Write a note on the entry"),
                       QStringLiteral("is:noted finds it again"), QKeySequence(Qt::CTRL | Qt::Key_E), nullptr);
    connect(note, &QAction::triggered, m_entry, &EntryView::editNote);
    m_back = addEntryAction(QStringLiteral("back"), QStringLiteral("Back to the entry before"), {},
                            QKeySequence(Qt::ALT | Qt::Key_Left), &CatalogPage::goBack);
    m_entryActions.removeOne(m_back);

    auto *reset = new QAction(QStringLiteral("Untick every filter"), this);
    reset->setShortcut(keys(Qt::Key_X));
    reset->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(reset, &QAction::triggered, m_facets, [this] { m_facets->setFacets({}); });
    addAction(reset);
}

void CatalogPage::connectModels()
{
    m_showLater.setSingleShot(true);
    m_showLater.setInterval(0);
    connect(&m_showLater, &QTimer::timeout, this, &CatalogPage::showEntry);

    connect(m_field, &SearchField::textEdited, this, &CatalogPage::search);
    connect(m_field, &SearchField::navigated, this, &CatalogPage::navigate);
    connect(m_field, &SearchField::entered, this, &CatalogPage::enter);
    connect(m_facets, &FacetModel::facetsChanged, m_search, &CatalogSearchModel::setFacets);
    connect(m_search, &CatalogSearchModel::answered, this, &CatalogPage::answered);

    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (current.isValid() && !m_restoring)
            select(current.data(CatalogSearchModel::EntryIdRole).toString(), true);
    });
    connect(m_list, &RowListView::activated, this, &CatalogPage::enter);
    connect(m_entry, &EntryView::entryRequested, this, &CatalogPage::openEntry);
    connect(m_entry, &EntryView::copyRequested, this, &CatalogPage::copy);
    connect(m_entry, &EntryView::pinToggled, this, &CatalogPage::pin);
    connect(m_entry, &EntryView::noteEdited, this, &CatalogPage::takeNote);
}

void CatalogPage::setMarks(const QSet<QString> &pinned, const QHash<QString, QString> &notes)
{
    m_pinned = pinned;
    m_notes = notes;
    pushMarks();
}

void CatalogPage::catalogsChanged()
{
    QStringList names;
    for (const Catalog &catalog : m_search->catalogs().catalogs())
        names << catalog.name;
    m_delegate->setApiNames(names);
    m_facets->setCatalogs(m_search->catalogs());
    m_facets->setCounts(m_search->counts());
    m_entry->clear();
    m_showLater.start();
}

void CatalogPage::search(const QString &text)
{
    m_search->setQuery(text);
}

void CatalogPage::answered()
{
    m_facets->setCounts(m_search->counts());
    describeAnswer();
    restoreSelection();
}

void CatalogPage::describeAnswer()
{
    const int hits = m_search->rowCount();
    const int total = m_search->total();
    const QString typed = m_search->query().trimmed();
    QString header = QStringLiteral("%1 of %2 entries").arg(hits).arg(total);
    if (hits == total)
        header = QStringLiteral("%1 entries").arg(total);
    if (!typed.isEmpty())
        header += (hits == 1 ? QStringLiteral(" matches “%1”") : QStringLiteral(" match “%1”")).arg(typed);
    m_header->setText(header);
    m_header->update();

    QStringList notices = m_search->parsedQuery().problems;
    if (m_search->nearOnly() && hits > 0)
        notices.prepend(QStringLiteral("No entry fits as typed; these are near."));
    m_notice->setText(notices.join(QLatin1Char('\n')));
    m_notice->setVisible(!notices.isEmpty());

    if (hits == 0) {
        if (!m_nothing)
            buildNothing();
        const bool narrowed = m_facets->hasTicks();
        m_nothing->setTexts(total == 0 ? QStringLiteral("No catalog is loaded") : QStringLiteral("No entry fits"),
                            total == 0 ? QStringLiteral("Put catalog files (*.json) into the catalogs folder of your "
                                                        "data directory, or start with --catalog FILE.")
                            : narrowed ? QStringLiteral("Filters are ticked: without them there may be some. Or try "
                                                        "fewer words.")
                                       : QStringLiteral("Try fewer words or another spelling. A whole reply belongs "
                                                        "on the Decode page."));
    }
    showAnswers(hits > 0);
}

void CatalogPage::showAnswers(bool any)
{
    // Hiding what has the focus would hand it to whatever comes next in the tab order.
    const QWidget *focus = window()->focusWidget();
    const bool hadFocus = focus && m_answers->isAncestorOf(focus);
    QWidget *shown = any ? static_cast<QWidget *>(m_list) : m_nothing;
    m_answers->setCurrentIndex(any ? 0 : 1);
    setFocusProxy(shown);
    if (hadFocus)
        shown->setFocus(Qt::OtherFocusReason);
}

void CatalogPage::restoreSelection()
{
    const bool typed = !m_search->query().trimmed().isEmpty();
    int row = m_chosen || !typed ? m_search->rowOf(m_shown) : -1;
    // A code typed in full outranks what was selected before.
    const auto match = [this](int r) {
        return static_cast<MatchKind>(m_search->index(r).data(CatalogSearchModel::MatchRole).toInt());
    };
    if (row > 0 && match(0) == MatchKind::Exact && match(row) != MatchKind::Exact)
        row = -1;
    const bool restored = row >= 0;
    if (!restored && typed && m_search->rowCount() > 0)
        row = 0;

    m_restoring = true;
    m_list->setCurrentIndex(row >= 0 ? m_list->model()->index(row, 0) : QModelIndex());
    m_restoring = false;
    if (row >= 0)
        select(m_search->entry(row)->id, restored && m_chosen);
    else if (!m_chosen)
        select({}, false);
}

void CatalogPage::navigate(Qt::Key key)
{
    if (!isVisible() || m_search->rowCount() == 0)
        return;
    const int rowHeight = std::max(1, m_list->sizeHintForRow(0));
    const int page = std::max(1, m_list->viewport()->height() / rowHeight - 1);
    const int step = key == Qt::Key_Up ? -1 : key == Qt::Key_Down ? 1 : key == Qt::Key_PageUp ? -page : page;
    const int now = m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
    const int row = std::clamp(now + step, 0, m_search->rowCount() - 1);
    m_list->setCurrentIndex(m_list->model()->index(row, 0));
}

void CatalogPage::enter()
{
    if (!isVisible())
        return;
    if (m_shown.isEmpty()) {
        m_list->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_chosen = true;
    showEntry();
    m_entry->setFocus(Qt::OtherFocusReason);
}

void CatalogPage::select(const QString &entryId, bool chosen)
{
    m_chosen = chosen;
    if (m_shown == entryId)
        return;
    m_shown = entryId;
    m_showLater.start();
}

void CatalogPage::openEntry(const QString &entryId)
{
    if (entryId == m_shown || !m_search->catalogs().entry(entryId))
        return;
    if (!m_shown.isEmpty())
        m_history.push_back(m_shown);
    jumpTo(entryId);
}

void CatalogPage::goBack()
{
    while (!m_history.empty() && m_history.back() == m_shown)
        m_history.pop_back();
    if (m_history.empty())
        return;
    const QString before = m_history.back();
    m_history.pop_back();
    jumpTo(before);
}

void CatalogPage::jumpTo(const QString &entryId)
{
    select(entryId, true);
    const int row = m_search->rowOf(entryId);
    m_restoring = true;
    m_list->setCurrentIndex(row >= 0 ? m_list->model()->index(row, 0) : QModelIndex());
    m_restoring = false;
    m_back->setEnabled(!m_history.empty());
    showEntry();
}

void CatalogPage::showEntry()
{
    m_showLater.stop();
    const Entry *entry = m_search->catalogs().entry(m_shown);
    for (QAction *action : m_entryActions) {
        const bool needsReply = action->objectName() == QLatin1String("copyReply");
        action->setEnabled(entry && !(needsReply && entry->reply.isEmpty()));
    }
    if (entry)
        m_entry->setEntry(m_search->catalogs(), m_shown, m_notes.value(m_shown), m_pinned.contains(m_shown));
    else
        m_entry->clear();
    m_actionBar->setVisible(entry != nullptr);
}

void CatalogPage::copy(const QString &text, const QString &what)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT messageRequested(QStringLiteral("copied %1").arg(what));
}

void CatalogPage::copyCode()
{
    if (const Entry *entry = m_entry->entry())
        copy(entry->code, entry->code);
}

void CatalogPage::copyReply()
{
    if (const Entry *entry = m_entry->entry())
        copy(entry->reply, QStringLiteral("the reply for the customer"));
}

void CatalogPage::copyMarkdown()
{
    if (const Entry *entry = m_entry->entry())
        copy(entryMarkdown(*entry, *m_entry->catalog()), QStringLiteral("%1 as Markdown").arg(entry->code));
}

void CatalogPage::openDocument()
{
    if (const Entry *entry = m_entry->entry())
        Q_EMIT openUrlRequested(m_entry->catalog()->url(*entry));
}

void CatalogPage::simulate()
{
    Q_EMIT simulateRequested(m_shown);
}

void CatalogPage::probe()
{
    Q_EMIT probeRequested(m_shown);
}

void CatalogPage::togglePin()
{
    pin(m_shown, !m_pinned.contains(m_shown));
}

void CatalogPage::pin(const QString &entryId, bool on)
{
    if (on)
        m_pinned.insert(entryId);
    else
        m_pinned.remove(entryId);
    pushMarks();
    m_entry->setPinned(m_pinned.contains(m_shown));
    Q_EMIT pinToggled(entryId, on);
    const Entry *entry = m_search->catalogs().entry(entryId);
    Q_EMIT messageRequested((on ? QStringLiteral("pinned %1") : QStringLiteral("unpinned %1")).arg(entry->code));
}

void CatalogPage::takeNote(const QString &entryId, const QString &text)
{
    const bool hadNote = m_notes.contains(entryId);
    if (text.isEmpty())
        m_notes.remove(entryId);
    else
        m_notes.insert(entryId, text);
    if (hadNote != m_notes.contains(entryId))
        pushMarks();
    Q_EMIT noteEdited(entryId, text);
}

void CatalogPage::pushMarks()
{
    const QList<QString> noted = m_notes.keys();
    m_search->setMarks({m_pinned, QSet<QString>(noted.begin(), noted.end())});
}

void CatalogPage::keyPressEvent(QKeyEvent *event)
{
    if (typesText(*event)) {
        m_field->setFocus(Qt::OtherFocusReason);
        m_field->deselect();
        m_field->setCursorPosition(int(m_field->text().size()));
        QCoreApplication::sendEvent(m_field, event);
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace errata
