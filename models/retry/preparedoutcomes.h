// Random outcomes under one policy, ready for runs by the million, and how a run is driven through them.
#pragma once

#include "models/retry/policyrun.h"
#include "models/retry/randomoutcomes.h"
#include "models/retry/simulationlimit.h"

#include <QDateTime>

#include <vector>

namespace errata {

class PreparedOutcomes
{
public:
    struct Choice
    {
        PreparedOutcome outcome;
        LatencyModel latency;
        bool isSent = true; ///< else the request could not even be made
    };

    /// \a wallAtZero as in prepare().
    PreparedOutcomes(const RetryPolicy &policy, const RetriedRequest &request, const RandomOutcomes &outcomes,
                     const QDateTime &wallAtZero);

    /// What attempt \a n (from 1) brings. Draws only where there is a choice.
    template <typename Random>
    [[nodiscard]] const Choice &choose(int n, Random &random) const
    {
        const Step &step = m_steps[std::min(static_cast<std::size_t>(n), m_steps.size()) - 1];
        std::size_t choice = step.first;
        if (step.count > 1) {
            // All are compared: chance cannot be predicted, the number of choices can.
            const double r = random.uniform();
            for (std::size_t i = 0; i + 1 < step.count; ++i)
                choice += r >= m_upTo[step.first + i] ? 1 : 0;
        }
        return m_choices[choice];
    }

private:
    struct Step
    {
        std::size_t first = 0;
        std::size_t count = 1;
    };

    std::vector<Choice> m_choices;
    std::vector<double> m_upTo; ///< beside them: the share of a choice and those before it
    std::vector<Step> m_steps;
};

/// One run from 0 to its end, which it returns: `until`, `verdict`, `reason`. \a observe(n, starts in ms, isSent)
/// sees every attempt.
template <typename Random, typename Observe>
[[gnu::flatten]] BasicDecision<Millis> driveRun(const PreparedPolicy &policy, const PreparedOutcomes &outcomes,
                                                Random &random, Observe observe)
{
    using RunStep = BasicDecision<Millis>;
    std::optional<BudgetState> budget;
    if (policy.budget)
        budget.emplace(*policy.budget);
    PolicyRun<Millis, Random> run(policy, random, budget ? &*budget : nullptr);
    RunStep decision = run.start(Millis(0));
    while (decision.action == RunStep::Action::Send) {
        const Millis starts = run.starts();
        const PreparedOutcomes::Choice &choice = outcomes.choose(run.attempt(), random);
        const PreparedOutcome *outcome = &choice.outcome;
        Millis latency = choice.latency.draw(random);
        const Millis allowed = run.allowance(starts);
        if (latency > allowed) {
            outcome = &policy.cutOff;
            latency = allowed;
        }
        observe(run.attempt(), starts.count(), choice.isSent);
        decision = run.next(*outcome, starts + latency);
        if (decision.action == RunStep::Action::Wait && run.attempt() >= simulatedAttemptsLimit) {
            RunStep limit;
            limit.reason = Reason::SimulationLimit;
            limit.until = starts + latency;
            return limit;
        }
        if (decision.action == RunStep::Action::Wait)
            decision = run.resume(decision.until);
    }
    return decision;
}

} // namespace errata
