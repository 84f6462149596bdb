#include "models/retry/headerbench.h"

#include "models/http/retryafter.h"
#include "models/retry/prepared.h"
#include "models/retry/retryrun.h"
#include "models/retry/waitheader.h"

#include <algorithm>

namespace errata {

namespace {

bool isLookedAt(const RetryPolicy &policy, const Outcome &outcome)
{
    if (!policy.retryAfter)
        return false;
    const RetryAfterRule &rule = *policy.retryAfter;
    const bool byStatus = rule.statuses.contains(outcome.status) || rule.neededOn.contains(outcome.status) ||
                          rule.retriedWith.contains(outcome.status);
    return byStatus && std::any_of(rule.headers.begin(), rule.headers.end(), [&outcome](const WaitHeader &header) {
               return outcome.headers.contains(header.name);
           });
}

HeaderReading::Read kindOf(const RetryPolicy &policy, const Outcome &outcome, const PreparedOutcome &prepared)
{
    switch (prepared.askedKind) {
    case PreparedOutcome::Asked::Delay:
        return HeaderReading::Read::Delay;
    case PreparedOutcome::Asked::Until:
        return HeaderReading::Read::Date;
    case PreparedOutcome::Asked::Nothing:
        break;
    }
    return isLookedAt(policy, outcome) ? HeaderReading::Read::Unreadable : HeaderReading::Read::NotLookedAt;
}

StandardReading rfcReading(const QByteArray &value, const QDateTime &now)
{
    const RetryAfter read = parseRetryAfter(value, now);
    StandardReading reading{StandardReading::Source::Rfc9110, {}, read.date, read.problem};
    if (read.form != RetryAfter::Form::Invalid)
        reading.delay = Millis(static_cast<double>(read.delayMs));
    return reading;
}

} // namespace

HeaderReading readingOf(const RetryPolicy &policy, const Outcome &outcome, const QDateTime &now)
{
    const PreparedOutcome prepared = prepare(policy, usualRequest(policy), outcome, now);
    HeaderReading reading;
    reading.read = kindOf(policy, outcome, prepared);
    if (reading.read == HeaderReading::Read::Delay)
        reading.delay = prepared.asked;
    if (reading.read == HeaderReading::Read::Date)
        reading.date = now.addMSecs(static_cast<qint64>(prepared.asked));
    RandomSource middle = RandomSource::sequence({0.5});
    RetryRun run(policy, middle);
    const Decision first = run.start(Millis(0), now);
    if (first.action != Decision::Action::Send) {
        reading.reason = first.reason;
        return reading;
    }
    const Decision decision = run.next(outcome, outcome.latency);
    reading.reason = decision.reason;
    if (decision.action == Decision::Action::Wait)
        reading.wait = decision.wait;
    return reading;
}

StandardReading standardReading(const QByteArray &name, const QByteArray &value, const QDateTime &now)
{
    using Source = StandardReading::Source;
    const QByteArray lower = name.toLower();
    if (lower == "retry-after")
        return rfcReading(value, now);
    WaitHeader header;
    header.name = name;
    header.date = DateForm::None;
    Source source = Source::Unknown;
    if (lower == "ratelimit") {
        source = Source::RateLimit;
        header.number = NumberForm::RateLimit;
    } else if (lower.endsWith("-ms")) {
        source = Source::Usage;
        header.number = NumberForm::Float;
        header.unit = Millis(1);
    } else if (lower.endsWith("-reset") || lower.endsWith("-after")) {
        source = Source::Usage;
        header.number = NumberForm::Float;
    }
    StandardReading reading{source, {}, {}, {}};
    if (source == Source::Unknown)
        return reading;
    if (const auto read = readWaitHeader(header, value, now))
        reading.delay = Millis(read->delay);
    else
        reading.problem = source == Source::RateLimit ? QStringLiteral("no item with a parameter t, a whole number")
                                                      : QStringLiteral("not a number");
    return reading;
}

QByteArrayList waitHeaderNames(const std::vector<RetryPolicy> &policies)
{
    QByteArrayList names{"Retry-After"};
    for (const RetryPolicy &policy : policies) {
        if (!policy.retryAfter)
            continue;
        for (const WaitHeader &header : policy.retryAfter->headers) {
            const bool isKnown = std::any_of(names.cbegin(), names.cend(), [&header](const QByteArray &name) {
                return name.compare(header.name, Qt::CaseInsensitive) == 0;
            });
            if (!isKnown)
                names << header.name;
        }
    }
    return names;
}

} // namespace errata
