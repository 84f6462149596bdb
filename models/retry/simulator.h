// A policy against a script of outcomes on a virtual clock.
#pragma once

#include "models/retry/attempt.h"
#include "models/retry/outcomescript.h"
#include "models/retry/simulationlimit.h"

#include <QDateTime>

#include <vector>

namespace errata {

struct Schedule
{
    std::vector<Attempt> attempts;
    int sends = 0;
    Verdict verdict = Verdict::GaveUp;
    Reason reason = Reason::NoAttemptAllowed; ///< of the end
    Bounds total; ///< until the caller is told; with a deadline the bounds are those of this course of events
};

/// One run, its first attempt at 0. \a wallTime is the date then.
[[nodiscard]] Schedule simulate(const RetryPolicy &policy, const OutcomeScript &script, RandomSource &random,
                                const QDateTime &wallTime = {});

} // namespace errata
