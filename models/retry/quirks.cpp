#include "models/retry/quirks.h"

#include <algorithm>
#include <array>

namespace errata {

namespace {

bool waitsBlindly(const Attempt &attempt)
{
    return attempt.reason == Reason::RetryAfterObeyed || attempt.reason == Reason::RetryAfterCapped ||
           attempt.reason == Reason::RetryAfterAbsent;
}

/// Whether the row shows the quirk; those of the run as a whole are not asked here.
bool shows(Quirk quirk, const RetryPolicy &policy, const QByteArray &method, const Attempt &attempt)
{
    const bool retried = attempt.action == Attempt::Action::Retry;
    switch (quirk) {
    case Quirk::UselessLastWait:
        return attempt.reason == Reason::WaitsThenGivesUp;
    case Quirk::ErrorLooksReturned:
        return attempt.reason == Reason::AttemptsUsedUp && attempt.verdict == Verdict::ReturnedError;
    case Quirk::TimerChangesWait:
        return attempt.wait && !(attempt.asked->actual == attempt.wait->actual);
    case Quirk::RetryAfterIgnored:
        return attempt.reason == Reason::StatusRetried && attempt.outcome.headers.contains("Retry-After");
    case Quirk::SuccessRepeated:
        return retried && attempt.outcome.kind == Outcome::Kind::Response && attempt.outcome.status / 100 == 2;
    case Quirk::ReturnsInOneSpike:
        return retried && waitsBlindly(attempt);
    case Quirk::JitterExceedsCap:
        return attempt.wait && !waitsBlindly(attempt) && policy.backoff.cap && attempt.asked->max > *policy.backoff.cap;
    case Quirk::NotIdempotentRepeated:
        return retried && attempt.wasSent() && !isIdempotent(method);
    case Quirk::NothingSent:
        break;
    }
    return false;
}

} // namespace

std::vector<QuirkHit> quirksOf(const RetryPolicy &policy, const QByteArray &method, const Schedule &schedule)
{
    constexpr std::array ofRows{Quirk::UselessLastWait,   Quirk::ErrorLooksReturned,   Quirk::TimerChangesWait,
                                Quirk::RetryAfterIgnored, Quirk::SuccessRepeated,      Quirk::ReturnsInOneSpike,
                                Quirk::JitterExceedsCap,  Quirk::NotIdempotentRepeated};
    std::vector<QuirkHit> hits;
    for (const Quirk quirk : ofRows) {
        QuirkHit hit{quirk, {}};
        for (const Attempt &attempt : schedule.attempts) {
            if (shows(quirk, policy, method, attempt))
                hit.attempts.push_back(attempt.n);
        }
        if (!hit.attempts.empty())
            hits.push_back(std::move(hit));
    }
    if (schedule.sends == 0)
        hits.push_back({Quirk::NothingSent, {}});
    return hits;
}

QString quirkId(Quirk quirk)
{
    switch (quirk) {
    case Quirk::UselessLastWait:
        return QStringLiteral("useless-last-wait");
    case Quirk::ErrorLooksReturned:
        return QStringLiteral("error-returned");
    case Quirk::TimerChangesWait:
        return QStringLiteral("timer-changes-wait");
    case Quirk::RetryAfterIgnored:
        return QStringLiteral("retry-after-ignored");
    case Quirk::SuccessRepeated:
        return QStringLiteral("success-repeated");
    case Quirk::ReturnsInOneSpike:
        return QStringLiteral("returns-in-one-spike");
    case Quirk::JitterExceedsCap:
        return QStringLiteral("jitter-exceeds-cap");
    case Quirk::NotIdempotentRepeated:
        return QStringLiteral("not-idempotent-repeated");
    case Quirk::NothingSent:
        return QStringLiteral("nothing-sent");
    }
    return {};
}

bool isIdempotent(const QByteArray &method)
{
    constexpr std::array methods{"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};
    return std::any_of(methods.begin(), methods.end(), [&](const char *name) { return method == name; });
}

} // namespace errata
