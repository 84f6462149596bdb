#include "models/retry/quirks.h"

#include <algorithm>
#include <array>

namespace errata {

namespace {

constexpr Millis veryLong{10 * 60'000.0};

struct Name
{
    Quirk quirk;
    const char *id;
};

/// In the order of the enum.
constexpr std::array names{
    Name{Quirk::UselessLastWait, "useless-last-wait"},
    Name{Quirk::ErrorLooksReturned, "error-returned"},
    Name{Quirk::TimerChangesWait, "timer-changes-wait"},
    Name{Quirk::RetryAfterIgnored, "retry-after-ignored"},
    Name{Quirk::RetryAfterNotUnderstood, "retry-after-not-understood"},
    Name{Quirk::ComesBackEarly, "comes-back-early"},
    Name{Quirk::FlagIgnored, "flag-ignored"},
    Name{Quirk::SuccessRepeated, "success-repeated"},
    Name{Quirk::ReturnsInOneSpike, "returns-in-one-spike"},
    Name{Quirk::RetriesAtOnce, "retries-at-once"},
    Name{Quirk::UnboundedWait, "unbounded-wait"},
    Name{Quirk::JitterExceedsCap, "jitter-exceeds-cap"},
    Name{Quirk::DeadlineBeforeFirstRetry, "deadline-before-first-retry"},
    Name{Quirk::NotIdempotentRepeated, "not-idempotent-repeated"},
    Name{Quirk::StatusNotDocumented, "status-not-documented"},
    Name{Quirk::BeyondDocumentedAttempts, "beyond-documented-attempts"},
    Name{Quirk::NeverEnds, "never-ends"},
    Name{Quirk::NothingSent, "nothing-sent"},
};
static_assert(names.size() == static_cast<std::size_t>(Quirk::NothingSent) + 1);
static_assert(std::is_sorted(names.begin(), names.end(),
                             [](const Name &a, const Name &b) { return a.quirk < b.quirk; }));

/// The server's word, not the backoff, made this wait.
bool waitsAsTold(const Attempt &attempt)
{
    return attempt.reason == Reason::RetryAfterObeyed || attempt.reason == Reason::RetryAfterCapped ||
           attempt.reason == Reason::RetryAfterAbsent;
}

bool waitsOfItsOwn(const Attempt &attempt)
{
    switch (attempt.reason) {
    case Reason::StatusRetried:
    case Reason::CodeRetried:
    case Reason::HintRetried:
    case Reason::FailureRetried:
    case Reason::UnreadableBodyRetried:
    case Reason::NotSentRetried:
        return true;
    default:
        return false;
    }
}

/// What it looks for on this status is among \a headers.
bool looksAtHeader(const RetryPolicy &policy, const Outcome &outcome)
{
    const auto &rule = policy.retryAfter;
    return rule && rule->statuses.contains(outcome.status) &&
           std::any_of(rule->headers.begin(), rule->headers.end(),
                       [&](const WaitHeader &header) { return outcome.headers.contains(header.name); });
}

bool forbids(const Outcome &outcome)
{
    for (const char *name : {"x-should-retry", "stripe-should-retry"}) {
        if (const auto value = outcome.headers.value(name); value && value->trimmed() == "false")
            return true;
    }
    return outcome.retryable == false;
}

bool returnsInOneSpike(const RetryPolicy &policy, const Attempt &attempt)
{
    if (waitsAsTold(attempt)) {
        const auto &rule = *policy.retryAfter;
        const bool isSpread = rule.jitter > 0 || rule.against == RetryAfterRule::AgainstBackoff::MaxBeforeJitter;
        return !isSpread;
    }
    return waitsOfItsOwn(attempt) && attempt.asked->min == attempt.asked->max;
}

bool isUnbounded(const RetryPolicy &policy, const Attempt &attempt)
{
    if (!attempt.wait || attempt.wait->actual < veryLong || policy.deadline)
        return false;
    return waitsAsTold(attempt) ? !policy.retryAfter->cap : !policy.backoff.cap;
}

bool exceedsCap(const RetryPolicy &policy, const Attempt &attempt)
{
    return waitsOfItsOwn(attempt) && attempt.asked && policy.backoff.cap && attempt.asked->max > *policy.backoff.cap &&
           attempt.asked->max > policy.backoff.least;
}

/// What is asked about each row.
struct View
{
    const RetryPolicy &policy;
    const QByteArray &method;
    const std::optional<DocumentedRetries> &documented;
};

bool repeatsUnsafely(const View &view, const Attempt &attempt)
{
    return attempt.wasSent() && !isIdempotent(view.method) && !view.policy.sendsIdempotencyKey;
}

/// Whether a row that is followed by another attempt shows the quirk.
bool showsRetried(Quirk quirk, const View &view, const Attempt &attempt)
{
    const RetryPolicy &policy = view.policy;
    const Outcome &outcome = attempt.outcome;
    switch (quirk) {
    case Quirk::RetryAfterIgnored:
        return waitsOfItsOwn(attempt) && outcome.headers.contains("Retry-After") && !looksAtHeader(policy, outcome);
    case Quirk::RetryAfterNotUnderstood:
        return waitsOfItsOwn(attempt) && looksAtHeader(policy, outcome);
    case Quirk::ComesBackEarly:
        return attempt.reason == Reason::RetryAfterCapped || attempt.reason == Reason::RetryAfterBeyondCap;
    case Quirk::FlagIgnored:
        return forbids(outcome);
    case Quirk::SuccessRepeated:
        return attempt.reason != Reason::Hedged && outcome.kind == Outcome::Kind::Response && outcome.status / 100 == 2;
    case Quirk::ReturnsInOneSpike:
        return attempt.asked && returnsInOneSpike(policy, attempt);
    case Quirk::RetriesAtOnce:
        return attempt.wait && attempt.wait->actual <= Millis(1);
    case Quirk::StatusNotDocumented:
        return view.documented && !view.documented->statuses.isEmpty() && outcome.kind == Outcome::Kind::Response &&
               !view.documented->statuses.contains(outcome.status);
    default:
        return false;
    }
}

/// Whether the row shows the quirk; those of the run as a whole are not asked here.
bool shows(Quirk quirk, const View &view, const Attempt &attempt)
{
    switch (quirk) {
    case Quirk::UselessLastWait:
        return attempt.reason == Reason::WaitsThenGivesUp;
    case Quirk::ErrorLooksReturned:
        return attempt.reason == Reason::AttemptsUsedUp && attempt.verdict == Verdict::ReturnedError;
    case Quirk::TimerChangesWait:
        return attempt.wait && attempt.reason != Reason::ClampedToDeadline &&
               !(attempt.asked->actual == attempt.wait->actual);
    case Quirk::UnboundedWait:
        return isUnbounded(view.policy, attempt);
    case Quirk::JitterExceedsCap:
        return exceedsCap(view.policy, attempt);
    case Quirk::NotIdempotentRepeated:
        return view.policy.hedging ? attempt.n > 1 && repeatsUnsafely(view, attempt)
                                   : attempt.action == Attempt::Action::Retry && repeatsUnsafely(view, attempt);
    case Quirk::DeadlineBeforeFirstRetry:
        return attempt.n == 1 && attempt.reason == Reason::DeadlineBeforeNextSend;
    case Quirk::BeyondDocumentedAttempts:
        return view.documented && attempt.n > view.documented->maxAttempts.value_or(attempt.n);
    case Quirk::NeverEnds:
        return attempt.reason == Reason::SimulationLimit;
    default:
        return attempt.action == Attempt::Action::Retry && showsRetried(quirk, view, attempt);
    }
}

} // namespace

std::vector<QuirkHit> quirksOf(const RetryPolicy &policy, const QByteArray &method, const Schedule &schedule,
                               const std::optional<DocumentedRetries> &documented)
{
    const View view{policy, method, documented};
    std::vector<QuirkHit> hits;
    for (const Name &name : names) {
        QuirkHit hit{name.quirk, {}};
        for (const Attempt &attempt : schedule.attempts) {
            if (shows(name.quirk, view, attempt))
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
    return QString::fromLatin1(names[static_cast<std::size_t>(quirk)].id);
}

bool isIdempotent(const QByteArray &method)
{
    constexpr std::array methods{"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};
    return std::any_of(methods.begin(), methods.end(), [&](const char *name) { return method == name; });
}

} // namespace errata
