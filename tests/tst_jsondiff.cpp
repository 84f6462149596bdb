// Differences of JSON documents, by value: tables, and what must hold for any two.
#include "models/base/alignment.h"
#include "models/json/jsondiff.h"
#include "models/json/jsonhashes.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace errata;
using Kind = JsonDiffStep::Kind;

namespace {

JsonDocument documentOf(const QByteArray &text)
{
    const auto document = JsonDocument::parse(text);
    if (!document)
        qFatal("not JSON: %s", text.constData());
    return *document;
}

/// "~ /a" for what is at the same place, "> /0 /2" for what moved.
QStringList shown(const JsonDiff &diff)
{
    QStringList list;
    for (const JsonDiffStep &step : diff.steps) {
        switch (step.kind) {
        case Kind::Added:
            list << QStringLiteral("+ ") + step.rightPath;
            break;
        case Kind::Removed:
            list << QStringLiteral("- ") + step.leftPath;
            break;
        case Kind::Changed:
            list << QStringLiteral("~ ") + step.leftPath +
                        (step.leftPath == step.rightPath ? QString() : QLatin1Char(' ') + step.rightPath);
            break;
        case Kind::Moved:
            list << QStringLiteral("> ") + step.leftPath + QLatin1Char(' ') + step.rightPath;
            break;
        case Kind::Open:
            if (step.moved)
                list << QStringLiteral(">~ ") + step.leftPath + QLatin1Char(' ') + step.rightPath;
            break;
        case Kind::Equal:
        case Kind::Close:
            break;
        }
    }
    return list;
}

/// The right document made of the steps alone: objects in any order of their members.
QByteArray rightOf(const std::vector<JsonDiffStep> &steps, std::size_t &at)
{
    const JsonDiffStep &step = steps[at++];
    if (step.kind != Kind::Open)
        return step.right.raw();
    const bool isObject = step.right.isObject();
    QByteArrayList parts;
    while (steps[at].kind != Kind::Close) {
        if (steps[at].kind == Kind::Removed) {
            ++at;
            continue;
        }
        const JsonValue &child = steps[at].right;
        const QByteArray name = isObject ? '"' + child.key().toUtf8() + "\":" : QByteArray();
        parts << name + rightOf(steps, at);
    }
    ++at;
    return isObject ? '{' + parts.join(',') + '}' : '[' + parts.join(',') + ']';
}

/// Small values over few names and numbers, so that equal ones come often.
QByteArray anyJson(std::minstd_rand &random, int depth)
{
    const auto pick = [&random](unsigned below) { return unsigned(random() % below); };
    const unsigned kind = pick(depth > 0 ? 7 : 5);
    if (kind == 0)
        return "null";
    if (kind == 1)
        return pick(2) ? "true" : "false";
    if (kind == 2)
        return QByteArray::number(int(pick(4))) + (pick(4) ? "" : ".0");
    if (kind < 5)
        return '"' + QByteArray(1, char('a' + int(pick(3)))) + '"';
    QByteArrayList parts;
    for (unsigned left = pick(6); left > 0; --left) {
        const QByteArray name = kind == 5 ? "\"" + QByteArray(1, char('k' + int(pick(6)))) + "\":" : QByteArray();
        parts << name + anyJson(random, depth - 1);
    }
    return kind == 5 ? '{' + parts.join(',') + '}' : '[' + parts.join(',') + ']';
}

std::uint64_t hashOf(const JsonDocument &document)
{
    return JsonHashes(document).hash(0);
}

} // namespace

class TestJsonDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void differences_data();
    void differences();
    void otherOrder_isToldAndNoDifference_data();
    void otherOrder_isToldAndNoDifference();
    void anyTwo_keepTheLaws();
    void limits_stopTheWork();
    void largeArrays_endSoon();
    void alignment_data();
    void alignment();
    void alignment_ofAnyTwo_isLongest();
    void alignment_withoutEdits_stillAligns();
};

void TestJsonDiff::differences_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<QStringList>("steps");
    const auto row = [](const char *name, const char *left, const char *right, const QStringList &steps) {
        QTest::newRow(name) << QByteArray(left).replace('\'', '"') << QByteArray(right).replace('\'', '"') << steps;
    };
    const auto s = [](const char *text) { return QString::fromUtf8(text); };
    row("the same", "{'a':1}", "{'a':1}", {});
    row("another layout", "{'a':[1,2]}", "{ 'a' : [1,\n2] }", {});
    row("a scalar", "1", "2", {s("~ ")});
    row("the text of a number", "{'a':1.00}", "{'a':1}", {s("~ /a")});
    row("nineteen digits", "[9007199254740993]", "[9007199254740992]", {s("~ /0")});
    row("an exponent", "[1e2]", "[100]", {s("~ /0")});
    row("an escape says the same", "['\\u0041\\/']", "['A/']", {});
    row("lone surrogates differ", "['\\ud800']", "['\\ud801']", {s("~ /0")});
    row("kinds", "{'a':null}", "{'a':false}", {s("~ /a")});
    row("a string is no number", "{'a':'1'}", "{'a':1}", {s("~ /a")});
    row("an object is no array", "{'a':{}}", "{'a':[]}", {s("~ /a")});
    row("a member more", "{'a':1}", "{'a':1,'b':{'c':2}}", {s("+ /b")});
    row("a member less", "{'a':1,'b':2}", "{'b':2}", {s("- /a")});
    row("inside", "{'a':{'b':{'c':1,'d':2}}}", "{'a':{'b':{'c':1,'d':3}}}", {s("~ /a/b/d")});
    row("names with signs", "{'a/b':1,'m~n':2}", "{'a/b':2,'m~n':3}", {s("~ /a~1b"), s("~ /m~0n")});
    row("a name that is empty", "{'':1}", "{'':2}", {s("~ /")});
    row("the same name twice", "{'a':1,'a':2}", "{'a':1,'a':3}", {s("~ /a")});
    row("twice in another turn", "{'a':1,'a':2}", "{'a':2,'a':1}", {s("~ /a"), s("~ /a")});
    row("twice and once", "{'a':1,'a':2}", "{'a':1}", {s("- /a")});
    row("an element at the end", "[1,2]", "[1,2,3]", {s("+ /2")});
    row("an element at the front", "[1,2]", "[0,1,2]", {s("+ /0")});
    row("an element gone", "[1,2,3]", "[1,3]", {s("- /1")});
    row("an element another", "[1,2,3]", "[1,5,3]", {s("~ /1")});
    row("an element moved", "['a','b','c','d']", "['d','a','b','c']", {s("> /3 /0")});
    row("two change places", "[1,2,3,4]", "[1,3,2,4]", {s("> /2 /1")});
    row("objects by id", "[{'id':1,'n':1},{'id':2,'n':2}]", "[{'id':2,'n':2},{'id':1,'n':9}]",
        {s(">~ /0 /1"), s("~ /0/n /1/n")});
    row("an object more in front", "[{'id':1,'n':1}]", "[{'id':0,'n':0},{'id':1,'n':9}]",
        {s("+ /0"), s("~ /0/n /1/n")});
    row("another id is another object", "[{'id':1,'n':1}]", "[{'id':2,'n':1}]", {s("- /0"), s("+ /0")});
    row("objects without a name, by place", "[{'n':1,'m':1}]", "[{'n':2,'m':1}]", {s("~ /0/n")});
    row("a kind more", "[1,{'n':1}]", "[{'n':2},2]", {s("- /0"), s("- /1"), s("+ /0"), s("+ /1")});
    row("nested arrays", "[[1,2],[3]]", "[[1,2],[3,4]]", {s("+ /1/1")});
    row("all gone", "[1,2]", "[]", {s("- /0"), s("- /1")});
    row("equal ones several times", "[1,1,2]", "[1,2]", {s("- /1")});
}

void TestJsonDiff::differences()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(QStringList, steps);
    const JsonDiff diff = diffJson(documentOf(left), documentOf(right));
    QCOMPARE(shown(diff), steps);
    QVERIFY(diff.isWhole);
    QCOMPARE(diff.differences() == 0, hashOf(documentOf(left)) == hashOf(documentOf(right)));
}

void TestJsonDiff::otherOrder_isToldAndNoDifference_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<bool>("reordered");
    QTest::newRow("the same order") << QByteArray(R"({"a":1,"b":2})") << QByteArray(R"({"a":1, "b":2})") << false;
    QTest::newRow("another") << QByteArray(R"({"a":1,"b":2})") << QByteArray(R"({"b":2,"a":1})") << true;
    QTest::newRow("deep inside") << QByteArray(R"([[{"a":1,"b":2}]])") << QByteArray(R"([[{"b":2,"a":1}]])") << true;
    QTest::newRow("beside a member more")
        << QByteArray(R"({"a":1,"b":2})") << QByteArray(R"({"a":1,"c":0,"b":2})") << false;
    QTest::newRow("and a difference") << QByteArray(R"({"a":1,"b":2})") << QByteArray(R"({"b":2,"a":3})") << true;
}

void TestJsonDiff::otherOrder_isToldAndNoDifference()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QTEST(diffJson(documentOf(left), documentOf(right)).isReordered(), "reordered");
}

void TestJsonDiff::anyTwo_keepTheLaws()
{
    std::minstd_rand random(7);
    constexpr int rounds = 3000;
    for (int i = 0; i < rounds; ++i) {
        const JsonDocument left = documentOf(anyJson(random, 4));
        const JsonDocument right = documentOf(anyJson(random, 4));
        const QByteArray both = left.bytes() + " | " + right.bytes();
        QVERIFY2(diffJson(left, left).differences() == 0, left.bytes().constData());
        const JsonDiff diff = diffJson(left, right);
        QVERIFY2((diff.differences() == 0) == (hashOf(left) == hashOf(right)), both.constData());
        // What is equal on the left and what differs make up the right.
        std::size_t at = 0;
        const QByteArray rebuilt = rightOf(diff.steps, at);
        QVERIFY2(hashOf(documentOf(rebuilt)) == hashOf(right), (both + " | " + rebuilt).constData());
        QCOMPARE(at, diff.steps.size());
        // The second way round, the same with its sides exchanged.
        JsonDiff back = diffJson(right, left);
        for (JsonDiffStep &step : back.steps) {
            std::swap(step.leftPath, step.rightPath);
            step.kind = step.kind == Kind::Added ? Kind::Removed : step.kind == Kind::Removed ? Kind::Added : step.kind;
        }
        QStringList there = shown(diff);
        QStringList again = shown(back);
        there.sort();
        again.sort();
        QVERIFY2(there == again,
                 (both + " | " + there.join(u',').toUtf8() + " | " + again.join(u',').toUtf8()).constData());
    }
}

void TestJsonDiff::limits_stopTheWork()
{
    QByteArrayList numbers;
    for (int i = 0; i < 1000; ++i)
        numbers << QByteArray::number(i);
    const JsonDocument left = documentOf('[' + numbers.join(',') + ']');
    JsonDiffLimits limits;
    limits.steps = 10;
    const JsonDiff diff = diffJson(left, documentOf("[]"), limits);
    QVERIFY(!diff.isWhole);
    QCOMPARE(diff.steps.size(), std::size_t(10));
}

void TestJsonDiff::largeArrays_endSoon()
{
    // Nothing equal, and everything equal turned round: what makes a careless algorithm take hours.
    QByteArrayList up;
    QByteArrayList down;
    QByteArrayList others;
    constexpr int count = 50000;
    for (int i = 0; i < count; ++i) {
        up << QByteArray::number(i);
        down << QByteArray::number(count - 1 - i);
        others << QByteArray::number(i + count);
    }
    const JsonDocument left = documentOf('[' + up.join(',') + ']');
    QCOMPARE(diffJson(left, documentOf('[' + others.join(',') + ']')).differences(), count);
    QCOMPARE(diffJson(left, documentOf('[' + down.join(',') + ']')).differences(), count - 1);
}

void TestJsonDiff::alignment_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<int>("pairs");
    QTest::newRow("nothing") << QByteArray() << QByteArray() << 0;
    QTest::newRow("one side") << QByteArray("abc") << QByteArray() << 0;
    QTest::newRow("the same") << QByteArray("abc") << QByteArray("abc") << 3;
    QTest::newRow("Myers's own example") << QByteArray("abcabba") << QByteArray("cbabac") << 4;
    QTest::newRow("in the middle") << QByteArray("abxcd") << QByteArray("abycd") << 4;
    QTest::newRow("nothing in common") << QByteArray("abc") << QByteArray("xyz") << 0;
    QTest::newRow("turned round") << QByteArray("abcd") << QByteArray("dcba") << 1;
    QTest::newRow("doubled") << QByteArray("aabb") << QByteArray("ab") << 2;
}

namespace {

std::vector<std::uint64_t> sequence(const QByteArray &text)
{
    return {text.begin(), text.end()};
}

void checkAlignment(const QByteArray &left, const QByteArray &right, const Alignment &pairs)
{
    std::pair before{-1, -1};
    for (const auto &[i, j] : pairs) {
        QVERIFY(i > before.first && j > before.second);
        QVERIFY(left.at(i) == right.at(j));
        before = {i, j};
    }
}

/// By the table of all prefixes.
std::size_t longestCommon(const QByteArray &left, const QByteArray &right)
{
    std::vector<std::size_t> row(std::size_t(right.size()) + 1, 0);
    for (const char c : left) {
        std::size_t diagonal = 0;
        for (std::size_t j = 1; j < row.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = right.at(qsizetype(j) - 1) == c ? diagonal + 1 : std::max(row[j], row[j - 1]);
            diagonal = above;
        }
    }
    return row.back();
}

} // namespace

void TestJsonDiff::alignment()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(int, pairs);
    const Alignment found = align(sequence(left), sequence(right));
    checkAlignment(left, right, found);
    QCOMPARE(int(found.size()), pairs);
}

void TestJsonDiff::alignment_ofAnyTwo_isLongest()
{
    std::minstd_rand random(11);
    const auto any = [&random] {
        QByteArray text;
        for (auto left = random() % 14; left > 0; --left)
            text += char('a' + int(random() % 4));
        return text;
    };
    for (int i = 0; i < 5000; ++i) {
        const QByteArray left = any();
        const QByteArray right = any();
        const Alignment pairs = align(sequence(left), sequence(right));
        checkAlignment(left, right, pairs);
        QVERIFY2(pairs.size() == longestCommon(left, right), (left + ' ' + right).constData());
        Alignment back = align(sequence(right), sequence(left));
        for (auto &[x, y] : back)
            std::swap(x, y);
        QVERIFY2(back == pairs, (left + ' ' + right).constData());
    }
}

void TestJsonDiff::alignment_withoutEdits_stillAligns()
{
    const QByteArray left = "xabcdefgy";
    const QByteArray right = "abcdzefg";
    const Alignment pairs = align(sequence(left), sequence(right), 1);
    checkAlignment(left, right, pairs);
    QCOMPARE(pairs.size(), std::size_t(7));
}

QTEST_APPLESS_MAIN(TestJsonDiff)
#include "tst_jsondiff.moc"
