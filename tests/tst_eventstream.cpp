// Server-sent events: the rules of WHATWG HTML section 9.2.6, and the table that shows them.
#include "models/base/limits.h"
#include "models/http/eventstream.h"
#include "models/items/eventstreammodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace errata;

namespace {

using Events = std::vector<StreamEvent>;

/// "type|id|data" of each.
QByteArrayList shown(const Events &events)
{
    QByteArrayList list;
    for (const StreamEvent &event : events)
        list << event.type + '|' + event.id + '|' + event.data;
    return list;
}

} // namespace

class TestEventStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rules_data();
    void rules();
    void retry_data();
    void retry();
    void contentTypes_data();
    void contentTypes();
    void hugeEvent_isCutAndTold();
    void hugeLine_isCutAndTheNextEventIsWhole();
    void unfinishedEvent_isTold();
    void model_growsByRows();
    void model_showsBeginningsAndKeepsData();
    void model_listsNoMoreThanItsLimit();
};

void TestEventStream::rules_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArrayList>("events");
    const auto row = [](const char *name, const QByteArray &stream, const QByteArrayList &events) {
        QTest::newRow(name) << stream << events;
    };
    row("one", "data: hello\n\n", {"message||hello"});
    row("nothing", "", {});
    row("LF", "data: a\n\ndata: b\n\n", {"message||a", "message||b"});
    row("CR", "data: a\r\rdata: b\r\r", {"message||a", "message||b"});
    row("CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", {"message||a", "message||b"});
    row("all line ends mixed", "data: a\rdata: b\r\ndata: c\n\r\n", {"message||a\nb\nc"});
    row("LF CR are two line ends", "data: a\n\rdata: b\n\n", {"message||a", "message||b"});
    row("byte order mark",
        "\xEF\xBB\xBF"
        "data: a\n\n",
        {"message||a"});
    row("a second mark is a name",
        "\xEF\xBB\xBF\xEF\xBB\xBF"
        "data: a\n\ndata: b\n\n",
        {"message||b"});
    row("half a mark is a name",
        "\xEF\xBB"
        "data: a\n\ndata: b\n\n",
        {"message||b"});
    row("several lines of data", "data: YHOO\ndata: +2\ndata: 10\n\n", {"message||YHOO\n+2\n10"});
    row("only one blank goes", "data:  two\ndata:none\n\n", {"message|| two\nnone"});
    row("no colon is an empty value", "data\n\ndata\ndata\n\ndata:", {"message||", "message||\n"});
    row("a comment", ": keep alive\n\n:\ndata: a\n\n", {"message||a"});
    row("the unfinished one is none", "data: a\n\ndata: b\n", {"message||a"});
    row("a type", "event: add\ndata: 1\n\ndata: 2\n\n", {"add||1", "message||2"});
    row("the last type counts", "event: a\nevent: b\ndata: 1\n\n", {"b||1"});
    row("an empty type is message", "event: a\nevent\ndata: 1\n\n", {"message||1"});
    row("a type without data is none", "event: add\n\ndata: 1\n\n", {"message||1"});
    row("an id stays", "id: 1\ndata: a\n\ndata: b\n\n", {"message|1|a", "message|1|b"});
    row("an id without data stays, too", "id: 7\n\ndata: b\n\n", {"message|7|b"});
    row("an empty id goes back", "id: 1\ndata: a\n\nid\ndata: b\n\n", {"message|1|a", "message||b"});
    row("an id with NUL is none", QByteArray("id: 1\nid: 2\0x\ndata: a\n\n", 23), {"message|1|a"});
    row("NUL in data", QByteArray("data: a\0b\n\n", 11), {QByteArray("message||a\0b", 12)});
    row("other fields", "Data: x\nfoo: y\n data: z\ndata: a\n\n", {"message||a"});
    row("colons in the value", "data: {\"a\":1}\n\n", {"message||{\"a\":1}"});
    row("bytes as they came", "data: \xC3\xBC\xFF\n\n", {"message||\xC3\xBC\xFF"});
    row("empty lines alone", "\n\r\r\n\n", {});
}

void TestEventStream::rules()
{
    QFETCH(QByteArray, stream);
    QTEST(shown(readEventStream(stream)), "events");
    // The same in any pieces.
    for (qsizetype size = 1; size <= stream.size(); ++size) {
        EventStreamReader reader;
        Events events;
        for (qsizetype at = 0; at < stream.size(); at += size) {
            reader.feed(QByteArrayView(stream).sliced(at, std::min(size, stream.size() - at)));
            for (StreamEvent &event : reader.take())
                events.push_back(std::move(event));
        }
        QTEST(shown(events), "events");
    }
}

void TestEventStream::retry_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("digits") << QByteArray("retry: 3000\n") << qint64(3000);
    QTest::newRow("the last") << QByteArray("retry: 3000\nretry: 10\n") << qint64(10);
    QTest::newRow("a sign") << QByteArray("retry: -1\n") << qint64(-1);
    QTest::newRow("a fraction") << QByteArray("retry: 1.5\n") << qint64(-1);
    QTest::newRow("empty") << QByteArray("retry\n") << qint64(-1);
    QTest::newRow("beyond all numbers") << QByteArray("retry: 99999999999999999999\n") << qint64(-1);
    QTest::newRow("a faulty one leaves the good") << QByteArray("retry: 5\nretry: x\n") << qint64(5);
}

void TestEventStream::retry()
{
    QFETCH(QByteArray, stream);
    EventStreamReader reader;
    reader.feed(stream);
    QTEST(reader.retryMs().value_or(-1), "ms");
}

void TestEventStream::contentTypes_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("is");
    QTest::newRow("plain") << QByteArray("text/event-stream") << true;
    QTest::newRow("with a charset") << QByteArray("text/event-stream; charset=utf-8") << true;
    QTest::newRow("in capitals") << QByteArray("Text/Event-Stream") << true;
    QTest::newRow("another") << QByteArray("text/event-streams") << false;
    QTest::newRow("none") << QByteArray() << false;
}

void TestEventStream::contentTypes()
{
    QFETCH(QByteArray, type);
    QTEST(isEventStream(type), "is");
}

void TestEventStream::hugeEvent_isCutAndTold()
{
    const QByteArray line = "data: " + QByteArray(limits::Megabyte, 'x') + '\n';
    const Events events = readEventStream(line.repeated(5) + "\ndata: next\n\n");
    QCOMPARE(events.size(), std::size_t(2));
    QVERIFY(events[0].isCut);
    QCOMPARE(events[0].data.size(), limits::eventData);
    QVERIFY(!events[1].isCut);
    QCOMPARE(events[1].data, QByteArray("next"));
}

void TestEventStream::hugeLine_isCutAndTheNextEventIsWhole()
{
    const Events events = readEventStream("data: " + QByteArray(limits::eventData + 1, 'x') + "\n\ndata: next\n\n");
    QCOMPARE(events.size(), std::size_t(2));
    QVERIFY(events[0].isCut);
    QCOMPARE(events[0].data, QByteArray(limits::eventData, 'x'));
    QCOMPARE(events[1], (StreamEvent{"message", {}, "next", false}));
}

void TestEventStream::unfinishedEvent_isTold()
{
    EventStreamReader reader;
    reader.feed("data: a\n\n");
    QVERIFY(!reader.isInsideEvent());
    reader.feed("data");
    QVERIFY(reader.isInsideEvent());
    reader.feed(": b\n");
    QVERIFY(reader.isInsideEvent());
    reader.feed("\n");
    QVERIFY(!reader.isInsideEvent());
}

void TestEventStream::model_growsByRows()
{
    EventStreamModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.add({{"a", "1", "x"}, {"b", "2", "y"}}, 1234.0);
    model.add({});
    model.add({{"c", "3", "z"}}, 2000.4);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(inserted.count(), 2);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(model.index(1, EventStreamModel::TimeColumn).data().toString(), QStringLiteral("1.234 s"));
    QCOMPARE(model.index(2, EventStreamModel::TypeColumn).data().toString(), QStringLiteral("c"));
    QCOMPARE(model.index(2, EventStreamModel::IdColumn).data().toString(), QStringLiteral("3"));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.total(), 0);
}

void TestEventStream::model_showsBeginningsAndKeepsData()
{
    EventStreamModel model;
    model.add({{"message", {}, "first\nsecond"}, {"message", {}, QByteArray(1000, 'x'), true}});
    const QModelIndex first = model.index(0, EventStreamModel::DataColumn);
    QCOMPARE(first.data().toString(), QStringLiteral("first …"));
    QCOMPARE(first.data(EventStreamModel::DataRole).toByteArray(), QByteArray("first\nsecond"));
    const QModelIndex second = model.index(1, EventStreamModel::DataColumn);
    QVERIFY(second.data().toString().size() < 400);
    QVERIFY(second.data(EventStreamModel::IsCutRole).toBool());
    QCOMPARE(model.index(0, EventStreamModel::TimeColumn).data().toString(), QStringLiteral("–"));
}

void TestEventStream::model_listsNoMoreThanItsLimit()
{
    EventStreamModel model;
    const Events many(std::size_t(limits::listedEvents) - 1, StreamEvent{"message", {}, "x"});
    model.add(many);
    model.add({{"a", {}, "x"}, {"b", {}, "x"}, {"c", {}, "x"}});
    QCOMPARE(model.rowCount(), limits::listedEvents);
    QCOMPARE(model.total(), qint64(limits::listedEvents) + 2);
    QCOMPARE(model.index(model.rowCount() - 1, EventStreamModel::TypeColumn).data().toString(), QStringLiteral("a"));
}

QTEST_APPLESS_MAIN(TestEventStream)
#include "tst_eventstream.moc"
