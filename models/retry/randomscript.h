// Random outcomes as a line of text: "503*0.3|200*0.7,200@~80".
#pragma once

#include "models/retry/randomoutcomes.h"

namespace errata {

/// A script (outcomescript.h) whose outcomes may be alternatives, each with a weight and a latency:
///   503*0.3|200*0.7           three in ten fail; without a number the weight is 1
///   503@40~120                takes 40 to 120 ms, uniformly
///   200@~80                   exponentially, 80 ms on average
///   200@80~0.5s               log-normally: the median 80 ms, sigma 0.5 of the logarithm
/// '|', '*' and '~' stand in quotes, brackets or braces where they belong to an outcome.
[[nodiscard]] Result<RandomOutcomes, ScriptError> parseRandomScript(QStringView text);

} // namespace errata
