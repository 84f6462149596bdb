// Secrets go to the Secret Service where there is one, to memory where there is none, and never to a file. The cases
// run in programs of their own: with GNOME's keyring on a bus of its own, without a bus, without GLib's loop.
#include "models/store/draftstore.h"
#include "models/store/historystore.h"
#include "models/store/keystore.h"
#include "tests/support/historyrecords.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace errata;

namespace {

/// With what each coding changes.
const char *const planted = "made-up pl\xc3\xa4nted/secret+word=7";

using Secret = std::optional<QByteArray>;

/// Asks and waits for the answer.
struct Client
{
    KeyStore store{QStringLiteral("errata-test")};

    Secret read(const QString &name)
    {
        Secret answer;
        bool answered = false;
        store.read(name, &store, [&](const Secret &secret) {
            answer = secret;
            answered = true;
        });
        wait(answered);
        return answer;
    }
    void write(const QString &name, const QByteArray &secret)
    {
        bool answered = false;
        store.write(name, secret, &store, [&] { answered = true; });
        wait(answered);
    }
    void remove(const QString &name)
    {
        bool answered = false;
        store.remove(name, &store, [&] { answered = true; });
        wait(answered);
    }

private:
    static void wait(const bool &answered)
    {
        if (answered)
            qFatal("an answer came before the event loop");
        if (!QTest::qWaitFor([&answered] { return answered; }, 60000))
            qFatal("no answer came");
    }
};

QStringList formsOf(const QByteArray &secret)
{
    QStringList forms{QString::fromLatin1(secret),
                      QString::fromLatin1(secret.toPercentEncoding()),
                      QString::fromLatin1(secret.toPercentEncoding().toLower()),
                      QString::fromLatin1(secret.toPercentEncoding().replace("%20", "+")),
                      QString::fromLatin1(secret.toBase64()),
                      QString::fromLatin1(secret.toBase64(QByteArray::Base64UrlEncoding))};
    // As it stands within a longer text that was encoded: at each of the three places of a group.
    for (const QByteArray &before : {QByteArray("a"), QByteArray("ab")})
        forms << QString::fromLatin1((before + secret).toBase64().mid(4, 24));
    return forms;
}

/// The files under \a folder that hold the secret in any form.
QStringList filesWith(const QString &folder, const QByteArray &secret)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        const QByteArray bytes = file.readAll();
        for (const QString &form : formsOf(secret)) {
            if (bytes.contains(form.toLatin1()))
                found << file.fileName() + QStringLiteral(": ") + form;
        }
    }
    return found;
}

RequestDraft draftWith(const QByteArray &secret)
{
    RequestDraft draft;
    draft.url = "https://a.example/x?api_key=" + secret.toPercentEncoding() + "&note=" + secret.toPercentEncoding();
    draft.about = QString::fromUtf8("sent with " + secret);
    draft.parkedParameters = {{"token", secret, false}, {"anything", secret, true}};
    draft.headers = {{"Authorization", "Bearer " + secret, true}, {"X-Anything", secret, true}};
    draft.auth = {AuthDraft::Kind::Basic, "", secret, "user", false};
    draft.body.kind = BodyDraft::Kind::Text;
    draft.body.text = "{\"password\":\"" + secret + "\",\"text\":\"so " + secret + "!\"}";
    draft.body.fields = {{"password", secret, true, false, ""}, {"x", secret, true, false, ""}};
    return draft;
}

HistoryRecord recordWith(const QByteArray &secret)
{
    HistoryRecord record = test::failedRecord();
    record.request.url += "&api_key=" + secret.toPercentEncoding() + "&x=" + secret.toPercentEncoding();
    record.request.headers.add("Authorization", "Basic " + ("user:" + secret).toBase64());
    record.request.headers.add("X-Anything", secret);
    record.request.body = "{\"deep\":{\"text\":\"" + secret + "\"}}";
    record.result.sentHeaders = record.request.headers;
    record.result.response->body = "password=" + secret.toPercentEncoding() + "&echo=" + secret.toBase64();
    record.diagnosis.message = QString::fromUtf8("no such key: " + secret);
    return record;
}

} // namespace

/// With the Secret Service; two programs, one after the other.
class InService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void place_isFoundOut()
    {
        KeyStore store(QStringLiteral("errata-test"));
        const QSignalSpy changed(&store, &KeyStore::placeChanged);
        QVERIFY(store.place() == KeyStore::Place::Unknown);
        store.probe();
        QTRY_VERIFY2(store.place() == KeyStore::Place::Service, qPrintable(store.reason()));
        QCOMPARE(changed.count(), 1);
        QVERIFY(store.reason().isEmpty());
    }

    void secrets_areWritten_read_replaced_removed()
    {
        Client client;
        QVERIFY(!client.read(QStringLiteral("none")));
        client.write(QStringLiteral("a"), "first");
        client.write(QStringLiteral("b"), QByteArray("\0\xff\n", 3));
        QCOMPARE(client.read(QStringLiteral("a")), Secret("first"));
        QCOMPARE(client.read(QStringLiteral("b")), Secret(QByteArray("\0\xff\n", 3)));
        client.write(QStringLiteral("a"), "second");
        QCOMPARE(client.read(QStringLiteral("a")), Secret("second"));
        client.remove(QStringLiteral("a"));
        QVERIFY(!client.read(QStringLiteral("a")));
        client.remove(QStringLiteral("a"));
        QVERIFY2(client.store.place() == KeyStore::Place::Service, qPrintable(client.store.reason()));
    }

    void draft_isSavedWithoutSecrets_andWholeAgain()
    {
        const QDir home(qEnvironmentVariable("ERRATA_HOME"));
        const RequestDraft draft = draftWith(planted);
        Client client;
        const auto store = DraftStore::open(home.filePath(QStringLiteral("data/drafts.sqlite")), {}, {planted});
        const auto sealed = (*store)->save(QStringLiteral("1"), draft);
        QVERIFY(sealed.ok());
        client.write(draftSecretName(QStringLiteral("1")), *sealed);
        const auto kept = client.read(draftSecretName(QStringLiteral("1")));
        QVERIFY(kept.has_value());
        QVERIFY(unsealed((*store)->drafts().front().draft, *kept) == draft);
        client.write(environmentSecretName(QStringLiteral("my/env"), QStringLiteral("token")), planted);
        QCOMPARE(client.store.place(), KeyStore::Place::Service);
    }
};

class InServiceLater : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secrets_outliveTheProgram()
    {
        Client client;
        QCOMPARE(client.read(QStringLiteral("b")), Secret(QByteArray("\0\xff\n", 3)));
        QCOMPARE(client.read(environmentSecretName(QStringLiteral("my/env"), QStringLiteral("token"))),
                 Secret(planted));
    }
};

class InMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void place_andReason_areSaid()
    {
        KeyStore store(QStringLiteral("errata-test"));
        const QSignalSpy changed(&store, &KeyStore::placeChanged);
        store.probe();
        QTRY_COMPARE(changed.count(), 1);
        QVERIFY(store.place() == KeyStore::Place::Memory);
        QVERIFY(!store.reason().isEmpty());
    }

    void secrets_areKept_asLongAsTheStore()
    {
        {
            Client client;
            QVERIFY(!client.read(QStringLiteral("a")));
            client.write(QStringLiteral("a"), planted);
            QCOMPARE(client.read(QStringLiteral("a")), Secret(planted));
            client.write(QStringLiteral("a"), "second");
            QCOMPARE(client.read(QStringLiteral("a")), Secret("second"));
            client.remove(QStringLiteral("a"));
            QVERIFY(!client.read(QStringLiteral("a")));
            client.write(QStringLiteral("a"), planted);
        }
        Client other;
        QVERIFY(!other.read(QStringLiteral("a")));
    }

    void firstWrite_isKept_thoughTheServiceFails()
    {
        Client client;
        client.write(QStringLiteral("a"), planted);
        QCOMPARE(client.read(QStringLiteral("a")), Secret(planted));
        QVERIFY(client.store.place() == KeyStore::Place::Memory);
    }

    void answer_doesNotCome_whenNobodyWaits()
    {
        Client client;
        bool answered = false;
        {
            QObject context;
            client.store.read(QStringLiteral("a"), &context, [&](const Secret &) { answered = true; });
        }
        QVERIFY(!client.read(QStringLiteral("b")));
        QVERIFY(!answered);
    }
};

class TestKeyStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_holdAnything();
    void withTheSecretService();
    void withoutABus();
    void withoutGlib();
    void plantedSecret_isInNoFile();
    void search_findsEachForm();

private:
    /// A program at home in \a folder.
    static void settle(QProcess &program, const QTemporaryDir &folder);
    static void finish(QProcess &program);
};

void TestKeyStore::settle(QProcess &program, const QTemporaryDir &folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        environment.insert(QLatin1String(name), folder.filePath(QStringLiteral("user")));
    environment.insert(QStringLiteral("ERRATA_HOME"), folder.filePath(QStringLiteral("errata")));
    environment.insert(QStringLiteral("XDG_CURRENT_DESKTOP"), QStringLiteral("GNOME"));
    environment.remove(QStringLiteral("GNOME_KEYRING_CONTROL"));
    environment.remove(QStringLiteral("DISPLAY"));
    QVERIFY(QDir().mkpath(folder.filePath(QStringLiteral("user"))));
    QVERIFY(QFile::setPermissions(folder.filePath(QStringLiteral("user")),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::MergedChannels);
}

void TestKeyStore::finish(QProcess &program)
{
    QVERIFY2(program.waitForStarted(), qPrintable(program.errorString()));
    const bool ended = program.waitForFinished(120000);
    const QByteArray said = program.readAll();
    QVERIFY2(ended && program.exitStatus() == QProcess::NormalExit && program.exitCode() == 0, said.constData());
    QVERIFY2(said.contains(" 0 failed, 0 skipped"), said.constData());
}

void TestKeyStore::names_holdAnything()
{
    QCOMPARE(environmentSecretName(QStringLiteral("a/b"), QStringLiteral("ä c")),
             QStringLiteral("environment/a%2Fb/%C3%A4%20c"));
    QCOMPARE(draftSecretName(QStringLiteral("{1}")), QStringLiteral("draft/%7B1%7D"));
}

void TestKeyStore::withTheSecretService()
{
    for (const QString &needed : {QStringLiteral("dbus-run-session"), QStringLiteral("gnome-keyring-daemon")}) {
        QVERIFY2(!QStandardPaths::findExecutable(needed).isEmpty(),
                 qPrintable(needed + QStringLiteral(" is not installed (packages dbus and gnome-keyring)")));
    }
    const QTemporaryDir folder;
    QProcess program;
    settle(program, folder);
    // The keyring is made and unlocked with the password it reads; the daemon ends with its bus.
    program.start(QStringLiteral("dbus-run-session"),
                  {QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-ec"),
                   QStringLiteral("printf made-up | gnome-keyring-daemon --unlock --components=secrets\n"
                                  "\"$0\" --in-service\n"
                                  "\"$0\" --in-service-later\n"),
                   QCoreApplication::applicationFilePath()});
    finish(program);
    // The keyring is a file of this test's folder as well, and encrypted.
    QVERIFY(!QDir(folder.filePath(QStringLiteral("user/keyrings"))).isEmpty());
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("errata/data/drafts.sqlite"))));
    QCOMPARE(filesWith(folder.path(), planted), QStringList());
}

void TestKeyStore::withoutABus()
{
    const QTemporaryDir folder;
    QProcess program;
    settle(program, folder);
    QProcessEnvironment environment = program.processEnvironment();
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nonexistent/bus"));
    program.setProcessEnvironment(environment);
    program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--in-memory")});
    finish(program);
    QCOMPARE(filesWith(folder.path(), planted), QStringList());
}

void TestKeyStore::withoutGlib()
{
    const QTemporaryDir folder;
    QProcess program;
    settle(program, folder);
    QProcessEnvironment environment = program.processEnvironment();
    environment.insert(QStringLiteral("QT_NO_GLIB"), QStringLiteral("1"));
    program.setProcessEnvironment(environment);
    program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--in-memory")});
    finish(program);
}

void TestKeyStore::plantedSecret_isInNoFile()
{
    const QTemporaryDir home;
    const QByteArray secret = planted;
    {
        const auto history =
            HistoryStore::open(home.filePath(QStringLiteral("data/history.sqlite")), historyRedaction({}, {secret}));
        QVERIFY((*history)->add(recordWith(secret)).ok());
        QVERIFY((*history)->add(recordWith(secret)).ok());
        const auto drafts = DraftStore::open(home.filePath(QStringLiteral("data/drafts.sqlite")), {}, {secret});
        QVERIFY((*drafts)->save(QStringLiteral("1"), draftWith(secret)).ok());
        const Environment environment{
            QStringLiteral("live"), {{QStringLiteral("token"), QString::fromUtf8(secret), true}}, true};
        QVERIFY(!(*drafts)->setEnvironments({environment}));
        // While they are open, with their logs.
        QCOMPARE(filesWith(home.path(), secret), QStringList());
        QVERIFY(!(*history)->remove({1}));
    }
    QCOMPARE(filesWith(home.path(), secret), QStringList());
    QVERIFY(QFile::exists(home.filePath(QStringLiteral("data/history.sqlite"))));
}

void TestKeyStore::search_findsEachForm()
{
    const QByteArray secret = planted;
    for (const QByteArray &text : {secret, secret.toPercentEncoding(), secret.toBase64(), ("u:" + secret).toBase64(),
                                   ("abc" + secret).toBase64(), ("p" + secret + "q").toBase64()}) {
        const QTemporaryDir home;
        QFile file(home.filePath(QStringLiteral("f")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("before" + text + "after");
        file.close();
        QVERIFY2(!filesWith(home.path(), secret).isEmpty(), text.constData());
    }
}

namespace {

/// Without the argument that chose it.
template <typename Case>
int runCase(const char *program)
{
    Case test;
    return QTest::qExec(&test, QStringList(QString::fromLocal8Bit(program)));
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QByteArray which = argc == 2 ? argv[1] : "";
    if (which == "--in-service")
        return runCase<InService>(argv[0]);
    if (which == "--in-service-later")
        return runCase<InServiceLater>(argv[0]);
    if (which == "--in-memory")
        return runCase<InMemory>(argv[0]);
    TestKeyStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keystore.moc"
