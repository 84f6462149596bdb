// The retry lab page, driven as a user drives it.
#include "models/retry/simulator.h"
#include "views/lab/labpage.h"
#include "views/lab/statustext.h"
#include "views/timeline/attempttable.h"
#include "views/timeline/timelinewidget.h"
#include "views/widgets/noteline.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace errata;

namespace {

RetryPolicy policy(const char *id, double base, int attempts)
{
    RetryPolicy p;
    p.id = QString::fromLatin1(id);
    p.name = p.id;
    p.version = QStringLiteral("1");
    p.backoff.shape = BackoffShape::Exponential;
    p.backoff.base = Millis(base);
    p.backoff.cap = Millis(30000);
    p.backoff.jitter = Jitter::Additive;
    p.backoff.ratio = 0.1;
    p.maxAttempts = attempts;
    p.statuses.ranges = {{429, 429}, {500, 999}};
    p.retryAfter.emplace();
    p.retryAfter->statuses = {{{429, 429}}};
    p.retryAfter->headers.front().number = NumberForm::JsNumber;
    p.retryAfter->headers.front().date = DateForm::None;
    p.retryAfter->whenAbsent = Millis(1000);
    p.quirks = {QStringLiteral("It surprises."), QStringLiteral("Twice.")};
    return p;
}

std::vector<RetryPolicy> presets()
{
    std::vector<RetryPolicy> list{policy("first", 1000, 4), policy("second", 250, 2)};
    list[1].quirks.clear();
    return list;
}

/// A field by what a screen reader calls it.
template <typename W>
W *field(const QWidget &page, const char *name)
{
    for (W *widget : page.findChildren<W *>()) {
        if (widget->accessibleName() == QLatin1String(name))
            return widget;
    }
    return nullptr;
}

QPushButton *button(const QWidget &page, const char *text)
{
    for (auto *b : page.findChildren<QPushButton *>()) {
        if (b->text() == QLatin1String(text))
            return b;
    }
    return nullptr;
}

} // namespace

class TestLabPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWithAScheduleOfTheFirstPreset();
    void aNumberChanged_redrawsAtOnce();
    void aPresetChosen_fillsTheForm();
    void reset_takesTheChangesBack();
    void script_faultIsToldWithItsPlace_andTheScheduleStays();
    void statuses_faultIsTold_andTheOldOnesStay();
    void statuses_areRead_data();
    void statuses_areRead();
    void seed_rerollsAndReturns();
    void tableAndPicture_standOnTheSameAttempt();
    void noRetryAfterRule_greysItsFields();
    void fractionOfAttempts_survivesUntouched();
    void noAttemptAllowed_saysSo();
    void quirks_areShownAndHidden();
    void copy_givesTheTable();
    void savePicture_givesBytes();
    void distribution_comesAfterAPause();
    void everyFieldHasAName();
};

void TestLabPage::opensWithAScheduleOfTheFirstPreset()
{
    LabPage page(presets());
    QCOMPARE(page.policy().id, QStringLiteral("first"));
    QCOMPARE(page.schedule().sends, 4);
    QCOMPARE(page.schedule().verdict, Verdict::Succeeded);
    QVERIFY2(page.summary().startsWith(QStringLiteral("4 sends · done after 7.")), qPrintable(page.summary()));
    QVERIFY(page.summary().endsWith(QStringLiteral("· seed 1")));
    QCOMPARE(page.findChild<TimelineWidget *>()->attemptCount(), 4);
}

void TestLabPage::aNumberChanged_redrawsAtOnce()
{
    LabPage page(presets());
    page.setScript(QStringLiteral("503"));
    field<QDoubleSpinBox>(page, "Retries")->setValue(5);
    QCOMPARE(page.schedule().sends, 6);
    QCOMPARE(page.findChild<TimelineWidget *>()->attemptCount(), 6);
    field<QDoubleSpinBox>(page, "Base")->setValue(10);
    QVERIFY(page.schedule().total.max < Millis(400));
    field<QComboBox>(page, "Jitter")->setCurrentIndex(static_cast<int>(Jitter::None));
    QCOMPARE(page.schedule().total, Bounds::exactly(Millis(10 + 20 + 40 + 80 + 160)));
    field<QDoubleSpinBox>(page, "Deadline")->setValue(0.05);
    QCOMPARE(page.schedule().verdict, Verdict::Deadline);
    QCOMPARE(page.findChild<TimelineWidget *>()->content().deadline, std::optional(Millis(50)));
    field<QDoubleSpinBox>(page, "Retries")->setValue(-1);
    QVERIFY(std::isinf(page.policy().maxAttempts));
}

void TestLabPage::aPresetChosen_fillsTheForm()
{
    LabPage page(presets());
    QVERIFY(page.choosePolicy(QStringLiteral("second")));
    QCOMPARE(field<QDoubleSpinBox>(page, "Base")->value(), 250.0);
    QCOMPARE(field<QDoubleSpinBox>(page, "Retries")->value(), 1.0);
    QCOMPARE(page.schedule().sends, 2);
    QVERIFY(!page.choosePolicy(QStringLiteral("none of that name")));
    QCOMPARE(page.policy().id, QStringLiteral("second"));
}

void TestLabPage::reset_takesTheChangesBack()
{
    LabPage page(presets());
    page.show();
    QPushButton *reset = button(page, "Reset");
    QVERIFY(!reset->isVisible());
    field<QDoubleSpinBox>(page, "Base")->setValue(5);
    QVERIFY(reset->isVisible());
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(page.policy().backoff.base, Millis(1000));
    QVERIFY(!reset->isVisible());
}

void TestLabPage::script_faultIsToldWithItsPlace_andTheScheduleStays()
{
    LabPage page(presets());
    page.show();
    auto *script = field<QLineEdit>(page, "Server script");
    script->clear();
    QTest::keyClicks(script, QStringLiteral("503, 42x"));
    const auto notes = page.findChildren<NoteLine *>();
    const auto told = std::find_if(notes.begin(), notes.end(), [](NoteLine *n) { return n->isProblem(); });
    QVERIFY(told != notes.end());
    QVERIFY((*told)->isVisible());
    QVERIFY2((*told)->text().contains(QStringLiteral("character")), qPrintable((*told)->text()));
    QVERIFY(page.schedule().sends > 0);
    script->clear();
    QTest::keyClicks(script, QStringLiteral("200"));
    QVERIFY(!(*told)->isVisible());
    QCOMPARE(page.schedule().sends, 1);
}

void TestLabPage::statuses_faultIsTold_andTheOldOnesStay()
{
    LabPage page(presets());
    page.show();
    auto *statuses = field<QLineEdit>(page, "Status");
    statuses->selectAll();
    QTest::keyClicks(statuses, QStringLiteral("5"));
    QVERIFY(page.policy().statuses.contains(503));
    statuses->selectAll();
    QTest::keyClicks(statuses, QStringLiteral("404"));
    QVERIFY(page.policy().statuses.contains(404));
    QVERIFY(!page.policy().statuses.contains(503));
}

void TestLabPage::statuses_areRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("set");
    QTest::newRow("nothing") << ""
                             << "";
    QTest::newRow("one") << "429"
                         << "429";
    QTest::newRow("list with range") << " 429 ,500 - 504,"
                                     << "429, 500-504";
    QTest::newRow("class") << "5xx"
                           << "500-599";
    QTest::newRow("class in capitals") << "4XX,503"
                                       << "400-499, 503";
    QTest::newRow("word") << "many"
                          << "fault";
    QTest::newRow("too small") << "99"
                               << "fault";
    QTest::newRow("too large") << "1000"
                               << "fault";
    QTest::newRow("backwards") << "504-500"
                               << "fault";
    QTest::newRow("open range") << "500-"
                                << "fault";
    QTest::newRow("no class") << "0xx"
                              << "fault";
}

void TestLabPage::statuses_areRead()
{
    QFETCH(QString, text);
    QFETCH(QString, set);
    const auto statuses = parseStatuses(text);
    QCOMPARE(statuses ? statuses->text() : QStringLiteral("fault"), set);
}

void TestLabPage::seed_rerollsAndReturns()
{
    LabPage page(presets());
    const Millis first = page.schedule().total.actual;
    QTest::mouseClick(button(page, "Reroll"), Qt::LeftButton);
    QCOMPARE(page.seed(), 2);
    QVERIFY(page.schedule().total.actual != first);
    page.setSeed(1);
    QCOMPARE(page.schedule().total.actual, first);
}

void TestLabPage::tableAndPicture_standOnTheSameAttempt()
{
    LabPage page(presets());
    auto *timeline = page.findChild<TimelineWidget *>();
    auto *table = page.findChild<AttemptTable *>();
    timeline->setCurrent(2);
    QCOMPARE(table->currentIndex().row(), 2);
    table->setCurrentAttempt(1);
    QCOMPARE(timeline->current(), 1);
    page.show();
    page.findChild<QTabBar *>()->setCurrentIndex(1);
    QVERIFY(table->isVisible());
    QVERIFY(!timeline->isVisible());
}

void TestLabPage::noRetryAfterRule_greysItsFields()
{
    LabPage page(presets());
    auto *on = field<QLineEdit>(page, "On");
    on->selectAll();
    QTest::keyClick(on, Qt::Key_Delete);
    QVERIFY(!page.policy().retryAfter);
    QVERIFY(!field<QDoubleSpinBox>(page, "Absent")->isEnabled());
    QTest::keyClicks(on, QStringLiteral("503"));
    QVERIFY(page.policy().retryAfter->statuses.contains(503));
    QVERIFY(field<QDoubleSpinBox>(page, "Absent")->isEnabled());
}

void TestLabPage::fractionOfAttempts_survivesUntouched()
{
    std::vector<RetryPolicy> list = presets();
    list[0].maxAttempts = 2.5;
    LabPage page(list);
    field<QDoubleSpinBox>(page, "Base")->setValue(5);
    QCOMPARE(page.policy().maxAttempts, 2.5);
}

void TestLabPage::noAttemptAllowed_saysSo()
{
    std::vector<RetryPolicy> list = presets();
    list[0].maxAttempts = 0;
    LabPage page(list);
    QCOMPARE(page.schedule().sends, 0);
    QVERIFY(page.summary().startsWith(QStringLiteral("0 sends · gave up")));
    QVERIFY(!page.findChild<TimelineWidget *>()->grab().isNull());
}

void TestLabPage::quirks_areShownAndHidden()
{
    LabPage page(presets());
    page.show();
    const auto shown = [&page] {
        const auto labels = page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() && label->text().contains(QStringLiteral("• It surprises.\n• Twice."));
        });
    };
    QVERIFY(shown());
    page.choosePolicy(QStringLiteral("second"));
    QVERIFY(!shown());
}

void TestLabPage::copy_givesTheTable()
{
    LabPage page(presets());
    QSignalSpy spy(&page, &LabPage::copyRequested);
    QTest::mouseClick(button(page, "Copy as table"), Qt::LeftButton);
    QCOMPARE(spy.count(), 1);
    const QString text = spy[0][0].toString();
    QCOMPARE(text.count(QLatin1Char('\n')), 5);
    QVERIFY(text.startsWith(QStringLiteral("Try\tStarts")));
    QVERIFY(!spy[0][1].toString().isEmpty());
}

void TestLabPage::savePicture_givesBytes()
{
    LabPage page(presets());
    page.resize(1000, 700);
    page.show();
    QSignalSpy spy(&page, &LabPage::saveRequested);
    for (QAction *action : button(page, "Save picture")->menu()->actions())
        action->trigger();
    QCOMPARE(spy.count(), 2);
    QVERIFY(spy[0][0].toByteArray().startsWith("\x89PNG"));
    QCOMPARE(spy[0][1].toString(), QStringLiteral("retry-schedule.png"));
    QVERIFY(spy[1][0].toByteArray().contains("<svg"));
}

void TestLabPage::distribution_comesAfterAPause()
{
    LabPage page(presets());
    page.setScript(QStringLiteral("503"));
    const auto told = [&page] {
        const auto labels = page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->text().startsWith(QStringLiteral("mean 7.35 s · p50 7.35 s · p95 7.5"));
        });
    };
    QTRY_VERIFY(told());
}

void TestLabPage::everyFieldHasAName()
{
    LabPage page(presets());
    page.show();
    for (const QWidget *widget : page.findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || qobject_cast<const QAbstractButton *>(widget) ||
            qobject_cast<const QLabel *>(widget) || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        if (widget->window() != &page || qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()) ||
            qobject_cast<const QComboBox *>(widget->parentWidget()))
            continue;
        const auto *view = qobject_cast<const QAbstractScrollArea *>(widget->parentWidget());
        if (view && view->viewport() == widget)
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
    }
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    TestLabPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_labpage.moc"
