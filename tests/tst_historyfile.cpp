// The history's file: older and newer versions of it, damaged or locked, read beside its writer.
#include "tests/support/historyrecords.h"
#include "tests/support/storebench.h"

#include <QDir>
#include <QFile>

using namespace errata;
using namespace errata::test;

class TestHistoryFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fileOfVersion1_isBroughtUp();
    void fileOfANewerErrata_isLeftAlone();
    void damagedFile_isSetAside_withItsLog();
    void lockedFile_isNotTakenForDamaged();
    void reader_seesWhatIsWritten_andWritesNothing();
    void settings_areThoseOfAcknowledgedRows();
};

void TestHistoryFile::fileOfVersion1_isBroughtUp()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("history.sqlite"));
    {
        // Written out: the shipped step might change, the files people have do not.
        const SchemaSteps first{
            {QStringLiteral("CREATE TABLE bodies (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, size INTEGER "
                            "NOT NULL, packed BLOB)"),
             QStringLiteral(
                 "CREATE TABLE attempts (id INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL, attempt INTEGER NOT "
                 "NULL, started INTEGER NOT NULL, environment TEXT, method TEXT NOT NULL, url TEXT NOT NULL, host "
                 "TEXT NOT NULL, status INTEGER, failure TEXT, api TEXT, code TEXT, entry TEXT, confidence TEXT, "
                 "message TEXT, decoded_error INTEGER NOT NULL, is_error INTEGER NOT NULL, total_ms REAL NOT NULL, "
                 "sends INTEGER NOT NULL, request_bytes INTEGER NOT NULL, response_bytes INTEGER NOT NULL, "
                 "request_body INTEGER REFERENCES bodies, response_body INTEGER REFERENCES bodies)"),
             QStringLiteral("CREATE TABLE details (id INTEGER PRIMARY KEY REFERENCES attempts, request_headers TEXT, "
                            "sent_headers TEXT, reason TEXT, version TEXT, response_headers TEXT, failure_detail "
                            "TEXT, dns_ms REAL, connect_ms REAL, tls_ms REAL, first_byte_ms REAL, remote TEXT, "
                            "redirects TEXT, request_text TEXT, response_text TEXT)"),
             QStringLiteral("CREATE INDEX attempts_request_body ON attempts (request_body)"),
             QStringLiteral("CREATE INDEX attempts_response_body ON attempts (response_body)"),
             QStringLiteral("CREATE INDEX attempts_run ON attempts (run)"),
             QStringLiteral("INSERT INTO attempts VALUES (7, 'old', 1, 5000, NULL, 'GET', 'http://a.example/first', "
                            "'a.example', 404, NULL, 'authpi', 'GONE_MISSING', NULL, 'certain', 'Not here', 1, 1, "
                            "12.5, 1, 0, 0, NULL, NULL)"),
             QStringLiteral("INSERT INTO details (id, response_headers, response_text) VALUES (7, "
                            "'X-Old\tyes' || char(10), 'somewhere else')")}};
        const auto old = Database::open(path, {QStringLiteral("history"), first});
        QVERIFY2(old.ok(), old ? "" : qPrintable(old.error().text()));
        QCOMPARE((*old)->value(QStringLiteral("PRAGMA user_version")).toInt(), 1);
    }
    QString warning;
    auto store = HistoryStore::open(path, unchanged, &warning);
    QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().text()));
    QVERIFY(warning.isEmpty());
    HistoryFilter words;
    words.text = QStringLiteral("missing elsewhere");
    QCOMPARE((*store)->count(words), 0);
    words.text = QStringLiteral("missing somewhere");
    QCOMPARE((*store)->count(words), 1);
    QCOMPARE((*store)->record(7)->record.result.response->headers, (Headers{{"X-Old", "yes"}}));
    QCOMPARE((*store)->record(7)->record.eventTimesMs, std::vector<double>());
    HistoryRecord streamed = goodRecord();
    streamed.eventTimesMs = {3};
    QCOMPARE((*store)->add(streamed).value(), 8);
    QCOMPARE((*store)->record(8)->record.eventTimesMs, std::vector<double>{3});
    QVERIFY(!(*store)->setPinned(7, true));
    QVERIFY(!(*store)->remove({7}));
    QCOMPARE((*store)->purge().value(), 1);
    const auto database = Database::open(path, {QStringLiteral("history"), historySteps()});
    QCOMPARE((*database)->value(QStringLiteral("PRAGMA user_version")).toInt(), int(historySteps().size()));
}

void TestHistoryFile::fileOfANewerErrata_isLeftAlone()
{
    StoreBench bench;
    bench.add(goodRecord());
    bench.store.reset();
    {
        const auto database = Database::open(bench.file, {QStringLiteral("history"), historySteps()});
        QVERIFY(!(*database)->run(QStringLiteral("PRAGMA user_version = 99")));
    }
    const auto store = HistoryStore::open(bench.file, unchanged);
    QVERIFY(!store.ok());
    QVERIFY(store.error().text().contains(QStringLiteral("newer Errata")));
    QCOMPARE(QDir(QFileInfo(bench.file).path()).entryList(QDir::Files).filter(QStringLiteral("damaged")).size(), 0);
}

void TestHistoryFile::damagedFile_isSetAside_withItsLog()
{
    StoreBench bench;
    for (int n = 1; n <= 50; ++n)
        bench.add(largeRecord(n));
    bench.store.reset();
    QFile file(bench.file);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(8192));
    file.write(QByteArray(200000, 'x'));
    file.close();
    QFile log(bench.file + QStringLiteral("-wal"));
    QVERIFY(log.open(QIODevice::WriteOnly));
    log.write("not a log");
    log.close();
    const qint64 size = QFileInfo(bench.file).size();
    const QString warning = bench.open();
    QVERIFY2(warning.contains(QStringLiteral("The history could not be read")), qPrintable(warning));
    const QDir folder(QFileInfo(bench.file).path());
    const QStringList aside = folder.entryList({QStringLiteral("history.sqlite.damaged-*")}, QDir::Files);
    QVERIFY(!aside.isEmpty());
    QVERIFY(warning.contains(aside.front()));
    QCOMPARE(QFileInfo(folder.filePath(aside.front())).size(), size);
    QCOMPARE(bench.store->count({}), 0);
    QCOMPARE(bench.add(goodRecord()), 1);
}

void TestHistoryFile::lockedFile_isNotTakenForDamaged()
{
    StoreBench bench;
    bench.add(goodRecord());
    bench.store.reset();
    const auto other = Database::open(bench.file, {QStringLiteral("history"), historySteps()});
    QVERIFY(!(*other)->run(QStringLiteral("PRAGMA locking_mode = EXCLUSIVE")));
    const Transaction transaction(**other);
    QVERIFY(!transaction.error());
    Database::Options impatient{QStringLiteral("history"), historySteps()};
    impatient.patienceMs = 0;
    QString warning;
    // Whether it can be opened beside the other is for SQLite to say; that it stays where it is, is for us.
    static_cast<void>(Database::open(bench.file, impatient, &warning));
    QVERIFY2(warning.isEmpty(), qPrintable(warning));
    QVERIFY(QFile::exists(bench.file));
    QCOMPARE((*other)->value(QStringLiteral("SELECT count(*) FROM attempts")).toInt(), 1);
}

void TestHistoryFile::reader_seesWhatIsWritten_andWritesNothing()
{
    StoreBench bench;
    auto reader = HistoryStore::openReader(bench.file);
    QVERIFY(reader.ok());
    bench.add(goodRecord());
    QCOMPARE((*reader)->count({}), 1);
    QVERIFY(!(*reader)->add(goodRecord()).ok());
}

void TestHistoryFile::settings_areThoseOfAcknowledgedRows()
{
    const StoreBench bench;
    QCOMPARE(bench.raw(QStringLiteral("PRAGMA journal_mode")).toString(), QStringLiteral("wal"));
    QCOMPARE(bench.raw(QStringLiteral("PRAGMA synchronous")).toInt(), 2);
    QCOMPARE(bench.raw(QStringLiteral("PRAGMA secure_delete")).toInt(), 1);
    QCOMPARE(bench.raw(QStringLiteral("PRAGMA user_version")).toInt(), int(historySteps().size()));
}

QTEST_GUILESS_MAIN(TestHistoryFile)
#include "tst_historyfile.moc"
