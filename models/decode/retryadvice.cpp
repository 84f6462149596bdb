#include "models/decode/retryadvice.h"

#include "models/http/ratelimit.h"
#include "models/http/retryafter.h"
#include "models/http/statuscodes.h"

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

QString seconds(qint64 ms)
{
    return ms % 1000 == 0 ? QStringLiteral("%1 s").arg(ms / 1000) : QStringLiteral("%1 s").arg(double(ms) / 1000.0);
}

bool isAbout(RetryVerdict verdict, std::initializer_list<RetryVerdict> list)
{
    return std::find(list.begin(), list.end(), verdict) != list.end();
}

/// The reply's Date where it has one: the server's own clock, so that skew cannot lengthen a wait.
QDateTime reference(const RetryInput &input)
{
    const QDateTime now = input.now.isValid() ? input.now : QDateTime::currentDateTimeUtc();
    if (const auto date = input.reply->exchange->headers.value("Date")) {
        if (const auto parsed = parseHttpDate(*date, now))
            return *parsed;
    }
    return now;
}

QString withNote(const QString &sentence, const QString &note)
{
    return note.isEmpty() ? sentence : sentence + QLatin1Char(' ') + note;
}

std::optional<RetryAdvice> byForbiddingFlag(const RetryInput &input)
{
    if (input.flag.boolean() != false)
        return std::nullopt;
    RetryAdvice advice;
    advice.source = RetrySource::BodyFlag;
    const QString said = QStringLiteral("The reply says %1: false.").arg(input.flag.key());
    const bool fixable = input.entry && input.entry->retry.verdict == RetryVerdict::AfterFix;
    advice.verdict = fixable ? RetryVerdict::AfterFix : RetryVerdict::No;
    advice.reason = fixable ? withNote(said + QStringLiteral(" Not the same request; a changed one may pass."),
                                       input.entry->retry.note)
                            : said;
    return advice;
}

std::optional<RetryAdvice> byRetryAfter(const RetryInput &input)
{
    const auto value = input.reply->exchange->headers.value("Retry-After");
    if (!value)
        return std::nullopt;
    const RetryAfter parsed = parseRetryAfter(*value, reference(input));
    if (parsed.form == RetryAfter::Form::Invalid)
        return std::nullopt;
    RetryAdvice advice;
    advice.verdict = RetryVerdict::AfterWait;
    advice.afterMs = parsed.delayMs;
    advice.source = RetrySource::RetryAfterHeader;
    advice.reason = parsed.form == RetryAfter::Form::DelaySeconds
                        ? QStringLiteral("Retry-After says to wait %1.").arg(seconds(parsed.delayMs))
                        : QStringLiteral("Retry-After names %1, which is %2 after the reply.")
                              .arg(parsed.date.toString(Qt::ISODate), seconds(parsed.delayMs));
    return advice;
}

/// A wait the body names, in milliseconds, and the name it has there.
struct BodyDelay
{
    QString name;
    qint64 ms = 0;
};

/// google.rpc.RetryInfo among the details of a google.rpc.Status: retryDelay is a duration such as "3.5s".
std::optional<BodyDelay> retryInfo(const Reply &reply)
{
    const JsonValue details = reply.first({QStringLiteral("/error/details"), QStringLiteral("/details")});
    for (const JsonValue &detail : details.children()) {
        if (!detail["@type"].string().endsWith(QLatin1String("google.rpc.RetryInfo")))
            continue;
        if (const auto delay = parseDuration(detail["retryDelay"].string().toUtf8()))
            return BodyDelay{QStringLiteral("RetryInfo"), *delay};
    }
    return std::nullopt;
}

std::optional<BodyDelay> bodyDelay(const Reply &reply)
{
    if (auto delay = retryInfo(reply))
        return delay;
    constexpr double longestMs = 100.0 * 365 * 86'400'000;
    constexpr std::pair<const char *, double> fields[] = {{"/retry_after_ms", 1},
                                                          {"/error/retry_after_ms", 1},
                                                          {"/retryAfterMs", 1},
                                                          {"/error/retryAfterMs", 1},
                                                          {"/retry_after", 1000},
                                                          {"/error/retry_after", 1000},
                                                          {"/retryAfter", 1000},
                                                          {"/error/retryAfter", 1000},
                                                          {"/parameters/retry_after", 1000},
                                                          {"/retry_after_seconds", 1000},
                                                          {"/error/retry_after_seconds", 1000},
                                                          {"@/extensions/retryAfter", 1000}};
    for (const auto &[pointer, unit] : fields) {
        const auto number = reply.at(QString::fromLatin1(pointer)).number();
        if (number && *number >= 0)
            return BodyDelay{QString::fromLatin1(pointer).section(QLatin1Char('/'), -1),
                             static_cast<qint64>(std::ceil(std::min(*number * unit, longestMs)))};
    }
    return std::nullopt;
}

std::optional<RetryAdvice> byBodyDelay(const RetryInput &input)
{
    const auto delay = bodyDelay(*input.reply);
    if (!delay)
        return std::nullopt;
    RetryAdvice advice;
    advice.verdict = RetryVerdict::AfterWait;
    advice.afterMs = delay->ms;
    advice.source = RetrySource::BodyDelay;
    advice.reason = QStringLiteral("%1 in the body says to wait %2.").arg(delay->name, seconds(delay->ms));
    return advice;
}

/// Only where the allowance is used up: the fields come with every reply of such an API.
std::optional<RetryAdvice> byRateLimit(const RetryInput &input)
{
    const Exchange &exchange = *input.reply->exchange;
    const auto limit = rateLimitOf(exchange.headers, reference(input));
    const bool exact = limit && limit->field.toLower().endsWith("retry-after-ms");
    if (!limit || !limit->resetMs || (exchange.status != 429 && limit->remaining != 0 && !exact))
        return std::nullopt;
    RetryAdvice advice;
    advice.verdict = RetryVerdict::AfterWait;
    advice.afterMs = limit->resetMs;
    advice.source = RetrySource::RateLimitHeader;
    advice.reason =
        QStringLiteral("%1: %2 says to wait %3.")
            .arg(QString::fromUtf8(limit->field), QString::fromUtf8(limit->value), seconds(*limit->resetMs));
    return advice;
}

std::optional<RetryAdvice> byAllowingFlag(const RetryInput &input)
{
    if (input.flag.boolean() != true)
        return std::nullopt;
    RetryAdvice advice;
    advice.source = RetrySource::BodyFlag;
    const bool wait = input.entry && input.entry->retry.verdict == RetryVerdict::AfterWait;
    advice.verdict = wait ? RetryVerdict::AfterWait : RetryVerdict::Yes;
    if (wait)
        advice.afterMs = input.entry->retry.waitMs;
    advice.reason =
        QStringLiteral("The reply says %1: true. Wait longer after each try, with jitter.").arg(input.flag.key());
    return advice;
}

RetryAdvice ofFact(const RetryFact &fact, RetrySource source, const QString &who)
{
    RetryAdvice advice;
    advice.verdict = fact.verdict;
    advice.source = source;
    advice.reason = withNote(who, fact.note);
    if (fact.verdict == RetryVerdict::AfterWait)
        advice.afterMs = fact.waitMs;
    return advice;
}

QString whoSays(Provenance provenance, const QString &subject)
{
    switch (provenance) {
    case Provenance::Stated:
    case Provenance::Companion:
        return QStringLiteral("%1: documented.").arg(subject);
    case Provenance::Derived:
        return QStringLiteral("%1: follows from a documented rule.").arg(subject);
    case Provenance::Inferred:
        break;
    }
    return QStringLiteral("%1: inferred, not documented.").arg(subject);
}

std::optional<RetryAdvice> byCategory(const RetryInput &input)
{
    const Category *category = input.catalog ? input.catalog->category(input.category) : nullptr;
    if (!category || category->retry == RetryVerdict::Unstated)
        return std::nullopt;
    RetryAdvice advice;
    advice.verdict = category->retry;
    advice.source = RetrySource::StatusRule;
    advice.reason = QStringLiteral("Category %1: %2").arg(category->id, category->meaning.value);
    return advice;
}

std::optional<RetryAdvice> byStatusRule(const RetryInput &input)
{
    const auto status = input.reply->exchange->status;
    const StatusRule *rule = status && input.catalog ? input.catalog->statusRule(*status) : nullptr;
    if (!rule || rule->retry.verdict == RetryVerdict::Unstated)
        return std::nullopt;
    return ofFact(rule->retry, RetrySource::StatusRule,
                  whoSays(rule->retry.provenance,
                          QStringLiteral("%1's rule for status %2").arg(input.catalog->name).arg(*status)));
}

std::optional<RetryAdvice> byStatus(const RetryInput &input)
{
    const auto status = input.reply->exchange->status;
    const StatusInfo *info = status ? statusInfo(*status) : nullptr;
    if (!info || info->retry == StatusRetry::NoError)
        return std::nullopt;
    RetryAdvice advice;
    advice.source = RetrySource::StatusCode;
    const QString base = QStringLiteral("By the status alone (%1): %2").arg(info->source, info->meaning);
    switch (info->retry) {
    case StatusRetry::ChangeFirst:
        advice.verdict = RetryVerdict::AfterFix;
        break;
    case StatusRetry::Later:
        advice.verdict = RetryVerdict::AfterWait;
        break;
    default:
        advice.verdict = RetryVerdict::Yes;
        break;
    }
    advice.reason = base;
    return advice;
}

/// A repeat of an unsafe request may act twice (RFC 9110 section 9.2.2).
QString idempotencyWarning(const RetryInput &input, RetryVerdict verdict)
{
    const auto &request = input.reply->exchange->request;
    if (!request || !isAbout(verdict, {RetryVerdict::Yes, RetryVerdict::AfterWait}))
        return {};
    if (request->method != "POST" && request->method != "PATCH")
        return {};
    if (request->headers.contains("Idempotency-Key"))
        return QStringLiteral(" The request carries an Idempotency-Key: repeat it with the same one.");
    return QStringLiteral(" %1 is not idempotent and carries no Idempotency-Key: a repeat may act twice.")
        .arg(QString::fromLatin1(request->method));
}

RetryAdvice decide(const RetryInput &input)
{
    if (auto advice = byForbiddingFlag(input))
        return *advice;
    if (auto advice = byRetryAfter(input))
        return *advice;
    if (auto advice = byBodyDelay(input))
        return *advice;
    if (auto advice = byRateLimit(input))
        return *advice;
    if (auto advice = byAllowingFlag(input))
        return *advice;
    if (input.entry && input.entry->retry.verdict != RetryVerdict::Unstated)
        return ofFact(input.entry->retry, RetrySource::Entry,
                      whoSays(input.entry->retry.provenance, input.entry->code));
    if (auto advice = byCategory(input))
        return *advice;
    if (auto advice = byStatusRule(input))
        return *advice;
    if (!input.entry) {
        if (auto advice = byStatus(input))
            return *advice;
    }
    RetryAdvice advice;
    advice.reason = withNote(QStringLiteral("Nothing in the reply or the documents says whether to retry."),
                             input.entry ? input.entry->retry.note : QString());
    return advice;
}

} // namespace

RetryAdvice retryAdvice(const RetryInput &input)
{
    RetryAdvice advice = decide(input);
    advice.reason += idempotencyWarning(input, advice.verdict);
    return advice;
}

} // namespace errata
