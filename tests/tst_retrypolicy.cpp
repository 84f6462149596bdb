// Policy files: what is read, and how a fault is named.
#include "models/retry/retrypolicy.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <cmath>

using namespace errata;

namespace {

QByteArray shippedText()
{
    QFile file(QStringLiteral(":/errata/policies/intended.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray edited(const QByteArray &from, const QByteArray &to)
{
    QByteArray text = shippedText();
    const qsizetype at = text.indexOf(from);
    return at < 0 ? QByteArray() : text.replace(at, from.size(), to);
}

} // namespace

class TestRetryPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shippedFiles_areAllValid();
    void intended_isReadWhole();
    void otherShapes_areRead();
    void fault_namesFilePlaceAndReason_data();
    void fault_namesFilePlaceAndReason();
    void statusSet_containsItsRanges();
};

void TestRetryPolicy::shippedFiles_areAllValid()
{
    const QDir folder(QStringLiteral(":/errata/policies"));
    std::size_t files = 0;
    for (const QString &name : folder.entryList({QStringLiteral("*.json")})) {
        if (name.endsWith(QLatin1String(".schema.json")))
            continue;
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto policy = readPolicy(file.readAll(), name);
        QVERIFY2(policy.ok(), policy.ok() ? "" : qPrintable(policy.error().text()));
        QCOMPARE(policy->id + QStringLiteral(".json"), name);
        ++files;
    }
    QVERIFY(files >= 1);
    QCOMPARE(shippedPolicies().size(), files);
    QCOMPARE(readShippedPolicy(QStringLiteral("curl"))->id, QStringLiteral("curl"));
    QVERIFY(!readShippedPolicy(QStringLiteral("../catalogs/intended")));
    QVERIFY(!readShippedPolicy(QStringLiteral("policy.schema")));
}

void TestRetryPolicy::intended_isReadWhole()
{
    const auto policy = readPolicy(shippedText(), QStringLiteral("intended.json"));
    QVERIFY(policy.ok());
    QCOMPARE(policy->id, QStringLiteral("intended"));
    QCOMPARE(policy->method, QByteArray("POST"));
    QVERIFY(!policy->version.isEmpty());
    QVERIFY(policy->sourceUrl.startsWith(QStringLiteral("https://")));
    QCOMPARE(policy->maxAttempts, 4.0);
    QVERIFY(!policy->deadline);
    QVERIFY(!policy->attemptTimeout);
    QCOMPARE(policy->backoff.shape, BackoffShape::Exponential);
    QCOMPARE(policy->backoff.base, Millis(1000));
    QCOMPARE(policy->backoff.cap, std::optional(Millis(30000)));
    QVERIFY(!policy->backoff.capAfterJitter);
    QCOMPARE(policy->backoff.jitter, Jitter::Additive);
    QCOMPARE(policy->backoff.ratio, 0.1);
    QCOMPARE(policy->statuses.text(), QStringLiteral("429, 500-999"));
    QVERIFY(policy->failures == FailureSet::all() && policy->unreadableBody && policy->notSent);
    QVERIFY(policy->retryAfter);
    QCOMPARE(policy->retryAfter->headers.front().number, NumberForm::JsNumber);
    QCOMPARE(policy->retryAfter->whenAbsent, std::optional(Millis(1000)));
    QVERIFY(policy->returnsLastResponse && policy->sleepsAfterLastRetryAfter);
    QCOMPARE(policy->timer, TimerKind::Node);
    QVERIFY(policy->quirks.size() >= 8);
}

void TestRetryPolicy::otherShapes_areRead()
{
    const QByteArray text = R"({"format":"errata-policy/1","id":"x-1","name":"X","version":"1","source":{"title":"S"},
        "max_attempts":null,"deadline_ms":60000,"attempt_timeout_ms":1500.5,
        "backoff":{"shape":"table","table_ms":[1,2.5],"cap_ms":2,"cap":"after-jitter","jitter":{"kind":"full"}},
        "retries":{"statuses":["503"]},"after_last":{"response":"thrown"},"timer":"exact"})";
    const auto policy = readPolicy(text, QStringLiteral("x.json"));
    QVERIFY2(policy.ok(), policy.ok() ? "" : qPrintable(policy.error().text()));
    QVERIFY(std::isinf(policy->maxAttempts));
    QCOMPARE(policy->deadline, std::optional(Millis(60000)));
    QCOMPARE(policy->attemptTimeout, std::optional(Millis(1500.5)));
    QCOMPARE(policy->backoff.table, (std::vector<Millis>{Millis(1), Millis(2.5)}));
    QVERIFY(policy->backoff.capAfterJitter);
    QVERIFY(policy->failures.isEmpty() && !policy->unreadableBody && !policy->notSent);
    QVERIFY(!policy->retryAfter);
    QVERIFY(!policy->returnsLastResponse);
}

void TestRetryPolicy::fault_namesFilePlaceAndReason_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const QByteArray &text, const char *error) {
        QTest::newRow(name) << text << QStringLiteral("p.json: ") + QString::fromUtf8(error);
    };
    row("empty", "", "line 1, column 1");
    row("cut off", shippedText().first(300), "line ");
    row("no object", "[]", "expected an object");
    row("format", edited("errata-policy/1", "errata-policy/2"), R"(/format: expected "errata-policy/1")");
    row("id", edited(R"("id": "intended")", R"("id": "In tended")"), "/id: expected letters");
    row("no name", edited(R"("name")", R"("nam")"), "/name: expected a text");
    row("unknown member", edited(R"("deadline_ms")", R"("dead_line_ms")"), "/dead_line_ms: not known here");
    row("unknown inner member", edited(R"("factor": 2,)", R"("factor": 2, "x": 1,)"), "/backoff/x: not known here");
    row("no attempts", edited("  \"max_attempts\": 4,\n", ""), "/max_attempts: expected a number, or null");
    row("negative attempts", edited("\"max_attempts\": 4,\n", "\"max_attempts\": -1,\n"),
        "/max_attempts: expected a number, at least 0");
    row("text for a number", edited(R"("base_ms": 1000)", R"("base_ms": "1s")"),
        "/backoff/base_ms: expected a number, at least 0");
    row("infinite", edited(R"("base_ms": 1000)", R"("base_ms": 1e999)"), "/backoff/base_ms: expected a number");
    row("shape", edited("exponential", "steep"), "/backoff/shape: expected one of constant, linear");
    row("empty table", edited(R"("shape": "exponential")", R"("shape": "table", "table_ms": [])"),
        "/backoff/table_ms: expected at least one wait");
    row("no ratio", edited(R"(, "ratio": 0.1)", ""), "/backoff/jitter/ratio: expected a number");
    row("ratio above 1", edited(R"("additive", "ratio": 0.1)", R"("symmetric", "ratio": 1.5)"),
        "/backoff/jitter/ratio: expected at most 1");
    row("status", edited(R"("500-999")", R"("5xx")"), "/retries/statuses: expected texts such as");
    row("status range backwards", edited(R"("500-999")", R"("599-500")"), "/retries/statuses: expected texts such as");
    row("status as a number", edited(R"("500-999")", "500"), "/retries/statuses: expected texts such as");
    row("flag", edited(R"("network_failures": true)", R"("network_failures": 1)"),
        "/retries/network_failures: expected true, false or a list");
    row("number form", edited("js-number", "guess"), "/retry_after/headers/0/number: expected one of none, digits");
    row("no header", edited("\"name\": \"Retry-After\", ", ""), "/retry_after/headers/0/name: expected a text");
    row("no after_last", edited(R"("after_last")", R"("afterlast")"), "/after_last: expected an object");
    row("method", edited("\"POST\"", "\"PO ST\""), "/method: expected a method such as GET");
    row("methods", edited("\"not_sent\": true", "\"methods\": [\"GE T\"]"),
        "/retries/methods: expected methods, found");
    row("codes", edited("\"not_sent\": true", "\"codes\": [7]"), "/retries/codes: expected texts");
    row("failure kind", edited("\"network_failures\": true", "\"network_failures\": [\"dsn\"]"),
        "/retries/network_failures: expected true, false or kinds such as");
    row("no headers", edited("\"headers\": [{ \"name\": \"Retry-After\", \"number\": \"js-number\" }],", ""),
        "/retry_after/headers: expected at least one header");
    row("header in a header", edited("\"number\": \"js-number\"", "\"number\": \"js-number\", \"x\": 1"),
        "/retry_after/headers/0/x: not known here");
    row("budget", edited("\"after_last\"", "\"budget\": {\"kind\": \"tokens\", \"capacity\": 10}, \"after_last\""),
        "/budget/cost: expected a number, at least 0");
    row("hedging", edited("\"after_last\"", "\"hedging\": {}, \"after_last\""), "/hedging/delay_ms: expected a number");
    row("deadline", edited("\"deadline_ms\": null", "\"deadline_wait\": \"never\""),
        "/deadline_wait: expected one of gives-up, clamped, unchecked");
    row("steps", edited("\"ratio\": 0.1", "\"ratio\": 0.1, \"steps\": 1.5"),
        "/backoff/jitter/steps: expected a whole number");
    row("timer", edited(R"("node")", R"("cuckoo")"), "/timer: expected one of exact, node, browser");
    row("quirks", edited(R"("quirks": [)", R"("quirks": [7,)"), "/quirks: expected texts");
}

void TestRetryPolicy::fault_namesFilePlaceAndReason()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, error);
    const auto policy = readPolicy(text, QStringLiteral("p.json"));
    QVERIFY(!policy.ok());
    QVERIFY2(policy.error().text().startsWith(error), qPrintable(policy.error().text()));
}

void TestRetryPolicy::statusSet_containsItsRanges()
{
    const StatusSet set{{{429, 429}, {500, 599}}};
    QVERIFY(set.contains(429) && set.contains(500) && set.contains(599));
    QVERIFY(!set.contains(428) && !set.contains(430) && !set.contains(600));
    QVERIFY(!StatusSet{}.contains(200));
}

QTEST_APPLESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
