// The values below a BodyView: lines, charsets, indentation, places, matches, folds, the tree's rows.
#include "models/base/lineindex.h"
#include "models/base/xmlindent.h"
#include "models/http/charset.h"
#include "models/items/jsontreemodel.h"
#include "models/json/jsonindent.h"
#include "models/json/jsonplace.h"
#include "tests/support/bodies.h"
#include "views/bodyview/foldmap.h"
#include "views/bodyview/textsearch.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <algorithm>

using namespace errata;
using namespace errata::test;

class TestBodyText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lineIndex_knowsEveryLine_data();
    void lineIndex_knowsEveryLine();
    void lineIndex_inSlices_isTheSame();
    void lineIndex_staysSmall();
    void charset_data();
    void charset();
    void charset_decodes();
    void binary_isTold();
    void indenting_isWhatPrettyJsonMakes();
    void indenting_leadsBackToTheSource();
    void indenting_stopsAtItsLimits();
    void indentedXml_keepsTexts_data();
    void indentedXml_keepsTexts();
    void place_andPointer_data();
    void place_andPointer();
    void search_findsAll_data();
    void search_findsAll();
    void search_stopsAtItsLimit();
    void foldMap_knowsRows();
    void treeModel_keepsTheRules();
    void treeModel_partsLargeArrays();
};

void TestBodyText::lineIndex_knowsEveryLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no line end") << QByteArray("a");
    QTest::newRow("line ends of both kinds") << QByteArray("a\nbc\r\n\n\r\nd\n");
    QTest::newRow("many short lines") << QByteArray("ab\n").repeated(1000);
    QTest::newRow("long lines among short ones")
        << QByteArray("x\n").repeated(70) + QByteArray(10000, 'y') + "\nz\n" + QByteArray(5000, 'q') + "\r\nend";
    QTest::newRow("a long line at the end") << "s\n" + QByteArray(9000, 'y');
}

void TestBodyText::lineIndex_knowsEveryLine()
{
    QFETCH(QByteArray, text);
    const LineIndex index = LineIndex::of(text);
    const QList<QByteArray> lines = text.split('\n');
    QCOMPARE(index.lineCount(), lines.size());
    qsizetype start = 0;
    qsizetype longest = 0;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QCOMPARE(index.start(text, i), start);
        const bool crlf = i + 1 < lines.size() && lines[i].endsWith('\r');
        QCOMPARE(index.end(text, i), start + lines[i].size() - (crlf ? 1 : 0));
        QCOMPARE(index.lineOf(text, start), i);
        QCOMPARE(index.lineOf(text, start + lines[i].size()), i);
        longest = std::max(longest, lines[i].size());
        start += lines[i].size() + 1;
    }
    QCOMPARE(index.longest(), longest);
}

void TestBodyText::lineIndex_inSlices_isTheSame()
{
    const QByteArray text = QByteArray("abc\n").repeated(3000) + QByteArray(20000, 'y') + "\nend\n";
    LineIndex index;
    for (qsizetype to = 0; to < text.size() + 7; to += 7)
        index.advance(text, to);
    const LineIndex whole = LineIndex::of(text);
    QCOMPARE(index.lineCount(), whole.lineCount());
    QCOMPARE(index.longest(), whole.longest());
    for (qsizetype i = 0; i < whole.lineCount(); ++i)
        QCOMPARE(index.start(text, i), whole.start(text, i));
}

void TestBodyText::lineIndex_staysSmall()
{
    const QByteArray lines = QByteArray("short\n").repeated(500000);
    QVERIFY(LineIndex::of(lines).footprint() * 10 < lines.size());
    QVERIFY(LineIndex::of(QByteArray(3000000, 'x')).footprint() < 1000);
}

void TestBodyText::charset_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("charset");
    QTest::addColumn<int>("source");
    const auto row = [](const char *name, const QByteArray &type, const QByteArray &bytes, Charset charset,
                        CharsetSource source) { QTest::newRow(name) << type << bytes << int(charset) << int(source); };
    row("nothing said", "", "abc", Charset::Utf8, CharsetSource::Assumed);
    row("no UTF-8", "text/plain", "caf\xE9", Charset::Latin1, CharsetSource::Guessed);
    row("header", "text/plain; charset=ISO-8859-1", "abc", Charset::Latin1, CharsetSource::Header);
    row("header in quotes and capitals", "text/html;Charset=\"Windows-1252\"", "abc", Charset::Windows1252,
        CharsetSource::Header);
    row("US-ASCII is UTF-8's part", "text/plain; charset=us-ascii", "abc", Charset::Utf8, CharsetSource::Header);
    row("unknown name", "text/plain; charset=koi8-r", "abc", Charset::Utf8, CharsetSource::Assumed);
    row("mark against header", "text/plain; charset=utf-8",
        QByteArray("\xFF\xFE"
                   "a\0",
                   4),
        Charset::Utf16Le, CharsetSource::ByteOrderMark);
    row("big-endian mark", "", QByteArray("\xFE\xFF\0a", 4), Charset::Utf16Be, CharsetSource::ByteOrderMark);
    row("a character cut by the sample", "", QByteArray(1024 * 1024 - 1, 'x') + "\xC3\xA9", Charset::Utf8,
        CharsetSource::Assumed);
}

void TestBodyText::charset()
{
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, bytes);
    QFETCH(int, charset);
    QFETCH(int, source);
    const CharsetChoice choice = chooseCharset(contentType, bytes);
    QCOMPARE(int(choice.charset), charset);
    QCOMPARE(int(choice.source), source);
}

void TestBodyText::charset_decodes()
{
    QCOMPARE(toUtf8("caf\xE9", Charset::Latin1), QByteArray("caf\xC3\xA9"));
    QCOMPARE(toUtf8("\x80 \x93x\x94", Charset::Windows1252), QByteArray("\xE2\x82\xAC \xE2\x80\x9Cx\xE2\x80\x9D"));
    QCOMPARE(toUtf8(QByteArray("\xFF\xFE\xE9\0", 4), Charset::Utf16Le), QByteArray("\xC3\xA9"));
    QCOMPARE(toUtf8(QByteArray("\0\xE9", 2), Charset::Utf16Be), QByteArray("\xC3\xA9"));
    QCOMPARE(toUtf8("\xEF\xBB\xBFx", Charset::Utf8), QByteArray("x"));
    const QByteArray same = "shared";
    QCOMPARE(toUtf8(same, Charset::Utf8).constData(), same.constData());
}

void TestBodyText::binary_isTold()
{
    QVERIFY(looksBinary(QByteArray("ab\0c", 4), Charset::Utf8));
    QVERIFY(looksBinary("\x01\x02\x03"
                        "abc",
                        Charset::Utf8));
    QVERIFY(!looksBinary("a\tb\r\n", Charset::Utf8));
    QVERIFY(!looksBinary(QByteArray("a\0b\0", 4), Charset::Utf16Le));
}

void TestBodyText::indenting_isWhatPrettyJsonMakes()
{
    const QList<QByteArray> texts{small(),
                                  " [ ] ",
                                  "{}",
                                  "[[],{},[{}],\"a\\\"]\",-1e5,true]",
                                  "1.00",
                                  largeJson(2000),
                                  QByteArray("[").repeated(200) + "1" + QByteArray("]").repeated(200)};
    for (const QByteArray &text : texts) {
        const auto document = JsonDocument::parse(text);
        QVERIFY(document.ok());
        const IndentedJson indented = IndentedJson::of(text);
        QVERIFY(indented.isComplete());
        QCOMPARE(indented.text(), prettyJson(document->root()));
        QCOMPARE(IndentedJson::of(indented.text()).text(), indented.text());
    }
}

void TestBodyText::indenting_leadsBackToTheSource()
{
    const QByteArray source = largeJson(3000);
    const IndentedJson indented = IndentedJson::of(source);
    for (int i = 0; i < 3000; i += 7) {
        const QByteArray id = "\"id\":" + QByteArray::number(i) + ",";
        const qsizetype at = source.indexOf(id);
        const qsizetype shown = indented.textOffset(source, at);
        QVERIFY(indented.text().mid(shown).startsWith("\"id\": " + QByteArray::number(i) + ","));
        QCOMPARE(indented.sourceOffset(source, shown), at);
        QCOMPARE(indented.sourceOffset(source, shown + 2), at + 2);
    }
    QCOMPARE(indented.closingLine(0, 0), std::optional<qsizetype>(3000 * 4 + 1));
    QCOMPARE(indented.closingLine(1, 2), std::optional<qsizetype>(4));
    QCOMPARE(indented.closingLine(2, indented.text().indexOf("    \"id\"")), std::nullopt);
}

void TestBodyText::indenting_stopsAtItsLimits()
{
    const QByteArray source = largeJson(3000);
    QVERIFY(!IndentedJson::of(source, {1000, 100000}).isComplete());
    const IndentedJson cut = IndentedJson::of(source, {1000000, 2000});
    QVERIFY(!cut.isComplete());
    QVERIFY(cut.text().size() < 2200);
    QVERIFY(IndentedJson::of(source).text().startsWith(cut.text()));
    const QByteArray large = largeJson(30000);
    QVERIFY(!IndentedJson::of(large, {}, [] { return true; }).isComplete());
}

void TestBodyText::indentedXml_keepsTexts_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::addColumn<QByteArray>("indented");
    QTest::newRow("elements") << QByteArray("<a><b>x y</b><c/></a>") << QByteArray("<a>\n  <b>x y</b>\n  <c/>\n</a>");
    QTest::newRow("mixed") << QByteArray("<p>one <b>two</b> <i>three</i></p>")
                           << QByteArray("<p>one <b>two</b> <i>three</i></p>");
    QTest::newRow("empty element") << QByteArray("<a><b></b></a>") << QByteArray("<a>\n  <b></b>\n</a>");
    QTest::newRow("quotes, comments, CDATA")
        << QByteArray("<?xml version=\"1.0\"?><a b='>'><!-- <x> --><c><![CDATA[<]]></c></a>")
        << QByteArray("<?xml version=\"1.0\"?>\n<a b='>'>\n  <!-- <x> -->\n  <c><![CDATA[<]]></c>\n</a>");
    QTest::newRow("cut off") << QByteArray("<a><b") << QByteArray("<a>\n  <b");
    QTest::newRow("more ends than begins") << QByteArray("</a></b>") << QByteArray("</a>\n</b>");
}

void TestBodyText::indentedXml_keepsTexts()
{
    QFETCH(QByteArray, xml);
    QFETCH(QByteArray, indented);
    QCOMPARE(indentedXml(xml), indented);
    QCOMPARE(indentedXml(indented), indented);
}

void TestBodyText::place_andPointer_data()
{
    QTest::addColumn<QByteArray>("at");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("key") << QByteArray("\"code\"") << QStringLiteral("/error/code");
    QTest::newRow("value") << QByteArray("RATE") << QStringLiteral("/error/code");
    QTest::newRow("number") << QByteArray("1.00") << QStringLiteral("/error/n");
    QTest::newRow("element") << QByteArray("10") << QStringLiteral("/list/0");
    QTest::newRow("key to be escaped") << QByteArray("x\\u") << QStringLiteral("/list/1/a~1b");
    QTest::newRow("empty array") << QByteArray("[]") << QStringLiteral("/list/2");
    QTest::newRow("opening bracket") << QByteArray("[10") << QStringLiteral("/list");
    QTest::newRow("between members") << QByteArray(",\"list") << QString();
}

void TestBodyText::place_andPointer()
{
    QFETCH(QByteArray, at);
    QFETCH(QString, pointer);
    const auto document = JsonDocument::parse(small());
    QVERIFY(document.ok());
    const std::uint32_t node = jsonNodeAt(*document, small().indexOf(at));
    QCOMPARE(jsonPointerOf(*document, node), pointer);
}

void TestBodyText::search_findsAll_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<bool>("withCase");
    QTest::addColumn<QList<int>>("starts");
    const QByteArray umlauts = QString::fromUtf8("Über über ÜBER").toUtf8();
    QTest::newRow("one") << QByteArray("abcabc") << QStringLiteral("c") << true << QList<int>{2, 5};
    QTest::newRow("not overlapping") << QByteArray("aaaa") << QStringLiteral("aa") << true << QList<int>{0, 2};
    QTest::newRow("case") << QByteArray("Abc abC") << QStringLiteral("abc") << true << QList<int>{};
    QTest::newRow("any case") << QByteArray("Abc abC") << QStringLiteral("aBc") << false << QList<int>{0, 4};
    QTest::newRow("letters beyond ASCII, case") << umlauts << QString::fromUtf8("über") << true << QList<int>{6};
    QTest::newRow("letters beyond ASCII") << umlauts << QString::fromUtf8("über") << false << QList<int>{0, 6, 12};
    QTest::newRow("no letters beyond ASCII")
        << QByteArray("1 \xE2\x82\xAC 2") << QString::fromUtf8("€ 2") << false << QList<int>{2};
    QTest::newRow("beyond a slice") << QByteArray(300000, 'x') + umlauts << QString::fromUtf8("ÜBER ÜBER") << false
                                    << QList<int>{300000};
    QTest::newRow("across a slice") << QByteArray(256 * 1024 - 3, 'x') + umlauts << QString::fromUtf8("über") << false
                                    << QList<int>{262141, 262147, 262153};
    QTest::newRow("not there") << QByteArray("abc") << QStringLiteral("abcd") << false << QList<int>{};
}

void TestBodyText::search_findsAll()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, wanted);
    QFETCH(bool, withCase);
    QFETCH(QList<int>, starts);
    const TextMatches found = findText(text, wanted, withCase ? Qt::CaseSensitive : Qt::CaseInsensitive, JobFlag());
    QList<int> at;
    for (const Span match : found.spans)
        at << int(match.start);
    QCOMPARE(at, starts);
    QVERIFY(!found.more);
}

void TestBodyText::search_stopsAtItsLimit()
{
    const TextMatches found = findText(QByteArray(100, 'x'), QStringLiteral("x"), Qt::CaseSensitive, JobFlag(), 7);
    QCOMPARE(found.spans.size(), std::size_t(7));
    QVERIFY(found.more);
}

void TestBodyText::foldMap_knowsRows()
{
    FoldMap folds;
    folds.fold(10, 20);
    folds.fold(2, 4);
    folds.fold(12, 15); // inside another
    QCOMPARE(folds.hiddenLines(), 12);
    const QList<std::pair<int, int>> lineAndRow{{0, 0},  {2, 2},  {3, 2},  {4, 2}, {5, 3},
                                                {10, 8}, {15, 8}, {20, 8}, {21, 9}};
    for (const auto &[line, row] : lineAndRow)
        QCOMPARE(folds.rowOf(line), row);
    for (const auto &[row, line] : QList<std::pair<int, int>>{{0, 0}, {2, 2}, {3, 5}, {8, 10}, {9, 21}})
        QCOMPARE(folds.lineAt(row), line);
    QVERIFY(folds.reveal(13));
    QCOMPARE(folds.hiddenLines(), 2);
    folds.fold(10, 20);
    folds.fold(12, 15);
    folds.unfold(10);
    QCOMPARE(folds.hiddenLines(), 5); // the inner one shows again
}

void TestBodyText::treeModel_keepsTheRules()
{
    JsonTreeModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto document = JsonDocument::parse(small());
    model.setDocument(*document);
    QCOMPARE(model.rowCount(), 1);
    const QModelIndex root = model.index(0, 0);
    const QModelIndex error = model.index(0, 0, root);
    QCOMPARE(error.data().toString(), QStringLiteral("error"));
    QCOMPARE(model.rowCount(error), 3); // both of the same key
    QCOMPARE(model.index(1, JsonTreeModel::ValueColumn, error).data().toString(), QStringLiteral("1.00"));
    QCOMPARE(model.index(2, JsonTreeModel::ValueColumn, error).data().toString(), QStringLiteral("2"));
    QCOMPARE(model.index(2, JsonTreeModel::KindColumn, error).data().toString(), QStringLiteral("number"));
    QCOMPARE(model.index(1, 0, root).siblingAtColumn(JsonTreeModel::ValueColumn).data().toString(),
             QStringLiteral("[3]"));
    for (std::uint32_t node = 0; node < document->nodes().size(); ++node) {
        const bool isKey = document->nodes()[node].isKey;
        QCOMPARE(model.nodeOf(model.indexOf(node)), std::optional(isKey ? node + 1 : node));
    }
    model.setDocument({});
    QCOMPARE(model.rowCount(), 0);
}

void TestBodyText::treeModel_partsLargeArrays()
{
    QByteArray json = "[";
    for (int i = 0; i < 2001; ++i)
        json += QByteArray::number(i) + ",";
    json += "2001]";
    const auto document = JsonDocument::parse(json);
    JsonTreeModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setDocument(*document);
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(model.rowCount(root), 3);
    const QModelIndex last = model.index(2, 0, root);
    QCOMPARE(last.data().toString(), QStringLiteral("2000 … 2001"));
    QCOMPARE(model.rowCount(last), 2);
    const QModelIndex item = model.indexOf(jsonNodeAt(*document, json.indexOf("1500")));
    QCOMPARE(item.data().toString(), QStringLiteral("1500"));
    QCOMPARE(item.row(), 500);
    QCOMPARE(item.parent().data().toString(), QStringLiteral("1000 … 1999"));
    QCOMPARE(item.parent().parent(), root);
    QCOMPARE(model.index(item.row(), 0, item.parent()), item);
}

QTEST_MAIN(TestBodyText)
#include "tst_bodytext.moc"
