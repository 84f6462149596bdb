#include "models/items/histogrammodel.h"

namespace errata {

void HistogramModel::setBars(std::vector<HistogramBar> bars)
{
    if (bars.size() != m_bars.size()) {
        beginResetModel();
        m_bars = std::move(bars);
        endResetModel();
        return;
    }
    m_bars = std::move(bars);
    if (!m_bars.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int HistogramModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_bars.size());
}

int HistogramModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant HistogramModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole ||
        !checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const HistogramBar &bar = m_bars[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case FromColumn:
        return bar.from.count();
    case ToColumn:
        return bar.to.count();
    case RunsColumn:
        return bar.runs;
    case ShareColumn:
        return bar.share;
    case ExactColumn:
        return bar.exact ? QVariant(*bar.exact) : QVariant();
    default:
        return {};
    }
}

QVariant HistogramModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FromColumn:
        return tr("From");
    case ToColumn:
        return tr("To");
    case RunsColumn:
        return tr("Runs");
    case ShareColumn:
        return tr("Share");
    case ExactColumn:
        return tr("Exact");
    default:
        return {};
    }
}

} // namespace errata
