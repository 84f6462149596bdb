#include "models/retry/decorrelatedgrid.h"

#include <algorithm>
#include <cmath>

namespace errata {

DecorrelatedGrid::DecorrelatedGrid(double base, double cap, std::size_t steps)
    : m_base(base)
    , m_step((cap - base) / static_cast<double>(steps))
    , m_slope(steps + 1)
    , m_to(steps + 1)
    , m_part(steps + 1, 0.0)
    , m_beyond(steps + 1, 0.0)
    , m_cells(steps + 1)
{
    for (std::size_t i = 0; i <= steps; ++i) {
        const double length = 3 * valueAt(i) - base;
        m_slope[i] = m_step / length;
        const double reach = length / m_step;
        if (reach >= static_cast<double>(steps)) {
            m_to[i] = steps;
            m_beyond[i] = std::max(0.0, 1 - (cap - base) / length);
        } else {
            m_to[i] = static_cast<std::size_t>(reach);
            m_part[i] = reach - std::floor(reach);
        }
    }
}

double DecorrelatedGrid::advance(const double *masses, std::size_t last, std::vector<double> &next)
{
    next.assign(nodes(), 0.0);
    std::fill(m_cells.begin(), m_cells.end(), 0.0);
    double capped = 0;
    for (std::size_t i = 0; i <= last; ++i) {
        const double perCell = masses[i] * m_slope[i];
        m_cells[m_to[i]] += perCell; // stands for all cells before it
        capped += masses[i] * m_beyond[i];
        if (m_part[i] > 0) {
            const double part = m_part[i];
            next[m_to[i]] += perCell * part * (1 - part / 2);
            next[m_to[i] + 1] += perCell * part * part / 2;
        }
    }
    double covering = 0;
    for (std::size_t cell = nodes() - 1; cell-- > 0;) {
        covering += m_cells[cell + 1];
        next[cell] += covering / 2;
        next[cell + 1] += covering / 2;
    }
    next.back() += capped;
    return capped;
}

DecorrelatedMoments decorrelatedMoments(double base, double cap, int count)
{
    DecorrelatedMoments moments;
    moments.means.reserve(static_cast<std::size_t>(count));
    moments.capped.reserve(static_cast<std::size_t>(count));
    DecorrelatedGrid grid(base, cap, 1U << 15);
    const std::size_t nodes = grid.nodes();
    std::vector<double> mass(nodes, 0.0);
    std::vector<double> sum(nodes, 0.0);     // E[sum of waits; the last one is at the node]
    std::vector<double> squares(nodes, 0.0); // E[its square; ...]
    std::vector<double> nextMass;
    std::vector<double> nextSum;
    std::vector<double> nextSquares;
    mass[0] = 1;
    for (int k = 0; k < count; ++k) {
        moments.capped.push_back(grid.advance(mass.data(), nodes - 1, nextMass));
        grid.advance(sum.data(), nodes - 1, nextSum);
        grid.advance(squares.data(), nodes - 1, nextSquares);
        double mean = 0;
        for (std::size_t i = 0; i < nodes; ++i) {
            const double wait = grid.valueAt(i);
            mean += wait * nextMass[i];
            nextSquares[i] += 2 * wait * nextSum[i] + wait * wait * nextMass[i];
            nextSum[i] += wait * nextMass[i];
        }
        moments.means.push_back(mean);
        moments.sumMean += mean;
        mass.swap(nextMass);
        sum.swap(nextSum);
        squares.swap(nextSquares);
    }
    double square = 0;
    for (const double part : squares)
        square += part;
    moments.sumVariance = std::max(0.0, square - moments.sumMean * moments.sumMean);
    return moments;
}

std::vector<double> decorrelatedSum(DecorrelatedGrid &grid, int count)
{
    const std::size_t nodes = grid.nodes();
    const std::size_t steps = nodes - 1;
    std::vector<double> joint(nodes, 0.0); // rows by sum, columns by last wait
    joint[0] = 1;
    std::vector<double> waits;
    std::vector<double> sums;
    std::size_t sumsBefore = 1;
    for (int k = 0; k < count; ++k) {
        const bool isLast = k + 1 == count; // then nobody asks for the last wait
        const std::size_t sumsAfter = sumsBefore + steps;
        std::vector<double> next(isLast ? 0 : sumsAfter * nodes, 0.0);
        sums.assign(sumsAfter, 0.0);
        for (std::size_t sum = 0; sum < sumsBefore; ++sum) {
            grid.advance(joint.data() + sum * nodes, std::min(sum, steps), waits);
            for (std::size_t wait = 0; wait < nodes; ++wait) {
                if (isLast)
                    sums[sum + wait] += waits[wait];
                else
                    next[(sum + wait) * nodes + wait] = waits[wait];
            }
        }
        joint = std::move(next);
        sumsBefore = sumsAfter;
    }
    return sums;
}

} // namespace errata
