#include "views/catalog/startpanel.h"

#include "views/theme/erratastyle.h"
#include "views/widgets/rowlistview.h"

#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

namespace errata {

namespace {

constexpr int FindsRole = Qt::UserRole;

/// A query over what it finds. One list instead of a dozen labels and buttons: those took a third of the
/// time to the first paint.
class ExampleDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.palette);
        if (option.state & QStyle::State_MouseOver)
            drawBox(painter, option.rect, theme.raised, {});
        const QRect row = option.rect.adjusted(2 * Step, Step, -2 * Step, -Step);
        const QRect query(row.left(), row.top(), row.width(), row.height() / 2);
        painter->setFont(fixedFont(option.font));
        painter->setPen(theme.accent);
        painter->drawText(query, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
        const QRect finds(row.left(), query.bottom() + 1, row.width(), row.height() - query.height());
        painter->setFont(option.font);
        painter->setPen(theme.muted);
        painter->drawText(
            finds, Qt::AlignLeft | Qt::AlignVCenter,
            option.fontMetrics.elidedText(index.data(FindsRole).toString(), Qt::ElideRight, finds.width()));
        if (option.state & QStyle::State_HasFocus)
            drawFocusRing(painter, option.rect, theme);
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {200, 2 * option.fontMetrics.height() + 4 * Step};
    }
};

} // namespace

const std::vector<QueryExample> &queryExamples()
{
    static const std::vector<QueryExample> examples{
        {QStringLiteral("RATE_LIMIT_EXCEEDED"), QStringLiteral("that code, whatever its case or dashes")},
        {QStringLiteral("429"), QStringLiteral("everything with that status")},
        {QStringLiteral("rate limit"), QStringLiteral("both words, in code, title or meaning")},
        {QStringLiteral("nullspace: volume"), QStringLiteral("a word in one API alone")},
        {QStringLiteral("retry:after-wait"), QStringLiteral("what a wait cures; also yes, no")},
        {QStringLiteral("is:inferred"), QStringLiteral("where we read something into it")},
        {QStringLiteral("retry:after-fix"),
         QStringLiteral("what needs a change first; retry:unstated where nobody says")},
        {QStringLiteral("is:companion"), QStringLiteral("with facts from another page of the vendor; also is:stated")},
        {QStringLiteral("\"too many\""), QStringLiteral("the words in that order")},
        {QStringLiteral("status:4xx"), QStringLiteral("a class of statuses; status:none where none is stated")},
        {QStringLiteral("is:note"), QStringLiteral("what is documented but is no error; is:error the rest")},
        {QStringLiteral("is:pinned"), QStringLiteral("what you pinned; is:noted where you wrote a note")},
        {QStringLiteral("surface:reason"), QStringLiteral("one place codes stand in; also section:, category:")},
        {QStringLiteral("limit -captcha"), QStringLiteral("without that word")},
        {QStringLiteral("ratelmit"), QStringLiteral("typos find near words when nothing else fits")},
    };
    return examples;
}

StartPanel::StartPanel(QWidget *parent)
    : EmptyState(QStringLiteral("Which error is it?"),
                 QStringLiteral("Type a code, a status or words: typing anywhere on this page goes to the search. "
                                "Or press Ctrl+V with a whole reply, and Decode tells what it is."),
                 parent)
{
    constexpr std::size_t shown = 6;
    auto *model = new QStandardItemModel(this);
    for (std::size_t i = 0; i < shown; ++i) {
        const QueryExample &example = queryExamples()[i];
        auto *item = new QStandardItem(example.query);
        item->setData(example.finds, FindsRole);
        item->setAccessibleText(QStringLiteral("%1: %2").arg(example.query, example.finds));
        model->appendRow(item);
    }
    auto *list = new RowListView(this);
    list->setModel(model);
    list->setItemDelegate(new ExampleDelegate(list));
    list->setUniformItemSizes(true);
    list->setMouseTracking(true);
    list->setAccessibleName(QStringLiteral("Examples"));
    list->viewport()->setBackgroundRole(QPalette::Window);
    list->viewport()->setCursor(Qt::PointingHandCursor);
    list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setFixedHeight(int(shown) * (2 * fontMetrics().height() + 4 * Step));
    const auto request = [this](const QModelIndex &index) { Q_EMIT queryRequested(index.data().toString()); };
    connect(list, &RowListView::clicked, this, request);
    connect(list, &RowListView::activated, this, request);
    addWidget(list);
}

} // namespace errata
