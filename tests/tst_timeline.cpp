// The timeline: its axis, its geometry, its keys, what it tells a screen reader, the pictures it saves.
#include "models/retry/simulator.h"
#include "views/timeline/attempttable.h"
#include "views/timeline/attempttexts.h"
#include "views/timeline/timelinewidget.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace errata;

namespace {

RetryPolicy policy()
{
    RetryPolicy p;
    p.backoff.shape = BackoffShape::Exponential;
    p.backoff.base = Millis(1000);
    p.backoff.jitter = Jitter::Additive;
    p.backoff.ratio = 0.1;
    p.maxAttempts = 4;
    p.statuses.ranges = {{429, 429}, {500, 599}};
    p.retryAfter.emplace();
    p.retryAfter->statuses = {{{429, 429}}};
    p.retryAfter->whenAbsent = Millis(1000);
    p.sleepsAfterLastRetryAfter = true;
    return p;
}

std::vector<Attempt> run(const char *script, double random = 0.5)
{
    RandomSource source = RandomSource::sequence({random});
    return simulate(policy(), *parseOutcomeScript(QString::fromLatin1(script)), source).attempts;
}

TimelineLayout layoutOf(const TimelineContent &content, TimelineShape shape = TimelineShape::Rows,
                        const QSizeF &size = {900, 240})
{
    return {content, shape, size, QFontMetricsF(QApplication::font())};
}

} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shortTime_isReadable_data();
    void shortTime_isReadable();
    void axis_hasRoundTicks_data();
    void axis_hasRoundTicks();
    void axis_neverHasMoreTicksThanAsked();
    void rows_blocksStandAtTheirTimes();
    void rows_jitterBandHoldsTheBlock();
    void rows_waitEndsAtTheBlock();
    void rows_uselessLastWaitHasItsOwnRow();
    void rows_retryAfterIsFlagged();
    void rows_nothingLeavesThePicture();
    void deadline_farAwayDoesNotSqueezeTheRun();
    void strip_labelsNeverOverlap();
    void plan_sharesTheAxisOfTheRun();
    void attemptAt_findsRows();
    void keys_moveAndTell();
    void model_changesAreFollowed();
    void accessible_listsAttemptsWithExactTimes();
    void tableTwin_saysWhatTheModelHolds();
    void outcomes_haveWords_data();
    void outcomes_haveWords();
    void aLostHedge_isNoAnswer();
    void pictures_areWhatTheySay();
    void zoomed_keepsWhatIsUnderTheAnchor();
    void panned_stopsAtTheEnds();
    void logarithmic_isAMonotoneScaleWithRoundTicks();
    void scale_timesAndPlacesAreInverse();
    void zoomKeys_seeMoreOfLess_andAllAgain();
    void wheel_zoomsWithControlOrFocus_elseScrollsThePage();
    void drag_movesAlongTheAxis();
    void current_isBroughtIntoView();
    void cap_isMarkedWhereItCutsTheWait();
};

void TestTimeline::shortTime_isReadable_data()
{
    QTest::addColumn<double>("ms");
    QTest::addColumn<QString>("text");
    const auto row = [](double ms, const char *text) { QTest::addRow("%s", text) << ms << QString::fromUtf8(text); };
    row(0, "0 s");
    row(1.5, "1.5 ms");
    row(120, "120 ms");
    row(999.4, "999 ms");
    row(999.6, "1 s");
    row(1050, "1.05 s");
    row(7350, "7.35 s");
    row(30000, "30 s");
    row(59'900, "59.9 s");
    row(59'960, "1 min");
    row(125'000, "2 min 5 s");
    row(3'780'000, "1 h 3 min");
    row(86'400'000.0 * 12, "12 days");
    row(86'400'000.0 * 36525, "100 years");
    row(-5000, "−5 s");
    row(std::numeric_limits<double>::quiet_NaN(), "NaN");
    row(std::numeric_limits<double>::infinity(), "for ever");
}

void TestTimeline::shortTime_isReadable()
{
    QFETCH(double, ms);
    QFETCH(QString, text);
    QCOMPARE(shortTime(Millis(ms)), text);
}

void TestTimeline::axis_hasRoundTicks_data()
{
    QTest::addColumn<double>("last");
    QTest::addColumn<int>("most");
    QTest::addColumn<QString>("second");
    QTest::newRow("seconds") << 7400.0 << 8 << "1 s";
    QTest::newRow("milliseconds") << 40.0 << 8 << "5 ms";
    QTest::newRow("parts of a second") << 1300.0 << 8 << "0.2 s";
    QTest::newRow("half a minute") << 125'000.0 << 5 << "30 s";
    QTest::newRow("minutes") << 900'000.0 << 8 << "2 min";
    QTest::newRow("hours") << 86'400'000.0 << 8 << "3 h";
    QTest::newRow("days") << 86'400'000.0 * 9 << 10 << "1 d";
    QTest::newRow("a hundred years") << 86'400'000.0 * 36525 << 10 << "10 years";
    QTest::newRow("nothing happened") << 0.0 << 10 << "1 ms";
}

void TestTimeline::axis_hasRoundTicks()
{
    QFETCH(double, last);
    QFETCH(int, most);
    QFETCH(QString, second);
    QCOMPARE(timeAxis(Millis(last), most).label(1), second);
}

void TestTimeline::axis_neverHasMoreTicksThanAsked()
{
    for (double last = 1; last < 1e13; last *= 1.37) {
        for (const int most : {1, 3, 8, 12}) {
            const TimeAxis axis = timeAxis(Millis(last), most);
            QVERIFY2(axis.tickCount() <= most + 1, qPrintable(QStringLiteral("%1 ms").arg(last)));
            QVERIFY(axis.end.count() >= last);
        }
    }
}

void TestTimeline::rows_blocksStandAtTheirTimes()
{
    const TimelineContent content{run("503,503,503,200"), {}, {}, {}};
    const TimelineLayout layout = layoutOf(content);
    QCOMPARE(layout.items().size(), 4u);
    for (int i = 0; i < 4; ++i) {
        const Millis start = content.actual[static_cast<std::size_t>(i)].starts.actual;
        QCOMPARE(layout.item(i)->block.left(), layout.x(start));
    }
    QVERIFY(layout.item(0)->block.bottom() < layout.item(1)->block.top());
}

void TestTimeline::rows_jitterBandHoldsTheBlock()
{
    for (const double random : {0.0, 0.3, 1.0}) {
        const TimelineLayout layout = layoutOf({run("503,503,503,200", random), {}, {}, {}});
        QVERIFY(layout.item(0)->band.isNull());
        for (int i = 1; i < 4; ++i) {
            QVERIFY(layout.item(i)->band.left() <= layout.item(i)->block.left() + 0.01);
            QVERIFY(layout.item(i)->band.right() >= layout.item(i)->block.right() - 0.01);
        }
    }
}

void TestTimeline::rows_waitEndsAtTheBlock()
{
    const TimelineContent content{run("503@500,503@250,200"), {}, {}, {}};
    const TimelineLayout layout = layoutOf(content);
    QVERIFY(layout.item(0)->wait.isNull());
    QCOMPARE(layout.item(1)->wait.right(), layout.item(1)->block.left());
    QCOMPARE(layout.item(1)->wait.left(), layout.x(Millis(500)));
    QCOMPARE(layout.item(0)->block.right(), layout.x(Millis(500)));
}

void TestTimeline::rows_uselessLastWaitHasItsOwnRow()
{
    const TimelineContent content{run("429:2"), {}, {}, {}};
    QCOMPARE(content.actual.size(), 4u);
    const TimelineLayout layout = layoutOf(content);
    QCOMPARE(layout.items().size(), 5u);
    const TimelineItem &end = layout.items().back();
    QVERIFY(end.isEnd);
    QVERIFY(end.block.isNull());
    QCOMPARE(end.wait.left(), layout.x(content.actual.back().starts.actual));
    QCOMPARE(end.wait.right(), layout.x(Millis(8000)));
}

void TestTimeline::rows_retryAfterIsFlagged()
{
    const TimelineLayout layout = layoutOf({run("429:2,429,503,200"), {}, {}, {}});
    QVERIFY(!layout.item(0)->isRetryAfter);
    QVERIFY(layout.item(1)->isRetryAfter);
    QVERIFY(!layout.item(2)->isRetryAfter); // the header was absent
    QVERIFY(!layout.item(3)->isRetryAfter);
}

void TestTimeline::rows_nothingLeavesThePicture()
{
    const QFontMetricsF font(QApplication::font());
    for (const char *script : {"503,503,503,200", "429:2", "timeout@5000,dns,bad-body", "503@60000", "429:999999"}) {
        for (const TimelineShape shape : {TimelineShape::Rows, TimelineShape::Strip}) {
            const TimelineContent content{run(script), run("503"), Millis(9000), Millis(12000)};
            const QSizeF size(400, TimelineLayout::heightFor(content, shape, font, false));
            const TimelineLayout layout = layoutOf(content, shape, size);
            for (const TimelineItem &item : layout.items()) {
                const QRectF all = item.block.united(item.wait).united(item.band);
                QVERIFY2(QRectF(QPointF(), size).contains(all), script);
            }
            QVERIFY(layout.plot().right() <= size.width());
        }
    }
}

void TestTimeline::deadline_farAwayDoesNotSqueezeTheRun()
{
    const std::vector<Attempt> attempts = run("503,200");
    const TimelineLayout near = layoutOf({attempts, {}, Millis(1500), {}});
    QVERIFY(!near.deadlineBeyond());
    QCOMPARE(near.axis().end, Millis(1500));
    const TimelineLayout far = layoutOf({attempts, {}, Millis(60'000), {}});
    QVERIFY(far.deadlineBeyond());
    QVERIFY(far.axis().end < Millis(1500));
}

void TestTimeline::strip_labelsNeverOverlap()
{
    const TimelineContent content{run("503@10,429:0,429:0,503"), {}, {}, {}};
    const TimelineLayout layout = layoutOf(content, TimelineShape::Strip, {300, 90});
    double end = -1;
    int labels = 0;
    for (const TimelineItem &item : layout.items()) {
        if (item.label.isNull())
            continue;
        QVERIFY(item.label.left() >= end);
        end = item.label.right();
        ++labels;
    }
    QVERIFY(labels >= 1);
    QVERIFY(labels < int(layout.items().size()));
}

void TestTimeline::plan_sharesTheAxisOfTheRun()
{
    TimelineContent content{run("503,503,503,200", 0.0), run("503", 1.0), {}, {}};
    content.actual.resize(2);
    for (const TimelineShape shape : {TimelineShape::Rows, TimelineShape::Strip}) {
        const TimelineLayout layout = layoutOf(content, shape, {900, 300});
        QCOMPARE(layout.items().size(), 6u);
        QVERIFY(!layout.item(1)->planned);
        QVERIFY(!layout.item(3)); // only planned
        for (const TimelineItem &item : layout.items()) {
            const auto &list = item.planned ? content.planned : content.actual;
            QCOMPARE(item.block.left(), layout.x(list[static_cast<std::size_t>(item.attempt)].starts.actual));
        }
    }
}

void TestTimeline::attemptAt_findsRows()
{
    const TimelineLayout layout = layoutOf({run("503,503,503,200"), {}, {}, {}});
    for (int i = 0; i < 4; ++i)
        QCOMPARE(layout.attemptAt(layout.item(i)->block.center()), i);
    QCOMPARE(layout.attemptAt({10, layout.item(2)->lane.center().y()}), 2);
    QCOMPARE(layout.attemptAt({10, 100000}), -1);
}

void TestTimeline::keys_moveAndTell()
{
    AttemptModel model;
    model.setAttempts(run("503,503,503,200"));
    TimelineWidget timeline;
    timeline.setAttempts(&model);
    timeline.resize(800, 240);
    timeline.show();
    timeline.activateWindow();
    timeline.setFocus(Qt::TabFocusReason);
    QTRY_COMPARE(timeline.current(), 0);
    QSignalSpy spy(&timeline, &TimelineWidget::currentChanged);
    QTest::keyClick(&timeline, Qt::Key_Right);
    QTest::keyClick(&timeline, Qt::Key_Down);
    QCOMPARE(timeline.current(), 2);
    QTest::keyClick(&timeline, Qt::Key_End);
    QTest::keyClick(&timeline, Qt::Key_Right);
    QCOMPARE(timeline.current(), 3);
    QTest::keyClick(&timeline, Qt::Key_Home);
    QTest::keyClick(&timeline, Qt::Key_Left);
    QCOMPARE(timeline.current(), 0);
    QCOMPARE(spy.count(), 4);
    QTest::mouseClick(&timeline, Qt::LeftButton, {}, timeline.rectOf(2).center());
    QCOMPARE(timeline.current(), 2);
}

void TestTimeline::model_changesAreFollowed()
{
    auto model = std::make_unique<AttemptModel>();
    TimelineWidget timeline;
    timeline.setAttempts(model.get());
    QCOMPARE(timeline.attemptCount(), 0);
    model->setAttempts(run("503,200"));
    QCOMPARE(timeline.attemptCount(), 2);
    timeline.setCurrent(1);
    model->setAttempts(run("200"));
    QCOMPARE(timeline.attemptCount(), 1);
    QCOMPARE(timeline.current(), 0);
    // The plan becomes the run and the other way round.
    AttemptModel live;
    live.setAttempts(run("503"));
    timeline.setAttempts(&live);
    timeline.setPlanned(model.get());
    timeline.setAttempts(model.get());
    timeline.setPlanned(nullptr);
    model->setAttempts(run("503,200"));
    QCOMPARE(timeline.attemptCount(), 2);
    model.reset();
    QCOMPARE(timeline.attemptCount(), 0);
    QCOMPARE(timeline.current(), -1);
}

void TestTimeline::accessible_listsAttemptsWithExactTimes()
{
    AttemptModel model;
    model.setAttempts(run("503@120,200"));
    TimelineWidget timeline;
    timeline.setAttempts(&model);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&timeline);
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QVERIFY(!list->text(QAccessible::Name).isEmpty());
    QCOMPARE(list->childCount(), 2);
    QCOMPARE(list->child(0)->text(QAccessible::Name), QStringLiteral("Try 1: 503 after 120 ms"));
    QCOMPARE(list->child(0)->text(QAccessible::Description),
             QStringLiteral("starts at 0 s; then waits 1.05 s (1 s … 1.1 s): the policy retries this status"));
    QVERIFY(list->child(1)->text(QAccessible::Description).contains(QStringLiteral("1.17 s (1.12 s … 1.22 s)")));
    QCOMPARE(list->indexOfChild(list->child(1)), 1);
    QCOMPARE(list->child(1)->parent(), list);
    timeline.setCurrent(1);
    QVERIFY(list->child(1)->state().selected);
    model.setAttempts({});
    QCOMPARE(list->childCount(), 0);
}

void TestTimeline::tableTwin_saysWhatTheModelHolds()
{
    AttemptModel model;
    AttemptTable table(&model);
    QAbstractItemModelTester tester(table.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setAttempts(run("503,200"));
    const QStringList lines = table.asText().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines[0], QStringLiteral("Try\tStarts\tEarliest\tLatest\tOutcome\tThen waits\tAction\tBecause"));
    QCOMPARE(lines[1], QStringLiteral("1\t0 s\t0 s\t0 s\t503\t1.05 s\tretry\tthe policy retries this status"));
    QCOMPARE(lines[2], QStringLiteral("2\t1.05 s\t1 s\t1.1 s\t200\t\tstop\tanswered"));
    QVERIFY(lines[3].isEmpty());
}

void TestTimeline::outcomes_haveWords_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("word");
    QTest::newRow("status") << "503"
                            << "503";
    QTest::newRow("grpc") << "UNAVAILABLE"
                          << "UNAVAILABLE";
    QTest::newRow("bad body") << "bad-body"
                              << "200, unreadable";
    QTest::newRow("timeout") << "timeout"
                             << "time-out";
    QTest::newRow("reset") << "reset"
                           << "closed";
    QTest::newRow("dns") << "dns"
                         << "no such host";
    QTest::newRow("not sent") << "not-sent"
                              << "not sent";
}

void TestTimeline::outcomes_haveWords()
{
    QFETCH(QString, script);
    QFETCH(QString, word);
    QCOMPARE(outcomeLabel(parseOutcomeScript(script)->at(0)), word);
}

void TestTimeline::aLostHedge_isNoAnswer()
{
    RetryPolicy policy;
    policy.maxAttempts = 2;
    policy.hedging = Hedging{Millis(500)};
    RandomSource random = RandomSource::seeded(1);
    const std::vector<Attempt> attempts = simulate(policy, *parseOutcomeScript(u"200@600,200@400"), random).attempts;
    QCOMPARE(attempts.size(), 2u);
    QCOMPARE(attemptLabel(attempts[0]), QStringLiteral("200"));
    QCOMPARE(attemptLabel(attempts[1]), QStringLiteral("lost"));
    QVERIFY2(attemptText(attempts[1]).startsWith(QStringLiteral("Try 2: lost after 100 ms")),
             qPrintable(attemptText(attempts[1])));
}

void TestTimeline::pictures_areWhatTheySay()
{
    AttemptModel model;
    model.setAttempts(run("503,429:2,timeout,200"));
    TimelineWidget timeline;
    timeline.setAttempts(&model);
    timeline.resize(640, 240);
    QSignalSpy spy(&timeline, &TimelineWidget::saveRequested);
    timeline.save(TimelineWidget::Picture::Png, QStringLiteral("schedule"));
    timeline.save(TimelineWidget::Picture::Svg, QStringLiteral("schedule"));
    QCOMPARE(spy.count(), 2);
    QCOMPARE(spy[0][1].toString(), QStringLiteral("schedule.png"));
    QCOMPARE(spy[1][1].toString(), QStringLiteral("schedule.svg"));
    const QImage image = QImage::fromData(spy[0][0].toByteArray(), "PNG");
    QCOMPARE(image.size(), QSize(1280, 480));
    // The last attempt's block is painted where the layout says, in the colour of a success.
    const QPointF block = timeline.timelineLayout().item(3)->block.center() * 2;
    const QColor colour = image.pixelColor(block.toPoint());
    QVERIFY(colour.green() > colour.red());
    const QByteArray svg = spy[1][0].toByteArray();
    QVERIFY(svg.contains("<svg"));
    QVERIFY(svg.contains("time-out"));
}

void TestTimeline::zoomed_keepsWhatIsUnderTheAnchor()
{
    const TimelineView half = zoomed({}, 2, 0.5);
    QCOMPARE(half.from, 0.25);
    QCOMPARE(half.to, 0.75);
    const TimelineView left = zoomed({}, 4, 0);
    QCOMPARE(left.from, 0.0);
    QCOMPARE(left.to, 0.25);
    QVERIFY(zoomed(left, 0.01, 0.3).isWhole());
    QVERIFY(zoomed({}, 1e9, 1).to == 1.0);
    QVERIFY(zoomed({}, 1e9, 1).from < 1.0);
}

void TestTimeline::panned_stopsAtTheEnds()
{
    const TimelineView middle{0.4, 0.6, false};
    QCOMPARE(panned(middle, 0.5).from, 0.5);
    QCOMPARE(panned(middle, 50).to, 1.0);
    QCOMPARE(panned(middle, -50).from, 0.0);
    QVERIFY(panned({}, 1).isWhole());
}

void TestTimeline::logarithmic_isAMonotoneScaleWithRoundTicks()
{
    const TimeScale scale(Millis(3600000), Millis(10), {0, 1, true});
    double before = -1;
    for (double ms = 0; ms <= 3600000; ms = ms * 1.5 + 1) {
        const double place = scale.place(Millis(ms));
        QVERIFY(place > before);
        before = place;
    }
    QCOMPARE(scale.place(Millis(0)), 0.0);
    QCOMPARE(scale.place(Millis(3600000)), 1.0);
    const auto ticks = scale.ticks(8);
    QVERIFY(ticks.size() >= 4 && ticks.size() <= 9);
    QCOMPARE(ticks.front().label, QStringLiteral("0 s"));
    for (std::size_t i = 1; i < ticks.size(); ++i)
        QVERIFY(scale.place(ticks[i].at) - scale.place(ticks[i - 1].at) >= 1.0 / 8 - 1e-9);
}

void TestTimeline::scale_timesAndPlacesAreInverse()
{
    for (const bool isLogarithmic : {false, true}) {
        const TimeScale scale(Millis(60000), Millis(5), {0.2, 0.7, isLogarithmic});
        for (const double place : {0.0, 0.1, 0.5, 1.0})
            QVERIFY(std::abs(scale.place(scale.at(place)) - place) < 1e-9);
    }
}

void TestTimeline::zoomKeys_seeMoreOfLess_andAllAgain()
{
    AttemptModel model;
    model.setAttempts(run("503,503,503,200"));
    TimelineWidget timeline;
    timeline.setAttempts(&model);
    timeline.resize(800, 240);
    QSignalSpy spy(&timeline, &TimelineWidget::viewChanged);
    QTest::keyClick(&timeline, Qt::Key_Plus);
    QTest::keyClick(&timeline, Qt::Key_Plus);
    QVERIFY(timeline.view().to - timeline.view().from < 0.5);
    QVERIFY(timeline.timelineLayout().ticks().size() >= 2);
    const double from = timeline.view().from;
    QTest::keyClick(&timeline, Qt::Key_Right);
    QVERIFY(timeline.view().from > from);
    QCOMPARE(timeline.current(), -1);
    QTest::keyClick(&timeline, Qt::Key_Left);
    QVERIFY(std::abs(timeline.view().from - from) < 1e-9);
    QTest::keyClick(&timeline, Qt::Key_0);
    QVERIFY(timeline.view().isWhole());
    QCOMPARE(spy.count(), 5);
    QTest::keyClick(&timeline, Qt::Key_Plus);
    model.setAttempts({});
    QVERIFY(timeline.view().isWhole());
}

void TestTimeline::wheel_zoomsWithControlOrFocus_elseScrollsThePage()
{
    AttemptModel model;
    model.setAttempts(run("503,503,503,200"));
    TimelineWidget timeline;
    timeline.setAttempts(&model);
    timeline.resize(800, 240);
    timeline.show();
    const auto wheel = [&timeline](Qt::KeyboardModifiers modifiers) {
        const QPointF at = timeline.timelineLayout().plot().center();
        QWheelEvent event(at, timeline.mapToGlobal(at), {}, {0, 120}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(&timeline, &event);
        return event.isAccepted();
    };
    timeline.clearFocus();
    QVERIFY(!wheel(Qt::NoModifier));
    QVERIFY(timeline.view().isWhole());
    const Millis middle = timeline.timelineLayout().timeAt(timeline.timelineLayout().plot().center().x());
    QVERIFY(wheel(Qt::ControlModifier));
    QVERIFY(!timeline.view().isWhole());
    const Millis still = timeline.timelineLayout().timeAt(timeline.timelineLayout().plot().center().x());
    QVERIFY(std::abs((still - middle).count()) < 1e-6);
}

void TestTimeline::drag_movesAlongTheAxis()
{
    AttemptModel model;
    model.setAttempts(run("503,503,503,200"));
    TimelineWidget timeline;
    timeline.setAttempts(&model);
    timeline.resize(800, 240);
    timeline.setView({0.4, 0.6, false});
    const QPoint centre = timeline.timelineLayout().plot().center().toPoint();
    const Millis held = timeline.timelineLayout().timeAt(centre.x());
    QTest::mousePress(&timeline, Qt::LeftButton, {}, centre);
    QTest::mouseMove(&timeline, centre + QPoint(-60, 0));
    QTest::mouseRelease(&timeline, Qt::LeftButton, {}, centre + QPoint(-60, 0));
    QVERIFY(std::abs((timeline.timelineLayout().timeAt(centre.x() - 60) - held).count()) < 1e-6);
    QCOMPARE(timeline.current(), -1); // a drag chooses no attempt
}

void TestTimeline::current_isBroughtIntoView()
{
    AttemptModel model;
    model.setAttempts(run("503,503,503,200"));
    TimelineWidget timeline;
    timeline.setAttempts(&model);
    timeline.resize(800, 240);
    timeline.setView({0, 0.05, false});
    timeline.setCurrent(3);
    const TimelineItem *item = timeline.timelineLayout().item(3);
    QVERIFY(timeline.timelineLayout().plot().contains(item->block.center()));
    QVERIFY(std::abs(timeline.view().to - timeline.view().from - 0.05) < 1e-9);
}

void TestTimeline::cap_isMarkedWhereItCutsTheWait()
{
    TimelineContent content{run("503", 0.0), {}, {}, {}};
    QVERIFY(!layoutOf(content).item(1)->cap);
    content.cap = Millis(2000);
    const TimelineLayout layout = layoutOf(content);
    QVERIFY(!layout.item(1)->cap);
    QVERIFY(layout.item(2)->cap);
    QCOMPARE(*layout.item(2)->cap, layout.x(content.actual[1].starts.actual + Millis(2000)));
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    TestTimeline test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_timeline.moc"
