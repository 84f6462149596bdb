#include "models/net/curltls.h"

#include <QFile>
#include <QLocale>
#include <QTimeZone>

namespace errata {

namespace {

/// "Nov  2 12:00:00 2026 GMT"
QDateTime certificateDate(const QByteArray &text)
{
    QString clean = QString::fromLatin1(text).simplified();
    clean.chop(clean.endsWith(QLatin1String(" GMT")) ? 4 : 0);
    QDateTime date = QLocale::c().toDateTime(clean, QStringLiteral("MMM d HH:mm:ss yyyy"));
    date.setTimeSpec(Qt::UTC);
    return date;
}

void setPath(CURL *transfer, CURLoption option, const QString &path)
{
    if (!path.isEmpty())
        curl_easy_setopt(transfer, option, QFile::encodeName(path).constData());
}

} // namespace

void applyTls(CURL *transfer, const TlsSettings &settings)
{
    curl_easy_setopt(transfer, CURLOPT_SSL_VERIFYPEER, settings.verify ? 1L : 0L);
    curl_easy_setopt(transfer, CURLOPT_SSL_VERIFYHOST, settings.verify ? 2L : 0L);
    curl_easy_setopt(transfer, CURLOPT_CERTINFO, 1L);
    if (!settings.caFile.isEmpty()) {
        setPath(transfer, CURLOPT_CAINFO, settings.caFile);
        curl_easy_setopt(transfer, CURLOPT_CAPATH, nullptr); // instead of the system's, not beside them
    }
    setPath(transfer, CURLOPT_SSLCERT, settings.clientCertificate);
    setPath(transfer, CURLOPT_SSLKEY, settings.clientKey);
    if (!settings.clientKeyPassword.isEmpty())
        curl_easy_setopt(transfer, CURLOPT_KEYPASSWD, settings.clientKeyPassword.constData());
}

std::optional<TlsDetails> tlsFromWords(QByteArrayView words)
{
    constexpr QByteArrayView start = "SSL connection using ";
    if (!words.startsWith(start))
        return {};
    const QList<QByteArray> parts = words.sliced(start.size()).trimmed().toByteArray().split('/');
    if (parts.size() < 2)
        return {};
    return TlsDetails{QString::fromLatin1(parts[0].trimmed()), QString::fromLatin1(parts[1].trimmed()), {}};
}

Certificate certificateFrom(const QByteArrayList &lines)
{
    Certificate result;
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(colon);
        const QByteArray value = line.mid(colon + 1);
        if (name == "Subject")
            result.subject = QString::fromUtf8(value);
        else if (name == "Issuer")
            result.issuer = QString::fromUtf8(value);
        else if (name == "Start date")
            result.validFrom = certificateDate(value);
        else if (name == "Expire date")
            result.validUntil = certificateDate(value);
        else if (name == "X509v3 Subject Alternative Name")
            result.names = QString::fromUtf8(value).split(QStringLiteral(", "), Qt::SkipEmptyParts);
        else if (name == "Cert")
            result.pem = value;
    }
    return result;
}

std::vector<Certificate> certificatesOf(CURL *transfer)
{
    const curl_certinfo *info = nullptr;
    std::vector<Certificate> chain;
    if (curl_easy_getinfo(transfer, CURLINFO_CERTINFO, &info) != CURLE_OK || !info)
        return chain;
    chain.reserve(static_cast<size_t>(info->num_of_certs));
    for (int i = 0; i < info->num_of_certs; ++i) {
        QByteArrayList lines;
        for (const curl_slist *line = info->certinfo[i]; line; line = line->next)
            lines << QByteArray(line->data);
        chain.push_back(certificateFrom(lines));
    }
    return chain;
}

} // namespace errata
