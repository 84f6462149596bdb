#include "models/retry/loghistogram.h"

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

void join(LogHistogram::Bin &to, const LogHistogram::Bin &from)
{
    if (from.count == 0)
        return;
    to.least = to.count == 0 ? from.least : std::min(to.least, from.least);
    to.most = to.count == 0 ? from.most : std::max(to.most, from.most);
    to.count += from.count;
}

/// Numbers per unit within a bin; of an atom infinite.
double density(const LogHistogram::Bin &bin)
{
    return static_cast<double>(bin.count) / (bin.most - bin.least);
}

/// The density where two bins meet, seen from \a bin: theirs in between, unless a gap says that they have nothing to
/// do with each other. At most three times its own, so that the curve stays monotone (Fritsch and Carlson 1980).
double densityTowards(const LogHistogram::Bin &bin, const LogHistogram::Bin *neighbour, double gap)
{
    const double own = density(bin);
    if (!neighbour || neighbour->most <= neighbour->least || gap > (bin.most - bin.least) / 8)
        return own;
    return std::min((own + density(*neighbour)) / 2, 3 * own);
}

/// How the numbers of a bin lie in it, both as shares: a cubic whose slopes at the ends are those of the density there.
struct Inside
{
    double atStart = 1;
    double atEnd = 1;

    [[nodiscard]] double reached(double place) const
    {
        return place * (place * (place * (atStart + atEnd - 2) + 3 - 2 * atStart - atEnd) + atStart);
    }
    [[nodiscard]] double placeOf(double share) const
    {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 40; ++i) {
            const double middle = (low + high) / 2;
            (reached(middle) < share ? low : high) = middle;
        }
        return high;
    }
};

/// \a all[i] holds more than one number.
Inside insideOf(const std::vector<LogHistogram::Bin> &all, std::size_t i)
{
    const LogHistogram::Bin &bin = all[i];
    const LogHistogram::Bin *left = i > 0 ? &all[i - 1] : nullptr;
    const LogHistogram::Bin *right = i + 1 < all.size() ? &all[i + 1] : nullptr;
    const double own = density(bin);
    return {densityTowards(bin, left, left ? bin.least - left->most : 0) / own,
            densityTowards(bin, right, right ? right->least - bin.most : 0) / own};
}

} // namespace

void LogHistogram::reach(std::uint32_t first, std::uint32_t last)
{
    constexpr std::uint32_t octave = 128; // bins: room for neighbours
    if (m_bins.empty()) {
        m_first = first;
    } else if (first < m_first) {
        const std::uint32_t more = std::max(m_first - first, std::min(octave, m_first));
        m_bins.insert(m_bins.begin(), more, Bin{});
        m_first -= more;
    }
    if (last - m_first >= m_bins.size())
        m_bins.resize(last - m_first + octave);
}

void LogHistogram::merge(const LogHistogram &other)
{
    join(m_tiny, other.m_tiny);
    if (other.m_bins.empty())
        return;
    reach(other.m_first, other.m_first + static_cast<std::uint32_t>(other.m_bins.size()) - 1);
    for (std::size_t i = 0; i < other.m_bins.size(); ++i)
        join(m_bins[other.m_first - m_first + i], other.m_bins[i]);
}

std::uint64_t LogHistogram::count() const
{
    std::uint64_t sum = m_tiny.count;
    for (const Bin &bin : m_bins)
        sum += bin.count;
    return sum;
}

double LogHistogram::quantile(double q) const
{
    const std::vector<Bin> all = bins();
    if (all.empty())
        return 0;
    const double rank = std::max(1.0, std::ceil(q * static_cast<double>(count())));
    double before = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Bin &bin = all[i];
        const auto inside = static_cast<double>(bin.count);
        if (rank > before + inside) {
            before += inside;
            continue;
        }
        if (bin.count == 1 || bin.most <= bin.least)
            return bin.least;
        const double share = (rank - before - 1) / (inside - 1);
        if (share <= 0 || share >= 1)
            return share <= 0 ? bin.least : bin.most;
        return bin.least + insideOf(all, i).placeOf(share) * (bin.most - bin.least);
    }
    return all.back().most;
}

std::vector<std::uint64_t> LogHistogram::between(const std::vector<double> &edges) const
{
    const std::vector<Bin> all = bins();
    std::vector<std::uint64_t> counts;
    counts.reserve(edges.size());
    std::uint64_t under = 0; // numbers of the bins that lie under the edge as a whole
    std::uint64_t before = 0;
    std::size_t i = 0;
    for (std::size_t n = 0; n < edges.size(); ++n) {
        const double edge = edges[n];
        const bool isLast = n + 1 == edges.size();
        for (; i < all.size() && (all[i].most < edge || (isLast && all[i].most == edge)); ++i)
            under += all[i].count;
        std::uint64_t below = under;
        if (i < all.size() && all[i].least < edge) {
            const double place = (edge - all[i].least) / (all[i].most - all[i].least);
            below += static_cast<std::uint64_t>(
                std::llround(insideOf(all, i).reached(place) * static_cast<double>(all[i].count)));
        }
        if (n > 0)
            counts.push_back(below - before);
        before = below;
    }
    return counts;
}

std::vector<LogHistogram::Bin> LogHistogram::bins() const
{
    std::vector<Bin> full;
    if (m_tiny.count > 0)
        full.push_back(m_tiny);
    std::copy_if(m_bins.begin(), m_bins.end(), std::back_inserter(full), [](const Bin &bin) { return bin.count > 0; });
    return full;
}

} // namespace errata
