// What OpenSSL's words say about a handshake that the server refused.
#pragma once

#include <QString>

namespace errata {

/// The server wants a client certificate, or another one: the alerts bad_certificate, unknown_ca and
/// certificate_required (RFC 8446 section 6.2), as OpenSSL writes them. Neither engine tells them otherwise.
[[nodiscard]] bool wantsClientCertificate(const QString &words);

} // namespace errata
