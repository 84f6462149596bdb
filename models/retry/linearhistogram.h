// Equal bins over a range that nobody knows beforehand.
#pragma once

#include <cstdint>
#include <vector>

namespace errata {

/// Counts of finite numbers in up to `size` bins whose width is a power of two and whose edges are its multiples. Where
/// the numbers need more, the width doubles and neighbours fall together: what it holds depends on the numbers alone,
/// not on their order.
class LinearHistogram
{
public:
    static constexpr int size = 4096;

    void add(double value)
    {
        const double place = value * m_scale - m_first; // both exact for a power of two
        if (!(place >= 0 && place < static_cast<double>(m_counts.size()))) [[unlikely]]
            makeRoom(value, value);
        ++m_counts[static_cast<std::size_t>(value * m_scale - m_first)];
    }
    void merge(const LinearHistogram &other);

    /// How many lie in each of \a bins equal parts of \a low ... \a high, which hold all numbers; all in one part
    /// where the two are equal. A bin that two parts share is divided by its width.
    [[nodiscard]] std::vector<int> rebinned(double low, double high, int bins) const;

private:
    void makeRoom(double low, double high);
    void coarsen();

    double m_scale = 0x1p20;             ///< 1 / width
    double m_first = 0;                  ///< the number of the first bin: it begins at m_first * width
    std::vector<std::uint32_t> m_counts; ///< empty before the first number
};

} // namespace errata
