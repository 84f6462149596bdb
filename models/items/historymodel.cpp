#include "models/items/historymodel.h"

#include "models/items/exchangemodel.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace errata {

HistoryModel::HistoryModel(QObject *parent) : QAbstractTableModel(parent) {}

void HistoryModel::setSource(const HistorySource *source)
{
    m_source = source;
    restart();
}

void HistoryModel::setFilter(const HistoryFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    restart();
}

void HistoryModel::restart()
{
    beginResetModel();
    m_rows.clear();
    if (m_source)
        m_rows = m_source->rows(m_filter, {std::nullopt, std::nullopt, pageSize});
    m_isWhole = m_rows.size() < std::size_t(pageSize);
    endResetModel();
}

const HistoryRow *HistoryModel::row(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int HistoryModel::rowOf(qint64 id) const
{
    const auto it = std::lower_bound(m_rows.begin(), m_rows.end(), id,
                                     [](const HistoryRow &row, qint64 wanted) { return row.id > wanted; });
    return it != m_rows.end() && it->id == id ? static_cast<int>(it - m_rows.begin()) : -1;
}

void HistoryModel::insertAt(int at, std::vector<HistoryRow> rows)
{
    if (rows.empty())
        return;
    beginInsertRows({}, at, at + static_cast<int>(rows.size()) - 1);
    m_rows.insert(m_rows.begin() + at, std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    endInsertRows();
}

void HistoryModel::removeAt(int at, int count)
{
    if (count == 0)
        return;
    beginRemoveRows({}, at, at + count - 1);
    m_rows.erase(m_rows.begin() + at, m_rows.begin() + at + count);
    endRemoveRows();
}

void HistoryModel::replaceAt(int at, HistoryRow row)
{
    HistoryRow &shown = m_rows[static_cast<std::size_t>(at)];
    if (shown == row)
        return;
    shown = std::move(row);
    Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
}

void HistoryModel::fetchNewer()
{
    if (!m_source)
        return;
    if (m_rows.empty())
        return restart();
    constexpr int all = std::numeric_limits<int>::max();
    insertAt(0, m_source->rows(m_filter, {std::nullopt, m_rows.front().id, all}));
}

void HistoryModel::refresh(qint64 id)
{
    const int at = rowOf(id);
    if (!m_source || at < 0)
        return;
    // Asked with the filter: what was pinned may be shown for its pin.
    std::vector<HistoryRow> found = m_source->rows(m_filter, {id + 1, id - 1, 1});
    if (found.empty())
        return removeAt(at, 1);
    replaceAt(at, std::move(found.front()));
}

void HistoryModel::reload()
{
    if (!m_source)
        return;
    // As far as was fetched, and a page where that was little.
    const int count = std::max(rowCount(), pageSize);
    std::vector<HistoryRow> now = m_source->rows(m_filter, {std::nullopt, std::nullopt, count});
    const bool isWhole = now.size() < std::size_t(count);
    // Both lists descend: walk them side by side, and change whole stretches at once.
    const auto idAt = [this](int at) { return m_rows[static_cast<std::size_t>(at)].id; };
    int at = 0;
    for (std::size_t n = 0; n < now.size();) {
        int gone = at;
        while (gone < rowCount() && idAt(gone) > now[n].id)
            ++gone;
        removeAt(at, gone - at);
        std::vector<HistoryRow> added;
        while (n < now.size() && (at == rowCount() || now[n].id > idAt(at)))
            added.push_back(std::move(now[n++]));
        const int inserted = static_cast<int>(added.size());
        insertAt(at, std::move(added));
        at += inserted;
        if (n < now.size() && now[n].id == idAt(at))
            replaceAt(at++, std::move(now[n++]));
    }
    removeAt(at, rowCount() - at);
    m_isWhole = isWhole;
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

bool HistoryModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_source && !m_isWhole;
}

void HistoryModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    std::vector<HistoryRow> older =
        m_source->rows(m_filter, {m_rows.empty() ? std::nullopt : std::optional(m_rows.back().id), {}, pageSize});
    m_isWhole = older.size() < std::size_t(pageSize);
    insertAt(rowCount(), std::move(older));
}

QVariant HistoryModel::cell(const HistoryRow &row, int column) const
{
    switch (column) {
    case TimeColumn:
        return row.startedMs;
    case MethodColumn:
        return QString::fromUtf8(row.method);
    case PlaceColumn:
        return placeIn(QString::fromUtf8(row.url));
    case StatusColumn:
        return row.status ? QVariant(*row.status) : QVariant();
    case CodeColumn:
        return row.diagnosis.code;
    case ApiColumn:
        return row.diagnosis.api;
    case AttemptColumn:
        return row.attempt;
    case DurationColumn:
        return row.totalMs;
    case SizeColumn:
        return row.responseBytes;
    default:
        return {};
    }
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const HistoryRow &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return cell(row, index.column());
    case IdRole:
        return row.id;
    case RunRole:
        return row.run;
    case RequestRole:
        return QString::fromUtf8(row.method + ' ' + row.url);
    case FailureRole:
        return static_cast<int>(row.failure);
    case MessageRole:
        return row.diagnosis.message;
    case IsErrorRole:
        return row.isError;
    case IsPinnedRole:
        return row.isPinned;
    default:
        return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time (UTC)");
    case MethodColumn:
        return tr("Method");
    case PlaceColumn:
        return tr("Where");
    case StatusColumn:
        return tr("Status");
    case CodeColumn:
        return tr("Code");
    case ApiColumn:
        return tr("API");
    case AttemptColumn:
        return tr("Attempt");
    case DurationColumn:
        return tr("Duration");
    case SizeColumn:
        return tr("Size");
    default:
        return {};
    }
}

} // namespace errata
