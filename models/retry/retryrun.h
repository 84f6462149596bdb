// One request's life under a policy: what to do next, and why.
#pragma once

#include "models/base/random.h"
#include "models/retry/bounds.h"
#include "models/retry/outcome.h"
#include "models/retry/retrypolicy.h"

#include <QDateTime>

#include <optional>

namespace errata {

enum class Verdict {
    Succeeded,
    ReturnedError, ///< the caller gets the error response
    GaveUp,        ///< the caller gets an exception and no response
    Deadline,      ///< the time for the whole run was over
    Cancelled,     ///< by the user (live only)
};

enum class Reason {
    FirstAttempt,
    Waited,                 ///< the wait is over
    StatusRetried,          ///< a status the policy retries: backoff
    FailureRetried,         ///< no answer: backoff
    UnreadableBodyRetried,  ///< an answer that cannot be parsed: backoff
    NotSentRetried,         ///< the request could not be made: backoff
    RetryAfterObeyed,       ///< as long as the header says
    RetryAfterCapped,       ///< the header asks for more than the policy accepts
    RetryAfterAbsent,       ///< no header (or one that cannot be read): the rule's default
    Success,                ///< answered
    StatusNotRetried,       ///< an error the policy returns at once
    FailureNotRetried,      ///< no answer, and the policy does not retry that
    AttemptsUsedUp,         ///< that was the last attempt
    WaitsThenGivesUp,       ///< that was the last attempt, yet the client waits once more
    NoAttemptAllowed,       ///< the policy allows less than one
    DeadlineReached,        ///< the attempt ended at or after the deadline
    DeadlineBeforeNextSend, ///< the wait would pass the deadline
    CancelledByUser,
    SimulationLimit, ///< a run without end, cut off (simulator only)
};

struct Decision
{
    enum class Action {
        Send, ///< now
        Wait, ///< until `until`, then ask resume()
        Stop, ///< `verdict` says how it ended
    };

    Action action = Action::Stop;
    Reason reason = Reason::NoAttemptAllowed;
    Bounds asked;                      ///< for Wait: what the policy computes; may be NaN, negative or infinite
    Bounds wait;                       ///< for Wait: what the client's timer makes of it
    Bounds until;                      ///< for Wait: its end, on the clock of the run
    bool stopsAfter = false;           ///< for Wait: nothing will be sent after it
    Verdict verdict = Verdict::GaveUp; ///< for Stop, and for Wait with stopsAfter
};

/// Pure: knows no clock, sends nothing. The driver says when things happened:
///   start(t) -> Send; next(outcome, t) -> Wait or Stop; resume(t) -> Send or Stop; next ...
/// Times may start anywhere and never go back. Nothing may be asked after Stop.
class RetryRun
{
public:
    /// Both must outlive the run; \a random goes on from where it stands.
    RetryRun(const RetryPolicy &policy, RandomSource &random) : m_policy(policy), m_random(random) {}

    /// \a wallTime is the date at \a now: dates in Retry-After are measured against it where a
    /// response has no Date.
    Decision start(Millis now, const QDateTime &wallTime = {});
    /// After an attempt.
    Decision next(const Outcome &outcome, Millis now);
    /// After a wait, or before its end when the user is impatient.
    Decision resume(Millis now);

    /// The start of the current attempt.
    [[nodiscard]] const Bounds &starts() const { return m_starts; }
    /// Attempts begun, from 1; also those that could not be sent.
    [[nodiscard]] int attempt() const { return m_attempt; }
    /// How long an attempt beginning at \a now may take; infinite where nothing limits it.
    [[nodiscard]] Millis allowance(Millis now) const;

private:
    [[nodiscard]] bool isLast() const { return m_attempt == m_policy.maxAttempts; }
    [[nodiscard]] bool isTooLate(const Outcome &outcome, Millis now) const;
    [[nodiscard]] Decision afterFailure(Reason retried);
    [[nodiscard]] Decision afterResponse(const Outcome &outcome);
    [[nodiscard]] Decision backOff(Reason reason);
    [[nodiscard]] std::optional<Decision> retryAfter(const Outcome &outcome);
    [[nodiscard]] Decision waitFor(const Bounds &asked, Reason reason);
    [[nodiscard]] Decision stop(Reason reason, Verdict verdict);

    const RetryPolicy &m_policy;
    RandomSource &m_random;
    QDateTime m_wallAtStart;
    Millis m_begin{0};
    int m_attempt = 0;
    Bounds m_starts;
    Bounds m_ended; ///< the end of the current attempt
    Bounds m_until; ///< the end of the wait that is on
    bool m_stopsAfter = false;
    std::optional<Bounds> m_previousWait; ///< for decorrelated jitter
};

} // namespace errata
