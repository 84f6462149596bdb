// Postman's and Bruno's files: what they export is read, what is written comes back.
#include "models/http/bruno.h"
#include "models/http/httpfile.h"
#include "models/http/postman.h"
#include "models/json/jsondocument.h"
#include "tests/support/generateddrafts.h"

#include <QTest>

#include <algorithm>

using namespace errata;

namespace {

QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

/// Without what these formats have no place for, in an order that does not hang on folders.
Collection comparable(Collection collection)
{
    for (RequestDraft &draft : collection.requests)
        draft.policy.reset();
    for (Environment &environment : collection.environments) {
        environment.isLive = false;
        std::sort(environment.variables.begin(), environment.variables.end(),
                  [](const EnvironmentVariable &a, const EnvironmentVariable &b) { return a.name < b.name; });
    }
    std::sort(collection.requests.begin(), collection.requests.end(),
              [](const RequestDraft &a, const RequestDraft &b) { return a.name < b.name; });
    collection.notCarried.clear();
    return collection;
}

/// File bodies have no content type in either format but the header's.
Collection withoutFileTypes(Collection collection)
{
    for (RequestDraft &draft : collection.requests) {
        if (draft.body.kind == BodyDraft::Kind::File)
            draft.body.contentType.clear();
    }
    return collection;
}

} // namespace

class CollectionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void postman_asExported();
    void postman_urls_data();
    void postman_urls();
    void postman_environment();
    void postman_comesBack();
    void postman_faults();
    void bruno_asWritten();
    void bruno_comesBack();
    void bruno_faults_data();
    void bruno_faults();
    void secretsOfEnvironments_areInNoFile();
    void isRecognised();
    void everyPrefix_isHarmless();
};

void CollectionsTest::postman_asExported()
{
    const auto read = readPostman(json(
        "{'info':{'_postman_id':'x','name':'Shop','schema':'https://schema.getpostman.com/json/collection/v2.1.0/'},"
        "'auth':{'type':'bearer','bearer':[{'key':'token','value':'{{t}}','type':'string'}]},"
        "'variable':[{'key':'host','value':'a.example'}],"
        "'item':[{'name':'Users','item':[{'name':'One','event':[{'listen':'test','script':{'exec':['x()']}},"
        "{'listen':'prerequest','script':{'exec':['']}}],"
        "'request':{'method':'POST','description':'Makes.','header':[{'key':'A','value':'1'},{'key':'B','value':'2','"
        "disabled':true}],"
        "'url':{'raw':'https://{{host}}/u/"
        ":id?a=1&b=2','query':[{'key':'a','value':'1'},{'key':'b','value':'2','disabled':true}],"
        "'variable':[{'key':'id','value':'7'}]},"
        "'body':{'mode':'raw','raw':'{}','options':{'raw':{'language':'json'}}}},'response':[{'name':'ok'}]}]},"
        "{'name':'Two','request':{'auth':{'type':'oauth2'},'method':'GET','header':'','url':'https://a.example'}},"
        "{'name':'Three','request':'https://a.example/3'},"
        "{'name':'Four','request':{'auth':{'type':'noauth'},'method':'POST','url':'https://a.example',"
        "'body':{'mode':'formdata','formdata':[{'key':'t','value':'v','type':'text'},{'key':'f','type':'file','src':['"
        "a.png'],'contentType':'image/png'}]}}},"
        "{'name':'Five','request':{'method':'POST','url':'https://"
        "a.example','body':{'mode':'graphql','graphql':{'query':'{a}','variables':'{}'}}}}]}"));
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    QCOMPARE(read->name, QStringLiteral("Shop"));
    QCOMPARE(read->requests.size(), std::size_t(5));
    const RequestDraft &one = read->requests[0];
    QCOMPARE(one.folder, QStringList(QStringLiteral("Users")));
    QCOMPARE(one.about, QStringLiteral("Makes."));
    QCOMPARE(one.url, QByteArray("https://{{host}}/u/7?a=1"));
    QCOMPARE(one.parkedParameters, (std::vector<DraftField>{{"b", "2", false}}));
    QCOMPARE(one.headers, (std::vector<DraftField>{{"A", "1", true}, {"B", "2", false}}));
    QCOMPARE(one.auth, (AuthDraft{AuthDraft::Kind::Bearer, {}, "{{t}}", {}, false}));
    QCOMPARE(one.body, (BodyDraft{BodyDraft::Kind::Text, "{}", "application/json", {}, {}}));
    QCOMPARE(read->requests[1].auth, AuthDraft());
    QCOMPARE(read->requests[2].url, QByteArray("https://a.example/3"));
    QCOMPARE(read->requests[2].auth.kind, AuthDraft::Kind::Bearer);
    QCOMPARE(read->requests[3].auth, AuthDraft());
    QCOMPARE(read->requests[3].body.fields,
             (std::vector<FormField>{{"t", "v"}, {"f", "a.png", true, true, "image/png"}}));
    QCOMPARE(read->requests[4].body.text, QByteArray("{\"query\": \"{a}\", \"variables\": {}}"));
    QCOMPARE(read->environments,
             (std::vector<Environment>{{{}, {{QStringLiteral("host"), QStringLiteral("a.example"), false}}, false}}));
    QCOMPARE(read->notCarried,
             (QStringList{QStringLiteral("test script of 'One'"), QStringLiteral("saved answers of 'One'"),
                          QStringLiteral("authentication 'oauth2' of 'Two'")}));
}

void CollectionsTest::postman_urls_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *url, const char *expected) {
        QTest::newRow(name) << json(url) << QByteArray(expected);
    };
    row("text", "'https://a.example/?x=1'", "https://a.example/?x=1");
    row("parts",
        "{'protocol':'https','host':['a','example'],'port':'8080','path':['v1','x'],'query':[{'key':'q','value':'1'}]}",
        "https://a.example:8080/v1/x?q=1");
    row("variable without a value", "{'raw':'{{base}}/u/:id','variable':[{'key':'id','value':''}]}",
        "{{base}}/u/{{id}}");
    row("a longer segment stays", "{'raw':'https://a.example/:ids/:id','variable':[{'key':'id','value':'1'}]}",
        "https://a.example/:ids/:id");
    row("raw without those switched off",
        "{'raw':'https://a.example?a=1','query':[{'key':'a','value':'1'},{'key':'b','disabled':true}]}",
        "https://a.example?a=1");
    row("raw with a fragment",
        "{'raw':'https://"
        "a.example?a=1&b=2#f','query':[{'key':'a','value':'1','disabled':true},{'key':'b','value':'2'}]}",
        "https://a.example?b=2#f");
}

void CollectionsTest::postman_urls()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, expected);
    const auto read =
        readPostman("{\"info\":{\"name\":\"x\"},\"item\":[{\"name\":\"r\",\"request\":{\"url\":" + url + "}}]}");
    QVERIFY(read);
    QCOMPARE(read->requests.front().url, expected);
}

void CollectionsTest::postman_environment()
{
    const QByteArray text =
        json("{'id':'1','name':'staging','values':[{'key':'host','value':'a.example','enabled':true},"
             "{'key':'token','value':'s','type':'secret','enabled':true},{'key':'off','value':'x','enabled':false}],"
             "'_postman_variable_scope':'environment'}");
    QVERIFY(looksLikePostman(text));
    const auto read = readPostman(text);
    QVERIFY(read);
    QCOMPARE(read->environments,
             (std::vector<Environment>{{QStringLiteral("staging"),
                                        {{QStringLiteral("host"), QStringLiteral("a.example"), false},
                                         {QStringLiteral("token"), QStringLiteral("s"), true}},
                                        false}}));
}

void CollectionsTest::postman_comesBack()
{
    for (quint64 seed = 0; seed < 500; ++seed) {
        const Collection collection = tameCollection(seed);
        const WrittenCollection written = writePostman(collection);
        QVERIFY(looksLikePostman(written.files.front().bytes));
        auto again = readPostman(written.files.front().bytes);
        QVERIFY2(again, again ? "" : qPrintable(again.error().text()));
        for (std::size_t i = 1; i < written.files.size(); ++i) {
            const auto environment = readPostman(written.files[i].bytes);
            QVERIFY(environment);
            again.value().environments.push_back(environment->environments.front());
        }
        if (!(comparable(again.value()) == comparable(collection)))
            QFAIL(qPrintable(
                QStringLiteral("seed %1:\n%2").arg(seed).arg(QString::fromUtf8(written.files.front().bytes))));
    }
}

void CollectionsTest::postman_faults()
{
    QCOMPARE(readPostman("{\"info\":").error().message.left(14), QStringLiteral("line 1, column"));
    QVERIFY(!readPostman("{}"));
    QVERIFY(!readPostman("[]"));
}

void CollectionsTest::bruno_asWritten()
{
    const auto read = readBruno("meta {\n  name: Make user\n  type: http\n  seq: 2\n}\n\n"
                                "post {\n  url: https://{{host}}/u/:id?a=1\n  body: json\n  auth: bearer\n}\n\n"
                                "params:query {\n  a: 1\n  ~b: 2\n}\n\nparams:path {\n  id: 7\n}\n\n"
                                "headers {\n  X-A: a: b\n  ~X-Off: 1\n  \"odd: name\": v\n}\n\n"
                                "auth:bearer {\n  token: {{t}}\n}\n\n"
                                "body:json {\n  {\n    \"a\": {\n    }\n  }\n}\n\n"
                                "script:pre-request {\n  x();\n}\n\ntests {\n}\n\ndocs {\n  # Title\n  \n  Text\n}\n");
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    const RequestDraft &draft = read->requests.front();
    QCOMPARE(draft.name, QStringLiteral("Make user"));
    QCOMPARE(draft.method, QByteArray("POST"));
    QCOMPARE(draft.url, QByteArray("https://{{host}}/u/7?a=1"));
    QCOMPARE(draft.parkedParameters, (std::vector<DraftField>{{"b", "2", false}}));
    QCOMPARE(draft.headers,
             (std::vector<DraftField>{{"X-A", "a: b", true}, {"X-Off", "1", false}, {"odd: name", "v", true}}));
    QCOMPARE(draft.auth.secret, QByteArray("{{t}}"));
    QCOMPARE(draft.body.text, QByteArray("{\n  \"a\": {\n  }\n}"));
    QCOMPARE(draft.about, QStringLiteral("# Title\n\nText"));
    QCOMPARE(read->notCarried, QStringList(QStringLiteral("'script:pre-request' of 'Make user'")));

    const auto environment = readBruno("vars {\n  host: a.example\n  ~off: 1\n}\nvars:secret [\n  token,\n  key\n]\n");
    QVERIFY(environment);
    QCOMPARE(environment->environments.front().variables,
             (std::vector<EnvironmentVariable>{{QStringLiteral("host"), QStringLiteral("a.example"), false},
                                               {QStringLiteral("token"), {}, true},
                                               {QStringLiteral("key"), {}, true}}));
}

void CollectionsTest::bruno_comesBack()
{
    for (quint64 seed = 0; seed < 500; ++seed) {
        const Collection collection = tameCollection(seed);
        const WrittenCollection written = writeBruno(collection);
        const auto again = readBrunoFolder(written.files);
        QVERIFY2(again, again ? "" : qPrintable(again.error().text()));
        if (!(withoutFileTypes(comparable(again.value())) == withoutFileTypes(comparable(collection)))) {
            QByteArray all;
            for (const CollectionFile &file : written.files)
                all += "== " + file.path.toUtf8() + '\n' + file.bytes;
            all += "== again\n" + writeHttpFile(comparable(again.value())) + "== wanted\n" +
                   writeHttpFile(comparable(collection));
            QFAIL(qPrintable(QStringLiteral("seed %1:\n%2").arg(seed).arg(QString::fromUtf8(all))));
        }
    }
}

void CollectionsTest::bruno_faults_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no end") << QByteArray("meta {\n  name: x\n}\nget {\n  url: x\n")
                            << "line 4: the block 'get' has no end";
    QTest::newRow("no block") << QByteArray("meta {\n}\nhello\n")
                              << "line 3: expected a block like 'meta {', found 'hello'";
    QTest::newRow("nothing") << QByteArray("meta {\n}\n")
                             << "neither a request nor variables, expected a block like 'get {'";
}

void CollectionsTest::bruno_faults()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const auto read = readBruno(text);
    QVERIFY(!read);
    QCOMPARE(read.error().text(), expected);
}

void CollectionsTest::secretsOfEnvironments_areInNoFile()
{
    Collection collection;
    collection.environments = {
        {QStringLiteral("live"), {{QStringLiteral("token"), QStringLiteral("PLANTED"), true}}, true},
        {{}, {{QStringLiteral("token"), QStringLiteral("PLANTED"), true}}, false}};
    for (const WrittenCollection &written : {writePostman(collection), writeBruno(collection)}) {
        QCOMPARE(written.notCarried.size(), 1);
        for (const CollectionFile &file : written.files)
            QVERIFY2(!file.bytes.contains("PLANTED"), qPrintable(file.path));
    }
}

void CollectionsTest::isRecognised()
{
    QVERIFY(!looksLikePostman("{\"info\":{\"title\":\"x\"},\"openapi\":\"3.0.0\"}"));
    QVERIFY(!looksLikePostman("{\"log\":{}}"));
    QVERIFY(!looksLikePostman(""));
    QVERIFY(looksLikeBruno("\nmeta {\n  name: x\n}"));
    QVERIFY(looksLikeBruno("vars:secret [\n a\n]"));
    QVERIFY(!looksLikeBruno("{\"meta\":{}}"));
}

void CollectionsTest::everyPrefix_isHarmless()
{
    const Collection collection = tameCollection(11);
    for (const WrittenCollection &written : {writePostman(collection), writeBruno(collection)}) {
        for (const CollectionFile &file : written.files) {
            for (qsizetype i = 0; i < file.bytes.size(); ++i) {
                const auto postman = readPostman(file.bytes.left(i));
                QVERIFY(postman || !postman.error().message.isEmpty());
                const auto bruno = readBruno(file.bytes.left(i));
                QVERIFY(bruno || !bruno.error().message.isEmpty());
            }
        }
    }
}

QTEST_APPLESS_MAIN(CollectionsTest)
#include "tst_collections.moc"
