// The retry lab page, driven as a user drives it.
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
#include <QSignalSpy>
#include <QSlider>
#include <QTabBar>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace errata;

using namespace errata::labbench;

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
    void saveSchedule_givesPicturesAndFigures();
    void everyFieldHasAName();
    void undo_takesChangesBackOneByOne();
    void undo_isTheFormsWithinANumber();
    void changes_areMarkedAndTold();
    void slider_changesTheNumber();
    void otherTerms_areNamed();
    void presets_areFoundByTyping();
    void table_waitsAreTyped();
    void script_wordsAreOffered();
    void script_ofChanceDrawsOneCourse();
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

void TestLabPage::saveSchedule_givesPicturesAndFigures()
{
    LabPage page(presets());
    page.resize(1000, 700);
    page.show();
    QSignalSpy spy(&page, &LabPage::saveRequested);
    for (QAction *action : field<QPushButton>(page, "Save the schedule")->menu()->actions())
        action->trigger();
    QCOMPARE(spy.count(), 3);
    QVERIFY(spy[0][0].toByteArray().startsWith("\x89PNG"));
    QCOMPARE(spy[0][1].toString(), QStringLiteral("retry-schedule.png"));
    QVERIFY(spy[1][0].toByteArray().contains("<svg"));
    QVERIFY(spy[2][0].toByteArray().startsWith("Try,Starts,"));
    QCOMPARE(spy[2][0].toByteArray().count("\r\n"), 5);
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

void TestLabPage::undo_takesChangesBackOneByOne()
{
    LabPage page(presets());
    page.show();
    auto *base = field<QDoubleSpinBox>(page, "Base");
    auto *retries = field<QDoubleSpinBox>(page, "Retries");
    base->setValue(5);
    base->setValue(50); // of one field after another: one change
    retries->setValue(1);
    page.choosePolicy(QStringLiteral("second"));
    const auto trigger = [&page](const char *name) {
        for (QAction *action : page.actions()) {
            if (action->text() == QLatin1String(name))
                action->trigger();
        }
    };
    const char *const undo = "Take back the last change of the policy";
    const char *const redo = "Change the policy again";
    trigger(undo);
    QCOMPARE(page.policy().id, QStringLiteral("first"));
    QCOMPARE(page.policy().maxAttempts, 2.0);
    trigger(undo);
    QCOMPARE(page.policy().maxAttempts, 4.0);
    QCOMPARE(base->value(), 50.0);
    trigger(undo);
    QCOMPARE(base->value(), 1000.0);
    trigger(undo); // there is no more
    QCOMPARE(base->value(), 1000.0);
    trigger(redo);
    trigger(redo);
    QCOMPARE(page.policy().maxAttempts, 2.0);
    retries->setValue(7);
    trigger(redo); // a new change has taken its place
    QCOMPARE(page.policy().maxAttempts, 8.0);
}

void TestLabPage::undo_isTheFormsWithinANumber()
{
    LabPage page(presets());
    page.show();
    page.activateWindow();
    auto *base = field<QDoubleSpinBox>(page, "Base");
    base->setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(base->hasFocus(), generousMs);
    base->selectAll();
    QTest::keyClicks(base, QStringLiteral("250"));
    QTest::keyClick(base, Qt::Key_Return);
    QCOMPARE(page.policy().backoff.base, Millis(250));
    QTest::keyClick(base, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(page.policy().backoff.base, Millis(1000));
}

void TestLabPage::changes_areMarkedAndTold()
{
    LabPage page(presets());
    page.show();
    const auto label = [&page](const char *text) {
        for (QLabel *each : page.findChildren<QLabel *>()) {
            if (each->text() == QLatin1String(text))
                return each;
        }
        return static_cast<QLabel *>(nullptr);
    };
    QVERIFY(!label("Base")->font().bold());
    field<QDoubleSpinBox>(page, "Base")->setValue(5);
    QVERIFY(label("Base")->font().bold());
    QCOMPARE(label("Base")->toolTip(), QStringLiteral("changed; the preset has 1000 ms"));
    QVERIFY(!label("Cap")->font().bold());
    QVERIFY(label("changed, from 1"));
    field<QDoubleSpinBox>(page, "Base")->setValue(1000);
    QVERIFY(!label("Base")->font().bold());
    QVERIFY(!label("changed, from 1"));
}

void TestLabPage::slider_changesTheNumber()
{
    LabPage page(presets());
    auto *slider = field<QSlider>(page, "Base, slider");
    auto *base = field<QDoubleSpinBox>(page, "Base");
    slider->setValue(slider->maximum());
    QCOMPARE(page.policy().backoff.base, Millis(600000));
    slider->setValue(0);
    QCOMPARE(base->value(), 1.0);
    base->setValue(600000);
    QCOMPARE(slider->value(), slider->maximum());
    auto *cap = field<QSlider>(page, "Cap, slider");
    cap->setValue(1);
    QVERIFY(page.policy().backoff.cap);
    cap->setValue(0);
    QVERIFY(!page.policy().backoff.cap);
}

void TestLabPage::otherTerms_areNamed()
{
    std::vector<RetryPolicy> list = presets();
    list[0].budget = RetryBudget{};
    list[0].methods = {"GET", "PUT"};
    LabPage page(list);
    page.show();
    const auto labels = page.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text() == QStringLiteral("also: token bucket 500, a retry takes 5; only GET, PUT");
    }));
}

void TestLabPage::presets_areFoundByTyping()
{
    LabPage page(shippedPolicies());
    page.show();
    auto *box = field<PresetBox>(page, "Policy to start from");
    QVERIFY(box->count() > 40);
    const int heading = box->findText(QStringLiteral("Python"));
    QVERIFY(heading >= 0);
    QVERIFY(!(box->model()->flags(box->model()->index(heading, 0)) & Qt::ItemIsSelectable));
    box->lineEdit()->selectAll();
    QTest::keyClicks(box->lineEdit(), QStringLiteral("urllib"));
    box->completer()->setCompletionPrefix(QStringLiteral("urllib"));
    QCOMPARE(box->completer()->completionCount(), 1);
    QVERIFY(box->completer()->currentCompletion().contains(QStringLiteral("urllib3")));
    QTest::keyClick(box->completer()->popup(), Qt::Key_Down);
    QTest::keyClick(box->completer()->popup(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(page.policy().id, QStringLiteral("urllib3"), generousMs);
    for (const RetryPolicy &policy : shippedPolicies())
        QVERIFY2(presetGroup(policy.id) != QStringLiteral("Your own"), qPrintable(policy.id));
}

void TestLabPage::table_waitsAreTyped()
{
    LabPage page(presets());
    page.show();
    page.setScript(QStringLiteral("503"));
    field<QComboBox>(page, "Jitter")->setCurrentIndex(static_cast<int>(Jitter::None));
    field<QComboBox>(page, "Shape")->setCurrentIndex(static_cast<int>(BackoffShape::Table));
    auto *waits = field<QLineEdit>(page, "Waits");
    QVERIFY(waits->isVisible());
    waits->selectAll();
    QTest::keyClicks(waits, QStringLiteral("10, 20, 40"));
    QCOMPARE(page.schedule().total, Bounds::exactly(Millis(70)));
    QTest::keyClicks(waits, QStringLiteral(", x"));
    QCOMPARE(page.schedule().total, Bounds::exactly(Millis(70)));
}

void TestLabPage::script_wordsAreOffered()
{
    LabPage page(presets());
    page.show();
    auto *script = page.findChild<ScriptEdit *>();
    script->clear();
    script->setFocus();
    QTest::keyClicks(script, QStringLiteral("503, 429:'a,b', tim"));
    QCOMPARE(script->typedWord(), QStringLiteral("tim"));
    auto *completer = script->findChild<QCompleter *>();
    QVERIFY(completer->popup()->isVisible());
    QTest::keyClick(completer->popup(), Qt::Key_Down);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(script->text(), QStringLiteral("503, 429:'a,b', timeout"), generousMs);
}

void TestLabPage::script_ofChanceDrawsOneCourse()
{
    LabPage page(presets());
    page.setScript(QStringLiteral("503@40~120 | 200*0.1"));
    QVERIFY(page.summary().endsWith(QStringLiteral("one course of many")));
    const Millis first = page.schedule().total.actual;
    page.setSeed(2);
    QVERIFY(page.schedule().total.actual != first);
    page.setSeed(1);
    QCOMPARE(page.schedule().total.actual, first);
    page.setScript(QStringLiteral("503|"));
    QCOMPARE(page.schedule().total.actual, first);
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    TestLabPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_labpage.moc"
