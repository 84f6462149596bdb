// Waits, timers, and ECMAScript's Number() as pure functions.
#include "models/retry/backoff.h"
#include "models/retry/waitheader.h"

#include <QTest>

#include <cmath>

using namespace errata;

namespace {

Backoff shaped(BackoffShape shape, double base, double factor = 2)
{
    Backoff backoff;
    backoff.shape = shape;
    backoff.base = Millis(base);
    backoff.factor = factor;
    return backoff;
}

Backoff jittered(Jitter jitter, double ratio = 0)
{
    Backoff backoff = shaped(BackoffShape::Constant, 1000);
    backoff.jitter = jitter;
    backoff.ratio = ratio;
    return backoff;
}

Bounds boundsOf(const Backoff &backoff, int n, double r, const std::optional<Bounds> &previous = {})
{
    const PreparedBackoff prepared(backoff);
    return prepared.bounds(n, r, previous.value_or(Bounds::exactly(Millis(prepared.initial()))));
}

double waitOf(const Backoff &backoff, int n, double r)
{
    const PreparedBackoff prepared(backoff);
    return prepared.wait(n, r, prepared.initial());
}

} // namespace

class TestBackoff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shapes_data();
    void shapes();
    void jitters_data();
    void jitters();
    void cap_beforeJitterLetsJitterExceedIt();
    void decorrelated_growsWithThePreviousWaitUpToTheCap();
    void uncappedExponential_overflowsToInfinityAndIsWaitedACentury();
    void timers_data();
    void timers();
    void timerBounds_whereTheIntervalOverflows();
    void jsNumber_data();
    void jsNumber();
};

void TestBackoff::shapes_data()
{
    QTest::addColumn<int>("shape");
    QTest::addColumn<QList<double>>("waits");
    QTest::newRow("constant") << int(BackoffShape::Constant) << QList<double>{100, 100, 100, 100, 100, 100};
    QTest::newRow("linear") << int(BackoffShape::Linear) << QList<double>{100, 200, 300, 400, 500, 600};
    QTest::newRow("exponential") << int(BackoffShape::Exponential) << QList<double>{100, 300, 900, 2700, 8100, 24300};
    QTest::newRow("fibonacci") << int(BackoffShape::Fibonacci) << QList<double>{100, 100, 200, 300, 500, 800};
    QTest::newRow("table") << int(BackoffShape::Table) << QList<double>{5, 50, 7, 7, 7, 7};
}

void TestBackoff::shapes()
{
    QFETCH(int, shape);
    QFETCH(QList<double>, waits);
    Backoff backoff = shaped(BackoffShape(shape), 100, 3);
    backoff.table = {Millis(5), Millis(50), Millis(7)};
    for (int n = 1; n <= waits.size(); ++n)
        QCOMPARE(nominalWait(backoff, n).count(), waits[n - 1]);
    backoff.cap = Millis(250);
    for (int n = 1; n <= waits.size(); ++n)
        QCOMPARE(nominalWait(backoff, n).count(), std::min(250.0, waits[n - 1]));
}

void TestBackoff::jitters_data()
{
    QTest::addColumn<int>("jitter");
    QTest::addColumn<double>("ratio");
    QTest::addColumn<double>("min");
    QTest::addColumn<double>("quarter");
    QTest::addColumn<double>("max");
    QTest::newRow("none") << int(Jitter::None) << 0.0 << 1000.0 << 1000.0 << 1000.0;
    QTest::newRow("full") << int(Jitter::Full) << 0.0 << 0.0 << 250.0 << 1000.0;
    QTest::newRow("equal") << int(Jitter::Equal) << 0.0 << 500.0 << 625.0 << 1000.0;
    QTest::newRow("additive 10 %") << int(Jitter::Additive) << 0.1 << 1000.0 << 1025.0 << 1100.0;
    QTest::newRow("symmetric 20 %") << int(Jitter::Symmetric) << 0.2 << 800.0 << 900.0 << 1200.0;
    QTest::newRow("decorrelated") << int(Jitter::Decorrelated) << 0.0 << 1000.0 << 1500.0 << 3000.0;
}

void TestBackoff::jitters()
{
    QFETCH(int, jitter);
    QFETCH(double, ratio);
    QFETCH(double, min);
    QFETCH(double, quarter);
    QFETCH(double, max);
    const Bounds wait = boundsOf(jittered(Jitter(jitter), ratio), 1, 0.25);
    QCOMPARE(wait.min.count(), min);
    QCOMPARE(wait.actual.count(), quarter);
    QCOMPARE(wait.max.count(), max);
    QCOMPARE(waitOf(jittered(Jitter(jitter), ratio), 1, 0.25), quarter);
}

void TestBackoff::cap_beforeJitterLetsJitterExceedIt()
{
    Backoff backoff = jittered(Jitter::Additive, 0.5);
    backoff.cap = Millis(800);
    QCOMPARE(waitOf(backoff, 1, 1), 1200.0);
    backoff.capAfterJitter = true;
    QCOMPARE(waitOf(backoff, 1, 1), 800.0);
}

void TestBackoff::decorrelated_growsWithThePreviousWaitUpToTheCap()
{
    Backoff backoff = jittered(Jitter::Decorrelated);
    backoff.cap = Millis(5000);
    const Bounds first = boundsOf(backoff, 1, 0.5);
    const Bounds second = boundsOf(backoff, 2, 0.5, first);
    QCOMPARE(first.actual.count(), 2000.0);
    QCOMPARE(second.actual.count(), 3500.0);
    QCOMPARE(second.min.count(), 1000.0);
    QCOMPARE(second.max.count(), 5000.0);
}

void TestBackoff::uncappedExponential_overflowsToInfinityAndIsWaitedACentury()
{
    const Backoff backoff = shaped(BackoffShape::Exponential, 1000);
    QVERIFY(std::isinf(nominalWait(backoff, 5000).count()));
    QCOMPARE(timedWait(TimerKind::Exact, nominalWait(backoff, 5000)).count(), 3155760000000.0);
}

void TestBackoff::timers_data()
{
    QTest::addColumn<double>("asked");
    QTest::addColumn<double>("exact");
    QTest::addColumn<double>("node");
    QTest::addColumn<double>("browser");
    QTest::newRow("usual") << 1081.5 << 1081.5 << 1081.5 << 1081.5;
    QTest::newRow("0") << 0.0 << 0.0 << 1.0 << 0.0;
    QTest::newRow("below 1") << 0.5 << 0.5 << 1.0 << 0.5;
    QTest::newRow("negative") << -5000.0 << 0.0 << 1.0 << 0.0;
    QTest::newRow("NaN") << std::nan("") << 0.0 << 1.0 << 0.0;
    QTest::newRow("infinite") << double(INFINITY) << 3155760000000.0 << 1.0 << 0.0;
    QTest::newRow("2^31 - 1") << 2147483647.0 << 2147483647.0 << 2147483647.0 << 2147483647.0;
    QTest::newRow("2^31") << 2147483648.0 << 2147483648.0 << 1.0 << 0.0;
    QTest::newRow("2^32 + 704") << 4294968000.0 << 4294968000.0 << 1.0 << 704.0;
    QTest::newRow("below -2^31") << -4294967290.0 << 0.0 << 1.0 << 6.0;
}

void TestBackoff::timers()
{
    QFETCH(double, asked);
    QFETCH(double, exact);
    QFETCH(double, node);
    QFETCH(double, browser);
    QCOMPARE(timedWait(TimerKind::Exact, Millis(asked)).count(), exact);
    QCOMPARE(timedWait(TimerKind::Node, Millis(asked)).count(), node);
    QCOMPARE(timedWait(TimerKind::Browser, Millis(asked)).count(), browser);
}

void TestBackoff::timerBounds_whereTheIntervalOverflows()
{
    const Bounds asked{Millis(2.2e9), Millis(2e9), Millis(3e9)};
    QCOMPARE(timedWait(TimerKind::Node, asked), (Bounds{Millis(1), Millis(1), Millis(2147483647)}));
    QCOMPARE(timedWait(TimerKind::Exact, asked), asked);
}

void TestBackoff::jsNumber_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("number");
    const auto row = [](const char *text, double number) { QTest::newRow(text) << QByteArray(text) << number; };
    row("", 0);
    row("  ", 0);
    row("0", 0);
    row("5", 5);
    row(" 7\t", 7);
    row("-5", -5);
    row("+5", 5);
    row("1.5", 1.5);
    row("1.", 1);
    row(".5", 0.5);
    row("1e3", 1000);
    row("1E-3", 0.001);
    row("007", 7);
    row("0x10", 16);
    row("0XfF", 255);
    row("0o17", 15);
    row("0b101", 5);
    row("Infinity", INFINITY);
    row("-Infinity", -INFINITY);
    row("1e400", INFINITY);
    row("99999999999", 99999999999.0);
    for (const char *text : {"120s", "nan", "NaN", "infinity", "-0x10", "0x", "0xg", "0b2", ".", "e3", "1e", "1 2",
                             "1,5", "1, 2", "--1", "1_000", "2026-01-01T00:01:00Z", "Thu, 01 Jan 2026 00:01:00 GMT"})
        row(text, std::nan(""));
}

void TestBackoff::jsNumber()
{
    QFETCH(QByteArray, text);
    QFETCH(double, number);
    const double read = errata::jsNumber(text);
    QVERIFY2(std::isnan(number) ? std::isnan(read) : read == number, qPrintable(QString::number(read)));
}

QTEST_APPLESS_MAIN(TestBackoff)
#include "tst_backoff.moc"
