#include "models/retry/montecarlo.h"

#include "models/base/random.h"
#include "models/retry/hedging.h"
#include "models/retry/linearhistogram.h"
#include "models/retry/preparedoutcomes.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <future>
#include <thread>

namespace errata {

namespace {

constexpr int blockSize = 4096;
constexpr int histogramBins = 60;
constexpr int mostBlocksAStage = 256; // a million runs
constexpr std::size_t attemptsKept = Sample::attemptsKept;
/// Of a policy that hardly ends, a block takes long: so many attempts, some milliseconds of them, and it is asked
/// whether to go on.
constexpr qint64 attemptsAPause = 1 << 17;

/// Mean and spread, joined block by block: sums of floating-point numbers depend on the order they are made in.
struct Moments
{
    double count = 0;
    double mean = 0;
    double squares = 0; ///< of the distances from the mean
    double least = INFINITY;
    double most = -INFINITY;

    /// Chan, Golub, LeVeque 1979.
    void join(const Moments &other)
    {
        if (other.count == 0)
            return;
        const double off = other.mean - mean;
        const double both = count + other.count;
        squares += other.squares + off * off * count * other.count / both;
        mean += off * other.count / both;
        count = both;
        least = std::min(least, other.least);
        most = std::max(most, other.most);
    }
};

/// Moments of one block: sums of distances from its first number, which is near enough for a few thousand.
struct BlockSums
{
    double count = 0;
    double first = 0;
    double sum = 0;
    double squares = 0;
    double least = INFINITY;
    double most = -INFINITY;

    void add(double value)
    {
        first = count == 0 ? value : first;
        count += 1;
        const double off = value - first;
        sum += off;
        squares += off * off;
        least = std::min(least, value);
        most = std::max(most, value);
    }
    [[nodiscard]] Moments moments() const
    {
        return {count, first + sum / count, std::max(0.0, squares - sum * sum / count), least, most};
    }
};

struct Block
{
    BlockSums totals;
    std::array<double, attemptsKept> startSums{};
};

/// Counts, which do not depend on any order: one for each thread.
struct Tally
{
    LogHistogram totals;
    LinearHistogram bars;
    qint64 sends = 0;
    std::array<qint64, 5> verdicts{};
    std::array<LogHistogram, attemptsKept> starts; ///< [0] stays empty: it is always 0

    void join(const Tally &other)
    {
        totals.merge(other.totals);
        bars.merge(other.bars);
        sends += other.sends;
        for (std::size_t i = 0; i < verdicts.size(); ++i)
            verdicts[i] += other.verdicts[i];
        for (std::size_t i = 0; i < starts.size(); ++i)
            starts[i].merge(other.starts[i]);
    }
};

/// What all threads work on.
class Sampler
{
public:
    Sampler(const RetryPolicy &policy, const RandomOutcomes &outcomes, const SampleOptions &options,
            const Refinement &refine)
        : m_policy(prepare(policy, usualRequest(policy)))
        , m_hedging(policy.hedging)
        , m_outcomes(policy, usualRequest(policy), outcomes, options.wallTime)
        , m_options(options)
        , m_refine(refine)
        , m_blocks(static_cast<std::size_t>((options.runs + blockSize - 1) / blockSize))
        , m_tallies(threads())
    {
    }

    [[nodiscard]] int blocks() const { return static_cast<int>(m_blocks.size()); }

    /// The blocks up to \a end; false when cancelled.
    [[nodiscard]] bool runTo(int end)
    {
        const std::size_t helpers = std::min(m_tallies.size(), static_cast<std::size_t>(end - m_next.load())) - 1;
        std::vector<std::future<void>> running;
        running.reserve(helpers);
        for (std::size_t i = 1; i <= helpers; ++i)
            running.push_back(std::async(std::launch::async, [this, i, end] { work(m_tallies[i], end); }));
        work(m_tallies[0], end);
        for (std::future<void> &helper : running)
            helper.get();
        m_next = end;
        for (; !m_isCancelled && m_joined < end; ++m_joined)
            join(m_blocks[static_cast<std::size_t>(m_joined)]);
        return !m_isCancelled;
    }

    [[nodiscard]] Sample sample(const Block &unfinished = {}) const;

private:
    [[nodiscard]] std::size_t threads() const
    {
        const unsigned asked = m_options.threads > 0 ? static_cast<unsigned>(m_options.threads)
                                                     : std::max(1U, std::thread::hardware_concurrency());
        return std::clamp<std::size_t>(asked, 1, m_blocks.size());
    }

    void work(Tally &tally, int end)
    {
        for (int block = m_next++; block < end; block = m_next++) {
            askWhetherToGoOn();
            if (m_isCancelled)
                return;
            runBlock(block, tally);
        }
    }

    void askWhetherToGoOn()
    {
        if (m_options.isCancelled && m_options.isCancelled())
            m_isCancelled = true;
    }

    struct End
    {
        double total = 0;
        Verdict verdict = Verdict::GaveUp;
    };

    template <typename Observe>
    [[nodiscard]] End plain(Xoshiro256pp &random, const Observe &observe) const
    {
        const auto end = driveRun(m_policy, m_outcomes, random, observe);
        return {end.until.count(), end.verdict};
    }

    template <typename Observe>
    [[nodiscard]] End hedged(Xoshiro256pp &random, const Observe &observe) const
    {
        BudgetState budget = m_policy.budget ? BudgetState(*m_policy.budget) : BudgetState();
        std::array<bool, hedgedAttemptsLimit> isSent{};
        HedgedRun run(m_policy, m_hedging->delay.count(), &budget);
        const HedgedCourse course = run.run([&](int n) {
            const PreparedOutcomes::Choice &choice = m_outcomes.choose(n, random);
            isSent[static_cast<std::size_t>(n - 1)] = choice.isSent;
            PreparedOutcome outcome = choice.outcome;
            outcome.latency = choice.latency.draw(random).count();
            return outcome;
        });
        for (int i = 0; i < course.count; ++i)
            observe(i + 1, course.sends[static_cast<std::size_t>(i)].starts, isSent[static_cast<std::size_t>(i)]);
        return {course.end, course.verdict};
    }

    void runBlock(int number, Tally &tally)
    {
        Xoshiro256pp random(m_options.seed, static_cast<quint64>(number));
        Block block;
        const int runs = std::min(blockSize, m_options.runs - number * blockSize);
        int last = 0;
        const auto observe = [&](int n, double starts, bool isSent) {
            last = n;
            tally.sends += isSent ? 1 : 0;
            const auto index = static_cast<std::size_t>(n - 1);
            if (index == 0 || index >= attemptsKept)
                return;
            tally.starts[index].add(starts);
            block.startSums[index] += starts;
        };
        qint64 attempts = 0;
        qint64 pause = attemptsAPause;
        qint64 look = attemptsAPause;
        for (int i = 0; i < runs; ++i) {
            const auto [total, verdict] = m_hedging ? hedged(random, observe) : plain(random, observe);
            block.totals.add(total);
            tally.totals.add(total);
            tally.bars.add(total);
            ++tally.verdicts[static_cast<std::size_t>(verdict)];
            attempts += last;
            if (attempts < pause) [[likely]]
                continue;
            pause = attempts + attemptsAPause;
            askWhetherToGoOn();
            // The first block is the only one under way, and the first to be seen.
            const bool isLook = number == 0 && attempts >= look;
            look = isLook ? 2 * attempts : look;
            if (isLook && m_refine && !m_isCancelled && !m_refine(sample(block)))
                m_isCancelled = true;
            if (m_isCancelled)
                return;
        }
        m_blocks[static_cast<std::size_t>(number)] = block;
    }

    void join(const Block &block)
    {
        m_moments.join(block.totals.moments());
        for (std::size_t i = 0; i < attemptsKept; ++i)
            m_startSums[i] += block.startSums[i];
    }

    PreparedPolicy m_policy;
    std::optional<Hedging> m_hedging;
    PreparedOutcomes m_outcomes;
    const SampleOptions &m_options;
    const Refinement &m_refine;
    std::vector<Block> m_blocks;
    std::vector<Tally> m_tallies;
    std::atomic<int> m_next = 0;
    std::atomic<bool> m_isCancelled = false;
    int m_joined = 0;
    Moments m_moments;
    std::array<double, attemptsKept> m_startSums{};
};

Distribution distributionOf(const Moments &moments, const Tally &tally)
{
    Distribution d;
    d.runs = static_cast<int>(moments.count);
    d.mean = Millis(moments.mean);
    d.stddev = Millis(moments.count > 1 ? std::sqrt(moments.squares / (moments.count - 1)) : 0);
    d.min = Millis(moments.least);
    d.max = Millis(moments.most);
    d.bins = tally.totals;
    d.p50 = d.quantile(0.50);
    d.p90 = d.quantile(0.90);
    d.p95 = d.quantile(0.95);
    d.p99 = d.quantile(0.99);
    d.histogram = tally.bars.rebinned(moments.least, moments.most, histogramBins);
    return d;
}

AttemptStarts startsOf(const LogHistogram &starts, double sum)
{
    AttemptStarts attempt;
    attempt.runs = static_cast<qint64>(starts.count());
    attempt.mean = Millis(sum / static_cast<double>(attempt.runs));
    attempt.min = Millis(starts.quantile(0));
    attempt.p5 = Millis(starts.quantile(0.05));
    attempt.p50 = Millis(starts.quantile(0.50));
    attempt.p95 = Millis(starts.quantile(0.95));
    attempt.max = Millis(starts.quantile(1));
    return attempt;
}

Sample Sampler::sample(const Block &unfinished) const
{
    Moments moments = m_moments;
    moments.join(unfinished.totals.moments());
    Tally all;
    for (const Tally &tally : m_tallies)
        all.join(tally);
    Sample sample;
    sample.totals = distributionOf(moments, all);
    sample.sends = all.sends;
    sample.verdicts = all.verdicts;
    AttemptStarts first;
    first.runs = sample.totals.runs;
    if (m_policy.maxAttempts >= 1)
        sample.attempts.push_back(first);
    for (std::size_t i = 1; i < attemptsKept && all.starts[i].count() > 0; ++i)
        sample.attempts.push_back(startsOf(all.starts[i], m_startSums[i] + unfinished.startSums[i]));
    return sample;
}

} // namespace

double Sample::meanSends() const
{
    return static_cast<double>(sends) / totals.runs;
}

double Sample::share(Verdict verdict) const
{
    return static_cast<double>(verdicts[static_cast<std::size_t>(verdict)]) / totals.runs;
}

std::optional<Sample> sampleRuns(const RetryPolicy &policy, const RandomOutcomes &outcomes,
                                 const SampleOptions &options, const Refinement &refine)
{
    Sampler sampler(policy, outcomes, options, refine);
    for (int end = 1; end < sampler.blocks(); end += std::min(end, mostBlocksAStage)) {
        if (!sampler.runTo(end) || (refine && !refine(sampler.sample())))
            return {};
    }
    if (!sampler.runTo(sampler.blocks()))
        return {};
    return sampler.sample();
}

Distribution sampleTotals(const RetryPolicy &policy, const OutcomeScript &script, int runs, quint64 seed,
                          const QDateTime &wallTime)
{
    SampleOptions options;
    options.runs = runs;
    options.seed = seed;
    options.wallTime = wallTime;
    return sampleRuns(policy, script, options)->totals; // nobody cancels
}

} // namespace errata
