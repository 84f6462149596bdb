// Cookies: what is kept, what is refused, what is sent along.
#include "models/http/cookiejar.h"
#include "tests/support/sending.h"
#include "tests/support/testserver.h"

#include <QTest>

using namespace errata;

namespace {

const char *const site = "https://api.example.com/v1/items";

QDateTime noon()
{
    return {QDate(2026, 5, 4), QTime(12, 0), Qt::UTC};
}

} // namespace

class TestCookieJar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setCookie_data();
    void setCookie();
    void refused_data();
    void refused();
    void publicSuffix_hasCookiesOfItsOwnAlone();
    void dates_data();
    void dates();
    void sent_data();
    void sent();
    void aNewOneReplacesTheOld();
    void maxAgeEndsWithTheClock();
    void maxAgeZeroRemoves();
    void withoutTlsNoSecureOneIsReplaced();
    void theLongestPathComesFirst_thenTheOldest();
    void typedOnesStay_data();
    void typedOnesStay();
    void aJarIsHeldToItsSize();
    void aSendTakesAndGives_data();
    void aSendTakesAndGives();
    void aLoginThatLeadsBackIsNoLoop();
};

void TestCookieJar::setCookie_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("expected"); // name=value domain path [flags]
    const auto row = [](const char *line, const char *expected) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(expected);
    };
    row("a=b", "a=b api.example.com /v1 host");
    row(" a = b ", "a=b api.example.com /v1 host");
    row("a=", "a= api.example.com /v1 host");
    row("a=b=c", "a=b=c api.example.com /v1 host");
    row("a=\"b c\"", "a=\"b c\" api.example.com /v1 host");
    row("a=b;", "a=b api.example.com /v1 host");
    row("a=b; Path=/", "a=b api.example.com / host");
    row("a=b; path = /x/y ", "a=b api.example.com /x/y host");
    row("a=b; Path=x", "a=b api.example.com /v1 host");
    row("a=b; Path=/x; Path=", "a=b api.example.com /v1 host");
    row("a=b; Domain=example.com", "a=b example.com /v1");
    row("a=b; domain=.EXAMPLE.com", "a=b example.com /v1");
    row("a=b; Domain=api.example.com", "a=b api.example.com /v1");
    row("a=b; Domain=", "a=b api.example.com /v1 host");
    row("a=b; Domain=x.org; Domain=example.com", "a=b example.com /v1");
    row("a=b; Secure; HttpOnly", "a=b api.example.com /v1 host secure httponly");
    row("a=b; secure=no;httponly", "a=b api.example.com /v1 host secure httponly");
    row("a=b; SameSite=Strict", "a=b api.example.com /v1 host samesite:Strict");
    row("a=b; Max-Age=60", "a=b api.example.com /v1 host until:2026-05-04T12:01:00Z");
    row("a=b; Max-Age=60; Expires=Mon, 04 May 2026 20:00:00 GMT",
        "a=b api.example.com /v1 host until:2026-05-04T12:01:00Z");
    row("a=b; Expires=Mon, 04 May 2026 20:00:00 GMT", "a=b api.example.com /v1 host until:2026-05-04T20:00:00Z");
    row("a=b; Expires=soon", "a=b api.example.com /v1 host");
    row("a=b; Max-Age=1h", "a=b api.example.com /v1 host");
    row("a=b; Max-Age=-5", "a=b api.example.com /v1 host until:2026-05-04T12:00:00Z");
    row("a=b; Max-Age=99999999999999999999", "a=b api.example.com /v1 host until:2027-06-08T12:00:00Z");
    row("a=b; whatever; x=y", "a=b api.example.com /v1 host");
    row("__Host-a=b; Secure; Path=/", "__Host-a=b api.example.com / host secure");
    row("__Secure-a=b; Secure; Domain=example.com", "__Secure-a=b example.com /v1 secure");
}

void TestCookieJar::setCookie()
{
    QFETCH(const QByteArray, line);
    const auto read = readSetCookie(line, site, noon());
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().text()));
    const Cookie &cookie = *read;
    QByteArray text = cookie.name + '=' + cookie.value + ' ' + cookie.domain + ' ' + cookie.path;
    text += (cookie.hostOnly ? " host" : "") + QByteArray(cookie.secure ? " secure" : "");
    text += cookie.httpOnly ? " httponly" : "";
    text += cookie.sameSite.isEmpty() ? QByteArray() : " samesite:" + cookie.sameSite;
    if (cookie.expires)
        text += " until:" + cookie.expires->toString(Qt::ISODate).toUtf8();
    QTEST(text, "expected");
}

void TestCookieJar::refused_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *url, const QByteArray &line, const char *why) {
        QTest::newRow(QByteArray(line.left(50) + " from " + url).constData())
            << QByteArray(url) << line << QString::fromLatin1(why);
    };
    row(site, "", "it has no name");
    row("http:-/x", "a=b", "the address has no host");
    row(site, "=b", "it has no name");
    row(site, "nothing", "it has no name");
    row(site, "; Path=/", "it has no name");
    row(site, "a=" + QByteArray(5000, 'x'), "longer than 4096 bytes");
    row(site, "a=b\x01", "it holds control characters");
    row(site, "a=b; Domain=com", "Domain is com, below which anybody may have a name");
    row(site, "a=b; Domain=other.org", "Domain is other.org, which this host does not belong to");
    row(site, "a=b; Domain=x.api.example.com", "Domain is x.api.example.com, which this host does not belong to");
    row(site, "a=b; Domain=pi.example.com", "Domain is pi.example.com, which this host does not belong to");
    row("http://127.0.0.1/", "a=b; Domain=0.0.1", "an address has nothing below it, so Domain can only be itself");
    row("http://[::1]/", "a=b; Domain=example.com", "an address has nothing below it, so Domain can only be itself");
    row("http://api.example.com/", "a=b; Secure", "Secure, but the address has no TLS");
    row(site, "__Secure-a=b", "__Secure- needs Secure");
    row(site, "__host-a=b; Secure", "__Host- needs Secure, Path=/ and no Domain");
    row(site, "__Host-a=b; Secure; Path=/; Domain=api.example.com", "__Host- needs Secure, Path=/ and no Domain");
    row(site, "__Host-a=b; Path=/", "__Host- needs Secure, Path=/ and no Domain");
}

void TestCookieJar::refused()
{
    QFETCH(const QByteArray, url);
    QFETCH(const QByteArray, line);
    const auto read = readSetCookie(line, url, noon());
    QVERIFY(!read.ok());
    QTEST(read.error().text(), "why");
    CookieJar jar(noon);
    jar.receive(url, {{"Set-Cookie", line}});
    QVERIFY(jar.cookies().empty());
    QCOMPARE(jar.refusals().size(), 1);
}

void TestCookieJar::publicSuffix_hasCookiesOfItsOwnAlone()
{
    const IsPublicSuffix isSuffix = [](const QByteArray &domain) { return domain == "co.uk"; };
    QVERIFY(!readSetCookie("a=b; Domain=co.uk", "https://shop.co.uk/", noon(), isSuffix).ok());
    QVERIFY(readSetCookie("a=b; Domain=shop.co.uk", "https://www.shop.co.uk/", noon(), isSuffix).ok());
    // RFC 6265 section 5.3, step 5: of the suffix's own host it is kept, for that host.
    const auto own = readSetCookie("a=b; Domain=co.uk", "https://co.uk/", noon(), isSuffix);
    QVERIFY(own.ok() && own->hostOnly);
}

void TestCookieJar::dates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected"); // empty: none
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(expected);
    };
    row("Wed, 21 Oct 2026 07:28:00 GMT", "2026-10-21T07:28:00Z");
    row("Wednesday, 21-Oct-26 07:28:00 GMT", "2026-10-21T07:28:00Z");
    row("Wed Oct 21 07:28:00 2026", "2026-10-21T07:28:00Z");
    row("21 october 2026 7:8:9", "2026-10-21T07:08:09Z");
    row("07:28:00 2026 21 OCT", "2026-10-21T07:28:00Z");
    row("21 Oct 70 00:00:00", "1970-10-21T00:00:00Z");
    row("21 Oct 69 00:00:00", "2069-10-21T00:00:00Z");
    row("31 Feb 2026 00:00:00", "");
    row("21 Oct 2026 24:00:00", "");
    row("21 Oct 2026 07:28", "");
    row("21 Oct 1600 07:28:00", "");
    row("Oct 2026 07:28:00", "");
    row("", "");
    row("never", "");
}

void TestCookieJar::dates()
{
    QFETCH(const QByteArray, text);
    const auto date = cookieDate(text);
    QTEST(date ? date->toString(Qt::ISODate) : QString(), "expected");
}

void TestCookieJar::sent_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *line, const char *url, bool expected) {
        QTest::newRow(QByteArray(QByteArray(line) + " to " + url).constData())
            << QByteArray(line) << QByteArray(url) << expected;
    };
    row("a=b", "https://api.example.com/v1", true);
    row("a=b", "https://api.example.com/v1/other?q", true);
    row("a=b", "https://API.example.com:8443/v1/", true); // ports are not told apart
    row("a=b", "https://api.example.com/v10", false);
    row("a=b", "https://api.example.com/", false);
    row("a=b", "https://x.api.example.com/v1", false);
    row("a=b", "https://example.com/v1", false);
    row("a=b; Path=/", "https://api.example.com", true);
    row("a=b; Path=/v1/", "https://api.example.com/v1/x", true);
    row("a=b; Path=/v1/", "https://api.example.com/v1", false);
    row("a=b; Domain=example.com", "https://example.com/v1", true);
    row("a=b; Domain=example.com", "https://x.y.example.com/v1", true);
    row("a=b; Domain=example.com", "https://anexample.com/v1", false);
    row("a=b; Domain=example.com", "http://example.com/v1", true);
    row("a=b; Secure", "http://api.example.com/v1", false);
    row("a=b; Secure", "https://api.example.com/v1", true);
    row("a=b; SameSite=Strict", "https://api.example.com/v1", true);
}

void TestCookieJar::sent()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, url);
    QFETCH(const bool, expected);
    CookieJar jar(noon);
    jar.receive(site, {{"Set-Cookie", line}});
    QCOMPARE(jar.cookies().size(), 1U);
    QCOMPARE(jar.cookieField(url), expected ? QByteArray("a=b") : QByteArray());
}

void TestCookieJar::aNewOneReplacesTheOld()
{
    CookieJar jar(noon);
    jar.receive(site, {{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}, {"set-cookie", "a=3"}});
    QCOMPARE(jar.cookieField(site), QByteArray("a=3; b=2"));
    jar.clear();
    QCOMPARE(jar.cookieField(site), QByteArray());
}

void TestCookieJar::maxAgeEndsWithTheClock()
{
    QDateTime now = noon();
    CookieJar jar([&now] { return now; });
    jar.receive(site, {{"Set-Cookie", "a=b; Max-Age=60"}, {"Set-Cookie", "c=d"}});
    now = now.addSecs(59);
    QCOMPARE(jar.cookieField(site), QByteArray("a=b; c=d"));
    now = now.addSecs(1);
    QCOMPARE(jar.cookieField(site), QByteArray("c=d"));
    QCOMPARE(jar.cookies().size(), 1U);
}

void TestCookieJar::maxAgeZeroRemoves()
{
    CookieJar jar(noon);
    jar.receive(site, {{"Set-Cookie", "a=b"}});
    jar.receive("https://api.example.com/v1/other", {{"Set-Cookie", "a=; Max-Age=0"}});
    QVERIFY(jar.cookies().empty());
}

void TestCookieJar::withoutTlsNoSecureOneIsReplaced()
{
    CookieJar jar(noon);
    jar.receive(site, {{"Set-Cookie", "a=safe; Secure"}});
    jar.receive("http://api.example.com/v1/x", {{"Set-Cookie", "a=forged"}});
    QCOMPARE(jar.cookieField(site), QByteArray("a=safe"));
    QCOMPARE(jar.refusals(), QStringList(QStringLiteral("a of api.example.com: a Secure one of that name is kept")));
}

void TestCookieJar::theLongestPathComesFirst_thenTheOldest()
{
    QDateTime now = noon();
    CookieJar jar([&now] { return now; });
    for (const char *line : {"one=1; Path=/", "two=2; Path=/v1/items", "three=3; Path=/", "one=new; Path=/"}) {
        jar.receive(site, {{"Set-Cookie", line}});
        now = now.addSecs(1);
    }
    QCOMPARE(jar.cookieField(site), QByteArray("two=2; one=new; three=3"));
}

void TestCookieJar::typedOnesStay_data()
{
    QTest::addColumn<QByteArray>("typed"); // null: none
    QTest::addColumn<QByteArray>("kept");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("none kept") << QByteArray("a=1") << QByteArray() << QByteArray("a=1");
    QTest::newRow("none typed") << QByteArray() << QByteArray("a=1; b=2") << QByteArray("a=1; b=2");
    QTest::newRow("both") << QByteArray("a=1") << QByteArray("b=2") << QByteArray("a=1; b=2");
    QTest::newRow("typed wins") << QByteArray("a=typed") << QByteArray("a=1; b=2") << QByteArray("a=typed; b=2");
}

void TestCookieJar::typedOnesStay()
{
    QFETCH(const QByteArray, typed);
    QFETCH(const QByteArray, kept);
    Headers headers{{"Accept", "x/y"}};
    if (!typed.isNull())
        headers.add("cookie", typed);
    const Headers whole = withCookies(headers, kept);
    QTEST(whole.value("Cookie").value_or(QByteArray()), "expected");
    QCOMPARE(whole.values("Cookie").size(), 1U);
    QCOMPARE(whole.value("Accept"), QByteArray("x/y"));
}

void TestCookieJar::aJarIsHeldToItsSize()
{
    CookieJar jar(noon);
    for (int i = 0; i < 1010; ++i)
        jar.receive(site, {{"Set-Cookie", 'n' + QByteArray::number(i) + "=v"}, {"Set-Cookie", "bad"}});
    QCOMPARE(jar.cookies().size(), 1000U);
    QCOMPARE(jar.cookies().front().name, QByteArray("n10"));
    QCOMPARE(jar.refusals().size(), 20);
}

void TestCookieJar::aSendTakesAndGives_data()
{
    addEngineRows();
}

/// The Cookie field is in what was sent, so it can be seen.
void TestCookieJar::aSendTakesAndGives()
{
    QFETCH(const Engine, engine);
    TestServer server;
    server.reply("HTTP/1.1 302 Found\r\nSet-Cookie: first=1; Path=/\r\nLocation: /two\r\nContent-Length: 0\r\n\r\n");
    server.reply("HTTP/1.1 200 OK\r\nSet-Cookie: second=2\r\nContent-Length: 0\r\n\r\n");
    SendOptions options;
    options.cookies = std::make_shared<CookieJar>();
    HttpRequest request = get(server.url("/one"));
    request.headers.add("Cookie", "typed=0");
    const SendResult result = errata::sent(engine, request, options);
    QVERIFY(result.answered());
    QCOMPARE(server.requests().size(), 2U);
    QCOMPARE(TestServer::requestHeaders(server.requests()[0]).value("Cookie"), QByteArray("typed=0"));
    QCOMPARE(TestServer::requestHeaders(server.requests()[1]).value("Cookie"), QByteArray("typed=0; first=1"));
    QCOMPARE(result.sentHeaders.value("Cookie"), QByteArray("typed=0; first=1"));
    QCOMPARE(options.cookies->cookieField(server.url("/")), QByteArray("first=1; second=2"));

    options.cookies.reset();
    QVERIFY(errata::sent(engine, get(server.url("/three")), options).answered());
    QVERIFY(!TestServer::requestHeaders(server.requests()[2]).contains("Cookie"));
}

void TestCookieJar::aLoginThatLeadsBackIsNoLoop()
{
    TestServer server;
    server.reply("HTTP/1.1 302 Found\r\nSet-Cookie: sid=1\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n");
    server.reply(ok("in"));
    SendOptions options;
    options.cookies = std::make_shared<CookieJar>();
    const SendResult result = errata::sent(Engine::Curl, get(server.url("/page")), options);
    QVERIFY2(result.answered(), qPrintable(result.failure.detail));
    QCOMPARE(result.response->body, QByteArray("in"));
}

QTEST_GUILESS_MAIN(TestCookieJar)
#include "tst_cookiejar.moc"
