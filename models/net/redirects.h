// Following redirects: pure functions over addresses and requests, no sockets.
#pragma once

#include "models/http/message.h"

#include <QByteArray>
#include <QByteArrayView>

namespace errata {

/// 301, 302, 303, 307, 308: the statuses whose Location is followed (RFC 9110 section 15.4). 300 leaves
/// the choice to a person, 304 has no target, 305 and 306 are no longer used.
[[nodiscard]] bool isRedirect(int status);

/// Resolves \a reference against an absolute \a base (RFC 3986 section 5.2.2, strict) on the bytes as they
/// stand; QUrl::resolved() would also rewrite percent-encodings. A base's fragment is inherited (RFC 9110
/// section 10.2.2).
[[nodiscard]] QByteArray resolveReference(const QByteArray &base, const QByteArray &reference);

/// Same scheme, host and port, default ports included: credentials may travel on.
[[nodiscard]] bool sameOrigin(const QByteArray &a, const QByteArray &b);

/// Whether a header carries somebody's identity: "Authorization", "Cookie", "x-api-key" and their like.
[[nodiscard]] bool isCredentialHeader(QByteArrayView name);

/// 301 and 302 turn POST into GET, 303 everything but HEAD, 307 and 308 nothing.
[[nodiscard]] QByteArray redirectedMethod(int status, const QByteArray &method);

struct RedirectedRequest
{
    HttpRequest request;
    bool credentialsDropped = false; ///< the origin changed and there was something to drop
};

/// The request that follows \a request after \a status with \a location. A change of method leaves body
/// and Content-* behind, a change of origin credentials and a Host of the caller's own.
[[nodiscard]] RedirectedRequest redirected(const HttpRequest &request, int status, const QByteArray &location);

} // namespace errata
