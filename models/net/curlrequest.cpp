#include "models/net/curlrequest.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace errata {

namespace {

using Refusal = std::optional<QString>;

/// Where the authority starts and ends: "http://[me@host:1]/path".
struct AuthoritySpan
{
    qsizetype start = 0;
    qsizetype end = 0;
};

AuthoritySpan authorityOf(const QByteArray &url)
{
    const qsizetype start = url.indexOf("://") + 3;
    const auto end =
        std::find_if(url.begin() + start, url.end(), [](char c) { return c == '/' || c == '?' || c == '#'; });
    return {start, end - url.begin()};
}

QByteArray basicCredentials(const QByteArray &userInfo)
{
    const qsizetype colon = userInfo.indexOf(':');
    const QByteArray user = QByteArray::fromPercentEncoding(userInfo.left(colon));
    const QByteArray password = colon < 0 ? QByteArray() : QByteArray::fromPercentEncoding(userInfo.mid(colon + 1));
    return "Basic " + (user + ':' + password).toBase64();
}

/// Methods whose content means something (RFC 9110 section 8.6): without any, "Content-Length: 0" says so.
bool expectsContent(const QByteArray &method)
{
    return method == "POST" || method == "PUT" || method == "PATCH";
}

/// Framing is the engine's: a length that is not the body's would leave both ends waiting.
Refusal framingProblem(const HttpRequest &request)
{
    for (const QByteArray &coding : request.headers.values("Transfer-Encoding")) {
        if (coding.trimmed().toLower() != "chunked")
            return QStringLiteral("Transfer-Encoding can only be chunked, not %1").arg(QString::fromUtf8(coding));
        if (request.headers.contains("Content-Length"))
            return QStringLiteral("Content-Length and Transfer-Encoding exclude each other");
    }
    for (const QByteArray &length : request.headers.values("Content-Length")) {
        if (length.trimmed() != QByteArray::number(request.body.size()))
            return QStringLiteral("Content-Length is %1, but the body has %2 bytes")
                .arg(QString::fromUtf8(length.trimmed()))
                .arg(request.body.size());
    }
    if (request.headers.values("Host").size() > 1)
        return QStringLiteral("there can be only one Host");
    return {};
}

QByteArrayList curlFields(const HttpRequest &request, const QByteArray &userInfo)
{
    QByteArrayList fields;
    for (const Header &header : request.headers)
        fields << (header.value.trimmed().isEmpty() ? header.name + ';' : header.name + ": " + header.value);
    if (!userInfo.isEmpty() && !request.headers.contains("Authorization"))
        fields << "Authorization: " + basicCredentials(userInfo);
    if (!request.headers.contains("User-Agent"))
        fields << "User-Agent: errata/" ERRATA_VERSION;
    for (const char *name : {"Expect", "Accept-Encoding"}) {
        if (!request.headers.contains(name))
            fields << QByteArray(name) + ':';
    }
    return fields;
}

/// Fields that HTTP/2 has no place for (RFC 9113 section 8.2.2); libcurl drops them.
bool isAboutTheConnection(const QByteArray &name, const QByteArray &value)
{
    constexpr std::array<const char *, 5> names = {"connection", "proxy-connection", "keep-alive", "transfer-encoding",
                                                   "upgrade"};
    return std::any_of(names.begin(), names.end(), [&](const char *one) { return name == one; }) ||
           (name == "te" && value.toLower() != "trailers");
}

Headers translated(const QByteArrayList &requestLine, const Headers &fields, const QByteArray &scheme)
{
    Headers result{{":method", requestLine.value(0)}, {":path", requestLine.value(1)}, {":scheme", scheme}};
    if (const auto host = fields.value("Host"))
        result.add(":authority", *host);
    for (const Header &field : fields) {
        const QByteArray name = field.name.toLower();
        if (name != "host" && !isAboutTheConnection(name, field.value))
            result.add(name, field.value);
    }
    return result;
}

} // namespace

Result<CurlRequest> curlRequest(const HttpRequest &request)
{
    if (const Refusal refusal = framingProblem(request))
        return Error{*refusal, {}};
    QByteArray url = request.url;
    if (const qsizetype hash = url.indexOf('#'); hash >= 0)
        url.truncate(hash);
    const auto [start, end] = authorityOf(url);
    const QByteArray authority = url.mid(start, end - start);
    const qsizetype at = authority.lastIndexOf('@');

    CurlRequest result;
    result.target = url.mid(end);
    if (!result.target.startsWith('/'))
        result.target.prepend('/');
    const QByteArray origin = url.left(start) + authority.mid(at + 1);
    result.origin = origin + '/';
    result.absolute = origin + result.target;
    result.fields = curlFields(request, at < 0 ? QByteArray() : authority.left(at));
    result.hasContent = !request.body.isEmpty() || expectsContent(request.method) ||
                        request.headers.contains("Content-Length") || request.headers.contains("Transfer-Encoding");
    result.keepsConnection = request.method == "GET" || request.method == "HEAD";
    return result;
}

QByteArray sendableAddress(const QByteArray &address)
{
    QByteArray result;
    result.reserve(address.size());
    for (const char c : address) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 0x20 && byte < 0x7F)
            result += c;
        else
            result += '%' + QByteArray::number(byte, 16).rightJustified(2, '0').toUpper();
    }
    return result;
}

Headers fieldsOf(const QByteArray &head, bool http2, const QByteArray &scheme)
{
    Headers fields;
    QList<QByteArray> lines = head.split('\n');
    const QByteArrayList requestLine = lines.takeFirst().trimmed().split(' ');
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            fields.add(line.left(colon), line.mid(colon + 1).trimmed());
    }
    return http2 ? translated(requestLine, fields, scheme) : fields;
}

} // namespace errata
