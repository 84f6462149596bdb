// Attempts a second on one core: the machine behind every trace and sample, against a bare loop of the same
// arithmetic written out for one policy. Budget: 40 million attempts a second, half of the bare loop's rate.
// Then whole samples with their histograms, a herd, and exact distributions.
#include "models/base/random.h"
#include "models/base/samplelog.h"
#include "models/retry/exactdistribution.h"
#include "models/retry/herd.h"
#include "models/retry/montecarlo.h"
#include "models/retry/preparedoutcomes.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace errata;

namespace {

constexpr int runs = 1 << 20;
constexpr int rounds = 7;

constexpr double base = 100;
constexpr double cap = 5000;
constexpr double deadline = 8000;
constexpr double askedFor = 1000;
constexpr double meanLatency = 80;
constexpr int attempts = 5;
constexpr double tokens = 500;
constexpr double cost = 5;
constexpr double timeoutCost = 10;
constexpr std::array shares{0.6, 0.8, 0.9, 1.0}; // 200, 503, 429 with Retry-After, no answer

/// A bit of everything: full jitter, Retry-After, deadline, token bucket.
RetryPolicy generic()
{
    RetryPolicy policy;
    policy.maxAttempts = attempts;
    policy.deadline = Millis(deadline);
    policy.statuses = {{{429, 429}, {500, 599}}};
    policy.backoff.shape = BackoffShape::Exponential;
    policy.backoff.base = Millis(base);
    policy.backoff.cap = Millis(cap);
    policy.backoff.jitter = Jitter::Full;
    policy.retryAfter = RetryAfterRule{};
    policy.retryAfter->statuses = {{{429, 429}}};
    policy.budget = RetryBudget{};
    policy.budget->capacity = tokens;
    policy.budget->cost = cost;
    policy.budget->timeoutCost = timeoutCost;
    policy.budget->throttledCost = cost;
    return policy;
}

RandomOutcomes genericOutcomes()
{
    const LatencyModel latency{LatencyModel::Kind::Exponential, Millis(meanLatency), Millis(0), 0};
    const OutcomeScript script = *parseOutcomeScript(u"200,503,429:1,timeout");
    OutcomeMix mix;
    double before = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        mix.push_back({script.outcomes[i], shares[i] - before, latency});
        before = shares[i];
    }
    RandomOutcomes outcomes;
    outcomes.steps = {mix};
    return outcomes;
}

/// What both loops have done, so that neither can be left out.
struct Work
{
    qint64 attempts = 0;
    double time = 0;
    double nanoseconds = 0;
};

Work machine(quint64 seed)
{
    const RetryPolicy policy = generic();
    const PreparedPolicy prepared = prepare(policy, usualRequest(policy));
    const PreparedOutcomes outcomes(policy, usualRequest(policy), genericOutcomes(), QDateTime());
    Xoshiro256pp random(seed);
    Work work;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < runs; ++i)
        work.time +=
            driveRun(prepared, outcomes, random, [&work](int, double, bool) { ++work.attempts; }).until.count();
    work.nanoseconds = double(timer.nsecsElapsed());
    return work;
}

Work bareLoop(quint64 seed)
{
    Xoshiro256pp random(seed);
    Work work;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < runs; ++i) {
        double now = 0;
        double left = tokens;
        double nominal = base;
        for (int n = 1;; ++n) {
            ++work.attempts;
            const double r = random.uniform();
            const double latency = meanLatency * -sampleLog(1 - random.uniform());
            const bool late = now + latency > deadline;
            now = late ? deadline : now + latency;
            if (late || now >= deadline || r < shares[0] || n == attempts)
                break;
            const double price = r < shares[2] ? cost : timeoutCost;
            if (left < price)
                break;
            left -= price;
            const bool isAsked = r >= shares[1] && r < shares[2];
            const double wait = isAsked ? askedFor : random.uniform() * nominal;
            nominal = std::min(nominal * 2, cap);
            if (now + wait >= deadline)
                break;
            now += wait;
        }
        work.time += now;
    }
    work.nanoseconds = double(timer.nsecsElapsed());
    return work;
}

double attemptsPerSecond(const Work &work)
{
    return double(work.attempts) / work.nanoseconds * 1e9;
}

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

} // namespace

class RetryBenchmark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void machineAgainstABareLoop()
    {
        double best = 0;
        double bestBare = 0;
        std::vector<double> ratios;
        for (quint64 seed = 1; seed <= rounds; ++seed) { // in turns, so that both meet the same neighbours
            const Work bare = bareLoop(seed);
            const Work work = machine(seed);
            // The same model: means agree, or the comparison is worth nothing.
            QVERIFY(std::abs(double(work.attempts) / double(bare.attempts) - 1) < 0.01);
            QVERIFY(std::abs(work.time / bare.time - 1) < 0.01);
            best = std::max(best, attemptsPerSecond(work));
            bestBare = std::max(bestBare, attemptsPerSecond(bare));
            ratios.push_back(attemptsPerSecond(work) / attemptsPerSecond(bare));
        }
        std::sort(ratios.begin(), ratios.end());
        qInfo("machine %.1f million attempts/s, bare loop %.1f, ratio %.2f (median of %d turns)", best / 1e6,
              bestBare / 1e6, ratios[ratios.size() / 2], rounds);
    }

    void aMillionSamples_withHistograms_data()
    {
        QTest::addColumn<int>("threads");
        QTest::newRow("one thread") << 1;
        QTest::newRow("all cores") << 0;
    }
    void aMillionSamples_withHistograms()
    {
        QFETCH(int, threads);
        SampleOptions options;
        options.runs = runs;
        options.threads = threads;
        double best = INFINITY;
        double bestSimple = INFINITY;
        qint64 sends = 0;
        qint64 simpleSends = 0;
        const RandomOutcomes failing = *parseOutcomeScript(u"503");
        RetryPolicy simple = generic();
        simple.budget.reset();
        simple.deadline.reset();
        for (int i = 0; i < rounds; ++i) {
            QElapsedTimer timer;
            timer.start();
            sends = sampleRuns(generic(), genericOutcomes(), options)->sends;
            best = std::min(best, milliseconds(timer));
            timer.restart();
            simpleSends = sampleRuns(simple, failing, options)->sends;
            bestSimple = std::min(bestSimple, milliseconds(timer));
        }
        QCOMPARE(simpleSends, qint64(runs) * attempts);
        qInfo("%d generic runs (%.2f attempts each): %.1f ms; %d runs that all fail: %.1f ms", runs,
              double(sends) / runs, best, runs, bestSimple);
    }

    void aHerd_eventByEvent()
    {
        HerdScenario scenario;
        scenario.clients = 100000;
        scenario.arrivals = HerdScenario::Arrivals::Poisson;
        scenario.window = Millis(60000);
        scenario.capacity = 2500;
        scenario.latency = Millis(50);
        scenario.queue = 500;
        scenario.outageFrom = Millis(10000);
        scenario.outageLength = Millis(5000);
        double best = INFINITY;
        qint64 sends = 0;
        for (int i = 0; i < 3; ++i) {
            QElapsedTimer timer;
            timer.start();
            sends = simulateHerd(generic(), scenario, 1)->sends;
            best = std::min(best, milliseconds(timer));
        }
        qInfo("%d clients, %lld requests: %.0f ms, %.0f ns a request", scenario.clients, static_cast<long long>(sends),
              best, best * 1e6 / double(sends));
    }

    void anExactDistribution_andAHundredPointsOfIt_data()
    {
        QTest::addColumn<int>("jitter");
        QTest::addColumn<int>("retries");
        QTest::newRow("full, 3") << int(Jitter::Full) << 3;
        QTest::newRow("full, 8") << int(Jitter::Full) << 8;
        QTest::newRow("full, 30") << int(Jitter::Full) << 30;
        QTest::newRow("decorrelated, 3") << int(Jitter::Decorrelated) << 3;
        QTest::newRow("decorrelated, 8") << int(Jitter::Decorrelated) << 8;
    }
    void anExactDistribution_andAHundredPointsOfIt()
    {
        QFETCH(int, jitter);
        QFETCH(int, retries);
        RetryPolicy policy;
        policy.maxAttempts = retries + 1;
        policy.statuses = {{{500, 599}}};
        policy.backoff.shape = BackoffShape::Exponential;
        policy.backoff.base = Millis(1000);
        policy.backoff.cap = Millis(30000);
        policy.backoff.jitter = Jitter(jitter);
        const RandomOutcomes failing = *parseOutcomeScript(u"503");
        double best = INFINITY;
        double sum = 0;
        for (int i = 0; i < rounds; ++i) {
            QElapsedTimer timer;
            timer.start();
            const ExactDistribution exact = *exactTotal(policy, failing);
            for (int n = 0; n < 100; ++n)
                sum += exact.density(exact.min() + (exact.max() - exact.min()) * n / 100.0);
            for (const double q : {0.5, 0.9, 0.95, 0.99})
                sum += exact.quantile(q).count();
            best = std::min(best, milliseconds(timer));
        }
        QVERIFY(sum > 0);
        qInfo("%.2f ms", best);
    }
};

QTEST_APPLESS_MAIN(RetryBenchmark)
#include "bench_retry.moc"
