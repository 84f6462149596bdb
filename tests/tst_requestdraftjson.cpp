// A draft comes back from its JSON as it was, byte for byte; what is no draft is refused with its place.
#include "models/http/requestdraftjson.h"

#include <QTest>

using namespace errata;

namespace {

QByteArray allBytes()
{
    QByteArray bytes;
    bytes.reserve(256);
    for (int byte = 0; byte < 256; ++byte)
        bytes += static_cast<char>(byte);
    return bytes;
}

/// Every field holds something of its own.
RequestDraft fullDraft(const QByteArray &bytes)
{
    RequestDraft draft;
    draft.name = QStringLiteral("Größe \U0001F600 \"quoted\" \\ \n");
    draft.folder = QStringList{QStringLiteral("outer"), QString(), QStringLiteral("in/ner")};
    draft.about = QStringLiteral("two\nlines");
    draft.method = "PATCH" + bytes;
    draft.url = "https://{{host}}/x?a=1" + bytes;
    draft.parkedParameters = {{"p" + bytes, bytes, false}, {"q", "", true}};
    draft.headers = {{"A" + bytes, bytes, true}, {"", "", false}, {"A", "again", true}};
    draft.auth = {AuthDraft::Kind::ApiKey, "X-Key" + bytes, "s" + bytes, "u" + bytes, true};
    draft.body.kind = BodyDraft::Kind::Multipart;
    draft.body.text = "t" + bytes;
    draft.body.contentType = "text/plain" + bytes;
    draft.body.fields = {{"f" + bytes, bytes, false, true, "image/png" + bytes}, {"g", "", true, false, ""}};
    draft.body.file = QStringLiteral("/tmp/ä b");
    draft.policy = QStringLiteral("intended");
    return draft;
}

} // namespace

class TestRequestDraftJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drafts_comeBack_data();
    void drafts_comeBack();
    void kinds_comeBack();
    void absentPolicy_differsFromAnEmptyOne();
    void text_isWrittenAsText_andOtherBytesAsBase64();
    void unknownMembers_areLeftOut();
    void faults_haveAPlace_data();
    void faults_haveAPlace();
    void environments_comeBack_withoutSecrets();
};

void TestRequestDraftJson::drafts_comeBack_data()
{
    QTest::addColumn<RequestDraft>("draft");
    QTest::newRow("default") << RequestDraft();
    RequestDraft set;
    set.settings.proxy =
        ProxySettings{ProxySettings::Mode::Manual, "http://me:pw@p.example", {"a.example", "10.0.0.0/8"}, true};
    set.settings.tls = TlsSettings{false, QStringLiteral("ca"), QStringLiteral("me"), QStringLiteral("key"), "\xff"};
    set.settings.version = HttpVersion::Http2;
    set.settings.followRedirects = false;
    set.settings.maxRedirects = 0;
    set.settings.deadline = Millis(2.5);
    set.settings.bodyLimit = qint64(5) << 32;
    set.settings.cookies = false;
    QTest::newRow("settings") << set;
    RequestDraft usual;
    usual.settings.proxy = ProxySettings();
    usual.settings.tls = TlsSettings();
    usual.settings.version = HttpVersion::Automatic;
    usual.settings.followRedirects = true;
    QTest::newRow("settings that say what is usual") << usual;
    QTest::newRow("text") << fullDraft("plain");
    QTest::newRow("empty") << fullDraft("");
    QTest::newRow("UTF-8") << fullDraft("\xc3\xa9\xf0\x9f\x98\x80");
    QTest::newRow("Latin-1") << fullDraft("\xe9");
    QTest::newRow("a surrogate in UTF-8") << fullDraft("\xed\xa0\x80");
    QTest::newRow("byte order mark") << fullDraft("\xef\xbb\xbf");
    QTest::newRow("controls") << fullDraft(allBytes().left(128));
    QTest::newRow("all bytes") << fullDraft(allBytes());
    RequestDraft noMethod;
    noMethod.method.clear();
    QTest::newRow("no method") << noMethod;
    RequestDraft marked;
    marked.url = marked.method = marked.body.text = "\xef\xbb\xbfx";
    QTest::newRow("begins with a byte order mark") << marked;
}

void TestRequestDraftJson::drafts_comeBack()
{
    QFETCH(RequestDraft, draft);
    const auto read = readRequestDraft(requestDraftJson(draft));
    QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().text()));
    QVERIFY(*read == draft);
    QCOMPARE(requestDraftJson(*read), requestDraftJson(draft));
}

void TestRequestDraftJson::kinds_comeBack()
{
    for (const auto kind :
         {AuthDraft::Kind::None, AuthDraft::Kind::Bearer, AuthDraft::Kind::Basic, AuthDraft::Kind::ApiKey}) {
        RequestDraft draft;
        draft.auth.kind = kind;
        QVERIFY(readRequestDraft(requestDraftJson(draft))->auth.kind == kind);
    }
    for (const auto kind : {BodyDraft::Kind::None, BodyDraft::Kind::Text, BodyDraft::Kind::Form,
                            BodyDraft::Kind::Multipart, BodyDraft::Kind::File}) {
        RequestDraft draft;
        draft.body.kind = kind;
        QVERIFY(readRequestDraft(requestDraftJson(draft))->body.kind == kind);
    }
}

void TestRequestDraftJson::absentPolicy_differsFromAnEmptyOne()
{
    RequestDraft draft;
    QVERIFY(!readRequestDraft(requestDraftJson(draft))->policy);
    draft.policy = QString();
    QCOMPARE(readRequestDraft(requestDraftJson(draft))->policy, std::optional(QString()));
}

void TestRequestDraftJson::text_isWrittenAsText_andOtherBytesAsBase64()
{
    RequestDraft draft;
    draft.url = "https://a.example/\xc3\xa9";
    draft.headers = {{"X", "\xff", true}};
    const QByteArray json = requestDraftJson(draft);
    QVERIFY(json.contains("\"url\": \"https://a.example/\xc3\xa9\""));
    QVERIFY(json.contains("\"valueBase64\": \"/w==\""));
}

void TestRequestDraftJson::unknownMembers_areLeftOut()
{
    const auto read = readRequestDraft("{\"url\":\"u\",\"later\":[1],\"auth\":{\"kind\":\"basic\",\"more\":2}}");
    QVERIFY(read.ok());
    QCOMPARE(read->url, QByteArray("u"));
    QCOMPARE(read->method, QByteArray("GET"));
    QVERIFY(read->auth.kind == AuthDraft::Kind::Basic);
}

void TestRequestDraftJson::faults_haveAPlace_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("where");
    const auto row = [](const char *json, const char *where) {
        QTest::newRow(json) << QByteArray(json) << QString::fromLatin1(where);
    };
    row("", "line 1, column 1");
    row("{\"url\":}", "line 1, column 8");
    row("[]", "");
    row("{\"url\":1}", "/url");
    row("{\"urlBase64\":\"?\"}", "/urlBase64");
    row("{\"headers\":{}}", "/headers");
    row("{\"headers\":[{},1]}", "/headers/1");
    row("{\"headers\":[{\"value\":null}]}", "/headers/0/value");
    row("{\"headers\":[{\"disabled\":1}]}", "/headers/0/disabled");
    row("{\"folder\":[1]}", "/folder");
    row("{\"auth\":3}", "/auth");
    row("{\"auth\":{\"kind\":\"magic\"}}", "/auth/kind");
    row("{\"body\":{\"kind\":\"\"}}", "/body/kind");
    row("{\"body\":{\"fields\":[{\"isFile\":\"\"}]}}", "/body/fields/0/isFile");
    row("{\"policy\":[]}", "/policy");
    row("{\"settings\":1}", "/settings");
    row("{\"settings\":{\"version\":\"http9\"}}", "/settings/version");
    row("{\"settings\":{\"maxRedirects\":-1}}", "/settings/maxRedirects");
    row("{\"settings\":{\"maxRedirects\":99999999999}}", "/settings/maxRedirects");
    row("{\"settings\":{\"deadlineMs\":\"5\"}}", "/settings/deadlineMs");
    row("{\"settings\":{\"proxy\":{\"kind\":\"magic\"}}}", "/settings/proxy/kind");
    row("{\"settings\":{\"tls\":{\"anyCertificate\":0}}}", "/settings/tls/anyCertificate");
}

void TestRequestDraftJson::faults_haveAPlace()
{
    QFETCH(QByteArray, json);
    const auto read = readRequestDraft(json);
    QVERIFY(!read.ok());
    QTEST(read.error().where, "where");
    QVERIFY(!read.error().message.isEmpty());
}

void TestRequestDraftJson::environments_comeBack_withoutSecrets()
{
    Environment environment{QStringLiteral("staging ä"),
                            {{QStringLiteral("host"), QStringLiteral("a.example"), false},
                             {QStringLiteral("token"), QStringLiteral("made-up"), true},
                             {QString(), QString(), false}},
                            true};
    const QByteArray json = environmentJson(environment);
    QVERIFY(!json.contains("made-up"));
    environment.variables[1].value.clear();
    const auto read = readEnvironment(json);
    QVERIFY(read.ok());
    QVERIFY(*read == environment);
    const auto fault = readEnvironment("{\"variables\":[{\"name\":true}]}");
    QVERIFY(!fault.ok());
    QCOMPARE(fault.error().where, QStringLiteral("/variables/0/name"));
}

QTEST_APPLESS_MAIN(TestRequestDraftJson)
#include "tst_requestdraftjson.moc"
