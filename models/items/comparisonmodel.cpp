#include "models/items/comparisonmodel.h"

#include <algorithm>

namespace errata {

namespace {

using Mark = ComparedRow::Mark;

/// A sign and a word: colour alone tells nothing.
QString markText(Mark mark)
{
    switch (mark) {
    case Mark::Added:
        return QStringLiteral("+ added");
    case Mark::Removed:
        return QStringLiteral("− removed");
    case Mark::Changed:
        return QStringLiteral("≠ changed");
    case Mark::Moved:
        return QStringLiteral("⇄ moved");
    default:
        return {};
    }
}

} // namespace

void ComparisonModel::setComparison(Comparison comparison)
{
    beginResetModel();
    m_comparison = std::move(comparison);
    m_firstRows.clear();
    int row = 0;
    for (const ComparedRow &one : m_comparison.rows) {
        if (one.difference >= static_cast<int>(m_firstRows.size()))
            m_firstRows.push_back(row);
        ++row;
    }
    endResetModel();
}

void ComparisonModel::setTitles(const QString &left, const QString &right)
{
    m_leftTitle = left;
    m_rightTitle = right;
    Q_EMIT headerDataChanged(Qt::Horizontal, LeftColumn, RightColumn);
}

int ComparisonModel::differenceFrom(int row, int by) const
{
    if (m_firstRows.empty())
        return -1;
    if (by > 0) {
        const auto next = std::upper_bound(m_firstRows.begin(), m_firstRows.end(), row);
        return next == m_firstRows.end() ? m_firstRows.front() : *next;
    }
    const auto here = std::lower_bound(m_firstRows.begin(), m_firstRows.end(), row);
    return here == m_firstRows.begin() ? m_firstRows.back() : *(here - 1);
}

int ComparisonModel::differencesUpTo(int row) const
{
    return static_cast<int>(std::upper_bound(m_firstRows.begin(), m_firstRows.end(), row) - m_firstRows.begin());
}

int ComparisonModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_comparison.rows.size());
}

int ComparisonModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ComparisonModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ComparedRow &row = m_comparison.rows[static_cast<std::size_t>(index.row())];
    const QString mark = markText(row.mark);
    if (role == MarkRole)
        return static_cast<int>(row.mark);
    if (role == Qt::ToolTipRole)
        return row.where.isEmpty() ? QVariant() : QVariant(row.where);
    if (role == Qt::AccessibleTextRole && row.isDifference())
        return QStringLiteral("%1 %2: %3 | %4").arg(mark, row.where, row.left, row.right);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case LeftColumn:
        return row.left;
    case MarkColumn:
        return mark;
    default:
        return row.right;
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return QAbstractTableModel::headerData(section, orientation, role);
    return section == LeftColumn ? m_leftTitle : section == RightColumn ? m_rightTitle : QString();
}

} // namespace errata
