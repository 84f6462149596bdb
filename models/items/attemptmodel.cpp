#include "models/items/attemptmodel.h"

#include "models/retry/outcomescript.h"

#include <algorithm>
#include <iterator>

namespace errata {

namespace {

QVariant cell(const Attempt &attempt, int column)
{
    switch (column) {
    case AttemptModel::NumberColumn:
        return attempt.n;
    case AttemptModel::StartsColumn:
        return attempt.starts.actual.count();
    case AttemptModel::EarliestColumn:
        return attempt.starts.min.count();
    case AttemptModel::LatestColumn:
        return attempt.starts.max.count();
    case AttemptModel::OutcomeColumn:
        return outcomeText(attempt.outcome);
    case AttemptModel::WaitColumn:
        return attempt.wait ? QVariant(attempt.wait->actual.count()) : QVariant();
    case AttemptModel::ActionColumn:
        return static_cast<int>(attempt.action);
    case AttemptModel::ReasonColumn:
        return static_cast<int>(attempt.reason);
    default:
        return {};
    }
}

} // namespace

AttemptModel::AttemptModel(QObject *parent) : QAbstractTableModel(parent) {}

void AttemptModel::setAttempts(std::vector<Attempt> attempts)
{
    const int before = rowCount();
    const int after = static_cast<int>(attempts.size());
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_attempts.resize(attempts.size());
        endRemoveRows();
    }
    const int common = std::min(before, after);
    std::move(attempts.begin(), attempts.begin() + common, m_attempts.begin());
    if (common > 0)
        Q_EMIT dataChanged(index(0, 0), index(common - 1, ColumnCount - 1));
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        std::move(attempts.begin() + common, attempts.end(), std::back_inserter(m_attempts));
        endInsertRows();
    }
}

const Attempt *AttemptModel::attempt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_attempts[static_cast<std::size_t>(row)] : nullptr;
}

int AttemptModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_attempts.size());
}

int AttemptModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant AttemptModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Attempt &attempt = m_attempts[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return cell(attempt, index.column());
    case WaitMinRole:
        return attempt.wait ? QVariant(attempt.wait->min.count()) : QVariant();
    case WaitMaxRole:
        return attempt.wait ? QVariant(attempt.wait->max.count()) : QVariant();
    case VerdictRole:
        return attempt.verdict ? QVariant(static_cast<int>(*attempt.verdict)) : QVariant();
    default:
        return {};
    }
}

QVariant AttemptModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NumberColumn:
        return tr("Try");
    case StartsColumn:
        return tr("Starts");
    case EarliestColumn:
        return tr("Earliest");
    case LatestColumn:
        return tr("Latest");
    case OutcomeColumn:
        return tr("Outcome");
    case WaitColumn:
        return tr("Then waits");
    case ActionColumn:
        return tr("Action");
    case ReasonColumn:
        return tr("Because");
    default:
        return {};
    }
}

} // namespace errata
