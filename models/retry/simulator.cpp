#include "models/retry/simulator.h"

#include "models/retry/hedging.h"
#include "models/retry/retryrun.h"

namespace errata {

namespace {

/// The outcome as it happens: an attempt that would take longer than it may is a time-out.
const Outcome &within(Millis allowance, const Outcome &outcome, Outcome &cut)
{
    if (outcome.latency <= allowance)
        return outcome;
    cut = Outcome{};
    cut.kind = Outcome::Kind::Failure;
    cut.failure = NetworkError::Timeout;
    cut.latency = allowance;
    return cut;
}

} // namespace

Schedule simulate(const RetryPolicy &policy, const OutcomeScript &script, RandomSource &random,
                  const QDateTime &wallTime)
{
    if (policy.hedging)
        return simulateHedged(policy, script, wallTime);
    Schedule schedule;
    Outcome cut;
    BudgetState budget = policy.budget ? BudgetState(*policy.budget) : BudgetState();
    RetryRun run(policy, random, &budget);
    Decision decision = run.start(Millis(0), wallTime);
    while (decision.action == Decision::Action::Send) {
        const Bounds starts = run.starts();
        const Outcome &outcome =
            within(run.allowance(starts.actual), script.at(static_cast<std::size_t>(run.attempt()) - 1), cut);
        decision = run.next(outcome, starts.actual + outcome.latency);
        if (decision.action == Decision::Action::Wait && run.attempt() >= simulatedAttemptsLimit) {
            Decision limit;
            limit.reason = Reason::SimulationLimit;
            limit.until = starts + outcome.latency;
            decision = limit;
        }
        schedule.attempts.push_back(attemptOf(run.attempt(), starts, outcome, decision));
        schedule.sends += schedule.attempts.back().wasSent() ? 1 : 0;
        if (decision.action == Decision::Action::Wait)
            decision = run.resume(decision.until.actual);
    }
    schedule.verdict = decision.verdict;
    schedule.reason = decision.reason;
    schedule.total = decision.until;
    return schedule;
}

} // namespace errata
