// RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-10): structured field lists (RFC 9651) of
// strings with parameters.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace errata {

/// One service limit as RateLimit tells it.
struct RateLimitItem
{
    QByteArray policy;                   ///< its name
    qint64 remaining = 0;                ///< r: quota units left
    std::optional<qint64> resetAfter;    ///< t: seconds from now, not a date
    std::optional<QByteArray> partition; ///< pk, decoded
};

/// One quota policy as RateLimit-Policy tells it.
struct RateLimitPolicyItem
{
    QByteArray name;
    qint64 quota = 0;             ///< q
    QByteArray unit = "requests"; ///< qu
    std::optional<qint64> window; ///< w: seconds
    std::optional<QByteArray> partition;
};

/// Nothing for a malformed field: it must be ignored as a whole. Parameters the draft does not know are skipped.
[[nodiscard]] std::optional<std::vector<RateLimitItem>> parseRateLimit(QByteArrayView value);
[[nodiscard]] std::optional<std::vector<RateLimitPolicyItem>> parseRateLimitPolicy(QByteArrayView value);

} // namespace errata
