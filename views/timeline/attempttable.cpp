#include "views/timeline/attempttable.h"

#include "views/timeline/attempttexts.h"
#include "views/timeline/timeaxis.h"
#include "views/widgets/figuretable.h"

#include <QHeaderView>
#include <QStringList>

#include <algorithm>

namespace errata {

namespace {

bool isFigure(int column)
{
    return column != AttemptModel::OutcomeColumn && column != AttemptModel::ActionColumn &&
           column != AttemptModel::ReasonColumn;
}

QString actionText(Attempt::Action action)
{
    return action == Attempt::Action::Retry ? QStringLiteral("retry") : QStringLiteral("stop");
}

} // namespace

QVariant AttemptWordsModel::data(const QModelIndex &index, int role) const
{
    const QVariant value = QIdentityProxyModel::data(index, role);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (isFigure(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole) {
        const auto *attempts = qobject_cast<const AttemptModel *>(sourceModel());
        const Attempt *attempt = attempts ? attempts->attempt(index.row()) : nullptr;
        return attempt ? attemptText(*attempt) : QVariant();
    }
    if (role != Qt::DisplayRole || !value.isValid())
        return value;
    switch (index.column()) {
    case AttemptModel::StartsColumn:
    case AttemptModel::EarliestColumn:
    case AttemptModel::LatestColumn:
    case AttemptModel::WaitColumn:
        return exactTime(Millis(value.toDouble()));
    case AttemptModel::ActionColumn:
        return actionText(static_cast<Attempt::Action>(value.toInt()));
    case AttemptModel::ReasonColumn:
        return reasonText(static_cast<Reason>(value.toInt()));
    default:
        return value;
    }
}

AttemptTable::AttemptTable(AttemptModel *model, QWidget *parent) : QTableView(parent)
{
    auto *words = new AttemptWordsModel(this);
    words->setSourceModel(model);
    setModel(words);
    setAccessibleName(tr("Attempts as a table"));
    setUpFigures(*this);
}

QString AttemptTable::asText() const
{
    QStringList lines;
    for (int row = -1; row < model()->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column) {
            cells << (row < 0 ? model()->headerData(column, Qt::Horizontal) : model()->index(row, column).data())
                         .toString();
        }
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void AttemptTable::setCurrentAttempt(int attempt)
{
    // -1 comes when rows or the model go away: the view has seen to that itself, or is about to.
    if (attempt >= 0)
        setCurrentIndex(model()->index(attempt, std::max(0, currentIndex().column())));
}

QSize AttemptTable::sizeHint() const
{
    const int rows = std::min(model()->rowCount(), 12);
    return {640, horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 8};
}

void AttemptTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row())
        Q_EMIT currentAttemptChanged(current.row());
}

} // namespace errata
