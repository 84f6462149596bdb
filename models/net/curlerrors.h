// What libcurl's error codes mean to us.
#pragma once

#include "models/http/transport.h"

#include <curl/curl.h>

#include <QString>

namespace errata {

/// Everything that tells why a transfer ended as it did.
struct CurlEnding
{
    CURLcode code = CURLE_OK;
    QString words;             ///< libcurl's own
    int systemError = 0;       ///< errno of the socket call that failed, 0 when none did
    long verifyResult = 0;     ///< OpenSSL's X509_V_ERR_...
    bool proxied = false;      ///< there is a proxy between
    int connectStatus = 0;     ///< the proxy's answer to CONNECT
    bool retryRefused = false; ///< libcurl wanted to send once more
    bool headStarted = false;
    bool headEnded = false;
};

/// The kind, a sentence of ours and, behind it, libcurl's words.
[[nodiscard]] NetworkFailure failureOf(const CurlEnding &ending);

} // namespace errata
