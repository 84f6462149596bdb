// Decorrelated jitter as a Markov chain on equal steps.
#pragma once

#include <cstddef>
#include <vector>

namespace errata {

/// Waits X_k = min(cap, U(base, 3 * X_{k-1})), X_0 = base, carried from wait to wait as masses at base + j * step.
/// Mass between two nodes is given to both so that its mean stays: means are as exact as the densities are linear,
/// variances grow by step^2 / 6 at each wait.
class DecorrelatedGrid
{
public:
    /// 0 < \a base < \a cap, \a steps >= 1.
    DecorrelatedGrid(double base, double cap, std::size_t steps);

    [[nodiscard]] std::size_t nodes() const { return m_slope.size(); }
    [[nodiscard]] double step() const { return m_step; }
    [[nodiscard]] double valueAt(std::size_t node) const { return m_base + static_cast<double>(node) * m_step; }

    /// Masses by wait become masses by next wait; \a last is the highest node with any. Linear in \a masses, so that
    /// moments can be carried as well. \a next is filled whole; what of it the cap itself has taken is returned.
    double advance(const double *masses, std::size_t last, std::vector<double> &next);

private:
    double m_base;
    double m_step;
    std::vector<double> m_slope;   ///< step / (3x - base): what a whole cell gets of the mass at x
    std::vector<std::size_t> m_to; ///< the cell that 3x lies in; nodes() - 1 where beyond the cap
    std::vector<double> m_part;    ///< how far 3x lies in it
    std::vector<double> m_beyond;  ///< the part of the mass at x that the cap takes
    std::vector<double> m_cells;   ///< work space
};

/// Mean and share at the cap of one wait.
struct DecorrelatedMoments
{
    std::vector<double> means;
    std::vector<double> capped;
    double sumMean = 0;
    double sumVariance = 0;
};

/// Of the first \a count waits and of their sum.
[[nodiscard]] DecorrelatedMoments decorrelatedMoments(double base, double cap, int count);

/// Masses of the sum of \a count waits, count * base + j * grid.step() at j. \a count >= 1.
[[nodiscard]] std::vector<double> decorrelatedSum(DecorrelatedGrid &grid, int count);

} // namespace errata
