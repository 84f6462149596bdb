#include "models/items/figuresmodel.h"

#include <algorithm>

namespace errata {

void FiguresModel::setFigures(std::vector<FigureColumn> columns, std::vector<std::vector<QVariant>> rows)
{
    Q_ASSERT(std::all_of(rows.begin(), rows.end(), [&](const auto &row) { return row.size() == columns.size(); }));
    if (columns == m_columns && rows.size() == m_rows.size()) {
        m_rows = std::move(rows);
        if (!m_rows.empty() && !m_columns.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    endResetModel();
}

int FiguresModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FiguresModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant FiguresModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto column = static_cast<std::size_t>(index.column());
    if (role == KindRole)
        return static_cast<int>(m_columns[column].kind);
    return role == Qt::DisplayRole ? m_rows[static_cast<std::size_t>(index.row())][column] : QVariant();
}

QVariant FiguresModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isTitle = orientation == Qt::Horizontal && role == Qt::DisplayRole;
    return isTitle && section >= 0 && section < columnCount()
               ? QVariant(m_columns[static_cast<std::size_t>(section)].title)
               : QVariant();
}

} // namespace errata
