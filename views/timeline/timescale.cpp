#include "views/timeline/timescale.h"

#include "views/timeline/timeaxis.h"
#include "views/timeline/timeunits.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace errata {

namespace {

/// The least part of the axis that can fill the view.
constexpr double NearestView = 1e-4;

using namespace timeunits;

constexpr std::array<double, 16> MajorTimes = {0,         1,           10,        100,       Second, 10 * Second,
                                               Minute,    10 * Minute, Hour,      6 * Hour,  Day,    10 * Day,
                                               100 * Day, Year,        10 * Year, 100 * Year};
constexpr std::array<double, 21> MinorTimes = {
    2,          5,           20,          50,         200,        500,         2 * Second,
    5 * Second, 20 * Second, 30 * Second, 2 * Minute, 5 * Minute, 20 * Minute, 30 * Minute,
    2 * Hour,   12 * Hour,   2 * Day,     5 * Day,    30 * Day,   2 * Year,    5 * Year};

} // namespace

TimelineView zoomed(const TimelineView &view, double factor, double anchor)
{
    const double width = std::clamp((view.to - view.from) / factor, NearestView, 1.0);
    const double held = view.from + anchor * (view.to - view.from);
    const double from = std::clamp(held - anchor * width, 0.0, 1.0 - width);
    return {from, from + width, view.isLogarithmic};
}

TimelineView panned(const TimelineView &view, double by)
{
    const double width = view.to - view.from;
    const double from = std::clamp(view.from + by * width, 0.0, 1.0 - width);
    return {from, from + width, view.isLogarithmic};
}

TimeScale::TimeScale(Millis end, Millis least, const TimelineView &view) : m_end(end), m_least(least), m_view(view) {}

double TimeScale::share(Millis time) const
{
    const Millis bounded = std::clamp(time, Millis(0), m_end * 2);
    if (!m_view.isLogarithmic)
        return bounded / m_end;
    return std::log1p(bounded / m_least) / std::log1p(m_end / m_least);
}

Millis TimeScale::timeAt(double share) const
{
    if (!m_view.isLogarithmic)
        return m_end * share;
    return m_least * std::expm1(share * std::log1p(m_end / m_least));
}

double TimeScale::place(Millis time) const
{
    return std::clamp((share(time) - m_view.from) / (m_view.to - m_view.from), -1.0, 2.0);
}

Millis TimeScale::at(double place) const
{
    return timeAt(std::clamp(m_view.from + place * (m_view.to - m_view.from), 0.0, 1.0));
}

std::vector<TimeScale::Tick> TimeScale::ticks(int most) const
{
    return m_view.isLogarithmic ? logarithmicTicks(most) : linearTicks(most);
}

std::vector<TimeScale::Tick> TimeScale::linearTicks(int most) const
{
    const Millis from = timeAt(m_view.from);
    const Millis to = timeAt(m_view.to);
    const TimeAxis axis{to, timeAxis(to - from, most).step};
    const int first = static_cast<int>(std::ceil(from / axis.step - 1e-9));
    const int last = static_cast<int>(std::floor(to / axis.step + 1e-9));
    std::vector<Tick> ticks;
    ticks.reserve(static_cast<std::size_t>(std::max(0, last - first + 1)));
    for (int i = first; i <= last; ++i)
        ticks.push_back({axis.tick(i), axis.label(i)});
    return ticks;
}

std::vector<TimeScale::Tick> TimeScale::logarithmicTicks(int most) const
{
    std::vector<Tick> ticks;
    const double distance = 1.0 / std::max(1, most);
    const auto take = [&](double ms) {
        const double here = place(Millis(ms));
        const bool isSeen = here >= -1e-9 && here <= 1 + 1e-9;
        const bool isFree = std::all_of(ticks.begin(), ticks.end(),
                                        [&](const Tick &tick) { return std::abs(place(tick.at) - here) >= distance; });
        if (isSeen && isFree)
            ticks.push_back({Millis(ms), shortTime(Millis(ms))});
    };
    std::for_each(MajorTimes.begin(), MajorTimes.end(), take);
    std::for_each(MinorTimes.begin(), MinorTimes.end(), take);
    std::sort(ticks.begin(), ticks.end(), [](const Tick &a, const Tick &b) { return a.at < b.at; });
    return ticks.empty() ? linearTicks(most) : ticks;
}

} // namespace errata
