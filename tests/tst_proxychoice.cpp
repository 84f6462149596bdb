#include "models/net/proxychoice.h"

#include <QTest>

using namespace errata;
using Mode = ProxySettings::Mode;
using Environment = QHash<QByteArray, QByteArray>;

Q_DECLARE_METATYPE(ProxySettings)

class ProxyChoiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choices_data();
    void choices();
    void badAddresses_data();
    void badAddresses();
    void userInfo_isLeftOut_data();
    void userInfo_isLeftOut();
};

void ProxyChoiceTest::choices_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<ProxySettings>("settings");
    QTest::addColumn<Environment>("environment");
    QTest::addColumn<QByteArray>("proxy"); // empty: direct
    const auto system = [](const char *name, const QByteArray &url, const Environment &environment,
                           const QByteArray &proxy) {
        QTest::newRow(name) << url << ProxySettings() << environment << proxy;
    };
    const auto manual = [](const char *name, const QByteArray &url, const QByteArrayList &direct,
                           const QByteArray &proxy) {
        QTest::newRow(name) << url << ProxySettings{Mode::Manual, "socks5h://p:1080", direct} << Environment() << proxy;
    };
    const Environment both = {{"http_proxy", "p:1"}, {"HTTPS_PROXY", "http://me:pw@s:2"}};
    const auto except = [](const QByteArray &list) {
        return Environment{{"all_proxy", "socks5://a:3"}, {"NO_PROXY", list}};
    };
    system("nothing said", "http://h/", {}, {});
    system("http", "http://h/", both, "http://p:1");
    system("https", "https://h/", both, "http://me:pw@s:2");
    system("a header cannot set it", "http://h/", {{"HTTP_PROXY", "p:1"}}, {});
    system("all", "https://h/", {{"ALL_PROXY", "socks5h://a:3"}}, "socks5h://a:3");
    system("small letters first", "https://h/", {{"https_proxy", "a:1"}, {"HTTPS_PROXY", "b:1"}}, "http://a:1");
    system("empty is none", "http://h/", {{"http_proxy", ""}}, {});
    system("loopback by name", "http://localhost:8080/", both, {});
    system("loopback below its name", "http://x.LOCALHOST/", both, {});
    system("loopback by address", "http://127.1.2.3/", both, {});
    system("loopback in IPv6", "http://[::1]:80/", both, {});
    system("only nearly loopback", "http://127.example.com/", both, "http://p:1");
    system("the host excepted", "http://example.com/", except("x, example.com"), {});
    system("its domain excepted", "http://api.Example.com/", except(".example.com"), {});
    system("a name that ends alike", "http://anexample.com/", except("example.com"), "socks5://a:3");
    system("all excepted", "http://h/", except("*"), {});
    system("its network excepted", "http://10.1.2.3/", except("10.0.0.0/8"), {});
    system("another network excepted", "http://11.1.2.3/", except("10.0.0.0/8"), "socks5://a:3");
    system("no network", "http://10.1.2.3/", except("10.0.0.0/99"), "socks5://a:3");
    system("an address in brackets", "http://[2001:db8::1]/", except("[2001:db8::1]"), {});

    manual("by hand", "http://h/", {}, "socks5h://p:1080");
    manual("by hand, excepted", "http://h.example/", {"example"}, {});
    manual("by hand, loopback", "http://127.0.0.1/", {}, {});
    QTest::newRow("loopback when asked for")
        << QByteArray("http://127.0.0.1/") << ProxySettings{Mode::Manual, "p:1", {}, true} << Environment()
        << QByteArray("http://p:1");
    QTest::newRow("exceptions named here, in place of no_proxy")
        << QByteArray("http://h/") << ProxySettings{Mode::System, {}, {"h"}} << both << QByteArray();
    QTest::newRow("no_proxy counts no longer") << QByteArray("http://h/") << ProxySettings{Mode::System, {}, {"other"}}
                                               << except("h") << QByteArray("socks5://a:3");
    QTest::newRow("none") << QByteArray("http://h/") << ProxySettings{Mode::None, "p:1"} << both << QByteArray();
}

void ProxyChoiceTest::choices()
{
    QFETCH(QByteArray, url);
    QFETCH(ProxySettings, settings);
    QFETCH(Environment, environment);
    const auto proxy = proxyFor(url, settings, [&](const char *name) { return environment.value(name); });
    QVERIFY2(proxy, qPrintable(proxy.ok() ? QString() : proxy.error().text()));
    QTEST(proxy->value_or(QByteArray()), "proxy");
}

void ProxyChoiceTest::badAddresses_data()
{
    QTest::addColumn<QByteArray>("address");
    for (const char *address : {"", "ftp://p:1", "http://", "socks5://:1080", "http://p:99999"})
        QTest::addRow("%s", address) << QByteArray(address);
}

void ProxyChoiceTest::badAddresses()
{
    QFETCH(QByteArray, address);
    const auto proxy = proxyFor("http://h/", {Mode::Manual, address}, [](const char *) { return QByteArray(); });
    QVERIFY(!proxy);
    QVERIFY(!proxy.error().message.isEmpty());
}

void ProxyChoiceTest::userInfo_isLeftOut_data()
{
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("http://me:pw@p:1") << QByteArray("http://p:1");
    QTest::newRow("http://me:p@w@p:1/") << QByteArray("http://p:1/");
    QTest::newRow("http://p:1") << QByteArray("http://p:1");
    QTest::newRow("http://p:1/a@b") << QByteArray("http://p:1/a@b");
}

void ProxyChoiceTest::userInfo_isLeftOut()
{
    QTEST(withoutUserInfo(QTest::currentDataTag()), "shown");
}

QTEST_APPLESS_MAIN(ProxyChoiceTest)
#include "tst_proxychoice.moc"
