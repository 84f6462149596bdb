#include "models/retry/attempt.h"

namespace errata {

Attempt attemptOf(int n, const Bounds &starts, const Outcome &outcome, const Decision &decision)
{
    Attempt attempt;
    attempt.n = n;
    attempt.starts = starts;
    attempt.outcome = outcome;
    attempt.reason = decision.reason;
    const bool waits = decision.action == Decision::Action::Wait;
    if (waits) {
        attempt.asked = decision.asked;
        attempt.wait = decision.wait;
    }
    attempt.action = waits && !decision.stopsAfter ? Attempt::Action::Retry : Attempt::Action::Stop;
    if (attempt.action == Attempt::Action::Stop)
        attempt.verdict = decision.verdict;
    return attempt;
}

QString verdictId(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Succeeded:
        return QStringLiteral("succeeded");
    case Verdict::ReturnedError:
        return QStringLiteral("returned-error");
    case Verdict::GaveUp:
        return QStringLiteral("gave-up");
    case Verdict::Deadline:
        return QStringLiteral("deadline");
    case Verdict::Cancelled:
        return QStringLiteral("cancelled");
    }
    return {};
}

QString reasonId(Reason reason)
{
    switch (reason) {
    case Reason::FirstAttempt:
        return QStringLiteral("first-attempt");
    case Reason::Waited:
        return QStringLiteral("waited");
    case Reason::StatusRetried:
        return QStringLiteral("status-retried");
    case Reason::CodeRetried:
        return QStringLiteral("code-retried");
    case Reason::FailureRetried:
        return QStringLiteral("failure-retried");
    case Reason::UnreadableBodyRetried:
        return QStringLiteral("unreadable-body-retried");
    case Reason::NotSentRetried:
        return QStringLiteral("not-sent-retried");
    case Reason::HintRetried:
        return QStringLiteral("hint-retried");
    case Reason::RetryAfterObeyed:
        return QStringLiteral("retry-after-obeyed");
    case Reason::RetryAfterCapped:
        return QStringLiteral("retry-after-capped");
    case Reason::RetryAfterBeyondCap:
        return QStringLiteral("retry-after-beyond-cap");
    case Reason::RetryAfterShorter:
        return QStringLiteral("retry-after-shorter");
    case Reason::RetryAfterAbsent:
        return QStringLiteral("retry-after-absent");
    case Reason::ClampedToDeadline:
        return QStringLiteral("clamped-to-deadline");
    case Reason::Success:
        return QStringLiteral("success");
    case Reason::StatusNotRetried:
        return QStringLiteral("status-not-retried");
    case Reason::CodeNotRetried:
        return QStringLiteral("code-not-retried");
    case Reason::MethodNotRetried:
        return QStringLiteral("method-not-retried");
    case Reason::FailureNotRetried:
        return QStringLiteral("failure-not-retried");
    case Reason::HintForbids:
        return QStringLiteral("hint-forbids");
    case Reason::RetryAfterMissing:
        return QStringLiteral("retry-after-missing");
    case Reason::RetryAfterUnreadable:
        return QStringLiteral("retry-after-unreadable");
    case Reason::RetryAfterTooLong:
        return QStringLiteral("retry-after-too-long");
    case Reason::BudgetEmpty:
        return QStringLiteral("budget-empty");
    case Reason::AttemptsUsedUp:
        return QStringLiteral("attempts-used-up");
    case Reason::WaitsThenGivesUp:
        return QStringLiteral("waits-then-gives-up");
    case Reason::NoAttemptAllowed:
        return QStringLiteral("no-attempt-allowed");
    case Reason::DeadlineReached:
        return QStringLiteral("deadline-reached");
    case Reason::DeadlineBeforeNextSend:
        return QStringLiteral("deadline-before-next-send");
    case Reason::Hedged:
        return QStringLiteral("hedged");
    case Reason::HedgeLost:
        return QStringLiteral("hedge-lost");
    case Reason::CancelledByUser:
        return QStringLiteral("cancelled");
    case Reason::SimulationLimit:
        return QStringLiteral("simulation-limit");
    }
    return {};
}

} // namespace errata
