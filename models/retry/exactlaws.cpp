#include "models/retry/exactlaws.h"

#include "models/retry/decorrelatedgrid.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <map>
#include <numbers>
#include <numeric>

namespace errata {

namespace {

class Atom final : public ExactLaw
{
public:
    explicit Atom(double at) : m_at(at) {}
    [[nodiscard]] ClosedForm form() const override { return ClosedForm::Fixed; }
    [[nodiscard]] double min() const override { return m_at; }
    [[nodiscard]] double max() const override { return m_at; }
    [[nodiscard]] double mean() const override { return m_at; }
    [[nodiscard]] double variance() const override { return 0; }
    [[nodiscard]] double cdf(double x) const override { return x >= m_at ? 1 : 0; }
    [[nodiscard]] double density(double) const override { return 0; }
    [[nodiscard]] double quantile(double) const override { return m_at; }

private:
    double m_at;
};

/// What both ways to a sum of uniforms have in common: the support 0 ... total, and symmetry.
class SumOfUniforms : public ExactLaw
{
public:
    [[nodiscard]] ClosedForm form() const override { return ClosedForm::SumOfUniforms; }
    [[nodiscard]] double min() const override { return m_least; }
    [[nodiscard]] double max() const override { return m_least + m_total; }
    [[nodiscard]] double mean() const override { return m_least + m_total / 2; }
    [[nodiscard]] double variance() const override { return m_variance; }
    [[nodiscard]] double cdf(double x) const override
    {
        const double above = x - m_least;
        if (above <= 0 || above >= m_total)
            return above > 0 ? 1 : 0;
        return above <= m_total / 2 ? lowerCdf(above) : 1 - lowerCdf(m_total - above);
    }
    [[nodiscard]] double density(double x) const override
    {
        const double above = x - m_least;
        return above < 0 || above > m_total ? 0 : std::max(0.0, lowerDensity(std::min(above, m_total - above)));
    }
    [[nodiscard]] double quantile(double q) const override
    {
        // The upper half mirrors the lower: small shares are found to the last digit at both ends.
        return q > 0.5 ? 2 * mean() - ExactLaw::quantile(1 - q) : ExactLaw::quantile(q);
    }

protected:
    SumOfUniforms(double least, const std::vector<double> &widths)
        : m_least(least), m_total(std::accumulate(widths.begin(), widths.end(), 0.0))
    {
        for (const double width : widths)
            m_variance += width * width / 12;
    }
    [[nodiscard]] double total() const { return m_total; }

private:
    /// For x in the lower half of 0 ... total.
    [[nodiscard]] virtual double lowerCdf(double x) const = 0;
    [[nodiscard]] virtual double lowerDensity(double x) const = 0;

    double m_least;
    double m_total;
    double m_variance = 0;
};

/// std::pow of long doubles takes a hundred times as long.
long double powerOf(long double x, int exponent)
{
    long double result = 1;
    for (int i = 0; i < exponent; ++i)
        result *= x;
    return result;
}

/// F(x) = sum over subsets S of (-1)^|S| (x - sum of S)+^n / (n! * product of widths), subsets of equal widths
/// counted together. In the lower half fewer terms cancel.
class IrwinHall final : public SumOfUniforms
{
public:
    IrwinHall(double least, const std::vector<double> &widths) : SumOfUniforms(least, widths)
    {
        m_count = static_cast<int>(widths.size());
        std::map<double, int> groups;
        for (const double width : widths)
            ++groups[width];
        m_subsets = {{0, 1}};
        for (const auto &[width, times] : groups) {
            addGroup(width, times);
            if (m_subsets.size() > mostSubsets)
                return;
        }
        std::sort(m_subsets.begin(), m_subsets.end(), [](const Subset &a, const Subset &b) { return a.sum < b.sum; });
        m_scale = 1;
        for (std::size_t i = 0; i < widths.size(); ++i)
            m_scale /= static_cast<long double>(widths[i]) * static_cast<long double>(i + 1);
    }

    /// How far rounding can put it off.
    [[nodiscard]] double error() const
    {
        if (m_subsets.size() > mostSubsets)
            return 1;
        long double largest = 0;
        for (const Subset &subset : m_subsets)
            largest += std::abs(term(subset, total() / 2, m_count));
        return static_cast<double>(largest * std::numeric_limits<long double>::epsilon());
    }

private:
    struct Subset
    {
        double sum = 0;
        double sign = 1; ///< times how many there are
    };
    static constexpr std::size_t mostSubsets = 4096;

    void addGroup(double width, int times)
    {
        std::vector<Subset> all;
        all.reserve(m_subsets.size() * (static_cast<std::size_t>(times) + 1));
        double sign = 1;
        for (int n = 0; n <= times; ++n) {
            for (const Subset &subset : m_subsets)
                all.push_back({subset.sum + n * width, subset.sign * sign});
            sign *= -static_cast<double>(times - n) / (n + 1);
        }
        m_subsets = std::move(all);
    }
    [[nodiscard]] long double term(const Subset &subset, double x, int power) const
    {
        const long double above = static_cast<long double>(x) - subset.sum;
        return above <= 0 ? 0 : m_scale * subset.sign * powerOf(above, power);
    }
    [[nodiscard]] double sum(double x, int power) const
    {
        long double result = 0;
        for (const Subset &subset : m_subsets) {
            if (subset.sum >= x)
                break;
            result += term(subset, x, power);
        }
        return static_cast<double>(result);
    }
    [[nodiscard]] double lowerCdf(double x) const override { return std::clamp(sum(x, m_count), 0.0, 0.5); }
    [[nodiscard]] double lowerDensity(double x) const override
    {
        return m_count == 1 ? 1 / total() : m_count * sum(x, m_count - 1);
    }

    int m_count = 0;
    long double m_scale = 1;
    std::vector<Subset> m_subsets;
};

/// The Fourier series over the support: the support is finite, so nothing overlaps, and no coefficient exceeds 1, so
/// nothing cancels. For many uniforms, whose coefficients fall quickly.
class UniformSeries final : public SumOfUniforms
{
public:
    UniformSeries(double least, const std::vector<double> &widths) : SumOfUniforms(least, widths)
    {
        for (std::size_t n = 1; n <= mostTerms; ++n) {
            double coefficient = 1;
            double bound = 1;
            for (const double width : widths) {
                const double angle = std::numbers::pi * static_cast<double>(n) * width / total();
                coefficient *= std::sin(angle) / angle;
                bound *= std::min(1.0, 1 / angle);
            }
            m_coefficients.push_back(coefficient);
            if (bound * static_cast<double>(n) < 1e-15) { // falls like a power above the second
                m_isExact = true;
                return;
            }
        }
    }
    [[nodiscard]] bool isExact() const { return m_isExact; }

private:
    static constexpr std::size_t mostTerms = 1U << 16;

    [[nodiscard]] std::complex<double> turn(double x) const
    {
        return std::polar(1.0, 2 * std::numbers::pi * (x / total() - 0.5));
    }
    [[nodiscard]] double lowerCdf(double x) const override
    {
        const std::complex<double> step = turn(x);
        std::complex<double> angle = 1;
        double result = x / total();
        for (std::size_t i = 0; i < m_coefficients.size(); ++i) {
            angle *= step;
            result += m_coefficients[i] * angle.imag() / (std::numbers::pi * static_cast<double>(i + 1));
        }
        return std::clamp(result, 0.0, 0.5);
    }
    [[nodiscard]] double lowerDensity(double x) const override
    {
        const std::complex<double> step = turn(x);
        std::complex<double> angle = 1;
        double result = 1;
        for (const double coefficient : m_coefficients) {
            angle *= step;
            result += 2 * coefficient * angle.real();
        }
        return result / total();
    }

    std::vector<double> m_coefficients;
    bool m_isExact = false;
};

/// Moments from a fine grid of one wait, shares from a coarser one of (sum, wait).
class Decorrelated final : public ExactLaw
{
public:
    Decorrelated(double offset, double base, double cap, int count, std::size_t steps)
    {
        const DecorrelatedMoments moments = decorrelatedMoments(base, cap, count);
        m_mean = offset + moments.sumMean;
        m_variance = moments.sumVariance;
        DecorrelatedGrid grid(base, cap, steps);
        m_masses = decorrelatedSum(grid, count);
        m_step = grid.step();
        m_min = offset + count * base;
        m_atom = allAtCap(base, cap, count);
        m_masses.back() = std::max(0.0, m_masses.back() - m_atom);
        double before = 0;
        m_before.reserve(m_masses.size());
        for (std::size_t i = 0; i < m_masses.size(); ++i) {
            // Half of the outermost masses would lie outside.
            m_masses[i] *= i == 0 || i + 1 == m_masses.size() ? 2 : 1;
            before += i == 0 ? 0 : (m_masses[i - 1] + m_masses[i]) / 2;
            m_before.push_back(before);
        }
        m_total = before / (1 - m_atom);
    }

    [[nodiscard]] ClosedForm form() const override { return ClosedForm::Decorrelated; }
    [[nodiscard]] double min() const override { return m_min; }
    [[nodiscard]] double max() const override { return m_min + static_cast<double>(m_masses.size() - 1) * m_step; }
    [[nodiscard]] double mean() const override { return m_mean; }
    [[nodiscard]] double variance() const override { return m_variance; }
    [[nodiscard]] double cdf(double x) const override
    {
        const double place = (x - m_min) / m_step;
        if (place <= 0)
            return 0;
        if (place >= static_cast<double>(m_masses.size() - 1))
            return 1;
        // The density is linear between nodes.
        const auto i = static_cast<std::size_t>(place);
        const double part = place - static_cast<double>(i);
        return (m_before[i] + part * (m_masses[i] + part / 2 * (m_masses[i + 1] - m_masses[i]))) / m_total;
    }
    [[nodiscard]] double density(double x) const override
    {
        const double place = (x - m_min) / m_step;
        if (place < 0 || place >= static_cast<double>(m_masses.size() - 1))
            return 0;
        const auto i = static_cast<std::size_t>(place);
        const double part = place - static_cast<double>(i);
        return (m_masses[i] + part * (m_masses[i + 1] - m_masses[i])) / m_step / m_total;
    }

private:
    /// P(every wait is the cap): only where the first may be.
    static double allAtCap(double base, double cap, int count)
    {
        const double first = std::max(0.0, 1 - (cap - base) / (2 * base));
        return first * std::pow(1 - (cap - base) / (3 * cap - base), count - 1);
    }

    double m_min = 0;
    double m_step = 1;
    double m_mean = 0;
    double m_variance = 0;
    double m_atom = 0;
    double m_total = 1;
    std::vector<double> m_masses;
    std::vector<double> m_before; ///< up to each node
};

class Telescoping final : public ExactLaw
{
public:
    Telescoping(double offset, double scale, int retries) : m_offset(offset), m_scale(scale), m_from(retries - 1)
    {
        // Over v with u = v^2, where f is smooth at 0 too; Simpson's rule.
        constexpr int steps = 512;
        double first = 0;
        double second = 0;
        for (int i = 0; i <= steps; ++i) {
            const double v = static_cast<double>(i) / steps;
            const double weight = (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * 2 * v / (3.0 * steps);
            const double value = at(v * v) - at(0);
            first += weight * value;
            second += weight * value * value;
        }
        m_mean = at(0) + first;
        m_variance = second - first * first;
    }

    [[nodiscard]] ClosedForm form() const override { return ClosedForm::Telescoping; }
    [[nodiscard]] double min() const override { return at(0); }
    [[nodiscard]] double max() const override { return at(1); }
    [[nodiscard]] double mean() const override { return m_mean; }
    [[nodiscard]] double variance() const override { return m_variance; }
    [[nodiscard]] double quantile(double q) const override { return at(q); }
    [[nodiscard]] double cdf(double x) const override
    {
        double low = 0;
        double high = 1;
        if (x <= at(0) || x >= at(1))
            return x <= at(0) ? 0 : 1;
        for (int i = 0; i < 64; ++i) {
            const double middle = (low + high) / 2;
            (at(middle) < x ? low : high) = middle;
        }
        return low;
    }
    [[nodiscard]] double density(double x) const override
    {
        if (x < at(0) || x > at(1))
            return 0;
        const double t = m_from + cdf(x);
        const double root = std::sqrt(t);
        const double slope = std::numbers::ln2 * telescopingAt(t) +
                             (root > 0 ? std::exp2(t) / (root * std::pow(std::cosh(2 * root), 2)) : INFINITY);
        return 1 / (m_scale * slope);
    }

private:
    [[nodiscard]] double at(double u) const { return m_offset + m_scale * telescopingAt(m_from + u); }

    double m_offset;
    double m_scale;
    double m_from;
    double m_mean = 0;
    double m_variance = 0;
};

} // namespace

double ExactLaw::quantile(double q) const
{
    double low = min();
    double high = max();
    if (q <= 0 || q >= 1)
        return q <= 0 ? low : high;
    for (double middle = low + (high - low) / 2; middle > low && middle < high; middle = low + (high - low) / 2)
        (cdf(middle) < q ? low : high) = middle;
    return high;
}

std::shared_ptr<const ExactLaw> atomLaw(double at)
{
    return std::make_shared<Atom>(at);
}

std::shared_ptr<const ExactLaw> sumOfUniformsLaw(double least, std::vector<double> widths)
{
    std::sort(widths.begin(), widths.end());
    auto closed = std::make_shared<IrwinHall>(least, widths);
    if (closed->error() < 1e-14)
        return closed;
    auto series = std::make_shared<UniformSeries>(least, widths);
    if (series->isExact())
        return series;
    return closed->error() < 1e-12 ? closed : nullptr;
}

std::shared_ptr<const ExactLaw> decorrelatedLaw(double offset, double base, double cap, int count)
{
    constexpr double work = 2400; // steps * waits: 10 to 30 ms
    const double reach = std::min(cap, base * std::pow(3.0, count));
    const auto steps = static_cast<std::size_t>(std::clamp(work / count, 64.0, 640.0));
    if ((reach - base) / static_cast<double>(steps) > base)
        return nullptr;
    return std::make_shared<Decorrelated>(offset, base, reach, count, steps);
}

std::shared_ptr<const ExactLaw> telescopingLaw(double offset, double scale, int retries)
{
    return std::make_shared<Telescoping>(offset, scale, retries);
}

double telescopingAt(double t)
{
    return std::exp2(t) * std::tanh(std::sqrt(4 * t));
}

} // namespace errata
