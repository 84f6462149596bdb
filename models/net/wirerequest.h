// What really goes onto the wire through QNetworkAccessManager, decided before it does.
#pragma once

#include "models/base/result.h"
#include "models/http/message.h"
#include "models/net/hop.h"

#include <QUrl>

namespace errata {

struct WireRequest
{
    QUrl url; ///< without userinfo and fragment
    QByteArray method;
    Headers headers; ///< all of them: nothing is left for Qt to add
    QByteArray body;
};

/// QUrl always writes "%e4" as "%E4" and "%7e" as "~": the same resource (RFC 3986 section 6.2.2), but other
/// bytes, which a signature would notice.
/// The error says what cannot be sent and, for an address, what Qt would send in its place.
[[nodiscard]] Result<WireRequest> wireRequest(const HttpRequest &request, TargetRule rule);

} // namespace errata
