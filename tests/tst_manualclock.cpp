#include "tests/support/manualclock.h"

#include <QTest>

using namespace errata;

class ManualClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void time_movesOnlyWhenAdvanced();
    void wallTime_goesOnFromWhereItWasSet();
    void callbacks_runInOrderOfTimeThenOfAsking();
    void callback_seesItsOwnTime();
    void callback_maySchedule();
    void deadContext_isNotCalled();
    void advanceToNext_jumps();
};

void ManualClockTest::time_movesOnlyWhenAdvanced()
{
    ManualClock clock;
    QCOMPARE(clock.now().count(), 0.0);
    clock.advance(Millis(1.5));
    QCOMPARE(clock.now().count(), 1.5);
}

void ManualClockTest::wallTime_goesOnFromWhereItWasSet()
{
    ManualClock clock;
    clock.advance(Millis(500));
    const QDateTime time(QDate(2015, 10, 21), QTime(7, 28), Qt::UTC);
    clock.setWallTime(time);
    QCOMPARE(clock.wallTime(), time);
    clock.advance(Millis(2000));
    QCOMPARE(clock.wallTime(), time.addSecs(2));
}

void ManualClockTest::callbacks_runInOrderOfTimeThenOfAsking()
{
    ManualClock clock;
    QString order;
    const auto note = [&](const QString &what) { return [&order, what] { order += what; }; };
    clock.callAfter(Millis(20), this, note(QStringLiteral("c")));
    clock.callAfter(Millis(10), this, note(QStringLiteral("a")));
    clock.callAfter(Millis(10), this, note(QStringLiteral("b")));
    clock.callAfter(Millis(30), this, note(QStringLiteral("d")));
    QCOMPARE(clock.waiting(), 4);
    clock.advance(Millis(20));
    QCOMPARE(order, QStringLiteral("abc"));
    QCOMPARE(clock.waiting(), 1);
}

void ManualClockTest::callback_seesItsOwnTime()
{
    ManualClock clock;
    Millis seen{-1};
    clock.callAfter(Millis(7), this, [&] { seen = clock.now(); });
    clock.advance(Millis(100));
    QCOMPARE(seen.count(), 7.0);
    QCOMPARE(clock.now().count(), 100.0);
}

void ManualClockTest::callback_maySchedule()
{
    ManualClock clock;
    int ticks = 0;
    std::function<void()> tick = [&] {
        ++ticks;
        clock.callAfter(Millis(10), this, tick);
    };
    clock.callAfter(Millis(10), this, tick);
    clock.advance(Millis(35));
    QCOMPARE(ticks, 3);
}

void ManualClockTest::deadContext_isNotCalled()
{
    ManualClock clock;
    auto context = std::make_unique<QObject>();
    bool called = false;
    clock.callAfter(Millis(1), context.get(), [&] { called = true; });
    context.reset();
    QCOMPARE(clock.waiting(), 0);
    clock.advance(Millis(5));
    QVERIFY(!called);
}

void ManualClockTest::advanceToNext_jumps()
{
    ManualClock clock;
    QVERIFY(!clock.advanceToNext());
    int calls = 0;
    clock.callAfter(Millis(40'000), this, [&] { ++calls; });
    QVERIFY(clock.advanceToNext());
    QCOMPARE(calls, 1);
    QCOMPARE(clock.now().count(), 40'000.0);
    QVERIFY(!clock.advanceToNext());
}

QTEST_GUILESS_MAIN(ManualClockTest)
#include "tst_manualclock.moc"
