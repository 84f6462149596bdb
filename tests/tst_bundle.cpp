// The escalation bundle, made by the command in this process and from values.
#include "app/bundle.h"
#include "app/cli/command.h"
#include "models/base/gunzip.h"
#include "models/catalog/catalogreader.h"
#include "models/decode/decoder.h"
#include "models/http/har.h"
#include "models/json/jsondocument.h"
#include "tests/support/runcommand.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace errata;
using namespace errata::test;

namespace {

Ran bundle(const QStringList &arguments, const QByteArray &input)
{
    return runCommand(QStringList{QStringLiteral("bundle")} + arguments, input);
}

QByteArray verbose()
{
    return "* Connected to api.intended.so (10.0.0.1) port 443\n"
           "> POST /intent HTTP/1.1\n> Host: api.intended.so\n> Authorization: Bearer mrt_live_fakefakefake0001\n> \n"
           "< HTTP/1.1 401 Unauthorized\n< Content-Type: application/json\n< Date: Sun, 22 Nov 2026 10:00:00 GMT\n< \n"
           "{\"error\":{\"code\":\"TOKEN_EXPIRED\",\"message\":\"`late`\",\"request_id\":\"req_7\"}}\n";
}

QByteArray fileText(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The files of an archive, unpacked by the central directory.
std::vector<ArchivedFile> unzipped(const QByteArray &zip)
{
    const auto number = [&zip](qsizetype at, int bytes) {
        quint32 value = 0;
        for (int i = 0; i < bytes; ++i)
            value |= quint32(static_cast<unsigned char>(zip[at + i])) << (8 * i);
        return qsizetype(value);
    };
    std::vector<ArchivedFile> files;
    const qsizetype end = zip.lastIndexOf("PK\x05\x06");
    qsizetype at = number(end + 16, 4);
    for (qsizetype left = number(end + 10, 2); left > 0; --left) {
        const qsizetype packed = number(at + 20, 4);
        const qsizetype size = number(at + 24, 4);
        const qsizetype nameLength = number(at + 28, 2);
        const QByteArray name = zip.mid(at + 46, nameLength);
        const qsizetype local = number(at + 42, 4);
        const QByteArray data = zip.mid(local + 30 + number(local + 26, 2), packed);
        // The same bytes as gzip has them, which checks the checksum too.
        const auto unpacked = gunzip(
            QByteArray::fromHex("1f8b08000000000000ff") + data + zip.mid(at + 16, 4) + zip.mid(at + 24, 4), 1 << 20);
        if (!unpacked || unpacked->size() != size)
            qFatal("%s is broken in the archive", name.constData());
        files.push_back({QString::fromUtf8(name), *unpacked});
        at += 46 + nameLength;
    }
    return files;
}

const ArchivedFile &fileOf(const std::vector<ArchivedFile> &files, const QString &name)
{
    const auto it = std::find_if(files.begin(), files.end(), [&](const ArchivedFile &own) { return own.name == name; });
    if (it == files.end())
        qFatal("no %s in the bundle", qPrintable(name));
    return *it;
}

} // namespace

class BundleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void markdown_tellsWhatASupportNeeds()
    {
        const Ran ran = bundle({}, verbose());
        QCOMPARE(*ran.exit, Exit::Done);
        for (const char *part : {"# Escalation: Intended TOKEN", "(HTTP 401)", "`POST https://api.intended.so/intent`",
                                 "`req_7`", "### What to do", "### Missing", "exchange.har", "request.sh", "reply.txt",
                                 "Catalog Intended", "Masked: 1 bearer-token"})
            QVERIFY2(ran.out.contains(part), part);
        QVERIFY2(ran.out.contains("\\`late\\`"), "text from outside is no markup");
    }

    void noSecret_isInAnyFile()
    {
        const QTemporaryDir dir;
        const QString target = dir.filePath(QStringLiteral("out"));
        QCOMPARE(*bundle({QStringLiteral("--output"), target}, verbose()).exit, Exit::Done);
        const QStringList names = QDir(target).entryList(QDir::Files);
        QCOMPARE(names, (QStringList{QStringLiteral("exchange.har"), QStringLiteral("reply.txt"),
                                     QStringLiteral("request.sh"), QStringLiteral("summary.md")}));
        for (const QString &name : names) {
            const QByteArray text = fileText(target + QLatin1Char('/') + name);
            QVERIFY(!text.isEmpty());
            QVERIFY2(!text.contains("fakefakefake"), qPrintable(name));
        }
    }

    void har_isReadBackWithTheFailure()
    {
        const Diagnosis diagnosis = decodeText(verbose(), loadCatalogs().set);
        const auto files = escalationBundle({diagnosis, loadCatalogs().set, QDateTime::currentDateTime(), {}});
        std::vector<Exchange> read;
        const HarReading reading =
            readHar(fileOf(files, QStringLiteral("exchange.har")).bytes, [&read](HarEntry &&entry, qsizetype) {
                read.push_back(std::move(entry.exchange));
                return true;
            });
        QVERIFY(reading.problems.isEmpty());
        QCOMPARE(read.size(), std::size_t(1));
        QCOMPARE(read.front().status, 401);
        QCOMPARE(read.front().request->url, QByteArray("https://api.intended.so/intent"));
    }

    void zip_holdsTheSameFiles()
    {
        const QTemporaryDir dir;
        const QString target = dir.filePath(QStringLiteral("bundle.zip"));
        QCOMPARE(*bundle({QStringLiteral("-o"), target}, verbose()).exit, Exit::Done);
        const auto files = unzipped(fileText(target));
        QCOMPARE(files.size(), std::size_t(4));
        QVERIFY(fileOf(files, QStringLiteral("summary.md")).bytes.startsWith("# Escalation: Intended"));
        QVERIFY(fileOf(files, QStringLiteral("request.sh")).bytes.contains("curl -X POST"));
    }

    void nothingIsOverwritten()
    {
        const QTemporaryDir dir;
        const QString target = dir.path();
        QCOMPARE(*bundle({QStringLiteral("-o"), target}, verbose()).exit, Exit::Done);
        const Ran again = bundle({QStringLiteral("-o"), target}, verbose());
        QCOMPARE(*again.exit, Exit::Usage);
        QVERIFY(again.err.contains("summary.md"));
    }

    void withoutAnError_thereIsNothingToEscalate()
    {
        const Ran ran = bundle({}, "{\"data\":[]}");
        QCOMPARE(*ran.exit, Exit::NothingFound);
        QVERIFY(ran.out.isEmpty());
        QVERIFY(ran.err.contains("nothing to escalate"));
    }

    void json_holdsEveryFile()
    {
        const Ran ran = bundle({QStringLiteral("--json")}, verbose());
        const auto document = JsonDocument::parse(ran.out);
        QVERIFY(document.ok());
        QCOMPARE(document->root()["files"].size(), 4);
        QCOMPARE(document->root()["masked"]["bearer-token"].integer(), 1);
    }
};

QTEST_GUILESS_MAIN(BundleTest)
#include "tst_bundle.moc"
