// Requests kept in files: a folder read, changed one request at a time, and the Probe page over it.
#include "app/window/collections.h"
#include "models/http/httpfile.h"
#include "models/store/requestfolder.h"
#include "tests/support/probebench.h"
#include "views/probe/collectionlist.h"
#include "views/probe/savedialog.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QTreeView>

using namespace errata;
using namespace errata::test;

namespace {

void put(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

QByteArray team()
{
    return "@host = https://api.example.com\n"
           "\n"
           "### Who am I\n"
           "GET {{host}}/me\n"
           "Accept:  application/json\n"
           "\n"
           "### Orders\n"
           "GET {{host}}/orders\n";
}

/// A folder as a team has it, and the page with it open.
struct Opened
{
    QTemporaryDir home;
    QTemporaryDir config;
    Bench bench;
    Collections *collections;

    Opened()
    {
        put(path("requests.http"), team());
        put(path("auth/tokens.http"), "POST https://api.example.com/token\n\n{}\n");
        put(path("http-client.env.json"), R"({"staging": {"user": "ada"}})");
        collections = new Collections(&bench.page, Settings(config.path()), redactionRules(catalogs()),
                                      home.filePath(QStringLiteral("own")));
        collections->open(home.path());
        bench.page.activateWindow();
        if (!QTest::qWaitForWindowActive(&bench.page))
            qFatal("the window does not become active");
    }
    [[nodiscard]] QString path(const char *name) const { return home.filePath(QLatin1String(name)); }
    [[nodiscard]] QTreeView *tree() const { return bench.page.collections()->findChild<QTreeView *>(); }
    [[nodiscard]] QModelIndex row(const QString &name) const
    {
        const QModelIndexList found = tree()->model()->match(tree()->model()->index(0, 0), Qt::DisplayRole, name, 1,
                                                             Qt::MatchExactly | Qt::MatchRecursive);
        return found.value(0);
    }
    void choose(const QString &name) const
    {
        QVERIFY2(row(name).isValid(), qPrintable(name));
        tree()->setCurrentIndex(row(name));
        Q_EMIT tree()->activated(row(name));
    }
    [[nodiscard]] QString tab() const
    {
        const auto *bar = bench.field<QTabBar>("Open requests");
        return bar->tabText(bar->currentIndex());
    }
};

} // namespace

class SavedRequestsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void folder_isReadWithItsFaults();
    void hugeFolder_isRefused();
    void change_isTakenBack_unlessSomebodyChangedTheFile();
    void changedOutside_isNotOverwritten();
    void opened_isListed_andRequestsOpen();
    void ctrlS_writesTheOneRequest();
    void ctrlS_asksWhereForANewOne();
    void secrets_areNotWritten();
    void deleted_comesBack();
    void outsideChange_isSeen();
    void lastTimesCollections_areOpenAgain_andTabsBelongToThem();
    void otherTools_areImported();
    void import_isGivenUp_whenItIsClosed();
    void environments_areTakenOver();
    void closedTab_staysSaved();
    void twoTabsOfOneFile_areBothSaved();
    void lostFolder_isSaid();
};

void SavedRequestsTest::folder_isReadWithItsFaults()
{
    QTemporaryDir home;
    put(home.filePath(QStringLiteral("b/good.http")), "GET https://b.example/\n");
    put(home.filePath(QStringLiteral("requests.http")), team());
    put(home.filePath(QStringLiteral("bad.http")), "# nothing to send\n");
    put(home.filePath(QStringLiteral("script.http")), "GET https://c.example/\n\n> {% x() %}\n");
    const auto read = readRequestFolder(home.path());
    QVERIFY(read);
    QStringList urls;
    for (const SavedRequest &request : read->requests)
        urls << request.group.join(QLatin1Char('/')) + QLatin1Char(' ') + QString::fromUtf8(request.draft.url);
    QVERIFY2(urls.contains(QStringLiteral("b/good https://b.example/")), qPrintable(urls.join(QLatin1Char('\n'))));
    QVERIFY(urls.contains(QStringLiteral(" {{host}}/me")));
    const QString problems = read->problems.join(QLatin1Char('\n'));
    QVERIFY2(problems.contains(QLatin1String("bad.http: ")), qPrintable(problems));
    QVERIFY2(problems.contains(QLatin1String("script.http: not shown here, and kept")), qPrintable(problems));
    QVERIFY(!readRequestFolder(home.filePath(QStringLiteral("none"))));
}

void SavedRequestsTest::hugeFolder_isRefused()
{
    QTemporaryDir home;
    for (int i = 0; i < 2001; ++i)
        put(home.filePath(QStringLiteral("%1.http").arg(i)), {});
    const auto read = readRequestFolder(home.path());
    QVERIFY(!read);
    QVERIFY2(read.error().text().contains(QLatin1String("more than a collection")), qPrintable(read.error().text()));
}

void SavedRequestsTest::change_isTakenBack_unlessSomebodyChangedTheFile()
{
    QTemporaryDir home;
    RequestDraft draft;
    draft.url = "https://a.example/";
    draft.folder = QStringList{QStringLiteral("auth"), QStringLiteral("tokens")};
    const auto made = addRequest(home.path(), draft);
    QVERIFY(made);
    QCOMPARE(made->file, home.filePath(QStringLiteral("auth/tokens.http")));
    QVERIFY(!made->wasThere);
    const auto more = addRequest(home.path(), draft);
    QVERIFY(more && more->wasThere);
    QVERIFY(takeBack(made.value()).has_value());
    QVERIFY(!takeBack(more.value()).has_value());
    QCOMPARE(content(made->file), made->after);
    QVERIFY(!takeBack(made.value()).has_value());
    QVERIFY(!QFile::exists(made->file));
}

void SavedRequestsTest::changedOutside_isNotOverwritten()
{
    QTemporaryDir home;
    const QString path = home.filePath(QStringLiteral("requests.http"));
    put(path, team());
    SavedRequest second = readRequestFolder(home.path())->requests[1];
    // One more before it: found again by what it is.
    put(path, QByteArray(team()).replace("### Who", "### New\nGET https://n.example/\n\n### Who"));
    RequestDraft draft = second.draft;
    draft.method = "DELETE";
    QVERIFY(saveRequest(second, draft));
    QVERIFY(content(path).contains("DELETE {{host}}/orders"));
    // Itself changed: refused.
    const QByteArray before = content(path);
    const auto refused = saveRequest(second, second.draft);
    QVERIFY(!refused);
    QVERIFY(refused.error().text().contains(QLatin1String("has changed since")));
    QVERIFY(!removeRequest(second));
    QCOMPARE(content(path), before);
}

void SavedRequestsTest::opened_isListed_andRequestsOpen()
{
    Opened opened;
    QVERIFY(opened.row(QStringLiteral("Orders")).isValid());
    QVERIFY(opened.row(QStringLiteral("tokens")).isValid());
    opened.choose(QStringLiteral("Who am I"));
    QCOMPARE(opened.bench.field<QLineEdit>("URL")->text(), QStringLiteral("{{host}}/me"));
    QCOMPARE(opened.tab(), QStringLiteral("Who am I"));
    // The file's own variables fill it in.
    opened.bench.page.send();
    QCOMPARE(opened.bench.requests.size(), std::size_t(1));
    QCOMPARE(opened.bench.requests.front().url, QByteArray("https://api.example.com/me"));
    opened.bench.answer({});
    // A second time the same tab is shown.
    opened.choose(QStringLiteral("Orders"));
    opened.choose(QStringLiteral("Who am I"));
    QCOMPARE(opened.bench.field<QTabBar>("Open requests")->count(), 2);
    QCOMPARE(opened.tab(), QStringLiteral("Who am I"));
}

void SavedRequestsTest::ctrlS_writesTheOneRequest()
{
    Opened opened;
    opened.choose(QStringLiteral("Orders"));
    auto *url = opened.bench.field<QLineEdit>("URL");
    url->setText(QStringLiteral("{{host}}/orders?page=2"));
    QCOMPARE(opened.tab(), QStringLiteral("Orders •"));
    url->setFocus();
    QTest::keyClick(url, Qt::Key_S, Qt::ControlModifier);
    const QByteArray now = content(opened.path("requests.http"));
    QVERIFY2(now.startsWith(team().left(team().indexOf("### Orders"))), now.constData());
    QVERIFY(now.contains("GET {{host}}/orders?page=2"));
    QCOMPARE(opened.tab(), QStringLiteral("Orders"));
    QVERIFY(opened.bench.shows(QStringLiteral("Saved in requests.http")));
    QTest::keyClick(url, Qt::Key_S, Qt::ControlModifier);
    QVERIFY(opened.bench.shows(QStringLiteral("saved as it stands")));
    QCOMPARE(content(opened.path("requests.http")), now);
}

void SavedRequestsTest::ctrlS_asksWhereForANewOne()
{
    Opened opened;
    auto *url = opened.bench.field<QLineEdit>("URL");
    url->setText(QStringLiteral("https://api.example.com/new"));
    QTest::keyClick(url, Qt::Key_S, Qt::ControlModifier);
    auto *dialog = opened.bench.page.findChild<SaveDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->place(), QDir::cleanPath(opened.home.path()));
    dialog->findChild<QLineEdit *>()->setText(QStringLiteral("Brand new"));
    for (QComboBox *box : dialog->findChildren<QComboBox *>()) {
        if (box->isEditable())
            box->setEditText(QStringLiteral("auth / tokens"));
    }
    dialog->accept();
    const QByteArray now = content(opened.path("auth/tokens.http"));
    QVERIFY2(now.startsWith("POST https://api.example.com/token\n\n{}\n"), now.constData());
    QVERIFY(now.contains("### Brand new"));
    QCOMPARE(opened.tab(), QStringLiteral("Brand new"));
    QVERIFY(opened.row(QStringLiteral("Brand new")).isValid());
    // From now on it is written there.
    url->setText(QStringLiteral("https://api.example.com/newer"));
    QTest::keyClick(url, Qt::Key_S, Qt::ControlModifier);
    QVERIFY(content(opened.path("auth/tokens.http")).contains("https://api.example.com/newer"));
    QCOMPARE(content(opened.path("auth/tokens.http")).count("###"), 1);
}

void SavedRequestsTest::secrets_areNotWritten()
{
    Opened opened;
    opened.choose(QStringLiteral("Orders"));
    RequestDraft draft = opened.bench.page.current().draft;
    opened.bench.page.editor()->setDraft([&draft] {
        draft.auth = {AuthDraft::Kind::Bearer, {}, "hunter2-hunter2", {}, false};
        draft.headers.push_back({"X-Api-Key", "{{key}}"});
        return draft;
    }());
    Q_EMIT opened.bench.page.editor()->edited();
    Q_EMIT opened.bench.page.saveToCollectionRequested(false);
    const QByteArray now = content(opened.path("requests.http"));
    QVERIFY2(!now.contains("hunter2"), now.constData());
    QVERIFY(now.contains("{{key}}"));
    QVERIFY(opened.bench.shows(QStringLiteral("1 secret was not written")));
    // What is typed stays typed.
    QCOMPARE(opened.bench.page.current().draft.auth.secret, QByteArray("hunter2-hunter2"));
    QCOMPARE(opened.tab(), QStringLiteral("Orders"));
}

void SavedRequestsTest::deleted_comesBack()
{
    Opened opened;
    opened.tree()->setCurrentIndex(opened.row(QStringLiteral("Who am I")));
    QTest::keyClick(opened.tree(), Qt::Key_Delete);
    QVERIFY(!opened.row(QStringLiteral("Who am I")).isValid());
    QVERIFY(!content(opened.path("requests.http")).contains("/me"));
    QVERIFY(content(opened.path("requests.http")).contains("@host"));
    QVERIFY(opened.bench.shows(QStringLiteral("Ctrl+Z brings it back")));
    QTest::keyClick(opened.tree(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(content(opened.path("requests.http")), team());
    QVERIFY(opened.row(QStringLiteral("Who am I")).isValid());
}

void SavedRequestsTest::outsideChange_isSeen()
{
    Opened opened;
    put(opened.path("auth/more.http"), "### From git\nGET https://g.example/\n");
    QTRY_VERIFY(opened.row(QStringLiteral("From git")).isValid());
    put(opened.path("auth/more.http"), "### Pulled\nGET https://g.example/\n");
    QTRY_VERIFY(opened.row(QStringLiteral("Pulled")).isValid());
}

void SavedRequestsTest::lastTimesCollections_areOpenAgain_andTabsBelongToThem()
{
    Opened opened;
    opened.choose(QStringLiteral("Orders"));
    const auto drafts = opened.bench.page.openDrafts();
    Bench second;
    const Collections again(&second.page, Settings(opened.config.path()), redactionRules(catalogs()), {});
    // Tabs wait for the key store.
    second.page.setOpenDrafts(drafts, drafts.front().first);
    QCOMPARE(again.model().rowCount(), 1);
    QVERIFY(second.page.current().saved);
    QCOMPARE(second.page.current().saved->file, opened.path("requests.http"));
    Q_EMIT second.page.collections()->closeRequested(0);
    QCOMPARE(again.model().rowCount(), 0);
    QVERIFY(Settings(opened.config.path()).collections().isEmpty());
}

void SavedRequestsTest::otherTools_areImported()
{
    Opened opened;
    put(opened.path("shop.postman.json"),
        R"({"info":{"name":"Shop","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},)"
        R"("item":[{"name":"Cart","request":{"method":"GET","url":"https://shop.example/cart"}}]})");
    opened.collections->open(opened.path("shop.postman.json"));
    QCOMPARE(opened.collections->model().rowCount(), 2); // it stands there while it is read
    QTRY_VERIFY(opened.row(QStringLiteral("Cart")).isValid());
    opened.choose(QStringLiteral("Cart"));
    QCOMPARE(opened.bench.field<QLineEdit>("URL")->text(), QStringLiteral("https://shop.example/cart"));
    // It is none of a folder: nothing is written into another program's file.
    QVERIFY(!opened.bench.page.current().saved);
    put(opened.path("odd.bin"), "\x01\x02");
    opened.collections->open(opened.path("odd.bin"));
    QTRY_VERIFY(opened.bench.shows(QStringLiteral("no requests recognised")));
    QCOMPARE(opened.collections->model().rowCount(), 2);
}

void SavedRequestsTest::import_isGivenUp_whenItIsClosed()
{
    Opened opened;
    put(opened.path("shop.postman.json"),
        R"({"info":{"name":"Shop","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},)"
        R"("item":[{"name":"Cart","request":{"method":"GET","url":"https://shop.example/cart"}}]})");
    opened.collections->open(opened.path("shop.postman.json"));
    QVERIFY(opened.collections->isReading());
    QVERIFY(!opened.row(QStringLiteral("Cart")).isValid());
    Q_EMIT opened.bench.page.collections()->closeRequested(1);
    QVERIFY(!opened.collections->isReading());
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(opened.collections->model().rowCount(), 1);
    QVERIFY(!opened.row(QStringLiteral("Cart")).isValid());
}

void SavedRequestsTest::environments_areTakenOver()
{
    Opened opened;
    QSignalSpy spy(&opened.bench.page, &ProbePage::environmentsChanged);
    Q_EMIT opened.bench.page.collections()->environmentsRequested(0);
    QCOMPARE(spy.size(), 1);
    QVERIFY(opened.bench.field<QComboBox>("Environment")->findData(QStringLiteral("staging")) > 0);
    Q_EMIT opened.bench.page.collections()->environmentsRequested(0);
    QVERIFY(opened.bench.field<QComboBox>("Environment")->findData(QStringLiteral("staging (2)")) > 0);
}

void SavedRequestsTest::closedTab_staysSaved()
{
    Opened opened;
    opened.choose(QStringLiteral("Orders"));
    opened.bench.field<QLineEdit>("URL")->setText(QStringLiteral("{{host}}/orders?page=3"));
    opened.bench.page.closeTab(opened.bench.page.currentTab());
    QVERIFY(!opened.bench.page.current().saved);
    opened.bench.page.reopenTab();
    QCOMPARE(opened.tab(), QStringLiteral("Orders •"));
    Q_EMIT opened.bench.page.saveToCollectionRequested(false);
    QVERIFY(content(opened.path("requests.http")).contains("page=3"));
}

void SavedRequestsTest::twoTabsOfOneFile_areBothSaved()
{
    Opened opened;
    auto *url = opened.bench.field<QLineEdit>("URL");
    opened.choose(QStringLiteral("Who am I"));
    url->setText(QStringLiteral("{{host}}/you"));
    opened.choose(QStringLiteral("Orders"));
    // The one before it goes: this one stands elsewhere by now.
    opened.tree()->setCurrentIndex(opened.row(QStringLiteral("Who am I")));
    QTest::keyClick(opened.tree(), Qt::Key_Delete);
    opened.choose(QStringLiteral("Orders"));
    QCOMPARE(opened.bench.field<QTabBar>("Open requests")->count(), 2);
    url->setText(QStringLiteral("{{host}}/orders?page=4"));
    Q_EMIT opened.bench.page.saveToCollectionRequested(false);
    QVERIFY(content(opened.path("requests.http")).contains("page=4"));
    // What was deleted is not written over another.
    opened.bench.field<QTabBar>("Open requests")->setCurrentIndex(0);
    Q_EMIT opened.bench.page.saveToCollectionRequested(false);
    QVERIFY(opened.bench.shows(QStringLiteral("has changed since it was read")));
    QVERIFY(!content(opened.path("requests.http")).contains("/you"));
}

void SavedRequestsTest::lostFolder_isSaid()
{
    QTemporaryDir config;
    Settings settings(config.path());
    settings.setCollections({QStringLiteral("/nowhere/at-all")});
    Bench bench;
    const Collections collections(&bench.page, settings, {}, {});
    bench.page.showCollections();
    QVERIFY(bench.shows(QStringLiteral("at-all")));
    QCOMPARE(settings.collections().size(), 1);
}

QTEST_MAIN(SavedRequestsTest)
#include "tst_savedrequests.moc"
