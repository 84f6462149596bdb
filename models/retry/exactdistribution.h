// The distribution of a run's total where mathematics knows it.
#pragma once

#include "models/retry/randomoutcomes.h"
#include "models/retry/retrypolicy.h"

#include <QDateTime>

#include <memory>
#include <optional>
#include <vector>

namespace errata {

/// Why a distribution is known.
enum class ClosedForm {
    Fixed,         ///< nothing is left to chance
    SumOfUniforms, ///< fixed parts and independent uniform ones: a generalised Irwin-Hall distribution
    Decorrelated,  ///< each wait depends on the one before: the recursion of their joint density, on a grid
    Telescoping,   ///< Polly V2: differences that leave one uniform number
    Mixture,       ///< of the above, one for each course of events
};

/// One continuous law, or an atom. Shared and never changed.
class ExactLaw
{
public:
    ExactLaw() = default;
    virtual ~ExactLaw() = default;
    ExactLaw(const ExactLaw &) = delete;
    ExactLaw &operator=(const ExactLaw &) = delete;

    [[nodiscard]] virtual ClosedForm form() const = 0;
    [[nodiscard]] virtual double min() const = 0;
    [[nodiscard]] virtual double max() const = 0;
    [[nodiscard]] virtual double mean() const = 0;
    [[nodiscard]] virtual double variance() const = 0;
    /// P(X <= x).
    [[nodiscard]] virtual double cdf(double x) const = 0;
    /// Per unit of x; 0 where there is none, and of an atom.
    [[nodiscard]] virtual double density(double x) const = 0;
    [[nodiscard]] virtual double quantile(double q) const;
};

class ExactDistribution
{
public:
    struct Part
    {
        double weight = 1;
        std::shared_ptr<const ExactLaw> law;
    };
    struct Atom
    {
        Millis at{0};
        double probability = 0;
    };

    /// Never empty; weights sum to 1.
    explicit ExactDistribution(std::vector<Part> parts) : m_parts(std::move(parts)) {}

    [[nodiscard]] ClosedForm form() const;
    [[nodiscard]] Millis min() const;
    [[nodiscard]] Millis max() const;
    [[nodiscard]] Millis mean() const;
    [[nodiscard]] Millis stddev() const;
    /// P(total <= t).
    [[nodiscard]] double cdf(Millis t) const;
    /// A millisecond's share around \a t, atoms left out: times runs and a bin's width it is the bar of a histogram.
    [[nodiscard]] double density(Millis t) const;
    /// The earliest t with P(total <= t) >= q.
    [[nodiscard]] Millis quantile(double q) const;
    /// Where single points have a probability, ascending.
    [[nodiscard]] std::vector<Atom> atoms() const;

private:
    std::vector<Part> m_parts;
};

/// The distribution of the time until the caller is told, where a closed form holds for this policy and these
/// outcomes; nothing where it does not (random latencies, a deadline that cuts waits, rounding, a cap within the
/// jitter's range ...). \a wallTime as in simulate().
[[nodiscard]] std::optional<ExactDistribution> exactTotal(const RetryPolicy &policy, const RandomOutcomes &outcomes,
                                                          const QDateTime &wallTime = {});

/// P(a success comes within \a limit) where a closed form holds: a client without a deadline of its own, watched.
[[nodiscard]] std::optional<double> successShareBefore(const RetryPolicy &policy, const RandomOutcomes &outcomes,
                                                       Millis limit, const QDateTime &wallTime = {});

} // namespace errata
