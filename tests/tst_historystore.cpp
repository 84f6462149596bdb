// Every attempt is kept as it was, but for its secrets; it is found, removed, brought back, and given up in order.
#include "tests/support/historyrecords.h"
#include "tests/support/storebench.h"

#include <QDir>
#include <QFile>

using namespace errata;
using namespace errata::test;

namespace {

void compare(const HistoryRecord &kept, const HistoryRecord &given)
{
    QCOMPARE(kept.run, given.run);
    QCOMPARE(kept.attempt, given.attempt);
    QCOMPARE(kept.startedMs, given.startedMs);
    QCOMPARE(kept.environment, given.environment);
    QCOMPARE(kept.request, given.request);
    QCOMPARE(kept.eventTimesMs, given.eventTimesMs);
    QCOMPARE(kept.diagnosis, given.diagnosis);
    QCOMPARE(kept.result.response, given.result.response);
    QCOMPARE(kept.result.failure.kind, given.result.failure.kind);
    QCOMPARE(kept.result.failure.detail, given.result.failure.detail);
    QCOMPARE(kept.result.sends, given.result.sends);
    QCOMPARE(kept.result.remote, given.result.remote);
    QCOMPARE(kept.result.sentHeaders, given.result.sentHeaders);
    QCOMPARE(kept.result.timings.dnsMs, given.result.timings.dnsMs);
    QCOMPARE(kept.result.timings.connectMs, given.result.timings.connectMs);
    QCOMPARE(kept.result.timings.tlsMs, given.result.timings.tlsMs);
    QCOMPARE(kept.result.timings.firstByteMs, given.result.timings.firstByteMs);
    QCOMPARE(kept.result.timings.totalMs, given.result.timings.totalMs);
    QCOMPARE(kept.result.redirects.size(), given.result.redirects.size());
    for (std::size_t i = 0; i < given.result.redirects.size(); ++i) {
        QCOMPARE(kept.result.redirects[i].status, given.result.redirects[i].status);
        QCOMPARE(kept.result.redirects[i].from, given.result.redirects[i].from);
        QCOMPARE(kept.result.redirects[i].to, given.result.redirects[i].to);
        QCOMPARE(kept.result.redirects[i].credentialsDropped, given.result.redirects[i].credentialsDropped);
    }
}

} // namespace

class TestHistoryStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void record_comesBackAsItWas_data();
    void record_comesBackAsItWas();
    void row_saysItInShort();
    void failures_keepTheirKind_data();
    void failures_keepTheirKind();
    void filters_data();
    void filters();
    void typedText_isNeverSyntax_data();
    void typedText_isNeverSyntax();
    void pages_areNewestFirst_andMeet();
    void secrets_areNotWritten();
    void equalBodies_areKeptOnce();
    void removedRows_areHidden_andComeBack();
    void removals_areTakenBackOneByOne();
    void removedRows_areGoneAfterReopening();
    void everything_canBeRemoved_butPins();
    void pins_stay();
    void trim_belowTheCap_doesNothing();
    void trim_takesOldBodiesFirst();
    void trim_takesRows_whenBodiesAreNotEnough();
    void trim_sparesWhatIsPinned();
    void droppedBody_isThereAgain_whenItComesAgain();
    void exchanges_areMadeOfRows();
};

void TestHistoryStore::record_comesBackAsItWas_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("failed") << 0;
    QTest::newRow("good") << 1;
    QTest::newRow("unanswered") << 2;
    QTest::newRow("bytes that are no text") << 3;
    QTest::newRow("nothing at all") << 4;
    QTest::newRow("16 MB") << 5;
    QTest::newRow("events with their times") << 6;
}

void TestHistoryStore::record_comesBackAsItWas()
{
    QFETCH(int, which);
    HistoryRecord odd = failedRecord();
    odd.request.url = "https://a.example/\xff\xfe?q=\xc3\x28";
    odd.request.method = "M-SEARCH";
    odd.request.body = QByteArray("\0\xff\r\n\\", 5);
    odd.result.response->headers = {{"X", "caf\xe9"}, {"X\\Y", "a\\tb"}, {"", "no name"}};
    odd.result.response->reason = "\xe9";
    odd.diagnosis = {};
    HistoryRecord empty;
    empty.request.method.clear();
    HistoryRecord large = goodRecord();
    large.result.response->body = noise(1 << 20).repeated(16);
    HistoryRecord streamed = goodRecord();
    streamed.eventTimesMs = {0, 12.5, 86400000.1};
    const HistoryRecord given =
        std::vector<HistoryRecord>{failedRecord(), goodRecord(), unansweredRecord(), odd, empty, large, streamed}.at(
            std::size_t(which));
    StoreBench bench;
    const qint64 id = bench.add(given);
    bench.open();
    const auto kept = bench.store->record(id);
    QVERIFY2(kept.ok(), kept ? "" : qPrintable(kept.error().text()));
    QCOMPARE(kept->id, id);
    QVERIFY(!kept->requestBodyGone && !kept->responseBodyGone);
    compare(kept->record, given);
}

void TestHistoryStore::row_saysItInShort()
{
    StoreBench bench;
    const HistoryRecord given = failedRecord(3);
    const qint64 id = bench.add(given);
    const std::vector<HistoryRow> rows = bench.store->rows({}, {});
    QCOMPARE(rows.size(), std::size_t(1));
    const HistoryRow &row = rows.front();
    QCOMPARE(row.id, id);
    QCOMPARE(row.run, QStringLiteral("run-3"));
    QCOMPARE(row.attempt, 2);
    QCOMPARE(row.startedMs, given.startedMs);
    QCOMPARE(row.environment, QStringLiteral("staging"));
    QCOMPARE(row.method, QByteArray("POST"));
    QCOMPARE(row.url, given.request.url);
    QCOMPARE(row.status, std::optional(429));
    QCOMPARE(row.diagnosis, given.diagnosis);
    QVERIFY(row.isError && !row.isPinned);
    QCOMPARE(row.totalMs, 31.125);
    QCOMPARE(row.requestBytes, given.request.body.size());
    QCOMPARE(row.responseBytes, given.result.response->body.size());
    QCOMPARE(bench.store->row(id), std::optional(row));
    QVERIFY(!bench.store->row(id + 1));
    QVERIFY(!bench.store->record(id + 1).ok());
    QCOMPARE(bench.store->apis(), QStringList(QStringLiteral("nullspace")));
    QCOMPARE(bench.store->hosts(), QStringList(QStringLiteral("api.example")));
}

void TestHistoryStore::failures_keepTheirKind_data()
{
    QTest::addColumn<int>("kind");
    for (int kind = int(NetworkError::None); kind <= int(NetworkError::Other); ++kind)
        QTest::addRow("%d", kind) << kind;
}

void TestHistoryStore::failures_keepTheirKind()
{
    QFETCH(int, kind);
    StoreBench bench;
    HistoryRecord given = goodRecord();
    given.result.failure.kind = static_cast<NetworkError>(kind);
    const HistoryRow row = *bench.store->row(bench.add(given));
    QCOMPARE(int(row.failure), kind);
    QCOMPARE(row.isError, kind != int(NetworkError::None));
}

void TestHistoryStore::filters_data()
{
    QTest::addColumn<HistoryFilter>("filter");
    QTest::addColumn<QList<qint64>>("ids");
    const auto row = [](const char *name, const std::function<void(HistoryFilter &)> &set, const QList<qint64> &ids) {
        HistoryFilter filter;
        set(filter);
        QTest::newRow(name) << filter << ids;
    };
    const auto text = [&row](const char *words, const QList<qint64> &ids) {
        row(
            words, [words](HistoryFilter &filter) { filter.text = QString::fromUtf8(words); }, ids);
    };
    // 1: failed, 2: good, 3: unanswered, 4: failed, pinned
    row("none", [](HistoryFilter &) {}, {4, 3, 2, 1});
    row("api", [](HistoryFilter &f) { f.api = QStringLiteral("nullspace"); }, {4, 1});
    row("another api", [](HistoryFilter &f) { f.api = QStringLiteral("authpi"); }, {});
    row("2xx", [](HistoryFilter &f) { f.statusClass = 2; }, {2});
    row("4xx", [](HistoryFilter &f) { f.statusClass = 4; }, {4, 1});
    row("no answer", [](HistoryFilter &f) { f.statusClass = 0; }, {3});
    row("method", [](HistoryFilter &f) { f.method = "GET"; }, {3, 2});
    row("host", [](HistoryFilter &f) { f.host = QStringLiteral("api.example"); }, {4, 1});
    row("host of an address", [](HistoryFilter &f) { f.host = QStringLiteral("::1"); }, {3});
    row("run", [](HistoryFilter &f) { f.run = QStringLiteral("run-4"); }, {4});
    row("from", [](HistoryFilter &f) { f.fromMs = failedRecord(4).startedMs; }, {4});
    row("to", [](HistoryFilter &f) { f.toMs = failedRecord(4).startedMs; }, {3, 2, 1});
    row("errors", [](HistoryFilter &f) { f.errorsOnly = true; }, {4, 3, 1});
    row("pinned", [](HistoryFilter &f) { f.pinnedOnly = true; }, {4});
    text("rate", {4, 1});
    text("RATE_LIMIT_EXCEEDED", {4, 1});
    text("EXCEEDED", {4, 1});
    text("rate_lim", {4, 1});
    text("example r", {4, 1});
    text("exam rate", {});
    text("cafe", {4, 1});
    text("other.example", {2});
    text("number2", {2});
    text("well all", {2});
    text("\"is well\"", {2});
    text("\"well is\"", {});
    text("volumes", {4, 1});
    text("volumes nowhere", {});
    text("   ", {4, 3, 2, 1});
    text("---", {4, 3, 2, 1});
    row("words and errors",
        [](HistoryFilter &f) {
            f.text = QStringLiteral("example");
            f.method = "POST";
            f.pinnedOnly = true;
        },
        {4});
}

void TestHistoryStore::filters()
{
    QFETCH(HistoryFilter, filter);
    StoreBench bench;
    bench.add(failedRecord(1));
    bench.add(goodRecord(2));
    bench.add(unansweredRecord());
    QVERIFY(!bench.store->setPinned(bench.add(failedRecord(4)), true));
    QTEST(bench.ids(filter), "ids");
    QCOMPARE(bench.store->count(filter), qint64(bench.ids(filter).size()));
    const QList<qint64> ids = bench.ids(filter);
    QCOMPARE(bench.store->ids(filter, 100), (std::vector<qint64>(ids.begin(), ids.end())));
}

void TestHistoryStore::typedText_isNeverSyntax_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expression");
    const auto row = [](const QString &text, const QString &expression) {
        QTest::newRow(qPrintable(QLatin1Char('>') + text)) << text << expression;
    };
    row(QStringLiteral("a"), QStringLiteral("\"a\"*"));
    row(QStringLiteral("a OR b"), QStringLiteral("\"a\" \"OR\" \"b\"*"));
    row(QStringLiteral("url:x"), QStringLiteral("\"url:x\"*"));
    row(QStringLiteral("NEAR(a b, 2)"), QStringLiteral("\"NEAR(a\" \"b,\" \"2)\"*"));
    row(QStringLiteral("^a* -b +c"), QStringLiteral("\"^a*\" \"-b\" \"+c\"*"));
    row(QStringLiteral("{url code} : x"), QStringLiteral("\"{url\" \"code}\" \"x\"*"));
    row(QStringLiteral("it's ; DROP TABLE attempts"), QStringLiteral("\"it's\" \"DROP\" \"TABLE\" \"attempts\"*"));
    row(QStringLiteral("\"two words\" more"), QStringLiteral("\"two words\" \"more\"*"));
    row(QStringLiteral("\"never closed"), QStringLiteral("\"never closed\"*"));
    row(QStringLiteral("a\"b"), QStringLiteral("\"a\" \"b\"*"));
    row(QStringLiteral("\"\"\""), QString());
    row(QStringLiteral("( ) * ^ - : "), QString());
    row(QStringLiteral("漢字 \U0001F600"), QStringLiteral("\"漢字\" \"\U0001F600\"*"));
    row(QStringLiteral("a") + QChar() + QStringLiteral("b"), QStringLiteral("\"a\" \"b\"*"));
}

void TestHistoryStore::typedText_isNeverSyntax()
{
    QFETCH(QString, text);
    QTEST(searchExpression(text), "expression");
    // A fault in the expression would be an error of the query, which no filter can tell from "nothing found".
    StoreBench bench;
    const auto database = Database::open(bench.file, {QStringLiteral("history"), historySteps()});
    HistoryFilter filter;
    filter.text = text;
    const HistoryQuery query = historyQuery(filter);
    const auto asked = (*database)->query(
        QStringLiteral("SELECT count(*) FROM %1 WHERE %2").arg(query.from, query.where), query.values);
    QVERIFY2(asked.ok(), asked ? "" : qPrintable(asked.error().text()));
}

void TestHistoryStore::pages_areNewestFirst_andMeet()
{
    StoreBench bench;
    for (int n = 1; n <= 5; ++n)
        bench.add(goodRecord(n));
    QCOMPARE(bench.ids({}, {std::nullopt, std::nullopt, 2}), (QList<qint64>{5, 4}));
    QCOMPARE(bench.ids({}, {4, std::nullopt, 2}), (QList<qint64>{3, 2}));
    QCOMPARE(bench.ids({}, {2, std::nullopt, 2}), (QList<qint64>{1}));
    QCOMPARE(bench.ids({}, {std::nullopt, 3, 10}), (QList<qint64>{5, 4}));
    HistoryFilter words;
    words.text = QStringLiteral("example");
    QCOMPARE(bench.ids(words, {4, std::nullopt, 2}), (QList<qint64>{3, 2}));
    QCOMPARE(bench.ids(words, {std::nullopt, 3, 10}), (QList<qint64>{5, 4}));
}

void TestHistoryStore::secrets_areNotWritten()
{
    const QByteArray secret = "made-up-plain-words";
    StoreBench bench(historyRedaction({}, {secret}));
    HistoryRecord record = failedRecord();
    record.request.url += "&note=" + secret;
    record.request.headers.add("Authorization", "Bearer made-up-4f9a2c7d81e0b3");
    record.request.headers.add("X-Anything", secret.toPercentEncoding("", "-"));
    record.request.body = "{\"text\":\"so " + secret + " it is\"}";
    record.result.sentHeaders = record.request.headers;
    record.result.response->body = "echo: " + secret;
    record.result.redirects.front().to = "https://a.example/" + secret + "/x";
    record.result.failure.detail = QString::fromUtf8("cannot open " + secret);
    record.diagnosis.message = QString::fromUtf8("not " + secret);
    const qint64 id = bench.add(record);
    const auto kept = bench.store->record(id);
    QVERIFY(kept.ok());
    QVERIFY(kept->record.request.url.contains("REDACTED-secret"));
    QVERIFY(kept->record.request.headers.value("authorization")->startsWith("Bearer REDACTED-"));
    bench.store.reset();
    for (const QFileInfo &info : QDir(QFileInfo(bench.file).path()).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(!bytes.contains(secret), qPrintable(info.fileName()));
        QVERIFY2(!bytes.contains("4f9a2c7d81e0b3"), qPrintable(info.fileName()));
    }
}

void TestHistoryStore::equalBodies_areKeptOnce()
{
    StoreBench bench;
    for (int n = 0; n < 3; ++n) {
        HistoryRecord record = goodRecord(n);
        record.request.body = record.result.response->body = "the same";
        bench.add(record);
    }
    QCOMPARE(bench.raw(QStringLiteral("SELECT count(*) FROM bodies")).toInt(), 1);
    QVERIFY(!bench.store->remove({1, 2}));
    QVERIFY(bench.store->purge().ok());
    QCOMPARE(bench.store->record(3)->record.result.response->body, QByteArray("the same"));
    QVERIFY(!bench.store->remove({3}));
    QCOMPARE(bench.store->purge().valueOr(0), 1);
    QCOMPARE(bench.raw(QStringLiteral("SELECT count(*) FROM bodies")).toInt(), 0);
    QCOMPARE(bench.raw(QStringLiteral("SELECT count(*) FROM details")).toInt(), 0);
}

void TestHistoryStore::removedRows_areHidden_andComeBack()
{
    StoreBench bench;
    for (int n = 1; n <= 4; ++n)
        bench.add(goodRecord(n));
    QVERIFY(!bench.store->remove({2, 3}));
    QCOMPARE(bench.ids(), (QList<qint64>{4, 1}));
    HistoryFilter words;
    words.text = QStringLiteral("well");
    QCOMPARE(bench.ids(words), (QList<qint64>{4, 1}));
    QVERIFY(!bench.store->row(2) && !bench.store->record(2).ok());
    QCOMPARE(bench.store->undoRemove().value(), (std::vector<qint64>{2, 3}));
    QCOMPARE(bench.ids(), (QList<qint64>{4, 3, 2, 1}));
    compare(bench.store->record(2)->record, goodRecord(2));
    QVERIFY(bench.store->undoRemove().value().empty());
}

void TestHistoryStore::removals_areTakenBackOneByOne()
{
    StoreBench bench;
    for (int n = 1; n <= 4; ++n)
        bench.add(goodRecord(n));
    QVERIFY(!bench.store->remove({2}));
    QVERIFY(!bench.store->remove({2, 4}));
    QVERIFY(!bench.store->removeAll(true));
    QVERIFY(bench.ids().isEmpty());
    QCOMPARE(bench.store->undoRemove().value(), (std::vector<qint64>{1, 3}));
    QCOMPARE(bench.store->undoRemove().value(), (std::vector<qint64>{4}));
    QCOMPARE(bench.store->undoRemove().value(), (std::vector<qint64>{2}));
}

void TestHistoryStore::removedRows_areGoneAfterReopening()
{
    StoreBench bench;
    HistoryRecord record = goodRecord();
    record.result.response->body = "quite unmistakable";
    bench.add(record);
    bench.add(goodRecord(2));
    QVERIFY(!bench.store->remove({1}));
    bench.open();
    QVERIFY(bench.store->undoRemove().value().empty());
    QCOMPARE(bench.ids(), QList<qint64>{2});
    // An id is given once: what is removed is never taken for what comes later.
    QVERIFY(!bench.store->remove({2}));
    bench.open();
    QCOMPARE(bench.add(goodRecord(3)), 3);
    bench.store.reset();
    QFile file(bench.file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("unmistakable"));
}

void TestHistoryStore::everything_canBeRemoved_butPins()
{
    StoreBench bench;
    for (int n = 1; n <= 3; ++n)
        bench.add(goodRecord(n));
    QVERIFY(!bench.store->setPinned(2, true));
    QVERIFY(!bench.store->removeAll(false));
    QCOMPARE(bench.ids(), QList<qint64>{2});
    QVERIFY(!bench.store->removeAll(true));
    QCOMPARE(bench.store->count({}), 0);
}

void TestHistoryStore::pins_stay()
{
    StoreBench bench;
    bench.add(goodRecord());
    QVERIFY(!bench.store->setPinned(1, true));
    bench.open();
    QVERIFY(bench.store->row(1)->isPinned);
    QVERIFY(!bench.store->setPinned(1, false));
    QVERIFY(!bench.store->row(1)->isPinned);
}

void TestHistoryStore::trim_belowTheCap_doesNothing()
{
    StoreBench bench;
    bench.add(largeRecord(1));
    const auto report = bench.store->trim(bench.store->usedBytes());
    QVERIFY(report.ok() && report->isEmpty());
    QCOMPARE(report->bytesAfter, report->bytesBefore);
}

void TestHistoryStore::trim_takesOldBodiesFirst()
{
    StoreBench bench;
    for (int n = 1; n <= 20; ++n)
        bench.add(largeRecord(n));
    // The first body is used again: it is no longer the oldest.
    HistoryRecord again = largeRecord(1);
    again.run = QStringLiteral("again");
    bench.add(again);
    QVERIFY(!bench.store->remove({20}));
    const qint64 cap = bench.store->usedBytes() * 3 / 4;
    const auto report = bench.store->trim(cap);
    QVERIFY2(report.ok(), report ? "" : qPrintable(report.error().text()));
    QCOMPARE(report->removedRows, 1);
    QVERIFY(report->bodies >= 4 && report->bodies < 12);
    QVERIFY(report->bodyBytes >= qint64(report->bodies) * 20000);
    QCOMPARE(report->rows, 0);
    QVERIFY(report->bytesAfter <= cap / 10 * 9 && report->bytesBefore > cap);
    QCOMPARE(report->bytesAfter, bench.store->usedBytes());
    QCOMPARE(bench.store->count({}), 20);
    const auto oldest = bench.store->record(2);
    QVERIFY(oldest->responseBodyGone && oldest->record.result.response->body.isEmpty());
    QCOMPARE(bench.store->row(2)->responseBytes, 20002);
    QVERIFY(!bench.store->record(1)->responseBodyGone);
    compare(bench.store->record(19)->record, largeRecord(19));
}

void TestHistoryStore::trim_takesRows_whenBodiesAreNotEnough()
{
    StoreBench bench;
    for (int n = 1; n <= 300; ++n) {
        HistoryRecord record = failedRecord(n);
        record.request.headers.add("X-Long", noise(600).toBase64());
        bench.add(record);
    }
    const qint64 cap = bench.store->usedBytes() / 2;
    const auto report = bench.store->trim(cap);
    QVERIFY(report.ok());
    QCOMPARE(report->bodies, 0); // too small to free a page
    QVERIFY(report->rows > 100 && report->rows < 290);
    QVERIFY(bench.store->usedBytes() <= cap);
    const QList<qint64> left = bench.ids({}, {std::nullopt, std::nullopt, 1000});
    QCOMPARE(left.size(), 300 - report->rows);
    QCOMPARE(left.last(), qint64(report->rows) + 1);
    HistoryFilter words;
    words.text = QStringLiteral("volumes");
    QCOMPARE(bench.store->count(words), qint64(left.size()));
    // The file itself is smaller, not only what is used of it.
    bench.store.reset();
    QVERIFY(QFileInfo(bench.file).size() <= cap);
}

void TestHistoryStore::trim_sparesWhatIsPinned()
{
    StoreBench bench;
    for (int n = 1; n <= 10; ++n)
        bench.add(largeRecord(n));
    QVERIFY(!bench.store->setPinned(1, true));
    QVERIFY(!bench.store->setPinned(5, true));
    const auto report = bench.store->trim(1);
    QVERIFY(report.ok());
    QCOMPARE(report->bodies, 8);
    QCOMPARE(report->rows, 8);
    QCOMPARE(bench.ids(), (QList<qint64>{5, 1}));
    compare(bench.store->record(5)->record, largeRecord(5));
}

void TestHistoryStore::droppedBody_isThereAgain_whenItComesAgain()
{
    StoreBench bench;
    for (int n = 1; n <= 4; ++n)
        bench.add(largeRecord(n));
    QVERIFY(!bench.store->setPinned(4, true));
    const auto trimmed = bench.store->trim(bench.store->usedBytes() - 1);
    QVERIFY(trimmed.ok() && trimmed->rows == 0);
    QVERIFY(bench.store->record(1)->responseBodyGone);
    bench.add(largeRecord(1));
    compare(bench.store->record(1)->record, largeRecord(1));
}

void TestHistoryStore::exchanges_areMadeOfRows()
{
    StoreBench bench;
    bench.add(failedRecord());
    bench.add(unansweredRecord());
    const auto exchanges = bench.store->exchanges({2, 99, 1});
    QVERIFY(exchanges.ok());
    QCOMPARE(exchanges->size(), std::size_t(2));
    const Exchange &none = exchanges->front();
    QVERIFY(!none.status && none.body.isEmpty());
    QCOMPARE(none.request, std::optional(unansweredRecord().request));
    const Exchange &failed = exchanges->back();
    QCOMPARE(failed.index, 1);
    QCOMPARE(failed.status, std::optional(429));
    QCOMPARE(failed.headers, failedRecord().result.response->headers);
    QCOMPARE(failed.body, failedRecord().result.response->body);
    QCOMPARE(failed.startedMs, std::optional(failedRecord().startedMs));
    QCOMPARE(failed.durationMs, std::optional(31.125));
}

QTEST_GUILESS_MAIN(TestHistoryStore)
#include "tst_historystore.moc"
