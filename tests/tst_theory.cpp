// What can be computed without simulating, against published figures and figures of other programs.
#include "models/retry/contention.h"
#include "models/retry/theory.h"

#include <QTest>

#include <cmath>

using namespace errata;

namespace {

bool near(double value, double expected, double relative)
{
    return std::abs(value - expected) <= relative * std::abs(expected);
}

#define COMPARE_NEAR(value, expected, relative)                                                                        \
    QVERIFY2(near(value, expected, relative), qPrintable(QString::number(value, 'g', 15)))

Backoff exponential(Jitter jitter)
{
    // min(cap, 5 * 2^n) from n = 1 on; decorrelated jitter begins with the base itself.
    Backoff backoff;
    backoff.shape = BackoffShape::Exponential;
    backoff.base = Millis(jitter == Jitter::Decorrelated ? 5 : 10);
    backoff.cap = Millis(2000);
    backoff.jitter = jitter;
    return backoff;
}

} // namespace

class TestTheory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attemptsAndSuccess_ofIndependentFailures_data();
    void attemptsAndSuccess_ofIndependentFailures();
    void chains_multiply_data();
    void chains_multiply();
    void expectedWait_ofTheIntendedSample_data();
    void expectedWait_ofTheIntendedSample();
    void decorrelatedWaits_meetTheTable_data();
    void decorrelatedWaits_meetTheTable();
    void decorrelatedWaits_withoutACapAreExact();
    void decorrelatedWaits_withTheBaseAboveTheCapAreTheCap();
    void tokenQuota_driesUpAboveItsCriticalShare_data();
    void tokenQuota_driesUpAboveItsCriticalShare();
    void throttle_letsFewRetriesThrough();
    void ratioBudget_limitsTheLoad();
    void hedging_sendsAndLatency_data();
    void hedging_sendsAndLatency();
    void fullestBin_exactly_data();
    void fullestBin_exactly();
    void metastable_betweenCapacityAndItsShareOfAttempts();
    void contention_meetsTheTable_data();
    void contention_meetsTheTable();
    void contention_dependsOnTheSeedAlone();
};

void TestTheory::attemptsAndSuccess_ofIndependentFailures_data()
{
    QTest::addColumn<double>("p");
    QTest::addColumn<int>("attempts");
    QTest::addColumn<double>("expected");
    QTest::addColumn<double>("success");
    const auto row = [](double p, int attempts, double expected, double success) {
        QTest::addRow("p=%g, %d attempts", p, attempts) << p << attempts << expected << success;
    };
    row(0.01, 1, 1.0, 0.99);
    row(0.01, 2, 1.01, 0.9999);
    row(0.01, 3, 1.0101, 0.999999);
    row(0.01, 4, 1.010101, 0.99999999);
    row(0.01, 5, 1.01010101, 0.9999999999);
    row(0.01, 10, 1.01010101010101, 1.0);
    row(0.05, 1, 1.0, 0.95);
    row(0.05, 2, 1.05, 0.9975);
    row(0.05, 3, 1.0525, 0.999875);
    row(0.05, 4, 1.052625, 0.99999375);
    row(0.05, 5, 1.05263125, 0.9999996875);
    row(0.05, 10, 1.052631579, 1.0);
    row(0.1, 1, 1.0, 0.9);
    row(0.1, 2, 1.1, 0.99);
    row(0.1, 3, 1.11, 0.999);
    row(0.1, 4, 1.111, 0.9999);
    row(0.1, 5, 1.1111, 0.99999);
    row(0.1, 10, 1.1111111111, 0.9999999999);
    row(0.3, 1, 1.0, 0.7);
    row(0.3, 2, 1.3, 0.91);
    row(0.3, 3, 1.39, 0.973);
    row(0.3, 4, 1.417, 0.9919);
    row(0.3, 5, 1.4251, 0.99757);
    row(0.3, 10, 1.428562993, 0.9999940951);
    row(0.5, 1, 1.0, 0.5);
    row(0.5, 2, 1.5, 0.75);
    row(0.5, 3, 1.75, 0.875);
    row(0.5, 4, 1.875, 0.9375);
    row(0.5, 5, 1.9375, 0.96875);
    row(0.5, 10, 1.998046875, 0.9990234375);
    row(0.9, 1, 1.0, 0.1);
    row(0.9, 2, 1.9, 0.19);
    row(0.9, 3, 2.71, 0.271);
    row(0.9, 4, 3.439, 0.3439);
    row(0.9, 5, 4.0951, 0.40951);
    row(0.9, 10, 6.513215599, 0.6513215599);
    for (const int attempts : {1, 2, 3, 4, 5, 10})
        row(1.0, attempts, attempts, 0.0);
}

void TestTheory::attemptsAndSuccess_ofIndependentFailures()
{
    QFETCH(double, p);
    QFETCH(int, attempts);
    QFETCH(double, expected);
    QFETCH(double, success);
    COMPARE_NEAR(expectedAttempts(p, attempts), expected, 1e-9);
    COMPARE_NEAR(successShare(p, attempts), success, 1e-9);
}

void TestTheory::chains_multiply_data()
{
    QTest::addColumn<int>("layers");
    QTest::addColumn<int>("attempts");
    QTest::addColumn<double>("requests");
    QTest::newRow("2 of 3") << 2 << 3 << 9.0;
    QTest::newRow("3 of 3") << 3 << 3 << 27.0;
    QTest::newRow("3 of 4") << 3 << 4 << 64.0;
    QTest::newRow("4 of 4") << 4 << 4 << 256.0;
    QTest::newRow("5 of 5") << 5 << 5 << 3125.0;
}

void TestTheory::chains_multiply()
{
    QFETCH(int, layers);
    QFETCH(int, attempts);
    QTEST(chainAmplification(layers, attempts), "requests");
}

void TestTheory::expectedWait_ofTheIntendedSample_data()
{
    QTest::addColumn<double>("p");
    QTest::addColumn<QList<double>>("waits");
    QTest::addColumn<double>("expected");
    const QList<double> backoff{1050, 2100, 4200};
    QTest::newRow("5xx 0.1") << 0.1 << backoff << 130.2;
    QTest::newRow("5xx 0.3") << 0.3 << backoff << 617.4;
    QTest::newRow("5xx 0.5") << 0.5 << backoff << 1575.0;
    QTest::newRow("5xx 0.9") << 0.9 << backoff << 5707.8;
    QTest::newRow("5xx 1") << 1.0 << backoff << 7350.0;
    // After a 429 it also waits behind the last attempt.
    QTest::newRow("429 0.1, 1 s") << 0.1 << QList<double>(4, 1000) << 111.1;
    QTest::newRow("429 0.1, 5 s") << 0.1 << QList<double>(4, 5000) << 555.5;
    QTest::newRow("429 0.1, 30 s") << 0.1 << QList<double>(4, 30000) << 3333.0;
    QTest::newRow("429 0.5, 1 s") << 0.5 << QList<double>(4, 1000) << 937.5;
    QTest::newRow("429 0.5, 5 s") << 0.5 << QList<double>(4, 5000) << 4687.5;
    QTest::newRow("429 0.5, 30 s") << 0.5 << QList<double>(4, 30000) << 28125.0;
    QTest::newRow("429 1, 1 s") << 1.0 << QList<double>(4, 1000) << 4000.0;
    QTest::newRow("429 1, 5 s") << 1.0 << QList<double>(4, 5000) << 20000.0;
    QTest::newRow("429 1, 30 s") << 1.0 << QList<double>(4, 30000) << 120000.0;
}

void TestTheory::expectedWait_ofTheIntendedSample()
{
    QFETCH(double, p);
    QFETCH(QList<double>, waits);
    QFETCH(double, expected);
    std::vector<Millis> means;
    for (const double wait : std::as_const(waits))
        means.emplace_back(wait);
    COMPARE_NEAR(expectedWait(p, means).count(), expected, 1e-12);
}

void TestTheory::decorrelatedWaits_meetTheTable_data()
{
    QTest::addColumn<double>("base");
    QTest::addColumn<double>("cap");
    QTest::addColumn<QList<double>>("means");
    QTest::addColumn<QList<double>>("atCap");
    QTest::newRow("1000, 30000") << 1000.0 << 30000.0 << QList<double>{2000,       3500,       5750,       8839.6187,
                                                                       11709.3973, 13857.6765, 15362.8181, 16394.9539,
                                                                       17097.5893, 17574.7106, 17898.4138, 18117.9632}
                                 << QList<double>{0,        0,        0,        0.034984, 0.120445, 0.198078,
                                                  0.255507, 0.295586, 0.323035, 0.341712, 0.354392, 0.362995};
    QTest::newRow("5, 2000") << 5.0 << 2000.0
                             << QList<double>{10,       17.5,     28.75,    45.625,   70.9375,  108.8933,
                                              163.5935, 231.8761, 305.8847, 379.1126, 447.7148, 509.8976}
                             << QList<double>{0,        0,        0,       0,        0,       0.000071,
                                              0.003597, 0.015931, 0.03577, 0.059356, 0.08369, 0.106992};
}

void TestTheory::decorrelatedWaits_meetTheTable()
{
    QFETCH(double, base);
    QFETCH(double, cap);
    QFETCH(QList<double>, means);
    QFETCH(QList<double>, atCap);
    const auto waits = decorrelatedWaits(Millis(base), Millis(cap), 12);
    for (std::size_t i = 0; i < waits.size(); ++i) {
        const auto row = static_cast<qsizetype>(i);
        // The table is of a coarser grid: where the exact means are known, it is off by up to 1.3e-5.
        COMPARE_NEAR(waits[i].mean.count(), means[row], 2e-5);
        QVERIFY2(std::abs(waits[i].atCap - atCap[row]) < 2e-6, qPrintable(QString::number(waits[i].atCap)));
    }
}

void TestTheory::decorrelatedWaits_withoutACapAreExact()
{
    const auto free = decorrelatedWaits(Millis(1000), Millis(INFINITY), 12);
    for (std::size_t i = 0; i < free.size(); ++i) {
        QCOMPARE(free[i].mean.count(), 1000 * (2 * std::pow(1.5, static_cast<double>(i + 1)) - 1));
        QCOMPARE(free[i].atCap, 0.0);
    }
    // The recursion agrees where the cap is out of reach of all but the last.
    const auto high = decorrelatedWaits(Millis(1000), Millis(9000), 3);
    COMPARE_NEAR(high[0].mean.count(), 2000, 1e-9);
    COMPARE_NEAR(high[1].mean.count(), 3500, 1e-7);
}

void TestTheory::decorrelatedWaits_withTheBaseAboveTheCapAreTheCap()
{
    for (const DecorrelatedWait &wait : decorrelatedWaits(Millis(50), Millis(20), 3)) {
        QCOMPARE(wait.mean, Millis(20));
        QCOMPARE(wait.atCap, 1.0);
    }
}

void TestTheory::tokenQuota_driesUpAboveItsCriticalShare_data()
{
    QTest::addColumn<int>("cost");
    QTest::addColumn<int>("retries");
    QTest::addColumn<double>("critical");
    QTest::newRow("5") << 5 << 100 << 0.320724347;
    QTest::newRow("10") << 10 << 50 << 0.245996204;
    QTest::newRow("14") << 14 << 35 << 0.214856304;
}

void TestTheory::tokenQuota_driesUpAboveItsCriticalShare()
{
    QFETCH(int, cost);
    QFETCH(int, retries);
    QFETCH(double, critical);
    const TokenQuota quota{500, cost};
    QCOMPARE(quota.retriesInOutage(), retries);
    COMPARE_NEAR(quota.criticalFailureShare(3), critical, 2e-9);
    for (const double p : {0.1, 0.3, 0.7})
        COMPARE_NEAR(quota.drift(p, 3), 1 - p - cost * p * p - cost * p * p * p, 1e-12);
    QVERIFY(quota.drift(critical - 0.01, 3) > 0);
    QVERIFY(quota.drift(critical + 0.01, 3) < 0);
}

void TestTheory::throttle_letsFewRetriesThrough()
{
    const RetryThrottle throttle;
    COMPARE_NEAR(throttle.criticalFailureShare(), 0.090909091, 1e-8);
    QCOMPARE(throttle.retriesInOutage(1), 0);
    QCOMPARE(throttle.retriesInOutage(2), 2);
    QCOMPARE(throttle.retriesInOutage(3), 3);
    QCOMPARE(throttle.retriesInOutage(4), 3);
    QCOMPARE(throttle.retriesInOutage(5), 4);
}

void TestTheory::ratioBudget_limitsTheLoad()
{
    const RatioBudget budget;
    QCOMPARE(budget.burst(), 100.0);
    QCOMPARE(budget.amplification(10), 2.2);
    QCOMPARE(budget.amplification(50), 1.4);
    QCOMPARE(budget.amplification(100), 1.3);
    QCOMPARE(budget.amplification(1000), 1.21);
    QCOMPARE(budget.amplification(10000), 1.201);
}

void TestTheory::hedging_sendsAndLatency_data()
{
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("delay");
    QTest::addColumn<int>("attempts");
    QTest::addColumn<double>("latency");
    QTest::addColumn<double>("sends");
    QTest::newRow("0.4 s, 0.5 s, 4") << 400.0 << 500.0 << 4 << 341.112755 << 1.310575627;
    QTest::newRow("1 s, 0.5 s, 4") << 1000.0 << 500.0 << 4 << 655.397388 << 1.879447888;
    QTest::newRow("1 s, 0.1 s, 4") << 1000.0 << 100.0 << 4 << 378.377285 << 3.194467275;
    QTest::newRow("1 s, alone") << 1000.0 << 500.0 << 1 << 1000.0 << 1.0;
}

void TestTheory::hedging_sendsAndLatency()
{
    QFETCH(double, mean);
    QFETCH(double, delay);
    QFETCH(int, attempts);
    QFETCH(double, latency);
    QFETCH(double, sends);
    const HedgedCall call{Millis(delay), attempts, Millis(mean)};
    COMPARE_NEAR(call.expectedLatency().count(), latency, 1e-8);
    COMPARE_NEAR(call.expectedSends(), sends, 1e-9);
}

void TestTheory::fullestBin_exactly_data()
{
    QTest::addColumn<int>("clients");
    QTest::addColumn<int>("bins");
    QTest::addColumn<double>("peak");
    QTest::newRow("100 in 10") << 100 << 10 << 15.124527;
    QTest::newRow("1000 in 10") << 1000 << 10 << 115.663582;
    QTest::newRow("1000 in 100") << 1000 << 100 << 18.76166;
    QTest::newRow("200 in 50") << 200 << 50 << 9.119182;
    QTest::newRow("all in one") << 50 << 1 << 50.0;
    QTest::newRow("one client") << 1 << 7 << 1.0;
    QTest::newRow("two coins") << 2 << 2 << 1.5;
}

void TestTheory::fullestBin_exactly()
{
    QFETCH(int, clients);
    QFETCH(int, bins);
    QFETCH(double, peak);
    COMPARE_NEAR(expectedPeak(clients, bins), peak, 1e-7);
}

void TestTheory::metastable_betweenCapacityAndItsShareOfAttempts()
{
    QVERIFY(!canBeMetastable(20, 100, 4));
    QVERIFY(canBeMetastable(30, 100, 4));
    QVERIFY(canBeMetastable(99, 100, 4));
    QVERIFY(!canBeMetastable(100, 100, 4));
    QVERIFY(!canBeMetastable(50, 100, 1));
}

// Means of other programs' runs: 400 of a C++ one, 40 of the article's own script.
void TestTheory::contention_meetsTheTable_data()
{
    QTest::addColumn<int>("jitter");
    QTest::addColumn<bool>("waits");
    QTest::addColumn<int>("clients");
    QTest::addColumn<double>("completion");
    QTest::addColumn<double>("writes");
    const auto row = [](const char *name, Jitter jitter, int clients, double completion, double writes) {
        QTest::addRow("%s, %d", name, clients) << int(jitter) << true << clients << completion << writes;
    };
    QTest::newRow("no backoff, 10") << 0 << false << 10 << 381.0 << 51.1;
    QTest::newRow("no backoff, 50") << 0 << false << 50 << 1139.0 << 689.0;
    QTest::newRow("no backoff, 100") << 0 << false << 100 << 2024.0 << 2423.0;
    QTest::newRow("no backoff, 190") << 0 << false << 190 << 3539.0 << 8007.0;
    row("exponential", Jitter::None, 10, 3465, 50.8);
    row("exponential", Jitter::None, 50, 36397, 623);
    row("exponential", Jitter::None, 100, 63340, 1859);
    row("exponential", Jitter::None, 190, 101123, 5160);
    row("equal", Jitter::Equal, 10, 709, 42.3);
    row("equal", Jitter::Equal, 50, 4191, 347);
    row("equal", Jitter::Equal, 100, 6551, 812);
    row("equal", Jitter::Equal, 190, 9469, 1760);
    row("decorrelated", Jitter::Decorrelated, 10, 431, 37.7);
    row("decorrelated", Jitter::Decorrelated, 50, 2240, 375);
    row("decorrelated", Jitter::Decorrelated, 100, 4577, 1003);
    row("decorrelated", Jitter::Decorrelated, 190, 7857, 2435);
    row("full", Jitter::Full, 10, 467, 39.1);
    row("full", Jitter::Full, 50, 2849, 332);
    row("full", Jitter::Full, 100, 4925, 796);
    row("full", Jitter::Full, 190, 7448, 1771);
}

void TestTheory::contention_meetsTheTable()
{
    QFETCH(int, jitter);
    QFETCH(bool, waits);
    QFETCH(int, clients);
    QFETCH(double, completion);
    QFETCH(double, writes);
    ContentionScenario scenario;
    scenario.clients = clients;
    scenario.backoff = exponential(Jitter(jitter));
    scenario.waits = waits;
    const int runs = 4000 / clients;
    double times = 0;
    double timeSquares = 0;
    double calls = 0;
    double callSquares = 0;
    for (int i = 0; i < runs; ++i) {
        const Contention run = simulateContention(scenario, static_cast<quint64>(i) + 1);
        times += run.completion.count();
        timeSquares += run.completion.count() * run.completion.count();
        calls += static_cast<double>(run.writes);
        callSquares += static_cast<double>(run.writes * run.writes);
    }
    // Four standard errors of the difference: the table's own mean is of 400 runs, printed to about 0.1 %.
    const auto check = [&](double sum, double squares, double expected) {
        const double mean = sum / runs;
        const double variance = (squares / runs - mean * mean) * runs / (runs - 1);
        const double error = std::sqrt(variance * (1.0 / runs + 1.0 / 400)) + 0.001 * expected;
        const bool good = std::abs(mean - expected) < 4 * error;
        if (!good)
            qWarning("mean %g, expected %g, standard error %g", mean, expected, error);
        return good;
    };
    QVERIFY(check(times, timeSquares, completion));
    QVERIFY(check(calls, callSquares, writes));
}

void TestTheory::contention_dependsOnTheSeedAlone()
{
    ContentionScenario scenario;
    scenario.clients = 20;
    scenario.backoff = exponential(Jitter::Full);
    QCOMPARE(simulateContention(scenario, 3), simulateContention(scenario, 3));
    QVERIFY(!(simulateContention(scenario, 3) == simulateContention(scenario, 4)));
}

QTEST_APPLESS_MAIN(TestTheory)
#include "tst_theory.moc"
