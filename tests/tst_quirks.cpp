// Which schedules surprise, and in which rows.
#include "models/retry/quirks.h"

#include <QTest>

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
    row("429:-1,200", "timer-changes-wait 1; returns-in-one-spike 1");
    row("429:soon,200", "timer-changes-wait 1; returns-in-one-spike 1");
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
    policy.backoff.capAfterJitter = true;
    QCOMPARE(found(policy, u"503", "GET"), QStringLiteral("error-returned 8"));
}

QTEST_APPLESS_MAIN(TestQuirks)
#include "tst_quirks.moc"
