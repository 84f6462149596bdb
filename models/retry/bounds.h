// What happened, between what could have happened.
#pragma once

#include "models/base/clock.h"

namespace errata {

/// A time with the earliest and the latest that the policy's jitter allows. The ends belong to it:
/// rounding reaches the upper one.
struct Bounds
{
    Millis actual{0};
    Millis min{0};
    Millis max{0};

    friend Bounds operator+(const Bounds &a, const Bounds &b)
    {
        return {a.actual + b.actual, a.min + b.min, a.max + b.max};
    }
    friend Bounds operator+(const Bounds &a, Millis b) { return {a.actual + b, a.min + b, a.max + b}; }
    friend bool operator==(const Bounds &, const Bounds &) = default;

    [[nodiscard]] static Bounds exactly(Millis t) { return {t, t, t}; }
};

} // namespace errata
