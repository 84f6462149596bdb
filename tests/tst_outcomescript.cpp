// The grammar of outcome scripts, and how it names a fault.
#include "models/retry/outcomescript.h"

#include <QTest>

using namespace errata;

class TestOutcomeScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void fault_isNamedWithItsPlace_data();
    void fault_isNamedWithItsPlace();
    void bodyThatIsNoJson_data();
    void bodyThatIsNoJson();
    void lastOutcome_repeatsForEver();
    void grpcCode_hasTheHttpStatusOfAGateway();
    void headers_keepOrderAndDuplicates();
    void longScript_isRefused();
};

void TestOutcomeScript::reads_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("outcomes");
    const auto row = [](const char *script, const QStringList &outcomes) {
        QTest::newRow(script) << QString::fromUtf8(script) << outcomes;
    };
    const auto s = [](const char *text) { return QString::fromUtf8(text); };
    row("503", {s("503")});
    row(" 503 , 200 ", {s("503"), s("200")});
    row("503,\n429:2,\n200", {s("503"), s("429:2"), s("200")});
    row("429:-1", {s("429:-1")});
    row("429:1.5@20", {s("429:1.5@20")});
    row("429:''", {s("429:''")});
    row("429:'2'", {s("429:2")});
    row("429:'it''s'", {s("429:'it''s'")});
    row("429:'Wed, 21 Oct 2026 07:28:00 GMT',200", {s("429:'Wed, 21 Oct 2026 07:28:00 GMT'"), s("200")});
    row("429:2026-01-01T00:01:00Z", {s("429:2026-01-01T00:01:00Z")});
    row("500[x-should-retry: false]", {s("500[x-should-retry: false]")});
    row("500[a:b][ c : d, e ]@5", {s("500[a: b][c: d, e]@5")});
    row("429:1[Retry-After: 2]", {s("429:1[Retry-After: 2]")});
    row("UNAVAILABLE,OK", {s("UNAVAILABLE"), s("OK")});
    row("UNAVAILABLE[grpc-retry-pushback-ms: 10]", {s("UNAVAILABLE[grpc-retry-pushback-ms: 10]")});
    row("timeout@30000,reset,dns,refused,tls", {s("timeout@30000"), s("reset"), s("dns"), s("refused"), s("tls")});
    row("bad-body,not-sent", {s("bad-body"), s("not-sent")});
    row("bad-body[server: x]", {s("bad-body[server: x]")});
    row("409{code: conflict}{retryable: false}@7", {s("409{code: conflict}{retryable: false}@7")});
    row("503:2[a: b]{ retryDelay:1.25s }", {s("503:2[a: b]{retryDelay: 1.25s}")});
    row("503{retryDelay: 0.0004s}", {s("503{retryDelay: 0s}")});
    row("429:'{soon}'", {s("429:'{soon}'")});
    row("503@0.5", {s("503@0.5")});
    row("503@0", {s("503")});
    row("100,999", {s("100"), s("999")});
}

void TestOutcomeScript::reads()
{
    QFETCH(QString, script);
    QFETCH(QStringList, outcomes);
    const auto read = parseOutcomeScript(script);
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().text()));
    QStringList texts;
    for (const Outcome &outcome : read->outcomes)
        texts += outcomeText(outcome);
    QCOMPARE(texts, outcomes);
    const auto again = parseOutcomeScript(texts.join(u','));
    QVERIFY(again.ok());
    QCOMPARE(again->outcomes, read->outcomes);
}

void TestOutcomeScript::fault_isNamedWithItsPlace_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("character");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *script, int character, const char *says) {
        QTest::newRow(script) << QString::fromUtf8(script) << character << QString::fromUtf8(says);
    };
    row("", 1, "found the end");
    row("503,", 5, "found the end");
    row("503,,200", 5, "found ','");
    row("503;200", 4, "expected ',' or the end, found ';'");
    row("503 200", 5, "expected ',' or the end, found '200'");
    row("50", 1, "three digits");
    row("5033", 1, "three digits");
    row("099", 1, "three digits");
    row("503x", 1, "found '503x'");
    row("200,nope", 5, "found 'nope'");
    row("unavailable", 1, "a gRPC code (UNAVAILABLE)");
    row("429:", 5, "expected a Retry-After value");
    row("429:,200", 5, "'' is an empty one");
    row("429:two words", 9, "expected ',' or the end");
    row("429:'open", 5, "expected a closing '");
    row("429:'a\nb'", 5, "no line ends");
    row("500[x-a: b", 4, "expected a closing ]");
    row("500[x-a b]", 5, "expected 'name: value'");
    row("500[x a: b]", 5, "expected the name of a header");
    row("500[: b]", 5, "expected the name of a header");
    row("timeout[a: b]", 8, "only an answer has headers");
    row("500{code: x", 4, "expected a closing }");
    row("500{code}", 5, "expected 'code: NAME'");
    row("500{retryable: maybe}", 5, "'retryable: true'");
    row("500{retryDelay: 2}", 5, "'retryDelay: 2s'");
    row("500{retryDelay: -2s}", 5, "'retryDelay: 2s'");
    row("500{code: a{b}", 5, "expected 'code: NAME'");
    row("timeout{code: x}", 8, "only an answer has a body");
    row("503@", 5, "expected a latency in milliseconds");
    row("503@-1", 5, "expected a latency in milliseconds");
    row("503@1.2.3", 5, "expected a latency in milliseconds");
    row("503@99999999999999", 5, "expected a latency in milliseconds");
    row("503@120ms", 8, "expected ',' or the end, found 'ms'");
    row("timeout:2", 8, "expected ',' or the end");
}

void TestOutcomeScript::fault_isNamedWithItsPlace()
{
    QFETCH(QString, script);
    QFETCH(int, character);
    QFETCH(QString, says);
    const auto read = parseOutcomeScript(script);
    QVERIFY(!read.ok());
    const QString text = read.error().text();
    QVERIFY2(text.startsWith(QStringLiteral("at character %1: ").arg(character)), qPrintable(text));
    QVERIFY2(text.contains(says), qPrintable(text));
}

void TestOutcomeScript::bodyThatIsNoJson_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("readable");
    const auto row = [](const char *script, bool readable) {
        QTest::newRow(script) << QString::fromUtf8(script) << readable;
    };
    row("200", true);
    row("404", true);
    row("204", false);
    row("205", false);
    row("304", false);
    row("bad-body", false);
    row("404[content-type: text/html]", false);
    row("404[Content-Type: application/problem+json]", true);
    row("200[content-type: APPLICATION/JSON; charset=utf-8]", true);
}

void TestOutcomeScript::bodyThatIsNoJson()
{
    QFETCH(QString, script);
    QFETCH(bool, readable);
    QCOMPARE(parseOutcomeScript(script)->outcomes.front().bodyReadable, readable);
}

void TestOutcomeScript::lastOutcome_repeatsForEver()
{
    const auto script = parseOutcomeScript(u"503,200");
    QCOMPARE(script->at(0).status, 503);
    QCOMPARE(script->at(1).status, 200);
    QCOMPARE(script->at(1000).status, 200);
}

void TestOutcomeScript::grpcCode_hasTheHttpStatusOfAGateway()
{
    QCOMPARE(parseOutcomeScript(u"UNAVAILABLE")->at(0).status, 503);
    QCOMPARE(parseOutcomeScript(u"RESOURCE_EXHAUSTED")->at(0).status, 429);
    QCOMPARE(parseOutcomeScript(u"DEADLINE_EXCEEDED")->at(0).status, 504);
}

void TestOutcomeScript::headers_keepOrderAndDuplicates()
{
    const auto script = parseOutcomeScript(u"429:1[retry-after: 2][x: y]");
    const Headers &headers = script->at(0).headers;
    QCOMPARE(headers.size(), qsizetype(3));
    QCOMPARE(*headers.joined("Retry-After"), QByteArray("1, 2"));
}

void TestOutcomeScript::longScript_isRefused()
{
    const QString script(300'000, u'5');
    QVERIFY(parseOutcomeScript(script).error().text().contains(QStringLiteral("longer than")));
}

QTEST_APPLESS_MAIN(TestOutcomeScript)
#include "tst_outcomescript.moc"
