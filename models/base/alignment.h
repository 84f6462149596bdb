// Which elements of two sequences are the same, in the same order.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace errata {

/// Index in the first, index in the second; both ascend.
using Alignment = std::vector<std::pair<int, int>>;

/// Longest where the two differ in no more than \a mostEdits insertions and deletions (Myers, "An O(ND) difference
/// algorithm", 1986); beyond that a good one: the n-th of each element is paired with the n-th, and the longest run of
/// such pairs that ascends is taken. The second way round, align(b, a) pairs the same.
[[nodiscard]] Alignment align(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b, int mostEdits = 1000);

/// Of pairs in ascending order of their first index, the longest selection whose second indices ascend.
[[nodiscard]] Alignment longestAscending(const Alignment &pairs);

} // namespace errata
