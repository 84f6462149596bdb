// Percentiles without sorting: counts by the leading bits of a number.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace errata {

/// Counts of numbers >= 0 in bins that are their float's exponent and seven bits of its mantissa: 0.4 to 0.8 % wide.
/// Each bin knows its least and largest number, so that an atom is given back exactly.
class LogHistogram
{
public:
    struct Bin
    {
        std::uint64_t count = 0;
        double least = 0;
        double most = 0;

        friend bool operator==(const Bin &, const Bin &) = default;
    };

    void add(double value)
    {
        if (value < smallest) {
            count(m_tiny, value);
            return;
        }
        const std::uint32_t key = keyOf(value);
        if (key - m_first >= m_bins.size()) [[unlikely]]
            reach(key, key);
        count(m_bins[key - m_first], value);
    }
    /// Whatever the order of merges, the result is the same.
    void merge(const LogHistogram &other);

    [[nodiscard]] std::uint64_t count() const;
    /// The number that a share \a q of all does not exceed; within a bin by the densities around it; 0 of none.
    [[nodiscard]] double quantile(double q) const;
    /// How many lie between each of \a edges, which ascend, and the next; what lies on an edge is above it, on the last
    /// one below. Within a bin by the densities around it.
    [[nodiscard]] std::vector<std::uint64_t> between(const std::vector<double> &edges) const;
    /// The bins with something in them, ascending.
    [[nodiscard]] std::vector<Bin> bins() const;

private:
    /// Smaller ones share a bin: a window of bins from 0 to the usual would be 16,000 long.
    static constexpr double smallest = 0x1p-20;

    static std::uint32_t keyOf(double value) { return std::bit_cast<std::uint32_t>(static_cast<float>(value)) >> 16U; }
    static void count(Bin &bin, double value)
    {
        bin.least = bin.count == 0 || value < bin.least ? value : bin.least;
        bin.most = bin.count == 0 || value > bin.most ? value : bin.most;
        ++bin.count;
    }
    void reach(std::uint32_t first, std::uint32_t last);

    Bin m_tiny;
    std::uint32_t m_first = 0; ///< the key of m_bins[0]
    std::vector<Bin> m_bins;
};

} // namespace errata
