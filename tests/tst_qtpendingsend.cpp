// A send from its first hop to its one end: redirects, deadline, cancel, limits, and what is not shared.
#include "models/net/qttransport.h"
#include "tests/support/sending.h"
#include "tests/support/testserver.h"

#include <QSignalSpy>
#include <QTest>

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

class QtPendingSendTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void redirectChain_isRecorded();
    void redirectLoop_isCut();
    void redirectLimit_isKept();
    void redirects_canBeLeftAlone_data();
    void redirects_canBeLeftAlone();
    void redirectToAnotherPort_dropsCredentials();
    void redirectToAnotherScheme_isNotFollowed();
    void redirectWithPost_data();
    void redirectWithPost();
    void silentServer_runsIntoTheDeadline();
    void endlessHeaders_runIntoTheDeadline();
    void deadlineInTheBody_keepsWhatCame();
    void deadline_coversAllHops();
    void cancel_endsAtOnce();
    void cancelTwice_finishesOnce();
    void destroyedSend_closesItsConnection();
    void sendDeletedInItsOwnSlot_isFine();
    void bodyOverTheLimit_isCut();
    void bodyOfExactlyTheLimit_isWhole();
    void endlessBody_staysWithinTheLimit();
    void progress_growsUpToTheBody();
    void cookies_areNotKept();
    void connections_areNotShared();
    void environmentProxy_isNotUsed();
};

void QtPendingSendTest::redirectChain_isRecorded()
{
    TestServer server;
    server.reply(redirectTo(301, "b"));
    server.reply(redirectTo(307, server.url("/c?d=%7B%7D")));
    server.reply(redirectTo(308, "/d%2fe f"));
    server.replyJson(404, "{}");

    const SendResult result = sent(get(server.url("/x/a")));

    QCOMPARE(result.response->status, 404);
    QVERIFY(result.answered());
    QCOMPARE(result.redirects.size(), size_t(3));
    QCOMPARE(result.redirects[0].status, 301);
    QCOMPARE(result.redirects[0].from, server.url("/x/a"));
    QCOMPARE(result.redirects[0].to, server.url("/x/b"));
    QCOMPARE(result.redirects[1].to, server.url("/c?d=%7B%7D"));
    QCOMPARE(result.redirects[2].status, 308);
    QCOMPARE(result.redirects[2].from, server.url("/c?d=%7B%7D"));
    QCOMPARE(result.redirects[2].to, server.url("/d%2Fe%20f")); // as it went out
    QVERIFY(!result.redirects[2].credentialsDropped);
    QCOMPARE(result.sends, 1);
    QCOMPARE(TestServer::requestLine(server.requests().at(3)), QByteArray("GET /d%2Fe%20f HTTP/1.1"));
}

void QtPendingSendTest::redirectLoop_isCut()
{
    TestServer server;
    server.reply(redirectTo(302, "/b"));
    server.reply(redirectTo(302, "/a"));

    const SendResult result = sent(get(server.url("/a")));

    QCOMPARE(result.failure.kind, NetworkError::TooManyRedirects);
    QVERIFY(result.failure.detail.contains(QStringLiteral("loop")));
    QCOMPARE(server.requests().size(), size_t(2));
    QCOMPARE(result.redirects.size(), size_t(2));
    QCOMPARE(result.response->status, 302);
}

void QtPendingSendTest::redirectLimit_isKept()
{
    TestServer server;
    for (int i = 1; i <= 5; ++i)
        server.reply(redirectTo(302, "/" + QByteArray::number(i)));
    SendOptions options;
    options.maxRedirects = 3;

    const SendResult result = sent(get(server.url("/0")), options);

    QCOMPARE(result.failure.kind, NetworkError::TooManyRedirects);
    QCOMPARE(result.redirects.size(), size_t(3));
    QCOMPARE(server.requests().size(), size_t(4));
    QCOMPARE(result.response->headers.value("Location"), QByteArray("/4"));
}

void QtPendingSendTest::redirects_canBeLeftAlone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("method");
    for (const int status : {301, 302, 303, 307, 308}) {
        for (const char *method : {"GET", "POST"})
            QTest::addRow("%d %s", status, method) << status << QByteArray(method);
    }
}

void QtPendingSendTest::redirects_canBeLeftAlone()
{
    QFETCH(int, status);
    QFETCH(QByteArray, method);
    TestServer server;
    server.reply("HTTP/1.1 " + QByteArray::number(status) + " Go\r\nLocation: /b\r\nContent-Length: 2\r\n\r\n{}");
    SendOptions options;
    options.followRedirects = false;

    const SendResult result = sent({method, server.url("/a"), {}, method == "POST" ? "{}" : ""}, options);

    QVERIFY(result.answered());
    QCOMPARE(result.response->status, status);
    QCOMPARE(result.response->body, QByteArray("{}"));
    QCOMPARE(result.response->headers.value("Location"), QByteArray("/b"));
    QVERIFY(result.redirects.empty());
    QCOMPARE(server.requests().size(), size_t(1));
}

void QtPendingSendTest::redirectToAnotherPort_dropsCredentials()
{
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

    const SendResult result = sent(request);

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

void QtPendingSendTest::redirectToAnotherScheme_isNotFollowed()
{
    TestServer server;
    server.reply(redirectTo(302, "file:///etc/passwd"));

    const SendResult result = sent(get(server.url()));

    QCOMPARE(result.failure.kind, NetworkError::Protocol);
    QCOMPARE(result.response->status, 302);
    QVERIFY(result.redirects.empty());
}

void QtPendingSendTest::redirectWithPost_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("body");
    for (const int status : {301, 302, 303})
        QTest::addRow("%d", status) << status << QByteArray("GET /b HTTP/1.1") << QByteArray();
    for (const int status : {307, 308})
        QTest::addRow("%d", status) << status << QByteArray("POST /b HTTP/1.1") << QByteArray("{\"n\":1.00}");
}

void QtPendingSendTest::redirectWithPost()
{
    QFETCH(int, status);
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, body);
    TestServer server;
    server.reply(redirectTo(status, "/b"));
    server.replyJson(200, "{}");

    const SendResult result = sent({"POST", server.url("/a"), {{"Content-Type", "application/json"}}, "{\"n\":1.00}"});

    QVERIFY(result.answered());
    const QByteArray &second = server.requests().at(1);
    QCOMPARE(TestServer::requestLine(second), line);
    QCOMPARE(TestServer::requestBody(second), body);
    QCOMPARE(TestServer::requestHeaders(second).contains("Content-Type"), !body.isEmpty());
}

void QtPendingSendTest::silentServer_runsIntoTheDeadline()
{
    TestServer server;
    server.replyNever();
    const SendResult result = sent(get(server.url()), within(Millis(50)));
    QCOMPARE(result.failure.kind, NetworkError::Timeout);
    QVERIFY(!result.response);
    QCOMPARE(result.sends, 1);
    QVERIFY(result.timings.totalMs >= 50);
    QVERIFY(!result.sentHeaders.isEmpty());
}

void QtPendingSendTest::endlessHeaders_runIntoTheDeadline()
{
    TestServer server;
    server.reply({"HTTP/1.1 200 OK\r\nX-Endless: 1\r\n", Then::KeepOpen, Pace::Endless});
    const SendResult result = sent(get(server.url()), within(Millis(100)));
    QCOMPARE(result.failure.kind, NetworkError::Timeout);
    QVERIFY(!result.response);
}

void QtPendingSendTest::deadlineInTheBody_keepsWhatCame()
{
    TestServer server;
    server.reply({"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello", Then::KeepOpen});
    const SendResult result = sent(get(server.url()), within(Millis(500)));
    QCOMPARE(result.failure.kind, NetworkError::Timeout);
    QVERIFY(result.response);
    QCOMPARE(result.response->status, 200);
    QCOMPARE(result.response->body, QByteArray("hello"));
}

void QtPendingSendTest::deadline_coversAllHops()
{
    TestServer server;
    server.reply(redirectTo(302, "/b"));
    server.replyNever();
    const SendResult result = sent(get(server.url("/a")), within(Millis(500)));
    QCOMPARE(result.failure.kind, NetworkError::Timeout);
    QCOMPARE(result.redirects.size(), size_t(1));
    QVERIFY(result.timings.totalMs < 500 + 10'000); // one deadline, not one a hop; wide for a busy machine
}

void QtPendingSendTest::cancel_endsAtOnce()
{
    TestServer server;
    server.replyNever();
    QtTransport transport;
    const auto pending = transport.send(get(server.url()), within(Millis::zero()));
    QVERIFY(QSignalSpy(&server, &TestServer::requestArrived).wait());
    QSignalSpy closed(&server, &TestServer::connectionClosed);

    pending->cancel();
    const SendResult result = resultOf(*pending);

    QCOMPARE(result.failure.kind, NetworkError::Cancelled);
    QTRY_COMPARE(closed.size(), 1);
}

void QtPendingSendTest::cancelTwice_finishesOnce()
{
    TestServer server;
    server.replyNever();
    QtTransport transport;
    const auto pending = transport.send(get(server.url()), {});
    QSignalSpy finished(pending.get(), &PendingSend::finished);
    pending->cancel();
    pending->cancel();
    QCOMPARE(finished.size(), 0); // never from inside the call
    QTRY_COMPARE(finished.size(), 1);
    pending->cancel();
    QCoreApplication::processEvents();
    QCOMPARE(finished.size(), 1);
}

void QtPendingSendTest::destroyedSend_closesItsConnection()
{
    TestServer server;
    server.replyNever();
    QtTransport transport;
    auto pending = transport.send(get(server.url()), {});
    QVERIFY(QSignalSpy(&server, &TestServer::requestArrived).wait());
    QSignalSpy closed(&server, &TestServer::connectionClosed);
    pending.reset();
    QTRY_COMPARE(closed.size(), 1);
}

void QtPendingSendTest::sendDeletedInItsOwnSlot_isFine()
{
    TestServer server;
    server.replyJson(200, QByteArray(200'000, 'x'));
    QtTransport transport;
    auto pending = transport.send(get(server.url()), {});
    int status = 0;
    connect(pending.get(), &PendingSend::finished, this, [&](const SendResult &result) {
        pending.reset();
        status = result.response->status;
    });
    QTRY_COMPARE(status, 200);

    pending = transport.send(get(server.url()), {});
    connect(pending.get(), &PendingSend::progress, this, [&] { pending.reset(); });
    QTRY_VERIFY(!pending);
}

void QtPendingSendTest::bodyOverTheLimit_isCut()
{
    TestServer server;
    server.replyJson(200, QByteArray(300'000, 'x'));
    SendOptions options;
    options.bodyLimit = 100'000;
    const SendResult result = sent(get(server.url()), options);
    QCOMPARE(result.failure.kind, NetworkError::TooLarge);
    QCOMPARE(result.response->status, 200);
    QCOMPARE(result.response->body.size(), 100'000);
}

void QtPendingSendTest::bodyOfExactlyTheLimit_isWhole()
{
    TestServer server;
    server.replyJson(200, QByteArray(100'000, 'x'));
    SendOptions options;
    options.bodyLimit = 100'000;
    const SendResult result = sent(get(server.url()), options);
    QVERIFY(result.answered());
    QCOMPARE(result.response->body.size(), 100'000);
}

void QtPendingSendTest::endlessBody_staysWithinTheLimit()
{
    TestServer server;
    server.reply({"HTTP/1.1 200 OK\r\n\r\n" + QByteArray(80, 'x') + "\n", Then::KeepOpen, Pace::Endless});
    SendOptions options;
    options.bodyLimit = 2'000'000;
    const SendResult result = sent(get(server.url()), options);
    QCOMPARE(result.failure.kind, NetworkError::TooLarge);
    QCOMPARE(result.response->body.size(), 2'000'000);
}

void QtPendingSendTest::progress_growsUpToTheBody()
{
    TestServer server;
    server.replyJson(200, QByteArray(1'000'000, 'x'));
    QtTransport transport;
    const auto pending = transport.send(get(server.url()), {});
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

void QtPendingSendTest::cookies_areNotKept()
{
    TestServer server;
    server.reply("HTTP/1.1 302 Go\r\nLocation: /b\r\nSet-Cookie: a=1; Path=/\r\nContent-Length: 0\r\n\r\n");
    server.replyJson(200, "{}");
    QVERIFY(sent(get(server.url("/a"))).answered());
    QVERIFY(sent(get(server.url("/c"))).answered());
    QCOMPARE(server.requests().size(), size_t(3));
    for (const QByteArray &request : server.requests())
        QVERIFY(!TestServer::requestHeaders(request).contains("Cookie"));
}

void QtPendingSendTest::connections_areNotShared()
{
    TestServer server;
    server.reply({ok("hi"), Then::KeepOpen});
    QVERIFY(sent(get(server.url())).answered());
    QVERIFY(sent(get(server.url())).answered());
    QCOMPARE(server.connections(), 2);
}

void QtPendingSendTest::environmentProxy_isNotUsed()
{
    TestServer proxy;
    TestServer server;
    proxy.replyJson(502, "{}");
    server.replyJson(200, "{}");
    const QByteArray before = qgetenv("http_proxy");
    qputenv("http_proxy", proxy.url());
    const SendResult result = sent(get(server.url()));
    before.isNull() ? qunsetenv("http_proxy") : qputenv("http_proxy", before);
    QCOMPARE(result.response->status, 200);
    QCOMPARE(proxy.connections(), 0);
}

QTEST_GUILESS_MAIN(QtPendingSendTest)
#include "tst_qtpendingsend.moc"
