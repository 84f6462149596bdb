// A request in the form libcurl takes it, decided before anything is sent.
#pragma once

#include "models/base/result.h"
#include "models/http/message.h"

#include <QByteArray>
#include <QByteArrayList>

namespace errata {

struct CurlRequest
{
    QByteArray origin; ///< "https://host:port/": where to connect
    QByteArray target; ///< path and query byte for byte as typed; for an HTTP proxy, \c absolute
    QByteArray absolute;
    QByteArrayList fields;   ///< "Name: value", "Name;" for an empty one, "Name:" for one that curl is not to add
    bool hasContent = false; ///< there is a body, or its absence is to be announced
    bool keepsConnection = false;
};

/// libcurl would remove a fragment of the path's dots, read the userinfo itself and add "Expect"; none of that
/// is left to it. What it adds is Host and, where missing, Accept and Content-Length.
[[nodiscard]] Result<CurlRequest> curlRequest(const HttpRequest &request);

/// A Location with what may not stand in a request line percent-encoded: blanks, controls, raw UTF-8.
[[nodiscard]] QByteArray sendableAddress(const QByteArray &address);

/// The header fields of a request head as it went out: "GET / HTTP/1.1\r\nHost: x\r\n\r\n".
/// For HTTP/2, where libcurl shows what it translates, as translated (RFC 9113 section 8.3.1): pseudo-header
/// fields first, names in lower case, those about the connection left out.
[[nodiscard]] Headers fieldsOf(const QByteArray &head, bool http2, const QByteArray &scheme);

} // namespace errata
