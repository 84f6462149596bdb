// Many runs: distributions against theory, the same figures on any number of threads.
#include "models/base/random.h"
#include "models/retry/linearhistogram.h"
#include "models/retry/montecarlo.h"
#include "models/retry/simulator.h"
#include "models/retry/theory.h"
#include "tests/support/retrydata.h"

#include <QTest>

#include <atomic>
#include <cmath>
#include <numeric>

using namespace errata;

namespace {

/// Three in ten fail, with two statuses; latencies of all kinds.
RandomOutcomes mixed()
{
    Outcome busy;
    busy.status = 503;
    Outcome limited;
    limited.status = 500;
    RandomOutcomes outcomes;
    outcomes.steps = {{{Outcome{}, 0.7, {LatencyModel::Kind::Exponential, Millis(80), Millis(0), 0}},
                       {busy, 0.24, {LatencyModel::Kind::Uniform, Millis(10), Millis(30), 0}},
                       {limited, 0.06, {LatencyModel::Kind::LogNormal, Millis(20), Millis(0), 0.7}}}};
    return outcomes;
}

bool same(const Distribution &a, const Distribution &b)
{
    return a.mean == b.mean && a.stddev == b.stddev && a.p50 == b.p50 && a.p99 == b.p99 && a.max == b.max &&
           a.histogram == b.histogram;
}

} // namespace

class TestMonteCarlo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void distribution_meetsTheory_data();
    void distribution_meetsTheory();
    void distribution_ofAFixedScheduleIsOnePoint();
    void distribution_dependsOnTheSeedAlone();
    void distribution_firstBlockIsThePlainGenerator();
    void distribution_histogramHoldsEverySample();
    void sample_isTheSameOnAnyNumberOfThreads();
    void refinements_areTheFirstRunsOfTheWhole();
    void longRuns_areSeenWithinTheFirstBlock();
    void sampling_canBeGivenUp();
    void sends_andVerdictsMeetTheory_data();
    void sends_andVerdictsMeetTheory();
    void attempts_startWithinTheirBounds();
    void latencies_followTheirModel_data();
    void latencies_followTheirModel();
    void attemptLongerThanAllowed_isATimeout();
    void hedgedCalls_meetTheory_data();
    void hedgedCalls_meetTheory();
    void logHistogram_quantiles();
    void logHistogram_givesAtomsBackExactly();
    void histograms_doNotDependOnTheOrder();
    void linearHistogram_countsInEqualParts_data();
    void linearHistogram_countsInEqualParts();
};

// Sums of independent uniform waits have an exact distribution (a generalised Irwin-Hall one);
// decorrelated jitter has an exact mean, the rest of its row is from 2e8 samples.
void TestMonteCarlo::distribution_meetsTheory_data()
{
    QTest::addColumn<int>("jitter");
    QTest::addColumn<double>("base");
    QTest::addColumn<double>("cap");
    QTest::addColumn<double>("ratio");
    QTest::addColumn<int>("retries");
    QTest::addColumn<QList<double>>("expected"); // mean, sd, p50, p90, p95, p99, range
    const auto row = [](const char *name, Jitter jitter, double base, double cap, double ratio, int retries,
                        const QList<double> &expected) {
        QTest::newRow(name) << int(jitter) << base << cap << ratio << retries << expected;
    };
    row("intended 1", Jitter::Additive, 1000, 30000, 0.1, 1, {1050, 28.867513, 1050, 1090, 1095, 1099, 100});
    row("intended 3", Jitter::Additive, 1000, 30000, 0.1, 3,
        {7350, 132.287566, 7350, 7526.847, 7565.344, 7621.703, 700});
    row("intended 5", Jitter::Additive, 1000, 30000, 0.1, 5,
        {32550, 533.072853, 32550, 33261.635205, 33417.584592, 33650.103492, 3100});
    row("full 3", Jitter::Full, 1000, 30000, 0, 3, {3500, 1322.88, 3500, 5268.47, 5653.44, 6217.03, 7000});
    row("full 5", Jitter::Full, 1000, 30000, 0, 5,
        {15500, 5330.728531, 15500, 22616.352048, 24175.84592, 26501.034918, 31000});
    row("full 8", Jitter::Full, 1000, 30000, 0, 8, {60500, 15919.07, 60500, 81310.74, 86829.44, 96134.76, 121000});
    row("equal 3", Jitter::Equal, 1000, 30000, 0, 3, {5250, 661.44, 5250, 6134.24, 6326.72, 6608.51, 3500});
    row("equal 5", Jitter::Equal, 1000, 30000, 0, 5,
        {23250, 2665.364265, 23250, 26808.176024, 27587.92296, 28750.517459, 15500});
    row("equal 8", Jitter::Equal, 1000, 30000, 0, 8, {90750, 7959.53, 90750, 101155.37, 103914.72, 108567.38, 60500});
    row("symmetric 20 % 3", Jitter::Symmetric, 100, 1000, 0.2, 3,
        {700, 52.915026, 700, 770.738791, 786.137533, 808.681059, 280});
    row("decorrelated 3", Jitter::Decorrelated, 1000, 30000, 0, 3,
        {11250, 5651.5, 9826.5, 19331.3, 22768.1, 28924.3, 36000});
}

void TestMonteCarlo::distribution_meetsTheory()
{
    QFETCH(int, jitter);
    QFETCH(double, base);
    QFETCH(double, cap);
    QFETCH(double, ratio);
    QFETCH(int, retries);
    QFETCH(QList<double>, expected);
    constexpr int runs = 60000;
    const RetryPolicy policy = exponentialPolicy(base, cap, Jitter(jitter), ratio, retries);
    const Distribution d = sampleTotals(policy, scriptOf(u"503"), runs, 20260101);

    const double range = expected[6];
    const auto within = [](Millis value, double exact, double tolerance) {
        return std::abs(value.count() - exact) <= tolerance;
    };
    QCOMPARE(d.runs, runs);
    QVERIFY2(within(d.mean, expected[0], 4 * expected[1] / std::sqrt(runs)),
             qPrintable(QString::number(d.mean.count())));
    QVERIFY2(within(d.stddev, expected[1], 0.02 * expected[1]), qPrintable(QString::number(d.stddev.count())));
    QVERIFY2(within(d.p50, expected[2], 0.005 * range), qPrintable(QString::number(d.p50.count())));
    QVERIFY2(within(d.p90, expected[3], 0.005 * range), qPrintable(QString::number(d.p90.count())));
    QVERIFY2(within(d.p95, expected[4], 0.005 * range), qPrintable(QString::number(d.p95.count())));
    QVERIFY2(within(d.p99, expected[5], 0.005 * range), qPrintable(QString::number(d.p99.count())));
    QVERIFY(d.max >= d.p99 && d.min <= d.p50);
    QVERIFY((d.max - d.min).count() <= range);
}

void TestMonteCarlo::distribution_ofAFixedScheduleIsOnePoint()
{
    const Distribution d = sampleTotals(intended(), scriptOf(u"429:30"), 1000, 1);
    for (const Millis figure : {d.mean, d.min, d.p50, d.p90, d.p95, d.p99, d.max})
        QCOMPARE(figure, Millis(120000));
    QCOMPARE(d.stddev, Millis(0));
    QCOMPARE(d.histogram, std::vector<int>{1000});
    QCOMPARE(sampleTotals(intended(), scriptOf(u"503"), 1, 1).stddev, Millis(0));
}

void TestMonteCarlo::distribution_dependsOnTheSeedAlone()
{
    const auto sample = [](quint64 seed) { return sampleTotals(intended(), scriptOf(u"503"), 10000, seed); };
    QVERIFY(same(sample(7), sample(7)));
    QVERIFY(!same(sample(7), sample(8)));
}

void TestMonteCarlo::distribution_firstBlockIsThePlainGenerator()
{
    const RetryPolicy policy = intended();
    RandomSource random = RandomSource::seeded(5);
    double sum = 0;
    for (int i = 0; i < 4096; ++i)
        sum += simulate(policy, scriptOf(u"503"), random).total.actual.count();
    QVERIFY(std::abs(sampleTotals(policy, scriptOf(u"503"), 4096, 5).mean.count() - sum / 4096) < 1e-6);
    // The next block has a generator of its own.
    const Distribution two = sampleTotals(policy, scriptOf(u"503"), 8192, 5);
    for (int i = 0; i < 4096; ++i)
        sum += simulate(policy, scriptOf(u"503"), random).total.actual.count();
    QVERIFY(std::abs(two.mean.count() - sum / 8192) > 1e-6);
}

void TestMonteCarlo::distribution_histogramHoldsEverySample()
{
    const Distribution d = sampleTotals(intended(), scriptOf(u"503"), 5000, 3);
    int sum = 0;
    for (const int count : d.histogram)
        sum += count;
    QCOMPARE(sum, 5000);
    QVERIFY(d.histogram.size() > 10);
    // A sum of uniforms: the middle is full, the ends are thin.
    QVERIFY(d.histogram[d.histogram.size() / 2] > 4 * d.histogram.front());
}

void TestMonteCarlo::sample_isTheSameOnAnyNumberOfThreads()
{
    const RetryPolicy policy = exponentialPolicy(100, 10000, Jitter::Full, 0, 5);
    const RandomOutcomes outcomes = mixed();
    SampleOptions options;
    options.runs = 60000;
    options.seed = 11;
    options.threads = 1;
    const Sample one = *sampleRuns(policy, outcomes, options);
    for (const int threads : {2, 3, 0}) {
        options.threads = threads;
        const Sample many = *sampleRuns(policy, outcomes, options);
        QVERIFY(same(one.totals, many.totals));
        QCOMPARE(many.totals.bins.bins(), one.totals.bins.bins());
        QCOMPARE(many.sends, one.sends);
        QCOMPARE(many.verdicts, one.verdicts);
        QCOMPARE(many.attempts.size(), one.attempts.size());
        for (std::size_t i = 0; i < one.attempts.size(); ++i) {
            QCOMPARE(many.attempts[i].runs, one.attempts[i].runs);
            QCOMPARE(many.attempts[i].mean, one.attempts[i].mean);
            QCOMPARE(many.attempts[i].p95, one.attempts[i].p95);
        }
    }
}

void TestMonteCarlo::refinements_areTheFirstRunsOfTheWhole()
{
    std::vector<Sample> seen;
    SampleOptions options;
    options.runs = 40000;
    options.seed = 3;
    const auto keep = [&](const Sample &sample) {
        seen.push_back(sample);
        return true;
    };
    const Sample whole = *sampleRuns(intended(), scriptOf(u"503"), options, keep);
    QCOMPARE(whole.totals.runs, 40000);
    QCOMPARE(seen.size(), std::size_t(4));
    int expected = 4096;
    for (const Sample &sample : seen) {
        QCOMPARE(sample.totals.runs, expected);
        QVERIFY(same(sample.totals, sampleTotals(intended(), scriptOf(u"503"), expected, 3)));
        expected *= 2;
    }
}

void TestMonteCarlo::longRuns_areSeenWithinTheFirstBlock()
{
    RetryPolicy patient = intended();
    constexpr int attempts = 300;
    patient.maxAttempts = attempts;
    std::vector<Sample> seen;
    SampleOptions options;
    options.runs = 4200;
    options.seed = 3;
    const Sample whole = *sampleRuns(patient, scriptOf(u"503"), options, [&](const Sample &sample) {
        seen.push_back(sample);
        return true;
    });
    QVERIFY(seen.size() > 2);
    QVERIFY2(seen.front().totals.runs < 500, QByteArray::number(seen.front().totals.runs));
    QCOMPARE(seen.back().totals.runs, 4096);
    for (std::size_t i = 1; i < seen.size(); ++i)
        QVERIFY(seen[i - 1].totals.runs < seen[i].totals.runs);
    // Looking changes nothing, and what is seen are the first runs.
    QVERIFY(same(whole.totals, sampleTotals(patient, scriptOf(u"503"), 4200, 3)));
    QVERIFY(same(seen.front().totals, sampleTotals(patient, scriptOf(u"503"), seen.front().totals.runs, 3)));
    QCOMPARE(seen.front().sends, qint64(seen.front().totals.runs) * attempts);
    // Nobody waits for a block of millions of attempts to be given up.
    int told = 0;
    QVERIFY(!sampleRuns(patient, scriptOf(u"503"), options, [&told](const Sample &) { return ++told < 1; }));
    QCOMPARE(told, 1);
    bool isCancelled = false;
    options.threads = 1;
    options.isCancelled = [&isCancelled] { return std::exchange(isCancelled, true); };
    QVERIFY(!sampleRuns(patient, scriptOf(u"503"), options));
}

void TestMonteCarlo::sampling_canBeGivenUp()
{
    SampleOptions options;
    options.runs = 1000000;
    int told = 0;
    QVERIFY(!sampleRuns(intended(), scriptOf(u"503"), options, [&told](const Sample &) { return ++told < 3; }));
    QCOMPARE(told, 3);
    std::atomic<int> asked = 0;
    options.isCancelled = [&asked] { return ++asked > 5; };
    QVERIFY(!sampleRuns(intended(), scriptOf(u"503"), options));
    QVERIFY(asked < 20);
    options.isCancelled = [] { return false; };
    options.runs = 1;
    QCOMPARE(sampleRuns(intended(), scriptOf(u"503"), options)->totals.runs, 1);
}

void TestMonteCarlo::sends_andVerdictsMeetTheory_data()
{
    QTest::addColumn<double>("p");
    QTest::newRow("0.1") << 0.1;
    QTest::newRow("0.3") << 0.3;
    QTest::newRow("0.5") << 0.5;
    QTest::newRow("0.9") << 0.9;
    QTest::newRow("1") << 1.0;
}

void TestMonteCarlo::sends_andVerdictsMeetTheory()
{
    QFETCH(double, p);
    Outcome failure;
    failure.status = 503;
    SampleOptions options;
    options.runs = 40000;
    const Sample sample = *sampleRuns(intended(), RandomOutcomes::failing(p, failure), options);
    const double lost = std::pow(p, 4);
    const double error = 4.5 / std::sqrt(options.runs);
    QVERIFY(std::abs(sample.meanSends() - expectedAttempts(p, 4)) <= error * 1.5);
    QVERIFY(std::abs(sample.share(Verdict::ReturnedError) - lost) <= error * std::sqrt(lost * (1 - lost)) + 1e-12);
    QVERIFY(std::abs(sample.share(Verdict::Succeeded) + sample.share(Verdict::ReturnedError) - 1) < 1e-12);
    const Millis wait = expectedWait(p, {Millis(1050), Millis(2100), Millis(4200)});
    QVERIFY(std::abs((sample.totals.mean - wait).count()) <= error * sample.totals.stddev.count());
    QCOMPARE(sample.attempts.size(), std::size_t(4));
    QCOMPARE(sample.attempts[0].runs, qint64(40000));
    qint64 reached = 0;
    for (const AttemptStarts &attempt : sample.attempts)
        reached += attempt.runs;
    QCOMPARE(reached, sample.sends);
}

void TestMonteCarlo::attempts_startWithinTheirBounds()
{
    SampleOptions options;
    options.runs = 20000;
    const Sample sample = *sampleRuns(intended(), scriptOf(u"503"), options);
    const std::vector<std::pair<double, double>> bounds{{0, 0}, {1000, 1100}, {3000, 3300}, {7000, 7700}};
    QCOMPARE(sample.attempts.size(), bounds.size());
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        const AttemptStarts &starts = sample.attempts[i];
        QVERIFY(starts.min.count() >= bounds[i].first && starts.max.count() <= bounds[i].second);
        const double middle = (bounds[i].first + bounds[i].second) / 2;
        QVERIFY(std::abs(starts.mean.count() - middle) <= 0.005 * middle);
        QVERIFY(std::abs(starts.p50.count() - middle) <= 0.005 * middle);
        QVERIFY(starts.min <= starts.p5 && starts.p5 <= starts.p50 && starts.p50 <= starts.p95 &&
                starts.p95 <= starts.max);
    }
}

void TestMonteCarlo::latencies_followTheirModel_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("most");
    QTest::addColumn<double>("sigma");
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("median");
    QTest::addColumn<double>("sd");
    QTest::newRow("fixed") << int(LatencyModel::Kind::Fixed) << 0.0 << 0.0 << 100.0 << 100.0 << 0.0;
    QTest::newRow("uniform") << int(LatencyModel::Kind::Uniform) << 200.0 << 0.0 << 150.0 << 150.0
                             << 100 / std::sqrt(12.0);
    QTest::newRow("exponential") << int(LatencyModel::Kind::Exponential) << 0.0 << 0.0 << 100.0 << 100 * std::log(2.0)
                                 << 100.0;
    QTest::newRow("log-normal") << int(LatencyModel::Kind::LogNormal) << 0.0 << 0.5 << 100 * std::exp(0.125) << 100.0
                                << 100 * std::exp(0.125) * std::sqrt(std::expm1(0.25));
}

void TestMonteCarlo::latencies_followTheirModel()
{
    QFETCH(int, kind);
    QFETCH(double, most);
    QFETCH(double, sigma);
    QFETCH(double, mean);
    QFETCH(double, median);
    QFETCH(double, sd);
    RandomOutcomes outcomes;
    outcomes.steps[0][0].latency = {LatencyModel::Kind(kind), Millis(100), Millis(most), sigma};
    QVERIFY(std::abs(outcomes.steps[0][0].latency.mean().count() - mean) < 1e-9);
    SampleOptions options;
    options.runs = 40000;
    const Distribution totals = sampleRuns(intended(), outcomes, options)->totals;
    QVERIFY(std::abs(totals.mean.count() - mean) <= 4.5 * sd / 200);
    QVERIFY(std::abs(totals.p50.count() - median) <= 0.02 * median);
    QVERIFY(std::abs(totals.stddev.count() - sd) <= 0.04 * sd);
}

void TestMonteCarlo::attemptLongerThanAllowed_isATimeout()
{
    RetryPolicy policy = exponentialPolicy(100, 100, Jitter::None, 0, 2);
    policy.attemptTimeout = Millis(50);
    policy.deadline = Millis(320);
    RandomOutcomes outcomes;
    outcomes.steps[0][0].latency.typical = Millis(1000);
    SampleOptions options;
    options.runs = 10;
    const Sample sample = *sampleRuns(policy, outcomes, options);
    QCOMPARE(sample.totals.min, Millis(320)); // 50 + 100 + 50 + 100, then 20 are left
    QCOMPARE(sample.totals.max, Millis(320));
    QCOMPARE(sample.share(Verdict::Deadline), 1.0);
    QCOMPARE(sample.sends, qint64(30));
}

void TestMonteCarlo::hedgedCalls_meetTheory_data()
{
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("delay");
    QTest::addColumn<int>("attempts");
    QTest::newRow("0.4 s, 0.5 s, 4") << 400.0 << 500.0 << 4;
    QTest::newRow("1 s, 0.5 s, 4") << 1000.0 << 500.0 << 4;
    QTest::newRow("1 s, 0.1 s, 4") << 1000.0 << 100.0 << 4;
    QTest::newRow("1 s, alone") << 1000.0 << 500.0 << 1;
}

void TestMonteCarlo::hedgedCalls_meetTheory()
{
    QFETCH(double, mean);
    QFETCH(double, delay);
    QFETCH(int, attempts);
    RetryPolicy policy;
    policy.maxAttempts = attempts;
    policy.hedging = Hedging{Millis(delay)};
    RandomOutcomes outcomes;
    outcomes.steps[0][0].latency = {LatencyModel::Kind::Exponential, Millis(mean), Millis(0), 0};
    SampleOptions options;
    options.runs = 60000;
    const Sample sample = *sampleRuns(policy, outcomes, options);
    const HedgedCall theory{Millis(delay), attempts, Millis(mean)};
    const double error = 4.5 / std::sqrt(options.runs);
    QVERIFY(std::abs((sample.totals.mean - theory.expectedLatency()).count()) < error * sample.totals.stddev.count());
    QVERIFY(std::abs(sample.meanSends() - theory.expectedSends()) <= error * (attempts - 1));
    QCOMPARE(sample.share(Verdict::Succeeded), 1.0);
    for (std::size_t i = 0; i < sample.attempts.size(); ++i)
        QCOMPARE(sample.attempts[i].max, Millis(delay) * static_cast<double>(i));
}

void TestMonteCarlo::logHistogram_quantiles()
{
    LogHistogram histogram;
    QCOMPARE(histogram.quantile(0.5), 0.0);
    for (int i = 1; i <= 100000; ++i)
        histogram.add(i * 0.37);
    QCOMPARE(histogram.count(), std::uint64_t(100000));
    QCOMPARE(histogram.quantile(0), 0.37);
    QCOMPARE(histogram.quantile(1), 37000.0);
    for (const double q : {0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999})
        QVERIFY(std::abs(histogram.quantile(q) / (q * 37000) - 1) < 1e-3);
    for (const LogHistogram::Bin &bin : histogram.bins())
        QVERIFY(bin.most / bin.least < 1.008);
}

void TestMonteCarlo::logHistogram_givesAtomsBackExactly()
{
    LogHistogram histogram;
    for (int i = 0; i < 100; ++i)
        histogram.add(i < 30 ? 0 : i < 60 ? 1050.125 : 120000);
    QCOMPARE(histogram.quantile(0.3), 0.0);
    QCOMPARE(histogram.quantile(0.31), 1050.125);
    QCOMPARE(histogram.quantile(0.6), 1050.125);
    QCOMPARE(histogram.quantile(0.61), 120000.0);
}

void TestMonteCarlo::histograms_doNotDependOnTheOrder()
{
    LogHistogram up;
    LogHistogram down;
    LogHistogram halves[2];
    LinearHistogram upBars;
    LinearHistogram downBars;
    LinearHistogram halfBars[2];
    constexpr int count = 20000;
    const auto value = [](int i) { return std::exp(i * 1e-3) * 1e-3; }; // 0.001 to 485,165
    for (int i = 0; i < count; ++i) {
        up.add(value(i));
        down.add(value(count - 1 - i));
        halves[i % 2].add(value(i));
        upBars.add(value(i));
        downBars.add(value(count - 1 - i));
        halfBars[i % 2].add(value(i));
    }
    halves[1].merge(halves[0]);
    halfBars[1].merge(halfBars[0]);
    QCOMPARE(down.bins(), up.bins());
    QCOMPARE(halves[1].bins(), up.bins());
    const std::vector<int> bars = upBars.rebinned(value(0), value(count - 1), 60);
    QCOMPARE(downBars.rebinned(value(0), value(count - 1), 60), bars);
    QCOMPARE(halfBars[1].rebinned(value(0), value(count - 1), 60), bars);
    QCOMPARE(std::accumulate(bars.begin(), bars.end(), 0), count);
}

void TestMonteCarlo::linearHistogram_countsInEqualParts_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::newRow("around 1") << 0.5 << 1.5;
    QTest::newRow("narrow and far") << 7000.0 << 7000.5;
    QTest::newRow("hours") << 0.0 << 1e7;
    QTest::newRow("centuries") << 3e15 << 3e15 + 1e6;
}

void TestMonteCarlo::linearHistogram_countsInEqualParts()
{
    QFETCH(double, low);
    QFETCH(double, high);
    LinearHistogram histogram;
    constexpr int count = 60000;
    for (int i = 0; i < count; ++i)
        histogram.add(low + (high - low) * (i + 0.5) / count);
    const std::vector<int> bars = histogram.rebinned(low, high, 60);
    QCOMPARE(bars.size(), std::size_t(60));
    QCOMPARE(std::accumulate(bars.begin(), bars.end(), 0), count);
    for (const int bar : bars)
        QVERIFY2(std::abs(bar - 1000) < 40, qPrintable(QString::number(bar)));
    QCOMPARE(LinearHistogram(histogram).rebinned(low, low, 60), std::vector<int>{count});
}

QTEST_APPLESS_MAIN(TestMonteCarlo)
#include "tst_montecarlo.moc"
