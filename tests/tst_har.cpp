// HAR files: read entry by entry, broken ones as far as they go, and written.
#include "models/base/gunzip.h"
#include "models/http/har.h"
#include "models/http/timestamps.h"
#include "models/json/jsoncursor.h"

#include <QTest>

using namespace errata;

namespace {

QByteArray at(const QByteArray &text, const Span &span)
{
    return text.mid(span.start, span.length);
}

/// One entry whose response's members are given.
QByteArray entry(const QByteArray &response, const QByteArray &more = {})
{
    return "{\"startedDateTime\":\"2026-05-04T10:11:12.345Z\",\"time\":87.5,"
           "\"request\":{\"method\":\"POST\",\"url\":\"https://api.example.com/v1/items?page=2\","
           "\"httpVersion\":\"h2\",\"headers\":[{\"name\":\":method\",\"value\":\"POST\"},"
           "{\"name\":\"accept\",\"value\":\"*/*\"}],\"postData\":{\"mimeType\":\"application/json\","
           "\"text\":\"{\\\"a\\\":1}\"}},\"response\":{" +
           response + "}" + more + "}";
}

QByteArray simple(int status, const QByteArray &body = "oops")
{
    return entry("\"status\":" + QByteArray::number(status) + ",\"content\":{\"text\":\"" + body + "\"}");
}

QByteArray har(const QByteArrayList &entries)
{
    return "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"t\",\"version\":\"1\"},\"entries\":[" +
           entries.join(",\n") + "]}}";
}

struct Read
{
    std::vector<HarEntry> entries;
    HarReading reading;
};

Read readAll(const QByteArray &bytes)
{
    Read read;
    qsizetype last = 0;
    bool forward = true;
    read.reading = readHar(bytes, [&](HarEntry &&one, qsizetype bytesRead) {
        forward = forward && bytesRead > last && bytesRead <= bytes.size();
        last = bytesRead;
        read.entries.push_back(std::move(one));
        return true;
    });
    if (!forward)
        qFatal("progress went backwards");
    return read;
}

/// gzip -n of "hello"
QByteArray gzipOfHello()
{
    return QByteArray::fromHex("1f8b0800000000000003cb48cdc9c9070086a6103605000000");
}

} // namespace

class TestHar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsFoundWhereItStands();
    void isRecognised_data();
    void isRecognised();
    void bodies_data();
    void bodies();
    void withoutStatus_data();
    void withoutStatus();
    void anyOrderAndNesting_data();
    void anyOrderAndNesting();
    void versions_data();
    void versions();
    void brokenIsNamedAndTheRestRead_data();
    void brokenIsNamedAndTheRestRead();
    void cutOffEntryGivesWhatWasRead();
    void formParametersBecomeABody();
    void cancelStops();
    void problemsAreCapped();
    void everyPrefixIsHarmless();
    void writtenIsReadBackTheSame();
    void gunzipHasALimit();
    void times_data();
    void times();
    void cursorReadsWhatItIsAskedFor();
    void escapes_data();
    void escapes();
};

void TestHar::everythingIsFoundWhereItStands()
{
    const QByteArray one = entry("\"status\": 429 ,\"statusText\":\"Too Many Requests\",\"httpVersion\":\"http/2.0\","
                                 "\"headers\":[{\"name\":\"Retry-After\",\"value\":\"30\"}],"
                                 "\"content\":{\"size\":5,\"mimeType\":\"text/plain\",\"text\":\"slow down\"}");
    const QByteArray text = har({one});
    const Read read = readAll(text);
    QVERIFY(read.reading.problems.isEmpty());
    QCOMPARE(read.reading.entries, 1);
    const Exchange &exchange = read.entries.front().exchange;
    QCOMPARE(at(text, exchange.span), one);
    QCOMPARE(exchange.status, std::optional(429));
    QCOMPARE(at(text, exchange.statusSpan), QByteArray("429"));
    QCOMPARE(exchange.reason, QByteArray("Too Many Requests"));
    QCOMPARE(exchange.version, QByteArray("HTTP/2"));
    QCOMPARE(exchange.headers, (Headers{{"Retry-After", "30"}}));
    QCOMPARE(at(text, exchange.headers.find("retry-after")->span), QByteArray("30"));
    QCOMPARE(exchange.body, QByteArray("slow down"));
    QCOMPARE(text.mid(exchange.bodyOffset, 9), exchange.body);
    QCOMPARE(exchange.startedMs, std::optional<qint64>(1777889472345));
    QCOMPARE(exchange.durationMs, std::optional(87.5));
    QCOMPARE(exchange.request->method, QByteArray("POST"));
    QCOMPARE(exchange.request->url, QByteArray("https://api.example.com/v1/items?page=2"));
    QCOMPARE(exchange.request->headers, (Headers{{"accept", "*/*"}}));
    QCOMPARE(exchange.request->body, QByteArray("{\"a\":1}"));
}

void TestHar::isRecognised_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("expected");
    QTest::newRow("plain") << har({}) << true;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF") + har({simple(200)}) << true;
    QTest::newRow("blanks") << QByteArray("\n  { \"log\" : { \"entries\" : [") << true;
    QTest::newRow("nested") << QByteArray("{\"har\":") + har({}) + "}" << true;
    QTest::newRow("entries first") << QByteArray("{\"log\":{\"entries\":[{}],\"version\":\"1.2\"}}") << true;
    QTest::newRow("pages beyond what is looked at")
        << QByteArray("{\"log\":{\"creator\":{},\"pages\":[\"") + QByteArray(70000, 'x') + "\"],\"entries\":[]}}"
        << true;
    QTest::newRow("cut off in the entries") << har({simple(200)}).left(300) << true;
    QTest::newRow("a body with a log") << QByteArray("{\"log\":\"entries\"}") << false;
    QTest::newRow("a log of another kind") << QByteArray("{\"log\":{\"level\":\"error\"}}") << false;
    QTest::newRow("an error") << QByteArray("{\"error\":{\"code\":\"x\"}}") << false;
    QTest::newRow("array") << QByteArray("[{\"log\":{\"entries\":[]}}]") << false;
    QTest::newRow("entries in a string") << QByteArray("{\"a\":\"{\\\"log\\\":{\\\"entries\\\":[]}}\"}") << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("text") << QByteArray("log entries") << false;
}

void TestHar::isRecognised()
{
    QFETCH(const QByteArray, text);
    QTEST(looksLikeHar(text), "expected");
}

void TestHar::bodies_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("literal");
    QTest::addColumn<int>("problems");
    const auto row = [](const char *name, const QByteArray &content, const QByteArray &body, bool literal,
                        int problems = 0) { QTest::newRow(name) << content << body << literal << problems; };
    row("literal", "\"text\":\"abc\"", "abc", true);
    row("escaped", "\"text\":\"{\\\"a\\\":\\\"\\u00e4\\ud83d\\ude00\\\"}\"", "{\"a\":\"\xC3\xA4\xF0\x9F\x98\x80\"}",
        false);
    row("base64", "\"text\":\"aGVsbG8=\",\"encoding\":\"base64\"", "hello", false);
    row("encoding first", "\"encoding\":\"base64\",\"text\":\"aGVsbG8=\"", "hello", false);
    row("no base64", "\"text\":\"a b!\",\"encoding\":\"base64\"", "a b!", true, 1);
    row("gzip in base64", "\"encoding\":\"base64\",\"text\":\"" + gzipOfHello().toBase64() + "\"", "hello", false);
    row("gzip cut off", "\"encoding\":\"base64\",\"text\":\"" + gzipOfHello().left(14).toBase64() + "\"",
        gzipOfHello().left(14), false, 1);
    row("empty", "\"text\":\"\"", "", true);
    row("none", "\"size\":0", "", false);
    row("not a string", "\"text\":12", "", false);
}

void TestHar::bodies()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QByteArray, body);
    const QByteArray text = har({entry("\"status\":500,\"content\":{" + content + "}")});
    const Read read = readAll(text);
    QCOMPARE(read.entries.size(), std::size_t(1));
    const HarEntry &one = read.entries.front();
    QCOMPARE(one.exchange.body, body);
    QTEST(one.exchange.bodyOffset >= 0, "literal");
    if (one.exchange.bodyOffset >= 0)
        QCOMPARE(text.mid(one.exchange.bodyOffset, body.size()), body);
    if (!one.bodySpan.isNull())
        QCOMPARE(text[one.bodySpan.end()], '"');
    QTEST(int(read.reading.problems.size()), "problems");
}

void TestHar::withoutStatus_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("reason");
    const QByteArray refused = "net::ERR_CONNECTION_REFUSED";
    QTest::newRow("error in the response")
        << entry("\"status\":0,\"statusText\":\"\",\"_error\":\"" + refused + "\"") << refused;
    QTest::newRow("error in the entry") << entry("\"status\":0", ",\"_error\":\"" + refused + "\"") << refused;
    QTest::newRow("error in the status text")
        << entry("\"status\":0,\"statusText\":\"NS_ERROR_ABORT\"") << QByteArray("NS_ERROR_ABORT");
    QTest::newRow("no response") << QByteArray(
                                        "{\"startedDateTime\":\"\",\"request\":{\"method\":\"GET\",\"url\":\"x\"}}")
                                 << QByteArray();
    QTest::newRow("null response") << QByteArray("{\"request\":{\"url\":\"x\"},\"response\":null}") << QByteArray();
    QTest::newRow("odd status") << entry("\"status\":12345") << QByteArray();
    QTest::newRow("text status") << entry("\"status\":\"x\"") << QByteArray();
}

void TestHar::withoutStatus()
{
    QFETCH(const QByteArray, text);
    const Read read = readAll(har({text}));
    QCOMPARE(read.entries.size(), std::size_t(1));
    QVERIFY(!read.entries.front().exchange.status);
    QVERIFY(read.entries.front().exchange.statusSpan.isNull());
    QTEST(read.entries.front().exchange.reason, "reason");
    QVERIFY(read.reading.problems.isEmpty());
}

void TestHar::anyOrderAndNesting_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray one = simple(404);
    QTest::newRow("entries first") << QByteArray("{\"log\":{\"entries\":[") + one + "],\"version\":\"1.2\"}}";
    QTest::newRow("nested") << QByteArray("{\"id\":1,\"har\":") + har({one}) + ",\"x\":[]}";
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF") + har({one});
    QTest::newRow("blanks") << QByteArray(har({one})).replace(",", " ,\r\n\t").replace(":{", " : {");
    QTest::newRow("response before request")
        << har({"{\"response\":{\"content\":{\"text\":\"oops\"},\"status\":404},\"request\":{\"url\":\"u\"}}"});
    QTest::newRow("comma behind the last") << QByteArray(har({one})).replace("]}}", ",]}}");
    QTest::newRow("comma missing between entries") << QByteArray("{\"log\":{\"entries\":[") + one + "]}}";
}

void TestHar::anyOrderAndNesting()
{
    QFETCH(const QByteArray, text);
    const Read read = readAll(text);
    QVERIFY2(read.reading.problems.isEmpty(), qPrintable(read.reading.problems.join(u' ')));
    QCOMPARE(read.entries.size(), std::size_t(1));
    QCOMPARE(read.entries.front().exchange.status, std::optional(404));
    QCOMPARE(read.entries.front().exchange.body, QByteArray("oops"));
}

void TestHar::versions_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("version");
    const auto row = [](const char *written, const char *version) {
        QTest::newRow(written) << QByteArray(written) << QByteArray(version);
    };
    row("HTTP/1.1", "HTTP/1.1");
    row("http/1.0", "HTTP/1.0");
    row("h2", "HTTP/2");
    row("HTTP/2", "HTTP/2");
    row("http/2.0", "HTTP/2");
    row("h3", "HTTP/3");
    row("h3-29", "HTTP/3");
    row("unknown", "");
    row("", "");
}

void TestHar::versions()
{
    QFETCH(const QByteArray, written);
    const Read read = readAll(har({entry("\"status\":200,\"httpVersion\":\"" + written + "\"")}));
    QTEST(read.entries.front().exchange.version, "version");
}

void TestHar::brokenIsNamedAndTheRestRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<int>>("statuses");
    QTest::addColumn<QString>("problem");
    const QByteArray good = simple(404);
    const auto row = [](const char *name, const QByteArray &text, const QList<int> &statuses, const char *problem) {
        QTest::newRow(name) << text << statuses << QString::fromLatin1(problem);
    };
    row("a quote too many", har({good, simple(500, "a \" b"), simple(503)}), {404, 503}, "entry 2, line 2, column ");
    row("a value missing", har({good, entry("\"status\":"), simple(503)}), {404, 503}, "entry 2, line 2, column ");
    row("a bracket missing", har({good, simple(500).chopped(1), simple(503)}), {404, 503}, "entry 2, line ");
    row("a control character", har({good, simple(500, "a\tb"), simple(503)}), {404, 500, 503}, "");
    row("a number", har({good, "7", simple(503)}), {404, 503}, "entry 2, line 2, column 1: expected an entry");
    row("an empty object", har({good, "{}", simple(503)}), {404, 503}, "entry 2: neither a request nor a response");
    row("first broken", har({"{\"request\":}", good}), {404}, "entry 1, line 1, column ");
    row("cut off between entries", "{\"log\":{\"entries\":[" + good + ",", {404}, "cut off after 1 entries");
    row("cut off before entries", "{\"log\":{\"entries\":", {}, "line 1, column 19: expected a value");
    row("no entries", "{\"log\":{\"version\":\"1.2\"}}", {}, "no log.entries");
    row("no object", "[]", {}, "no log.entries");
    row("empty", "", {}, "line 1, column 1: expected a value");
}

void TestHar::brokenIsNamedAndTheRestRead()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, problem);
    const Read read = readAll(text);
    QList<int> statuses;
    for (const HarEntry &one : read.entries)
        statuses << one.exchange.status.value_or(0);
    QTEST(statuses, "statuses");
    if (problem.isEmpty()) {
        QVERIFY(read.reading.problems.isEmpty());
        return;
    }
    QCOMPARE(read.reading.problems.size(), 1);
    QVERIFY2(read.reading.problems.front().contains(problem), qPrintable(read.reading.problems.front()));
}

void TestHar::cutOffEntryGivesWhatWasRead()
{
    const QByteArray text = har({simple(404), simple(503, "long body")});
    const QByteArray cut = text.left(text.lastIndexOf("body"));
    const Read read = readAll(cut);
    QCOMPARE(read.entries.size(), std::size_t(2));
    QCOMPARE(read.entries.back().exchange.status, std::optional(503));
    QCOMPARE(read.entries.back().exchange.index, 1);
    QVERIFY(read.entries.back().exchange.span.end() <= cut.size());
    QCOMPARE(read.reading.problems.size(), 1);
    QVERIFY(read.reading.problems.front().startsWith(QStringLiteral("entry 2, line 2, column ")));
    QVERIFY(read.reading.problems.front().contains(QStringLiteral("end of input")));
}

void TestHar::formParametersBecomeABody()
{
    const QByteArray text = har({"{\"request\":{\"method\":\"POST\",\"url\":\"u\",\"postData\":{\"params\":["
                                 "{\"name\":\"a b\",\"value\":\"1&2\"},{\"name\":\"c\",\"value\":\"\"}]}}}"});
    QCOMPARE(readAll(text).entries.front().exchange.request->body, QByteArray("a%20b=1%262&c="));
}

void TestHar::cancelStops()
{
    const QByteArray text = har({simple(400), simple(401), simple(402)});
    int seen = 0;
    const HarReading reading = readHar(text, [&](HarEntry &&, qsizetype) { return ++seen < 2; });
    QCOMPARE(seen, 2);
    QCOMPARE(reading.entries, 2);
    QVERIFY(reading.cancelled);
    QVERIFY(reading.problems.isEmpty());
}

void TestHar::problemsAreCapped()
{
    QByteArrayList entries;
    for (int i = 0; i < 300; ++i)
        entries << "{}";
    const Read read = readAll(har(entries));
    QCOMPARE(read.reading.problems.size(), 101);
    QCOMPARE(read.reading.problems.back(), QStringLiteral("200 more problems"));
}

void TestHar::everyPrefixIsHarmless()
{
    const QByteArray text = har({simple(404), entry("\"status\":0,\"_error\":\"x\\u00e4\\ud83d\""), simple(503)});
    for (qsizetype length = 0; length < text.size(); ++length) {
        const QByteArray prefix = QByteArray(text.constData(), length);
        const Read read = readAll(prefix);
        QVERIFY(!read.reading.problems.isEmpty());
        for (const HarEntry &one : read.entries) {
            QVERIFY(one.exchange.span.end() <= length);
            QVERIFY(one.bodySpan.isNull() || one.bodySpan.end() < length);
        }
        static_cast<void>(looksLikeHar(prefix));
    }
    QVERIFY(readAll(text).reading.problems.isEmpty());
}

void TestHar::writtenIsReadBackTheSame()
{
    Exchange first;
    first.request = HttpRequest{"PUT",
                                "https://a.example/x?q=a%20b&r=1+2&flag#part",
                                {{"Content-Type", "application/octet-stream"}},
                                QByteArray("\xFF\x00\x80", 3)};
    first.status = 422;
    first.reason = "Unprocessable Content";
    first.version = "HTTP/1.1";
    first.headers = {{"Content-Type", "application/json"}, {"X-A", "1"}, {"x-a", "2 \"q\" \\ \t\xC3\xA4"}};
    first.body = "{\"a\": 1.00, \"a\": \"\xF0\x9F\x98\x80\x7F\"}\r\n";
    first.startedMs = 1777889472345;
    first.durationMs = 12.25;
    Exchange second;
    second.body = QByteArray::fromHex("00ff10");
    const QByteArray text = writeHar({first, second}, QStringLiteral("1.0"));

    const auto document = JsonDocument::parse(text);
    QVERIFY(document.ok());
    const JsonValue log = document->root()["log"];
    QCOMPARE(log["version"].string(), QStringLiteral("1.2"));
    QCOMPARE(log["creator"]["version"].string(), QStringLiteral("1.0"));
    const JsonValue query = log.pointer(u"/entries/0/request/queryString");
    QCOMPARE(query.size(), 3);
    QCOMPARE(query.at(0)["name"].string(), QStringLiteral("q"));
    QCOMPARE(query.at(0)["value"].string(), QStringLiteral("a b"));
    QCOMPARE(query.at(1)["value"].string(), QStringLiteral("1 2"));
    QCOMPARE(query.at(2)["name"].string(), QStringLiteral("flag"));
    for (const char *member : {"startedDateTime", "time", "request", "response", "cache", "timings"})
        QVERIFY2(!log["entries"].at(1)[member].isAbsent(), member);

    const Read read = readAll(text);
    QVERIFY(read.reading.problems.isEmpty());
    QCOMPARE(read.entries.size(), std::size_t(2));
    const Exchange &back = read.entries.front().exchange;
    QCOMPARE(*back.request, *first.request);
    QCOMPARE(back.status, first.status);
    QCOMPARE(back.reason, first.reason);
    QCOMPARE(back.version, first.version);
    QCOMPARE(back.headers, first.headers);
    QCOMPARE(back.body, first.body);
    QCOMPARE(back.startedMs, first.startedMs);
    QCOMPARE(back.durationMs, first.durationMs);
    QVERIFY(!read.entries.back().exchange.status);
    QCOMPARE(read.entries.back().exchange.body, second.body);
}

void TestHar::gunzipHasALimit()
{
    QVERIFY(looksLikeGzip(gzipOfHello()));
    QCOMPARE(gunzip(gzipOfHello(), 5).valueOr({}), QByteArray("hello"));
    QVERIFY(!gunzip(gzipOfHello(), 4));
    QCOMPARE(gunzip(gzipOfHello() + gzipOfHello(), 100).valueOr({}), QByteArray("hellohello"));
    QCOMPARE(gunzip(gzipOfHello() + QByteArray(3, '\0'), 100).valueOr({}), QByteArray("hello"));
    QVERIFY(!gunzip(gzipOfHello() + "x", 100));
    QVERIFY(!gunzip("hello", 100));
    QVERIFY(!gunzip({}, 100));
    QByteArray damaged = gzipOfHello();
    damaged[damaged.size() - 6] = 'x';
    QVERIFY(!gunzip(damaged, 100));
    for (qsizetype length = 0; length < gzipOfHello().size(); ++length)
        QVERIFY(!gunzip(gzipOfHello().left(length), 100));
}

void TestHar::times_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("ms");
    const auto row = [](const char *text, qint64 ms) { QTest::newRow(text) << QByteArray(text) << ms; };
    constexpr qint64 none = -1;
    row("2026-05-04T10:11:12.345Z", 1777889472345);
    row("2026-05-04T12:11:12.345+02:00", 1777889472345);
    row("2026-05-04T12:11:12.345+0200", 1777889472345);
    row("2026-05-04T05:11:12.3459999-05", 1777889472345);
    row("2026-05-04 10:11:12,345", 1777889472345);
    row("2026-05-04 10:11:12.345 +0000", 1777889472345);
    row("2026/05/04 10:11:12", 1777889472000);
    row("2026-05-04T10:11Z", 1777889460000);
    row("04/May/2026:10:11:12 +0000", 1777889472000);
    row("04/May/2026:12:11:12 +0200", 1777889472000);
    row("1970-01-01T00:00:00Z", 0);
    row("1969-12-31T23:59:59Z", -1000);
    row("2024-02-29T00:00:00Z", 1709164800000);
    row("1777889472", 1777889472000);
    row("1777889472.345", 1777889472345);
    row("1777889472345", 1777889472345);
    row("1777889472345678", 1777889472346);
    row("1777889472345678901", 1777889472346);
    row("2023-02-29T00:00:00Z", none);
    row("2026-13-04T10:11:12Z", none);
    row("2026-05-04T24:11:12Z", none);
    row("2026-05-04T10:11:12Zx", none);
    row("2026-05/04T10:11:12Z", none);
    row("04/Mai/2026:10:11:12 +0000", none);
    row("04/anF/2026:10:11:12 +0000", none);
    row("12345", none);
    row("1e12", none);
    row("nan", none);
    row("", none);
}

void TestHar::times()
{
    QFETCH(const QByteArray, text);
    QTEST(parseTimestamp(text).value_or(-1), "ms");
    for (qsizetype length = 0; length < text.size(); ++length)
        static_cast<void>(timestampPrefix(QByteArray(text.constData(), length)));
    if (const auto ms = parseTimestamp(text))
        QCOMPARE(parseTimestamp(isoTime(*ms)), ms);
}

void TestHar::cursorReadsWhatItIsAskedFor()
{
    const QByteArray text =
        " {\"a\" : [1, {\"x\":\"]}\"}], \"b\":\"t\\\"\", \"c\":-1.5e2, \"d\":\"7\", \"e\":true} rest";
    JsonCursor cursor(text);
    QByteArray skipped, string;
    std::optional<double> number, quoted, noNumber;
    QVERIFY(cursor.members([&](QByteArrayView key) {
        if (key == "a")
            skipped = at(text, cursor.value());
        else if (key == "b")
            string = cursor.text().value_or(QByteArray());
        else if (key == "c")
            number = cursor.number();
        else if (key == "d")
            quoted = cursor.number();
        else
            noNumber = cursor.number();
    }));
    QCOMPARE(skipped, QByteArray("[1, {\"x\":\"]}\"}]"));
    QCOMPARE(string, QByteArray("t\""));
    QCOMPARE(number, std::optional(-150.0));
    QCOMPARE(quoted, std::optional(7.0));
    QVERIFY(!noNumber);
    QCOMPARE(text.mid(cursor.offset()), QByteArray(" rest"));
    for (const char *broken : {"{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":}", "{\"a\":[1}", "{1:2}",
                               "[1 2]", "\"abc", "\"abc\\", ""}) {
        JsonCursor at(broken);
        QVERIFY2(at.value().isNull() || !JsonDocument::parse(broken), broken);
        JsonCursor walk(broken);
        walk.members([&](QByteArrayView) {});
        if (*broken == '{')
            QVERIFY2(walk.failed(), broken);
    }
}

void TestHar::escapes_data()
{
    QTest::addColumn<QByteArray>("inside");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *inside, const QByteArray &text) {
        QTest::newRow(inside) << QByteArray(inside) << text;
    };
    row("plain", "plain");
    row("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t");
    row("a longer text \\u0041 in words of eight", "a longer text A in words of eight");
    row("\\u00e4\\u20ac\\ud83d\\ude00", "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80");
    row("\\ud83d", "\xEF\xBF\xBD");
    row("\\ude00\\ud83dx", "\xEF\xBF\xBD\xEF\xBF\xBDx");
    row("\\ud83d\\u0041", "\xEF\xBF\xBD"
                          "A");
    row("\\u12", "\\u12");
    row("\\q\\", "\\q\\");
}

void TestHar::escapes()
{
    QFETCH(const QByteArray, inside);
    QTEST(jsonUnescaped(inside), "text");
}

QTEST_APPLESS_MAIN(TestHar)
#include "tst_har.moc"
