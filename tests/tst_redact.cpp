// Redaction against a corpus with planted secrets (tests/data/redact), and the rules one by one.
#include "models/json/jsondocument.h"
#include "models/redact/redactor.h"
#include "tests/support/redacting.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace errata;

namespace {

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
    void redactingAgain_changesNothing_data();
    void redactingAgain_changesNothing();
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
    void compressed_isMaskedWhole_data();
    void compressed_isMaskedWhole();
    void compressed_isUnpackedToACap();
    void pieces_areTheText();
    void spansAreInTheText();
};

void TestRedact::corpus_isLargeEnough()
{
    QVERIFY(table(QStringLiteral("secrets.tsv")).size() >= 230);
    QVERIFY(table(QStringLiteral("lookalikes.tsv")).size() >= 260);
    QVERIFY(files().size() >= 17);
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

void TestRedact::redactingAgain_changesNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QDir found(QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/fuzz/redact"));
    const QStringList names = found.entryList(QDir::Files);
    QVERIFY(names.size() >= 4);
    for (const QString &name : names) {
        QFile file(found.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QTest::newRow(qPrintable(name)) << file.readAll();
    }
}

/// What fuzzing found once.
void TestRedact::redactingAgain_changesNothing()
{
    QFETCH(QByteArray, text);
    const QByteArray once = redacted(text).text;
    QCOMPARE(Redactor({}, "another salt").redact(once).text, once);
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

void TestRedact::compressed_isMaskedWhole_data()
{
    QTest::addColumn<QByteArray>("coded");
    QTest::addColumn<QByteArray>("place");
    QTest::newRow("gzip") << QByteArray(
                                 "H4sIAAAAAAACA6vOy1fIKs7P01FIKi1RKEgsLi7PL0qxTUvMTvXMc6/KLDBUyMxTyCypBQCxySqbKQAAAA==")
                          << QByteArray("JSON /a > base64 > compressed > field password");
    QTest::newRow("zlib") << QByteArray(
                                 "eJyrVirJz07NU7JSSkvMTvXMi8rJTDJU0lHKyy9JBQomKoAYCiUZiSUKmcUKOfl56Qqpefml6RlKtQBOuRQK")
                          << QByteArray("JSON /a > base64 > compressed > JSON /token");
    QTest::newRow("gzip without a secret")
        << QByteArray("H4sIAAAAAAACA8vLL8nIzEtXyMxTyEgtSlUoyUgsUUjMq8zPS1Uozy/NSVHIyExJBQCnmUDyJgAAAA==")
        << QByteArray();
    QTest::newRow("zlib without a secret")
        << QByteArray("eJzLyy/JyMxLV8jMU8hILUpVKMlILFFIzKvMz0tVKM8vzUlRyMhMSQUAFjkOMw==") << QByteArray();
}

void TestRedact::compressed_isMaskedWhole()
{
    QFETCH(QByteArray, coded);
    QFETCH(QByteArray, place);
    const QByteArray text = "{\"a\":\"" + coded + "\"}";
    const Redaction redaction = redacted(text);
    QCOMPARE(redaction.doubtfulCount, 0);
    if (place.isEmpty()) {
        QCOMPARE(redaction.text, text);
        return;
    }
    QCOMPARE(redaction.masked.size(), std::size_t(1));
    QCOMPARE(redaction.masked.front().place, place);
    QCOMPARE(redaction.masked.front().span, (Span{6, coded.size()}));
    QCOMPARE(redaction.text, "{\"a\":\"" + redaction.masked.front().placeholder + "\"}");
    QVERIFY(redaction.masked.front().placeholder.startsWith("REDACTED-compressed-"));
}

/// 80 MB in 80 kB: not unpacked beyond the cap, and told as not looked into.
void TestRedact::compressed_isUnpackedToACap()
{
    const QByteArray blanks = qCompress(QByteArray(80 << 20, ' '), 9).mid(4).toBase64();
    const Redaction redaction = redacted("a " + blanks + " b password=p1");
    QCOMPARE(redaction.masked.size(), std::size_t(1));
    QCOMPARE(redaction.masked.front().place, QByteArray("field password"));
    QCOMPARE(redaction.doubtfulCount, 1);
    QCOMPARE(redaction.doubtful.front().span, (Span{2, blanks.size()}));
}

void TestRedact::pieces_areTheText()
{
    const QByteArray text("a password=p1 b\n{\"token\":\"t1x\"} mysql -pab1");
    QByteArray pieces;
    const RedactionReport report =
        Redactor({}, salt).redact(text, [&pieces](QByteArrayView piece) { pieces.append(piece); });
    const Redaction whole = redacted(text);
    QCOMPARE(pieces, whole.text);
    QCOMPARE(places(report), places(whole));
    QCOMPARE(report.masked.size(), std::size_t(3));
}

void TestRedact::spansAreInTheText()
{
    const QByteArray text("{\"a\":\"x\\n\\u00e9 token=t\\u00311 y\"} password=p1");
    const Redaction redaction = redacted(text);
    QCOMPARE(outside(text, redaction.masked), QByteArray("{\"a\":\"x\\n\\u00e9 token=| y\"} password=|"));
    QCOMPARE(outside(text, redaction.masked).count('|'), qsizetype(redaction.masked.size()));
}

QTEST_APPLESS_MAIN(TestRedact)
#include "tst_redact.moc"
