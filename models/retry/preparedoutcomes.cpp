#include "models/retry/preparedoutcomes.h"

#include <numeric>

namespace errata {

PreparedOutcomes::PreparedOutcomes(const RetryPolicy &policy, const RetriedRequest &request,
                                   const RandomOutcomes &outcomes, const QDateTime &wallAtZero)
{
    m_steps.reserve(outcomes.steps.size());
    for (const OutcomeMix &mix : outcomes.steps) {
        m_steps.push_back({m_choices.size(), mix.size()});
        const double whole = std::accumulate(
            mix.begin(), mix.end(), 0.0, [](double sum, const OutcomeChoice &choice) { return sum + choice.weight; });
        double before = 0;
        for (const OutcomeChoice &choice : mix) {
            before += choice.weight;
            m_choices.push_back({prepare(policy, request, choice.outcome, wallAtZero), choice.latency,
                                 choice.outcome.kind != Outcome::Kind::NotSent});
            m_upTo.push_back(before / whole);
        }
    }
}

} // namespace errata
