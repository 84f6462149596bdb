// Drafts: what goes onto the wire, what stays as it stands, and the way back.
#include "models/http/formtext.h"
#include "models/http/requestdraft.h"

#include <QTest>

using namespace errata;

namespace {

QByteArray summary(const HttpRequest &request)
{
    QByteArray text = request.method + ' ' + request.url;
    for (const Header &header : request.headers)
        text += '|' + header.name + ": " + header.value;
    return text + "||" + request.body;
}

Variables variables()
{
    return {{QStringLiteral("host"), QStringLiteral("a.example")}, {QStringLiteral("key"), QStringLiteral("k y")}};
}

Result<QByteArray> readFile(const QString &path)
{
    if (path == QLatin1String("dir/a.txt"))
        return QByteArray("----errata-boundary-1 {{host}}");
    return Error{QStringLiteral("no such file"), path};
}

RequestDraft draft(AuthDraft auth, BodyDraft body, std::vector<DraftField> headers = {})
{
    RequestDraft one;
    one.method = "POST";
    one.url = "https://{{host}}/x";
    one.headers = std::move(headers);
    one.auth = std::move(auth);
    one.body = std::move(body);
    return one;
}

constexpr auto NoAuth = AuthDraft::Kind::None;
constexpr auto NoBody = BodyDraft::Kind::None;

} // namespace

Q_DECLARE_METATYPE(errata::RequestDraft)
Q_DECLARE_METATYPE(errata::HttpRequest)

class RequestDraftTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resolving_data();
    void resolving();
    void refusals_data();
    void refusals();
    void literal_keepsVariables_data();
    void literal_keepsVariables();
    void requestsBecomeDrafts_data();
    void requestsBecomeDrafts();
    void variablesAreNamedOnce_inOrder();
    void formEncoding_data();
    void formEncoding();
    void parts_areReadBack();
};

void RequestDraftTest::resolving_data()
{
    QTest::addColumn<RequestDraft>("given");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const RequestDraft &given, const char *expected) {
        QTest::newRow(name) << given << QByteArray(expected);
    };
    const AuthDraft none{NoAuth, {}, "left", {}, false};
    const BodyDraft empty{NoBody, "left", {}, {}, {}};
    row("nothing but a URL", draft(none, empty), "POST https://a.example/x||");
    row("rows switched off", draft(none, empty, {{"A", "1"}, {"B", "2", false}, {"C", "{{key}}"}}),
        "POST https://a.example/x|A: 1|C: k y||");
    RequestDraft parked = draft(none, empty);
    parked.parkedParameters = {{"q", "{{nowhere}}", false}};
    row("parked parameters are in no URL", parked, "POST https://a.example/x||");

    row("bearer", draft({AuthDraft::Kind::Bearer, {}, "{{key}}", {}, false}, empty),
        "POST https://a.example/x|Authorization: Bearer k y||");
    row("own header wins over bearer",
        draft({AuthDraft::Kind::Bearer, {}, "t", {}, false}, empty, {{"authorization", "mine"}}),
        "POST https://a.example/x|authorization: mine||");
    row("a header switched off does not win",
        draft({AuthDraft::Kind::Bearer, {}, "t", {}, false}, empty, {{"Authorization", "mine", false}}),
        "POST https://a.example/x|Authorization: Bearer t||");
    row("basic is UTF-8", draft({AuthDraft::Kind::Basic, {}, "\xC3\xA4", "me", false}, empty),
        "POST https://a.example/x|Authorization: Basic bWU6w6Q=||");
    row("key in a header", draft({AuthDraft::Kind::ApiKey, "X-Key", "{{key}}", {}, false}, empty),
        "POST https://a.example/x|X-Key: k y||");
    row("key in the query", draft({AuthDraft::Kind::ApiKey, "key", "{{key}}&", {}, true}, empty),
        "POST https://a.example/x?key=k%20y%26||");
    RequestDraft fragment = draft({AuthDraft::Kind::ApiKey, "key", "v", {}, true}, empty);
    fragment.url = "https://{{host}}/x?a=1#top";
    row("key before the fragment", fragment, "POST https://a.example/x?a=1&key=v#top||");
    fragment.url = "https://{{host}}/x?key=own";
    row("own parameter wins", fragment, "POST https://a.example/x?key=own||");

    row("text and its type", draft(none, {BodyDraft::Kind::Text, "{\"h\":\"{{host}}\"}", "application/json", {}, {}}),
        "POST https://a.example/x|Content-Type: application/json||{\"h\":\"a.example\"}");
    row("own type wins",
        draft(none, {BodyDraft::Kind::Text, "t", "application/json", {}, {}}, {{"content-type", "text/x"}}),
        "POST https://a.example/x|content-type: text/x||t");
    row("text without a type", draft(none, {BodyDraft::Kind::Text, "t", {}, {}, {}}), "POST https://a.example/x||t");
    row("form",
        draft(none,
              {BodyDraft::Kind::Form, {}, {}, {{"a b", "{{key}}"}, {"off", "1", false}, {"\xC3\xA4", "~*-._&="}}, {}}),
        "POST https://a.example/x|Content-Type: application/x-www-form-urlencoded||"
        "a+b=k+y&%C3%A4=%7E*-._%26%3D");
    row("file is sent as it is", draft(none, {BodyDraft::Kind::File, {}, {}, {}, QStringLiteral("dir/a.txt")}),
        "POST https://a.example/x||----errata-boundary-1 {{host}}");
    row("multipart with a file that holds the first boundary",
        draft(
            none,
            {BodyDraft::Kind::Multipart,
             {},
             {},
             {{"n\"1", "{{key}}"}, {"off", "x", false}, {"f", "dir/a.txt", true, true}, {"j", "1", true, false, "a/b"}},
             {}}),
        "POST https://a.example/x|Content-Type: multipart/form-data; boundary=----errata-boundary-2||"
        "------errata-boundary-2\r\nContent-Disposition: form-data; name=\"n%221\"\r\n\r\nk y\r\n"
        "------errata-boundary-2\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n"
        "Content-Type: application/octet-stream\r\n\r\n----errata-boundary-1 {{host}}\r\n"
        "------errata-boundary-2\r\nContent-Disposition: form-data; name=\"j\"\r\nContent-Type: a/b\r\n\r\n1\r\n"
        "------errata-boundary-2--\r\n");
    row("multipart with a boundary of its own",
        draft(none, {BodyDraft::Kind::Multipart, {}, {}, {{"a", "1"}}, {}},
              {{"Content-Type", "multipart/form-data; boundary=\"own\""}}),
        "POST https://a.example/x|Content-Type: multipart/form-data; boundary=\"own\"||"
        "--own\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--own--\r\n");
}

void RequestDraftTest::resolving()
{
    QFETCH(RequestDraft, given);
    QFETCH(QByteArray, expected);
    const auto request = resolvedRequest(given, variables(), readFile);
    QVERIFY2(request, request ? "" : qPrintable(request.error().text()));
    QCOMPARE(summary(request.value()), expected);
}

void RequestDraftTest::refusals_data()
{
    QTest::addColumn<RequestDraft>("given");
    QTest::addColumn<QString>("expected");
    RequestDraft unresolved = draft({AuthDraft::Kind::Bearer, {}, "{{token}}", {}, false},
                                    {BodyDraft::Kind::File, {}, {}, {}, QStringLiteral("{{dir}}/{{token}}")});
    QTest::newRow("all unresolved are named, once") << unresolved << "no values for the variables token, dir";
    QTest::newRow("one") << draft({AuthDraft::Kind::Bearer, {}, "{{token}}", {}, false}, {})
                         << "no value for the variable token";
    QTest::newRow("file") << draft({}, {BodyDraft::Kind::File, {}, {}, {}, QStringLiteral("gone")})
                          << "gone: no such file";
    QTest::newRow("boundary") << draft({}, {BodyDraft::Kind::Multipart, {}, {}, {{"a", "x--own"}}, {}},
                                       {{"Content-Type", "multipart/form-data; boundary=own"}})
                              << "own: the boundary of the Content-Type header occurs in a part of the body";
}

void RequestDraftTest::refusals()
{
    QFETCH(RequestDraft, given);
    QFETCH(QString, expected);
    const auto request = resolvedRequest(given, variables(), readFile);
    QVERIFY(!request);
    QCOMPARE(request.error().text(), expected);
}

void RequestDraftTest::literal_keepsVariables_data()
{
    QTest::addColumn<RequestDraft>("given");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const RequestDraft &given, const char *expected) {
        QTest::newRow(name) << given << QByteArray(expected);
    };
    row("basic", draft({AuthDraft::Kind::Basic, {}, "{{pass}}", "me", false}, {}),
        "POST https://{{host}}/x|Authorization: Basic me:{{pass}}||");
    row("basic without variables", draft({AuthDraft::Kind::Basic, {}, "p", "me", false}, {}),
        "POST https://{{host}}/x|Authorization: Basic bWU6cA==||");
    row("form", draft({}, {BodyDraft::Kind::Form, {}, {}, {{"a b", "{{ v }}&"}}, {}}),
        "POST https://{{host}}/x|Content-Type: application/x-www-form-urlencoded||a+b={{ v }}%26");
    row("query key", draft({AuthDraft::Kind::ApiKey, "k", "{{v}}/", {}, true}, {}),
        "POST https://{{host}}/x?k={{v}}%2F||");
}

void RequestDraftTest::literal_keepsVariables()
{
    QFETCH(RequestDraft, given);
    QFETCH(QByteArray, expected);
    QCOMPARE(summary(literalRequest(given)), expected);
}

void RequestDraftTest::requestsBecomeDrafts_data()
{
    QTest::addColumn<HttpRequest>("request");
    QTest::addColumn<int>("auth");
    QTest::addColumn<int>("body");
    const auto row = [](const char *name, const Headers &headers, const char *body, AuthDraft::Kind auth,
                        BodyDraft::Kind kind) {
        QTest::newRow(name) << HttpRequest{"POST", "https://a.example/?a=1", headers, body} << int(auth) << int(kind);
    };
    using Auth = AuthDraft::Kind;
    using Body = BodyDraft::Kind;
    row("bearer", {{"A", "1"}, {"authorization", "Bearer x"}}, "", Auth::Bearer, Body::None);
    row("bearer of nothing", {{"Authorization", "Bearer "}}, "", Auth::None, Body::None);
    row("bearer in lower case", {{"Authorization", "bearer x"}}, "", Auth::None, Body::None);
    row("two of them", {{"Authorization", "Bearer x"}, {"Authorization", "Bearer y"}}, "", Auth::None, Body::None);
    row("basic", {{"Authorization", "Basic bWU6cA=="}}, "", Auth::Basic, Body::None);
    row("basic without padding", {{"Authorization", "Basic bWU6cA"}}, "", Auth::None, Body::None);
    row("basic without a colon", {{"Authorization", "Basic bWU="}}, "", Auth::None, Body::None);
    row("basic in Latin-1", {{"Authorization", "Basic bTrk"}}, "", Auth::None, Body::None);
    row("form", {{"Content-Type", "application/x-www-form-urlencoded"}}, "a=1+2&b=%26", Auth::None, Body::Form);
    row("form written otherwise", {{"Content-Type", "application/x-www-form-urlencoded"}}, "a=1%202", Auth::None,
        Body::Text);
    row("form without '='", {{"Content-Type", "application/x-www-form-urlencoded"}}, "a", Auth::None, Body::Text);
    row("form with a charset", {{"Content-Type", "application/x-www-form-urlencoded; charset=x"}}, "a=1", Auth::None,
        Body::Text);
    row("text", {{"Content-Type", "application/json"}, {"A", "1"}}, "{}", Auth::None, Body::Text);
}

void RequestDraftTest::requestsBecomeDrafts()
{
    QFETCH(HttpRequest, request);
    QFETCH(int, auth);
    QFETCH(int, body);
    const RequestDraft made = draftOf(request);
    QCOMPARE(int(made.auth.kind), auth);
    QCOMPARE(int(made.body.kind), body);
    const auto again = resolvedRequest(made, {}, readFile);
    QVERIFY(again);
    QCOMPARE(again->method, request.method);
    QCOMPARE(again->url, request.url);
    QCOMPARE(again->body, request.body);
    QCOMPARE(again->headers.size(), request.headers.size());
    for (const Header &header : request.headers)
        QCOMPARE(again->headers.values(header.name), request.headers.values(header.name));
    // A second time nothing moves any more.
    QCOMPARE(draftOf(again.value()), made);
}

void RequestDraftTest::variablesAreNamedOnce_inOrder()
{
    RequestDraft one = draft({AuthDraft::Kind::Basic, "{{unused}}", "{{pass}}", "{{user}}", false},
                             {BodyDraft::Kind::Multipart,
                              "{{unused}}",
                              {},
                              {{"{{n}}", "{{host}}"}, {"{{off}}", "", false}, {"f", "{{dir}}/x", true, true}},
                              {}},
                             {{"H", "{{h}}"}, {"O", "{{off}}", false}});
    one.parkedParameters = {{"p", "{{parked}}", false}};
    QCOMPARE(variablesOf(one).join(QLatin1Char(' ')), QStringLiteral("host h user pass n dir"));
    // Each of them is what a request asks for.
    const auto request = resolvedRequest(one, {}, readFile);
    QVERIFY(!request);
    QCOMPARE(request.error().message, QStringLiteral("no values for the variables host, h, user, pass, n, dir"));
}

void RequestDraftTest::formEncoding_data()
{
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<QByteArray>("encoded");
    QTest::newRow("all that stays") << QByteArray("azAZ09*-._") << QByteArray("azAZ09*-._");
    QTest::newRow("blank and plus") << QByteArray("a +b") << QByteArray("a+%2Bb");
    QTest::newRow("zero, line break and broken UTF-8") << QByteArray("\0\r\n\xFF", 4) << QByteArray("%00%0D%0A%FF");
    QTest::newRow("tilde and quotes") << QByteArray("~'\"") << QByteArray("%7E%27%22");
}

void RequestDraftTest::formEncoding()
{
    QFETCH(QByteArray, plain);
    QFETCH(QByteArray, encoded);
    QCOMPARE(formEncoded(plain), encoded);
    QCOMPARE(formDecoded(encoded), plain);
}

void RequestDraftTest::parts_areReadBack()
{
    const std::vector<FormPart> parts{
        {"a", {}, {}, "1\r\n2"}, {"f\"", "x.bin", "a/b", QByteArray("\0\n", 2)}, {"e", {}, {}, {}}};
    const auto again = formParts(multipartText(parts, "b"), "b");
    QVERIFY(again);
    QCOMPARE(again->size(), parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        QCOMPARE((*again)[i].name, parts[i].name);
        QCOMPARE((*again)[i].fileName, parts[i].fileName);
        QCOMPARE((*again)[i].contentType, parts[i].contentType);
        QCOMPARE((*again)[i].content, parts[i].content);
    }
    QVERIFY(!formParts("--b\r\n", "b"));
    QVERIFY(!formParts("--b\r\nX: y\r\n\r\n1\r\n--b--", "b"));
    QVERIFY(!formParts("", ""));
}

QTEST_APPLESS_MAIN(RequestDraftTest)
#include "tst_requestdraft.moc"
