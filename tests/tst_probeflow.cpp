// A support person's way through the Probe page, by keyboard, in the real window, against a real server.
#include "tests/support/openedwindow.h"
#include "tests/support/patience.h"
#include "tests/support/testserver.h"
#include "views/probe/answerview.h"
#include "views/probe/collectionlist.h"
#include "views/probe/historylist.h"
#include "views/probe/probepage.h"
#include "views/probe/savedialog.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <algorithm>

using namespace errata;
using namespace errata::test;

namespace {

const char *const secret = "made-up-token-4f9a2c7d81";

struct Opened
{
    QTemporaryDir home;
    std::unique_ptr<Workbench> bench;
    ProbePage *page = nullptr;

    Opened()
    {
        bench = openedWorkbench(home);
        makeReady(*bench);
        QTest::keyClick(window(), Qt::Key_3, Qt::ControlModifier);
        page = bench->probePage();
    }

    [[nodiscard]] MainWindow *window() const { return bench->window(); }
    template <typename W>
    [[nodiscard]] W *field(const char *name) const
    {
        for (W *widget : page->findChildren<W *>()) {
            if (widget->accessibleName() == QLatin1String(name) && widget->isVisible())
                return widget;
        }
        qFatal("there is no field %s", name);
    }
    [[nodiscard]] QPushButton *button(const char *text) const
    {
        for (auto *one : page->findChildren<QPushButton *>()) {
            if (one->text() == QLatin1String(text) && one->isVisible())
                return one;
        }
        qFatal("there is no button %s", text);
    }
    void clickTab(const QString &name) const
    {
        for (QTabBar *bar : page->findChildren<QTabBar *>()) {
            for (int i = 0; i < bar->count(); ++i) {
                if (bar->isVisible() && bar->isTabVisible(i) && bar->tabText(i).startsWith(name)) {
                    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(i).center());
                    return;
                }
            }
        }
        qFatal("there is no tab %s", qPrintable(name));
    }
    void typeUrl(const QByteArray &url) const
    {
        auto *line = field<QLineEdit>("URL");
        line->setFocus();
        QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(line, QString::fromUtf8(url));
    }
    /// From wherever the focus is.
    void send() const { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier); }
    void typeToken() const
    {
        clickTab(QStringLiteral("Auth"));
        auto *kind = field<QComboBox>("Authentication");
        kind->setFocus();
        QTest::keyClicks(kind, QStringLiteral("Bearer"));
        auto *token = field<QLineEdit>("Secret");
        token->setFocus();
        QTest::keyClicks(token, QString::fromLatin1(secret));
    }
    [[nodiscard]] bool shows(const QString &text) const
    {
        const auto labels = page->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }
    [[nodiscard]] QAbstractItemModel *history() const { return page->history()->findChild<QListView *>()->model(); }
    [[nodiscard]] int openTabs() const { return field<QTabBar>("Open requests")->count(); }
    /// Files below the home with the secret in them.
    [[nodiscard]] QStringList leaks() const
    {
        QStringList found;
        QDirIterator files(home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly) || file.readAll().contains(secret))
                found << file.fileName();
        }
        return found;
    }
};

QByteArray rateLimited()
{
    return R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"Slow down.","request_id":"req_1"}})";
}

} // namespace

class ProbeFlowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromUrlToReply();
    void answerIsOpenedAgainFromTheHistory();
    void requestIsSavedAndSentFromTheCollection();
    void retries_areSentAndShown();
    void twoAnswers_areCompared();
    void esc_cancelsAndSaysSo();
    void closingTheWindow_writesTheAttemptDown();
    void addingAHeader_needsNoScrolling();
};

void ProbeFlowTest::fromUrlToReply()
{
    Opened opened;
    TestServer server;
    server.replyJson(429, rateLimited(), {{"Retry-After", "2"}});
    opened.typeUrl(server.url("/intent?user=a%20b"));
    opened.typeToken();
    QCOMPARE(server.connections(), 0); // nothing is sent before Send
    opened.send();
    QTRY_VERIFY_WITH_TIMEOUT(!server.requests().empty() && !opened.page->isSending(), generousMs);
    QCOMPARE(TestServer::requestLine(server.requests().at(0)), QByteArray("GET /intent?user=a%20b HTTP/1.1"));
    QCOMPARE(TestServer::requestHeaders(server.requests().at(0)).value("Authorization"),
             std::optional(QByteArray("Bearer ") + secret));
    QTRY_VERIFY_WITH_TIMEOUT(opened.shows(QStringLiteral("RATE_LIMIT_EXCEEDED")), generousMs);
    opened.clickTab(QStringLiteral("Headers 4")); // of the answer
    opened.clickTab(QStringLiteral("As sent"));
    QVERIFY(!opened.shows(QString::fromLatin1(secret)));
    QTest::mouseClick(opened.button("Copy as curl"), Qt::LeftButton);
    const QString copied = QApplication::clipboard()->text();
    QVERIFY2(copied.startsWith(QStringLiteral("curl ")) && copied.contains(QStringLiteral("/intent?user=a%20b")),
             qPrintable(copied));
    QVERIFY(!copied.contains(QLatin1String(secret)));
    QTRY_COMPARE_WITH_TIMEOUT(opened.history() ? opened.history()->rowCount() : 0, 1, generousMs);
    opened.bench.reset();
    QCOMPARE(opened.leaks(), QStringList());
}

void ProbeFlowTest::answerIsOpenedAgainFromTheHistory()
{
    Opened opened;
    TestServer server;
    server.replyJson(429, rateLimited());
    opened.typeUrl(server.url("/intent"));
    opened.send();
    QTRY_VERIFY_WITH_TIMEOUT(opened.shows(QStringLiteral("RATE_LIMIT_EXCEEDED")), generousMs);
    QTRY_COMPARE_WITH_TIMEOUT(opened.history() ? opened.history()->rowCount() : 0, 1, generousMs);
    QTest::keyClick(opened.field<QLineEdit>("URL"), Qt::Key_W, Qt::ControlModifier);
    QVERIFY(!opened.shows(QStringLiteral("RATE_LIMIT_EXCEEDED")));
    auto *list = opened.page->history()->findChild<QListView *>();
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(opened.shows(QStringLiteral("RATE_LIMIT_EXCEEDED")), generousMs);
    QCOMPARE(opened.field<QLineEdit>("URL")->text().toUtf8(), server.url("/intent"));
    QCOMPARE(server.requests().size(), std::size_t(1)); // shown, not sent again
    opened.send();
    QTRY_VERIFY_WITH_TIMEOUT(server.requests().size() == 2 && !opened.page->isSending(), generousMs);
    QTRY_COMPARE_WITH_TIMEOUT(opened.history()->rowCount(), 2, generousMs);
}

void ProbeFlowTest::requestIsSavedAndSentFromTheCollection()
{
    Opened opened;
    TestServer server;
    server.replyJson(200, R"({"ok":true})");
    opened.typeUrl(server.url("/health"));
    QTest::keyClick(opened.field<QLineEdit>("URL"), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(opened.page->findChild<SaveDialog *>(), generousMs);
    auto *dialog = opened.page->findChild<SaveDialog *>();
    dialog->findChild<QLineEdit *>()->setText(QStringLiteral("Health"));
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(opened.shows(QStringLiteral("Saved in ")), generousMs);
    QTest::keyClick(opened.field<QLineEdit>("URL"), Qt::Key_W, Qt::ControlModifier);
    auto *tree = opened.page->collections()->findChild<QTreeView *>();
    const QModelIndex row = tree->model()
                                ->match(tree->model()->index(0, 0), Qt::DisplayRole, QStringLiteral("Health"), 1,
                                        Qt::MatchExactly | Qt::MatchRecursive)
                                .value(0);
    QVERIFY(row.isValid());
    tree->setCurrentIndex(row);
    Q_EMIT tree->activated(row);
    QCOMPARE(opened.field<QLineEdit>("URL")->text().toUtf8(), server.url("/health"));
    QCOMPARE(server.connections(), 0);
    opened.send();
    QTRY_VERIFY_WITH_TIMEOUT(server.requests().size() == 1 && !opened.page->isSending(), generousMs);
}

void ProbeFlowTest::retries_areSentAndShown()
{
    Opened opened;
    TestServer server;
    server.replyJson(429, rateLimited(), {{"Retry-After", "0"}});
    server.replyJson(429, rateLimited(), {{"Retry-After", "0"}});
    server.replyJson(200, R"({"decision":"allow"})");
    opened.typeUrl(server.url("/intent"));
    opened.clickTab(QStringLiteral("Retry: none"));
    auto *policy = opened.field<QComboBox>("Retry policy");
    policy->setCurrentIndex(policy->findData(QStringLiteral("intended")));
    opened.send();
    QTRY_VERIFY_WITH_TIMEOUT(server.requests().size() == 3 && !opened.page->isSending(), generousMs);
    QVERIFY(server.requests().at(0) == server.requests().at(2));
    QTRY_COMPARE_WITH_TIMEOUT(opened.history() ? opened.history()->rowCount() : 0, 3, generousMs);
    QVERIFY(opened.shows(QStringLiteral("3 sends")));
}

void ProbeFlowTest::twoAnswers_areCompared()
{
    Opened opened;
    TestServer server;
    server.replyJson(200, R"({"plan":"free","seats":3})");
    server.replyJson(200, R"({"seats":5,"plan":"free"})");
    opened.typeUrl(server.url("/plan"));
    opened.send();
    QTRY_VERIFY_WITH_TIMEOUT(server.requests().size() == 1 && !opened.page->isSending(), generousMs);
    opened.send();
    QTRY_VERIFY_WITH_TIMEOUT(server.requests().size() == 2 && !opened.page->isSending(), generousMs);
    QMenu *menu = opened.page->answer()->compareMenu();
    Q_EMIT menu->aboutToShow(); // what the button does; its pop-up would keep the test
    QVERIFY(menu->actions().at(0)->text().startsWith(QStringLiteral("The answer before")));
    menu->actions().at(0)->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(opened.shows(QStringLiteral("1 difference")), generousMs);
}

void ProbeFlowTest::esc_cancelsAndSaysSo()
{
    Opened opened;
    TestServer server;
    server.replyNever();
    server.replyJson(200, "{}");
    opened.typeUrl(server.url("/slow"));
    opened.send();
    QTRY_VERIFY_WITH_TIMEOUT(!server.requests().empty(), generousMs);
    QVERIFY(opened.page->isSending());
    QTRY_VERIFY_WITH_TIMEOUT(opened.shows(QStringLiteral("Sending … ")), generousMs); // it counts
    QTest::keyClick(opened.field<QLineEdit>("URL"), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!opened.page->isSending(), generousMs);
    QTRY_VERIFY_WITH_TIMEOUT(opened.shows(QStringLiteral("You cancelled it.")), generousMs);
    // The next one is not held up by it.
    opened.send();
    QTRY_VERIFY_WITH_TIMEOUT(server.requests().size() == 2 && !opened.page->isSending(), generousMs);
}

void ProbeFlowTest::closingTheWindow_writesTheAttemptDown()
{
    Opened opened;
    TestServer server;
    server.replyNever();
    opened.typeUrl(server.url("/slow"));
    opened.send();
    QTRY_VERIFY_WITH_TIMEOUT(!server.requests().empty(), generousMs);
    opened.window()->close();
    QTRY_VERIFY_WITH_TIMEOUT(!opened.page->isSending(), generousMs);
    QTRY_COMPARE_WITH_TIMEOUT(opened.history() ? opened.history()->rowCount() : 0, 1, generousMs);
}

void ProbeFlowTest::addingAHeader_needsNoScrolling()
{
    const Opened opened;
    opened.clickTab(QStringLiteral("Headers"));
    const QPushButton *add = opened.button("Add header");
    QCOMPARE(add->visibleRegion().boundingRect(), add->rect());
}

QTEST_MAIN(ProbeFlowTest)
#include "tst_probeflow.moc"
