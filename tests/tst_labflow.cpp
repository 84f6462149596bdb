// A live run of the retry lab in the real window, against a real server: what is sent, and what is kept of it.
#include "models/items/historymodel.h"
#include "tests/support/labbench.h"
#include "tests/support/openedwindow.h"
#include "tests/support/patience.h"
#include "tests/support/testserver.h"
#include "views/lab/labpage.h"
#include "views/lab/livecard.h"
#include "views/probe/historylist.h"
#include "views/probe/probepage.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QTemporaryDir>
#include <QTest>

using namespace errata;
using namespace errata::test;
using namespace errata::labbench;

namespace {

struct Opened
{
    QTemporaryDir home;
    std::unique_ptr<Workbench> bench;

    Opened()
    {
        bench = openedWorkbench(home);
        makeReady(*bench);
        QTest::keyClick(bench->window(), Qt::Key_4, Qt::ControlModifier);
    }

    [[nodiscard]] LabPage *page() const { return bench->labPage(); }
    void type(const QByteArray &url) const
    {
        QTest::keyClick(page(), Qt::Key_L, Qt::ControlModifier);
        auto *line = field<QLineEdit>(*page(), "URL to send to");
        QTest::keyClicks(line, QString::fromUtf8(url));
    }
    /// What the live card says beside its fields.
    [[nodiscard]] QString notes() const
    {
        QStringList texts;
        for (const QLabel *label : page()->live()->findChildren<QLabel *>())
            texts << label->text();
        return texts.join(QLatin1Char('\n'));
    }
    [[nodiscard]] QAbstractItemModel *history() const
    {
        return bench->probePage()->history()->findChild<QListView *>()->model();
    }
    [[nodiscard]] int rows() const { return history() ? history()->rowCount() : 0; }
    [[nodiscard]] QVariant figure(int row, HistoryModel::Column column) const
    {
        return history()->index(row, column).data();
    }
};

} // namespace

class LabFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void liveRun_isKeptInTheHistory_attemptByAttempt();
    void nothingIsSentOrKept_beforeRunLive();
};

void LabFlowTest::liveRun_isKeptInTheHistory_attemptByAttempt()
{
    Opened opened;
    TestServer server;
    const QByteArray limited =
        R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"Slow down.","request_id":"req_1"}})";
    server.replyJson(429, limited, {{"Retry-After", "0"}});
    server.replyJson(429, limited, {{"Retry-After", "0"}});
    server.replyJson(200, R"({"decision":"allow"})");
    opened.type(server.url("/intent"));
    QTest::keyClick(field<QLineEdit>(*opened.page(), "URL to send to"), Qt::Key_Return);
    QVERIFY2(opened.page()->live()->isRunning(), qPrintable(opened.notes()));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.page()->live()->isRunning(), generousMs);
    QCOMPARE(server.requests().size(), std::size_t(3));
    QTRY_COMPARE_WITH_TIMEOUT(opened.rows(), 3, generousMs);
    // Newest first.
    QCOMPARE(opened.figure(0, HistoryModel::StatusColumn).toInt(), 200);
    QCOMPARE(opened.figure(2, HistoryModel::StatusColumn).toInt(), 429);
    QCOMPARE(opened.figure(2, HistoryModel::CodeColumn).toString(), QStringLiteral("RATE_LIMIT_EXCEEDED"));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(opened.figure(i, HistoryModel::AttemptColumn).toInt(), 3 - i);
    QCOMPARE(opened.history()->index(0, 0).data(HistoryModel::RunRole),
             opened.history()->index(2, 0).data(HistoryModel::RunRole));
}

void LabFlowTest::nothingIsSentOrKept_beforeRunLive()
{
    Opened opened;
    TestServer server;
    opened.type(server.url("/intent"));
    opened.page()->choosePolicy(QStringLiteral("curl"));
    QTRY_VERIFY_WITH_TIMEOUT(!opened.page()->isWorking(), generousMs);
    QCOMPARE(server.connections(), 0);
    QCOMPARE(opened.rows(), 0);
}

QTEST_MAIN(LabFlowTest)
#include "tst_labflow.moc"
