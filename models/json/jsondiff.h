// What differs between two JSON documents, by their values and not by their layout.
#pragma once

#include "models/json/jsondocument.h"

#include <QString>

#include <optional>
#include <vector>

namespace errata {

/// Numbers are compared by their text: 1.0 is not 1. Strings by what they say: "\u0041" is "A". Members by their key,
/// the n-th of a key with the n-th; their order is no difference. Elements of arrays by their value; what has none
/// equal to it by its "id" or another name of its own; the rest by its place between those.
struct JsonDiffStep
{
    enum class Kind {
        Equal,
        Added,   ///< there is no left
        Removed, ///< there is no right
        Changed, ///< both are scalars, or of two kinds
        Moved,   ///< equal, at another place of the same array
        Open,    ///< containers with a difference inside: steps of a greater depth follow, then Close
        Close,
    };

    Kind kind = Kind::Equal;
    int depth = 0;
    JsonValue left = {};
    JsonValue right = {};
    QString leftPath = {};  ///< JSON Pointer; empty for Equal
    QString rightPath = {}; ///< likewise
    bool moved = false;     ///< of Open: the place in the array is another, too
    bool reordered = false; ///< of Open and Equal: members within stand in another order

    [[nodiscard]] bool isDifference() const
    {
        return kind == Kind::Added || kind == Kind::Removed || kind == Kind::Changed || kind == Kind::Moved;
    }
};

struct JsonDiff
{
    std::vector<JsonDiffStep> steps; ///< in the order of the left, what was added where it stands in the right
    bool isWhole = true;             ///< false: there is more than the limits allow

    [[nodiscard]] qsizetype differences() const;
    /// Whether members of any object stand in another order.
    [[nodiscard]] bool isReordered() const;
};

struct JsonDiffLimits
{
    std::size_t steps = 200'000;
    int edits = 1000; ///< of an array; beyond that its elements are aligned less well
};

/// The same differences the second way round, with left and right exchanged.
[[nodiscard]] JsonDiff diffJson(const JsonDocument &left, const JsonDocument &right, const JsonDiffLimits &limits = {});

} // namespace errata
