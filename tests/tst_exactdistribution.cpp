// Closed forms of totals: published figures, properties that every one has, and where none holds.
#include "models/retry/exactdistribution.h"
#include "models/retry/exactlaws.h"
#include "models/retry/montecarlo.h"
#include "tests/support/retrydata.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace errata;

namespace {

RetryPolicy polly(int retries)
{
    RetryPolicy policy = exponentialPolicy(2000, 0, Jitter::None, 0, retries);
    policy.backoff.shape = BackoffShape::PollyV2;
    policy.backoff.cap.reset();
    return policy;
}

Outcome unavailable(double latency = 0)
{
    Outcome outcome;
    outcome.status = 503;
    outcome.latency = Millis(latency);
    return outcome;
}

OutcomeScript failing(double latency = 0)
{
    OutcomeScript script;
    script.outcomes = {unavailable(latency)};
    return script;
}

bool near(double value, double expected, double relative, double absolute = 0)
{
    return std::abs(value - expected) <= relative * std::abs(expected) + absolute;
}

/// Figures are printed with six digits behind the point.
constexpr double printed = 5.1e-7;

#define COMPARE_FIGURE(value, expected)                                                                                \
    QVERIFY2(near(value, expected, 1e-9, printed), qPrintable(QString::number(value, 'f', 9)))

void addPolicies()
{
    QTest::addColumn<RetryPolicy>("policy");
    QTest::newRow("additive 3") << exponentialPolicy(1000, 30000, Jitter::Additive, 0.1, 3);
    QTest::newRow("additive 8") << exponentialPolicy(1000, 30000, Jitter::Additive, 0.1, 8);
    QTest::newRow("full 1") << exponentialPolicy(1000, 30000, Jitter::Full, 0, 1);
    QTest::newRow("full 8") << exponentialPolicy(1000, 30000, Jitter::Full, 0, 8);
    QTest::newRow("full 14") << exponentialPolicy(100, 1e9, Jitter::Full, 0, 14);
    QTest::newRow("full 40") << exponentialPolicy(100, 1000, Jitter::Full, 0, 40);
    QTest::newRow("equal 5") << exponentialPolicy(1000, 30000, Jitter::Equal, 0, 5);
    QTest::newRow("symmetric 3") << exponentialPolicy(100, 1000, Jitter::Symmetric, 0.2, 3);
    QTest::newRow("symmetric half 5") << exponentialPolicy(500, 60000, Jitter::Symmetric, 0.5, 5);
}

} // namespace

Q_DECLARE_METATYPE(errata::RetryPolicy)

class TestExactDistribution : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void total_meetsPublishedFigures_data();
    void total_meetsPublishedFigures();
    void sumOfUniforms_isSymmetric_data() { addPolicies(); }
    void sumOfUniforms_isSymmetric();
    void cdf_densityAndQuantileAgree_data() { addPolicies(); }
    void cdf_densityAndQuantileAgree();
    void closedFormulaAndSeries_agree();
    void decorrelated_meetsSamplesOfOthers_data();
    void decorrelated_meetsSamplesOfOthers();
    void decorrelated_capWithinReachOfTheFirstWaitIsAnAtom();
    void telescoping_meetsPublishedFigures();
    void nothingLeftToChance_isAnAtom();
    void randomOutcomes_areAMixture();
    void successBeforeADeadline_data();
    void successBeforeADeadline();
    void noClosedForm_data();
    void noClosedForm();
    void sampled_meetsExact_data();
    void sampled_meetsExact();
};

void TestExactDistribution::total_meetsPublishedFigures_data()
{
    QTest::addColumn<double>("least");
    QTest::addColumn<QList<double>>("widths");
    QTest::addColumn<QList<double>>("figures"); // mean, sd, p1, p5, p10, p25, p50, p75, p90, p95, p99, p99.9
    const auto row = [](const char *name, double least, const QList<double> &widths, const QList<double> &figures) {
        QTest::newRow(name) << least << widths << figures;
    };
    row("additive 10 %, 1", 1000, {100},
        {1050, 28.867513, 1001, 1005, 1010, 1025, 1050, 1075, 1090, 1095, 1099, 1099.9});
    row("additive 10 %, 5", 31000, {100, 200, 400, 800, 1600},
        {32550, 533.072853, 31449.896508, 31682.415408, 31838.364795, 32144.114131, 32550, 32955.885869, 33261.635205,
         33417.584592, 33650.103492, 33832.854689});
    row("full, 5", 0, {1000, 2000, 4000, 8000, 16000},
        {15500, 5330.728531, 4498.965082, 6824.15408, 8383.647952, 11441.141315, 15500, 19558.858685, 22616.352048,
         24175.84592, 26501.034918, 28328.546888});
    row("equal, 5", 15500, {500, 1000, 2000, 4000, 8000},
        {23250, 2665.364265, 17749.482541, 18912.07704, 19691.823976, 21220.570657, 23250, 25279.429343, 26808.176024,
         27587.92296, 28750.517459, 29664.273444});
    row("gRPC's example", 560, {40, 80, 160},
        {700, 52.915026, 591.318941, 613.862467, 629.261209, 659.55489, 700, 740.44511, 770.738791, 786.137533,
         808.681059, 825.463035});
    row("less up to a quarter, 6", 17625, {125, 250, 500, 1000, 2000, 2000},
        {20562.5, 881.670999, 18640.025027, 19100.982336, 19392.754893, 19937.140492, 20562.5, 21187.859508,
         21732.245107, 22024.017664, 22484.974973, 22865.028462});
    row("first waits fixed", 1500, {500},
        {1750, 144.337567, 1505, 1525, 1550, 1625, 1750, 1875, 1950, 1975, 1995, 1999.5});
    row("full, 2", 0, {100, 200},
        {150, 64.549722, 20, 44.72136, 63.245553, 100, 150, 200, 236.754447, 255.27864, 280, 293.675445});
    row("plus a second, 4", 15000, {1000, 1000, 1000, 1000},
        {17000, 577.350269, 15699.927102, 16046.639266, 16246.578726, 16597.273358, 17000, 17402.726642, 17753.421274,
         17953.360734, 18300.072898, 18606.402066});
    row("ten and a tenth, 4", 40, {1, 1, 1, 1},
        {42, 0.57735, 40.699927, 41.046639, 41.246579, 41.597273, 42, 42.402727, 42.753421, 42.953361, 43.300073,
         43.606402});
    row("plus 100 ms, 9", 51100, {100, 100, 100, 100, 100, 100, 100, 100, 100},
        {51550, 86.60254, 51351.346775, 51407.302016, 51438.146422, 51490.738697, 51550, 51609.261303, 51661.853578,
         51692.697984, 51748.653225, 51807.237311});
}

void TestExactDistribution::total_meetsPublishedFigures()
{
    QFETCH(double, least);
    QFETCH(QList<double>, widths);
    QFETCH(QList<double>, figures);
    const ExactDistribution exact({{1, sumOfUniformsLaw(least, {widths.begin(), widths.end()})}});
    COMPARE_FIGURE(exact.mean().count(), figures[0]);
    COMPARE_FIGURE(exact.stddev().count(), figures[1]);
    constexpr std::array shares{0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999};
    for (std::size_t i = 0; i < shares.size(); ++i)
        COMPARE_FIGURE(exact.quantile(shares[i]).count(), figures[static_cast<qsizetype>(i) + 2]);
}

// p50 = mean, p(q) + p(1-q) = 2 * mean.
void TestExactDistribution::sumOfUniforms_isSymmetric()
{
    QFETCH(RetryPolicy, policy);
    const auto exact = exactTotal(policy, failing());
    QVERIFY(exact);
    QCOMPARE(exact->form(), ClosedForm::SumOfUniforms);
    const double mean = exact->mean().count();
    QVERIFY(near(exact->quantile(0.5).count(), mean, 1e-9));
    for (const double q : {0.001, 0.01, 0.1, 0.3, 0.45}) {
        QVERIFY(near((exact->quantile(q) + exact->quantile(1 - q)).count(), 2 * mean, 1e-9));
        const Millis t = exact->quantile(q);
        QVERIFY(near(exact->cdf(t) + exact->cdf(Millis(2 * mean) - t), 1, 1e-12));
        QVERIFY(near(exact->density(t), exact->density(Millis(2 * mean) - t), 1e-7));
    }
}

void TestExactDistribution::cdf_densityAndQuantileAgree()
{
    QFETCH(RetryPolicy, policy);
    const auto exact = exactTotal(policy, failing());
    QVERIFY(exact);
    QCOMPARE(exact->cdf(exact->min()), 0.0);
    QCOMPARE(exact->cdf(exact->max()), 1.0);
    double before = 0;
    const Millis step = (exact->max() - exact->min()) / 50;
    for (int i = 1; i < 50; ++i) {
        const Millis t = exact->min() + i * step;
        const double share = exact->cdf(t);
        QVERIFY(share >= before - 1e-14);
        before = share;
        if (share > 1e-6 && share < 1 - 1e-6)
            QVERIFY2(near(exact->quantile(share).count(), t.count(), 1e-6), qPrintable(QString::number(share)));
        const Millis tiny = step * 1e-3;
        const double slope = (exact->cdf(t + tiny) - exact->cdf(t - tiny)) / (2 * tiny.count());
        QVERIFY(near(exact->density(t), slope, 1e-3, 1e-4 / (exact->max() - exact->min()).count()));
    }
}

void TestExactDistribution::closedFormulaAndSeries_agree()
{
    // Nine doubling widths take the formula, a tenth as tiny as to hardly matter the series.
    std::vector<double> widths;
    widths.reserve(9);
    for (int i = 0; i < 9; ++i)
        widths.push_back(std::exp2(i));
    const auto formula = sumOfUniformsLaw(0, widths);
    std::vector<double> more = widths;
    for (int i = 0; i < 6; ++i)
        more.push_back(1e-4);
    const auto series = sumOfUniformsLaw(-3e-4, more);
    QVERIFY(formula && series);
    for (const double q : {0.01, 0.2, 0.5, 0.9, 0.999})
        QVERIFY(near(series->quantile(q), formula->quantile(q), 1e-6));
}

void TestExactDistribution::decorrelated_meetsSamplesOfOthers_data()
{
    QTest::addColumn<int>("retries");
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("sd");
    QTest::addColumn<QList<double>>("percentiles"); // p50, p90, p95, p99 of 2e8 samples
    QTest::newRow("3") << 3 << 11250.0 << 5651.5 << QList<double>{9826.5, 19331.3, 22768.1, 28924.3};
    QTest::newRow("5") << 5 << 31799.02 << 19792.8 << QList<double>{25521.3, 62928.1, 73059.0, 85378.4};
    QTest::newRow("8") << 8 << 77414.47 << 42145.7 << QList<double>{71553.0, 139035.8, 151758.1, 169947.7};
}

void TestExactDistribution::decorrelated_meetsSamplesOfOthers()
{
    QFETCH(int, retries);
    QFETCH(double, mean);
    QFETCH(double, sd);
    QFETCH(QList<double>, percentiles);
    const auto exact = exactTotal(exponentialPolicy(1000, 30000, Jitter::Decorrelated, 0, retries), failing());
    QVERIFY(exact);
    QCOMPARE(exact->form(), ClosedForm::Decorrelated);
    QVERIFY2(near(exact->mean().count(), mean, 5e-7), qPrintable(QString::number(exact->mean().count(), 'f', 4)));
    QVERIFY2(near(exact->stddev().count(), sd, 2e-4), qPrintable(QString::number(exact->stddev().count(), 'f', 4)));
    constexpr std::array shares{0.5, 0.9, 0.95, 0.99};
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const double value = exact->quantile(shares[i]).count();
        QVERIFY2(near(value, percentiles[static_cast<qsizetype>(i)], 1e-3), qPrintable(QString::number(value)));
    }
    QCOMPARE(exact->cdf(exact->max()), 1.0);
    QVERIFY(exact->atoms().empty());
}

void TestExactDistribution::decorrelated_capWithinReachOfTheFirstWaitIsAnAtom()
{
    // X1 = min(2000, U(1000, 3000)), X2 = min(2000, U(1000, 3 * X1)): both are the cap with 1/2 * 4/5.
    const auto exact = exactTotal(exponentialPolicy(1000, 2000, Jitter::Decorrelated, 0, 2), failing());
    QVERIFY(exact);
    const auto atoms = exact->atoms();
    QCOMPARE(atoms.size(), std::size_t(1));
    QCOMPARE(atoms[0].at, Millis(4000));
    QVERIFY2(near(atoms[0].probability, 0.4, 1e-3), qPrintable(QString::number(atoms[0].probability)));
    QCOMPARE(exact->quantile(0.9), Millis(4000));
}

void TestExactDistribution::telescoping_meetsPublishedFigures()
{
    const auto five = exactTotal(polly(5), failing());
    QVERIFY(five);
    QCOMPARE(five->form(), ClosedForm::Telescoping);
    COMPARE_FIGURE(five->mean().count(), 32962.446521);
    COMPARE_FIGURE(five->stddev().count(), 6573.079792);
    COMPARE_FIGURE(five->min().count(), 22841.812565);
    COMPARE_FIGURE(five->max().count(), 45702.357448);
    const QList<std::pair<double, double>> quantiles{
        {0.01, 23000.84339},  {0.05, 23648.098789}, {0.1, 24482.80247},   {0.25, 27167.623743}, {0.5, 32311.534956},
        {0.75, 38428.399527}, {0.9, 42640.760615},  {0.95, 44145.039122}, {0.99, 45386.561738}, {0.999, 45670.679298}};
    for (const auto &[q, expected] : quantiles) {
        COMPARE_FIGURE(five->quantile(q).count(), expected);
        QVERIFY(near(five->cdf(Millis(expected)), q, 1e-6));
    }
    const auto three = exactTotal(polly(3), failing());
    QVERIFY(near(three->mean().count(), 8214.35, 1e-6));
    QVERIFY(near(three->stddev().count(), 1647.87, 1e-5));
    QVERIFY(near(three->quantile(0.99).count(), 11327.15, 1e-6));
    const double slope = (three->cdf(Millis(8001)) - three->cdf(Millis(7999))) / 2;
    QVERIFY(near(three->density(Millis(8000)), slope, 1e-5));
}

void TestExactDistribution::nothingLeftToChance_isAnAtom()
{
    const auto exact = exactTotal(exponentialPolicy(1000, 30000, Jitter::None, 0, 5), failing());
    QVERIFY(exact);
    QCOMPARE(exact->form(), ClosedForm::Fixed);
    for (const double q : {0.0, 0.01, 0.5, 0.999, 1.0})
        QCOMPARE(exact->quantile(q), Millis(31000));
    QCOMPARE(exact->mean(), Millis(31000));
    QCOMPARE(exact->stddev(), Millis(0));
    QCOMPARE(exact->cdf(Millis(30999)), 0.0);
    QCOMPARE(exact->cdf(Millis(31000)), 1.0);
    QCOMPARE(exact->atoms().size(), std::size_t(1));
    // What is stated by the server has no jitter; latencies count.
    const auto latencies = exactTotal(exponentialPolicy(1000, 30000, Jitter::None, 0, 1), failing(20));
    QCOMPARE(latencies->mean(), Millis(1040));
}

void TestExactDistribution::randomOutcomes_areAMixture()
{
    const RetryPolicy policy = exponentialPolicy(1000, 30000, Jitter::Additive, 0.1, 3);
    const auto exact = exactTotal(policy, RandomOutcomes::failing(0.5, unavailable()));
    QVERIFY(exact);
    QCOMPARE(exact->form(), ClosedForm::Mixture);
    QVERIFY(near(exact->mean().count(), 1575, 1e-12)); // sum of p^n * mean wait
    QCOMPARE(exact->cdf(Millis(0)), 0.5);
    QCOMPARE(exact->quantile(0.5), Millis(0));
    const auto atoms = exact->atoms();
    QCOMPARE(atoms.size(), std::size_t(1));
    QCOMPARE(atoms[0].probability, 0.5);
    QVERIFY(near(exact->cdf(Millis(1050)), 0.625, 1e-12));
}

// P(success before D): the intended sample's waits, each attempt fails with 0.5 and takes 100 ms.
void TestExactDistribution::successBeforeADeadline_data()
{
    QTest::addColumn<double>("deadline");
    QTest::addColumn<double>("share");
    QTest::newRow("500") << 500.0 << 0.5;
    QTest::newRow("1200") << 1200.0 << 0.5;
    QTest::newRow("3400") << 3400.0 << 0.78125;
    QTest::newRow("3500") << 3500.0 << 0.84375;
    QTest::newRow("7500") << 7500.0 << 0.876302083;
    QTest::newRow("7800") << 7800.0 << 0.9140625;
    QTest::newRow("8000") << 8000.0 << 0.936197917;
}

void TestExactDistribution::successBeforeADeadline()
{
    QFETCH(double, deadline);
    QFETCH(double, share);
    LatencyModel latency;
    latency.typical = Millis(100);
    // The end of all attempts that fail is as good as never.
    const RetryPolicy policy = exponentialPolicy(1000, 30000, Jitter::Additive, 0.1, 3);
    const RandomOutcomes outcomes = RandomOutcomes::failing(0.5, unavailable(), latency);
    const double exact = successShareBefore(policy, outcomes, Millis(deadline)).value_or(-1);
    QVERIFY2(near(exact, share, 1e-9), qPrintable(QString::number(exact, 'g', 12)));
}

void TestExactDistribution::noClosedForm_data()
{
    QTest::addColumn<RetryPolicy>("policy");
    QTest::addColumn<bool>("randomLatency");
    RetryPolicy policy = exponentialPolicy(1000, 30000, Jitter::Full, 0, 3);
    QTest::newRow("random latency") << policy << true;
    policy.deadline = Millis(5000);
    QTest::newRow("deadline within reach") << policy << false;
    policy = exponentialPolicy(1000, 30000, Jitter::Full, 0, 3);
    policy.backoff.capAfterJitter = true;
    policy.backoff.cap = Millis(3500);
    QTest::newRow("cap within the jitter") << policy << false;
    policy = exponentialPolicy(1000, 30000, Jitter::Full, 0, 3);
    policy.backoff.least = Millis(500);
    QTest::newRow("floor within the jitter") << policy << false;
    policy.backoff.least = Millis(0);
    policy.backoff.rounding = Rounding::Down;
    QTest::newRow("rounded") << policy << false;
    policy = exponentialPolicy(1000, 30000, Jitter::Full, 0, 3);
    policy.timer = TimerKind::Node;
    QTest::newRow("timer of at least 1 ms") << policy << false;
    policy = exponentialPolicy(1, 1, Jitter::None, 0, 3);
    policy.maxAttempts = INFINITY;
    QTest::newRow("without end") << policy << false;
}

void TestExactDistribution::noClosedForm()
{
    QFETCH(RetryPolicy, policy);
    QFETCH(bool, randomLatency);
    RandomOutcomes outcomes{failing()};
    if (randomLatency)
        outcomes.steps[0][0].latency = {LatencyModel::Kind::Exponential, Millis(10), Millis(0), 0};
    QVERIFY(!exactTotal(policy, outcomes));
}

void TestExactDistribution::sampled_meetsExact_data()
{
    addPolicies();
    QTest::newRow("decorrelated 4") << exponentialPolicy(1000, 30000, Jitter::Decorrelated, 0, 4);
    QTest::newRow("decorrelated, cap at once") << exponentialPolicy(1000, 2000, Jitter::Decorrelated, 0, 3);
    QTest::newRow("Polly 5") << polly(5);
}

void TestExactDistribution::sampled_meetsExact()
{
    QFETCH(RetryPolicy, policy);
    const RandomOutcomes outcomes = RandomOutcomes::failing(0.8, unavailable());
    const auto exact = exactTotal(policy, outcomes);
    QVERIFY(exact);
    constexpr int runs = 50000;
    SampleOptions options;
    options.runs = runs;
    const Sample sample = *sampleRuns(policy, outcomes, options);
    QVERIFY(
        near(sample.totals.mean.count(), exact->mean().count(), 0, 4.5 * exact->stddev().count() / std::sqrt(runs)));
    // Kolmogorov's distance at the bins' edges; below 2.2 / sqrt(runs) with all but certainty.
    double seen = 0;
    double distance = 0;
    for (const LogHistogram::Bin &bin : sample.totals.bins.bins()) {
        seen += static_cast<double>(bin.count) / runs;
        distance = std::max(distance, std::abs(seen - exact->cdf(Millis(bin.most))));
    }
    QVERIFY2(distance < 2.2 / std::sqrt(runs) + 1e-3, qPrintable(QString::number(distance)));
}

QTEST_APPLESS_MAIN(TestExactDistribution)
#include "tst_exactdistribution.moc"
