// Equal bins over a range that nobody knows beforehand.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

namespace errata {

/// Counts of finite numbers in bins whose width is a power of two and whose edges are its multiples. Where a number
/// lies beyond, the width doubles and neighbours fall together: what is in the bins depends on the numbers alone, not
/// on their order.
class LinearHistogram
{
public:
    static constexpr int size = 2048;

    void add(double value)
    {
        const double place = std::floor(value * m_scale) - m_first;
        if (!(place >= 0 && place < static_cast<double>(m_counts.size()))) [[unlikely]]
            return addBeyond(value);
        ++m_counts[static_cast<std::size_t>(place)];
    }
    void merge(const LinearHistogram &other);

    /// How many lie in each of \a bins equal parts of \a low ... \a high; all of them in one where these are equal.
    [[nodiscard]] std::vector<int> rebinned(double low, double high, int bins) const;

private:
    void addBeyond(double value);
    void coarsen();

    int m_exponent = -20; ///< bins are 2^m_exponent wide
    double m_scale = 0x1p20;
    double m_first = 0;                  ///< the number of the first bin: it begins at m_first * width
    std::vector<std::uint32_t> m_counts; ///< empty before the first number
};

} // namespace errata
