// HTTP messages as people paste them.
#pragma once

#include "models/base/result.h"
#include "models/http/message.h"

#include <QByteArray>
#include <QByteArrayView>

namespace errata {

/// Whether the first line that is not blank is a status line: "HTTP/1.1 429 Too Many Requests",
/// "HTTP/2 429".
[[nodiscard]] bool startsLikeHttpResponse(QByteArrayView text);

/// A response as `curl -i` or a browser shows it: status line, header fields, an empty line, the body.
///
/// Of several heads in a row (100 Continue, redirects followed, a proxy's 200 Connection
/// established) the last one counts. Lines end in CR LF or LF; blank lines may come first; all lines
/// of the head may be indented alike; folded fields are unfolded (RFC 9112 section 5.2); the body may
/// begin with { [ or < right below the head where the empty line was lost. The body is all that
/// follows, byte-exact, whatever Content-Length says; a chunked one that still has its chunk sizes is
/// decoded and has no bodyOffset. All offsets are into \a text. The error's place is "line N".
[[nodiscard]] Result<Exchange> parseHttpResponse(const QByteArray &text);

} // namespace errata
