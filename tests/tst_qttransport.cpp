// The Qt engine against a real server on loopback. Where Qt differs from what was sent, the row says so.
#include "models/net/qttransport.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTest>

using namespace errata;
using Answer = TestServer::Answer;
using Then = TestServer::Then;
using Pace = TestServer::Pace;

namespace {

constexpr auto generous = std::chrono::seconds(30); // never reached by a test that passes

HttpRequest get(const QByteArray &url)
{
    return {"GET", url, {}, {}};
}

SendOptions within(Millis deadline)
{
    SendOptions options;
    options.deadline = deadline;
    return options;
}

SendResult resultOf(PendingSend &pending)
{
    QSignalSpy spy(&pending, &PendingSend::finished);
    if (!spy.wait(generous.count() * 1000))
        return {};
    QCoreApplication::processEvents();
    return spy.size() == 1 ? spy.at(0).at(0).value<SendResult>() : SendResult{};
}

SendResult sent(const HttpRequest &request, const SendOptions &options = {})
{
    QtTransport transport;
    const std::unique_ptr<PendingSend> pending = transport.send(request, options);
    return resultOf(*pending);
}

/// "Name: value" lines, in order.
QByteArrayList lines(const Headers &headers)
{
    QByteArrayList all;
    for (const Header &header : headers)
        all.append(header.name + ": " + header.value);
    return all;
}

/// The header lines of a request as the server read them.
QByteArrayList headLines(const QByteArray &request)
{
    QByteArrayList all = request.left(request.indexOf("\r\n\r\n")).replace("\r\n", "\n").split('\n');
    all.removeFirst();
    return all;
}

QByteArray ok(const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray redirectTo(int status, const QByteArray &location)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Go\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
}

} // namespace

class QtTransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void requests_data();
    void requests();
    void redirectChain_isRecorded();
    void redirectLoop_isCut();
    void redirectLimit_isKept();
    void redirects_canBeLeftAlone_data();
    void redirects_canBeLeftAlone();
    void redirectToAnotherPort_dropsCredentials();
    void redirectToAnotherScheme_isNotFollowed();
    void redirectWithPost_data();
    void redirectWithPost();
    void closedWithoutAnswer_sendsOnce_data();
    void closedWithoutAnswer_sendsOnce();
    void refusedRequests_data();
    void refusedRequests();
    void nobodyListens_isRefused();
    void unknownHost_isDns();
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
    void largeBody_arrivesWhole();
    void endlessBody_staysWithinTheLimit();
    void largeUpload_arrivesWhole();
    void progress_growsUpToTheBody();
    void cookies_areNotKept();
    void connections_areNotShared();
    void environmentProxy_isNotUsed();
    void timings_areInOrder();
    void selfSignedCertificate_isATlsFailure();
    void trustedCertificate_works();
    void factory_knowsItsName();
};

extern "C" errata::Transport *errata_create_transport(const char *engine);

void QtTransportTest::answers_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<int>("status"); // 0: no answer at all
    QTest::addColumn<QByteArrayList>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<NetworkError>("failure");

    const auto row = [](const char *name, const Answer &answer, int status, const QByteArrayList &headers,
                        const QByteArray &body, NetworkError failure = NetworkError::None,
                        const QByteArray &method = "GET") {
        QTest::newRow(name) << method << answer << status << headers << body << failure;
    };
    const QByteArrayList two = {"Content-Length: 2"};
    const QByteArrayList chunked = {"Transfer-Encoding: chunked"};

    row("plain", {ok("hi")}, 200, two, "hi");
    row("a byte a millisecond", {ok("hi"), Then::Close, Pace::Drip}, 200, two, "hi");
    row("kept open", {ok("hi"), Then::KeepOpen}, 200, two, "hi");
    row("until the connection closes", {"HTTP/1.1 200 OK\r\n\r\nhello"}, 200, {}, "hello");
    row("HTTP/1.0", {"HTTP/1.0 200 OK\r\n\r\nhello"}, 200, {}, "hello");
    row("longer than announced", {ok("hi") + "more"}, 200, two, "hi");
    row("429 is an answer", {"HTTP/1.1 429 Too Many\r\nRetry-After: 2\r\nContent-Length: 2\r\n\r\n{}"}, 429,
        {"Retry-After: 2", "Content-Length: 2"}, "{}");
    row("401 is an answer", {"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 2\r\n\r\n{}"},
        401, {"WWW-Authenticate: Basic realm=\"x\"", "Content-Length: 2"}, "{}");
    row("407 is an answer", {"HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 2\r\n\r\n{}"},
        407, {"Proxy-Authenticate: Basic realm=\"x\"", "Content-Length: 2"}, "{}");
    row("401 after a body", {"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 2\r\n\r\n{}"},
        401, {"WWW-Authenticate: Basic realm=\"x\"", "Content-Length: 2"}, "{}", NetworkError::None, "POST");
    row("401 that asks for Bearer", {"HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\n\r\n{}"},
        401, {"WWW-Authenticate: Bearer error=\"invalid_token\""}, "{}");
    row("307 without a Location", {"HTTP/1.1 307 Go\r\nContent-Length: 2\r\n\r\n{}"}, 307, two, "{}",
        NetworkError::None, "POST");
    row("101", {"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", Then::KeepOpen}, 101, {"Upgrade: x"}, "");
    row("503 is an answer", {"HTTP/1.1 503 Busy\r\nContent-Length: 2\r\n\r\n{}"}, 503, two, "{}");
    row("599 is an answer", {"HTTP/1.1 599 Odd\r\nContent-Length: 2\r\n\r\n{}"}, 599, two, "{}");
    row("204", {"HTTP/1.1 204 No Content\r\n\r\n", Then::KeepOpen}, 204, {}, "");
    row("304", {"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", Then::KeepOpen}, 304, {"Content-Length: 5"},
        "");
    row("HEAD", {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", Then::KeepOpen}, 200, two, "", NetworkError::None,
        "HEAD");
    row("HEAD of an error", {"HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\n", Then::KeepOpen}, 404, two, "",
        NetworkError::None, "HEAD");
    row("100 before the answer", {"HTTP/1.1 100 Continue\r\n\r\n" + ok("hi")}, 200, two, "hi");
    row("a status without a reason", {"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi"}, 200, two, "hi");
    row("no content", {ok("")}, 200, {"Content-Length: 0"}, "");
    row("gzip is left as it came",
        {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08"}, 200,
        {"Content-Encoding: gzip", "Content-Length: 3"}, "\x1f\x8b\x08");
    row("bytes that are no text", {ok(QByteArray("\0\xff\r\n\n", 5))}, 200, {"Content-Length: 5"},
        QByteArray("\0\xff\r\n\n", 5));

    row("chunked", {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n"}, 200,
        chunked, "hello");
    row("chunked, dripping",
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", Then::KeepOpen,
         Pace::Drip},
        200, chunked, "hello");
    row("chunked with trailers",
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Trailer: 1\r\n\r\n"}, 200, chunked,
        "hi");

    row("short of what was announced", {"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello"}, 200,
        {"Content-Length: 20"}, "hello", NetworkError::Closed);
    row("reset in the body", {"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello", Then::Reset}, 200,
        {"Content-Length: 20"}, "hello", NetworkError::Closed);
    row("an error cut short", {"HTTP/1.1 500 No\r\nContent-Length: 20\r\n\r\nhello"}, 500, {"Content-Length: 20"},
        "hello", NetworkError::Closed);
    row("a chunk cut short", {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"}, 200, chunked, "hel",
        NetworkError::Closed);
    row("closed between chunks", {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n"}, 200, chunked,
        "he", NetworkError::Closed);
    row("until the connection closes, after a body", {"HTTP/1.1 200 OK\r\n\r\nhello"}, 200, {}, "hello",
        NetworkError::None, "POST");
    row("Qt takes a chunk without a size for the last",
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"}, 200, chunked, "",
        NetworkError::None);
    row("closed in the headers", {"HTTP/1.1 200 OK\r\nContent-Le"}, 0, {}, "", NetworkError::Closed);
    row("reset in the headers", {"HTTP/1.1 200 OK\r\nContent-Le", Then::Reset}, 0, {}, "", NetworkError::Closed);
    row("closed in the status line", {"HTTP/1."}, 0, {}, "", NetworkError::Closed);
    // Qt closes the connection itself then and says no more than that.
    row("not HTTP", {"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"}, 0, {}, "", NetworkError::Closed);
    row("not HTTP, kept open", {"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", Then::KeepOpen}, 0, {}, "", NetworkError::Closed);
    row("a TLS alert", {QByteArray("\x15\x03\x03\x00\x02\x02\x0a", 7)}, 0, {}, "", NetworkError::Closed);
    row("a status of letters", {"HTTP/1.1 abc OK\r\n\r\n"}, 0, {}, "", NetworkError::Closed);
    row("not HTTP, after a body", {"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"}, 0, {}, "", NetworkError::Closed, "POST");

    row("Qt joins what comes twice", {"HTTP/1.1 200 OK\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 0\r\n\r\n"}, 200,
        {"X-A: 1, 2", "Content-Length: 0"}, "");
    row("Set-Cookie stays apart",
        {"HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\r\nSet-Cookie: b=2\r\n"
         "Content-Length: 0\r\n\r\n"},
        200, {"Set-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "Set-Cookie: b=2", "Content-Length: 0"}, "");
    row("Qt leaves out an empty field", {"HTTP/1.1 200 OK\r\nX-Empty:\r\nContent-Length: 0\r\n\r\n"}, 200,
        {"Content-Length: 0"}, "");
    row("103 ends it for Qt", {"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok("hi")}, 103, {"Link: </a>"}, "",
        NetworkError::Protocol);
}

void QtTransportTest::answers()
{
    QFETCH(QByteArray, method);
    QFETCH(Answer, answer);
    QFETCH(int, status);
    QFETCH(NetworkError, failure);
    TestServer server;
    server.reply(answer);

    const SendResult result = sent({method, server.url(), {}, method == "POST" ? "{}" : ""});

    QCOMPARE(result.response ? result.response->status : 0, status);
    QVERIFY2(result.failure.kind == failure,
             qPrintable(QStringLiteral("%1: %2").arg(int(result.failure.kind)).arg(result.failure.detail)));
    QCOMPARE(result.failure.detail.isEmpty(), failure == NetworkError::None);
    QCOMPARE(result.answered(), failure == NetworkError::None);
    const HttpResponse response = result.response.value_or(HttpResponse());
    QTEST(lines(response.headers), "headers");
    QTEST(response.body, "body");
    QCOMPARE(result.sends, 1);
    QCOMPARE(server.requests().size(), size_t(1));
}

void QtTransportTest::requests_data()
{
    QTest::addColumn<HttpRequest>("request"); // the address is a path
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char *name, const HttpRequest &request, const char *line) {
        QTest::newRow(name) << request << QByteArray(line);
    };
    const Headers json = {{"Content-Type", "application/json"}};
    row("GET", {"GET", "/", {}, {}}, "GET / HTTP/1.1");
    row("no path", {"GET", "", {}, {}}, "GET / HTTP/1.1");
    row("no path, a query", {"GET", "?a=b", {}, {}}, "GET /?a=b HTTP/1.1");
    row("encoded bytes", {"GET", "/a%2Fb%E4?c=%20%2B+d&e=%26", {}, {}}, "GET /a%2Fb%E4?c=%20%2B+d&e=%26 HTTP/1.1");
    row("several slashes", {"GET", "/a//b/", {}, {}}, "GET /a//b/ HTTP/1.1");
    row("empty query", {"GET", "/x?", {}, {}}, "GET /x? HTTP/1.1");
    row("marks that need no encoding", {"GET", "/a;b:c@d/[e]", {}, {}}, "GET /a;b:c@d/[e] HTTP/1.1");
    row("fragment stays here", {"GET", "/x#part", {}, {}}, "GET /x HTTP/1.1");
    row("headers", {"GET", "/", {{"x-api-key", "k"}, {"X-Empty", ""}, {"Cookie", "a=1"}}, {}}, "GET / HTTP/1.1");
    row("own defaults", {"GET", "/", {{"User-Agent", "me"}, {"Accept-Language", "de"}, {"Host", "virtual"}}, {}},
        "GET / HTTP/1.1");
    row("POST keeps its query", {"POST", "/x?a=b", json, "{}"}, "POST /x?a=b HTTP/1.1");
    row("POST without a body", {"POST", "/x?a=b", {}, {}}, "POST /x?a=b HTTP/1.1");
    row("POST without a type", {"POST", "/", {}, "{}"}, "POST / HTTP/1.1");
    row("bytes that are no text", {"PUT", "/", {}, QByteArray("\0\xff\r\n\n", 5)}, "PUT / HTTP/1.1");
    row("GET with a body", {"GET", "/", json, "{}"}, "GET / HTTP/1.1");
    row("DELETE", {"DELETE", "/", {}, {}}, "DELETE / HTTP/1.1");
    row("DELETE with a body", {"DELETE", "/", json, "{}"}, "DELETE / HTTP/1.1");
    row("PATCH", {"PATCH", "/", json, "{}"}, "PATCH / HTTP/1.1");
    row("OPTIONS", {"OPTIONS", "/", {}, {}}, "OPTIONS / HTTP/1.1");
    row("a method of one's own", {"pUrGe", "/", {}, {}}, "pUrGe / HTTP/1.1");
    row("HEAD", {"HEAD", "/", {}, {}}, "HEAD / HTTP/1.1");
    row("HEAD with a body", {"HEAD", "/", json, "{}"}, "HEAD / HTTP/1.1");
}

void QtTransportTest::requests()
{
    QFETCH(HttpRequest, request);
    QFETCH(QByteArray, line);
    TestServer server;
    // Content is announced and, for HEAD, does not come.
    server.reply(request.method == "HEAD" ? Answer{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", Then::KeepOpen}
                                          : Answer{ok("hi")});
    request.url = server.url(request.url);

    const SendResult result = sent(request);

    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(result.sends, 1);
    QCOMPARE(server.requests().size(), size_t(1));
    const QByteArray &wire = server.requests().front();
    QCOMPARE(TestServer::requestLine(wire), line);
    QCOMPARE(TestServer::requestBody(wire), request.body);
    QCOMPARE(headLines(wire), lines(result.sentHeaders));
    for (const Header &header : std::as_const(request.headers))
        QVERIFY(headLines(wire).contains(header.name + ": " + header.value));
}

void QtTransportTest::redirectChain_isRecorded()
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

void QtTransportTest::redirectLoop_isCut()
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

void QtTransportTest::redirectLimit_isKept()
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

void QtTransportTest::redirects_canBeLeftAlone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("method");
    for (const int status : {301, 302, 303, 307, 308}) {
        for (const char *method : {"GET", "POST"})
            QTest::addRow("%d %s", status, method) << status << QByteArray(method);
    }
}

void QtTransportTest::redirects_canBeLeftAlone()
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

void QtTransportTest::redirectToAnotherPort_dropsCredentials()
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

void QtTransportTest::redirectToAnotherScheme_isNotFollowed()
{
    TestServer server;
    server.reply(redirectTo(302, "file:///etc/passwd"));

    const SendResult result = sent(get(server.url()));

    QCOMPARE(result.failure.kind, NetworkError::Protocol);
    QCOMPARE(result.response->status, 302);
    QVERIFY(result.redirects.empty());
}

void QtTransportTest::redirectWithPost_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("body");
    for (const int status : {301, 302, 303})
        QTest::addRow("%d", status) << status << QByteArray("GET /b HTTP/1.1") << QByteArray();
    for (const int status : {307, 308})
        QTest::addRow("%d", status) << status << QByteArray("POST /b HTTP/1.1") << QByteArray("{\"n\":1.00}");
}

void QtTransportTest::redirectWithPost()
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

void QtTransportTest::closedWithoutAnswer_sendsOnce_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *method, const char *body) {
        QTest::addRow("%s %s", method, body) << QByteArray(method) << QByteArray(body);
    };
    for (const char *method : {"GET", "HEAD", "DELETE", "POST", "PUT", "PATCH"}) {
        row(method, "");
        row(method, "{}");
    }
}

void QtTransportTest::closedWithoutAnswer_sendsOnce()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    TestServer server;
    server.replyByClosing();

    const SendResult result = sent({method, server.url(), {}, body});

    QCOMPARE(result.failure.kind, NetworkError::Closed);
    QVERIFY(!result.response);
    QCOMPARE(server.requests().size(), size_t(1));
    QCOMPARE(result.sends, 1);
}

void QtTransportTest::refusedRequests_data()
{
    QTest::addColumn<HttpRequest>("request");
    const auto row = [](const char *name, const HttpRequest &request) { QTest::newRow(name) << request; };
    row("line break in a header value", {"GET", "/", {{"X-A", "1\r\nX-B: 2"}}, {}});
    row("space in a header name", {"GET", "/", {{"X A", "1"}}, {}});
    row("space in the method", {"GE T", "/", {}, {}});
    row("space in the address", {"GET", "/a b", {}, {}});
    row("an address Qt would rewrite", {"GET", "/a%2fb", {}, {}});
    row("a length that is not the body's", {"POST", "/", {{"Content-Length", "9"}}, "{}"});
    row("chunks of one's own", {"POST", "/", {{"Transfer-Encoding", "chunked"}}, "{}"});
}

void QtTransportTest::refusedRequests()
{
    QFETCH(HttpRequest, request);
    TestServer server;
    server.replyJson(200, "{}");
    request.url = server.url(request.url);

    const SendResult result = sent(request);

    QCOMPARE(result.failure.kind, NetworkError::InvalidRequest);
    QVERIFY(!result.failure.detail.isEmpty());
    QCOMPARE(result.sends, 0);
    QVERIFY(result.sentHeaders.isEmpty());
    QCOMPARE(server.connections(), 0);
}

void QtTransportTest::nobodyListens_isRefused()
{
    QByteArray url;
    {
        const TestServer gone;
        url = gone.url();
    }
    const SendResult result = sent(get(url));
    QCOMPARE(result.failure.kind, NetworkError::Refused);
    QCOMPARE(result.sends, 0);
    QVERIFY(!result.response);
    QVERIFY(!result.failure.detail.isEmpty());
}

void QtTransportTest::unknownHost_isDns()
{
    const SendResult result = sent(get("http://nowhere.invalid/"));
    QCOMPARE(result.failure.kind, NetworkError::Dns);
    QCOMPARE(result.sends, 0);
}

void QtTransportTest::silentServer_runsIntoTheDeadline()
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

void QtTransportTest::endlessHeaders_runIntoTheDeadline()
{
    TestServer server;
    server.reply({"HTTP/1.1 200 OK\r\nX-Endless: 1\r\n", Then::KeepOpen, Pace::Endless});
    const SendResult result = sent(get(server.url()), within(Millis(100)));
    QCOMPARE(result.failure.kind, NetworkError::Timeout);
    QVERIFY(!result.response);
}

void QtTransportTest::deadlineInTheBody_keepsWhatCame()
{
    TestServer server;
    server.reply({"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello", Then::KeepOpen});
    const SendResult result = sent(get(server.url()), within(Millis(100)));
    QCOMPARE(result.failure.kind, NetworkError::Timeout);
    QCOMPARE(result.response->status, 200);
    QCOMPARE(result.response->body, QByteArray("hello"));
}

void QtTransportTest::deadline_coversAllHops()
{
    TestServer server;
    server.reply({redirectTo(302, "/b"), Then::Close, Pace::Drip});
    server.replyNever();
    const SendResult result = sent(get(server.url("/a")), within(Millis(300)));
    QCOMPARE(result.failure.kind, NetworkError::Timeout);
    QCOMPARE(result.redirects.size(), size_t(1));
    QVERIFY(result.timings.totalMs < 300 + 10'000); // one deadline, not one a hop; wide for a busy machine
}

void QtTransportTest::cancel_endsAtOnce()
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

void QtTransportTest::cancelTwice_finishesOnce()
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

void QtTransportTest::destroyedSend_closesItsConnection()
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

void QtTransportTest::sendDeletedInItsOwnSlot_isFine()
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

void QtTransportTest::bodyOverTheLimit_isCut()
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

void QtTransportTest::bodyOfExactlyTheLimit_isWhole()
{
    TestServer server;
    server.replyJson(200, QByteArray(100'000, 'x'));
    SendOptions options;
    options.bodyLimit = 100'000;
    const SendResult result = sent(get(server.url()), options);
    QVERIFY(result.answered());
    QCOMPARE(result.response->body.size(), 100'000);
}

void QtTransportTest::largeBody_arrivesWhole()
{
    QByteArray body;
    for (int i = 0; body.size() < 3'000'000; ++i)
        body += QByteArray::number(i) + '\n';
    TestServer server;
    server.reply(ok(body));
    server.reply("HTTP/1.1 200 OK\r\n\r\n" + body); // ends with the connection
    for (int i = 0; i < 2; ++i) {
        const SendResult result = sent(get(server.url()));
        QVERIFY2(result.answered(), qPrintable(result.failure.detail));
        QVERIFY(result.response->body == body);
    }
}

void QtTransportTest::endlessBody_staysWithinTheLimit()
{
    TestServer server;
    server.reply({"HTTP/1.1 200 OK\r\n\r\n" + QByteArray(80, 'x') + "\n", Then::KeepOpen, Pace::Endless});
    SendOptions options;
    options.bodyLimit = 2'000'000;
    const SendResult result = sent(get(server.url()), options);
    QCOMPARE(result.failure.kind, NetworkError::TooLarge);
    QCOMPARE(result.response->body.size(), 2'000'000);
}

void QtTransportTest::largeUpload_arrivesWhole()
{
    QByteArray body;
    for (int i = 0; body.size() < 3'000'000; ++i)
        body += QByteArray::number(i) + '\n';
    TestServer server;
    server.replyJson(200, "{}");
    const SendResult result = sent({"POST", server.url(), {}, body});
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QVERIFY(TestServer::requestBody(server.requests().front()) == body);
    QCOMPARE(result.sends, 1);
}

void QtTransportTest::progress_growsUpToTheBody()
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

void QtTransportTest::cookies_areNotKept()
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

void QtTransportTest::connections_areNotShared()
{
    TestServer server;
    server.reply({ok("hi"), Then::KeepOpen});
    QVERIFY(sent(get(server.url())).answered());
    QVERIFY(sent(get(server.url())).answered());
    QCOMPARE(server.connections(), 2);
}

void QtTransportTest::environmentProxy_isNotUsed()
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

void QtTransportTest::timings_areInOrder()
{
    TestServer server;
    server.reply({ok("hi"), Then::Close, Pace::Drip});
    const Timings timings = sent({"POST", server.url(), {}, "{}"}).timings;
    QVERIFY(timings.connectMs && timings.firstByteMs);
    QVERIFY(!timings.tlsMs && !timings.dnsMs);
    QVERIFY(*timings.connectMs >= 0);
    QVERIFY(*timings.connectMs <= *timings.firstByteMs);
    QVERIFY(*timings.firstByteMs <= timings.totalMs);
    QVERIFY(!sent(get(server.url())).timings.connectMs); // Qt tells it only of a request with a body
}

void QtTransportTest::selfSignedCertificate_isATlsFailure()
{
    TestServer server(TestServer::Security::Tls);
    server.replyJson(200, "{}");
    const SendResult result = sent(get(server.url()));
    QCOMPARE(result.failure.kind, NetworkError::Tls);
    QVERIFY2(result.failure.detail.contains(QStringLiteral("self-signed")), qPrintable(result.failure.detail));
    QVERIFY(!result.response);
    QCOMPARE(result.sends, 0);
    QVERIFY(server.requests().empty());
}

void QtTransportTest::trustedCertificate_works()
{
    const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
    QSslConfiguration trusting = before;
    trusting.setCaCertificates(
        QSslCertificate::fromPath(QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/tls/loopback.crt")));
    QSslConfiguration::setDefaultConfiguration(trusting);
    TestServer server(TestServer::Security::Tls);
    server.replyJson(200, "{}");
    const SendResult result = sent(get(server.url("/a?b=c")));
    QSslConfiguration::setDefaultConfiguration(before);

    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QVERIFY(result.timings.tlsMs && *result.timings.tlsMs <= result.timings.totalMs);
    QVERIFY(!result.timings.connectMs);
    QCOMPARE(TestServer::requestLine(server.requests().front()), QByteArray("GET /a?b=c HTTP/1.1"));
    QCOMPARE(headLines(server.requests().front()), lines(result.sentHeaders));
}

void QtTransportTest::factory_knowsItsName()
{
    const std::unique_ptr<Transport> transport(errata_create_transport("qt"));
    QVERIFY(transport);
    QCOMPARE(transport->name(), QStringLiteral("qt"));
    QVERIFY(!errata_create_transport("carrier pigeon"));
    QVERIFY(!errata_create_transport(nullptr));
}

QTEST_GUILESS_MAIN(QtTransportTest)
#include "tst_qttransport.moc"
