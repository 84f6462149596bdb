// A policy, a request and outcomes made ready for runs by the million: nothing here is parsed, compared
// as text or allocated while a run goes on.
#pragma once

#include "models/retry/backoff.h"
#include "models/retry/outcome.h"
#include "models/retry/reason.h"
#include "models/retry/retrybudget.h"
#include "models/retry/retrypolicy.h"

#include <QDateTime>

#include <limits>
#include <optional>

namespace errata {

/// What an outcome means under one policy, for one request.
struct PreparedOutcome
{
    enum class Asked : quint8 {
        Nothing,
        Delay, ///< `asked` ms from the end of the attempt; may be NaN, negative or infinite
        Until, ///< until `asked` on the clock of the runs: a date, measured with our own clock
    };

    double latency = 0; ///< ms
    double asked = 0;   ///< what the server asks for
    double cost = 0;    ///< of a retry after it, in tokens of the budget
    Asked askedKind = Asked::Nothing;
    bool retried = false;                         ///< while attempts are left
    bool success = false;                         ///< an answer a caller is glad about
    bool throttled = false;                       ///< another base
    bool failsBudget = false;                     ///< counts against a gRPC throttle
    bool sleepsAfterLast = false;                 ///< the wait comes even after the last attempt
    Reason reason = Reason::Success;              ///< retried: of the wait; else of the end
    Reason backoffReason = Reason::StatusRetried; ///< retried: where what was asked for is not taken
    Verdict verdict = Verdict::Succeeded;         ///< of a run that ends with it
};

/// The rule for waits that servers ask for, as far as it can only be applied when the time is known.
struct AskedTerms
{
    double cap = std::numeric_limits<double>::infinity();
    double pastDate = 0;
    double mostAboveBackoff = std::numeric_limits<double>::infinity();
    double jitter = 0;
    RetryAfterRule::Negative negative = RetryAfterRule::Negative::AsIs;
    RetryAfterRule::BeyondCap beyondCap = RetryAfterRule::BeyondCap::Clamp;
    RetryAfterRule::AgainstBackoff against = RetryAfterRule::AgainstBackoff::Wins;
    bool zeroIsAbsent = false;
    bool advancesBackoff = true;
    bool resetsBackoff = false;
};

/// A policy as a run needs it: a value without text.
struct PreparedPolicy
{
    PreparedBackoff backoff;
    std::optional<PreparedBackoff> throttledBackoff;
    AskedTerms asked;
    std::optional<RetryBudget> budget;
    double maxAttempts = 1;
    double deadline = std::numeric_limits<double>::infinity();       ///< ms
    double attemptTimeout = std::numeric_limits<double>::infinity(); ///< ms
    DeadlineWait deadlineWait = DeadlineWait::GivesUp;
    bool deadlineCutsAttempt = true;
    TimerKind timer = TimerKind::Exact;
    PreparedOutcome cutOff; ///< what an attempt is that takes longer than it may: a time-out
};

[[nodiscard]] PreparedPolicy prepare(const RetryPolicy &policy, const RetriedRequest &request);

/// \a wallAtZero is the date at time 0 of the runs' clock, its time zone that of the client (some take dates
/// without a zone for local time). Invalid is fine where no outcome holds a date.
[[nodiscard]] PreparedOutcome prepare(const RetryPolicy &policy, const RetriedRequest &request, const Outcome &outcome,
                                      const QDateTime &wallAtZero);

} // namespace errata
