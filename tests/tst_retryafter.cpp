// Retry-After and HTTP dates, row by row.
#include "models/http/retryafter.h"

#include <QFile>
#include <QTest>

using namespace errata;

namespace {

QDateTime newYear()
{
    return QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
}

struct Row
{
    QByteArray text;
    QByteArrayList expected;
};

/// "[text]<tab>field<tab>field" of a data file; the text may hold tabs.
std::vector<Row> rowsOf(const QString &name)
{
    QFile file(QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/http/") + name);
    std::vector<Row> rows;
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const qsizetype bracket = line.lastIndexOf("]\t");
        if (line.startsWith('['))
            rows.push_back({line.mid(1, bracket - 1), line.mid(bracket + 2).split('\t')});
    }
    return rows;
}

} // namespace

class TestRetryAfter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dates_data();
    void dates();
    void datesWithTwoDigitYearsFollowTheirCentury_data();
    void datesWithTwoDigitYearsFollowTheirCentury();
    void values_data();
    void values();
    void dateIsMeasuredAgainstTheReference();
    void localReferenceIsTheSameInstant();
    void problemShowsNoControlCharactersAndIsShort();
};

void TestRetryAfter::dates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("epoch");
    const auto rows = rowsOf(QStringLiteral("dates.tsv"));
    QVERIFY(rows.size() > 50);
    for (const Row &row : rows)
        QTest::addRow("[%s]", row.text.constData()) << row.text << row.expected.at(0);
}

void TestRetryAfter::dates()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, epoch);
    const auto date = parseHttpDate(text, newYear());
    QCOMPARE(date ? QByteArray::number(date->toSecsSinceEpoch()) : QByteArray("none"), epoch);
    QVERIFY(!date || date->timeSpec() == Qt::UTC);
}

void TestRetryAfter::datesWithTwoDigitYearsFollowTheirCentury_data()
{
    QTest::addColumn<int>("nowYear");
    QTest::addColumn<QByteArray>("shortYear");
    QTest::addColumn<int>("year");
    QTest::newRow("same year") << 2026 << QByteArray("26") << 2026;
    QTest::newRow("50 ahead") << 2026 << QByteArray("76") << 2076;
    QTest::newRow("51 ahead is past") << 2026 << QByteArray("77") << 1977;
    QTest::newRow("in 2090 the next century is near") << 2090 << QByteArray("10") << 2110;
    QTest::newRow("in 2090 41 is past") << 2090 << QByteArray("41") << 2041;
    QTest::newRow("in 1994 04 is ahead") << 1994 << QByteArray("04") << 2004;
}

void TestRetryAfter::datesWithTwoDigitYearsFollowTheirCentury()
{
    QFETCH(const int, nowYear);
    QFETCH(const QByteArray, shortYear);
    const QDateTime now(QDate(nowYear, 7, 1), QTime(0, 0), Qt::UTC);
    const auto date = parseHttpDate("Monday, 01-Jul-" + shortYear + " 00:00:00 GMT", now);
    QVERIFY(date);
    QTEST(date->date().year(), "year");
}

void TestRetryAfter::values_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("seconds");
    QTest::addColumn<QByteArray>("rest");
    const auto rows = rowsOf(QStringLiteral("retryafter.tsv"));
    QVERIFY(rows.size() > 40);
    for (const Row &row : rows)
        QTest::addRow("[%s]", row.text.constData()) << row.text << row.expected.at(0) << row.expected.at(1);
}

void TestRetryAfter::values()
{
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, seconds);
    QFETCH(const QByteArray, rest);
    const RetryAfter result = parseRetryAfter(value, newYear());
    if (seconds == "invalid") {
        QCOMPARE(result.form, RetryAfter::Form::Invalid);
        QCOMPARE(result.problem, QString::fromLatin1(rest));
        QCOMPARE(result.delayMs, qint64(0));
        return;
    }
    QCOMPARE(result.form, rest == "date" ? RetryAfter::Form::HttpDate : RetryAfter::Form::DelaySeconds);
    QCOMPARE(result.date.isValid(), rest == "date");
    QCOMPARE(result.delayMs, seconds.toLongLong() * 1000);
    QVERIFY(result.problem.isEmpty());
}

void TestRetryAfter::dateIsMeasuredAgainstTheReference()
{
    const QByteArray value = "Thu, 01 Jan 2026 00:01:00 GMT";
    QCOMPARE(parseRetryAfter(value, newYear().addSecs(45)).delayMs, qint64(15'000));
    QCOMPARE(parseRetryAfter(value, newYear().addMSecs(59'500)).delayMs, qint64(500));
    QCOMPARE(parseRetryAfter(value, newYear().addSecs(3600)).delayMs, qint64(0));
    QCOMPARE(parseRetryAfter(value, newYear().addSecs(3600)).date, newYear().addSecs(60));
}

void TestRetryAfter::localReferenceIsTheSameInstant()
{
    const QDateTime newYork = newYear().toOffsetFromUtc(-5 * 3600);
    QCOMPARE(parseRetryAfter("Thu Jan  1 00:01:00 2026", newYork).delayMs, qint64(60'000));
    QCOMPARE(parseRetryAfter("Thursday, 01-Jan-76 00:00:00 GMT", newYork).date.date().year(), 2076);
}

void TestRetryAfter::problemShowsNoControlCharactersAndIsShort()
{
    const QString problem = parseRetryAfter("soon\x1B[31m\n", newYear()).problem;
    QVERIFY(std::all_of(problem.begin(), problem.end(), [](QChar c) { return c.isPrint(); }));
    QVERIFY(parseRetryAfter(QByteArray(100'000, 'x'), newYear()).problem.size() < 120);
}

QTEST_APPLESS_MAIN(TestRetryAfter)
#include "tst_retryafter.moc"
