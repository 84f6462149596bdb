// The Qt engine against a real server on loopback. Where Qt differs from what was sent, the row says so.
#include "models/net/qttransport.h"
#include "tests/support/sending.h"
#include "tests/support/testserver.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTest>

using namespace errata;
using Answer = TestServer::Answer;
using Then = TestServer::Then;
using Pace = TestServer::Pace;

extern "C" errata::Transport *errata_create_transport(const char *engine);

class QtTransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void requests_data();
    void requests();
    void closedWithoutAnswer_sendsOnce_data();
    void closedWithoutAnswer_sendsOnce();
    void refusedRequests_data();
    void refusedRequests();
    void nobodyListens_isRefused();
    void unknownHost_isDns();
    void largeBody_arrivesWhole();
    void largeUpload_arrivesWhole();
    void timings_areInOrder();
    void selfSignedCertificate_isATlsFailure();
    void trustedCertificate_works();
    void factory_knowsItsName();
};

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
