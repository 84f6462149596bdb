#include "views/commandpalette.h"

#include "views/theme/erratastyle.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace errata {

namespace {

constexpr int KeysRole = Qt::UserRole;
constexpr int ActionRole = Qt::UserRole + 1;

class CommandDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.palette);
        if (option.state & QStyle::State_Selected)
            drawBox(painter, option.rect.adjusted(Step, 0, -Step, 0), theme.accentSoft, {});
        const QRect row = option.rect.adjusted(3 * Step, 0, -3 * Step, 0);
        painter->setFont(option.font);
        painter->setPen(option.state & QStyle::State_Enabled ? theme.text : theme.muted);
        painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter, index.data(Qt::DisplayRole).toString());
        painter->setPen(theme.muted);
        painter->setFont(fixedFont(option.font));
        painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, index.data(KeysRole).toString());
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {200, option.fontMetrics.height() + 3 * Step};
    }
};

/// All words of the filter occur in the name.
bool fits(const QString &name, const QString &filter)
{
    const QStringList words = filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(),
                       [&](const QString &word) { return name.contains(word, Qt::CaseInsensitive); });
}

} // namespace

CommandPalette::CommandPalette(QWidget *parent)
    : QFrame(parent), m_field(new QLineEdit(this)), m_list(new QListWidget(this))
{
    setAccessibleName(QStringLiteral("Commands"));
    m_field->setPlaceholderText(QStringLiteral("Type what to do"));
    m_field->setAccessibleName(QStringLiteral("Command"));
    m_field->setProperty(WellProperty, true);
    m_field->installEventFilter(this);
    m_list->setAccessibleName(QStringLiteral("Matching commands"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2 * Step, 2 * Step, 2 * Step, 2 * Step);
    column->addWidget(m_field);
    column->addWidget(m_list);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    hide();
}

void CommandPalette::open(const QList<QAction *> &actions, const QString &filterText)
{
    m_actions.clear();
    for (QAction *action : actions) {
        if (!action->text().isEmpty() && !action->isSeparator())
            m_actions.emplace_back(action);
    }
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    const int width = std::min(560, parentWidget()->width() - 8 * Step);
    const int height = std::min(420, parentWidget()->height() - 20 * Step);
    setGeometry((parentWidget()->width() - width) / 2, 13 * Step, width, height);
    m_field->setText(filterText);
    filter(filterText);
    show();
    raise();
    m_field->setFocus(Qt::PopupFocusReason);
}

QStringList CommandPalette::listed() const
{
    QStringList names;
    for (int i = 0; i < m_list->count(); ++i)
        names << m_list->item(i)->text();
    return names;
}

void CommandPalette::filter(const QString &text)
{
    m_list->clear();
    for (size_t i = 0; i < m_actions.size(); ++i) {
        QAction *action = m_actions[i];
        if (!action || !fits(action->text(), text))
            continue;
        auto *item = new QListWidgetItem(action->text(), m_list);
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        item->setData(KeysRole, keys);
        item->setData(ActionRole, int(i));
        item->setData(Qt::AccessibleTextRole,
                      keys.isEmpty() ? action->text() : action->text() + QLatin1String(", ") + keys);
        if (!action->isEnabled())
            item->setFlags(Qt::NoItemFlags);
    }
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->flags() & Qt::ItemIsEnabled) {
            m_list->setCurrentRow(i);
            break;
        }
    }
}

void CommandPalette::run()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item || !(item->flags() & Qt::ItemIsEnabled))
        return;
    const QPointer<QAction> action = m_actions[size_t(item->data(ActionRole).toInt())];
    close(true);
    if (action)
        Q_EMIT chosen(action);
}

void CommandPalette::close(bool returnFocus)
{
    hide();
    if (returnFocus && m_focusBefore)
        m_focusBefore->setFocus(Qt::PopupFocusReason);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut && isVisible() &&
        static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason) {
        hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        close(true);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run();
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(m_list, event);
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    painter.fillRect(rect(), theme.surface);
    painter.setPen(theme.outline);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace errata
