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
    for (const Bin &bin : all) {
        const auto inside = static_cast<double>(bin.count);
        if (rank <= before + inside) {
            const double part = bin.count > 1 ? (rank - before - 1) / (inside - 1) : 0;
            return bin.least + part * (bin.most - bin.least);
        }
        before += inside;
    }
    return all.back().most;
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
