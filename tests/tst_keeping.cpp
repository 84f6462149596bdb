// The Probe page's open drafts, environments and history over two starts of the window.
#include "app/redactionrules.h"
#include "app/window/keeping.h"
#include "models/catalog/catalogreader.h"
#include "views/probe/compareview.h"
#include "views/probe/eventsview.h"
#include "views/probe/historylist.h"
#include "views/probe/probepage.h"
#include "views/theme/erratastyle.h"

#include <QApplication>
#include <QComboBox>
#include <QDirIterator>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace errata;

namespace {

const CatalogSet &catalogs()
{
    static const CatalogSet set = loadCatalogs().set;
    return set;
}

/// One start of the window, as far as the Probe page goes.
struct Start
{
    ProbePage page;
    Keeping *keeping;

    explicit Start(const QTemporaryDir &home)
    {
        page.setCatalogs(catalogs());
        keeping = new Keeping(&page, home.path(), redactionRules(catalogs()));
        page.resize(1200, 800);
        page.show();
    }

    [[nodiscard]] QAbstractItemModel *rows() const { return page.history()->findChild<QListView *>()->model(); }
    [[nodiscard]] int count() const { return rows() ? rows()->rowCount() : -1; }
    [[nodiscard]] bool shows(const QString &text) const
    {
        const auto labels = page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }
};

HistoryRecord rateLimited(const QByteArray &url)
{
    HistoryRecord record;
    record.run = QStringLiteral("run");
    record.startedMs = 1700000000000;
    record.request = {"POST", url, {{"Authorization", "Bearer made-up-token-4f9a2c7d81"}}, "{}"};
    record.result.response = HttpResponse{429,
                                          "Too Many Requests",
                                          "HTTP/1.1",
                                          {{"Content-Type", "application/json"}},
                                          R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"Slow down."}})"};
    record.diagnosis = {QStringLiteral("intended"), QStringLiteral("RATE_LIMIT_EXCEEDED"), {}, {}, {}, true};
    return record;
}

} // namespace

class TestKeeping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void openRequests_areThereAgain();
    void closedRequest_isGoneForGood();
    void environments_areThereAgain_andSecretsInNoFile();
    void attempt_isListed_andOpenedAgainWithItsAnswer();
    void eventTimes_areThereAfterANewStart();
    void attempt_isComparedWithTheAnswerShown();
    void removedRow_comesBack();
    void historyIsFound_byWords();
};

void TestKeeping::openRequests_areThereAgain()
{
    QTemporaryDir home;
    {
        Start start(home);
        QSignalSpy saved(&start.page, &ProbePage::draftsChanged);
        RequestDraft draft;
        draft.url = "https://a.example/{{id}}?a=1";
        draft.headers = {{"X-One", "1", false}};
        draft.parkedParameters = {{"off", "x", false}};
        start.page.openDraft(draft);
        start.page.newTab();
        start.page.setRequest({"PUT", "https://b.example/", {}, QByteArray("a\r\nb\0\xff c", 9)});
        QTRY_VERIFY(saved.count() > 0);
    }
    Start again(home);
    QTRY_COMPARE(again.page.openDrafts().size(), 2u);
    QCOMPARE(again.page.currentTab(), 1);
    const RequestDraft first = again.page.openDrafts().at(0).second;
    QCOMPARE(first.url, QByteArray("https://a.example/{{id}}?a=1"));
    QCOMPARE(first.headers, (std::vector<DraftField>{{"X-One", "1", false}}));
    QCOMPARE(first.parkedParameters, (std::vector<DraftField>{{"off", "x", false}}));
    QCOMPARE(again.page.openDrafts().at(1).second.body.text, QByteArray("a\r\nb\0\xff c", 9));
}

void TestKeeping::closedRequest_isGoneForGood()
{
    QTemporaryDir home;
    {
        Start start(home);
        start.page.setRequest({"GET", "https://a.example/", {}, {}});
        start.page.newTab();
        start.page.setRequest({"GET", "https://b.example/", {}, {}});
        QSignalSpy saved(&start.page, &ProbePage::draftsChanged);
        QTRY_VERIFY(saved.count() > 0);
        saved.clear();
        start.page.closeTab(0);
        QTRY_VERIFY(saved.count() > 0);
    }
    Start again(home);
    QTRY_COMPARE(again.page.openDrafts().size(), 1u);
    QCOMPARE(again.page.openDrafts().at(0).second.url, QByteArray("https://b.example/"));
}

void TestKeeping::environments_areThereAgain_andSecretsInNoFile()
{
    QTemporaryDir home;
    const QByteArray secret = "made-up-secret-value-77";
    {
        Start start(home);
        const std::vector<Environment> environments{
            {QStringLiteral("staging"),
             {{QStringLiteral("host"), QStringLiteral("https://s.example"), false}, {QStringLiteral("key"), {}, true}},
             true}};
        const SecretValues secrets{{QStringLiteral("staging"), {{QStringLiteral("key"), QString::fromUtf8(secret)}}}};
        Q_EMIT start.page.environmentsChanged(environments, secrets, QStringLiteral("staging"));
        start.page.setRequest({"GET", "https://a.example/", {{"X-Key", secret}}, {}});
        HistoryRecord record = rateLimited("https://a.example/" + secret);
        start.keeping->add(record);
        QTRY_COMPARE(start.count(), 1);
        QSignalSpy saved(&start.page, &ProbePage::draftsChanged);
        QTRY_VERIFY(saved.count() > 0);
    }
    Start again(home);
    const auto boxes = again.page.findChildren<QComboBox *>();
    QVERIFY(std::any_of(boxes.begin(), boxes.end(), [](const QComboBox *one) {
        return one->currentText() == QLatin1String("env: staging, live");
    }));
    QDirIterator files(home.path(), QDir::Files, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(secret), qPrintable(file.fileName()));
        ++looked;
    }
    QVERIFY(looked >= 2);
}

void TestKeeping::attempt_isListed_andOpenedAgainWithItsAnswer()
{
    QTemporaryDir home;
    Start start(home);
    QTRY_COMPARE(start.count(), 0);
    QVERIFY(start.shows(QStringLiteral("What you send is listed here")));
    start.keeping->add(rateLimited("https://api.intended.so/intent"));
    QTRY_COMPARE(start.count(), 1);
    auto *list = start.page.history()->findChild<QListView *>();
    Q_EMIT list->activated(start.rows()->index(0, HistoryModel::PlaceColumn));
    const RequestDraft opened = start.page.openDrafts().back().second;
    QCOMPARE(opened.url, QByteArray("https://api.intended.so/intent"));
    QVERIFY(start.shows(QStringLiteral("RATE_LIMIT_EXCEEDED")));
    QVERIFY2(!opened.auth.secret.contains("made-up-token"), opened.auth.secret.constData());
}

void TestKeeping::eventTimes_areThereAfterANewStart()
{
    QTemporaryDir home;
    HistoryRecord streamed = rateLimited("https://api.intended.so/events");
    streamed.result.response = HttpResponse{
        200, "OK", "HTTP/1.1", {{"Content-Type", "text/event-stream"}}, "data: a\n\ndata: b\n\ndata: c\n\n"};
    streamed.eventTimesMs = {12.5, 1800};
    {
        Start start(home);
        start.keeping->add(streamed);
        QTRY_COMPARE(start.count(), 1);
    }
    Start start(home);
    QTRY_COMPARE(start.count(), 1);
    Q_EMIT start.page.history()->openRequested(start.rows()->index(0, 0).data(HistoryModel::IdRole).toLongLong());
    const auto &rows = start.page.answer()->events()->rows();
    QCOMPARE(rows.size(), std::size_t(3));
    QCOMPARE(rows[0].event.data, QByteArray("a"));
    QCOMPARE(rows[0].sinceStartMs, std::optional(12.5));
    QCOMPARE(rows[1].sinceStartMs, std::optional(1800.0));
    QVERIFY(!rows[2].sinceStartMs);
}

void TestKeeping::attempt_isComparedWithTheAnswerShown()
{
    QTemporaryDir home;
    Start start(home);
    start.keeping->add(rateLimited("https://api.intended.so/intent"));
    QTRY_COMPARE(start.count(), 1);
    const HistoryRecord shown = rateLimited("https://api.intended.so/other");
    SendResult result = shown.result;
    result.response->status = 503;
    start.page.openKept(draftOf(shown.request), {shown.request, result, {}, {}});
    const qint64 id = start.rows()->index(0, 0).data(HistoryModel::IdRole).toLongLong();
    Q_EMIT start.page.history()->compareRequested(id);
    const CompareView *view = start.page.answer()->comparison();
    QTRY_VERIFY(!view->isWorking());
    QCOMPARE(view->model().comparison().differences, 1);
    QCOMPARE(view->model().headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("429 POST https://api.intended.so/intent"));
}

void TestKeeping::removedRow_comesBack()
{
    QTemporaryDir home;
    Start start(home);
    start.keeping->add(rateLimited("https://api.intended.so/one"));
    start.keeping->add(rateLimited("https://api.intended.so/two"));
    QTRY_COMPARE(start.count(), 2);
    auto *list = start.page.history()->findChild<QListView *>();
    list->setCurrentIndex(start.rows()->index(0, HistoryModel::PlaceColumn));
    QTest::keyClick(list, Qt::Key_Delete);
    QTRY_COMPARE(start.count(), 1);
    QVERIFY(start.shows(QStringLiteral("Ctrl+Z brings it back")));
    QTest::keyClick(list, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(start.count(), 2);
}

void TestKeeping::historyIsFound_byWords()
{
    QTemporaryDir home;
    Start start(home);
    start.keeping->add(rateLimited("https://api.intended.so/one"));
    start.keeping->add(rateLimited("https://api.intended.so/another"));
    QTRY_COMPARE(start.count(), 2);
    auto *words = start.page.history()->findChild<QLineEdit *>();
    QTest::keyClicks(words, QStringLiteral("another"));
    QTRY_COMPARE(start.count(), 1);
    QTest::keyClicks(words, QStringLiteral("zzz"));
    QTRY_COMPARE(start.count(), 0);
    QVERIFY(start.shows(QStringLiteral("Nothing that was sent fits")));
    words->clear();
    QTRY_COMPARE(start.count(), 2);
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // No key store of the person who runs this.
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qputenv("XDG_RUNTIME_DIR", "/nonexistent");
    QApplication app(argc, argv);
    QApplication::setStyle(new ErrataStyle(ThemeChoice::Light));
    TestKeeping test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_keeping.moc"
