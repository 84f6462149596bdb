// What attempts bring when chance has a say: weighted outcomes that take as long as a distribution says.
#pragma once

#include "models/retry/outcomescript.h"

#include <vector>

namespace errata {

class RandomSource;

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
    [[nodiscard]] Millis draw(RandomSource &random) const;
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

/// A script (outcomescript.h) whose outcomes may be alternatives, each with a weight and a latency:
///   503*0.3 | 200*0.7        three in ten fail; without a number the weight is 1
///   503@40~120 | 200@~80     uniform over 40 to 120 ms; exponential with the mean 80 ms
///   200@80~0.5s              log-normal: the median 80 ms, sigma 0.5
/// '|' and '*' stand in quotes or brackets where they belong to a header.
[[nodiscard]] Result<RandomOutcomes, ScriptError> parseRandomOutcomes(QStringView text);

/// What parseRandomOutcomes reads back equal.
[[nodiscard]] QString randomOutcomesText(const RandomOutcomes &outcomes);

} // namespace errata
