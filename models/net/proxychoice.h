// Which proxy an address goes through; no sockets, no environment of its own.
#pragma once

#include "models/base/result.h"
#include "models/http/connection.h"

#include <QByteArray>

#include <functional>
#include <optional>

namespace errata {

/// The value of an environment variable, empty when there is none.
using EnvironmentLookup = std::function<QByteArray(const char *name)>;

/// The proxy's address with its scheme, nothing for a direct connection. \a url is a valid http or https address.
/// The environment is read as curl does: http_proxy in lower case only (in CGI programs HTTP_PROXY is a header),
/// https_proxy, all_proxy and no_proxy in either; "no_proxy=example.com,10.0.0.0/8" or "*".
/// proxyFor("http://127.0.0.1/", {}, env) is nothing: loopback goes through a proxy only when that is asked for.
[[nodiscard]] Result<std::optional<QByteArray>> proxyFor(const QByteArray &url, const ProxySettings &settings,
                                                         const EnvironmentLookup &environment);

/// localhost and all below it, 127.0.0.0/8, ::1.
[[nodiscard]] bool isLoopback(const QByteArray &host);

/// "http://me:secret@proxy:8080" is "http://proxy:8080".
[[nodiscard]] QByteArray withoutUserInfo(const QByteArray &address);

} // namespace errata
