// Many clients of one policy against one server.
#pragma once

#include "models/retry/randomoutcomes.h"
#include "models/retry/retrypolicy.h"

#include <QDateTime>

#include <functional>
#include <optional>
#include <vector>

namespace errata {

/// Who comes, and what meets them.
struct HerdScenario
{
    enum class Arrivals {
        AtOnce,  ///< all at 0
        Uniform, ///< each at a moment of `window` that chance picks
        Poisson, ///< at the rate clients / window, until all have come
    };

    int clients = 1000; ///< each makes one call
    Arrivals arrivals = Arrivals::AtOnce;
    Millis window{0};

    /// Requests a second that the server works off; nothing: any number.
    std::optional<double> capacity;
    /// Requests that wait while the server is busy; the others are refused at once. 0 sheds all that is too much.
    /// A request whose client has given up is worked off all the same: the server does not know.
    int queue = 0;
    /// Of the work itself, besides the latencies of `answers`; with `capacity` the server has capacity * latency
    /// places, rounded, at least one.
    Millis latency{0};
    RandomOutcomes answers; ///< of a server that is well, by the client's attempt
    Outcome refusal;        ///< for what finds no place; a 503
    Millis outageFrom{0};
    Millis outageLength{0}; ///< 0: none
    Outcome outage;         ///< what all requests get that start in it; a 503
    Millis binWidth{10};    ///< of the series
    QDateTime wallTime;     ///< the date at 0

    HerdScenario();

    /// New clients a second while they come; infinite when all come at once.
    [[nodiscard]] double arrivalRate() const;
    [[nodiscard]] Millis outageEnd() const { return outageFrom + outageLength; }
};

/// What becomes of the load.
enum class HerdState {
    Unlimited,  ///< the server takes any load
    Calm,       ///< the load was never above the capacity
    Recovered,  ///< it was, and went down again
    Overloaded, ///< new clients alone are more than the capacity
    Metastable, ///< retries alone keep it above after the trigger has gone, though new clients would fit
};

/// The load they make, and how it ends for them.
struct Herd
{
    struct Bin
    {
        Millis start{0};
        int requests = 0; ///< sent
        int served = 0;   ///< answered by a server that is well and had a place, while the client still waited
        int refused = 0;  ///< for want of a place
        int waiting = 0;  ///< most requests in the queue at once

        friend bool operator==(const Bin &, const Bin &) = default;
    };

    int clients = 0;
    qint64 sends = 0;
    qint64 refused = 0;
    qint64 inVain = 0;        ///< worked off for clients that had given up
    qint64 peakPerSecond = 0; ///< requests in the busiest second (any, not only a full one of the clock)
    double amplification = 0; ///< sends / clients
    int succeeded = 0;        ///< clients
    Millis end{0};            ///< when the last client is told
    Millis binWidth{0};
    std::vector<Bin> series; ///< bins in order, those where nothing happened left out
    HerdState state = HerdState::Unlimited;
    /// From the end of the outage (without one: from the start) until no second holds more requests than the capacity
    /// (and three standard deviations, which chance alone explains) and the queue is shorter than a second's work or
    /// half its places. Nothing where that was never so while clients came, or where there is no limit.
    std::optional<Millis> recovery;

    /// The fullest bin that begins at or after \a from.
    [[nodiscard]] int peakBin(Millis from = Millis(0)) const;
};

/// How many clients are done, told every few milliseconds; answer false to give up.
using HerdProgress = std::function<bool(int done)>;

/// Every client has a generator of its own, made from \a seed and its number: what the server does to others does
/// not change its luck. Hedged attempts are requests like others: the server works on those that have lost, too.
/// Nothing when \a progress asks to give up.
[[nodiscard]] std::optional<Herd> simulateHerd(const RetryPolicy &policy, const HerdScenario &scenario, quint64 seed,
                                               const HerdProgress &progress = {});

/// Clients that all begin at 0 and meet the same outcomes, whatever their number.
[[nodiscard]] std::optional<Herd> simulateHerd(const RetryPolicy &policy, const OutcomeScript &script, int clients,
                                               quint64 seed, Millis binWidth = Millis(10),
                                               const QDateTime &wallTime = {}, const HerdProgress &progress = {});

} // namespace errata
