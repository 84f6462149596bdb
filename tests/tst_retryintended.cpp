// The Intended policy does exactly what the documented sample does: every script that was run
// through the sample, and its table of waits.
#include "models/json/jsondocument.h"
#include "models/retry/backoff.h"
#include "models/retry/simulator.h"
#include "tests/support/retrydata.h"

#include <QFile>
#include <QTest>

#include <cmath>

using namespace errata;

namespace {

QString shown(double value)
{
    return std::isnan(value) ? QStringLiteral("NaN") : QString::number(value, 'g', 12);
}

/// As text, so that a failure shows the whole list and NaN equals NaN.
QString shown(const std::vector<double> &values)
{
    QStringList parts;
    for (const double value : values)
        parts += shown(value);
    return parts.join(QStringLiteral(", "));
}

double numberOf(const JsonValue &value)
{
    if (value.isNumber())
        return value.number().value_or(0);
    return value.string() == QLatin1String("Infinity") ? INFINITY : std::nan("");
}

QString listed(const JsonValue &array)
{
    std::vector<double> values;
    for (const JsonValue &value : array.children())
        values.push_back(numberOf(value));
    return shown(values);
}

JsonValue vectorFile()
{
    QFile file(QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/intended-vectors.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto document = JsonDocument::parse(file.readAll());
    return document ? document->root() : JsonValue();
}

/// One vector under one source of chance and one timer.
Schedule run(const JsonValue &vector, RandomSource &random, TimerKind timer)
{
    RetryPolicy policy = intended();
    policy.timer = timer;
    if (const JsonValue retries = vector["max_retries"]; !retries.isAbsent())
        policy.maxAttempts = numberOf(retries) + 1;
    return simulate(policy, *parseOutcomeScript(vector["script"].string()), random);
}

Schedule run(const JsonValue &vector, const std::vector<double> &numbers, TimerKind timer)
{
    RandomSource random = RandomSource::sequence(numbers);
    return run(vector, random, timer);
}

enum class Which { AskedActual, AskedMin, AskedMax, Waited };

QString waits(const Schedule &schedule, Which which)
{
    std::vector<double> values;
    for (const Attempt &attempt : schedule.attempts) {
        if (!attempt.wait)
            continue;
        const Millis value = which == Which::AskedActual ? attempt.asked->actual
                             : which == Which::AskedMin  ? attempt.asked->min
                             : which == Which::AskedMax  ? attempt.asked->max
                                                         : attempt.wait->actual;
        values.push_back(value.count());
    }
    return shown(values);
}

QString starts(const Schedule &schedule)
{
    std::vector<double> values;
    for (const Attempt &attempt : schedule.attempts) {
        if (attempt.wasSent())
            values.push_back(attempt.starts.actual.count());
    }
    return shown(values);
}

} // namespace

class TestRetryIntended : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sample_data();
    void sample();
    void waitsBeforeRetries_data();
    void waitsBeforeRetries();
    void seed42_givesTheSamplesWaits();
    void dateHeader_allAttemptsInAFewMilliseconds();
};

void TestRetryIntended::sample_data()
{
    QTest::addColumn<JsonValue>("vector");
    const std::vector<JsonValue> vectors = vectorFile()["vectors"].children();
    QVERIFY(vectors.size() >= 62);
    for (const JsonValue &vector : vectors)
        QTest::newRow(qPrintable(vector["title"].string())) << vector;
}

void TestRetryIntended::sample()
{
    QFETCH(JsonValue, vector);

    RandomSource half = RandomSource::sequence({0.5});
    const Schedule exact = run(vector, half, TimerKind::Exact);
    QCOMPARE(qint64(exact.sends), *vector["requests"].integer());
    QCOMPARE(qint64(half.draws()), *vector["draws"].integer());
    QCOMPARE(waits(exact, Which::AskedActual), listed(vector["half"]));
    QCOMPARE(waits(exact, Which::AskedMin), listed(vector["min"]));
    QCOMPARE(waits(exact, Which::AskedMax), listed(vector["max"]));
    QCOMPARE(starts(exact), listed(vector["starts"]));
    QCOMPARE(shown(exact.total.actual.count()), shown(numberOf(vector["end"])));

    const std::vector<double> sequence{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
    QCOMPARE(waits(run(vector, sequence, TimerKind::Exact), Which::AskedActual), listed(vector["sequence"]));
    QCOMPARE(waits(run(vector, {0.0}, TimerKind::Exact), Which::AskedActual), listed(vector["min"]));
    QCOMPARE(waits(run(vector, {1 - 0x1p-53}, TimerKind::Exact), Which::AskedActual), listed(vector["max"]));
    QCOMPARE(waits(run(vector, {0.5}, TimerKind::Node), Which::Waited), listed(vector["node"]));
    QCOMPARE(waits(run(vector, {0.5}, TimerKind::Browser), Which::Waited), listed(vector["browser"]));

    const bool returned = vector["ends"].string() == QLatin1String("returned");
    if (returned) {
        const bool success = exact.attempts.back().outcome.isSuccess();
        QCOMPARE(verdictId(exact.verdict), verdictId(success ? Verdict::Succeeded : Verdict::ReturnedError));
    } else {
        QCOMPARE(verdictId(exact.verdict), verdictId(Verdict::GaveUp));
        // The sample's own error means that its loop ran out; otherwise the last failure is thrown.
        const bool ranOut = vector["error"].string() == QLatin1String("Error");
        const bool lastFailure = exact.reason == Reason::AttemptsUsedUp;
        QCOMPARE(lastFailure, !ranOut);
    }
}

void TestRetryIntended::waitsBeforeRetries_data()
{
    QTest::addColumn<JsonValue>("row");
    const std::vector<JsonValue> rows = vectorFile()["delays"].children();
    QCOMPARE(rows.size(), std::size_t(16));
    for (const JsonValue &row : rows)
        QTest::addRow("attempt %s", row["attempt"].raw().constData()) << row;
}

void TestRetryIntended::waitsBeforeRetries()
{
    QFETCH(JsonValue, row);
    const int retry = static_cast<int>(*row["attempt"].integer()) + 1;
    const Bounds wait = PreparedBackoff(intended().backoff).bounds(retry, 0.5, {});
    QCOMPARE(wait.min.count(), *row["min"].number());
    QCOMPARE(wait.actual.count(), *row["mid"].number());
    QCOMPARE(wait.max.count(), *row["max"].number());
}

void TestRetryIntended::seed42_givesTheSamplesWaits()
{
    RetryPolicy policy = intended();
    policy.maxAttempts = 9;
    RandomSource random = RandomSource::seeded(42);
    const Schedule schedule = simulate(policy, *parseOutcomeScript(u"503"), random);
    const std::vector<double> expected{1081.430514512291,  2063.7642080123323, 4393.557667270996,  8560.908478507805,
                                       17269.607183506767, 31764.29539940268,  30376.057326188227, 31815.367345971517};
    QCOMPARE(schedule.attempts.size(), expected.size() + 1);
    for (std::size_t i = 0; i < expected.size(); ++i)
        QCOMPARE(schedule.attempts[i].wait->actual.count(), expected[i]);
    QVERIFY(!schedule.attempts.back().wait);
}

void TestRetryIntended::dateHeader_allAttemptsInAFewMilliseconds()
{
    RandomSource random = RandomSource::seeded(1);
    const auto script = parseOutcomeScript(u"429:'Wed, 21 Oct 2037 07:28:00 GMT'");
    const Schedule schedule = simulate(intended(), *script, random);
    QCOMPARE(schedule.sends, 4);
    QCOMPARE(schedule.total, Bounds::exactly(Millis(4)));
    QVERIFY(std::isnan(schedule.attempts.front().asked->actual.count()));
    QCOMPARE(schedule.reason, Reason::WaitsThenGivesUp);
}

QTEST_APPLESS_MAIN(TestRetryIntended)
#include "tst_retryintended.moc"
