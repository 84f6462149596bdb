// Redaction against a corpus with planted secrets (tests/data/redact), and the rules one by one.
#include "models/json/jsondocument.h"
#include "models/redact/redactor.h"

#include <QFile>
#include <QTest>

using namespace errata;

namespace {

constexpr const char *salt = "a salt for tests";

QByteArray fileText(const QString &name)
{
    QFile file(QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/redact/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return file.readAll();
}

struct Planted
{
    QString file;
    QByteArray text;
};

std::vector<Planted> table(const QString &name)
{
    std::vector<Planted> rows;
    const QList<QByteArray> lines = fileText(name).split('\n');
    for (const QByteArray &line : lines) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const qsizetype tab = line.indexOf('\t');
        rows.push_back({QString::fromUtf8(line.left(tab)), line.mid(tab + 1).replace("\\\\", "\\")});
    }
    return rows;
}

Redaction redacted(const QByteArray &text, const RedactionRules &rules = {})
{
    return Redactor(rules, salt).redact(text);
}

/// A secret as it may stand in a text: as it is, percent-encoded, in JSON, in base64 at each of the three places.
QList<QByteArray> forms(const QByteArray &secret)
{
    QList<QByteArray> list{secret, secret.toPercentEncoding(), QByteArray::fromPercentEncoding(secret),
                           QByteArray(secret).replace("\"", "\\\"").replace("/", "\\/")};
    for (int shift = 0; shift < 3; ++shift) {
        // Without the characters at both ends that depend on what stands beside.
        const QByteArray coded = (QByteArray(shift, 'x') + secret).toBase64(QByteArray::OmitTrailingEquals);
        const QByteArray inner = coded.mid(shift == 0 ? 0 : shift + 1, coded.size() - 2 - (shift == 0 ? 0 : shift + 1));
        if (inner.size() >= 8)
            list << inner;
    }
    return list;
}

/// The text with what was masked cut out, base64 too.
QByteArray outside(const QByteArray &text, const std::vector<Masked> &masked)
{
    QByteArray rest;
    qsizetype at = 0;
    for (const Masked &one : masked) {
        if (one.span.start < at)
            continue;
        rest += text.mid(at, one.span.start - at) + '|';
        at = one.span.end();
    }
    return rest + text.mid(at);
}

QStringList files()
{
    QStringList names;
    for (const Planted &planted : table(QStringLiteral("secrets.tsv"))) {
        if (!names.contains(planted.file))
            names << planted.file;
    }
    return names;
}

QByteArray places(const RedactionReport &redaction)
{
    QByteArrayList list;
    for (const Masked &masked : redaction.masked)
        list << masked.type + " in " + masked.place;
    return list.join("; ");
}

} // namespace

class TestRedact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void corpus_isLargeEnough();
    void plantedSecret_doesNotSurvive_data();
    void plantedSecret_doesNotSurvive();
    void lookAlike_stays_data();
    void lookAlike_stays();
    void file_data();
    void file();
    void aText_data();
    void aText();
    void aText_isLeft_data();
    void aText_isLeft();
    void doubtful_isNamed_data();
    void doubtful_isNamed();
    void place_isNamed_data();
    void place_isNamed();
    void sameSecret_samePlaceholder();
    void saltDecides();
    void webToken_keepsNames();
    void userPatterns();
    void userPatterns_faults_data();
    void userPatterns_faults();
    void rulesNameMore();
    void messages();
    void json_staysJson();
    void base64_isEncodedAnew();
    void spansAreInTheText();
    void oneThingOverAndOver_isRedactedOnce_data();
    void oneThingOverAndOver_isRedactedOnce();
};

void TestRedact::corpus_isLargeEnough()
{
    QVERIFY(table(QStringLiteral("secrets.tsv")).size() >= 150);
    QVERIFY(table(QStringLiteral("lookalikes.tsv")).size() >= 100);
    QVERIFY(files().size() >= 13);
}

void TestRedact::plantedSecret_doesNotSurvive_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("secret");
    for (const Planted &planted : table(QStringLiteral("secrets.tsv")))
        QTest::addRow("%s %s", qPrintable(planted.file), planted.text.constData()) << planted.file << planted.text;
}

void TestRedact::plantedSecret_doesNotSurvive()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, secret);
    const QByteArray text = fileText(file);
    const auto holdsAny = [&secret](const QByteArray &where) {
        const QList<QByteArray> all = forms(secret);
        return std::any_of(all.begin(), all.end(), [&where](const QByteArray &form) { return where.contains(form); });
    };
    QVERIFY2(holdsAny(text) || file.startsWith(QLatin1String("base64")), "the corpus does not hold it");
    const Redaction redaction = redacted(text);
    QVERIFY2(!holdsAny(redaction.text), redaction.text.constData());
}

void TestRedact::lookAlike_stays_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    for (const Planted &planted : table(QStringLiteral("lookalikes.tsv")))
        QTest::addRow("%s %s", qPrintable(planted.file), planted.text.constData()) << planted.file << planted.text;
}

void TestRedact::lookAlike_stays()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, text);
    const QByteArray whole = fileText(file);
    QVERIFY(whole.contains(text));
    const Redaction redaction = redacted(whole);
    QVERIFY2(redaction.text.contains(text), redaction.text.constData());
}

void TestRedact::file_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : files())
        QTest::newRow(qPrintable(name)) << name;
}

/// Nothing but planted secrets is masked, what is outside stays byte for byte, and a second time changes nothing.
void TestRedact::file()
{
    QFETCH(QString, name);
    const QByteArray text = fileText(name);
    const Redaction redaction = redacted(text);
    QByteArrayList planted;
    for (const Planted &one : table(QStringLiteral("secrets.tsv"))) {
        if (one.file == name)
            planted << one.text;
    }
    for (const Masked &masked : redaction.masked) {
        const QByteArray was = text.mid(masked.span.start, masked.span.length);
        const bool known = masked.place.contains("base64") || masked.type == "private-key" ||
                           std::any_of(planted.begin(), planted.end(), [&was](const QByteArray &secret) {
                               return forms(secret).contains(was) || QByteArray::fromPercentEncoding(was) == secret;
                           });
        QVERIFY2(known, (was + " in " + masked.place).constData());
    }

    for (const Masked &masked : redaction.masked) {
        if (!masked.place.contains("base64"))
            QVERIFY2(redaction.text.contains(masked.placeholder), masked.placeholder.constData());
    }
    const Redaction second = Redactor({}, "another salt").redact(redaction.text);
    QVERIFY2(second.masked.empty(), places(second).constData());
    QCOMPARE(second.text, redaction.text);
}

/// Written with # for a placeholder.
void TestRedact::aText_data()
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

void TestRedact::aText()
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

void TestRedact::aText_isLeft_data()
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
                             "{\"a\":\"=\",\"b\":\":\"}"})
        QTest::newRow(text) << QByteArray(text);
}

void TestRedact::aText_isLeft()
{
    QFETCH(QByteArray, text);
    const Redaction redaction = redacted(text);
    QCOMPARE(redaction.text, text);
    QVERIFY2(redaction.masked.empty(), places(redaction).constData());
}

void TestRedact::doubtful_isNamed_data()
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
    QTest::newRow("key in JSON") << QByteArray("{\"key\":\"a1b2c3d4e5f6g7h8\"}") << QByteArray("JSON /key");
}

void TestRedact::doubtful_isNamed()
{
    QFETCH(QByteArray, text);
    const Redaction redaction = redacted(text);
    QCOMPARE(redaction.text, text);
    QCOMPARE(redaction.doubtfulCount, 1);
    QTEST(redaction.doubtful.front().place, "place");
    QVERIFY(!redaction.doubtful.front().reason.isEmpty());
    QVERIFY(redaction.doubtful.front().span.length > 0);
}

void TestRedact::place_isNamed_data()
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

void TestRedact::place_isNamed()
{
    QFETCH(QByteArray, text);
    QTEST(places(redacted(text)), "expected");
}

void TestRedact::sameSecret_samePlaceholder()
{
    Redactor redactor({}, salt);
    const QByteArray json = redactor.redact("{\"access_token\":\"fake/Same=1\"}").text;
    const QByteArray placeholder = json.mid(17, json.size() - 19);
    QVERIFY(placeholder.startsWith("REDACTED-token-"));
    for (const char *text : {"Authorization: Bearer fake/Same=1", "/?token=fake%2FSame%3D1&a=1",
                             "{\"a\":\"{\\\"token\\\":\\\"fake\\/Same=1\\\"}\"}", "password=fake/Same=1",
                             "<Token>fake/Same=1</Token>", "curl -u a:fake/Same=1"})
        QVERIFY2(redactor.redact(text).text.contains(placeholder), redactor.redact(text).text.constData());
    QVERIFY(!redactor.redact("token=fake/Same=2").text.contains(placeholder));
    // Whatever its length, and valid wherever it stands.
    const QByteArray longer = redactor.redact("token=" + QByteArray(5000, 'q') + "1").text.mid(6);
    QCOMPARE(longer.size(), placeholder.size());
    QCOMPARE(longer.toPercentEncoding(), longer);
}

void TestRedact::saltDecides()
{
    const QByteArray text("token=fakeSalted1");
    QCOMPARE(Redactor({}, "a").redact(text).text, Redactor({}, "a").redact(text).text);
    QVERIFY(Redactor({}, "a").redact(text).text != Redactor({}, "b").redact(text).text);
    QVERIFY(Redactor().redact(text).text != Redactor().redact(text).text);
}

void TestRedact::webToken_keepsNames()
{
    // {"alg":"HS256","typ":"JWT"}.{"sub":"1234567890","https://x/y":true}
    const QByteArray token(
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwiaHR0cHM6Ly94L3kiOnRydWV9.c2ln");
    const Redaction redaction = redacted("Authorization: Bearer " + token);
    QVERIFY2(redaction.text.endsWith(".alg.typ~sub.https___x_y"), redaction.text.constData());
    QVERIFY(redaction.text.startsWith("Authorization: Bearer REDACTED-jwt-"));
    QVERIFY(!redaction.text.contains("HS256"));
    QCOMPARE(redacted("see " + token + ".").text.mid(4).chopped(1), redaction.text.mid(22));
    QCOMPARE(redaction.tally(), (std::map<QByteArray, int>{{"jwt", 1}}));
}

void TestRedact::userPatterns()
{
    RedactionRules rules;
    rules.patterns =
        parseUserPatterns("# ours\n\nStaff No.: staff (E\\d+)\nhost: \\w+\\.corp\\.example\nname: J\xc3\xbcrgen \\w+")
            .value();
    QCOMPARE(rules.patterns.size(), std::size_t(3));
    const Redaction redaction =
        redacted("\xc3\xa9 staff E123, host db1.corp.example {\"a\":\"J\xc3\xbcrgen M\xc3\xbcller\","
                 "\"n\":\"staff E123\"}\nE123 alone",
                 rules);
    QCOMPARE(redaction.tally(), (std::map<QByteArray, int>{{"host", 1}, {"name", 1}, {"staff-no", 2}}));
    QVERIFY2(redaction.text.startsWith("\xc3\xa9 staff REDACTED-staff-no-"), redaction.text.constData());
    QVERIFY(redaction.text.endsWith("\nE123 alone"));
    QVERIFY(!redaction.text.contains("ller"));
    QCOMPARE(redacted(redaction.text, rules).text, redaction.text);
    RedactionRules digits;
    digits.patterns = parseUserPatterns("card: \\b\\d{16}\\b").value();
    const QByteArray json = redacted("{\"card\":4242424242424242,\"n\":1}", digits).text;
    QVERIFY2(json.startsWith("{\"card\":\"REDACTED-card-") && json.endsWith("\",\"n\":1}"), json.constData());
}

void TestRedact::userPatterns_faults_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    QTest::newRow("no name") << QByteArray("\\d+") << QStringLiteral("line 1");
    QTest::newRow("no expression") << QByteArray("# x\na:  ") << QStringLiteral("line 2");
    QTest::newRow("bad expression") << QByteArray("a: x\nb: (") << QStringLiteral("line 2");
    QTest::newRow("matches nothing at all") << QByteArray("a: x*") << QStringLiteral("line 1");
    QTest::newRow("no UTF-8") << QByteArray("a: \xff") << QStringLiteral("line 1");
}

void TestRedact::userPatterns_faults()
{
    QFETCH(QByteArray, text);
    const auto patterns = parseUserPatterns(text);
    QVERIFY(!patterns);
    QTEST(patterns.error().where, "where");
    QVERIFY(!patterns.error().message.isEmpty());
}

void TestRedact::rulesNameMore()
{
    const QByteArray text("X-Acme-Pass-Card: c1\n{\"acmeSeal\":\"s1\"} /?acme_q=q1&a=1 acme_k_1234567");
    QVERIFY(redacted(text).masked.empty());
    const RedactionRules rules{{"x-acme-pass-card"}, {"acme_seal"}, {"acme_q"}, {"acme_k_"}, {}};
    const Redaction redaction = redacted(text, rules);
    QCOMPARE(redaction.masked.size(), std::size_t(4));
    QCOMPARE(outside(text, redaction.masked), QByteArray("X-Acme-Pass-Card: |\n{\"acmeSeal\":\"|\"} /?acme_q=|&a=1 |"));
}

void TestRedact::messages()
{
    HttpRequest request;
    request.method = "POST";
    request.url = "https://a.example/?token=t1x&n=1";
    request.headers = {{"AUTHORIZATION", "Bearer b1x"}, {"X-Note", "sees ghp_abcd1234"}, {"Accept", "a/b"}};
    request.body = "{\"password\":\"p1\"}";
    HttpResponse response;
    response.status = 401;
    response.headers = {{"set-cookie", "a=c1; Path=/"}, {"set-cookie", "b=c2"}};
    response.body = "password=p1&x=1";
    Redactor redactor({}, salt);
    const Redacted<HttpRequest> sent = redactor.redact(request);
    QCOMPARE(places(redactor.redact(request.headers)),
             QByteArray("bearer-token in header AUTHORIZATION; github-token in "
                        "header X-Note > text"));
    QCOMPARE(sent.masked.size(), std::size_t(4));
    QCOMPARE(sent.masked.back().place, QByteArray("request body > JSON /password"));
    QCOMPARE(*sent.value.headers.value("accept"), QByteArray("a/b"));
    const Redacted<HttpResponse> answered = redactor.redact(response);
    QCOMPARE(answered.masked.size(), std::size_t(3));
    QCOMPARE(answered.value.body, "password=" + sent.masked.back().placeholder + "&x=1");
    Exchange exchange = Exchange::of(request, response);
    exchange.bodyOffset = 7;
    exchange.span = {0, 10};
    const Redacted<Exchange> both = redactor.redact(exchange);
    QCOMPARE(both.masked.size(), std::size_t(7));
    QCOMPARE(*both.value.request, sent.value);
    QCOMPARE(both.value.body, answered.value.body);
    QCOMPARE(both.value.headers, answered.value.headers);
    QCOMPARE(both.value.bodyOffset, -1);
    QVERIFY(both.value.span.isNull());
}

void TestRedact::json_staysJson()
{
    for (const QString &name : {QStringLiteral("archive.har"), QStringLiteral("graphql.json")}) {
        const auto before = JsonDocument::parse(fileText(name));
        const auto after = JsonDocument::parse(redacted(fileText(name)).text);
        QVERIFY(before.ok());
        QVERIFY2(after.ok(), qPrintable(after ? QString() : after.error().text()));
        QCOMPARE(after->root().size(), before->root().size());
    }
}

void TestRedact::base64_isEncodedAnew()
{
    const QByteArray plain("{\"user\":\"jo\",\"password\":\"fakeInside1\"}");
    const Redaction redaction = redacted("x " + plain.toBase64() + " y");
    const QByteArray coded = redaction.text.mid(2, redaction.text.size() - 4);
    const QByteArray inner = QByteArray::fromBase64(coded);
    QVERIFY2(inner.startsWith("{\"user\":\"jo\",\"password\":\"REDACTED-password-"), inner.constData());
    QCOMPARE(redaction.masked.front().place, QByteArray("base64 > JSON /password"));
    QCOMPARE(redaction.masked.front().span, (Span{2, plain.toBase64().size()}));
}

void TestRedact::spansAreInTheText()
{
    const QByteArray text("{\"a\":\"x\\n\\u00e9 token=t\\u00311 y\"} password=p1");
    const Redaction redaction = redacted(text);
    QCOMPARE(outside(text, redaction.masked), QByteArray("{\"a\":\"x\\n\\u00e9 token=| y\"} password=|"));
    QCOMPARE(outside(text, redaction.masked).count('|'), qsizetype(redaction.masked.size()));
}

void TestRedact::oneThingOverAndOver_isRedactedOnce_data()
{
    QTest::addColumn<QByteArray>("unit");
    for (const char *unit : {"[",
                             "{\"a\":",
                             "a=",
                             "token=",
                             "token:",
                             "curl ",
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
void TestRedact::oneThingOverAndOver_isRedactedOnce()
{
    QFETCH(QByteArray, unit);
    const Redaction redaction = redacted(unit.repeated(20000 / unit.size()));
    QCOMPARE(redacted(redaction.text).text, redaction.text);
}

QTEST_APPLESS_MAIN(TestRedact)
#include "tst_redact.moc"
