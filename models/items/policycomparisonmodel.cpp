#include "models/items/policycomparisonmodel.h"

namespace errata {

namespace {

QVariant cell(const std::optional<Millis> &time)
{
    return time ? QVariant(time->count()) : QVariant();
}

template <typename T>
QVariant cell(const std::optional<T> &value)
{
    return value ? QVariant(*value) : QVariant();
}

} // namespace

void PolicyComparisonModel::setRows(std::vector<ComparedPolicy> rows)
{
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int PolicyComparisonModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PolicyComparisonModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PolicyComparisonModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole ||
        !checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ComparedPolicy &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case PolicyColumn:
        return row.name;
    case SendsColumn:
        return cell(row.sends);
    case SucceededColumn:
        return cell(row.succeeded);
    case MeanColumn:
        return cell(row.mean);
    case P50Column:
        return cell(row.p50);
    case P95Column:
        return cell(row.p95);
    case P99Column:
        return cell(row.p99);
    case PeakColumn:
        return cell(row.peak);
    default:
        return {};
    }
}

QVariant PolicyComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PolicyColumn:
        return tr("Policy");
    case SendsColumn:
        return tr("Sends");
    case SucceededColumn:
        return tr("Succeeds");
    case MeanColumn:
        return tr("Mean");
    case P50Column:
        return tr("p50");
    case P95Column:
        return tr("p95");
    case P99Column:
        return tr("p99");
    case PeakColumn:
        return tr("Peak a second");
    default:
        return {};
    }
}

} // namespace errata
