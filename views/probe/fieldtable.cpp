#include "views/probe/fieldtable.h"

#include "views/theme/theme.h"
#include "views/widgets/noteline.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace errata {

namespace {

/// Line edits that offer the usual names.
class NameDelegate : public QStyledItemDelegate
{
public:
    NameDelegate(const QStringList &completions, QObject *parent)
        : QStyledItemDelegate(parent), m_completions(completions)
    {
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        auto *edit = new QLineEdit(parent);
        edit->setFrame(false);
        edit->setFont(fixedFont(parent->font()));
        if (!m_completions.isEmpty()) {
            auto *completer = new QCompleter(m_completions, edit);
            completer->setCaseSensitivity(Qt::CaseInsensitive);
            edit->setCompleter(completer);
        }
        return edit;
    }

private:
    QStringList m_completions;
};

} // namespace

FieldTable::FieldTable(FieldsModel::Rules rules, const QString &name, const QString &addText,
                       const QStringList &completions, QWidget *parent)
    : QWidget(parent)
    , m_model(FieldsModel::Access::Editable, rules)
    , m_table(new QTableView(this))
    , m_note(new NoteLine(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2 * Step, 0, 0);
    column->setSpacing(Step);
    m_table->setModel(&m_model);
    m_table->setAccessibleName(name);
    m_table->setFont(fixedFont(font()));
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setDefaultSectionSize(190);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setItemDelegateForColumn(FieldsModel::NameColumn, new NameDelegate(completions, this));
    m_table->setItemDelegateForColumn(FieldsModel::ValueColumn, new NameDelegate({}, this));
    // What it would like to have would push the buttons out of sight: rows scroll, buttons do not.
    m_table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_table->setMinimumHeight(3 * m_table->verticalHeader()->defaultSectionSize());
    m_table->installEventFilter(this);

    auto *add = new QPushButton(addText, this);
    auto *remove = new QPushButton(tr("Remove"), this);
    remove->setToolTip(tr("Del; Ctrl+Z brings it back"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addWidget(m_note, 1);
    buttons->addStretch();
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
    connect(add, &QPushButton::clicked, this, &FieldTable::addRow);
    connect(remove, &QPushButton::clicked, this, &FieldTable::removeCurrent);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &FieldTable::remember);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &FieldTable::remember);
}

void FieldTable::setFields(std::vector<DraftField> fields)
{
    m_model.setFields(std::move(fields));
    m_last = m_model.fields();
    m_past.clear();
    m_future.clear();
}

void FieldTable::showRow(int row)
{
    m_table->setCurrentIndex(m_model.index(row, FieldsModel::NameColumn));
    m_table->setFocus();
}

void FieldTable::addRow()
{
    const QModelIndex index = m_model.index(m_model.addRow(), FieldsModel::NameColumn);
    m_table->setCurrentIndex(index);
    m_table->edit(index);
}

void FieldTable::removeCurrent()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid())
        m_model.removeRow(current.row());
}

void FieldTable::remember()
{
    std::vector<DraftField> now = m_model.fields();
    if (m_restoring || now == m_last)
        return;
    constexpr std::size_t mostSteps = 200;
    if (m_past.size() == mostSteps)
        m_past.erase(m_past.begin());
    m_past.push_back(std::move(m_last));
    m_future.clear();
    m_last = std::move(now);
    Q_EMIT edited();
}

void FieldTable::restore(std::vector<std::vector<DraftField>> &from, std::vector<std::vector<DraftField>> &to)
{
    if (from.empty())
        return;
    m_restoring = true;
    to.push_back(std::move(m_last));
    m_last = std::move(from.back());
    from.pop_back();
    m_model.setFields(m_last);
    m_restoring = false;
    Q_EMIT edited();
}

void FieldTable::undo()
{
    restore(m_past, m_future);
}

void FieldTable::redo()
{
    restore(m_future, m_past);
}

bool FieldTable::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched != m_table || !isKey)
        return QWidget::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    const bool isUndo = key->matches(QKeySequence::Undo);
    const bool isRedo = key->matches(QKeySequence::Redo);
    const bool isDelete = key->key() == Qt::Key_Delete;
    const bool isNew = key->key() == Qt::Key_Insert;
    if (!isUndo && !isRedo && !isDelete && !isNew)
        return QWidget::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::ShortcutOverride)
        return true;
    if (isUndo)
        undo();
    else if (isRedo)
        redo();
    else if (isDelete)
        removeCurrent();
    else
        addRow();
    return true;
}

} // namespace errata
