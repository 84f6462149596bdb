// One request of a .http file changes, and every other byte stays.
#include "models/http/httpfile.h"
#include "models/http/httpfileedit.h"
#include "tests/support/generateddrafts.h"

#include <QTest>

using namespace errata;

namespace {

RequestDraft draftTo(const QByteArray &url, const QString &name = {})
{
    RequestDraft draft;
    draft.name = name;
    draft.url = url;
    return draft;
}

QByteArray three()
{
    return "# Requests of the billing team.\n"
           "@host = https://api.example.com\n"
           "\n"
           "GET {{host}}/first\n"
           "Accept:   text/plain\n"
           "\n"
           "###   Second,   oddly spaced\n"
           "# two lines\n"
           "# about it\n"
           "POST {{host}}/second\n"
           "Content-Type: application/json\n"
           "\n"
           "{ \"a\" :  1 }\n"
           "\n"
           "###\n"
           "DELETE {{host}}/third\n";
}

} // namespace

class HttpFileEditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changed_othersStay_data();
    void changed_othersStay();
    void added();
    void added_toNothing();
    void removed_variablesStay();
    void scripts_areNotOverwritten();
    void lineEnds_areTheFiles();
    void whatIsGone_isSaid();
    void anyRequest_fitsBetweenAnyOthers();
};

void HttpFileEditTest::changed_othersStay_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const qsizetype second = three().indexOf("###   Second");
    const qsizetype third = three().indexOf("###\nDELETE");
    QTest::newRow("first, behind the file's variables")
        << 0 << three().left(three().indexOf("@host")) + "@host = https://api.example.com\n"
        << three().mid(second);
    QTest::newRow("middle") << 1 << three().left(second) << three().mid(third);
    QTest::newRow("last") << 2 << three().left(third) << QByteArray();
}

void HttpFileEditTest::changed_othersStay()
{
    QFETCH(int, index);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const auto changed = withRequest(three(), index, draftTo("https://new.example.com/x", QStringLiteral("New")));
    QVERIFY2(changed, qPrintable(changed ? QString() : changed.error().text()));
    QVERIFY2(changed->startsWith(before), changed->constData());
    QVERIFY2(changed->endsWith(after), changed->constData());
    const auto again = readHttpFile(changed.value());
    QVERIFY(again);
    QCOMPARE(again->requests.size(), std::size_t(3));
    QCOMPARE(again->requests[std::size_t(index)].url, QByteArray("https://new.example.com/x"));
    QCOMPARE(again->environments, readHttpFile(three())->environments);
}

void HttpFileEditTest::added()
{
    const auto longer = withRequestAdded(three(), draftTo("https://new.example.com/x"));
    QVERIFY(longer);
    QVERIFY(longer->startsWith(three()));
    QCOMPARE(readHttpFile(longer.value())->requests.size(), std::size_t(4));
    // A last line without an end is none of the new request's.
    const auto open = withRequestAdded("POST https://a.example/\n\nbody", draftTo("https://b.example/"));
    QVERIFY(open);
    QCOMPARE(readHttpFile(open.value())->requests.front().body.text, QByteArray("body"));
}

void HttpFileEditTest::added_toNothing()
{
    const auto text = withRequestAdded({}, draftTo("https://a.example/", QStringLiteral("A")));
    QVERIFY(text);
    QCOMPARE(readHttpFile(text.value())->requests.front().name, QStringLiteral("A"));
}

void HttpFileEditTest::removed_variablesStay()
{
    const auto rest = withoutRequest(three(), 0);
    QVERIFY(rest);
    const auto again = readHttpFile(rest.value());
    QCOMPARE(again->requests.size(), std::size_t(2));
    QCOMPARE(again->environments, readHttpFile(three())->environments);
    QVERIFY(rest->endsWith(three().mid(three().indexOf("###   Second"))));
    const auto none = withoutRequest("GET https://a.example/\n", 0);
    QVERIFY(none);
    QVERIFY(none->isEmpty());
}

void HttpFileEditTest::scripts_areNotOverwritten()
{
    const QByteArray text = "### Log in\nGET https://a.example/\n\n> {% client.global.set('a', 1) %}\n\n### Other\n"
                            "GET https://b.example/\n";
    const auto refused = withRequest(text, 0, draftTo("https://c.example/"));
    QVERIFY(!refused);
    QVERIFY2(refused.error().text().contains(QLatin1String("script")), qPrintable(refused.error().text()));
    const auto beside = withRequest(text, 1, draftTo("https://c.example/"));
    QVERIFY(beside);
    QVERIFY(beside->startsWith(text.left(text.indexOf("### Other"))));
}

void HttpFileEditTest::lineEnds_areTheFiles()
{
    QByteArray text = three();
    text.replace("\n", "\r\n");
    const auto changed = withRequest(text, 2, draftTo("https://c.example/", QStringLiteral("C")));
    QVERIFY(changed);
    QCOMPARE(changed->count('\n'), changed->count("\r\n"));
    RequestDraft lines = draftTo("https://c.example/");
    lines.method = "POST";
    lines.body = {BodyDraft::Kind::Text, "a\nb", "text/plain", {}, {}};
    const auto own = withRequest(text, 2, lines);
    QVERIFY(own);
    QCOMPARE(readHttpFile(own.value())->requests[2], lines);
}

void HttpFileEditTest::whatIsGone_isSaid()
{
    QVERIFY(withRequest(three(), 3, draftTo("https://c.example/")).error().text().contains(QLatin1String("number 4")));
    QVERIFY(!withoutRequest("", 0));
}

void HttpFileEditTest::anyRequest_fitsBetweenAnyOthers()
{
    int rounds = 0;
    for (quint64 seed = 0; seed < 120; ++seed) {
        Collection collection = generatedCollection(seed);
        const std::vector<RequestDraft> others = generatedCollection(seed + 1000).requests;
        for (std::size_t i = 0; i < collection.requests.size() && i < others.size(); ++i, ++rounds) {
            const auto index = static_cast<qsizetype>(i);
            const auto changed = withRequest(writeHttpFile(collection), index, others[i]);
            QVERIFY2(changed, qPrintable(changed ? QString() : changed.error().text()));
            std::vector<RequestDraft> wanted = collection.requests;
            wanted[i] = others[i];
            QCOMPARE(readHttpFile(changed.value())->requests, wanted);
            const auto fewer = withoutRequest(changed.value(), index);
            QVERIFY(fewer);
            wanted.erase(wanted.begin() + index);
            const auto rest = readHttpFile(fewer.value());
            QCOMPARE(rest ? rest->requests : std::vector<RequestDraft>(), wanted);
            QVERIFY(withRequestAdded(fewer.value(), others[i]));
        }
    }
    QVERIFY(rounds > 100);
}

QTEST_APPLESS_MAIN(HttpFileEditTest)
#include "tst_httpfileedit.moc"
