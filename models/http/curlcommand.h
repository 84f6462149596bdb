// A request as a curl command line to copy, without its secrets.
#pragma once

#include "models/http/message.h"

#include <QByteArray>

#include <vector>

namespace errata {

/// What must not leave in a copied command. Names compare without case.
struct SecretNames
{
    std::vector<QByteArray> headers;  ///< the whole value is secret, but for the scheme of Authorization
    std::vector<QByteArray> query;    ///< parameters of the URL
    std::vector<QByteArray> prefixes; ///< what tokens begin with, wherever they stand: "sk_live_"
};

/// Authorization, Proxy-Authorization, Cookie, X-Api-Key, ...; api_key, access_token, ...; well-known
/// token prefixes. Catalogs add theirs.
[[nodiscard]] SecretNames commonSecrets();

struct CurlCommand
{
    QByteArray text; ///< one line for a POSIX shell; valid UTF-8, no NUL
    int masked = 0;  ///< secrets replaced by "[masked]"
};

/// The command that sends \a request with its bytes unchanged, but for the secrets named in \a secrets.
///   curl -X DELETE -H 'X-Api-Key: [masked]' https://api.example.com/v1/items/1
/// A body that is no text a shell can hold is piped in as base64.
[[nodiscard]] CurlCommand curlCommand(const HttpRequest &request, const SecretNames &secrets = {});

/// One word for a POSIX shell: as it is where that is safe, else in single quotes.
[[nodiscard]] QByteArray shellQuoted(const QByteArray &word);

} // namespace errata
