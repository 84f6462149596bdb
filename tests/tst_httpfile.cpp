// .http files: what others write is read, what is written comes back as it was.
#include "models/http/httpdirectives.h"
#include "models/http/httpfile.h"
#include "tests/support/generateddrafts.h"

#include <QTest>

using namespace errata;

namespace {

QByteArray kindName(AuthDraft::Kind kind)
{
    static constexpr const char *names[] = {"none", "bearer", "basic", "key"};
    return names[static_cast<int>(kind)];
}

/// A request as one line: "name: METHOD url|Name: value|-Off: value|bearer secret||body".
QByteArray summary(const RequestDraft &draft)
{
    QByteArray text = draft.name.toUtf8() + ": " + draft.method + ' ' + draft.url;
    for (const DraftField &field : draft.headers)
        text += (field.enabled ? "|" : "|-") + field.name + ": " + field.value;
    if (draft.auth.kind != AuthDraft::Kind::None)
        text += '|' + kindName(draft.auth.kind) + ' ' + draft.auth.user + '/' + draft.auth.secret;
    text += "||" + draft.body.text;
    if (!draft.body.file.isEmpty())
        text += "file " + draft.body.file.toUtf8();
    for (const FormField &field : draft.body.fields)
        text += '[' + field.name + '=' + (field.isFile ? "@" : "") + field.value + ' ' + field.contentType + ']';
    return text;
}

} // namespace

class HttpFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void othersFiles_data();
    void othersFiles();
    void notCarried_data();
    void notCarried();
    void isRecognised_data();
    void isRecognised();
    void everyCollection_comesBackAsItWas();
    void aFolder_comesBackAsItWas();
    void tameRequests_standAsOtherProgramsExpectThem();
    void writtenText_isAsPeopleWriteIt();
    void secretsOfEnvironments_areInNoFile();
    void words_areReadBack();
    void everyPrefix_isHarmless();
    void tooMuch_isRefused();
};

void HttpFileTest::othersFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("a URL alone", "https://a.example/x", ": GET https://a.example/x||");
    row("version and CRLF", "POST https://a.example/x HTTP/1.1\r\nA: 1\r\n\r\n{}\r\n",
        ": POST https://a.example/x|A: 1||{}");
    row("two with names", "### One\nGET https://a.example/1\n\n### Two\nGET https://a.example/2\n",
        "One: GET https://a.example/1||\nTwo: GET https://a.example/2||");
    row("a name by comment", "# @name login\nGET https://a.example", "login: GET https://a.example||");
    row("a name by the other comment", "###\n// @name login\nGET https://a.example", "login: GET https://a.example||");
    row("continued query", "GET https://a.example/x\n    ?a=1\n    &b=2\nA: 1",
        ": GET https://a.example/x?a=1&b=2|A: 1||");
    row("a header commented out", "GET https://a.example\nA: 1\n# X-Trace: 2\n// B: 3\n",
        ": GET https://a.example|A: 1|-X-Trace: 2|-B: 3||");
    row("target and host", "GET /x?y HTTP/1.1\nHost: a.example\n", ": GET https://a.example/x?y|Host: a.example||");
    row("variables", "@host = a.example\n\nGET https://{{host}}/", ": GET https://{{host}}/||");
    row("blank lines in a body", "POST https://a.example\n\na\n\n\nb\n\n\n###\n", ": POST https://a.example||a\n\n\nb");
    row("file", "POST https://a.example\n\n< ./in put.json\n", ": POST https://a.example||file ./in put.json");
    row("markup is no file", "POST https://a.example\n\n<a>\n</a>", ": POST https://a.example||<a>\n</a>");
    row("basic", "GET https://a.example\nAuthorization: Basic me:s:1\n", ": GET https://a.example|basic me/s:1||");
    row("basic with a blank", "GET https://a.example\nAuthorization: Basic me s\n",
        ": GET https://a.example|basic me/s||");
    row("basic in base64 stays", "GET https://a.example\nAuthorization: Basic bWU6cw==\n",
        ": GET https://a.example|Authorization: Basic bWU6cw==||");
    row("form in rows", "POST https://a.example\nContent-Type: application/x-www-form-urlencoded\n\na=1\n&b={{v}}+x",
        ": POST https://a.example|Content-Type: application/x-www-form-urlencoded||[a=1 ][b={{v}} x ]");
    row("multipart",
        "POST https://a.example\nContent-Type: multipart/form-data; boundary=b\n\n--b\n"
        "Content-Disposition: form-data; name=\"t\"\n\ntext\n--b\n"
        "Content-Disposition: form-data; name=\"f\"; filename=\"x\"\nContent-Type: image/png\n\n< ./x.png\n--b--\n",
        ": POST https://a.example|Content-Type: multipart/form-data; boundary=b||[t=text ][f=@./x.png image/png]");
    row("comments in a body stay", "POST https://a.example\n\n# title\n// x",
        ": POST https://a.example||# title\n// x");
    row("nothing between separators", "###\n\n### \nGET https://a.example\n###\n", ": GET https://a.example||");
    row("byte order mark", "\xEF\xBB\xBFGET https://a.example", ": GET https://a.example||");
}

void HttpFileTest::othersFiles()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto collection = readHttpFile(text);
    QVERIFY2(collection, collection ? "" : qPrintable(collection.error().text()));
    QByteArray joined;
    for (const RequestDraft &draft : collection->requests)
        joined += (joined.isEmpty() ? "" : "\n") + summary(draft);
    QCOMPARE(joined, expected);
    QCOMPARE(collection->notCarried, QStringList());
}

void HttpFileTest::notCarried_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(expected) << QByteArray(text) << QString::fromUtf8(expected);
    };
    row("### A\nGET https://a.example\n\n> {%\n  client.test()\n\n%}\n", "script for the answer of 'A'");
    row("### A\nGET https://a.example\n\n> {% x %}\n", "script for the answer of 'A'");
    row("### A\n< {%\n request.x\n%}\nGET https://a.example\n", "script before the request of 'A'");
    row("### A\nGET https://a.example\n\n> ./check.js\n", "script for the answer, './check.js', of 'A'");
    row("GET https://a.example\n\n>> out.json\n", "file for the answer, 'out.json',");
    row("GET https://a.example\n\n>>! out.json\n", "file for the answer, 'out.json',");
    row("### A\nGET https://a.example\n\n<> old.json\n", "answer to compare with, 'old.json', of 'A'");
    row("### A\n# @no-redirect\nGET https://a.example\n", "option '@no-redirect' of 'A'");
    row("### A\nPOST https://a.example\n\n<@ ./a.json\n", "variables in the file of the body of 'A'");
    row("### A\nPOST https://a.example\n\nx\n< ./a.json\ny\n", "file within the body, './a.json', of 'A'");
    row("### A\nGET https://a.example\nno header\n", "line without a colon in the head, 'no header', of 'A'");
}

void HttpFileTest::notCarried()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const auto collection = readHttpFile(text);
    QVERIFY(collection);
    QCOMPARE(collection->notCarried, QStringList(expected));
    QCOMPARE(collection->requests.size(), std::size_t(1));
    QVERIFY(!collection->requests.front().body.text.contains("%}"));
}

void HttpFileTest::isRecognised_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *text, bool expected) { QTest::newRow(text) << QByteArray(text) << expected; };
    row("### A\nGET https://a.example", true);
    row("\n\n# a comment\nGET {{host}}/x", true);
    row("@host = x\n", true);
    row("# @name a\nhttps://a.example", true);
    row("GET https://a.example/x HTTP/1.1", true);
    row("HTTP/1.1 200 OK", false);
    row("{\"a\":1}", false);
    row("curl https://a.example", false);
    row("GET out of here", false);
    row("# Heading\n\nText", false);
    row("", false);
}

void HttpFileTest::isRecognised()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, expected);
    QCOMPARE(looksLikeHttpFile(text), expected);
}

void HttpFileTest::everyCollection_comesBackAsItWas()
{
    for (quint64 seed = 0; seed < 3000; ++seed) {
        for (const Collection &collection : {generatedCollection(seed), tameCollection(seed)}) {
            const QByteArray text = writeHttpFile(collection);
            const auto again = readHttpFile(text);
            QVERIFY2(again, qPrintable(QStringLiteral("seed %1").arg(seed)));
            if (!(again.value() == collection))
                QFAIL(qPrintable(QStringLiteral("seed %1:\n%2\n---\n%3")
                                     .arg(seed)
                                     .arg(QString::fromUtf8(text), QString::fromUtf8(writeHttpFile(again.value())))));
        }
    }
}

void HttpFileTest::aFolder_comesBackAsItWas()
{
    for (quint64 seed = 0; seed < 300; ++seed) {
        Collection collection = tameCollection(seed);
        // Files are in the order of their paths, and so are the folders read from them.
        std::stable_sort(
            collection.requests.begin(), collection.requests.end(),
            [](const RequestDraft &a, const RequestDraft &b) { return a.folder.size() > b.folder.size(); });
        auto files = writeHttpFolder(collection);
        std::reverse(files.begin(), files.end());
        const auto again = readHttpFolder(files);
        QVERIFY2(again, again ? "" : qPrintable(again.error().text()));
        QVERIFY2(again.value() == collection, qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
    Collection odd;
    odd.requests.resize(2);
    odd.requests[0].folder = {QStringLiteral("../a/b"), QStringLiteral("c:d")};
    odd.requests[1].folder = {QStringLiteral("../A/B"), QStringLiteral("c:d")};
    const auto files = writeHttpFolder(odd);
    QCOMPARE(files.size(), std::size_t(2));
    QCOMPARE(files[1].path, QStringLiteral("_.._a_b/c_d.http"));
    QVERIFY(readHttpFolder(files).value() == odd);
}

void HttpFileTest::tameRequests_standAsOtherProgramsExpectThem()
{
    int plain = 0;
    int all = 0;
    for (quint64 seed = 0; seed < 300; ++seed) {
        for (const RequestDraft &draft : tameCollection(seed).requests) {
            ++all;
            plain += writeHttpFile({{}, {draft}, {}, {}}).contains("@errata exact") ? 0 : 1;
        }
    }
    // The rest has line breaks in the value of a form's part or a header named with letters beyond ASCII.
    QVERIFY2(plain * 10 > all * 9, qPrintable(QStringLiteral("%1 of %2").arg(plain).arg(all)));
}

void HttpFileTest::writtenText_isAsPeopleWriteIt()
{
    RequestDraft draft;
    draft.name = QStringLiteral("Create item");
    draft.about = QStringLiteral("Makes one.\n\nCosts nothing.");
    draft.method = "POST";
    draft.url = "{{host}}/items";
    draft.headers = {{"Accept", "application/json", true}, {"X-Trace", "a b", false}};
    draft.auth = {AuthDraft::Kind::Bearer, {}, "{{token}}", {}, false};
    draft.body = {BodyDraft::Kind::Text, "{\"a\": 1}\n", "application/json", {}, {}};
    draft.policy = QStringLiteral("intended-docs");
    Collection collection;
    collection.environments = {{{}, {{QStringLiteral("host"), QStringLiteral("https://a.example"), false}}, false}};
    collection.requests = {draft};
    QCOMPARE(writeHttpFile(collection), QByteArray("@host = https://a.example\n"
                                                   "\n"
                                                   "### Create item\n"
                                                   "# Makes one.\n"
                                                   "#\n"
                                                   "# Costs nothing.\n"
                                                   "# @errata policy intended-docs\n"
                                                   "# @errata body-tail %0A\n"
                                                   "POST {{host}}/items\n"
                                                   "Accept: application/json\n"
                                                   "# @errata header-off X-Trace a b\n"
                                                   "# @errata auth\n"
                                                   "Authorization: Bearer {{token}}\n"
                                                   "# @errata body-type\n"
                                                   "Content-Type: application/json\n"
                                                   "\n"
                                                   "{\"a\": 1}\n"));
}

void HttpFileTest::secretsOfEnvironments_areInNoFile()
{
    Collection collection;
    collection.environments = {
        {QStringLiteral("live"), {{QStringLiteral("token"), QStringLiteral("PLANTED"), true}}, true}};
    for (const CollectionFile &file : writeHttpFolder(collection))
        QVERIFY2(!file.bytes.contains("PLANTED"), qPrintable(file.path));
}

void HttpFileTest::words_areReadBack()
{
    const QList<QByteArray> words{
        "", "-", "a b", " ", "%", "%2D", "\n\r\t", "\xFF\xC3\xA4", "\xC3\xA4", QByteArray("\0", 1), "a  b "};
    for (const QByteArray &word : words) {
        const QByteArray line = "x " + directiveWord(word) + ' ' + directiveRest(word);
        QVERIFY(!line.contains('\n') && line.isValidUtf8());
        QCOMPARE(Directive(line).word(0), word);
        QCOMPARE(Directive(line).rest(1), word);
    }
}

void HttpFileTest::everyPrefix_isHarmless()
{
    const QByteArray text =
        writeHttpFile(generatedCollection(7)) + writeHttpFile(tameCollection(8)) + "\n### x\n< {%\nGET a\n\n> {%\n";
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const auto collection = readHttpFile(text.left(i));
        QVERIFY(collection || !collection.error().message.isEmpty());
    }
}

void HttpFileTest::tooMuch_isRefused()
{
    QVERIFY(!readHttpFile(QByteArray(64 * 1024 * 1024 + 1, 'x')));
    QVERIFY(!readHttpFile(""));
    QVERIFY(!readHttpFile("# only a comment\n"));
}

QTEST_APPLESS_MAIN(HttpFileTest)
#include "tst_httpfile.moc"
