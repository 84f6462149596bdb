#include "models/net/proxychoice.h"

#include <QList>
#include <QUrl>

#include <algorithm>
#include <array>

namespace errata {

namespace {

constexpr std::array<const char *, 6> schemes = {"http", "https", "socks4", "socks4a", "socks5", "socks5h"};

/// An IPv4 address as a number.
std::optional<quint32> ipv4(const QByteArray &text)
{
    const QList<QByteArray> parts = text.split('.');
    if (parts.size() != 4)
        return {};
    quint32 value = 0;
    for (const QByteArray &part : parts) {
        bool ok = false;
        const uint byte = part.toUInt(&ok);
        if (!ok || byte > 255)
            return {};
        value = value << 8U | byte;
    }
    return value;
}

/// "10.0.0.0/8" holds "10.1.2.3".
bool networkHolds(const QByteArray &network, const QByteArray &host)
{
    const qsizetype slash = network.indexOf('/');
    const auto base = ipv4(network.left(slash));
    const auto address = ipv4(host);
    bool ok = false;
    const uint bits = network.mid(slash + 1).toUInt(&ok);
    if (!base || !address || !ok || bits > 32)
        return false;
    const quint32 mask = bits == 0 ? 0 : ~quint32(0) << (32U - bits);
    return (*base & mask) == (*address & mask);
}

/// "example.com" and ".example.com" both mean the host and all below it.
bool matches(QByteArray pattern, const QByteArray &host)
{
    pattern = pattern.trimmed().toLower();
    if (pattern == "*")
        return true;
    if (pattern.contains('/'))
        return networkHolds(pattern, host);
    if (pattern.startsWith('[') && pattern.endsWith(']'))
        pattern = pattern.mid(1, pattern.size() - 2);
    if (pattern.startsWith('.'))
        pattern.remove(0, 1);
    return !pattern.isEmpty() && (host == pattern || host.endsWith('.' + pattern));
}

bool goesDirect(const QByteArrayList &patterns, const QByteArray &host)
{
    return std::any_of(patterns.begin(), patterns.end(), [&](const QByteArray &one) { return matches(one, host); });
}

QByteArray firstSet(const EnvironmentLookup &environment, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        if (const QByteArray value = environment(name).trimmed(); !value.isEmpty())
            return value;
    }
    return {};
}

/// With its scheme; what has none is an HTTP proxy.
Result<std::optional<QByteArray>> checked(const QByteArray &address)
{
    const qsizetype end = address.indexOf("://");
    const QByteArray whole = end < 0 ? "http://" + address : address;
    const QUrl url = QUrl::fromEncoded(whole);
    const bool known = std::any_of(schemes.begin(), schemes.end(),
                                   [&](const char *scheme) { return url.scheme() == QLatin1String(scheme); });
    if (!known || !url.isValid() || url.host().isEmpty())
        return Error{QStringLiteral("not the address of an HTTP or SOCKS proxy"),
                     QString::fromUtf8(withoutUserInfo(whole))};
    return std::optional(whole);
}

} // namespace

bool isLoopback(const QByteArray &host)
{
    const QByteArray name = host.toLower();
    const auto address = ipv4(name);
    return name == "localhost" || name.endsWith(".localhost") || name == "::1" || (address && *address >> 24U == 127);
}

QByteArray withoutUserInfo(const QByteArray &address)
{
    const qsizetype start = address.indexOf("://") + 3;
    const qsizetype end = address.indexOf('/', start);
    const qsizetype at = address.lastIndexOf('@', end < 0 ? -1 : end);
    return at < start ? address : address.left(start) + address.mid(at + 1);
}

Result<std::optional<QByteArray>> proxyFor(const QByteArray &url, const ProxySettings &settings,
                                           const EnvironmentLookup &environment)
{
    const std::optional<QByteArray> direct;
    const QUrl target = QUrl::fromEncoded(url);
    const QByteArray host = target.host(QUrl::FullyEncoded).toLatin1().toLower();
    if (settings.mode == ProxySettings::Mode::None || (isLoopback(host) && !settings.loopbackToo))
        return direct;
    if (settings.mode == ProxySettings::Mode::Manual)
        return goesDirect(settings.direct, host) ? direct : checked(settings.address);
    QByteArrayList exceptions = settings.direct.isEmpty()
                                    ? firstSet(environment, {"no_proxy", "NO_PROXY"}).replace(' ', ',').split(',')
                                    : settings.direct;
    if (goesDirect(exceptions, host))
        return direct;
    QByteArray address = target.scheme() == QLatin1String("https")
                             ? firstSet(environment, {"https_proxy", "HTTPS_PROXY"})
                             : firstSet(environment, {"http_proxy"});
    if (address.isEmpty())
        address = firstSet(environment, {"all_proxy", "ALL_PROXY"});
    return address.isEmpty() ? direct : checked(address);
}

} // namespace errata
