#include "models/retry/exactdistribution.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace errata {

namespace {

template <typename Figure>
double weighted(const std::vector<ExactDistribution::Part> &parts, Figure figure)
{
    double sum = 0;
    for (const ExactDistribution::Part &part : parts)
        sum += part.weight * figure(*part.law);
    return sum;
}

} // namespace

ClosedForm ExactDistribution::form() const
{
    return m_parts.size() == 1 ? m_parts.front().law->form() : ClosedForm::Mixture;
}

Millis ExactDistribution::min() const
{
    double least = m_parts.front().law->min();
    for (const Part &part : m_parts)
        least = std::min(least, part.law->min());
    return Millis(least);
}

Millis ExactDistribution::max() const
{
    double most = m_parts.front().law->max();
    for (const Part &part : m_parts)
        most = std::max(most, part.law->max());
    return Millis(most);
}

Millis ExactDistribution::mean() const
{
    return Millis(weighted(m_parts, [](const ExactLaw &law) { return law.mean(); }));
}

Millis ExactDistribution::stddev() const
{
    const double centre = mean().count();
    return Millis(std::sqrt(weighted(m_parts, [centre](const ExactLaw &law) {
        const double off = law.mean() - centre;
        return law.variance() + off * off;
    })));
}

double ExactDistribution::cdf(Millis t) const
{
    return weighted(m_parts, [t](const ExactLaw &law) { return law.cdf(t.count()); });
}

double ExactDistribution::density(Millis t) const
{
    return weighted(m_parts, [t](const ExactLaw &law) { return law.density(t.count()); });
}

Millis ExactDistribution::quantile(double q) const
{
    if (m_parts.size() == 1)
        return Millis(m_parts.front().law->quantile(q));
    double low = min().count();
    double high = max().count();
    if (cdf(Millis(low)) >= q)
        return Millis(low);
    for (double middle = low + (high - low) / 2; middle > low && middle < high; middle = low + (high - low) / 2)
        (cdf(Millis(middle)) < q ? low : high) = middle;
    return Millis(high);
}

std::vector<ExactDistribution::Atom> ExactDistribution::atoms() const
{
    std::map<double, double> places;
    for (const Part &part : m_parts) {
        // Only at the ends can there be one, and only where the law jumps there.
        const double end = part.law->max();
        const double jump = 1 - part.law->cdf(end - 1e-12 * std::max(1.0, std::abs(end)));
        if (jump > 1e-9)
            places[end] += part.weight * jump;
    }
    std::vector<Atom> atoms;
    atoms.reserve(places.size());
    for (const auto &[at, probability] : places)
        atoms.push_back({Millis(at), probability});
    return atoms;
}

} // namespace errata
