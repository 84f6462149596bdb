// Answers that are shown as they come: both engines, the page, and the real window with a stream of events.
#include "app/window/workbench.h"
#include "tests/support/patience.h"
#include "tests/support/probebench.h"
#include "tests/support/sending.h"
#include "tests/support/testserver.h"
#include "views/probe/eventsview.h"
#include "views/probe/historylist.h"
#include "views/probe/livebody.h"
#include "views/theme/erratastyle.h"

#include <QApplication>
#include <QListView>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace errata;
using namespace errata::test;

namespace {

/// Takes one connection and writes what and when it is told.
class HeldServer
{
public:
    HeldServer()
    {
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("cannot listen");
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server,
                         [this] { m_socket = m_server.nextPendingConnection(); });
    }

    [[nodiscard]] QByteArray url() const
    {
        return "http://127.0.0.1:" + QByteArray::number(m_server.serverPort()) + "/stream";
    }
    [[nodiscard]] bool isAsked() const { return m_socket && m_socket->bytesAvailable() > 0; }
    [[nodiscard]] bool isLeft() const { return m_socket && m_socket->state() == QAbstractSocket::UnconnectedState; }
    void write(const QByteArray &bytes)
    {
        m_socket->write(bytes);
        m_socket->flush();
    }
    void close() { m_socket->disconnectFromHost(); }

private:
    QTcpServer m_server;
    QTcpSocket *m_socket = nullptr;
};

QByteArray chunkedHead()
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
}
QByteArray streamHead()
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
}

QByteArray chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

HttpResponse streamResponse(const QByteArray &body = {})
{
    return {200, "OK", "HTTP/1.1", {{"Content-Type", "text/event-stream"}}, body};
}

SendResult resultWith(const HttpResponse &response)
{
    SendResult result;
    result.response = response;
    result.sends = 1;
    return result;
}

void sendOn(Bench &bench)
{
    bench.page.setRequest({"GET", "https://a.example/stream", {}, {}});
    bench.page.send();
}

int tabNamed(const QTabWidget *tabs, const QString &begin)
{
    for (int i = 0; i < tabs->count(); ++i) {
        if (tabs->tabText(i).startsWith(begin) && tabs->isTabVisible(i))
            return i;
    }
    return -1;
}

} // namespace

class LiveAnswerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headAndBody_comeBeforeTheEnd_data() { addEngineRows(); }
    void headAndBody_comeBeforeTheEnd();
    void pieces_makeUpTheBody_data() { addEngineRows(); }
    void pieces_makeUpTheBody();
    void headOfARedirect_isNotTold_data() { addEngineRows(); }
    void headOfARedirect_isNotTold();
    void cancelled_keepsWhatCame_data() { addEngineRows(); }
    void cancelled_keepsWhatCame();
    void page_showsHeadAndBodyAtOnce();
    void page_showsTheNewestOfALongBody();
    void page_joinsLettersAcrossPieces();
    void page_listsEventsAsTheyCome();
    void page_streamShownAgain_keepsItsTimes();
    void page_streamOfTheHistory_isReadWhole();
    void page_nextAnswerIsNoStream_hidesTheEvents();
    void window_stopsAStream_andKeepsWhatCame();
};

void LiveAnswerTest::headAndBody_comeBeforeTheEnd()
{
    QFETCH(Engine, engine);
    HeldServer server;
    const auto transport = transportOf(engine);
    const auto pending = transport->send(get(server.url()), {});
    QSignalSpy head(pending.get(), &PendingSend::headReceived);
    QSignalSpy finished(pending.get(), &PendingSend::finished);
    QTRY_VERIFY(server.isAsked());
    server.write(chunkedHead() + chunk("one "));
    QTRY_COMPARE(head.count(), 1);
    const auto response = head.at(0).at(0).value<HttpResponse>();
    QCOMPARE(response.status, 200);
    QCOMPARE(response.headers.value("Content-Type"), std::optional(QByteArray("text/plain")));
    QVERIFY(response.body.isEmpty());
    QTRY_COMPARE(pending->bodyFrom(0), QByteArray("one "));
    server.write(chunk("two"));
    QTRY_COMPARE(pending->bodyFrom(4), QByteArray("two"));
    QCOMPARE(pending->bodyFrom(7), QByteArray());
    QCOMPARE(finished.count(), 0);
    server.write("0\r\n\r\n");
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished.at(0).at(0).value<SendResult>().response->body, QByteArray("one two"));
    QCOMPARE(head.count(), 1);
}

void LiveAnswerTest::pieces_makeUpTheBody()
{
    QFETCH(Engine, engine);
    TestServer server;
    QByteArray body;
    for (int i = 0; i < 100; ++i)
        body += chunk("line " + QByteArray::number(i) + '\n');
    server.reply({chunkedHead() + body + "0\r\n\r\n", TestServer::Then::Close, TestServer::Pace::Drip});
    const auto transport = transportOf(engine);
    const auto pending = transport->send(get(server.url()), {});
    QByteArray pieces;
    int looks = 0;
    connect(pending.get(), &PendingSend::progress, this, [&] {
        pieces += pending->bodyFrom(pieces.size());
        ++looks;
    });
    const SendResult result = resultOf(*pending);
    QVERIFY(result.answered());
    QVERIFY(looks > 3);
    QVERIFY(!pieces.isEmpty());
    QVERIFY(result.response->body.startsWith(pieces));
}

void LiveAnswerTest::headOfARedirect_isNotTold()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.reply("HTTP/1.1 302 Go\r\nLocation: /there\r\nContent-Length: 2\r\n\r\nhi");
    server.replyJson(200, "{}");
    const auto transport = transportOf(engine);
    const auto pending = transport->send(get(server.url()), {});
    QSignalSpy head(pending.get(), &PendingSend::headReceived);
    QVERIFY(resultOf(*pending).answered());
    QCOMPARE(head.count(), 1);
    QCOMPARE(head.at(0).at(0).value<HttpResponse>().status, 200);
}

void LiveAnswerTest::cancelled_keepsWhatCame()
{
    QFETCH(Engine, engine);
    HeldServer server;
    const auto transport = transportOf(engine);
    const auto pending = transport->send(get(server.url()), {});
    QTRY_VERIFY(server.isAsked());
    server.write(streamHead() + "data: a\n\n");
    QTRY_COMPARE(pending->bodyFrom(0), QByteArray("data: a\n\n"));
    pending->cancel();
    const SendResult result = resultOf(*pending);
    QCOMPARE(result.failure.kind, NetworkError::Cancelled);
    QCOMPARE(result.response->body, QByteArray("data: a\n\n"));
    QTRY_VERIFY(server.isLeft());
}

void LiveAnswerTest::page_showsHeadAndBodyAtOnce()
{
    Bench bench;
    sendOn(bench);
    bench.page.setHead({202, "Accepted", "HTTP/1.1", {{"Content-Type", "text/plain"}, {"X-Test", "1"}}, {}});
    QVERIFY(bench.shows(QStringLiteral("Accepted")));
    QVERIFY(bench.shows(QStringLiteral("Status and headers are here.")));
    QCOMPARE(bench.field<QTableView>("Response headers in order")->model()->rowCount(), 2);
    bench.page.answer()->showBodyTab();
    auto *live = bench.page.findChild<LiveBody *>();
    QVERIFY(live->isVisible());
    bench.page.answer()->addBody("first\r", 0, 1);
    bench.page.answer()->addBody("\nsecond", 6, 2);
    QCOMPARE(live->toPlainText(), QStringLiteral("first\nsecond"));
    QVERIFY(bench.page.isSending());
    bench.answer(resultWith({202, "Accepted", "HTTP/1.1", {{"Content-Type", "text/plain"}}, "all of it"}));
    QVERIFY(!live->isVisible());
    QCOMPARE(shownBody(bench.page.answer()->body()), QStringLiteral("all of it"));
}

void LiveAnswerTest::page_showsTheNewestOfALongBody()
{
    Bench bench;
    sendOn(bench);
    bench.page.setHead({200, "OK", "HTTP/1.1", {{"Content-Type", "text/plain"}}, {}});
    auto *live = bench.page.findChild<LiveBody *>();
    // Seen in small pieces: never more than twice the tail is held.
    const QByteArray line = QByteArray(99, 'x') + '\n';
    qint64 at = 0;
    for (int i = 0; i < 4000; ++i) {
        bench.page.answer()->addBody(line, at, 1);
        at += line.size();
        QVERIFY(live->document()->characterCount() <= 2 * LiveBody::Tail + 1000);
    }
    QVERIFY(live->isPartial());
    QVERIFY(live->toPlainText().endsWith(QStringLiteral("x\n")));
    // Much at once: only its end is asked for.
    QCOMPARE(bench.page.answer()->wantedFrom(10000000), 10000000 - LiveBody::Tail);
    bench.page.answer()->addBody("the end", 10000000, 1);
    QCOMPARE(live->toPlainText(), QStringLiteral("the end"));
}

void LiveAnswerTest::page_joinsLettersAcrossPieces()
{
    Bench bench;
    sendOn(bench);
    bench.page.setHead({200, "OK", "HTTP/1.1", {}, {}});
    bench.page.answer()->addBody("Z\xC3", 0, 1);
    bench.page.answer()->addBody("\xBCrich", 2, 1);
    QCOMPARE(bench.page.findChild<LiveBody *>()->toPlainText(), QString::fromUtf8("Z\xC3\xBCrich"));
}

void LiveAnswerTest::page_listsEventsAsTheyCome()
{
    Bench bench;
    sendOn(bench);
    bench.page.setHead(streamResponse());
    auto *tabs = bench.page.answer()->findChild<QTabWidget *>();
    QCOMPARE(tabs->currentIndex(), tabNamed(tabs, QStringLiteral("Events")));
    QVERIFY(bench.page.answer()->showsEvents());
    const QAbstractItemModel *model = bench.field<QTableView>("Events in the order they came")->model();
    bench.page.answer()->addBody("id: 7\nevent: add\ndata: {\"a\":1}\n\ndata: b", 0, 250);
    QCOMPARE(model->rowCount(), 1);
    QCOMPARE(model->index(0, EventStreamModel::TimeColumn).data().toString(), QStringLiteral("0.250 s"));
    QCOMPARE(bench.page.answer()->wantedFrom(1000), 39);
    bench.page.answer()->addBody("\n\n", 39, 1500);
    QCOMPARE(model->rowCount(), 2);
    QVERIFY(bench.shows(QStringLiteral("2 events so far")));
    bench.field<QTableView>("Events in the order they came")->selectRow(0);
    QCOMPARE(bench.field<QPlainTextEdit>("Data of the event")->toPlainText(), QStringLiteral("{\"a\":1}"));
    QSignalSpy cancelled(&bench.page, &ProbePage::cancelRequested);
    QTest::mouseClick(bench.button("Stop the stream"), Qt::LeftButton);
    QCOMPARE(cancelled.count(), 1);
    // What came after the last look is listed, what was not finished is not.
    SendResult result =
        resultWith(streamResponse("id: 7\nevent: add\ndata: {\"a\":1}\n\ndata: b\n\ndata: c\n\ndata: not whole"));
    result.failure.kind = NetworkError::Cancelled;
    result.timings.totalMs = 2000;
    bench.answer(result);
    QCOMPARE(model->rowCount(), 3);
    QVERIFY(!bench.button("Stop the stream"));
    QVERIFY(bench.shows(QStringLiteral("the last one was not complete")));
    QCOMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Events 3"));
}

void LiveAnswerTest::page_streamShownAgain_keepsItsTimes()
{
    Bench bench;
    sendOn(bench);
    bench.page.setHead(streamResponse());
    bench.page.answer()->addBody("data: a\n\n", 0, 250);
    bench.answer(resultWith(streamResponse("data: a\n\n")));
    bench.page.newTab();
    QVERIFY(bench.shows(QStringLiteral("No answer yet")));
    bench.field<QTabBar>("Open requests")->setCurrentIndex(0);
    const std::vector<EventStreamModel::Row> &rows = bench.page.answer()->events()->rows();
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(rows[0].sinceStartMs, std::optional(250.0));
}

void LiveAnswerTest::page_streamOfTheHistory_isReadWhole()
{
    Bench bench;
    ShownAnswer kept{
        {"GET", "https://a.example/", {}, {}}, resultWith(streamResponse("data: a\n\ndata: b\n\n")), {}, {}};
    bench.page.openKept(draftOf(kept.request), kept);
    const std::vector<EventStreamModel::Row> &rows = bench.page.answer()->events()->rows();
    QCOMPARE(rows.size(), std::size_t(2));
    QVERIFY(!rows[0].sinceStartMs);
}

void LiveAnswerTest::page_nextAnswerIsNoStream_hidesTheEvents()
{
    Bench bench;
    sendOn(bench);
    bench.page.setHead(streamResponse());
    bench.page.answer()->addBody("data: a\n\n", 0, 250);
    QVERIFY(bench.shows(QStringLiteral("the body is coming")));
    bench.page.setWaiting(Millis(60000));
    QVERIFY(!bench.shows(QStringLiteral("the body is coming")));
    // The policy tries again, and now the answer is another.
    bench.page.setHead({503, "Busy", "HTTP/1.1", {}, {}});
    const auto *tabs = bench.page.answer()->findChild<QTabWidget *>();
    QCOMPARE(tabNamed(tabs, QStringLiteral("Events")), -1);
    QVERIFY(!bench.page.answer()->showsEvents());
    bench.answer(resultWith({503, "Busy", "HTTP/1.1", {}, "busy"}));
    QCOMPARE(tabNamed(tabs, QStringLiteral("Events")), -1);
    QVERIFY(bench.page.answer()->events()->rows().empty());
}

void LiveAnswerTest::window_stopsAStream_andKeepsWhatCame()
{
    const QTemporaryDir home;
    HeldServer server;
    auto *style = new ErrataStyle(ThemeChoice::Light);
    QApplication::setStyle(style);
    WindowRequest request;
    request.dataDir = home.filePath(QStringLiteral("data"));
    request.configDir = home.filePath(QStringLiteral("config"));
    Workbench bench(request, style);
    bench.window()->show();
    bench.setCatalogs(loadCatalogs());
    bench.settle();
    bench.window()->showPage(Workbench::ProbeIndex);
    ProbePage *page = bench.probePage();
    page->setRequest(get(server.url()));
    page->send();
    QTRY_VERIFY(server.isAsked());
    server.write(streamHead() + "data: one\n\n");
    const EventsView *events = page->answer()->events();
    QTRY_COMPARE(events->rows().size(), std::size_t(1));
    QVERIFY(page->isSending());
    server.write("event: add\nid: 7\ndata: two\n\n");
    QTRY_COMPARE(events->rows().size(), std::size_t(2));
    QVERIFY(*events->rows()[1].sinceStartMs >= *events->rows()[0].sinceStartMs);
    for (auto *button : events->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Stop the stream"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!page->isSending(), generousMs);
    QTRY_VERIFY(server.isLeft());
    QCOMPARE(events->rows().size(), std::size_t(2));
    QCOMPARE(events->rows()[1].event, (StreamEvent{"add", "7", "two"}));
    page->answer()->showBodyTab();
    QCOMPARE(shownBody(page->answer()->body()), QStringLiteral("data: one\n\nevent: add\nid: 7\ndata: two\n\n"));

    // The history has the times that were seen.
    const std::vector<EventStreamModel::Row> seen = events->rows();
    const auto history = [page] { return page->history()->findChild<QListView *>()->model(); };
    QTRY_COMPARE_WITH_TIMEOUT(history() ? history()->rowCount() : 0, 1, generousMs);
    page->newTab();
    QVERIFY(events->rows().empty() || !events->isVisible());
    Q_EMIT page->history()->openRequested(history()->index(0, 0).data(HistoryModel::IdRole).toLongLong());
    QCOMPARE(events->rows().size(), seen.size());
    for (std::size_t i = 0; i < seen.size(); ++i)
        QVERIFY(std::abs(*events->rows()[i].sinceStartMs - *seen[i].sinceStartMs) < 0.1); // kept to a tenth
}

QTEST_MAIN(LiveAnswerTest)
#include "tst_liveanswer.moc"
