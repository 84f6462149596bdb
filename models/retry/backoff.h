// Waits before a retry, as pure functions.
#pragma once

#include "models/retry/bounds.h"
#include "models/retry/retrypolicy.h"

namespace errata {

/// The wait before retry \a n (from 1), before jitter; capped unless the cap comes after jitter.
/// Infinite where an uncapped one overflows.
[[nodiscard]] Millis nominalWait(const Backoff &backoff, int n);

/// The wait before retry \a n for the random number \a r in [0, 1]; \a previous is the wait before
/// (decorrelated jitter only; nothing before the first).
[[nodiscard]] Millis jitteredWait(const Backoff &backoff, int n, double r, std::optional<Millis> previous = {});

/// jitteredWait for \a r and for the ends of [0, 1], \a previous with its own bounds.
[[nodiscard]] Bounds backoffWait(const Backoff &backoff, int n, double r, const std::optional<Bounds> &previous = {});

/// What the timer makes of a wait; never NaN or negative, at most 100 years.
[[nodiscard]] Millis timedWait(TimerKind timer, Millis asked);
/// The same with bounds; where the interval crosses the end of the timer's range, anything within it.
[[nodiscard]] Bounds timedWait(TimerKind timer, const Bounds &asked);

/// ECMAScript Number(text) (ECMA-262, StringToNumber) over a header value, NaN where it is none.
[[nodiscard]] double jsNumber(QByteArrayView text);

} // namespace errata
