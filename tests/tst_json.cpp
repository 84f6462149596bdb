// models/json: what is read, what is refused and where, what is kept, what is written.
#include "models/json/jsondocument.h"
#include "models/json/jsonwriter.h"

#include <QFile>
#include <QTest>

#include <cmath>
#include <limits>

using namespace errata;

namespace {

// No \" in it: moc 6.4 loses its way in a raw string that holds one and finds no class behind it.
const QByteArray &sample()
{
    static const QByteArray text = R"({
  "error": {"code": "rate_limit", "details": [1.00, -0, 1e400, {"a/b": true, "m~n": null}]},
  "a": "first", "a": "second",
  "esc\u0061pe": "tab\tback\\ \u00e9 \ud83d\ude39 \ud800!",
  "": [],
  "big": 123456789012345678901234567890
})";
    return text;
}

/// %HH undone.
QByteArray unpacked(const QByteArray &row)
{
    return QByteArray::fromPercentEncoding(row);
}

JsonDocument parsed(const QByteArray &text)
{
    auto document = JsonDocument::parse(text);
    if (document.ok() == JsonDocument::check(text).has_value())
        qFatal("checked and read, it differs");
    if (!document)
        qWarning("%s: %s", text.constData(), qPrintable(document.error().text()));
    return std::move(document).valueOr(JsonDocument());
}

/// The values of a tree as text without its white space: the same for the same values in the same order.
QByteArray flat(const JsonValue &value)
{
    if (value.isObject() || value.isArray()) {
        QByteArray text = value.isObject() ? "{" : "[";
        for (const JsonValue &child : value.children())
            text += (value.isObject() ? child.key().toUtf8() + '=' : QByteArray()) + flat(child) + ';';
        return text + '/';
    }
    return value.raw();
}

} // namespace

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void conformance_data();
    void conformance();
    void errorNamesThePlace_data();
    void errorNamesThePlace();
    void everyPrefixIsRefusedWithoutHarm();
    void everyByteReplacedIsHarmless();
    void depthLimitCountsContainers();
    void hugeNestingIsRefusedNotOverflown();
    void sizeLimitIsHeld();
    void byteOrderMarkShiftsOffsetsButNotColumns();
    void accessorsGiveWhatTheHeaderSays();
    void absentValuesStayAbsent();
    void integers_data();
    void integers();
    void numbersBeyondDoubleAreInfiniteOrZero();
    void byteOrderMarkInsideAStringIsKept();
    void duplicateKeysAreKeptAndTheFirstIsFound();
    void spansPointAtTheBytes();
    void pointers_data();
    void pointers();
    void prefixLeavesTheRestAlone_data();
    void prefixLeavesTheRestAlone();
    void prefixErrorCountsFromItsOffset();
    void valuesOutliveTheirDocument();
    void prettyText();
    void prettyOfPartOfADocument();
    void writerWritesWhatTheParserReads();
    void writerNumbers_data();
    void writerNumbers();
};

void TestJson::conformance_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    QFile file(QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/json/conformance.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    int valid = 0;
    int invalid = 0;
    for (int number = 1; !file.atEnd(); ++number) {
        QByteArray line = file.readLine();
        line.chop(1);
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const bool isValid = line.startsWith("y ");
        QVERIFY2(isValid || line.startsWith("n "), line.constData());
        ++(isValid ? valid : invalid);
        QTest::addRow("line %d: %s", number, line.constData()) << unpacked(line.sliced(2)) << isValid;
    }
    QVERIFY(valid >= 95 && invalid >= 188);
}

void TestJson::conformance()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, valid);
    const auto document = JsonDocument::parse(text);
    QCOMPARE(JsonDocument::check(text).has_value(), !valid);
    if (!valid) {
        QVERIFY2(!document, "was read");
        QVERIFY(document.error().offset >= 0 && document.error().offset <= text.size());
        QVERIFY(document.error().message.contains(QStringLiteral(", found ")));
        return;
    }
    QVERIFY2(document.ok(), document ? "" : qPrintable(document.error().text()));
    const JsonValue root = document->root();
    QCOMPARE(text.mid(root.span().start, root.span().length), root.raw());
    // Indented text reads back as the same values, and indents to itself.
    const QByteArray pretty = prettyJson(root);
    const JsonDocument again = parsed(pretty);
    QVERIFY(!again.isNull());
    QCOMPARE(flat(again.root()), flat(root));
    QCOMPARE(prettyJson(again.root()), pretty);
}

void TestJson::errorNamesThePlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("offset");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *text, int offset, const char *message) {
        QTest::newRow(text) << unpacked(text) << offset << QString::fromUtf8(message);
    };
    row("", 0, "line 1, column 1: expected a value, found end of input");
    row("%0A%0A  x", 4, "line 3, column 3: expected a value, found 'x'");
    row("[1 x", 3, "line 1, column 4: expected ',' or ']', found 'x'");
    row("[1,%0A", 4, "line 2, column 1: expected a value, found end of input");
    row("[1,]", 3, "line 1, column 4: expected a value, found ']'");
    row("[,", 1, "line 1, column 2: expected a value or ']', found ','");
    row("[[],]", 4, "line 1, column 5: expected a value, found ']'");
    row("{\"a\":1 'b'", 7, "line 1, column 8: expected ',' or '}', found \"'\"");
    row("{\"a\" 1}", 5, "line 1, column 6: expected ':', found '1'");
    row("{a:1}", 1, "line 1, column 2: expected a key in double quotes or '}', found 'a'");
    row("{\"a\":1,}", 7, "line 1, column 8: expected a key in double quotes, found '}'");
    row("{\"a\":}", 5, "line 1, column 6: expected a value, found '}'");
    row("[1]%0D%0A]", 5, "line 2, column 1: expected the end of input, found ']'");
    row("nulL", 3, "line 1, column 4: expected null, found 'L'");
    row("fals", 4, "line 1, column 5: expected false, found end of input");
    row("-x", 1, "line 1, column 2: expected a digit, found 'x'");
    row("[1.]", 3, "line 1, column 4: expected a digit, found ']'");
    row("[1e+]", 4, "line 1, column 5: expected a digit, found ']'");
    row("[01]", 2, "line 1, column 3: expected no digit after a leading 0, found '1'");
    row("\"ab", 3, "line 1, column 4: expected '\"' at the end of the string, found end of input");
    row("\"a%0Ab\"", 2, "line 1, column 3: expected '\"' at the end of the string, found a line feed");
    row("\"%09\"", 1, "line 1, column 2: expected '\"' at the end of the string, found a tab");
    row("\"%00\"", 1, "line 1, column 2: expected '\"' at the end of the string, found a NUL byte");
    row("\"%01\"", 1, "line 1, column 2: expected '\"' at the end of the string, found a control character (U+0001)");
    row(R"("\x")", 2, R"(line 1, column 3: expected one of " \ / b f n r t u after '\', found 'x')");
    row(R"("\u12g4")", 5, R"(line 1, column 6: expected 4 hexadecimal digits after '\u', found 'g')");
    row("[\"%C3%A9%E2%82%AC%F0%9F%98%B9\" x]", 13, "line 1, column 8: expected ',' or ']', found 'x'");
    row("[%C3%A9]", 1, "line 1, column 2: expected a value or ']', found '\xC3\xA9'");
    row("[%C2%A01]", 1, "line 1, column 2: expected a value or ']', found U+00A0");
    row("[\"%C3\"]", 2, "line 1, column 3: expected UTF-8, found byte 0xC3");
    row("[\"%ED%A0%80\"]", 2, "line 1, column 3: expected UTF-8, found byte 0xED");
    row("1%EF%BB%BF", 1, "line 1, column 2: expected the end of input, found a byte order mark (U+FEFF)");
}

void TestJson::errorNamesThePlace()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, offset);
    QFETCH(const QString, message);
    const auto document = JsonDocument::parse(text);
    QVERIFY(!document);
    QCOMPARE(document.error().text(), message);
    QCOMPARE(document.error().offset, qsizetype(offset));
    const auto checked = JsonDocument::check(text);
    QVERIFY(checked);
    QCOMPARE(checked->text(), message);
    QCOMPARE(checked->offset, qsizetype(offset));
}

void TestJson::everyPrefixIsRefusedWithoutHarm()
{
    QVERIFY(JsonDocument::parse(sample()).ok());
    for (qsizetype length = 0; length < sample().size(); ++length) {
        // A buffer of its own, not terminated by NUL: reading past it shows under the sanitizers.
        const std::vector<char> exact(sample().begin(), sample().begin() + length);
        const auto document = JsonDocument::parse(QByteArray::fromRawData(exact.data(), length));
        QVERIFY2(!document, qPrintable(QString::number(length)));
        QVERIFY(document.error().offset <= length);
    }
    // What stands behind the end does not count, even where it would fit.
    const QByteArray cut = QByteArray::fromRawData(R"("\u1234")", 6);
    QCOMPARE(JsonDocument::parse(cut).error().offset, qsizetype(6));
}

void TestJson::everyByteReplacedIsHarmless()
{
    int read = 0;
    for (qsizetype i = 0; i < sample().size(); ++i) {
        for (const char c : {'"', '\\', '{', ']', ',', '0', '\0', '\xFF'}) {
            QByteArray text = sample();
            text[i] = c;
            const auto document = JsonDocument::parse(text);
            if (!document)
                continue;
            ++read;
            const JsonDocument again = parsed(prettyJson(document->root()));
            QCOMPARE(flat(again.root()), flat(document->root()));
        }
    }
    QVERIFY(read > 100); // many single bytes may stand for one another
}

void TestJson::depthLimitCountsContainers()
{
    const JsonLimits three{3, 1000};
    QVERIFY(JsonDocument::parse("[[[1]]]", three).ok());
    QVERIFY(JsonDocument::parse("[{\"a\":[1]},[[2]]]", three).ok());
    const auto tooDeep = JsonDocument::parse("[{\"a\":[[1]]}]", three);
    QVERIFY(!tooDeep);
    QCOMPARE(tooDeep.error().text(), QStringLiteral("line 1, column 8: nested more than 3 deep"));
    QVERIFY(!JsonDocument::parse("[]", {0, 1000}));
    QVERIFY(JsonDocument::parse("1", {0, 1000}).ok());
}

void TestJson::hugeNestingIsRefusedNotOverflown()
{
    const QByteArray open(100'000, '[');
    QCOMPARE(JsonDocument::parse(open).error().offset, qsizetype(limits::jsonDepth));
    // With the limit lifted, depth costs memory and no stack.
    const QByteArray deep = open + QByteArray(open.size(), ']');
    const auto document = JsonDocument::parse(deep, {200'000, deep.size()});
    QVERIFY(document.ok());
    const QByteArray pretty = prettyJson(document->root());
    QCOMPARE(pretty.count('['), open.size());
    QVERIFY(pretty.size() < 2 * open.size() * 130); // indentation ends at 64 levels
}

void TestJson::sizeLimitIsHeld()
{
    QVERIFY(JsonDocument::parse("[1]", {8, 3}).ok());
    const auto large = JsonDocument::parse("[1] ", {8, 3});
    QVERIFY(!large);
    QCOMPARE(large.error().message, QStringLiteral("4 bytes are more than the 3 allowed"));
}

void TestJson::byteOrderMarkShiftsOffsetsButNotColumns()
{
    const JsonDocument document = parsed("\xEF\xBB\xBF[1]");
    QCOMPARE(document.root().span(), (Span{3, 3}));
    const auto wrong = JsonDocument::parse("\xEF\xBB\xBF[x");
    QCOMPARE(wrong.error().offset, qsizetype(4));
    QCOMPARE(wrong.error().column, qsizetype(2));
}

void TestJson::accessorsGiveWhatTheHeaderSays()
{
    const JsonDocument document = parsed(sample());
    const JsonValue root = document.root();
    QCOMPARE(root.kind(), JsonKind::Object);
    QCOMPARE(root.size(), qsizetype(6));
    QCOMPARE(document.bytes(), sample());
    QCOMPARE(root["error"]["code"].string(), QStringLiteral("rate_limit"));
    QCOMPARE(root["error"]["details"].at(0).raw(), QByteArray("1.00"));
    QCOMPARE(root["error"]["details"].at(3)["a/b"].boolean(), std::optional(true));
    QCOMPARE(root["error"]["details"].at(3)["m~n"].kind(), JsonKind::Null);
    QCOMPARE(root["big"].raw(), QByteArray("123456789012345678901234567890"));
    QVERIFY(root[""].isArray());
    QCOMPARE(root[""].size(), qsizetype(0));
    const QString text = QString::fromUtf8("tab\tback\\ \xC3\xA9 \xF0\x9F\x98\xB9 \xEF\xBF\xBD!");
    QCOMPARE(root["escape"].string(), text);
    QCOMPARE(root["escape"].key(), QStringLiteral("escape"));
    QCOMPARE(root.key(), QString());
    QVERIFY(root.keySpan().isNull());
    QVERIFY(root["error"]["details"].at(0).keySpan().isNull());
    QVERIFY(root.string().isEmpty() && !root.number() && !root.boolean() && !root.integer());
    std::vector<QString> keys;
    for (const JsonValue &member : root.children())
        keys.push_back(member.key());
    const QString a = QStringLiteral("a");
    QCOMPARE(keys, (std::vector<QString>{QStringLiteral("error"), a, a, QStringLiteral("escape"), QString(),
                                         QStringLiteral("big")}));
}

void TestJson::absentValuesStayAbsent()
{
    const JsonValue root = parsed(sample()).root();
    QVERIFY(root["none"].isAbsent());
    QVERIFY(root["none"]["deeper"].at(3).pointer(u"/x").isAbsent());
    QVERIFY(root["a"]["x"].isAbsent());
    QVERIFY(root.at(0).isAbsent());
    QVERIFY(root["error"]["details"].at(4).isAbsent());
    QVERIFY(root["error"]["details"].at(-1).isAbsent());
    const JsonValue absent;
    QVERIFY(!absent.is(JsonKind::Null) && absent.raw().isEmpty() && absent.children().empty());
    QVERIFY(absent.span().isNull() && absent.pointer(u"").isAbsent() && prettyJson(absent).isEmpty());
    QVERIFY(JsonDocument().root().isAbsent() && JsonDocument().isNull());
}

void TestJson::integers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isInteger");
    QTest::addColumn<qint64>("value");
    QTest::newRow("0") << QByteArray("0") << true << qint64(0);
    QTest::newRow("-0") << QByteArray("-0") << true << qint64(0);
    QTest::newRow("429") << QByteArray("429") << true << qint64(429);
    QTest::newRow("largest") << QByteArray("9223372036854775807") << true << std::numeric_limits<qint64>::max();
    QTest::newRow("smallest") << QByteArray("-9223372036854775808") << true << std::numeric_limits<qint64>::min();
    QTest::newRow("one more") << QByteArray("9223372036854775808") << false << qint64(0);
    QTest::newRow("fraction") << QByteArray("1.0") << false << qint64(0);
    QTest::newRow("exponent") << QByteArray("1e3") << false << qint64(0);
    QTest::newRow("string") << QByteArray("\"1\"") << false << qint64(0);
}

void TestJson::integers()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, isInteger);
    QFETCH(const qint64, value);
    const auto integer = parsed(text).root().integer();
    QCOMPARE(integer.has_value(), isInteger);
    QCOMPARE(integer.value_or(0), value);
}

void TestJson::numbersBeyondDoubleAreInfiniteOrZero()
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const JsonValue numbers = parsed("[1e400, -1e400, 1e-400, 0.1, 123456789012345678901234567890, -0]").root();
    QCOMPARE(numbers.at(0).number(), std::optional(infinity));
    QCOMPARE(numbers.at(1).number(), std::optional(-infinity));
    QCOMPARE(numbers.at(2).number(), std::optional(0.0));
    QCOMPARE(numbers.at(3).number(), std::optional(0.1));
    QCOMPARE(numbers.at(4).number(), std::optional(123456789012345678901234567890.0));
    QVERIFY(std::signbit(numbers.at(5).number().value()));
}

void TestJson::byteOrderMarkInsideAStringIsKept()
{
    const QString mark(QChar(0xFEFF));
    const JsonValue root = parsed("{\"\xEF\xBB\xBF\": \"\xEF\xBB\xBF\xEF\xBB\xBFx\\n\xEF\xBB\xBF\"}").root();
    QCOMPARE(root[mark].string(), mark + mark + QStringLiteral("x\n") + mark);
    QCOMPARE(root["\xEF\xBB\xBF"].key(), mark);
    QCOMPARE(JsonWriter().utf8("\xEF\xBB\xBF\xC3").result(), QByteArray("\"\xEF\xBB\xBF\xEF\xBF\xBD\"\n"));
}

void TestJson::duplicateKeysAreKeptAndTheFirstIsFound()
{
    const JsonValue root = parsed(R"({"a": 1, "\u0061": 2, "a": {"a": 3}})").root();
    QCOMPARE(root.size(), qsizetype(3));
    QCOMPARE(root["a"].raw(), QByteArray("1"));
    QCOMPARE(root.children().at(1).key(), QStringLiteral("a"));
    QCOMPARE(root.children().at(2)["a"].raw(), QByteArray("3"));
    QCOMPARE(parsed(R"({"\u0061": 2, "a": 1})").root()["a"].raw(), QByteArray("2"));
}

void TestJson::spansPointAtTheBytes()
{
    const QByteArray text = R"( {"k\u0065y" : [10, "é"], "z":{}} )";
    const JsonValue root = parsed(text).root();
    const auto at = [&](const Span &span) { return text.mid(span.start, span.length); };
    QCOMPARE(root.span().start, qsizetype(1));
    QCOMPARE(at(root.span()), text.trimmed());
    QCOMPARE(at(root["key"].span()), QByteArray("[10, \"é\"]"));
    QCOMPARE(at(root["key"].keySpan()), QByteArray("\"k\\u0065y\""));
    QCOMPARE(at(root["key"].at(1).span()), QByteArray("\"é\""));
    QCOMPARE(at(root["z"].keySpan()), QByteArray("\"z\""));
    QCOMPARE(at(root["z"].span()), QByteArray("{}"));
}

void TestJson::pointers_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("raw"); // empty when nothing is there
    const auto row = [](const char *pointer, const char *raw) {
        QTest::newRow(pointer) << QString::fromUtf8(pointer) << QByteArray(raw);
    };
    row("/error/code", "\"rate_limit\"");
    row("/error/details/0", "1.00");
    row("/error/details/1", "-0");
    row("/error/details/3/a~1b", "true");
    row("/error/details/3/m~0n", "null");
    row("/a", "\"first\"");
    row("/", "[]");
    row("/big", "123456789012345678901234567890");
    row("error", "");
    row("/error/", "");
    row("/error/details/4", "");
    row("/error/details/-", "");
    row("/error/details/-1", "");
    row("/error/details/00", "");
    row("/error/details/01", "");
    row("/error/details/1e0", "");
    row("/error/details/99999999999999999999", "");
    row("/error/details/", "");
    row("/error/details/3/a/b", "");
    row("/error/details/3/m~n", "");
    row("/error/details/3/m~", "");
    row("/error/details/3/m~2n", "");
    row("/a/0", "");
    row("/Error", "");
}

void TestJson::pointers()
{
    QFETCH(const QString, pointer);
    QFETCH(const QByteArray, raw);
    const JsonValue value = parsed(sample()).root().pointer(pointer);
    QCOMPARE(value.raw(), raw);
    QCOMPARE(value.isAbsent(), raw.isEmpty());
    QCOMPARE(parsed(R"({"~1": {"/": 1}})").root().pointer(u"/~01/~1").raw(), QByteArray("1"));
}

void TestJson::prefixLeavesTheRestAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("offset");
    QTest::addColumn<QByteArray>("raw");
    QTest::newRow("log line") << QByteArray("12:00 ERROR body={\"a\":[1]} took 3 ms") << 17
                              << QByteArray("{\"a\":[1]}");
    QTest::newRow("blanks first") << QByteArray("x  [1] y") << 1 << QByteArray("[1]");
    QTest::newRow("number") << QByteArray("429 Too Many Requests") << 0 << QByteArray("429");
    QTest::newRow("two in a row") << QByteArray("{}{}") << 2 << QByteArray("{}");
    QTest::newRow("string") << QByteArray("\"a\"b") << 0 << QByteArray("\"a\"");
    QTest::newRow("not UTF-8 behind") << QByteArray("[]\xFF") << 0 << QByteArray("[]");
}

void TestJson::prefixLeavesTheRestAlone()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, offset);
    QFETCH(const QByteArray, raw);
    const auto document = JsonDocument::parsePrefix(text, offset);
    QVERIFY(document.ok());
    QCOMPARE(document->root().raw(), raw);
    QCOMPARE(text.mid(document->root().span().start, raw.size()), raw);
    QVERIFY(!JsonDocument::parsePrefix(text, text.size()));
}

void TestJson::prefixErrorCountsFromItsOffset()
{
    const auto document = JsonDocument::parsePrefix("one\ntwo [\n x]", 8);
    QVERIFY(!document);
    QCOMPARE(document.error().offset, qsizetype(11));
    QCOMPARE(document.error().text(), QStringLiteral("line 2, column 2: expected a value or ']', found 'x'"));
}

void TestJson::valuesOutliveTheirDocument()
{
    JsonValue value;
    {
        QByteArray text = R"({"a": ["kept"]})";
        value = parsed(text).root()["a"];
        text.fill('x');
    }
    QCOMPARE(value.at(0).string(), QStringLiteral("kept"));
}

void TestJson::prettyText()
{
    const JsonDocument document = parsed(R"({"b":1.00,"a":[],"c":{},"d":[1,[ ],{"e\u0041":"\/"}],"b":-0E+2 })");
    QCOMPARE(prettyJson(document.root()), QByteArray(R"({
  "b": 1.00,
  "a": [],
  "c": {},
  "d": [
    1,
    [],
    {
      "e\u0041": "\/"
    }
  ],
  "b": -0E+2
})"));
    QCOMPARE(prettyJson(parsed(" 12.0 ").root()), QByteArray("12.0"));
}

void TestJson::prettyOfPartOfADocument()
{
    const JsonValue root = parsed(R"({"x": {"y": [1, {"z": 2}]}, "w": 3})").root();
    QCOMPARE(prettyJson(root["x"]["y"]), QByteArray("[\n  1,\n  {\n    \"z\": 2\n  }\n]"));
    QCOMPARE(prettyJson(root["w"]), QByteArray("3"));
}

void TestJson::writerWritesWhatTheParserReads()
{
    JsonWriter writer;
    writer.beginObject()
        .member(u"text", QStringLiteral("quote \" back \\ line\n nul \u0001 é"))
        .member(u"literal", u"text")
        .member(u"yes", true)
        .member(u"count", 3)
        .member(u"none", std::optional<qint64>())
        .member(u"some", std::optional<double>(0.5))
        .memberNull(u"null");
    writer.key(u"empty").beginArray().endArray().key(u"object").beginObject().endObject();
    writer.key(u"list").beginArray().number(1.5).boolean(false).null().raw("1.00");
    writer.utf8("caf\xC3\xA9 \xFF").beginObject().member(u"a\"b", u"").endObject().endArray().endObject();
    QCOMPARE(writer.result(), QByteArray(R"({
  "text": "quote \" back \\ line\n nul \u0001 é",
  "literal": "text",
  "yes": true,
  "count": 3,
  "none": null,
  "some": 0.5,
  "null": null,
  "empty": [],
  "object": {},
  "list": [
    1.5,
    false,
    null,
    1.00,
    "café �",
    {
      "a\"b": ""
    }
  ]
}
)"));
    const JsonDocument document = parsed(writer.result());
    QCOMPARE(document.root()["text"].string(), QString::fromUtf8("quote \" back \\ line\n nul \x01 é"));
    QCOMPARE(prettyJson(document.root()) + '\n', writer.result());
}

void TestJson::writerNumbers_data()
{
    QTest::addColumn<double>("number");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("0.1") << 0.1 << QByteArray("0.1");
    QTest::newRow("100") << 100.0 << QByteArray("100");
    QTest::newRow("1e300") << 1e300 << QByteArray("1e+300");
    QTest::newRow("1/3") << 1.0 / 3 << QByteArray("0.3333333333333333");
    QTest::newRow("smallest") << std::numeric_limits<double>::denorm_min() << QByteArray("5e-324");
    QTest::newRow("-0") << -0.0 << QByteArray("-0");
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << QByteArray("null");
    QTest::newRow("nan") << std::numeric_limits<double>::quiet_NaN() << QByteArray("null");
}

void TestJson::writerNumbers()
{
    QFETCH(const double, number);
    QFETCH(const QByteArray, text);
    const QByteArray written = JsonWriter().number(number).result().chopped(1);
    QCOMPARE(written, text);
    if (text != "null")
        QCOMPARE(parsed(written).root().number(), std::optional(number));
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
