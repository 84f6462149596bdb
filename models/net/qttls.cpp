#include "models/net/qttls.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslKey>

#include <algorithm>

namespace errata {

namespace {

Result<QList<QSslCertificate>> certificatesIn(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{file.errorString(), path};
    const QList<QSslCertificate> certificates = QSslCertificate::fromDevice(&file);
    if (certificates.isEmpty())
        return Error{QStringLiteral("holds no certificate in PEM form"), path};
    return certificates;
}

Result<QSslKey> keyIn(const QString &path, const QByteArray &password)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{file.errorString(), path};
    const QByteArray pem = file.readAll();
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey, password);
        if (!key.isNull())
            return key;
    }
    return Error{QStringLiteral("holds no key in PEM form, or has another password"), path};
}

Certificate certificateFrom(const QSslCertificate &certificate)
{
    Certificate result;
    result.subject = certificate.subjectDisplayName();
    result.issuer = certificate.issuerDisplayName();
    result.validFrom = certificate.effectiveDate();
    result.validUntil = certificate.expiryDate();
    const auto names = certificate.subjectAlternativeNames();
    for (auto it = names.begin(); it != names.end(); ++it) {
        const bool address = it.key() == QSsl::IpAddressEntry;
        if (address || it.key() == QSsl::DnsEntry)
            result.names << (address ? QStringLiteral("IP Address:%1") : QStringLiteral("DNS:%1")).arg(it.value());
    }
    result.pem = certificate.toPem();
    return result;
}

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return QStringLiteral("TLSv1.2");
    case QSsl::TlsV1_3:
        return QStringLiteral("TLSv1.3");
    default:
        return {};
    }
}

} // namespace

Result<QSslConfiguration> sslConfiguration(const TlsSettings &settings)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (!settings.verify)
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (!settings.caFile.isEmpty()) {
        const auto authorities = certificatesIn(settings.caFile);
        if (!authorities)
            return authorities.error();
        configuration.setCaCertificates(*authorities);
    }
    if (settings.clientCertificate.isEmpty())
        return configuration;
    const auto own = certificatesIn(settings.clientCertificate);
    if (!own)
        return own.error();
    const auto key = keyIn(settings.clientKey.isEmpty() ? settings.clientCertificate : settings.clientKey,
                           settings.clientKeyPassword);
    if (!key)
        return key.error();
    configuration.setLocalCertificateChain(*own);
    configuration.setPrivateKey(*key);
    return configuration;
}

TlsDetails tlsDetailsOf(const QSslConfiguration &session)
{
    TlsDetails details{protocolName(session.sessionProtocol()), session.sessionCipher().name(), {}};
    const QList<QSslCertificate> chain = session.peerCertificateChain();
    details.chain.reserve(static_cast<size_t>(chain.size()));
    std::transform(chain.begin(), chain.end(), std::back_inserter(details.chain),
                   [](const QSslCertificate &one) { return certificateFrom(one); });
    return details;
}

NetworkError networkErrorOf(const QList<QSslError> &errors)
{
    const auto any = [&errors](std::initializer_list<QSslError::SslError> kinds) {
        return std::any_of(errors.begin(), errors.end(), [&](const QSslError &error) {
            return std::find(kinds.begin(), kinds.end(), error.error()) != kinds.end();
        });
    };
    if (any({QSslError::CertificateExpired, QSslError::CertificateNotYetValid}))
        return NetworkError::TlsExpired;
    if (any({QSslError::SelfSignedCertificate, QSslError::SelfSignedCertificateInChain,
             QSslError::UnableToGetIssuerCertificate, QSslError::UnableToGetLocalIssuerCertificate,
             QSslError::UnableToVerifyFirstCertificate, QSslError::CertificateUntrusted,
             QSslError::InvalidCaCertificate, QSslError::CertificateSignatureFailed, QSslError::CertificateRevoked,
             QSslError::CertificateBlacklisted}))
        return NetworkError::TlsUntrusted;
    return any({QSslError::HostNameMismatch}) ? NetworkError::TlsHost : NetworkError::Tls;
}

} // namespace errata
