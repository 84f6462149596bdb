// OpenAPI descriptions: operations as requests, errors as a catalog.
#include "models/http/openapi.h"
#include "models/json/jsondocument.h"

#include <QTest>

using namespace errata;

namespace {

QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

/// A description with one operation, POST /x.
Result<Collection> readOne(const QByteArray &operation, const QByteArray &rest = {})
{
    return readOpenApi(json("{'openapi':'3.0.0','info':{'title':'T'},'servers':[{'url':'https://a.example/'}],"
                            "'paths':{'/x/{id}':{'post':" +
                            operation + "}}" + rest + '}'));
}

} // namespace

class OpenApiTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void urls_data();
    void urls();
    void authentication_data();
    void authentication();
    void bodies_data();
    void bodies();
    void schemasThatReferToThemselves_end();
    void servers_areEnvironments();
    void codes_data();
    void codes();
    void faults_data();
    void faults();
    void everyPrefix_isHarmless();
};

void OpenApiTest::urls_data()
{
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<QByteArray>("url");
    const auto row = [](const char *name, const char *operation, const char *url) {
        QTest::newRow(name) << QByteArray(operation) << QByteArray(url);
    };
    row("nothing said", "{}", "{{baseUrl}}/x/{id}");
    row("variable", "{'parameters':[{'name':'id','in':'path'}]}", "{{baseUrl}}/x/{{id}}");
    row("example", "{'parameters':[{'name':'id','in':'path','example':'a b'}]}", "{{baseUrl}}/x/a%20b");
    row("example of the schema", "{'parameters':[{'name':'id','in':'path','schema':{'enum':['e1','e2']}}]}",
        "{{baseUrl}}/x/e1");
    row("examples by name", "{'parameters':[{'name':'id','in':'path','examples':{'one':{'value':7}}}]}",
        "{{baseUrl}}/x/7");
    row("required query", "{'parameters':[{'name':'q','in':'query','required':true,'schema':{'default':1.50}}]}",
        "{{baseUrl}}/x/{id}?q=1.50");
    row("optional query", "{'parameters':[{'name':'q','in':'query'}]}", "{{baseUrl}}/x/{id}");
    row("name that is no variable's", "{'parameters':[{'name':'a[b]','in':'query','required':true}]}",
        "{{baseUrl}}/x/{id}?a%5Bb%5D={{a_b_}}");
}

void OpenApiTest::urls()
{
    QFETCH(QByteArray, operation);
    QFETCH(QByteArray, url);
    const auto read = readOne(operation);
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    QCOMPARE(read->requests.front().url, url);
    QCOMPARE(read->requests.front().name, QStringLiteral("POST /x/{id}"));
}

void OpenApiTest::authentication_data()
{
    QTest::addColumn<QByteArray>("scheme");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QStringList>("notCarried");
    const auto row = [](const char *name, const char *scheme, AuthDraft::Kind kind, const char *secret,
                        const QStringList &lost = {}) {
        QTest::newRow(name) << QByteArray(scheme) << int(kind) << QByteArray(secret) << lost;
    };
    row("basic", "{'type':'http','scheme':'Basic'}", AuthDraft::Kind::Basic, "{{password}}");
    row("bearer", "{'type':'http','scheme':'bearer'}", AuthDraft::Kind::Bearer, "{{s}}");
    row("oauth", "{'type':'oauth2'}", AuthDraft::Kind::Bearer, "{{s}}");
    row("key", "{'type':'apiKey','in':'query','name':'k'}", AuthDraft::Kind::ApiKey, "{{s}}");
    row("certificate", "{'type':'mutualTLS'}", AuthDraft::Kind::None, "",
        {QStringLiteral("authentication 's' of 'POST /x/{id}'")});
}

void OpenApiTest::authentication()
{
    QFETCH(QByteArray, scheme);
    QFETCH(int, kind);
    QFETCH(QByteArray, secret);
    QFETCH(QStringList, notCarried);
    const auto read = readOne("{'security':[{'s':[]}]}", ",'components':{'securitySchemes':{'s':" + scheme + "}}");
    QVERIFY(read);
    QCOMPARE(int(read->requests.front().auth.kind), kind);
    QCOMPARE(read->requests.front().auth.secret, secret);
    QCOMPARE(read->notCarried, notCarried);
    // An empty list says that this operation needs none.
    const auto none =
        readOne("{'security':[]}", ",'security':[{'s':[]}],'components':{'securitySchemes':{'s':" + scheme + "}}");
    QCOMPARE(none->requests.front().auth, AuthDraft());
}

void OpenApiTest::bodies_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<BodyDraft::Kind>("kind");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const char *content, BodyDraft::Kind kind, const char *text) {
        QTest::newRow(name) << QByteArray(content) << kind << json(text);
    };
    row("example byte for byte", "{'application/json':{'example':{'b':1.50,'a':[]}}}", BodyDraft::Kind::Text,
        "{'b':1.50,'a':[]}");
    row("text", "{'text/plain':{'example':'a b'}}", BodyDraft::Kind::Text, "a b");
    row("JSON where there is a choice", "{'text/xml':{'example':'<a/>'},'application/json':{'example':1}}",
        BodyDraft::Kind::Text, "1");
    row("of a schema",
        "{'application/json':{'schema':{'allOf':[{'properties':{'a':{'type':'integer','minimum':3}}},"
        "{'properties':{'b':{'type':['string','null']},'c':{'type':'array','items':{'type':'boolean'}},'r':{'readOnly':"
        "true}}}]}}}",
        BodyDraft::Kind::Text, "{\n  'a': 3,\n  'b': '',\n  'c': [\n    false\n  ]\n}");
    row("form", "{'application/x-www-form-urlencoded':{'schema':{'properties':{'a':{'example':'x'},'b':{}}}}}",
        BodyDraft::Kind::Form, "a=x,b={{b}}");
    row("multipart",
        "{'multipart/form-data':{'schema':{'properties':{'a':{},'f':{'type':'string','format':'binary'}}}}}",
        BodyDraft::Kind::Multipart, "a={{a}},f=@f");
    row("none", "{}", BodyDraft::Kind::None, "");
}

void OpenApiTest::bodies()
{
    QFETCH(QByteArray, content);
    QFETCH(BodyDraft::Kind, kind);
    QFETCH(QByteArray, text);
    const auto read = readOne("{'requestBody':{'content':" + content + "}}");
    QVERIFY(read);
    const BodyDraft &body = read->requests.front().body;
    QCOMPARE(body.kind, kind);
    QByteArray found = body.text;
    for (const FormField &field : body.fields)
        found += (found.isEmpty() ? "" : ",") + field.name + '=' + (field.isFile ? "@" : "") + field.value;
    QCOMPARE(found, text);
}

void OpenApiTest::schemasThatReferToThemselves_end()
{
    const QByteArray reference = "{'$ref':'#/components/schemas/L'}";
    QByteArray members;
    for (char c = 'a'; c <= 'z'; ++c)
        members += QByteArray(members.isEmpty() ? "" : ",") + '\'' + c + "':" + reference;
    const auto read = readOne("{'requestBody':{'content':{'application/json':{'schema':" + reference + "}}}}",
                              ",'components':{'schemas':{'L':{'properties':{" + members +
                                  "}},'M':{'$ref':'#/components/schemas/M'}}}");
    QVERIFY(read);
    const QByteArray &text = read->requests.front().body.text;
    QVERIFY(JsonDocument::parse(text).ok());
    QVERIFY(text.size() < 1000000);
}

void OpenApiTest::servers_areEnvironments()
{
    const auto read =
        readOpenApi(json("{'openapi':'3.1.0','info':{'title':'T'},'servers':[{'url':'https://{r}.a.example/v1/',"
                         "'variables':{'r':{'default':'eu'}}},{'url':'http://localhost','description':'here'}],"
                         "'paths':{'/x':{'get':{}}}}"));
    QVERIFY(read);
    QCOMPARE(variablesFor(read.value(), {}).value(QStringLiteral("baseUrl")),
             QStringLiteral("https://eu.a.example/v1"));
    QCOMPARE(variablesFor(read.value(), QStringLiteral("here")).value(QStringLiteral("baseUrl")),
             QStringLiteral("http://localhost"));
}

void OpenApiTest::codes_data()
{
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<QByteArray>("expected"); // "CODE status pointer"
    const auto row = [](const char *name, const char *response, const char *expected) {
        QTest::newRow(name) << QByteArray(response) << QByteArray(expected);
    };
    row("enum",
        "'400':{'description':'d','content':{'application/"
        "json':{'schema':{'properties':{'code':{'enum':['A','B']}}}}}}",
        "A - /code,B - /code");
    row("an enum of one is of its status",
        "'409':{'description':'d','content':{'application/"
        "json':{'schema':{'properties':{'error':{'properties':{'type':{'const':'TAKEN'}}}}}}}}",
        "TAKEN 409 /error/type");
    row("example", "'404':{'description':'d','content':{'application/problem+json':{'example':{'error_code':'GONE'}}}}",
        "GONE 404 /error_code");
    row("examples of the default",
        "'default':{'description':'d','content':{'application/"
        "json':{'examples':{'x':{'summary':'Said.','value':{'error':{'code':'X_1'}}}}}}}",
        "X_1 - /error/code");
    row("sentences are no codes",
        "'404':{'description':'d','content':{'application/json':{'example':{'error':'no such thing'}}}}", "");
    row("answers to success have none",
        "'200':{'description':'d','content':{'application/json':{'schema':{'properties':{'code':{'enum':['A']}}}}}}",
        "");
}

void OpenApiTest::codes()
{
    QFETCH(QByteArray, response);
    QFETCH(QByteArray, expected);
    const auto catalog = openApiCatalog(json(
        "{'openapi':'3.0.0','info':{'title':'My API 2'},'paths':{'/x':{'get':{'responses':{" + response + "}}}}}"));
    if (expected.isEmpty()) {
        QVERIFY(!catalog);
        return;
    }
    QVERIFY(catalog);
    const auto document = JsonDocument::parse(catalog->json);
    QVERIFY(document);
    const JsonValue root = document->root();
    QByteArray found;
    for (const JsonValue &entry : root["entries"].children()) {
        const auto status = entry["statuses"].at(0)["value"].integer();
        found += (found.isEmpty() ? "" : ",") + entry["code"].string().toUtf8() + ' ' +
                 (status ? QByteArray::number(*status) : QByteArray("-")) + ' ' +
                 root["envelopes"].at(0)["code"].at(0).string().toUtf8();
    }
    QCOMPARE(found, expected);
    QCOMPARE(root["id"].string(), QStringLiteral("my-api-2"));
}

void OpenApiTest::faults_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no JSON") << QByteArray("{") << "line 1, column 2";
    QTest::newRow("version 2") << json("{'swagger':'2.0'}") << "Swagger 2.0 is not read";
    QTest::newRow("no version") << QByteArray("{}") << "is not 3.x";
    QTest::newRow("no operation") << json("{'openapi':'3.0.0'}") << "no operation";
}

void OpenApiTest::faults()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const auto read = readOpenApi(text);
    QVERIFY(!read);
    QVERIFY2(read.error().text().contains(expected), qPrintable(read.error().text()));
}

void OpenApiTest::everyPrefix_isHarmless()
{
    const QByteArray text = json("{'openapi':'3.0.0','paths':{'/x':{'get':{'parameters':[{'$ref':'#/"
                                 "paths'}],'responses':{'400':{'$ref':'#'}}}}}}");
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const auto read = readOpenApi(text.left(i));
        QCOMPARE(read.ok(), i == text.size());
    }
}

QTEST_APPLESS_MAIN(OpenApiTest)
#include "tst_openapi.moc"
