// HTTP/2 against a real server, nghttpd, which prints what it receives.
#include "tests/support/sending.h"
#include "tests/support/testca.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace errata;

namespace {

/// Serves a folder over TLS, or in the clear without a certificate; echoes what is uploaded.
class Nghttpd
{
public:
    explicit Nghttpd(const QString &folder, const std::optional<TestIdentity> &identity = {},
                     const QStringList &more = {})
        : m_scheme(identity ? "https" : "http"), m_port(freePort())
    {
        QStringList arguments{QStringLiteral("-v"), QStringLiteral("--echo-upload"),
                              QStringLiteral("-a"), QStringLiteral("127.0.0.1"),
                              QStringLiteral("-d"), folder};
        arguments << more;
        if (!identity)
            arguments << QStringLiteral("--no-tls");
        arguments << QString::number(m_port);
        if (identity)
            arguments << identity->key << identity->certificate;
        m_process.start(QStringLiteral("nghttpd"), arguments);
    }
    ~Nghttpd()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(Nghttpd)

    [[nodiscard]] bool isUp()
    {
        m_log += m_process.readAllStandardOutput();
        return m_log.contains("listen ");
    }
    [[nodiscard]] QByteArray url(const QByteArray &path) const
    {
        return m_scheme + "://127.0.0.1:" + QByteArray::number(m_port) + path;
    }
    /// "name: value" of every request so far.
    [[nodiscard]] QByteArrayList received()
    {
        m_log += m_process.readAllStandardOutput();
        QByteArrayList fields;
        for (const QByteArray &line : m_log.split('\n')) {
            const qsizetype at = line.indexOf("recv (stream_id=");
            if (at >= 0)
                fields << line.mid(line.indexOf(") ", at) + 2);
        }
        return fields;
    }

private:
    static quint16 freePort()
    {
        QTcpServer probe;
        return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : quint16(0);
    }

    const QByteArray m_scheme;
    const quint16 m_port;
    QProcess m_process;
    QByteArray m_log;
};

SendOptions over(HttpVersion version)
{
    SendOptions options;
    options.version = version;
    return options;
}

} // namespace

class TransportHttp2Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void requests_data();
    void requests();
    void whatIsSent_isWhatArrives();
    void trailers_areKeptApart();
    void overTls_theServerChooses();
    void serverWithoutIt_answersInHttp1();
    void forcedOnAServerWithoutIt_isAFailure();
    void onePerConnection_inParallel();

private:
    QTemporaryDir m_dir;
    QByteArray m_file;
};

void TransportHttp2Test::initTestCase()
{
    for (int i = 0; m_file.size() < 300'000; ++i)
        m_file += QByteArray::number(i) + '\n';
    QFile file(m_dir.filePath(QStringLiteral("numbers.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_file) == m_file.size());
}

void TransportHttp2Test::requests_data()
{
    QTest::addColumn<HttpRequest>("request"); // the address is a path
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body"); // a 404's is the server's own
    const auto row = [](const char *name, const HttpRequest &request, int status, const QByteArray &body = {}) {
        QTest::newRow(name) << request << status << body;
    };
    QByteArray large;
    for (int i = 0; large.size() < 2'000'000; ++i)
        large += QByteArray::number(i) + '\n';
    row("GET", {"GET", "/numbers.txt", {}, {}}, 200, m_file);
    row("HEAD", {"HEAD", "/numbers.txt", {}, {}}, 200);
    row("404 is an answer", {"GET", "/nothing", {}, {}}, 404);
    row("POST", {"POST", "/x?a=%7e", {}, "hello"}, 200, "hello");
    row("a large upload", {"POST", "/x", {}, large}, 200, large);
    row("bytes that are no text", {"PUT", "/x", {}, QByteArray("\0\xff\r\n\n", 5)}, 200, QByteArray("\0\xff\r\n\n", 5));
}

void TransportHttp2Test::requests()
{
    QFETCH(HttpRequest, request);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    Nghttpd server(m_dir.path());
    QTRY_VERIFY(server.isUp());
    request.url = server.url(request.url);

    const SendResult result = sent(Engine::Curl, request, over(HttpVersion::Http2));

    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(result.response->version, QByteArray("HTTP/2"));
    QCOMPARE(result.response->status, status);
    QVERIFY(result.response->reason.isEmpty());
    QVERIFY(status == 404 || result.response->body == body);
    QCOMPARE(result.sends, 1);
    QTRY_COMPARE(server.received().count(":method: " + request.method), 1);
}

void TransportHttp2Test::whatIsSent_isWhatArrives()
{
    Nghttpd server(m_dir.path());
    QTRY_VERIFY(server.isUp());
    const Headers headers = {{"X-Twice", "1"},      {"Accept-Language", "de"}, {"x-twice", "2"}, {"TE", "trailers"},
                             {"Connection", "x-y"}, {"Keep-Alive", "3"},       {"X-Empty", ""}};
    const SendResult result =
        sent(Engine::Curl, {"POST", server.url("/a//b/../c?d"), headers, "{}"}, over(HttpVersion::Http2));
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QTRY_VERIFY(server.received().size() >= result.sentHeaders.size());
    QCOMPARE(server.received(), lines(result.sentHeaders));
    QVERIFY(lines(result.sentHeaders).contains(":path: /a//b/../c?d"));
    QVERIFY(result.sentHead.isEmpty()); // there are no such bytes in HTTP/2
}

void TransportHttp2Test::trailers_areKeptApart()
{
    // Behind a Content-Length libcurl reads no further.
    Nghttpd server(m_dir.path(), {}, {QStringLiteral("--no-content-length"), QStringLiteral("--trailer=x-trailer: 1")});
    QTRY_VERIFY(server.isUp());
    const SendResult result = sent(Engine::Curl, get(server.url("/numbers.txt")), over(HttpVersion::Http2));
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(lines(result.trailers), QByteArrayList{"x-trailer: 1"});
    QVERIFY(!result.response->headers.contains("x-trailer"));
}

void TransportHttp2Test::overTls_theServerChooses()
{
    TestCa authority;
    Nghttpd server(m_dir.path(), authority.issue(QStringLiteral("IP:127.0.0.1")));
    QTRY_VERIFY(server.isUp());
    SendOptions options;
    options.tls.caFile = authority.file();
    const SendResult result = sent(Engine::Curl, get(server.url("/numbers.txt")), options);
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(result.response->version, QByteArray("HTTP/2"));
    QVERIFY(result.response->body == m_file);
    QCOMPARE(result.tls->chain.size(), size_t(1));
    QVERIFY(lines(result.sentHeaders).contains(":scheme: https"));
}

void TransportHttp2Test::serverWithoutIt_answersInHttp1()
{
    TestServer server(TestServer::Security::Tls);
    server.replyJson(200, "{}");
    SendOptions options = over(HttpVersion::Http2);
    options.tls.caFile = loopbackIdentity().certificate;
    const SendResult result = sent(Engine::Curl, get(server.url()), options);
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(result.response->version, QByteArray("HTTP/1.1"));
    QVERIFY(result.sentHead.startsWith("GET / HTTP/1.1\r\n"));
}

void TransportHttp2Test::forcedOnAServerWithoutIt_isAFailure()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&server] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->write("HTTP/1.1 400 What?\r\n\r\n"); });
    });
    const SendResult result = sent(Engine::Curl, get("http://127.0.0.1:" + QByteArray::number(server.serverPort())),
                                   over(HttpVersion::Http2));
    QVERIFY2(result.failure.kind == NetworkError::Closed, qPrintable(result.failure.detail));
    QVERIFY(!result.response);
}

void TransportHttp2Test::onePerConnection_inParallel()
{
    Nghttpd server(m_dir.path());
    QTRY_VERIFY(server.isUp());
    const auto transport = transportOf(Engine::Curl);
    std::vector<std::unique_ptr<PendingSend>> sends;
    int whole = 0;
    for (int i = 0; i < 5; ++i) {
        sends.push_back(transport->send(get(server.url("/numbers.txt")), over(HttpVersion::Http2)));
        connect(sends.back().get(), &PendingSend::finished, this, [&](const SendResult &result) {
            whole += result.answered() && result.response->body == m_file && !result.reused;
        });
    }
    QTRY_COMPARE(whole, 5);
}

QTEST_GUILESS_MAIN(TransportHttp2Test)
#include "tst_transporthttp2.moc"
