// Many clients: peaks against theory, servers that shed, queue or fail, states named.
#include "models/retry/hedging.h"
#include "models/retry/herd.h"
#include "models/retry/theory.h"
#include "tests/support/retrydata.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace errata;

namespace {

/// 60 a second for a capacity of 100, and 4 attempts of 1 s: the outage fills the queue with work whose clients have
/// gone when it is done, and they come back.
HerdScenario stuck()
{
    HerdScenario scenario;
    scenario.clients = 3600;
    scenario.arrivals = HerdScenario::Arrivals::Poisson;
    scenario.window = Millis(60000);
    scenario.capacity = 100;
    scenario.latency = Millis(100);
    scenario.queue = 1000;
    scenario.outageFrom = Millis(5000);
    scenario.outageLength = Millis(5000);
    return scenario;
}

} // namespace

class TestHerd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void herd_wavesOfTheSample();
    void herd_peakOfTheFirstWaveMeetsTheory();
    void herd_withoutJitterReturnsInOneSpike();
    void herd_busiestSecondIsNotTiedToTheClock();
    void herd_unsentRequestsAreNoLoad();
    void herd_peaksMeetTheory_data();
    void herd_peaksMeetTheory();
    void scenario_serverThatSheds();
    void scenario_queueServesInOrder();
    void scenario_workForClientsThatGaveUpIsInVain();
    void scenario_outageIsRiddenOut();
    void scenario_metastableStateIsNamed();
    void scenario_moreClientsThanCapacityIsOverload();
    void scenario_arrivals_data();
    void scenario_arrivals();
    void scenario_luckOfClientsDoesNotDependOnTheServer();
    void hedges_areLoad_data();
    void hedges_areLoad();
    void hedges_ofASlowServerMakeItSlower();
    void hedges_thatLostAreWorkedOffInVain();
    void hedges_deadlineEndsTheCall();
    void progress_isToldAndMayGiveUp();
};

void TestHerd::herd_wavesOfTheSample()
{
    const Herd herd = *simulateHerd(intended(), scriptOf(u"503"), 1000, 11);
    QCOMPARE(herd.clients, 1000);
    QCOMPARE(herd.sends, qint64(4000));
    QCOMPARE(herd.amplification, 4.0);
    QCOMPARE(herd.peakPerSecond, qint64(1000));
    QCOMPARE(herd.series.front().start, Millis(0));
    QCOMPARE(herd.series.front().requests, 1000);
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

void TestHerd::herd_peakOfTheFirstWaveMeetsTheory()
{
    // 1000 balls in 10 bins: the fullest is expected to hold 115.66. The mean of 60 such peaks has a
    // standard error below 1.
    double sum = 0;
    RetryPolicy policy = intended();
    policy.maxAttempts = 2;
    for (quint64 seed = 1; seed <= 60; ++seed)
        sum += simulateHerd(policy, scriptOf(u"503"), 1000, seed)->peakBin(Millis(500));
    QVERIFY2(std::abs(sum / 60 - 115.66) < 4, qPrintable(QString::number(sum / 60)));
}

void TestHerd::herd_withoutJitterReturnsInOneSpike()
{
    const Herd herd = *simulateHerd(intended(), scriptOf(u"429:2,200"), 500, 1);
    QCOMPARE(herd.series.size(), std::size_t(2));
    QCOMPARE(herd.series[0].start, Millis(0));
    QCOMPARE(herd.series[0].requests, 500);
    QCOMPARE(herd.series[1].start, Millis(2000));
    QCOMPARE(herd.series[1].requests, 500);
    QCOMPARE(herd.amplification, 2.0);
}

void TestHerd::herd_busiestSecondIsNotTiedToTheClock()
{
    // Everybody sends at 0, 600 and 1200 ms: the second from 600 ms on holds as many as the first.
    RetryPolicy policy = exponentialPolicy(600, 600, Jitter::None, 0, 3);
    const Herd herd = *simulateHerd(policy, scriptOf(u"503@0"), 10, 1);
    QCOMPARE(herd.sends, qint64(40));
    QCOMPARE(herd.peakPerSecond, qint64(20));
    policy.backoff.base = Millis(1000);
    policy.backoff.cap = Millis(1000);
    QCOMPARE(simulateHerd(policy, scriptOf(u"503"), 10, 1)->peakPerSecond, qint64(10));
}

void TestHerd::herd_unsentRequestsAreNoLoad()
{
    const Herd herd = *simulateHerd(intended(), scriptOf(u"not-sent"), 10, 1);
    QCOMPARE(herd.sends, qint64(0));
    QCOMPARE(herd.amplification, 0.0);
    QCOMPARE(herd.peakPerSecond, qint64(0));
    QVERIFY(herd.series.empty());
}

// Expected peaks are exact; the mean of the peaks of many seeds has a known error.
void TestHerd::herd_peaksMeetTheory_data()
{
    QTest::addColumn<int>("clients");
    QTest::addColumn<int>("bins");
    QTest::newRow("100 in 10") << 100 << 10;
    QTest::newRow("1000 in 10") << 1000 << 10;
    QTest::newRow("1000 in 100") << 1000 << 100;
    QTest::newRow("200 in 50") << 200 << 50;
}

void TestHerd::herd_peaksMeetTheory()
{
    QFETCH(int, clients);
    QFETCH(int, bins);
    const RetryPolicy policy = exponentialPolicy(10.0 * bins, 1e6, Jitter::Full, 0, 1);
    constexpr int herds = 200;
    double sum = 0;
    double squares = 0;
    for (quint64 seed = 1; seed <= herds; ++seed) {
        HerdScenario scenario;
        scenario.clients = clients;
        scenario.answers = scriptOf(u"503@1000");
        const int peak = simulateHerd(policy, scenario, seed)->peakBin(Millis(1000));
        sum += peak;
        squares += peak * peak;
    }
    const double mean = sum / herds;
    const double error = std::sqrt((squares / herds - mean * mean) / herds);
    QVERIFY2(std::abs(mean - expectedPeak(clients, bins)) < 4.5 * error, qPrintable(QString::number(mean)));
}

void TestHerd::scenario_serverThatSheds()
{
    // Five places of 100 ms are 50 a second. Of 100 at once five are taken, the others try again.
    HerdScenario scenario;
    scenario.clients = 100;
    scenario.capacity = 50;
    scenario.latency = Millis(100);
    RetryPolicy policy = exponentialPolicy(1000, 1000, Jitter::None, 0, 3);
    Herd herd = *simulateHerd(policy, scenario, 1);
    QCOMPARE(herd.sends, qint64(100 + 95 + 90 + 85));
    QCOMPARE(herd.refused, qint64(95 + 90 + 85 + 80));
    QCOMPARE(herd.succeeded, 20);
    QCOMPARE(herd.state, HerdState::Recovered);
    QCOMPARE(*herd.recovery, Millis(3000));
    // Jitter lets all of them through.
    policy = exponentialPolicy(4000, 4000, Jitter::Full, 0, 5);
    herd = *simulateHerd(policy, scenario, 1);
    QVERIFY(herd.succeeded > 95);
}

void TestHerd::scenario_queueServesInOrder()
{
    HerdScenario scenario;
    scenario.clients = 100;
    scenario.capacity = 50;
    scenario.latency = Millis(100);
    scenario.queue = 95;
    const Herd herd = *simulateHerd(exponentialPolicy(1000, 1000, Jitter::None, 0, 3), scenario, 1);
    QCOMPARE(herd.sends, qint64(100));
    QCOMPARE(herd.succeeded, 100);
    QCOMPARE(herd.end, Millis(2000)); // 100 at 50 a second
    QCOMPARE(herd.series.front().waiting, 95);
    int served = 0;
    for (const Herd::Bin &bin : herd.series)
        served += bin.served;
    QCOMPARE(served, 100);
}

void TestHerd::scenario_workForClientsThatGaveUpIsInVain()
{
    HerdScenario scenario;
    scenario.clients = 100;
    scenario.capacity = 50;
    scenario.latency = Millis(100);
    scenario.queue = 95;
    RetryPolicy policy = exponentialPolicy(10000, 10000, Jitter::None, 0, 0);
    policy.attemptTimeout = Millis(1000);
    const Herd herd = *simulateHerd(policy, scenario, 1);
    // What is answered at the moment of the time-out is too late.
    QCOMPARE(herd.inVain, qint64(100 - herd.succeeded));
    QVERIFY(herd.succeeded >= 45 && herd.succeeded <= 50);
}

void TestHerd::scenario_outageIsRiddenOut()
{
    HerdScenario scenario;
    scenario.clients = 2000;
    scenario.arrivals = HerdScenario::Arrivals::Poisson;
    scenario.window = Millis(20000); // 100 a second
    scenario.capacity = 200;
    scenario.latency = Millis(50);
    scenario.queue = 20;
    scenario.outageFrom = Millis(5000);
    scenario.outageLength = Millis(3000);
    QCOMPARE(scenario.arrivalRate(), 100.0);
    const RetryPolicy policy = exponentialPolicy(200, 10000, Jitter::Full, 0, 8);
    const Herd herd = *simulateHerd(policy, scenario, 7);
    QVERIFY(herd.succeeded > 1990);
    QVERIFY(herd.amplification > 1.1);
    QCOMPARE(herd.state, HerdState::Recovered);
    QVERIFY(*herd.recovery < Millis(8000));
    // Without the outage nothing happens.
    scenario.outageLength = Millis(0);
    const Herd calm = *simulateHerd(policy, scenario, 7);
    QCOMPARE(calm.state, HerdState::Calm);
    QCOMPARE(*calm.recovery, Millis(0));
    QCOMPARE(calm.succeeded, 2000);
}

void TestHerd::scenario_metastableStateIsNamed()
{
    RetryPolicy policy = exponentialPolicy(100, 1000, Jitter::Full, 0, 3);
    policy.attemptTimeout = Millis(1000);
    HerdScenario scenario = stuck();
    scenario.outage.kind = Outcome::Kind::Failure;
    scenario.outage.failure = NetworkError::Timeout;
    scenario.outage.latency = Millis(1000);
    QVERIFY(canBeMetastable(scenario.arrivalRate(), *scenario.capacity, policy.maxAttempts));
    const Herd herd = *simulateHerd(policy, scenario, 3);
    QCOMPARE(herd.state, HerdState::Metastable);
    QVERIFY(!herd.recovery);
    QVERIFY(herd.inVain > herd.succeeded);
    // The same with a short queue recovers: what is refused costs the server nothing.
    scenario.queue = 20;
    const Herd shed = *simulateHerd(policy, scenario, 3);
    QCOMPARE(shed.state, HerdState::Recovered);
    QVERIFY(shed.recovery);
    // And without retries there is nothing that could keep it up.
    policy.maxAttempts = 1;
    QCOMPARE(simulateHerd(policy, stuck(), 3)->state, HerdState::Calm);
}

void TestHerd::scenario_moreClientsThanCapacityIsOverload()
{
    HerdScenario scenario = stuck();
    scenario.capacity = 40;
    const Herd herd = *simulateHerd(exponentialPolicy(100, 1000, Jitter::Full, 0, 3), scenario, 3);
    QCOMPARE(herd.state, HerdState::Overloaded);
    QVERIFY(!herd.recovery);
}

void TestHerd::scenario_arrivals_data()
{
    QTest::addColumn<int>("arrivals");
    QTest::newRow("uniform") << int(HerdScenario::Arrivals::Uniform);
    QTest::newRow("Poisson") << int(HerdScenario::Arrivals::Poisson);
}

void TestHerd::scenario_arrivals()
{
    QFETCH(int, arrivals);
    HerdScenario scenario;
    scenario.clients = 20000;
    scenario.arrivals = HerdScenario::Arrivals(arrivals);
    scenario.window = Millis(10000);
    scenario.binWidth = Millis(1000);
    const Herd herd = *simulateHerd(exponentialPolicy(1000, 1000, Jitter::None, 0, 0), scenario, 5);
    QCOMPARE(herd.sends, qint64(20000));
    QCOMPARE(herd.state, HerdState::Unlimited);
    for (std::size_t i = 0; i < 9; ++i)
        QVERIFY2(std::abs(herd.series[i].requests - 2000) < 5 * std::sqrt(2000.0), qPrintable(QString::number(i)));
    const int last = herd.series[9].requests;
    QVERIFY(arrivals == int(HerdScenario::Arrivals::Poisson) || std::abs(last - 2000) < 5 * std::sqrt(2000.0));
}

void TestHerd::scenario_luckOfClientsDoesNotDependOnTheServer()
{
    // Everybody is told the same at the same time, by whatever server: the waits are the same.
    HerdScenario scenario;
    scenario.clients = 300;
    scenario.outageLength = Millis(500);
    const RetryPolicy policy = exponentialPolicy(2000, 2000, Jitter::Full, 0, 1);
    const auto loads = [&] {
        std::vector<int> counts;
        const Herd herd = *simulateHerd(policy, scenario, 9);
        counts.reserve(herd.series.size());
        for (const Herd::Bin &bin : herd.series)
            counts.push_back(bin.requests);
        return counts;
    };
    const std::vector<int> unlimited = loads();
    scenario.capacity = 1e6;
    scenario.queue = 1000;
    QCOMPARE(loads(), unlimited);
}

// A server that takes any load answers each client as the script says: every one of them is the single call over again.
void TestHerd::hedges_areLoad_data()
{
    QTest::addColumn<QString>("answers");
    for (const char *text : {"OK@120", "OK@900,OK@100", "OK@900,OK@700", "UNAVAILABLE@200,OK@30", "UNAVAILABLE@10",
                             "OK@5000", "OK@800,NOT_FOUND@100", "UNAVAILABLE[grpc-retry-pushback-ms: 90]@10,OK@5",
                             "UNAVAILABLE[grpc-retry-pushback-ms: -1]@10"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestHerd::hedges_areLoad()
{
    QFETCH(QString, answers);
    const RetryPolicy policy = shippedPolicy(QStringLiteral("grpc-hedging"));
    const Schedule alone = simulateHedged(policy, scriptOf(answers));
    const Herd herd = *simulateHerd(policy, scriptOf(answers), 50, 1);
    QCOMPARE(herd.sends, qint64(50) * alone.sends);
    QCOMPARE(herd.amplification, double(alone.sends));
    QCOMPARE(herd.end, alone.total.actual);
    QCOMPARE(herd.succeeded, alone.verdict == Verdict::Succeeded ? 50 : 0);
    QCOMPARE(std::accumulate(herd.series.begin(), herd.series.end(), 0,
                             [](int sum, const Herd::Bin &bin) { return sum + bin.requests; }),
             50 * alone.sends);
}

void TestHerd::hedges_ofASlowServerMakeItSlower()
{
    HerdScenario scenario;
    scenario.clients = 200;
    scenario.capacity = 100;
    scenario.latency = Millis(50);
    scenario.queue = 1000;
    RetryPolicy policy = shippedPolicy(QStringLiteral("grpc-hedging"));
    const Herd herd = *simulateHerd(policy, scenario, 1);
    // The 50 served within the first half second are the only ones that do not hedge.
    QVERIFY2(herd.amplification > 1.8 && herd.amplification < 4, QByteArray::number(herd.amplification));
    QCOMPARE(herd.succeeded, 200);
    QVERIFY(herd.inVain > 0);
    policy.hedging.reset();
    const Herd patient = *simulateHerd(policy, scenario, 1);
    QCOMPARE(patient.amplification, 1.0);
    QCOMPARE(patient.inVain, 0);
    QVERIFY(herd.peakPerSecond > patient.peakPerSecond);
}

void TestHerd::hedges_thatLostAreWorkedOffInVain()
{
    HerdScenario scenario;
    scenario.clients = 1;
    scenario.capacity = 100;
    scenario.latency = Millis(700);
    const Herd herd = *simulateHerd(shippedPolicy(QStringLiteral("grpc-hedging")), scenario, 1);
    QCOMPARE(herd.sends, 2);
    QCOMPARE(herd.inVain, 1);
    QCOMPARE(herd.succeeded, 1);
    QCOMPARE(herd.end, Millis(700));
}

void TestHerd::hedges_deadlineEndsTheCall()
{
    RetryPolicy policy = shippedPolicy(QStringLiteral("grpc-hedging"));
    policy.deadline = Millis(800);
    const Herd herd = *simulateHerd(policy, scriptOf(u"OK@5000"), 20, 1);
    QCOMPARE(herd.sends, 40);
    QCOMPARE(herd.succeeded, 0);
    QCOMPARE(herd.end, Millis(800));
}

void TestHerd::progress_isToldAndMayGiveUp()
{
    std::vector<int> told;
    QVERIFY(simulateHerd(intended(), scriptOf(u"503"), 10000, 1, Millis(10), {}, [&told](int done) {
        told.push_back(done);
        return true;
    }));
    QVERIFY(told.size() > 1);
    QVERIFY(std::is_sorted(told.begin(), told.end()));
    QVERIFY(told.back() <= 10000);
    QVERIFY(!simulateHerd(intended(), scriptOf(u"503"), 10000, 1, Millis(10), {}, [](int) { return false; }));
    // Clients that hardly end are not waited for.
    RetryPolicy endless = intended();
    endless.maxAttempts = std::numeric_limits<double>::infinity();
    int asked = 0;
    QVERIFY(!simulateHerd(endless, scriptOf(u"503"), 1000, 1, Millis(10), {}, [&asked](int done) {
        ++asked;
        return done > 0;
    }));
    QCOMPARE(asked, 1);
}

QTEST_APPLESS_MAIN(TestHerd)
#include "tst_herd.moc"
