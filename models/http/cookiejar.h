// Cookies kept between requests (RFC 6265, with the prefixes and refusals of its successor's draft).
#pragma once

#include "models/base/result.h"
#include "models/http/headers.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace errata {

struct Cookie
{
    QByteArray name;
    QByteArray value;
    QByteArray domain; ///< lower case, no leading dot
    QByteArray path;
    bool hostOnly = true; ///< not for what is below the domain
    bool secure = false;
    bool httpOnly = false;
    QByteArray sameSite = {};              ///< as sent; nothing here has a site, so it is not heeded
    std::optional<QDateTime> expires = {}; ///< none: until the jar goes
    QDateTime created = {};

    friend bool operator==(const Cookie &, const Cookie &) = default;
};

/// Whether names right below \a domain (co.uk) belong to anybody: publicsuffix.org. Who sends knows it.
using IsPublicSuffix = std::function<bool(const QByteArray &domain)>;

/// The cookie of one Set-Cookie, answered to \a url; the error says why it is not kept. Without \a isPublicSuffix only
/// a domain of one label is refused as one.
[[nodiscard]] Result<Cookie> readSetCookie(const QByteArray &line, const QByteArray &url, const QDateTime &now,
                                           const IsPublicSuffix &isPublicSuffix = {});

/// RFC 6265 section 5.1.1: far more lenient than a date of HTTP.
[[nodiscard]] std::optional<QDateTime> cookieDate(const QByteArray &text);

/// Values are secrets: the jar is in memory, and nobody writes it to a file.
class CookieJar
{
public:
    using Now = std::function<QDateTime()>;
    explicit CookieJar(Now now = [] { return QDateTime::currentDateTimeUtc(); }) : m_now(std::move(now)) {}

    /// Takes every Set-Cookie of an answer.
    void receive(const QByteArray &url, const Headers &response, const IsPublicSuffix &isPublicSuffix = {});
    /// "a=1; b=2" for a request to \a url, longest path first, then the oldest; empty for none.
    [[nodiscard]] QByteArray cookieField(const QByteArray &url) const;

    /// Those not expired.
    [[nodiscard]] std::vector<Cookie> cookies() const;
    /// Why cookies were not kept, the last ones: "sid of api.example.com: Secure, but the address has no TLS".
    [[nodiscard]] const QStringList &refusals() const { return m_refusals; }
    void clear();

private:
    void keep(Cookie cookie, bool fromTls);
    void refuse(const QByteArray &name, const QByteArray &host, const QString &why);

    Now m_now;
    std::vector<Cookie> m_cookies; ///< in the order they were made
    QStringList m_refusals;
};

/// \a request's own Cookie with what the jar has behind it; a name that was typed is not added.
[[nodiscard]] Headers withCookies(const Headers &headers, const QByteArray &fromJar);

} // namespace errata
