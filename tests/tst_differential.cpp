// What curl sends for a command, and what "errata send --curl-file" sends for it.
#include "app/cli/command.h"
#include "models/http/formtext.h"
#include "tests/support/runcommand.h"
#include "tests/support/sending.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace errata;

namespace {

/// What a command names, beside it.
const std::vector<std::pair<const char *, QByteArray>> &files()
{
    static const std::vector<std::pair<const char *, QByteArray>> list{
        {"lines.txt", "first\nsecond\r\n\tthird & last\n"},
        {"body.json", "{\"a\": [1.00, \"\xC3\xA4\"]}\n"},
        {"bytes.bin", QByteArray("\0\xFF\r\n--x\r\n@\0", 11).repeated(20)},
        {"picture.png", "\x89PNG\r\n"},
        {"headers.txt", "X-One: 1\r\nX-Two: 2\n\n"},
        {"cookies.txt", "# Netscape HTTP Cookie File\n"},
        {"config.txt", "# options\nheader = \"X-Quoted: a\\\"b\\tc\"\n-d a=b\nuser-agent: me and you\n--compressed\n"},
        {"address.txt", "url = $URL/of-a-file\nrequest PUT\n"},
    };
    return list;
}

struct Sent
{
    QByteArray method, target, version;
    std::vector<Header> own; ///< what the command says, in order
    QByteArrayList framing;  ///< what any client adds, sorted: the place is its own
    QByteArray body;
};

/// The random part of a multipart body, wherever it stands.
QByteArray withoutBoundaries(QByteArray request)
{
    for (qsizetype at = request.indexOf("boundary=---"); at >= 0; at = request.indexOf("boundary=---", at)) {
        const qsizetype start = at + 9;
        const auto end =
            std::find_if(request.begin() + start, request.end(), [](char c) { return c == '\r' || c == '"'; });
        const QByteArray boundary = request.mid(start, end - request.begin() - start);
        request.replace(boundary, QByteArray("boundary").leftJustified(boundary.size(), '.'));
    }
    return request;
}

bool isFraming(const Header &header)
{
    const QByteArray name = header.name.toLower();
    return name == "host" || name == "content-length" || name == "transfer-encoding" ||
           (name == "accept" && header.value == "*/*");
}

bool isDefaultAgent(const Header &header)
{
    return header.name == "User-Agent" && (header.value.startsWith("curl/") || header.value.startsWith("errata/"));
}

Sent parsed(const QByteArray &raw, const QByteArrayList &differing)
{
    const QByteArray request = withoutBoundaries(raw);
    const QByteArrayList line = TestServer::requestLine(request).split(' ');
    Sent sent{line.value(0), line.value(1), line.value(2), {}, {}, TestServer::requestBody(request)};
    const Headers headers = TestServer::requestHeaders(request);
    for (const Header &header : headers) {
        if (differing.contains(header.name) || isDefaultAgent(header))
            continue;
        if (isFraming(header))
            sent.framing << header.name + ": " + header.value;
        else
            sent.own.push_back(header);
    }
    std::sort(sent.framing.begin(), sent.framing.end());
    return sent;
}

QByteArrayList lines(const std::vector<Header> &headers)
{
    QByteArrayList list;
    for (const Header &header : headers)
        list << header.name + ": " + header.value.trimmed();
    return list;
}

} // namespace

class TestDifferential : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theTableIsLargeEnough();
    void sendsWhatCurlSends_data();
    void sendsWhatCurlSends();
    void followsWhatCurlFollows_data();
    void followsWhatCurlFollows();
    void connectsAsToldToCurl();

private:
    int runCurl(const QByteArray &command);
    test::Ran runErrata(const QByteArray &command);
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    void write(const char *name, const QByteArray &bytes) const;

    QTemporaryDir m_folder;
};

void TestDifferential::write(const char *name, const QByteArray &bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestDifferential::initTestCase()
{
    QVERIFY(m_folder.isValid());
    for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
        qunsetenv(name);
    qputenv("CURL_HOME", m_folder.path().toUtf8()); // no ~/.curlrc
    qputenv("HOME", m_folder.path().toUtf8());
}

int TestDifferential::runCurl(const QByteArray &command)
{
    QProcess shell;
    shell.setWorkingDirectory(m_folder.path());
    QSignalSpy finished(&shell, &QProcess::finished);
    // Quoting is bash's affair, here as where commands are copied from.
    shell.start(QStringLiteral("bash"), {QStringLiteral("-c"), QString::fromUtf8(command)});
    return finished.wait(30000) ? shell.exitCode() : -1;
}

test::Ran TestDifferential::runErrata(const QByteArray &command)
{
    write("command.sh", command);
    return test::runCommand({QStringLiteral("send"), QStringLiteral("--curl-file"), path("command.sh")}, {},
                            [](CliContext &context) {
                                context.transport = [](const QString &) -> Result<std::unique_ptr<Transport>> {
                                    return transportOf(Engine::Curl);
                                };
                            });
}

void TestDifferential::sendsWhatCurlSends_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QByteArray>("differs");
    QFile table(QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/curl/commands.tsv"));
    QVERIFY(table.open(QIODevice::ReadOnly));
    while (!table.atEnd()) {
        const QByteArray line = table.readLine();
        const QByteArrayList cells = line.chopped(1).split('\t');
        if (!line.startsWith('#'))
            QTest::newRow(cells[0].constData()) << cells[1] << cells.value(2);
    }
}

void TestDifferential::theTableIsLargeEnough()
{
    QFile table(QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/curl/commands.tsv"));
    QVERIFY(table.open(QIODevice::ReadOnly));
    QVERIFY(table.readAll().count('\n') > 80);
}

void TestDifferential::sendsWhatCurlSends()
{
    QFETCH(QByteArray, command);
    QFETCH(const QByteArray, differs);
    TestServer server;
    server.reply(ok({}));
    const auto filled = [&server](QByteArray text) {
        return text.replace("$URL", server.url({})).replace("$HOST", server.url({}).mid(7));
    };
    for (const auto &[name, content] : files())
        write(name, filled(content));
    if (command.contains("<<"))
        command.replace("\\n", "\n");
    command = filled(command);

    const int status = runCurl(command);
    const std::vector<QByteArray> byCurl = server.requests();
    const test::Ran ran = runErrata(command);
    const std::vector<QByteArray> byErrata(server.requests().begin() + static_cast<std::ptrdiff_t>(byCurl.size()),
                                           server.requests().end());
    if (differs == "refused") {
        QVERIFY(status != 0);
        QCOMPARE(byCurl.size(), 0U);
        QCOMPARE(ran.exit, Exit::Usage);
        QCOMPARE(byErrata.size(), 0U);
        return;
    }
    QCOMPARE(status, 0);
    QVERIFY(!byCurl.empty());
    QVERIFY2(ran.exit == Exit::Done, ran.err.constData());
    QCOMPARE(byErrata.size(), 1U);
    // A command of several requests is one here, and that is said.
    QVERIFY2(byCurl.size() == 1 || ran.err.contains("not carried over"), ran.err.constData());

    const QByteArray named = differs.left(differs.indexOf(':'));
    QVERIFY2(!differs.endsWith("named on stderr") || ran.err.contains("not carried over"), ran.err.constData());
    const Sent expected = parsed(byCurl.front(), {named});
    const Sent actual = parsed(byErrata.front(), {named});
    QCOMPARE(actual.method, expected.method);
    QCOMPARE(actual.target, expected.target);
    QCOMPARE(actual.version == expected.version, named != "version");
    QCOMPARE(lines(actual.own), lines(expected.own));
    QCOMPARE(actual.framing, expected.framing);
    QCOMPARE(actual.body, expected.body);
    // What is no longer different does not belong into the table.
    if (!named.isEmpty() && named != "version")
        QVERIFY(TestServer::requestHeaders(byCurl.front()).value(named) !=
                TestServer::requestHeaders(byErrata.front()).value(named));
}

/// A Content-Type said with -H goes with the body here (RFC 9110 section 15.4); curl keeps it.
void TestDifferential::followsWhatCurlFollows_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("hops");
    QTest::newRow("not without -L") << QByteArray() << 302 << 1;
    QTest::newRow("-L") << QByteArray("-L") << 302 << 3;
    QTest::newRow("-L, then not") << QByteArray("-L --no-location") << 302 << 1;
    QTest::newRow("POST becomes GET") << QByteArray("-L -d a=b -H 'X-A: 1'") << 302 << 3;
    QTest::newRow("POST becomes GET, 301") << QByteArray("-L -d a=b") << 301 << 3;
    QTest::newRow("POST becomes GET, 303") << QByteArray("-L -d '{}'") << 303 << 3;
    QTest::newRow("POST stays one, 307") << QByteArray("-L -d a=b") << 307 << 3;
    QTest::newRow("POST stays one, 308") << QByteArray("-L -d a=b") << 308 << 3;
    QTest::newRow("credentials stay here") << QByteArray("-L -u a:b -b c=d") << 302 << 3;
    QTest::newRow("--max-redirs") << QByteArray("-L --max-redirs 1") << 302 << 2;
    QTest::newRow("--max-redirs 0") << QByteArray("-L --max-redirs 0") << 302 << 1;
    QTest::newRow("--max-redirs without -L") << QByteArray("--max-redirs 1") << 302 << 1;
}

void TestDifferential::followsWhatCurlFollows()
{
    QFETCH(const QByteArray, options);
    QFETCH(const int, status);
    QFETCH(const int, hops);
    const auto answers = [status](TestServer &server) {
        const QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + " Found\r\nContent-Length: 0\r\nLocation: ";
        server.reply(head + "/second?a=b\r\n\r\n");
        server.reply(head + "third\r\n\r\n");
        server.reply(ok({}));
    };
    TestServer forCurl, forErrata;
    answers(forCurl);
    answers(forErrata);
    runCurl("curl " + options + ' ' + forCurl.url("/first"));
    runErrata("curl " + options + ' ' + forErrata.url("/first"));
    QCOMPARE(forCurl.requests().size(), std::size_t(hops));
    QCOMPARE(forErrata.requests().size(), std::size_t(hops));
    for (std::size_t i = 0; i < forCurl.requests().size(); ++i) {
        const Sent expected = parsed(forCurl.requests()[i], {"Host"});
        const Sent actual = parsed(forErrata.requests()[i], {"Host"});
        QCOMPARE(actual.method, expected.method);
        QCOMPARE(actual.target, expected.target);
        QCOMPARE(lines(actual.own), lines(expected.own));
        QCOMPARE(actual.body, expected.body);
    }
}

/// -k, --cacert, -E and --key of the command hold for the send.
void TestDifferential::connectsAsToldToCurl()
{
    const TestIdentity identity = loopbackIdentity();
    TestServer server(TestServer::Security::Tls);
    server.reply(ok({}));
    QCOMPARE(runErrata("curl " + server.url("/x")).exit, Exit::Network);
    QVERIFY(server.requests().empty());
    const test::Ran trusting = runErrata("curl -k " + server.url("/x"));
    QCOMPARE(trusting.exit, Exit::Done);
    QVERIFY(trusting.err.contains("WARNING"));
    const test::Ran checked = runErrata("curl --cacert " + identity.certificate.toUtf8() + ' ' + server.url("/x"));
    QVERIFY2(checked.exit == Exit::Done, checked.err.constData());
    QVERIFY(!checked.err.contains("WARNING"));
    QCOMPARE(server.requests().size(), 2U);
    QCOMPARE(runErrata("curl --cacert none.pem " + server.url("/x")).exit, Exit::Usage);
}

QTEST_GUILESS_MAIN(TestDifferential)
#include "tst_differential.moc"
