// Log files of many kinds.
#include "models/http/jsonintext.h"
#include "models/http/logfields.h"
#include "models/http/logreader.h"

#include <QTest>

using namespace errata;

namespace {

constexpr qint64 when = 1777889472345; // 2026-05-04T10:11:12.345Z

std::vector<LogRecord> recordsOf(const QByteArray &text, LogReading *reading = nullptr)
{
    std::vector<LogRecord> records;
    qsizetype last = 0;
    const LogReading result = readLog(text, [&](LogRecord &&record, qsizetype bytesRead) {
        if (bytesRead <= last || bytesRead > text.size())
            qFatal("progress went backwards");
        last = bytesRead;
        records.push_back(std::move(record));
        return true;
    });
    if (reading)
        *reading = result;
    return records;
}

QByteArray at(const QByteArray &text, const Span &span)
{
    return span.isNull() ? QByteArray() : text.mid(span.start, span.length);
}

/// What a row expects, as one text: "status method url duration".
QByteArray summary(const LogRecord &record)
{
    return QByteArray::number(record.status.value_or(0)) + ' ' + record.method + ' ' + record.url + ' ' +
           QByteArray::number(record.durationMs.value_or(-1));
}

QByteArray field(const LogRecord &record, QByteArrayView name)
{
    for (const auto &[key, value] : record.fields) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace

class TestLogReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isRecognised_data();
    void isRecognised();
    void lines_data();
    void lines();
    void membersOfJson_data();
    void membersOfJson();
    void bodies_data();
    void bodies();
    void stackTraceBelongsToTheRecordAbove();
    void accessLogKeepsItsWords();
    void unreadLinesAreNamed();
    void keptRecordsOutliveTheText();
    void durations_data();
    void durations();
    void cancelStops();
    void everyPrefixIsHarmless();
};

void TestLogReader::isRecognised_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, const char *text, bool expected) {
        QTest::newRow(name) << QByteArray(text) << expected;
    };
    row("JSON lines", "{\"ts\":1777889472,\"level\":\"info\"}\n{\"ts\":1777889473,\"msg\":\"x\"}\n", true);
    row("one JSON line", "{\"time\":\"2026-05-04T10:11:12Z\",\"level\":\"error\",\"msg\":\"x\"}", true);
    row("byte order mark", "\xEF\xBB\xBF{\"level\":\"error\"}\n", true);
    row("logfmt", "ts=2026-05-04T10:11:12Z level=info msg=\"a b\"\n", true);
    row("access log", "192.0.2.1 - - [04/May/2026:10:11:12 +0000] \"GET / HTTP/1.1\" 200 12\n", true);
    row("text", "2026-05-04 10:11:12,345 ERROR x\n", true);
    row("text with a trace",
        "2026-05-04 10:11:12 ERROR x\n\tat a.b(C.java:1)\n\tat a.b(C.java:2)\nCaused by: x\n\tat c\n", true);
    row("level first", "[error] something\n[info] other\n", true);
    row("syslog", "May  4 10:11:12 host app[12]: x\n", true);
    row("an API's error", "{\"error\":{\"code\":\"x\"}}", false);
    row("JSON lines of data", "{\"id\":1}\n{\"id\":2}\n", false);
    row("pretty JSON", "{\n  \"time\": 1,\n  \"level\": \"x\"\n}\n", false);
    row("response", "HTTP/1.1 429 Too Many Requests\nDate: x\nContent-Length: 1\n\n", false);
    row("sentence", "Error: 429 Too Many Requests", false);
    row("OAuth", "error=access_denied&error_description=x", false);
    row("pairs without time", "a=1 b=2", false);
    row("code", "RATE_LIMITED", false);
    row("mostly prose", "2026-05-04 10:11:12 ERROR x\nhello there\nhow are you\n", false);
    row("curl", "curl -X POST https://a.example", false);
    row("empty", "", false);
}

void TestLogReader::isRecognised()
{
    QFETCH(const QByteArray, text);
    QTEST(looksLikeLog(text), "expected");
}

void TestLogReader::lines_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("level");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<bool>("hasTime");
    const auto row = [](const char *name, const char *text, const char *level, const char *expected,
                        bool hasTime = true) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(level) << QByteArray(expected) << hasTime;
    };
    row("pino",
        "{\"level\":50,\"time\":1777889472345,\"req\":{\"method\":\"GET\",\"url\":\"/x\"},"
        "\"res\":{\"statusCode\":503},\"responseTime\":87,\"msg\":\"request errored\"}",
        "error", "503 GET /x 87");
    row("zap",
        "{\"level\":\"warn\",\"ts\":1777889472.345,\"msg\":\"m\",\"status\":429,\"method\":\"POST\","
        "\"url\":\"https://a.example/x\",\"latency\":\"1.5s\"}",
        "warn", "429 POST https://a.example/x 1500");
    row("ECS",
        "{\"@timestamp\":\"2026-05-04T10:11:12.345Z\",\"log.level\":\"error\",\"http.response.status_code\":500,"
        "\"http.request.method\":\"PUT\",\"url.full\":\"https://a.example/x\"}",
        "error", "500 PUT https://a.example/x -1");
    row("ECS nested",
        "{\"@timestamp\":\"2026-05-04T10:11:12.345Z\",\"log\":{\"level\":\"error\"},"
        "\"http\":{\"request\":{\"method\":\"PUT\"},\"response\":{\"status_code\":500}}}",
        "error", "500 PUT  -1");
    row("GCP",
        "{\"severity\":\"ERROR\",\"timestamp\":\"2026-05-04T10:11:12.345678Z\",\"httpRequest\":"
        "{\"requestMethod\":\"GET\",\"requestUrl\":\"https://a.example/x\",\"status\":502,\"latency\":\"0.25s\"}}",
        "ERROR", "502 GET https://a.example/x 250");
    row("status in a string", "{\"time\":\"2026-05-04T10:11:12.345Z\",\"status\":\"429\",\"path\":\"/x\"}", "",
        "429  /x -1");
    row("status of another kind", "{\"time\":\"2026-05-04T10:11:12.345Z\",\"status\":\"ok\"}", "", "0   -1");
    row("request line", "{\"time\":\"2026-05-04T10:11:12.345Z\",\"request\":\"GET /x HTTP/1.1\",\"status\":404}", "",
        "404 GET /x -1");
    row("nginx JSON",
        "{\"time_iso8601\":\"2026-05-04T10:11:12.345+00:00\",\"request_uri\":\"/x\",\"status\":504,"
        "\"request_time\":0.087,\"request_method\":\"GET\"}",
        "", "504 GET /x 87");
    row("docker", "2026-05-04T10:11:12.345678901Z stdout F {\"level\":\"error\",\"status\":500,\"path\":\"/x\"}",
        "error", "500  /x -1");
    row("compose", "web-1  | {\"level\":\"error\",\"time\":\"2026-05-04T10:11:12.345Z\",\"status\":500}", "error",
        "500   -1");
    row("compose text", "web-1  | 2026-05-04T10:11:12.345Z ERROR status=500", "ERROR", "500   -1");
    row("logfmt",
        "ts=2026-05-04T10:11:12.345Z level=error msg=\"it \\\"failed\\\"\" status=502 method=GET path=/x "
        "duration=87ms",
        "error", "502 GET /x 87");
    row("heroku", "at=error code=H12 desc=\"Request timeout\" method=GET path=\"/x\" host=a.example status=503", "",
        "503 GET /x -1", false);
    row("common", "192.0.2.1 - bob [04/May/2026:10:11:12 +0000] \"GET /x HTTP/1.1\" 429 12", "", "429 GET /x -1");
    row("combined", "192.0.2.1 - - [04/May/2026:10:11:12 +0000] \"POST /x?a=b HTTP/2.0\" 503 12 \"-\" \"curl/8\"", "",
        "503 POST /x?a=b -1");
    row("nginx with time", "192.0.2.1 - - [04/May/2026:10:11:12 +0000] \"GET /x HTTP/1.1\" 500 12 \"-\" \"c\" 0.087",
        "", "500 GET /x 87");
    row("nginx with names",
        "192.0.2.1 - - [04/May/2026:10:11:12 +0000] \"GET /x HTTP/1.1\" 500 12 \"-\" \"c\" rt=0.087 uct=0.001", "",
        "500 GET /x 87");
    row("no request", "192.0.2.1 - - [04/May/2026:10:11:12 +0000] \"-\" 408 0 \"-\" \"-\"", "", "408   -1");
    row("Envoy",
        "[2026-05-04T10:11:12.345Z] \"GET /x HTTP/2\" 503 UF,URX 0 91 87 - \"-\" \"curl/8\" \"id-1\" "
        "\"a.example\" \"10.0.0.1:80\"",
        "", "503 GET /x 87");
    row("Envoy, more words",
        "[2026-05-04T10:11:12.345Z] \"GET /x HTTP/2\" 503 UH no_healthy_upstream - \"-\" 0 19 87 - "
        "\"-\" \"curl/8\" \"id-1\" \"a.example\" \"-\"",
        "", "503 GET /x 87");
    row("Envoy, no answer", "[2026-05-04T10:11:12.345Z] \"GET /x HTTP/1.1\" 0 DC 0 0 1 - \"-\" \"c\" \"i\" \"a\" \"-\"",
        "", "0  - -1");
    row("Python", "2026-05-04 10:11:12,345 - api.client - ERROR - POST https://a.example/x returned 429 in 87ms",
        "ERROR", "429 POST https://a.example/x 87");
    row("Java", "2026-05-04 10:11:12.345 ERROR 1 --- [nio-8080-exec-1] c.a.Client : 503 Service Unavailable", "ERROR",
        "503   -1");
    row("Go", "2026/05/04 10:11:12 GET /x: status code 500", "", "500 GET /x -1");
    row("in brackets", "[2026-05-04 10:11:12.345] [error] HTTP/1.1 404 for https://a.example/x.", "error",
        "404  https://a.example/x -1");
    row("nginx error", "2026/05/04 10:11:12 [error] 12#12: *1 upstream timed out", "error", "0   -1");
    row("level first", "ERROR: request to https://a.example/x failed with status 429", "ERROR",
        "429  https://a.example/x -1", false);
    row("klog", "E0504 10:11:12.123456       1 client.go:12] got 503", "E", "503   -1", false);
    row("syslog", "May  4 10:11:12 host app[12]: ERROR status=500", "ERROR", "500   -1", false);
    row("RFC 5424", "<34>1 2026-05-04T10:11:12.345Z host app - - - ERROR status=500", "ERROR", "500   -1");
    row("the first request", "2026-05-04 10:11:12 INFO POST /a then GET /b in 12 ms, again in 13ms", "INFO",
        "0 POST /a 12");
    row("a path in a sentence", "2026-05-04 10:11:12 INFO read /etc/x from http://b.example/y and https://c.example",
        "INFO", "0  https://c.example -1");
    row("no method", "2026-05-04 10:11:12 INFO FORGET /a of http://b.example/y", "INFO", "0  http://b.example/y -1");
    row("status at the end", "2026-05-04 10:11:12 INFO HTTP/1.1 503", "INFO", "503   -1");
    row("status by its reason", "2026-05-04 10:11:12 INFO x,404 Not Found", "INFO", "404   -1");
    row("digits in a row", "2026-05-04 10:11:12 INFO status 5031 status 1.503 status 50", "INFO", "0   -1");
    row("items are no duration", "2026-05-04 10:11:12 INFO 12 items, 13 msgs, terms", "INFO", "0   -1");
    row("bracket first", "[x] - - [04/May/2026:10:11:12 +0000] \"GET /x HTTP/1.1\" 429 12", "", "429 GET /x -1");
    row("numbers that are none", "2026-05-04 10:11:12,345 INFO took 429 items from port 500", "INFO", "0   -1");
}

void TestLogReader::lines()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, hasTime);
    LogReading reading;
    const QByteArray file = "\n" + text + "\r\n\n" + text;
    const auto records = recordsOf(file, &reading);
    QCOMPARE(records.size(), std::size_t(2));
    QCOMPARE(reading.records, 2);
    QCOMPARE(reading.unread, 0);
    QCOMPARE(records[0].line, 2);
    QCOMPARE(records[1].line, 4);
    for (const LogRecord &record : records) {
        QCOMPARE(at(file, record.span), text);
        QTEST(record.level, "level");
        if (QTest::currentDataTag() != QByteArray("Envoy, no answer"))
            QTEST(summary(record), "expected");
        else
            QVERIFY(!record.status);
        QCOMPARE(record.timeMs.has_value(), hasTime);
        if (hasTime)
            QVERIFY(*record.timeMs == when || *record.timeMs == when - 345);
    }
}

void TestLogReader::membersOfJson_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("other");
    const auto row = [](const char *member, const char *message, const char *host, const char *other) {
        QTest::newRow(member) << QByteArray(member) << QByteArray(message) << QByteArray(host) << QByteArray(other);
    };
    row("\"msg\":\"a \\u00e4\"", "a \xC3\xA4", "", "");
    row("\"Message\":\"a\"", "a", "", "");
    row("\"host\":\"a.example\"", "", "a.example", "");
    row("\"other\":\"x\\ty\"", "", "", "x\ty");
    row("\"other\":12.50", "", "", "12.50");
    row("\"other\":null", "", "", "");
    row("\"other\":{\"msg\":\"no\"}", "", "", "");
    row("\"context\":{\"other\":true}", "", "", "true");
    row("\"status\":\"x\",\"msg\":\"a\",\"message\":\"b\"", "a", "", "");
}

void TestLogReader::membersOfJson()
{
    QFETCH(const QByteArray, member);
    const QByteArray text = "{\"level\":\"info\"," + member + "}";
    const auto records = recordsOf(text);
    QCOMPARE(records.size(), std::size_t(1));
    QTEST(records.front().message, "message");
    QTEST(records.front().host, "host");
    QTEST(field(records.front(), "other"), "other");
}

void TestLogReader::bodies_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &body) {
        QTest::newRow(name) << text << body;
    };
    const QByteArray json = "{\"code\":\"x\"}";
    const QByteArray escaped = "{\\\"code\\\":\\\"x\\\"}";
    row("error object", "{\"level\":\"error\",\"error\":" + json + "}", json);
    row("body in a string", "{\"level\":\"error\",\"body\":\"" + escaped + "\"}", escaped);
    row("in the message", "{\"level\":\"error\",\"msg\":\"failed: 429 " + escaped + "\"}", escaped);
    row("error text alone", "{\"level\":\"error\",\"error\":\"timeout\"}", "");
    row("response with a body", "{\"level\":\"error\",\"response\":{\"status\":429,\"body\":" + json + "}}", json);
    row("response is the body", "{\"level\":\"error\",\"response\":" + json + "}", json);
    row("response without one", "{\"level\":\"error\",\"res\":{\"statusCode\":429}}", "");
    row("empty error", "{\"level\":\"error\",\"error\":{}}", "");
    row("nested", "{\"level\":\"error\",\"context\":{\"responseBody\":" + json + "}}", json);
    row("errors", "{\"level\":\"error\",\"errors\":[" + json + "]}", "[" + json + "]");
    row("XML in a string", "{\"level\":\"error\",\"body\":\"<Error><Code>x</Code></Error>\"}",
        "<Error><Code>x</Code></Error>");
    row("logfmt", "level=error status=429 body=\"" + escaped + "\"", escaped);
    row("text", "2026-05-04 10:11:12 ERROR failed: " + json, json);
    row("text and more", "2026-05-04 10:11:12 ERROR [12] failed: " + json + " (again)", json);
    row("text, escaped", "2026-05-04 10:11:12 ERROR failed: \"" + escaped + "\"", escaped);
    row("text, own line", "2026-05-04 10:11:12 ERROR failed:\n" + json, json);
    row("text, pretty", "2026-05-04 10:11:12 ERROR failed:\n{\n  \"code\": \"x\"\n}", "{\n  \"code\": \"x\"\n}");
    row("text, the longest", "2026-05-04 10:11:12 ERROR {\"a\":1} failed: " + json, json);
    row("text, XML", "2026-05-04 10:11:12 ERROR failed: <?xml version=\"1.0\"?><Error><Code>x</Code></Error> <eom>",
        "<?xml version=\"1.0\"?><Error><Code>x</Code></Error>");
    row("text, none", "2026-05-04 10:11:12 ERROR [12] failed {oops}", "");
}

void TestLogReader::bodies()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, body);
    for (const QByteArray &before : {QByteArray(), text + "\n"}) {
        const auto records = recordsOf(before + text);
        QVERIFY(!records.empty());
        QCOMPARE(at(before + text, records.back().body), body);
        if (body.contains("\\\""))
            QCOMPARE(unquotedJson(body), std::optional<QByteArray>("{\"code\":\"x\"}"));
    }
}

void TestLogReader::stackTraceBelongsToTheRecordAbove()
{
    const QByteArray trace = "2026-05-04 10:11:12,345 ERROR c.a.Client - call failed\n"
                             "java.io.IOException: 429 Too Many Requests: {\"code\":\"rate_limited\"}\n"
                             "\tat c.a.Client.call(Client.java:12) ~[x.jar:?]\n\n"
                             "Caused by: java.net.SocketException\n\t... 3 more";
    const QByteArray text = trace + "\n2026-05-04 10:11:13,345 INFO fine\n";
    LogReading reading;
    const auto records = recordsOf(text, &reading);
    QCOMPARE(records.size(), std::size_t(2));
    QCOMPARE(at(text, records[0].span), trace);
    QCOMPARE(at(text, records[0].body), QByteArray("{\"code\":\"rate_limited\"}"));
    QCOMPARE(records[0].status, std::optional(429));
    QCOMPARE(records[0].message, QByteArray("c.a.Client - call failed").prepend("ERROR "));
    QCOMPARE(records[1].line, 7);
    QCOMPARE(reading.unread, 0);
}

void TestLogReader::accessLogKeepsItsWords()
{
    const QByteArray text = "a.example:443 192.0.2.1 - - [04/May/2026:10:11:12 +0000] \"GET / HTTP/1.1\" 200 12 "
                            "\"https://b.example/\" \"agent \\\"x\\\"\"";
    const auto records = recordsOf(text);
    QCOMPARE(records.size(), std::size_t(1));
    QCOMPARE(records.front().host, QByteArray("a.example:443"));
    QCOMPARE(field(records.front(), "remote_addr"), QByteArray("192.0.2.1"));
    QCOMPARE(field(records.front(), "bytes"), QByteArray("12"));
    QCOMPARE(field(records.front(), "referer"), QByteArray("https://b.example/"));
    QCOMPARE(field(records.front(), "user_agent"), QByteArray("agent \\\"x\\\""));
}

void TestLogReader::unreadLinesAreNamed()
{
    LogReading reading;
    const auto records =
        recordsOf("hello\n{\"level\":\"error\"}\n{\"level\":\"error\"\n{\"level\":\"info\"}\n", &reading);
    QCOMPARE(records.size(), std::size_t(2));
    QCOMPARE(reading.unread, 2);
    QCOMPARE(reading.problems.size(), 2);
    QCOMPARE(reading.problems[0], QStringLiteral("line 1: not a log record"));
    QVERIFY(reading.problems[1].startsWith(QStringLiteral("line 3: column 17: expected ',' or '}'")));
}

void TestLogReader::keptRecordsOutliveTheText()
{
    QByteArray text = "{\"level\":\"error\",\"msg\":\"plain\",\"url\":\"/x\",\"other\":\"value\"}";
    auto records = recordsOf(text);
    QCOMPARE(records.size(), std::size_t(1));
    LogRecord &record = records.front();
    record.keep();
    std::fill(text.begin(), text.end(), '#');
    QCOMPARE(record.level, QByteArray("error"));
    QCOMPARE(record.message, QByteArray("plain"));
    QCOMPARE(record.url, QByteArray("/x"));
    QCOMPARE(field(record, "other"), QByteArray("value"));
}

void TestLogReader::durations_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("ms");
    const auto row = [](const char *name, const char *text, double ms) {
        QTest::addRow("%s %s", name, text) << QByteArray(name) << QByteArray(text) << ms;
    };
    row("duration", "87", 87);
    row("duration", "87.5", 87.5);
    row("duration_ms", "87", 87);
    row("duration_s", "0.5", 500);
    row("request_time", "0.087", 87);
    row("duration_us", "500", 0.5);
    row("duration", "87ms", 87);
    row("duration", "87 ms", 87);
    row("duration", "1.5s", 1500);
    row("duration", "2m3.5s", 123500);
    row("duration", "1h", 3600000);
    row("duration", "500\xC2\xB5s", 0.5);
    row("duration", "500us", 0.5);
    row("duration", "", -1);
    row("duration", "x", -1);
    row("duration", "5 apples", -1);
    row("duration", "-5", -1);
    row("duration", "nan", -1);
}

void TestLogReader::durations()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, text);
    QTEST(logfields::durationMs(name, text).value_or(-1), "ms");
}

void TestLogReader::cancelStops()
{
    const QByteArray text = QByteArray("{\"level\":\"error\"}\n").repeated(5);
    int seen = 0;
    const LogReading reading = readLog(text, [&](LogRecord &&, qsizetype) { return ++seen < 2; });
    QCOMPARE(seen, 2);
    QCOMPARE(reading.records, 2);
    QVERIFY(reading.cancelled);
}

void TestLogReader::everyPrefixIsHarmless()
{
    const QByteArray text =
        "<34>1 2026-05-04T10:11:12.345Z h ERROR POST https://a.example/x: 503 <?xml version=\"1.0\"?><Error>x</Error>\n"
        "{\"time\":1777889472,\"error\":\"{\\\"a\\\":\\\"b\\\"}\",\"res\":{\"status\":429,\"body\":{\"c\":[1]}}}\n"
        "a.example:443 192.0.2.1 - - [04/May/2026:10:11:12 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"c\" rt=0.1\n"
        "[2026-05-04T10:11:12.345Z] \"GET /x HTTP/2\" 503 UF 0 91 87 - \"-\" \"c\" \"i\" \"a\" \"b\"\n"
        "ts=2026-05-04T10:11:12Z level=error msg=\"a \\\" b\" d=1\nE0504 10:11:12.123456 1 a.go:1] got 503 in 3 ms\n";
    for (qsizetype length = 0; length <= text.size(); ++length) {
        const QByteArray prefix(text.constData(), length);
        static_cast<void>(looksLikeLog(prefix));
        for (const LogRecord &record : recordsOf(prefix)) {
            QVERIFY(record.span.end() <= length && record.body.end() <= length);
            QVERIFY(record.body.isNull() || record.body.start >= record.span.start);
        }
    }
}

QTEST_APPLESS_MAIN(TestLogReader)
#include "tst_logreader.moc"
