// Running the lab's policy live: the page, the Probe's request, a transport that answers from a list and a clock that
// stands still.
#include "app/window/labrunner.h"
#include "tests/support/labbench.h"
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "views/lab/labpage.h"
#include "views/lab/livecard.h"
#include "views/lab/schedulecard.h"
#include "views/probe/probepage.h"
#include "views/timeline/timelinewidget.h"
#include "views/widgets/noteline.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace errata;
using namespace errata::labbench;

namespace {

SendResult answer(int status)
{
    SendResult result;
    result.response = HttpResponse{status, {}, "HTTP/1.1", {}, "{}"};
    result.sends = 1;
    return result;
}

class FakeSend final : public PendingSend
{
public:
    FakeSend(Clock &clock, SendResult result) : m_clock(clock), m_result(std::move(result)) { endAfter(Millis(20)); }
    void cancel() override
    {
        m_result = {};
        m_result.failure.kind = NetworkError::Cancelled;
        m_result.sends = 1;
        endAfter(Millis(0));
    }

private:
    void endAfter(Millis delay)
    {
        m_clock.callAfter(delay, this, [this] {
            if (!std::exchange(m_done, true))
                Q_EMIT finished(m_result);
        });
    }

    Clock &m_clock;
    SendResult m_result;
    bool m_done = false;
};

/// What was sent, and the statuses that come back.
struct Wire
{
    ManualClock clock;
    std::vector<int> statuses{503, 503, 200};
    std::vector<HttpRequest> sent;
};

class FakeTransport final : public Transport
{
public:
    explicit FakeTransport(Wire &wire) : m_wire(wire) {}
    std::unique_ptr<PendingSend> send(const HttpRequest &request, const SendOptions &) override
    {
        const std::size_t index = std::min(m_wire.sent.size(), m_wire.statuses.size() - 1);
        m_wire.sent.push_back(request);
        return std::make_unique<FakeSend>(m_wire.clock, answer(m_wire.statuses[index]));
    }
    QString name() const override { return QStringLiteral("fake"); }

private:
    Wire &m_wire;
};

struct Lab
{
    Wire wire;
    ProbePage probe;
    LabPage page{presets()};
    LabRunner *runner = new LabRunner(
        &page, [this] { return &probe; },
        [this]() -> Result<std::unique_ptr<Transport>> { return {std::make_unique<FakeTransport>(wire)}; }, wire.clock);

    Lab() { page.show(); }
    [[nodiscard]] QString problem() const
    {
        for (const NoteLine *note : page.live()->findChildren<NoteLine *>()) {
            if (note->isProblem() && note->isVisible())
                return note->text();
        }
        return {};
    }
    void pressRun() const { QTest::mouseClick(button(*page.live(), "Run live"), Qt::LeftButton); }
    void offer()
    {
        page.showLive();
        page.live()->setUrl(QStringLiteral("http://127.0.0.1:1/health"));
    }
    void offerProbe(const QByteArray &method)
    {
        HttpRequest request;
        request.method = method;
        request.url = "http://127.0.0.1:1/orders";
        probe.setRequest(request);
        page.showLive();
        field<QComboBox>(*page.live(), "What to send")->setCurrentIndex(1);
    }
};

} // namespace

class TestLabRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSent_beforeRunLive();
    void run_followsThePolicy_andTellsHowItEnded();
    void sendNow_skipsTheWait();
    void stop_endsTheRun();
    void aChangeOfThePolicy_stopsTheRun();
    void theProbesRequest_isRunAsItStands();
    void aWriteInALiveEnvironment_isAskedForOnce();
    void everyAttempt_goesToTheHistory();
    void anAttemptThatIsCutShort_goesToTheHistory();
    void runBeforeStillStopping_isNotDropped();
    void hedgedPolicy_isSaidNotToBeHedged_beforeAnythingIsSent();
    void noEngine_isTold();
};

void TestLabRunner::nothingIsSent_beforeRunLive()
{
    Lab lab;
    lab.offer();
    lab.offerProbe("POST");
    QCOMPARE(lab.wire.sent.size(), 0u);
    QCOMPARE(lab.wire.clock.waiting(), 0);
}

void TestLabRunner::run_followsThePolicy_andTellsHowItEnded()
{
    Lab lab;
    lab.offer();
    QSignalSpy states(lab.runner, &LabRunner::stateChanged);
    lab.pressRun();
    QCOMPARE(lab.wire.sent.size(), 1u);
    QCOMPARE(lab.wire.sent.front().method, QByteArray("GET"));
    QVERIFY(lab.page.live()->isRunning());
    lab.wire.clock.advance(Millis(20));
    QVERIFY2(lab.page.live()->state().startsWith(QStringLiteral("next send in 1.")),
             qPrintable(lab.page.live()->state()));
    lab.wire.clock.advance(Millis(999));
    QCOMPARE(lab.wire.sent.size(), 1u); // the policy waits for 1000 to 1100 ms
    lab.wire.clock.advance(Millis(10000));
    QCOMPARE(lab.wire.sent.size(), 3u);
    QVERIFY(!lab.page.live()->isRunning());
    QVERIFY2(lab.page.live()->state().startsWith(QStringLiteral("3 sends · succeeded after 3.")),
             qPrintable(lab.page.live()->state()));
    const TimelineContent &content = lab.page.scheduleCard()->timeline()->content();
    QCOMPARE(content.actual.size(), 3u);
    QCOMPARE(content.planned.size(), 4u);
    QCOMPARE(states.count(), 2);
    QVERIFY(states[0][0].toString().contains(QStringLiteral("127.0.0.1")));
}

void TestLabRunner::sendNow_skipsTheWait()
{
    Lab lab;
    lab.offer();
    lab.pressRun();
    lab.wire.clock.advance(Millis(20));
    QTest::mouseClick(button(*lab.page.live(), "Send now"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(lab.wire.sent.size(), 2u, generousMs);
}

void TestLabRunner::stop_endsTheRun()
{
    Lab lab;
    lab.offer();
    lab.pressRun();
    lab.wire.clock.advance(Millis(20));
    QTest::mouseClick(field<QPushButton>(lab.page, "Stop the live run"), Qt::LeftButton);
    lab.wire.clock.advance(Millis(60000));
    QTRY_VERIFY_WITH_TIMEOUT(!lab.page.live()->isRunning(), generousMs);
    QCOMPARE(lab.wire.sent.size(), 1u);
    QVERIFY2(lab.page.live()->state().contains(QStringLiteral("cancelled")), qPrintable(lab.page.live()->state()));
}

void TestLabRunner::aChangeOfThePolicy_stopsTheRun()
{
    Lab lab;
    lab.offer();
    lab.pressRun();
    lab.wire.clock.advance(Millis(20));
    lab.page.choosePolicy(QStringLiteral("second"));
    lab.wire.clock.advance(Millis(60000));
    QTRY_VERIFY_WITH_TIMEOUT(lab.page.live()->state().contains(QStringLiteral("cancelled")), generousMs);
    QVERIFY(!lab.page.live()->isRunning());
    QCOMPARE(lab.wire.sent.size(), 1u);
    // The plan of the other policy alone.
    QCOMPARE(lab.page.scheduleCard()->timeline()->content().planned.size(), 0u);
    QCOMPARE(lab.page.scheduleCard()->timeline()->content().actual.size(), 2u);
}

void TestLabRunner::theProbesRequest_isRunAsItStands()
{
    Lab lab;
    lab.offerProbe("PUT");
    lab.pressRun();
    QCOMPARE(lab.wire.sent.size(), 1u);
    QCOMPARE(lab.wire.sent.front().method, QByteArray("PUT"));
    QCOMPARE(lab.wire.sent.front().url, QByteArray("http://127.0.0.1:1/orders"));
}

void TestLabRunner::aWriteInALiveEnvironment_isAskedForOnce()
{
    Lab lab;
    Environment live;
    live.name = QStringLiteral("production");
    live.isLive = true;
    lab.probe.setEnvironments({live}, {}, live.name, {});
    lab.offerProbe("POST");
    lab.pressRun();
    QCOMPARE(lab.wire.sent.size(), 0u);
    QVERIFY2(lab.problem().contains(QStringLiteral("production is live")), qPrintable(lab.problem()));
    lab.pressRun();
    QCOMPARE(lab.wire.sent.size(), 1u);
    QVERIFY(lab.problem().isEmpty());
}

void TestLabRunner::everyAttempt_goesToTheHistory()
{
    Lab lab;
    std::vector<HistoryRecord> kept;
    connect(lab.runner, &LabRunner::attemptMade, this,
            [&kept](const HistoryRecord &record) { kept.push_back(record); });
    lab.offer();
    QCOMPARE(kept.size(), 0u);
    lab.pressRun();
    lab.wire.clock.advance(Millis(60000));
    QCOMPARE(kept.size(), 3u);
    QCOMPARE(kept.size(), lab.wire.sent.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
        QCOMPARE(kept[i].attempt, int(i) + 1);
        QCOMPARE(kept[i].run, kept.front().run);
        QCOMPARE(kept[i].request.url, QByteArray("http://127.0.0.1:1/health"));
        QCOMPARE(kept[i].result.response->status, lab.wire.statuses[i]);
    }
    QVERIFY(!kept.front().run.isEmpty());
    lab.pressRun();
    lab.wire.clock.advance(Millis(60000));
    QVERIFY(kept.size() > 3u);
    QVERIFY(kept.back().run != kept.front().run);
}

void TestLabRunner::anAttemptThatIsCutShort_goesToTheHistory()
{
    Lab lab;
    QSignalSpy kept(lab.runner, &LabRunner::attemptMade);
    lab.offer();
    lab.pressRun();
    lab.page.choosePolicy(QStringLiteral("second")); // drops the run from the screen, not from the history
    lab.wire.clock.advance(Millis(60000));
    QCOMPARE(lab.wire.sent.size(), 1u);
    QCOMPARE(kept.count(), 1);
    QCOMPARE(qvariant_cast<HistoryRecord>(kept[0][0]).result.failure.kind, NetworkError::Cancelled);
}

void TestLabRunner::runBeforeStillStopping_isNotDropped()
{
    Lab lab;
    QSignalSpy kept(lab.runner, &LabRunner::attemptMade);
    lab.offer();
    lab.pressRun();
    lab.page.choosePolicy(QStringLiteral("second"));
    lab.pressRun();
    QCOMPARE(lab.wire.sent.size(), 1u);
    QVERIFY2(lab.problem().contains(QStringLiteral("still being stopped")), qPrintable(lab.problem()));
    lab.wire.clock.advance(Millis(60000));
    QCOMPARE(kept.count(), 1);
    lab.pressRun();
    QCOMPARE(lab.wire.sent.size(), 2u);
}

void TestLabRunner::hedgedPolicy_isSaidNotToBeHedged_beforeAnythingIsSent()
{
    Lab lab;
    const auto isSaid = [&lab] {
        const auto labels = lab.page.live()->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() && label->text().startsWith(QStringLiteral("Not hedged"));
        });
    };
    lab.offer();
    QVERIFY(!isSaid());
    RetryPolicy hedged = policy("hedged", 100, 4);
    hedged.hedging = Hedging{Millis(500)};
    LabSetup setup = lab.page.setup();
    setup.policy = hedged;
    lab.page.applySetup(setup);
    QVERIFY(isSaid());
    QCOMPARE(lab.wire.sent.size(), 0u);
    lab.page.choosePolicy(QStringLiteral("first"));
    QVERIFY(!isSaid());
}

void TestLabRunner::noEngine_isTold()
{
    ManualClock clock;
    ProbePage probe;
    LabPage page(presets());
    page.show();
    new LabRunner(
        &page, [&probe] { return &probe; },
        []() -> Result<std::unique_ptr<Transport>> {
            return Error{QStringLiteral("no engine here"), {}};
        },
        clock);
    page.showLive();
    page.live()->setUrl(QStringLiteral("http://127.0.0.1:1/"));
    QTest::mouseClick(button(*page.live(), "Run live"), Qt::LeftButton);
    QVERIFY(!page.live()->isRunning());
    const auto notes = page.live()->findChildren<NoteLine *>();
    QVERIFY(std::any_of(notes.begin(), notes.end(),
                        [](const NoteLine *note) { return note->text() == QStringLiteral("no engine here"); }));
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    TestLabRunner test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_labrunner.moc"
