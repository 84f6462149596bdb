// JSON inside other text, and inside strings.
#include "models/http/jsonintext.h"

#include <QTest>

using namespace errata;

class TestJsonInText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void found_data();
    void found();
    void atMostThatMany();
    void hostileTextTakesLinearTime_data();
    void hostileTextTakesLinearTime();
    void unquoted_data();
    void unquoted();
    void everyPrefixIsHarmless();
};

void TestJsonInText::found_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("expected");
    const auto row = [](const char *name, const QByteArray &text, const QByteArrayList &expected) {
        QTest::newRow(name) << text << expected;
    };
    row("alone", "{\"a\":1}", {"{\"a\":1}"});
    row("in a sentence", "Error: 429 {\"a\":1} again", {"{\"a\":1}"});
    row("two", "in {\"a\":1} out {\"b\":[2]}", {"{\"a\":1}", "{\"b\":[2]}"});
    row("in a fence", "Look:\n```json\n{\n  \"a\": [1, 2]\n}\n```\nThanks", {"{\n  \"a\": [1, 2]\n}"});
    row("array of objects", "got [{\"a\":1},{\"b\":2}] back", {"[{\"a\":1},{\"b\":2}]"});
    row("behind a level", "[ERROR] [2026-05-04 10:11:12] {\"a\":1}", {"{\"a\":1}"});
    row("behind a process id", "app[1234]: {\"a\":1}", {"{\"a\":1}"});
    row("in brackets of prose", "[see {\"a\":1} there]", {"{\"a\":1}"});
    row("brackets in strings", "x {\"a\":\"}]{[\\\"\"} y", {"{\"a\":\"}]{[\\\"\"}"});
    row("behind a quote", "he said \"so {\"a\":1}", {"{\"a\":1}"});
    row("behind a false string", "[\"] {\"a\":1}", {"{\"a\":1}"});
    row("braces of code", "if (x) { return {\"a\":1}; }", {"{\"a\":1}"});
    row("template", "{{ name }} {\"a\":1}", {"{\"a\":1}"});
    row("cut off", "{\"a\":{\"b\":1},\"c\":", {"{\"b\":1}"});
    row("deep", "x {\"a\":{\"b\":{\"c\":[[[{}]]]}}} y", {"{\"a\":{\"b\":{\"c\":[[[{}]]]}}}"});
    row("literals", "{\"a\":null,\"b\":true,\"c\":-1.5E+3}", {"{\"a\":null,\"b\":true,\"c\":-1.5E+3}"});
    row("no literals", "{\"a\":nil}", {});
    row("numbers of all shapes", "{\"a\":[0,-0,10,1.5,-1.25,1e5,0.5E-2]}", {"{\"a\":[0,-0,10,1.5,-1.25,1e5,0.5E-2]}"});
    for (const char *number : {"01", "-", "1.", ".5", "+1", "1e", "--1", "1.2.3", "tru", "nulls"})
        row(number, "{\"a\":" + QByteArray(number) + "}", {});
    row("escapes and other letters", "x {\"a\":\"\\u00e9 \xC3\xA9\"}", {"{\"a\":\"\\u00e9 \xC3\xA9\"}"});
    row("no escape", "x {\"a\":[{\"b\":\"\\x\"}]}", {});
    row("no UTF-8", "x {\"a\":{\"b\":\"\xC3\"}}", {});
    row("empty ones", "{} [] [[]] [{}]", {});
    row("numbers alone", "at [12] [1, 2, [3]]", {});
    row("array of strings", "in [\"a\"]", {"[\"a\"]"});
    row("Python", "{'a': 1}", {});
    row("line feed in a string", "{\"a\":\"\n\"} {\"b\":1}", {"{\"b\":1}"});
    row("comma too many", "{\"a\":1,} {\"b\":1}", {"{\"b\":1}"});
    row("closed wrongly", "{\"a\":[1} {\"b\":1}", {"{\"b\":1}"});
    row("brace in a string of what is complete", R"([{"d":":1{  "},id":2}])", {R"({"d":":1{  "})"});
    row("stack trace", "java.io.IOException: 500 {\"a\":\"b\"}\n\tat a.B.c(B.java:1) [x.jar:?]\n", {"{\"a\":\"b\"}"});
    row("none", "nothing here", {});
    row("nothing", "", {});
}

void TestJsonInText::found()
{
    QFETCH(const QByteArray, text);
    QByteArrayList list;
    for (const Span &span : jsonIn(text, 10))
        list << text.mid(span.start, span.length);
    QTEST(list, "expected");
}

void TestJsonInText::atMostThatMany()
{
    const QByteArray text = QByteArray("{\"a\":1} ").repeated(5);
    QCOMPARE(jsonIn(text, 3).size(), std::size_t(3));
    QCOMPARE(jsonIn(text, 0).size(), std::size_t(0));
    QCOMPARE(jsonIn(text, -1).size(), std::size_t(0));
    QCOMPARE(jsonIn("[" + text, 2).size(), std::size_t(2));
    const auto list = jsonIn(text, 100);
    for (std::size_t i = 0; i < list.size(); ++i)
        QCOMPARE(list[i], (Span{qsizetype(i) * 8, 7}));
}

void TestJsonInText::hostileTextTakesLinearTime_data()
{
    QTest::addColumn<QByteArray>("piece");
    for (const char *piece : {"[", "{\"a\":", "[\"", "[\" {\"", "[x ", "{\"a\":[1,", "\\", "{\"a\":\"\\\""})
        QTest::newRow(piece) << QByteArray(piece);
}

/// Quadratic, it would take hours.
void TestJsonInText::hostileTextTakesLinearTime()
{
    QFETCH(const QByteArray, piece);
    const QByteArray text = piece.repeated(4000000 / piece.size());
    QVERIFY(jsonIn(text, 1000000).size() < 1000000);
}

void TestJsonInText::unquoted_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected"); // empty: none
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
    };
    row("\"{\\\"code\\\":1}\"", "{\"code\":1}");
    row(" \"[{\\\"a\\\":\\\"b\\\\nc\\\"}]\" ", "[{\"a\":\"b\\nc\"}]");
    row("\"\\\"{\\\\\\\"a\\\\\\\":1}\\\"\"", "{\"a\":1}");
    row("'{\"code\":1}'", "{\"code\":1}");
    row("`{\"code\":1}`", "{\"code\":1}");
    row("'{\"a\":\"b\\\\nc\"}'", "{\"a\":\"b\\\\nc\"}");
    row("'{\"a\":\"it\\'s\"}'", "{\"a\":\"it's\"}");
    row("b'{\"code\":1}'", "{\"code\":1}");
    row("b'{\\n\"a\":\"\\xc3\\xa4\"}'", "{\n\"a\":\"\xC3\xA4\"}");
    row("'{\\n\"a\":\"\\xe4\"}'", "{\n\"a\":\"\xC3\xA4\"}");
    row("b\"{\\\"a\\\":\\\"it's\\\"}\"", "{\"a\":\"it's\"}");
    row("u'{\"code\":1}'", "{\"code\":1}");
    row("\"{\"\"code\"\":\"\"x\"\"}\"", "{\"code\":\"x\"}");
    row("{\\\"code\\\":\\\"x\\\"}", "{\"code\":\"x\"}");
    row("\"plain\"", "");
    row("\"{broken\"", "");
    row("\"1\"", "");
    row("{\"code\":1}", "");
    row("\"", "");
    row("b'", "");
    row("", "");
}

void TestJsonInText::unquoted()
{
    QFETCH(const QByteArray, text);
    QTEST(unquotedJson(text).value_or(QByteArray()), "expected");
}

void TestJsonInText::everyPrefixIsHarmless()
{
    const QByteArray text = "b'{\\n\"a\":\"\\xc3\\xa4\\u00e4\\\\\"}' \"{\\\"x\\\":[1,{}]}\" {\"a\":[\"\\\\\",null]}";
    for (qsizetype length = 0; length <= text.size(); ++length) {
        const QByteArray prefix(text.constData(), length);
        static_cast<void>(unquotedJson(prefix));
        for (const Span &span : jsonIn(prefix, 100))
            QVERIFY(span.end() <= length);
    }
}

QTEST_APPLESS_MAIN(TestJsonInText)
#include "tst_jsonintext.moc"
