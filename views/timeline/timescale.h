// Where times stand on an axis: linear or logarithmic, the whole of it or a part.
#pragma once

#include "models/base/clock.h"

#include <QString>

#include <vector>

namespace errata {

/// Which part of the axis is seen, in shares of its length, and how it grows.
struct TimelineView
{
    double from = 0;
    double to = 1;
    bool isLogarithmic = false;

    [[nodiscard]] bool isWhole() const { return from <= 0 && to >= 1; }
    friend bool operator==(const TimelineView &, const TimelineView &) = default;
};

/// \a factor times as near; what stands at \a anchor (0 left, 1 right) stays there. Never beyond the axis's ends.
[[nodiscard]] TimelineView zoomed(const TimelineView &view, double factor, double anchor);
/// Moved by a part of what is seen.
[[nodiscard]] TimelineView panned(const TimelineView &view, double by);

class TimeScale
{
public:
    struct Tick
    {
        Millis at{0};
        QString label;
    };

    TimeScale() = default;
    /// From 0 to \a end. A logarithmic axis is even from 0 to about \a least, then grows; both are above 0.
    TimeScale(Millis end, Millis least, const TimelineView &view);

    /// 0 at the left edge of what is seen, 1 at the right; other times are outside, at most one width away.
    [[nodiscard]] double place(Millis time) const;
    [[nodiscard]] Millis at(double place) const;
    /// Round times within what is seen, ascending, at most about \a most.
    [[nodiscard]] std::vector<Tick> ticks(int most) const;

private:
    [[nodiscard]] double share(Millis time) const;
    [[nodiscard]] Millis timeAt(double share) const;
    [[nodiscard]] std::vector<Tick> linearTicks(int most) const;
    [[nodiscard]] std::vector<Tick> logarithmicTicks(int most) const;

    Millis m_end{1000};
    Millis m_least{1};
    TimelineView m_view;
};

} // namespace errata
