// Rows are written beside the window, and one that was acknowledged is there whatever happens to the program.
#include "models/store/historyschema.h"
#include "models/store/historywriter.h"
#include "tests/support/historyrecords.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace errata;
using namespace errata::test;

namespace {

HistoryRecord unchanged(const HistoryRecord &record)
{
    return record;
}

/// Told apart by its number, with a body that fills some pages.
HistoryRecord numbered(int n)
{
    HistoryRecord record = failedRecord(n);
    record.result.response->body = QByteArray::number(n) + QByteArray(n * 37 % 20000, 'x');
    return record;
}

/// The other program: writes one row after the other and says which are acknowledged, until somebody stops it.
int writeUntilKilled(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    int n = arguments.at(3).toInt();
    HistoryWriter writer(arguments.at(2), unchanged);
    const auto next = [&] { writer.add(numbered(n)); };
    QObject::connect(&writer, &HistoryWriter::added, &writer, [&](quint64, qint64 id) {
        std::printf("%lld %d\n", static_cast<long long>(id), n);
        std::fflush(stdout);
        ++n;
        next();
    });
    QObject::connect(&writer, &HistoryWriter::failed, &writer,
                     [](const Error &error) { qFatal("%s", qPrintable(error.text())); });
    next();
    return QCoreApplication::exec();
}

/// Number by id.
using Acknowledged = QMap<qint64, int>;

void readLines(QProcess &program, Acknowledged &rows)
{
    while (program.canReadLine()) {
        const QList<QByteArray> words = program.readLine().trimmed().split(' ');
        if (words.size() != 2)
            qFatal("an odd line");
        rows.insert(words[0].toLongLong(), words[1].toInt());
    }
}

/// Lets the other program write until \a count rows more are acknowledged, and kills it.
void writeAndKill(const QString &file, int count, Acknowledged &rows)
{
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const int from = rows.isEmpty() ? 1 : rows.last() + 1;
    program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write"), file, QString::number(from)});
    const qsizetype wanted = rows.size() + count;
    while (rows.size() < wanted) {
        if (!program.waitForReadyRead(60000))
            qFatal("the writing program says nothing");
        readLines(program, rows);
    }
    program.kill();
    program.waitForFinished();
    readLines(program, rows);
}

} // namespace

class TestHistoryWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_areAcknowledged_inTheirOrder();
    void destruction_writesWhatWaits();
    void removal_andItsUndo_areTold();
    void pins_areTold();
    void cap_isKept_andSaid();
    void damagedFile_isSaid();
    void fileThatCannotBeOpened_isSaidEachTime();
    void killedProgram_losesNoAcknowledgedRow();
};

void TestHistoryWriter::rows_areAcknowledged_inTheirOrder()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("h.sqlite"));
    HistoryWriter writer(file, unchanged);
    QSignalSpy ready(&writer, &HistoryWriter::ready);
    QSignalSpy added(&writer, &HistoryWriter::added);
    QCOMPARE(writer.add(numbered(1)), 1U);
    QCOMPARE(writer.add(numbered(2)), 2U);
    QTRY_COMPARE(added.count(), 2);
    QCOMPARE(ready.count(), 1);
    QCOMPARE(added[0], (QVariantList{quint64(1), qint64(1)}));
    QCOMPARE(added[1], (QVariantList{quint64(2), qint64(2)}));
    QCOMPARE((*HistoryStore::openReader(file))->count({}), 2);
}

void TestHistoryWriter::destruction_writesWhatWaits()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("h.sqlite"));
    {
        HistoryWriter writer(file, unchanged);
        for (int n = 1; n <= 20; ++n)
            writer.add(numbered(n));
    }
    QCOMPARE((*HistoryStore::openReader(file))->count({}), 20);
}

void TestHistoryWriter::removal_andItsUndo_areTold()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("h.sqlite"));
    {
        HistoryWriter writer(file, unchanged);
        QSignalSpy removed(&writer, &HistoryWriter::removed);
        QSignalSpy back(&writer, &HistoryWriter::broughtBack);
        for (int n = 1; n <= 3; ++n)
            writer.add(numbered(n));
        writer.remove({2});
        QTRY_COMPARE(removed.count(), 1);
        const auto reader = HistoryStore::openReader(file);
        QCOMPARE((*reader)->count({}), 2);
        writer.undoRemove();
        QTRY_COMPARE(back.count(), 1);
        QCOMPARE(back[0][0].value<std::vector<qint64>>(), std::vector<qint64>{2});
        QCOMPARE((*reader)->count({}), 3);
        writer.removeAll(true);
        QTRY_COMPARE(removed.count(), 2);
        QCOMPARE((*reader)->count({}), 0);
    }
    // Nobody can bring them back: they are not left in the file.
    const auto database = Database::open(file, {QStringLiteral("history"), historySteps()});
    QCOMPARE((*database)->value(QStringLiteral("SELECT count(*) FROM attempts")).toInt(), 0);
}

void TestHistoryWriter::pins_areTold()
{
    const QTemporaryDir folder;
    HistoryWriter writer(folder.filePath(QStringLiteral("h.sqlite")), unchanged);
    QSignalSpy pinned(&writer, &HistoryWriter::pinnedChanged);
    writer.add(numbered(1));
    writer.setPinned(1, true);
    QTRY_COMPARE(pinned.count(), 1);
    QCOMPARE(pinned[0], (QVariantList{qint64(1), true}));
}

void TestHistoryWriter::cap_isKept_andSaid()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("h.sqlite"));
    constexpr qint64 cap = qint64(300) * 1024;
    HistoryWriter writer(file, unchanged);
    QSignalSpy added(&writer, &HistoryWriter::added);
    QSignalSpy trimmed(&writer, &HistoryWriter::trimmed);
    writer.setCap(cap);
    for (int n = 1; n <= 40; ++n) {
        HistoryRecord record = numbered(n);
        record.result.sentHeaders.add("X-Long", QByteArray(20000, char('a' + n % 20)));
        writer.add(record);
    }
    QTRY_COMPARE(added.count(), 40);
    QVERIFY(trimmed.count() > 0);
    QVERIFY(trimmed.last()[0].value<TrimReport>().rows > 0);
    const auto reader = HistoryStore::openReader(file);
    QVERIFY((*reader)->usedBytes() <= cap);
    QVERIFY((*reader)->count({}) > 0);
}

void TestHistoryWriter::damagedFile_isSaid()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("h.sqlite")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    HistoryWriter writer(file.fileName(), unchanged);
    QSignalSpy ready(&writer, &HistoryWriter::ready);
    QTRY_COMPARE(ready.count(), 1);
    QVERIFY(ready[0][0].toString().contains(QStringLiteral("damaged")));
}

void TestHistoryWriter::fileThatCannotBeOpened_isSaidEachTime()
{
    HistoryWriter writer(QStringLiteral("/proc/nowhere/h.sqlite"), unchanged);
    QSignalSpy failed(&writer, &HistoryWriter::failed);
    writer.add(numbered(1));
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(failed[1][0].value<Error>().text().contains(QStringLiteral("/proc/nowhere")));
}

void TestHistoryWriter::killedProgram_losesNoAcknowledgedRow()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("h.sqlite"));
    Acknowledged rows;
    // Also right after the first row, when the tables are new.
    for (const int count : {1, 1, 2, 9, 30, 5, 45, 17, 60, 30}) {
        writeAndKill(file, count, rows);
        QString warning;
        const auto store = HistoryStore::open(file, unchanged, &warning);
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().text()));
        QVERIFY2(warning.isEmpty(), qPrintable(warning));
        for (auto it = rows.begin(); it != rows.end(); ++it) {
            const auto kept = (*store)->record(it.key());
            QVERIFY2(kept.ok(), kept ? "" : qPrintable(kept.error().text()));
            QCOMPARE(kept->record.request, numbered(it.value()).request);
            QCOMPARE(kept->record.result.response->body, numbered(it.value()).result.response->body);
        }
    }
    QVERIFY(rows.size() >= 200);
    const auto database = Database::open(file, {QStringLiteral("history"), historySteps()});
    QCOMPARE((*database)->value(QStringLiteral("PRAGMA integrity_check")).toString(), QStringLiteral("ok"));
    // The index agrees with the rows; it is an error where it does not.
    QVERIFY(!(*database)->run(QStringLiteral("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")));
}

int main(int argc, char **argv)
{
    if (argc == 4 && qstrcmp(argv[1], "--write") == 0)
        return writeUntilKilled(argc, argv);
    QCoreApplication app(argc, argv);
    TestHistoryWriter test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_historywriter.moc"
