#include "views/probe/connectionpane.h"

#include "models/http/cookiejar.h"
#include "views/probe/cookielist.h"
#include "views/theme/theme.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

namespace errata {

namespace {

constexpr int NumberWidth = 140;
constexpr int SectionWidth = 284;

template <typename T>
std::optional<T> unlessDefault(const T &value, const T &usual)
{
    return value == usual ? std::nullopt : std::optional(value);
}

} // namespace

ConnectionPane::ConnectionPane(QWidget *parent) : QWidget(parent), m_sections(new FlowLayout(this))
{
    m_sections->setContentsMargins(0, 2 * Step, 0, 0);
    buildGeneral();
    buildProxy();
    buildTls();
    buildCookies();
    setSettings({});
    for (QDoubleSpinBox *box : findChildren<QDoubleSpinBox *>())
        connect(box, &QDoubleSpinBox::valueChanged, this, &ConnectionPane::changed);
    for (QSpinBox *box : findChildren<QSpinBox *>())
        connect(box, &QSpinBox::valueChanged, this, &ConnectionPane::changed);
    for (QCheckBox *box : findChildren<QCheckBox *>())
        connect(box, &QCheckBox::toggled, this, &ConnectionPane::changed);
    for (QComboBox *box : findChildren<QComboBox *>())
        connect(box, &QComboBox::currentIndexChanged, this, &ConnectionPane::changed);
    for (QLineEdit *edit : {m_proxyAddress, m_direct, m_caFile, m_certificate, m_key, m_keyPassword})
        connect(edit, &QLineEdit::textChanged, this, &ConnectionPane::changed);
}

void ConnectionPane::addSection(const QString &title)
{
    auto *section = new QWidget(this);
    section->setFixedWidth(SectionWidth);
    m_form = new QFormLayout(section);
    m_form->setContentsMargins(0, 0, 2 * Step, 3 * Step);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(sectionTitle(title, section));
    m_sections->addWidget(section);
    m_sections->setAlignment(section, Qt::AlignTop);
}

void ConnectionPane::buildGeneral()
{
    addSection(tr("Sending"));
    m_deadline = new QDoubleSpinBox(this);
    m_deadline->setRange(0, 86400);
    m_deadline->setDecimals(1);
    m_deadline->setSuffix(tr(" s"));
    m_deadline->setSpecialValueText(tr("none"));
    m_deadline->setToolTip(tr("From Send to the last byte of one attempt"));
    m_deadline->setAccessibleName(tr("Deadline"));
    m_follow = new QCheckBox(tr("Follow redirects"), this);
    m_redirects = new QSpinBox(this);
    m_redirects->setRange(0, 50);
    m_redirects->setSuffix(tr(" redirects"));
    m_redirects->setAccessibleName(tr("At most this many redirects"));
    m_bodyLimit = new QSpinBox(this);
    m_bodyLimit->setRange(1, 1024);
    m_bodyLimit->setSuffix(tr(" MB"));
    m_bodyLimit->setToolTip(tr("A larger answer is cut off and said to be"));
    m_bodyLimit->setAccessibleName(tr("Largest answer"));
    m_version = new QComboBox(this);
    m_version->addItems({tr("What the server prefers"), tr("HTTP/1.1"), tr("HTTP/2")});
    m_version->setAccessibleName(tr("HTTP version"));
    for (QWidget *field :
         {static_cast<QWidget *>(m_deadline), static_cast<QWidget *>(m_redirects), static_cast<QWidget *>(m_bodyLimit)})
        field->setFixedWidth(NumberWidth);
    m_form->addRow(tr("Deadline"), m_deadline);
    m_form->addRow(m_follow);
    m_form->addRow(tr("At most"), m_redirects);
    m_form->addRow(tr("Largest answer"), m_bodyLimit);
    m_form->addRow(tr("Version"), m_version);
}

void ConnectionPane::buildProxy()
{
    addSection(tr("Proxy"));
    m_proxyMode = new QComboBox(this);
    m_proxyMode->addItems({tr("As the environment says"), tr("This one"), tr("None")});
    m_proxyMode->setToolTip(tr("http_proxy, https_proxy, all_proxy and no_proxy; never for this computer itself"));
    m_proxyMode->setAccessibleName(tr("Proxy"));
    m_proxyAddress = pathField(tr("Address of the proxy"));
    m_proxyAddress->setPlaceholderText(QStringLiteral("http://user:password@proxy.example:3128"));
    m_direct = pathField(tr("Hosts reached without it"));
    m_direct->setPlaceholderText(QStringLiteral("internal.example, 10.0.0.0/8"));
    m_loopbackToo = new QCheckBox(tr("Also for this computer itself"), this);
    m_form->addRow(tr("Use"), m_proxyMode);
    m_form->addRow(tr("Address"), m_proxyAddress);
    m_form->addRow(tr("Not for"), m_direct);
    m_form->addRow(m_loopbackToo);
}

void ConnectionPane::buildTls()
{
    addSection(tr("Certificates"));
    m_verify = new QCheckBox(tr("Verify the server's certificate"), this);
    m_warning = new NoteLine(this);
    m_caFile = pathField(tr("Authorities"));
    m_caFile->setPlaceholderText(tr("the system's; or a PEM file"));
    m_certificate = pathField(tr("Client certificate"));
    m_certificate->setPlaceholderText(tr("none; or a PEM file"));
    m_key = pathField(tr("Key of the client certificate"));
    m_key->setPlaceholderText(tr("in the same file; or a PEM file"));
    m_keyPassword = pathField(tr("Password of the key"));
    m_keyPassword->setEchoMode(QLineEdit::Password);
    m_form->addRow(m_verify);
    m_form->addRow(m_warning);
    addFileRow(tr("Authorities"), m_caFile, ConnectionFile::Authorities);
    addFileRow(tr("Client certificate"), m_certificate, ConnectionFile::Certificate);
    addFileRow(tr("Its key"), m_key, ConnectionFile::Key);
    m_form->addRow(tr("Key's password"), m_keyPassword);
}

void ConnectionPane::buildCookies()
{
    addSection(tr("Cookies"));
    m_cookies = new QCheckBox(tr("Send and keep them"), this);
    m_cookies->setToolTip(
        tr("Those of the environment, in memory until Errata ends. “As sent” shows what went along."));
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    m_cookieCount = mutedLabel({}, row);
    m_showCookies = new QPushButton(tr("Show…"), row);
    m_clearCookies = new QPushButton(tr("Clear"), row);
    line->addWidget(m_cookieCount);
    line->addWidget(m_showCookies);
    line->addWidget(m_clearCookies);
    line->addStretch();
    m_form->addRow(m_cookies);
    m_form->addRow(row);
    connect(m_showCookies, &QPushButton::clicked, this, &ConnectionPane::showCookies);
    connect(m_clearCookies, &QPushButton::clicked, this, [this] {
        if (m_jar)
            m_jar->clear();
        countCookies();
    });
    countCookies();
}

QLineEdit *ConnectionPane::pathField(const QString &name)
{
    auto *field = new QLineEdit(this);
    field->setFont(fixedFont(font()));
    field->setAccessibleName(name);
    return field;
}

void ConnectionPane::addFileRow(const QString &label, QLineEdit *field, ConnectionFile which)
{
    auto *row = new QWidget(m_form->parentWidget());
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto *choose = new QToolButton(row); // narrow: a path needs all the room there is
    choose->setText(QStringLiteral("…"));
    choose->setToolTip(tr("Choose a file"));
    choose->setAccessibleName(tr("Choose: %1").arg(field->accessibleName()));
    line->addWidget(field, 1);
    line->addWidget(choose);
    m_form->addRow(label, row);
    connect(choose, &QToolButton::clicked, this, [this, which] { Q_EMIT fileWanted(which); });
}

void ConnectionPane::setFile(ConnectionFile which, const QString &path)
{
    QLineEdit *field = which == ConnectionFile::Authorities   ? m_caFile
                       : which == ConnectionFile::Certificate ? m_certificate
                                                              : m_key;
    field->setText(path);
}

void ConnectionPane::setSettings(const SendSettings &settings)
{
    m_setting = true;
    const SendOptions options = applied(settings, {});
    m_deadline->setValue(options.deadline.count() / 1000);
    m_follow->setChecked(options.followRedirects);
    m_redirects->setValue(options.maxRedirects);
    m_bodyLimit->setValue(static_cast<int>(options.bodyLimit / limits::Megabyte));
    m_version->setCurrentIndex(static_cast<int>(options.version));
    m_proxyMode->setCurrentIndex(static_cast<int>(options.proxy.mode));
    m_proxyAddress->setText(QString::fromUtf8(options.proxy.address));
    m_direct->setText(QString::fromUtf8(options.proxy.direct.join(", ")));
    m_loopbackToo->setChecked(options.proxy.loopbackToo);
    m_verify->setChecked(options.tls.verify);
    m_caFile->setText(options.tls.caFile);
    m_certificate->setText(options.tls.clientCertificate);
    m_key->setText(options.tls.clientKey);
    m_keyPassword->setText(QString::fromUtf8(options.tls.clientKeyPassword));
    m_cookies->setChecked(settings.cookies.value_or(true));
    m_setting = false;
    showFields();
}

SendSettings ConnectionPane::settings() const
{
    const SendOptions usual;
    SendSettings settings;
    settings.deadline = unlessDefault(Millis(m_deadline->value() * 1000), usual.deadline);
    settings.followRedirects = unlessDefault(m_follow->isChecked(), usual.followRedirects);
    settings.maxRedirects = unlessDefault(m_redirects->value(), usual.maxRedirects);
    settings.bodyLimit = unlessDefault(m_bodyLimit->value() * limits::Megabyte, usual.bodyLimit);
    settings.version = unlessDefault(static_cast<HttpVersion>(m_version->currentIndex()), usual.version);
    settings.proxy = proxy();
    settings.tls = tls();
    settings.cookies = unlessDefault(m_cookies->isChecked(), true);
    return settings;
}

std::optional<ProxySettings> ConnectionPane::proxy() const
{
    ProxySettings settings;
    settings.mode = static_cast<ProxySettings::Mode>(m_proxyMode->currentIndex());
    settings.address = m_proxyAddress->text().trimmed().toUtf8();
    const QStringList hosts = m_direct->text().split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &host : hosts)
        settings.direct << host.trimmed().toUtf8();
    settings.loopbackToo = m_loopbackToo->isChecked();
    return unlessDefault(settings, ProxySettings());
}

std::optional<TlsSettings> ConnectionPane::tls() const
{
    const TlsSettings settings{m_verify->isChecked(), m_caFile->text().trimmed(), m_certificate->text().trimmed(),
                               m_key->text().trimmed(), m_keyPassword->text().toUtf8()};
    return unlessDefault(settings, TlsSettings());
}

bool ConnectionPane::verifies() const
{
    return m_verify->isChecked();
}

void ConnectionPane::setJar(std::shared_ptr<CookieJar> jar)
{
    m_jar = std::move(jar);
    countCookies();
}

void ConnectionPane::countCookies()
{
    const std::size_t count = m_jar ? m_jar->cookies().size() : 0;
    const qsizetype refused = m_jar ? m_jar->refusals().size() : 0;
    QString text = count == 0 ? tr("none kept") : count == 1 ? tr("1 kept") : tr("%1 kept").arg(count);
    if (refused > 0)
        text += tr(", %1 refused").arg(refused);
    m_cookieCount->setText(text);
    m_showCookies->setEnabled(count > 0 || refused > 0);
    m_clearCookies->setEnabled(count > 0 || refused > 0);
}

void ConnectionPane::showCookies()
{
    if (!m_jar)
        return;
    auto *list = new CookieList(*m_jar, this);
    list->setAttribute(Qt::WA_DeleteOnClose);
    list->open();
}

void ConnectionPane::changed()
{
    showFields();
    if (!m_setting)
        Q_EMIT edited();
}

void ConnectionPane::showFields()
{
    const auto show = [](QWidget *field, bool visible) {
        field->setVisible(visible);
        const auto *rows = qobject_cast<QFormLayout *>(field->parentWidget()->layout());
        if (QWidget *label = rows ? rows->labelForField(field) : nullptr)
            label->setVisible(visible);
    };
    const auto mode = static_cast<ProxySettings::Mode>(m_proxyMode->currentIndex());
    show(m_proxyAddress, mode == ProxySettings::Mode::Manual);
    show(m_direct, mode != ProxySettings::Mode::None);
    show(m_loopbackToo, mode != ProxySettings::Mode::None);
    const bool hasCertificate = !m_certificate->text().trimmed().isEmpty();
    show(m_key->parentWidget(), hasCertificate);
    show(m_keyPassword, hasCertificate);
    m_redirects->setEnabled(m_follow->isChecked());
    if (m_verify->isChecked())
        m_warning->clearNote();
    else
        m_warning->showProblem(tr("Whoever is in between can read and change everything. For a server of your own, "
                                  "naming its authority below is safer."));
}

} // namespace errata
