// Open drafts and environments are there at the next start, as they were, but for their secrets.
#include "models/store/draftstore.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace errata;

namespace {

RequestDraft draftTo(const QByteArray &url)
{
    RequestDraft draft;
    draft.url = url;
    return draft;
}

struct DraftBench
{
    QTemporaryDir folder;
    QString file = folder.filePath(QStringLiteral("data/drafts.sqlite"));
    std::unique_ptr<DraftStore> store;

    DraftBench() { open(); }

    QString open()
    {
        store.reset();
        QString warning;
        auto opened = DraftStore::open(file, {}, {}, &warning);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().text()));
        store = std::move(opened).value();
        return warning;
    }
    QStringList ids() const
    {
        QStringList ids;
        for (const OpenDraft &open : store->drafts())
            ids << open.id;
        return ids;
    }
};

} // namespace

class TestDraftStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drafts_areThereAfterReopening();
    void savingAgain_replaces_inItsPlace();
    void order_isThatOfTheTabs();
    void brokenDraft_isNamed_andTheOthersAreThere();
    void environments_areThere_withoutSecrets();
    void state_isKept();
    void damagedFile_isSetAside();
    void sealing_data();
    void sealing();
    void sealing_isTheSameEachTime();
    void sealing_takesKnownValuesAnywhere();
    void changedPlace_isLeftAlone();
};

void TestDraftStore::drafts_areThereAfterReopening()
{
    DraftBench bench;
    RequestDraft odd = draftTo("https://a.example/\xff");
    odd.body.kind = BodyDraft::Kind::Text;
    odd.body.text = QByteArray("\0\x01\xff", 3);
    odd.policy = QStringLiteral("intended");
    QCOMPARE(bench.store->save(QStringLiteral("1"), odd).value(), QByteArray());
    QVERIFY(bench.store->save(QStringLiteral("2"), {}).ok());
    bench.open();
    const std::vector<OpenDraft> drafts = bench.store->drafts();
    QCOMPARE(drafts.size(), std::size_t(2));
    QCOMPARE(drafts[0].id, QStringLiteral("1"));
    QVERIFY(drafts[0].draft == odd && !drafts[0].hasSealed);
    QVERIFY(drafts[1].draft == RequestDraft());
}

void TestDraftStore::savingAgain_replaces_inItsPlace()
{
    DraftBench bench;
    for (const char *id : {"a", "b", "c"})
        QVERIFY(bench.store->save(QLatin1String(id), draftTo("http://one.example")).ok());
    QVERIFY(bench.store->save(QStringLiteral("b"), draftTo("http://two.example")).ok());
    QCOMPARE(bench.ids(), (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    QCOMPARE(bench.store->drafts()[1].draft.url, QByteArray("http://two.example"));
    QVERIFY(!bench.store->remove(QStringLiteral("b")));
    QCOMPARE(bench.ids(), (QStringList{QStringLiteral("a"), QStringLiteral("c")}));
}

void TestDraftStore::order_isThatOfTheTabs()
{
    DraftBench bench;
    for (const char *id : {"a", "b", "c", "d"})
        QVERIFY(bench.store->save(QLatin1String(id), {}).ok());
    QVERIFY(!bench.store->setOrder({QStringLiteral("c"), QStringLiteral("a")}));
    bench.open();
    QCOMPARE(bench.ids(),
             (QStringList{QStringLiteral("c"), QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("d")}));
}

void TestDraftStore::brokenDraft_isNamed_andTheOthersAreThere()
{
    DraftBench bench;
    QVERIFY(bench.store->save(QStringLiteral("a"), {}).ok());
    QVERIFY(bench.store->save(QStringLiteral("b"), {}).ok());
    {
        const auto database = Database::open(bench.file, {QStringLiteral("drafts"), SchemaSteps(1)});
        QVERIFY2(database.ok(), database ? "" : qPrintable(database.error().text()));
        QVERIFY(!(*database)->run(QStringLiteral("UPDATE drafts SET json = '{\"url\":1}' WHERE id = 'a'")));
    }
    QStringList faults;
    QCOMPARE(bench.store->drafts(&faults).size(), std::size_t(1));
    QCOMPARE(faults, QStringList(QStringLiteral("draft a: /url: is no text")));
}

void TestDraftStore::environments_areThere_withoutSecrets()
{
    DraftBench bench;
    std::vector<Environment> given{
        {QStringLiteral("staging"), {{QStringLiteral("host"), QStringLiteral("a.example"), false}}, false},
        {QStringLiteral("production"), {{QStringLiteral("token"), QStringLiteral("made-up"), true}}, true}};
    QVERIFY(!bench.store->setEnvironments({given[1]}));
    QVERIFY(!bench.store->setEnvironments(given));
    bench.open();
    given[1].variables[0].value.clear();
    QVERIFY(bench.store->environments() == given);
}

void TestDraftStore::state_isKept()
{
    DraftBench bench;
    QCOMPARE(bench.store->state(QStringLiteral("current-draft")), QString());
    QVERIFY(!bench.store->setState(QStringLiteral("current-draft"), QStringLiteral("7")));
    QVERIFY(!bench.store->setState(QStringLiteral("current-draft"), QStringLiteral("8")));
    QVERIFY(!bench.store->setState(QStringLiteral("other"), QString()));
    bench.open();
    QCOMPARE(bench.store->state(QStringLiteral("current-draft")), QStringLiteral("8"));
}

void TestDraftStore::damagedFile_isSetAside()
{
    DraftBench bench;
    bench.store.reset();
    QFile file(bench.file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    QVERIFY(bench.open().contains(QStringLiteral("The open drafts could not be read")));
    QVERIFY(bench.store->save(QStringLiteral("a"), {}).ok());
}

void TestDraftStore::sealing_data()
{
    QTest::addColumn<RequestDraft>("draft");
    QTest::addColumn<QByteArray>("secret"); // empty: nothing is
    const auto row = [](const char *name, const QByteArray &secret, const std::function<void(RequestDraft &)> &set) {
        RequestDraft draft = draftTo("https://a.example/v1?page=2");
        set(draft);
        QTest::newRow(name) << draft << secret;
    };
    row("plain", {}, [](RequestDraft &) {});
    row("a token", "made up", [](RequestDraft &d) { d.auth = {AuthDraft::Kind::Bearer, {}, "made up", {}, false}; });
    row("a token of one letter", "~", [](RequestDraft &d) { d.auth = {AuthDraft::Kind::Bearer, {}, "~", {}, false}; });
    row("a variable", {}, [](RequestDraft &d) { d.auth = {AuthDraft::Kind::Bearer, {}, "{{token}}", {}, false}; });
    row("a variable and more", "-made-up", [](RequestDraft &d) {
        d.auth = {AuthDraft::Kind::Bearer, {}, "{{token}}-made-up", {}, false};
    });
    row("a header", "made-up-4f9a2c7d81e0b3", [](RequestDraft &d) {
        d.headers = {{"Authorization", "Bearer made-up-4f9a2c7d81e0b3", true}};
    });
    row("a header switched off", "made-up-4f9a2c7d81e0b3", [](RequestDraft &d) {
        d.headers = {{"X-Api-Key", "made-up-4f9a2c7d81e0b3", false}};
    });
    row("a header of a variable", {}, [](RequestDraft &d) {
        d.headers = {{"Authorization", "Bearer {{token}}", true}};
    });
    row("the password of a key", "made up", [](RequestDraft &d) {
        d.settings.tls = TlsSettings{true, {}, QStringLiteral("/me.pem"), {}, "made up"};
    });
    row("a proxy", {}, [](RequestDraft &d) {
        d.settings.proxy = ProxySettings{ProxySettings::Mode::Manual, "http://p.example:3128", {}, false};
    });
    row("a proxy's password", "made-up", [](RequestDraft &d) {
        d.settings.proxy = ProxySettings{ProxySettings::Mode::Manual, "me:made-up@p.example:3128", {}, false};
    });
    row("a harmless header", {}, [](RequestDraft &d) { d.headers = {{"Accept", "*/*", true}}; });
    row("the URL", "made-up-4f9a2c7d81e0b3",
        [](RequestDraft &d) { d.url = "https://a.example/?api_key=made-up-4f9a2c7d81e0b3"; });
    row("a variable in the URL", {}, [](RequestDraft &d) { d.url = "https://{{host}}/?api_key={{key}}"; });
    row("a parked parameter", "so&so=#1", [](RequestDraft &d) {
        d.parkedParameters = {{"api_key", "so&so=#1", false}};
    });
    row("a harmless one", {}, [](RequestDraft &d) { d.parkedParameters = {{"page", "a&b=c %41 \xff", false}}; });
    row("a form field", "pass&word=\xff", [](RequestDraft &d) {
        d.body.kind = BodyDraft::Kind::Form;
        d.body.fields = {{"user", "me", true, false, ""}, {"password", "pass&word=\xff", true, false, ""}};
    });
    row("a body", "made-up words", [](RequestDraft &d) {
        d.body.kind = BodyDraft::Kind::Text;
        d.body.text = "{\"a\": 1.00, \"password\": \"made-up words\"}";
    });
    row("base64 in a body", QByteArray("password=made-up-words-in-code").toBase64(), [](RequestDraft &d) {
        d.body.kind = BodyDraft::Kind::Text;
        d.body.text = "data: " + QByteArray("password=made-up-words-in-code").toBase64();
    });
    row("a note", "made-up-words", [](RequestDraft &d) { d.about = QStringLiteral("password: made-up-words"); });
}

void TestDraftStore::sealing()
{
    QFETCH(RequestDraft, draft);
    QFETCH(QByteArray, secret);
    DraftBench bench;
    const auto sealed = bench.store->save(QStringLiteral("1"), draft);
    QVERIFY(sealed.ok());
    const OpenDraft saved = bench.store->drafts().front();
    QCOMPARE(sealed->isEmpty(), secret.isEmpty());
    QCOMPARE(saved.hasSealed, !secret.isEmpty());
    QCOMPARE(saved.draft == draft, secret.isEmpty());
    QVERIFY(unsealed(saved.draft, *sealed) == draft);
    if (secret.isEmpty())
        return;
    const RequestDraft &d = saved.draft;
    QByteArray all = d.url + d.auth.secret + d.body.text + d.about.toUtf8();
    for (const DraftField &field : d.headers)
        all += field.value;
    for (const DraftField &field : d.parkedParameters)
        all += field.value;
    for (const FormField &field : d.body.fields)
        all += field.value;
    all += d.settings.proxy.value_or(ProxySettings()).address;
    all += d.settings.tls.value_or(TlsSettings()).clientKeyPassword;
    QVERIFY2(!all.contains(secret), all.constData());
    QVERIFY(all.contains("REDACTED") || d.body.text.startsWith("data: "));
}

void TestDraftStore::sealing_isTheSameEachTime()
{
    DraftSealer sealer({}, {});
    RequestDraft draft = draftTo("https://a.example/?api_key=made-up-4f9a2c7d81e0b3");
    const SealedDraft first = sealer.seal(draft);
    const SealedDraft second = sealer.seal(draft);
    QVERIFY(first.draft == second.draft);
    QCOMPARE(first.sealed, second.sealed);
    // What was read back without its key store is not sealed again.
    QVERIFY(sealer.seal(first.draft).draft == first.draft);
}

void TestDraftStore::sealing_takesKnownValuesAnywhere()
{
    DraftSealer sealer({}, {"quite plain words"});
    RequestDraft draft = draftTo("https://a.example/quite%20plain%20words/x");
    draft.body.text = "so quite plain words here";
    const SealedDraft made = sealer.seal(draft);
    QVERIFY2(!made.draft.url.contains("plain"), made.draft.url.constData());
    QVERIFY2(made.draft.body.text.startsWith("so REDACTED-secret-"), made.draft.body.text.constData());
    QVERIFY(unsealed(made.draft, made.sealed) == draft);
}

void TestDraftStore::changedPlace_isLeftAlone()
{
    DraftSealer sealer({}, {});
    RequestDraft draft;
    draft.auth = {AuthDraft::Kind::Basic, {}, "made up", "user", false};
    draft.headers = {{"X-Api-Key", "made-up-4f9a2c7d81e0b3", true}};
    SealedDraft made = sealer.seal(draft);
    made.draft.headers[0].value = "typed since";
    const RequestDraft back = unsealed(made.draft, made.sealed);
    QCOMPARE(back.auth.secret, QByteArray("made up"));
    QCOMPARE(back.headers[0].value, QByteArray("typed since"));
    QVERIFY(unsealed(made.draft, "damaged\\") == made.draft);
}

QTEST_GUILESS_MAIN(TestDraftStore)
#include "tst_draftstore.moc"
