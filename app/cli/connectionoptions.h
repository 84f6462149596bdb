// The flags of `send` that say how it connects, and what it says of the connection.
#pragma once

#include "app/cli/options.h"
#include "app/cli/style.h"
#include "models/base/clock.h"
#include "models/http/sendsettings.h"
#include "models/json/jsonwriter.h"

namespace errata {

/// --proxy, --noproxy, --cacert, --cert, --key, --insecure, --http1.1, --http2, --no-redirects, --max-redirects,
/// --max-size.
void addConnectionOptions(Options &options);
/// What they say, and where they say nothing \a fallback; files that cannot be read are an error.
[[nodiscard]] Result<SendSettings> connectionSettings(const Options &options, const SendSettings &fallback);

/// What must not go unsaid before sending: an unverified certificate.
[[nodiscard]] std::optional<QString> connectionWarning(const SendOptions &options);

/// Members "proxy", "local", "connection_reused" and "tls" of an attempt.
void writeConnection(JsonWriter &json, const SendResult &result);
/// Lines on redirects, proxy and a certificate near its end; empty where there is nothing to say.
[[nodiscard]] QStringList connectionLines(const SendResult &result, const QDateTime &now);

} // namespace errata
