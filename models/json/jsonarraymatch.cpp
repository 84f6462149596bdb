#include "models/json/jsonarraymatch.h"

#include "models/base/alignment.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace errata {

namespace {

/// One of the two arrays.
struct Side
{
    Side(const JsonHashes &theDocument, const std::vector<std::uint32_t> &theNodes)
        : document(theDocument), nodes(theNodes), partners(theNodes.size())
    {
        hashes.reserve(nodes.size());
        for (const std::uint32_t node : nodes)
            hashes.push_back(document.hash(node));
    }

    [[nodiscard]] JsonKind kind(int index) const { return document.node(nodes[std::size_t(index)]).kind; }
    [[nodiscard]] bool isFree(int index) const { return partners[std::size_t(index)].index < 0; }
    [[nodiscard]] int size() const { return static_cast<int>(nodes.size()); }

    /// What an object calls itself, with the member's name; nothing for other values.
    [[nodiscard]] std::optional<std::uint64_t> name(int index) const
    {
        constexpr std::array<const char *, 4> names{"id", "key", "code", "name"};
        const std::uint32_t object = nodes[std::size_t(index)];
        if (document.node(object).kind != JsonKind::Object)
            return std::nullopt;
        const std::vector<JsonMember> members = document.members(object);
        for (std::size_t i = 0; i < names.size(); ++i) {
            for (const JsonMember &member : members) {
                const JsonKind kind = document.node(member.value).kind;
                if (member.key == names[i] && (kind == JsonKind::String || kind == JsonKind::Number))
                    return document.hash(member.value) * names.size() + i;
            }
        }
        return std::nullopt;
    }

    const JsonHashes &document;
    const std::vector<std::uint32_t> &nodes;
    std::vector<std::uint64_t> hashes;
    std::vector<ArrayMatch::Partner> partners;
};

void pair(Side &a, Side &b, int i, int j, bool moved)
{
    a.partners[std::size_t(i)] = {j, moved};
    b.partners[std::size_t(j)] = {i, moved};
}

/// What is free by a key of its own; where one key stands several times, the first with the first.
template <typename KeyOf>
Alignment pairsBy(const Side &a, const Side &b, KeyOf keyOf)
{
    std::unordered_map<std::uint64_t, std::vector<int>> places;
    for (int j = b.size(); j-- > 0;) {
        if (const std::optional<std::uint64_t> key = b.isFree(j) ? keyOf(b, j) : std::nullopt)
            places[*key].push_back(j);
    }
    Alignment pairs;
    for (int i = 0; i < a.size() && !places.empty(); ++i) {
        const std::optional<std::uint64_t> key = a.isFree(i) ? keyOf(a, i) : std::nullopt;
        const auto found = key ? places.find(*key) : places.end();
        if (found == places.end() || found->second.empty())
            continue;
        pairs.emplace_back(i, found->second.back());
        found->second.pop_back();
    }
    return pairs;
}

/// Pairs that cross none of those in their turn are in their turn themselves.
void addInTurnOrMoved(Side &a, Side &b, const Alignment &pairs)
{
    // For each place the partner of the nearest pair in its turn: before it the greatest, behind it the least.
    std::vector<int> above(a.nodes.size() + 1, -1);
    for (int i = 0; i < a.size(); ++i) {
        const ArrayMatch::Partner &partner = a.partners[std::size_t(i)];
        above[std::size_t(i) + 1] = partner.index >= 0 && !partner.moved ? partner.index : above[std::size_t(i)];
    }
    std::vector<int> below(a.nodes.size() + 1, b.size());
    for (int i = a.size(); i-- > 0;) {
        const ArrayMatch::Partner &partner = a.partners[std::size_t(i)];
        below[std::size_t(i)] = partner.index >= 0 && !partner.moved ? partner.index : below[std::size_t(i) + 1];
    }
    Alignment fitting;
    for (const auto &[i, j] : pairs) {
        if (j > above[std::size_t(i)] && j < below[std::size_t(i)])
            fitting.emplace_back(i, j);
    }
    const Alignment inTurn = longestAscending(fitting);
    for (const auto &[i, j] : pairs)
        pair(a, b, i, j, true);
    for (const auto &[i, j] : inTurn)
        pair(a, b, i, j, false);
}

bool mayPair(const Side &a, const Side &b, int i, int j)
{
    const auto shape = [](JsonKind kind) { return kind == JsonKind::Object ? 2 : kind == JsonKind::Array ? 1 : 0; };
    if (shape(a.kind(i)) != shape(b.kind(j)))
        return false;
    const std::optional<std::uint64_t> name = a.name(i);
    return !name || !b.name(j) || name == b.name(j);
}

/// Between two pairs in their turn: the first that is left with the first that is left, and so on.
void pairByPlace(Side &a, Side &b)
{
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
        const bool freeLeft = a.isFree(i);
        const bool freeRight = b.isFree(j);
        if (freeLeft && freeRight && mayPair(a, b, i, j))
            pair(a, b, i, j, false);
        // One that has moved has its partner elsewhere; one that is free has none behind a pair in its turn.
        const bool movedLeft = !freeLeft && a.partners[std::size_t(i)].moved;
        const bool movedRight = !freeRight && b.partners[std::size_t(j)].moved;
        const bool onlyLeft = movedLeft || (!movedRight && freeLeft && !freeRight);
        const bool onlyRight = !movedLeft && (movedRight || (freeRight && !freeLeft));
        i += onlyRight ? 0 : 1;
        j += onlyLeft ? 0 : 1;
    }
}

void match(Side &a, Side &b, int mostEdits)
{
    for (const auto &[i, j] : align(a.hashes, b.hashes, mostEdits))
        pair(a, b, i, j, false);
    const auto byHash = [](const Side &side, int index) { return std::optional(side.hashes[std::size_t(index)]); };
    addInTurnOrMoved(a, b, pairsBy(a, b, byHash));
    addInTurnOrMoved(a, b, pairsBy(a, b, [](const Side &side, int index) { return side.name(index); }));
    pairByPlace(a, b);
}

} // namespace

ArrayMatch matchElements(const JsonHashes &leftDocument, const std::vector<std::uint32_t> &left,
                         const JsonHashes &rightDocument, const std::vector<std::uint32_t> &right, int mostEdits)
{
    Side a(leftDocument, left);
    Side b(rightDocument, right);
    // Always with the lesser one first: the second way round, the same belong together.
    if (std::lexicographical_compare(b.hashes.begin(), b.hashes.end(), a.hashes.begin(), a.hashes.end()))
        match(b, a, mostEdits);
    else
        match(a, b, mostEdits);
    return {std::move(a.partners), std::move(b.partners)};
}

} // namespace errata
