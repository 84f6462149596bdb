// Both engines against a real server on loopback. Where they differ, the row says so.
#include "tests/support/sending.h"
#include "tests/support/testserver.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTest>

using namespace errata;
using Answer = TestServer::Answer;
using Then = TestServer::Then;
using Pace = TestServer::Pace;
using Security = TestServer::Security;

namespace {

/// What one engine makes of an answer.
struct Expected
{
    int status = 0; ///< 0: no answer at all
    QByteArrayList headers;
    QByteArray body;
    NetworkError failure = NetworkError::None;
    std::vector<int> interim = {}; ///< statuses of the 1xx before
    QByteArrayList trailers = {};
};

Expected none(NetworkError failure, std::vector<int> interim = {})
{
    return {0, {}, {}, failure, std::move(interim), {}};
}

/// What Qt makes of the same: interim answers and trailers are not told, fields of one name joined.
Expected untold(Expected expected)
{
    expected.interim.clear();
    expected.trailers.clear();
    return expected;
}

/// Plain and over TLS.
void answerRow(const char *name, const QByteArray &method, const Answer &answer, const Expected &curl,
               const Expected &qt)
{
    for (const Security security : {Security::Plain, Security::Tls}) {
        const char *over = security == Security::Tls ? ", TLS" : "";
        QTest::addRow("curl: %s%s", name, over) << Engine::Curl << security << method << answer << curl;
        QTest::addRow("qt: %s%s", name, over) << Engine::Qt << security << method << answer << qt;
    }
}

void answerRow(const char *name, const QByteArray &method, const Answer &answer, const Expected &both)
{
    answerRow(name, method, answer, both, untold(both));
}

void addAnswerColumns()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<Security>("security");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<Expected>("expected");
}

QByteArray chunks(const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
}

} // namespace

Q_DECLARE_METATYPE(Expected)
Q_DECLARE_METATYPE(Security)

class TransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers() { checkAnswer(); }
    void framing_data();
    void framing() { checkAnswer(); }
    void brokenAnswers_data();
    void brokenAnswers() { checkAnswer(); }
    void requests_data();
    void requests();
    void closedWithoutAnswer_sendsOnce_data();
    void closedWithoutAnswer_sendsOnce();
    void refusedRequests_data();
    void refusedRequests();
    void nobodyListens_isRefused_data() { addEngineRows(); }
    void nobodyListens_isRefused();
    void noWayThere_isUnreachable_data() { addEngineRows(); }
    void noWayThere_isUnreachable();
    void unknownHost_isDns_data() { addEngineRows(); }
    void unknownHost_isDns();
    void largeBody_arrivesWhole_data() { addEngineRows(); }
    void largeBody_arrivesWhole();
    void largeUpload_arrivesWhole_data() { addEngineRows(); }
    void largeUpload_arrivesWhole();
    void timings_areInOrder_data() { addEngineRows(); }
    void timings_areInOrder();
    void ipv6_works_data() { addEngineRows(); }
    void ipv6_works();
    void bytes_areKept();

private:
    void checkAnswer();
};

void TransportTest::answers_data()
{
    addAnswerColumns();
    const QByteArrayList two = {"Content-Length: 2"};
    const auto get = [](const char *name, const Answer &answer, const Expected &both) {
        answerRow(name, "GET", answer, both);
    };
    get("plain", {ok("hi")}, {200, two, "hi"});
    get("a byte a millisecond", {ok("hi"), Then::Close, Pace::Drip}, {200, two, "hi"});
    get("kept open", {ok("hi"), Then::KeepOpen}, {200, two, "hi"});
    get("HTTP/1.0", {"HTTP/1.0 200 OK\r\n\r\nhello"}, {200, {}, "hello"});
    get("429 is an answer", {"HTTP/1.1 429 Too Many\r\nRetry-After: 2\r\nContent-Length: 2\r\n\r\n{}"},
        {429, {"Retry-After: 2", "Content-Length: 2"}, "{}"});
    const QByteArray asks401 = "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 2\r\n\r\n{}";
    const Expected is401 = {401, {"WWW-Authenticate: Basic realm=\"x\"", "Content-Length: 2"}, "{}"};
    get("401 is an answer", {asks401}, is401);
    answerRow("401 after a body", "POST", {asks401}, is401);
    get("401 that asks for Bearer", {"HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\n\r\n{}"},
        {401, {"WWW-Authenticate: Bearer error=\"invalid_token\""}, "{}"});
    get("407 is an answer", {"HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 2\r\n\r\n{}"},
        {407, {"Proxy-Authenticate: Basic realm=\"x\"", "Content-Length: 2"}, "{}"});
    answerRow("307 without a Location", "POST", {"HTTP/1.1 307 Go\r\nContent-Length: 2\r\n\r\n{}"}, {307, two, "{}"});
    get("503 is an answer", {"HTTP/1.1 503 Busy\r\nContent-Length: 2\r\n\r\n{}"}, {503, two, "{}"});
    get("599 is an answer", {"HTTP/1.1 599 Odd\r\nContent-Length: 2\r\n\r\n{}"}, {599, two, "{}"});
    answerRow("417 is not tried again", "POST", {"HTTP/1.1 417 No\r\nContent-Length: 2\r\n\r\n{}"}, {417, two, "{}"});
    get("101", {"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", Then::KeepOpen}, {101, {"Upgrade: x"}, ""});
    get("204", {"HTTP/1.1 204 No Content\r\n\r\n", Then::KeepOpen}, {204, {}, ""});
    get("204 with a body", {"HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nhi"}, {204, two, ""});
    get("304", {"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", Then::KeepOpen},
        {304, {"Content-Length: 5"}, ""});
    answerRow("HEAD", "HEAD", {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", Then::KeepOpen}, {200, two, ""});
    answerRow("HEAD with a body", "HEAD", {ok("hi")}, {200, two, ""});
    answerRow("HEAD of an error", "HEAD", {"HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\n", Then::KeepOpen},
              {404, two, ""});
    get("a status without a reason", {"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi"}, {200, two, "hi"});
    get("no content", {ok("")}, {200, {"Content-Length: 0"}, ""});
    get("bytes that are no text", {ok(QByteArray("\0\xff\r\n\n", 5))},
        {200, {"Content-Length: 5"}, QByteArray("\0\xff\r\n\n", 5)});

    get("100 before the answer", {"HTTP/1.1 100 Continue\r\n\r\n" + ok("hi")},
        {200, two, "hi", NetworkError::None, {100}});
    answerRow("Qt takes 103 for the answer", "GET",
              {"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok("hi")},
              {200, two, "hi", NetworkError::None, {102, 103}}, {102, {}, "", NetworkError::Protocol});
    answerRow("Qt joins what comes twice", "GET",
              {"HTTP/1.1 200 OK\r\nX-A: 1\r\nX-B: 0\r\nx-a: 2\r\nContent-Length: 0\r\n\r\n"},
              {200, {"X-A: 1", "X-B: 0", "x-a: 2", "Content-Length: 0"}, ""},
              {200, {"X-B: 0", "x-a: 1, 2", "Content-Length: 0"}, ""});
    get("Set-Cookie stays apart",
        {"HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT\r\nSet-Cookie: b=2\r\n"
         "Content-Length: 0\r\n\r\n"},
        {200, {"Set-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "Set-Cookie: b=2", "Content-Length: 0"}, ""});
    answerRow("Qt leaves out an empty field", "GET", {"HTTP/1.1 200 OK\r\nX-Empty:\r\nContent-Length: 0\r\n\r\n"},
              {200, {"X-Empty: ", "Content-Length: 0"}, ""}, {200, {"Content-Length: 0"}, ""});
    get("a folded field", {"HTTP/1.1 200 OK\r\nX-A: 1\r\n  2\r\nContent-Length: 0\r\n\r\n"},
        {200, {"X-A: 1 2", "Content-Length: 0"}, ""});
}

void TransportTest::framing_data()
{
    addAnswerColumns();
    const QByteArrayList chunked = {"Transfer-Encoding: chunked"};
    const auto get = [](const char *name, const Answer &answer, const Expected &both) {
        answerRow(name, "GET", answer, both);
    };
    get("until the connection closes", {"HTTP/1.1 200 OK\r\n\r\nhello"}, {200, {}, "hello"});
    answerRow("until the connection closes, after a body", "POST", {"HTTP/1.1 200 OK\r\n\r\nhello"},
              {200, {}, "hello"});
    get("longer than announced", {ok("hi") + "more"}, {200, {"Content-Length: 2"}, "hi"});
    get("chunked", {chunks("2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n")}, {200, chunked, "hello"});
    get("chunked, dripping", {chunks("2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"), Then::KeepOpen, Pace::Drip},
        {200, chunked, "hello"});
    get("chunked with trailers", {chunks("2\r\nhi\r\n0\r\nX-Trailer: 1\r\nX-Trailer: 2\r\n\r\n")},
        {200, chunked, "hi", NetworkError::None, {}, {"X-Trailer: 1", "X-Trailer: 2"}});
    const QByteArrayList twenty = {"Content-Length: 20"};
    const QByteArray cut = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello";
    get("short of what was announced", {cut}, {200, twenty, "hello", NetworkError::Closed});
    get("reset in the body", {cut, Then::Reset}, {200, twenty, "hello", NetworkError::Closed});
    get("an error cut short", {"HTTP/1.1 500 No\r\nContent-Length: 20\r\n\r\nhello"},
        {500, twenty, "hello", NetworkError::Closed});
    get("a chunk cut short", {chunks("5\r\nhel")}, {200, chunked, "hel", NetworkError::Closed});
    get("closed between chunks", {chunks("2\r\nhe\r\n")}, {200, chunked, "he", NetworkError::Closed});
    answerRow("Qt takes a chunk without a size for the last", "GET", {chunks("zz\r\nhello\r\n0\r\n\r\n")},
              {200, chunked, "", NetworkError::Protocol}, {200, chunked, ""});
}

void TransportTest::brokenAnswers_data()
{
    addAnswerColumns();
    const auto closed = [](const char *name, const Answer &answer) {
        answerRow(name, "GET", answer, none(NetworkError::Closed));
    };
    // Qt closes the connection itself then and says no more than that.
    const auto notHttp = [](const char *name, const Answer &answer, const QByteArray &method = "GET") {
        answerRow(name, method, answer, none(NetworkError::Protocol), none(NetworkError::Closed));
    };
    closed("closed in the headers", {"HTTP/1.1 200 OK\r\nContent-Le"});
    closed("closed before the empty line", {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"});
    closed("reset in the headers", {"HTTP/1.1 200 OK\r\nContent-Le", Then::Reset});
    closed("closed in the status line", {"HTTP/1."});
    closed("reset without a byte", {"", Then::Reset});
    notHttp("not HTTP", {"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"});
    notHttp("not HTTP, kept open", {"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", Then::KeepOpen});
    notHttp("not HTTP, after a body", {"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"}, "POST");
    notHttp("a TLS alert", {QByteArray("\x15\x03\x03\x00\x02\x02\x0a", 7)});
    notHttp("a status of letters", {"HTTP/1.1 abc OK\r\n\r\n"});
}

void TransportTest::checkAnswer()
{
    QFETCH(Engine, engine);
    QFETCH(Security, security);
    QFETCH(QByteArray, method);
    QFETCH(Answer, answer);
    QFETCH(Expected, expected);
    TestServer server(security);
    server.reply(answer);
    SendOptions options;
    options.tls.caFile = loopbackIdentity().certificate;

    const SendResult result = sent(engine, {method, server.url(), {}, method == "POST" ? "{}" : ""}, options);

    QCOMPARE(result.response ? result.response->status : 0, expected.status);
    QVERIFY2(result.failure.kind == expected.failure,
             qPrintable(QStringLiteral("%1: %2").arg(int(result.failure.kind)).arg(result.failure.detail)));
    QCOMPARE(result.failure.detail.isEmpty(), expected.failure == NetworkError::None);
    QCOMPARE(result.answered(), expected.failure == NetworkError::None);
    const HttpResponse response = result.response.value_or(HttpResponse());
    QCOMPARE(lines(response.headers), expected.headers);
    QCOMPARE(response.body, expected.body);
    QCOMPARE(lines(result.trailers), expected.trailers);
    std::vector<int> interim;
    for (const HttpResponse &one : result.informational)
        interim.push_back(one.status);
    QCOMPARE(interim, expected.interim);
    QCOMPARE(result.sends, 1);
    QCOMPARE(server.requests().size(), size_t(1));
}

void TransportTest::requests_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<HttpRequest>("request"); // the address is a path
    QTest::addColumn<QByteArray>("line");
    const auto curl = [](const char *name, const HttpRequest &request, const char *line) {
        QTest::addRow("curl: %s", name) << Engine::Curl << request << QByteArray(line);
    };
    const auto row = [&curl](const char *name, const HttpRequest &request, const char *line) {
        curl(name, request, line);
        QTest::addRow("qt: %s", name) << Engine::Qt << request << QByteArray(line);
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

    // Qt would send other bytes and refuses, or makes one field of several.
    curl("encoded in small letters", {"GET", "/a%2fb%7e?%e4", {}, {}}, "GET /a%2fb%7e?%e4 HTTP/1.1");
    curl("dots", {"GET", "/a/../b/./c", {}, {}}, "GET /a/../b/./c HTTP/1.1");
    curl("several slashes first", {"GET", "//a", {}, {}}, "GET //a HTTP/1.1");
    curl("marks that want encoding", {"GET", "/a|b\"<>\\^`{}?|\"<>", {}, {}}, "GET /a|b\"<>\\^`{}?|\"<> HTTP/1.1");
    curl("raw UTF-8", {"GET", "/\xc3\xa4?\xc3\xa4", {}, {}}, "GET /\xc3\xa4?\xc3\xa4 HTTP/1.1");
    curl("a query in the query", {"GET", "?a?b", {}, {}}, "GET /?a?b HTTP/1.1");
    curl("fields of one name", {"GET", "/", {{"X-A", "1"}, {"X-B", "0"}, {"x-a", "2"}, {"X-A", "1"}}, {}},
         "GET / HTTP/1.1");
    curl("a field of its own framing", {"POST", "/", {{"Content-Length", "2"}, {"Expect", ""}}, "{}"},
         "POST / HTTP/1.1");
    curl("chunks of one's own", {"POST", "/", {{"Transfer-Encoding", "chunked"}}, "{}"}, "POST / HTTP/1.1");
}

void TransportTest::requests()
{
    QFETCH(Engine, engine);
    QFETCH(HttpRequest, request);
    QFETCH(QByteArray, line);
    TestServer server;
    // Content is announced and, for HEAD, does not come.
    server.reply(request.method == "HEAD" ? Answer{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", Then::KeepOpen}
                                          : Answer{ok("hi")});
    request.url = server.url(request.url);

    const SendResult result = sent(engine, request);

    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(result.sends, 1);
    QCOMPARE(server.requests().size(), size_t(1));
    const QByteArray &wire = server.requests().front();
    QCOMPARE(TestServer::requestLine(wire), line);
    const bool chunked = request.headers.contains("Transfer-Encoding");
    QCOMPARE(TestServer::requestBody(wire), chunked ? "2\r\n" + request.body + "\r\n0\r\n\r\n" : request.body);
    const QByteArrayList arrived = lines(TestServer::requestHeaders(wire));
    QCOMPARE(arrived, lines(result.sentHeaders));
    for (const Header &header : std::as_const(request.headers))
        QVERIFY(arrived.contains(header.name + ": " + header.value));
}

void TransportTest::closedWithoutAnswer_sendsOnce_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *method, const char *body) {
        for (const Engine engine : {Engine::Curl, Engine::Qt})
            QTest::addRow("%s: %s %s", nameOf(engine), method, body)
                << engine << QByteArray(method) << QByteArray(body);
    };
    for (const char *method : {"GET", "HEAD", "DELETE", "POST", "PUT", "PATCH"}) {
        row(method, "");
        row(method, "{}");
    }
}

void TransportTest::closedWithoutAnswer_sendsOnce()
{
    QFETCH(Engine, engine);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    TestServer server;
    server.replyByClosing();

    const SendResult result = sent(engine, {method, server.url(), {}, body});

    QCOMPARE(result.failure.kind, NetworkError::Closed);
    QVERIFY(!result.response);
    QCOMPARE(server.requests().size(), size_t(1));
    QCOMPARE(result.sends, 1);
}

void TransportTest::refusedRequests_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<HttpRequest>("request");
    const auto only = [](Engine engine, const char *name, const HttpRequest &request) {
        QTest::addRow("%s: %s", nameOf(engine), name) << engine << request;
    };
    const auto row = [&only](const char *name, const HttpRequest &request) {
        only(Engine::Curl, name, request);
        only(Engine::Qt, name, request);
    };
    row("line break in a header value", {"GET", "/", {{"X-A", "1\r\nX-B: 2"}}, {}});
    row("space in a header name", {"GET", "/", {{"X A", "1"}}, {}});
    row("space in the method", {"GE T", "/", {}, {}});
    row("space in the address", {"GET", "/a b", {}, {}});
    only(Engine::Qt, "an address Qt would rewrite", {"GET", "/a%2fb", {}, {}});
    row("NUL in a header value", {"GET", "/", {{"X-A", QByteArray("1\0002", 3)}}, {}});
    row("line feed in a header name", {"GET", "/", {{"X-A\n", "1"}}, {}});
    row("a length that is not the body's", {"POST", "/", {{"Content-Length", "9"}}, "{}"});
    only(Engine::Qt, "chunks of one's own", {"POST", "/", {{"Transfer-Encoding", "chunked"}}, "{}"});
    row("a coding nobody undoes", {"POST", "/", {{"Transfer-Encoding", "gzip"}}, "{}"});
    only(Engine::Curl, "two hosts", {"GET", "/", {{"Host", "a"}, {"Host", "b"}}, {}});
}

void TransportTest::refusedRequests()
{
    QFETCH(Engine, engine);
    QFETCH(HttpRequest, request);
    TestServer server;
    server.replyJson(200, "{}");
    request.url = server.url(request.url);

    const SendResult result = sent(engine, request);

    QCOMPARE(result.failure.kind, NetworkError::InvalidRequest);
    QVERIFY(!result.failure.detail.isEmpty());
    QCOMPARE(result.sends, 0);
    QVERIFY(result.sentHeaders.isEmpty());
    QCOMPARE(server.connections(), 0);
}

void TransportTest::nobodyListens_isRefused()
{
    QFETCH(Engine, engine);
    QByteArray url;
    {
        const TestServer gone;
        url = gone.url();
    }
    const SendResult result = sent(engine, get(url));
    QCOMPARE(result.failure.kind, NetworkError::Refused);
    QCOMPARE(result.sends, 0);
    QVERIFY(!result.response);
    QVERIFY(!result.failure.detail.isEmpty());
}

void TransportTest::unknownHost_isDns()
{
    QFETCH(Engine, engine);
    const SendResult result = sent(engine, get("http://nowhere.invalid/"));
    QCOMPARE(result.failure.kind, NetworkError::Dns);
    QCOMPARE(result.sends, 0);
}

void TransportTest::largeBody_arrivesWhole()
{
    QFETCH(Engine, engine);
    QByteArray body;
    for (int i = 0; body.size() < 3'000'000; ++i)
        body += QByteArray::number(i) + '\n';
    TestServer server;
    server.reply(ok(body));
    server.reply("HTTP/1.1 200 OK\r\n\r\n" + body); // ends with the connection
    for (int i = 0; i < 2; ++i) {
        const SendResult result = sent(engine, get(server.url()));
        QVERIFY2(result.answered(), qPrintable(result.failure.detail));
        QVERIFY(result.response->body == body);
    }
}

void TransportTest::largeUpload_arrivesWhole()
{
    QFETCH(Engine, engine);
    QByteArray body;
    for (int i = 0; body.size() < 3'000'000; ++i)
        body += QByteArray::number(i) + '\n';
    TestServer server;
    server.replyJson(200, "{}");
    const SendResult result = sent(engine, {"POST", server.url(), {}, body});
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QVERIFY(TestServer::requestBody(server.requests().front()) == body);
    QCOMPARE(result.sends, 1);
}

void TransportTest::timings_areInOrder()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.reply({ok("hi"), Then::Close, Pace::Drip});
    const Timings timings = sent(engine, {"POST", server.url(), {}, "{}"}).timings;
    QVERIFY(timings.connectMs && timings.firstByteMs);
    QVERIFY(!timings.tlsMs);
    QVERIFY(*timings.connectMs >= 0);
    QVERIFY(*timings.connectMs <= *timings.firstByteMs);
    QVERIFY(*timings.firstByteMs <= timings.totalMs);
    // Qt tells the connection only of a request with a body, and neither the lookup nor the sending.
    QCOMPARE(sent(engine, get(server.url())).timings.connectMs.has_value(), engine == Engine::Curl);
    QCOMPARE(timings.dnsMs.has_value(), engine == Engine::Curl);
    QCOMPARE(timings.sentMs.has_value(), engine == Engine::Curl);
    if (engine == Engine::Curl)
        QVERIFY(*timings.dnsMs <= *timings.connectMs && *timings.connectMs <= *timings.sentMs);
}

void TransportTest::noWayThere_isUnreachable()
{
    QFETCH(Engine, engine);
    // No TCP goes to everybody: the system refuses before a packet leaves.
    const SendResult result = sent(engine, get("http://255.255.255.255/"));
    QCOMPARE(result.failure.kind, NetworkError::Unreachable);
    QCOMPARE(result.sends, 0);
}

void TransportTest::ipv6_works()
{
    QFETCH(Engine, engine);
    TestServer server(TestServer::Security::Plain, QHostAddress::LocalHostIPv6);
    server.replyJson(200, "{}");
    const SendResult result = sent(engine, get(server.url("/a")));
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(TestServer::requestHeaders(server.requests().front()).value("Host"),
             "[::1]:" + QByteArray::number(server.port()));
    if (engine == Engine::Curl)
        QCOMPARE(result.remote, QStringLiteral("[::1]:%1").arg(server.port()));
}

/// What Qt cannot tell at all.
void TransportTest::bytes_areKept()
{
    TestServer server;
    const QByteArray head = "HTTP/1.1  200  Fine \r\nx-a:1\r\nX-A:\t 2 \r\n folded\r\nContent-Length: 2\r\n\r\n";
    server.reply("HTTP/1.1 100 Continue\r\nX-I: 1\r\n\r\n" + head + "hi");
    const SendResult result = sent(Engine::Curl, {"POST", server.url("/a?b"), {{"X-A", " 1"}}, "{}"});
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(result.headBytes, head);
    QCOMPARE(result.response->reason, QByteArray("Fine"));
    QCOMPARE(result.response->version, QByteArray("HTTP/1.1"));
    QCOMPARE(lines(result.informational.at(0).headers), QByteArrayList{"X-I: 1"});
    QCOMPARE(result.sentHead + "{}", server.requests().front());
    QCOMPARE(result.sentBytes, server.requests().front().size());
    QCOMPARE(result.receivedBytes, 2);
    QCOMPARE(result.remote, QStringLiteral("127.0.0.1:%1").arg(server.port()));
    QVERIFY(result.local.startsWith(QStringLiteral("127.0.0.1:")) && result.local != result.remote);
    QVERIFY(result.proxy.isEmpty() && !result.tls);
}

QTEST_GUILESS_MAIN(TransportTest)
#include "tst_transport.moc"
