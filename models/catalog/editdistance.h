// How far apart two words are.
#pragma once

#include <QStringView>

namespace errata {

/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours
/// count 1 each. Gives limit + 1 as soon as the distance is known to be above \a limit.
///   editDistance("ratelmit", "rate_limit", 3) == 2
[[nodiscard]] int editDistance(QStringView a, QStringView b, int limit);

} // namespace errata
