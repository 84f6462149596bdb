#include "models/net/qterrors.h"
#include "models/net/wirerequest.h"

#include <QTest>

using namespace errata;
using NR = QNetworkReply;

class WireRequestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addresses_data();
    void addresses();
    void addressAsQtWritesIt_goesThroughForARedirect();
    void defaults_areSetExplicitly();
    void callersOwn_stay();
    void emptyFieldsQtWouldFill_getOurDefaults();
    void severalOfOneName_becomeOne();
    void userinfo_becomesBasic_unlessAuthorizationIsSet();
    void hostField_data();
    void hostField();
    void framing_isTheEngines();
    void contentLength_isAlwaysSent();
    void errors_data();
    void errors();
};

namespace {

HttpRequest getting(const QByteArray &url, const Headers &headers = {})
{
    return {"GET", url, headers, {}};
}

Headers wired(const HttpRequest &request)
{
    const Result<WireRequest> wire = wireRequest(request, TargetRule::Exact);
    return wire ? wire->headers : Headers();
}

} // namespace

void WireRequestTest::addresses_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("instead"); // what Qt would send; empty where it keeps the bytes
    const auto kept = [](const char *path) { QTest::newRow(path) << QByteArray(path) << QByteArray(); };
    const auto changed = [](const char *path, const char *instead) {
        QTest::newRow(path) << QByteArray(path) << QByteArray(instead);
    };
    kept("/");
    kept("/a%2Fb");
    kept("/?a=b&c");
    kept("/?");
    kept("/a+b?c+d");
    kept("/?a=%20%22%3C%2B");
    kept("/?q=%7B%7D%5C%5E%60%7C");
    kept("/[x]?a[]=1");
    kept("/a;b=c,d:e@f!$'()*~");
    kept("/a?b?c/d");
    kept("/%E4%BD%A0");
    kept("/%00");
    changed("/a%2fb", "/a%2Fb");
    changed("/%e4", "/%E4");
    changed("/%41", "/A");
    changed("/%7E", "/~");
    changed("/%2e%2e/x", "/x");
    changed("/\xC3\xA4", "/%C3%A4");
    changed("/?q={\"a\":1}", "/?q=%7B%22a%22:1%7D");
    changed("/a|b", "/a%7Cb");
    changed("/a/../b", "/b");
    changed("/a/./b", "/a/b");
    changed("/..", "/");
    kept("/?u=../x//y");
    kept("/a//b");
    changed("//a//b/", "/a//b/");
    changed("/100%", "/100%25");
}

void WireRequestTest::addresses()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, instead);
    const Result<WireRequest> wire = wireRequest(getting("http://h" + path), TargetRule::Exact);
    QCOMPARE(wire.ok(), instead.isEmpty());
    if (!wire)
        QVERIFY2(wire.error().message.contains(QString::fromUtf8("would send " + instead + " in place of " + path)),
                 qPrintable(wire.error().message));
}

void WireRequestTest::addressAsQtWritesIt_goesThroughForARedirect()
{
    const Result<WireRequest> wire = wireRequest(getting("http://h/a%2fb"), TargetRule::Equivalent);
    QVERIFY(wire);
    QCOMPARE(wire->url.toEncoded(), QByteArray("http://h/a%2Fb"));
}

void WireRequestTest::defaults_areSetExplicitly()
{
    const Headers expected = {{"Host", "h"},
                              {"Accept", "*/*"},
                              {"User-Agent", "errata/" ERRATA_VERSION},
                              {"Accept-Encoding", "identity"},
                              {"Accept-Language", "*"},
                              {"Connection", "close"},
                              {"Content-Length", "0"}};
    QVERIFY(wired(getting("http://h/")) == expected);
}

void WireRequestTest::callersOwn_stay()
{
    const Headers own = {
        {"host", "virtual"},       {"User-Agent", "me"},         {"accept", "text/html"}, {"Accept-Encoding", "gzip"},
        {"Accept-Language", "de"}, {"Connection", "keep-alive"}, {"X-Empty", ""},         {"content-length", "0"}};
    const Headers sent = wired(getting("http://h/", own));
    QCOMPARE(sent.size(), own.size());
    for (const Header &header : own)
        QCOMPARE(sent.values(header.name), std::vector<QByteArray>{header.value});
}

void WireRequestTest::emptyFieldsQtWouldFill_getOurDefaults()
{
    const Headers headers =
        wired(getting("http://h/", {{"User-Agent", ""}, {"Host", ""}, {"Accept-Encoding", ""}, {"Accept", ""}}));
    QCOMPARE(headers.value("User-Agent"), QByteArray("errata/" ERRATA_VERSION));
    QCOMPARE(headers.values("Host"), std::vector<QByteArray>{"h"});
    QCOMPARE(headers.value("Accept-Encoding"), QByteArray("identity"));
    QCOMPARE(headers.value("Accept"), QByteArray(""));
}

void WireRequestTest::severalOfOneName_becomeOne()
{
    const Headers headers =
        wired(getting("http://h/", {{"X-A", "1"}, {"cookie", "a=1"}, {"x-a", "2"}, {"Cookie", "b=2"}}));
    QCOMPARE(headers.values("X-A"), std::vector<QByteArray>{"1, 2"});
    QCOMPARE(headers.values("Cookie"), std::vector<QByteArray>{"a=1; b=2"});
}

void WireRequestTest::userinfo_becomesBasic_unlessAuthorizationIsSet()
{
    QCOMPARE(wired(getting("http://us%40er:p%3Aw@h/")).value("Authorization"),
             "Basic " + QByteArray("us@er:p:w").toBase64());
    QCOMPARE(wired(getting("http://user@h/")).value("Authorization"), "Basic " + QByteArray("user:").toBase64());
    QCOMPARE(wired(getting("http://u:p@h/", {{"authorization", "Bearer t"}})).values("Authorization"),
             std::vector<QByteArray>{"Bearer t"});
    const Result<WireRequest> wire = wireRequest(getting("http://u:p@h/x#frag"), TargetRule::Exact);
    QCOMPARE(wire->url.toEncoded(), QByteArray("http://h/x"));
}

void WireRequestTest::hostField_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("host");
    const auto row = [](const char *url, const char *host) {
        QTest::newRow(url) << QByteArray(url) << QByteArray(host);
    };
    row("http://Example.COM/", "example.com");
    row("http://h:8080/", "h:8080");
    row("http://h:80/", "h:80");
    row("http://h:/", "h");
    row("http://[::1]:81/", "[::1]:81");
    row("http://b\xC3\xBC"
        "cher.example/",
        "xn--bcher-kva.example");
}

void WireRequestTest::hostField()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, host);
    QCOMPARE(wired(getting(url)).value("Host"), host);
}

void WireRequestTest::framing_isTheEngines()
{
    QVERIFY(!wireRequest({"POST", "http://h/", {{"Content-Length", "5"}}, "abc"}, TargetRule::Exact));
    QVERIFY(!wireRequest({"POST", "http://h/", {{"Content-Length", "x"}}, "abc"}, TargetRule::Exact));
    QVERIFY(!wireRequest({"POST", "http://h/", {{"Transfer-Encoding", "chunked"}}, "abc"}, TargetRule::Exact));
    QVERIFY(wireRequest({"POST", "http://h/", {{"content-length", "3"}}, "abc"}, TargetRule::Exact).ok());
}

void WireRequestTest::contentLength_isAlwaysSent()
{
    for (const char *method : {"GET", "HEAD", "DELETE", "POST"}) {
        QCOMPARE(wired({method, "http://h/", {}, {}}).values("Content-Length"), std::vector<QByteArray>{"0"});
        QCOMPARE(wired({method, "http://h/", {}, "abc"}).values("Content-Length"), std::vector<QByteArray>{"3"});
    }
}

void WireRequestTest::errors_data()
{
    QTest::addColumn<NR::NetworkError>("error");
    QTest::addColumn<NetworkError>("kind");
    QTest::addColumn<int>("ofStatus"); // one that leads to this error
    const auto row = [](const char *name, NR::NetworkError error, NetworkError kind, int ofStatus = 0) {
        QTest::newRow(name) << error << kind << ofStatus;
    };
    row("none", NR::NoError, NetworkError::None);
    row("refused", NR::ConnectionRefusedError, NetworkError::Refused);
    row("closed", NR::RemoteHostClosedError, NetworkError::Closed);
    row("not sent again", NR::ContentReSendError, NetworkError::Closed);
    row("no host", NR::HostNotFoundError, NetworkError::Dns);
    row("tls", NR::SslHandshakeFailedError, NetworkError::Tls);
    row("socket's time-out", NR::TimeoutError, NetworkError::Unreachable);
    row("network gone", NR::TemporaryNetworkFailureError, NetworkError::Unreachable);
    row("aborted", NR::OperationCanceledError, NetworkError::Cancelled);
    row("broken HTTP", NR::ProtocolFailure, NetworkError::Protocol);
    row("unknown scheme", NR::ProtocolUnknownError, NetworkError::InvalidRequest);
    row("unknown", NR::UnknownNetworkError, NetworkError::Other);
    row("404", NR::ContentNotFoundError, NetworkError::Other, 404);
    row("401", NR::AuthenticationRequiredError, NetworkError::Other, 401);
    row("403", NR::ContentAccessDenied, NetworkError::Other, 403);
    row("429", NR::UnknownContentError, NetworkError::Other, 429);
    row("500", NR::InternalServerError, NetworkError::Other, 500);
    row("599", NR::UnknownServerError, NetworkError::Other, 599);
    row("proxy", NR::ProxyNotFoundError, NetworkError::Other);
    row("407", NR::ProxyAuthenticationRequiredError, NetworkError::Other, 407);
    row("307", NR::ContentReSendError, NetworkError::Closed, 307);
}

void WireRequestTest::errors()
{
    QFETCH(NR::NetworkError, error);
    QFETCH(NetworkError, kind);
    QCOMPARE(networkErrorOf(error, true), kind);
    QCOMPARE(networkErrorOf(error, false), error == NR::UnknownNetworkError ? NetworkError::Unreachable : kind);
    QFETCH(int, ofStatus);
    QVERIFY(!repeatsStatus(error, 0));
    QVERIFY(!repeatsStatus(error, 200) || ofStatus != 0);
    QCOMPARE(repeatsStatus(error, ofStatus), ofStatus != 0);
}

QTEST_GUILESS_MAIN(WireRequestTest)
#include "tst_wirerequest.moc"
