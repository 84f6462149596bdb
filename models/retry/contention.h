// The model of the AWS article "Exponential Backoff and Jitter" (2015): optimistic writes to one row.
#pragma once

#include "models/retry/retrypolicy.h"

namespace errata {

/// Every client wants one write: it reads the row's version, writes, and succeeds where the version is still the one
/// it has read; else it waits as \a backoff says and reads again. Messages take |Normal(hop, hopDeviation)|.
struct ContentionScenario
{
    int clients = 100;
    Backoff backoff;
    bool waits = true; ///< false: no backoff at all
    Millis hop{10};
    Millis hopDeviation{2};
};

/// Of one run.
struct Contention
{
    Millis completion{0}; ///< when the last client has written
    qint64 writes = 0;    ///< also the failed ones

    friend bool operator==(const Contention &, const Contention &) = default;
};

[[nodiscard]] Contention simulateContention(const ContentionScenario &scenario, quint64 seed);

} // namespace errata
