#include "models/items/headerbenchmodel.h"

namespace errata {

void HeaderBenchModel::setPolicies(std::vector<RetryPolicy> policies)
{
    beginResetModel();
    m_policies = std::move(policies);
    read();
    endResetModel();
}

void HeaderBenchModel::setAnswer(const Outcome &outcome, const QDateTime &now)
{
    m_outcome = outcome;
    m_now = now;
    read();
    if (!m_policies.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void HeaderBenchModel::read()
{
    m_readings.clear();
    m_readings.reserve(m_policies.size());
    for (const RetryPolicy &policy : m_policies)
        m_readings.push_back(readingOf(policy, m_outcome, m_now));
}

int HeaderBenchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_policies.size());
}

int HeaderBenchModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant HeaderBenchModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole ||
        !checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const HeaderReading &read = reading(index.row());
    switch (index.column()) {
    case ClientColumn:
        return policy(index.row()).name;
    case ReadsColumn:
        return static_cast<int>(read.read);
    case WaitsColumn:
        return read.wait ? QVariant(read.wait->actual.count()) : QVariant();
    case ReasonColumn:
        return static_cast<int>(read.reason);
    default:
        return {};
    }
}

QVariant HeaderBenchModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ClientColumn:
        return tr("Client");
    case ReadsColumn:
        return tr("Reads");
    case WaitsColumn:
        return tr("Then waits");
    case ReasonColumn:
        return tr("Because");
    default:
        return {};
    }
}

} // namespace errata
