// A policy run many times: how long, how often, how it ends.
#pragma once

#include "models/retry/loghistogram.h"
#include "models/retry/randomoutcomes.h"
#include "models/retry/reason.h"
#include "models/retry/retrypolicy.h"

#include <QDateTime>

#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace errata {

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
    LogHistogram bins;          ///< for any other share

    [[nodiscard]] Millis quantile(double q) const { return Millis(bins.quantile(q)); }
};

/// When the n-th attempt starts, in the runs that come so far.
struct AttemptStarts
{
    qint64 runs = 0;
    Millis mean{0};
    Millis min{0};
    Millis p5{0};
    Millis p50{0};
    Millis p95{0};
    Millis max{0};
};

struct Sample
{
    /// Later attempts are counted in `sends` and `totals`, not one by one.
    static constexpr int attemptsKept = 32;

    Distribution totals;
    qint64 sends = 0;                    ///< of all runs
    std::vector<AttemptStarts> attempts; ///< [0] is the first one's
    std::array<qint64, 5> verdicts{};    ///< runs by Verdict

    [[nodiscard]] double meanSends() const;
    [[nodiscard]] double share(Verdict verdict) const;
};

struct SampleOptions
{
    int runs = 100'000; ///< >= 1
    quint64 seed = 1;
    QDateTime wallTime; ///< the date at 0, for dates in Retry-After
    int threads = 0;    ///< 0: as many as there are cores
    /// Asked before each block of 4096 runs, from any thread at once.
    std::function<bool()> isCancelled;
};

/// The first runs.totals.runs runs of all; false gives up. Called in the thread that samples.
using Refinement = std::function<bool(const Sample &soFar)>;

/// Each run has the policy's allowance for retries to itself, in full. Runs come in blocks of 4096, each with a
/// generator of its own made from the seed and its number: a seed gives the same figures on any number of threads. \a
/// refine sees what there is after 1, 2, 4, 8 ... blocks, and at least every million runs, not the end; where runs
/// are hundreds of attempts long, within the first block already. Nothing when given up.
[[nodiscard]] std::optional<Sample> sampleRuns(const RetryPolicy &policy, const RandomOutcomes &outcomes,
                                               const SampleOptions &options, const Refinement &refine = {});

/// The totals alone.
[[nodiscard]] Distribution sampleTotals(const RetryPolicy &policy, const OutcomeScript &script, int runs, quint64 seed,
                                        const QDateTime &wallTime = {});

} // namespace errata
