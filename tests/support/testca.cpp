#include "tests/support/testca.h"

#include <QProcess>
#include <QStringList>

namespace errata {

namespace {

void openssl(const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("openssl"), arguments);
    if (!process.waitForFinished() || process.exitCode() != 0)
        qFatal("openssl %s: %s %s", qPrintable(arguments.join(QLatin1Char(' '))), qPrintable(process.errorString()),
               process.readAll().constData());
}

QStringList newKey(const QString &file)
{
    return {QStringLiteral("-newkey"),
            QStringLiteral("ec"),
            QStringLiteral("-pkeyopt"),
            QStringLiteral("ec_paramgen_curve:prime256v1"),
            QStringLiteral("-nodes"),
            QStringLiteral("-keyout"),
            file};
}

QStringList named(const QString &name, const QString &names)
{
    QStringList arguments{QStringLiteral("-subj"), QStringLiteral("/CN=") + name};
    if (!names.isEmpty())
        arguments << QStringLiteral("-addext") << QStringLiteral("subjectAltName=") + names;
    return arguments;
}

QStringList selfSigning(const TestIdentity &to, const QString &name, const QString &names)
{
    return QStringList{QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-days"),
                       QStringLiteral("2"),   QStringLiteral("-out"),  to.certificate} +
           newKey(to.key) + named(name, names);
}

} // namespace

TestIdentity loopbackIdentity()
{
    const QString folder = QStringLiteral(ERRATA_SOURCE_DIR "/tests/data/tls/");
    return {folder + QStringLiteral("loopback.crt"), folder + QStringLiteral("loopback.key")};
}

TestCa::TestCa() : m_authority(next())
{
    openssl(selfSigning(m_authority, QStringLiteral("Errata Test CA"), {}));
}

TestIdentity TestCa::issue(const QString &names, int days)
{
    const TestIdentity identity = next();
    const QString wish = identity.certificate + QStringLiteral(".csr");
    openssl(QStringList{QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-out"), wish} +
            newKey(identity.key) + named(QStringLiteral("Errata test"), names));
    openssl({QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"), wish, QStringLiteral("-CA"),
             m_authority.certificate, QStringLiteral("-CAkey"), m_authority.key, QStringLiteral("-set_serial"),
             QString::number(m_count), QStringLiteral("-days"), QString::number(days),
             QStringLiteral("-copy_extensions"), QStringLiteral("copyall"), QStringLiteral("-out"),
             identity.certificate});
    return identity;
}

TestIdentity TestCa::selfSigned(const QString &names)
{
    const TestIdentity identity = next();
    openssl(selfSigning(identity, QStringLiteral("Errata test"), names));
    return identity;
}

QString TestCa::locked(const TestIdentity &identity, const QString &password)
{
    const QString file = next().key;
    openssl({QStringLiteral("ec"), QStringLiteral("-in"), identity.key, QStringLiteral("-aes128"),
             QStringLiteral("-passout"), QStringLiteral("pass:") + password, QStringLiteral("-out"), file});
    return file;
}

TestIdentity TestCa::next()
{
    const QString stem = m_dir.filePath(QString::number(++m_count));
    return {stem + QStringLiteral(".crt"), stem + QStringLiteral(".key")};
}

} // namespace errata
