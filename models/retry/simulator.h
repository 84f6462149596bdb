// A policy against a script of outcomes on a virtual clock.
#pragma once

#include "models/retry/attempt.h"
#include "models/retry/outcomescript.h"

#include <QDateTime>

#include <functional>
#include <optional>
#include <vector>

namespace errata {

/// A run without end is cut off here.
inline constexpr int simulatedAttemptsLimit = 1000;

struct Schedule
{
    std::vector<Attempt> attempts;
    int sends = 0;
    Verdict verdict = Verdict::GaveUp;
    Reason reason = Reason::NoAttemptAllowed; ///< of the end
    Bounds total; ///< until the caller is told; with a deadline the bounds are those of this course of events
};

/// One run, its first attempt at 0. \a wallTime is the date then.
[[nodiscard]] Schedule simulate(const RetryPolicy &policy, const OutcomeScript &script, RandomSource &random,
                                const QDateTime &wallTime = {});

/// How many of `runs` are done; answer false to give up.
using SimulationProgress = std::function<bool(int done)>;

/// The time until the caller is told, over many runs.
struct Distribution
{
    int runs = 0;
    Millis mean{0};
    Millis stddev{0};
    Millis min{0};
    Millis p50{0};
    Millis p90{0};
    Millis p95{0};
    Millis p99{0};
    Millis max{0};
    std::vector<int> histogram; ///< equal bins over min ... max; one bin when they are equal
};

/// Samples come in blocks of 4096, each with a generator of its own made from \a seed and its
/// number: the same seed gives the same figures wherever and in whatever order blocks are run.
/// Nothing when \a progress asks to give up. \a runs >= 1.
[[nodiscard]] std::optional<Distribution> sampleTotals(const RetryPolicy &policy, const OutcomeScript &script, int runs,
                                                       quint64 seed, const QDateTime &wallTime = {},
                                                       const SimulationProgress &progress = {});

/// The load of many clients that all begin at 0 and meet the same outcomes.
struct Herd
{
    struct Bin
    {
        Millis start{0};
        int requests = 0;
        friend bool operator==(const Bin &, const Bin &) = default;
    };

    int clients = 0;
    qint64 sends = 0;
    qint64 peakPerSecond = 0; ///< requests in the busiest second (any, not only a full one of the clock)
    double amplification = 0; ///< sends / clients
    Millis binWidth{0};
    std::vector<Bin> series; ///< bins in order, empty ones left out

    /// The fullest bin that begins at or after \a from.
    [[nodiscard]] int peakBin(Millis from = Millis(0)) const;
};

/// \a clients >= 1. Nothing when \a progress asks to give up.
[[nodiscard]] std::optional<Herd> simulateHerd(const RetryPolicy &policy, const OutcomeScript &script, int clients,
                                               quint64 seed, Millis binWidth = Millis(10),
                                               const QDateTime &wallTime = {}, const SimulationProgress &progress = {});

} // namespace errata
