// What can be said of retries without simulating them.
#pragma once

#include "models/base/clock.h"

#include <limits>
#include <vector>

namespace errata {

/// Requests a call sends on average when each fails with \a p and there are at most \a attempts: 1 + p + ... p^(n-1).
[[nodiscard]] double expectedAttempts(double p, int attempts);
/// P(a call succeeds).
[[nodiscard]] double successShare(double p, int attempts);
/// Requests at the bottom for one at the top, in an outage, when \a layers of callers each send \a attempts.
[[nodiscard]] double chainAmplification(int layers, int attempts);
/// The mean of all waits: the n-th is begun with the probability p^n. \a meanWaits[0] is the first.
[[nodiscard]] Millis expectedWait(double p, const std::vector<Millis> &meanWaits);

/// One wait of decorrelated jitter, whatever the waits before.
struct DecorrelatedWait
{
    Millis mean{0};
    double atCap = 0; ///< P(it is the cap)
};

/// The first \a count waits; \a cap may be infinite. min(cap, U(base, 3 * wait before)), base before the first.
[[nodiscard]] std::vector<DecorrelatedWait> decorrelatedWaits(Millis base, Millis cap, int count);

/// A retry quota as the AWS SDKs have it: a retry takes `cost` tokens, success after one gives the last ones back,
/// success at once gives 1.
struct TokenQuota
{
    int tokens = 500;
    int cost = 5;

    /// Retries that an outage of everything allows.
    [[nodiscard]] int retriesInOutage() const { return tokens / cost; }
    /// Tokens won by a call on average; below 0 the bucket runs dry.
    [[nodiscard]] double drift(double p, int attempts) const;
    /// The failure share of an attempt above which it runs dry.
    [[nodiscard]] double criticalFailureShare(int attempts) const;
};

/// gRPC's throttle (proposal A6): a failure takes 1 token, a success gives `ratio`; retries only above half of
/// `tokens`.
struct RetryThrottle
{
    double tokens = 10;
    double ratio = 0.1;

    [[nodiscard]] double criticalFailureShare() const { return ratio / (1 + ratio); }
    /// Retries that calls, one after the other, send in an outage of everything.
    [[nodiscard]] int retriesInOutage(int attempts) const;
};

/// Finagle, Linkerd, Tower: a share of the calls, and a reserve.
struct RatioBudget
{
    double share = 0.2;
    double reservePerSecond = 10;
    double ttlSeconds = 10;

    /// The most requests for one call, at \a callsPerSecond for long.
    [[nodiscard]] double amplification(double callsPerSecond) const;
    /// Retries that may come at once at the start.
    [[nodiscard]] double burst() const { return reservePerSecond * ttlSeconds; }
};

/// Requests sent side by side, each \a delay after the one before, until one answers; latencies exponential.
struct HedgedCall
{
    Millis delay{0};
    int attempts = 1;
    Millis meanLatency{0};

    [[nodiscard]] double expectedSends() const;
    [[nodiscard]] Millis expectedLatency() const;
};

/// The fullest of \a bins equal bins that \a clients fall into: its mean, exactly.
[[nodiscard]] double expectedPeak(int clients, int bins);

/// A load that would fit alone can be kept above the capacity by retries of work that is thrown away.
[[nodiscard]] bool canBeMetastable(double arrivalsPerSecond, double capacity, double attempts);

} // namespace errata
