// The parts of the libcurl engine that need no connection.
#include "models/http/curlanswer.h"
#include "models/net/curlerrors.h"
#include "models/net/curlrequest.h"
#include "models/net/curltls.h"
#include "tests/support/sending.h"

#include <QTest>

#include <cerrno>

using namespace errata;

Q_DECLARE_METATYPE(CurlEnding)

class CurlPartsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endings_data();
    void endings();
    void everyCode_hasAKindAndWords();
    void requests_data();
    void requests();
    void credentialsInTheAddress_becomeBasic();
    void locations_data();
    void locations();
    void tlsWords_data();
    void tlsWords();
    void certificateLines();
    void headsTogether_haveALimit();
    void lineOfWhiteSpace_endsNoHead();
    void trailers_areThoseBehindTheHead();
};

void CurlPartsTest::endings_data()
{
    QTest::addColumn<CurlEnding>("ending");
    QTest::addColumn<NetworkError>("kind");
    const auto row = [](const char *name, NetworkError kind, const CurlEnding &ending) {
        QTest::newRow(name) << ending << kind;
    };
    const auto of = [](CURLcode code, const auto &change) {
        CurlEnding ending;
        ending.code = code;
        change(ending);
        return ending;
    };
    const auto plain = [&of](CURLcode code) { return of(code, [](CurlEnding &) {}); };
    row("whole", NetworkError::None, of(CURLE_OK, [](CurlEnding &e) { e.headEnded = true; }));
    row("over before the head was", NetworkError::Closed, plain(CURLE_OK));
    row("no such host", NetworkError::Dns, plain(CURLE_COULDNT_RESOLVE_HOST));
    row("no such proxy", NetworkError::Proxy, plain(CURLE_COULDNT_RESOLVE_PROXY));
    row("refused", NetworkError::Refused,
        of(CURLE_COULDNT_CONNECT, [](CurlEnding &e) { e.systemError = ECONNREFUSED; }));
    row("no way", NetworkError::Unreachable,
        of(CURLE_COULDNT_CONNECT, [](CurlEnding &e) { e.systemError = ENETUNREACH; }));
    row("proxy refused", NetworkError::Proxy, of(CURLE_COULDNT_CONNECT, [](CurlEnding &e) {
            e.systemError = ECONNREFUSED;
            e.proxied = true;
        }));
    row("tunnel refused", NetworkError::Proxy, of(CURLE_RECV_ERROR, [](CurlEnding &e) { e.connectStatus = 403; }));
    const auto certificate = [&of](long result) {
        return of(CURLE_PEER_FAILED_VERIFICATION, [result](CurlEnding &e) { e.verifyResult = result; });
    };
    row("name", NetworkError::TlsHost, certificate(1));
    row("not yet valid", NetworkError::TlsExpired, certificate(9));
    row("expired", NetworkError::TlsExpired, certificate(10));
    row("self-signed", NetworkError::TlsUntrusted, certificate(18));
    row("no issuer", NetworkError::TlsUntrusted, certificate(20));
    row("second send refused", NetworkError::Closed,
        of(CURLE_ABORTED_BY_CALLBACK, [](CurlEnding &e) { e.retryRefused = true; }));
    row("endless line", NetworkError::TooManyHeaders, plain(CURLE_OUT_OF_MEMORY));
    row("memory", NetworkError::Other, of(CURLE_OUT_OF_MEMORY, [](CurlEnding &e) { e.headEnded = true; }));
    row("broken chunks", NetworkError::Protocol,
        of(CURLE_RECV_ERROR, [](CurlEnding &e) { e.words = QStringLiteral("Illegal hex in chunked-encoding"); }));
    row("reset", NetworkError::Closed, of(CURLE_RECV_ERROR, [](CurlEnding &e) { e.systemError = ECONNRESET; }));
}

void CurlPartsTest::endings()
{
    QFETCH(CurlEnding, ending);
    const NetworkFailure failure = failureOf(ending);
    QTEST(failure.kind, "kind");
    QCOMPARE(failure.detail.isEmpty(), failure.kind == NetworkError::None);
}

void CurlPartsTest::everyCode_hasAKindAndWords()
{
    for (int code = 1; code < CURL_LAST; ++code) {
        CurlEnding ending;
        ending.code = static_cast<CURLcode>(code);
        ending.words = QStringLiteral("its words");
        const NetworkFailure failure = failureOf(ending);
        QVERIFY(failure.kind != NetworkError::None);
        QVERIFY2(failure.detail.endsWith(QStringLiteral("(its words)")) && !failure.detail.startsWith(QLatin1Char(' ')),
                 qPrintable(failure.detail));
    }
}

void CurlPartsTest::requests_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("target");
    const auto row = [](const char *url, const char *origin, const char *target) {
        QTest::newRow(url) << QByteArray(url) << QByteArray(origin) << QByteArray(target);
    };
    row("http://h", "http://h/", "/");
    row("HTTP://h?a", "HTTP://h/", "/?a");
    row("http://h#a", "http://h/", "/");
    row("https://me:pw@h:1/a@b?c@d#e", "https://h:1/", "/a@b?c@d");
    row("http://[::1]:8080/%7e", "http://[::1]:8080/", "/%7e");
    row("http://h/http://x/?", "http://h/", "/http://x/?");
}

void CurlPartsTest::requests()
{
    QFETCH(QByteArray, url);
    const auto request = curlRequest(get(url));
    QVERIFY(request);
    QTEST(request->origin, "origin");
    QTEST(request->target, "target");
    QCOMPARE(request->absolute, request->origin.chopped(1) + request->target);
}

void CurlPartsTest::credentialsInTheAddress_becomeBasic()
{
    const QByteArray basic = "Authorization: Basic " + QByteArray("m@:p w").toBase64();
    QVERIFY(curlRequest(get("http://m%40:p%20w@h/"))->fields.contains(basic));
    const HttpRequest own = {"GET", "http://me:pw@h/", {{"authorization", "Bearer x"}}, {}};
    QByteArrayList fields = curlRequest(own)->fields;
    fields.removeIf([](const QByteArray &field) { return !field.toLower().startsWith("authorization"); });
    QCOMPARE(fields, QByteArrayList{"authorization: Bearer x"});
}

void CurlPartsTest::locations_data()
{
    QTest::addColumn<QByteArray>("sent");
    const auto row = [](const char *written, const char *sent) { QTest::newRow(written) << QByteArray(sent); };
    row("http://h/a%2fb?c=%E4", "http://h/a%2fb?c=%E4");
    row("http://h/a b\t", "http://h/a%20b%09");
    row("http://h/\xc3\xa4", "http://h/%C3%A4");
    row("http://h/a|{}\"", "http://h/a|{}\"");
}

void CurlPartsTest::locations()
{
    QTEST(sendableAddress(QTest::currentDataTag()), "sent");
}

void CurlPartsTest::tlsWords_data()
{
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<QString>("cipher");
    const auto row = [](const char *words, const char *protocol, const char *cipher) {
        QTest::newRow(words) << QString::fromLatin1(protocol) << QString::fromLatin1(cipher);
    };
    row("SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n", "TLSv1.3", "TLS_AES_256_GCM_SHA384");
    row("SSL connection using TLSv1.2 / ECDHE-RSA-AES128-GCM-SHA256 / X25519 / RSA", "TLSv1.2",
        "ECDHE-RSA-AES128-GCM-SHA256"); // libcurl 8
    row("SSL connection using", "", "");
    row("Connected to h (127.0.0.1) port 443", "", "");
}

void CurlPartsTest::tlsWords()
{
    const TlsDetails details = tlsFromWords(QTest::currentDataTag()).value_or(TlsDetails());
    QTEST(details.protocol, "protocol");
    QTEST(details.cipher, "cipher");
}

void CurlPartsTest::certificateLines()
{
    const Certificate one = certificateFrom({"Subject:CN = a:b", "Issuer:C = X", "Start date:Nov  2 12:00:00 2026 GMT",
                                             "Expire date:Dec 12 01:02:03 2027 GMT",
                                             "X509v3 Subject Alternative Name:DNS:a, IP Address:127.0.0.1",
                                             "Signature:00:01", "Cert:-----BEGIN\n"});
    QCOMPARE(one.subject, QStringLiteral("CN = a:b"));
    QCOMPARE(one.issuer, QStringLiteral("C = X"));
    QCOMPARE(one.validFrom, QDateTime(QDate(2026, 11, 2), QTime(12, 0), Qt::UTC));
    QCOMPARE(one.validUntil, QDateTime(QDate(2027, 12, 12), QTime(1, 2, 3), Qt::UTC));
    QCOMPARE(one.names, (QStringList{QStringLiteral("DNS:a"), QStringLiteral("IP Address:127.0.0.1")}));
    QCOMPARE(one.pem, QByteArray("-----BEGIN\n"));
}

void CurlPartsTest::headsTogether_haveALimit()
{
    CurlAnswer answer(SendOptions{}, false);
    const QByteArray line = "X-A: " + QByteArray(1000, 'a') + "\r\n";
    qint64 size = 0;
    while (answer.addHeadLine("HTTP/1.1 103 Early Hints\r\n") && answer.addHeadLine(line) &&
           answer.addHeadLine("\r\n")) {
        size += line.size();
        QVERIFY(size <= limits::headerBlock);
    }
    QCOMPARE(answer.failure().kind, NetworkError::TooManyHeaders);
    QVERIFY(!answer.response());
}

void CurlPartsTest::lineOfWhiteSpace_endsNoHead()
{
    CurlAnswer answer(SendOptions{}, false);
    QVERIFY(answer.addHeadLine("HTTP/1.1 200 OK\r\n"));
    QVERIFY(answer.addHeadLine("A: 1\r\n"));
    QVERIFY(answer.addHeadLine(" \t\r\n"));
    QVERIFY(!answer.hasHead());
    QVERIFY(answer.addHeadLine("B: 2\r\n"));
    QVERIFY(answer.addHeadLine("\r\n"));
    QVERIFY(answer.hasHead());
    QCOMPARE(answer.head().headers.value("A"), std::optional<QByteArray>("1 "));
    QCOMPARE(answer.head().headers.value("B"), std::optional<QByteArray>("2"));
    QVERIFY(answer.trailers().isEmpty());
}

void CurlPartsTest::trailers_areThoseBehindTheHead()
{
    CurlAnswer answer(SendOptions{}, false);
    for (const char *line : {"HTTP/1.1 200 OK\r\n", "A: 1\r\n", "\r\n", "B: 2\r\n", " 3\r\n", "\r\n"})
        QVERIFY(answer.addHeadLine(line));
    QCOMPARE(answer.head().headers.size(), 1);
    QCOMPARE(answer.trailers().size(), 1);
    QCOMPARE(answer.trailers().value("B"), std::optional<QByteArray>("2 3"));
}

QTEST_APPLESS_MAIN(CurlPartsTest)
#include "tst_curlparts.moc"
