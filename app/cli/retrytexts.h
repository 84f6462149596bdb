// Sentences of the retry commands.
#pragma once

#include "models/retry/quirks.h"

#include <QString>

namespace errata {

/// At most so many decimals, without zeros at the end.
[[nodiscard]] QString numberText(double value, int decimals);

/// "0 ms", "1.05 s", "2 min 5 s", "NaN"; exact to the millisecond below a minute.
[[nodiscard]] QString durationText(Millis duration);

/// "1.05 s", or "1.05 s (1 s to 1.1 s)" where chance has a say.
[[nodiscard]] QString boundsText(const Bounds &bounds);

/// Why the client does what it does after this attempt.
[[nodiscard]] QString reasonText(const Attempt &attempt);
/// How the run ends for the caller.
[[nodiscard]] QString verdictText(Verdict verdict, Reason reason);
/// What surprises, and why it matters.
[[nodiscard]] QString quirkText(Quirk quirk);

} // namespace errata
