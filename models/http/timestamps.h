// Points in time as logs and HAR files write them. HTTP's own dates are in retryafter.h.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace errata {

struct TimestampPrefix
{
    qint64 ms = 0;        ///< since 1970 UTC
    qsizetype length = 0; ///< bytes it takes
};

/// A time at the start of \a text; without an offset it is taken as UTC. A longer fraction than milliseconds is
/// cut off.
///   2026-05-04T10:11:12.345Z  2026-05-04 10:11:12,345 +02:00  2026/05/04 10:11:12  (RFC 3339, ISO 8601, Go, Python)
///   04/May/2026:10:11:12 +0200                                                     (access logs)
[[nodiscard]] std::optional<TimestampPrefix> timestampPrefix(QByteArrayView text);

/// The same when nothing follows; also digits alone, with or without a fraction, as seconds, milliseconds,
/// microseconds or nanoseconds since 1970, told apart by their size.
[[nodiscard]] std::optional<qint64> parseTimestamp(QByteArrayView text);

/// "2026-05-04T10:11:12.345Z"; the year is held to 0000..9999, which is all ISO 8601 has without agreement.
[[nodiscard]] QByteArray isoTime(qint64 msSinceEpoch);

} // namespace errata
