// The request of the probe page, written as a user writes it.
#include "tests/support/probebench.h"
#include "views/probe/authpane.h"
#include "views/probe/copybutton.h"
#include "views/probe/probedraft.h"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace errata;
using namespace errata::test;

namespace {

QAction *menuEntry(const QMenu *menu, const QString &text)
{
    const QList<QAction *> actions = menu->actions();
    const auto found =
        std::find_if(actions.begin(), actions.end(), [&text](const QAction *one) { return one->text() == text; });
    if (found == actions.end())
        qFatal("no entry '%s'", qPrintable(text));
    return *found;
}

} // namespace

class TestProbePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsEmpty_andSendsNothing();
    void send_asksForWhatIsWritten();
    void ctrlEnter_sends_escCancels();
    void invalidUrl_isRefusedWithALine();
    void invalidHeader_isToldAndRefused();
    void variables_areAskedFor_thenFilledIn();
    void typedValues_stayForTheNextProbe();
    void environment_givesValues_andTypedOnesFillTheRest();
    void liveEnvironment_asksOnceBeforeAWrite();
    void parameters_followTheUrl_andTheUrlFollowsThem();
    void parameters_switchedOff_areKept();
    void removedHeader_comesBackWithUndo();
    void auth_isAdded_andHiddenWhileTyped();
    void formBody_isEncoded();
    void fileBody_isReadAtSend();
    void tabs_keepRequestAndAnswer();
    void closedTab_isOpenedAgain();
    void drafts_areToldAfterAPause();
    void probes_areGroupedAndMarked();
    void probe_ofEveryCatalog_canBeSentOnceFilledIn();
    void jsonBody_isChecked();
    void untouchedBody_isSentByteExact();
    void retryPolicy_isChosenAndExplained();
    void curl_isCopiedWithoutSecrets();
    void connection_isCopiedWithoutSecrets();
    void request_isCopiedAsProgram_data();
    void request_isCopiedAsProgram();
    void request_isCopiedFilledIn();
    void request_isCopiedWithSecretsWhenAsked();
    void probeFinding_takesItsRequest();
    void catalogPlaceholders_becomeVariables_data();
    void catalogPlaceholders_becomeVariables();
    void catalogAuth_becomesItsKind();
    void secretsAreHiddenWhileTyped();
};

void TestProbePage::startsEmpty_andSendsNothing()
{
    Bench bench;
    QVERIFY(bench.shows(QStringLiteral("No answer yet")));
    QVERIFY(bench.requests.empty());
    QVERIFY(!bench.page.isSending());
}

void TestProbePage::send_asksForWhatIsWritten()
{
    Bench bench;
    bench.field<QComboBox>("Method")->setCurrentText(QStringLiteral("PURGE"));
    QTest::keyClicks(bench.field<QLineEdit>("URL"), QStringLiteral("http://127.0.0.1:1/x?y=%20"));
    bench.field<QDoubleSpinBox>("Deadline")->setValue(5);
    QTest::mouseClick(bench.button("Add header"), Qt::LeftButton);
    auto *table = bench.field<QTableView>("Request headers");
    table->model()->setData(table->model()->index(0, FieldsModel::NameColumn), QStringLiteral("X-One: 1"));
    QTest::mouseClick(bench.button("Send"), Qt::LeftButton);
    QCOMPARE(bench.requests.size(), 1u);
    QCOMPARE(bench.requests[0].method, QByteArray("PURGE"));
    QCOMPARE(bench.requests[0].url, QByteArray("http://127.0.0.1:1/x?y=%20"));
    QCOMPARE(bench.requests[0].headers, (Headers{{"X-One", "1"}}));
    QCOMPARE(bench.options.deadline, Millis(5000));
    QVERIFY(!bench.policy);
    QVERIFY(bench.shows(QStringLiteral("Sending")));
}

void TestProbePage::ctrlEnter_sends_escCancels()
{
    Bench bench;
    bench.page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&bench.page));
    auto *url = bench.field<QLineEdit>("URL");
    url->setFocus();
    QTest::keyClicks(url, QStringLiteral("http://127.0.0.1:1/"));
    QSignalSpy cancelled(&bench.page, &ProbePage::cancelRequested);
    QTest::keyClick(url, Qt::Key_Escape);
    QCOMPARE(cancelled.count(), 0);
    QTest::keyClick(url, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(bench.requests.size(), 1u);
    QTest::keyClick(url, Qt::Key_Return, Qt::ControlModifier); // one at a time
    QCOMPARE(bench.requests.size(), 1u);
    QTest::keyClick(url, Qt::Key_Escape);
    QCOMPARE(cancelled.count(), 1);
    bench.answer({{}, {NetworkError::Cancelled, {}}, 1, {}, {}, {}, {}});
    QVERIFY(!bench.page.isSending());
    QVERIFY(bench.shows(QStringLiteral("You cancelled it.")));
}

void TestProbePage::invalidUrl_isRefusedWithALine()
{
    Bench bench;
    for (const char *url : {"", "no url", "ftp://x/", "http://"}) {
        bench.field<QLineEdit>("URL")->setText(QString::fromLatin1(url));
        QTest::mouseClick(bench.button("Send"), Qt::LeftButton);
        QVERIFY2(bench.requests.empty(), url);
        QVERIFY2(bench.shows(QStringLiteral("Nothing was sent.")), url);
    }
}

void TestProbePage::invalidHeader_isToldAndRefused()
{
    Bench bench;
    bench.page.setRequest({"GET", "http://127.0.0.1:1/", {{"Bad Name", "x"}}, {}});
    QVERIFY(bench.shows(QStringLiteral("Row 1: a name holds")));
    bench.page.send();
    QVERIFY(bench.requests.empty());
    QVERIFY(bench.shows(QStringLiteral("Nothing was sent. Header 1")));
    auto *table = bench.field<QTableView>("Request headers");
    table->model()->setData(table->model()->index(0, 0), Qt::Unchecked, Qt::CheckStateRole);
    bench.page.send();
    QCOMPARE(bench.requests.size(), 1u);
    QVERIFY(bench.requests[0].headers.isEmpty());
}

void TestProbePage::variables_areAskedFor_thenFilledIn()
{
    Bench bench;
    RequestDraft draft;
    draft.url = "https://a.example/{{id}}/x";
    draft.auth = {AuthDraft::Kind::Basic, {}, "{{password}}", "{{user}}", false};
    bench.page.openDraft(draft);
    bench.page.send();
    QVERIFY(bench.requests.empty());
    QVERIFY(bench.shows(QStringLiteral("Nothing was sent. Fill in {{id}}, {{user}}, {{password}} first.")));
    QTest::keyClicks(bench.field<QLineEdit>("id"), QStringLiteral("7"));
    QTest::keyClicks(bench.field<QLineEdit>("user"), QStringLiteral("me"));
    QTest::keyClicks(bench.field<QLineEdit>("password"), QStringLiteral("secret"));
    QTest::keyClick(bench.field<QLineEdit>("password"), Qt::Key_Return);
    QCOMPARE(bench.requests.size(), 1u);
    QCOMPARE(bench.requests[0].url, QByteArray("https://a.example/7/x"));
    QCOMPARE(bench.requests[0].headers, (Headers{{"Authorization", "Basic bWU6c2VjcmV0"}}));
}

void TestProbePage::typedValues_stayForTheNextProbe()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/{{id}}", {}, {}});
    QTest::keyClicks(bench.field<QLineEdit>("id"), QStringLiteral("7"));
    bench.page.setRequest({"GET", "https://a.example/other/{{id}}", {}, {}});
    bench.page.send();
    QCOMPARE(bench.requests.at(0).url, QByteArray("https://a.example/other/7"));
}

void TestProbePage::environment_givesValues_andTypedOnesFillTheRest()
{
    Bench bench;
    const Environment staging{QStringLiteral("staging"),
                              {{QStringLiteral("host"), QStringLiteral("https://{{name}}.example"), false},
                               {QStringLiteral("name"), QStringLiteral("eu"), false},
                               {QStringLiteral("key"), {}, true}},
                              false};
    bench.page.setEnvironments({staging},
                               {{QStringLiteral("staging"), {{QStringLiteral("key"), QStringLiteral("k1")}}}},
                               QStringLiteral("staging"), QStringLiteral("in memory only"));
    bench.page.setRequest({"GET", "{{host}}/{{id}}", {{"X-Key", "{{key}}"}}, {}});
    QVERIFY(!bench.field<QLineEdit>("key"));
    QTest::keyClicks(bench.field<QLineEdit>("id"), QStringLiteral("7"));
    bench.page.send();
    QCOMPARE(bench.requests.at(0).url, QByteArray("https://eu.example/7"));
    QCOMPARE(bench.requests.at(0).headers, (Headers{{"X-Key", "k1"}}));
}

void TestProbePage::liveEnvironment_asksOnceBeforeAWrite()
{
    Bench bench;
    bench.page.setEnvironments({{QStringLiteral("production"), {}, true}}, {}, QStringLiteral("production"), {});
    bench.page.setRequest({"GET", "https://a.example/", {}, {}});
    bench.page.send();
    QCOMPARE(bench.requests.size(), 1u);
    bench.answer(rateLimited());
    bench.page.setRequest({"DELETE", "https://a.example/", {}, {}});
    bench.page.send();
    QCOMPARE(bench.requests.size(), 1u);
    QVERIFY(bench.shows(QStringLiteral("DELETE may change something, and production is live")));
    bench.page.send();
    QCOMPARE(bench.requests.size(), 2u);
    bench.answer(rateLimited());
    bench.page.send();
    QCOMPARE(bench.requests.size(), 3u);
}

void TestProbePage::parameters_followTheUrl_andTheUrlFollowsThem()
{
    Bench bench;
    auto *url = bench.field<QLineEdit>("URL");
    url->setText(QStringLiteral("https://a.example/x?a=1&flag&b=%20#f"));
    QAbstractItemModel *rows = bench.field<QTableView>("Parameters of the URL")->model();
    QCOMPARE(rows->rowCount(), 3);
    QCOMPARE(rows->index(2, 1).data().toString(), QStringLiteral("%20"));
    rows->setData(rows->index(0, 1), QStringLiteral("two words"));
    QCOMPARE(url->text(), QStringLiteral("https://a.example/x?a=two%20words&flag&b=%20#f"));
    rows->removeRow(1);
    QCOMPARE(url->text(), QStringLiteral("https://a.example/x?a=two%20words&b=%20#f"));
}

void TestProbePage::parameters_switchedOff_areKept()
{
    Bench bench;
    auto *url = bench.field<QLineEdit>("URL");
    url->setText(QStringLiteral("https://a.example/?a=1&b=2&c=3"));
    QAbstractItemModel *rows = bench.field<QTableView>("Parameters of the URL")->model();
    rows->setData(rows->index(1, 0), Qt::Unchecked, Qt::CheckStateRole);
    QCOMPARE(url->text(), QStringLiteral("https://a.example/?a=1&c=3"));
    url->setText(QStringLiteral("https://a.example/?a=1&c=4"));
    QCOMPARE(rows->rowCount(), 3);
    QCOMPARE(rows->index(1, 0).data().toString(), QStringLiteral("b"));
    rows->setData(rows->index(1, 0), Qt::Checked, Qt::CheckStateRole);
    QCOMPARE(url->text(), QStringLiteral("https://a.example/?a=1&b=2&c=4"));
}

void TestProbePage::removedHeader_comesBackWithUndo()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/", {{"A", "1"}, {"B", "2"}}, {}});
    auto *table = bench.field<QTableView>("Request headers");
    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(bench.page.editor()->draft().headers.size(), 1u);
    QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(bench.page.editor()->draft().headers.size(), 2u);
    QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(bench.page.editor()->draft().headers.at(0).name, QByteArray("B"));
}

void TestProbePage::auth_isAdded_andHiddenWhileTyped()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/", {}, {}});
    auto *kind = bench.field<QComboBox>("Authentication");
    kind->setCurrentIndex(kind->findText(QStringLiteral("Bearer token")));
    Q_EMIT kind->activated(kind->currentIndex());
    auto *secret = bench.field<QLineEdit>("Secret");
    QTest::keyClicks(secret, QStringLiteral("t0ken"));
    QCOMPARE(secret->echoMode(), QLineEdit::Password);
    bench.page.send();
    QCOMPARE(bench.requests.at(0).headers, (Headers{{"Authorization", "Bearer t0ken"}}));
    for (const Catalog &catalog : catalogs().catalogs())
        QVERIFY2(kind->findText(catalog.name + QStringLiteral(": "), Qt::MatchStartsWith) > 0,
                 qPrintable(catalog.name));
}

void TestProbePage::formBody_isEncoded()
{
    Bench bench;
    RequestDraft draft;
    draft.method = "POST";
    draft.url = "https://a.example/";
    draft.body.kind = BodyDraft::Kind::Form;
    draft.body.fields = {{"grant type", "a&b", true, false, {}}, {"off", "x", false, false, {}}};
    bench.page.openDraft(draft);
    bench.page.send();
    QCOMPARE(bench.requests.at(0).body, QByteArray("grant+type=a%26b"));
    QCOMPARE(bench.requests.at(0).headers.value("Content-Type"),
             std::optional<QByteArray>("application/x-www-form-urlencoded"));
    QCOMPARE(bench.page.editor()->draft().body, draft.body);
}

void TestProbePage::fileBody_isReadAtSend()
{
    Bench bench;
    bench.page.setFileReader([](const QString &path) -> Result<QByteArray> {
        if (path == QLatin1String("/there"))
            return QByteArray("content");
        return Error{QStringLiteral("no such file"), path};
    });
    RequestDraft draft;
    draft.method = "PUT";
    draft.url = "https://a.example/";
    draft.body.kind = BodyDraft::Kind::File;
    draft.body.file = QStringLiteral("/gone");
    bench.page.openDraft(draft);
    bench.page.send();
    QVERIFY(bench.requests.empty());
    QVERIFY(bench.shows(QStringLiteral("no such file")));
    bench.page.editor()->setBodyFile(QStringLiteral("/there"));
    bench.page.send();
    QCOMPARE(bench.requests.at(0).body, QByteArray("content"));
}

void TestProbePage::tabs_keepRequestAndAnswer()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/one", {}, {}});
    bench.page.send();
    bench.answer(rateLimited());
    bench.page.setRequest({"GET", "https://a.example/two", {}, {}});
    auto *bar = bench.page.findChild<QTabBar *>();
    QCOMPARE(bench.page.openDrafts().size(), 2u);
    QVERIFY(bench.shows(QStringLiteral("No answer yet")));
    bar->setCurrentIndex(0);
    QCOMPARE(bench.field<QLineEdit>("URL")->text(), QStringLiteral("https://a.example/one"));
    QVERIFY(bench.shows(QStringLiteral("RATE_LIMIT_EXCEEDED")));
    bar->setCurrentIndex(1);
    QCOMPARE(bench.field<QLineEdit>("URL")->text(), QStringLiteral("https://a.example/two"));
    QCOMPARE(bar->tabText(1), QStringLiteral("GET /two"));
    QVERIFY(!bench.shows(QStringLiteral("RATE_LIMIT_EXCEEDED")));
}

void TestProbePage::closedTab_isOpenedAgain()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/one", {{"A", "1"}}, {}});
    bench.page.closeTab(0);
    QCOMPARE(bench.page.openDrafts().size(), 1u);
    QCOMPARE(bench.field<QLineEdit>("URL")->text(), QString());
    bench.page.reopenTab();
    QCOMPARE(bench.page.openDrafts().size(), 1u);
    QCOMPARE(bench.page.openDrafts().at(0).second.headers.size(), 1u);
}

void TestProbePage::drafts_areToldAfterAPause()
{
    Bench bench;
    QSignalSpy changed(&bench.page, &ProbePage::draftsChanged);
    QTest::keyClicks(bench.field<QLineEdit>("URL"), QStringLiteral("https://a.example/"));
    QCOMPARE(changed.count(), 0);
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(bench.page.openDrafts().at(0).second.url, QByteArray("https://a.example/"));
}

void TestProbePage::probes_areGroupedAndMarked()
{
    Bench bench;
    const auto *tree = bench.page.findChild<QTreeWidget *>();
    QCOMPARE(tree->topLevelItemCount(), int(catalogs().catalogs().size()));
    bool changes = false;
    for (int i = 0; i < tree->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *group = tree->topLevelItem(i);
        const Catalog &catalog = catalogs().catalogs()[static_cast<std::size_t>(i)];
        QCOMPARE(group->childCount(), int(catalog.probes.size()));
        for (int p = 0; p < group->childCount(); ++p) {
            const bool readOnly = catalog.probes[static_cast<std::size_t>(p)].readOnly;
            QCOMPARE(group->child(p)->text(1), readOnly ? QStringLiteral("reads") : QStringLiteral("changes"));
            changes = changes || !readOnly;
        }
    }
    QVERIFY(changes);
    bench.chooseProbe("authpi", "Who am I");
    QCOMPARE(bench.field<QLineEdit>("URL")->text(), QStringLiteral("https://api.authpi.com/v1/me"));
    QVERIFY(bench.shows(QStringLiteral("Cost: ")));
    QVERIFY(bench.requests.empty());
}

void TestProbePage::probe_ofEveryCatalog_canBeSentOnceFilledIn()
{
    for (const Catalog &catalog : catalogs().catalogs()) {
        for (const Probe &probe : catalog.probes) {
            const RequestDraft draft = draftOf(probe, catalog);
            Variables values;
            for (const QString &name : variablesOf(draft))
                values[name] = QStringLiteral("1");
            const auto request = resolvedRequest(draft, values, {});
            QVERIFY2(request.ok(), qPrintable(probe.id));
            const auto problem = requestProblem(*request);
            QVERIFY2(!problem, qPrintable(catalog.id + QLatin1Char('/') + probe.id + QStringLiteral(": ") +
                                          problem.value_or(QString())));
            // Nothing of the catalogs' own placeholders is left.
            static const QRegularExpression left(QStringLiteral("[^{]\\{[a-z_]+\\}"));
            QVERIFY2(!left.match(QString::fromUtf8(request->url + request->body)).hasMatch(), qPrintable(probe.id));
        }
    }
}

void TestProbePage::jsonBody_isChecked()
{
    Bench bench;
    bench.page.setRequest({"POST", "https://a.example/", {{"Content-Type", "application/json"}}, "{\"a\": 1}"});
    QVERIFY(bench.shows(QStringLiteral("Valid JSON.")));
    bench.field<QPlainTextEdit>("Request body")->setPlainText(QStringLiteral("{\n  \"a\": \n}"));
    QVERIFY(bench.shows(QStringLiteral("Not valid JSON: line 3, column 1")));
    bench.page.send(); // a hint, not a ban
    QCOMPARE(bench.requests.at(0).body, QByteArray("{\n  \"a\": \n}"));
}

void TestProbePage::untouchedBody_isSentByteExact()
{
    Bench bench;
    const QByteArray body("a\r\nb\0\xff c", 9);
    bench.page.setRequest({"POST", "https://a.example/", {}, body});
    bench.page.send();
    QCOMPARE(bench.requests.at(0).body, body);
}

void TestProbePage::retryPolicy_isChosenAndExplained()
{
    Bench bench;
    bench.page.setRequest({"POST", "https://a.example/", {}, {}});
    auto *policy = bench.field<QComboBox>("Retry policy");
    policy->setCurrentIndex(policy->findData(QStringLiteral("intended")));
    bench.page.findChild<RequestEditor *>()->findChild<QTabWidget *>()->setCurrentIndex(4);
    QVERIFY(bench.shows(QStringLiteral("Sends up to 4 times.")));
    QVERIFY(bench.shows(QStringLiteral("POST is not idempotent")));
    bench.field<QComboBox>("Method")->setCurrentText(QStringLiteral("GET"));
    QVERIFY(!bench.shows(QStringLiteral("is not idempotent")));
    bench.page.send();
    QCOMPARE(bench.policy, std::optional(QStringLiteral("intended")));
    QVERIFY(!bench.shows(QStringLiteral("Not hedged")));
    policy->setCurrentIndex(policy->findData(QStringLiteral("grpc-hedging")));
    QVERIFY(bench.shows(QStringLiteral("Not hedged")));
}

void TestProbePage::curl_isCopiedWithoutSecrets()
{
    Bench bench;
    bench.page.setRequest(
        {"GET", "https://a.example/", {{"X-Api-Key", "k"}, {"x-nullspace-preview-proxy-token", "t"}}, {}});
    QSignalSpy spy(&bench.page, &ProbePage::copyRequested);
    QTest::mouseClick(bench.button("Copy as curl"), Qt::LeftButton);
    const QString command = spy.at(0).at(0).toString();
    static const QRegularExpression expected(
        QStringLiteral("^curl -H 'X-Api-Key: REDACTED-api-key-[0-9a-f]{6}' "
                       "-H 'x-nullspace-preview-proxy-token: REDACTED-token-[0-9a-f]{6}' https://a.example/$"));
    QVERIFY2(expected.match(command).hasMatch(), qPrintable(command));
    QCOMPARE(spy.at(0).at(1).toString(), QStringLiteral("Copied as curl, 2 secrets masked."));
    QVERIFY(bench.shows(QStringLiteral("2 secrets masked")));
}

void TestProbePage::connection_isCopiedWithoutSecrets()
{
    Bench bench;
    RequestDraft draft;
    draft.url = "https://a.example/";
    draft.settings.proxy =
        ProxySettings{ProxySettings::Mode::Manual, "http://me:hunter2hunter2@{{proxy}}:3128", {}, true};
    draft.settings.tls = TlsSettings{false, {}, QStringLiteral("me.pem"), {}, "correct-horse-battery"};
    bench.page.openDraft(draft);
    QSignalSpy spy(&bench.page, &ProbePage::copyRequested);
    bench.button("Copy as curl")->click();
    const QString command = spy.at(0).at(0).toString();
    for (const char *part : {" --proxy ", "{{proxy}}:3128", " --insecure", " --cert me.pem", " --pass "})
        QVERIFY2(command.contains(QLatin1String(part)), qPrintable(command));
    for (const char *secret : {"hunter2", "battery"})
        QVERIFY2(!command.contains(QLatin1String(secret)), qPrintable(command));
    QCOMPARE(spy.at(0).at(1).toString(), QStringLiteral("Copied as curl, 2 secrets masked."));
    // The others have no words for it, and that is said.
    menuEntry(bench.page.findChild<CopyButton *>()->menu(), QStringLiteral("Copy as Python"))->trigger();
    QVERIFY(spy.at(1).at(1).toString().contains(QStringLiteral("Its proxy and certificates are not in it.")));
}

void TestProbePage::request_isCopiedAsProgram_data()
{
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QString>("start");
    QTest::newRow("curl") << "Copy as curl"
                          << "curl ";
    QTest::newRow("HTTPie") << "Copy as HTTPie"
                            << "http ";
    QTest::newRow("Python") << "Copy as Python"
                            << "import http.client";
    QTest::newRow("fetch") << "Copy as JavaScript (fetch)"
                           << "fetch(";
    QTest::newRow("Go") << "Copy as Go"
                        << "package main";
}

void TestProbePage::request_isCopiedAsProgram()
{
    QFETCH(QString, entry);
    QFETCH(QString, start);
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/{{path}}", {{"Authorization", "Bearer hunter2hunter2"}}, {}});
    QSignalSpy spy(&bench.page, &ProbePage::copyRequested);
    menuEntry(bench.page.findChild<CopyButton *>()->menu(), entry)->trigger();
    QCOMPARE(spy.size(), 1);
    const QString program = spy.at(0).at(0).toString();
    QVERIFY2(program.startsWith(start), qPrintable(program));
    QVERIFY2(program.contains(QLatin1String("{{path}}")), qPrintable(program));
    QVERIFY2(!program.contains(QLatin1String("hunter2")), qPrintable(program));
    QVERIFY(bench.shows(QStringLiteral("1 secret masked")));
}

void TestProbePage::request_isCopiedFilledIn()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/{{path}}", {}, {}});
    QSignalSpy spy(&bench.page, &ProbePage::copyRequested);
    auto *copy = bench.page.findChild<CopyButton *>();
    menuEntry(copy->menu(), QStringLiteral("Fill in variables"))->setChecked(true);
    bench.button("Copy as curl")->click();
    QCOMPARE(spy.size(), 0);
    QVERIFY(bench.shows(QStringLiteral("path")));
    bench.page.editor()->setVariables({{QStringLiteral("path"), QStringLiteral("v1/me")}});
    bench.button("Copy as curl")->click();
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).toString().trimmed(), QStringLiteral("curl https://a.example/v1/me"));
}

void TestProbePage::request_isCopiedWithSecretsWhenAsked()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/", {{"Authorization", "Bearer hunter2hunter2"}}, {}});
    QSignalSpy masked(&bench.page, &ProbePage::copyRequested);
    QSignalSpy whole(&bench.page, &ProbePage::copyWithSecretsRequested);
    const QMenu *menu = bench.page.findChild<CopyButton *>()->menu();
    menuEntry(menuEntry(menu, QStringLiteral("With secrets in it"))->menu(), QStringLiteral("Copy as Python"))
        ->trigger();
    QCOMPARE(masked.size(), 0);
    QCOMPARE(whole.size(), 1);
    QVERIFY(whole.at(0).at(0).toString().contains(QLatin1String("hunter2hunter2")));
    QVERIFY(bench.shows(QStringLiteral("With its secrets")));
}

void TestProbePage::probeFinding_takesItsRequest()
{
    Bench bench;
    Finding finding;
    finding.api = QStringLiteral("intended");
    finding.method = QStringLiteral("PATCH");
    finding.url = QStringLiteral("https://api.intended.so/intents/1");
    bench.page.probeFinding(finding);
    QCOMPARE(bench.field<QLineEdit>("URL")->text(), *finding.url);
    QCOMPARE(bench.field<QComboBox>("Method")->currentText(), QStringLiteral("PATCH"));
    QVERIFY(bench.requests.empty());
    finding.url.reset();
    bench.page.probeFinding(finding);
    QVERIFY(bench.shows(QStringLiteral("Choose a probe on the left")));
}

void TestProbePage::catalogPlaceholders_becomeVariables_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("none") << QStringLiteral("https://a.example/") << QByteArray("https://a.example/");
    QTest::newRow("two") << QStringLiteral("/{a}/{b}?x={a}") << QByteArray("/{{a}}/{{b}}?x={{a}}");
    QTest::newRow("in JSON") << QStringLiteral("{\"port\": {port}}") << QByteArray("{\"port\": {{port}}}");
    QTest::newRow("no name") << QStringLiteral("{}{1}{a b}{{c}}") << QByteArray("{}{1}{a b}{{c}}");
}

void TestProbePage::catalogPlaceholders_becomeVariables()
{
    QFETCH(QString, text);
    QTEST(withVariables(text), "expected");
}

void TestProbePage::catalogAuth_becomesItsKind()
{
    const AuthDraft bearer = authOf({{}, QStringLiteral("Authorization"), QStringLiteral("Bearer {api_key}"), {}, {}});
    QCOMPARE(bearer, (AuthDraft{AuthDraft::Kind::Bearer, {}, "{{api_key}}", {}, false}));
    const AuthDraft basic =
        authOf({{}, QStringLiteral("authorization"), QStringLiteral("Basic {basic:id:key}"), {}, {}});
    QCOMPARE(basic, (AuthDraft{AuthDraft::Kind::Basic, {}, "{{key}}", "{{id}}", false}));
    const AuthDraft key = authOf({{}, QStringLiteral("x-api-key"), QStringLiteral("{api_key}"), {}, {}});
    QCOMPARE(key, (AuthDraft{AuthDraft::Kind::ApiKey, "x-api-key", "{{api_key}}", {}, false}));
}

void TestProbePage::secretsAreHiddenWhileTyped()
{
    Bench bench;
    bench.page.setRequest({"GET", "https://a.example/{{sandbox_id}}", {{"x-api-key", "{{api_key}}"}}, {}});
    QCOMPARE(bench.field<QLineEdit>("api_key")->echoMode(), QLineEdit::Password);
    QCOMPARE(bench.field<QLineEdit>("sandbox_id")->echoMode(), QLineEdit::Normal);
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    TestProbePage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_probepage.moc"
