// Responses as they are pasted.
#include "models/base/limits.h"
#include "models/http/chunked.h"
#include "models/http/rawhttp.h"

#include <QTest>

using namespace errata;

namespace {

const QByteArray &plainReply()
{
    static const QByteArray text = "HTTP/1.1 429 Too Many Requests\r\n"
                                   "Content-Type: application/json\r\n"
                                   "Retry-After:  30 \r\n"
                                   "\r\n"
                                   "{\"error\":\"rate_limited\"}\n";
    return text;
}

/// A row's name without line breaks.
QByteArray label(QByteArray text)
{
    return text.replace("\r", "\\r").replace("\n", "\\n");
}

QByteArray at(const QByteArray &text, const Span &span)
{
    return text.mid(span.start, span.length);
}

} // namespace

class TestRawHttp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsFoundWhereItStands();
    void statusLines_data();
    void statusLines();
    void notAResponse_data();
    void notAResponse();
    void forms_data();
    void forms();
    void bodies_data();
    void bodies();
    void lastOfSeveralHeadsCounts_data();
    void lastOfSeveralHeadsCounts();
    void bodyThatIsAMessageIsNotTheNextHead();
    void fields_data();
    void fields();
    void faultyFieldIsNamedByLine_data();
    void faultyFieldIsNamedByLine();
    void spansSurviveIndentationAndFolding();
    void endWithinTheHeadLeavesNoBody();
    void headerBlockIsLimited();
    void everyPrefixIsHarmless();
    void chunked_data();
    void chunked();
};

void TestRawHttp::everythingIsFoundWhereItStands()
{
    const auto exchange = parseHttpResponse(plainReply());
    QVERIFY(exchange.ok());
    QCOMPARE(exchange->status, std::optional(429));
    QCOMPARE(exchange->version, QByteArray("HTTP/1.1"));
    QCOMPARE(exchange->reason, QByteArray("Too Many Requests"));
    QCOMPARE(at(plainReply(), exchange->statusSpan), QByteArray("429"));
    QCOMPARE(exchange->headers, (Headers{{"Content-Type", "application/json"}, {"Retry-After", "30"}}));
    QCOMPARE(at(plainReply(), exchange->headers.find("retry-after")->span), QByteArray("30"));
    QCOMPARE(exchange->body, QByteArray("{\"error\":\"rate_limited\"}\n"));
    QCOMPARE(plainReply().mid(exchange->bodyOffset), exchange->body);
    QVERIFY(!exchange->request);
}

void TestRawHttp::statusLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *line, const char *version, int status, const char *reason) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(version) << status << QByteArray(reason);
    };
    row("HTTP/1.1 200 OK", "HTTP/1.1", 200, "OK");
    row("HTTP/1.0 404 Not Found", "HTTP/1.0", 404, "Not Found");
    row("HTTP/2 503", "HTTP/2", 503, "");
    row("HTTP/2 503 ", "HTTP/2", 503, "");
    row("HTTP/2.0 503 Service Unavailable", "HTTP/2.0", 503, "Service Unavailable");
    row("HTTP/3 500", "HTTP/3", 500, "");
    row("http/1.1 500 oops", "HTTP/1.1", 500, "oops");
    row("HTTP/1.1  500   two  blanks ", "HTTP/1.1", 500, "two  blanks");
    row("HTTP/1.1\t999\tcustom", "HTTP/1.1", 999, "custom");
}

void TestRawHttp::statusLines()
{
    QFETCH(const QByteArray, line);
    for (const QByteArray &text : {line, line + "\n", line + "\r\n", line + "\r\n\r\n", "\xEF\xBB\xBF" + line}) {
        QVERIFY(startsLikeHttpResponse(text));
        const auto exchange = parseHttpResponse(text);
        QVERIFY(exchange.ok());
        QTEST(exchange->version, "version");
        QTEST(exchange->status.value(), "status");
        QTEST(exchange->reason, "reason");
        QCOMPARE(at(text, exchange->statusSpan).toInt(), exchange->status.value());
    }
}

void TestRawHttp::notAResponse_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"",
                             " \n \n",
                             "{}",
                             "429",
                             "HTTP",
                             "HTTP/",
                             "HTTP/1.1",
                             "HTTP/1.1 ",
                             "HTTP/1.1 OK",
                             "HTTP/1.1 42",
                             "HTTP/1.1 4290",
                             "HTTP/1.1 042 x",
                             "HTTP/1.1 429x",
                             "HTTP/x 429",
                             "HTTP/1. 429",
                             "HTTP/.1 429",
                             "HTTP/1.1429",
                             "HTTPS/1.1 200",
                             "GET / HTTP/1.1",
                             "error HTTP/1.1 429",
                             "HTTP/1.1\n429",
                             "HTTP/1.1 -29"})
        QTest::newRow(label(text).constData()) << QByteArray(text);
    QTest::newRow("NUL") << QByteArray("\0HTTP/1.1 429", 13);
}

void TestRawHttp::notAResponse()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!startsLikeHttpResponse(text));
    const auto exchange = parseHttpResponse(text);
    QVERIFY(!exchange);
    QVERIFY(exchange.error().message.startsWith(QStringLiteral("no status line")));
}

void TestRawHttp::forms_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray lines = QByteArray(plainReply()).replace("\r\n", "\n");
    QTest::newRow("CR LF") << plainReply();
    QTest::newRow("LF") << lines;
    QTest::newRow("blank lines first") << "\r\n \n\t\r\n" + plainReply();
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + plainReply();
    QTest::newRow("indented head") << QByteArray("    HTTP/1.1 429 Too Many Requests\n"
                                                 "    Content-Type: application/json\n"
                                                 "    Retry-After: 30\n"
                                                 "    \n"
                                                 "{\"error\":\"rate_limited\"}\n");
    QTest::newRow("indented by tabs") << QByteArray("\tHTTP/1.1 429 Too Many Requests\r\n"
                                                    "\tContent-Type: application/json\r\n"
                                                    "\tRetry-After: 30\r\n"
                                                    "\r\n"
                                                    "{\"error\":\"rate_limited\"}\n");
    QTest::newRow("indented but for its first line") << QByteArray("HTTP/1.1 429 Too Many Requests\n"
                                                                   "  Content-Type: application/json\n"
                                                                   "  Retry-After: 30\n"
                                                                   "\n"
                                                                   "{\"error\":\"rate_limited\"}\n");
    QTest::newRow("only its first line indented") << QByteArray("  HTTP/1.1 429 Too Many Requests\n"
                                                                "Content-Type: application/json\n"
                                                                "Retry-After: 30\n"
                                                                "\n"
                                                                "{\"error\":\"rate_limited\"}\n");
    QTest::newRow("empty line lost") << QByteArray("HTTP/1.1 429 Too Many Requests\n"
                                                   "Content-Type: application/json\n"
                                                   "Retry-After: 30\n"
                                                   "{\"error\":\"rate_limited\"}\n");
}

void TestRawHttp::forms()
{
    QFETCH(const QByteArray, text);
    const auto exchange = parseHttpResponse(text);
    const auto plain = parseHttpResponse(plainReply());
    QVERIFY2(exchange.ok(), exchange ? "" : qPrintable(exchange.error().text()));
    QCOMPARE(exchange->status, plain->status);
    QCOMPARE(exchange->reason, plain->reason);
    QCOMPARE(exchange->headers, plain->headers);
    QCOMPARE(exchange->body, plain->body);
    QCOMPARE(at(text, exchange->statusSpan), QByteArray("429"));
    QCOMPARE(text.mid(exchange->bodyOffset), plain->body);
    for (const Header &header : exchange->headers)
        QCOMPARE(at(text, header.span), header.value);
}

void TestRawHttp::bodies_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("text"); // behind the empty line
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("literal");
    const auto row = [](const char *name, const QByteArray &fields, const QByteArray &text, const QByteArray &body) {
        QTest::newRow(name) << fields << text << body << (text == body);
    };
    const QByteArray chunks = "Transfer-Encoding: chunked\r\n";
    row("none", "", "", "");
    row("bytes kept", "", QByteArray("\r\n \0\xFF\r\n\n", 8), QByteArray("\r\n \0\xFF\r\n\n", 8));
    row("Content-Length too short", "Content-Length: 2\r\n", "{\"a\":1}", "{\"a\":1}");
    row("Content-Length too long", "Content-Length: 99\r\n", "{}", "{}");
    row("chunked", chunks, "7\r\n{\"a\":1}\r\n0\r\n\r\n", "{\"a\":1}");
    row("chunked after gzip", "TRANSFER-ENCODING: gzip, Chunked\r\n", "2\r\n{}\r\n0\r\n\r\n", "{}");
    row("chunked, decoded already", chunks, "{\"a\":1}", "{\"a\":1}");
    row("chunked, cut off", chunks, "7\r\n{\"a\":1}\r\n", "7\r\n{\"a\":1}\r\n");
    row("not chunked", "", "2\r\n{}\r\n0\r\n\r\n", "2\r\n{}\r\n0\r\n\r\n");
}

void TestRawHttp::bodies()
{
    QFETCH(const QByteArray, fields);
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, body);
    QFETCH(const bool, literal);
    const QByteArray head = "HTTP/1.1 500 x\r\n" + fields + "\r\n";
    const auto exchange = parseHttpResponse(head + text);
    QVERIFY(exchange.ok());
    QCOMPARE(exchange->body, body);
    QCOMPARE(exchange->bodyOffset, literal ? head.size() : qsizetype(-1));
}

void TestRawHttp::lastOfSeveralHeadsCounts_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("100 Continue") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n");
    QTest::newRow("early hints") << QByteArray("HTTP/2 103\r\nlink: </a.css>; rel=preload\r\n\r\n");
    QTest::newRow("proxy") << QByteArray("HTTP/1.1 200 Connection established\r\nVia: p\r\n\r\n");
    QTest::newRow("redirects") << QByteArray("HTTP/1.1 301 Moved Permanently\r\nLocation: /b\r\n\r\n"
                                             "HTTP/1.1 302 Found\r\nLocation: /c\r\n\r\n");
    QTest::newRow("blank lines between") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n\r\n \r\n");
    QTest::newRow("all kinds, LF") << QByteArray(
        "HTTP/1.0 200 OK\n\nHTTP/1.1 307 x\nA: b\n\nHTTP/1.1 100 Continue\n\n");
}

void TestRawHttp::lastOfSeveralHeadsCounts()
{
    QFETCH(const QByteArray, before);
    const QByteArray text = before + plainReply();
    const auto exchange = parseHttpResponse(text);
    QVERIFY(exchange.ok());
    QCOMPARE(exchange->status, std::optional(429));
    QCOMPARE(exchange->headers.size(), qsizetype(2));
    QCOMPARE(exchange->statusSpan.start, before.size() + 9);
    QCOMPARE(text.mid(exchange->bodyOffset), exchange->body);
    // The same heads with nothing behind: the last of them is the response.
    const auto alone = parseHttpResponse(before);
    QVERIFY(alone.ok());
    QVERIFY(alone->body.trimmed().isEmpty());
}

void TestRawHttp::bodyThatIsAMessageIsNotTheNextHead()
{
    const QByteArray inner = "HTTP/1.1 200 OK\r\n\r\n";
    const auto message = parseHttpResponse("HTTP/1.1 502 x\r\nContent-Type: Message/HTTP\r\n\r\n" + inner);
    QCOMPARE(message->status, std::optional(502));
    QCOMPARE(message->body, inner);
    // A body that merely speaks of HTTP is a body.
    const auto text = parseHttpResponse("HTTP/1.1 502 x\r\n\r\nHTTP/1.1 is required\r\n");
    QCOMPARE(text->status, std::optional(502));
    QCOMPARE(text->body, QByteArray("HTTP/1.1 is required\r\n"));
}

void TestRawHttp::fields_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *text, const char *name, const char *value) {
        QTest::newRow(label(text).constData()) << QByteArray(text) << QByteArray(name) << QByteArray(value);
    };
    row("A:b", "A", "b");
    row("A: b", "A", "b");
    row("A:\t b \t", "A", "b");
    row("A:", "A", "");
    row("A:  ", "A", "");
    row("A : b", "A", "b");
    row("A: b: c", "A", "b: c");
    row("x-request-id: req_1", "x-request-id", "req_1");
    row(":status: 429", ":status", "429");
    row("A: caf\xE9", "A", "caf\xE9");
    row("A: b\r\n c", "A", "b c");
    row("A: b \r\n\t  c\r\n d", "A", "b c d");
    row("A:\r\n c", "A", "c");
}

void TestRawHttp::fields()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, value);
    const auto exchange = parseHttpResponse("HTTP/1.1 200 OK\r\n" + text + "\r\nLast: one\r\n\r\nbody");
    QVERIFY2(exchange.ok(), exchange ? "" : qPrintable(exchange.error().text()));
    QCOMPARE(exchange->headers, (Headers{{name, value}, {"Last", "one"}}));
    QCOMPARE(exchange->body, QByteArray("body"));
}

void TestRawHttp::faultyFieldIsNamedByLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *text, const char *error) {
        QTest::newRow(label(text).constData()) << QByteArray(text) << QString::fromLatin1(error);
    };
    row("HTTP/1.1 200 OK\nA: b\nToo many requests\n", "line 3: not a header field \"Name: value\"");
    row("\n\nHTTP/1.1 200 OK\n: b\n", "line 4: not a header field \"Name: value\"");
    row("HTTP/1.1 200 OK\nA B: c\n", "line 2: not a header field \"Name: value\"");
    row("HTTP/1.1 200 OK\n::\n", "line 2: not a header field \"Name: value\"");
    row("HTTP/1.1 200 OK\n:\n", "line 2: not a header field \"Name: value\"");
    row("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nno\r\n", "line 4: not a header field \"Name: value\"");
    row("\n\n hello", "line 3: no status line such as \"HTTP/1.1 429 Too Many Requests\"");
}

void TestRawHttp::faultyFieldIsNamedByLine()
{
    QFETCH(const QByteArray, text);
    const auto exchange = parseHttpResponse(text);
    QVERIFY(!exchange);
    QTEST(exchange.error().text(), "error");
}

void TestRawHttp::spansSurviveIndentationAndFolding()
{
    const QByteArray text = "\n  HTTP/1.1 200 OK\n  A:   one\n    two \n  B: \n  C: 3\n\n";
    const auto exchange = parseHttpResponse(text);
    QVERIFY(exchange.ok());
    QCOMPARE(exchange->headers, (Headers{{"A", "one two"}, {"B", ""}, {"C", "3"}}));
    QCOMPARE(at(text, exchange->headers.find("A")->span), QByteArray("one\n    two"));
    QCOMPARE(exchange->headers.find("B")->span, (Span{text.indexOf("B: ") + 3, 0}));
    QCOMPARE(at(text, exchange->headers.find("C")->span), QByteArray("3"));
}

void TestRawHttp::endWithinTheHeadLeavesNoBody()
{
    const auto exchange = parseHttpResponse("HTTP/2 429\r\nretry-after: 5");
    QVERIFY(exchange.ok());
    QCOMPARE(exchange->headers.value("Retry-After"), std::optional<QByteArray>("5"));
    QCOMPARE(exchange->bodyOffset, qsizetype(-1));
    QVERIFY(exchange->body.isEmpty());
}

void TestRawHttp::headerBlockIsLimited()
{
    const QByteArray field = "A: " + QByteArray(1000, 'x') + "\r\n";
    const QByteArray head = "HTTP/1.1 200 OK\r\n";
    QVERIFY(parseHttpResponse(head + field.repeated(200) + "\r\n").ok());
    const auto large = parseHttpResponse(head + field.repeated(300) + "\r\n");
    QVERIFY(!large);
    QCOMPARE(large.error().message, QStringLiteral("more than 256 kB of header fields"));
    QVERIFY(!parseHttpResponse(head + "A: " + QByteArray(limits::headerBlock, 'x')));
    // A large body is none of it, nor are the heads before.
    QVERIFY(parseHttpResponse((head + field.repeated(200) + "\r\n").repeated(3) + QByteArray(1'000'000, 'x')).ok());
}

void TestRawHttp::everyPrefixIsHarmless()
{
    const QByteArray text = "HTTP/1.1 100 Continue\r\n\r\n" + plainReply() +
                            " HTTP/1.1 500 x\r\nTransfer-Encoding: chunked\r\n"
                            "\r\n3\r\nabc\r\n0\r\n\r\n";
    for (qsizetype length = 0; length <= text.size(); ++length) {
        const std::vector<char> exact(text.begin(), text.begin() + length);
        const QByteArray prefix = QByteArray::fromRawData(exact.data(), length);
        const auto exchange = parseHttpResponse(prefix);
        if (!exchange)
            continue;
        QVERIFY(exchange->statusSpan.end() <= length && exchange->bodyOffset <= length);
        for (const Header &header : exchange->headers)
            QVERIFY(header.span.start >= 0 && header.span.end() <= length);
    }
}

void TestRawHttp::chunked_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isChunked");
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char *text, const char *content) {
        QTest::newRow(label(text).constData()) << QByteArray(text) << (content != nullptr) << QByteArray(content);
    };
    row("0\r\n\r\n", "");
    row("3\r\nabc\r\n0\r\n\r\n", "abc");
    row("3\nabc\n0\n\n", "abc");
    row("3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n", "abc0123456789");
    row("0a\r\n0123456789\r\n00\r\n\r\n", "0123456789");
    row("3;name=value\r\nabc\r\n0;x\r\n\r\n", "abc");
    row("3 \r\nabc\r\n0\r\n\r\n", "abc");
    row("4\r\na\r\nb\r\n0\r\n\r\n", "a\r\nb");
    row("3\r\nabc\r\n0\r\nTrailer: x\r\nOther: y\r\n\r\n", "abc");
    row("3\r\nabc\r\n0\r\n\r\n \r\n", "abc");
    row("", nullptr);
    row("0", nullptr);
    row("0\r\n", nullptr);
    row("9\r\nabc", nullptr);
    row("3\r\nabc", nullptr);
    row("3\r\nabc\r\n", nullptr);
    row("3\r\nabc\r\n0\r\n", nullptr);
    row("3\r\nabcd\r\n0\r\n\r\n", nullptr);
    row("4\r\nabc\r\n0\r\n\r\n", nullptr);
    row("3\r\nabc0\r\n\r\n", nullptr);
    row("-3\r\nabc\r\n0\r\n\r\n", nullptr);
    row("0x3\r\nabc\r\n0\r\n\r\n", nullptr);
    row("g\r\nabc\r\n0\r\n\r\n", nullptr);
    row("\r\nabc\r\n0\r\n\r\n", nullptr);
    row(";x\r\nabc\r\n0\r\n\r\n", nullptr);
    row("FFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n", nullptr);
    row("7FFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n", nullptr);
    row("FFFFFFFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n", nullptr);
    row("3\r\nabc\r\n0\r\n\r\nmore", nullptr);
    row("3\r\nabc\r\n0\r\nno trailer\r\n\r\n", nullptr);
}

void TestRawHttp::chunked()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, isChunked);
    const auto content = decodeChunked(text);
    QCOMPARE(content.has_value(), isChunked);
    QTEST(content.value_or(QByteArray()), "content");
}

QTEST_APPLESS_MAIN(TestRawHttp)
#include "tst_rawhttp.moc"
