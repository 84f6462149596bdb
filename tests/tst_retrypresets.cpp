// Shipped policies against vectors of the clients they describe: waits, and courses of whole scripts.
#include "models/retry/backoff.h"
#include "models/retry/simulator.h"
#include "tests/support/retrydata.h"

#include <QTest>

using namespace errata;

namespace {

/// What chance gives for each wait: a list, or the same again and again; 1 is the largest number below 1.
double chanceOf(const JsonValue &r, qsizetype index)
{
    const double value = r.isArray() ? r.at(index).number().value_or(0) : r.number().value_or(0);
    return value == 1 ? 1 - 0x1p-53 : value;
}

std::vector<Bounds> waitsOf(const Schedule &schedule)
{
    std::vector<Bounds> waits;
    for (const Attempt &attempt : schedule.attempts) {
        if (attempt.action == Attempt::Action::Retry)
            waits.push_back(*attempt.asked);
    }
    return waits;
}

QString listed(const std::vector<Bounds> &waits)
{
    QStringList parts;
    for (const Bounds &wait : waits)
        parts += QStringLiteral("%1 (%2 to %3)").arg(wait.actual.count()).arg(wait.min.count()).arg(wait.max.count());
    return parts.join(QStringLiteral(", "));
}

} // namespace

class TestRetryPresets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPolicy_isWhole();
    void waits_data();
    void waits();
    void courses_data();
    void courses();
    void pollyV2_waitsAddUpToASingleDraw();
    void boundsHoldWhateverChanceGives_data();
    void boundsHoldWhateverChanceGives();
};

void TestRetryPresets::everyPolicy_isWhole()
{
    const std::vector<RetryPolicy> policies = shippedPolicies();
    QVERIFY(policies.size() >= 51);
    for (const RetryPolicy &policy : policies) {
        const QByteArray id = policy.id.toUtf8();
        QVERIFY2(!policy.version.isEmpty() && !policy.source.isEmpty(), id);
        QVERIFY2(policy.sourceUrl.startsWith(QStringLiteral("https://")), id);
        QVERIFY2(!policy.quirks.isEmpty(), id);
        const bool canEnd =
            std::isfinite(policy.maxAttempts) || policy.deadline || !policy.backoff.cap || policy.budget;
        const bool saysSo = policy.quirks.join(u' ').contains(QStringLiteral("ever")) ||
                            policy.quirks.join(u' ').contains(QStringLiteral("limit")) ||
                            policy.quirks.join(u' ').contains(QStringLiteral("stop")) ||
                            policy.quirks.join(u' ').contains(QStringLiteral("ends it"));
        QVERIFY2(canEnd || saysSo, id + ": a run without end is told");
    }
}

void TestRetryPresets::waits_data()
{
    QTest::addColumn<JsonValue>("row");
    const std::vector<JsonValue> rows = retryData("waits.json")["rows"].children();
    QVERIFY(rows.size() >= 120);
    for (const JsonValue &row : rows)
        QTest::addRow("%s r=%s", qPrintable(row["policy"].string()), row["r"].raw().constData()) << row;
}

void TestRetryPresets::waits()
{
    QFETCH(JsonValue, row);
    const RetryPolicy policy = shippedPolicy(row["policy"].string());
    QVERIFY(!policy.id.isEmpty());
    const PreparedBackoff backoff(policy.backoff);
    double previous = backoff.initial();
    const JsonValue expected = row["waits"];
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const int n = static_cast<int>(i) + 1;
        const double r = chanceOf(row["r"], i);
        const double wait = backoff.wait(n, r, previous);
        previous = backoff.carry(n, r, wait);
        QVERIFY2(isNear(wait, *expected.at(i).number()), qPrintable(QStringLiteral("wait %1 is %2, not %3")
                                                                        .arg(n)
                                                                        .arg(wait, 0, 'g', 17)
                                                                        .arg(QString::fromUtf8(expected.at(i).raw()))));
    }
}

void TestRetryPresets::courses_data()
{
    QTest::addColumn<JsonValue>("row");
    const std::vector<JsonValue> rows = retryData("scripts.json")["rows"].children();
    QVERIFY(rows.size() >= 60);
    for (const JsonValue &row : rows)
        QTest::addRow("%s %s %s", qPrintable(row["policy"].string()), qPrintable(row["method"].string()),
                      qPrintable(row["script"].string()))
            << row;
}

void TestRetryPresets::courses()
{
    QFETCH(JsonValue, row);
    RetryPolicy policy = shippedPolicy(row["policy"].string());
    QVERIFY(!policy.id.isEmpty());
    if (const auto attempts = row["attempts"].number())
        policy.maxAttempts = *attempts;
    if (const auto deadline = row["deadline"].number())
        policy.deadline = Millis(*deadline);
    if (row["method"].isString())
        policy.method = row["method"].string().toUtf8();
    const auto script = parseOutcomeScript(row["script"].string());
    QVERIFY2(script.ok(), script.ok() ? "" : qPrintable(script.error().text()));
    RandomSource random = RandomSource::sequence({0.5});
    const Schedule schedule = simulate(policy, *script, random, utcTime(retryData("scripts.json")["now"].string()));

    QCOMPARE(schedule.sends, static_cast<int>(*row["sends"].integer()));
    QCOMPARE(verdictId(schedule.verdict), row["verdict"].string());
    const std::vector<Bounds> waits = waitsOf(schedule);
    const JsonValue expected = row["waits"];
    const bool isRange = expected.isObject();
    QCOMPARE(static_cast<qsizetype>(waits.size()), isRange ? expected["min"].size() : expected.size());
    for (std::size_t i = 0; i < waits.size(); ++i) {
        const auto index = static_cast<qsizetype>(i);
        const bool same = isRange ? isNear(waits[i].min.count(), *expected["min"].at(index).number()) &&
                                        isNear(waits[i].max.count(), *expected["max"].at(index).number())
                                  : isNear(waits[i].actual.count(), *expected.at(index).number());
        QVERIFY2(same, qPrintable(listed(waits)));
    }
}

void TestRetryPresets::pollyV2_waitsAddUpToASingleDraw()
{
    const RetryPolicy policy = shippedPolicy(QStringLiteral("dotnet-http-standard"));
    const PreparedBackoff backoff(policy.backoff);
    const std::vector<double> chance{0.9, 0.05, 0.6, 0.35};
    double previous = backoff.initial();
    double total = 0;
    for (std::size_t i = 0; i < chance.size(); ++i) {
        const int n = static_cast<int>(i) + 1;
        total += backoff.wait(n, chance[i], previous);
        previous = backoff.carry(n, chance[i], 0);
        const double t = static_cast<double>(i) + chance[i];
        QVERIFY(isNear(total, 2000 / 1.4 * std::exp2(t) * std::tanh(std::sqrt(4 * t))));
    }
    // So the bounds of the whole are those of the last draw.
    RandomSource random = RandomSource::seeded(1);
    const Schedule schedule = simulate(policy, *parseOutcomeScript(u"503"), random);
    const auto reached = [](double t) { return 2000 / 1.4 * std::exp2(t) * std::tanh(std::sqrt(4 * t)); };
    QVERIFY(isNear(schedule.total.min.count(), reached(2)));
    QVERIFY(isNear(schedule.total.max.count(), reached(3)));
}

void TestRetryPresets::boundsHoldWhateverChanceGives_data()
{
    QTest::addColumn<QString>("id");
    for (const RetryPolicy &policy : shippedPolicies())
        QTest::newRow(qPrintable(policy.id)) << policy.id;
}

void TestRetryPresets::boundsHoldWhateverChanceGives()
{
    QFETCH(QString, id);
    const PreparedBackoff backoff(shippedPolicy(id).backoff);
    RandomSource random = RandomSource::seeded(7);
    for (int run = 0; run < 200; ++run) {
        Bounds previous = Bounds::exactly(Millis(backoff.initial()));
        for (int n = 1; n <= 70; ++n) {
            const double r = random.uniform();
            const Bounds wait = backoff.bounds(n, r, previous);
            QCOMPARE(wait.actual.count(), backoff.wait(n, r, previous.actual.count()));
            QVERIFY2(wait.min <= wait.actual && wait.actual <= wait.max, QByteArray::number(n));
            previous = backoff.carry(n, r, wait);
        }
    }
}

QTEST_APPLESS_MAIN(TestRetryPresets)
#include "tst_retrypresets.moc"
