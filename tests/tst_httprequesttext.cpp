// Requests as they are pasted.
#include "models/http/httprequesttext.h"

#include <QTest>

using namespace errata;

class TestHttpRequestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isRecognised_data();
    void isRecognised();
    void urls_data();
    void urls();
    void everythingIsFoundWhereItStands();
    void forms_data();
    void forms();
    void faultsAreNamedByLine_data();
    void faultsAreNamedByLine();
    void everyPrefixIsHarmless();
};

void TestHttpRequestText::isRecognised_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *text, bool expected) {
        QTest::newRow(QByteArray(text).replace("\r", "\\r").replace("\n", "\\n").constData())
            << QByteArray(text) << expected;
    };
    row("GET / HTTP/1.1", true);
    row("POST /v1/x?a=b HTTP/1.0\r\nHost: a", true);
    row("GET https://api.example.com/x HTTP/1.1", true);
    row("PATCH /x HTTP/2", true);
    row("DELETE /x HTTP/3", true);
    row("OPTIONS * HTTP/1.1", true);
    row("CONNECT a.example:443 HTTP/1.1", true);
    row("M-SEARCH * HTTP/1.1", true);
    row("\n\n  GET /x HTTP/1.1\n", true);
    row("\xEF\xBB\xBFGET /x HTTP/1.1", true);
    row("GET /x HTTP/1.1 ", true);
    row("GET /x", false);
    row("get /x HTTP/1.1", false);
    row("GET x HTTP/1.1", false);
    row("GET /x y HTTP/1.1", false);
    row("GET /x HTTP/1.1 200", false);
    row("HTTP/1.1 200 OK", false);
    row("POST to /x failed with HTTP/1.1", false);
    row("GET  HTTP/1.1", false);
    row("{\"GET /x HTTP/1.1\":1}", false);
    row("", false);
}

void TestHttpRequestText::isRecognised()
{
    QFETCH(const QByteArray, text);
    QTEST(startsLikeHttpRequest(text), "expected");
    QTEST(parseHttpRequest(text).ok(), "expected");
}

void TestHttpRequestText::urls_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("url");
    const auto row = [](const char *target, const char *host, const char *url) {
        QTest::newRow(url) << QByteArray(target) << QByteArray(host) << QByteArray(url);
    };
    row("/x?a=b", "api.example.com", "https://api.example.com/x?a=b");
    row("/x", "api.example.com:80", "http://api.example.com:80/x");
    row("/x", "api.example.com:8443", "https://api.example.com:8443/x");
    row("/x", "localhost", "http://localhost/x");
    row("/x", "localhost:3000", "http://localhost:3000/x");
    row("/x", "localhost:443", "https://localhost:443/x");
    row("/x", "127.0.0.1:8080", "http://127.0.0.1:8080/x");
    row("/x", "[::1]:8080", "http://[::1]:8080/x");
    row("/x", "[2001:db8::1]", "https://[2001:db8::1]/x");
    row("/x", "localhost.example.com", "https://localhost.example.com/x");
    row("http://a.example/x", "b.example", "http://a.example/x");
    row("/x", "", "/x");
    row("*", "a.example", "*");
}

void TestHttpRequestText::urls()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, host);
    QTEST(absoluteUrl(target, host), "url");
    const QByteArray field = host.isEmpty() ? QByteArray() : "host: " + host + "\r\n";
    QTEST(parseHttpRequest("GET " + target + " HTTP/1.1\r\nAccept: */*\r\n" + field + "\r\n")->url, "url");
}

void TestHttpRequestText::everythingIsFoundWhereItStands()
{
    const QByteArray text = "POST /v1/items HTTP/1.1\r\nHost: api.example.com\r\nContent-Type:  application/json \r\n"
                            "\r\n{\"a\": 1}\r\n";
    const auto request = parseHttpRequest(text);
    QVERIFY(request.ok());
    QCOMPARE(request->method, QByteArray("POST"));
    QCOMPARE(request->url, QByteArray("https://api.example.com/v1/items"));
    QCOMPARE(request->headers, (Headers{{"Host", "api.example.com"}, {"Content-Type", "application/json"}}));
    const Span span = request->headers.find("content-type")->span;
    QCOMPARE(text.mid(span.start, span.length), QByteArray("application/json"));
    QCOMPARE(request->body, QByteArray("{\"a\": 1}\r\n"));
}

void TestHttpRequestText::forms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const char *text, const char *body) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(body);
    };
    row("line feeds", "GET /x HTTP/1.1\nHost: a\n\nb", "b");
    row("blank lines first", "\n \nGET /x HTTP/1.1\nHost: a\n\nb", "b");
    row("indented", "  GET /x HTTP/1.1\n  Host: a\n  \nb", "b");
    row("folded", "GET /x HTTP/1.1\nX: b\n c\nHost: a\n\nb", "b");
    row("empty line lost", "GET /x HTTP/1.1\nHost: a\n{\"a\":1}", "{\"a\":1}");
    row("HTTP/2", "GET /x HTTP/2\n:authority: a\nx: y\n\nb", "b");
    row("no body", "GET /x HTTP/1.1\nHost: a", "");
}

void TestHttpRequestText::forms()
{
    QFETCH(const QByteArray, text);
    const auto request = parseHttpRequest(text);
    QVERIFY(request.ok());
    QCOMPARE(request->url, QByteArray("https://a/x"));
    QTEST(request->body, "body");
}

void TestHttpRequestText::faultsAreNamedByLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    QTest::newRow("no request line") << QByteArray("\nhello\n") << QStringLiteral("line 2");
    QTest::newRow("no field") << QByteArray("GET /x HTTP/1.1\nHost: a\nhello\n\n") << QStringLiteral("line 3");
    QTest::newRow("too many") << "GET /x HTTP/1.1\nHost: a\nX: " + QByteArray(300000, 'x') << QStringLiteral("line 3");
}

void TestHttpRequestText::faultsAreNamedByLine()
{
    QFETCH(const QByteArray, text);
    const auto request = parseHttpRequest(text);
    QVERIFY(!request.ok());
    QTEST(request.error().where, "where");
}

void TestHttpRequestText::everyPrefixIsHarmless()
{
    const QByteArray text = "\xEF\xBB\xBF POST /v1 HTTP/1.1\r\n Host: [::1]:80\r\n X: \r\n  y\r\n \r\nbody";
    for (qsizetype length = 0; length <= text.size(); ++length) {
        const QByteArray prefix(text.constData(), length);
        QCOMPARE(startsLikeHttpRequest(prefix) || !parseHttpRequest(prefix).ok(), true);
    }
}

QTEST_APPLESS_MAIN(TestHttpRequestText)
#include "tst_httprequesttext.moc"
