// A schedule, a distribution and a herd drawn in text.
#pragma once

#include "app/cli/style.h"
#include "models/retry/herd.h"
#include "models/retry/simulator.h"

#include <QStringList>

namespace errata {

/// A row an attempt on a common axis, at most \a width columns:
///   1  503    ●────────░
///   2  429:2            ●─────────────────
///   3  200                                ●
///             ├────────┼────────┼────────┤
///             0 ms     1 s      2 s      3 s
/// ● sent, ○ not sent, ━ under way, ─ wait, ░ where the jitter of this and the earlier waits may let it
/// end, ✗ the end after a wait that nothing follows.
[[nodiscard]] QStringList drawSchedule(const Schedule &schedule, int width, const Style &style);

/// One line of bars, at most \a width wide, the fullest bin full height.
[[nodiscard]] QString drawBars(const std::vector<int> &bins, int width);

/// The requests over time as bars, one line, and the axis below.
[[nodiscard]] QStringList drawHerd(const Herd &herd, int width, const Style &style);

} // namespace errata
