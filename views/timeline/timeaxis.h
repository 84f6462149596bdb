// Times as people read them, and the ticks of a time axis.
#pragma once

#include "models/base/clock.h"
#include "models/retry/bounds.h"

#include <QString>

#include <vector>

namespace errata {

/// "0 s", "120 ms", "1.05 s", "7.4 s", "2 min 5 s", "1 h 3 min", "12 days", "100 years": three digits at most.
[[nodiscard]] QString shortTime(Millis time);
/// To the millisecond: "3.152 s", "120.5 ms".
[[nodiscard]] QString exactTime(Millis time);
/// "7.4 s (7.0 s … 7.7 s)", or the time alone where there is no play.
[[nodiscard]] QString shortBounds(const Bounds &bounds);
[[nodiscard]] QString exactBounds(const Bounds &bounds);

/// An axis from 0 to at least `end` with round ticks.
struct TimeAxis
{
    Millis end{1000};
    Millis step{1000};

    /// Ticks at multiples of step: 0, step, ... up to end.
    [[nodiscard]] int tickCount() const;
    [[nodiscard]] Millis tick(int index) const { return step * index; }
    /// In the axis's own unit: "0.5 s", "200 ms", "2 min".
    [[nodiscard]] QString label(int index) const;
};

/// The axis that shows \a last with at most \a mostTicks steps of 1, 2, 5, 10, ... ms; 1, 2, 5, 10, 15, 30 s or
/// min; 1, 2, 3, 6, 12 h; days.
[[nodiscard]] TimeAxis timeAxis(Millis last, int mostTicks);

} // namespace errata
