#include "models/items/jsontreemodel.h"

#include <algorithm>

namespace errata {

namespace {

/// Longer scalars are cut in the list; copying takes them whole.
constexpr qsizetype ShownBytes = 400;

// An index names a node (even numbers) or a range (odd ones).
quintptr nodeId(std::uint32_t node)
{
    return quintptr(node) * 2;
}

quintptr rangeId(std::uint32_t number)
{
    return quintptr(number) * 2 + 1;
}

bool isRange(const QModelIndex &index)
{
    return (index.internalId() & 1U) != 0;
}

std::uint32_t numberOf(const QModelIndex &index)
{
    return static_cast<std::uint32_t>(index.internalId() / 2);
}

QString kindText(JsonKind kind)
{
    switch (kind) {
    case JsonKind::Null:
        break;
    case JsonKind::False:
    case JsonKind::True:
        return QStringLiteral("boolean");
    case JsonKind::Number:
        return QStringLiteral("number");
    case JsonKind::String:
        return QStringLiteral("string");
    case JsonKind::Array:
        return QStringLiteral("array");
    case JsonKind::Object:
        return QStringLiteral("object");
    }
    return QStringLiteral("null");
}

} // namespace

size_t qHash(const JsonTreeModel::Range &range, size_t seed)
{
    return qHashMulti(seed, range.container, range.first, range.count);
}

void JsonTreeModel::setDocument(const JsonDocument &document)
{
    beginResetModel();
    m_document = document;
    m_matches.reset();
    m_current = {};
    m_children.clear();
    m_ranges.clear();
    m_rangeNumbers.clear();
    endResetModel();
}

void JsonTreeModel::setMatches(std::shared_ptr<const std::vector<Span>> matches, Span current)
{
    m_matches = std::move(matches);
    m_current = current;
    // Any row may show a match or show one no more; a view asks again for those it shows.
    if (!m_document.isNull())
        Q_EMIT dataChanged(index(0, 0), index(0, ColumnCount - 1), {MatchRole, CurrentMatchRole});
}

std::optional<std::uint32_t> JsonTreeModel::nodeOf(const QModelIndex &index) const
{
    if (!index.isValid() || isRange(index))
        return {};
    return numberOf(index);
}

QModelIndex JsonTreeModel::indexOf(std::uint32_t node) const
{
    if (m_document.isNull() || node >= m_document.nodes().size())
        return {};
    if (node == 0)
        return createIndex(0, 0, nodeId(0));
    if (m_document.nodes()[node].isKey)
        ++node;
    const auto [container, child] = placeOf(node);
    return createIndex(int(child - holderOfChild(container, child).first), 0, nodeId(node));
}

const JsonTreeModel::Children &JsonTreeModel::childrenOf(std::uint32_t container) const
{
    const auto known = m_children.constFind(container);
    if (known != m_children.constEnd())
        return *known;
    const auto &nodes = m_document.nodes();
    Children children;
    children.reserve(nodes[container].count);
    for (std::uint32_t node = container + 1; node < nodes[container].next; node = nodes[node].next) {
        if (!nodes[node].isKey)
            children.push_back(node);
    }
    Children &kept = m_children[container];
    kept = std::move(children);
    return kept;
}

std::pair<std::uint32_t, std::uint32_t> JsonTreeModel::placeOf(std::uint32_t node) const
{
    for (std::uint32_t container = 0;;) {
        const Children &children = childrenOf(container);
        const auto after = std::upper_bound(children.begin(), children.end(), node);
        const std::uint32_t holder = *(after - 1);
        if (holder == node)
            return {container, static_cast<std::uint32_t>(after - children.begin()) - 1};
        container = holder;
    }
}

std::uint32_t JsonTreeModel::step(std::uint32_t count)
{
    std::uint32_t step = 1;
    while ((count - 1) / step + 1 > MostChildren)
        step *= MostChildren;
    return step;
}

JsonTreeModel::Range JsonTreeModel::slot(const Range &range, std::uint32_t child)
{
    const std::uint32_t width = step(range.count);
    const std::uint32_t first = child / width * width; // ranges begin at multiples of their width
    return {range.container, first, std::min(width, range.first + range.count - first)};
}

JsonTreeModel::Range JsonTreeModel::holderOf(const Range &own) const
{
    Range range{own.container, 0, m_document.nodes()[own.container].count};
    while (step(range.count) > 1) {
        const Range next = slot(range, own.first);
        if (next == own)
            break;
        range = next;
    }
    return range;
}

JsonTreeModel::Range JsonTreeModel::holderOfChild(std::uint32_t container, std::uint32_t child) const
{
    // A range that no slot equals: the walk ends at single children.
    return holderOf({container, child, 0});
}

JsonTreeModel::Range JsonTreeModel::below(const QModelIndex &parent) const
{
    if (isRange(parent))
        return m_ranges[numberOf(parent)];
    const std::uint32_t node = numberOf(parent);
    return {node, 0, m_document.nodes()[node].count};
}

QModelIndex JsonTreeModel::rangeIndex(const Range &range, int row, int column) const
{
    auto number = m_rangeNumbers.constFind(range);
    if (number == m_rangeNumbers.constEnd()) {
        number = m_rangeNumbers.insert(range, static_cast<std::uint32_t>(m_ranges.size()));
        m_ranges.push_back(range);
    }
    return createIndex(row, column, rangeId(*number));
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column, nodeId(0));
    const Range range = below(parent);
    const std::uint32_t width = step(range.count);
    const std::uint32_t first = range.first + static_cast<std::uint32_t>(row) * width;
    if (width == 1)
        return createIndex(row, column, nodeId(childrenOf(range.container)[first]));
    return rangeIndex(slot(range, first), row, column);
}

QModelIndex JsonTreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == nodeId(0))
        return {};
    Range holder;
    if (isRange(index)) {
        holder = holderOf(m_ranges[numberOf(index)]);
    } else {
        const auto [container, child] = placeOf(numberOf(index));
        holder = holderOfChild(container, child);
    }
    if (holder.first == 0 && holder.count == m_document.nodes()[holder.container].count)
        return indexOf(holder.container);
    const Range outer = holderOf(holder);
    return rangeIndex(holder, int((holder.first - outer.first) / step(outer.count)), 0);
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    if (m_document.isNull() || parent.column() > 0)
        return 0;
    if (!parent.isValid())
        return 1;
    const Range range = below(parent);
    return range.count == 0 ? 0 : int((range.count - 1) / step(range.count) + 1);
}

int JsonTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

QString JsonTreeModel::keyText(std::uint32_t node) const
{
    if (node == 0)
        return {};
    const auto &nodes = m_document.nodes();
    return nodes[node - 1].isKey ? m_document.value(node).key() : QString::number(placeOf(node).second);
}

QString JsonTreeModel::valueText(std::uint32_t node) const
{
    const JsonDocument::Node &n = m_document.nodes()[node];
    if (n.kind == JsonKind::Array)
        return QStringLiteral("[%1]").arg(n.count);
    if (n.kind == JsonKind::Object)
        return QStringLiteral("{%1}").arg(n.count);
    const qsizetype size = n.end - n.start;
    const QByteArray bytes = m_document.bytes().mid(n.start, std::min(size, ShownBytes));
    return QString::fromUtf8(bytes) + (size > ShownBytes ? QStringLiteral("…") : QString());
}

bool JsonTreeModel::holdsMatch(std::uint32_t node, bool current) const
{
    const auto &nodes = m_document.nodes();
    const auto meets = [&](const JsonDocument::Node &n) {
        if (current)
            return !m_current.isNull() && m_current.start < n.end && m_current.end() > n.start;
        if (!m_matches)
            return false;
        const auto match =
            std::partition_point(m_matches->begin(), m_matches->end(), [&](Span m) { return m.end() <= n.start; });
        return match != m_matches->end() && match->start < n.end;
    };
    const bool isScalar = nodes[node].kind != JsonKind::Array && nodes[node].kind != JsonKind::Object;
    return (isScalar && meets(nodes[node])) || (node > 0 && nodes[node - 1].isKey && meets(nodes[node - 1]));
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (isRange(index)) {
        const Range &range = m_ranges[numberOf(index)];
        if (role == Qt::DisplayRole && index.column() == KeyColumn)
            return QStringLiteral("%1 … %2").arg(range.first).arg(range.first + range.count - 1);
        return role == IsRangeRole ? QVariant(true) : QVariant();
    }
    const std::uint32_t node = numberOf(index);
    const JsonDocument::Node &n = m_document.nodes()[node];
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == KeyColumn     ? keyText(node)
               : index.column() == ValueColumn ? valueText(node)
                                               : kindText(n.kind);
    case KindRole:
        return int(n.kind);
    case IsRangeRole:
        return false;
    case IsIndexRole:
        return node > 0 && !m_document.nodes()[node - 1].isKey;
    case MatchRole:
        return holdsMatch(node, false);
    case CurrentMatchRole:
        return holdsMatch(node, true);
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == KeyColumn     ? QStringLiteral("Key")
           : section == ValueColumn ? QStringLiteral("Value")
                                    : QStringLiteral("Kind");
}

} // namespace errata
