// The history with 100,000 rows: how fast it is written, opened, listed, searched, made smaller.
#include "models/items/historymodel.h"
#include "models/store/draftstore.h"
#include "models/store/historyrows.h"
#include "models/store/historyschema.h"
#include "models/store/historystore.h"
#include "tests/support/historyrecords.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace errata;

namespace {

constexpr int rowCount = 100000;

double msSince(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

void reportTimes(const char *what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const auto at = [&times](double part) { return times[std::size_t(part * double(times.size() - 1))]; };
    qInfo("%s: median %.2f ms, 95th percentile %.2f ms, most %.2f ms (%zu times)", what, at(0.5), at(0.95),
          times.back(), times.size());
}

template <typename Work>
void measure(const char *what, int times, const Work &work)
{
    std::vector<double> taken;
    taken.reserve(std::size_t(times));
    for (int i = 0; i < times; ++i) {
        QElapsedTimer timer;
        timer.start();
        work(i);
        taken.push_back(msSince(timer));
    }
    reportTimes(what, std::move(taken));
}

/// A word of two to five syllables, out of some thousands, as texts have them.
QByteArray word(quint32 n)
{
    static const char *const syllables[] = {"ka",  "lo",  "mi", "ne", "ru",  "sta",
                                            "vol", "ter", "is", "un", "pre", "ing"};
    QByteArray made;
    for (quint32 left = n * 2654435761U % 4000 + 13; left > 0; left /= 12)
        made += syllables[left % 12];
    return made;
}

/// One in ten failed; answers of 1 kB, each its own.
HistoryRecord recordAt(int n)
{
    HistoryRecord record = n % 10 == 0 ? test::failedRecord(n) : test::goodRecord(n);
    QByteArray &body = record.result.response->body;
    for (int i = 0; body.size() < 1024; ++i)
        body += ' ' + word(quint32(n * 31 + i * 17));
    return record;
}

HistoryRecord unchanged(const HistoryRecord &record)
{
    return record;
}

} // namespace

class HistoryBenchmark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// In one transaction, as no program would: only to have them.
    void initTestCase()
    {
        const auto database = Database::open(m_file, {QStringLiteral("history"), historySteps()});
        QElapsedTimer timer;
        timer.start();
        Transaction transaction(**database);
        for (int n = 0; n < rowCount; ++n) {
            const HistoryRecord record = recordAt(n);
            const auto body = (*database)->query(
                QStringLiteral("INSERT INTO bodies (sha256, size, packed) VALUES (?, ?, ?)"),
                {QByteArray::number(n), record.result.response->body.size(), qCompress(record.result.response->body)});
            const RowInsert attempt = attemptInsert(record, {}, body->lastInsertId());
            const qint64 id = (*database)->query(attempt.statement, attempt.values)->lastInsertId().toLongLong();
            const RowInsert details = detailsInsert(id, record);
            QVERIFY(!(*database)->run(details.statement, details.values));
        }
        QVERIFY(!transaction.commit());
        qInfo("%d rows made in %.0f ms", rowCount, msSince(timer));
    }

    void opening()
    {
        qInfo("%.0f MB", double(QFileInfo(m_file).size()) / 1e6);
        measure("open to write, with its check", 3,
                [this](int) { QVERIFY(HistoryStore::open(m_file, unchanged).ok()); });
        measure("open to read", 5, [this](int) { QVERIFY(HistoryStore::openReader(m_file).ok()); });
        measure("open to read, and the list's first page", 5, [this](int) {
            const auto store = HistoryStore::openReader(m_file);
            HistoryModel model;
            model.setSource(store->get());
            QCOMPARE(model.rowCount(), HistoryModel::pageSize);
        });
    }

    void adding()
    {
        const auto store = HistoryStore::open(m_file, unchanged);
        const auto redacting = HistoryStore::open(m_file, historyRedaction({}, {"made-up-plain"}));
        measure("add a row, safe on the disk", 300,
                [&](int i) { QVERIFY((*store)->add(recordAt(rowCount + i)).ok()); });
        measure("the same, redacted", 300,
                [&](int i) { QVERIFY((*redacting)->add(recordAt(rowCount + 1000 + i)).ok()); });
    }

    void searching_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"RATE_LIMIT_EXCEEDED", "v", "vo", "vol", "volter", "volumes 99990", "well number77777",
                                 "nowhere", "example volkamin stalo"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void searching()
    {
        QFETCH(QString, text);
        const auto store = HistoryStore::openReader(m_file);
        HistoryFilter filter;
        filter.text = text;
        measure("first page", 5, [&](int) {
            static_cast<void>((*store)->rows(filter, {{}, {}, HistoryModel::pageSize}));
        });
        measure("count", 3, [&](int) { static_cast<void>((*store)->count(filter)); });
        qInfo("%lld rows", static_cast<long long>((*store)->count(filter)));
    }

    void filtering()
    {
        const auto store = HistoryStore::openReader(m_file);
        HistoryFilter none;
        measure("count of all", 3, [&](int) { static_cast<void>((*store)->count(none)); });
        HistoryFilter errors;
        errors.errorsOnly = true;
        measure("errors, first page", 3, [&](int) {
            static_cast<void>((*store)->rows(errors, {{}, {}, HistoryModel::pageSize}));
        });
        HistoryFilter nobody;
        nobody.host = QStringLiteral("no.such.host");
        measure("a host nobody asked, all rows read", 3, [&](int) {
            static_cast<void>((*store)->rows(nobody, {{}, {}, HistoryModel::pageSize}));
        });
        measure("names of hosts", 3, [&](int) { static_cast<void>((*store)->hosts()); });
    }

    void savingADraft()
    {
        const auto store = DraftStore::open(m_folder.filePath(QStringLiteral("drafts.sqlite")), {}, {"made-up-plain"});
        RequestDraft draft;
        draft.headers = {{"Authorization", "Bearer {{token}}", true}, {"Accept", "*/*", true}};
        draft.body.kind = BodyDraft::Kind::Text;
        for (int i = 0; i < 1000; ++i)
            draft.body.text += "{\"some\": \"words\"}\n";
        measure("save a draft of 17 kB", 300, [&](int i) {
            draft.url = "https://a.example/" + QByteArray::number(i);
            QVERIFY((*store)->save(QStringLiteral("1"), draft).ok());
        });
    }

    void makingSmaller()
    {
        const auto store = HistoryStore::open(m_file, unchanged);
        for (const int percent : {80, 50, 20}) {
            QElapsedTimer timer;
            timer.start();
            const auto trimmed = (*store)->trim((*store)->usedBytes() / 100 * percent);
            QVERIFY(trimmed.ok());
            qInfo("trim to %d %%: %.0f ms, %d bodies, %d rows, %.0f to %.0f MB", percent, msSince(timer),
                  trimmed->bodies, trimmed->rows, double(trimmed->bytesBefore) / 1e6,
                  double(trimmed->bytesAfter) / 1e6);
        }
    }

    void removingAll()
    {
        const auto store = HistoryStore::open(m_file, unchanged);
        const qint64 rows = (*store)->count({});
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!(*store)->removeAll(true));
        const double hidden = msSince(timer);
        QVERIFY((*store)->purge().ok());
        qInfo("remove all %lld rows: %.0f ms, for good: %.0f ms", static_cast<long long>(rows), hidden, msSince(timer));
    }

private:
    QTemporaryDir m_folder;
    QString m_file = m_folder.filePath(QStringLiteral("history.sqlite"));
};

QTEST_GUILESS_MAIN(HistoryBenchmark)
#include "bench_history.moc"
