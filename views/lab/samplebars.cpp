#include "views/lab/samplebars.h"

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

/// A tail this many times as long as what this share of the runs takes is not drawn on an even axis.
constexpr double ShownShare = 0.995;
constexpr double LongTail = 3;
/// A logarithmic axis begins to grow so far before the first time above 0, but spans no more than this.
constexpr double Before = 0.1;
constexpr double WidestSpan = 1e-7;

/// Even places from \a from to \a to, which are met exactly.
std::vector<Millis> evenEdges(const SampleAxis &axis, Millis from, Millis to, std::size_t bars)
{
    const double first = axis.place(from);
    const double step = (axis.place(to) - first) / static_cast<double>(bars);
    std::vector<Millis> edges;
    edges.reserve(bars + 1);
    for (std::size_t i = 0; i <= bars; ++i)
        edges.push_back(axis.at(first + step * static_cast<double>(i)));
    edges.front() = from;
    edges.back() = to;
    return edges;
}

SampleAxis logarithmicAxis(const Distribution &totals)
{
    Millis first = totals.min;
    for (const LogHistogram::Bin &bin : totals.bins.bins()) {
        if (first > Millis(0))
            break;
        first = Millis(bin.least > 0 ? bin.least : bin.most);
    }
    return SampleAxis(std::max(first * Before, totals.max * WidestSpan));
}

void countInto(SampleBars &bars, const Distribution &totals)
{
    std::vector<double> edges;
    edges.reserve(bars.edges.size());
    for (const Millis edge : bars.edges)
        edges.push_back(edge.count());
    bars.runs.clear();
    bars.runs.reserve(edges.size());
    for (const std::uint64_t count : totals.bins.between(edges))
        bars.runs.push_back(static_cast<int>(count));
}

} // namespace

double SampleAxis::place(Millis time) const
{
    return m_least ? std::log1p(std::max(Millis(0), time) / *m_least) : time.count();
}

Millis SampleAxis::at(double place) const
{
    return m_least ? *m_least * std::expm1(place) : Millis(place);
}

double SampleAxis::stretch(Millis time) const
{
    return m_least ? (*m_least + time).count() : 1;
}

std::vector<TimeScale::Tick> SampleAxis::ticks(Millis from, Millis to, int most) const
{
    const double start = m_least ? place(from) / place(to) : std::max(0.0, from / to);
    return TimeScale(to, m_least.value_or(Millis(1)), {start, 1, m_least.has_value()}).ticks(most);
}

double SampleBars::width() const
{
    return (axis.place(to()) - axis.place(from())) / static_cast<double>(runs.size());
}

SampleBars barsOf(const Distribution &totals, bool isLogarithmic)
{
    SampleBars bars;
    if (totals.max <= totals.min) {
        const Millis half = std::max(Millis(1), totals.min * 0.01) / 2;
        bars.edges = {totals.min - half, totals.min + half};
        bars.runs = {totals.runs};
        return bars;
    }
    const std::size_t count = totals.histogram.size();
    if (isLogarithmic) {
        bars.axis = logarithmicAxis(totals);
        bars.edges = evenEdges(bars.axis, totals.min, totals.max, count);
        countInto(bars, totals);
        return bars;
    }
    const Millis shown = totals.quantile(ShownShare) - totals.min;
    if (totals.max - totals.min < shown * LongTail || shown.count() <= 0) {
        bars.edges = evenEdges(bars.axis, totals.min, totals.max, count);
        bars.runs = totals.histogram;
        return bars;
    }
    bars.edges = evenEdges(bars.axis, totals.min, totals.min + shown, count);
    countInto(bars, totals);
    qint64 inside = 0;
    for (const int runs : bars.runs)
        inside += runs;
    bars.beyond = static_cast<double>(totals.runs - inside) / totals.runs;
    return bars;
}

} // namespace errata
