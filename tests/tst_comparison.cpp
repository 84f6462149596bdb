// Two answers side by side: the rows, the table, and the page.
#include "models/items/comparisonmodel.h"
#include "tests/support/probebench.h"
#include "views/probe/compareview.h"
#include "views/probe/historylist.h"

#include <QAbstractItemModelTester>
#include <QMenu>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace errata;
using namespace errata::test;
using Mark = ComparedRow::Mark;

namespace {

HttpResponse jsonAnswer(const QByteArray &body, int status = 200)
{
    return {status, status == 200 ? "OK" : "Not Found", "HTTP/1.1", {{"Content-Type", "application/json"}}, body};
}

HttpResponse textAnswer(const QByteArray &body)
{
    return {200, "OK", "HTTP/1.1", {{"Content-Type", "text/plain"}}, body};
}

/// "≠ left | right" of each row of a difference.
QStringList differing(const Comparison &comparison)
{
    QStringList list;
    for (const ComparedRow &row : comparison.rows) {
        const char *sign = row.mark == Mark::Added     ? "+"
                           : row.mark == Mark::Removed ? "-"
                           : row.mark == Mark::Moved   ? ">"
                                                       : "~";
        if (row.isDifference())
            list << QStringLiteral("%1 %2|%3").arg(QLatin1String(sign), row.left.trimmed(), row.right.trimmed());
    }
    return list;
}

SendResult resultWith(const HttpResponse &response)
{
    SendResult result;
    result.response = response;
    result.sends = 1;
    return result;
}

void sendAndGet(Bench &bench, const QByteArray &url, const HttpResponse &response)
{
    bench.page.setRequest({"GET", url, {}, {}});
    bench.page.send();
    bench.answer(resultWith(response));
}

/// The menu as it is when it is opened.
QAction *menuEntry(Bench &bench, const QString &begin)
{
    QMenu *menu = bench.page.answer()->compareMenu();
    Q_EMIT menu->aboutToShow();
    for (QAction *action : menu->actions()) {
        if (action->text().startsWith(begin))
            return action;
    }
    return nullptr;
}

} // namespace

class ComparisonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_data();
    void rows();
    void equalRowsFarFromDifferences_areLeftOut();
    void otherOrderAndLayout_areNoted();
    void largeBodies_areComparedByDigest();
    void copiedText_hasBothSides();
    void model_isSound_andFindsDifferences();
    void menu_offersWhatThereIs();
    void page_comparesWithTheAnswerBefore();
    void page_comparesWithThePinnedOne_andAnotherTab();
    void page_nextAnswer_endsTheComparison();
    void page_withoutTwoAnswers_saysSo();
    void keys_goRoundTheDifferences();
};

void ComparisonTest::rows_data()
{
    QTest::addColumn<HttpResponse>("left");
    QTest::addColumn<HttpResponse>("right");
    QTest::addColumn<QStringList>("rows");
    const auto row = [](const char *name, const HttpResponse &left, const HttpResponse &right,
                        const QStringList &rows) { QTest::newRow(name) << left << right << rows; };
    const auto s = [](const char *words) { return QString::fromUtf8(words); };
    row("the same", jsonAnswer("{}"), jsonAnswer("{}"), {});
    row("status", jsonAnswer("{}"), jsonAnswer("{}", 404), {s("~ HTTP/1.1 200 OK|HTTP/1.1 404 Not Found")});
    HttpResponse more = jsonAnswer("{}");
    more.headers = {{"content-type", "application/json"}, {"X-A", "1"}, {"X-A", "2"}};
    HttpResponse less = jsonAnswer("{}");
    less.headers = {{"X-A", "1"}, {"Content-Type", "text/json"}};
    row("headers by name, the n-th with the n-th", more, less,
        {s("~ content-type: application/json|Content-Type: text/json"), s("- X-A: 2|")});
    row("a value", jsonAnswer(R"({"a":1.00,"b":2})"), jsonAnswer(R"({"a":1,"b":2})"), {s(R"(~ "a": 1.00|"a": 1)")});
    row("a member more", jsonAnswer(R"({"a":1})"), jsonAnswer(R"({"a":1,"b":{"c":[1,2]}})"),
        {s(R"(+ |"b": {)"), s(R"(+ |"c": [)"), s("+ |1,"), s("+ |2"), s("+ |]"), s("+ |}")});
    row("moved", jsonAnswer(R"(["a","b","c"])"), jsonAnswer(R"(["c","a","b"])"), {s(R"(> "c"|"c")")});
    row("moved and changed", jsonAnswer(R"([{"id":1,"n":1},{"id":2}])"), jsonAnswer(R"([{"id":2},{"id":1,"n":2}])"),
        {s("> {|{"), s(R"(~ "n": 1|"n": 2)")});
    row("lines", textAnswer("a\nb\nc\n"), textAnswer("a\nx\nc\nd\n"), {s("~ b|x"), s("+ |d")});
    row("a line end of another kind", textAnswer("a\nb\n"), textAnswer("a\r\nb\n"), {s("~ a|a\xE2\x90\x8D")});
    row("text and JSON, by lines", textAnswer("hello"), jsonAnswer("{}"),
        {s("~ Content-Type: text/plain|Content-Type: application/json"), s("~ hello|{}")});
    row("no body", textAnswer(""), textAnswer("a"), {s("+ |a")});
    row("bytes", textAnswer(QByteArray("\0\1", 2)), textAnswer(QByteArray("\0\2", 2)),
        {s("~ 2 bytes, SHA-256 b413f47d13ee2fe6c845b2ee141af81de858df4ec549a58b7970bb96645bc8d2|2 bytes, SHA-256 "
           "fcf0a6c700dd13e274b6fba8deea8dd9b26e4eedde3495717cac8408c9c5177f")});
}

void ComparisonTest::rows()
{
    QFETCH(HttpResponse, left);
    QFETCH(HttpResponse, right);
    QTEST(differing(compareAnswers(left, right)), "rows");
    // The second way round there are as many.
    QCOMPARE(compareAnswers(left, right).differences, compareAnswers(right, left).differences);
}

void ComparisonTest::equalRowsFarFromDifferences_areLeftOut()
{
    QByteArrayList lines;
    for (int i = 0; i < 1000; ++i)
        lines << QByteArray::number(i);
    const QByteArray left = lines.join('\n');
    lines[500] = "x";
    const Comparison comparison = compareAnswers(textAnswer(left), textAnswer(lines.join('\n')));
    QCOMPARE(comparison.differences, 1);
    QVERIFY(comparison.rows.size() < 20);
    QStringList hidden;
    for (const ComparedRow &row : comparison.rows) {
        if (row.mark == Mark::Hidden)
            hidden << row.left;
    }
    QCOMPARE(hidden, (QStringList{QStringLiteral("… 497 equal lines"), QStringLiteral("… 496 equal lines")}));
}

void ComparisonTest::otherOrderAndLayout_areNoted()
{
    const Comparison order = compareAnswers(jsonAnswer(R"({"a":1,"b":2})"), jsonAnswer(R"({"b":2,"a":1})"));
    QCOMPARE(order.differences, 0);
    QVERIFY(order.notes.join(u' ').contains(QStringLiteral("another order")));
    const Comparison layout = compareAnswers(jsonAnswer(R"({"a":1})"), jsonAnswer(R"({ "a": 1 })"));
    QCOMPARE(layout.differences, 0);
    QVERIFY(layout.notes.join(u' ').contains(QStringLiteral("another layout")));
    QVERIFY(
        compareAnswers(textAnswer("a\n"), textAnswer("a")).notes.join(u' ').contains(QStringLiteral("no line end")));
    QVERIFY(compareAnswers(jsonAnswer("{}"), jsonAnswer("{}")).notes.isEmpty());
}

void ComparisonTest::largeBodies_areComparedByDigest()
{
    const QByteArray body(largestComparedBody + 1, 'x');
    const Comparison same = compareAnswers(textAnswer(body), textAnswer(body));
    QCOMPARE(same.differences, 0);
    QVERIFY(same.notes.join(u' ').contains(QStringLiteral("Too large")));
    const Comparison other = compareAnswers(textAnswer(body), textAnswer("x"));
    QCOMPARE(other.differences, 1);
    QVERIFY(other.rows.back().left.startsWith(QStringLiteral("16,777,217 bytes, SHA-256 ")));
}

void ComparisonTest::copiedText_hasBothSides()
{
    const QString copied =
        comparisonText(compareAnswers(jsonAnswer(R"({"a":1,"b":2})"), jsonAnswer(R"({"a":1,"b":3})")));
    QVERIFY(copied.contains(QStringLiteral("@@ Body\n  {\n    \"a\": 1\n-   \"b\": 2\n+   \"b\": 3\n  }\n")));
}

void ComparisonTest::model_isSound_andFindsDifferences()
{
    ComparisonModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.differenceFrom(-1, 1), -1);
    model.setComparison(compareAnswers(jsonAnswer(R"({"a":1,"b":2,"c":[1,2]})"), jsonAnswer(R"({"a":1,"b":3})")));
    const int first = model.differenceFrom(-1, 1);
    const int second = model.differenceFrom(first, 1);
    QVERIFY(first > 0 && second > first);
    QCOMPARE(model.index(first, ComparisonModel::MarkColumn).data().toString(), QStringLiteral("≠ changed"));
    QCOMPARE(model.index(second, ComparisonModel::MarkColumn).data().toString(), QStringLiteral("− removed"));
    QCOMPARE(model.index(first, 0).data(Qt::ToolTipRole).toString(), QStringLiteral("/b"));
    QVERIFY(model.index(first, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("changed /b")));
    QCOMPARE(model.differenceFrom(second + 1, 1), first);
    QCOMPARE(model.differenceFrom(second + 1, -1), second);
    QCOMPARE(model.differenceFrom(first, -1), second);
    QCOMPARE(model.differencesUpTo(second), 2);
    model.setComparison({});
    QCOMPARE(model.rowCount(), 0);
}

void ComparisonTest::menu_offersWhatThereIs()
{
    Bench bench;
    QVERIFY(menuEntry(bench, QStringLiteral("Nothing to compare with yet")));
    QVERIFY(!menuEntry(bench, QStringLiteral("Pin this answer"))->isEnabled());
    sendAndGet(bench, "https://a.example/1", jsonAnswer("{}"));
    QVERIFY(menuEntry(bench, QStringLiteral("Pin this answer"))->isEnabled());
    QVERIFY(!menuEntry(bench, QStringLiteral("The answer before")));
}

void ComparisonTest::page_comparesWithTheAnswerBefore()
{
    Bench bench;
    sendAndGet(bench, "https://a.example/1", jsonAnswer(R"({"a":1})"));
    bench.page.send();
    bench.answer(resultWith(jsonAnswer(R"({"a":2})")));
    QAction *before = menuEntry(bench, QStringLiteral("The answer before: 200 GET https://a.example/1"));
    QVERIFY(before);
    before->trigger();
    const CompareView *view = bench.page.answer()->comparison();
    QTRY_VERIFY(!view->isWorking());
    QVERIFY(view->isVisible());
    QCOMPARE(differing(view->model().comparison()), QStringList(QStringLiteral(R"(~ "a": 1|"a": 2)")));
    QVERIFY(bench.shows(QStringLiteral("1 of 1 difference · /a")));
    QSignalSpy copy(&bench.page, &ProbePage::copyRequested);
    QTest::mouseClick(bench.button("Copy differences"), Qt::LeftButton);
    QVERIFY(copy.at(0).at(0).toString().contains(QStringLiteral("-   \"a\": 1\n+   \"a\": 2\n")));
}

void ComparisonTest::page_comparesWithThePinnedOne_andAnotherTab()
{
    Bench bench;
    sendAndGet(bench, "https://a.example/1", jsonAnswer(R"({"a":1})"));
    menuEntry(bench, QStringLiteral("Pin this answer"))->trigger();
    bench.page.newTab();
    sendAndGet(bench, "https://a.example/2", jsonAnswer(R"({"a":1})"));
    menuEntry(bench, QStringLiteral("The pinned one: 200 GET https://a.example/1"))->trigger();
    const CompareView *view = bench.page.answer()->comparison();
    QTRY_VERIFY(!view->isWorking());
    QCOMPARE(view->model().comparison().differences, 0);
    QVERIFY(bench.shows(QStringLiteral("No difference.")));
    QAction *tab = menuEntry(bench, QStringLiteral("Tab “"));
    QVERIFY(tab && tab->text().contains(QStringLiteral("https://a.example/1")));
    tab->trigger();
    QCOMPARE(view->model().headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("200 GET https://a.example/1"));
    QCOMPARE(view->model().headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("200 GET https://a.example/2"));
}

void ComparisonTest::page_nextAnswer_endsTheComparison()
{
    Bench bench;
    sendAndGet(bench, "https://a.example/1", jsonAnswer(R"({"a":1})"));
    bench.page.send();
    bench.answer(resultWith(jsonAnswer(R"({"a":2})")));
    menuEntry(bench, QStringLiteral("The answer before"))->trigger();
    bench.page.send();
    bench.answer(resultWith(jsonAnswer(R"({"a":3})")));
    QVERIFY(!bench.page.answer()->comparison()->isVisible());
    QVERIFY(!bench.page.answer()->comparison()->isWorking());
    QCOMPARE(bench.page.answer()->comparison()->model().rowCount(), 0);
}

void ComparisonTest::page_withoutTwoAnswers_saysSo()
{
    Bench bench;
    bench.page.compareWith({{}, resultWith(jsonAnswer("{}")), {}, {}});
    QVERIFY(bench.shows(QStringLiteral("There are no two answers to compare")));
    sendAndGet(bench, "https://a.example/1", jsonAnswer("{}"));
    bench.page.compareWith({{}, {}, {}, {}});
    QVERIFY(!bench.page.answer()->comparison()->isVisible());
}

void ComparisonTest::keys_goRoundTheDifferences()
{
    Bench bench;
    bench.page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&bench.page));
    sendAndGet(bench, "https://a.example/1", jsonAnswer(R"({"a":1,"b":1})"));
    bench.page.send();
    bench.answer(resultWith(jsonAnswer(R"({"a":2,"b":2})")));
    menuEntry(bench, QStringLiteral("The answer before"))->trigger();
    const CompareView *view = bench.page.answer()->comparison();
    QTRY_VERIFY(!view->isWorking());
    auto *table = bench.field<QTableView>("Both answers, side by side");
    table->setFocus();
    const int first = view->currentRow();
    QVERIFY(view->model().comparison().rows[std::size_t(first)].isDifference());
    QTest::keyClick(table, Qt::Key_F8);
    QCOMPARE(view->currentRow(), first + 1);
    QTest::keyClick(table, Qt::Key_F8);
    QCOMPARE(view->currentRow(), first);
    QTest::keyClick(table, Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(view->currentRow(), first + 1);
}

QTEST_MAIN(ComparisonTest)
#include "tst_comparison.moc"
