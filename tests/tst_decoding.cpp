// What stands between the decode page and files, threads and the clipboard.
#include "app/redactionrules.h"
#include "app/window/bundling.h"
#include "app/window/copying.h"
#include "app/window/decoding.h"
#include "app/window/samplerecording.h"
#include "models/http/har.h"
#include "support/decodebench.h"
#include "tests/support/openedwindow.h"
#include "views/decode/readingbar.h"
#include "views/probe/probepage.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProgressBar>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace errata;
using namespace errata::test;

namespace {

/// The whole window, as it is started.
struct WindowBench
{
    QTemporaryDir home;
    std::unique_ptr<Workbench> bench;

    WindowBench() { bench = openedWorkbench(home); }

    [[nodiscard]] DecodePage *decodePage(const QByteArray &text) const
    {
        bench->window()->showPage(Workbench::DecodeIndex);
        bench->decodePage()->pasteText(text);
        return bench->decodePage();
    }
};

/// A page with the real wiring, and a decoder that waits until it is let go on.
struct HeldBench
{
    QSemaphore entered, goOn;
    DecodePage page;
    Decoding decoding{&page, [this](const std::vector<NamedText> &texts, const CatalogSet &set,
                                    const DecodeOptions &options) { return held(texts, set, options); }};

    HeldBench()
    {
        decoding.setCatalogs(catalogs());
        page.setCatalogs(catalogs());
        page.resize(1200, 780);
        page.show();
    }

    Diagnosis held(const std::vector<NamedText> &texts, const CatalogSet &set, const DecodeOptions &options)
    {
        Diagnosis diagnosis = decodeTexts(texts, set, {});
        if (!options.progress)
            return diagnosis;
        options.progress(100000);
        entered.release();
        goOn.acquire();
        diagnosis.cancelled = !options.progress(200000);
        return diagnosis;
    }

    [[nodiscard]] ReadingBar *bar() const { return page.findChild<ReadingBar *>(); }
    [[nodiscard]] bool shows(const QString &text) const { return showsText(page, text); }
};

QByteArray largeLog()
{
    return sampleLog().repeated(40);
}

} // namespace

class TestDecoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void progress_isShown_andEscapeCancels();
    void newPaste_cancelsTheRunningJob();
    void cancelledFiles_areNotShown();
    void files_areRead_andWhatCannotBeIsTold();
    void gzipFile_isShownUnpacked();
    void copies_areMasked_andCounted_data();
    void copies_areMasked_andCounted();
    void secretsOfTheText_areCounted();
    void bundle_isAZip_withoutSecrets();
    void bundle_ofNothing_isRefused();
    void window_copiesMasked_andSaysSo();
    void labels_areCopiedMasked_too();
    void probeIt_carriesTheWholeRequest();
};

void TestDecoding::progress_isShown_andEscapeCancels()
{
    HeldBench bench;
    QVERIFY(QTest::qWaitForWindowActive(&bench.page));
    const QByteArray text = largeLog();
    QVERIFY(text.size() > 300000);
    bench.page.pasteText(text);
    QVERIFY(bench.bar()->isVisible());
    bench.entered.acquire();
    QTRY_VERIFY(bench.bar()->findChild<QProgressBar *>()->value() > 0);
    QVERIFY(bench.shows(QStringLiteral("Read 100.0 kB of ")));
    QVERIFY(bench.page.diagnosis().findings.empty());
    QTest::keyClick(&bench.page, Qt::Key_Escape);
    QVERIFY(bench.shows(QStringLiteral("Stopping")));
    bench.goOn.release();
    QTRY_VERIFY(!bench.bar()->isVisible());
    QVERIFY(bench.page.diagnosis().cancelled);
    QVERIFY(!bench.page.diagnosis().findings.empty());
    QVERIFY(bench.shows(QStringLiteral("Cancelled after 200.0 kB of ")));
    bench.page.pasteText(preconditionFailed);
    QVERIFY(!bench.shows(QStringLiteral("Cancelled")));
}

void TestDecoding::newPaste_cancelsTheRunningJob()
{
    HeldBench bench;
    bench.page.pasteText(largeLog());
    bench.entered.acquire();
    bench.page.pasteText(preconditionFailed);
    QVERIFY(!bench.bar()->isVisible());
    QCOMPARE(bench.page.diagnosis().findings.front().code, std::optional(QStringLiteral("precondition_failed")));
    bench.goOn.release();
    // The old job ends as cancelled, and its answer is no longer asked for: a further job comes after it.
    bench.page.pasteText(largeLog());
    bench.entered.acquire();
    bench.goOn.release();
    QTRY_VERIFY(!bench.bar()->isVisible());
    QVERIFY(!bench.page.diagnosis().cancelled);
    QVERIFY(bench.page.diagnosis().exchanges > 1);
}

void TestDecoding::cancelledFiles_areNotShown()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("reply.http"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(preconditionFailed) > 0);
    file.close();
    HeldBench bench;
    bench.decoding.openFiles({path});
    QVERIFY(bench.bar()->isVisible());
    QTest::mouseClick(bench.bar()->findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(!bench.bar()->isVisible());
    QVERIFY(bench.shows(QStringLiteral("Cancelled before the files were read.")));
    // Read once more, it comes: so the first reading has been dropped by then.
    bench.decoding.openFiles({path});
    QTRY_COMPARE(bench.page.text(), QByteArray(preconditionFailed));
}

void TestDecoding::files_areRead_andWhatCannotBeIsTold()
{
    const QTemporaryDir folder;
    QStringList paths;
    for (const QString &name : {QStringLiteral("a/same.http"), QStringLiteral("b/same.http")}) {
        QVERIFY(QDir(folder.path()).mkpath(name.left(1)));
        paths << folder.filePath(name);
        QFile file(paths.last());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(preconditionFailed) > 0);
    }
    paths << folder.filePath(QStringLiteral("missing.http"));
    HeldBench bench;
    bench.decoding.openFiles(paths);
    QTRY_COMPARE(bench.page.diagnosis().exchanges, 2);
    QCOMPARE(bench.page.diagnosis().findings[0].file, QStringLiteral("same.http"));
    QCOMPARE(bench.page.diagnosis().findings[1].file, paths[1]);
    QVERIFY(bench.shows(QStringLiteral("missing.http")));
}

void TestDecoding::gzipFile_isShownUnpacked()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("reply.gz"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    // gzip of "volume_busy", as "stored": RFC 1951 section 3.2.4.
    file.write(QByteArray::fromHex("1f8b0800000000000003010b00f4ff766f6c756d655f62757379") +
               QByteArray::fromHex("ad06dee50b000000"));
    file.close();
    QCOMPARE(readFile(path).valueOr(QByteArray()), QByteArray("volume_busy"));
}

void TestDecoding::copies_areMasked_andCounted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("told");
    QTest::newRow("nothing in it") << "plain"
                                   << "Copied."
                                   << "Copied.";
    QTest::newRow("one") << "Authorization: Bearer made-up-token-4f9a2c7d81"
                         << "Copied."
                         << "Copied, 1 secret masked.";
    QTest::newRow("two") << "Authorization: Bearer made-up-token-4f9a2c7d81\nX-Api-Key: made-up-key-0123456789abcdef"
                         << "Copied: the note."
                         << "Copied: the note, 2 secrets masked.";
    QTest::newRow("several sentences") << "Authorization: Bearer made-up-token-4f9a2c7d81"
                                       << "Copied: the reply. Still to fill in: <x>."
                                       << "Copied: the reply. Still to fill in: <x>. 1 secret masked.";
}

void TestDecoding::copies_areMasked_andCounted()
{
    QFETCH(QString, text);
    QFETCH(QString, said);
    Copying copying;
    copying.setRules(redactionRules(catalogs()));
    QTEST(copying.copy(text, said), "told");
    const QString copied = QApplication::clipboard()->text();
    QCOMPARE(copied.contains(QStringLiteral("made-up")), false);
    QCOMPARE(copied == text, !text.contains(QStringLiteral("made-up")));
}

void TestDecoding::secretsOfTheText_areCounted()
{
    HeldBench bench;
    bench.page.pasteText(preconditionFailed);
    QVERIFY(bench.shows(QStringLiteral("0 secrets masked")));
    bench.page.pasteText(QByteArray("HTTP/1.1 401 Unauthorized\r\nSet-Cookie: session=made-up-4f9a2c7d81e0b3\r\n\r\n"));
    QVERIFY(bench.shows(QStringLiteral("1 secret masked")));
}

void TestDecoding::bundle_isAZip_withoutSecrets()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("escalation.zip"));
    Bundling bundling;
    QSignalSpy spy(&bundling, &Bundling::messageRequested);
    bundling.save({{QString(), sampleHar()}}, {}, catalogs(), path);
    QTRY_VERIFY(!spy.isEmpty() && spy.last()[0].toString().startsWith(QStringLiteral("Saved escalation.zip, ")));
    QVERIFY(spy.last()[0].toString().endsWith(QStringLiteral(" masked.")));
    QVERIFY(!spy.last()[0].toString().contains(QStringLiteral(", 0 ")));
    // Another reader than ours.
    QProcess python;
    const QString script = QStringLiteral("import sys, zipfile\n"
                                          "z = zipfile.ZipFile(sys.argv[1])\n"
                                          "assert z.testzip() is None\n"
                                          "for n in z.namelist(): print('==', n); print(z.read(n).decode())\n");
    QSignalSpy finished(&python, &QProcess::finished);
    python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), script, path});
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30000);
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    const QByteArray all = python.readAllStandardOutput();
    for (const char *name : {"== summary.md", "== exchange.har", "== request.sh"})
        QVERIFY2(all.contains(name), name);
    QVERIFY(all.contains("RATE_LIMIT_EXCEEDED"));
    QVERIFY(!all.contains("made-up-token"));
}

void TestDecoding::bundle_ofNothing_isRefused()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("escalation.zip"));
    const auto nothing = writeBundle({{QString(), "HTTP/1.1 200 OK\r\n\r\n{}"}}, {}, catalogs(), path);
    QVERIFY(!nothing);
    QVERIFY(nothing.error().text().contains(QStringLiteral("no error recognised")));
    QVERIFY(!QFile::exists(path));
    const auto nowhere = writeBundle({{QString(), preconditionFailed}}, {}, catalogs(),
                                     folder.filePath(QStringLiteral("no/such/folder.zip")));
    QVERIFY(!nowhere);
    QVERIFY(nowhere.error().text().contains(QStringLiteral("cannot be written")));
}

void TestDecoding::window_copiesMasked_andSaysSo()
{
    const WindowBench window;
    DecodePage *page =
        window.decodePage("HTTP/1.1 503 Service Unavailable\r\nSet-Cookie: session=made-up-4f9a2c7d81e0b3\r\n\r\n");
    auto *edit = page->findChild<PasteEdit *>();
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("HTTP/1.1 503")));
    QVERIFY(!QApplication::clipboard()->text().contains(QStringLiteral("made-up")));
    QVERIFY(showsText(*window.bench->window(), QStringLiteral("Copied, 1 secret masked.")));
    for (auto *action : page->findChildren<QAction *>()) {
        if (action->text() == QStringLiteral("Copy internal note with secrets"))
            action->trigger();
    }
    QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("## ")));
    QVERIFY(showsText(*window.bench->window(), QStringLiteral("nothing masked")));
}

void TestDecoding::labels_areCopiedMasked_too()
{
    const WindowBench window;
    auto *label = new QLabel(QStringLiteral("Authorization: Bearer made-up-token-4f9a2c7d81"), window.bench->window());
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->show();
    label->setSelection(0, int(label->text().size()));
    QTest::keyClick(label, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("Authorization: Bearer REDACTED-")));
    QVERIFY(showsText(*window.bench->window(), QStringLiteral("Copied, 1 secret masked.")));
}

void TestDecoding::probeIt_carriesTheWholeRequest()
{
    const WindowBench window;
    Exchange exchange;
    exchange.request =
        HttpRequest{"PATCH", "https://api.authpi.com/users/1", Headers{{"If-Match", "\"17\""}}, "{\"a\":1}"};
    exchange.status = 412;
    exchange.headers = Headers{{"Content-Type", "application/json"}};
    exchange.body = R"({"error": "precondition_failed", "error_description": "Changed.", "retryable": false})";
    Exchange good = exchange;
    good.index = 1;
    good.status = 200;
    good.body = "{}";
    DecodePage *page = window.decodePage(writeHar({exchange, good}, QStringLiteral("1")));
    for (auto *button : page->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Probe it") && button->isVisible())
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(window.bench->window()->currentPage(), int(Workbench::ProbeIndex));
    const HttpRequest carried = literalRequest(window.bench->probePage()->editor()->draft());
    QCOMPARE(carried.method, exchange.request->method);
    QCOMPARE(carried.url, exchange.request->url);
    QCOMPARE(carried.headers, exchange.request->headers);
    QCOMPARE(carried.body, exchange.request->body);
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setPalette(Theme::light().palette());
    TestDecoding test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_decoding.moc"
