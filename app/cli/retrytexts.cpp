#include "app/cli/retrytexts.h"

#include "models/retry/outcomescript.h"

#include <array>
#include <cmath>

namespace errata {

namespace {

QString shortest(double value, int decimals)
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
    return QStringLiteral("%1 s").arg(shortest(seconds, 3));
}

QString shapeText(const Backoff &backoff)
{
    const QString base = durationText(backoff.base);
    if (backoff.jitter == Jitter::Decorrelated)
        return QStringLiteral("%1 to three times the wait before").arg(base);
    switch (backoff.shape) {
    case BackoffShape::Constant:
        return base;
    case BackoffShape::Linear:
        return QStringLiteral("%1 more each time").arg(base);
    case BackoffShape::Exponential:
        return QStringLiteral("%1, times %2 each time").arg(base, shortest(backoff.factor, 3));
    case BackoffShape::Fibonacci:
        return QStringLiteral("%1 times 1, 1, 2, 3, 5 ...").arg(base);
    case BackoffShape::Table:
        break;
    }
    QStringList waits;
    for (const Millis wait : backoff.table)
        waits += durationText(wait);
    return waits.join(QStringLiteral(", ")) + QStringLiteral(", the last one repeated");
}

QString jitterText(const Backoff &backoff)
{
    const QString percent = shortest(backoff.ratio * 100, 3);
    switch (backoff.jitter) {
    case Jitter::None:
        return QStringLiteral("none");
    case Jitter::Full:
        return QStringLiteral("full: anything from 0 to the wait");
    case Jitter::Equal:
        return QStringLiteral("equal: half the wait, and up to half more");
    case Jitter::Additive:
        return QStringLiteral("up to %1 % more").arg(percent);
    case Jitter::Symmetric:
        return QStringLiteral("up to %1 % more or less").arg(percent);
    case Jitter::Decorrelated:
        return QStringLiteral("decorrelated");
    }
    return {};
}

QString backoffText(const Backoff &backoff)
{
    QString text = shapeText(backoff);
    if (backoff.cap)
        text += QStringLiteral("; at most %1%2")
                    .arg(durationText(*backoff.cap), backoff.capAfterJitter || backoff.jitter == Jitter::None ||
                                                             backoff.jitter == Jitter::Decorrelated
                                                         ? QString()
                                                         : QStringLiteral(" before jitter"));
    return text;
}

QString retriedText(const RetryPolicy &policy)
{
    QStringList parts;
    if (!policy.statuses.ranges.empty())
        parts += QStringLiteral("status ") + policy.statuses.text();
    if (policy.networkFailures)
        parts += QStringLiteral("no answer");
    if (policy.unreadableBody)
        parts += QStringLiteral("an answer that cannot be parsed");
    if (policy.notSent)
        parts += QStringLiteral("a request that cannot be made");
    return parts.isEmpty() ? QStringLiteral("nothing") : parts.join(QStringLiteral("; "));
}

QString retryAfterText(const std::optional<RetryAfterRule> &rule)
{
    if (!rule)
        return QStringLiteral("ignored");
    QString text = QStringLiteral("on %1").arg(rule->statuses.text());
    switch (rule->reading) {
    case RetryAfterReading::Rfc:
        text += QStringLiteral(", seconds or an HTTP date");
        break;
    case RetryAfterReading::Integer:
        text += QStringLiteral(", whole seconds only");
        break;
    case RetryAfterReading::JsNumber:
        text += QStringLiteral(", seconds through JavaScript's Number()");
        break;
    }
    text += rule->whenAbsent ? QStringLiteral("; without it %1").arg(durationText(*rule->whenAbsent))
                             : QStringLiteral("; without it the backoff");
    if (rule->cap)
        text += QStringLiteral("; at most %1").arg(durationText(*rule->cap));
    return text;
}

QString timerText(TimerKind timer)
{
    switch (timer) {
    case TimerKind::Exact:
        return QStringLiteral("takes any wait");
    case TimerKind::Node:
        return QStringLiteral("Node.js: outside 1 to 2147483647 ms it is 1 ms");
    case TimerKind::Browser:
        return QStringLiteral("browser: a signed 32-bit number of ms, negative is 0");
    }
    return {};
}

QString attemptsText(double attempts)
{
    return std::isinf(attempts) ? QStringLiteral("no limit") : shortest(attempts, 3);
}

QString failureText(const Outcome &outcome)
{
    return outcome.kind == Outcome::Kind::NotSent
               ? QStringLiteral("the request cannot be made")
               : QStringLiteral("no answer (%1)").arg(outcomeText(outcome).section(u'@', 0, 0));
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
    case Reason::FailureRetried:
    case Reason::NotSentRetried:
        return failureText(outcome) + QStringLiteral(": tried again after the backoff");
    case Reason::UnreadableBodyRetried:
        return QStringLiteral("the body of the %1 cannot be parsed: counts as no answer").arg(status);
    case Reason::RetryAfterObeyed:
        return QStringLiteral("Retry-After '%1' is read as %2")
            .arg(QString::fromUtf8(outcome.headers.joined("Retry-After").value_or(QByteArray())),
                 durationText(attempt.asked->actual));
    case Reason::RetryAfterCapped:
        return QStringLiteral("Retry-After asks for more than the policy accepts");
    case Reason::RetryAfterAbsent:
        return QStringLiteral("status %1 without a Retry-After it can read: its default").arg(status);
    case Reason::Success:
        return QStringLiteral("answered");
    case Reason::StatusNotRetried:
        return QStringLiteral("status %1 is not retried").arg(status);
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

QString durationText(Millis duration)
{
    const double ms = duration.count();
    if (std::isnan(ms))
        return QStringLiteral("NaN");
    if (std::isinf(ms))
        return ms < 0 ? QStringLiteral("-infinity") : QStringLiteral("infinity");
    if (std::abs(ms) < 1000)
        return QStringLiteral("%1 ms").arg(shortest(ms, ms == std::floor(ms) ? 0 : 1));
    if (std::abs(ms) < 60'000)
        return QStringLiteral("%1 s").arg(shortest(ms / 1000, 3));
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
    case Quirk::SuccessRepeated:
        return QStringLiteral("the server has done what it was asked for, and is asked again");
    case Quirk::ReturnsInOneSpike:
        return QStringLiteral("this wait has no jitter: clients that were told the same come back together");
    case Quirk::JitterExceedsCap:
        return QStringLiteral("jitter comes after the cap: the wait may be longer than the cap");
    case Quirk::NotIdempotentRepeated:
        return QStringLiteral(
            "the method is not idempotent: without an idempotency key a repeated request may be carried "
            "out twice (RFC 9110 section 9.2.2)");
    case Quirk::NothingSent:
        return QStringLiteral("not one request is sent");
    }
    return {};
}

std::vector<std::pair<QString, QString>> policyText(const RetryPolicy &policy)
{
    std::vector<std::pair<QString, QString>> lines{
        {QStringLiteral("version"), policy.version},
        {QStringLiteral("source"),
         policy.sourceUrl.isEmpty() ? policy.source : policy.source + u' ' + policy.sourceUrl},
    };
    if (!policy.method.isEmpty())
        lines.emplace_back(QStringLiteral("method"), QString::fromLatin1(policy.method));
    lines.emplace_back(QStringLiteral("attempts"), attemptsText(policy.maxAttempts));
    lines.emplace_back(QStringLiteral("retried"), retriedText(policy));
    lines.emplace_back(QStringLiteral("backoff"), backoffText(policy.backoff));
    lines.emplace_back(QStringLiteral("jitter"), jitterText(policy.backoff));
    lines.emplace_back(QStringLiteral("Retry-After"), retryAfterText(policy.retryAfter));
    lines.emplace_back(QStringLiteral("last error"),
                       policy.returnsLastResponse ? QStringLiteral("returned") : QStringLiteral("thrown"));
    lines.emplace_back(QStringLiteral("deadline"),
                       policy.deadline ? durationText(*policy.deadline) : QStringLiteral("none"));
    lines.emplace_back(QStringLiteral("per attempt"),
                       policy.attemptTimeout ? durationText(*policy.attemptTimeout) : QStringLiteral("no time-out"));
    lines.emplace_back(QStringLiteral("timer"), timerText(policy.timer));
    return lines;
}

} // namespace errata
