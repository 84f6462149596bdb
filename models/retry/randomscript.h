// Scripts whose outcomes are left to chance.
#pragma once

#include "models/retry/randomoutcomes.h"

namespace errata {

/// A script (outcomescript.h) whose outcomes may be alternatives, each with a weight and a latency:
///   503*0.3 | 200*0.7        three in ten fail; without a number the weight is 1
///   503@40~120 | 200@~80     uniform over 40 to 120 ms; exponential with the mean 80 ms
///   200@80~0.5s              log-normal: the median 80 ms, sigma 0.5
/// '|', '*' and '@' belong to a header within quotes or brackets. A weight comes last: 200@80*0.7.
[[nodiscard]] Result<RandomOutcomes, ScriptError> parseRandomScript(QStringView text);

} // namespace errata
