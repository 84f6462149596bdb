// What surprises in one schedule, for people to be told.
#pragma once

#include "models/retry/simulator.h"

#include <vector>

namespace errata {

enum class Quirk {
    UselessLastWait,          ///< waits after the last attempt, then loses the response
    ErrorLooksReturned,       ///< the last error response is handed to the caller without an exception
    TimerChangesWait,         ///< the timer does not take the wait that was computed
    RetryAfterIgnored,        ///< the server said how long to wait, and the policy does not look
    RetryAfterNotUnderstood,  ///< it looks, and takes what stands there for nothing
    ComesBackEarly,           ///< it waits less than the server asks for
    FlagIgnored,              ///< the server said not to retry, and the policy does not look
    SuccessRepeated,          ///< the server did what was asked, and is asked again
    ReturnsInOneSpike,        ///< a wait without jitter: clients told the same come back together
    RetriesAtOnce,            ///< without a wait worth the name
    UnboundedWait,            ///< a very long wait that nothing limits
    JitterExceedsCap,         ///< a capped wait may be longer than the cap
    DeadlineBeforeFirstRetry, ///< the deadline is shorter than the first wait
    NotIdempotentRepeated,    ///< a request that is not idempotent is sent again (RFC 9110 section 9.2.2)
    StatusNotDocumented,      ///< retries a status that the API does not name as one to retry
    BeyondDocumentedAttempts, ///< more attempts than the API documents
    NeverEnds,                ///< nothing but the caller ends it
    NothingSent,              ///< not one request left the client
};

struct QuirkHit
{
    Quirk quirk = Quirk::NothingSent;
    std::vector<int> attempts; ///< numbers of the rows, from 1; empty when it is about the run

    friend bool operator==(const QuirkHit &, const QuirkHit &) = default;
};

/// In the order of the enum. \a method is that of the request, \a documented what its API says of retries, where
/// it is known.
[[nodiscard]] std::vector<QuirkHit> quirksOf(const RetryPolicy &policy, const QByteArray &method,
                                             const Schedule &schedule,
                                             const std::optional<DocumentedRetries> &documented = {});

/// "useless-last-wait" ...
[[nodiscard]] QString quirkId(Quirk quirk);

/// GET, HEAD, OPTIONS, TRACE, PUT, DELETE.
[[nodiscard]] bool isIdempotent(const QByteArray &method);

} // namespace errata
