#include "app/cli/retrytexts.h"

#include "models/retry/outcomescript.h"

#include <array>
#include <cmath>

namespace errata {

namespace {

/// "2 min 5 s": the unit that fits and the next smaller one.
QString inUnits(double seconds)
{
    struct Unit
    {
        double seconds;
        const char *name;
    };
    constexpr std::array units{Unit{365.25 * 86400, "a"}, Unit{86400, "d"}, Unit{3600, "h"}, Unit{60, "min"},
                               Unit{1, "s"}};
    for (std::size_t i = 0; i + 1 < units.size(); ++i) {
        if (seconds < units[i].seconds)
            continue;
        double whole = std::floor(seconds / units[i].seconds);
        double rest = std::round((seconds - whole * units[i].seconds) / units[i + 1].seconds);
        if (rest * units[i + 1].seconds >= units[i].seconds) {
            ++whole;
            rest = 0;
        }
        QString text = QStringLiteral("%1 %2").arg(whole, 0, 'f', 0).arg(QLatin1String(units[i].name));
        if (rest > 0)
            text += QStringLiteral(" %1 %2").arg(rest, 0, 'f', 0).arg(QLatin1String(units[i + 1].name));
        return text;
    }
    return QStringLiteral("%1 s").arg(numberText(seconds, 3));
}

QString failureText(const Outcome &outcome)
{
    return outcome.kind == Outcome::Kind::NotSent
               ? QStringLiteral("the request cannot be made")
               : QStringLiteral("no answer (%1)").arg(outcomeText(outcome).section(u'@', 0, 0));
}

QString codeOf(const Outcome &outcome)
{
    return QString::fromUtf8(outcome.grpcCode.isEmpty() ? outcome.code : outcome.grpcCode);
}

/// What was asked for, as the server wrote it.
QString askedText(const Outcome &outcome)
{
    if (outcome.retryDelay)
        return QStringLiteral("RetryInfo");
    static constexpr std::array names{
        "Retry-After", "retry-after-ms",  "x-ms-retry-after-ms",     "x-amz-retry-after", "grpc-retry-pushback-ms",
        "RateLimit",   "RateLimit-Reset", "X-RateLimit-Retry-After", "X-RateLimit-Reset", "X-Rate-Limit-Reset"};
    for (const char *name : names) {
        if (const auto value = outcome.headers.joined(name))
            return QStringLiteral("%1 '%2'").arg(QLatin1String(name), QString::fromUtf8(*value));
    }
    return QStringLiteral("what the server asks for");
}

QString plainReason(const Attempt &attempt)
{
    const Outcome &outcome = attempt.outcome;
    const QString status = QString::number(outcome.status);
    switch (attempt.reason) {
    case Reason::FirstAttempt:
    case Reason::Waited:
        return QStringLiteral("sent");
    case Reason::StatusRetried:
        return QStringLiteral("status %1 is retried after the backoff").arg(status);
    case Reason::CodeRetried:
        return QStringLiteral("code %1 is retried after the backoff").arg(codeOf(outcome));
    case Reason::HintRetried:
        return QStringLiteral("the server says that it may be retried: after the backoff");
    case Reason::FailureRetried:
    case Reason::NotSentRetried:
        return failureText(outcome) + QStringLiteral(": tried again after the backoff");
    case Reason::UnreadableBodyRetried:
        return QStringLiteral("the body of the %1 cannot be parsed: counts as no answer").arg(status);
    case Reason::RetryAfterObeyed:
        return askedText(outcome) + QStringLiteral(" is read as ") + durationText(attempt.asked->actual);
    case Reason::RetryAfterCapped:
        return QStringLiteral("the server asks for more than the policy accepts");
    case Reason::RetryAfterBeyondCap:
        return QStringLiteral("the server asks for more than the policy accepts: it takes the backoff instead");
    case Reason::RetryAfterShorter:
        return QStringLiteral("the server asks for less than the backoff, which is taken");
    case Reason::ClampedToDeadline:
        return QStringLiteral("the wait is cut short at the deadline");
    case Reason::RetryAfterAbsent:
        return QStringLiteral("status %1 without a Retry-After it can read: its default").arg(status);
    case Reason::Success:
        return QStringLiteral("answered");
    case Reason::StatusNotRetried:
        return QStringLiteral("status %1 is not retried").arg(status);
    case Reason::CodeNotRetried:
        return QStringLiteral("code %1 is not retried").arg(codeOf(outcome));
    case Reason::MethodNotRetried:
        return QStringLiteral("this method is not repeated");
    case Reason::HintForbids:
        return QStringLiteral("the server says not to retry");
    case Reason::RetryAfterMissing:
        return QStringLiteral("status %1 is retried only with a Retry-After it can read").arg(status);
    case Reason::RetryAfterUnreadable:
        return askedText(outcome) + QStringLiteral(" cannot be read, and the client fails on it");
    case Reason::RetryAfterTooLong:
        return QStringLiteral("the server asks for more than the policy accepts: it gives up");
    case Reason::BudgetEmpty:
        return QStringLiteral("the budget for retries is used up");
    case Reason::Hedged:
        return QStringLiteral("no answer yet: another attempt is sent beside it");
    case Reason::HedgeLost:
        return QStringLiteral("another attempt was answered first");
    case Reason::FailureNotRetried:
        return failureText(outcome) + QStringLiteral(": not retried");
    case Reason::AttemptsUsedUp:
        return QStringLiteral("that was the last attempt");
    case Reason::WaitsThenGivesUp:
        return QStringLiteral("that was the last attempt, yet it waits once more before giving up");
    case Reason::NoAttemptAllowed:
        return QStringLiteral("the policy allows no attempt");
    case Reason::DeadlineReached:
        return QStringLiteral("the deadline has come");
    case Reason::DeadlineBeforeNextSend:
        return QStringLiteral("the next attempt would come after the deadline");
    case Reason::CancelledByUser:
        return QStringLiteral("cancelled");
    case Reason::SimulationLimit:
        return QStringLiteral("cut off here: this would go on without end");
    }
    return {};
}

} // namespace

QString numberText(double value, int decimals)
{
    QString text = QString::number(value, 'f', decimals);
    if (text.contains(u'.')) {
        while (text.endsWith(u'0'))
            text.chop(1);
        if (text.endsWith(u'.'))
            text.chop(1);
    }
    return text;
}

QString durationText(Millis duration)
{
    const double ms = duration.count();
    if (std::isnan(ms))
        return QStringLiteral("NaN");
    if (std::isinf(ms))
        return ms < 0 ? QStringLiteral("-infinity") : QStringLiteral("infinity");
    if (std::abs(ms) < 1000)
        return QStringLiteral("%1 ms").arg(numberText(ms, ms == std::floor(ms) ? 0 : 1));
    if (std::abs(ms) < 60'000)
        return QStringLiteral("%1 s").arg(numberText(ms / 1000, 3));
    return ms < 0 ? u'-' + inUnits(-ms / 1000) : inUnits(ms / 1000);
}

QString boundsText(const Bounds &bounds)
{
    const QString actual = durationText(bounds.actual);
    const QString min = durationText(bounds.min);
    const QString max = durationText(bounds.max);
    return min == max ? actual : QStringLiteral("%1 (%2 to %3)").arg(actual, min, max);
}

QString reasonText(const Attempt &attempt)
{
    QString text = plainReason(attempt);
    const bool changed = attempt.wait && !(attempt.asked->actual == attempt.wait->actual);
    if (changed)
        text += QStringLiteral("; the timer takes %1 as %2")
                    .arg(durationText(attempt.asked->actual), durationText(attempt.wait->actual));
    return text;
}

QString verdictText(Verdict verdict, Reason reason)
{
    switch (verdict) {
    case Verdict::Succeeded:
        return QStringLiteral("succeeded: the caller gets the answer");
    case Verdict::ReturnedError:
        return QStringLiteral("returned an error: the caller gets the error response");
    case Verdict::GaveUp:
        if (reason == Reason::WaitsThenGivesUp)
            return QStringLiteral("gave up: the caller gets a generic error, the response is lost");
        if (reason == Reason::NoAttemptAllowed)
            return QStringLiteral("gave up: nothing was sent");
        return QStringLiteral("gave up: the caller gets an exception");
    case Verdict::Deadline:
        return QStringLiteral("deadline: the time for the whole run was over");
    case Verdict::Cancelled:
        return QStringLiteral("cancelled");
    }
    return {};
}

QString quirkText(Quirk quirk)
{
    switch (quirk) {
    case Quirk::UselessLastWait:
        return QStringLiteral("waits after the last attempt although nothing is sent any more; then status, body and "
                              "request id of the response are lost");
    case Quirk::ErrorLooksReturned:
        return QStringLiteral(
            "the last error response is returned like a result: the caller has to look at it to notice");
    case Quirk::TimerChangesWait:
        return QStringLiteral("the wait that was computed is none the timer can take; it uses another one");
    case Quirk::RetryAfterIgnored:
        return QStringLiteral("the server says how long to wait (Retry-After), and this client does not look");
    case Quirk::RetryAfterNotUnderstood:
        return QStringLiteral("this client looks at the header, and takes what stands there for nothing");
    case Quirk::ComesBackEarly:
        return QStringLiteral("it comes back earlier than the server asks for");
    case Quirk::FlagIgnored:
        return QStringLiteral("the server says that a retry will not help, and this client does not look");
    case Quirk::SuccessRepeated:
        return QStringLiteral("the server has done what it was asked for, and is asked again");
    case Quirk::ReturnsInOneSpike:
        return QStringLiteral("this wait has no jitter: clients that were told the same come back together");
    case Quirk::RetriesAtOnce:
        return QStringLiteral("it retries at once: the server gets no time to recover");
    case Quirk::UnboundedWait:
        return QStringLiteral("nothing limits this wait: there is neither a cap nor a deadline");
    case Quirk::JitterExceedsCap:
        return QStringLiteral("jitter comes after the cap: the wait may be longer than the cap");
    case Quirk::DeadlineBeforeFirstRetry:
        return QStringLiteral("the deadline comes before the first retry: this policy never retries here");
    case Quirk::StatusNotDocumented:
        return QStringLiteral("the API does not name this status as one to retry");
    case Quirk::BeyondDocumentedAttempts:
        return QStringLiteral("these are more attempts than the API documents");
    case Quirk::NeverEnds:
        return QStringLiteral("nothing in this policy ends it: the run was cut off here");
    case Quirk::NotIdempotentRepeated:
        return QStringLiteral(
            "the method is not idempotent: without an idempotency key a repeated request may be carried "
            "out twice (RFC 9110 section 9.2.2)");
    case Quirk::NothingSent:
        return QStringLiteral("not one request is sent");
    }
    return {};
}

} // namespace errata
