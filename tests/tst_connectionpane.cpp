// How a request is sent, as the window offers and shows it.
#include "models/http/cookiejar.h"
#include "views/probe/answerview.h"
#include "views/probe/connectionpane.h"
#include "views/probe/cookielist.h"
#include "views/probe/redirectspane.h"
#include "views/probe/requesteditor.h"
#include "views/probe/tlspane.h"
#include "views/widgets/noteline.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

using namespace errata;

Q_DECLARE_METATYPE(errata::SendSettings)

namespace {

QDateTime noon()
{
    return {QDate(2026, 5, 4), QTime(12, 0), Qt::UTC};
}

template <typename Widget>
Widget *field(const QWidget &root, const char *accessibleName)
{
    for (Widget *one : root.findChildren<Widget *>()) {
        if (one->accessibleName() == QLatin1String(accessibleName))
            return one;
    }
    return nullptr;
}

template <typename Button>
Button *button(const QWidget &root, const char *text)
{
    for (Button *one : root.findChildren<Button *>()) {
        if (one->text() == QLatin1String(text))
            return one;
    }
    return nullptr;
}

QString textsOf(const QWidget &root)
{
    QStringList texts;
    for (const QLabel *label : root.findChildren<QLabel *>()) {
        if (!label->isHidden())
            texts << label->text();
    }
    return texts.join(QLatin1Char('\n'));
}

SendSettings everything()
{
    SendSettings all;
    all.deadline = Millis(2500);
    all.followRedirects = false;
    all.maxRedirects = 3;
    all.bodyLimit = 5 * limits::Megabyte;
    all.version = HttpVersion::Http2;
    all.proxy = ProxySettings{ProxySettings::Mode::Manual, "http://p.example:3128", {"a.example", "10.0.0.0/8"}, true};
    all.tls = TlsSettings{false, QStringLiteral("/ca.pem"), QStringLiteral("/me.pem"), QStringLiteral("/me.key"), "pw"};
    all.cookies = false;
    return all;
}

Certificate certificate(const QDateTime &from, const QDateTime &until)
{
    return {QStringLiteral("CN = api.example.com"),
            QStringLiteral("CN = Test CA"),
            from,
            until,
            {QStringLiteral("DNS:api.example.com")},
            {}};
}

} // namespace

class TestConnectionPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsSetComesBack_data();
    void whatIsSetComesBack();
    void typingIsAnEdit_settingIsNot();
    void onlyWhatMattersIsShown();
    void anUnverifiedCertificateIsSaidOnTheScreen();
    void theDraftKeepsThem_theSendGetsThem();
    void filesAreAskedFor_andStandAsIfTyped();
    void variablesAreAskedFor_andFilledIn();
    void cookiesAreCounted_shown_cleared();
    void cookiesCanBeTurnedOff();
    void validity_data();
    void validity();
    void tlsTabShowsTheChain();
    void redirectsTabShowsEachHop();
    void tabsOfNothingAreHidden();
};

void TestConnectionPane::whatIsSetComesBack_data()
{
    QTest::addColumn<SendSettings>("settings");
    QTest::newRow("defaults") << SendSettings();
    QTest::newRow("everything") << everything();
    SendSettings some;
    some.proxy = ProxySettings{ProxySettings::Mode::None, {}, {}, false};
    some.deadline = Millis(0);
    QTest::newRow("no proxy, no deadline") << some;
}

void TestConnectionPane::whatIsSetComesBack()
{
    QFETCH(const SendSettings, settings);
    ConnectionPane pane;
    pane.setSettings(settings);
    QVERIFY(pane.settings() == settings);
    pane.setSettings({});
    QVERIFY(pane.settings() == SendSettings());
}

void TestConnectionPane::typingIsAnEdit_settingIsNot()
{
    ConnectionPane pane;
    QSignalSpy edits(&pane, &ConnectionPane::edited);
    pane.setSettings(everything());
    QCOMPARE(edits.size(), 0);
    field<QLineEdit>(pane, "Authorities")->setText(QStringLiteral("/other.pem"));
    field<QDoubleSpinBox>(pane, "Deadline")->setValue(7);
    field<QComboBox>(pane, "HTTP version")->setCurrentIndex(1);
    button<QCheckBox>(pane, "Follow redirects")->setChecked(true);
    QCOMPARE(edits.size(), 4);
    QCOMPARE(pane.settings().version, HttpVersion::Http11);
    QCOMPARE(pane.settings().tls->caFile, QStringLiteral("/other.pem"));
}

void TestConnectionPane::onlyWhatMattersIsShown()
{
    ConnectionPane pane;
    const auto *address = field<QLineEdit>(pane, "Address of the proxy");
    const QWidget *key = field<QLineEdit>(pane, "Key of the client certificate")->parentWidget();
    QVERIFY(address->isHidden());
    QVERIFY(key->isHidden());
    pane.setSettings(everything());
    QVERIFY(!address->isHidden());
    QVERIFY(!key->isHidden());
    QCOMPARE(field<QLineEdit>(pane, "Password of the key")->echoMode(), QLineEdit::Password);
}

void TestConnectionPane::anUnverifiedCertificateIsSaidOnTheScreen()
{
    RequestEditor editor;
    const auto *tabs = editor.findChild<QTabWidget *>();
    const auto *pane = editor.findChild<ConnectionPane *>();
    QCOMPARE(tabs->tabText(5), QStringLiteral("Options"));
    button<QCheckBox>(*pane, "Verify the server's certificate")->setChecked(false);
    QCOMPARE(tabs->tabText(5), QStringLiteral("Options: not verified"));
    QVERIFY(textsOf(*pane).contains(QLatin1String("Whoever is in between")));
}

void TestConnectionPane::theDraftKeepsThem_theSendGetsThem()
{
    RequestEditor editor;
    RequestDraft draft;
    draft.url = "https://a.example/";
    draft.settings = everything();
    editor.setDraft(draft);
    QVERIFY(editor.draft().settings == everything());
    const SendOptions options = editor.options();
    QCOMPARE(options.maxRedirects, 3);
    QVERIFY(!options.tls.verify);
    QCOMPARE(options.proxy.address, QByteArray("http://p.example:3128"));
    editor.setDraft({});
    QVERIFY(editor.options().tls.verify);
}

void TestConnectionPane::filesAreAskedFor_andStandAsIfTyped()
{
    ConnectionPane pane;
    QList<ConnectionFile> wanted;
    connect(&pane, &ConnectionPane::fileWanted, &pane, [&](ConnectionFile which) {
        wanted << which;
        pane.setFile(which, QStringLiteral("/chosen/%1.pem").arg(wanted.size()));
    });
    const QSignalSpy edits(&pane, &ConnectionPane::edited);
    for (const char *name :
         {"Choose: Authorities", "Choose: Client certificate", "Choose: Key of the client certificate"})
        field<QToolButton>(pane, name)->click();
    QCOMPARE(wanted,
             QList<ConnectionFile>({ConnectionFile::Authorities, ConnectionFile::Certificate, ConnectionFile::Key}));
    QCOMPARE(edits.size(), 3);
    const SendSettings settings = pane.settings();
    QCOMPARE(settings.tls->caFile, QStringLiteral("/chosen/1.pem"));
    QCOMPARE(settings.tls->clientCertificate, QStringLiteral("/chosen/2.pem"));
    QCOMPARE(settings.tls->clientKey, QStringLiteral("/chosen/3.pem"));
}

void TestConnectionPane::variablesAreAskedFor_andFilledIn()
{
    RequestEditor editor;
    RequestDraft draft;
    draft.url = "http://a.example/";
    draft.settings.proxy =
        ProxySettings{ProxySettings::Mode::Manual, "http://{{user}}@{{proxy}}:3128", {"{{inside}}"}, false};
    draft.settings.tls =
        TlsSettings{true, QStringLiteral("{{certs}}/ca.pem"), QStringLiteral("{{certs}}/me.pem"), {}, "{{password}}"};
    editor.setDraft(draft);
    editor.setVariables({{QStringLiteral("user"), QStringLiteral("me")},
                         {QStringLiteral("certs"), QStringLiteral("/etc/certs")},
                         {QStringLiteral("inside"), QStringLiteral("b.example")},
                         {QStringLiteral("password"), QStringLiteral("pw")}});
    // What has no value is asked for, like in the request itself, and nothing is sent before.
    const Result<HttpRequest> refused = editor.request();
    QVERIFY(!refused);
    QVERIFY2(refused.error().text().contains(QLatin1String("{{proxy}}")), qPrintable(refused.error().text()));
    auto *asked = field<QLineEdit>(editor, "proxy");
    QVERIFY(asked);
    asked->setText(QStringLiteral("p.example"));
    QVERIFY(editor.request());
    const SendOptions options = editor.options();
    QCOMPARE(options.proxy.address, QByteArray("http://me@p.example:3128"));
    QCOMPARE(options.proxy.direct, QByteArrayList{"b.example"});
    QCOMPARE(options.tls.caFile, QStringLiteral("/etc/certs/ca.pem"));
    QCOMPARE(options.tls.clientCertificate, QStringLiteral("/etc/certs/me.pem"));
    QCOMPARE(options.tls.clientKeyPassword, QByteArray("pw"));
    QVERIFY(editor.draft().settings == draft.settings);
}

void TestConnectionPane::cookiesAreCounted_shown_cleared()
{
    auto jar = std::make_shared<CookieJar>(noon);
    jar->receive("https://api.example.com/",
                 {{"Set-Cookie", "sid=secret-value; Secure; SameSite=Lax"}, {"Set-Cookie", "bad=1; Domain=com"}});
    ConnectionPane pane;
    pane.setJar(jar);
    QVERIFY(textsOf(pane).contains(QLatin1String("1 kept, 1 refused")));
    CookieList list(*jar);
    const auto *table = list.findChild<QTableWidget *>();
    QCOMPARE(table->rowCount(), 1);
    QCOMPARE(table->item(0, 0)->text(), QStringLiteral("sid"));
    QVERIFY(!table->item(0, 1)->text().contains(QLatin1String("secret")));
    QCOMPARE(table->item(0, 5)->text(), QStringLiteral("Secure, SameSite=Lax"));
    button<QCheckBox>(list, "Show values")->setChecked(true);
    QCOMPARE(table->item(0, 1)->text(), QStringLiteral("secret-value"));
    QVERIFY(textsOf(list).contains(QLatin1String("bad of api.example.com: Domain is com")));
    button<QPushButton>(pane, "Clear")->click();
    QVERIFY(jar->cookies().empty());
    QVERIFY(textsOf(pane).contains(QLatin1String("none kept")));
}

void TestConnectionPane::cookiesCanBeTurnedOff()
{
    RequestEditor editor;
    editor.setJar(std::make_shared<CookieJar>());
    QVERIFY(editor.options().cookies);
    button<QCheckBox>(editor, "Send and keep them")->setChecked(false);
    QVERIFY(!editor.options().cookies);
}

void TestConnectionPane::validity_data()
{
    QTest::addColumn<int>("fromDays");
    QTest::addColumn<int>("untilDays");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<bool>("warned");
    QTest::newRow("good") << -10 << 80 << QStringLiteral("valid for 80 days") << false;
    QTest::newRow("edge") << -10 << 30 << QStringLiteral("valid for 30 days") << false;
    QTest::newRow("soon") << -10 << 29 << QStringLiteral("expires in 29 days") << true;
    QTest::newRow("tomorrow") << -10 << 1 << QStringLiteral("expires in 1 day") << true;
    QTest::newRow("expired") << -10 << -3 << QStringLiteral("expired 3 days ago") << true;
    QTest::newRow("not yet") << 2 << 90 << QStringLiteral("not valid before 2026-05-06") << true;
}

void TestConnectionPane::validity()
{
    QFETCH(const int, fromDays);
    QFETCH(const int, untilDays);
    QFETCH(const bool, warned);
    const Certificate one = certificate(noon().addDays(fromDays), noon().addDays(untilDays));
    QTEST(validityText(one, noon()), "expected");
    QCOMPARE(isNearItsEnd(TlsDetails{{}, {}, {one}}, noon()), warned);
    QCOMPARE(validityText(certificate({}, {}), noon()), QStringLiteral("validity unknown"));
}

void TestConnectionPane::tlsTabShowsTheChain()
{
    TlsPane pane;
    TlsDetails details{
        QStringLiteral("TLSv1.3"),
        QStringLiteral("TLS_AES_256_GCM_SHA384"),
        {certificate(noon().addDays(-1), noon().addDays(9)), certificate(noon().addDays(-1), noon().addDays(900))}};
    pane.setDetails(details, noon());
    for (const char *text : {"TLSv1.3", "TLS_AES_256_GCM_SHA384", "CN = api.example.com", "CN = Test CA",
                             "DNS:api.example.com", "the chain is trusted", "2026-05-13 12:00 UTC"})
        QVERIFY2(textsOf(pane).contains(QLatin1String(text)), text);
    details.verified = false;
    details.chain.clear();
    pane.setDetails(details, noon());
    QVERIFY(textsOf(pane).contains(QLatin1String("Not verified")));
    QVERIFY(!textsOf(pane).contains(QLatin1String("the chain is trusted")));
}

void TestConnectionPane::redirectsTabShowsEachHop()
{
    RedirectsPane pane;
    pane.setRedirects({{302, "https://a.example/", "https://a.example/b", false},
                       {307, "https://a.example/b", "https://c.example/", true}});
    const QString texts = textsOf(pane);
    QVERIFY(texts.contains(QLatin1String("https://a.example/b")));
    QVERIFY(texts.contains(QLatin1String("https://c.example/")));
    QCOMPARE(texts.count(QLatin1String("were left out")), 1);
}

void TestConnectionPane::tabsOfNothingAreHidden()
{
    AnswerView view;
    const auto *tabs = view.findChild<QTabWidget *>();
    SendResult result;
    result.response = HttpResponse{200, "OK", "HTTP/1.1", {}, "x"};
    view.setResult({}, result, {});
    QVERIFY(!tabs->isTabVisible(5));
    QVERIFY(!tabs->isTabVisible(6));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    result.tls = TlsDetails{QStringLiteral("TLSv1.3"), {}, {certificate(now.addDays(-9), now.addDays(9))}};
    result.redirects = {{302, "https://a.example/", "https://a.example/b", false}};
    view.setResult({}, result, {});
    QVERIFY(tabs->isTabVisible(5));
    QCOMPARE(tabs->tabText(5), QStringLiteral("TLS !"));
    QVERIFY(tabs->tabToolTip(5).contains(QLatin1String("certificate")));
    QCOMPARE(tabs->tabText(6), QStringLiteral("Redirects 1"));
}

QTEST_MAIN(TestConnectionPane)
#include "tst_connectionpane.moc"
