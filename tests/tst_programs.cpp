// Programs that send a request, run against a server that keeps what arrives. Go is not run (its compiler is larger
// than all else this needs): its literals are read back instead.
#include "models/http/curlcommand.h"
#include "models/http/programs.h"
#include "tests/support/testserver.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <string_view>

using namespace errata;

namespace {

QByteArray everyByte()
{
    QByteArray bytes;
    for (int i = 0; i < 256; ++i)
        bytes += static_cast<char>(i);
    return bytes;
}

struct Row
{
    const char *name;
    const char *programs; ///< c: curl, h: HTTPie, p: Python, f: fetch
    QByteArray method;
    QByteArray target;
    Headers headers;
    QByteArray body;
};

std::vector<Row> rows()
{
    const Headers json{{"Content-Type", "application/json"}};
    const Headers text{{"Content-Type", "text/plain"}};
    return {
        {"get", "chpf", "GET", "/", {}, {}},
        {"path and query", "chpf", "GET", "/v1/items?a=1&b=2", {}, {}},
        {"encoded", "chpf", "GET", "/a%20b?x=%C3%A4%26", {}, {}},
        {"empty query", "cp", "GET", "/x?", {}, {}},
        {"quote in the query", "cp", "GET", "/x?q='a'", {}, {}},
        {"double quote", "cp", "GET", "/x?q=\"a\"", {}, {}},
        {"dollar and backquote", "cp", "GET", "/x?q=$HOME`id`", {}, {}},
        {"dollar in the path", "chpf", "GET", "/x/$HOME", {}, {}},
        {"brackets and braces", "cp", "GET", "/x?a[]=1&b={c,d}", {}, {}},
        {"brackets", "cpf", "GET", "/x?a[]=1&b[0]=2", {}, {}},
        {"backslash", "cp", "GET", "/x?a=\\n\\\\", {}, {}},
        {"dot segments", "cp", "GET", "/a/../b/./c", {}, {}},
        {"double slash", "cp", "GET", "//a//b", {}, {}},
        {"UTF-8 in the query", "cp", "GET", "/x?x=\xE2\x82\xAC", {}, {}},
        // curl encodes bytes beyond ASCII in a path.
        {"UTF-8 in the path", "p", "GET", "/caf\xC3\xA9", {}, {}},
        {"broken UTF-8", "cp", "GET", "/x?a=\xFF", {}, {}},
        {"semicolon and plus", "chpf", "GET", "/x;y=1?a+b=c+d;e", {}, {}},
        {"percent alone", "cp", "GET", "/x?100%", {}, {}},
        {"exclamation mark", "chpf", "GET", "/x!y?z!", {}, {}},
        {"delete", "chpf", "DELETE", "/x/1", {}, {}},
        {"head", "chpf", "HEAD", "/x", {}, {}},
        {"options", "chpf", "OPTIONS", "/x", {}, {}},
        {"own method", "cpf", "M-SEARCH", "/x", {}, {}},
        {"method in lower case", "cp", "purge", "/x", {}, {}},
        {"header", "chpf", "GET", "/x", {{"X-Trace", "a b"}}, {}},
        {"header with quotes", "chpf", "GET", "/x", {{"X-Trace", "it's \"so\""}}, {}},
        {"header with a backslash", "cpf", "GET", "/x", {{"X-Trace", "a\\b\\"}}, {}},
        {"header that is a separator", "chpf", "GET", "/x", {{"X-Trace", "=a:=b@c"}}, {}},
        {"header with dollars", "chpf", "GET", "/x", {{"X-Trace", "$HOME $(id) `id` %s"}}, {}},
        {"header of Latin-1", "pf", "GET", "/x", {{"X-Trace", "caf\xE9"}}, {}},
        {"header of UTF-8", "cpf", "GET", "/x", {{"X-Trace", "\xE2\x82\xAC"}}, {}},
        {"header with a tab", "cpf", "GET", "/x", {{"X-Trace", "a\tb"}}, {}},
        {"empty header", "cpf", "GET", "/x", {{"X-Empty", ""}}, {}},
        {"the same header twice", "cpf", "GET", "/x", {{"X-A", "1"}, {"X-A", "2"}}, {}},
        {"own agent", "chpf", "GET", "/x", {{"User-Agent", "errata-test"}}, {}},
        {"own host", "chp", "GET", "/x", {{"Host", "a.example"}}, {}},
        {"authorization and cookie",
         "chpf",
         "GET",
         "/x",
         {{"Authorization", "Bearer a.b-c"}, {"Cookie", "a=1; b=2"}},
         {}},
        {"JSON", "chpf", "POST", "/x", json, "{\"a\": [1, 2.50], \"b\": null}"},
        {"put", "chpf", "PUT", "/x", json, "{}"},
        {"patch", "chpf", "PATCH", "/x", json, "[]"},
        {"delete with a body", "chpf", "DELETE", "/x", json, "{}"},
        {"get with a body", "chp", "GET", "/x", json, "{}"},
        {"several lines", "chpf", "POST", "/x", text, "a\nb\r\n\r\nc\n"},
        {"quotes in a body", "chpf", "POST", "/x", text, "it's \"so\" `id` $(id) $HOME \\ \\n %s {{x}} ${y}"},
        {"looks like a file", "chpf", "POST", "/x", text, "@/etc/passwd"},
        {"UTF-8", "chpf", "POST", "/x", text, "caf\xC3\xA9 \xF0\x9F\x98\x80 \xE2\x80\xA8 \xC2\x85"},
        {"byte order mark", "cpf", "POST", "/x", text, "\xEF\xBB\xBFx"},
        {"every byte", "chpf", "POST", "/x", text, everyByte()},
        {"NUL", "chpf", "POST", "/x", text, QByteArray("a\0b", 3)},
        {"broken UTF-8 in a body", "chpf", "POST", "/x", text, "a\xFF\xC3"},
        {"form", "chpf", "POST", "/x", {{"Content-Type", "application/x-www-form-urlencoded"}}, "a=1&b=%20+c"},
        {"body without a type", "cpf", "POST", "/x", {}, "plain"},
        {"large", "cpf", "POST", "/x", text, QByteArray(60000, 'x')},
    };
}

/// The program and how it is started.
struct Started
{
    QString command;
    QStringList arguments;
    QByteArray input;
};

Started startOf(char program, const HttpRequest &request)
{
    // Not what stands first in PATH: a wrapper there may take seconds to start.
    if (program == 'p')
        return {QStringLiteral("/usr/bin/python3"), {QStringLiteral("-")}, pythonProgram(request)};
    if (program == 'f')
        return {QStringLiteral("node"), {QStringLiteral("-")}, fetchProgram(request)};
    const QByteArray line = program == 'c' ? curlCommand(request) : httpieCommand(request);
    return {QStringLiteral("/bin/sh"), {}, line + '\n'};
}

QString fileNameOf(char program)
{
    switch (program) {
    case 'p':
        return QStringLiteral("/usr/bin/python3");
    case 'f':
        return QStringLiteral("node");
    case 'c':
        return QStringLiteral("curl");
    default:
        return QStringLiteral("http");
    }
}

/// All literals between double quotes in a Go program, escapes undone.
QList<QByteArray> goLiterals(const QByteArray &program)
{
    QList<QByteArray> list;
    for (qsizetype at = program.indexOf('"'); at >= 0; at = program.indexOf('"', at + 1)) {
        QByteArray text;
        for (++at; program[at] != '"'; ++at) {
            if (program[at] != '\\') {
                text += program[at];
                continue;
            }
            const char c = program[++at];
            if (c == 'x') {
                text += QByteArray::fromHex(program.mid(at + 1, 2));
                at += 2;
            } else {
                text += c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
            }
        }
        list << text;
    }
    return list;
}

} // namespace

class ProgramsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void programsAreThere_data();
    void programsAreThere();
    void whatArrives_isTheRequest_data();
    void whatArrives_isTheRequest();
    void goLiterals_areTheRequest_data();
    void goLiterals_areTheRequest();
    void credentialsInTheUrl_areSent();
    void whatFetchRefuses_isNamed();
    void anyBytes_giveAProgramThatParses();
};

void ProgramsTest::programsAreThere_data()
{
    QTest::addColumn<QString>("program");
    for (const char c : std::string_view("chpf"))
        QTest::newRow(qPrintable(fileNameOf(c))) << fileNameOf(c);
}

void ProgramsTest::programsAreThere()
{
    QFETCH(QString, program);
    QVERIFY2(!QStandardPaths::findExecutable(program).isEmpty(),
             "install it: the list is test_packages in packaging/lib.sh");
}

void ProgramsTest::whatArrives_isTheRequest_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<char>("program");
    const std::vector<Row> all = rows();
    QVERIFY(all.size() >= 40);
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const char program : std::string_view(all[i].programs)) {
            // HTTPie takes half a second to start: every fourth row shows its quoting.
            if (program != 'h' || i % 4 == 0)
                QTest::addRow("%s: %s", qPrintable(fileNameOf(program)), all[i].name) << int(i) << program;
        }
    }
}

void ProgramsTest::whatArrives_isTheRequest()
{
    QFETCH(int, row);
    QFETCH(char, program);
    const Row wanted = rows()[std::size_t(row)];
    TestServer server;
    server.reply("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    const HttpRequest request{wanted.method, server.url(wanted.target), wanted.headers, wanted.body};
    const Started started = startOf(program, request);
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(started.command, started.arguments);
    process.write(started.input);
    process.closeWriteChannel();
    QTRY_VERIFY_WITH_TIMEOUT(process.state() == QProcess::NotRunning, 60000);
    const QByteArray said = process.readAll();
    QVERIFY2(server.requests().size() == 1, said.constData());
    QVERIFY2(process.exitCode() == 0, said.constData());

    const QByteArray &arrived = server.requests().front();
    QCOMPARE(TestServer::requestLine(arrived), wanted.method + ' ' + wanted.target + " HTTP/1.1");
    const Headers headers = TestServer::requestHeaders(arrived);
    for (const Header &header : wanted.headers) {
        // fetch joins fields of one name and writes it in lower case.
        if (program == 'f') {
            QCOMPARE(headers.joined(header.name), wanted.headers.joined(header.name));
            continue;
        }
        QCOMPARE(headers.values(header.name), wanted.headers.values(header.name));
        QCOMPARE(headers.find(header.name)->name, header.name);
    }
    QCOMPARE(TestServer::requestBody(arrived), wanted.body);
    QCOMPARE(headers.contains("Content-Type"), wanted.headers.contains("Content-Type"));
}

void ProgramsTest::goLiterals_areTheRequest_data()
{
    QTest::addColumn<int>("row");
    const std::vector<Row> all = rows();
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name) << int(i);
}

void ProgramsTest::goLiterals_areTheRequest()
{
    QFETCH(int, row);
    const Row wanted = rows()[std::size_t(row)];
    const QByteArray url = "https://a.example" + wanted.target;
    const QByteArray program = goProgram({wanted.method, url, wanted.headers, wanted.body});
    QList<QByteArray> literals = goLiterals(program);
    for (const char *package : {"fmt", "io", "log", "net/http", "os"})
        QCOMPARE(literals.takeFirst(), QByteArray(package));
    if (!wanted.body.isEmpty())
        QCOMPARE(literals.takeFirst(), QByteArray("strings"));
    QByteArray body;
    while (body.size() < wanted.body.size())
        body += literals.takeFirst();
    QCOMPARE(body, wanted.body);
    QCOMPARE(literals.takeFirst(), wanted.method);
    QCOMPARE(literals.takeFirst(), url);
    for (const Header &header : wanted.headers) {
        if (header.name != "Host") {
            QCOMPARE(literals.takeFirst(), header.name);
            QCOMPARE(literals.takeFirst(), header.name);
        }
        QCOMPARE(literals.takeFirst(), header.value);
    }
    QVERIFY(literals.isEmpty());
    QCOMPARE(program.count('{'), program.count('}') + wanted.target.count('{') - wanted.target.count('}') +
                                     wanted.body.count('{') - wanted.body.count('}'));
}

void ProgramsTest::credentialsInTheUrl_areSent()
{
    const QByteArray program = pythonProgram({"GET", "https://me:p%40ss@a.example:8443/x#top", {}, {}});
    QVERIFY(program.contains("HTTPSConnection(\"a.example:8443\")"));
    QVERIFY(program.contains("\"Basic " + QByteArray("me:p@ss").toBase64() + "\""));
    QVERIFY(program.contains("\"/x\""));
    QVERIFY(!program.contains("top"));
}

void ProgramsTest::whatFetchRefuses_isNamed()
{
    QCOMPARE(fetchProblem({"GET", "https://a.example", {}, "x"}), QByteArray("fetch sends no body with GET"));
    QCOMPARE(fetchProblem({"TRACE", "https://a.example", {}, {}}), QByteArray("fetch refuses the method TRACE"));
    QCOMPARE(fetchProblem({"POST", "https://a.example", {}, "x"}), QByteArray());
}

/// Requests that nobody would send are valid programs all the same.
void ProgramsTest::anyBytes_giveAProgramThatParses()
{
    const QByteArray odd = everyByte();
    const HttpRequest request{odd, "https://a.example/" + odd, {{odd, odd}}, odd};
    QProcess python;
    python.start(QStringLiteral("/usr/bin/python3"),
                 {QStringLiteral("-c"), QStringLiteral("import ast, sys; ast.parse(sys.stdin.buffer.read())")});
    python.write(pythonProgram(request));
    python.closeWriteChannel();
    QProcess node;
    node.start(QStringLiteral("node"), {QStringLiteral("--check"), QStringLiteral("-")});
    node.write(fetchProgram(request));
    node.closeWriteChannel();
    QTRY_VERIFY_WITH_TIMEOUT(python.state() == QProcess::NotRunning && node.state() == QProcess::NotRunning, 60000);
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    QVERIFY2(node.exitCode() == 0, node.readAllStandardError().constData());
    QVERIFY(goProgram(request).isValidUtf8());
}

QTEST_GUILESS_MAIN(ProgramsTest)
#include "tst_programs.moc"
