// Vectors of tests/data/retry.
#pragma once

#include "models/json/jsondocument.h"
#include "models/retry/outcomescript.h"
#include "models/retry/retrypolicy.h"

#include <QDateTime>
#include <QFile>

#include <algorithm>
#include <cmath>

namespace errata {

inline JsonValue retryData(const char *name)
{
    QFile file(QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/retry/") + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto document = JsonDocument::parse(file.readAll());
    return document ? document->root() : JsonValue();
}

/// An empty policy for an unknown id.
inline RetryPolicy shippedPolicy(const QString &id)
{
    static const std::vector<RetryPolicy> policies = shippedPolicies();
    const auto found =
        std::find_if(policies.begin(), policies.end(), [&id](const RetryPolicy &policy) { return policy.id == id; });
    return found == policies.end() ? RetryPolicy() : *found;
}

inline RetryPolicy intended()
{
    return shippedPolicy(QStringLiteral("intended"));
}

/// Retries statuses from 500 on; times in ms.
inline RetryPolicy exponentialPolicy(double base, double cap, Jitter jitter, double ratio, int retries)
{
    RetryPolicy policy;
    policy.maxAttempts = retries + 1;
    policy.statuses = {{{500, 599}}};
    policy.backoff.shape = BackoffShape::Exponential;
    policy.backoff.base = Millis(base);
    policy.backoff.cap = Millis(cap);
    policy.backoff.jitter = jitter;
    policy.backoff.ratio = ratio;
    return policy;
}

inline OutcomeScript scriptOf(QStringView text)
{
    return parseOutcomeScript(text).value();
}

inline QDateTime utcTime(const QString &text)
{
    return QDateTime::fromString(text, Qt::ISODate).toUTC();
}

/// Equal to 1e-9 of the value.
inline bool isNear(double actual, double expected)
{
    return actual == expected || std::abs(actual - expected) <= 1e-9 * std::abs(expected);
}

} // namespace errata
