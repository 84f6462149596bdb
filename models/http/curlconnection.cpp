#include "models/http/curlconnection.h"

#include "models/http/curlcommand.h"

#include <algorithm>
#include <array>
#include <limits>

namespace errata {

namespace {

std::optional<Millis> durationOf(const QByteArray &value)
{
    bool ok = false;
    const double seconds = value.toDouble(&ok);
    return ok && seconds >= 0 && seconds < 1e9 ? std::optional(Millis(seconds * 1000)) : std::nullopt;
}

bool hasTls(const QByteArray &url)
{
    return url.left(8).toLower() == "https://";
}

const char *schemeOf(CurlRole role)
{
    switch (role) {
    case CurlRole::Socks4:
        return "socks4://";
    case CurlRole::Socks4a:
        return "socks4a://";
    case CurlRole::Socks5:
        return "socks5://";
    case CurlRole::Socks5h:
        return "socks5h://";
    default:
        return "";
    }
}

QByteArray percentEncoded(const QByteArray &userAndPassword)
{
    return userAndPassword.toPercentEncoding(":");
}

QByteArrayList hosts(const QByteArray &list)
{
    QByteArrayList result;
    const QList<QByteArray> words = QByteArray(list).replace(' ', ',').split(',');
    for (const QByteArray &word : words) {
        if (!word.trimmed().isEmpty())
            result << word.trimmed();
    }
    return result;
}

/// Where a proxy named by hand is not for this computer itself, which it is for curl.
constexpr std::array<const char *, 3> loopback{"localhost", "127.0.0.1", "::1"};

bool isLoopback(const QByteArray &host)
{
    return std::any_of(loopback.begin(), loopback.end(), [&host](const char *own) { return host == own; });
}

QByteArray option(const char *name, const QByteArray &value)
{
    return QByteArray(" ") + name + ' ' + shellQuoted(value);
}

QByteArray proxyOptions(const ProxySettings &proxy)
{
    if (proxy.mode == ProxySettings::Mode::None)
        return option("--noproxy", "*");
    const bool isManual = proxy.mode == ProxySettings::Mode::Manual;
    QByteArrayList direct = proxy.direct;
    if (isManual && !proxy.loopbackToo) {
        for (const char *own : loopback)
            direct << own;
    }
    QByteArray options = isManual ? option("--proxy", proxy.address) : QByteArray();
    if (!direct.isEmpty())
        options += option("--noproxy", direct.join(','));
    return options;
}

QByteArray tlsOptions(const TlsSettings &tls)
{
    QByteArray options = tls.verify ? "" : " --insecure";
    if (!tls.caFile.isEmpty())
        options += option("--cacert", tls.caFile.toUtf8());
    if (tls.clientCertificate.isEmpty())
        return options;
    // A colon would end the name.
    options += option("--cert", tls.clientCertificate.toUtf8().replace('\\', "\\\\").replace(':', "\\:"));
    if (!tls.clientKey.isEmpty())
        options += option("--key", tls.clientKey.toUtf8());
    if (!tls.clientKeyPassword.isEmpty())
        options += option("--pass", tls.clientKeyPassword);
    return options;
}

QByteArray versionOption(HttpVersion version, const QByteArray &url)
{
    switch (version) {
    case HttpVersion::Automatic:
        return {};
    case HttpVersion::Http11:
        return " --http1.1";
    case HttpVersion::Http2:
        return hasTls(url) ? " --http2" : " --http2-prior-knowledge";
    }
    return {};
}

} // namespace

QByteArray curlOptions(const SendSettings &settings, const QByteArray &url)
{
    QByteArray options;
    if (settings.followRedirects.value_or(false))
        options += " --location";
    if (settings.maxRedirects) {
        const bool isEndless = *settings.maxRedirects == std::numeric_limits<int>::max();
        options += option("--max-redirs", QByteArray::number(isEndless ? -1 : *settings.maxRedirects));
    }
    if (settings.deadline)
        options += option("--max-time", QByteArray::number(settings.deadline->count() / 1000.0, 'g', 12));
    if (settings.version)
        options += versionOption(*settings.version, url);
    if (settings.proxy)
        options += proxyOptions(*settings.proxy);
    if (settings.tls)
        options += tlsOptions(*settings.tls);
    return options;
}

bool CurlConnection::take(CurlRole role, const QByteArray &value, bool isOn)
{
    switch (role) {
    case CurlRole::Location:
        m_follows = isOn;
        return true;
    case CurlRole::MaxRedirects: {
        bool ok = false;
        const int count = value.toInt(&ok);
        if (ok) // -1 is no limit
            m_settings.maxRedirects = count < 0 ? std::numeric_limits<int>::max() : count;
        return ok;
    }
    case CurlRole::MaxTime:
        m_settings.deadline = durationOf(value);
        return m_settings.deadline.has_value();
    case CurlRole::Insecure:
        m_tls.verify = !isOn;
        return true;
    case CurlRole::CaCert:
        m_tls.caFile = QString::fromUtf8(value);
        return true;
    case CurlRole::Cert:
        takeCertificate(value);
        return true;
    case CurlRole::Key:
        m_tls.clientKey = QString::fromUtf8(value);
        return true;
    case CurlRole::KeyPassword:
        m_tls.clientKeyPassword = value;
        return true;
    case CurlRole::Http11:
        m_settings.version = HttpVersion::Http11;
        m_wantsHttp2 = false;
        return true;
    case CurlRole::Http2:
        m_wantsHttp2 = true;
        m_settings.version.reset();
        return true;
    case CurlRole::Http2Prior:
        m_settings.version = HttpVersion::Http2;
        return true;
    case CurlRole::Proxy:
    case CurlRole::Socks4:
    case CurlRole::Socks4a:
    case CurlRole::Socks5:
    case CurlRole::Socks5h:
    case CurlRole::ProxyUser:
    case CurlRole::NoProxy:
        takeProxy(role, value);
        return true;
    default:
        return false;
    }
}

void CurlConnection::takeProxy(CurlRole role, const QByteArray &value)
{
    if (role == CurlRole::ProxyUser)
        m_proxyUser = value;
    else if (role == CurlRole::NoProxy)
        m_noProxy = value.isNull() ? QByteArray("") : value;
    else
        m_proxy = value.isEmpty() ? QByteArray("") : schemeOf(role) + value;
}

/// "file:password"; a backslash keeps a colon.
void CurlConnection::takeCertificate(const QByteArray &value)
{
    QByteArray file;
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value[i] == ':') {
            m_tls.clientKeyPassword = value.mid(i + 1);
            break;
        }
        const bool escapes = value[i] == '\\' && i + 1 < value.size() && (value[i + 1] == ':' || value[i + 1] == '\\');
        i += escapes ? 1 : 0;
        file += value[i];
    }
    m_tls.clientCertificate = QString::fromUtf8(file);
}

std::optional<ProxySettings> CurlConnection::proxy() const
{
    if (m_noProxy == "*" || (!m_proxy.isNull() && m_proxy.isEmpty()))
        return ProxySettings{ProxySettings::Mode::None};
    QByteArrayList direct = hosts(m_noProxy);
    if (m_proxy.isNull())
        return m_noProxy.isNull() ? std::nullopt
                                  : std::optional(ProxySettings{ProxySettings::Mode::System, {}, direct});
    const qsizetype scheme = m_proxy.indexOf("://");
    // A variable may hold the scheme too; only a user's name needs to know where the host begins.
    const bool isWhole = scheme >= 0 || (m_proxy.startsWith("{{") && m_proxyUser.isEmpty());
    QByteArray address = isWhole ? m_proxy : "http://" + m_proxy;
    if (!m_proxyUser.isEmpty()) {
        const qsizetype start = address.indexOf("://") + 3;
        const qsizetype at = address.lastIndexOf('@');
        address = address.left(start) + percentEncoded(m_proxyUser) + '@' + address.mid(at < start ? start : at + 1);
    }
    const bool loopbackToo = std::count_if(direct.begin(), direct.end(), isLoopback) < qsizetype(loopback.size());
    if (!loopbackToo)
        direct.removeIf(isLoopback);
    return ProxySettings{ProxySettings::Mode::Manual, address, direct, loopbackToo};
}

SendSettings CurlConnection::settings(const QByteArray &url) const
{
    SendSettings settings = m_settings;
    settings.followRedirects = m_follows;
    settings.proxy = proxy();
    if (m_tls != TlsSettings())
        settings.tls = m_tls;
    if (m_wantsHttp2 && hasTls(url))
        settings.version = HttpVersion::Http2;
    return settings;
}

bool CurlConnection::wantsUpgrade(const QByteArray &url) const
{
    return m_wantsHttp2 && !hasTls(url);
}

} // namespace errata
