#include "views/probe/collectionlist.h"

#include "views/theme/theme.h"
#include "views/widgets/labels.h"
#include "views/widgets/listkeys.h"
#include "views/widgets/noteline.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace errata {

CollectionList::CollectionList(QWidget *parent)
    : QWidget(parent), m_tree(new QTreeView(this)), m_note(new NoteLine(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * Step, 2 * Step, 2 * Step, 2 * Step);
    column->setSpacing(2 * Step);
    auto *row = new QHBoxLayout;
    auto *folder = new QPushButton(tr("Open folder…"), this);
    folder->setToolTip(tr("A folder of .http files, or a new one"));
    auto *file = new QPushButton(tr("Import…"), this);
    file->setToolTip(tr("Postman, Bruno, OpenAPI, HAR, .http, curl"));
    row->addWidget(folder);
    row->addWidget(file);
    row->addStretch();
    column->addLayout(row);
    column->addWidget(m_note);
    column->addWidget(m_tree, 1);
    m_tree->setAccessibleName(tr("Saved requests"));
    m_tree->setHeaderHidden(true);
    m_tree->setIndentation(3 * Step);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->viewport()->setAutoFillBackground(false);
    m_tree->installEventFilter(this);
    connect(folder, &QPushButton::clicked, this, &CollectionList::openFolderRequested);
    connect(file, &QPushButton::clicked, this, &CollectionList::openFileRequested);
    connect(m_tree, &QTreeView::activated, this, &CollectionList::open);
    connect(m_tree, &QTreeView::clicked, this, &CollectionList::open);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &CollectionList::showMenu);
    tellWhenEmpty();
}

void CollectionList::setModel(CollectionModel *model)
{
    m_model = model;
    m_tree->setModel(model);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(CollectionModel::NameColumn, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(CollectionModel::MethodColumn, QHeaderView::ResizeToContents);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &CollectionList::keepOpenOnes);
    connect(model, &QAbstractItemModel::modelReset, this, &CollectionList::openThemAgain);
    openThemAgain();
}

void CollectionList::keepOpenOnes()
{
    m_closed.clear();
    m_current = m_tree->currentIndex().data(CollectionModel::PathRole).toString();
    const auto keep = [this](const auto &self, const QModelIndex &parent) -> void {
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const QModelIndex index = m_model->index(row, 0, parent);
            if (m_model->rowCount(index) > 0 && !m_tree->isExpanded(index))
                m_closed << index.data(CollectionModel::PathRole).toString();
            self(self, index);
        }
    };
    keep(keep, {});
}

void CollectionList::openThemAgain()
{
    const auto again = [this](const auto &self, const QModelIndex &parent) -> void {
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const QModelIndex index = m_model->index(row, 0, parent);
            const QString path = index.data(CollectionModel::PathRole).toString();
            m_tree->setExpanded(index, !m_closed.contains(path));
            if (path == m_current)
                m_tree->setCurrentIndex(index);
            self(self, index);
        }
    };
    again(again, {});
    tellWhenEmpty();
}

void CollectionList::tellWhenEmpty()
{
    if (!m_model || m_model->rowCount() == 0)
        return m_note->showHint(tr("No collection is open. A collection is a folder of .http files, which other "
                                   "programs read too. Ctrl+S saves a request."));
    for (const SavedCollection &collection : m_model->collections()) {
        if (!collection.problems.isEmpty())
            return m_note->showHint(tr("%1: %2").arg(collection.name, collection.problems.join(QLatin1Char('\n'))));
    }
    m_note->clearNote();
}

void CollectionList::showNews(const QString &text)
{
    m_note->showHint(text);
}

void CollectionList::showProblem(const QString &text)
{
    m_note->showProblem(text);
}

void CollectionList::open(const QModelIndex &index)
{
    if (const SavedRequest *request = m_model ? m_model->request(index) : nullptr)
        Q_EMIT requestChosen(*request, index.data(CollectionModel::CollectionRole).toInt());
}

void CollectionList::showMenu(const QPoint &at)
{
    const QModelIndex index = m_tree->indexAt(at);
    const SavedCollection *collection = m_model && index.isValid() ? m_model->collection(index) : nullptr;
    if (!collection)
        return;
    const int number = index.data(CollectionModel::CollectionRole).toInt();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const SavedRequest *request = m_model->request(index)) {
        const SavedRequest chosen = *request;
        connect(menu->addAction(tr("Open")), &QAction::triggered, this,
                [this, chosen, number] { Q_EMIT requestChosen(chosen, number); });
        if (collection->isFolder)
            connect(menu->addAction(tr("Delete")), &QAction::triggered, this,
                    [this, chosen] { Q_EMIT removeRequested(chosen); });
        menu->addSeparator();
    }
    const auto named = std::count_if(collection->environments.begin(), collection->environments.end(),
                                     [](const Environment &one) { return !one.name.isEmpty(); });
    if (named > 0)
        connect(menu->addAction(named == 1 ? tr("Take over its environment")
                                           : tr("Take over its %1 environments").arg(named)),
                &QAction::triggered, this, [this, number] { Q_EMIT environmentsRequested(number); });
    connect(menu->addAction(tr("Close %1").arg(collection->name)), &QAction::triggered, this,
            [this, number] { Q_EMIT closeRequested(number); });
    menu->popup(m_tree->viewport()->mapToGlobal(at));
}

bool CollectionList::eventFilter(QObject *watched, QEvent *event)
{
    const ListKeyPress press = watched == m_tree ? listKeyOf(event) : ListKeyPress();
    if (press.key == ListKey::None)
        return QWidget::eventFilter(watched, event);
    if (!press.isPressed)
        return true;
    const QModelIndex index = m_tree->currentIndex();
    const SavedRequest *request = m_model ? m_model->request(index) : nullptr;
    if (press.key == ListKey::Undo)
        Q_EMIT undoRequested();
    else if (request && m_model->collection(index)->isFolder)
        Q_EMIT removeRequested(SavedRequest(*request));
    return true;
}

} // namespace errata
