// What curl makes of the addresses on its command line.
#pragma once

#include <QByteArray>

namespace errata {

/// The first of the addresses that {a,b} and [1-3] stand for, and how many there are.
struct CurlAddresses
{
    QByteArray first;
    qint64 count = 1;
};

/// A backslash keeps a brace or bracket. What curl would refuse ("{{id}}", "[x") stays as it stands, and so do
/// an IPv6 address and "[]".
[[nodiscard]] CurlAddresses curlAddresses(const QByteArray &url);

/// Without dot segments (RFC 3986 section 5.2.4) unless \a asIs, bytes beyond ASCII in the path percent-encoded.
[[nodiscard]] QByteArray curlPathOf(const QByteArray &url, bool asIs);

/// \a query added behind the address's own: curl writes its percent-encoding in lower case.
[[nodiscard]] QByteArray withCurlQuery(QByteArray url, const QByteArray &query);

/// -T: the file's name where the path is a folder's.
[[nodiscard]] QByteArray withUploadName(const QByteArray &url, const QByteArray &file);

} // namespace errata
