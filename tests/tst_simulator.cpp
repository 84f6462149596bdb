// Schedules.
#include "models/base/random.h"
#include "models/retry/simulator.h"
#include "tests/support/retrydata.h"

#include <QTest>

#include <cmath>

using namespace errata;

class TestSimulator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allAttemptsFail_totalLiesWithin7000And7700();
    void runWithoutEnd_isCutOff();
    void budget_endsTheRunOfOneCall();
};

void TestSimulator::allAttemptsFail_totalLiesWithin7000And7700()
{
    RandomSource random = RandomSource::seeded(1);
    const Schedule schedule = simulate(intended(), scriptOf(u"503"), random);
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
    RetryPolicy policy = exponentialPolicy(1, 1, Jitter::None, 0, 0);
    policy.maxAttempts = INFINITY;
    RandomSource random = RandomSource::seeded(1);
    const Schedule schedule = simulate(policy, scriptOf(u"503"), random);
    QCOMPARE(schedule.sends, simulatedAttemptsLimit);
    QCOMPARE(schedule.reason, Reason::SimulationLimit);
    QCOMPARE(schedule.attempts.back().action, Attempt::Action::Stop);
    QCOMPARE(schedule.total.actual, Millis(simulatedAttemptsLimit - 1));
}

void TestSimulator::budget_endsTheRunOfOneCall()
{
    RetryPolicy policy = exponentialPolicy(100, 100, Jitter::None, 0, 9);
    policy.budget = RetryBudget{};
    policy.budget->capacity = 12;
    policy.budget->cost = 5;
    RandomSource random = RandomSource::seeded(1);
    const Schedule schedule = simulate(policy, scriptOf(u"503"), random);
    QCOMPARE(schedule.sends, 3);
    QCOMPARE(schedule.reason, Reason::BudgetEmpty);
}

QTEST_APPLESS_MAIN(TestSimulator)
#include "tst_simulator.moc"
