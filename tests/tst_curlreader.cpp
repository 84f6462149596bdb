// curl commands as browsers copy them and people write them.
#include "models/http/curlcommand.h"
#include "models/http/curloptions.h"
#include "models/http/curlreader.h"
#include "models/http/shellwords.h"

#include <QTest>

#include <string_view>

#include <limits>

using namespace errata;

Q_DECLARE_METATYPE(errata::SendSettings)

namespace {

/// The request as one text: "METHOD url|Name: value|...|body".
QByteArray summary(const HttpRequest &request)
{
    QByteArray text = request.method + ' ' + request.url;
    for (const Header &header : request.headers)
        text += '|' + header.name + ": " + header.value;
    return text + "||" + request.body;
}

} // namespace

class TestCurlReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isRecognised_data();
    void isRecognised();
    void commands_data();
    void commands();
    void everyOptionsValueIsItsOwn_data();
    void everyOptionsValueIsItsOwn();
    void optionNames();
    void notCarried_data();
    void notCarried();
    void settings_data();
    void settings();
    void settingsWritten_areReadBackTheSame_data();
    void settingsWritten_areReadBackTheSame();
    void filesAreRead();
    void faults_data();
    void faults();
    void writtenIsReadBackTheSame_data();
    void writtenIsReadBackTheSame();
    void everyPrefixIsHarmless();
};

void TestCurlReader::isRecognised_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *text, bool expected) {
        QTest::newRow(QByteArray(text).replace("\n", "\\n").constData()) << QByteArray(text) << expected;
    };
    row("curl https://a.example/x", true);
    row("curl 'https://a.example/x'", true);
    row("curl -X POST https://a.example", true);
    row("curl \\\n  --url https://a.example", true);
    row("$ curl -v https://a.example", true);
    row("me@host:~$ curl -v https://a.example", true);
    row("C:\\Users\\me> curl.exe -v https://a.example", true);
    row("PS C:\\> curl.exe https://a.example", true);
    row("sudo curl https://a.example", true);
    row("KEY=x URL=y curl https://a.example", true);
    row("/usr/bin/curl a.example", true);
    row("curl localhost:8080/x", true);
    row("curl a.example", true);
    row("curl ^\"https://a.example^\"", true);
    row("```bash\ncurl https://a.example\n```", true);
    row("\xEF\xBB\xBF\n curl a.example", true);
    row("curl: (28) Operation timed out", false);
    row("curl is a tool", false);
    row("curl failed.", false);
    row("curly -X POST https://a.example", false);
    row("We ran curl https://a.example", false);
    row("wget https://a.example", false);
    row("curl", false);
    row("", false);
}

void TestCurlReader::isRecognised()
{
    QFETCH(const QByteArray, text);
    QTEST(looksLikeCurlCommand(text), "expected");
}

void TestCurlReader::commands_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    const char *form = "Content-Type: application/x-www-form-urlencoded";
    const QByteArray post = QByteArray("POST https://a.example/x|") + form + "||";
    const auto data = [&](const char *name, const char *options, const char *body) {
        QTest::newRow(name) << QByteArray("curl https://a.example/x ") + options << post + body;
    };
    row("plain", "curl https://a.example/x", "GET https://a.example/x||");
    row("no scheme", "curl a.example/x", "GET http://a.example/x||");
    row("default scheme", "curl --proto-default https a.example/x", "GET https://a.example/x||");
    row("prompt", "$ curl https://a.example/x", "GET https://a.example/x||");
    row("fence", "```sh\ncurl https://a.example/x\n```", "GET https://a.example/x||");
    row("url option", "curl --url https://a.example/x", "GET https://a.example/x||");
    row("dashes end", "curl -- https://a.example/x", "GET https://a.example/x||");
    row("variable", "curl \"$BASE/x\"", "GET $BASE/x||");
    row("lines", "curl -X PUT \\\n  -H 'A: b' \\\r\n  https://a.example/x\nls", "PUT https://a.example/x|A: b||");
    row("blank behind the backslash", "curl -X PUT \\ \n https://a.example/x", "PUT https://a.example/x||");
    row("pipe", "curl -s https://a.example/x | jq .", "GET https://a.example/x||");
    row("redirected", "curl https://a.example/x > out.json 2>&1", "GET https://a.example/x||");
    row("next command", "curl https://a.example/x && echo done", "GET https://a.example/x||");
    row("comment", "curl https://a.example/x # look", "GET https://a.example/x||");
    row("ampersand in quotes", "curl 'https://a.example/x?a=b&c=d'", "GET https://a.example/x?a=b&c=d||");
    row("bundle", "curl -sSL https://a.example/x", "GET https://a.example/x||");
    row("bundle with a value", "curl -sXDELETE https://a.example/x", "DELETE https://a.example/x||");
    row("bundle before a value", "curl -svX PATCH https://a.example/x", "PATCH https://a.example/x||");
    row("long with equals", "curl --request=PUT https://a.example/x", "PUT https://a.example/x||");
    row("abbreviated", "curl --user-ag me --max-ti 3 https://a.example/x", "GET https://a.example/x|User-Agent: me||");
    row("values are no URLs",
        "curl -m 30 --retry 3 --retry-delay 2 -o out.json -w '%{http_code}' --connect-timeout 5 -x proxy:3128 "
        "--cacert ca.pem -E cert.pem --resolve a:443:1.2.3.4 -c jar -D - https://a.example/x",
        "GET https://a.example/x||");
    row("headers", "curl -H 'X-A: b' -H \"X-C:d\" --header 'X-E;' -H 'Accept:' https://a.example/x",
        "GET https://a.example/x|X-A: b|X-C: d|X-E: ||");
    row("user", "curl -u bob:secret https://a.example/x",
        "GET https://a.example/x|Authorization: Basic Ym9iOnNlY3JldA==||");
    row("user and header", "curl -u a:b -H 'authorization: Bearer x' https://a.example/x",
        "GET https://a.example/x|authorization: Bearer x||");
    row("bearer", "curl --oauth2-bearer t https://a.example/x", "GET https://a.example/x|Authorization: Bearer t||");
    row("agent, referer, cookies", "curl -A me -e 'https://b/;auto' -b 'a=b' -b c=d https://a.example/x",
        "GET https://a.example/x|User-Agent: me|Referer: https://b/|Cookie: a=b;c=d||");
    row("range", "curl -r 0-99 https://a.example/x", "GET https://a.example/x|Range: bytes=0-99||");
    row("head", "curl -I https://a.example/x", "HEAD https://a.example/x||");
    row("get", "curl -G -d a=b --data-urlencode 'c=d e' 'https://a.example/x?y=z#f'",
        "GET https://a.example/x?y=z&a=b&c=d+e#f||");
    row("url query", "curl --url-query 'a=b c' https://a.example/x", "GET https://a.example/x?a=b+c||");
    data("data", "-d a=b", "a=b");
    data("data twice", "-d a=b --data c=d", "a=b&c=d");
    data("data glued", "-da=b", "a=b");
    data("data raw", "--data-raw @a", "@a");
    data("data binary", "--data-binary $'a\\nb'", "a\nb");
    data("empty data", "-d ''", "");
    data("urlencode content", "--data-urlencode 'a b&'", "a+b%26");
    data("urlencode =content", "--data-urlencode '=a=b'", "a%3Db");
    data("here-document", "--data-binary @- <<'EOF'\n{\n \"a\": 1 }\nEOF\n", "{\n \"a\": 1 }\n");
    row("own type", "curl -d '{}' -H 'content-type: application/json' https://a.example/x",
        "POST https://a.example/x|content-type: application/json||{}");
    row("type taken away", "curl -d x -H Content-Type: https://a.example/x", "POST https://a.example/x||x");
    row("json", "curl --json '{\"a\":1}' --json '2' https://a.example/x",
        "POST https://a.example/x|Content-Type: application/json|Accept: application/json||{\"a\":1}2");
    row("json with own accept", "curl --json 1 -H 'accept: x/y' https://a.example/x",
        "POST https://a.example/x|accept: x/y|Content-Type: application/json||1");
    row("method and data", "curl -X PUT -d a https://a.example/x",
        "PUT https://a.example/x|Content-Type: application/x-www-form-urlencoded||a");
    row("form", "curl -F a=b -F 'c={\"d\":1};type=application/json' --form-string 'e=@f;type=g' https://a.example/x",
        "POST https://a.example/x|Content-Type: multipart/form-data; "
        "boundary=------------------------errata0boundary0||"
        "--------------------------errata0boundary0\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n"
        "--------------------------errata0boundary0\r\nContent-Disposition: form-data; name=\"c\"\r\n"
        "Content-Type: application/json\r\n\r\n{\"d\":1}\r\n"
        "--------------------------errata0boundary0\r\nContent-Disposition: form-data; name=\"e\"\r\n\r\n@f;type=g\r\n"
        "--------------------------errata0boundary0--\r\n");
    row("form with a file", "curl -F 'a=@dir/b.png;type=image/png' https://a.example/x",
        "POST https://a.example/x|Content-Type: multipart/form-data; "
        "boundary=------------------------errata0boundary0||"
        "--------------------------errata0boundary0\r\nContent-Disposition: form-data; name=\"a\"; "
        "filename=\"b.png\"\r\nContent-Type: image/png\r\n\r\n\r\n--------------------------errata0boundary0--\r\n");
    data("single quotes", "--data-raw 'it'\\''s \"x\" \\n'", "it's \"x\" \\n");
    data("double quotes", "--data-raw \"a \\\"b\\\" \\$c \\d\"", "a \"b\" $c \\d");
    data("dollar quotes", "--data-raw $'it\\'s \\u00e4 \\x41\\101 \\ud83d\\ude00 \\t\\\\'",
         "it's \xC3\xA4 AA \xF0\x9F\x98\x80 \t\\");
    data("double quotes over lines", "--data-raw \"a\\\nb\nc\"", "ab\nc");
    row("Chrome, bash",
        "curl 'https://a.example/x' \\\n  -H 'accept: */*' \\\n  -H 'content-type: application/json' \\\n"
        "  -b 'sid=1; t=2' \\\n  --data-raw $'{\"a\":\"it\\'s\\u0021\"}' \\\n  --compressed",
        "POST https://a.example/x|Accept-Encoding: deflate, gzip, br, zstd|Cookie: sid=1; t=2|accept: */*|"
        "content-type: application/json||{\"a\":\"it's!\"}");
    row("Chrome, cmd",
        "curl ^\"https://a.example/x?a=b^&c=d^\" ^\n  -H ^\"content-type: application/json^\" ^\n"
        "  --data-raw ^\"^{^\\^\"a^\\^\":^\\^\"50^%^\\^\"^}^\"",
        "POST https://a.example/x?a=b&c=d|content-type: application/json||{\"a\":\"50%\"}");
    row("Chrome, cmd, a line feed", "curl ^\"https://a.example/x^\" ^\r\n --data-raw ^\"a^\r\n\r\nb^\"",
        "POST https://a.example/x|Content-Type: application/x-www-form-urlencoded||a\nb");
    row("older Chrome, cmd", "curl \"https://a.example/x\" ^\n -H \"X-A: \"\"b\"\"\" -H \"X-C: \\\"d\\\"\"",
        "GET https://a.example/x|X-A: \"b\"|X-C: \"d\"||");
    row("PowerShell", "curl.exe -X POST `\r\n  -H 'X-A: it''s' -d '{\\\"a\\\":1}' \"https://a.example/x`$b\"",
        "POST https://a.example/x$b|X-A: it's|Content-Type: application/x-www-form-urlencoded||{\"a\":1}");
    row("Firefox", "curl 'https://a.example/x' -X POST -H 'User-Agent: F' --data-raw 'a=b'",
        "POST https://a.example/x|User-Agent: F|Content-Type: application/x-www-form-urlencoded||a=b");
}

void TestCurlReader::commands()
{
    QFETCH(const QByteArray, text);
    QVERIFY(looksLikeCurlCommand(text) || text.contains("$BASE"));
    const auto reading = readCurlCommand(text);
    QVERIFY2(reading.ok(), reading.ok() ? "" : qPrintable(reading.error().text()));
    QTEST(summary(reading->request), "expected");
}

void TestCurlReader::everyOptionsValueIsItsOwn_data()
{
    QTest::addColumn<char>("letter");
    QTest::addColumn<bool>("takesValue");
    for (const char letter : std::string_view("aEKCbcdDFPhHmoQrUeXYytTuAwxz"))
        QTest::newRow(QByteArray(1, letter).constData()) << letter << (letter != 'h' && letter != 'a');
    for (const char letter : std::string_view("qfgG0iIk46jlLMnN:Zp#JORsS231BvV"))
        QTest::newRow(QByteArray(1, letter).constData()) << letter << false;
}

/// The word behind an option that takes a value is never the URL.
void TestCurlReader::everyOptionsValueIsItsOwn()
{
    QFETCH(const char, letter);
    QFETCH(const bool, takesValue);
    const CurlOption *option = curlOption(letter);
    QVERIFY(option);
    QCOMPARE(option->takesValue, takesValue);
    if (letter == ':') // begins another request
        return;
    const QByteArray value = takesValue ? " v.example" : "";
    for (const QByteArray &name : {QByteArray("-") + letter, QByteArray("--") + option->name}) {
        const auto reading = readCurlCommand("curl " + name + value + " https://a.example/x");
        QVERIFY(reading.ok());
        QVERIFY2(reading->request.url.startsWith("https://a.example/x"), reading->request.url.constData());
    }
}

void TestCurlReader::optionNames()
{
    QVERIFY(curlOption("retry")->takesValue);
    QVERIFY(!curlOption("retry-all-errors")->takesValue);
    QVERIFY(!curlOption("compressed")->takesValue);
    QCOMPARE(curlOption("no-keepalive")->takesValue, false);
    QCOMPARE(curlOption("no-verbose")->name, "verbose");
    QVERIFY(!curlOption("no-retry"));
    QVERIFY(!curlOption("data-")); // raw, binary, ascii, urlencode
    QVERIFY(!curlOption("whatever"));
    QVERIFY(!curlOption(""));
    QVERIFY(!curlOption('\0'));
    QVERIFY(!curlOption('?'));
    QCOMPARE(curlOption("expand-data")->name, "data");
}

void TestCurlReader::notCarried_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *options, const QStringList &expected) {
        QTest::newRow(options) << QByteArray(options) << expected;
    };
    row("-s -S -v -i -o x --compressed -w y", {});
    row("-sk -L -m 5 --max-redirs 3 --proxy p:1 --noproxy h --cacert a -E b --key c --pass d --http1.1", {});
    row("--retry 3 -sn", {QStringLiteral("--retry"), QStringLiteral("-n")});
    row("-m soon", {QStringLiteral("-m")});
    row("-K file", {QStringLiteral("-K file")});
    row("-u bob", {QStringLiteral("the password of -u")});
    row("-A ''", {QStringLiteral("-A ''")});
    row("-H Accept:", {QStringLiteral("-H Accept:")});
    row("--location-trusted", {QStringLiteral("--location-trusted")});
    row("--no-location --no-insecure", {});
    row("-F 'a=(;type=x/y'", {QStringLiteral("-F a=(;type=x/y")});
    row("-F a", {QStringLiteral("-F a")});
    row("--nonsense", {QStringLiteral("--nonsense")});
    row("-d @body.json", {QStringLiteral("-d @body.json")});
    row("-F a=@b.png", {QStringLiteral("-F a=@b.png")});
    row("-b jar.txt", {QStringLiteral("-b jar.txt")});
    row("-H @headers", {QStringLiteral("-H @headers")});
    row("-H nonsense", {QStringLiteral("-H nonsense")});
    row("-H ': x'", {QStringLiteral("-H : x")});
    row("-H 'A B: x'", {QStringLiteral("-H A B: x")});
    row("-H $'A: x\\nB: y'", {QStringLiteral("-H A: x\nB: y")});
    row("-T file", {QStringLiteral("-T file")});
    row("https://first.example", {QStringLiteral("https://a.example/x")});
    row("--data-urlencode a@b", {QStringLiteral("--data-urlencode @b")});
    row("'https://{a,b}.example/[1-3]'",
        {QStringLiteral("https://a.example/x"), QStringLiteral("5 more addresses of https://{a,b}.example/[1-3]")});
}

void TestCurlReader::notCarried()
{
    QFETCH(const QByteArray, options);
    const auto reading = readCurlCommand("curl " + options + " https://a.example/x");
    QVERIFY(reading.ok());
    QTEST(reading->notCarried, "expected");
}

void TestCurlReader::settingsWritten_areReadBackTheSame_data()
{
    QTest::addColumn<SendSettings>("settings");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("options");
    const auto row = [](const char *options, const auto &change, const char *url = "https://a.example/") {
        SendSettings settings;
        settings.followRedirects = false; // curl's own default
        change(settings);
        QTest::newRow(options) << settings << QByteArray(url) << QByteArray(options);
    };
    const auto proxy = [&row](const char *options, const ProxySettings &own) {
        row(options, [&own](SendSettings &settings) { settings.proxy = own; });
    };
    const auto tls = [&row](const char *options, const TlsSettings &own) {
        row(options, [&own](SendSettings &settings) { settings.tls = own; });
    };
    using Mode = ProxySettings::Mode;
    row("", [](SendSettings &) {});
    row(" --location", [](SendSettings &settings) { settings.followRedirects = true; });
    row(" --max-redirs 3", [](SendSettings &settings) { settings.maxRedirects = 3; });
    row(" --max-redirs -1", [](SendSettings &settings) { settings.maxRedirects = std::numeric_limits<int>::max(); });
    row(" --max-time 0.25", [](SendSettings &settings) { settings.deadline = Millis(250); });
    row(" --max-time 0", [](SendSettings &settings) { settings.deadline = Millis(0); });
    row(" --http1.1", [](SendSettings &settings) { settings.version = HttpVersion::Http11; });
    row(" --http2", [](SendSettings &settings) { settings.version = HttpVersion::Http2; });
    row(
        " --http2-prior-knowledge", [](SendSettings &settings) { settings.version = HttpVersion::Http2; },
        "http://a.example/");
    proxy(" --proxy http://me:p%40w@p.example:3128", {Mode::Manual, "http://me:p%40w@p.example:3128", {}, true});
    proxy(" --proxy socks5h://p.example --noproxy a.example,10.0.0.0/8",
          {Mode::Manual, "socks5h://p.example", {"a.example", "10.0.0.0/8"}, true});
    proxy(" --proxy http://p.example --noproxy a.example,localhost,127.0.0.1,::1",
          {Mode::Manual, "http://p.example", {"a.example"}, false});
    proxy(" --noproxy '*'", {Mode::None, {}, {}, false});
    proxy(" --noproxy a.example", {Mode::System, {}, {"a.example"}, false});
    tls(" --insecure", {false, {}, {}, {}, {}});
    tls(" --cacert '/a b/ca.pem'", {true, QStringLiteral("/a b/ca.pem"), {}, {}, {}});
    tls(" --cert 'C\\:\\\\me.pem' --key me.key --pass 'it'\\''s:1'",
        {true, {}, QStringLiteral("C:\\me.pem"), QStringLiteral("me.key"), "it's:1"});
}

void TestCurlReader::settingsWritten_areReadBackTheSame()
{
    QFETCH(const SendSettings, settings);
    QFETCH(const QByteArray, url);
    QFETCH(const QByteArray, options);
    const QByteArray command = curlCommand({"GET", url, {}, {}}, settings);
    QCOMPARE(command, "curl" + options + ' ' + url);
    const auto reading = readCurlCommand(command);
    QVERIFY(reading.ok());
    QVERIFY(reading->settings == settings);
}

void TestCurlReader::settings_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<SendSettings>("expected");
    const auto row = [](const char *options, const auto &change) {
        SendSettings settings;
        settings.followRedirects = false; // curl's own default
        change(settings);
        QTest::newRow(options) << QByteArray(options) << settings;
    };
    const auto proxy = [](const ProxySettings &settings) {
        return [settings](SendSettings &all) { all.proxy = settings; };
    };
    const auto tls = [](const TlsSettings &settings) { return [settings](SendSettings &all) { all.tls = settings; }; };
    using Mode = ProxySettings::Mode;
    row("-s", [](SendSettings &) {});
    row("-L", [](SendSettings &all) { all.followRedirects = true; });
    row("-L --max-redirs 3", [](SendSettings &all) {
        all.followRedirects = true;
        all.maxRedirects = 3;
    });
    row("-m 2.5", [](SendSettings &all) { all.deadline = Millis(2500); });
    row("--http1.1", [](SendSettings &all) { all.version = HttpVersion::Http11; });
    row("--http2", [](SendSettings &all) { all.version = HttpVersion::Http2; });
    row("--http2 --http1.1", [](SendSettings &all) { all.version = HttpVersion::Http11; });
    row("--http2-prior-knowledge", [](SendSettings &all) { all.version = HttpVersion::Http2; });
    row("-x p.example:3128", proxy({Mode::Manual, "http://p.example:3128", {}, true}));
    row("-x socks5h://p.example", proxy({Mode::Manual, "socks5h://p.example", {}, true}));
    row("--socks5-hostname p.example:1", proxy({Mode::Manual, "socks5h://p.example:1", {}, true}));
    row("-x p:1 -U me:p@ss", proxy({Mode::Manual, "http://me:p%40ss@p:1", {}, true}));
    row("-x p:1 --noproxy 'a,b c'", proxy({Mode::Manual, "http://p:1", {"a", "b", "c"}, true}));
    row("--noproxy a.example", proxy({Mode::System, {}, {"a.example"}, false}));
    row("--noproxy '*'", proxy({Mode::None, {}, {}, false}));
    row("-x ''", proxy({Mode::None, {}, {}, false}));
    row("-k", tls({false, {}, {}, {}, {}}));
    row("-k --no-insecure", [](SendSettings &) {});
    row("--cacert ca.pem", tls({true, QStringLiteral("ca.pem"), {}, {}, {}}));
    row("-E me.pem --key me.key", tls({true, {}, QStringLiteral("me.pem"), QStringLiteral("me.key"), {}}));
    row("-E me.pem:secret", tls({true, {}, QStringLiteral("me.pem"), {}, "secret"}));
    row("-E 'c\\:me.pem' --pass secret", tls({true, {}, QStringLiteral("c:me.pem"), {}, "secret"}));
}

void TestCurlReader::settings()
{
    QFETCH(const QByteArray, options);
    QFETCH(const SendSettings, expected);
    const auto reading = readCurlCommand("curl " + options + " https://a.example/x");
    QVERIFY(reading.ok());
    QCOMPARE(reading->notCarried, QStringList());
    QVERIFY(reading->settings == expected);
    QCOMPARE(reading->connection.isEmpty(), options == "-s");
}

void TestCurlReader::filesAreRead()
{
    const FileReader files = [](const QString &path) -> Result<QByteArray> {
        if (path == QLatin1String("a.txt"))
            return QByteArray("a\nb");
        if (path == QLatin1String("itself.cfg"))
            return QByteArray("-K itself.cfg\nheader = X-A");
        return Error{QStringLiteral("no such file"), path};
    };
    const auto upload = readCurlCommand("curl -T a.txt https://a.example/f/", files);
    QVERIFY(upload.ok());
    QCOMPARE(summary(upload->request), QByteArray("PUT https://a.example/f/a.txt||a\nb"));
    QCOMPARE(upload->notCarried, QStringList());
    const auto missing = readCurlCommand("curl -d @b.txt https://a.example/x", files);
    QVERIFY(!missing.ok());
    QCOMPARE(missing.error().text(), QStringLiteral("-d: b.txt: no such file"));
    const auto endless = readCurlCommand("curl -K itself.cfg https://a.example/x", files);
    QVERIFY(endless.ok());
    QVERIFY(endless->notCarried.contains(QStringLiteral("-K itself.cfg")));
}

void TestCurlReader::faults_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *text, const char *error) {
        QTest::newRow(QByteArray(text).replace("\n", "\\n").constData())
            << QByteArray(text) << QString::fromLatin1(error);
    };
    row("curl -X POST", "the command has no URL");
    row("curl https://a.example -H", "-H: the option has no value");
    row("curl https://a.example --retry", "--retry: the option has no value");
    row("curl 'https://a.example", "line 1: a quote that is not closed");
    row("curl https://a.example \\\n -d \"x", "line 2: a quote that is not closed");
    row("curl $'https", "line 1: a quote that is not closed");
    row("wget https://a.example", "line 1: no curl command");
    row("", "line 1: no curl command");
}

void TestCurlReader::faults()
{
    QFETCH(const QByteArray, text);
    const auto reading = readCurlCommand(text);
    QVERIFY(!reading.ok());
    QTEST(reading.error().text(), "error");
}

void TestCurlReader::writtenIsReadBackTheSame_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *method, const char *url, const char *value, const char *body) {
        QTest::addRow("%s %s", method, url)
            << QByteArray(method) << QByteArray(url) << QByteArray(value) << QByteArray(body);
    };
    row("GET", "https://a.example/x?a=[1]&b={c}", "1", "");
    row("HEAD", "https://a.example/x", "it's; \"quoted\" \\ $x", "");
    row("POST", "https://a.example/x", "", "{\"a\": \"it's\"}\n");
    row("PUT", "https://a.example/x y", "a: b", "@file");
    row("DELETE", "https://a.example/?\xC3\xA4", "\t-", "-x");
    row("M-SEARCH", "https://a.example/-", ";", "a&b=c'\r\n");
}

void TestCurlReader::writtenIsReadBackTheSame()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, url);
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, body);
    const HttpRequest request{method, url, {{"X-A", value.trimmed()}, {"Accept", "*/*"}}, body};
    const auto reading = readCurlCommand(curlCommand(request));
    QVERIFY(reading.ok());
    QCOMPARE(summary(reading->request), summary(request));
}

void TestCurlReader::everyPrefixIsHarmless()
{
    const QByteArrayList texts{"$ A=b curl -sX'P'UT \"a\\\"\\$\" $'\\x4\\u00e4\\ud83d\\ude00\\101' -F "
                               "'a=@b;type=c;filename=\"d\"' 2>&1 <<EOF\nx\nEOF\n",
                               "curl ^\"https://a/?b^&^\\^\"^\" ^\r\n -d ^\"a^\n\nb^\\^\\^\" -H \"\"\"x\\\\\"",
                               "curl.exe `\r\n 'it''s' \"a`n`\"\" '{\\\"a\\\"}' --data-urlencode a@b -- x > y"};
    for (const QByteArray &text : texts) {
        for (qsizetype length = 0; length <= text.size(); ++length) {
            const QByteArray prefix(text.constData(), length);
            static_cast<void>(looksLikeCurlCommand(prefix));
            const auto reading = readCurlCommand(prefix);
            QVERIFY(!reading.ok() || !reading->request.url.isEmpty());
        }
    }
}

QTEST_APPLESS_MAIN(TestCurlReader)
#include "tst_curlreader.moc"
