// Both engines over TLS: certificates good and bad, ours and the server's, and what is told of them.
#include "tests/support/sending.h"
#include "tests/support/testserver.h"

#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace errata;

namespace {

QString here()
{
    return QStringLiteral("IP:127.0.0.1,DNS:localhost");
}

SendOptions trusting(const QString &caFile)
{
    SendOptions options;
    options.tls.caFile = caFile;
    return options;
}

} // namespace

Q_DECLARE_METATYPE(TestIdentity)

class TransportTlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void certificates_data();
    void certificates();
    void verificationOff_takesAnyCertificate_data() { addEngineRows(); }
    void verificationOff_takesAnyCertificate();
    void clientCertificates_data();
    void clientCertificates();
    void wantedClientCertificate_isTold_data() { addEngineRows(); }
    void wantedClientCertificate_isTold();
    void redirectToAnotherOrigin_leavesTheClientCertificate_data() { addEngineRows(); }
    void redirectToAnotherOrigin_leavesTheClientCertificate();
    void files_data();
    void files();
    void serverWithoutTls_isATlsFailure_data() { addEngineRows(); }
    void serverWithoutTls_isATlsFailure();
    void serverThatClosesInTheHandshake_data() { addEngineRows(); }
    void serverThatClosesInTheHandshake();
    void details_areTold_data() { addEngineRows(); }
    void details_areTold();
    void keptConnection_keepsItsDetails();

private:
    TestCa m_ca;
    TestCa m_stranger;
};

void TransportTlsTest::certificates_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<TestIdentity>("identity");
    QTest::addColumn<NetworkError>("failure");
    const auto row = [](const char *name, const TestIdentity &identity, NetworkError failure) {
        for (const Engine engine : {Engine::Curl, Engine::Qt})
            QTest::addRow("%s: %s", nameOf(engine), name) << engine << identity << failure;
    };
    row("good", m_ca.issue(here()), NetworkError::None);
    row("for another host", m_ca.issue(QStringLiteral("DNS:other.test")), NetworkError::TlsHost);
    row("for another address", m_ca.issue(QStringLiteral("IP:127.0.0.2")), NetworkError::TlsHost);
    row("expired", m_ca.issue(here(), -1), NetworkError::TlsExpired);
    row("signed by itself", m_ca.selfSigned(here()), NetworkError::TlsUntrusted);
    row("signed by a stranger", m_stranger.issue(here()), NetworkError::TlsUntrusted);
}

void TransportTlsTest::certificates()
{
    QFETCH(Engine, engine);
    QFETCH(TestIdentity, identity);
    QFETCH(NetworkError, failure);
    TestServer server(identity);
    server.replyJson(200, "{}");

    const SendResult result = sent(engine, get(server.url()), trusting(m_ca.file()));

    QVERIFY2(result.failure.kind == failure,
             qPrintable(QStringLiteral("%1: %2").arg(int(result.failure.kind)).arg(result.failure.detail)));
    QCOMPARE(result.answered(), failure == NetworkError::None);
    QCOMPARE(result.failure.detail.isEmpty(), failure == NetworkError::None);
    QCOMPARE(result.sends, failure == NetworkError::None ? 1 : 0);
    QCOMPARE(server.requests().size(), size_t(result.sends));
}

void TransportTlsTest::verificationOff_takesAnyCertificate()
{
    QFETCH(Engine, engine);
    SendOptions options;
    options.tls.verify = false;
    for (const TestIdentity &identity : {m_ca.issue(QStringLiteral("DNS:other.test"), -1), m_ca.selfSigned({})}) {
        TestServer server(identity);
        server.replyJson(200, "{}");
        const SendResult result = sent(engine, get(server.url()), options);
        QVERIFY2(result.answered(), qPrintable(result.failure.detail));
        QCOMPARE(result.tls->chain.size(), size_t(1)); // what was not checked is told all the same
    }
}

void TransportTlsTest::clientCertificates_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<TlsSettings>("tls");
    QTest::addColumn<bool>("accepted");
    const TestIdentity good = m_ca.issue({});
    const TestIdentity stranger = m_ca.selfSigned({});
    const auto row = [](const char *name, const TlsSettings &tls, bool accepted) {
        for (const Engine engine : {Engine::Curl, Engine::Qt})
            QTest::addRow("%s: %s", nameOf(engine), name) << engine << tls << accepted;
    };
    row("none", {true, m_ca.file(), {}, {}, {}}, false);
    row("good", {true, m_ca.file(), good.certificate, good.key, {}}, true);
    row("under a password",
        {true, m_ca.file(), good.certificate, m_ca.locked(good, QStringLiteral("secret")), "secret"}, true);
    row("of a stranger", {true, m_ca.file(), stranger.certificate, stranger.key, {}}, false);
}

void TransportTlsTest::clientCertificates()
{
    QFETCH(Engine, engine);
    QFETCH(TlsSettings, tls);
    QFETCH(bool, accepted);
    TestServer server(m_ca.issue(here()), m_ca.file());
    server.replyJson(200, "{}");
    SendOptions options;
    options.tls = tls;

    const SendResult result = sent(engine, get(server.url()), options);

    QVERIFY2(result.answered() == accepted, qPrintable(result.failure.detail));
    QCOMPARE(server.requests().size(), size_t(accepted ? 1 : 0));
    // This server closes without saying why.
    QCOMPARE(result.failure.kind, accepted ? NetworkError::None : NetworkError::Closed);
}

void TransportTlsTest::wantedClientCertificate_isTold()
{
    QFETCH(Engine, engine);
    const TestIdentity identity = m_ca.issue(here());
    QProcess server;
    server.start(QStringLiteral("openssl"),
                 {QStringLiteral("s_server"), QStringLiteral("-accept"), QStringLiteral("127.0.0.1:0"),
                  QStringLiteral("-cert"), identity.certificate, QStringLiteral("-key"), identity.key,
                  QStringLiteral("-CAfile"), m_ca.file(), QStringLiteral("-Verify"), QStringLiteral("1"),
                  QStringLiteral("-verify_return_error"), QStringLiteral("-www")});
    QByteArray said;
    QTRY_VERIFY2((said += server.readAllStandardOutput(), said.contains("ACCEPT ") && said.endsWith('\n')), said);
    const QByteArray port = said.mid(said.lastIndexOf(':') + 1).trimmed();

    const SendResult result = sent(engine, get("https://127.0.0.1:" + port + '/'), trusting(m_ca.file()));

    server.kill();
    QVERIFY(server.waitForFinished());
    QVERIFY2(result.failure.kind == NetworkError::TlsClientCertificate,
             qPrintable(QStringLiteral("%1: %2").arg(int(result.failure.kind)).arg(result.failure.detail)));
}

void TransportTlsTest::redirectToAnotherOrigin_leavesTheClientCertificate()
{
    QFETCH(Engine, engine);
    const TestIdentity own = m_ca.issue({});
    TestServer second(m_ca.issue(here()), m_ca.file());
    second.replyJson(200, "{}");
    TestServer first(m_ca.issue(here()), m_ca.file());
    first.reply("HTTP/1.1 302 Go\r\nLocation: " + second.url() + "\r\nContent-Length: 0\r\n\r\n");
    SendOptions options = trusting(m_ca.file());
    options.tls.clientCertificate = own.certificate;
    options.tls.clientKey = own.key;
    QVERIFY(sent(engine, get(second.url()), options).answered());

    const SendResult result = sent(engine, get(first.url()), options);

    QCOMPARE(first.requests().size(), size_t(1));
    QCOMPARE(result.failure.kind, NetworkError::Closed);
    QCOMPARE(second.requests().size(), size_t(1)); // the one sent to it directly
    QVERIFY(result.redirects.at(0).credentialsDropped);
}

void TransportTlsTest::files_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<TlsSettings>("tls");
    const TestIdentity good = m_ca.issue({});
    const TestIdentity other = m_ca.issue({});
    const QString gone = QStringLiteral("/nonexistent.pem");
    for (const Engine engine : {Engine::Curl, Engine::Qt}) {
        const auto row = [engine](const char *name, const TlsSettings &tls) {
            QTest::addRow("%s: %s", nameOf(engine), name) << engine << tls;
        };
        row("no authorities", {true, gone, {}, {}, {}});
        row("authorities that are none", {true, good.key, {}, {}, {}});
        row("no certificate", {true, m_ca.file(), gone, good.key, {}});
        row("no key", {true, m_ca.file(), good.certificate, gone, {}});
        row("a locked key",
            {true, m_ca.file(), good.certificate, m_ca.locked(good, QStringLiteral("secret")), "wrong"});
        if (engine == Engine::Curl) // Qt goes on without either
            row("another's key", {true, m_ca.file(), good.certificate, other.key, {}});
    }
}

void TransportTlsTest::files()
{
    QFETCH(Engine, engine);
    QFETCH(TlsSettings, tls);
    TestServer server(m_ca.issue(here()));
    server.replyJson(200, "{}");
    SendOptions options;
    options.tls = tls;
    const SendResult result = sent(engine, get(server.url()), options);
    QCOMPARE(result.failure.kind, NetworkError::InvalidRequest);
    QVERIFY(!result.failure.detail.isEmpty());
    QCOMPARE(result.sends, 0);
    QVERIFY(server.requests().empty());
}

void TransportTlsTest::serverWithoutTls_isATlsFailure()
{
    QFETCH(Engine, engine);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&server] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->write("HTTP/1.1 400 What?\r\n\r\n"); });
    });
    const SendResult result =
        sent(engine, get("https://127.0.0.1:" + QByteArray::number(server.serverPort())), trusting(m_ca.file()));
    QCOMPARE(result.failure.kind, NetworkError::Tls);
    QCOMPARE(result.sends, 0);
}

void TransportTlsTest::serverThatClosesInTheHandshake()
{
    QFETCH(Engine, engine);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    int connections = 0;
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        ++connections;
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, &QTcpSocket::disconnectFromHost);
    });
    const SendResult result =
        sent(engine, get("https://127.0.0.1:" + QByteArray::number(server.serverPort())), trusting(m_ca.file()));
    QVERIFY2(result.failure.kind == (engine == Engine::Curl ? NetworkError::Tls : NetworkError::Closed),
             qPrintable(result.failure.detail));
    QCOMPARE(result.sends, 0);
    QCOMPARE(connections, 1);
}

void TransportTlsTest::details_areTold()
{
    QFETCH(Engine, engine);
    TestServer server(m_ca.issue(here()));
    server.replyJson(200, "{}");
    const SendResult result = sent(engine, get(server.url()), trusting(m_ca.file()));

    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QVERIFY(result.tls);
    QCOMPARE(result.tls->protocol, QStringLiteral("TLSv1.3"));
    QVERIFY2(result.tls->cipher.startsWith(QStringLiteral("TLS_")), qPrintable(result.tls->cipher));
    QVERIFY(!result.tls->chain.empty());
    const Certificate &own = result.tls->chain.front();
    QVERIFY2(own.subject.contains(QStringLiteral("Errata test")), qPrintable(own.subject));
    QVERIFY2(own.issuer.contains(QStringLiteral("Errata Test CA")), qPrintable(own.issuer));
    QVERIFY2(own.names.contains(QStringLiteral("IP Address:127.0.0.1")) &&
                 own.names.contains(QStringLiteral("DNS:localhost")),
             qPrintable(own.names.join(QLatin1Char(' '))));
    QCOMPARE(own.validFrom.secsTo(own.validUntil), 2 * 24 * 3600);
    QVERIFY(own.pem.startsWith("-----BEGIN CERTIFICATE-----"));
    QVERIFY(result.timings.tlsMs && *result.timings.tlsMs <= *result.timings.firstByteMs);
}

void TransportTlsTest::keptConnection_keepsItsDetails()
{
    TestServer server(m_ca.issue(here()));
    server.reply({ok("hi"), TestServer::Then::KeepOpen});
    const auto transport = transportOf(Engine::Curl);
    const SendResult first = resultOf(*transport->send(get(server.url()), trusting(m_ca.file())));
    const SendResult second = resultOf(*transport->send(get(server.url()), trusting(m_ca.file())));
    QVERIFY(first.answered() && second.answered());
    QVERIFY(second.reused);
    QVERIFY(second.tls);
    QCOMPARE(second.tls->cipher, first.tls->cipher);
    QCOMPARE(second.tls->chain, first.tls->chain);
    QVERIFY(!second.timings.tlsMs);
    // Other settings, another connection: trust is not inherited.
    const SendResult distrusting = resultOf(*transport->send(get(server.url()), {}));
    QCOMPARE(distrusting.failure.kind, NetworkError::TlsUntrusted);
}

QTEST_GUILESS_MAIN(TransportTlsTest)
#include "tst_transporttls.moc"
