// The cards of the retry lab: charts, comparison, header bench, live run, and what is shared.
#include "models/retry/code/policyprograms.h"
#include "models/retry/simulator.h"
#include "tests/support/labbench.h"
#include "tests/support/patience.h"
#include "views/lab/chartview.h"
#include "views/lab/comparecard.h"
#include "views/lab/comparelanes.h"
#include "views/lab/distributioncard.h"
#include "views/lab/headerbench.h"
#include "views/lab/labpage.h"
#include "views/lab/livecard.h"
#include "views/lab/loadcard.h"
#include "views/lab/presetbox.h"
#include "views/lab/schedulecard.h"
#include "views/lab/scriptedit.h"
#include "views/lab/statustext.h"
#include "views/timeline/attempttable.h"
#include "views/timeline/timelinewidget.h"
#include "views/widgets/figuretable.h"
#include "views/widgets/noteline.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QDoubleSpinBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTabBar>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace errata;

using namespace errata::labbench;

class TestLabCards : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void compared_upToFourOnOneAxis();
    void load_scenariosAndNumbers();
    void load_outageIsTold();
    void contention_isAScenario();
    void distribution_stopKeepsWhatThereIs();
    void distribution_longTailIsCutAndTold();
    void distribution_logarithmicAxisShowsTheWholeTail();
    void distribution_exactLawMeetsTheBarsOnBothAxes_data();
    void distribution_exactLawMeetsTheBarsOnBothAxes();
    void distribution_axisIsSwitchedByKeyboard_andKeptInTheSetup();
    void charts_saveAsPicturesAndFigures();
    void headerBench_readsWhatIsTyped();
    void link_bringsTheSetupToAnotherPage();
    void link_pastedIntoThePageOrScriptIsOpened();
    void link_brokenIsToldAndChangesNothing();
    void file_isOpenedAgain();
    void policy_isCopiedAsCode();
    void live_nothingIsAskedForBeforeRunLive();
    void live_runIsDrawnOverThePlan();
    void atSmallSizesNothingIsWiderThanThePage();
    void distribution_comesAfterAPause();
};

void TestLabCards::compared_upToFourOnOneAxis()
{
    LabPage page(shippedPolicies());
    page.show();
    page.setScript(QStringLiteral("503"));
    QVERIFY(!page.comparison()->isVisible());
    page.setCompared({QStringLiteral("got"), QStringLiteral("curl"), QStringLiteral("got"), QStringLiteral("nobody"),
                      QStringLiteral("ky"), QStringLiteral("urllib3")});
    QCOMPARE(page.compared().size(), 3);
    QVERIFY(page.comparison()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(!page.isWorking(), generousMs);
    const PolicyComparisonModel *model = page.comparison()->model();
    QCOMPARE(model->rowCount(), 4);
    for (const ComparedPolicy &row : model->rows()) {
        QVERIFY2(row.mean && row.p50 && row.p99 && row.sends && row.peak, qPrintable(row.name));
        QVERIFY(*row.p50 <= *row.p99);
    }
    const CompareLanes *lanes = page.comparison()->lanes();
    QCOMPARE(lanes->lanes().size(), 4u);
    // One axis: the same time stands at the same place.
    QCOMPARE(lanes->blockOf(0, 0).left(), lanes->blockOf(3, 0).left());
    QVERIFY(lanes->blockOf(0, 1).left() > lanes->blockOf(0, 0).left());
    QTest::mouseClick(field<QPushButton>(page, "Compare no longer with got, defaults"), Qt::LeftButton);
    QCOMPARE(page.compared(), QStringList({QStringLiteral("curl"), QStringLiteral("ky")}));
}

void TestLabCards::load_scenariosAndNumbers()
{
    LabPage page(presets());
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(!page.isWorking(), generousMs);
    QVERIFY2(page.loadCard()->text().startsWith(QStringLiteral("1,000 clients · peak 1,000/s · 4.0 ×")),
             qPrintable(page.loadCard()->text()));
    QVERIFY(page.loadCard()->model()->rowCount() > 10);
    QTest::mouseClick(button(page, "Numbers"), Qt::LeftButton);
    field<QDoubleSpinBox>(page, "Clients")->setValue(10);
    QTRY_VERIFY_WITH_TIMEOUT(page.loadCard()->text().startsWith(QStringLiteral("10 clients")), generousMs);
    QCOMPARE(field<QComboBox>(page, "Scenario")->currentText(), QStringLiteral("Your own"));
}

void TestLabCards::load_outageIsTold()
{
    LabPage page(presets());
    page.show();
    LoadSetup load;
    load.clients = 3000;
    load.arrivals = HerdScenario::Arrivals::Poisson;
    load.window = Millis(30000);
    load.capacity = 200;
    load.outageFrom = Millis(5000);
    load.outageLength = Millis(5000);
    load.followsScript = false;
    LabSetup setup = page.setup();
    setup.load = load;
    page.applySetup(setup);
    QTRY_VERIFY_WITH_TIMEOUT(!page.isWorking(), generousMs);
    QVERIFY(page.loadCard()->herd());
    QVERIFY2(page.loadCard()->text().contains(QStringLiteral("after the outage")), qPrintable(page.loadCard()->text()));
    const std::vector<LoadPoint> points = loadOverTime(*page.loadCard()->herd(), 100);
    QVERIFY(points.size() <= 103);
    const auto fullest =
        std::max_element(points.begin(), points.end(), [](const auto &a, const auto &b) { return a.sent < b.sent; });
    QVERIFY(std::abs(static_cast<double>(fullest->sent - page.loadCard()->herd()->peakPerSecond)) <=
            0.03 * static_cast<double>(page.loadCard()->herd()->peakPerSecond));
    QVERIFY(fullest->at > Millis(5000) && fullest->at < Millis(16000));
}

void TestLabCards::contention_isAScenario()
{
    LabPage page(presets());
    page.show();
    auto *scenario = field<QComboBox>(page, "Scenario");
    const int index = scenario->count() - 2;
    scenario->setCurrentIndex(index);
    Q_EMIT scenario->activated(index);
    QTRY_VERIFY_WITH_TIMEOUT(page.loadCard()->text().contains(QStringLiteral("without backoff")), generousMs);
    QTRY_VERIFY_WITH_TIMEOUT(!page.isWorking(), generousMs);
    QCOMPARE(page.loadCard()->model()->columnCount(), 5);
}

void TestLabCards::distribution_stopKeepsWhatThereIs()
{
    LabPage page(presets());
    page.show();
    QSignalSpy refined(page.distribution(), &DistributionCard::refined);
    QTRY_VERIFY_WITH_TIMEOUT(refined.count() > 0, generousMs);
    page.distribution()->cancel();
    QVERIFY(!page.distribution()->isWorking());
    const int runs = page.distribution()->sample()->totals.runs;
    QVERIFY(runs >= 4096);
    QVERIFY(page.distribution()->model()->rowCount() > 1);
    QTRY_VERIFY_WITH_TIMEOUT(!page.isWorking(), generousMs);
    QCOMPARE(page.distribution()->sample()->totals.runs, runs);
    page.setSeed(9);
    QTRY_COMPARE_WITH_TIMEOUT(page.distribution()->sample()->totals.runs, 1000000, generousMs);
}

void TestLabCards::distribution_longTailIsCutAndTold()
{
    Distribution totals;
    totals.runs = 1000;
    totals.min = Millis(10);
    totals.max = Millis(100000);
    totals.histogram.assign(50, 0);
    totals.histogram.front() = 999;
    totals.histogram.back() = 1;
    for (int i = 0; i < 999; ++i)
        totals.bins.add(10 + i * 0.1);
    totals.bins.add(100000);
    const SampleBars bars = barsOf(totals);
    QVERIFY(bars.to() < Millis(200));
    QVERIFY(bars.beyond > 0 && bars.beyond < 0.01);
    QVERIFY(std::count(bars.runs.begin(), bars.runs.end(), 0) < 5);
    totals.max = totals.min;
    totals.histogram = {1000};
    QCOMPARE(barsOf(totals).runs, std::vector<int>{1000});
}

void TestLabCards::distribution_logarithmicAxisShowsTheWholeTail()
{
    Distribution totals;
    totals.runs = 1000;
    totals.max = Millis(100000);
    totals.histogram.assign(50, 0);
    totals.bins.add(0);
    for (int i = 0; i < 998; ++i)
        totals.bins.add(10 + i * 0.1);
    totals.bins.add(100000);
    const SampleBars bars = barsOf(totals, true);
    QCOMPARE(bars.beyond, 0.0);
    QCOMPARE(bars.runs.size(), 50u);
    QCOMPARE(std::accumulate(bars.runs.begin(), bars.runs.end(), 0), 1000);
    QCOMPARE(bars.runs.front(), 1);
    QCOMPARE(bars.runs.back(), 1);
    QCOMPARE(bars.to(), totals.max);
    QVERIFY(std::is_sorted(bars.edges.begin(), bars.edges.end()));
    // What squeezes into one bar of an even axis of the same length takes many.
    QVERIFY(std::count_if(bars.runs.begin(), bars.runs.end(), [](int runs) { return runs > 20; }) >= 8);
    for (const Millis time : bars.edges)
        QVERIFY(std::abs((bars.axis.at(bars.axis.place(time)) - time).count()) < 1e-6);
}

void TestLabCards::distribution_exactLawMeetsTheBarsOnBothAxes_data()
{
    QTest::addColumn<bool>("isLogarithmic");
    QTest::newRow("linear") << false;
    QTest::newRow("logarithmic") << true;
}

void TestLabCards::distribution_exactLawMeetsTheBarsOnBothAxes()
{
    QFETCH(bool, isLogarithmic);
    // A short wait or a long one: two octaves and more.
    RetryPolicy two = policy("two", 100, 2);
    two.backoff.jitter = Jitter::Full;
    DistributionCard card;
    card.setLogarithmic(isLogarithmic);
    SampleTask task;
    task.policy = two;
    task.outcomes = *parseOutcomeScript(u"503@10");
    card.start(task);
    QTRY_VERIFY_WITH_TIMEOUT(!card.isWorking(), generousMs);
    QVERIFY(card.exact());
    int bars = 0;
    for (const HistogramBar &bar : card.model()->bars()) {
        QVERIFY(bar.exact);
        const double expected = *bar.exact * task.runs;
        // Five standard deviations, and what two that share a bin of the histogram may lend each other.
        QVERIFY2(std::abs(bar.runs - expected) < 5 * std::sqrt(expected + 1) + 0.02 * expected,
                 qPrintable(QStringLiteral("%1 for %2 at %3").arg(bar.runs).arg(expected).arg(bar.from.count())));
        ++bars;
    }
    QVERIFY(bars > 20);
    // The line passes through the tops of the bars.
    const QList<QAbstractSeries *> series = card.chart()->chart()->series();
    QLineSeries *line = nullptr;
    for (QAbstractSeries *each : series) {
        auto *found = qobject_cast<QLineSeries *>(each);
        line = found && found->count() > 200 ? found : line;
    }
    QVERIFY(line);
    const SampleBars shown = barsOf(card.sample()->totals, isLogarithmic);
    const std::size_t middle = shown.runs.size() / 2;
    const double place = shown.axis.place(shown.edges[middle]) + shown.width() / 2;
    double height = -1;
    for (const QPointF &point : line->points())
        height = point.x() <= place ? point.y() : height;
    QVERIFY2(std::abs(height / shown.runs[middle] - 1) < 0.05,
             qPrintable(QStringLiteral("%1 over %2").arg(height).arg(shown.runs[middle])));
}

void TestLabCards::distribution_axisIsSwitchedByKeyboard_andKeptInTheSetup()
{
    LabPage page(presets());
    page.show();
    auto *box = field<QCheckBox>(page, "Logarithmic axis of the distribution");
    QVERIFY(box && box->focusPolicy() & Qt::TabFocus);
    QTRY_VERIFY_WITH_TIMEOUT(!page.isWorking(), generousMs);
    const Millis second = page.distribution()->model()->bars()[1].from;
    QTest::keyClick(box, Qt::Key_Space);
    QVERIFY(page.distribution()->isLogarithmic());
    QVERIFY(page.distribution()->model()->bars()[1].from < second); // narrower bars at the beginning
    field<QCheckBox>(page, "Logarithmic axis")->click();
    field<QCheckBox>(page, "Logarithmic axis of the comparison")->click();
    const LabSetup setup = page.setup();
    QCOMPARE(setup.axes, (LabAxes{true, true, true}));
    LabPage other(presets());
    other.openLink(labLink(setup, presets()));
    QCOMPARE(other.setup().axes, setup.axes);
    QVERIFY(field<QCheckBox>(other, "Logarithmic axis")->isChecked());
    other.openLink(labLink(LabSetup{presets().front(), QStringLiteral("503"), 1, {}, {}, {}}, presets()));
    QCOMPARE(other.setup().axes, LabAxes());
}

void TestLabCards::charts_saveAsPicturesAndFigures()
{
    LabPage page(presets());
    page.resize(1100, 800);
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(!page.isWorking(), generousMs);
    for (const char *name : {"Save the distribution", "Save the load", "Save the comparison"}) {
        QSignalSpy spy(&page, &LabPage::saveRequested);
        for (QAction *action : field<QPushButton>(page, name)->menu()->actions())
            action->trigger();
        QCOMPARE(spy.count(), 3);
        QVERIFY2(spy[0][0].toByteArray().startsWith("\x89PNG"), name);
        QVERIFY2(spy[1][0].toByteArray().contains("<svg"), name);
        QVERIFY2(spy[2][0].toByteArray().contains(",") && spy[2][1].toString().endsWith(QStringLiteral(".csv")), name);
    }
    // What is drawn is there, in the theme's colour.
    const QImage image = QImage::fromData(page.distribution()->chart()->picture(PictureKind::Png), "PNG");
    const QColor accent = Theme::of(page.palette()).accent;
    int painted = 0;
    for (int x = 0; x < image.width(); x += 2) {
        for (int y = 0; y < image.height(); y += 2)
            painted += image.pixelColor(x, y) == accent ? 1 : 0;
    }
    QVERIFY(painted > 500);
}

void TestLabCards::headerBench_readsWhatIsTyped()
{
    LabPage page(shippedPolicies());
    page.show();
    HeaderBench *bench = page.headerBench();
    auto *value = field<QLineEdit>(page, "Value of the header");
    value->selectAll();
    QTest::keyClicks(value, QStringLiteral("7"));
    QCOMPARE(bench->standardText(), QStringLiteral("By RFC 9110: wait 7 s."));
    QCOMPARE(bench->model()->rowCount(), int(shippedPolicies().size()));
    bench->setNow(QDateTime(QDate(2026, 10, 21), QTime(7, 27), Qt::UTC));
    value->selectAll();
    QTest::keyClicks(value, QStringLiteral("Wed, 21 Oct 2026 07:28:00 GMT"));
    QVERIFY2(bench->standardText().endsWith(QStringLiteral("so 60 s from now.")), qPrintable(bench->standardText()));
    int waitsAMinute = 0;
    for (int row = 0; row < bench->model()->rowCount(); ++row) {
        const HeaderReading &reading = bench->model()->reading(row);
        waitsAMinute += reading.wait && reading.wait->min == Millis(60000) ? 1 : 0;
    }
    QVERIFY(waitsAMinute > 5);
    const QString before = bench->standardText();
    field<QLineEdit>(page, "The date now")->setText(QStringLiteral("tomorrow"));
    QCOMPARE(bench->standardText(), before);
    QSignalSpy copied(&page, &LabPage::copyRequested);
    QTest::mouseClick(field<QPushButton>(page, "Copy the header bench as a table"), Qt::LeftButton);
    QVERIFY(copied[0][0].toString().startsWith(QStringLiteral("Client\tReads\tThen waits\tBecause\n")));
}

void TestLabCards::link_bringsTheSetupToAnotherPage()
{
    LabPage page(presets());
    page.setScript(QStringLiteral("503, 429:2, 200"));
    page.setSeed(12);
    page.setCompared({QStringLiteral("second")});
    field<QDoubleSpinBox>(page, "Base")->setValue(77);
    const QString link = labLink(page.setup(), presets());
    LabPage other(presets());
    other.openLink(link);
    QCOMPARE(other.policy().backoff.base, Millis(77));
    QCOMPARE(other.script(), page.script());
    QCOMPARE(other.seed(), 12);
    QCOMPARE(other.compared(), page.compared());
    QCOMPARE(other.schedule().total, page.schedule().total);
    // A policy that this page does not know comes with the link.
    LabPage stranger({presets().back()});
    stranger.openLink(link);
    QCOMPARE(stranger.policy().id, QStringLiteral("first"));
    QCOMPARE(stranger.schedule().total, page.schedule().total);
}

void TestLabCards::link_pastedIntoThePageOrScriptIsOpened()
{
    LabPage page(presets());
    page.show();
    const QString link = QStringLiteral("errata:lab?policy=second&script=503,200&seed=4");
    page.findChild<ScriptEdit *>()->setText(link);
    QCOMPARE(page.policy().id, QStringLiteral("second"));
    QCOMPARE(page.script(), QStringLiteral("503,200"));
    page.choosePolicy(QStringLiteral("first"));
    QGuiApplication::clipboard()->setText(link);
    QTest::keyClick(&page, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(page.policy().id, QStringLiteral("second"));
    QCOMPARE(page.seed(), 4);
}

void TestLabCards::link_brokenIsToldAndChangesNothing()
{
    LabPage page(presets());
    page.show();
    page.openLink(QStringLiteral("errata:lab?policy=nobody"));
    QCOMPARE(page.policy().id, QStringLiteral("first"));
    const auto notes = page.findChildren<NoteLine *>();
    QVERIFY(std::any_of(notes.begin(), notes.end(), [](const NoteLine *note) {
        return note->isProblem() && note->text().contains(QStringLiteral("nobody"));
    }));
}

void TestLabCards::file_isOpenedAgain()
{
    LabPage page(presets());
    field<QDoubleSpinBox>(page, "Factor")->setValue(3);
    const QByteArray file = labSetupJson(page.setup());
    LabPage other(presets());
    other.openFile(file, QStringLiteral("retry-lab.json"));
    QCOMPARE(other.policy().backoff.factor, 3.0);
    other.openFile("{}", QStringLiteral("broken.json"));
    QCOMPARE(other.policy().backoff.factor, 3.0);
}

void TestLabCards::policy_isCopiedAsCode()
{
    LabPage page(presets());
    page.show();
    const QPushButton *code = button(page, "Copy as code");
    QVERIFY(code->isVisible());
    QCOMPARE(std::size_t(code->menu()->actions().size()), policyPrograms().size());
    page.choosePolicy(QStringLiteral("second"));
    QSignalSpy copied(&page, &LabPage::copyRequested);
    for (const PolicyProgram &program : policyPrograms()) {
        for (QAction *action : code->menu()->actions()) {
            if (action->text() == QLatin1String(program.title))
                action->trigger();
        }
        QCOMPARE(copied.last().at(0).toString(), QString::fromUtf8(programText(page.policy(), program)));
    }
    QCOMPARE(std::size_t(copied.count()), policyPrograms().size());
}

void TestLabCards::live_nothingIsAskedForBeforeRunLive()
{
    LabPage page(presets());
    page.show();
    QSignalSpy asked(page.live(), &LiveCard::urlRunRequested);
    QSignalSpy probe(page.live(), &LiveCard::probeRunRequested);
    QVERIFY(!page.live()->isVisible());
    QTest::mouseClick(button(page, "Run it live"), Qt::LeftButton);
    QVERIFY(page.live()->isVisible());
    page.live()->setUrl(QStringLiteral("http://127.0.0.1:1/health"));
    QCOMPARE(asked.count() + probe.count(), 0);
    QPushButton *run = button(page, "Run live");
    page.live()->setUrl(QStringLiteral("ftp://example.com"));
    QTest::mouseClick(run, Qt::LeftButton);
    QCOMPARE(asked.count(), 0);
    page.live()->setUrl(QStringLiteral("http://127.0.0.1:1/health"));
    QTest::mouseClick(run, Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][0].value<HttpRequest>().url, QByteArray("http://127.0.0.1:1/health"));
}

void TestLabCards::live_runIsDrawnOverThePlan()
{
    LabPage page(presets());
    page.show();
    auto *timeline = page.scheduleCard()->timeline();
    std::vector<Attempt> attempts = page.schedule().attempts;
    attempts.resize(1);
    page.live()->setRunning(true);
    page.setLiveAttempts(attempts);
    QCOMPARE(timeline->content().actual.size(), 1u);
    QCOMPARE(timeline->content().planned.size(), 4u);
    page.live()->setWaiting(Millis(5000));
    QVERIFY(timeline->content().now);
    QVERIFY(page.live()->state().startsWith(QStringLiteral("next send in ")));
    QSignalSpy stopped(page.live(), &LiveCard::stopRequested);
    QTest::keyClick(&page, Qt::Key_Escape);
    QCOMPARE(stopped.count(), 1);
    page.live()->setEnded(Verdict::Cancelled, attempts);
    QVERIFY(!page.live()->isRunning());
    page.setSeed(3); // another plan: the old run would be drawn over the wrong one
    QCOMPARE(timeline->content().planned.size(), 0u);
}

void TestLabCards::atSmallSizesNothingIsWiderThanThePage()
{
    LabPage page(shippedPolicies());
    page.setCompared({QStringLiteral("got")});
    for (const double scale : {1.0, 1.25}) {
        QFont font = QApplication::font();
        font.setPointSizeF(font.pointSizeF() * scale);
        page.setFont(font);
        page.resize(1024 - 148, 620);
        page.show();
        QTRY_VERIFY_WITH_TIMEOUT(!page.isWorking(), generousMs);
        for (const QScrollArea *area : page.findChildren<QScrollArea *>())
            QVERIFY2(area->widget()->minimumSizeHint().width() <= area->viewport()->width(),
                     qPrintable(QStringLiteral("%1: %2 in %3")
                                    .arg(area->accessibleName())
                                    .arg(area->widget()->minimumSizeHint().width())
                                    .arg(area->viewport()->width())));
        for (const FigureTable *table : page.headerBench()->findChildren<FigureTable *>())
            QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
        // With room, names are whole.
        page.resize(1500, 620);
        for (const FigureTable *table : page.headerBench()->findChildren<FigureTable *>())
            QTRY_VERIFY_WITH_TIMEOUT(table->columnWidth(0) >= 34 * table->fontMetrics().averageCharWidth(), generousMs);
    }
}

void TestLabCards::distribution_comesAfterAPause()
{
    LabPage page(presets());
    page.setScript(QStringLiteral("503"));
    const auto told = [&page] {
        const auto labels = page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->text().startsWith(QStringLiteral("mean 7.35 s · p50 7.35 s · p95 7.5"));
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(told(), generousMs);
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    TestLabCards test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_labcards.moc"
