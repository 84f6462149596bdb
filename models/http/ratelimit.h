// What header fields say about an allowance: RateLimit (IETF draft, both forms), RateLimit-*, X-RateLimit-* and their
// relatives, and retry-after-ms.
#pragma once

#include "models/http/headers.h"

#include <QDateTime>

#include <optional>

namespace errata {

struct RateLimit
{
    std::optional<qint64> remaining; ///< requests left
    std::optional<qint64> resetMs;   ///< until the allowance starts anew, from the reply on; never negative
    QByteArray field;                ///< the one that told when
    QByteArray value;
    Span where;
};

/// \a reference: the reply's Date where it has one, else the local clock; for fields that name a time.
///   RateLimit: "default";r=0;t=30      RateLimit: limit=100, remaining=0, reset=30
///   RateLimit-Reset: 30                X-RateLimit-Reset: 1700000000, or 30, or milliseconds, or a date
///   X-RateLimit-Reset-Requests: 6m0s   X-RateLimit-Reset-After: 0.5     Retry-After-Ms: 250
[[nodiscard]] std::optional<RateLimit> rateLimitOf(const Headers &headers, const QDateTime &reference);

/// "3s", "0.25s", "6m0s", "1h2m3.5s", "250ms" in milliseconds, rounded up: durations as google.protobuf.Duration and
/// Go write them.
[[nodiscard]] std::optional<qint64> parseDuration(QByteArrayView text);

} // namespace errata
