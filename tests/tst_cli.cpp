// The command line, run in this process: explain, search, export, catalogs, decode, send.
#include "app/cli/command.h"
#include "app/cli/runcli.h"
#include "models/json/jsondocument.h"
#include "models/net/curltransport.h"
#include "models/net/qttransport.h"
#include "tests/support/runcommand.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace errata;
using namespace errata::test;

namespace {

void write(const QString &name, const QByteArray &bytes)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(name));
}

Ran run(const QStringList &line, const QByteArray &input = {})
{
    return runCommand(line, input, [](CliContext &context) {
        context.transport = [](const QString &engine) -> Result<std::unique_ptr<Transport>> {
            if (engine == QLatin1String("curl"))
                return std::unique_ptr<Transport>(std::make_unique<CurlTransport>());
            if (engine == QLatin1String("qt"))
                return std::unique_ptr<Transport>(std::make_unique<QtTransport>());
            return Error{QStringLiteral("no engine '%1'").arg(engine), {}};
        };
    });
}

/// A fifth API: one envelope, one code. Written with ' for ".
QByteArray acmeCatalog()
{
    return QByteArray(
               "{'format':'errata-catalog/1','id':'acme','name':'Acme',"
               "'documents':[{'id':'d','title':'Errors','url':'https://acme.example','provenance':'stated'}],"
               "'surfaces':[{'id':'http-api','title':'HTTP API'}],"
               "'envelopes':[{'id':'e','title':'Acme error','surface':'http-api','provenance':'stated','points':40,"
               "'require':[{'at':'/acme/fault','is':'string'}],'code':['/acme/fault']}],"
               "'entries':[{'code':'SPRING_BROKEN','surface':'http-api','title':'A spring broke','document':'d',"
               "'meaning':'A spring broke.','retry':{'verdict':'no','provenance':'stated'}}]}")
        .replace('\'', '"');
}

QStringList codes(const JsonValue &entries)
{
    QStringList list;
    for (const JsonValue &entry : entries.children())
        list << entry["api"].string() + QLatin1Char(':') + entry["code"].string() + QLatin1Char('/') +
                    entry["match"].string();
    return list;
}

} // namespace

class CliTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void explain_exactThenFoldedThenNear()
    {
        const Ran ran =
            run({QStringLiteral("explain"), QStringLiteral("rate_limit_exceeded"), QStringLiteral("--json")});
        QCOMPARE(*ran.exit, Exit::Done);
        const QStringList found = codes(ran.json()["entries"]);
        QCOMPARE(found.mid(0, 2), (QStringList{QStringLiteral("nullspace:rate_limit_exceeded/exact"),
                                               QStringLiteral("intended:RATE_LIMIT_EXCEEDED/folded")}));
        for (const QString &rest : found.mid(2))
            QVERIFY(rest.endsWith(QLatin1String("/near")));
    }

    void decode_textFromOutside_movesNoCursor()
    {
        const Ran ran = run(
            {QStringLiteral("decode")},
            "{\"error\":{\"code\":\"TOKEN_EXPIRED\",\"message\":\"\\u001b[2Jgone\\u009b1m\",\"request_id\":\"r\"}}");
        QCOMPARE(*ran.exit, Exit::ErrorRecognised);
        QVERIFY(ran.out.contains("gone"));
        QVERIFY(!ran.out.contains('\x1b') && !ran.out.contains("\xc2\x9b"));
        QVERIFY(ran.out.contains(QString(QChar(0x241B)).toUtf8()));
    }

    void decode_ofSeveralFiles_namesThemAndCounts()
    {
        const QTemporaryDir dir;
        const auto write = [&dir](const QString &name, const QByteArray &text) {
            QFile file(dir.filePath(name));
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
                qFatal("cannot write %s", qPrintable(name));
            return dir.filePath(name);
        };
        const QString body =
            write(QStringLiteral("a.json"), R"({"error":{"code":"TOKEN_EXPIRED","message":"x","request_id":"r1"}})");
        const QString reply = write(QStringLiteral("b.txt"), "HTTP/1.1 503 X\r\nRetry-After: 4\r\n\r\n");
        const Ran ran = run({QStringLiteral("decode"), body, reply, QStringLiteral("--json")});
        QCOMPARE(*ran.exit, Exit::ErrorRecognised);
        const JsonValue json = ran.json();
        QCOMPARE(json["input"]["exchanges"].integer(), 2);
        QCOMPARE(json["findings"].size(), 2);
        QCOMPARE(json["findings"].at(0)["exchange"]["file"].string(), body);
        QCOMPARE(json["findings"].at(1)["exchange"]["index"].integer(), 1);
        QCOMPARE(json["summary"]["failed"].integer(), 2);
        const Ran text = run({QStringLiteral("decode"), body, reply});
        QVERIFY2(text.out.startsWith("2 of 2 failed\n"), text.out.constData());
        QVERIFY(text.out.contains(reply.toUtf8()));
    }

    void redact_textAndTally()
    {
        const Ran ran = run({QStringLiteral("redact")}, "GET /?edge_token=fakeEdge1&a=1\r\nX-Api-Key: fakeKey1\r\n\r\n"
                                                        "{\"traffic_access_token\":\"fakeEdge1\",\"n\":1.00}");
        QCOMPARE(*ran.exit, Exit::Done);
        static const QRegularExpression expected(QStringLiteral(
            "^GET /\\?edge_token=(REDACTED-token-[0-9a-f]{6})&a=1\r\nX-Api-Key: REDACTED-api-key-[0-9a-f]{6}"
            "\r\n\r\n[{].traffic_access_token.:.\\1.,.n.:1[.]00[}]$"));
        QVERIFY2(expected.match(QString::fromUtf8(ran.out)).hasMatch(), ran.out.constData());
        QVERIFY2(ran.err.startsWith("errata redact: 3 secrets masked\n  1 api-key, in header X-Api-Key\n"
                                    "  2 token, first in query edge_token\n"),
                 ran.err.constData());
    }

    void redact_whatIsDoubtful()
    {
        const Ran ran = run({QStringLiteral("redact")}, "{\"next_page_token\":\"CAES1bgo2EZm3FrZ\"}");
        QCOMPARE(ran.out, QByteArray("{\"next_page_token\":\"CAES1bgo2EZm3FrZ\"}"));
        QCOMPARE(ran.err, QByteArray("errata redact: no secret found\n"
                                     "errata redact: 1 doubtful place left, look at it yourself\n"
                                     "  1 left: a paging token as a rule, in JSON /next_page_token\n"));
    }

    void redact_asJson()
    {
        const Ran ran = run({QStringLiteral("redact"), QStringLiteral("--json")}, "password=fakePw1 x");
        QCOMPARE(*ran.exit, Exit::Done);
        QVERIFY(ran.err.isEmpty());
        const JsonValue json = ran.json();
        QCOMPARE(json["tally"]["password"].integer(), std::optional<qint64>(1));
        QCOMPARE(json["masked"].at(0)["where"].string(), QStringLiteral("field password"));
        QCOMPARE(json["masked"].at(0)["span"]["start"].integer(), std::optional<qint64>(9));
        QCOMPARE(json["text"].string(),
                 QStringLiteral("password=") + json["masked"].at(0)["placeholder"].string() + QStringLiteral(" x"));
    }

    void redact_withOwnPatterns()
    {
        QTemporaryDir dir;
        const QString name = dir.filePath(QStringLiteral("own.txt"));
        const auto write = [&name](const QByteArray &text) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write("staff: E[0-9]+\n");
        const QStringList line{QStringLiteral("redact"), QStringLiteral("--patterns"), name};
        QVERIFY(run(line, "by E4711.").out.startsWith("by REDACTED-staff-"));
        write("# ours\nstaff: E[0-9\n");
        const Ran ran = run(line, "by E4711.");
        QCOMPARE(*ran.exit, Exit::Usage);
        QVERIFY(ran.out.isEmpty());
        QVERIFY2(ran.err.startsWith("errata redact: " + name.toUtf8() + ":2: "), ran.err.constData());
        QCOMPARE(*run({QStringLiteral("redact"), dir.filePath(QStringLiteral("none"))}).exit, Exit::Usage);
        QCOMPARE(*run({QStringLiteral("redact"), QStringLiteral("a"), QStringLiteral("b")}).exit, Exit::Usage);
    }

    void explain_ofOneApi()
    {
        const Ran ran = run({QStringLiteral("explain"), QStringLiteral("conflict"), QStringLiteral("--api"),
                             QStringLiteral("authpi"), QStringLiteral("--json")});
        QCOMPARE(codes(ran.json()["entries"]).constFirst(), QStringLiteral("authpi:conflict/exact"));
    }

    void explain_whatNobodyKnows()
    {
        const Ran ran =
            run({QStringLiteral("explain"), QStringLiteral("no_such_code_at_all"), QStringLiteral("--json")});
        QCOMPARE(*ran.exit, Exit::NothingFound);
        QCOMPARE(ran.json()["entries"].size(), 0);
        QCOMPARE(*run({QStringLiteral("explain"), QStringLiteral("no_such_code_at_all")}).exit, Exit::NothingFound);
    }

    void explain_inWords()
    {
        const Ran ran = run({QStringLiteral("explain"), QStringLiteral("NO_MATCHING_POLICY")});
        QCOMPARE(*ran.exit, Exit::Done);
        const QString text = QString::fromUtf8(ran.out);
        for (const char *part : {"Intended", "NO_MATCHING_POLICY", "(not an error)", "200", "(stated)", "What to do",
                                 "The documents disagree", "https://"})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        QVERIFY(!ran.out.contains('\x1b'));
        QVERIFY(run({QStringLiteral("explain"), QStringLiteral("NO_MATCHING_POLICY"), QStringLiteral("--color"),
                     QStringLiteral("always")})
                    .out.contains('\x1b'));
    }

    void usageFaults_areOneLineOnStderr_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *line, const char *said) {
            QTest::newRow(line) << QString::fromLatin1(line).split(QLatin1Char(' ')) << QString::fromLatin1(said);
        };
        row("explain", "takes one CODE");
        row("explain A B", "takes one CODE");
        row("explain A --api acme", "no API 'acme', expected one of intuned, nullspace, authpi, intended");
        row("explain A --frob", "Unknown option 'frob'");
        row("explain A --color pink", "--color takes one of auto, always, never, not 'pink'");
        row("search", "takes a TEXT or a filter");
        row("search x --limit 0", "--limit takes a whole number");
        row("search x --retry maybe", "--retry takes one of");
        row("search x --status 42", "--status takes 429");
        row("export", "--format is missing");
        row("export --format pdf", "--format takes one of json, csv, markdown, html, not 'pdf'");
        row("catalogs frob", "'frob' is not known here, expected check");
        row("catalogs check", "check takes at least one FILE");
        row("catalogs check /no/such/file", "/no/such/file");
        row("decode /no/such/file", "/no/such/file");
        row("decode /", "is a folder");
        row("decode --as dance", "--as takes one of");
        row("decode --status 42", "--status takes a whole number from 100 to 599");
        row("send", "takes [METHOD] URL");
        row("send ftp://x/", "http");
        row("send http://127.0.0.1:1/ --curl-file x", "a URL or a file");
        row("send --curl-file x --request y", "not both");
        row("send --curl-file /no/such/file", "/no/such/file");
        row("send http://127.0.0.1:1/{{x}} --env nowhere", "no such environment");
        row("send http://127.0.0.1:1/ -H nocolon", "-H takes 'Name: value'");
        row("send http://127.0.0.1:1/ -d @/no/such/file", "/no/such/file");
        row("send http://127.0.0.1:1/ --engine warp", "no engine 'warp'");
        row("send http://127.0.0.1:1/ --retry intendet", "did you mean intended?");
        row("send http://127.0.0.1:1/ --timeout soon", "--timeout takes a number");
    }

    void usageFaults_areOneLineOnStderr()
    {
        QFETCH(QStringList, line);
        QFETCH(QString, said);
        const Ran ran = run(line);
        QCOMPARE(*ran.exit, Exit::Usage);
        QVERIFY(ran.out.isEmpty());
        QCOMPARE(ran.err.count('\n'), 1);
        QVERIFY2(ran.err.startsWith("errata " + line.first().toUtf8() + ": "), ran.err.constData());
        QVERIFY2(ran.err.contains(said.toUtf8()), ran.err.constData());
    }

    void everyCommand_explainsItself()
    {
        for (const Command &command : commands()) {
            const Ran ran = run({command.name, QStringLiteral("--help")});
            QCOMPARE(*ran.exit, Exit::Done);
            QVERIFY2(ran.out.startsWith("Usage: errata " + command.name.toUtf8()), ran.out.constData());
            QVERIFY(ran.out.contains("--json"));
        }
    }

    void search_ranksFiltersAndLimits()
    {
        const Ran ran = run({QStringLiteral("search"), QStringLiteral("rate limit"), QStringLiteral("--json"),
                             QStringLiteral("--limit"), QStringLiteral("3")});
        QCOMPARE(*ran.exit, Exit::Done);
        QCOMPARE(ran.json()["entries"].size(), 3);
        const Ran one = run({QStringLiteral("search"), QStringLiteral("429"), QStringLiteral("--api"),
                             QStringLiteral("authpi"), QStringLiteral("--json")});
        QCOMPARE(one.json()["entries"].at(0)["code"].string(), QStringLiteral("usage_limit_exceeded"));
        const Ran retry = run({QStringLiteral("search"), QStringLiteral("--retry"), QStringLiteral("after-wait"),
                               QStringLiteral("--status"), QStringLiteral("429"), QStringLiteral("--json")});
        for (const JsonValue &entry : retry.json()["entries"].children())
            QCOMPARE(entry["retry"]["verdict"].string(), QStringLiteral("after-wait"));
        QCOMPARE(*run({QStringLiteral("search"), QStringLiteral("zzzzzzzz")}).exit, Exit::NothingFound);
        QVERIFY(run({QStringLiteral("search"), QStringLiteral("nullspace: volume")}).out.contains("volume_busy"));
    }

    void export_writesEveryEntryInEachForm()
    {
        const Ran json = run({QStringLiteral("export"), QStringLiteral("--format"), QStringLiteral("json")});
        const qsizetype all = json.json()["entries"].size();
        QVERIFY(all >= 161);
        const Ran csv = run({QStringLiteral("export"), QStringLiteral("--format"), QStringLiteral("csv")});
        QCOMPARE(csv.out.count("\r\n"), all + 1);
        const Ran markdown = run({QStringLiteral("export"), QStringLiteral("--format"), QStringLiteral("markdown")});
        QCOMPARE(markdown.out.count("\n| `"), all);
        const Ran html = run({QStringLiteral("export"), QStringLiteral("--format"), QStringLiteral("html")});
        QCOMPARE(html.out.count("<tr id="), all);
        QCOMPARE(run({QStringLiteral("export"), QStringLiteral("--format"), QStringLiteral("json"),
                      QStringLiteral("--api"), QStringLiteral("intended")})
                     .json()["entries"]
                     .at(0)["api"]
                     .string(),
                 QStringLiteral("intended"));
    }

    void catalogs_countAndCheck()
    {
        const Ran list = run({QStringLiteral("catalogs"), QStringLiteral("--json")});
        QCOMPARE(list.json()["catalogs"].size(), 4);
        QCOMPARE(list.json()["catalogs"].at(1)["documented_codes"].integer(), 65);
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("bad.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            R"({"format":"errata-catalog/1","id":"x","name":"X","documents":[],"surfaces":[],"entries":[{"code":"a"}]})");
        file.close();
        const Ran bad = run({QStringLiteral("catalogs"), QStringLiteral("check"), file.fileName()});
        QCOMPARE(*bad.exit, Exit::Usage);
        QVERIFY2(bad.err.contains("entries[0] (a): entries[0].title: is missing or empty"), bad.err.constData());
        const Ran good = run({QStringLiteral("catalogs"), QStringLiteral("check"),
                              QStringLiteral(ERRATA_SOURCE_DIR "/resources/catalogs/authpi.json")});
        QCOMPARE(*good.exit, Exit::Done);
        QVERIFY(good.out.endsWith("authpi.json: no faults\n"));
    }

    void anOwnCatalog_isUsedByEveryCommand()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("acme.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(acmeCatalog());
        file.close();
        const Ran explain = run({QStringLiteral("explain"), QStringLiteral("SPRING_BROKEN"), QStringLiteral("--json"),
                                 QStringLiteral("--catalog"), file.fileName()});
        QCOMPARE(codes(explain.json()["entries"]).constFirst(), QStringLiteral("acme:SPRING_BROKEN/exact"));
        const Ran decode =
            run({QStringLiteral("decode"), QStringLiteral("--json"), QStringLiteral("--catalog"), file.fileName()},
                R"({"acme":{"fault":"SPRING_BROKEN"}})");
        QCOMPARE(*decode.exit, Exit::ErrorRecognised);
        QCOMPARE(decode.json()["findings"].at(0)["confidence"].string(), QStringLiteral("certain"));
    }

    void decode_exitStatusTellsWhatWasFound_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<int>("exit");
        QTest::newRow("error") << QByteArray(R"({"error":{"code":"TOKEN_EXPIRED","message":"x","request_id":"r"}})")
                               << 4;
        QTest::newRow("success") << QByteArray(R"({"data":{"id":"usr_1"}})") << 0;
        QTest::newRow("not an error") << QByteArray(R"({"decision":"deny","code":"NO_MATCHING_POLICY"})") << 0;
        QTest::newRow("empty") << QByteArray() << 1;
        QTest::newRow("binary") << QByteArray("\0\1\2\3", 4) << 1;
        QTest::newRow("broken") << QByteArray("{,}") << 1;
    }

    void decode_exitStatusTellsWhatWasFound()
    {
        QFETCH(QByteArray, input);
        QFETCH(int, exit);
        QCOMPARE(int(*run({QStringLiteral("decode"), QStringLiteral("-")}, input).exit), exit);
        const Ran asJson = run({QStringLiteral("decode"), QStringLiteral("--json")}, input);
        QCOMPARE(int(*asJson.exit), exit);
        QCOMPARE(asJson.json()["input"]["bytes"].integer(), input.size());
    }

    void decode_severalFiles_areNumberedThrough()
    {
        const QString samples = QStringLiteral(ERRATA_SOURCE_DIR "/resources/samples/");
        const Ran ran = run({QStringLiteral("decode"), QStringLiteral("--json"),
                             samples + QStringLiteral("intuned.json"), samples + QStringLiteral("nullspace.json"),
                             samples + QStringLiteral("authpi.http"), samples + QStringLiteral("intended.http")});
        QCOMPARE(*ran.exit, Exit::ErrorRecognised);
        const JsonValue findings = ran.json()["findings"];
        QCOMPARE(findings.size(), 4);
        const QStringList apis{QStringLiteral("intuned"), QStringLiteral("nullspace"), QStringLiteral("authpi"),
                               QStringLiteral("intended")};
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(findings.at(i)["api"].string(), apis[i]);
            QCOMPARE(findings.at(i)["confidence"].string(), QStringLiteral("certain"));
            QCOMPARE(findings.at(i)["exchange"]["index"].integer(), i);
        }
    }

    void send_decodesTheReply()
    {
        TestServer server;
        server.replyJson(429, R"({"error":{"code":"RATE_LIMIT_EXCEEDED","message":"slow down","request_id":"req_1"}})",
                         {{"Retry-After", "2"}});
        const Ran ran = run({QStringLiteral("send"), QStringLiteral("POST"), QString::fromUtf8(server.url("/intent")),
                             QStringLiteral("-H"), QStringLiteral("X-Test: a b"), QStringLiteral("-d"),
                             QStringLiteral("{\"n\":1.00}"), QStringLiteral("--json")});
        QCOMPARE(*ran.exit, Exit::ErrorRecognised);
        const JsonValue json = ran.json();
        QCOMPARE(json["attempts"].size(), 1);
        QCOMPARE(json["attempts"].at(0)["sends"].integer(), 1);
        QCOMPARE(json["attempts"].at(0)["decision"]["action"].string(), QStringLiteral("stop"));
        QCOMPARE(json["response"]["status"].integer(), 429);
        QCOMPARE(json["findings"].at(0)["retry"]["after_ms"].integer(), 2000);
        QCOMPARE(server.requests().size(), 1);
        QVERIFY(server.requests().front().contains("X-Test: a b"));
        QVERIFY(server.requests().front().endsWith("\r\n\r\n{\"n\":1.00}"));
    }

    void send_withoutAnAnswer_saysWhatItMeansAndWhetherToSendAgain()
    {
        TestServer server;
        server.replyByClosing();
        const QString url = QString::fromUtf8(server.url("/intent"));
        const QStringList post{QStringLiteral("send"), QStringLiteral("POST"), url, QStringLiteral("-d"),
                               QStringLiteral("{}")};
        const Ran ran = run(post + QStringList(QStringLiteral("--json")));
        QCOMPARE(*ran.exit, Exit::Network);
        const JsonValue error = ran.json()["attempts"].at(0)["error"];
        QCOMPARE(error["kind"].string(), QStringLiteral("closed"));
        QCOMPARE(error["retry"]["verdict"].string(), QStringLiteral("after-wait"));
        QCOMPARE(error["processed"].string(), QStringLiteral("maybe"));
        QCOMPARE(error["resend"].string(), QStringLiteral("risky"));
        QVERIFY(error["remedies"].size() > 0);
        const QByteArray words = run(post).err;
        QVERIFY(words.startsWith("errata send: The server closed the connection before the answer was whole."));
        QVERIFY(words.contains("Retry: after wait."));
        QVERIFY(words.contains("it may take effect twice"));
        const Ran get = run({QStringLiteral("send"), url, QStringLiteral("--json")});
        QCOMPARE(get.json()["attempts"].at(0)["error"]["resend"].string(), QStringLiteral("idempotent"));
    }

    void send_takesACurlCommandFromAFile()
    {
        TestServer server;
        server.replyJson(200, "{}");
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("r.curl"));
        write(file, "curl -X PATCH '" + server.url("/x?a=%20") + "' -H 'X-One: 1' --data-binary '{\"n\": 1.00}' -k");
        const Ran ran = run({QStringLiteral("send"), QStringLiteral("--curl-file"), file, QStringLiteral("--json")});
        QCOMPARE(*ran.exit, Exit::Done);
        QVERIFY2(ran.err.contains("WARNING: the server's certificate is not verified"), ran.err.constData()); // -k
        QCOMPARE(server.requests().size(), 1);
        QVERIFY(server.requests().front().startsWith("PATCH /x?a=%20 HTTP/1.1\r\n"));
        QVERIFY(server.requests().front().contains("X-One: 1\r\n"));
        QVERIFY(server.requests().front().endsWith("\r\n\r\n{\"n\": 1.00}"));
    }

    void send_takesOneRequestOfAFile_withItsVariables()
    {
        TestServer server;
        server.replyJson(200, "{}");
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("requests.http"));
        write(file,
              "@host = " + server.url("") + "\n### first\nGET {{host}}/one\n\n### second\nGET {{host}}/two\nX-A: b\n");
        const Ran several = run({QStringLiteral("send"), QStringLiteral("--request"), file});
        QCOMPARE(*several.exit, Exit::Usage);
        QVERIFY2(several.err.contains("first, second"), several.err.constData());
        const Ran ran = run({QStringLiteral("send"), QStringLiteral("--request"), file, QStringLiteral("--only"),
                             QStringLiteral("second"), QStringLiteral("--json")});
        QVERIFY2(*ran.exit == Exit::Done, ran.err.constData());
        QVERIFY(server.requests().front().startsWith("GET /two HTTP/1.1\r\n"));
    }

    void send_savesTheBodyByteForByte()
    {
        TestServer server;
        const QByteArray body("\0\1\xff{\"a\":1.00}\r\n", 14);
        server.reply("HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n" + body);
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("body"));
        const Ran ran = run({QStringLiteral("send"), QString::fromUtf8(server.url("/")), QStringLiteral("--output"),
                             file, QStringLiteral("--json")});
        QCOMPARE(*ran.exit, Exit::Done);
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QCOMPARE(saved.readAll(), body);
        QCOMPARE(ran.json()["response"]["body_bytes"].integer(), 14);
    }

    void send_withoutAnAnswer_endsWith3()
    {
        const Ran ran = run({QStringLiteral("send"), QStringLiteral("http://127.0.0.1:1/"), QStringLiteral("--json"),
                             QStringLiteral("--timeout"), QStringLiteral("5")});
        QCOMPARE(*ran.exit, Exit::Network);
        QVERIFY(ran.json()["response"].is(JsonKind::Null));
        QCOMPARE(ran.json()["attempts"].at(0)["error"]["kind"].string(), QStringLiteral("refused"));
        QVERIFY(run({QStringLiteral("send"), QStringLiteral("http://127.0.0.1:1/")}).err.contains("refused"));
    }

    void send_followsAPolicyLive()
    {
        TestServer server;
        const QByteArray limited =
            "HTTP/1.1 429 Too Many\r\nRetry-After: 0\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        server.reply(limited);
        server.reply(limited);
        server.replyJson(200, R"({"decision":"allow"})");
        const Ran ran = run({QStringLiteral("send"), QStringLiteral("POST"), QString::fromUtf8(server.url("/intent")),
                             QStringLiteral("-d"), QStringLiteral("{}"), QStringLiteral("--retry"),
                             QStringLiteral("intended"), QStringLiteral("--json")});
        QCOMPARE(*ran.exit, Exit::Done);
        QCOMPARE(ran.json()["attempts"].size(), 3);
        QCOMPARE(ran.json()["attempts"].at(0)["decision"]["action"].string(), QStringLiteral("retry"));
        QCOMPARE(server.requests().size(), 3);
    }

    void theArguments_chooseWindowOrCommand()
    {
        QCOMPARE(readCommandLine({QStringLiteral("explain"), QStringLiteral("x")}).command, QStringLiteral("explain"));
        QCOMPARE(readCommandLine({QStringLiteral("--version")}).command, QStringLiteral("version"));
        QVERIFY(!readCommandLine({QStringLiteral("--no-such-flag")}).fault.isEmpty());
        QVERIFY(readCommandLine({QStringLiteral("frobnicate")})
                    .fault.contains(QStringLiteral("neither a command nor a file")));
        QVERIFY(readCommandLine({QStringLiteral("screenshots")}).fault.contains(QStringLiteral("one argument")));
        const CommandLine shots = readCommandLine({QStringLiteral("screenshots"), QStringLiteral("out")});
        QCOMPARE(shots.window->screenshotsDir, QStringLiteral("out"));
        const QString sample = QStringLiteral(ERRATA_SOURCE_DIR "/resources/samples/intuned.json");
        QCOMPARE(readCommandLine({sample}).window->files, QStringList(sample));
        const QString link = QStringLiteral("errata:lab?policy=curl&script=503");
        QCOMPARE(readCommandLine({link}).window->labLink, link);
        const CommandLine own = readCommandLine(
            {QStringLiteral("--catalog"), QStringLiteral("a.json"), QStringLiteral("explain"), QStringLiteral("x")});
        QVERIFY(own.arguments.contains(QStringLiteral("a.json")));
    }

    void theProgramItself_answersOnStdout()
    {
        QProcess program;
        program.start(QStringLiteral(ERRATA_BINARY_DIR "/errata"),
                      {QStringLiteral("explain"), QStringLiteral("TOKEN_EXPIRED"), QStringLiteral("--json")});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), 0);
        QVERIFY(program.readAllStandardError().isEmpty());
        QVERIFY(JsonDocument::parse(program.readAllStandardOutput()).ok());
    }
};

QTEST_GUILESS_MAIN(CliTest)
#include "tst_cli.moc"
