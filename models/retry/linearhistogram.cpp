#include "models/retry/linearhistogram.h"

#include <QtGlobal>

#include <algorithm>
#include <cmath>
#include <utility>

namespace errata {

namespace {

/// Whole numbers whose sum is that of \a parts, each within 1 of its own.
std::vector<int> rounded(const std::vector<double> &parts)
{
    std::vector<int> counts;
    counts.reserve(parts.size());
    double exact = 0;
    qint64 told = 0;
    for (const double part : parts) {
        exact += part;
        const auto now = static_cast<qint64>(std::llround(exact));
        counts.push_back(static_cast<int>(now - std::exchange(told, now)));
    }
    return counts;
}

} // namespace

void LinearHistogram::coarsen()
{
    const double first = std::floor(m_first / 2);
    const bool odd = first * 2 != m_first;
    std::vector<std::uint32_t> halves((m_counts.size() + (odd ? 2 : 1)) / 2, 0);
    for (std::size_t i = 0; i < m_counts.size(); ++i)
        halves[(i + (odd ? 1 : 0)) / 2] += m_counts[i];
    m_counts = std::move(halves);
    m_first = first;
    m_scale /= 2;
}

/// Widens until \a low and \a high have bins.
void LinearHistogram::makeRoom(double low, double high)
{
    if (m_counts.empty()) {
        m_first = std::floor(low * m_scale);
        m_counts.resize(1);
    }
    const auto from = [&] { return std::min(m_first, std::floor(low * m_scale)); };
    const auto end = [&] {
        return std::max(m_first + static_cast<double>(m_counts.size()), std::floor(high * m_scale) + 1);
    };
    constexpr double mostExact = 0x1p50; // beyond 2^53 the next bin would have the same number
    while (end() - from() > size || std::max(std::abs(low), std::abs(high)) * m_scale > mostExact)
        coarsen();
    const double first = from();
    const auto length = static_cast<std::size_t>(end() - first);
    m_counts.insert(m_counts.begin(), static_cast<std::size_t>(m_first - first), 0);
    m_counts.resize(length, 0);
    m_first = first;
}

void LinearHistogram::merge(const LinearHistogram &other)
{
    if (other.m_counts.empty())
        return;
    if (m_counts.empty()) {
        *this = other;
        return;
    }
    LinearHistogram theirs = other;
    while (theirs.m_scale > m_scale)
        theirs.coarsen();
    while (m_scale > theirs.m_scale)
        coarsen();
    const double last = theirs.m_first + static_cast<double>(theirs.m_counts.size()) - 1;
    makeRoom(theirs.m_first / theirs.m_scale, last / theirs.m_scale);
    while (theirs.m_scale > m_scale)
        theirs.coarsen();
    for (std::size_t i = 0; i < theirs.m_counts.size(); ++i)
        m_counts[static_cast<std::size_t>(theirs.m_first - m_first) + i] += theirs.m_counts[i];
}

std::vector<int> LinearHistogram::rebinned(double low, double high, int bins) const
{
    const bool single = !(high > low);
    std::vector<double> parts(single ? 1 : static_cast<std::size_t>(bins), 0.0);
    const double width = single ? 1 : (high - low) / bins;
    const auto partAt = [&](double value) {
        const double place = std::floor((value - low) / width);
        return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(parts.size() - 1)));
    };
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        if (m_counts[i] == 0)
            continue;
        const double left = std::max(low, (m_first + static_cast<double>(i)) / m_scale);
        const double right = std::min(high, (m_first + static_cast<double>(i) + 1) / m_scale);
        const std::size_t to = partAt(right);
        for (std::size_t part = partAt(left); part <= to; ++part) {
            const double begin = std::max(left, low + static_cast<double>(part) * width);
            const double end = part == to ? right : low + static_cast<double>(part + 1) * width;
            const double share = right > left ? std::max(0.0, end - begin) / (right - left) : 1;
            parts[part] += share * m_counts[i];
        }
    }
    return rounded(parts);
}

} // namespace errata
