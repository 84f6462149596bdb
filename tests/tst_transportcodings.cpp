// Packed bodies: unpacked whatever was asked for, never beyond the limit. The Qt engine leaves them as they come.
#include "tests/support/sending.h"
#include "tests/support/testserver.h"

#include <QTest>

using namespace errata;

namespace {

QByteArray packed(const QByteArray &coding, const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n\r\n" + body;
}

/// "deflate" is zlib's own form (RFC 9110 section 8.4.1.2), which is what follows the size qCompress puts first.
QByteArray deflated(const QByteArray &body)
{
    return qCompress(body).mid(4);
}

} // namespace

class TransportCodingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void codings_data();
    void codings();
    void bomb_isCutAtTheLimit();
    void onlyWhatWasTyped_isAskedFor_data() { addEngineRows(); }
    void onlyWhatWasTyped_isAskedFor();
};

void TransportCodingsTest::codings_data()
{
    QTest::addColumn<Engine>("engine");
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<NetworkError>("failure");
    const auto row = [](const char *coding, const QByteArray &hex, const QByteArray &body,
                        NetworkError failure = NetworkError::None) {
        const QByteArray wire = QByteArray::fromHex(hex);
        QTest::addRow("curl: %s %s", coding, hex.constData())
            << Engine::Curl << QByteArray(coding) << wire << body << failure;
        QTest::addRow("qt: %s %s", coding, hex.constData())
            << Engine::Qt << QByteArray(coding) << wire << wire << NetworkError::None;
    };
    row("gzip", "1f8b0800000000000203cb48cdc9c9070086a6103605000000", "hello");
    row("x-gzip", "1f8b0800000000000203cb48cdc9c9070086a6103605000000", "hello");
    row("deflate", "789ccb48cdc9c90700062c0215", "hello");
    row("deflate", "cb48cdc9c90700", "hello"); // without zlib's frame, as some servers write it
    row("br", "0b028068656c6c6f03", "hello");
    row("zstd", "28b52ffd200529000068656c6c6f", "hello");
    row("identity", "68656c6c6f", "hello");
    row("deflate, gzip", "1f8b0800000000000203ab9873dae3ecc993ec0c6c3a4ca20044fe85aa0d000000", "hello");
    row("gzip", "68656c6c6f", "", NetworkError::ContentCoding);
    row("br", "ffffffffff", "", NetworkError::ContentCoding);
    row("carrier-pigeon", "68656c6c6f", "", NetworkError::ContentCoding);
}

void TransportCodingsTest::codings()
{
    QFETCH(Engine, engine);
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, wire);
    QFETCH(NetworkError, failure);
    TestServer server;
    server.reply(packed(coding, wire));

    const SendResult result = sent(engine, get(server.url()));

    QVERIFY2(result.failure.kind == failure, qPrintable(result.failure.detail));
    QTEST(result.response->body, "body");
    QCOMPARE(result.response->headers.value("Content-Encoding"), coding);
    if (engine == Engine::Curl && failure == NetworkError::None)
        QCOMPARE(result.receivedBytes, wire.size());
}

void TransportCodingsTest::bomb_isCutAtTheLimit()
{
    const QByteArray bomb = deflated(QByteArray(qsizetype(64) * 1024 * 1024, 'x'));
    QVERIFY(bomb.size() < qsizetype(128) * 1024);
    TestServer server;
    server.reply(packed("deflate", bomb));
    SendOptions options;
    options.bodyLimit = 1'000'000;
    const SendResult result = sent(Engine::Curl, get(server.url()), options);
    QCOMPARE(result.failure.kind, NetworkError::TooLarge);
    QCOMPARE(result.response->body.size(), 1'000'000);
}

void TransportCodingsTest::onlyWhatWasTyped_isAskedFor()
{
    QFETCH(Engine, engine);
    TestServer server;
    server.replyJson(200, "{}");
    QVERIFY(sent(engine, get(server.url())).answered());
    const auto asked = TestServer::requestHeaders(server.requests().at(0)).value("Accept-Encoding");
    QCOMPARE(asked.value_or("identity"), QByteArray("identity")); // Qt asks for something in any case
    QVERIFY(sent(engine, {"GET", server.url(), {{"Accept-Encoding", "br;q=0.5"}}, {}}).answered());
    QCOMPARE(TestServer::requestHeaders(server.requests().at(1)).values("Accept-Encoding"),
             std::vector<QByteArray>{"br;q=0.5"});
}

QTEST_GUILESS_MAIN(TransportCodingsTest)
#include "tst_transportcodings.moc"
