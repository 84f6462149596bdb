// A sample's bars on an axis of time that is even, or grows.
#pragma once

#include "models/retry/montecarlo.h"
#include "views/timeline/timescale.h"

#include <optional>
#include <vector>

namespace errata {

/// Where times stand: places are milliseconds, or grow with their logarithm.
class SampleAxis
{
public:
    /// Even.
    SampleAxis() = default;
    /// Even up to \a least, which is above 0, then logarithmic: 0 has a place, too.
    explicit SampleAxis(Millis least) : m_least(least) {}

    [[nodiscard]] bool isLogarithmic() const { return m_least.has_value(); }
    [[nodiscard]] double place(Millis time) const;
    [[nodiscard]] Millis at(double place) const;
    /// Milliseconds that a place's unit takes there: a density by time becomes one by place.
    [[nodiscard]] double stretch(Millis time) const;
    /// Round times from \a from to \a to, at most about \a most.
    [[nodiscard]] std::vector<TimeScale::Tick> ticks(Millis from, Millis to, int most) const;

private:
    std::optional<Millis> m_least;
};

/// Bars of equal width on the axis.
struct SampleBars
{
    SampleAxis axis;
    std::vector<Millis> edges; ///< one more than bars; ascending
    std::vector<int> runs;
    double beyond = 0; ///< share of the runs that take longer than what is shown

    [[nodiscard]] Millis from() const { return edges.front(); }
    [[nodiscard]] Millis to() const { return edges.back(); }
    /// Of a bar, in places.
    [[nodiscard]] double width() const;
};

/// On an even axis a tail that would squeeze all others into one bar is cut off and told; a logarithmic one shows all.
/// Runs that all take the same time are one bar around it on an even axis.
[[nodiscard]] SampleBars barsOf(const Distribution &totals, bool isLogarithmic = false);

} // namespace errata
