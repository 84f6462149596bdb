#include "models/items/eventstreammodel.h"

#include "models/base/limits.h"

#include <algorithm>

namespace errata {

namespace {

/// Of the data, for a cell: its first line, as far as anybody reads a cell.
QString beginningOf(const QByteArray &data)
{
    constexpr qsizetype most = 300;
    const qsizetype line = data.indexOf('\n');
    const qsizetype end = std::min(line < 0 ? data.size() : line, most);
    const QString text = QString::fromUtf8(data.constData(), end);
    return end < data.size() ? text + QStringLiteral(" …") : text;
}

} // namespace

void EventStreamModel::clear()
{
    setRows({});
}

void EventStreamModel::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    m_total = std::ssize(m_rows);
    endResetModel();
}

std::vector<EventStreamModel::Row> EventStreamModel::rowsAt(std::vector<StreamEvent> events,
                                                            const std::vector<double> &timesMs)
{
    events.resize(std::min(events.size(), static_cast<std::size_t>(limits::listedEvents)));
    std::vector<Row> rows;
    rows.reserve(events.size());
    for (StreamEvent &event : events) {
        const std::size_t at = rows.size();
        rows.push_back({std::move(event), at < timesMs.size() ? std::optional(timesMs[at]) : std::nullopt});
    }
    return rows;
}

std::vector<double> EventStreamModel::timesOf(const std::vector<Row> &rows)
{
    std::vector<double> timesMs;
    timesMs.reserve(rows.size());
    for (const Row &row : rows) {
        if (!row.sinceStartMs)
            break;
        timesMs.push_back(*row.sinceStartMs);
    }
    return timesMs;
}

void EventStreamModel::add(std::vector<StreamEvent> events, std::optional<double> sinceStartMs)
{
    m_total += std::ssize(events);
    const auto room = static_cast<std::size_t>(limits::listedEvents) - m_rows.size();
    const std::size_t count = std::min(events.size(), room);
    if (count == 0)
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(count) - 1);
    // No reserve(): of a little each time it would copy all each time.
    for (std::size_t i = 0; i < count; ++i)
        m_rows.push_back({std::move(events[i]), sinceStartMs}); // NOLINT(performance-inefficient-vector-operation)
    endInsertRows();
}

int EventStreamModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EventStreamModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventStreamModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &[event, sinceStart] = m_rows[static_cast<std::size_t>(index.row())];
    if (role == DataRole)
        return event.data;
    if (role == IsCutRole)
        return event.isCut;
    if (role == Qt::TextAlignmentRole && index.column() == TimeColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TimeColumn:
        return sinceStart ? QStringLiteral("%1 s").arg(*sinceStart / 1000, 0, 'f', 3) : QStringLiteral("–");
    case TypeColumn:
        return QString::fromUtf8(event.type);
    case IdColumn:
        return QString::fromUtf8(event.id);
    default:
        return beginningOf(event.data);
    }
}

QVariant EventStreamModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case TimeColumn:
        return tr("After");
    case TypeColumn:
        return tr("Event");
    case IdColumn:
        return tr("Id");
    case DataColumn:
        return tr("Data");
    default:
        return {};
    }
}

} // namespace errata
