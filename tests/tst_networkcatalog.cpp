// What is said where no whole answer came: an entry for every kind, and whether the same may be sent again.
#include "models/catalog/networkcatalog.h"
#include "models/http/networkerrors.h"
#include "models/net/curlerrors.h"

#include <QFile>
#include <QSet>
#include <QTest>

#include <cerrno>

using namespace errata;

namespace {

QByteArray shipped()
{
    QFile file(QStringLiteral(":/errata/network/network.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString idFor(NetworkError kind, const char *detail)
{
    const NetworkEntry *entry = networkCatalog().entryOf({kind, QString::fromLatin1(detail)});
    return entry ? entry->id : QString();
}

SendResult failed(NetworkError kind, int sends)
{
    SendResult result;
    result.failure.kind = kind;
    result.sends = sends;
    return result;
}

} // namespace

class TestNetworkCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shippedFile_hasNoFault();
    void everyKind_hasItsOwnEntry();
    void everyEntry_canBeReached();
    void ids_areUnique_andGoBothWays();
    void details_findTheParticularEntry_data();
    void details_findTheParticularEntry();
    void whatLibcurlSays_findsTheParticularEntry_data();
    void whatLibcurlSays_findsTheParticularEntry();
    void resend_data();
    void resend();
    void wholeAnswer_hasNoVerdict();
    void faults_areNamed_data();
    void faults_areNamed();
};

void TestNetworkCatalog::shippedFile_hasNoFault()
{
    const NetworkCatalogReading reading = readNetworkCatalog(shipped(), QStringLiteral("network.json"));
    for (const CatalogFault &fault : reading.faults)
        qWarning("%s", qPrintable(fault.text()));
    QVERIFY(reading.faults.empty());
    QVERIFY(reading.catalog.entries.size() > networkErrors().size());
}

void TestNetworkCatalog::everyKind_hasItsOwnEntry()
{
    QCOMPARE(networkErrors().size(), std::size_t(NetworkError::Other));
    for (const NetworkError kind : networkErrors()) {
        const NetworkEntry *entry = networkCatalog().entryOf({kind, QStringLiteral("nothing known")});
        QVERIFY2(entry, qPrintable(networkErrorId(kind)));
        QCOMPARE(entry->kind, kind);
        QCOMPARE(entry->id, networkErrorId(kind));
    }
    QVERIFY(!networkCatalog().entryOf({}));
}

void TestNetworkCatalog::everyEntry_canBeReached()
{
    QSet<QString> ids;
    for (const NetworkEntry &entry : networkCatalog().entries) {
        QVERIFY2(!ids.contains(entry.id), qPrintable(entry.id));
        ids.insert(entry.id);
        for (const QString &word : entry.words)
            QCOMPARE(networkCatalog().entryOf({entry.kind, word.toUpper()})->id, entry.id);
    }
}

void TestNetworkCatalog::ids_areUnique_andGoBothWays()
{
    for (const NetworkError kind : networkErrors())
        QCOMPARE(networkErrorFromId(networkErrorId(kind)), std::optional(kind));
    QCOMPARE(networkErrorFromId(u"none"), std::optional(NetworkError::None));
    QVERIFY(!networkErrorFromId(u"DNS"));
    QVERIFY(!networkErrorFromId(u""));
}

void TestNetworkCatalog::details_findTheParticularEntry_data()
{
    QTest::addColumn<NetworkError>("kind");
    QTest::addColumn<QByteArray>("detail");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *id, NetworkError kind, const char *detail) {
        QTest::addRow("%s: %s", id, detail) << kind << QByteArray(detail) << QString::fromLatin1(id);
    };
    // Qt's words.
    row("tls-not-yet-valid", NetworkError::TlsExpired, "The certificate is not yet valid");
    row("tls-expired", NetworkError::TlsExpired, "The certificate has expired");
    row("tls-self-signed", NetworkError::TlsUntrusted, "The certificate is self-signed, and untrusted");
    row("tls-unknown-root", NetworkError::TlsUntrusted,
        "The root certificate of the certificate chain is self-signed, and untrusted");
    row("tls-issuer-missing", NetworkError::TlsUntrusted,
        "The issuer certificate of a locally looked up certificate could not be found; No certificates could be "
        "verified");
    row("tls-untrusted", NetworkError::TlsUntrusted, "The peer did not present any certificate");
    row("tls-client-certificate-missing", NetworkError::TlsClientCertificate,
        "Error while reading: error:0A00045C:SSL routines::tlsv13 alert certificate required");
    row("tls-not-spoken", NetworkError::Tls,
        "Error during SSL handshake: error:0A00010B:SSL routines::wrong version number");
    // The same words under another kind are another matter.
    row("closed", NetworkError::Closed, "alert certificate required");
}

void TestNetworkCatalog::details_findTheParticularEntry()
{
    QFETCH(NetworkError, kind);
    QFETCH(QByteArray, detail);
    QTEST(idFor(kind, detail.constData()), "id");
}

void TestNetworkCatalog::whatLibcurlSays_findsTheParticularEntry_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<long>("verifyResult");
    QTest::addColumn<bool>("proxied");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *id, CURLcode code, long verifyResult, bool proxied, const char *words) {
        QTest::newRow(id) << int(code) << verifyResult << proxied << QString::fromLatin1(words)
                          << QString::fromLatin1(id);
    };
    row("dns", CURLE_COULDNT_RESOLVE_HOST, 0, false, "Could not resolve host: nowhere.example");
    row("connect-timeout", CURLE_OPERATION_TIMEDOUT, 0, false, "Connection timeout after 300000 ms");
    row("tls-not-yet-valid", CURLE_PEER_FAILED_VERIFICATION, 9, false, "");
    row("tls-expired", CURLE_PEER_FAILED_VERIFICATION, 10, false, "SSL certificate problem: certificate has expired");
    row("tls-self-signed", CURLE_PEER_FAILED_VERIFICATION, 18, false,
        "SSL certificate problem: self-signed certificate");
    row("tls-unknown-root", CURLE_PEER_FAILED_VERIFICATION, 19, false,
        "SSL certificate problem: self-signed certificate in certificate chain");
    row("tls-issuer-missing", CURLE_PEER_FAILED_VERIFICATION, 20, false,
        "SSL certificate problem: unable to get local issuer certificate");
    row("tls-host", CURLE_PEER_FAILED_VERIFICATION, 62, false, "");
    row("tls-version", CURLE_SSL_CONNECT_ERROR, 0, false, "error:0A00042E:SSL routines::tlsv1 alert protocol version");
    row("tls-not-spoken", CURLE_SSL_CONNECT_ERROR, 0, false, "error:0A00010B:SSL routines::wrong version number");
    row("tls-client-certificate-foreign", CURLE_RECV_ERROR, 0, false,
        "OpenSSL SSL_read: error:0A000418:SSL routines::tlsv1 alert unknown ca, errno 0");
    row("proxy-unknown", CURLE_COULDNT_RESOLVE_PROXY, 0, true, "Could not resolve proxy: p.example");
    row("proxy-unreachable", CURLE_COULDNT_CONNECT, 0, true, "");
    row("proxy-authentication", CURLE_RECV_ERROR, 0, true, "CONNECT tunnel failed, response 407");
    row("broken-chunks", CURLE_RECV_ERROR, 0, false, "Illegal or missing hexadecimal sequence in chunked-encoding");
}

void TestNetworkCatalog::whatLibcurlSays_findsTheParticularEntry()
{
    QFETCH(int, code);
    QFETCH(long, verifyResult);
    QFETCH(bool, proxied);
    QFETCH(QString, words);
    CurlEnding ending;
    ending.code = CURLcode(code);
    ending.verifyResult = verifyResult;
    ending.proxied = proxied;
    ending.words = words;
    const NetworkFailure failure = failureOf(ending);
    QTEST(networkCatalog().entryOf(failure)->id, "id");
}

void TestNetworkCatalog::resend_data()
{
    QTest::addColumn<SendResult>("result");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<Processed>("processed");
    QTest::addColumn<Resend>("resend");
    const auto row = [](const char *name, const SendResult &result, const char *method, Processed processed,
                        Resend resend) { QTest::newRow(name) << result << QByteArray(method) << processed << resend; };
    row("refused", failed(NetworkError::Refused, 0), "POST", Processed::No, Resend::Safe);
    row("time-out while connecting", failed(NetworkError::Timeout, 0), "POST", Processed::No, Resend::Safe);
    row("time-out after POST", failed(NetworkError::Timeout, 1), "POST", Processed::Maybe, Resend::Risky);
    row("time-out after PATCH", failed(NetworkError::Timeout, 1), "PATCH", Processed::Maybe, Resend::Risky);
    row("time-out after GET", failed(NetworkError::Timeout, 1), "GET", Processed::Maybe, Resend::Idempotent);
    row("closed after PUT", failed(NetworkError::Closed, 1), "PUT", Processed::Maybe, Resend::Idempotent);
    row("closed after DELETE", failed(NetworkError::Closed, 1), "DELETE", Processed::Maybe, Resend::Idempotent);
    row("a method of one's own", failed(NetworkError::Closed, 1), "get", Processed::Maybe, Resend::Risky);
    row("client certificate refused under TLS 1.3", failed(NetworkError::TlsClientCertificate, 1), "POST",
        Processed::No, Resend::Safe);
    SendResult half = failed(NetworkError::Closed, 1);
    half.response = HttpResponse{201, "Created", "HTTP/1.1", {}, "{"};
    row("half an answer to POST", half, "POST", Processed::Answered, Resend::Risky);
    row("half an answer to GET", half, "GET", Processed::Answered, Resend::Idempotent);
    SendResult redirected = failed(NetworkError::Refused, 0);
    redirected.redirects = {{303, "http://a.example/", "http://b.example/", true}};
    row("refused after a redirect", redirected, "POST", Processed::Maybe, Resend::Risky);
}

void TestNetworkCatalog::resend()
{
    QFETCH(SendResult, result);
    QFETCH(QByteArray, method);
    const std::optional<NetworkVerdict> verdict = networkVerdict(result, method);
    QVERIFY(verdict);
    QTEST(verdict->processed, "processed");
    QTEST(verdict->resend, "resend");
    QVERIFY(!verdict->processedText.isEmpty());
    QVERIFY(!verdict->resendText.isEmpty());
}

void TestNetworkCatalog::wholeAnswer_hasNoVerdict()
{
    SendResult result;
    result.response = HttpResponse{503, "Busy", "HTTP/1.1", {}, {}};
    QVERIFY(!networkVerdict(result, "GET"));
}

void TestNetworkCatalog::faults_areNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const QByteArray &bytes, const char *named) {
        QTest::newRow(name) << bytes << QString::fromLatin1(named);
    };
    const auto edited = [](const char *from, const char *to) { return shipped().replace(from, to); };
    row("not JSON", "{", "expected");
    row("another format", "{}", "errata-network/1");
    row("a kind that is none", edited("\"kind\": \"dns\"", "\"kind\": \"nds\""), "'nds' is no kind of failure");
    row("a kind without an entry", edited("\"kind\": \"dns\"", "\"kind\": \"refused\""), "kind 'dns'");
    row("no provenance", edited("\"provenance\": \"inferred\",", ""), "provenance");
    row("a verdict that is none", edited("\"retry\": \"unstated\"", "\"retry\": \"perhaps\""), "'perhaps'");
    row("processed that is none", edited("\"processed\": \"no\",", "\"processed\": \"yes\","), "'no' or 'maybe'");
    row("an unknown field", edited("\"retry_note\"", "\"retry_nite\""), "unknown field");
}

void TestNetworkCatalog::faults_areNamed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, named);
    const NetworkCatalogReading reading = readNetworkCatalog(bytes, QStringLiteral("network.json"));
    QVERIFY(!reading.faults.empty());
    QStringList all;
    for (const CatalogFault &fault : reading.faults)
        all << fault.text();
    QVERIFY2(all.join(QLatin1Char('\n')).contains(named), qPrintable(all.join(QLatin1Char('\n'))));
}

QTEST_APPLESS_MAIN(TestNetworkCatalog)
#include "tst_networkcatalog.moc"
