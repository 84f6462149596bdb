#include "models/http/cookiejar.h"

#include "models/base/bytes.h"

#include <QByteArrayList>
#include <QByteArrayView>
#include <QUrl>

#include <algorithm>
#include <array>
#include <iterator>

namespace errata {

namespace {

constexpr qsizetype mostBytes = 4096;     // of name and value together
constexpr qsizetype mostAttribute = 1024; // of one attribute
constexpr std::size_t mostCookies = 1000;
constexpr qsizetype mostRefusals = 20;
constexpr qint64 mostSeconds = qint64(400) * 24 * 3600; // the draft's upper limit

struct Origin
{
    QByteArray host, path;
    bool hasTls = false;
};

Origin originOf(const QByteArray &address)
{
    const QUrl url = QUrl::fromEncoded(address);
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    return {url.host(QUrl::FullyEncoded).toLatin1().toLower(), path.startsWith('/') ? path : QByteArray("/"),
            url.scheme() == QLatin1String("https")};
}

/// An IPv4 address by its last part, an IPv6 address by its colons (RFC 3986 section 3.2.2).
bool isAddress(const QByteArray &host)
{
    const QByteArray last = host.mid(host.lastIndexOf('.') + 1);
    const bool isNumber = !last.isEmpty() && std::all_of(last.begin(), last.end(), isDigit);
    return host.contains(':') || isNumber;
}

/// RFC 6265 section 5.1.3.
bool domainMatches(const QByteArray &host, const QByteArray &domain)
{
    return host == domain || (host.endsWith('.' + domain) && !isAddress(host));
}

/// RFC 6265 section 5.1.4.
bool pathMatches(const QByteArray &path, const QByteArray &cookiePath)
{
    return path.startsWith(cookiePath) &&
           (path.size() == cookiePath.size() || cookiePath.endsWith('/') || path[cookiePath.size()] == '/');
}

QByteArray defaultPath(const QByteArray &path)
{
    const qsizetype slash = path.lastIndexOf('/');
    return slash <= 0 ? QByteArray("/") : path.left(slash);
}

bool holdsControls(const QByteArray &text)
{
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && byte != '\t') || byte == 0x7F;
    });
}

/// Blanks at both ends; trimmed() would take more.
QByteArray stripped(const QByteArray &text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    const auto first = std::find_if_not(text.begin(), text.end(), isBlank);
    const auto last = std::find_if_not(text.rbegin(), std::make_reverse_iterator(first), isBlank).base();
    return text.mid(first - text.begin(), last - first);
}

/// What the attributes say, before it is checked.
struct Attributes
{
    std::optional<QByteArray> domain;
    std::optional<QByteArray> path;
    std::optional<qint64> maxAge;
    std::optional<QDateTime> expires;
    QByteArray sameSite;
    bool secure = false;
    bool httpOnly = false;
};

std::optional<qint64> secondsOf(const QByteArray &text)
{
    const qsizetype start = text.startsWith('-') ? 1 : 0;
    if (text.size() == start || !std::all_of(text.begin() + start, text.end(), isDigit))
        return {};
    bool ok = false;
    const qint64 seconds = text.toLongLong(&ok);
    return start == 1 ? 0 : ok ? std::min(seconds, mostSeconds) : mostSeconds;
}

void take(Attributes &all, const QByteArray &name, const QByteArray &value)
{
    if (name == "domain" && !value.isEmpty())
        all.domain = value.mid(value.startsWith('.') ? 1 : 0).toLower();
    else if (name == "path")
        all.path = value.startsWith('/') ? std::optional(value) : std::nullopt;
    else if (name == "max-age" && secondsOf(value))
        all.maxAge = secondsOf(value);
    else if (name == "expires" && cookieDate(value))
        all.expires = cookieDate(value);
    else if (name == "samesite")
        all.sameSite = value;
    else if (name == "secure")
        all.secure = true;
    else if (name == "httponly")
        all.httpOnly = true;
}

Attributes attributesOf(const QByteArrayList &parts)
{
    Attributes all;
    for (qsizetype i = 1; i < parts.size(); ++i) {
        const qsizetype equals = parts[i].indexOf('=');
        const QByteArray value = equals < 0 ? QByteArray() : stripped(parts[i].mid(equals + 1));
        if (value.size() <= mostAttribute)
            take(all, stripped(equals < 0 ? parts[i] : parts[i].left(equals)).toLower(), value);
    }
    return all;
}

/// One label is always one: "com", "localhost".
bool isPublic(const QByteArray &domain, const IsPublicSuffix &isPublicSuffix)
{
    return !domain.contains('.') || (isPublicSuffix && isPublicSuffix(domain));
}

std::optional<QString> domainProblem(const QByteArray &domain, const QByteArray &host,
                                     const IsPublicSuffix &isPublicSuffix)
{
    if (domain == host)
        return {};
    if (isAddress(host) || isAddress(domain))
        return QStringLiteral("an address has nothing below it, so Domain can only be itself");
    if (isPublic(domain, isPublicSuffix))
        return QStringLiteral("Domain is %1, below which anybody may have a name").arg(QString::fromLatin1(domain));
    if (!domainMatches(host, domain))
        return QStringLiteral("Domain is %1, which this host does not belong to").arg(QString::fromUtf8(domain));
    return {};
}

std::optional<QString> prefixProblem(const Cookie &cookie, bool saysDomain, bool saysRoot)
{
    const QByteArray name = cookie.name.toLower();
    if (name.startsWith("__secure-") && !cookie.secure)
        return QStringLiteral("__Secure- needs Secure");
    if (name.startsWith("__host-") && (!cookie.secure || saysDomain || !saysRoot))
        return QStringLiteral("__Host- needs Secure, Path=/ and no Domain");
    return {};
}

QByteArray nameOf(const QByteArray &line)
{
    const qsizetype equals = line.indexOf('=');
    return stripped(equals < 0 ? line : line.left(equals));
}

} // namespace

Result<Cookie> readSetCookie(const QByteArray &line, const QByteArray &url, const QDateTime &now,
                             const IsPublicSuffix &isPublicSuffix)
{
    const Origin origin = originOf(url);
    const QByteArrayList parts = line.split(';');
    const qsizetype equals = parts.first().indexOf('=');
    Cookie cookie;
    cookie.name = equals < 0 ? QByteArray() : stripped(parts.first().left(equals));
    cookie.value = stripped(parts.first().mid(equals + 1));
    if (origin.host.isEmpty())
        return Error{QStringLiteral("the address has no host"), {}};
    if (cookie.name.isEmpty())
        return Error{QStringLiteral("it has no name"), {}};
    if (cookie.name.size() + cookie.value.size() > mostBytes)
        return Error{QStringLiteral("longer than %1 bytes").arg(mostBytes), {}};
    if (holdsControls(line))
        return Error{QStringLiteral("it holds control characters"), {}};

    const Attributes all = attributesOf(parts);
    if (const auto problem = all.domain ? domainProblem(*all.domain, origin.host, isPublicSuffix) : std::nullopt)
        return Error{*problem, {}};
    cookie.domain = all.domain.value_or(origin.host);
    // An address has nothing below it, and what is below a public suffix is somebody else's (RFC 6265 section 5.3).
    cookie.hostOnly = !all.domain || isAddress(origin.host) || isPublic(*all.domain, isPublicSuffix);
    cookie.path = all.path.value_or(defaultPath(origin.path));
    cookie.secure = all.secure;
    cookie.httpOnly = all.httpOnly;
    cookie.sameSite = all.sameSite;
    cookie.created = now;
    if (all.maxAge)
        cookie.expires = now.addSecs(*all.maxAge);
    else if (all.expires)
        cookie.expires = std::min(*all.expires, now.addSecs(mostSeconds));
    if (cookie.secure && !origin.hasTls)
        return Error{QStringLiteral("Secure, but the address has no TLS"), {}};
    if (const auto problem = prefixProblem(cookie, all.domain.has_value(), all.path == QByteArray("/")))
        return Error{*problem, {}};
    return cookie;
}

void CookieJar::receive(const QByteArray &url, const Headers &response, const IsPublicSuffix &isPublicSuffix)
{
    const Origin origin = originOf(url);
    for (const QByteArray &line : response.values("Set-Cookie")) {
        auto cookie = readSetCookie(line, url, m_now(), isPublicSuffix);
        if (cookie)
            keep(std::move(cookie).value(), origin.hasTls);
        else
            refuse(nameOf(line), origin.host, cookie.error().text());
    }
}

void CookieJar::keep(Cookie cookie, bool fromTls)
{
    // Without TLS nobody can be sure who wrote it, so it replaces and shadows no Secure one.
    const auto isShadowed = [&cookie](const Cookie &kept) {
        return kept.secure && kept.name == cookie.name && pathMatches(cookie.path, kept.path) &&
               (domainMatches(kept.domain, cookie.domain) || domainMatches(cookie.domain, kept.domain));
    };
    if (!fromTls && std::any_of(m_cookies.begin(), m_cookies.end(), isShadowed))
        return refuse(cookie.name, cookie.domain, QStringLiteral("a Secure one of that name is kept"));
    const QDateTime now = m_now();
    const auto isSame = [&cookie](const Cookie &kept) {
        return kept.name == cookie.name && kept.domain == cookie.domain && kept.path == cookie.path &&
               kept.hostOnly == cookie.hostOnly;
    };
    const auto isGone = [&now](const Cookie &one) { return one.expires && *one.expires <= now; };
    const auto same = std::find_if(m_cookies.begin(), m_cookies.end(), isSame);
    if (same != m_cookies.end()) {
        cookie.created = same->created;
        *same = std::move(cookie);
    } else {
        m_cookies.push_back(std::move(cookie));
    }
    m_cookies.erase(std::remove_if(m_cookies.begin(), m_cookies.end(), isGone), m_cookies.end());
    if (m_cookies.size() > mostCookies)
        m_cookies.erase(m_cookies.begin());
}

void CookieJar::refuse(const QByteArray &name, const QByteArray &host, const QString &why)
{
    m_refusals << QStringLiteral("%1 of %2: %3").arg(QString::fromUtf8(name), QString::fromLatin1(host), why);
    if (m_refusals.size() > mostRefusals)
        m_refusals.removeFirst();
}

QByteArray CookieJar::cookieField(const QByteArray &url) const
{
    const Origin origin = originOf(url);
    std::vector<Cookie> fitting;
    for (const Cookie &one : cookies()) {
        const bool isForHost = one.hostOnly ? origin.host == one.domain : domainMatches(origin.host, one.domain);
        if (isForHost && pathMatches(origin.path, one.path) && (!one.secure || origin.hasTls))
            fitting.push_back(one);
    }
    std::stable_sort(fitting.begin(), fitting.end(), [](const Cookie &a, const Cookie &b) {
        return a.path.size() != b.path.size() ? a.path.size() > b.path.size() : a.created < b.created;
    });
    QByteArray field;
    for (const Cookie &one : fitting)
        field += (field.isEmpty() ? "" : "; ") + one.name + '=' + one.value;
    return field;
}

std::vector<Cookie> CookieJar::cookies() const
{
    std::vector<Cookie> alive;
    const QDateTime now = m_now();
    std::copy_if(m_cookies.begin(), m_cookies.end(), std::back_inserter(alive),
                 [&now](const Cookie &one) { return !one.expires || *one.expires > now; });
    return alive;
}

void CookieJar::clear()
{
    m_cookies.clear();
    m_refusals.clear();
}

Headers withCookies(const Headers &headers, const QByteArray &fromJar)
{
    if (fromJar.isEmpty())
        return headers;
    const std::optional<QByteArray> typed = headers.value("Cookie");
    Headers result = headers;
    if (!typed) {
        result.add("Cookie", fromJar);
        return result;
    }
    QByteArrayList names;
    const QList<QByteArray> typedOnes = typed->split(';');
    for (const QByteArray &one : typedOnes)
        names << nameOf(one);
    QByteArray joined = *typed;
    const QList<QByteArray> kept = fromJar.split(';');
    for (const QByteArray &one : kept) {
        if (!names.contains(nameOf(one)))
            joined += "; " + stripped(one);
    }
    result.set("Cookie", joined);
    return result;
}

} // namespace errata
