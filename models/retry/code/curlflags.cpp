#include "models/retry/code/languages.h"

#include <cmath>

namespace errata::code {

namespace {

/// Statuses that curl 7.88 takes for passing troubles.
bool isTransient(int status)
{
    return status == 408 || status == 429 || status == 500 || (status >= 502 && status <= 504) || status == 522 ||
           status == 524;
}

bool retriesEveryError(const RetryPolicy &policy)
{
    constexpr int lastKnown = 599;
    for (int status = 400; status <= lastKnown; ++status) {
        if (!policy.statuses.contains(status))
            return false;
    }
    return policy.failures == FailureSet::all();
}

bool retriesTransientOnly(const RetryPolicy &policy)
{
    for (int status = 100; status <= 999; ++status) {
        if (policy.statuses.contains(status) != isTransient(status))
            return false;
    }
    return true;
}

bool hasJitter(const Backoff &backoff)
{
    return backoff.jitter != Jitter::None || backoff.plus > Millis(0) || backoff.shape == BackoffShape::PollyV2;
}

/// --retry-delay is for all waits, in whole seconds, and 0 means curl's own.
bool isDelay(const Backoff &backoff)
{
    const double seconds = backoff.base.count() / 1000;
    return backoff.shape == BackoffShape::Constant && seconds >= 1 && seconds == std::floor(seconds);
}

/// What curl does by itself: 1 s, doubled, at most 10 minutes.
bool isCurlsOwn(const Backoff &backoff)
{
    return backoff.shape == BackoffShape::Exponential && backoff.base == Millis(1000) && backoff.factor == 2 &&
           backoff.cap == Millis(600'000);
}

QByteArray seconds(Millis time)
{
    return QByteArray::number(time.count() / 1000, 'f', 3);
}

double retriesOf(const RetryPolicy &policy)
{
    constexpr double most = 2147483647;
    return std::clamp(std::floor(policy.maxAttempts) - 1, 0.0, most);
}

} // namespace

QByteArray curlFlags(const RetryPolicy &policy)
{
    QByteArrayList flags{"curl", "--retry", QByteArray::number(static_cast<qint64>(retriesOf(policy)))};
    if (isDelay(policy.backoff))
        flags << "--retry-delay" << QByteArray::number(static_cast<qint64>(policy.backoff.base.count() / 1000));
    if (policy.deadline && policy.deadline->count() >= 1000)
        flags << "--retry-max-time" << QByteArray::number(static_cast<qint64>(policy.deadline->count() / 1000));
    if (policy.attemptTimeout)
        flags << "--max-time" << seconds(*policy.attemptTimeout);
    if (retriesEveryError(policy))
        flags << "--fail"
              << "--retry-all-errors";
    else if (policy.failures.contains(NetworkError::Refused))
        flags << "--retry-connrefused";
    return flags.join(' ') + " URL\n";
}

QStringList notInCurlFlags(const RetryPolicy &policy)
{
    QStringList notes;
    const Backoff &backoff = policy.backoff;
    if (!isDelay(backoff) && !isCurlsOwn(backoff))
        notes << QStringLiteral("Its waits: curl waits 1, 2, 4 ... s, at most 10 minutes.");
    else if (backoff.first || backoff.throttledBase)
        notes << QStringLiteral("Another wait at first or after throttling.");
    if (hasJitter(backoff))
        notes << QStringLiteral("Jitter: clients that failed together come back together.");
    if (!retriesEveryError(policy) && !retriesTransientOnly(policy))
        notes << QStringLiteral("Which statuses are retried: %1 by the policy; 408, 429, 500, 502 to 504, 522 and 524 "
                                "by curl.")
                     .arg(policy.statuses.isEmpty() ? QStringLiteral("none") : policy.statuses.text());
    if (!retriesEveryError(policy))
        notes << QStringLiteral("Which failures are retried: curl retries time-outs and names that do not resolve%1.")
                     .arg(policy.failures.contains(NetworkError::Refused) ? QStringLiteral(", and refused connections")
                                                                          : QString());
    notes << QStringLiteral(
        "What it makes of Retry-After: curl waits as long as it says, for every status it retries.");
    if (!policy.shouldRetryHeaders.isEmpty())
        notes << QStringLiteral("Headers that allow or forbid a retry.");
    if (policy.deadline && std::fmod(policy.deadline->count(), 1000) != 0)
        notes << QStringLiteral("A deadline in fractions of a second.");
    if (policy.deadline && policy.deadlineCutsAttempt)
        notes << QStringLiteral("A deadline that ends an attempt: curl looks at it between attempts.");
    if (std::isinf(policy.maxAttempts))
        notes << QStringLiteral("Retries without end.");
    if (policy.maxAttempts < 1)
        notes << QStringLiteral("That not one attempt is allowed.");
    if (!policy.returnsLastResponse)
        notes << QStringLiteral("The error after the last attempt: curl prints the last response.");
    return notes;
}

} // namespace errata::code
