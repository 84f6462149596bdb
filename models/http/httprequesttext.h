// Requests as people paste them.
#pragma once

#include "models/base/result.h"
#include "models/http/message.h"

#include <QByteArray>
#include <QByteArrayView>

namespace errata {

/// Whether the first line that is not blank is a request line: "POST /v1/x HTTP/1.1", also with an absolute URL,
/// also "HTTP/2".
[[nodiscard]] bool startsLikeHttpRequest(QByteArrayView text);

/// \a target of a request line as an absolute URL. \a host may have a port; https unless that is 80 or the host is
/// this machine. Without a host the target stays as it is.
[[nodiscard]] QByteArray absoluteUrl(QByteArrayView target, QByteArrayView host);

/// A request as `curl -v`, a proxy or the network view of a browser shows it, with the tolerance of
/// parseHttpResponse(). The URL is made absolute from Host or :authority; the body is all that follows the empty
/// line, byte-exact. The error's place is "line N".
[[nodiscard]] Result<HttpRequest> parseHttpRequest(const QByteArray &text);

} // namespace errata
