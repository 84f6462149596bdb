#include "models/net/redirects.h"

#include <QTest>

using namespace errata;

class RedirectsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void references_data();
    void references();
    void origins_data();
    void origins();
    void methods_data();
    void methods();
    void changeOfMethod_leavesBodyAndContentHeaders();
    void sameMethod_keepsBody();
    void otherOrigin_dropsCredentialsAndHost();
    void otherOrigin_withNothingToDrop_saysSo();
    void userinfo_countsAsCredential();
    void sameOrigin_keepsEverything();
    void credentialHeaders_data();
    void credentialHeaders();
    void onlyFiveStatusesAreRedirects();
};

// RFC 3986 section 5.4, against the base http://a/b/c/d;p?q, and a few that servers really send.
void RedirectsTest::references_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("reference");
    QTest::addColumn<QByteArray>("target");
    const QByteArray base = "http://a/b/c/d;p?q";
    const std::vector<std::pair<QByteArray, QByteArray>> rfc = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x", "http://a/b/c/g;x"},
        {"g;x?y#s", "http://a/b/c/g;x?y#s"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"../../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {".g", "http://a/b/c/.g"},
        {"g..", "http://a/b/c/g.."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/./x", "http://a/b/c/g?y/./x"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"g#s/./x", "http://a/b/c/g#s/./x"},
        {"g#s/../x", "http://a/b/c/g#s/../x"},
        {"http:g", "http:g"},
    };
    for (const auto &[reference, target] : rfc)
        QTest::newRow(reference.isEmpty() ? "empty" : reference.constData()) << base << reference << target;

    QTest::newRow("base without path") << QByteArray("http://h") << QByteArray("login") << QByteArray("http://h/login");
    QTest::newRow("base without path, query") << QByteArray("http://h") << QByteArray("?a") << QByteArray("http://h?a");
    QTest::newRow("absolute") << base << QByteArray("https://b:8443/x/../y") << QByteArray("https://b:8443/y");
    QTest::newRow("bytes stay") << base << QByteArray("/a%2fb%e4?x=%7e") << QByteArray("http://a/a%2fb%e4?x=%7e");
    QTest::newRow("fragment inherited") << QByteArray("http://a/x#top") << QByteArray("/y")
                                        << QByteArray("http://a/y#top");
    QTest::newRow("fragment replaced") << QByteArray("http://a/x#top") << QByteArray("/y#z")
                                       << QByteArray("http://a/y#z");
    QTest::newRow("empty query") << base << QByteArray("?") << QByteArray("http://a/b/c/d;p?");
    QTest::newRow("colon in a segment") << base << QByteArray("./a:b") << QByteArray("http://a/b/c/a:b");
    QTest::newRow("colon in the query") << base << QByteArray("x?u=http://b/")
                                        << QByteArray("http://a/b/c/x?u=http://b/");
}

void RedirectsTest::references()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, reference);
    QTEST(resolveReference(base, reference), "target");
}

void RedirectsTest::origins_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("same");
    const auto row = [](const char *a, const char *b, bool same) {
        QTest::addRow("%s %s", a, b) << QByteArray(a) << QByteArray(b) << same;
    };
    row("http://h/a", "http://h/b?c", true);
    row("http://h", "http://h:80/", true);
    row("https://h", "https://h:443/", true);
    row("http://h/", "http://H/", true);
    row("http://u:p@h/", "http://h/", true);
    row("http://h/", "https://h/", false);
    row("http://h:443/", "https://h/", false);
    row("http://h/", "http://h:8080/", false);
    row("http://h/", "http://www.h/", false);
    row("http://127.0.0.1/", "http://localhost/", false);
}

void RedirectsTest::origins()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QTEST(sameOrigin(a, b), "same");
    QTEST(sameOrigin(b, a), "same");
}

void RedirectsTest::methods_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("next");
    const auto row = [](int status, const char *method, const char *next) {
        QTest::addRow("%d %s", status, method) << status << QByteArray(method) << QByteArray(next);
    };
    for (const int status : {301, 302}) {
        row(status, "POST", "GET");
        row(status, "PUT", "PUT");
        row(status, "DELETE", "DELETE");
        row(status, "HEAD", "HEAD");
    }
    row(303, "POST", "GET");
    row(303, "PUT", "GET");
    row(303, "DELETE", "GET");
    row(303, "HEAD", "HEAD");
    for (const int status : {307, 308}) {
        row(status, "POST", "POST");
        row(status, "PATCH", "PATCH");
        row(status, "GET", "GET");
    }
}

void RedirectsTest::methods()
{
    QFETCH(int, status);
    QFETCH(QByteArray, method);
    QTEST(redirectedMethod(status, method), "next");
}

namespace {

HttpRequest post()
{
    HttpRequest request;
    request.method = "POST";
    request.url = "http://h/a";
    request.headers = {
        {"Authorization", "Bearer t"},        {"X-API-Key", "k"},      {"Cookie", "c=1"}, {"Host", "virtual"},
        {"Content-Type", "application/json"}, {"Content-Length", "2"}, {"X-Trace", "1"}};
    request.body = "{}";
    return request;
}

} // namespace

void RedirectsTest::changeOfMethod_leavesBodyAndContentHeaders()
{
    const RedirectedRequest next = redirected(post(), 303, "/b");
    QCOMPARE(next.request.method, QByteArray("GET"));
    QCOMPARE(next.request.url, QByteArray("http://h/b"));
    QCOMPARE(next.request.body, QByteArray());
    const Headers expected = {
        {"Authorization", "Bearer t"}, {"X-API-Key", "k"}, {"Cookie", "c=1"}, {"Host", "virtual"}, {"X-Trace", "1"}};
    QVERIFY(next.request.headers == expected);
    QVERIFY(!next.credentialsDropped);
}

void RedirectsTest::sameMethod_keepsBody()
{
    const RedirectedRequest next = redirected(post(), 307, "/b");
    QCOMPARE(next.request.method, QByteArray("POST"));
    QCOMPARE(next.request.body, QByteArray("{}"));
    QVERIFY(next.request.headers == post().headers);
}

void RedirectsTest::otherOrigin_dropsCredentialsAndHost()
{
    const RedirectedRequest next = redirected(post(), 308, "http://other/b");
    const Headers expected = {{"Content-Type", "application/json"}, {"Content-Length", "2"}, {"X-Trace", "1"}};
    QVERIFY(next.request.headers == expected);
    QCOMPARE(next.request.body, QByteArray("{}"));
    QVERIFY(next.credentialsDropped);
}

void RedirectsTest::otherOrigin_withNothingToDrop_saysSo()
{
    HttpRequest request;
    request.url = "http://h/a";
    request.headers = {{"X-Trace", "1"}};
    QVERIFY(!redirected(request, 302, "https://h/a").credentialsDropped);
}

void RedirectsTest::userinfo_countsAsCredential()
{
    HttpRequest request;
    request.url = "http://user:secret@h/a";
    const RedirectedRequest next = redirected(request, 302, "http://other/");
    QVERIFY(next.credentialsDropped);
    QCOMPARE(next.request.url, QByteArray("http://other/"));
    QCOMPARE(redirected(request, 302, "/b").request.url, QByteArray("http://user:secret@h/b"));
}

void RedirectsTest::sameOrigin_keepsEverything()
{
    const RedirectedRequest next = redirected(post(), 307, "http://h:80/b");
    QVERIFY(next.request.headers == post().headers);
    QVERIFY(!next.credentialsDropped);
}

void RedirectsTest::credentialHeaders_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("credential");
    for (const char *name :
         {"Authorization", "authorization", "COOKIE", "Proxy-Authorization", "x-api-key", "X-Portal-Session-Id"})
        QTest::newRow(name) << QByteArray(name) << true;
    for (const char *name : {"Accept", "X-Request-Id", "Content-Type", "Cook", "Authorization-Info"})
        QTest::newRow(name) << QByteArray(name) << false;
}

void RedirectsTest::credentialHeaders()
{
    QFETCH(QByteArray, name);
    QTEST(isCredentialHeader(name), "credential");
}

void RedirectsTest::onlyFiveStatusesAreRedirects()
{
    QList<int> statuses;
    for (int status = 100; status < 600; ++status) {
        if (isRedirect(status))
            statuses.append(status);
    }
    QCOMPARE(statuses, QList<int>({301, 302, 303, 307, 308}));
}

QTEST_GUILESS_MAIN(RedirectsTest)
#include "tst_redirects.moc"
