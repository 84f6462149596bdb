// The item models of attempts, findings and headers, and the curl command made from a request.
#include "models/http/curlcommand.h"
#include "models/items/attemptmodel.h"
#include "models/items/fieldsmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace errata;

namespace {

Attempt attempt(int n, double startMs, int status)
{
    Attempt a;
    a.n = n;
    a.starts = {Millis(startMs), Millis(startMs), Millis(startMs * 1.1)};
    a.outcome.status = status;
    return a;
}

Headers sampleHeaders()
{
    return {{"Set-Cookie", "a=1"}, {"Content-Type", "text/plain"}, {"Set-Cookie", "b=2"}};
}

} // namespace

class TestItemModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attempts_growAndShrink_keepingTheModelSound();
    void attempts_grow_withoutAReset();
    void attempts_giveTimesAsNumbers();
    void headers_keepOrderAndDuplicates();
    void headers_readOnlyTableRefusesEdits();
    void headers_switchedOffRowIsNotSent();
    void headers_lineInTheNameCellFillsBoth();
    void headers_tellWhatCannotBeSent_data();
    void headers_tellWhatCannotBeSent();
    void headers_latin1ValueIsShownAndKept();
    void headers_removeRows();
    void curl_data();
    void curl();
};

void TestItemModels::attempts_growAndShrink_keepingTheModelSound()
{
    AttemptModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setAttempts({attempt(1, 0, 503)});
    model.setAttempts({attempt(1, 0, 503), attempt(2, 1000, 503), attempt(3, 3000, 200)});
    QCOMPARE(model.rowCount(), 3);
    model.setAttempts({attempt(1, 0, 429), attempt(2, 500, 200)});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, AttemptModel::OutcomeColumn).data().toString(), QStringLiteral("429"));
    QCOMPARE(model.index(1, AttemptModel::OutcomeColumn).data().toString(), QStringLiteral("200"));
    model.setAttempts({});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.attempt(0));
}

void TestItemModels::attempts_grow_withoutAReset()
{
    AttemptModel model;
    model.setAttempts({attempt(1, 0, 503)});
    const QPersistentModelIndex first = model.index(0, 0);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
    model.setAttempts({attempt(1, 0, 503), attempt(2, 1000, 200)});
    QCOMPARE(resets.count(), 0);
    QCOMPARE(inserts.count(), 1);
    QVERIFY(first.isValid());
}

void TestItemModels::attempts_giveTimesAsNumbers()
{
    AttemptModel model;
    Attempt a = attempt(2, 1000, 503);
    a.wait = Bounds{Millis(2100), Millis(2000), Millis(2200)};
    a.action = Attempt::Action::Retry;
    a.reason = Reason::StatusRetried;
    a.verdict = Verdict::GaveUp;
    model.setAttempts({a, attempt(3, 3100, 200)});
    const auto cell = [&model](int row, int column, int role = Qt::DisplayRole) {
        return model.index(row, column).data(role);
    };
    QCOMPARE(cell(0, AttemptModel::NumberColumn).toInt(), 2);
    QCOMPARE(cell(0, AttemptModel::StartsColumn).toDouble(), 1000.0);
    QCOMPARE(cell(0, AttemptModel::LatestColumn).toDouble(), 1100.0);
    QCOMPARE(cell(0, AttemptModel::WaitColumn).toDouble(), 2100.0);
    QCOMPARE(cell(0, AttemptModel::WaitColumn, AttemptModel::WaitMaxRole).toDouble(), 2200.0);
    QCOMPARE(cell(0, AttemptModel::ActionColumn).toInt(), int(Attempt::Action::Retry));
    QCOMPARE(cell(0, AttemptModel::ReasonColumn).toInt(), int(Reason::StatusRetried));
    QCOMPARE(cell(0, 0, AttemptModel::VerdictRole).toInt(), int(Verdict::GaveUp));
    QVERIFY(!cell(1, AttemptModel::WaitColumn).isValid());
    QVERIFY(!cell(1, 0, AttemptModel::VerdictRole).isValid());
}

void TestItemModels::headers_keepOrderAndDuplicates()
{
    FieldsModel model(FieldsModel::Access::Editable);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setHeaders(sampleHeaders());
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(2, FieldsModel::ValueColumn).data().toString(), QStringLiteral("b=2"));
    QCOMPARE(model.headers(), sampleHeaders());
}

void TestItemModels::headers_readOnlyTableRefusesEdits()
{
    FieldsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setHeaders(sampleHeaders());
    const QModelIndex cell = model.index(0, FieldsModel::ValueColumn);
    QVERIFY(!model.flags(cell).testFlag(Qt::ItemIsEditable));
    QVERIFY(!model.setData(cell, QStringLiteral("x")));
    QVERIFY(!model.removeRow(0));
    QVERIFY(!model.index(0, 0).data(Qt::CheckStateRole).isValid());
    QCOMPARE(model.headers(), sampleHeaders());
}

void TestItemModels::headers_switchedOffRowIsNotSent()
{
    FieldsModel model(FieldsModel::Access::Editable);
    model.setHeaders(sampleHeaders());
    model.addRow();
    QVERIFY(model.setData(model.index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
    const Headers expected{{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}};
    QCOMPARE(model.headers(), expected);
    QVERIFY(model.setData(model.index(1, 0), Qt::Checked, Qt::CheckStateRole));
    QCOMPARE(model.headers(), sampleHeaders());
}

void TestItemModels::headers_lineInTheNameCellFillsBoth()
{
    FieldsModel model(FieldsModel::Access::Editable);
    const int row = model.addRow();
    QVERIFY(model.setData(model.index(row, FieldsModel::NameColumn), QStringLiteral("Accept: a/b; c:d")));
    QCOMPARE(model.headers(), (Headers{{"Accept", "a/b; c:d"}}));
}

void TestItemModels::headers_tellWhatCannotBeSent_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("problem");
    using P = FieldsModel::Problem;
    QTest::newRow("empty row") << QByteArray() << QByteArray() << int(P::None);
    QTest::newRow("plain") << QByteArray("Accept") << QByteArray("*/*") << int(P::None);
    QTest::newRow("empty value") << QByteArray("Accept") << QByteArray() << int(P::None);
    QTest::newRow("no name") << QByteArray() << QByteArray("x") << int(P::EmptyName);
    QTest::newRow("blank in name") << QByteArray("X Y") << QByteArray("x") << int(P::InvalidName);
    QTest::newRow("line break in value") << QByteArray("X") << QByteArray("a\r\nEvil: 1") << int(P::InvalidValue);
}

void TestItemModels::headers_tellWhatCannotBeSent()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(int, problem);
    FieldsModel model(FieldsModel::Access::Editable);
    model.addRow("Fine", "1");
    const int row = model.addRow(name, value);
    QCOMPARE(model.index(row, 0).data(FieldsModel::ProblemRole).toInt(), problem);
    QCOMPARE(model.firstProblemRow(), problem == int(FieldsModel::Problem::None) ? -1 : row);
    QVERIFY(model.setData(model.index(row, 0), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(model.firstProblemRow(), -1);
}

void TestItemModels::headers_latin1ValueIsShownAndKept()
{
    FieldsModel model;
    model.setHeaders({{"X", "caf\xe9"}});
    QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("café"));
    QCOMPARE(model.index(0, 1).data(FieldsModel::RawRole).toByteArray(), QByteArray("caf\xe9"));
}

void TestItemModels::headers_removeRows()
{
    FieldsModel model(FieldsModel::Access::Editable);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setHeaders(sampleHeaders());
    QVERIFY(model.removeRow(1));
    QVERIFY(!model.removeRows(1, 2));
    QCOMPARE(model.headers(), (Headers{{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}}));
}

void TestItemModels::curl_data()
{
    QTest::addColumn<HttpRequest>("request");
    QTest::addColumn<QByteArray>("command");
    const QByteArray url("https://a.example/v1");
    const auto row = [](const char *name, const HttpRequest &request, const char *command) {
        QTest::newRow(name) << request << QByteArray(command);
    };
    row("get", {"GET", url, {}, {}}, "curl https://a.example/v1");
    row("delete", {"DELETE", url, {}, {}}, "curl -X DELETE https://a.example/v1");
    row("head does not wait for a body", {"HEAD", url, {}, {}}, "curl --head https://a.example/v1");
    row("post is implied by a body", {"POST", url, {{"Content-Type", "a/b"}}, "{}"},
        "curl -H 'Content-Type: a/b' --data-raw '{}' https://a.example/v1");
    row("post without body", {"POST", url, {}, {}}, "curl -X POST https://a.example/v1");
    row("get with body", {"GET", url, {{"Content-Type", "a/b"}}, "x"},
        "curl -X GET -H 'Content-Type: a/b' --data-raw x https://a.example/v1");
    row("no content type is added", {"POST", url, {}, "x"}, "curl -H Content-Type: --data-raw x https://a.example/v1");
    row("body like a file name", {"PUT", url, {{"Content-Type", "a/b"}}, "@/etc/passwd"},
        "curl -X PUT -H 'Content-Type: a/b' --data-raw @/etc/passwd https://a.example/v1");
    row("quotes", {"POST", url, {{"Content-Type", "a/b"}}, "it's"},
        "curl -H 'Content-Type: a/b' --data-raw 'it'\\''s' https://a.example/v1");
    row("command substitution stays text", {"POST", url, {{"Content-Type", "a/b"}}, "$(rm x) `y` \\ \"!\n"},
        "curl -H 'Content-Type: a/b' --data-raw '$(rm x) `y` \\ \"!\n' https://a.example/v1");
    row("empty header", {"GET", url, {{"X-Empty", ""}}, {}}, "curl -H 'X-Empty;' https://a.example/v1");
    row("glob signs", {"GET", "https://a.example/?a[]=1", {}, {}}, "curl --globoff 'https://a.example/?a[]=1'");
    row("ipv6", {"GET", "http://[::1]:8/", {}, {}}, "curl --globoff 'http://[::1]:8/'");
    row("dot segments", {"GET", "http://a.example/b/../c?d=/../", {}, {}},
        "curl --path-as-is 'http://a.example/b/../c?d=/../'");
    row("dot segments, no query", {"GET", "http://a.example/b/../c", {}, {}},
        "curl --path-as-is http://a.example/b/../c");
    row("dots in the query alone", {"GET", "http://a.example/?d=/../", {}, {}}, "curl 'http://a.example/?d=/../'");
    row("url like an option", {"GET", "-v", {}, {}}, "curl --url -v");
    row("binary body", {"POST", url, {{"Content-Type", "a/b"}}, QByteArray("\0\xff", 2)},
        "printf %s AP8= | base64 -d | curl -H 'Content-Type: a/b' --data-binary @- https://a.example/v1");
}

void TestItemModels::curl()
{
    QFETCH(HttpRequest, request);
    QFETCH(QByteArray, command);
    QCOMPARE(curlCommand(request), command);
}

QTEST_APPLESS_MAIN(TestItemModels)
#include "tst_itemmodels.moc"
