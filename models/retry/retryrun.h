// One request's life under a policy, with bounds, outcome by outcome.
#pragma once

#include "models/base/random.h"
#include "models/retry/policyrun.h"

#include <QDateTime>

namespace errata {

using Decision = BasicDecision<Bounds>;

/// PolicyRun for what comes one at a time: each outcome is prepared when it is there. Samplers prepare a
/// script once and drive PolicyRun<Millis, ...> themselves.
class RetryRun
{
public:
    /// \a policy need not outlive the run; \a random and \a budget must, and go on from where they stand.
    RetryRun(const RetryPolicy &policy, RandomSource &random, BudgetState *budget = nullptr)
        : RetryRun(policy, usualRequest(policy), random, budget)
    {
    }
    RetryRun(RetryPolicy policy, RetriedRequest request, RandomSource &random, BudgetState *budget = nullptr);
    Q_DISABLE_COPY_MOVE(RetryRun)
    ~RetryRun() = default;

    /// \a wallTime is the date at \a now: dates in Retry-After are measured against it where a
    /// response has no Date.
    Decision start(Millis now, const QDateTime &wallTime = {});
    /// After an attempt.
    Decision next(const Outcome &outcome, Millis now);
    /// After a wait, or before its end when the user is impatient.
    Decision resume(Millis now) { return m_run.resume(now); }

    /// The start of the current attempt.
    [[nodiscard]] const Bounds &starts() const { return m_run.starts(); }
    /// Attempts begun, from 1; also those that could not be sent.
    [[nodiscard]] int attempt() const { return m_run.attempt(); }
    /// How long an attempt beginning at \a now may take; infinite where nothing limits it.
    [[nodiscard]] Millis allowance(Millis now) const { return m_run.allowance(now); }

private:
    const RetryPolicy m_policy;
    const RetriedRequest m_request;
    const PreparedPolicy m_prepared;
    QDateTime m_wallAtZero;
    PolicyRun<Bounds, RandomSource> m_run;
};

} // namespace errata
