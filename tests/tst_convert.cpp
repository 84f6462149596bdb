// errata convert, run in this process: every kind in, every kind out.
#include "app/cli/command.h"
#include "app/modules.h"
#include "models/catalog/catalogreader.h"
#include "models/json/jsondocument.h"
#include "tests/support/runcommand.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace errata;
using namespace errata::test;

namespace {

Ran convert(const QStringList &arguments, const QByteArray &input = {})
{
    return runCommand(QStringList{QStringLiteral("convert")} + arguments, input, [](CliContext &context) {
        context.yamlToJson = [](const QByteArray &yaml) { return yamlToJson(programDir(), yaml); };
    });
}

QStringList to(const char *kind, const QStringList &more = {})
{
    return QStringList{QStringLiteral("--to"), QString::fromLatin1(kind)} + more;
}

constexpr char secret[] = "Sk9aW2bQ7xLm4TzR8vYp3Nc6";

QByteArray curlInput()
{
    return QByteArray("curl -X POST 'https://a.example/v1/items?a=1' -H 'Authorization: Bearer ") + secret +
           "' -H 'Content-Type: application/json' --data-raw '{\"a\": 1}' --proxy x:1";
}

QByteArray yamlInput()
{
    return "openapi: 3.0.3\n"
           "info: {title: Pet Shop, version: '1.0'}\n"
           "servers:\n  - url: https://api.pets.example/v1/\n  - url: https://test.pets.example\n    description: "
           "test\n"
           "security:\n  - key: []\n"
           "paths:\n"
           "  /pets/{id}:\n"
           "    parameters:\n      - {name: id, in: path, required: true, schema: {type: string}}\n"
           "    get:\n      summary: One pet\n      tags: [Pets]\n"
           "      parameters:\n        - {name: full, in: query, schema: {type: boolean, default: true}}\n"
           "        - {name: X-Lang, in: header, required: true, example: en}\n"
           "      responses:\n        200: {description: ok}\n"
           "        404:\n          description: There is no such pet.\n          content:\n            "
           "application/json:\n"
           "              schema: {$ref: '#/components/schemas/Error'}\n"
           "              example: {code: PET_NOT_FOUND, message: no such pet}\n"
           "    post:\n      operationId: feed\n"
           "      requestBody:\n        content:\n          application/json:\n            schema:\n              "
           "type: object\n"
           "              properties:\n                food: {type: string, example: hay}\n                grams: "
           "{type: integer}\n"
           "                next: {$ref: '#/components/schemas/Loop'}\n"
           "      responses: {}\n"
           "components:\n"
           "  securitySchemes:\n    key: {type: apiKey, in: header, name: X-Key}\n"
           "  schemas:\n"
           "    Loop: {type: object, properties: {loop: {$ref: '#/components/schemas/Loop'}}}\n"
           "    Error:\n      type: object\n      properties:\n"
           "        code: {type: string, enum: [PET_NOT_FOUND, PET_ASLEEP]}\n        message: {type: string}\n";
}

} // namespace

class ConvertTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKind_isRecognised_data();
    void everyKind_isRecognised();
    void everyKind_isWritten_andReadAgain_data();
    void everyKind_isWritten_andReadAgain();
    void secrets_areMasked_unlessAskedFor_data();
    void secrets_areMasked_unlessAskedFor();
    void variables_stay_orAreFilledIn();
    void environmentOfItsOwnFile();
    void openApi_asRequests();
    void openApi_asACatalog_hasNoFaults();
    void yaml_faultsHaveAPlace();
    void yaml_bombIsRefused();
    void filesBeside_areRead_othersRefused();
    void folders_areWrittenOnce_andReadAgain_data();
    void folders_areWrittenOnce_andReadAgain();
    void severalGoPrograms_needAFolder();
    void json_holdsEverything();
    void faults_data();
    void faults();
};

void ConvertTest::everyKind_isRecognised_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray get = "curl https://a.example/x\n";
    QTest::newRow("curl") << QByteArray("curl https://a.example/x") << get;
    QTest::newRow("http") << QByteArray("### One\nGET https://a.example/x\n") << get;
    QTest::newRow("raw") << QByteArray("GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n")
                         << QByteArray("curl -H 'Host: a.example' https://a.example/x\n");
    QTest::newRow("har") << QByteArray(
                                "{\"log\":{\"version\":\"1.2\",\"entries\":[{\"request\":{\"method\":\"GET\",\"url\":"
                                "\"https://a.example/x\",\"headers\":[]},\"response\":{\"status\":200}}]}}")
                         << get;
    QTest::newRow("postman") << QByteArray("{\"info\":{\"_postman_id\":\"1\",\"name\":\"n\"},\"item\":[{\"name\":\"r\","
                                           "\"request\":{\"method\":\"GET\",\"url\":\"https://a.example/x\"}}]}")
                             << get;
    QTest::newRow("bruno") << QByteArray("meta {\n  name: r\n}\nget {\n  url: https://a.example/x\n}\n") << get;
    QTest::newRow("openapi") << QByteArray("{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\"},\"servers\":[{\"url\":"
                                           "\"https://a.example\"}],\"paths\":{\"/x\":{\"get\":{}}}}")
                             << QByteArray("curl --globoff '{{baseUrl}}/x'\n");
}

void ConvertTest::everyKind_isRecognised()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const Ran ran = convert(to("curl"), text);
    QVERIFY2(ran.exit == Exit::Done, ran.err.constData());
    QCOMPARE(ran.out, expected);
    QCOMPARE(ran.err, QByteArray());
}

void ConvertTest::everyKind_isWritten_andReadAgain_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"curl", "har", "http", "postman", "bruno"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void ConvertTest::everyKind_isWritten_andReadAgain()
{
    QFETCH(QString, kind);
    const Ran written = convert(to("har", {QStringLiteral("--with-secrets")}), curlInput());
    const Ran through = convert({QStringLiteral("--to"), kind, QStringLiteral("--with-secrets")}, written.out);
    QVERIFY2(through.exit == Exit::Done, through.err.constData());
    const Ran back = convert(to("curl", {QStringLiteral("--env="), QStringLiteral("--with-secrets")}), through.out);
    QVERIFY2(back.exit == Exit::Done, back.err.constData());
    QCOMPARE(back.out, QByteArray("curl -H 'Content-Type: application/json' -H 'Authorization: Bearer ") + secret +
                           "' --data-raw '{\"a\": 1}' 'https://a.example/v1/items?a=1'\n");
}

void ConvertTest::secrets_areMasked_unlessAskedFor_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"curl", "har", "http", "httpie", "python", "fetch", "go", "postman", "bruno"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void ConvertTest::secrets_areMasked_unlessAskedFor()
{
    QFETCH(QString, kind);
    const Ran masked = convert({QStringLiteral("--to"), kind}, curlInput());
    QVERIFY2(masked.exit == Exit::Done, masked.err.constData());
    QVERIFY2(!masked.out.contains(secret), masked.out.constData());
    QVERIFY(masked.out.contains("REDACTED-"));
    QVERIFY(masked.err.contains("1 secret masked"));
    QVERIFY(masked.err.contains("not carried over: --proxy"));
    const Ran open = convert({QStringLiteral("--to"), kind, QStringLiteral("--with-secrets")}, curlInput());
    QVERIFY(open.out.contains(secret));
    QVERIFY(!open.err.contains("masked"));
}

void ConvertTest::variables_stay_orAreFilledIn()
{
    const QByteArray text = "@host = a.example\n# @errata environment test staging\n# @errata variable token t1\n\n"
                            "### One\nGET https://{{host}}/x\nAuthorization: Bearer {{token}}\n";
    QCOMPARE(convert(to("curl"), text).out,
             QByteArray("curl --globoff -H 'Authorization: Bearer {{token}}' 'https://{{host}}/x'\n"));
    QCOMPARE(convert(to("curl", {QStringLiteral("--env"), QStringLiteral("staging"), QStringLiteral("--with-secrets")}),
                     text)
                 .out,
             QByteArray("curl -H 'Authorization: Bearer t1' https://a.example/x\n"));
    const Ran missing = convert(to("curl", {QStringLiteral("--env=")}), text);
    QCOMPARE(*missing.exit, Exit::Usage);
    QVERIFY2(missing.err.contains("'One': no value for the variable token"), missing.err.constData());
    const Ran unknown = convert(to("curl", {QStringLiteral("--env"), QStringLiteral("live")}), text);
    QVERIFY2(unknown.err.contains("expected one of staging"), unknown.err.constData());
}

void ConvertTest::environmentOfItsOwnFile()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("e.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"name\":\"e\",\"values\":[{\"key\":\"host\",\"value\":\"b.example\"}],\"_postman_variable_scope\":"
               "\"environment\"}");
    file.close();
    const Ran ran = convert(to("curl", {QStringLiteral("--env"), file.fileName()}), "GET https://{{host}}/x");
    QVERIFY2(ran.exit == Exit::Done, ran.err.constData());
    QCOMPARE(ran.out, QByteArray("curl https://b.example/x\n"));
}

void ConvertTest::openApi_asRequests()
{
    const Ran ran = convert(to("http"), yamlInput());
    QVERIFY2(ran.exit == Exit::Done, ran.err.constData());
    QVERIFY2(ran.out.contains("@baseUrl = https://api.pets.example/v1\n") ||
                 ran.out.contains("variable baseUrl https://api.pets.example/v1\n"),
             ran.out.constData());
    QVERIFY(
        ran.out.contains("# @errata environment test test\n# @errata variable baseUrl https://test.pets.example\n"));
    QVERIFY2(ran.out.contains("### One pet\n# @errata folder Pets\n# @errata parameter-off full true\n"
                              "GET {{baseUrl}}/pets/{{id}}\nX-Lang: en\n# @errata auth\nX-Key: {{key}}\n"),
             ran.out.constData());
    QVERIFY2(ran.out.contains("### feed\nPOST {{baseUrl}}/pets/{{id}}\n"), ran.out.constData());
    QVERIFY(ran.out.contains("\"food\": \"hay\",\n  \"grams\": 0,\n  \"next\": {"));
}

void ConvertTest::openApi_asACatalog_hasNoFaults()
{
    const Ran ran = convert(to("catalog"), yamlInput());
    QVERIFY2(ran.exit == Exit::Done, ran.err.constData());
    const CatalogReading reading = readCatalog(ran.out, QStringLiteral("pets.json"));
    for (const CatalogFault &fault : reading.faults)
        qWarning("%s", qPrintable(fault.text()));
    QVERIFY(reading.faults.empty());
    QCOMPARE(reading.catalog->id, QStringLiteral("pet-shop"));
    QCOMPARE(reading.catalog->entries.size(), std::size_t(2));
    const Entry &entry = reading.catalog->entries.front();
    QCOMPARE(entry.code, QStringLiteral("PET_NOT_FOUND"));
    QCOMPARE(entry.meaning.value, QStringLiteral("There is no such pet."));
    QCOMPARE(entry.statuses.size(), std::size_t(1));
    QCOMPARE(entry.statuses.front().value, 404);
    // That all answers of one status share an enum says nothing of a code's own status.
    QVERIFY(reading.catalog->entries[1].statuses.empty());
    QVERIFY(convert(to("catalog"), curlInput()).err.contains("only an OpenAPI description"));
}

void ConvertTest::yaml_faultsHaveAPlace()
{
    const Ran ran = convert(to("http"), "openapi: 3.0.0\npaths: [\n");
    QCOMPARE(*ran.exit, Exit::Usage);
    QVERIFY2(ran.err.contains("standard input: line "), ran.err.constData());
    QVERIFY(convert(to("http"), "openapi: '2.0'\npaths: {}\n").err.contains("\"openapi\" is not 3.x"));
}

void ConvertTest::yaml_bombIsRefused()
{
    QByteArray yaml = "openapi: 3.0.0\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 12; ++i) {
        const QByteArray alias = "*a" + QByteArray::number(i - 1);
        yaml += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + (alias + ',').repeated(9) +
                alias + "]\n";
    }
    const Ran ran = convert(to("http"), yaml);
    QCOMPARE(*ran.exit, Exit::Usage);
    QVERIFY2(ran.err.contains("too large with its aliases put in"), ran.err.constData());
}

void ConvertTest::filesBeside_areRead_othersRefused()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("inner")));
    const auto write = [&folder](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    };
    write(QStringLiteral("outside.txt"), "OUTSIDE");
    write(QStringLiteral("inner/body.txt"), "INSIDE");
    write(QStringLiteral("inner/a.http"), "POST https://a.example\n\n< ./body.txt\n");
    write(QStringLiteral("inner/b.http"), "POST https://a.example\n\n< ../outside.txt\n");
    write(QStringLiteral("inner/c.http"), "POST https://{{host}}\n\n< ./body.txt\n");
    const Ran inside = convert(to("curl", {folder.filePath(QStringLiteral("inner/a.http"))}));
    QVERIFY2(inside.out.contains("--data-raw INSIDE"), inside.err.constData());
    const Ran outside = convert(to("curl", {folder.filePath(QStringLiteral("inner/b.http"))}));
    QCOMPARE(*outside.exit, Exit::Usage);
    QVERIFY(outside.out.isEmpty());
    QVERIFY2(outside.err.contains("../outside.txt: lies outside the folder"), outside.err.constData());
    const Ran literal = convert(to("curl", {folder.filePath(QStringLiteral("inner/c.http"))}));
    QVERIFY2(literal.err.contains("content of the files"), literal.err.constData());
}

void ConvertTest::folders_areWrittenOnce_andReadAgain_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("http") << QStringLiteral("http");
    QTest::newRow("bruno") << QStringLiteral("bruno");
}

void ConvertTest::folders_areWrittenOnce_andReadAgain()
{
    QFETCH(QString, kind);
    const QTemporaryDir folder;
    const QString target = folder.filePath(QStringLiteral("shop/"));
    const QStringList write{QStringLiteral("--to"), kind, QStringLiteral("--output"), target};
    const Ran first = convert(write, yamlInput());
    QVERIFY2(first.exit == Exit::Done, first.err.constData());
    QVERIFY(first.out.isEmpty());
    const Ran second = convert(write, yamlInput());
    QCOMPARE(*second.exit, Exit::Usage);
    QVERIFY(second.err.contains("is there already"));
    const Ran back = convert(to("curl", {target, QStringLiteral("--env"), QStringLiteral("test"),
                                         QStringLiteral("--only"), QStringLiteral("One pet")}));
    QCOMPARE(*back.exit, Exit::Usage);
    QVERIFY2(back.err.contains("no values for the variables id, key"), back.err.constData());
    const Ran literal = convert(to("curl", {target, QStringLiteral("--only"), QStringLiteral("One pet")}));
    QCOMPARE(literal.out, QByteArray("curl --globoff -H 'X-Lang: en' -H 'X-Key: {{key}}' '{{baseUrl}}/pets/{{id}}'\n"));
}

void ConvertTest::severalGoPrograms_needAFolder()
{
    const QByteArray two = "### A\nGET https://a.example/1\n### B/C\nGET https://a.example/2\n";
    QVERIFY(convert(to("go"), two).err.contains("--only"));
    QVERIFY(convert(to("go", {QStringLiteral("--only"), QStringLiteral("A")}), two).out.contains("a.example/1"));
    const Ran curl = convert(to("curl"), two);
    QCOMPARE(curl.out, QByteArray("# A\ncurl https://a.example/1\n\n# B/C\ncurl https://a.example/2\n"));
    const QTemporaryDir folder;
    QCOMPARE(*convert(to("go", {QStringLiteral("-o"), folder.path()}), two).exit, Exit::Done);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files),
             (QStringList{QStringLiteral("001 A.go"), QStringLiteral("002 B_C.go")}));
}

void ConvertTest::json_holdsEverything()
{
    const Ran ran = convert(to("python", {QStringLiteral("--json")}), curlInput());
    const auto document = JsonDocument::parse(ran.out);
    QVERIFY(document);
    const JsonValue root = document->root();
    QCOMPARE(root["from"].string(), QStringLiteral("curl"));
    QCOMPARE(root["to"].string(), QStringLiteral("python"));
    QCOMPARE(root["requests"].integer(), std::optional<qint64>(1));
    QVERIFY(root["files"].at(0)["text"].string().contains(QLatin1String("http.client")));
    QCOMPARE(root["not_carried"].at(0).string(), QStringLiteral("--proxy"));
    QCOMPARE(root["masked"].size(), qsizetype(1));
}

void ConvertTest::faults_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QString>("said");
    QTest::newRow("no kind") << QStringList() << QByteArray() << 2 << "--to is missing";
    QTest::newRow("unknown kind") << to("cobol") << QByteArray() << 2 << "not 'cobol'";
    QTest::newRow("unknown source") << to("curl", {QStringLiteral("--from"), QStringLiteral("x")}) << QByteArray() << 2
                                    << "--from takes one of";
    QTest::newRow("not recognised") << to("curl") << QByteArray("hello") << 2
                                    << "standard input: no requests recognised";
    QTest::newRow("no file") << to("curl", {QStringLiteral("/nowhere/x")}) << QByteArray() << 2 << "/nowhere/x";
    QTest::newRow("two files") << to("curl", {QStringLiteral("a"), QStringLiteral("b")}) << QByteArray() << 2
                               << "one file";
    QTest::newRow("empty HAR") << to("curl") << QByteArray("{\"log\":{\"entries\":[]}}") << 1 << "no request found";
    QTest::newRow("broken curl") << to("curl") << QByteArray("curl 'https://a.example") << 2
                                 << "standard input: line 1";
    QTest::newRow("no such request") << to("curl", {QStringLiteral("--only"), QStringLiteral("x")}) << curlInput() << 2
                                     << "x: no request of that name";
}

void ConvertTest::faults()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, input);
    QFETCH(int, exit);
    QFETCH(QString, said);
    const Ran ran = convert(arguments, input);
    QCOMPARE(int(*ran.exit), exit);
    QVERIFY2(ran.err.contains(said.toUtf8()), ran.err.constData());
    QCOMPARE(ran.err.count('\n'), 1);
    QVERIFY(ran.out.isEmpty());
}

QTEST_GUILESS_MAIN(ConvertTest)
#include "tst_convert.moc"
