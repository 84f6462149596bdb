// Both engines: a send from its first hop to its one end: redirects, deadline, cancel, limits, and what is not shared.
#include "tests/support/sending.h"
#include "tests/support/testserver.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>

using namespace errata;
using Answer = TestServer::Answer;
using Then = TestServer::Then;
using Pace = TestServer::Pace;

namespace {

QByteArray redirectTo(int status, const QByteArray &location)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Go\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
}

} // namespace

class TransportCourseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void redirectChain_isRecorded_data() { addEngineRows(); }
    void redirectChain_isRecorded();
    void redirectLoop_isCut_data() { addEngineRows(); }
    void redirectLoop_isCut();
    void redirectLimit_isKept_data() { addEngineRows(); }
    void redirectLimit_isKept();
    void redirects_canBeLeftAlone_data();
    void redirects_canBeLeftAlone();
    void redirectToAnotherPort_dropsCredentials_data() { addEngineRows(); }
    void redirectToAnotherPort_dropsCredentials();
    void redirectToAnotherScheme_isNotFollowed_data() { addEngineRows(); }
    void redirectToAnotherScheme_isNotFollowed();
    void redirectWithPost_data();
    void redirectWithPost();
    void silentServer_runsIntoTheDeadline_data() { addEngineRows(); }
    void silentServer_runsIntoTheDeadline();
    void endlessHeaders_areStopped_data() { addEngineRows(); }
    void endlessHeaders_areStopped();
    void deadlineInTheBody_keepsWhatCame_data() { addEngineRows(); }
    void deadlineInTheBody_keepsWhatCame();
    void deadline_coversAllHops_data() { addEngineRows(); }
    void deadline_coversAllHops();
    void cancel_endsAtOnce_data() { addEngineRows(); }
    void cancel_endsAtOnce();
    void cancelTwice_finishesOnce_data() { addEngineRows(); }
    void cancelTwice_finishesOnce();
    void destroyedSend_closesItsConnection_data() { addEngineRows(); }
    void destroyedSend_closesItsConnection();
    void sendDeletedInItsOwnSlot_isFine_data() { addEngineRows(); }
    void sendDeletedInItsOwnSlot_isFine();
    void bodyOverTheLimit_isCut_data() { addEngineRows(); }
    void bodyOverTheLimit_isCut();
    void bodyOfExactlyTheLimit_isWhole_data() { addEngineRows(); }
    void bodyOfExactlyTheLimit_isWhole();
    void endlessBody_staysWithinTheLimit_data() { addEngineRows(); }
    void endlessBody_staysWithinTheLimit();
    void progress_growsUpToTheBody_data() { addEngineRows(); }
    void progress_growsUpToTheBody();
    void cookies_areNotKept_data() { addEngineRows(); }
    void cookies_areNotKept();
    void connections_areKeptForSafeMethodsOnly_data();
    void connections_areKeptForSafeMethodsOnly();
    void keptConnectionClosed_isNotSentAgain();
    void refusedExpectation_isNotSentAgain();
    void environmentProxy_isNotUsed_data() { addEngineRows(); }
    void environmentProxy_isNotUsed();
};

void TransportCourseTest::redirectChain_isRecorded()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.reply(redirectTo(301, "b"));
    server.reply(redirectTo(307, server.url("/c?d=%7B%7D")));
    server.reply(redirectTo(308, "/d%2fe f"));
    server.replyJson(404, "{}");

    const SendResult result = sent(engine, get(server.url("/x/a")));

    QCOMPARE(result.response->status, 404);
    QVERIFY(result.answered());
    QCOMPARE(result.redirects.size(), size_t(3));
    QCOMPARE(result.redirects[0].status, 301);
    QCOMPARE(result.redirects[0].from, server.url("/x/a"));
    QCOMPARE(result.redirects[0].to, server.url("/x/b"));
    QCOMPARE(result.redirects[1].to, server.url("/c?d=%7B%7D"));
    QCOMPARE(result.redirects[2].status, 308);
    QCOMPARE(result.redirects[2].from, server.url("/c?d=%7B%7D"));
    // As it went out: a Location's blank cannot, and Qt writes what is encoded in capitals.
    const QByteArray landed = engine == Engine::Curl ? "/d%2fe%20f" : "/d%2Fe%20f";
    QCOMPARE(result.redirects[2].to, server.url(landed));
    QVERIFY(!result.redirects[2].credentialsDropped);
    QCOMPARE(result.sends, 1);
    QCOMPARE(TestServer::requestLine(server.requests().at(3)), "GET " + landed + " HTTP/1.1");
}

void TransportCourseTest::redirectLoop_isCut()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.reply(redirectTo(302, "/b"));
    server.reply(redirectTo(302, "/a"));

    const SendResult result = sent(engine, get(server.url("/a")));

    QCOMPARE(result.failure.kind, NetworkError::TooManyRedirects);
    QVERIFY(result.failure.detail.contains(QStringLiteral("loop")));
    QCOMPARE(server.requests().size(), size_t(2));
    QCOMPARE(result.redirects.size(), size_t(2));
    QCOMPARE(result.response->status, 302);
}

void TransportCourseTest::redirectLimit_isKept()
{
    QFETCH(Engine, engine);
    TestServer server;
    for (int i = 1; i <= 5; ++i)
        server.reply(redirectTo(302, "/" + QByteArray::number(i)));
    SendOptions options;
    options.maxRedirects = 3;

    const SendResult result = sent(engine, get(server.url("/0")), options);

    QCOMPARE(result.failure.kind, NetworkError::TooManyRedirects);
    QCOMPARE(result.redirects.size(), size_t(3));
    QCOMPARE(server.requests().size(), size_t(4));
    QCOMPARE(result.response->headers.value("Location"), QByteArray("/4"));
}

void TransportCourseTest::redirects_canBeLeftAlone_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("method");
    for (const Engine engine : {Engine::Curl, Engine::Qt}) {
        for (const int status : {301, 302, 303, 307, 308}) {
            for (const char *method : {"GET", "POST"})
                QTest::addRow("%s: %d %s", nameOf(engine), status, method) << engine << status << QByteArray(method);
        }
    }
}

void TransportCourseTest::redirects_canBeLeftAlone()
{
    QFETCH(Engine, engine);
    QFETCH(int, status);
    QFETCH(QByteArray, method);
    TestServer server;
    server.reply("HTTP/1.1 " + QByteArray::number(status) + " Go\r\nLocation: /b\r\nContent-Length: 2\r\n\r\n{}");
    SendOptions options;
    options.followRedirects = false;

    const SendResult result = sent(engine, {method, server.url("/a"), {}, method == "POST" ? "{}" : ""}, options);

    QVERIFY(result.answered());
    QCOMPARE(result.response->status, status);
    QCOMPARE(result.response->body, QByteArray("{}"));
    QCOMPARE(result.response->headers.value("Location"), QByteArray("/b"));
    QVERIFY(result.redirects.empty());
    QCOMPARE(server.requests().size(), size_t(1));
}

void TransportCourseTest::redirectToAnotherPort_dropsCredentials()
{
    QFETCH(Engine, engine);
    TestServer first;
    TestServer second;
    first.reply(redirectTo(307, second.url("/landed")));
    second.replyJson(200, "{}");
    const HttpRequest request = {"POST",
                                 first.url("/a"),
                                 {{"Authorization", "Bearer secret"},
                                  {"Cookie", "session=secret"},
                                  {"X-Api-Key", "secret"},
                                  {"Content-Type", "application/json"}},
                                 "{}"};

    const SendResult result = sent(engine, request);

    QVERIFY(result.answered());
    QCOMPARE(result.redirects.size(), size_t(1));
    QVERIFY(result.redirects.front().credentialsDropped);
    QVERIFY(first.requests().front().contains("Bearer secret"));
    const QByteArray landed = second.requests().front();
    QVERIFY2(!landed.contains("secret"), landed.constData());
    QCOMPARE(TestServer::requestBody(landed), QByteArray("{}"));
    QCOMPARE(TestServer::requestHeaders(landed).value("Host"), "127.0.0.1:" + QByteArray::number(second.port()));
    QCOMPARE(headLines(landed), lines(result.sentHeaders));
}

void TransportCourseTest::redirectToAnotherScheme_isNotFollowed()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.reply(redirectTo(302, "file:///etc/passwd"));

    const SendResult result = sent(engine, get(server.url()));

    QCOMPARE(result.failure.kind, NetworkError::Protocol);
    QCOMPARE(result.response->status, 302);
    QVERIFY(result.redirects.empty());
}

void TransportCourseTest::redirectWithPost_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("body");
    const QByteArray body = "{\"n\":1.00}";
    for (const Engine engine : {Engine::Curl, Engine::Qt}) {
        for (const int status : {301, 302, 303, 307, 308}) {
            const bool kept = status > 303;
            QTest::addRow("%s: %d", nameOf(engine), status)
                << engine << status << QByteArray(kept ? "POST /b HTTP/1.1" : "GET /b HTTP/1.1")
                << (kept ? body : QByteArray());
        }
    }
}

void TransportCourseTest::redirectWithPost()
{
    QFETCH(Engine, engine);
    QFETCH(int, status);
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, body);
    TestServer server;
    server.reply(redirectTo(status, "/b"));
    server.replyJson(200, "{}");

    const SendResult result =
        sent(engine, {"POST", server.url("/a"), {{"Content-Type", "application/json"}}, "{\"n\":1.00}"});

    QVERIFY(result.answered());
    const QByteArray &second = server.requests().at(1);
    QCOMPARE(TestServer::requestLine(second), line);
    QCOMPARE(TestServer::requestBody(second), body);
    QCOMPARE(TestServer::requestHeaders(second).contains("Content-Type"), !body.isEmpty());
}

void TransportCourseTest::silentServer_runsIntoTheDeadline()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.replyNever();
    const SendResult result = sent(engine, get(server.url()), within(Millis(50)));
    QCOMPARE(result.failure.kind, NetworkError::Timeout);
    QVERIFY(!result.response);
    QCOMPARE(result.sends, 1);
    QVERIFY(result.timings.totalMs >= 50);
    QVERIFY(!result.sentHeaders.isEmpty());
}

void TransportCourseTest::endlessHeaders_areStopped()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.reply({"HTTP/1.1 200 OK\r\nX-Endless: 1\r\n", Then::KeepOpen, Pace::Endless});
    // Qt reads on, and only the deadline ends it.
    const bool counted = engine == Engine::Curl;
    const SendResult result = sent(engine, get(server.url()), within(counted ? Millis(0) : Millis(100)));
    QCOMPARE(result.failure.kind, counted ? NetworkError::TooManyHeaders : NetworkError::Timeout);
    QVERIFY(!result.response);
    QVERIFY(result.headBytes.size() <= limits::headerBlock);
}

void TransportCourseTest::deadlineInTheBody_keepsWhatCame()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.reply({"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello", Then::KeepOpen});
    const SendResult result = sent(engine, get(server.url()), within(Millis(500)));
    QCOMPARE(result.failure.kind, NetworkError::Timeout);
    QVERIFY(result.response);
    QCOMPARE(result.response->status, 200);
    QCOMPARE(result.response->body, QByteArray("hello"));
}

void TransportCourseTest::deadline_coversAllHops()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.reply(redirectTo(302, "/b"));
    server.replyNever();
    const SendResult result = sent(engine, get(server.url("/a")), within(Millis(500)));
    QCOMPARE(result.failure.kind, NetworkError::Timeout);
    QCOMPARE(result.redirects.size(), size_t(1));
    QVERIFY(result.timings.totalMs < 500 + 10'000); // one deadline, not one a hop; wide for a busy machine
}

void TransportCourseTest::cancel_endsAtOnce()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.replyNever();
    const auto transport = transportOf(engine);
    const auto pending = transport->send(get(server.url()), within(Millis::zero()));
    QVERIFY(QSignalSpy(&server, &TestServer::requestArrived).wait());
    QSignalSpy closed(&server, &TestServer::connectionClosed);

    pending->cancel();
    const SendResult result = resultOf(*pending);

    QCOMPARE(result.failure.kind, NetworkError::Cancelled);
    QTRY_COMPARE(closed.size(), 1);
}

void TransportCourseTest::cancelTwice_finishesOnce()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.replyNever();
    const auto transport = transportOf(engine);
    const auto pending = transport->send(get(server.url()), {});
    QSignalSpy finished(pending.get(), &PendingSend::finished);
    pending->cancel();
    pending->cancel();
    QCOMPARE(finished.size(), 0); // never from inside the call
    QTRY_COMPARE(finished.size(), 1);
    pending->cancel();
    QCoreApplication::processEvents();
    QCOMPARE(finished.size(), 1);
}

void TransportCourseTest::destroyedSend_closesItsConnection()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.replyNever();
    const auto transport = transportOf(engine);
    auto pending = transport->send(get(server.url()), {});
    QVERIFY(QSignalSpy(&server, &TestServer::requestArrived).wait());
    QSignalSpy closed(&server, &TestServer::connectionClosed);
    pending.reset();
    QTRY_COMPARE(closed.size(), 1);
}

void TransportCourseTest::sendDeletedInItsOwnSlot_isFine()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.replyJson(200, QByteArray(200'000, 'x'));
    const auto transport = transportOf(engine);
    auto pending = transport->send(get(server.url()), {});
    int status = 0;
    connect(pending.get(), &PendingSend::finished, this, [&](const SendResult &result) {
        pending.reset();
        status = result.response->status;
    });
    QTRY_COMPARE(status, 200);

    pending = transport->send(get(server.url()), {});
    connect(pending.get(), &PendingSend::progress, this, [&] { pending.reset(); });
    QTRY_VERIFY(!pending);
}

void TransportCourseTest::bodyOverTheLimit_isCut()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.replyJson(200, QByteArray(300'000, 'x'));
    SendOptions options;
    options.bodyLimit = 100'000;
    const SendResult result = sent(engine, get(server.url()), options);
    QCOMPARE(result.failure.kind, NetworkError::TooLarge);
    QCOMPARE(result.response->status, 200);
    QCOMPARE(result.response->body.size(), 100'000);
}

void TransportCourseTest::bodyOfExactlyTheLimit_isWhole()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.replyJson(200, QByteArray(100'000, 'x'));
    SendOptions options;
    options.bodyLimit = 100'000;
    const SendResult result = sent(engine, get(server.url()), options);
    QVERIFY(result.answered());
    QCOMPARE(result.response->body.size(), 100'000);
}

void TransportCourseTest::endlessBody_staysWithinTheLimit()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.reply({"HTTP/1.1 200 OK\r\n\r\n" + QByteArray(80, 'x') + "\n", Then::KeepOpen, Pace::Endless});
    SendOptions options;
    options.bodyLimit = 2'000'000;
    const SendResult result = sent(engine, get(server.url()), options);
    QCOMPARE(result.failure.kind, NetworkError::TooLarge);
    QCOMPARE(result.response->body.size(), 2'000'000);
}

void TransportCourseTest::progress_growsUpToTheBody()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.replyJson(200, QByteArray(1'000'000, 'x'));
    const auto transport = transportOf(engine);
    const auto pending = transport->send(get(server.url()), {});
    QSignalSpy progress(pending.get(), &PendingSend::progress);
    QVERIFY(resultOf(*pending).answered());
    QVERIFY(!progress.isEmpty());
    qint64 before = 0;
    for (const QList<QVariant> &step : std::as_const(progress)) {
        QVERIFY(step.at(0).toLongLong() >= before);
        before = step.at(0).toLongLong();
        QCOMPARE(step.at(1).toLongLong(), 1'000'000);
    }
    QCOMPARE(before, 1'000'000);
}

void TransportCourseTest::cookies_areNotKept()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.reply("HTTP/1.1 302 Go\r\nLocation: /b\r\nSet-Cookie: a=1; Path=/\r\nContent-Length: 0\r\n\r\n");
    server.replyJson(200, "{}");
    QVERIFY(sent(engine, get(server.url("/a"))).answered());
    QVERIFY(sent(engine, get(server.url("/c"))).answered());
    QCOMPARE(server.requests().size(), size_t(3));
    for (const QByteArray &request : server.requests())
        QVERIFY(!TestServer::requestHeaders(request).contains("Cookie"));
}

void TransportCourseTest::connections_areKeptForSafeMethodsOnly_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("connections"); // of three sends
    const auto row = [](Engine engine, const char *method, int connections) {
        QTest::addRow("%s: %s", nameOf(engine), method) << engine << QByteArray(method) << connections;
    };
    row(Engine::Curl, "GET", 1);
    row(Engine::Curl, "HEAD", 1);
    row(Engine::Curl, "POST", 3);
    row(Engine::Curl, "DELETE", 3);
    row(Engine::Qt, "GET", 3); // each hop has a manager of its own
}

void TransportCourseTest::connections_areKeptForSafeMethodsOnly()
{
    QFETCH(Engine, engine);
    QFETCH(QByteArray, method);
    QFETCH(int, connections);
    TestServer server;
    server.reply({ok(method == "HEAD" ? "" : "hi"), Then::KeepOpen});
    const auto transport = transportOf(engine);
    for (int i = 0; i < 3; ++i) {
        const SendResult result = resultOf(*transport->send({method, server.url(), {}, {}}, {}));
        QVERIFY2(result.answered(), qPrintable(result.failure.detail));
        QCOMPARE(result.sends, 1);
        QCOMPARE(result.reused, connections == 1 && i > 0);
        QVERIFY(!result.reused || !result.timings.connectMs); // nothing was connected
    }
    QCOMPARE(server.connections(), connections);
    QCOMPARE(server.requests().size(), size_t(3));
}

/// The server answers once, reads the next request on the same connection and closes. libcurl would send that one
/// again over a new connection.
void TransportCourseTest::keptConnectionClosed_isNotSentAgain()
{
    TestServer server;
    server.reply({ok("hi"), Then::KeepOpen});
    server.replyByClosing();
    const auto transport = transportOf(Engine::Curl);
    QVERIFY(resultOf(*transport->send(get(server.url()), {})).answered());

    const SendResult result = resultOf(*transport->send(get(server.url()), {}));

    QCOMPARE(result.failure.kind, NetworkError::Closed);
    QVERIFY2(result.failure.detail.contains(QStringLiteral("second time")), qPrintable(result.failure.detail));
    QCOMPARE(result.sends, 1);
    QCOMPARE(server.requests().size(), size_t(2));
}

/// The server refuses before the body is sent; libcurl would send the request again without "Expect".
void TransportCourseTest::refusedExpectation_isNotSentAgain()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const auto heads = std::make_shared<int>(0);
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [heads, socket] {
            *heads += static_cast<int>(socket->readAll().count("\r\n\r\n"));
            socket->write("HTTP/1.1 417 No\r\nContent-Length: 2\r\n\r\n{}");
        });
    });
    const QByteArray url = "http://127.0.0.1:" + QByteArray::number(server.serverPort());
    const SendResult result = sent(Engine::Curl, {"POST", url, {{"Expect", "100-continue"}}, "{}"});
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(result.response->status, 417);
    QCOMPARE(result.sends, 1);
    QCOMPARE(*heads, 1);
}

void TransportCourseTest::environmentProxy_isNotUsed()
{
    QFETCH(Engine, engine);
    TestServer proxy;
    TestServer server;
    proxy.replyJson(502, "{}");
    server.replyJson(200, "{}");
    const QByteArray before = qgetenv("http_proxy");
    qputenv("http_proxy", proxy.url());
    const SendResult result = sent(engine, get(server.url()));
    before.isNull() ? qunsetenv("http_proxy") : qputenv("http_proxy", before);
    QCOMPARE(result.response->status, 200);
    QCOMPARE(proxy.connections(), 0);
}

QTEST_GUILESS_MAIN(TransportCourseTest)
#include "tst_transportcourse.moc"
