// Bodies of other syntaxes as JSON, so that one set of envelopes reads them all.
#pragma once

#include "models/base/result.h"
#include "models/decode/conditions.h"

#include <optional>
#include <vector>

namespace errata {

struct Translation
{
    JsonDocument document;
    TextPlaces places; ///< of strings, numbers and words, in the bytes that were translated
};

/// XML as JSON: {"root": {"@attribute": "…", "child": "text", "twice": ["…", "…"]}}, names without their prefix, text
/// beside elements as "#text". No entities but the five, depth 64, \c limits::xmlBody bytes. The error's place is
/// "line N, column M".
[[nodiscard]] Result<Translation> translateXml(const QByteArray &xml, const Progress &progress = {});

/// One of "error=access_denied&state=x", decoded.
struct Parameter
{
    QString name;
    QString value;
    Span where; ///< the value as it stands
};

/// application/x-www-form-urlencoded, \a offset added to the spans.
[[nodiscard]] std::vector<Parameter> parametersIn(QByteArrayView text, qsizetype offset);

/// {"error": "access_denied", "state": "x"}; of a name that stands twice the first.
[[nodiscard]] Translation translateParameters(const std::vector<Parameter> &parameters);

/// The objects that programs printed into \a text (see objectLiteralsIn), several of them as an array.
[[nodiscard]] std::optional<Translation> translateLiterals(QByteArrayView text, int atMost);

/// {"grpc_status": "UNAVAILABLE", "grpc_message": "…"} where a client's text names one (see grpcStatusIn).
[[nodiscard]] std::optional<Translation> translateGrpcStatus(QByteArrayView text);

} // namespace errata
