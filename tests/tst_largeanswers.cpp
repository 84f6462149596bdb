// Bodies of any size: where they lie, that they come out as they came in, and that memory stays flat.
#include "app/window/workbench.h"
#include "models/catalog/catalogreader.h"
#include "models/http/bodyspool.h"
#include "tests/support/patience.h"
#include "tests/support/runcommand.h"
#include "tests/support/sending.h"
#include "tests/support/testserver.h"
#include "views/bodyview/bodyview.h"
#include "views/probe/historylist.h"
#include "views/probe/probepage.h"
#include "views/theme/erratastyle.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <malloc.h>
#include <sys/stat.h>

#include <thread>

using namespace errata;
using namespace errata::test;

namespace {

/// Bytes without a pattern, the same each time.
QByteArray bytesOf(qsizetype size)
{
    QByteArray bytes(size, '\0');
    quint32 state = 12345;
    for (char &byte : bytes) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<char>(state >> 24U);
    }
    return bytes;
}

QByteArray digestOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray digestOfFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? digestOf(file.readAll()) : QByteArray("unread");
}

void addSizes()
{
    QTest::addColumn<qsizetype>("size");
    QTest::newRow("nothing") << qsizetype(0);
    QTest::newRow("a byte") << qsizetype(1);
    QTest::newRow("1 MB") << qsizetype(1000000);
    QTest::newRow("20 MB") << qsizetype(20000000);
}

/// Bytes the program holds, mapped blocks of the allocator among them.
qint64 heldBytes()
{
    malloc_trim(0);
    const struct mallinfo2 info = mallinfo2();
    const std::size_t held = info.uordblks + info.hblkhd;
    return static_cast<qint64>(held);
}

std::unique_ptr<Workbench> windowAt(const QTemporaryDir &home)
{
    auto *style = new ErrataStyle(ThemeChoice::Light);
    QApplication::setStyle(style);
    WindowRequest request;
    request.dataDir = home.filePath(QStringLiteral("data"));
    request.configDir = home.filePath(QStringLiteral("config"));
    auto bench = std::make_unique<Workbench>(request, style);
    bench->window()->show();
    bench->setCatalogs(loadCatalogs());
    bench->settle();
    bench->window()->showPage(Workbench::ProbeIndex);
    return bench;
}

/// Sends in the window and waits for the end.
void sendInWindow(ProbePage *page, const QByteArray &url)
{
    page->setRequest(get(url));
    page->send();
    QTRY_VERIFY_WITH_TIMEOUT(!page->isSending(), generousMs);
}

} // namespace

class LargeAnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spool_keepsEveryByte_data();
    void spool_keepsEveryByte();
    void spool_viewOutlivesIt();
    void spool_getsTheNameOfASavedBody_data();
    void spool_getsTheNameOfASavedBody();
    void spool_tellsWhyABodyCannotBeWritten();
    void spool_viewsAreGivenUpInAnyThread();
    void spool_fileIsNobodyElses();
    void largeAnswer_liesOnDisk_data() { addEngineRows(); }
    void largeAnswer_liesOnDisk();
    void limit_holdsOnDiskToo_data() { addEngineRows(); }
    void limit_holdsOnDiskToo();
    void output_isWhatTheServerSent_data() { addSizes(); }
    void output_isWhatTheServerSent();
    void saveInTheWindow_isWhatTheServerSent_data() { addSizes(); }
    void saveInTheWindow_isWhatTheServerSent();
    void saveThatFails_isTold();
    void manyAnswers_takeNoMoreMemory();
    void manyLargeAnswers_takeNoMemory_data() { addEngineRows(); }
    void manyLargeAnswers_takeNoMemory();
};

void LargeAnswersTest::spool_keepsEveryByte_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<qsizetype>("piece");
    QTest::addColumn<bool>("onDisk");
    QTest::newRow("nothing") << qsizetype(0) << qsizetype(1) << false;
    QTest::newRow("just fits") << qsizetype(1000) << qsizetype(7) << false;
    QTest::newRow("a byte more") << qsizetype(1001) << qsizetype(7) << true;
    QTest::newRow("in one piece") << qsizetype(5000) << qsizetype(5000) << true;
    QTest::newRow("byte by byte") << qsizetype(3000) << qsizetype(1) << true;
}

void LargeAnswersTest::spool_keepsEveryByte()
{
    QFETCH(qsizetype, size);
    QFETCH(qsizetype, piece);
    const QByteArray bytes = bytesOf(size);
    BodySpool spool({}, 1000);
    for (qsizetype at = 0; at < size; at += piece)
        QVERIFY(spool.append(QByteArrayView(bytes).sliced(at, std::min(piece, size - at))));
    QTEST(spool.isOnDisk(), "onDisk");
    QCOMPARE(spool.size(), size);
    HttpResponse response;
    spool.give(response);
    QCOMPARE(response.body, bytes);
    QCOMPARE(response.storage.handle != nullptr, spool.isOnDisk());
    QCOMPARE(spool.from(size / 2), bytes.mid(size / 2));
    QCOMPARE(spool.from(size), QByteArray());
    QVERIFY(spool.append("more"));
    QCOMPARE(spool.from(0), bytes + "more");
    QCOMPARE(response.body, bytes);
}

void LargeAnswersTest::spool_viewOutlivesIt()
{
    HttpResponse response;
    {
        BodySpool spool({}, 10);
        QVERIFY(spool.append(bytesOf(100000)));
        spool.give(response);
    }
    const HttpResponse copy = response;
    response = {};
    QCOMPARE(copy.body, bytesOf(100000));
}

void LargeAnswersTest::spool_getsTheNameOfASavedBody()
{
    QFETCH(int, size);
    QFETCH(bool, sameFileSystem);
    QFETCH(QByteArray, before);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("body"));
    if (!before.isNull()) {
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write(before);
        old.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup);
    }
    const mode_t mask = umask(022);
    const auto reset = qScopeGuard([mask] { umask(mask); });
    BodySpool spool(sameFileSystem ? folder.path() : QStringLiteral("/dev/shm"), 1000);
    QVERIFY(spool.append(bytesOf(size)));
    HttpResponse response;
    spool.give(response);
    QCOMPARE(writeBody(response, path), std::optional<QString>());
    QFile written(path);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), bytesOf(size));
    QCOMPARE(response.body, bytesOf(size));
    struct stat about = {};
    QCOMPARE(stat(QFile::encodeName(path).constData(), &about), 0);
    QCOMPARE(int(about.st_mode & 0777U), before.isNull() ? 0644 : 0640);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList(QStringLiteral("body")));
}

void LargeAnswersTest::spool_getsTheNameOfASavedBody_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("sameFileSystem");
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("in memory") << 900 << true << QByteArray();
    QTest::newRow("a new file") << 9000 << true << QByteArray();
    QTest::newRow("in place of another") << 9000 << true << QByteArray("what was there");
    QTest::newRow("from another file system") << 9000 << false << QByteArray();
}

void LargeAnswersTest::spool_tellsWhyABodyCannotBeWritten()
{
    BodySpool spool({}, 10);
    QVERIFY(spool.append(bytesOf(100)));
    HttpResponse response;
    spool.give(response);
    QVERIFY(writeBody(response, QStringLiteral("/nowhere/at/all")));
    QVERIFY(writeBody(response, QDir::tempPath())); // a folder
}

void LargeAnswersTest::spool_viewsAreGivenUpInAnyThread()
{
    BodySpool spool({}, 10);
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i) {
        QVERIFY(spool.append(bytesOf(10000)));
        HttpResponse view;
        spool.give(view);
        threads.emplace_back([view = std::move(view)]() mutable { view = {}; });
        view = {};
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(spool.size(), 80000);
    QCOMPARE(spool.from(70000), bytesOf(10000));
}

void LargeAnswersTest::spool_fileIsNobodyElses()
{
    BodySpool spool({}, 10);
    QVERIFY(spool.append(bytesOf(123457)));
    int found = 0;
    for (int number = 0; number < 1000; ++number) {
        struct stat about = {};
        if (fstat(number, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size != 123457)
            continue;
        ++found;
        QCOMPARE(about.st_mode & 0777U, 0600U);
        QCOMPARE(about.st_nlink, nlink_t(0)); // without a name it goes with the program, however that ends
    }
    QCOMPARE(found, 1);
}

void LargeAnswersTest::largeAnswer_liesOnDisk()
{
    QFETCH(Engine, engine);
    const QByteArray body = bytesOf(20000000);
    TestServer server;
    server.reply(ok(body));
    const SendResult result = sent(engine, get(server.url()));
    QVERIFY(result.answered());
    QVERIFY(result.response->storage.handle);
    QCOMPARE(digestOf(result.response->body), digestOf(body));
}

void LargeAnswersTest::limit_holdsOnDiskToo()
{
    QFETCH(Engine, engine);
    const QByteArray body = bytesOf(20000000);
    TestServer server;
    server.reply(ok(body));
    SendOptions options;
    options.bodyLimit = 18000000;
    const SendResult result = sent(engine, get(server.url()), options);
    QCOMPARE(result.failure.kind, NetworkError::TooLarge);
    QCOMPARE(result.response->body.size(), 18000000);
    QCOMPARE(digestOf(result.response->body), digestOf(body.left(18000000)));
}

void LargeAnswersTest::output_isWhatTheServerSent()
{
    QFETCH(qsizetype, size);
    const QByteArray body = bytesOf(size);
    const QTemporaryDir folder;
    TestServer server;
    server.reply(ok(body));
    const QString file = folder.filePath(QStringLiteral("body.bin"));
    const auto withCurl = [](CliContext &context) {
        context.transport = [](const QString &) {
            return Result<std::unique_ptr<Transport>>(transportOf(Engine::Curl));
        };
    };
    const Ran ran = runCommand({QStringLiteral("send"), QString::fromUtf8(server.url()), QStringLiteral("--output"),
                                file, QStringLiteral("--json")},
                               {}, withCurl);
    QCOMPARE(*ran.exit, Exit::Done);
    QCOMPARE(digestOfFile(file), digestOf(body));
    QCOMPARE(ran.json()["response"]["sha256"].string().toLatin1(), digestOf(body));
    QCOMPARE(ran.json()["response"]["body_bytes"].integer(), size);
}

void LargeAnswersTest::saveInTheWindow_isWhatTheServerSent()
{
    QFETCH(qsizetype, size);
    const QByteArray body = bytesOf(size);
    const QTemporaryDir home;
    TestServer server;
    server.reply(ok(body));
    const std::unique_ptr<Workbench> bench = windowAt(home);
    ProbePage *page = bench->probePage();
    sendInWindow(page, server.url());
    page->answer()->showBodyTab();
    for (auto *button : page->answer()->body()->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Save…"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    auto *dialog = page->findChild<QFileDialog *>();
    QVERIFY(dialog);
    // Another answer meanwhile takes nothing away.
    server.replyJson(200, "{}");
    sendInWindow(page, server.url());
    const QString file = home.filePath(QStringLiteral("saved.bin"));
    auto *name = dialog->findChild<QLineEdit *>();
    QVERIFY(name);
    name->setText(file);
    QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
    QTRY_VERIFY(QFile::exists(file));
    QCOMPARE(digestOfFile(file), digestOf(body));
}

void LargeAnswersTest::saveThatFails_isTold()
{
    const QTemporaryDir home;
    TestServer server;
    server.reply(ok("x"));
    const std::unique_ptr<Workbench> bench = windowAt(home);
    sendInWindow(bench->probePage(), server.url());
    bench->probePage()->answer()->showBodyTab();
    Q_EMIT bench->probePage()->saveRequested("x", QStringLiteral("x.txt"), nullptr);
    auto *dialog = bench->probePage()->findChild<QFileDialog *>();
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(home.filePath(QStringLiteral("no/such/folder/x.txt")));
    bool told = false;
    for (const QLabel *label : bench->window()->findChildren<QLabel *>())
        told |= label->text().contains(QStringLiteral("not saved: "));
    QVERIFY(told);
}

void LargeAnswersTest::manyAnswers_takeNoMoreMemory()
{
    const QTemporaryDir home;
    TestServer server;
    const QByteArray line(99, 'x');
    server.reply(ok((line + '\n').repeated(20000)));
    const std::unique_ptr<Workbench> bench = windowAt(home);
    ProbePage *page = bench->probePage();
    page->setRequest(get(server.url())); // one tab, again and again
    const auto sendMany = [&](int count) {
        for (int i = 0; i < count; ++i) {
            page->send();
            QTRY_VERIFY_WITH_TIMEOUT(!page->isSending(), generousMs);
        }
        QTRY_VERIFY_WITH_TIMEOUT(!page->answer()->body()->isWorking(), generousMs);
    };
    sendMany(10);
    const qint64 before = heldBytes();
    sendMany(100);
    // What is still to be written into the history is held, too; it goes.
    const qint64 bound = 24 * limits::Megabyte; // twelve answers, not a hundred
    QTRY_VERIFY_WITH_TIMEOUT(heldBytes() - before < bound, generousMs);
}

void LargeAnswersTest::manyLargeAnswers_takeNoMemory()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.reply(ok(bytesOf(20000000)));
    const auto transport = transportOf(engine);
    std::vector<SendResult> kept;
    kept.reserve(6);
    kept.push_back(resultOf(*transport->send(get(server.url()), {})));
    const qint64 before = heldBytes();
    for (int i = 0; i < 5; ++i)
        kept.push_back(resultOf(*transport->send(get(server.url()), {})));
    for (const SendResult &result : kept)
        QCOMPARE(result.response->body.size(), 20000000);
    // A hundred megabytes of answers are held, and none of them in memory.
    QVERIFY2(heldBytes() - before < 20 * limits::Megabyte, qPrintable(QString::number(heldBytes() - before)));
}

QTEST_MAIN(LargeAnswersTest)
#include "tst_largeanswers.moc"
