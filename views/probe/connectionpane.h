// How a request is sent: deadline, redirects, HTTP version, proxy, certificates, cookies.
#pragma once

#include "models/http/sendsettings.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace errata {

class FlowLayout;
class NoteLine;

/// The files a connection may need.
enum class ConnectionFile { Authorities, Certificate, Key };

class ConnectionPane : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionPane(QWidget *parent = nullptr);

    /// Emits nothing.
    void setSettings(const SendSettings &settings);
    /// What differs from the defaults.
    [[nodiscard]] SendSettings settings() const;
    /// The cookies that would be sent and kept, none: there is no jar.
    void setJar(std::shared_ptr<CookieJar> jar);
    /// Says how many there are now.
    void countCookies();
    [[nodiscard]] bool verifies() const;
    /// As if its path had been typed.
    void setFile(ConnectionFile which, const QString &path);

Q_SIGNALS:
    void edited();
    void fileWanted(errata::ConnectionFile which);

private:
    void buildGeneral();
    void buildProxy();
    void buildTls();
    void buildCookies();
    /// A titled column; rows that follow stand in it.
    void addSection(const QString &title);
    void changed();
    void showFields();
    void showCookies();
    [[nodiscard]] QLineEdit *pathField(const QString &name);
    /// A row with a button that asks for the file.
    void addFileRow(const QString &label, QLineEdit *field, ConnectionFile which);
    [[nodiscard]] std::optional<ProxySettings> proxy() const;
    [[nodiscard]] std::optional<TlsSettings> tls() const;

    bool m_setting = false;
    std::shared_ptr<CookieJar> m_jar;
    FlowLayout *m_sections;
    QFormLayout *m_form = nullptr; ///< of the section last added
    QDoubleSpinBox *m_deadline = nullptr;
    QCheckBox *m_follow = nullptr;
    QSpinBox *m_redirects = nullptr;
    QComboBox *m_version = nullptr;
    QSpinBox *m_bodyLimit = nullptr;
    QComboBox *m_proxyMode = nullptr;
    QLineEdit *m_proxyAddress = nullptr;
    QLineEdit *m_direct = nullptr;
    QCheckBox *m_loopbackToo = nullptr;
    QCheckBox *m_verify = nullptr;
    NoteLine *m_warning = nullptr;
    QLineEdit *m_caFile = nullptr;
    QLineEdit *m_certificate = nullptr;
    QLineEdit *m_key = nullptr;
    QLineEdit *m_keyPassword = nullptr;
    QCheckBox *m_cookies = nullptr;
    QLabel *m_cookieCount = nullptr;
    QPushButton *m_showCookies = nullptr;
    QPushButton *m_clearCookies = nullptr;
};

} // namespace errata
