#include "views/bodyview/bodytree.h"

#include "views/theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QStyledItemDelegate>

namespace errata {

namespace {

/// Values into colours; matches onto their ground.
class TreeDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const Theme &theme = Theme::of(option->palette);
        const bool current = index.data(JsonTreeModel::CurrentMatchRole).toBool();
        QColor ink = current ? theme.onAccent : inkOf(index, theme);
        if (current)
            option->backgroundBrush = theme.accent;
        else if (index.data(JsonTreeModel::MatchRole).toBool())
            option->backgroundBrush = theme.wait.ground;
        if (!current && option->backgroundBrush.style() != Qt::NoBrush)
            ink = theme.text;
        // A selected row is drawn on the selection's ground, whatever else it is.
        if (option->state.testFlag(QStyle::State_Selected) && current)
            ink = theme.text;
        option->palette.setColor(QPalette::Text, ink);
        option->palette.setColor(QPalette::HighlightedText, ink);
    }

private:
    static QColor inkOf(const QModelIndex &index, const Theme &theme)
    {
        if (index.data(JsonTreeModel::IsRangeRole).toBool() || index.column() == JsonTreeModel::KindColumn)
            return theme.muted;
        if (index.column() == JsonTreeModel::KeyColumn)
            return index.data(JsonTreeModel::IsIndexRole).toBool() ? theme.muted : theme.syntax.key;
        switch (JsonKind(index.data(JsonTreeModel::KindRole).toInt())) {
        case JsonKind::String:
            return theme.syntax.string;
        case JsonKind::Number:
            return theme.syntax.number;
        case JsonKind::Null:
        case JsonKind::False:
        case JsonKind::True:
            return theme.syntax.word;
        case JsonKind::Array:
        case JsonKind::Object:
            break;
        }
        return theme.muted;
    }
};

} // namespace

BodyTree::BodyTree(QWidget *parent) : QTreeView(parent), m_model(new JsonTreeModel(this))
{
    setModel(m_model);
    setItemDelegate(new TreeDelegate(this));
    setAccessibleName(tr("Response body as a tree"));
    setUniformRowHeights(true);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setAllColumnsShowFocus(true);
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(false);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->setSectionResizeMode(JsonTreeModel::ValueColumn, QHeaderView::Stretch);
    setFont(fixedFont(font()));
    measure();
}

void BodyTree::measure()
{
    const int cell = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    header()->resizeSection(JsonTreeModel::KeyColumn, 34 * cell);
    header()->resizeSection(JsonTreeModel::KindColumn, 10 * cell);
}

void BodyTree::setDocument(const JsonDocument &document)
{
    m_model->setDocument(document);
    const QModelIndex root = m_model->index(0, 0);
    expand(root);
    setCurrentIndex(root);
}

void BodyTree::setMatches(std::shared_ptr<const std::vector<Span>> matches, Span current)
{
    m_model->setMatches(std::move(matches), current);
    viewport()->update();
}

std::optional<std::uint32_t> BodyTree::currentNode() const
{
    for (QModelIndex index = currentIndex(); index.isValid(); index = index.parent()) {
        if (const auto node = m_model->nodeOf(index))
            return node;
    }
    return {};
}

void BodyTree::goToNode(std::uint32_t node)
{
    const QModelIndex index = m_model->indexOf(node);
    for (QModelIndex above = index.parent(); above.isValid(); above = above.parent())
        expand(above);
    const bool isFar = !viewport()->rect().contains(visualRect(index));
    setCurrentIndex(index);
    scrollTo(index, isFar ? PositionAtCenter : EnsureVisible);
}

bool BodyTree::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        return true;
    }
    return QTreeView::event(event);
}

void BodyTree::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyPressed();
        return;
    }
    if (event->key() == Qt::Key_Asterisk)
        return; // QTreeView would open everything there is, a million rows as well
    QTreeView::keyPressEvent(event);
}

void BodyTree::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_model)
        measure();
}

} // namespace errata
