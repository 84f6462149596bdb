#include "models/net/wirerequest.h"

namespace errata {

namespace {

using Refusal = std::optional<QString>;

/// Path and query as they stand in an absolute address: "/v1?a=b" of "http://host/v1?a=b#c".
QByteArray typedTarget(QByteArray url)
{
    if (const qsizetype hash = url.indexOf('#'); hash >= 0)
        url.truncate(hash);
    qsizetype at = url.indexOf("://");
    at = at < 0 ? 0 : at + 3;
    while (at < url.size() && url[at] != '/' && url[at] != '?')
        ++at;
    const QByteArray target = url.mid(at);
    return target.startsWith('/') ? target : '/' + target;
}

/// Path and query as Qt writes them into the request line: dot segments and double slashes are gone.
QByteArray sentTarget(QUrl url)
{
    if (url.path().isEmpty())
        url.setPath(QStringLiteral("/"));
    return url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment |
                         QUrl::NormalizePathSegments);
}

QByteArray hostField(const QUrl &url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    return url.port() < 0 ? host : host + ':' + QByteArray::number(url.port());
}

/// "user:password" of the address, percent-encoding undone; null when there is none.
QByteArray userInfo(const QUrl &url)
{
    if (url.userInfo().isEmpty())
        return {};
    const auto decoded = [](const QString &part) { return QByteArray::fromPercentEncoding(part.toLatin1()); };
    return decoded(url.userName(QUrl::FullyEncoded)) + ':' + decoded(url.password(QUrl::FullyEncoded));
}

/// Qt sends one field a name, so several become one: the same to a recipient (RFC 9110 section 5.3; RFC
/// 6265 section 5.4 for Cookie).
void addJoined(Headers &headers, const Header &header)
{
    const std::optional<QByteArray> before = headers.value(header.name);
    if (!before) {
        headers.add(header.name, header.value);
        return;
    }
    const bool cookie = header.name.compare("cookie", Qt::CaseInsensitive) == 0;
    headers.set(header.name, *before + (cookie ? "; " : ", ") + header.value);
}

/// Fields Qt fills in by itself when they are missing or empty. "identity" keeps it from unpacking the body
/// behind our back, "*" is the Accept-Language that says nothing (RFC 9110 section 12.5.4), and "close" is
/// the truth: each hop has a connection of its own.
void setWhereEmpty(Headers &headers, const QByteArray &name, const QByteArray &value)
{
    if (headers.value(name).value_or(QByteArray()).isEmpty())
        headers.set(name, value);
}

Headers wireHeaders(const HttpRequest &request, const QUrl &url)
{
    Headers headers;
    if (request.headers.value("Host").value_or(QByteArray()).isEmpty())
        headers.add("Host", hostField(url));
    for (const Header &header : request.headers) {
        const bool emptyHost = header.value.isEmpty() && header.name.compare("host", Qt::CaseInsensitive) == 0;
        if (!emptyHost)
            addJoined(headers, header);
    }
    if (const QByteArray user = userInfo(url); !user.isNull() && !headers.contains("Authorization"))
        headers.add("Authorization", "Basic " + user.toBase64());
    if (!headers.contains("Accept"))
        headers.add("Accept", "*/*");
    setWhereEmpty(headers, "User-Agent", "errata/" ERRATA_VERSION);
    setWhereEmpty(headers, "Accept-Encoding", "identity");
    setWhereEmpty(headers, "Accept-Language", "*");
    setWhereEmpty(headers, "Connection", "close");
    // Also where there is no body, and where a request of that method would not say so (RFC 9110 section
    // 8.6): it is the price of an upload, which Qt does not send twice.
    headers.set("Content-Length", QByteArray::number(request.body.size()));
    return headers;
}

/// Framing is the engine's: a length that is not the body's would leave both ends waiting.
Refusal framingProblem(const HttpRequest &request)
{
    if (request.headers.contains("Transfer-Encoding"))
        return QStringLiteral("Transfer-Encoding cannot be set: the body is sent with a Content-Length");
    for (const QByteArray &length : request.headers.values("Content-Length")) {
        if (length.trimmed() != QByteArray::number(request.body.size()))
            return QStringLiteral("Content-Length is %1, but the body has %2 bytes")
                .arg(QString::fromLatin1(length.trimmed()))
                .arg(request.body.size());
    }
    return {};
}

Refusal targetProblem(const HttpRequest &request, const QUrl &url)
{
    const QByteArray typed = typedTarget(request.url);
    const QByteArray sent = sentTarget(url);
    if (typed == sent)
        return {};
    return QStringLiteral("the Qt engine would send %1 in place of %2; write the address that way if it means the same")
        .arg(QString::fromUtf8(sent), QString::fromUtf8(typed));
}

} // namespace

Result<WireRequest> wireRequest(const HttpRequest &request, TargetRule rule)
{
    QUrl url = QUrl::fromEncoded(request.url, QUrl::TolerantMode);
    if (!url.isValid())
        return Error{url.errorString(), QString::fromUtf8(request.url)};
    if (const Refusal refusal = framingProblem(request))
        return Error{*refusal, {}};
    if (const Refusal refusal = rule == TargetRule::Exact ? targetProblem(request, url) : Refusal())
        return Error{*refusal, {}};
    const Headers headers = wireHeaders(request, url);
    url.setFragment(QString());
    url.setUserInfo(QString());
    return WireRequest{url, request.method, headers, request.body};
}

} // namespace errata
