#include "models/net/redirects.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace errata {

namespace {

/// The five components of RFC 3986 section 3; a null component is not there, an empty one is.
struct UrlParts
{
    QByteArray scheme;
    QByteArray authority;
    QByteArray path;
    QByteArray query;
    QByteArray fragment;
};

QByteArray present(const QByteArray &text)
{
    return text.isNull() ? QByteArray("") : text;
}

/// Cuts \a text at the first of \a mark and gives what followed it; null when there is no mark.
QByteArray cutTail(QByteArray &text, char mark)
{
    const qsizetype at = text.indexOf(mark);
    if (at < 0)
        return {};
    const QByteArray tail = present(text.mid(at + 1));
    text.truncate(at);
    return tail;
}

bool isScheme(const QByteArray &text)
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !text.isEmpty() && letter(text[0]) && std::all_of(text.begin(), text.end(), [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    });
}

UrlParts split(QByteArray url)
{
    UrlParts parts;
    parts.fragment = cutTail(url, '#');
    parts.query = cutTail(url, '?');
    const qsizetype colon = url.indexOf(':');
    if (colon > 0 && isScheme(url.left(colon))) {
        parts.scheme = url.left(colon);
        url.remove(0, colon + 1);
    }
    if (url.startsWith("//")) {
        const qsizetype slash = url.indexOf('/', 2);
        parts.authority = present(slash < 0 ? url.mid(2) : url.mid(2, slash - 2));
        url = slash < 0 ? QByteArray() : url.mid(slash);
    }
    parts.path = url;
    return parts;
}

/// RFC 3986 section 5.3.
QByteArray joined(const UrlParts &parts)
{
    QByteArray url = parts.scheme + ':';
    if (!parts.authority.isNull())
        url += "//" + parts.authority;
    url += parts.path;
    if (!parts.query.isNull())
        url += '?' + parts.query;
    if (!parts.fragment.isNull())
        url += '#' + parts.fragment;
    return url;
}

/// RFC 3986 section 5.2.4.
QByteArray withoutDotSegments(QByteArray in)
{
    QByteArray out;
    const auto dropLastSegment = [&out] { out.truncate(std::max<qsizetype>(out.lastIndexOf('/'), 0)); };
    while (!in.isEmpty()) {
        if (in.startsWith("../")) {
            in.remove(0, 3);
        } else if (in.startsWith("./") || in.startsWith("/./")) {
            in.remove(0, 2);
        } else if (in == "/.") {
            in = "/";
        } else if (in.startsWith("/../")) {
            in.remove(0, 3);
            dropLastSegment();
        } else if (in == "/..") {
            in = "/";
            dropLastSegment();
        } else if (in == "." || in == "..") {
            in.clear();
        } else {
            const qsizetype end = in.indexOf('/', 1);
            out += end < 0 ? in : in.left(end);
            in = end < 0 ? QByteArray() : in.mid(end);
        }
    }
    return out;
}

/// RFC 3986 section 5.2.3.
QByteArray merged(const UrlParts &base, const QByteArray &path)
{
    if (!base.authority.isNull() && base.path.isEmpty())
        return '/' + path;
    return base.path.left(base.path.lastIndexOf('/') + 1) + path;
}

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
}

bool isContentHeader(const QByteArray &name)
{
    const QByteArray lower = name.toLower();
    return lower.startsWith("content-") || lower == "transfer-encoding" || lower == "digest";
}

/// Copies what \a keep says yes to.
template <typename Keep>
Headers filtered(const Headers &headers, Keep keep)
{
    Headers kept;
    for (const Header &header : headers) {
        if (keep(header.name))
            kept.add(header.name, header.value);
    }
    return kept;
}

} // namespace

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

QByteArray resolveReference(const QByteArray &base, const QByteArray &reference)
{
    const UrlParts from = split(base);
    const UrlParts ref = split(reference);
    UrlParts target = ref;
    if (!ref.scheme.isNull()) {
        target.path = withoutDotSegments(ref.path);
    } else {
        target.scheme = from.scheme;
        if (!ref.authority.isNull()) {
            target.path = withoutDotSegments(ref.path);
        } else {
            target.authority = from.authority;
            if (ref.path.isEmpty()) {
                target.path = from.path;
                target.query = ref.query.isNull() ? from.query : ref.query;
            } else {
                target.path = withoutDotSegments(ref.path.startsWith('/') ? ref.path : merged(from, ref.path));
            }
        }
    }
    target.fragment = ref.fragment.isNull() ? from.fragment : ref.fragment;
    return joined(target);
}

bool sameOrigin(const QByteArray &a, const QByteArray &b)
{
    const QUrl first = QUrl::fromEncoded(a);
    const QUrl second = QUrl::fromEncoded(b);
    return first.scheme() == second.scheme() && first.host() == second.host() && portOf(first) == portOf(second);
}

bool isCredentialHeader(QByteArrayView name)
{
    // The general ones, those of widespread APIs, and those the shipped catalogs name.
    static constexpr std::array<QByteArrayView, 20> names = {"authorization",
                                                             "proxy-authorization",
                                                             "cookie",
                                                             "x-api-key",
                                                             "api-key",
                                                             "apikey", //
                                                             "x-auth-token",
                                                             "x-access-token",
                                                             "x-session-token",
                                                             "x-csrf-token",
                                                             "x-xsrf-token", //
                                                             "x-amz-security-token",
                                                             "x-goog-api-key",
                                                             "x-functions-key",
                                                             "ocp-apim-subscription-key", //
                                                             "private-token",
                                                             "x-vault-token",
                                                             "x-portal-session-id", //
                                                             "x-nullspace-preview-proxy-token",
                                                             "x-nullspace-traffic-access-token"};
    return std::any_of(names.begin(), names.end(),
                       [name](QByteArrayView known) { return name.compare(known, Qt::CaseInsensitive) == 0; });
}

QByteArray redirectedMethod(int status, const QByteArray &method)
{
    if (status == 303)
        return method == "HEAD" ? method : QByteArray("GET");
    if ((status == 301 || status == 302) && method == "POST")
        return "GET";
    return method;
}

RedirectedRequest redirected(const HttpRequest &request, int status, const QByteArray &location)
{
    RedirectedRequest next{request};
    next.request.url = resolveReference(request.url, location);
    next.request.method = redirectedMethod(status, request.method);
    if (next.request.method != request.method) {
        next.request.body.clear();
        next.request.headers =
            filtered(next.request.headers, [](const QByteArray &name) { return !isContentHeader(name); });
    }
    if (!sameOrigin(request.url, next.request.url)) {
        const auto travels = [](const QByteArray &name) { return !isCredentialHeader(name); };
        Headers kept = filtered(next.request.headers, travels);
        next.credentialsDropped = kept.size() != next.request.headers.size();
        kept.remove("Host");
        next.request.headers = kept;
        // Userinfo in the old address stays there: it is part of the authority, which has changed.
        next.credentialsDropped |= request.url.contains('@') && !QUrl::fromEncoded(request.url).userInfo().isEmpty();
    }
    return next;
}

} // namespace errata
