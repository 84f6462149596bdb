// How `send` connects: proxy, certificates, HTTP version, redirects; and what it says of it.
#include "tests/support/runcommand.h"
#include "tests/support/sending.h"
#include "tests/support/testca.h"
#include "tests/support/testproxy.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace errata;

class TestSendConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void usage_data();
    void usage();
    void aProxyIsUsedForLoopbackWhenNamed();
    void noproxyGoesDirect();
    void insecureIsSaidLoudly();
    void theCertificateIsShown();
    void aCertificateNearItsEndIsSpokenOf();
    void aClientCertificateIsShown();
    void redirects_data();
    void redirects();
    void http2IsRefusedByAServerOfHttp11();
    void settingsOfACurlCommandHold_flagsBeatThem();
    void proxyOfAnEnvironment_isUsed();
};

namespace {

test::Ran send(const QStringList &arguments, const QByteArray &input = {})
{
    return test::runCommand(QStringList(QStringLiteral("send")) + arguments, input, [](CliContext &context) {
        context.transport = [](const QString &) -> Result<std::unique_ptr<Transport>> {
            return transportOf(Engine::Curl);
        };
    });
}

QString text(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes);
}

} // namespace

void TestSendConnection::initTestCase()
{
    for (const char *name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy"})
        qunsetenv(name);
}

void TestSendConnection::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char *arguments, const char *said) {
        QTest::newRow(arguments) << QString::fromLatin1(arguments).split(QLatin1Char(' ')) << QByteArray(said);
    };
    row("--http1.1 --http2", "takes --http1.1 or --http2, not both");
    row("--no-redirects --max-redirects 3", "takes --no-redirects or --max-redirects, not both");
    row("--max-redirects many", "--max-redirects takes a whole number");
    row("--max-redirects -1", "--max-redirects takes a whole number");
    row("--max-size 0", "--max-size takes a whole number from 1 to 1024");
    row("--cacert /no/such.pem", "/no/such.pem: --cacert takes a file that can be read");
    row("--cert /no/such.pem", "/no/such.pem: --cert takes a file that can be read");
    row("--key /no/such.pem", "--key needs --cert");
}

void TestSendConnection::usage()
{
    QFETCH(QStringList, arguments);
    QFETCH(const QByteArray, said);
    arguments.prepend(QStringLiteral("http://127.0.0.1:1/"));
    const test::Ran ran = send(arguments);
    QCOMPARE(ran.exit, Exit::Usage);
    QVERIFY2(ran.err.contains(said), ran.err.constData());
    QCOMPARE(ran.err.count('\n'), 1);
}

void TestSendConnection::aProxyIsUsedForLoopbackWhenNamed()
{
    TestServer server;
    server.reply(ok("through"));
    TestProxy proxy;
    const test::Ran ran =
        send({text(server.url("/")), QStringLiteral("--proxy"), text(proxy.url("socks5h")), QStringLiteral("--json")});
    QVERIFY2(ran.exit == Exit::Done, ran.err.constData());
    QCOMPARE(proxy.targets().size(), 1);
    QCOMPARE(ran.json()["attempts"].at(0)["proxy"].string(), text(proxy.url("socks5h")));
    const test::Ran said = send({text(server.url("/")), QStringLiteral("-x"), text(proxy.url("socks5h"))});
    QVERIFY2(said.out.contains("through the proxy " + proxy.url("socks5h")), said.out.constData());
}

void TestSendConnection::noproxyGoesDirect()
{
    TestServer server;
    server.reply(ok("direct"));
    TestProxy proxy;
    const test::Ran ran =
        send({text(server.url("/")), QStringLiteral("--proxy"), text(proxy.url("socks5h")), QStringLiteral("--noproxy"),
              QStringLiteral("a.example, 127.0.0.1"), QStringLiteral("--json")});
    QCOMPARE(ran.exit, Exit::Done);
    QVERIFY(proxy.targets().isEmpty());
    QVERIFY(ran.json()["attempts"].at(0)["proxy"].kind() == JsonKind::Null);
    QCOMPARE(send({text(server.url("/")), QStringLiteral("-x"), QString()}).exit, Exit::Done);
}

void TestSendConnection::insecureIsSaidLoudly()
{
    TestServer server(TestServer::Security::Tls);
    server.reply(ok("x"));
    QCOMPARE(send({text(server.url("/"))}).exit, Exit::Network);
    const test::Ran ran = send({text(server.url("/")), QStringLiteral("-k"), QStringLiteral("--json")});
    QCOMPARE(ran.exit, Exit::Done);
    QVERIFY(ran.err.contains("WARNING: the server's certificate is not verified"));
    QCOMPARE(ran.json()["attempts"].at(0)["tls"]["verified"].boolean(), false);
}

void TestSendConnection::theCertificateIsShown()
{
    TestCa authority;
    TestServer server(authority.issue(QStringLiteral("IP:127.0.0.1"), 90));
    server.reply(ok("x"));
    const test::Ran ran =
        send({text(server.url("/")), QStringLiteral("--cacert"), authority.file(), QStringLiteral("--json")});
    QVERIFY2(ran.exit == Exit::Done, ran.err.constData());
    QCOMPARE(ran.err, QByteArray());
    const JsonValue tls = ran.json()["attempts"].at(0)["tls"];
    QCOMPARE(tls["verified"].boolean(), true);
    QVERIFY(tls["protocol"].string().startsWith(QLatin1String("TLSv1.")));
    QVERIFY(!tls["cipher"].string().isEmpty());
    QCOMPARE(tls["chain"].at(0)["names"].at(0).string(), QStringLiteral("IP Address:127.0.0.1"));
    QVERIFY(tls["chain"].at(0)["valid_until"].string().endsWith(QLatin1Char('Z')));
    QVERIFY(!send({text(server.url("/")), QStringLiteral("--cacert"), authority.file()}).out.contains("expires"));
}

void TestSendConnection::aCertificateNearItsEndIsSpokenOf()
{
    TestCa authority;
    TestServer server(authority.issue(QStringLiteral("IP:127.0.0.1"), 5));
    server.reply(ok("x"));
    const test::Ran ran = send({text(server.url("/")), QStringLiteral("--cacert"), authority.file()});
    QVERIFY2(ran.out.contains("the server's certificate expires on"), ran.out.constData());
}

void TestSendConnection::aClientCertificateIsShown()
{
    TestCa authority;
    const TestIdentity client = authority.issue(QStringLiteral("DNS:client"));
    TestServer server(authority.issue(QStringLiteral("IP:127.0.0.1")), authority.file());
    server.reply(ok("known"));
    const QStringList trust{text(server.url("/")), QStringLiteral("--cacert"), authority.file()};
    QCOMPARE(send(trust).exit, Exit::Network);
    const QStringList shown = trust + QStringList{QStringLiteral("--cert"), client.certificate};
    QCOMPARE(send(shown + QStringList{QStringLiteral("--key"), client.key}).exit, Exit::Done);
    const QStringList locked{QStringLiteral("--cert"), client.certificate + QStringLiteral(":secret"),
                             QStringLiteral("--key"), authority.locked(client, QStringLiteral("secret"))};
    QCOMPARE(send(trust + locked).exit, Exit::Done);
}

void TestSendConnection::redirects_data()
{
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<int>("sends");
    QTest::addColumn<int>("exit");
    const auto row = [](const char *name, const QStringList &flags, int sends, Exit exit) {
        QTest::newRow(name) << flags << sends << int(exit);
    };
    row("followed", {}, 3, Exit::Done);
    row("not", {QStringLiteral("--no-redirects")}, 1, Exit::Done);
    row("two are enough", {QStringLiteral("--max-redirects"), QStringLiteral("2")}, 3, Exit::Done);
    row("one is too few", {QStringLiteral("--max-redirects"), QStringLiteral("1")}, 2, Exit::Network);
}

void TestSendConnection::redirects()
{
    QFETCH(const QStringList, flags);
    QFETCH(const int, sends);
    QFETCH(const int, exit);
    TestServer server;
    server.reply("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n");
    server.reply("HTTP/1.1 302 Found\r\nLocation: /c\r\nContent-Length: 0\r\n\r\n");
    server.reply(ok("end"));
    const test::Ran ran = send(QStringList(text(server.url("/a"))) + flags);
    QCOMPARE(int(ran.exit.value_or(Exit::Usage)), exit);
    QCOMPARE(int(server.requests().size()), sends);
    QCOMPARE(ran.out.contains("302 led from " + server.url("/a") + " to " + server.url("/b")), sends > 1);
}

void TestSendConnection::http2IsRefusedByAServerOfHttp11()
{
    TestServer server;
    server.reply(ok("x"));
    QCOMPARE(send({text(server.url("/")), QStringLiteral("--http1.1")}).exit, Exit::Done);
    QCOMPARE(
        send({text(server.url("/")), QStringLiteral("--http2"), QStringLiteral("--timeout"), QStringLiteral("1")}).exit,
        Exit::Network);
}

void TestSendConnection::settingsOfACurlCommandHold_flagsBeatThem()
{
    TestServer server;
    server.reply("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n");
    server.reply(ok("end"));
    const QStringList fromCurl{QStringLiteral("--curl-file"), QStringLiteral("-")};
    QCOMPARE(send(fromCurl, "curl " + server.url("/a")).exit, Exit::Done);
    QCOMPARE(server.requests().size(), 1U);
    const QStringList followed = fromCurl + QStringList{QStringLiteral("--max-redirects"), QStringLiteral("5")};
    QCOMPARE(send(followed, "curl -x http://127.0.0.1:1 --noproxy '*' " + server.url("/a")).exit, Exit::Done);
    QCOMPARE(server.requests().size(), 2U);
}

void TestSendConnection::proxyOfAnEnvironment_isUsed()
{
    TestServer server;
    server.reply(ok("through"));
    TestProxy proxy;
    QTemporaryDir folder;
    QFile environment(folder.filePath(QStringLiteral("staging.http")));
    QVERIFY(environment.open(QIODevice::WriteOnly));
    environment.write("@gate = " + proxy.url("socks5h") + "\n@host = " + server.url({}) + "\n");
    environment.close();
    const QByteArray command = "curl -x '{{gate}}' '{{host}}/a'";
    const QStringList fromCurl{QStringLiteral("--curl-file"), QStringLiteral("-"), QStringLiteral("--json")};
    const test::Ran ran = send(fromCurl + QStringList{QStringLiteral("--env"), environment.fileName()}, command);
    QVERIFY2(ran.exit == Exit::Done, ran.err.constData());
    QCOMPARE(proxy.targets().size(), 1);
    QCOMPARE(ran.json()["attempts"].at(0)["proxy"].string(), text(proxy.url("socks5h")));
    // Without a value nothing goes anywhere.
    QVERIFY(environment.open(QIODevice::WriteOnly));
    environment.write("@host = " + server.url({}) + "\n");
    environment.close();
    const test::Ran refused = send(fromCurl + QStringList{QStringLiteral("--env"), environment.fileName()}, command);
    QCOMPARE(refused.exit, Exit::Usage);
    QVERIFY2(refused.err.contains("gate"), refused.err.constData());
    QCOMPARE(server.requests().size(), 1U);
}

QTEST_GUILESS_MAIN(TestSendConnection)
#include "tst_sendconnection.moc"
