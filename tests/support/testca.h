// Certificates made for a test, by the openssl command.
#pragma once

#include <QString>
#include <QTemporaryDir>

namespace errata {

/// Files in PEM form.
struct TestIdentity
{
    QString certificate;
    QString key;
};

/// The one in tests/data/tls: for 127.0.0.1, signed by itself.
[[nodiscard]] TestIdentity loopbackIdentity();

/// An authority of its own in a folder of its own; both go with it.
class TestCa
{
public:
    TestCa();

    [[nodiscard]] QString file() const { return m_authority.certificate; }
    /// \a names as in "IP:127.0.0.1,DNS:localhost". With negative \a days it has expired.
    [[nodiscard]] TestIdentity issue(const QString &names, int days = 2);
    [[nodiscard]] TestIdentity selfSigned(const QString &names);
    /// The key under a password.
    [[nodiscard]] QString locked(const TestIdentity &identity, const QString &password);

private:
    [[nodiscard]] TestIdentity next();

    QTemporaryDir m_dir;
    int m_count = 0;
    TestIdentity m_authority; // made from both
};

} // namespace errata
