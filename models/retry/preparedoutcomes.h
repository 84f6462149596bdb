// Random outcomes under one policy, ready for runs by the million, and how a run is driven through them.
#pragma once

#include "models/retry/policyrun.h"
#include "models/retry/randomoutcomes.h"

#include <QDateTime>

#include <vector>

namespace errata {

/// The longest run that is simulated; one without end is cut off here.
inline constexpr int simulatedAttemptsLimit = 1000;

class PreparedOutcomes
{
public:
    struct Choice
    {
        PreparedOutcome outcome;
        LatencyModel latency;
        double upTo = 1;    ///< the share of this choice and those before it
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
        const Choice *choice = m_choices.data() + step.first;
        if (step.count > 1) {
            const double r = random.uniform();
            for (std::size_t i = 1; i < step.count && r >= choice->upTo; ++i)
                ++choice;
        }
        return *choice;
    }

private:
    struct Step
    {
        std::size_t first = 0;
        std::size_t count = 1;
    };

    std::vector<Choice> m_choices;
    std::vector<Step> m_steps;
};

/// One run from 0 to its end, which it returns: `until`, `verdict`, `reason`. \a observe(n, starts in ms, isSent)
/// sees every attempt.
template <typename Random, typename Observe>
BasicDecision<Millis> driveRun(const PreparedPolicy &policy, const PreparedOutcomes &outcomes, Random &random,
                               Observe observe)
{
    using Next = BasicDecision<Millis>;
    std::optional<BudgetState> budget;
    if (policy.budget)
        budget.emplace(*policy.budget);
    PolicyRun<Millis, Random> run(policy, random, budget ? &*budget : nullptr);
    Next decision = run.start(Millis(0));
    while (decision.action == Next::Action::Send) {
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
        if (decision.action == Next::Action::Wait && run.attempt() >= simulatedAttemptsLimit) {
            Next limit;
            limit.reason = Reason::SimulationLimit;
            limit.until = starts + latency;
            return limit;
        }
        if (decision.action == Next::Action::Wait)
            decision = run.resume(decision.until);
    }
    return decision;
}

} // namespace errata
