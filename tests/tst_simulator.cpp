// Schedules, distributions against theory, and herds.
#include "models/retry/simulator.h"

#include <QTest>

#include <cmath>

using namespace errata;

namespace {

RetryPolicy intended()
{
    for (const RetryPolicy &policy : shippedPolicies()) {
        if (policy.id == QLatin1String("intended"))
            return policy;
    }
    return {};
}

RetryPolicy exponential(double base, double cap, Jitter jitter, double ratio, int retries)
{
    RetryPolicy policy;
    policy.maxAttempts = retries + 1;
    policy.statuses = {{{500, 599}}};
    policy.backoff.shape = BackoffShape::Exponential;
    policy.backoff.base = Millis(base);
    policy.backoff.cap = Millis(cap);
    policy.backoff.jitter = jitter;
    policy.backoff.ratio = ratio;
    return policy;
}

OutcomeScript script(QStringView text)
{
    return *parseOutcomeScript(text);
}

QDateTime noDate()
{
    return {};
}

bool same(const Distribution &a, const Distribution &b)
{
    return a.mean == b.mean && a.stddev == b.stddev && a.p50 == b.p50 && a.p99 == b.p99 && a.max == b.max &&
           a.histogram == b.histogram;
}

} // namespace

class TestSimulator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allAttemptsFail_totalLiesWithin7000And7700();
    void runWithoutEnd_isCutOff();
    void distribution_meetsTheory_data();
    void distribution_meetsTheory();
    void distribution_ofAFixedScheduleIsOnePoint();
    void distribution_dependsOnTheSeedAlone();
    void distribution_firstBlockIsThePlainGenerator();
    void distribution_histogramHoldsEverySample();
    void progress_isToldAndMayGiveUp();
    void herd_wavesOfTheSample();
    void herd_peakOfTheFirstWaveMeetsTheory();
    void herd_withoutJitterReturnsInOneSpike();
    void herd_busiestSecondIsNotTiedToTheClock();
    void herd_unsentRequestsAreNoLoad();
};

void TestSimulator::allAttemptsFail_totalLiesWithin7000And7700()
{
    RandomSource random = RandomSource::seeded(1);
    const Schedule schedule = simulate(intended(), script(u"503"), random);
    QCOMPARE(schedule.sends, 4);
    QCOMPARE(schedule.verdict, Verdict::ReturnedError);
    QCOMPARE(schedule.total.min, Millis(7000));
    QCOMPARE(schedule.total.max, Millis(7700));
    QVERIFY(schedule.total.actual > Millis(7000) && schedule.total.actual < Millis(7700));
    QCOMPARE(schedule.attempts[2].starts.min, Millis(3000));
    QCOMPARE(schedule.attempts[2].starts.max, Millis(3300));
}

void TestSimulator::runWithoutEnd_isCutOff()
{
    RetryPolicy policy = exponential(1, 1, Jitter::None, 0, 0);
    policy.maxAttempts = INFINITY;
    RandomSource random = RandomSource::seeded(1);
    const Schedule schedule = simulate(policy, script(u"503"), random);
    QCOMPARE(schedule.sends, simulatedAttemptsLimit);
    QCOMPARE(schedule.reason, Reason::SimulationLimit);
    QCOMPARE(schedule.attempts.back().action, Attempt::Action::Stop);
    QCOMPARE(schedule.total.actual, Millis(simulatedAttemptsLimit - 1));
}

// Sums of independent uniform waits have an exact distribution (a generalised Irwin-Hall one);
// decorrelated jitter has an exact mean, the rest of its row is from 2e8 samples.
void TestSimulator::distribution_meetsTheory_data()
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

void TestSimulator::distribution_meetsTheory()
{
    QFETCH(int, jitter);
    QFETCH(double, base);
    QFETCH(double, cap);
    QFETCH(double, ratio);
    QFETCH(int, retries);
    QFETCH(QList<double>, expected);
    constexpr int runs = 60'000;
    const RetryPolicy policy = exponential(base, cap, Jitter(jitter), ratio, retries);
    const Distribution d = *sampleTotals(policy, script(u"503"), runs, 20260101);

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

void TestSimulator::distribution_ofAFixedScheduleIsOnePoint()
{
    const Distribution d = *sampleTotals(intended(), script(u"429:30"), 1000, 1);
    for (const Millis figure : {d.mean, d.min, d.p50, d.p90, d.p95, d.p99, d.max})
        QCOMPARE(figure, Millis(120'000));
    QCOMPARE(d.stddev, Millis(0));
    QCOMPARE(d.histogram, std::vector<int>{1000});
    QCOMPARE(sampleTotals(intended(), script(u"503"), 1, 1)->stddev, Millis(0));
}

void TestSimulator::distribution_dependsOnTheSeedAlone()
{
    const auto sample = [](quint64 seed) { return *sampleTotals(intended(), script(u"503"), 10'000, seed); };
    QVERIFY(same(sample(7), sample(7)));
    QVERIFY(!same(sample(7), sample(8)));
}

void TestSimulator::distribution_firstBlockIsThePlainGenerator()
{
    const RetryPolicy policy = intended();
    RandomSource random = RandomSource::seeded(5);
    double sum = 0;
    for (int i = 0; i < 4096; ++i)
        sum += simulate(policy, script(u"503"), random).total.actual.count();
    QVERIFY(std::abs(sampleTotals(policy, script(u"503"), 4096, 5)->mean.count() - sum / 4096) < 1e-6);
    // The next block has a generator of its own.
    const Distribution two = *sampleTotals(policy, script(u"503"), 8192, 5);
    for (int i = 0; i < 4096; ++i)
        sum += simulate(policy, script(u"503"), random).total.actual.count();
    QVERIFY(std::abs(two.mean.count() - sum / 8192) > 1e-6);
}

void TestSimulator::distribution_histogramHoldsEverySample()
{
    const Distribution d = *sampleTotals(intended(), script(u"503"), 5000, 3);
    int sum = 0;
    for (const int count : d.histogram)
        sum += count;
    QCOMPARE(sum, 5000);
    QVERIFY(d.histogram.size() > 10);
    // A sum of uniforms: the middle is full, the ends are thin.
    QVERIFY(d.histogram[d.histogram.size() / 2] > 4 * d.histogram.front());
}

void TestSimulator::progress_isToldAndMayGiveUp()
{
    std::vector<int> told;
    const auto watch = [&](int done) {
        told.push_back(done);
        return done < 8192;
    };
    QVERIFY(!sampleTotals(intended(), script(u"503"), 20'000, 1, noDate(), watch));
    QCOMPARE(told, (std::vector<int>{4096, 8192}));
    told.clear();
    QVERIFY(sampleTotals(intended(), script(u"503"), 5000, 1, noDate(), [&](int done) {
        told.push_back(done);
        return true;
    }));
    QCOMPARE(told, (std::vector<int>{4096, 5000}));
    QVERIFY(!simulateHerd(intended(), script(u"503"), 5000, 1, Millis(10), noDate(), [](int) { return false; }));
}

void TestSimulator::herd_wavesOfTheSample()
{
    const Herd herd = *simulateHerd(intended(), script(u"503"), 1000, 11);
    QCOMPARE(herd.clients, 1000);
    QCOMPARE(herd.sends, qint64(4000));
    QCOMPARE(herd.amplification, 4.0);
    QCOMPARE(herd.peakPerSecond, qint64(1000));
    QCOMPARE(herd.series.front(), (Herd::Bin{Millis(0), 1000}));
    int sum = 0;
    Millis before{-1};
    for (const Herd::Bin &bin : herd.series) {
        const double t = bin.start.count();
        QVERIFY(t == 0 || (t >= 1000 && t < 1100) || (t >= 3000 && t < 3300) || (t >= 7000 && t < 7700));
        QVERIFY(bin.start > before);
        QVERIFY(bin.requests > 0);
        before = bin.start;
        sum += bin.requests;
    }
    QCOMPARE(sum, 4000);
}

void TestSimulator::herd_peakOfTheFirstWaveMeetsTheory()
{
    // 1000 balls in 10 bins: the fullest is expected to hold 115.66. The mean of 60 such peaks has a
    // standard error below 1.
    double sum = 0;
    RetryPolicy policy = intended();
    policy.maxAttempts = 2;
    for (quint64 seed = 1; seed <= 60; ++seed)
        sum += simulateHerd(policy, script(u"503"), 1000, seed)->peakBin(Millis(500));
    QVERIFY2(std::abs(sum / 60 - 115.66) < 4, qPrintable(QString::number(sum / 60)));
}

void TestSimulator::herd_withoutJitterReturnsInOneSpike()
{
    const Herd herd = *simulateHerd(intended(), script(u"429:2,200"), 500, 1);
    QCOMPARE(herd.series, (std::vector<Herd::Bin>{{Millis(0), 500}, {Millis(2000), 500}}));
    QCOMPARE(herd.amplification, 2.0);
}

void TestSimulator::herd_busiestSecondIsNotTiedToTheClock()
{
    // Everybody sends at 0, 600 and 1200 ms: the second from 600 ms on holds as many as the first.
    RetryPolicy policy = exponential(600, 600, Jitter::None, 0, 3);
    const Herd herd = *simulateHerd(policy, script(u"503@0"), 10, 1);
    QCOMPARE(herd.sends, qint64(40));
    QCOMPARE(herd.peakPerSecond, qint64(20));
    policy.backoff.base = Millis(1000);
    policy.backoff.cap = Millis(1000);
    QCOMPARE(simulateHerd(policy, script(u"503"), 10, 1)->peakPerSecond, qint64(10));
}

void TestSimulator::herd_unsentRequestsAreNoLoad()
{
    const Herd herd = *simulateHerd(intended(), script(u"not-sent"), 10, 1);
    QCOMPARE(herd.sends, qint64(0));
    QCOMPARE(herd.amplification, 0.0);
    QCOMPARE(herd.peakPerSecond, qint64(0));
    QVERIFY(herd.series.empty());
}

QTEST_APPLESS_MAIN(TestSimulator)
#include "tst_simulator.moc"
