// What attempts bring when chance has a say: weighted outcomes that take as long as a distribution says.
#pragma once

#include "models/base/samplelog.h"
#include "models/retry/outcomescript.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace errata {

/// How long an attempt takes.
struct LatencyModel
{
    enum class Kind {
        Fixed,       ///< `typical`
        Uniform,     ///< `typical` to `most`
        Exponential, ///< with the mean `typical`
        LogNormal,   ///< with the median `typical`, `sigma` of its logarithm
    };

    Kind kind = Kind::Fixed;
    Millis typical{0};
    Millis most{0};
    double sigma = 0;

    /// Draws once, LogNormal twice, Fixed never.
    template <typename Random>
    [[nodiscard]] Millis draw(Random &random) const
    {
        switch (kind) {
        case Kind::Fixed:
            break;
        case Kind::Uniform:
            return typical + random.uniform() * (most - typical);
        case Kind::Exponential:
            return typical * std::max(0.0, -sampleLog(1 - random.uniform()));
        case Kind::LogNormal: {
            const double radius = std::sqrt(-2 * std::min(0.0, sampleLog(1 - random.uniform()))); // Box, Muller
            return typical * std::exp(sigma * radius * std::cos(2 * std::numbers::pi * random.uniform()));
        }
        }
        return typical;
    }
    [[nodiscard]] Millis mean() const;

    friend bool operator==(const LatencyModel &, const LatencyModel &) = default;
};

struct OutcomeChoice
{
    Outcome outcome; ///< its own latency does not count
    double weight = 1;
    LatencyModel latency;

    friend bool operator==(const OutcomeChoice &, const OutcomeChoice &) = default;
};

/// What one attempt may bring. Never empty; weights are above 0.
using OutcomeMix = std::vector<OutcomeChoice>;

/// Mixes attempt by attempt; the last one repeats for ever. Never empty.
struct RandomOutcomes
{
    std::vector<OutcomeMix> steps = {OutcomeMix{OutcomeChoice{}}};

    RandomOutcomes() = default;
    /// A script: every outcome is certain.
    RandomOutcomes(const OutcomeScript &script); // NOLINT(google-explicit-constructor): a script is one

    /// Fails with \a p each time, else succeeds with a 200; both take \a latency.
    [[nodiscard]] static RandomOutcomes failing(double p, const Outcome &failure, const LatencyModel &latency = {});

    /// \a attempt counts from 0.
    [[nodiscard]] const OutcomeMix &at(std::size_t attempt) const { return steps[std::min(attempt, steps.size() - 1)]; }
    /// Nothing is left to chance: one outcome a step, of fixed latency.
    [[nodiscard]] bool isCertain() const;

    friend bool operator==(const RandomOutcomes &, const RandomOutcomes &) = default;
};

} // namespace errata
