#include "models/http/httprequesttext.h"

#include "models/base/bytes.h"
#include "models/http/headreader.h"
#include "models/http/startlines.h"

#include <algorithm>

namespace errata {

namespace {

/// Without its port; [::1] keeps its brackets.
QByteArrayView nameOf(QByteArrayView host)
{
    const qsizetype colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.first(colon) : host;
}

bool isPlain(QByteArrayView host)
{
    if (host.endsWith(":443"))
        return false;
    const QByteArrayView name = nameOf(host);
    return host.endsWith(":80") || name == "localhost" || name.startsWith("127.") || name == "[::1]";
}

} // namespace

bool startsLikeHttpRequest(QByteArrayView text)
{
    if (text.startsWith(byteOrderMark))
        text = text.sliced(3);
    const auto first = std::find_if_not(text.begin(), text.end(),
                                        [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    const QByteArrayView rest = text.sliced(first - text.begin());
    const qsizetype feed = rest.indexOf('\n');
    return requestLine(feed < 0 ? rest : rest.first(feed)).has_value();
}

QByteArray absoluteUrl(QByteArrayView target, QByteArrayView host)
{
    if (host.isEmpty() || !target.startsWith('/'))
        return target.toByteArray();
    return (isPlain(host) ? "http://" : "https://") + host.toByteArray() + target.toByteArray();
}

Result<HttpRequest> parseHttpRequest(const QByteArray &text)
{
    HeadReader head(text);
    if (!head.checkSize())
        return head.error();
    const HeadReader::Line line = head.firstLine();
    const auto start = requestLine(head.view(line));
    if (!start) {
        head.fail(QStringLiteral("no request line such as \"POST /v1/items HTTP/1.1\""));
        return head.error();
    }
    head.advance(line);
    if (!head.readFields())
        return head.error();
    HttpRequest request;
    request.method = start->method.toByteArray();
    request.headers = head.takeFields();
    const QByteArray authority = request.headers.value(":authority").value_or(QByteArray());
    request.url = absoluteUrl(start->target, request.headers.value("host").value_or(authority));
    if (head.headEnded())
        request.body = text.sliced(head.offset());
    return request;
}

} // namespace errata
