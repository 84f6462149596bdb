// Header lists, the check of a request before it is sent, and the status table.
#include "models/http/headers.h"
#include "models/http/statuscodes.h"
#include "models/http/transport.h"

#include <QTest>

#include <set>

using namespace errata;

namespace {

Headers sample()
{
    return {{"Content-Type", "text/plain"}, {"Set-Cookie", "a=1"}, {"set-cookie", "b=2"}, {"X-Empty", ""}};
}

} // namespace

class TestHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lookupIgnoresCase();
    void orderAndDuplicatesAreKept();
    void setReplacesAllOfThatName();
    void removeTakesAllOfThatName();
    void equalityIgnoresWhereItStood();
    void names_data();
    void names();
    void values_data();
    void values();
    void requests_data();
    void requests();
    void firstFaultyHeaderIsNamed();
    void statuses_data();
    void statuses();
    void statusTableIsWhole();
};

void TestHeaders::lookupIgnoresCase()
{
    const Headers headers = sample();
    QVERIFY(headers.contains("content-type") && headers.contains("CONTENT-TYPE"));
    QVERIFY(!headers.contains("content-typ") && !headers.contains("content-type2") && !headers.contains(""));
    QCOMPARE(headers.value("SET-cookie"), std::optional<QByteArray>("a=1"));
    QCOMPARE(headers.value("x-empty"), std::optional<QByteArray>(""));
    QVERIFY(!headers.value("none") && !headers.joined("none") && headers.values("none").empty());
    QCOMPARE(headers.find("set-cookie")->name, QByteArray("Set-Cookie"));
    QVERIFY(!headers.find("none"));
}

void TestHeaders::orderAndDuplicatesAreKept()
{
    Headers headers = sample();
    headers.add("Set-Cookie", "c=3", {7, 3});
    QCOMPARE(headers.size(), qsizetype(5));
    QCOMPARE(headers.values("set-cookie"), (std::vector<QByteArray>{"a=1", "b=2", "c=3"}));
    QCOMPARE(headers.joined("set-cookie"), std::optional<QByteArray>("a=1, b=2, c=3"));
    QCOMPARE(headers.joined("content-type"), std::optional<QByteArray>("text/plain"));
    std::vector<QByteArray> names;
    for (const Header &header : headers)
        names.push_back(header.name);
    QCOMPARE(names, (std::vector<QByteArray>{"Content-Type", "Set-Cookie", "set-cookie", "X-Empty", "Set-Cookie"}));
    QVERIFY(Headers().isEmpty() && !headers.isEmpty());
}

void TestHeaders::setReplacesAllOfThatName()
{
    Headers headers = sample();
    headers.set("SET-COOKIE", "z=9");
    QCOMPARE(headers, (Headers{{"Content-Type", "text/plain"}, {"SET-COOKIE", "z=9"}, {"X-Empty", ""}}));
    headers.set("New", "1");
    QCOMPARE(headers.values("new"), (std::vector<QByteArray>{"1"}));
    QCOMPARE(headers.size(), qsizetype(4));
}

void TestHeaders::removeTakesAllOfThatName()
{
    Headers headers = sample();
    headers.remove("Set-cookie");
    headers.remove("none");
    QCOMPARE(headers, (Headers{{"Content-Type", "text/plain"}, {"X-Empty", ""}}));
}

void TestHeaders::equalityIgnoresWhereItStood()
{
    Headers here;
    Headers there;
    here.add("A", "1", {0, 1});
    there.add("A", "1", {9, 1});
    QCOMPARE(here, there);
    there.add("A", "1");
    QVERIFY(here != there);
    QVERIFY((Headers{{"A", "1"}} != Headers{{"A", "2"}}));
    QVERIFY((Headers{{"A", "1"}} != Headers{{"a", "1"}}));
}

void TestHeaders::names_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("valid");
    for (const char *name : {"a", "Content-Type", "X_y.z~9", "!#$%&'*+-.^_`|~", "0"})
        QTest::addRow("valid %s", name) << QByteArray(name) << true;
    for (const char *name :
         {"",   " ",  "a b", "a:", ":status", "a\t", "a\r\nb", "caf\xC3\xA9", "a(", "a)", "a,",  "a/",   "a;",
          "a<", "a=", "a>",  "a?", "a@",      "a[",  "a\\",    "a]",          "a{", "a}", "a\"", "a\x7F"})
        QTest::addRow("invalid %s", QByteArray(name).toPercentEncoding().constData()) << QByteArray(name) << false;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << false;
}

void TestHeaders::names()
{
    QFETCH(const QByteArray, name);
    QTEST(Headers::isValidName(name), "valid");
}

void TestHeaders::values_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("valid");
    QTest::newRow("empty") << QByteArray("") << true;
    QTest::newRow("text") << QByteArray("text/html; q=\"1\"") << true;
    QTest::newRow("blanks around") << QByteArray(" \ta ") << true;
    QTest::newRow("obs-text") << QByteArray("caf\xE9") << true;
    QTest::newRow("LF") << QByteArray("a\nX: y") << false;
    QTest::newRow("CR") << QByteArray("a\rb") << false;
    QTest::newRow("CR LF") << QByteArray("a\r\nX: y") << false;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << false;
}

void TestHeaders::values()
{
    QFETCH(const QByteArray, value);
    QTEST(Headers::isValidValue(value), "valid");
}

void TestHeaders::requests_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QString>("problem"); // how it starts; empty where there is none
    const auto row = [](const char *method, const char *url, const char *problem) {
        QTest::addRow("%s", QByteArray(QByteArray(method) + ' ' + url).toPercentEncoding(" /:?#[]@").constData())
            << QByteArray(method) << QByteArray(url) << QString::fromLatin1(problem);
    };
    row("GET", "https://api.example/v1?a=b#c", "");
    row("patch", "HTTP://api.example", "");
    row("M-SEARCH", "http://127.0.0.1:8080/", "");
    row("GET", "http://[::1]:8080/", "");
    row("GET", "http://[::1]", "");
    row("GET", "http://user:p@ss@host/", "");
    row("GET", "http://u@x:pw@host/", "");
    row("GET", "http://host:/", "");
    row("GET", "http://host:0?x", "");
    row("GET", "http://host:65535#x", "");
    row("GET",
        "https://b\xC3\xBC"
        "cher.example/\xC3\xBC",
        "");
    row("", "http://h/", "the method is empty");
    row("GE T", "http://h/", "the method \"GE T\" is not a token");
    row("GET\r\nX: y", "http://h/", "the method \"GET X: y\" is not a token");
    row("GET", "", "the URL is empty");
    row("GET", "api.example/v1", "the URL must start with http:// or https://");
    row("GET", "ftp://h/", "the URL must start with http:// or https://");
    row("GET", "http:/h/", "the URL must start with http:// or https://");
    row("GET", "/path", "the URL must start with http:// or https://");
    row("GET", "http://", "the URL has no host");
    row("GET", "http:///path", "the URL has no host");
    row("GET", "http://?q", "the URL has no host");
    row("GET", "http://user@/", "the URL has no host");
    row("GET", "http://:80/", "the URL has no host");
    row("GET", "http://[]/", "the URL has no host");
    row("GET", "http://[::1/", "the address in the URL has '[' without ']'");
    row("GET", "http://[::1]x/", "only a port may follow ']' in the URL");
    row("GET", "http://h:80a/", "the port in the URL is not a number");
    row("GET", "http://h:65536/", "the port in the URL is not a number");
    row("GET", "http://h:-1/", "the port in the URL is not a number");
    row("GET", "http://h:999999999999/", "the port in the URL is not a number");
    row("GET", "http://h/a b", "the URL holds a space at character 11");
    row("GET", " http://h/", "the URL holds a space at character 1");
    row("GET", "http://h/\xC3\xBC\t", "the URL holds a tab at character 11");
    row("GET", "http://h/\r\nX: y", "the URL holds a line break at character 10");
    row("GET", "http://h/\x7F", "the URL holds a control character at character 10");
}

void TestHeaders::requests()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, url);
    QFETCH(const QString, problem);
    const auto found = requestProblem({method, url, {{"Accept", "*/*"}}, {}});
    QCOMPARE(found.has_value(), !problem.isEmpty());
    QCOMPARE(found.value_or(QString()).left(problem.size()), problem);
}

void TestHeaders::firstFaultyHeaderIsNamed()
{
    const auto problem = [](const Headers &headers) {
        return requestProblem({"GET", "http://h/", headers, {}}).value_or(QString());
    };
    QCOMPARE(problem({{"X-Good", "1"}, {"X-Bad", "1\r\nInjected: 2"}, {"b d", ""}}),
             QStringLiteral("the value of the header \"X-Bad\" holds a line break or a NUL byte"));
    QVERIFY(problem({{"b d", ""}}).startsWith(QStringLiteral("the header name \"b d\" is not a token: only letters")));
    QVERIFY(problem({{"a\nb", ""}}).startsWith(QStringLiteral("the header name \"a b\" is not a token")));
    QCOMPARE(problem({{"", "x"}}), QStringLiteral("a header has no name"));
}

void TestHeaders::statuses_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("phrase");
    QTest::addColumn<QString>("source");
    QTest::addColumn<StatusRetry>("retry");
    const auto row = [](int code, const char *phrase, const char *source, StatusRetry retry) {
        QTest::addRow("%d", code) << code << QString::fromLatin1(phrase) << QString::fromLatin1(source) << retry;
    };
    row(100, "Continue", "RFC 9110 section 15.2.1", StatusRetry::NoError);
    row(204, "No Content", "RFC 9110 section 15.3.5", StatusRetry::NoError);
    row(308, "Permanent Redirect", "RFC 9110 section 15.4.9", StatusRetry::NoError);
    row(400, "Bad Request", "RFC 9110 section 15.5.1", StatusRetry::ChangeFirst);
    row(401, "Unauthorized", "RFC 9110 section 15.5.2", StatusRetry::ChangeFirst);
    row(408, "Request Timeout", "RFC 9110 section 15.5.9", StatusRetry::Later);
    row(409, "Conflict", "RFC 9110 section 15.5.10", StatusRetry::ChangeFirst);
    row(422, "Unprocessable Content", "RFC 9110 section 15.5.21", StatusRetry::ChangeFirst);
    row(425, "Too Early", "RFC 8470 section 5.2", StatusRetry::Later);
    row(429, "Too Many Requests", "RFC 6585 section 4", StatusRetry::Later);
    row(451, "Unavailable For Legal Reasons", "RFC 7725 section 3", StatusRetry::ChangeFirst);
    row(500, "Internal Server Error", "RFC 9110 section 15.6.1", StatusRetry::IfIdempotent);
    row(501, "Not Implemented", "RFC 9110 section 15.6.2", StatusRetry::ChangeFirst);
    row(502, "Bad Gateway", "RFC 9110 section 15.6.3", StatusRetry::IfIdempotent);
    row(503, "Service Unavailable", "RFC 9110 section 15.6.4", StatusRetry::Later);
    row(504, "Gateway Timeout", "RFC 9110 section 15.6.5", StatusRetry::IfIdempotent);
    row(511, "Network Authentication Required", "RFC 6585 section 6", StatusRetry::ChangeFirst);
}

void TestHeaders::statuses()
{
    QFETCH(const int, code);
    const StatusInfo *info = statusInfo(code);
    QVERIFY(info);
    QTEST(QString(info->phrase), "phrase");
    QTEST(QString(info->source), "source");
    QTEST(info->retry, "retry");
}

void TestHeaders::statusTableIsWhole()
{
    std::set<int> registered{101, 102, 103, 226, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 510, 511};
    const auto range = [&](int first, int last) {
        for (int code = first; code <= last; ++code)
            registered.insert(code);
    };
    range(100, 103);
    range(200, 208);
    range(300, 308);
    range(400, 418);
    range(500, 508);
    for (int code = -1; code <= 1000; ++code) {
        const StatusInfo *info = statusInfo(code);
        QCOMPARE(info != nullptr, registered.contains(code));
        if (!info)
            continue;
        QCOMPARE(info->code, code);
        QVERIFY(!info->phrase.isEmpty() && QString(info->meaning).endsWith(u'.'));
        QVERIFY(QString(info->source).startsWith(QStringLiteral("RFC ")));
        QCOMPARE(info->retry == StatusRetry::NoError, code < 400);
    }
}

QTEST_APPLESS_MAIN(TestHeaders)
#include "tst_headers.moc"
