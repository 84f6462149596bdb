// Values in libraries' retry configuration.
#pragma once

#include "models/json/jsondocument.h"
#include "models/retry/retrypolicy.h"

#include <optional>

namespace errata::importing {

/// From 0 to 1e12.
[[nodiscard]] std::optional<double> numberOf(const JsonValue &value);
/// Such a number without a fraction.
[[nodiscard]] std::optional<double> countOf(const JsonValue &value);
/// "0.5s", "500ms", "2m", "1h"; "00:00:02.5" (.NET); "PT1M2.5S" (ISO 8601). A number counts milliseconds unless \a unit
/// says otherwise.
[[nodiscard]] std::optional<Millis> durationOf(const JsonValue &value, double unit = 1);
/// Statuses as numbers, or as texts.
[[nodiscard]] std::optional<StatusSet> statusesOf(const JsonValue &value);
[[nodiscard]] std::optional<QByteArrayList> methodsOf(const JsonValue &value);

/// "UNAVAILABLE", or 14 as https://github.com/grpc/grpc/blob/master/doc/statuscodes.md numbers them; empty for others.
[[nodiscard]] QByteArray grpcNameOf(const JsonValue &value);
/// The HTTP statuses that clients take for these codes where there is no gRPC status.
[[nodiscard]] StatusSet statusesOfGrpcCodes(const QByteArrayList &codes);

} // namespace errata::importing
