#include "models/retry/simulator.h"

#include "models/retry/hedging.h"

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

constexpr int blockSize = 4096;
constexpr int histogramBins = 60;

/// One generator a block. Seeds are mixed twice: consecutive seeds would share words of state.
RandomSource blockRandom(quint64 seed, quint64 block)
{
    if (block == 0)
        return RandomSource::seeded(seed);
    const quint64 mixed = SplitMix64(seed).next() ^ SplitMix64(~block).next();
    return RandomSource::seeded(SplitMix64(mixed).next());
}

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

/// Drives one run from 0 to its end, which it returns. \a observe(n, starts, outcome, decision) sees every attempt.
template <typename Observe>
Decision drive(const RetryPolicy &policy, const OutcomeScript &script, RandomSource &random, const QDateTime &wallTime,
               Observe observe)
{
    BudgetState budget = policy.budget ? BudgetState(*policy.budget) : BudgetState();
    RetryRun run(policy, random, &budget);
    Outcome cut;
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
        observe(run.attempt(), starts, outcome, decision);
        if (decision.action == Decision::Action::Wait)
            decision = run.resume(decision.until.actual);
    }
    return decision;
}

/// The smallest sample that a share \a q of all samples does not exceed; \a from is what an earlier,
/// smaller share has left sorted.
Millis percentile(std::vector<double> &samples, double q, std::size_t &from)
{
    const auto rank = static_cast<std::size_t>(std::max(1.0, std::ceil(q * static_cast<double>(samples.size()))));
    const std::size_t index = std::max(rank - 1, from);
    std::nth_element(samples.begin() + static_cast<std::ptrdiff_t>(from),
                     samples.begin() + static_cast<std::ptrdiff_t>(index), samples.end());
    from = index;
    return Millis(samples[index]);
}

std::vector<int> histogramOf(const std::vector<double> &samples, double min, double max)
{
    if (!(max > min))
        return {static_cast<int>(samples.size())};
    std::vector<int> bins(histogramBins, 0);
    const double scale = histogramBins / (max - min);
    for (const double sample : samples)
        ++bins[std::min(static_cast<std::size_t>((sample - min) * scale), bins.size() - 1)];
    return bins;
}

Distribution distributionOf(std::vector<double> &samples)
{
    // Two passes: the sum of squares alone would lose the digits of a small spread around a large mean.
    const double count = static_cast<double>(samples.size());
    const auto [least, most] = std::minmax_element(samples.begin(), samples.end());
    Distribution d;
    d.runs = static_cast<int>(samples.size());
    d.min = Millis(*least);
    d.max = Millis(*most);
    double sum = 0;
    for (const double sample : samples)
        sum += sample - *least;
    const double mean = *least + sum / count;
    double squares = 0;
    for (const double sample : samples)
        squares += (sample - mean) * (sample - mean);
    d.mean = Millis(mean);
    d.stddev = Millis(samples.size() > 1 ? std::sqrt(squares / (count - 1)) : 0.0);
    d.histogram = histogramOf(samples, d.min.count(), d.max.count());
    std::size_t from = 0;
    d.p50 = percentile(samples, 0.50, from);
    d.p90 = percentile(samples, 0.90, from);
    d.p95 = percentile(samples, 0.95, from);
    d.p99 = percentile(samples, 0.99, from);
    return d;
}

/// Calls \a one(random) \a count times, a generator a block; false when \a progress asks to give up.
template <typename One>
bool inBlocks(int count, quint64 seed, const SimulationProgress &progress, One one)
{
    for (int done = 0; done < count; done += blockSize) {
        RandomSource random = blockRandom(seed, static_cast<quint64>(done / blockSize));
        const int end = std::min(count, done + blockSize);
        for (int i = done; i < end; ++i)
            one(random);
        if (progress && !progress(end))
            return false;
    }
    return true;
}

/// The most requests within any half-open second. \a times are sorted.
qint64 busiestSecond(const std::vector<double> &times)
{
    std::size_t first = 0;
    std::size_t most = 0;
    for (std::size_t last = 0; last < times.size(); ++last) {
        while (times[last] - times[first] >= 1000)
            ++first;
        most = std::max(most, last - first + 1);
    }
    return static_cast<qint64>(most);
}

std::vector<Herd::Bin> binned(const std::vector<double> &times, Millis width)
{
    std::vector<Herd::Bin> bins;
    for (const double time : times) {
        const Millis start = width * std::floor(time / width.count());
        if (bins.empty() || bins.back().start != start)
            bins.push_back({start, 0});
        ++bins.back().requests;
    }
    return bins;
}

} // namespace

Schedule simulate(const RetryPolicy &policy, const OutcomeScript &script, RandomSource &random,
                  const QDateTime &wallTime)
{
    if (policy.hedging)
        return simulateHedged(policy, script, wallTime);
    Schedule schedule;
    const auto observe = [&](int n, const Bounds &starts, const Outcome &outcome, const Decision &decision) {
        schedule.attempts.push_back(attemptOf(n, starts, outcome, decision));
        schedule.sends += schedule.attempts.back().wasSent() ? 1 : 0;
    };
    const Decision end = drive(policy, script, random, wallTime, observe);
    schedule.verdict = end.verdict;
    schedule.reason = end.reason;
    schedule.total = end.until;
    return schedule;
}

std::optional<Distribution> sampleTotals(const RetryPolicy &policy, const OutcomeScript &script, int runs, quint64 seed,
                                         const QDateTime &wallTime, const SimulationProgress &progress)
{
    std::vector<double> totals;
    totals.reserve(static_cast<std::size_t>(runs));
    const bool complete = inBlocks(runs, seed, progress, [&](RandomSource &random) {
        const Decision end = drive(policy, script, random, wallTime, [](auto &&...) {});
        totals.push_back(end.until.actual.count());
    });
    if (!complete)
        return {};
    return distributionOf(totals);
}

std::optional<Herd> simulateHerd(const RetryPolicy &policy, const OutcomeScript &script, int clients, quint64 seed,
                                 Millis binWidth, const QDateTime &wallTime, const SimulationProgress &progress)
{
    std::vector<double> times;
    times.reserve(static_cast<std::size_t>(clients));
    const auto observe = [&](int, const Bounds &starts, const Outcome &outcome, const Decision &) {
        if (outcome.kind != Outcome::Kind::NotSent)
            times.push_back(starts.actual.count());
    };
    const bool complete = inBlocks(clients, seed, progress,
                                   [&](RandomSource &random) { drive(policy, script, random, wallTime, observe); });
    if (!complete)
        return {};
    std::sort(times.begin(), times.end());
    Herd herd;
    herd.clients = clients;
    herd.sends = static_cast<qint64>(times.size());
    herd.amplification = static_cast<double>(times.size()) / clients;
    herd.peakPerSecond = busiestSecond(times);
    herd.binWidth = binWidth;
    herd.series = binned(times, binWidth);
    return herd;
}

int Herd::peakBin(Millis from) const
{
    int most = 0;
    for (const Bin &bin : series)
        most = bin.start >= from ? std::max(most, bin.requests) : most;
    return most;
}

} // namespace errata
