// The first line of a message, and its header fields, a line at a time.
#pragma once

#include <QByteArrayView>

#include <optional>

namespace errata {

/// HTTP-version SP status-code [ SP reason-phrase ] (RFC 9112 section 4; HTTP/2 and later by custom)
struct StatusLine
{
    QByteArrayView version;
    qsizetype codeAt = 0; ///< offset of the three digits in the line
    int code = 0;
    QByteArrayView reason;
};

/// method SP request-target SP HTTP-version (RFC 9112 section 3; HTTP/2 and later by custom)
struct RequestLine
{
    QByteArrayView method;
    QByteArrayView target;
    QByteArrayView version;
};

/// field-name ":" OWS field-value OWS (RFC 9112 section 5)
struct FieldLine
{
    QByteArrayView name;
    QByteArrayView value;
};

/// Lines come without their CR LF. "HTTP/2 429", "HTTP/1.1 404 Not Found".
[[nodiscard]] std::optional<StatusLine> statusLine(QByteArrayView line);
/// "GET /v1/x HTTP/1.1": a target is a path, "*", an absolute URL or, for CONNECT, an authority.
[[nodiscard]] std::optional<RequestLine> requestLine(QByteArrayView line);
/// A blank before the colon is dropped; a pseudo-header of HTTP/2 (":status") is kept under its name. An empty
/// value is a view of length 0 where it would stand.
[[nodiscard]] std::optional<FieldLine> fieldLine(QByteArrayView line);
/// The end of "HTTP/2" or "HTTP/1.1" at the start of \a line, 0 when there is none.
[[nodiscard]] qsizetype versionLength(QByteArrayView line);

} // namespace errata
