// The words of an answer: its headline, the facts beside it, what was sent, how long it took.
#pragma once

#include "models/decode/diagnosis.h"
#include "models/retry/attempt.h"

#include <utility>
#include <vector>

namespace errata {

/// The code, or what stands for it: "OK", "Not Found", "no answer: time-out".
[[nodiscard]] QString headlineOf(const SendResult &result, const Finding *finding);
/// "83 bytes · 41 ms · HTTP/2 · 1 send"; sends of all attempts together.
[[nodiscard]] QString factsOf(const SendResult &result, const std::vector<Attempt> &attempts);
/// Request line, headers as sent, body; then the redirects followed.
[[nodiscard]] QByteArray asSent(const HttpRequest &request, const SendResult &result);
/// Name and value of each phase the engine could tell, then where it went.
[[nodiscard]] std::vector<std::pair<QString, QString>> timingRows(const SendResult &result);

} // namespace errata
