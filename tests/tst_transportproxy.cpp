// The libcurl engine through proxies. The Qt engine uses none, and refuses to be asked for one.
#include "models/http/cookiejar.h"
#include "tests/support/sending.h"
#include "tests/support/testproxy.h"
#include "tests/support/testserver.h"

#include <QTest>

using namespace errata;
using Mode = ProxySettings::Mode;

namespace {

SendOptions through(const QByteArray &proxy)
{
    SendOptions options;
    options.proxy = {Mode::Manual, proxy, {}, true};
    options.tls.caFile = loopbackIdentity().certificate;
    return options;
}

/// Sets a variable for as long as it lives.
class Variable
{
public:
    Variable(const char *name, const QByteArray &value) : m_name(name), m_before(qgetenv(name))
    {
        qputenv(name, value);
    }
    ~Variable() { m_before.isNull() ? qunsetenv(m_name) : qputenv(m_name, m_before); }
    Q_DISABLE_COPY_MOVE(Variable)

private:
    const char *m_name;
    const QByteArray m_before;
};

} // namespace

class TransportProxyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainRequest_goesInAbsoluteForm();
    void encryptedRequest_goesThroughATunnel();
    void tunnelRefused_isAProxyFailure_data();
    void tunnelRefused_isAProxyFailure();
    void socks5_data();
    void socks5();
    void noProxyThere_isAProxyFailure_data();
    void noProxyThere_isAProxyFailure();
    void environment_isFollowed_exceptForLoopback();
    void badAddress_isRefusedBeforeSending();
    void qtEngine_refusesAProxy();
    void cookieOfAPublicSuffix_isRefused();
};

void TransportProxyTest::plainRequest_goesInAbsoluteForm()
{
    TestServer proxy; // an HTTP proxy for plain HTTP is a server that is told the whole address
    proxy.replyJson(200, "{}");
    const QByteArray address = "http://origin.test/a//%7e?b#c";
    const QByteArray withPassword = "http://me:pw@127.0.0.1:" + QByteArray::number(proxy.port());
    const SendResult result = sent(Engine::Curl, get(address), through(withPassword));
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    const QByteArray &request = proxy.requests().front();
    QCOMPARE(TestServer::requestLine(request), QByteArray("GET http://origin.test/a//%7e?b HTTP/1.1"));
    QCOMPARE(TestServer::requestHeaders(request).value("Host"), QByteArray("origin.test"));
    QCOMPARE(TestServer::requestHeaders(request).value("Proxy-Authorization"),
             "Basic " + QByteArray("me:pw").toBase64());
    QCOMPARE(result.sentHead, request);
    QCOMPARE(result.proxy, proxy.url({}));
}

void TransportProxyTest::encryptedRequest_goesThroughATunnel()
{
    TestProxy proxy;
    TestServer server(TestServer::Security::Tls);
    server.replyJson(200, "{}");
    const SendResult result = sent(Engine::Curl, get(server.url("/a")), through(proxy.url("http")));
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(proxy.targets(), QByteArrayList{"127.0.0.1:" + QByteArray::number(server.port())});
    QCOMPARE(TestServer::requestLine(server.requests().front()), QByteArray("GET /a HTTP/1.1"));
    // The proxy's own exchange is none of the server's.
    QCOMPARE(result.sentHead, server.requests().front());
    QVERIFY(!result.response->headers.contains("X-Proxy"));
    QVERIFY(!proxy.heads().front().contains("errata"));
    QCOMPARE(result.sends, 1);
}

void TransportProxyTest::tunnelRefused_isAProxyFailure_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("403") << QByteArray("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("407") << QByteArray(
        "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("502") << QByteArray("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("closed") << QByteArray("HTT");
}

void TransportProxyTest::tunnelRefused_isAProxyFailure()
{
    QFETCH(QByteArray, answer);
    TestProxy proxy;
    proxy.refuseWith(answer);
    TestServer server(TestServer::Security::Tls);
    const SendResult result = sent(Engine::Curl, get(server.url()), through(proxy.url("http")));
    QVERIFY2(result.failure.kind == NetworkError::Proxy,
             qPrintable(QStringLiteral("%1: %2").arg(int(result.failure.kind)).arg(result.failure.detail)));
    QCOMPARE(result.sends, 0);
    QVERIFY(!result.response);
    QCOMPARE(server.connections(), 0);
}

void TransportProxyTest::socks5_data()
{
    QTest::addColumn<QByteArray>("scheme");
    QTest::addColumn<QByteArray>("named"); // how the proxy learns of the host
    QTest::newRow("resolved here") << QByteArray("socks5") << QByteArray("ADDRESS");
    QTest::newRow("resolved there") << QByteArray("socks5h") << QByteArray("origin.test");
}

void TransportProxyTest::socks5()
{
    QFETCH(QByteArray, scheme);
    QFETCH(QByteArray, named);
    TestProxy proxy;
    TestServer server;
    server.replyJson(200, "{}");
    const QByteArray port = QByteArray::number(server.port());
    const SendResult result =
        sent(Engine::Curl, get("http://origin.test:" + port + "/a?b"), through(proxy.url(scheme)));
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(proxy.targets(), QByteArrayList{named + ':' + port});
    QCOMPARE(TestServer::requestLine(server.requests().front()), QByteArray("GET /a?b HTTP/1.1"));
}

void TransportProxyTest::noProxyThere_isAProxyFailure_data()
{
    QTest::addColumn<QByteArray>("proxy");
    QByteArray gone;
    {
        const TestServer server;
        gone = "127.0.0.1:" + QByteArray::number(server.port());
    }
    QTest::newRow("http") << "http://" + gone;
    QTest::newRow("socks5h") << "socks5h://" + gone;
    QTest::newRow("unknown name") << QByteArray("http://nowhere.invalid:8080");
}

void TransportProxyTest::noProxyThere_isAProxyFailure()
{
    QFETCH(QByteArray, proxy);
    const SendResult result = sent(Engine::Curl, get("http://origin.test/"), through(proxy));
    QVERIFY2(result.failure.kind == NetworkError::Proxy, qPrintable(result.failure.detail));
    QCOMPARE(result.sends, 0);
}

void TransportProxyTest::environment_isFollowed_exceptForLoopback()
{
    TestServer proxy;
    proxy.replyJson(200, "{}");
    TestServer server;
    server.replyJson(201, "{}");
    const Variable variable("http_proxy", "127.0.0.1:" + QByteArray::number(proxy.port()));
    const Variable exceptions("no_proxy", "other.test");
    QCOMPARE(sent(Engine::Curl, get("http://origin.test/")).response->status, 200);
    QCOMPARE(sent(Engine::Curl, get(server.url())).response->status, 201);
    const QByteArray other = "http://other.test:" + QByteArray::number(server.port());
    QCOMPARE(sent(Engine::Curl, get(other)).response->status, 201);
    SendOptions direct;
    direct.proxy.mode = Mode::None;
    QVERIFY(sent(Engine::Curl, get("http://origin.test:" + QByteArray::number(server.port())), direct).proxy.isEmpty());
    QCOMPARE(proxy.requests().size(), size_t(1));
}

void TransportProxyTest::badAddress_isRefusedBeforeSending()
{
    const SendResult result = sent(Engine::Curl, get("http://origin.test/"), through("gopher://me:pw@p:1"));
    QCOMPARE(result.failure.kind, NetworkError::InvalidRequest);
    QVERIFY2(!result.failure.detail.contains(QStringLiteral("pw")), qPrintable(result.failure.detail));
}

void TransportProxyTest::qtEngine_refusesAProxy()
{
    TestServer proxy;
    const SendResult result = sent(Engine::Qt, get("http://origin.test/"), through(proxy.url({})));
    QCOMPARE(result.failure.kind, NetworkError::InvalidRequest);
    QCOMPARE(proxy.connections(), 0);
}

void TransportProxyTest::cookieOfAPublicSuffix_isRefused()
{
    TestServer proxy; // stands for every name
    proxy.reply("HTTP/1.1 200 OK\r\nSet-Cookie: all=1; Domain=co.uk\r\nSet-Cookie: shop=2; Domain=shop.co.uk\r\n"
                "Content-Length: 0\r\n\r\n");
    SendOptions options = through("http://127.0.0.1:" + QByteArray::number(proxy.port()));
    options.cookies = std::make_shared<CookieJar>();
    const SendResult result = sent(Engine::Curl, get("http://www.shop.co.uk/"), options);
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(options.cookies->cookieField("http://api.shop.co.uk/"), QByteArray("shop=2"));
    QCOMPARE(
        options.cookies->refusals(),
        QStringList{QStringLiteral("all of www.shop.co.uk: Domain is co.uk, below which anybody may have a name")});
}

QTEST_GUILESS_MAIN(TransportProxyTest)
#include "tst_transportproxy.moc"
