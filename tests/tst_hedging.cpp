// Attempts beside each other: courses by hand, and averages against their closed form.
#include "models/retry/hedging.h"
#include "tests/support/retrydata.h"

#include <QTest>

using namespace errata;

namespace {

RetryPolicy hedged()
{
    return shippedPolicy(QStringLiteral("grpc-hedging"));
}

/// "0 UNAVAILABLE@200 code-retried | 200 OK@30 success"
QString course(const RetryPolicy &policy, QStringView script)
{
    const Schedule schedule = simulateHedged(policy, *parseOutcomeScript(script));
    QStringList rows;
    for (const Attempt &attempt : schedule.attempts)
        rows += QStringLiteral("%1 %2 %3%4")
                    .arg(attempt.starts.actual.count())
                    .arg(outcomeText(attempt.outcome), reasonId(attempt.reason),
                         attempt.verdict ? QStringLiteral("!") : QString());
    return QStringLiteral("%1 = %2 at %3")
        .arg(rows.join(QStringLiteral(" | ")), verdictId(schedule.verdict))
        .arg(schedule.total.actual.count());
}

} // namespace

class TestHedging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void courses_data();
    void courses();
    void deadline_endsIt();
    void attemptTimeout_sendsTheNextAtOnce();
    void throttle_keepsFromHedging();
    void averages_data();
    void averages();
};

void TestHedging::courses_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("rows");
    const auto row = [](const char *script, const char *rows) {
        QTest::newRow(script) << QString::fromUtf8(script) << QString::fromUtf8(rows);
    };
    row("OK@120", "0 OK@120 success! = succeeded at 120");
    row("OK@500", "0 OK@500 success! = succeeded at 500");
    row("OK@900,OK@100", "0 OK@600 hedged | 500 OK@100 success! = succeeded at 600");
    row("OK@900,OK@700", "0 OK@900 success! | 500 OK@400 hedge-lost = succeeded at 900");
    row("UNAVAILABLE@200,OK@30", "0 UNAVAILABLE@200 code-retried | 200 OK@30 success! = succeeded at 230");
    row("NOT_FOUND@200", "0 NOT_FOUND@200 status-not-retried! = returned-error at 200");
    row("UNAVAILABLE@10", "0 UNAVAILABLE@10 code-retried | 10 UNAVAILABLE@10 code-retried | 20 UNAVAILABLE@10 "
                          "code-retried | 30 UNAVAILABLE@10 attempts-used-up! = returned-error at 40");
    row("OK@5000", "0 OK@5000 success! | 500 OK@4500 hedged | 1000 OK@4000 hedged | 1500 OK@3500 hedge-lost "
                   "= succeeded at 5000");
    row("OK@800,NOT_FOUND@100", "0 OK@600 hedged | 500 NOT_FOUND@100 status-not-retried! = returned-error at 600");
    row("UNAVAILABLE[grpc-retry-pushback-ms: 90]@10,OK@5",
        "0 UNAVAILABLE[grpc-retry-pushback-ms: 90]@10 retry-after-obeyed | 100 OK@5 success! = succeeded at 105");
    row("UNAVAILABLE[grpc-retry-pushback-ms: -1]@10",
        "0 UNAVAILABLE[grpc-retry-pushback-ms: -1]@10 hint-forbids! = returned-error at 10");
}

void TestHedging::courses()
{
    QFETCH(QString, script);
    QFETCH(QString, rows);
    QCOMPARE(course(hedged(), script), rows);
    // The general simulation hedges too.
    RandomSource random = RandomSource::seeded(1);
    const Schedule schedule = simulate(hedged(), *parseOutcomeScript(script), random);
    QCOMPARE(schedule.total, simulateHedged(hedged(), *parseOutcomeScript(script)).total);
}

void TestHedging::deadline_endsIt()
{
    RetryPolicy policy = hedged();
    policy.deadline = Millis(800);
    QCOMPARE(course(policy, u"OK@5000"),
             QStringLiteral("0 OK@800 hedged | 500 OK@300 deadline-reached! = deadline at 800"));
}

void TestHedging::attemptTimeout_sendsTheNextAtOnce()
{
    RetryPolicy policy = hedged();
    policy.attemptTimeout = Millis(100);
    policy.maxAttempts = 2;
    QCOMPARE(course(policy, u"OK@5000,OK@20"),
             QStringLiteral("0 OK@100 failure-retried | 100 OK@20 success! = succeeded at 120"));
}

void TestHedging::throttle_keepsFromHedging()
{
    const RetryPolicy policy = hedged();
    const PreparedPolicy prepared = prepare(policy, usualRequest(policy));
    const PreparedOutcome bad = prepare(policy, {}, parseOutcomeScript(u"UNAVAILABLE@1")->at(0), {});
    const PreparedOutcome slow = prepare(policy, {}, parseOutcomeScript(u"OK@5000")->at(0), {});
    BudgetState budget(*policy.budget);
    const auto sends = [&](const PreparedOutcome &outcome) {
        return HedgedRun(prepared, 500, &budget).run([&](int) { return outcome; });
    };
    QCOMPARE(sends(bad).count, 4);
    const HedgedCourse second = sends(bad); // 6 tokens, then 5: not more than half
    QCOMPARE(second.count, 1);
    QCOMPARE(second.reason, Reason::BudgetEmpty);
    QCOMPARE(sends(slow).count, 1);
}

/// Exponential latency of mean mu, a hedge every h: E[sent] = sum exp(-h k (k+1) / 2 mu).
void TestHedging::averages_data()
{
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("delay");
    QTest::addColumn<int>("attempts");
    QTest::addColumn<double>("latency");
    QTest::addColumn<double>("sent");
    QTest::newRow("0.4 s") << 400.0 << 500.0 << 4 << 341.112755 << 1.310575627;
    QTest::newRow("1 s") << 1000.0 << 500.0 << 4 << 655.397388 << 1.879447888;
    QTest::newRow("early") << 1000.0 << 100.0 << 4 << 378.377285 << 3.194467275;
    QTest::newRow("one") << 1000.0 << 500.0 << 1 << 1000.0 << 1.0;
}

void TestHedging::averages()
{
    QFETCH(double, mean);
    QFETCH(double, delay);
    QFETCH(int, attempts);
    QFETCH(double, latency);
    QFETCH(double, sent);
    RetryPolicy policy = hedged();
    policy.maxAttempts = attempts;
    policy.budget.reset();
    const PreparedPolicy prepared = prepare(policy, {});
    PreparedOutcome answer = prepare(policy, {}, Outcome{}, {});
    RandomSource random = RandomSource::seeded(3);
    constexpr int calls = 200000;
    double times = 0;
    double sends = 0;
    for (int i = 0; i < calls; ++i) {
        const HedgedCourse one = HedgedRun(prepared, delay).run([&](int) {
            answer.latency = -mean * std::log1p(-random.uniform());
            return answer;
        });
        times += one.end;
        sends += one.count;
    }
    // Five standard errors; the spread of either is below its scale.
    const double tolerance = 5 / std::sqrt(calls);
    QVERIFY2(std::abs(times / calls - latency) < tolerance * mean, QByteArray::number(times / calls));
    QVERIFY2(std::abs(sends / calls - sent) < tolerance * 1.5, QByteArray::number(sends / calls));
}

QTEST_APPLESS_MAIN(TestHedging)
#include "tst_hedging.moc"
