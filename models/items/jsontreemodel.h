// A JSON document as a tree of key, value and kind. Large containers are shown in ranges of a thousand.
#pragma once

#include "models/base/span.h"
#include "models/json/jsondocument.h"

#include <QAbstractItemModel>
#include <QHash>

namespace errata {

/// Rows are views of the document's flat nodes: what is kept is a list of children for each container that was
/// looked into, nothing for others. The document itself is the only row at the top.
class JsonTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { KeyColumn, ValueColumn, KindColumn, ColumnCount };
    enum Role {
        KindRole = Qt::UserRole, ///< JsonKind as int; none for a range
        IsRangeRole,             ///< bool: the row stands for some of its container's children
        IsIndexRole,             ///< bool: the key is an array's index, not a name
        MatchRole,               ///< bool: the key or the scalar holds a match
        CurrentMatchRole,        ///< bool: the match gone to is in this row
    };
    /// Children shown below one row at most; more are parted into ranges.
    static constexpr std::uint32_t MostChildren = 1000;

    using QAbstractItemModel::QAbstractItemModel;

    void setDocument(const JsonDocument &document);
    [[nodiscard]] const JsonDocument &document() const { return m_document; }
    /// Stretches of the document's bytes, in order; \a current is the one gone to, or null.
    void setMatches(std::shared_ptr<const std::vector<Span>> matches, Span current);

    /// The node of a row, nothing for ranges.
    [[nodiscard]] std::optional<std::uint32_t> nodeOf(const QModelIndex &index) const;
    /// The row of a node; of a key, its value's.
    [[nodiscard]] QModelIndex indexOf(std::uint32_t node) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    using Children = std::vector<std::uint32_t>;
    /// Some of a container's children: [first, first + count).
    struct Range
    {
        std::uint32_t container = 0;
        std::uint32_t first = 0;
        std::uint32_t count = 0;
        friend bool operator==(const Range &, const Range &) = default;
    };
    friend size_t qHash(const Range &range, size_t seed);

    /// What stands below a row: children, or ranges of them.
    [[nodiscard]] Range below(const QModelIndex &parent) const;
    [[nodiscard]] static std::uint32_t step(std::uint32_t count);
    [[nodiscard]] QModelIndex rangeIndex(const Range &range, int row, int column) const;
    [[nodiscard]] QModelIndex itemAt(const Range &range, std::uint32_t child, int column) const;
    [[nodiscard]] const Children &childrenOf(std::uint32_t container) const;
    /// The container of a node and the node's place in it; needs a node below the root.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> placeOf(std::uint32_t node) const;
    /// The part of \a range that holds \a child and has one row below it.
    [[nodiscard]] static Range slot(const Range &range, std::uint32_t child);
    /// What \a own is a row of: a range, or the whole container.
    [[nodiscard]] Range holderOf(const Range &own) const;
    [[nodiscard]] Range holderOfChild(std::uint32_t container, std::uint32_t child) const;
    [[nodiscard]] QString keyText(std::uint32_t node) const;
    [[nodiscard]] QString valueText(std::uint32_t node) const;
    [[nodiscard]] bool holdsMatch(std::uint32_t node, bool current) const;

    JsonDocument m_document;
    std::shared_ptr<const std::vector<Span>> m_matches;
    Span m_current;
    mutable QHash<std::uint32_t, Children> m_children;
    mutable std::vector<Range> m_ranges; ///< those that have a row somewhere; an index names one by its number
    mutable QHash<Range, std::uint32_t> m_rangeNumbers;
};

} // namespace errata
