// What `curl -v` printed, as it is pasted.
#include "models/http/curlverbose.h"

#include <QTest>

using namespace errata;

namespace {

QByteArray at(const QByteArray &text, const Span &span)
{
    return text.mid(span.start, span.length);
}

QByteArray http2()
{
    return "*   Trying 192.0.2.10:443...\n"
           "* Connected to api.example.com (192.0.2.10) port 443 (#0)\n"
           "* ALPN: offers h2,http/1.1\n"
           "} [5 bytes data]\n"
           "* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n"
           "* ALPN: server accepted h2\n"
           "* Server certificate:\n"
           "*  subject: CN=api.example.com\n"
           "* using HTTP/2\n"
           "* h2h3 [:method: POST]\n"
           "* h2h3 [:path: /v1/items?x=1]\n"
           "* Using Stream ID: 1 (easy handle 0x55d0c0ffee00)\n"
           "> POST /v1/items?x=1 HTTP/2\n"
           "> Host: api.example.com\n"
           "> user-agent: curl/7.88.1\n"
           "> content-length: 2\n"
           "> \n"
           "} [2 bytes data]\n"
           "* We are completely uploaded and fine\n"
           "< HTTP/2 429 \n"
           "< content-type: application/json\n"
           "< retry-after: 30\n"
           "< \n"
           "{ [33 bytes data]\n"
           "{\"error\":{\"code\":\"rate_limited\"}}* Connection #0 to host api.example.com left intact\n";
}

QByteArray http1(const QByteArray &body)
{
    return "* Connected to localhost (127.0.0.1) port 8080 (#0)\n"
           "> GET /x HTTP/1.1\n> Host: localhost:8080\n>\n"
           "< HTTP/1.1 500 Internal Server Error\n< Content-Type: text/plain\n<\n" +
           body;
}

} // namespace

class TestCurlVerbose : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsFoundWhereItStands();
    void isRecognised_data();
    void isRecognised();
    void bodies_data();
    void bodies();
    void urls_data();
    void urls();
    void severalRequests_data();
    void severalRequests();
    void withoutAnswer_data();
    void withoutAnswer();
    void fieldsAreReadAsPasted_data();
    void fieldsAreReadAsPasted();
    void everyPrefixIsHarmless();
};

void TestCurlVerbose::everythingIsFoundWhereItStands()
{
    const QByteArray text = http2();
    const auto exchanges = readCurlVerbose(text);
    QCOMPARE(exchanges.size(), std::size_t(1));
    const Exchange &exchange = exchanges.front();
    QCOMPARE(exchange.request->method, QByteArray("POST"));
    QCOMPARE(exchange.request->url, QByteArray("https://api.example.com/v1/items?x=1"));
    QCOMPARE(exchange.request->headers.size(), 3);
    QCOMPARE(at(text, exchange.request->headers.find("user-agent")->span), QByteArray("curl/7.88.1"));
    QCOMPARE(exchange.status, std::optional(429));
    QCOMPARE(at(text, exchange.statusSpan), QByteArray("429"));
    QCOMPARE(exchange.version, QByteArray("HTTP/2"));
    QCOMPARE(exchange.headers, (Headers{{"content-type", "application/json"}, {"retry-after", "30"}}));
    QCOMPARE(at(text, exchange.headers.find("retry-after")->span), QByteArray("30"));
    QCOMPARE(exchange.body, QByteArray("{\"error\":{\"code\":\"rate_limited\"}}"));
    QCOMPARE(text.mid(exchange.bodyOffset, exchange.body.size()), exchange.body);
    QVERIFY(at(text, exchange.span).startsWith("> POST"));
    QCOMPARE(exchange.span.end(), text.size());
}

void TestCurlVerbose::isRecognised_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, const QByteArray &text, bool expected) {
        QTest::newRow(name) << text << expected;
    };
    row("HTTP/2", http2(), true);
    row("carriage returns", http2().replace("\n", "\r\n"), true);
    row("the command first", "$ curl -v https://api.example.com\n" + http2(), true);
    row("a prompt first", "me@host:~$ curl -v https://api.example.com\n" + http2(), true);
    row("a sentence first", "Here is what we get:\n\n" + http2(), true);
    row("heads alone", "> GET / HTTP/1.1\n> Host: a\n", true);
    row("answer alone", "< HTTP/1.1 404 Not Found\n", true);
    row("trace times", "10:11:12.000123 * Trying 192.0.2.1:443...\n10:11:12.000200 > GET / HTTP/1.1\n", true);
    row("no host", "* Could not resolve host: api.example.invalid\n* Closing connection 0\n", true);
    row("no host, one line", "* Could not resolve host: a.invalid\ncurl: (6) Could not resolve host: a.invalid\n",
        true);
    row("indented", QByteArray("    ") + http2().replace("\n", "\n    "), true);
    row("a list", "* one\n* two\n* three\n", false);
    row("a quotation", "> said he\n> and went\n", false);
    row("HTML", "<html>\n< HTTP/1.1 200 OK\n", false);
    row("a response that quotes", "HTTP/1.1 200 OK\n\n> GET / HTTP/1.1\n", false);
    row("JSON", "{\n> GET / HTTP/1.1\n", false);
    row("a command", "curl -v https://api.example.com", false);
    row("empty", "", false);
}

void TestCurlVerbose::isRecognised()
{
    QFETCH(const QByteArray, text);
    QTEST(looksLikeCurlVerbose(text), "expected");
}

void TestCurlVerbose::bodies_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("literal");
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &body, bool literal = true) {
        QTest::newRow(name) << text << body << literal;
    };
    const QByteArray left = "* Connection #0 to host localhost left intact\n";
    row("own line", http1("oops\n" + left), "oops\n");
    row("glued", http1("oops" + left), "oops");
    row("glued to a star", http1("a * b" + left), "a * b");
    row("several lines", http1("{\n  \"a\": 1\n}\n" + left), "{\n  \"a\": 1\n}\n");
    row("carriage returns", http1("{\r\n}\r\n" + left), "{\r\n}\r\n");
    row("none", http1(left), "", false);
    row("to the end", http1("oops"), "oops");
    row("behind the connection", http1(left + "oops\n"), "oops\n");
    row("in two pieces", http1("one\n* transfer closed with 3 bytes remaining to read\ntwo\n"), "one\ntwo\n", false);
    row("cut off",
        http1("{\"a\":* transfer closed with outstanding read data remaining\n* Closing connection 0\n"
              "curl: (18) transfer closed with outstanding read data remaining\n"),
        "{\"a\":");
    row("Markdown", http1("# Error\n* first\n> quoted\n< less\n* second\n" + left),
        "# Error\n* first\n> quoted\n< less\n* second\n");
    row("progress between",
        http1("{ [12 bytes data]\n"
              "\r100    12  100    12    0     0    560      0 --:--:-- --:--:-- --:--:--   560\n" +
              left + "hello, world"),
        "hello, world");
    row("progress titles",
        "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
        "                                 Dload  Upload   Total   Spent    Left  Speed\n"
        "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0" +
            http1("oops\n"),
        "oops\n");
    row("the head twice, by -i",
        http1("HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\n\r\noops\n" + left), "oops\n");
    row("empty line lost", "< HTTP/1.1 500 Oops\n< A: b\n{\"a\":1}\n", "{\"a\":1}\n");
    row("line feed of the terminal", "< HTTP/1.1 500 Oops\n< Content-Length: 4\n< \noops\n", "oops");
    row("shorter than it says", "< HTTP/1.1 500 Oops\n< Content-Length: 40\n< \noops\n", "oops\n");
    row("small letters", "< http/1.1 500 Oops HTTP/1.1 404\n< \noops\n", "oops\n");
    row("trailer", "< HTTP/1.1 500 Oops\n< Trailer: X-Sum\n< \noops\n< X-Sum: 1\n", "oops\n");
}

void TestCurlVerbose::bodies()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, body);
    const auto exchanges = readCurlVerbose(text);
    QCOMPARE(exchanges.size(), std::size_t(1));
    QCOMPARE(exchanges.front().status, std::optional(500));
    QCOMPARE(at(text, exchanges.front().statusSpan), QByteArray("500"));
    QCOMPARE(exchanges.front().body, body);
    QTEST(exchanges.front().bodyOffset >= 0, "literal");
    if (exchanges.front().bodyOffset >= 0)
        QCOMPARE(text.mid(exchanges.front().bodyOffset, body.size()), body);
}

void TestCurlVerbose::urls_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("url");
    const auto row = [](const char *name, const char *before, const char *request, const char *url) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(request) << QByteArray(url);
    };
    row("port 443", "* Connected to a.example (192.0.2.1) port 443 (#0)\n", "> GET /p HTTP/1.1\n> Host: a.example\n",
        "https://a.example/p");
    row("port 443, curl 8", "* Connected to a.example (192.0.2.1) port 443\n", "> GET /p HTTP/1.1\n> Host: a.example\n",
        "https://a.example/p");
    row("port 80", "* Connected to a.example (192.0.2.1) port 80 (#0)\n", "> GET /p HTTP/1.1\n> Host: a.example\n",
        "http://a.example/p");
    row("another port", "* Connected to a.example (192.0.2.1) port 8080 (#0)\n",
        "> GET /p HTTP/1.1\n> Host: a.example:8080\n", "http://a.example:8080/p");
    row("another port with TLS",
        "* Connected to a.example (192.0.2.1) port 8443 (#0)\n* SSL connection using TLSv1.3 / AES\n",
        "> GET /p HTTP/1.1\n> Host: a.example:8443\n", "https://a.example:8443/p");
    row("nothing said", "", "> GET /p HTTP/1.1\n> Host: a.example\n", "https://a.example/p");
    row("nothing said, this machine", "", "> GET /p HTTP/1.1\n> Host: localhost:3000\n", "http://localhost:3000/p");
    row("nothing said, HTTP/3", "", "> GET /p HTTP/3\n> Host: localhost:3000\n", "https://localhost:3000/p");
    row("opened stream", "* [HTTP/2] [1] OPENED stream for https://a.example/p\n",
        "> GET /p HTTP/1.1\n> Host: a.example\n", "https://a.example/p");
    row("no host field", "* Connected to a.example (192.0.2.1) port 443 (#0)\n", "> GET /p HTTP/1.0\n",
        "https://a.example/p");
    row("through a proxy", "* Connected to proxy.example (192.0.2.1) port 3128 (#0)\n",
        "> GET http://a.example/p HTTP/1.1\n> Host: a.example\n", "http://a.example/p");
    row("no host at all", "", "> GET /p HTTP/1.0\n", "/p");
}

void TestCurlVerbose::urls()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, request);
    for (const char *end : {"> \n< HTTP/1.1 404 Not Found\n< \n", ">\n", "< HTTP/1.1 404 Not Found\n", ""}) {
        const auto exchanges = readCurlVerbose(before + request + end);
        QCOMPARE(exchanges.size(), std::size_t(1));
        QTEST(exchanges.front().request->url, "url");
    }
}

void TestCurlVerbose::severalRequests_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("expected"); // URL, status, body
    const auto row = [](const char *name, const QByteArray &text, const QByteArrayList &expected) {
        QTest::newRow(name) << text << expected;
    };
    const QByteArray first = "* Connected to a.example (192.0.2.1) port 443 (#0)\n"
                             "> GET /1 HTTP/1.1\n> Host: a.example\n> \n";
    row("a redirect",
        first + "< HTTP/1.1 301 Moved\n< Location: /2\n< \n* Ignoring the response-body\n"
                "* Connection #0 to host a.example left intact\n"
                "* Issue another request to this URL: 'https://a.example/2'\n"
                "* Re-using existing connection #0 with host a.example\n"
                "> GET /2 HTTP/1.1\n> Host: a.example\n> \n< HTTP/1.1 404 Not Found\n< \nnone\n",
        {"https://a.example/1 301 ", "https://a.example/2 404 none\n"});
    row("continue", first + "< HTTP/1.1 100 Continue\n< \n< HTTP/1.1 503 Unavailable\n< A: b\n< \nlater",
        {"https://a.example/1 503 later"});
    row("early hints", first + "< HTTP/1.1 103 Early Hints\n< Link: </a.css>\n< \n< HTTP/1.1 200 OK\n< \nfine",
        {"https://a.example/1 200 fine"});
    row("retries",
        first + "< HTTP/1.1 503 Unavailable\n< \nbusy\n* Connection #0 to host a.example left intact\n"
                "Warning: Problem : HTTP error. Will retry in 1 seconds. 3 retries left.\n"
                "> GET /1 HTTP/1.1\n> Host: a.example\n> \n< HTTP/1.1 200 OK\n< \nfine",
        {"https://a.example/1 503 busy\n", "https://a.example/1 200 fine"});
    row("a tunnel",
        "* Connected to proxy.example (192.0.2.1) port 3128 (#0)\n* Establish HTTP proxy tunnel to a.example:443\n"
        "> CONNECT a.example:443 HTTP/1.1\n> Host: a.example:443\n> \n< HTTP/1.1 200 Connection established\n< \n"
        "* Proxy replied 200 to CONNECT request\n* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n"
        "> GET /1 HTTP/1.1\n> Host: a.example\n> \n< HTTP/1.1 500 Oops\n< \nx",
        {"https://a.example/1 500 x"});
    row("a tunnel refused",
        "> CONNECT a.example:443 HTTP/1.1\n> Host: a.example:443\n> \n< HTTP/1.1 407 Proxy Authentication Required\n"
        "< \n* CONNECT tunnel failed, response 407\n",
        {"a.example:443 407 "});
    row("answers without requests", "< HTTP/1.1 401 Unauthorized\n< \na\n< HTTP/1.1 403 Forbidden\n< \nb\n",
        {" 401 a\n", " 403 b\n"});
    row("TLS of a connection used again",
        "* Connected to a.example (192.0.2.1) port 8443 (#0)\n* TLSv1.3 (IN), TLS handshake\n"
        "> GET /1 HTTP/1.1\n> Host: a.example:8443\n> \n< HTTP/1.1 200 OK\n< \n"
        "* Connected to b.example (192.0.2.1) port 80 (#1)\n> GET /2 HTTP/1.1\n> Host: b.example\n> \n"
        "< HTTP/1.1 200 OK\n< \n"
        "* Re-using existing connection #0 with host a.example\n> GET /3 HTTP/1.1\n> Host: a.example:8443\n> \n",
        {"https://a.example:8443/1 200 ", "http://b.example/2 200 ", "https://a.example:8443/3 0 "});
}

void TestCurlVerbose::severalRequests()
{
    QFETCH(const QByteArray, text);
    QFETCH(QByteArrayList, expected);
    QByteArrayList found;
    qsizetype end = 0;
    int index = 0;
    for (const Exchange &exchange : readCurlVerbose(text)) {
        found << (exchange.request ? exchange.request->url : QByteArray()) + ' ' +
                     QByteArray::number(exchange.status.value_or(0)) + ' ' + exchange.body;
        QCOMPARE(exchange.index, index++);
        QVERIFY(exchange.span.start >= end);
        end = exchange.span.end();
    }
    QCOMPARE(found, expected);
}

void TestCurlVerbose::withoutAnswer_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<bool>("hasRequest");
    const auto row = [](const char *name, const char *text, const char *reason, bool hasRequest) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(reason) << hasRequest;
    };
    row("timeout",
        "> GET /x HTTP/1.1\n> Host: a.example\n> \n* Operation timed out after 1000 milliseconds with 0 bytes "
        "received\n"
        "* Closing connection 0\ncurl: (28) Operation timed out after 1000 milliseconds\n",
        "curl: (28) Operation timed out after 1000 milliseconds", true);
    row("empty reply", "> GET /x HTTP/1.1\n> \n* Empty reply from server\ncurl: (52) Empty reply from server",
        "curl: (52) Empty reply from server", true);
    row("no host",
        "* Could not resolve host: a.invalid\n* Closing connection\ncurl: (6) Could not resolve host: a.invalid",
        "curl: (6) Could not resolve host: a.invalid", false);
    row("cut off", "> GET /x HTTP/1.1\n> Host: a", "", true);
}

void TestCurlVerbose::withoutAnswer()
{
    QFETCH(const QByteArray, text);
    const auto exchanges = readCurlVerbose(text);
    QCOMPARE(exchanges.size(), std::size_t(1));
    QVERIFY(!exchanges.front().status);
    QTEST(exchanges.front().reason, "reason");
    QTEST(exchanges.front().request.has_value(), "hasRequest");
}

void TestCurlVerbose::fieldsAreReadAsPasted_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *line, const char *value) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(value);
    };
    row("< X-A: b", "b");
    row("<  X-A:b ", "b");
    row("    < X-A: b c", "b c");
    row("< x-a : b", "b");
    row("< X-A:", "");
    row("10:11:12.123456 < X-A: b", "b");
    row("< \x1b[1mX-A\x1b[0m: b", "b");
    row("< X-A: \x1b[1mb\x1b[0m", "\x1b[1mb\x1b[0m");
    row("< X-A: b\r", "b");
}

void TestCurlVerbose::fieldsAreReadAsPasted()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, value);
    const QByteArray text = "< HTTP/1.1 500 Oops\n" + line + "\n< \nx";
    const auto exchanges = readCurlVerbose(text);
    QCOMPARE(exchanges.size(), std::size_t(1));
    const Header *header = exchanges.front().headers.find("x-a");
    QVERIFY(header);
    QCOMPARE(header->value, value);
    QCOMPARE(at(text, header->span), value);
}

void TestCurlVerbose::everyPrefixIsHarmless()
{
    const QByteArray text = http2() + http1("a\n* Connection #0 to host x left intact\nb");
    for (qsizetype length = 0; length <= text.size(); ++length) {
        const QByteArray prefix(text.constData(), length);
        static_cast<void>(looksLikeCurlVerbose(prefix));
        for (const Exchange &exchange : readCurlVerbose(prefix)) {
            QVERIFY(exchange.span.end() <= length && exchange.statusSpan.end() <= length);
            QVERIFY(!exchange.status || at(prefix, exchange.statusSpan).toInt() == *exchange.status);
        }
    }
}

QTEST_APPLESS_MAIN(TestCurlVerbose)
#include "tst_curlverbose.moc"
