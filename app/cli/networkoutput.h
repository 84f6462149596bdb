// A send without a whole answer, on the command line: what the network catalog says, as JSON and as text.
#pragma once

#include "app/cli/style.h"
#include "models/http/transport.h"
#include "models/json/jsonwriter.h"

namespace errata {

/// null where a whole answer came, else {"kind", "message", "id", "meaning", "provenance", "source", "remedies",
/// "retry": {"verdict", "note"}, "processed", "resend"}.
void writeNetworkError(JsonWriter &json, const SendResult &result, const QByteArray &method);
/// The catalog's sentence, then the engine's words.
[[nodiscard]] QString networkErrorText(const NetworkFailure &failure);
/// What it means, what helps, whether to send again: lines below that sentence. Empty where a whole answer came.
[[nodiscard]] QString networkAdvice(const SendResult &result, const QByteArray &method, const Style &style,
                                    int columns);

} // namespace errata
