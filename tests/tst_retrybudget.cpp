// Allowances that the runs of one client share.
#include "models/retry/outcomescript.h"
#include "models/retry/retryrun.h"
#include "tests/support/retrydata.h"

#include <QTest>

using namespace errata;

namespace {

/// One client: its policy, prepared, and its allowance.
class Client
{
public:
    explicit Client(RetryPolicy policy)
        : m_policy(std::move(policy)), m_prepared(prepare(m_policy, usualRequest(m_policy))), m_budget(*m_policy.budget)
    {
    }

    /// A call from \a now on; \a outcome(attempt) says what comes. Waits take no time where \a inNoTime.
    template <typename Outcomes>
    int call(Millis now, Outcomes outcome, bool inNoTime = true)
    {
        PolicyRun<Millis, RandomSource> run(m_prepared, m_random, &m_budget);
        auto decision = run.start(now);
        using Action = typename decltype(decision)::Action;
        int sends = 0;
        while (decision.action == Action::Send) {
            ++sends;
            decision = run.next(outcome(run.attempt()), run.starts());
            if (decision.action == Action::Wait)
                decision = run.resume(inNoTime ? run.starts() : decision.until);
        }
        reason = decision.reason;
        return sends;
    }

    [[nodiscard]] PreparedOutcome outcome(QStringView script) const
    {
        return prepare(m_policy, usualRequest(m_policy), parseOutcomeScript(script)->at(0), {});
    }
    [[nodiscard]] double left(Millis now) { return m_budget.left(*m_policy.budget, now.count()); }

    Reason reason = Reason::FirstAttempt; ///< of the last call's end

private:
    RetryPolicy m_policy;
    PreparedPolicy m_prepared;
    BudgetState m_budget;
    RandomSource m_random = RandomSource::seeded(11);
};

/// Retries in all until a call gets none.
int retriesUntilEmpty(Client &client, const PreparedOutcome &outcome)
{
    int retries = 0;
    for (int i = 0; i < 10000; ++i) {
        const int more = client.call(Millis(0), [&](int) { return outcome; }) - 1;
        if (more == 0)
            return retries;
        retries += more;
    }
    return -1;
}

RetryPolicy named(const char *id)
{
    return shippedPolicy(QString::fromLatin1(id));
}

} // namespace

class TestRetryBudget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void awsTokens_lastForSoManyRetries_data();
    void awsTokens_lastForSoManyRetries();
    void awsTokens_areGivenBackBySuccess();
    void awsTokens_drainAboveTheCriticalFailureRate_data();
    void awsTokens_drainAboveTheCriticalFailureRate();
    void grpcThrottle_allowsSoManyRetriesInAnOutage_data();
    void grpcThrottle_allowsSoManyRetriesInAnOutage();
    void grpcThrottle_failureIsToldNotToRetryCountsToo();
    void ratioBudget_beginsWithItsReserve();
    void ratioBudget_settlesAtItsShare_data();
    void ratioBudget_settlesAtItsShare();
    void concurrentBudget_countsRetriesUnderWay();
    void withoutState_thePolicyRunsUnlimited();
};

void TestRetryBudget::awsTokens_lastForSoManyRetries_data()
{
    QTest::addColumn<QString>("policy");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<int>("retries");
    const auto row = [](const char *policy, const char *outcome, int retries) {
        QTest::addRow("%s %s", policy, outcome)
            << QString::fromLatin1(policy) << QString::fromLatin1(outcome) << retries;
    };
    row("aws-botocore-standard", "503", 100);
    row("aws-botocore-standard", "timeout", 50);
    row("aws-botocore-2026", "503", 35);
    row("aws-botocore-2026", "400{code: SlowDown}", 100);
    row("aws-js-v3", "503", 100);
}

void TestRetryBudget::awsTokens_lastForSoManyRetries()
{
    QFETCH(QString, policy);
    QFETCH(QString, outcome);
    QFETCH(int, retries);
    Client client(shippedPolicy(policy));
    QCOMPARE(retriesUntilEmpty(client, client.outcome(outcome)), retries);
    QCOMPARE(client.reason, Reason::BudgetEmpty);
}

void TestRetryBudget::awsTokens_areGivenBackBySuccess()
{
    Client client(named("aws-botocore-standard"));
    const PreparedOutcome bad = client.outcome(u"503");
    const PreparedOutcome good = client.outcome(u"200");
    client.call(Millis(0), [&](int) { return bad; });
    QCOMPARE(client.left(Millis(0)), 490.0);
    client.call(Millis(0), [&](int) { return good; }); // at the first attempt: one
    QCOMPARE(client.left(Millis(0)), 491.0);
    client.call(Millis(0), [&](int n) { return n < 3 ? bad : good; }); // the last cost comes back
    QCOMPARE(client.left(Millis(0)), 486.0);
    for (int i = 0; i < 30; ++i)
        client.call(Millis(0), [&](int) { return good; });
    QCOMPARE(client.left(Millis(0)), 500.0); // and no more than it holds
}

/// Where tokens lost and gained balance: 1 - p - c p^2 - c p^3 = 0.
void TestRetryBudget::awsTokens_drainAboveTheCriticalFailureRate_data()
{
    QTest::addColumn<QString>("policy");
    QTest::addColumn<double>("failing");
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");
    QTest::newRow("5, below") << QStringLiteral("aws-botocore-standard") << 0.30 << 460.0 << 490.0;
    QTest::newRow("5, above") << QStringLiteral("aws-botocore-standard") << 0.34 << 10.0 << 45.0;
    QTest::newRow("14, below") << QStringLiteral("aws-botocore-2026") << 0.20 << 430.0 << 465.0;
    QTest::newRow("14, above") << QStringLiteral("aws-botocore-2026") << 0.23 << 40.0 << 90.0;
}

void TestRetryBudget::awsTokens_drainAboveTheCriticalFailureRate()
{
    QFETCH(QString, policy);
    QFETCH(double, failing);
    QFETCH(double, least);
    QFETCH(double, most);
    Client client(shippedPolicy(policy));
    const PreparedOutcome bad = client.outcome(u"503");
    const PreparedOutcome good = client.outcome(u"200");
    RandomSource chance = RandomSource::seeded(5);
    constexpr int calls = 400000;
    double sum = 0;
    for (int i = 0; i < calls; ++i) {
        client.call(Millis(0), [&](int) { return chance.uniform() < failing ? bad : good; });
        sum += i >= calls / 2 ? client.left(Millis(0)) : 0;
    }
    const double mean = sum / (calls / 2.0);
    QVERIFY2(least < mean && mean < most, QByteArray::number(mean));
}

void TestRetryBudget::grpcThrottle_allowsSoManyRetriesInAnOutage_data()
{
    QTest::addColumn<int>("attempts");
    QTest::addColumn<int>("retries");
    QTest::newRow("2") << 2 << 2;
    QTest::newRow("3") << 3 << 3;
    QTest::newRow("4") << 4 << 3;
    QTest::newRow("5") << 5 << 4;
}

void TestRetryBudget::grpcThrottle_allowsSoManyRetriesInAnOutage()
{
    QFETCH(int, attempts);
    QFETCH(int, retries);
    RetryPolicy policy = named("grpc-a6");
    policy.maxAttempts = attempts;
    Client client(policy);
    QCOMPARE(retriesUntilEmpty(client, client.outcome(u"UNAVAILABLE")), retries);
}

void TestRetryBudget::grpcThrottle_failureIsToldNotToRetryCountsToo()
{
    Client client(named("grpc-a6"));
    const PreparedOutcome forbidden = client.outcome(u"UNAVAILABLE[grpc-retry-pushback-ms: -1]");
    QCOMPARE(client.call(Millis(0), [&](int) { return forbidden; }), 1);
    QCOMPARE(client.reason, Reason::HintForbids);
    QCOMPARE(client.left(Millis(0)), 9.0);
    const PreparedOutcome other = client.outcome(u"NOT_FOUND"); // is not retried, so takes nothing
    client.call(Millis(0), [&](int) { return other; });
    QCOMPARE(client.left(Millis(0)), 9.0);
    const PreparedOutcome good = client.outcome(u"OK");
    client.call(Millis(0), [&](int) { return good; });
    QCOMPARE(client.left(Millis(0)), 9.1);
}

void TestRetryBudget::ratioBudget_beginsWithItsReserve()
{
    Client client(named("finagle-decorrelated"));
    const PreparedOutcome bad = client.outcome(u"503");
    // 10 a second over 10 s, and a fifth of the one request, which makes no whole retry.
    QCOMPARE(client.call(Millis(0), [&](int) { return bad; }), 101);
    QCOMPARE(client.reason, Reason::BudgetEmpty);
    QCOMPARE(client.call(Millis(9999), [&](int) { return bad; }), 1);
    QCOMPARE(client.call(Millis(10000), [&](int) { return bad; }), 101);
}

void TestRetryBudget::ratioBudget_settlesAtItsShare_data()
{
    QTest::addColumn<int>("perSecond");
    QTest::addColumn<double>("factor");
    QTest::newRow("10") << 10 << 2.2;
    QTest::newRow("50") << 50 << 1.4;
    QTest::newRow("100") << 100 << 1.3;
    QTest::newRow("1000") << 1000 << 1.21;
}

void TestRetryBudget::ratioBudget_settlesAtItsShare()
{
    QFETCH(int, perSecond);
    QFETCH(double, factor);
    RetryPolicy policy = named("linkerd-tower");
    policy.maxAttempts = 3;
    Client client(policy);
    const PreparedOutcome bad = client.outcome(u"503");
    int sends = 0;
    int requests = 0;
    for (int i = 0; i < 60 * perSecond; ++i) {
        const Millis now(i * 1000.0 / perSecond);
        const int more = client.call(now, [&](int) { return bad; });
        const bool isSettled = now >= Millis(20000);
        sends += isSettled ? more : 0;
        requests += isSettled ? 1 : 0;
    }
    const double measured = static_cast<double>(sends) / requests;
    QVERIFY2(std::abs(measured - factor) < 0.01 * factor, QByteArray::number(measured));
}

void TestRetryBudget::concurrentBudget_countsRetriesUnderWay()
{
    RetryPolicy policy = named("envoy");
    const PreparedPolicy prepared = prepare(policy, {});
    BudgetState budget(*policy.budget);
    RandomSource random = RandomSource::seeded(1);
    const PreparedOutcome bad = prepare(policy, {}, parseOutcomeScript(u"503")->at(0), {});
    using Run = PolicyRun<Millis, RandomSource>;
    std::vector<Run> runs(4, Run(prepared, random, &budget));
    for (Run &run : runs)
        run.start(Millis(0));
    for (std::size_t i = 0; i < 3; ++i)
        QCOMPARE(runs[i].next(bad, Millis(1)).reason, Reason::StatusRetried);
    QCOMPARE(runs[3].next(bad, Millis(1)).reason, Reason::BudgetEmpty);
    QCOMPARE(budget.left(*policy.budget, 1), 0.0);
    runs[0].resume(Millis(2));
    QCOMPARE(runs[0].next(bad, Millis(3)).reason, Reason::AttemptsUsedUp);
    QCOMPARE(budget.left(*policy.budget, 3), 1.0);
}

void TestRetryBudget::withoutState_thePolicyRunsUnlimited()
{
    const RetryPolicy policy = named("finagle-decorrelated");
    RandomSource random = RandomSource::seeded(1);
    RetryRun run(policy, random);
    run.start(Millis(0));
    const Outcome bad = parseOutcomeScript(u"503")->at(0);
    Millis now(0);
    for (int i = 0; i < 150; ++i) {
        const Decision decision = run.next(bad, now);
        QCOMPARE(decision.action, Decision::Action::Wait);
        run.resume(now = decision.until.actual);
    }
}

QTEST_APPLESS_MAIN(TestRetryBudget)
#include "tst_retrybudget.moc"
