// What redaction makes of short texts: one row a rule, and what each rule must leave.
#include "tests/support/redacting.h"

#include <QTest>

using namespace errata;

class TestRedactText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aText_data();
    void aText();
    void aText_isLeft_data();
    void aText_isLeft();
    void doubtful_isNamed_data();
    void doubtful_isNamed();
    void place_isNamed_data();
    void place_isNamed();
    void oneThingOverAndOver_isRedactedOnce_data();
    void oneThingOverAndOver_isRedactedOnce();
};

/// Written with # for a placeholder.
void TestRedactText::aText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &expected) {
        QTest::newRow(name) << text << expected;
    };
    row("bearer keeps its scheme", "authorization: Bearer abc.def", "authorization: Bearer #");
    row("no scheme", "Authorization: abc", "Authorization: #");
    row("digest is masked whole", "Authorization: Digest username=\"u\", response=\"r\"", "Authorization: Digest #");
    row("signed request", "Authorization: AWS4-HMAC-SHA256 Credential=AKIAFAKE/2026, Signature=f0",
        "Authorization: AWS4-HMAC-SHA256 #");
    row("cookies keep names", "Cookie: a=b; c=\"d e\"", "Cookie: a=#; c=\"#\"");
    row("attributes of a cookie stay", "set-cookie: a=b; Path=/; Max-Age=5\r\nX: y",
        "set-cookie: a=#; Path=/; Max-Age=5\r\nX: y");
    row("query", "https://a.example/?a=1&Access_Token=t1x&b=2#f", "https://a.example/?a=1&Access_Token=#&b=2#f");
    row("query name encoded", "/x?user%5Bpassword%5D=hunter2&a=1", "/x?user%5Bpassword%5D=#&a=1");
    row("fragment", "https://a.example/cb#access_token=t1x&n=1", "https://a.example/cb#access_token=#&n=1");
    row("password in a URL", "https://me:pw@a.example/x@y", "https://me:#@a.example/x@y");
    row("user alone in a URL", "https://tok123@a.example/", "https://#@a.example/");
    row("key as user", "https://sk_live_abcd1234:@a.example/", "https://#:@a.example/");
    row("slashes escaped", "x \"https:\\/\\/u:pw1\\/@h\"", "x \"https:\\/\\/u:pw1\\/@h\"");
    row("JSON number", "{\"password\": 12345, \"a\": 1.00}", "{\"password\": \"#\", \"a\": 1.00}");
    row("JSON list", "{\"passwords\":[\"a1\",\"b2\"],\"n\":[1]}", "{\"passwords\":[\"#\",\"#\"],\"n\":[1]}");
    row("JSON object under a secret name", "{\"secret\":{\"id\":\"s1\",\"value\":\"v\"}}",
        "{\"secret\":{\"id\":\"s1\",\"value\":\"#\"}}");
    row("JSON in JSON in JSON", "{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"token\\\\\\\":\\\\\\\"t1x\\\\\\\"}\\\"}\"}",
        "{\"a\":\"{\\\"b\\\":\\\"{\\\\\\\"token\\\\\\\":\\\\\\\"#\\\\\\\"}\\\"}\"}");
    row("JSON escapes in the name", "{\"pass\\u0077ord\":\"t1x\"}", "{\"pass\\u0077ord\":\"#\"}");
    row("JSON cut off in a secret", "{\"a\":1,\"token\":\"abc def", "{\"a\":1,\"token\":\"#");
    row("JSON with a fault before", "{\"a\":oops!,\"token\":\"t1x\"}", "{\"a\":oops!,\"token\":\"#\"}");
    row("value before name", "{\"value\":\"t1x\",\"a\":2,\"name\":\"X-Api-Key\"}",
        "{\"value\":\"#\",\"a\":2,\"name\":\"X-Api-Key\"}");
    row("single quotes", "{'password': 'it\\'s', 'a': 'b'}", "{'password': '#'s', 'a': 'b'}");
    row("arrow", "'api_key' => 'k1x',", "'api_key' => '#',");
    row("ini", "password = hunter two\nuser = me", "password = # two\nuser = me");
    row("connection string", "Server=a;Password=p;x;Encrypt=1", "Server=a;Password=#;Encrypt=1");
    row("bearer in a sentence", "sent Bearer abcdef123456, got 401.", "sent Bearer #, got 401.");
    row("basic in a sentence", "sent Basic dTpwYXNz now", "sent Basic # now");
    row("option", "run --api-key k1x --n 3", "run --api-key # --n 3");
    row("curl user", "curl -u me:pw https://a.example", "curl -u me:# https://a.example");
    row("curl user attached", "curl -ume:pw -v", "curl -ume:# -v");
    row("curl over lines", "curl \\\n  --user 'me:p w' \\\n  -v", "curl \\\n  --user 'me:#' \\\n  -v");
    row("curl cookie", "curl -b 'a=b' -b jar.txt x", "curl -b 'a=#' -b jar.txt x");
    row("curl user without its closing quote", "curl -u 'me:p w -b a=b", "curl -u 'me:#");
    row("curl switches before the user", "curl -sSu me:pw x", "curl -sSu me:# x");
    row("curl password in quotes of its own", "curl -u me:'p w' -v", "curl -u me:'#' -v");
    row("curl user and password in quotes", "curl -u \"me\":\"p w\" -v", "curl -u \"me\":\"#\" -v");
    row("a key within a curl user", "curl -u 'ghp_abcd1234 x:pw'", "curl -u '#:#'");
    row("options on the line alone", "mysql \\\n  -pab1\nless -pab1", "mysql \\\n  -p#\nless -pab1");
    row("a placeholder is no row of switches", "curl -x; mysql -pb -", "curl -x; mysql -p# -");
    row("two commands", "mysqldump -pab1 | curl -u me:pw x", "mysqldump -p# | curl -u me:# x");
    row("pair given to auth", "get(auth=('me', 'pw'), a='b')", "get(auth=('me', '#'), a='b')");
    row("pair over lines", "BasicAuth(\n  'me',\n  b'pw'\n)", "BasicAuth(\n  'me',\n  b'#'\n)");
    row("pair within JSON", "{\"code\":\"auth=(\\\"me\\\", \\\"pw\\\")\"}",
        "{\"code\":\"auth=(\\\"me\\\", \\\"#\\\")\"}");
    row("told with a digit", "my password is hunter2.", "my password is #.");
    row("told in quotes", "the password is 'open sesame'", "the password is '#'");
    row("told in German", "Das Passwort lautet jetzt geheim1", "Das Passwort lautet jetzt #");
    row("told without a verb", "with api key a1b2c3d4e5f6, please", "with api key #, please");
    row("setting", "aws configure set aws_secret_access_key k1x", "aws configure set aws_secret_access_key #");
    row("credentials told within a message", "a-Authorization: b -a c-Authorization: d -a is required",
        "a-Authorization: b -a c-Authorization: d # is required");
    row("cmd takes the line", "@echo off\n  set A_TOKEN=a b & set B=c d\nx",
        "@echo off\n  set A_TOKEN=# & set B=c d\nx");
    row("environment", "DB_PASS=p1 ACME_KEY=a1b2c3d4e5f6 SORT_KEY=name", "DB_PASS=# ACME_KEY=# SORT_KEY=name");
    row("XML element", "<a:Password t='x'>p&lt;w</a:Password>", "<a:Password t='x'>#</a:Password>");
    row("XML named value", "<add key=\"ApiKey\" value=\"k1x\"/>", "<add key=\"ApiKey\" value=\"#\"/>");
    row("private key", "-----BEGIN PRIVATE KEY-----\nQUJD\nREVG\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\n#\n-----END PRIVATE KEY-----\n");
    row("private key cut off", "-----BEGIN PRIVATE KEY-----\nQUJD\nREVG\n", "-----BEGIN PRIVATE KEY-----\n#\n");
    row("prefix after an escape", "log \"\\nsk_live_abcd1234\"", "log \"\\n#\"");
    row("prefix in percent code", "u%3Dsk_live_abcd1234%26a", "u%3D#%26a");
    row("flat headers", "{\"rawHeaders\":[\"Host\",\"h\",\"X-Api-Key\",\"k1x\"]}",
        "{\"rawHeaders\":[\"Host\",\"h\",\"X-Api-Key\",\"#\"]}");
    row("headers as an object", "{\"headers\":{\"Session\":\"a1b2c3d4e5f6\"}}", "{\"headers\":{\"Session\":\"#\"}}");
    row("cookies as an object", "{\"cookies\":{\"theme\":\"dark\"}}", "{\"cookies\":{\"theme\":\"#\"}}");
    row("latin-1 beside", "\xe9 password=\xe9x1 \xff", "\xe9 password=# \xff");
}

void TestRedactText::aText()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const Redaction redaction = redacted(text);
    QByteArray shown = redaction.text;
    for (const Masked &masked : redaction.masked)
        shown.replace(masked.placeholder, "#");
    QCOMPARE(shown, expected);
    QCOMPARE(redacted(redaction.text).text, redaction.text);
}

void TestRedactText::aText_isLeft_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"",
                             "{",
                             "plain words",
                             "Authorization:",
                             "authorization: Bearer ${TOKEN}",
                             "x-api-key: {api_key}",
                             "password: ********",
                             "token=<your token>",
                             "api_key=YOUR_API_KEY",
                             "{\"token\":null,\"password\":true}",
                             "Bearer realm=\"api\"",
                             "WWW-Authenticate: Basic realm=\"x\"",
                             "The token: it is invalid",
                             "unexpected token: }",
                             "invalid password",
                             "password must not be empty",
                             "{\"password\":\"is required\"}",
                             "{\"errors\":{\"token\":[\"is invalid\"]}}",
                             "max_tokens=100&tokens=5",
                             "token_type=Bearer&token_count=2",
                             "?page=2&keyword=monkey&code=404",
                             "code=RATE_LIMIT_EXCEEDED&x=1",
                             "10:15:30 a::b http://h:80/",
                             "mailto:a@b.example ssh://git@h.example/r.git",
                             "sk_live_ is the prefix; ask_live_abcd1234",
                             "npm_config_cache",
                             "ps_aux_sort_order",
                             "token = session.token()",
                             "const secret = load(\"x\")",
                             "query($token: String!)",
                             "login(password: $password)",
                             "md5 d41d8cd98f00b204e9800998ecf8427e",
                             "id 123e4567-e89b-12d3-a456-426614174000",
                             "dGhpcyBpcyBwbGFpbiB0ZXh0IGFuZCBubyBzZWNyZXQ=",
                             "\"key\":\"value\"",
                             "curl -X POST -H 'Accept: a/b' https://a.example",
                             "mysql -u root -h db",
                             "<Password/><TokenType>Bearer</TokenType>",
                             "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
                             "PWD=/home/me",
                             "a=b=c==d",
                             "token: 17",
                             "--token is required",
                             "{\"a\":\"=\",\"b\":\":\"}",
                             "mysql -p",
                             "mysql -p shop",
                             "mysql -path -port",
                             "redis-cli -a is required",
                             "sshpass -p PASSWORD ssh h",
                             "docker run -p 8080:80 x",
                             "curl -u",
                             "curl -b jar.txt -u me: x",
                             "author('a', 'b')",
                             "auth=(user, password)",
                             "auth('a')",
                             "password is required",
                             "password is wrong",
                             "the password is 8 characters",
                             "token is invalid",
                             "token is not valid",
                             "token expired",
                             "token is SHA256-hashed",
                             "token 17 of 20",
                             "token is $token",
                             "the token is load(x)",
                             "the password is me@a.example",
                             "set password policy",
                             "set -x",
                             "set token_limit 100",
                             "TESTS_PASS=12",
                             "{\"tests_pass\":120}"})
        QTest::newRow(text) << QByteArray(text);
}

void TestRedactText::aText_isLeft()
{
    QFETCH(QByteArray, text);
    const Redaction redaction = redacted(text);
    QCOMPARE(redaction.text, text);
    QVERIFY2(redaction.masked.empty(), places(redaction).constData());
}

void TestRedactText::doubtful_isNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("place");
    QTest::newRow("paging token") << QByteArray("{\"next_page_token\":\"CAES1bgo2EZm3FrZ\"}")
                                  << QByteArray("JSON /next_page_token");
    QTest::newRow("state") << QByteArray("https://a.example/cb?state=a1b2c3d4e5f6g7h8&x=1")
                           << QByteArray("query state");
    QTest::newRow("certificate") << QByteArray("-----BEGIN CERTIFICATE-----\n") << QByteArray("PEM CERTIFICATE");
    QTest::newRow("compressed") << QByteArray("{\"text\":\"H4sIAAAAAAAAA0vOzy0oSi0uTk1RSEksSQQAo3nCEAAAAA\"}")
                                << QByteArray("JSON /text > base64");
    QTest::newRow("message") << QByteArray("{\"password\":\"must be longer than that\"}")
                             << QByteArray("JSON /password");
    QTest::newRow("sentence") << QByteArray("the token: abcdef was refused") << QByteArray("field token");
    QTest::newRow("told, but a word") << QByteArray("my password is sesame") << QByteArray("text password");
    QTest::newRow("told without a verb, but a word with a digit")
        << QByteArray("user joe password hunter2") << QByteArray("text password");
    QTest::newRow("key in JSON") << QByteArray("{\"key\":\"a1b2c3d4e5f6g7h8\"}") << QByteArray("JSON /key");
}

void TestRedactText::doubtful_isNamed()
{
    QFETCH(QByteArray, text);
    const Redaction redaction = redacted(text);
    QCOMPARE(redaction.text, text);
    QCOMPARE(redaction.doubtfulCount, 1);
    QTEST(redaction.doubtful.front().place, "place");
    QVERIFY(!redaction.doubtful.front().reason.isEmpty());
    QVERIFY(redaction.doubtful.front().span.length > 0);
}

void TestRedactText::place_isNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
    };
    row("authorization: Bearer abc1", "bearer-token in header authorization");
    row("GET /?api_key=k1x HTTP/1.1", "api-key in query api_key");
    row("a=1&api_key=k1x&b=2", "api-key in form api_key");
    row("{\"a\":[{\"b/c\":{\"token\":\"t1x\"}}]}", "token in JSON /a/0/b~1c/token");
    row("{\"headers\":[{\"name\":\"x-api-key\",\"value\":\"k1x\"}]}",
        "api-key in JSON /headers/0/value > header x-api-key");
    row("Cookie: sid=k1x", "cookie in cookie sid");
    row("<Password>p1</Password>", "password in XML Password");
    row("curl -u a:b x", "password in curl -u");
    row("see ghp_abcd1234", "github-token in text");
    row("{\"t\":\"password=p1\"}", "password in JSON /t > field password");
}

void TestRedactText::place_isNamed()
{
    QFETCH(QByteArray, text);
    QTEST(places(redacted(text)), "expected");
}

void TestRedactText::oneThingOverAndOver_isRedactedOnce_data()
{
    QTest::addColumn<QByteArray>("unit");
    for (const char *unit : {"[",
                             "{\"a\":",
                             "a=",
                             "token=",
                             "token:",
                             "curl ",
                             "curl -u ",
                             "curl -u 'a",
                             "curl -b 'a=",
                             "mysql -p'",
                             "auth(\"a\"",
                             "auth('a', ",
                             "password is ",
                             "api key ",
                             "set a_token ",
                             "eJw",
                             "H4sIAAAAAAAAA0vO",
                             "\n",
                             "\"",
                             "\\",
                             "%3D",
                             "&quot;",
                             "<a ",
                             "-----BEGIN PRIVATE KEY-----",
                             "password=\"",
                             "https://",
                             "eyJ",
                             "eyJ.",
                             "REDACTED-",
                             "--token ",
                             "Cookie: a=b; ",
                             "Content-Disposition: form-data; name=\"a\"\n",
                             "\xff\xfe",
                             "aGVsbG8gd29ybGQ"})
        QTest::newRow(unit) << QByteArray(unit);
}

/// Repeated a quarter of a million bytes long: what were quadratic would run into the test's time limit.
void TestRedactText::oneThingOverAndOver_isRedactedOnce()
{
    QFETCH(QByteArray, unit);
    const Redaction redaction = redacted(unit.repeated(20000 / unit.size()));
    QCOMPARE(redacted(redaction.text).text, redaction.text);
}

QTEST_APPLESS_MAIN(TestRedactText)
#include "tst_redacttext.moc"
