// The exchanges of a recording as a model, and the filter over it.
#include "models/decode/batch.h"
#include "models/items/exchangefiltermodel.h"
#include "support/smallcatalogs.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace errata;

namespace {

constexpr qint64 Start = 1700000000000;

/// Six exchanges, one a second; numbers 2, 4 and 6 failed.
Digest recording()
{
    Diagnosis diagnosis;
    diagnosis.kind = InputKind::Har;
    diagnosis.exchanges = 6;
    for (int i = 0; i < diagnosis.exchanges; ++i) {
        ExchangeLine line;
        line.index = i;
        line.method = "GET";
        line.url = i < 3 ? "https://one.example/v1/a?key=1" : "https://user@two.example:8443/v1/b#x";
        line.status = i % 2 == 1 ? 429 : 200;
        line.startedMs = Start + qint64(i) * 1000;
        line.where = {qsizetype(i) * 10, 10};
        if (i % 2 == 1) {
            Finding finding;
            finding.exchange = i;
            finding.api = QStringLiteral("alpha");
            finding.code = i == 5 ? std::nullopt : std::optional(QStringLiteral("RATE_LIMIT"));
            finding.httpStatus = 429;
            finding.message = QStringLiteral("Slow down, number %1").arg(i);
            finding.url = QString::fromUtf8(line.url);
            finding.method = QStringLiteral("GET");
            finding.retry.verdict = RetryVerdict::AfterWait;
            line.finding = static_cast<int>(diagnosis.findings.size());
            diagnosis.findings.push_back(finding);
        }
        diagnosis.lines.push_back(line);
    }
    return digestOf(std::move(diagnosis));
}

struct ExchangeBench
{
    Digest digest = recording();
    ExchangeModel model;
    ExchangeFilterModel filter{&model};
    QAbstractItemModelTester modelTester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QAbstractItemModelTester filterTester{&filter, QAbstractItemModelTester::FailureReportingMode::QtTest};

    ExchangeBench() { model.setDiagnosis(std::make_shared<const Diagnosis>(digest.diagnosis)); }

    [[nodiscard]] QList<int> numbers() const
    {
        QList<int> list;
        for (int i = 0; i < filter.rowCount(); ++i)
            list << filter.index(i, ExchangeModel::NumberColumn).data().toInt();
        return list;
    }
};

} // namespace

class TestExchangeModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_areFindings_thenWhatWentWell();
    void cells_areValues();
    void withoutLines_findingsStandAlone();
    void columns_areNamedWhereThereIsSomething();
    void emptyModel_isSound();
    void filters_data();
    void filters();
    void filteredRow_mapsBothWays();
    void sameFilter_resetsNothing();
    void newDiagnosis_isFilteredAnew();
    void headers_standWithoutRows();
    void hosts_data();
    void hosts();
    void manyRows_areFiltered();
    void digest_countsFailedExchangesOnce();
    void texts_areNumberedThrough_andNameTheirFile();
    void texts_stopWhereCancelled();
};

void TestExchangeModel::rows_areFindings_thenWhatWentWell()
{
    const ExchangeBench bench;
    QCOMPARE(bench.model.rowCount(), 6);
    QCOMPARE(bench.model.findingRows(), 3);
    QCOMPARE(bench.model.finding(0)->exchange, 1);
    QCOMPARE(bench.model.line(0)->index, 1);
    QVERIFY(!bench.model.finding(3));
    QCOMPARE(bench.model.line(3)->index, 0);
    QVERIFY(!bench.model.line(6));
    QVERIFY(!bench.model.line(-1));
    QVERIFY(!bench.model.finding(-1));
}

void TestExchangeModel::cells_areValues()
{
    const ExchangeBench bench;
    const auto cell = [&bench](int row, int column) { return bench.model.index(row, column).data(); };
    QCOMPARE(cell(0, ExchangeModel::NumberColumn).toInt(), 2);
    QCOMPARE(cell(0, ExchangeModel::TimeColumn).toLongLong(), Start + 1000);
    QCOMPARE(cell(0, ExchangeModel::ApiColumn).toString(), QStringLiteral("alpha"));
    QCOMPARE(cell(0, ExchangeModel::CodeColumn).toString(), QStringLiteral("RATE_LIMIT"));
    QCOMPARE(cell(0, ExchangeModel::PlaceColumn).toString(), QStringLiteral("one.example/v1/a"));
    QCOMPARE(cell(0, ExchangeModel::RetryColumn).toInt(), int(RetryVerdict::AfterWait));
    QCOMPARE(cell(2, ExchangeModel::CodeColumn).toInt(), 429);
    QCOMPARE(cell(3, ExchangeModel::CodeColumn).toInt(), 200);
    QVERIFY(!cell(3, ExchangeModel::RetryColumn).isValid());
    QCOMPARE(bench.model.index(3, 0).data(ExchangeModel::RequestRole).toString(),
             QStringLiteral("GET https://one.example/v1/a?key=1"));
    QVERIFY(bench.model.index(0, 0).data(ExchangeModel::IsErrorRole).toBool());
    QVERIFY(!bench.model.index(3, 0).data(ExchangeModel::IsErrorRole).toBool());
}

void TestExchangeModel::withoutLines_findingsStandAlone()
{
    ExchangeBench bench;
    Diagnosis plain;
    plain.exchanges = 2;
    plain.findings.resize(2);
    plain.findings[1].exchange = 1;
    bench.model.setDiagnosis(std::make_shared<const Diagnosis>(plain));
    QCOMPARE(bench.model.rowCount(), 2);
    QVERIFY(!bench.model.line(0));
    QCOMPARE(bench.model.index(1, ExchangeModel::NumberColumn).data().toInt(), 2);
    QVERIFY(!bench.model.index(0, ExchangeModel::TimeColumn).data().isValid());
}

void TestExchangeModel::columns_areNamedWhereThereIsSomething()
{
    ExchangeBench bench;
    QVERIFY(bench.model.hasColumn(ExchangeModel::TimeColumn));
    QVERIFY(bench.model.hasColumn(ExchangeModel::PlaceColumn));
    QVERIFY(!bench.model.hasColumn(ExchangeModel::FileColumn));
    QCOMPARE(bench.model.spannedMs(), qint64(5000));
    Diagnosis plain;
    plain.findings.resize(1);
    plain.findings[0].file = QStringLiteral("a.har");
    bench.model.setDiagnosis(std::make_shared<const Diagnosis>(plain));
    QVERIFY(!bench.model.hasColumn(ExchangeModel::TimeColumn));
    QVERIFY(!bench.model.hasColumn(ExchangeModel::PlaceColumn));
    QVERIFY(bench.model.hasColumn(ExchangeModel::FileColumn));
    for (int i = 0; i < ExchangeModel::ColumnCount; ++i)
        QVERIFY(!bench.model.headerData(i, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
}

void TestExchangeModel::emptyModel_isSound()
{
    ExchangeBench bench;
    bench.model.setDiagnosis(std::make_shared<const Diagnosis>());
    QCOMPARE(bench.model.rowCount(), 0);
    QCOMPARE(bench.filter.rowCount(), 0);
    QCOMPARE(bench.filter.sourceRow(0), -1);
}

void TestExchangeModel::filters_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("second");
    QTest::addColumn<bool>("all");
    QTest::addColumn<QList<int>>("numbers");
    const QString none;
    QTest::newRow("nothing: failures") << none << none << none << -1 << false << QList<int>{2, 4, 6};
    QTest::newRow("all") << none << none << none << -1 << true << QList<int>{2, 4, 6, 1, 3, 5};
    QTest::newRow("a code") << none << "RATE_LIMIT" << none << -1 << false << QList<int>{2, 4};
    QTest::newRow("a status is a code where there is none") << none << "429" << none << -1 << false << QList<int>{6};
    QTest::newRow("a host") << none << none << "two.example" << -1 << false << QList<int>{4, 6};
    QTest::newRow("a host, all") << none << none << "two.example" << -1 << true << QList<int>{4, 6, 5};
    QTest::newRow("a code has no good ones") << none << "RATE_LIMIT" << none << -1 << true << QList<int>{2, 4};
    QTest::newRow("a time") << none << none << none << 3 << false << QList<int>{4};
    QTest::newRow("a time, all") << none << none << none << 2 << true << QList<int>{3};
    QTest::newRow("code and host") << none << "RATE_LIMIT"
                                   << "one.example" << -1 << false << QList<int>{2};
    QTest::newRow("a word in any case") << "rate_lim" << none << none << -1 << false << QList<int>{2, 4};
    QTest::newRow("a word of the message") << "NUMBER 5" << none << none << -1 << false << QList<int>{6};
    QTest::newRow("all words must stand") << "number nowhere" << none << none << -1 << false << QList<int>{};
    QTest::newRow("a status") << "200" << none << none << -1 << true << QList<int>{1, 3, 5};
    QTest::newRow("part of a status") << "42" << none << none << -1 << false << QList<int>{2, 4, 6};
    QTest::newRow("part of a URL") << "/v1/A" << none << none << -1 << true << QList<int>{2, 1, 3};
    QTest::newRow("an API") << "alph" << none << none << -1 << true << QList<int>{2, 4, 6};
    QTest::newRow("blanks are no word") << "   " << none << none << -1 << false << QList<int>{2, 4, 6};
}

void TestExchangeModel::filters()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    QFETCH(QString, host);
    QFETCH(int, second);
    QFETCH(bool, all);
    ExchangeBench bench;
    ExchangeFilter filter;
    filter.text = text;
    filter.all = all;
    if (!code.isEmpty())
        filter.code = ExchangeFilter::Code{QStringLiteral("alpha"), code};
    if (!host.isEmpty())
        filter.host = host;
    if (second >= 0)
        filter.time = ExchangeFilter::Time{Start + qint64(second) * 1000, Start + (qint64(second) + 1) * 1000};
    QCOMPARE(filter.narrows(), !text.trimmed().isEmpty() || !code.isEmpty() || !host.isEmpty() || second >= 0);
    bench.filter.setFilter(filter);
    QTEST(bench.numbers(), "numbers");
}

void TestExchangeModel::filteredRow_mapsBothWays()
{
    ExchangeBench bench;
    ExchangeFilter filter;
    filter.host = QStringLiteral("two.example");
    bench.filter.setFilter(filter);
    QCOMPARE(bench.filter.sourceRow(1), 2);
    QCOMPARE(bench.filter.rowOf(2), 1);
    QCOMPARE(bench.filter.rowOf(0), -1);
    QVERIFY(!bench.filter.mapFromSource(bench.model.index(0, 0)).isValid());
    QCOMPARE(bench.filter.mapFromSource(bench.model.index(2, 3)), bench.filter.index(1, 3));
    QCOMPARE(bench.filter.mapToSource(bench.filter.index(1, 3)), bench.model.index(2, 3));
}

void TestExchangeModel::sameFilter_resetsNothing()
{
    ExchangeBench bench;
    const QSignalSpy spy(&bench.filter, &QAbstractItemModel::modelReset);
    bench.filter.setFilter({});
    QCOMPARE(spy.count(), 0);
    ExchangeFilter all;
    all.all = true;
    bench.filter.setFilter(all);
    QCOMPARE(spy.count(), 1);
}

void TestExchangeModel::newDiagnosis_isFilteredAnew()
{
    ExchangeBench bench;
    ExchangeFilter filter;
    filter.host = QStringLiteral("two.example");
    bench.filter.setFilter(filter);
    Diagnosis other = bench.digest.diagnosis;
    other.findings.pop_back();
    other.lines.pop_back();
    bench.model.setDiagnosis(std::make_shared<const Diagnosis>(other));
    QCOMPARE(bench.numbers(), QList<int>{4});
}

void TestExchangeModel::headers_standWithoutRows()
{
    ExchangeBench bench;
    ExchangeFilter filter;
    filter.text = QStringLiteral("nowhere");
    bench.filter.setFilter(filter);
    QCOMPARE(bench.filter.rowCount(), 0);
    QCOMPARE(bench.filter.headerData(ExchangeModel::CodeColumn, Qt::Horizontal, Qt::DisplayRole),
             bench.model.headerData(ExchangeModel::CodeColumn, Qt::Horizontal, Qt::DisplayRole));
}

void TestExchangeModel::hosts_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("host");
    QTest::newRow("plain") << "https://a.example/x"
                           << "a.example";
    QTest::newRow("no path") << "https://a.example"
                             << "a.example";
    QTest::newRow("query at once") << "https://a.example?b=//c"
                                   << "a.example";
    QTest::newRow("port and user") << "https://u:p@a.example:80/x@y"
                                   << "a.example";
    QTest::newRow("IPv6") << "http://[::1]:8080/x"
                          << "::1";
    QTest::newRow("path alone") << "/x/y"
                                << "";
    QTest::newRow("empty") << ""
                           << "";
    QTest::newRow("nothing behind the scheme") << "https://"
                                               << "";
}

void TestExchangeModel::hosts()
{
    QFETCH(QString, url);
    QFETCH(QString, host);
    const QByteArray bytes = url.toUtf8();
    QCOMPARE(hostIn(QStringView(url)).toString(), host);
    QCOMPARE(hostIn(QByteArrayView(bytes)).toByteArray(), host.toUtf8());
}

void TestExchangeModel::manyRows_areFiltered()
{
    constexpr int count = 200000;
    Diagnosis diagnosis;
    diagnosis.exchanges = count;
    diagnosis.lines.resize(count);
    for (int i = 0; i < count; ++i) {
        ExchangeLine &line = diagnosis.lines[static_cast<std::size_t>(i)];
        line.index = i;
        line.url = i % 1000 == 0 ? "https://rare.example/v1/thing" : "https://often.example/v1/thing";
    }
    ExchangeModel model;
    ExchangeFilterModel filter(&model);
    model.setDiagnosis(std::make_shared<const Diagnosis>(std::move(diagnosis)));
    ExchangeFilter wanted;
    wanted.all = true;
    filter.setFilter(wanted);
    QCOMPARE(filter.rowCount(), count);
    wanted.text = QStringLiteral("RARE");
    filter.setFilter(wanted);
    QCOMPARE(filter.rowCount(), count / 1000);
    QCOMPARE(filter.sourceRow(1), 1000);
}

void TestExchangeModel::digest_countsFailedExchangesOnce()
{
    Diagnosis diagnosis = recording().diagnosis;
    diagnosis.findings.push_back(diagnosis.findings.back());
    diagnosis.further = 2;
    const Digest digest = digestOf(diagnosis);
    QCOMPARE(digest.failed, 5);
    QCOMPARE(digest.codes.size(), std::size_t(2));
    QCOMPARE(digest.hosts.front().host, QStringLiteral("two.example"));
    QVERIFY(digest.histogram);
}

void TestExchangeModel::texts_areNumberedThrough_andNameTheirFile()
{
    const CatalogSet catalogs = test::smallCatalogs();
    const QByteArray good = "HTTP/1.1 200 OK\r\n\r\n{}";
    const QByteArray bad = "HTTP/1.1 503 Service Unavailable\r\n\r\n";
    const QByteArray log = "{\"time\":\"2026-03-01T10:00:00Z\",\"url\":\"https://a.example/1\",\"status\":200}\n"
                           "{\"time\":\"2026-03-01T10:00:01Z\",\"url\":\"https://a.example/2\",\"status\":500}\n";
    const Diagnosis all = decodeTexts(
        {{QStringLiteral("good.http"), good}, {QStringLiteral("bad.http"), bad}, {QStringLiteral("some.log"), log}},
        catalogs);
    QCOMPARE(all.exchanges, 4);
    QCOMPARE(all.bytes, good.size() + bad.size() + log.size());
    QCOMPARE(all.findings.size(), std::size_t(2));
    QCOMPARE(all.findings[0].file, QStringLiteral("bad.http"));
    QCOMPARE(all.findings[0].exchange, 1);
    QCOMPARE(all.findings[1].file, QStringLiteral("some.log"));
    QCOMPARE(all.findings[1].exchange, 3);
    QCOMPARE(all.lines.size(), std::size_t(4));
    QCOMPARE(all.lines[0].file, QStringLiteral("good.http"));
    QCOMPARE(all.lines[0].finding, -1);
    QCOMPARE(all.lines[1].finding, 0);
    QCOMPARE(all.lines[3].finding, 1);
    QCOMPARE(all.kept.size(), std::size_t(2));
    QCOMPARE(all.kept[1].index, 3);
    // One text is one text: nothing to tell apart.
    QVERIFY(decodeTexts({{QStringLiteral("bad.http"), bad}}, catalogs).findings.front().file.isEmpty());
}

void TestExchangeModel::texts_stopWhereCancelled()
{
    const CatalogSet catalogs = test::smallCatalogs();
    const QByteArray bad = "HTTP/1.1 503 Service Unavailable\r\n\r\n";
    QList<qsizetype> told;
    DecodeOptions options;
    options.progress = [&told](qsizetype bytes) {
        told << bytes;
        return told.size() < 2;
    };
    const Diagnosis all = decodeTexts(
        {{QStringLiteral("a"), bad}, {QStringLiteral("b"), bad}, {QStringLiteral("c"), bad}}, catalogs, options);
    QVERIFY(all.cancelled);
    QCOMPARE(told, (QList<qsizetype>{bad.size(), 2 * bad.size()}));
    QCOMPARE(all.findings.size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(TestExchangeModel)
#include "tst_exchangemodel.moc"
