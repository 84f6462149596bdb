#include "models/retry/drawnscript.h"

#include <algorithm>

namespace errata {

namespace {

const OutcomeChoice &draw(const OutcomeMix &mix, RandomSource &random)
{
    if (mix.size() == 1)
        return mix.front();
    double sum = 0;
    for (const OutcomeChoice &choice : mix)
        sum += choice.weight;
    double left = random.uniform() * sum;
    for (const OutcomeChoice &choice : mix) {
        left -= choice.weight;
        if (left < 0)
            return choice;
    }
    return mix.back();
}

} // namespace

OutcomeScript drawnScript(const RandomOutcomes &outcomes, int attempts, RandomSource &random)
{
    const std::size_t count = outcomes.isCertain()
                                  ? outcomes.steps.size()
                                  : std::max(outcomes.steps.size(), static_cast<std::size_t>(attempts));
    OutcomeScript script;
    script.outcomes.clear();
    script.outcomes.reserve(count);
    for (std::size_t n = 0; n < count; ++n) {
        const OutcomeChoice &choice = draw(outcomes.at(n), random);
        Outcome outcome = choice.outcome;
        outcome.latency = choice.latency.draw(random);
        script.outcomes.push_back(outcome);
    }
    return script;
}

} // namespace errata
