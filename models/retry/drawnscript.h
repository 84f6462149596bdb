// One course of events out of many.
#pragma once

#include "models/base/random.h"
#include "models/retry/randomoutcomes.h"

namespace errata {

/// A script as chance draws it, at least \a attempts long; the same for a seed. Of certain outcomes it is they.
[[nodiscard]] OutcomeScript drawnScript(const RandomOutcomes &outcomes, int attempts, RandomSource &random);

} // namespace errata
