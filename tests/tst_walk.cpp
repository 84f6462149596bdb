// The whole road in the real window, by keyboard: from start to an entry, to a verdict, to a sent
// request, to a schedule.
#include "models/catalog/catalogreader.h"
#include "tests/support/openedwindow.h"
#include "tests/support/patience.h"
#include "tests/support/testserver.h"
#include "views/catalog/catalogpage.h"
#include "views/decode/decodepage.h"
#include "views/lab/labpage.h"
#include "views/probe/probepage.h"
#include "views/widgets/searchfield.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace errata;
using namespace errata::test;

namespace {

/// The window as the program makes it, at home in a folder.
struct Session
{
    std::unique_ptr<Workbench> bench;

    explicit Session(const QTemporaryDir &home)
    {
        bench = openedWorkbench(home, {1024, 700});
        makeReady(*bench);
    }

    static QWidget *focus()
    {
        QWidget *widget = QApplication::focusWidget();
        if (!widget)
            qFatal("nothing has the focus");
        return widget;
    }
    static void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(focus(), key, modifiers); }
    /// To whatever has the focus at each letter, as a keyboard does.
    static void type(const QString &text)
    {
        for (const QChar letter : text)
            QTest::keyClicks(focus(), letter);
    }
    static QString clipboard() { return QGuiApplication::clipboard()->text(); }

    /// The field a screen reader calls \a name.
    QLineEdit *field(const QString &name) const
    {
        for (QLineEdit *edit : bench->window()->findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == name && edit->isVisible())
                return edit;
        }
        qFatal("no field named %s", qPrintable(name));
    }
};

} // namespace

class WalkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fromStart_toAnEntry_toItsCode()
    {
        const QTemporaryDir home;
        const Session session(home);
        Session::type(QStringLiteral("token expired"));
        QTRY_COMPARE_WITH_TIMEOUT(session.bench->search()->entry(0)->code, QStringLiteral("TOKEN_EXPIRED"), generousMs);
        Session::key(Qt::Key_Return);
        Session::key(Qt::Key_Return);
        QCOMPARE(Session::clipboard(), QStringLiteral("TOKEN_EXPIRED"));
    }

    void fromStart_pasteAlone_toAVerdict()
    {
        const QTemporaryDir home;
        const Session session(home);
        QGuiApplication::clipboard()->setText(
            QStringLiteral("HTTP/1.1 404 Not Found\r\n\r\n{\"error\":\"no sandbox "
                           "sb_1\",\"code\":\"sandbox_not_found\",\"request_id\":\"req_7\"}"));
        Session::key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(session.bench->window()->currentPage(), int(Workbench::DecodeIndex));
        DecodePage *page = session.bench->decodePage();
        QTRY_COMPARE_WITH_TIMEOUT(page->diagnosis().findings.size(), std::size_t(1), generousMs);
        QCOMPARE(page->diagnosis().findings.front().entryId, QStringLiteral("nullspace:sandbox_not_found"));
        QVERIFY(page->diagnosis().findings.front().confidence == Confidence::Certain);
    }

    void fromStart_toASentRequest_andItsAnswer()
    {
        const QTemporaryDir home;
        const Session session(home);
        TestServer server;
        server.replyJson(429, R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"slow down","request_id":"req_1"}})",
                         {{"Retry-After", "2"}});
        Session::key(Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(session.bench->window()->currentPage(), int(Workbench::ProbeIndex));
        Session::key(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(Session::focus(), session.field(QStringLiteral("URL")));
        Session::type(QString::fromUtf8(server.url("/intent")));
        QCOMPARE(server.requests().size(), std::size_t(0));
        Session::key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), std::size_t(1), 20000);
        ProbePage *page = session.bench->probePage();
        QTRY_VERIFY_WITH_TIMEOUT(!page->isSending(), 20000);
        const QList<QLabel *> labels = page->answer()->findChildren<QLabel *>();
        const auto says = [&labels](const QString &text) {
            return std::any_of(labels.begin(), labels.end(),
                               [&text](QLabel *label) { return label->text().contains(text); });
        };
        QVERIFY(says(QStringLiteral("RATE_LIMIT_EXCEEDED")));
    }

    void fromStart_toASchedule()
    {
        const QTemporaryDir home;
        const Session session(home);
        Session::key(Qt::Key_4, Qt::ControlModifier);
        QCOMPARE(session.bench->window()->currentPage(), int(Workbench::LabIndex));
        QLineEdit *script = session.field(QStringLiteral("Server script"));
        script->setFocus();
        script->selectAll();
        Session::type(QStringLiteral("503,503,503"));
        LabPage *page = session.bench->labPage();
        QTRY_COMPARE_WITH_TIMEOUT(page->schedule().attempts.size(), std::size_t(4), generousMs);
        QVERIFY(qAbs(page->schedule().total.min.count() - 7000) < 1e-6);
    }

    void anOwnNote_isThereAfterANewStart()
    {
        const QTemporaryDir home;
        const QString file = home.filePath(QStringLiteral("data/notes.sqlite"));
        {
            auto store = NoteStore::open(file);
            QVERIFY(!(*store)->setPinned(QStringLiteral("intended:TOKEN_EXPIRED"), true));
        }
        const Session session(home);
        session.bench->search()->setQuery(QStringLiteral("is:pinned"));
        QCOMPARE(session.bench->search()->rowCount(), 1);
    }

    void aNewCatalogFile_isReadWhileTheWindowIsOpen()
    {
        const QTemporaryDir home;
        const QString folder = home.filePath(QStringLiteral("data/catalogs"));
        QVERIFY(QDir().mkpath(folder));
        const Session session(home);
        QFile file(folder + QStringLiteral("/acme.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"format\":\"errata-catalog/"
                   "1\",\"id\":\"acme\",\"name\":\"Acme\",\"documents\":[{\"id\":\"d\",\"title\":\"E\","
                   "\"url\":\"https://"
                   "acme.example\",\"provenance\":\"stated\"}],\"surfaces\":[{\"id\":\"http-api\",\"title\":\"H\"}],"
                   "\"entries\":[{\"code\":\"SPRING_BROKEN\",\"surface\":\"http-api\",\"title\":\"A spring "
                   "broke\",\"document\":\"d\","
                   "\"meaning\":\"A spring broke.\",\"retry\":{\"verdict\":\"no\",\"provenance\":\"stated\"}}]}");
        file.close();
        QTRY_VERIFY_WITH_TIMEOUT(session.bench->search()->catalogs().catalog(u"acme"), 10000);
    }
};

QTEST_MAIN(WalkTest)
#include "tst_walk.moc"
