// Objects as programs print them, and gRPC's statuses as clients print them.
#include "models/http/grpcstatus.h"
#include "models/http/objectliteral.h"
#include "models/json/jsondocument.h"

#include <QTest>

using namespace errata;

namespace {

/// Without the line breaks of the writer.
QByteArray compact(const QByteArray &json)
{
    QByteArray text;
    for (const QByteArray &line : json.split('\n'))
        text += line.trimmed() + (line.endsWith(',') ? " " : "");
    return text.trimmed();
}

} // namespace

class TestObjectLiteral : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readAsJson_data();
    void readAsJson();
    void scalarsStandWhereTheyAreTold();
    void hostileTextEnds_data();
    void hostileTextEnds();
    void everyPrefixIsHarmless();
    void grpcStatusIsNamed_data();
    void grpcStatusIsNamed();
};

void TestObjectLiteral::readAsJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("expected");
    const auto row = [](const char *name, const char *text, const QByteArrayList &expected) {
        QTest::newRow(name) << QByteArray(text) << expected;
    };
    row("python dict", "{'a': True, 'b': None, 'c': -1.50}", {"{\"a\": true, \"b\": null, \"c\": -1.50}"});
    row("python strings", "{'a': \"it's\", 'b': 'say \\'hi\\'', 'c': b'\\xc3\\xa9', 'd': u'\\xe9'}",
        {"{\"a\": \"it's\", \"b\": \"say 'hi'\", \"c\": \"\xc3\xa9\", \"d\": \"\xef\xbf\xbd\"}"});
    row("python tuple and call", "{'a': (1, 2,), 'at': datetime.datetime(2026, 1, 1, 0, 0), 'r': <Response [429]>}",
        {"{\"a\": [1, 2], \"at\": \"datetime.datetime(2026, 1, 1, 0, 0)\", \"r\": \"<Response [429]>\"}"});
    row("javascript console", "{\n  error: { code: 'x', details: [Object] },\n  f: [Function: go],\n  u: undefined\n}",
        {"{\"error\": {\"code\": \"x\", \"details\": \"[Object]\"}, \"f\": \"[Function: go]\", \"u\": null}"});
    row("javascript class and symbol", "headers: AxiosHeaders { 'a-b': '1', [Symbol(x)]: 2 }",
        {"{\"a-b\": \"1\", \"Symbol(x)\": 2}"});
    row("class inside", "{ headers: Object [AxiosHeaders] { a: '1' } }", {"{\"headers\": {\"a\": \"1\"}}"});
    row("unicode escapes", "{a: '\\u00e9\\ud83d\\ude00'}", {"{\"a\": \"\xc3\xa9\xf0\x9f\x98\x80\"}"});
    row("ruby", "{:error=>\"x\", \"n\"=>nil, :s=>:sym}", {"{\"error\": \"x\", \"n\": null, \"s\": \"sym\"}"});
    row("ruby 3.4", "{error: \"x\", \"n\" => 1}", {"{\"error\": \"x\", \"n\": 1}"});
    row("java map", "{error=invalid_token, error_description=Bad, or expired, n=3, ok=false}",
        {"{\"error\": \"invalid_token\", \"error_description\": \"Bad, or expired\", \"n\": 3, \"ok\": false}"});
    row("java map in a map", "body={error={code=x, list=[1, 2]}, id=7}",
        {"{\"error\": {\"code\": \"x\", \"list\": [1, 2]}, \"id\": 7}"});
    row("csv", "1,\"{\"\"a\"\": \"\"x\"\", \"\"b\"\": \"\"\"\", \"\"c\"\": \"\"say \\\"\"hi\\\"\"\"\"}\",2",
        {"{\"a\": \"x\", \"b\": \"\", \"c\": \"say \\\"hi\\\"\"}"});
    row("comma behind the last", "{\"a\": [1,], \"b\": {},}", {"{\"a\": [1], \"b\": {}}"});
    row("two", "first {'a': 1} then {'b': 2}", {"{\"a\": 1}", "{\"b\": 2}"});
    row("behind braces of code", "if (x) { return {'a': 1} }", {"{\"a\": 1}"});
    row("duplicate keys stay", "{'a': 1, 'a': 2}", {"{\"a\": 1, \"a\": 2}"});
    row("template", "{{ name }} {name} {0}", {});
    row("css", "body { color: red; margin: 0 }", {});
    row("code", "function f() { x = 1; }", {});
    row("set", "{'a', 'b'}", {});
    row("cut off", "{'a': 1, 'b': 'x", {});
    row("empty", "{}", {});
    row("none", "nothing here", {});
}

void TestObjectLiteral::readAsJson()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, expected);
    QByteArrayList found;
    for (const ObjectLiteral &literal : objectLiteralsIn(text, 10)) {
        QVERIFY2(JsonDocument::parse(literal.json).ok(), literal.json.constData());
        found << compact(literal.json);
    }
    QCOMPARE(found, expected);
}

void TestObjectLiteral::scalarsStandWhereTheyAreTold()
{
    const QByteArray text = "say {'a': 'x y', 'b': [True, 12], 'c': {d: None}}";
    const std::vector<ObjectLiteral> found = objectLiteralsIn(text, 1);
    QCOMPARE(found.size(), 1U);
    QCOMPARE(text.mid(found[0].where.start, found[0].where.length), text.mid(4));
    QByteArrayList places;
    for (const Span &span : found[0].scalars)
        places << text.mid(span.start, span.length);
    QCOMPARE(places, QByteArrayList({"x y", "True", "12", "None"}));
}

void TestObjectLiteral::hostileTextEnds_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("objects") << QByteArray("{a:");
    QTest::newRow("arrays") << QByteArray("{a:[[[[");
    QTest::newRow("strings") << QByteArray("{'a':'");
    QTest::newRow("maps") << QByteArray("{a=b ");
    QTest::newRow("maps in maps") << QByteArray("{a={");
    QTest::newRow("calls") << QByteArray("{a:f(");
    QTest::newRow("symbols") << QByteArray("{[");
    QTest::newRow("backslashes") << QByteArray("{'\\");
    QTest::newRow("doubled") << QByteArray("{\"\"");
}

void TestObjectLiteral::hostileTextEnds()
{
    QFETCH(QByteArray, piece);
    QVERIFY(objectLiteralsIn(piece.repeated(100000 / piece.size()), 10).empty());
}

void TestObjectLiteral::everyPrefixIsHarmless()
{
    const QByteArray text =
        "x {'a': (1, f(2)), \"b\": [b'\\x41', <c d>, :e], f={g=h, i=[Object]}, ''j'': Map(1) {k: 1}}";
    for (qsizetype length = 0; length <= text.size(); ++length) {
        for (const ObjectLiteral &literal : objectLiteralsIn(QByteArrayView(text).first(length), 10)) {
            QVERIFY(literal.where.end() <= length);
            QVERIFY(JsonDocument::parse(literal.json).ok());
        }
    }
}

void TestObjectLiteral::grpcStatusIsNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char *title, const char *text, const char *name, const char *message) {
        QTest::newRow(title) << QByteArray(text) << QByteArray(name) << QByteArray(message);
    };
    row("go", "rpc error: code = DeadlineExceeded desc = context deadline exceeded", "DEADLINE_EXCEEDED",
        "context deadline exceeded");
    row("go without words", "rpc error: code = Canceled", "CANCELLED", "");
    row("node", "Error: 14 UNAVAILABLE: No connection established", "UNAVAILABLE", "No connection established");
    row("java", "io.grpc.StatusRuntimeException: RESOURCE_EXHAUSTED: quota", "RESOURCE_EXHAUSTED", "quota");
    row("java alone", "StatusException: NOT_FOUND", "NOT_FOUND", "");
    row("python",
        "<_InactiveRpcError of RPC that terminated with:\n\tstatus = StatusCode.INTERNAL\n\tdetails = \"boom\"",
        "INTERNAL", "boom");
    row("net", "Status(StatusCode=\"Unauthenticated\", Detail=\"no token\")", "UNAUTHENTICATED", "no token");
    row("the first of two", "rpc error: code = Aborted desc = 14 UNAVAILABLE: x", "ABORTED", "14 UNAVAILABLE: x");
    row("ok is none", "rpc error: code = OK desc = fine", "", "");
    row("no code", "14 MINUTES: of waiting", "", "");
    row("another exception", "StatusException: BROKEN", "", "");
    row("prose", "the code = Unavailable", "", "");
}

void TestObjectLiteral::grpcStatusIsNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, message);
    const auto status = grpcStatusIn(text);
    QCOMPARE(status ? status->name : QByteArray(), name);
    QCOMPARE(status ? status->message : QByteArray(), message);
}

QTEST_APPLESS_MAIN(TestObjectLiteral)
#include "tst_objectliteral.moc"
