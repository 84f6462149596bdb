// TLS of a libcurl transfer: what is asked for and what was found.
#pragma once

#include "models/http/connection.h"

#include <curl/curl.h>

#include <QByteArrayView>

#include <optional>

namespace errata {

/// Files that are not there are reported by libcurl when it connects.
void applyTls(CURL *transfer, const TlsSettings &settings);

/// Protocol and cipher of libcurl's line "SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384"; nothing for
/// any other line. There is no other way to learn them without OpenSSL's own headers.
[[nodiscard]] std::optional<TlsDetails> tlsFromWords(QByteArrayView words);

/// The certificates of a handshake, as CURLINFO_CERTINFO tells them; empty without one.
[[nodiscard]] std::vector<Certificate> certificatesOf(CURL *transfer);

/// One certificate from lines "Subject:CN = x", "Start date:Nov 22 12:00:00 2026 GMT", "Cert:-----BEGIN...".
[[nodiscard]] Certificate certificateFrom(const QByteArrayList &lines);

} // namespace errata
