#include "views/probe/historylist.h"

#include "views/theme/erratastyle.h"
#include "views/widgets/labels.h"
#include "views/widgets/listkeys.h"
#include "views/widgets/noteline.h"
#include "views/widgets/rowlistview.h"
#include "views/widgets/spokenmodel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

namespace errata {

namespace {

struct Words
{
    QString status;
    QString method;
    QString place;
    QString code;
};

Words wordsOf(const QModelIndex &index)
{
    const auto cell = [&index](int column) { return index.siblingAtColumn(column).data(); };
    Words words;
    const QVariant status = cell(HistoryModel::StatusColumn);
    words.status = status.isValid() ? QString::number(status.toInt()) : HistoryList::tr("none");
    words.method = cell(HistoryModel::MethodColumn).toString();
    words.place = cell(HistoryModel::PlaceColumn).toString();
    words.code = cell(HistoryModel::CodeColumn).toString();
    const int attempt = cell(HistoryModel::AttemptColumn).toInt();
    if (attempt > 1)
        words.method += HistoryList::tr(" · try %1").arg(attempt);
    return words;
}

QString historySentence(const QModelIndex &index)
{
    const Words words = wordsOf(index);
    return HistoryList::tr("%1 %2, status %3 %4").arg(words.method, words.place, words.status, words.code).trimmed();
}

} // namespace

void HistoryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const Words words = wordsOf(index);
    const bool isChosen = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    if (isChosen)
        painter->fillRect(option.rect, theme.accentSoft);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, theme.raised);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.line);
    const QRect inner = option.rect.adjusted(2 * Step, Step, -2 * Step, -Step);
    const QFont fixed = fixedFont(option.font);
    const QFontMetrics metrics(fixed);
    const int half = inner.height() / 2;
    QRect line(inner.left(), inner.top(), inner.width(), half);
    painter->setFont(fixed);
    const bool hasStatus = index.siblingAtColumn(HistoryModel::StatusColumn).data().isValid();
    const int status = index.siblingAtColumn(HistoryModel::StatusColumn).data().toInt();
    painter->setPen(hasStatus ? theme.status(status).ink : theme.no.ink);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, words.status);
    line.setLeft(line.left() + metrics.horizontalAdvance(words.status + QLatin1Char(' ')));
    painter->setPen(theme.text);
    const QString pin = index.data(HistoryModel::IsPinnedRole).toBool() ? QStringLiteral(" ★") : QString();
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, words.method + pin);
    line.setLeft(line.left() + metrics.horizontalAdvance(words.method + pin + QLatin1Char(' ')));
    painter->setFont(option.font);
    painter->setPen(theme.muted);
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(words.code, Qt::ElideRight, line.width()));
    const QRect below(inner.left(), inner.top() + half, inner.width(), inner.height() - half);
    painter->drawText(below, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(words.place, Qt::ElideMiddle, below.width()));
    if (option.state.testFlag(QStyle::State_HasFocus))
        drawFocusRing(painter, option.rect.adjusted(1, 1, -1, -2), theme, 4);
    painter->restore();
}

QSize HistoryDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {160, 2 * option.fontMetrics.height() + 3 * Step};
}

HistoryList::HistoryList(QWidget *parent)
    : QWidget(parent)
    , m_words(new QLineEdit(this))
    , m_errors(new QCheckBox(tr("Errors"), this))
    , m_list(new RowListView(this))
    , m_note(new NoteLine(this))
    , m_typing(new QTimer(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * Step, 2 * Step, 2 * Step, 2 * Step);
    column->setSpacing(2 * Step);
    auto *head = new QHBoxLayout;
    m_errors->setToolTip(tr("Only what failed"));
    head->addWidget(m_words, 1);
    head->addWidget(m_errors);
    column->addLayout(head);
    m_words->setAccessibleName(tr("Find in the history"));
    m_words->setPlaceholderText(tr("Find: host, code, words"));
    m_words->setClearButtonEnabled(true);
    m_list->setAccessibleName(tr("History, newest first"));
    m_list->setItemDelegate(new HistoryDelegate(m_list));
    m_list->setModelColumn(HistoryModel::PlaceColumn);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->installEventFilter(this);
    column->addWidget(m_note);
    column->addWidget(m_list, 1);
    m_typing->setSingleShot(true);
    constexpr int pauseMs = 120;
    m_typing->setInterval(pauseMs);
    connect(m_words, &QLineEdit::textChanged, m_typing, qOverload<>(&QTimer::start));
    connect(m_typing, &QTimer::timeout, this, &HistoryList::applyFilter);
    connect(m_errors, &QCheckBox::toggled, this, &HistoryList::applyFilter);
    connect(m_list, &QAbstractItemView::activated, this, &HistoryList::open);
    connect(m_list, &QWidget::customContextMenuRequested, this, &HistoryList::showMenu);
    setModel(nullptr);
}

void HistoryList::setModel(HistoryModel *model, const QString &why)
{
    m_model = model;
    m_why = why;
    m_list->setModel(model ? new SpokenModel(model, historySentence, m_list) : nullptr);
    setEnabled(model != nullptr);
    if (model) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &HistoryList::tellWhenEmpty);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &HistoryList::tellWhenEmpty);
        connect(model, &QAbstractItemModel::modelReset, this, &HistoryList::tellWhenEmpty);
    }
    tellWhenEmpty();
}

void HistoryList::tellWhenEmpty()
{
    if (!m_model)
        return m_note->showHint(m_why.isEmpty() ? tr("Nothing is kept.") : m_why);
    if (m_model->rowCount() > 0)
        return m_note->clearNote();
    const bool isFiltered = !m_words->text().trimmed().isEmpty() || m_errors->isChecked();
    m_note->showHint(isFiltered ? tr("Nothing that was sent fits. Esc shows all.")
                                : tr("What you send is listed here, secrets masked."));
}

void HistoryList::showNews(const QString &text)
{
    m_note->showHint(text);
}

void HistoryList::showProblem(const QString &text)
{
    m_note->showProblem(text);
}

void HistoryList::applyFilter()
{
    if (!m_model)
        return;
    HistoryFilter filter;
    filter.text = m_words->text().trimmed();
    filter.errorsOnly = m_errors->isChecked();
    m_model->setFilter(filter);
    tellWhenEmpty();
}

void HistoryList::open(const QModelIndex &index)
{
    if (index.isValid())
        Q_EMIT openRequested(index.data(HistoryModel::IdRole).toLongLong());
}

std::vector<qint64> HistoryList::chosen() const
{
    std::vector<qint64> ids;
    if (!m_list->selectionModel())
        return ids;
    const QModelIndexList rows = m_list->selectionModel()->selectedIndexes();
    for (const QModelIndex &index : rows)
        ids.push_back(index.data(HistoryModel::IdRole).toLongLong());
    return ids;
}

void HistoryList::showMenu(const QPoint &at)
{
    const QModelIndex index = m_list->indexAt(at);
    if (!index.isValid())
        return;
    const qint64 id = index.data(HistoryModel::IdRole).toLongLong();
    const bool isPinned = index.data(HistoryModel::IsPinnedRole).toBool();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Open again")), &QAction::triggered, this, [this, id] { Q_EMIT openRequested(id); });
    connect(menu->addAction(tr("Compare with the answer shown")), &QAction::triggered, this,
            [this, id] { Q_EMIT compareRequested(id); });
    connect(menu->addAction(isPinned ? tr("Unpin") : tr("Pin: keep when space is short")), &QAction::triggered, this,
            [this, id, isPinned] { Q_EMIT pinToggled(id, !isPinned); });
    connect(menu->addAction(tr("Remove")), &QAction::triggered, this, [this] { Q_EMIT removeRequested(chosen()); });
    menu->popup(m_list->viewport()->mapToGlobal(at));
}

bool HistoryList::eventFilter(QObject *watched, QEvent *event)
{
    const ListKeyPress press = watched == m_list ? listKeyOf(event) : ListKeyPress();
    if (press.key == ListKey::None)
        return QWidget::eventFilter(watched, event);
    if (press.isPressed && press.key == ListKey::Undo)
        Q_EMIT undoRequested();
    else if (press.isPressed && !chosen().empty())
        Q_EMIT removeRequested(chosen());
    return true;
}

} // namespace errata
