// Vectors of tests/data/retry.
#pragma once

#include "models/json/jsondocument.h"
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
