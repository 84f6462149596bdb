// A policy followed live, with a transport that answers from a list and a clock that stands still.
#include "models/retry/retryrunner.h"
#include "models/retry/simulator.h"
#include "tests/support/manualclock.h"
#include "tests/support/retrydata.h"

#include <QSignalSpy>
#include <QTest>

using namespace errata;

namespace {

SendResult answer(int status, const Headers &headers = {}, const QByteArray &body = "{}")
{
    SendResult result;
    result.response = HttpResponse{status, {}, "HTTP/1.1", headers, body};
    result.sends = 1;
    return result;
}

SendResult failure(NetworkError kind)
{
    SendResult result;
    result.failure.kind = kind;
    result.sends = kind == NetworkError::InvalidRequest ? 0 : 1;
    return result;
}

class FakeSend final : public PendingSend
{
public:
    FakeSend(Clock &clock, SendResult result, Millis latency) : m_clock(clock), m_result(std::move(result))
    {
        answerAfter(latency);
    }
    void cancel() override
    {
        m_result = failure(NetworkError::Cancelled);
        answerAfter(Millis(0));
    }

private:
    void answerAfter(Millis latency)
    {
        m_clock.callAfter(latency, this, [this] {
            if (!std::exchange(m_done, true))
                Q_EMIT finished(m_result);
        });
    }

    Clock &m_clock;
    SendResult m_result;
    bool m_done = false;
};

/// Answers from a list, the last repeated; keeps what it was asked.
class FakeTransport final : public Transport
{
public:
    FakeTransport(Clock &clock, std::vector<SendResult> results) : m_clock(clock), m_results(std::move(results)) {}

    std::unique_ptr<PendingSend> send(const HttpRequest &request, const SendOptions &options) override
    {
        requests.push_back(request);
        deadlines.push_back(options.deadline);
        times.push_back(m_clock.now());
        const SendResult &result = m_results[std::min(requests.size(), m_results.size()) - 1];
        return std::make_unique<FakeSend>(m_clock, result, latency);
    }
    QString name() const override { return QStringLiteral("fake"); }

    Millis latency{10};
    std::vector<HttpRequest> requests;
    std::vector<Millis> deadlines;
    std::vector<Millis> times;

private:
    Clock &m_clock;
    std::vector<SendResult> m_results;
};

RandomSource half()
{
    return RandomSource::sequence({0.5});
}

void runToTheEnd(ManualClock &clock)
{
    while (clock.advanceToNext()) {
    }
}

} // namespace

class TestRetryRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsWaitsAndSendsAgain();
    void sameAttemptList_asTheSimulator();
    void lastRateLimit_waitsOnceMoreAndSendsNothing();
    void retryAfterDate_isMeasuredWithTheWallClock();
    void requestsMethod_decides();
    void bodysWord_isReadWhereItUsuallyStands_data();
    void bodysWord_isReadWhereItUsuallyStands();
    void cancelDuringTheWait_endsAtOnce();
    void cancelDuringTheSend_endsWithThatAttempt();
    void sendNow_skipsTheWait();
    void startDuringTheWait_dropsTheOlderRun();
    void startFromAListener_isNotDisturbed();
    void deletedByAListener_isSafe();
    void deadline_limitsTheAttempt();
    void noAttemptAllowed_finishesFromTheLoop();
    void impossibleRequest_isTriedAgainAsThePolicySays();
    void outcomeOf_data();
    void outcomeOf();
    void bodyThatNobodyParses_isReadable();
};

void TestRetryRunner::sendsWaitsAndSendsAgain()
{
    ManualClock clock;
    FakeTransport transport(clock, {answer(503), failure(NetworkError::Closed), answer(200)});
    RetryRunner runner(transport, clock);
    QSignalSpy started(&runner, &RetryRunner::attemptStarted);
    QSignalSpy ended(&runner, &RetryRunner::attemptFinished);
    QSignalSpy finished(&runner, &RetryRunner::finished);
    std::vector<double> waits;
    connect(&runner, &RetryRunner::waiting, this, [&](Millis wait) { waits.push_back(wait.count()); });

    HttpRequest request;
    request.method = "POST";
    request.url = "https://example.com/";
    clock.advance(Millis(5000)); // a run counts from its own start
    runner.start(request, {}, intended(), half());
    QVERIFY(runner.isRunning());
    QCOMPARE(started.size(), 1);
    clock.advance(Millis(10));
    QCOMPARE(ended.size(), 1);
    QVERIFY(runner.isWaiting());
    clock.advance(Millis(1049));
    QCOMPARE(transport.requests.size(), std::size_t(1));
    clock.advance(Millis(1));
    QCOMPARE(transport.requests.size(), std::size_t(2));
    runToTheEnd(clock);

    QCOMPARE(waits, (std::vector<double>{1050, 2100}));
    QCOMPARE(transport.times, (std::vector<Millis>{Millis(5000), Millis(6060), Millis(8170)}));
    QCOMPARE(transport.requests.back(), request);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.front().front().value<Verdict>(), Verdict::Succeeded);
    QVERIFY(!runner.isRunning());
    QCOMPARE(runner.lastResult().response->status, 200);
    const std::vector<Attempt> &rows = runner.attempts();
    QCOMPARE(rows.size(), std::size_t(3));
    QCOMPARE(rows[1].starts, (Bounds{Millis(1060), Millis(1010), Millis(1110)}));
    QCOMPARE(rows[1].live->failure.kind, NetworkError::Closed);
    QCOMPARE(rows[1].reason, Reason::FailureRetried);
    QCOMPARE(rows[2].verdict, std::optional(Verdict::Succeeded));
}

void TestRetryRunner::sameAttemptList_asTheSimulator()
{
    ManualClock clock;
    FakeTransport transport(clock,
                            {answer(503), answer(429, {{"Retry-After", "2"}}), answer(204, {}, ""), answer(404)});
    transport.latency = Millis(40);
    RetryRunner runner(transport, clock);
    runner.start({}, {}, intended(), RandomSource::seeded(9));
    runToTheEnd(clock);

    RandomSource random = RandomSource::seeded(9);
    const Schedule planned = simulate(intended(), *parseOutcomeScript(u"503@40,429:2@40,204@40,404@40"), random);
    QCOMPARE(runner.attempts().size(), planned.attempts.size());
    for (std::size_t i = 0; i < planned.attempts.size(); ++i) {
        const Attempt &live = runner.attempts()[i];
        const Attempt &plan = planned.attempts[i];
        QCOMPARE(live.n, plan.n);
        QVERIFY(std::abs((live.starts.actual - plan.starts.actual).count()) < 1e-6);
        QVERIFY(std::abs((live.starts.max - plan.starts.max).count()) < 1e-6);
        QCOMPARE(live.wait.has_value(), plan.wait.has_value());
        QCOMPARE(reasonId(live.reason), reasonId(plan.reason));
        QCOMPARE(live.verdict, plan.verdict);
    }
}

void TestRetryRunner::lastRateLimit_waitsOnceMoreAndSendsNothing()
{
    ManualClock clock;
    FakeTransport transport(clock, {answer(429)});
    RetryRunner runner(transport, clock);
    QSignalSpy finished(&runner, &RetryRunner::finished);
    runner.start({}, {}, intended(), half());
    clock.advance(Millis(4 * 10 + 3 * 1000 + 999));
    QCOMPARE(transport.requests.size(), std::size_t(4));
    QVERIFY(runner.isWaiting());
    QCOMPARE(finished.size(), 0);
    clock.advance(Millis(1));
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.front().front().value<Verdict>(), Verdict::GaveUp);
    QCOMPARE(transport.requests.size(), std::size_t(4));
    QCOMPARE(runner.attempts().back().reason, Reason::WaitsThenGivesUp);
}

void TestRetryRunner::retryAfterDate_isMeasuredWithTheWallClock()
{
    ManualClock clock;
    clock.setWallTime(QDateTime::fromString(QStringLiteral("2026-01-01T00:00:00Z"), Qt::ISODate));
    FakeTransport transport(clock, {answer(429, {{"Retry-After", "Thu, 01 Jan 2026 00:01:00 GMT"}}), answer(200)});
    RetryPolicy policy = intended();
    policy.retryAfter->headers = {WaitHeader{}};
    RetryRunner runner(transport, clock);
    runner.start({}, {}, policy, half());
    runToTheEnd(clock);
    QCOMPARE(transport.times, (std::vector<Millis>{Millis(0), Millis(60'000)}));
}

void TestRetryRunner::requestsMethod_decides()
{
    ManualClock clock;
    RetryPolicy policy = intended();
    policy.methods = {"GET"};
    policy.keyAllowsMethod = true;
    const auto sends = [&](const QByteArray &method, const Headers &headers) {
        FakeTransport transport(clock, {answer(503), answer(200)});
        RetryRunner runner(transport, clock);
        HttpRequest request;
        request.method = method;
        request.headers = headers;
        runner.start(request, {}, policy, half());
        runToTheEnd(clock);
        return transport.requests.size();
    };
    QCOMPARE(sends("GET", {}), std::size_t(2));
    QCOMPARE(sends("POST", {}), std::size_t(1));
    QCOMPARE(sends("POST", {{"idempotency-key", "7"}}), std::size_t(2));
}

void TestRetryRunner::bodysWord_isReadWhereItUsuallyStands_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char *body, const char *outcome) {
        QTest::newRow(body) << QByteArray(body) << QString::fromLatin1(outcome);
    };
    row("{}", "503");
    row("[1]", "503");
    row("{'code':'x_y','retryable':false}", "503{code: x_y}{retryable: false}");
    row("{'error':{'code':'a','retriable':true}}", "503{code: a}{retryable: true}");
    row("{'error':'slow_down'}", "503{code: slow_down}");
    row("{'error':{'code':503,'status':'UNAVAILABLE','details':[{'@type':'type.googleapis.com/google.rpc.RetryInfo',"
        "'retryDelay':'1.5s'}]}}",
        "503{code: UNAVAILABLE}{retryDelay: 1.5s}");
    row("{'code':7,'retryable':'no'}", "503");
}

void TestRetryRunner::bodysWord_isReadWhereItUsuallyStands()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, outcome);
    QCOMPARE(outcomeText(errata::outcomeOf(answer(503, {}, QByteArray(body).replace('\'', '"')), {})), outcome);
}

void TestRetryRunner::cancelDuringTheWait_endsAtOnce()
{
    ManualClock clock;
    FakeTransport transport(clock, {answer(503)});
    RetryRunner runner(transport, clock);
    QSignalSpy finished(&runner, &RetryRunner::finished);
    runner.start({}, {}, intended(), half());
    clock.advance(Millis(500));
    runner.cancel();
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.front().front().value<Verdict>(), Verdict::Cancelled);
    QCOMPARE(runner.attempts().back().reason, Reason::CancelledByUser);
    QCOMPARE(runner.attempts().back().action, Attempt::Action::Stop);
    runToTheEnd(clock);
    QCOMPARE(transport.requests.size(), std::size_t(1));
    runner.cancel();
    QCOMPARE(finished.size(), 1);
}

void TestRetryRunner::cancelDuringTheSend_endsWithThatAttempt()
{
    ManualClock clock;
    FakeTransport transport(clock, {answer(503)});
    RetryRunner runner(transport, clock);
    QSignalSpy finished(&runner, &RetryRunner::finished);
    runner.start({}, {}, intended(), half());
    clock.advance(Millis(5));
    runner.cancel();
    runner.cancel();
    runToTheEnd(clock);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.front().front().value<Verdict>(), Verdict::Cancelled);
    QCOMPARE(runner.attempts().size(), std::size_t(1));
    QCOMPARE(runner.attempts().front().reason, Reason::CancelledByUser);
    QCOMPARE(runner.attempts().front().outcome.latency, Millis(5));
}

void TestRetryRunner::sendNow_skipsTheWait()
{
    ManualClock clock;
    FakeTransport transport(clock, {answer(503), answer(200)});
    RetryRunner runner(transport, clock);
    QSignalSpy finished(&runner, &RetryRunner::finished);
    runner.sendNow(); // nothing to skip
    runner.start({}, {}, intended(), half());
    runner.sendNow(); // an attempt is under way
    QCOMPARE(transport.requests.size(), std::size_t(1));
    clock.advance(Millis(110));
    runner.sendNow();
    QCOMPARE(transport.requests.size(), std::size_t(2));
    runToTheEnd(clock);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(transport.requests.size(), std::size_t(2));
    QCOMPARE(runner.attempts()[1].starts.actual, Millis(110));
}

void TestRetryRunner::startDuringTheWait_dropsTheOlderRun()
{
    ManualClock clock;
    FakeTransport transport(clock, {answer(503), answer(200)});
    RetryRunner runner(transport, clock);
    QSignalSpy finished(&runner, &RetryRunner::finished);
    runner.start({}, {}, intended(), half());
    clock.advance(Millis(500));
    HttpRequest second;
    second.url = "https://example.com/second";
    runner.start(second, {}, intended(), half());
    runner.start(second, {}, intended(), half()); // and one that is being sent
    runToTheEnd(clock);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(transport.requests.size(), std::size_t(3));
    QCOMPARE(runner.attempts().size(), std::size_t(1));
    QCOMPARE(transport.requests.back(), second);
}

void TestRetryRunner::startFromAListener_isNotDisturbed()
{
    ManualClock clock;
    FakeTransport transport(clock, {answer(503), answer(200)});
    RetryRunner runner(transport, clock);
    QSignalSpy finished(&runner, &RetryRunner::finished);
    bool restarted = false;
    connect(&runner, &RetryRunner::attemptFinished, this, [&] {
        if (!std::exchange(restarted, true))
            runner.start({}, {}, intended(), half());
    });
    runner.start({}, {}, intended(), half());
    runToTheEnd(clock);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(transport.requests.size(), std::size_t(2));
    QCOMPARE(runner.attempts().size(), std::size_t(1));
    QCOMPARE(runner.attempts().front().outcome.status, 200);
}

void TestRetryRunner::deletedByAListener_isSafe()
{
    ManualClock clock;
    FakeTransport transport(clock, {answer(503)});
    auto runner = std::make_unique<RetryRunner>(transport, clock);
    connect(runner.get(), &RetryRunner::attemptFinished, this, [&] { runner.reset(); });
    runner->start({}, {}, intended(), half());
    runToTheEnd(clock);
    QVERIFY(!runner);
    QCOMPARE(transport.requests.size(), std::size_t(1));
}

void TestRetryRunner::deadline_limitsTheAttempt()
{
    ManualClock clock;
    FakeTransport transport(clock, {answer(503)});
    RetryPolicy policy = intended();
    policy.deadline = Millis(1500);
    policy.attemptTimeout = Millis(800);
    RetryRunner runner(transport, clock);
    QSignalSpy finished(&runner, &RetryRunner::finished);
    SendOptions options;
    options.deadline = Millis(0);
    runner.start({}, options, policy, half());
    runToTheEnd(clock);
    QCOMPARE(transport.deadlines, (std::vector<Millis>{Millis(800), Millis(1500 - 1060)}));
    QCOMPARE(finished.front().front().value<Verdict>(), Verdict::Deadline);
}

void TestRetryRunner::noAttemptAllowed_finishesFromTheLoop()
{
    ManualClock clock;
    FakeTransport transport(clock, {answer(200)});
    RetryPolicy policy = intended();
    policy.maxAttempts = 0;
    RetryRunner runner(transport, clock);
    QSignalSpy finished(&runner, &RetryRunner::finished);
    runner.start({}, {}, policy, half());
    QCOMPARE(finished.size(), 0);
    clock.advance(Millis(0));
    QCOMPARE(finished.size(), 1);
    QVERIFY(transport.requests.empty());
}

void TestRetryRunner::impossibleRequest_isTriedAgainAsThePolicySays()
{
    ManualClock clock;
    FakeTransport transport(clock, {failure(NetworkError::InvalidRequest)});
    RetryRunner runner(transport, clock);
    runner.start({}, {}, intended(), half());
    runToTheEnd(clock);
    QCOMPARE(runner.attempts().size(), std::size_t(4));
    QVERIFY(!runner.attempts().front().wasSent());
    QCOMPARE(runner.attempts().front().reason, Reason::NotSentRetried);
    RetryPolicy policy = intended();
    policy.notSent = false;
    runner.start({}, {}, policy, half());
    runToTheEnd(clock);
    QCOMPARE(runner.attempts().size(), std::size_t(1));
}

void TestRetryRunner::outcomeOf_data()
{
    QTest::addColumn<SendResult>("result");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("answer") << answer(503) << QStringLiteral("503");
    QTest::newRow("headers") << answer(429, {{"Retry-After", "2"}}) << QStringLiteral("429:2");
    QTest::newRow("no JSON") << answer(200, {}, "<html>") << QStringLiteral("bad-body");
    QTest::newRow("error without JSON") << answer(503, {}, "<html>") << QStringLiteral("503");
    QTest::newRow("empty body") << answer(204, {}, "") << QStringLiteral("204");
    QTest::newRow("time-out") << failure(NetworkError::Timeout) << QStringLiteral("timeout");
    QTest::newRow("refused") << failure(NetworkError::Refused) << QStringLiteral("refused");
    QTest::newRow("closed") << failure(NetworkError::Closed) << QStringLiteral("reset");
    QTest::newRow("impossible") << failure(NetworkError::InvalidRequest) << QStringLiteral("not-sent");
    SendResult truncated = answer(200);
    truncated.failure.kind = NetworkError::Closed;
    QTest::newRow("truncated answer") << truncated << QStringLiteral("reset");
}

void TestRetryRunner::outcomeOf()
{
    QFETCH(SendResult, result);
    QFETCH(QString, outcome);
    RetryPolicy parsing;
    parsing.unreadableBody = true;
    QCOMPARE(outcomeText(errata::outcomeOf(result, parsing)), outcome);
}

void TestRetryRunner::bodyThatNobodyParses_isReadable()
{
    QVERIFY(errata::outcomeOf(answer(200, {}, "<html>"), {}).bodyReadable);
    QVERIFY(errata::outcomeOf(answer(503, {}, "<html>"), {}).bodyReadable);
}

QTEST_GUILESS_MAIN(TestRetryRunner)
#include "tst_retryrunner.moc"
