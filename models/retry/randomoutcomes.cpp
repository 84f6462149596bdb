#include "models/retry/randomoutcomes.h"

namespace errata {

Millis LatencyModel::mean() const
{
    switch (kind) {
    case Kind::Fixed:
    case Kind::Exponential:
        return typical;
    case Kind::Uniform:
        return (typical + most) / 2;
    case Kind::LogNormal:
        return typical * std::exp(sigma * sigma / 2);
    }
    return typical;
}

RandomOutcomes::RandomOutcomes(const OutcomeScript &script)
{
    steps.clear();
    steps.reserve(script.outcomes.size());
    for (const Outcome &outcome : script.outcomes) {
        OutcomeChoice choice;
        choice.outcome = outcome;
        choice.latency.typical = outcome.latency;
        steps.push_back({choice});
    }
}

RandomOutcomes RandomOutcomes::failing(double p, const Outcome &failure, const LatencyModel &latency)
{
    RandomOutcomes outcomes;
    OutcomeMix mix;
    if (p > 0)
        mix.push_back({failure, p, latency});
    if (p < 1)
        mix.push_back({Outcome{}, 1 - p, latency});
    outcomes.steps = {mix};
    return outcomes;
}

bool RandomOutcomes::isCertain() const
{
    return std::all_of(steps.begin(), steps.end(), [](const OutcomeMix &mix) {
        return mix.size() == 1 && mix.front().latency.kind == LatencyModel::Kind::Fixed;
    });
}

} // namespace errata
