#include "app/cli/policytexts.h"

#include "app/cli/retrytexts.h"
#include "models/http/networkerrors.h"

#include <cmath>

namespace errata {

namespace {

QString joined(const QByteArrayList &texts)
{
    return QString::fromUtf8(texts.join(", "));
}

QString shapeText(const Backoff &backoff)
{
    const QString base = durationText(backoff.base);
    if (backoff.jitter == Jitter::Decorrelated)
        return backoff.decorrelatedLow == DecorrelatedLow::Base
                   ? QStringLiteral("%1 to three times the wait before").arg(base)
                   : QStringLiteral("the wait before to three times that, from %1 on").arg(base);
    switch (backoff.shape) {
    case BackoffShape::Constant:
        return base;
    case BackoffShape::Linear:
        return QStringLiteral("%1 more each time").arg(base);
    case BackoffShape::Exponential:
        return QStringLiteral("%1, times %2 each time%3")
            .arg(base, numberText(backoff.factor, 3),
                 backoff.truncatesGrowth ? QStringLiteral(", cut to whole milliseconds at each step") : QString());
    case BackoffShape::Fibonacci:
        return QStringLiteral("%1 times 1, 1, 2, 3, 5 ...").arg(base);
    case BackoffShape::Power:
        return QStringLiteral("%1 times 0, 1, 2, 3 ... to the power of %2").arg(base, numberText(backoff.factor, 3));
    case BackoffShape::PollyV2:
        return QStringLiteral("Polly's decorrelated jitter V2 over %1").arg(base);
    case BackoffShape::Table:
        break;
    }
    QStringList waits;
    for (const Millis wait : backoff.table)
        waits += durationText(wait);
    return waits.join(QStringLiteral(", ")) + QStringLiteral(", the last one repeated");
}

QString spreadText(const Backoff &backoff)
{
    const QString percent = numberText(backoff.ratio * 100, 3);
    switch (backoff.jitter) {
    case Jitter::None:
        return {};
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
    case Jitter::Range:
        return QStringLiteral("%1 to %2 % of the wait")
            .arg(numberText(std::min(backoff.from, backoff.to) * 100, 3),
                 numberText(std::max(backoff.from, backoff.to) * 100, 3));
    }
    return {};
}

QString jitterText(const Backoff &backoff)
{
    QStringList parts;
    if (backoff.shape == BackoffShape::PollyV2)
        parts += QStringLiteral("part of the formula");
    else if (const QString spread = spreadText(backoff); !spread.isEmpty())
        parts += spread;
    if (backoff.plus > Millis(0))
        parts += QStringLiteral("up to %1 more").arg(durationText(backoff.plus));
    if (backoff.grain > Millis(0))
        parts += QStringLiteral("in steps of %1, both ends included").arg(durationText(backoff.grain));
    if (backoff.steps > 0)
        parts += QStringLiteral("%1 equally likely values").arg(backoff.steps);
    return parts.isEmpty() ? QStringLiteral("none") : parts.join(QStringLiteral("; "));
}

QString backoffText(const Backoff &backoff)
{
    QStringList parts{shapeText(backoff)};
    const bool isBefore = !backoff.capAfterJitter && backoff.shape != BackoffShape::PollyV2 &&
                          backoff.jitter != Jitter::None && backoff.jitter != Jitter::Decorrelated;
    if (backoff.cap)
        parts += QStringLiteral("at most %1%2")
                     .arg(durationText(*backoff.cap), isBefore ? QStringLiteral(" before jitter") : QString());
    if (backoff.least > Millis(0))
        parts += QStringLiteral("at least %1 after jitter").arg(durationText(backoff.least));
    if (backoff.first)
        parts += QStringLiteral("%1 before the first retry").arg(durationText(*backoff.first));
    if (backoff.throttledBase)
        parts += QStringLiteral("%1 instead of %2 after throttling")
                     .arg(durationText(*backoff.throttledBase), durationText(backoff.base));
    if (backoff.rounding != Rounding::None)
        parts += backoff.rounding == Rounding::Down ? QStringLiteral("cut to whole milliseconds")
                                                    : QStringLiteral("rounded to whole milliseconds");
    return parts.join(QStringLiteral("; "));
}

QString failuresText(const FailureSet &set)
{
    if (set == FailureSet::all())
        return QStringLiteral("no answer");
    QStringList kinds;
    for (const NetworkError kind : networkErrors()) {
        if (set.contains(kind))
            kinds += networkErrorId(kind);
    }
    return QStringLiteral("no answer (%1)").arg(kinds.join(QStringLiteral(", ")));
}

QStringList setText(const StatusSet &statuses, const FailureSet &failures)
{
    QStringList parts;
    if (!statuses.isEmpty())
        parts += QStringLiteral("status ") + statuses.text();
    if (!failures.isEmpty())
        parts += failuresText(failures);
    return parts;
}

QString retriedText(const RetryPolicy &policy)
{
    QStringList parts = setText(policy.statuses, policy.failures);
    if (policy.retryAfter && !policy.retryAfter->retriedWith.isEmpty())
        parts += QStringLiteral("status %1 that says how long to wait").arg(policy.retryAfter->retriedWith.text());
    if (!policy.codes.isEmpty())
        parts += QStringLiteral("code ") + joined(policy.codes);
    if (policy.unreadableBody)
        parts += QStringLiteral("an answer that cannot be parsed");
    if (policy.notSent)
        parts += QStringLiteral("a request that cannot be made");
    return parts.isEmpty() ? QStringLiteral("nothing") : parts.join(QStringLiteral("; "));
}

QString methodsText(const RetryPolicy &policy)
{
    QString text = policy.methods.isEmpty() ? QStringLiteral("any") : joined(policy.methods);
    if (policy.keyAllowsMethod)
        text += QStringLiteral("; any with an Idempotency-Key");
    const QStringList any = setText(policy.anyMethodStatuses, policy.anyMethodFailures);
    if (!any.isEmpty())
        text += QStringLiteral("; any on ") + any.join(QStringLiteral(", "));
    return text;
}

QString numberFormText(NumberForm form)
{
    switch (form) {
    case NumberForm::None:
        return {};
    case NumberForm::Digits:
        return QStringLiteral("digits");
    case NumberForm::Integer:
        return QStringLiteral("a whole number");
    case NumberForm::Float:
        return QStringLiteral("a number with a fraction");
    case NumberForm::JsNumber:
        return QStringLiteral("what JavaScript's Number() takes");
    case NumberForm::LeadingDigits:
        return QStringLiteral("the digits at its beginning");
    case NumberForm::RateLimit:
        return QStringLiteral("the structured field's t");
    }
    return {};
}

QString dateFormText(DateForm form)
{
    switch (form) {
    case DateForm::None:
        return {};
    case DateForm::Rfc:
        return QStringLiteral("an HTTP date");
    case DateForm::ImfFixdate:
        return QStringLiteral("an HTTP date of today's form only");
    case DateForm::Email:
        return QStringLiteral("a date as in mail");
    case DateForm::Js:
        return QStringLiteral("what JavaScript's Date takes");
    }
    return {};
}

QString headerText(const WaitHeader &header)
{
    QStringList forms;
    if (header.number != NumberForm::None)
        forms += header.unit == Millis(1) ? numberFormText(header.number) + QStringLiteral(" of ms")
                                          : numberFormText(header.number);
    if (header.epochFrom)
        forms += QStringLiteral("seconds since 1970");
    if (header.date != DateForm::None)
        forms += dateFormText(header.date);
    return QStringLiteral("%1 (%2)").arg(QString::fromUtf8(header.name), forms.join(QStringLiteral(" or ")));
}

QString capText(const RetryAfterRule &rule)
{
    const QString cap = durationText(*rule.cap);
    switch (rule.beyondCap) {
    case RetryAfterRule::BeyondCap::Clamp:
        return QStringLiteral("at most %1").arg(cap);
    case RetryAfterRule::BeyondCap::GiveUp:
        return QStringLiteral("gives up above %1").arg(cap);
    case RetryAfterRule::BeyondCap::FallBack:
        return QStringLiteral("above %1 the backoff").arg(cap);
    }
    return {};
}

QString againstText(const RetryAfterRule &rule)
{
    switch (rule.against) {
    case RetryAfterRule::AgainstBackoff::Wins:
        return {};
    case RetryAfterRule::AgainstBackoff::Max:
        return rule.mostAboveBackoff ? QStringLiteral("the longer of it and the backoff, at most %1 above that")
                                           .arg(durationText(*rule.mostAboveBackoff))
                                     : QStringLiteral("the longer of it and the backoff");
    case RetryAfterRule::AgainstBackoff::MaxBeforeJitter:
        return QStringLiteral("the longer of it and the backoff, then jitter");
    case RetryAfterRule::AgainstBackoff::Added:
        return QStringLiteral("the backoff and it");
    }
    return {};
}

QString retryAfterText(const std::optional<RetryAfterRule> &rule)
{
    if (!rule)
        return QStringLiteral("ignored");
    QStringList names;
    if (rule->retryInfo)
        names += QStringLiteral("RetryInfo in the body");
    for (const WaitHeader &header : rule->headers)
        names += headerText(header);
    QStringList parts{QStringLiteral("on %1: %2").arg(rule->statuses.text(), names.join(QStringLiteral(", then ")))};
    if (!rule->neededOn.isEmpty())
        parts += QStringLiteral("needed on %1").arg(rule->neededOn.text());
    if (rule->unreadable == RetryAfterRule::Unreadable::GivesUp)
        parts += QStringLiteral("fails on what it cannot read");
    if (rule->zeroIsAbsent)
        parts += QStringLiteral("0 is as none");
    parts += rule->whenAbsent ? QStringLiteral("without it %1").arg(durationText(*rule->whenAbsent))
                              : QStringLiteral("without it the backoff");
    if (const QString against = againstText(*rule); !against.isEmpty())
        parts += against;
    if (rule->cap)
        parts += capText(*rule);
    if (rule->jitter > 0)
        parts += QStringLiteral("up to %1 % longer").arg(numberText(rule->jitter * 100, 3));
    return parts.join(QStringLiteral("; "));
}

QString hintsText(const RetryPolicy &policy)
{
    QStringList parts;
    if (!policy.shouldRetryHeaders.isEmpty())
        parts += joined(policy.shouldRetryHeaders);
    if (policy.bodyFlag)
        parts += QStringLiteral("the retry flag in the body");
    return parts.join(QStringLiteral(", "));
}

QString budgetText(const RetryBudget &budget)
{
    switch (budget.kind) {
    case RetryBudget::Kind::Tokens:
        return QStringLiteral("%1 tokens; a retry costs %2, after a time-out %3, after throttling %4")
            .arg(numberText(budget.capacity, 3), numberText(budget.cost, 3), numberText(budget.timeoutCost, 3),
                 numberText(budget.throttledCost, 3));
    case RetryBudget::Kind::Throttle:
        return QStringLiteral("%1 tokens; a failure costs 1, a success gives %2; retries while more than half is left")
            .arg(numberText(budget.capacity, 3), numberText(budget.ratio, 3));
    case RetryBudget::Kind::Ratio:
        return QStringLiteral("%1 % of the requests of the last %2, and %3 a second")
            .arg(numberText(budget.ratio * 100, 3), durationText(budget.window), numberText(budget.perSecond, 3));
    case RetryBudget::Kind::Concurrent:
        return QStringLiteral("%1 at a time, or %2 % of the requests under way")
            .arg(numberText(budget.least, 3), numberText(budget.ratio * 100, 3));
    }
    return {};
}

QString deadlineText(const RetryPolicy &policy)
{
    if (!policy.deadline)
        return QStringLiteral("none");
    QString text = durationText(*policy.deadline);
    if (policy.deadlineWait == DeadlineWait::Clamped)
        text += QStringLiteral("; a wait that would pass it is cut short");
    else if (policy.deadlineWait == DeadlineWait::Unchecked)
        text += QStringLiteral("; looked at between attempts only");
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

} // namespace

std::vector<std::pair<QString, QString>> policyText(const RetryPolicy &policy)
{
    std::vector<std::pair<QString, QString>> lines;
    const auto line = [&lines](const QString &label, const QString &text) {
        if (!text.isEmpty())
            lines.emplace_back(label, text);
    };
    line(QStringLiteral("version"), policy.version);
    line(QStringLiteral("source"), QStringLiteral("%1 %2").arg(policy.source, policy.sourceUrl).trimmed());
    line(QStringLiteral("method"), QString::fromUtf8(policy.method));
    line(QStringLiteral("attempts"),
         std::isinf(policy.maxAttempts) ? QStringLiteral("no limit") : numberText(policy.maxAttempts, 3));
    line(QStringLiteral("retried"), retriedText(policy));
    line(QStringLiteral("methods"), methodsText(policy));
    line(QStringLiteral("not retried"),
         policy.finalCodes.isEmpty() ? QString() : QStringLiteral("code ") + joined(policy.finalCodes));
    line(QStringLiteral("key"),
         policy.sendsIdempotencyKey ? QStringLiteral("sends an Idempotency-Key by itself") : QString());
    line(QStringLiteral("backoff"), backoffText(policy.backoff));
    line(QStringLiteral("jitter"), jitterText(policy.backoff));
    line(QStringLiteral("Retry-After"), retryAfterText(policy.retryAfter));
    line(QStringLiteral("hints"), hintsText(policy));
    line(QStringLiteral("budget"), policy.budget ? budgetText(*policy.budget) : QString());
    line(QStringLiteral("hedging"),
         policy.hedging
             ? QStringLiteral("another attempt every %1 without an answer").arg(durationText(policy.hedging->delay))
             : QString());
    line(QStringLiteral("last error"),
         policy.returnsLastResponse ? QStringLiteral("returned") : QStringLiteral("thrown"));
    line(QStringLiteral("deadline"), deadlineText(policy));
    line(QStringLiteral("per attempt"),
         policy.attemptTimeout ? durationText(*policy.attemptTimeout) : QStringLiteral("no time-out"));
    line(QStringLiteral("timer"), timerText(policy.timer));
    return lines;
}

} // namespace errata
