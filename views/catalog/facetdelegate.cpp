#include "views/catalog/facetdelegate.h"

#include "models/items/facetmodel.h"
#include "views/texts/texts.h"
#include "views/theme/erratastyle.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace errata {

namespace {

constexpr int RowMargin = 14;
constexpr int Box = 14;

QString groupText(FacetModel::Group group)
{
    switch (group) {
    case FacetModel::Group::Api:
        return QStringLiteral("API");
    case FacetModel::Group::Retry:
        return QStringLiteral("Retry");
    case FacetModel::Group::Status:
        return QStringLiteral("Status");
    case FacetModel::Group::Surface:
        return QStringLiteral("Surface");
    }
    return {};
}

FacetModel::Group groupOf(const QModelIndex &index)
{
    return static_cast<FacetModel::Group>(index.data(FacetModel::GroupRole).toInt());
}

bool isHeading(const QModelIndex &index)
{
    return index.data(FacetModel::IsHeadingRole).toBool();
}

bool isTicked(const QModelIndex &index)
{
    return index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
}

} // namespace

QString facetText(const QModelIndex &index)
{
    const FacetModel::Group group = groupOf(index);
    if (isHeading(index))
        return groupText(group);
    const int number = index.data(FacetModel::NumberRole).toInt();
    switch (group) {
    case FacetModel::Group::Retry:
        return texts::verdict(static_cast<RetryVerdict>(number));
    case FacetModel::Group::Status:
        return texts::statusClass(number);
    case FacetModel::Group::Api:
    case FacetModel::Group::Surface:
        break;
    }
    return index.data(FacetModel::NameRole).toString();
}

QString facetSentence(const QModelIndex &index)
{
    if (isHeading(index))
        return facetText(index);
    return QStringLiteral("%1: %2, %3 entries, %4")
        .arg(groupText(groupOf(index)), facetText(index), index.data(FacetModel::CountRole).toString(),
             isTicked(index) ? QStringLiteral("ticked") : QStringLiteral("not ticked"));
}

void FacetDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.palette);
    const QRect row = option.rect.adjusted(RowMargin, 0, -RowMargin, 0);
    painter->save();
    if (isHeading(index)) {
        QFont font = scaled(option.font, SmallText, QFont::Bold);
        font.setLetterSpacing(QFont::PercentageSpacing, 105);
        painter->setFont(font);
        painter->setPen(theme.muted);
        painter->drawText(row.adjusted(0, 0, 0, -Step), Qt::AlignLeft | Qt::AlignBottom, facetText(index).toUpper());
        painter->restore();
        return;
    }
    if (option.state & QStyle::State_MouseOver)
        drawBox(painter, option.rect.adjusted(Step + 2, 0, -Step - 2, 0), theme.raised, {});
    const int count = index.data(FacetModel::CountRole).toInt();
    const bool ticked = isTicked(index);
    drawCheckBox(painter, QRect(row.left(), row.center().y() - Box / 2 + 1, Box, Box), ticked, false, true, theme);

    painter->setFont(option.font);
    const QString number = QString::number(count);
    const int numberWidth = option.fontMetrics.horizontalAdvance(number);
    painter->setPen(theme.muted);
    painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, number);
    const QRect words = row.adjusted(Box + 2 * Step - 1, 0, -numberWidth - Step, 0);
    painter->setPen(count > 0 || ticked ? theme.text : theme.muted);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(facetText(index), Qt::ElideRight, words.width()));
    if (option.state & QStyle::State_HasFocus)
        drawFocusRing(painter, option.rect.adjusted(Step + 2, 0, -Step - 2, 0), theme);
    painter->restore();
}

QSize FacetDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int height = option.fontMetrics.height();
    return {120, isHeading(index) ? height + 4 * Step : height + 2 * Step};
}

bool FacetDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                                const QModelIndex &index)
{
    bool toggles = false;
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        toggles = mouse->button() == Qt::LeftButton && option.rect.contains(mouse->position().toPoint());
    } else if (event->type() == QEvent::KeyPress) {
        toggles = static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space;
    }
    if (!toggles || !(index.flags() & Qt::ItemIsUserCheckable))
        return false;
    return model->setData(index, isTicked(index) ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace errata
