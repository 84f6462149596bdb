// Which schedules surprise, and in which rows.
#include "models/retry/quirks.h"
#include "tests/support/retrydata.h"

#include <QTest>

using namespace errata;

namespace {

/// "useless-last-wait 4; returns-in-one-spike 1,2,3"
QString found(const RetryPolicy &policy, QStringView script, const QByteArray &method)
{
    RandomSource random = RandomSource::sequence({0.5});
    QStringList parts;
    for (const QuirkHit &hit : quirksOf(policy, method, simulate(policy, *parseOutcomeScript(script), random))) {
        QStringList numbers;
        for (const int n : hit.attempts)
            numbers += QString::number(n);
        parts += (quirkId(hit.quirk) + u' ' + numbers.join(u',')).trimmed();
    }
    return parts.join(QStringLiteral("; "));
}

} // namespace

class TestQuirks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofTheSample_data();
    void ofTheSample();
    void ofOtherPolicies_data();
    void ofOtherPolicies();
    void documentedByTheApi();
    void methodThatIsNotIdempotent_isToldOnlyWhenRepeated();
    void jitterAboveTheCap();
};

void TestQuirks::ofTheSample_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("quirks");
    const auto row = [](const char *script, const char *quirks) {
        QTest::newRow(script) << QString::fromUtf8(script) << QString::fromUtf8(quirks);
    };
    row("200", "");
    row("404", "");
    row("503,200", "");
    row("503", "error-returned 4");
    row("reset", "");
    row("429:2,200", "returns-in-one-spike 1");
    row("429", "useless-last-wait 4; returns-in-one-spike 1,2,3");
    row("429:-1,200", "timer-changes-wait 1; returns-in-one-spike 1; retries-at-once 1");
    row("429:soon,200", "timer-changes-wait 1; returns-in-one-spike 1; retries-at-once 1");
    row("503:60,200", "retry-after-ignored 1");
    row("bad-body,204,200", "success-repeated 1,2");
    row("404[content-type: text/html],200", "");
    row("not-sent", "nothing-sent");
}

void TestQuirks::ofTheSample()
{
    QFETCH(QString, script);
    QFETCH(QString, quirks);
    QCOMPARE(found(intended(), script, "GET"), quirks);
}

void TestQuirks::ofOtherPolicies_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("quirks");
    const auto row = [](const char *id, const char *method, const char *script, const char *quirks) {
        QTest::addRow("%s %s %s", id, method, script)
            << QString::fromUtf8(id) << QByteArray(method) << QString::fromUtf8(script) << QString::fromUtf8(quirks);
    };
    row("openai-python", "GET", "503,200", "");
    row("openai-python", "POST", "503,200", "");
    row("openai-python", "GET", "429:soon,200", "retry-after-not-understood 1");
    row("openai-python", "GET", "429:0,200", "retry-after-not-understood 1");
    row("anthropic-python", "GET", "429:90,200", "comes-back-early 1");
    row("anthropic-python", "POST", "503,200", "not-idempotent-repeated 1");
    row("curl", "GET", "503,200", "returns-in-one-spike 1");
    row("curl", "GET", "503:7201,200", "returns-in-one-spike 1");
    row("go-retryablehttp", "GET", "503:7201,200", "returns-in-one-spike 1; unbounded-wait 1");
    row("go-retryablehttp", "POST", "503:1,200", "returns-in-one-spike 1; not-idempotent-repeated 1");
    row("node-retry", "GET", "503", "returns-in-one-spike 1,2,3,4,5,6,7,8,9,10");
    row("stripe-python", "GET", "500:3,200", "retry-after-ignored 1; returns-in-one-spike 1");
    row("urllib3", "GET", "503:5,200", "returns-in-one-spike 1");
    row("axios-retry", "GET", "503,200", "returns-in-one-spike 1; retries-at-once 1");
    row("go-retryablehttp", "GET", "503{retryable: false},200", "flag-ignored 1; returns-in-one-spike 1");
    row("cenkalti", "GET", "503[x-should-retry: false],200", "flag-ignored 1");
    row("gax-go", "GET", "503,404", "");
    row("failsafe", "GET", "503,200", "returns-in-one-spike 1; retries-at-once 1");
    row("grpc-hedging", "POST", "OK@900", "not-idempotent-repeated 2");
    row("grpc-hedging", "GET", "OK@900,OK@100", "");
}

void TestQuirks::ofOtherPolicies()
{
    QFETCH(QString, id);
    QFETCH(QByteArray, method);
    QFETCH(QString, script);
    QFETCH(QString, quirks);
    QCOMPARE(found(shippedPolicy(id), script, method), quirks);
}

void TestQuirks::documentedByTheApi()
{
    const auto documented = intended().documented;
    QVERIFY(documented);
    const auto told = [&](const RetryPolicy &policy, QStringView script) {
        RandomSource random = RandomSource::sequence({0.5});
        QStringList ids;
        for (const QuirkHit &hit :
             quirksOf(policy, "GET", simulate(policy, *parseOutcomeScript(script), random), documented)) {
            for (const int n : hit.attempts)
                ids += QStringLiteral("%1 %2").arg(quirkId(hit.quirk)).arg(n);
        }
        return ids.filter(QStringLiteral("document"));
    };
    QCOMPARE(told(intended(), u"503"), QStringList());
    QCOMPARE(told(intended(), u"501,200"), QStringList{QStringLiteral("status-not-documented 1")});
    RetryPolicy more = intended();
    more.maxAttempts = 6;
    QCOMPARE(told(more, u"503"), (QStringList{QStringLiteral("beyond-documented-attempts 5"),
                                              QStringLiteral("beyond-documented-attempts 6")}));
    RetryPolicy hurried = intended();
    hurried.deadline = Millis(900);
    QCOMPARE(found(hurried, u"503", "GET"), QStringLiteral("deadline-before-first-retry 1"));
    RetryPolicy endless = intended();
    endless.maxAttempts = INFINITY;
    QVERIFY(found(endless, u"503", "GET").contains(QStringLiteral("never-ends 1000")));
}

void TestQuirks::methodThatIsNotIdempotent_isToldOnlyWhenRepeated()
{
    QCOMPARE(found(intended(), u"503,200", "POST"), QStringLiteral("not-idempotent-repeated 1"));
    QCOMPARE(found(intended(), u"200", "POST"), QString());
    QCOMPARE(found(intended(), u"not-sent", "POST"), QStringLiteral("nothing-sent"));
    for (const char *method : {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
        QVERIFY(isIdempotent(method));
    for (const char *method : {"POST", "PATCH", "get", ""})
        QVERIFY(!isIdempotent(method));
}

void TestQuirks::jitterAboveTheCap()
{
    RetryPolicy policy = intended();
    policy.maxAttempts = 8;
    QCOMPARE(found(policy, u"503", "GET"), QStringLiteral("error-returned 8; jitter-exceeds-cap 6,7"));
    policy.backoff.capAfterJitter = true; // which leaves no jitter at the cap
    QCOMPARE(found(policy, u"503", "GET"), QStringLiteral("error-returned 8; returns-in-one-spike 6,7"));
}

QTEST_APPLESS_MAIN(TestQuirks)
#include "tst_quirks.moc"
