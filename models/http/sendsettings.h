// What a request says of how it is to be sent.
#pragma once

#include "models/http/transport.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace errata {

/// What is absent is left to whoever sends.
struct SendSettings
{
    std::optional<ProxySettings> proxy = {};
    std::optional<TlsSettings> tls = {};
    std::optional<HttpVersion> version = {};
    std::optional<bool> followRedirects = {};
    std::optional<int> maxRedirects = {};
    std::optional<Millis> deadline = {};  ///< 0 is none
    std::optional<qint64> bodyLimit = {}; ///< bytes
    std::optional<bool> cookies = {};     ///< whether the environment's are sent and kept

    friend bool operator==(const SendSettings &, const SendSettings &) = default;
    [[nodiscard]] bool isEmpty() const { return *this == SendSettings(); }
};

/// \a settings with each of its texts that counts as \a how makes it: the proxy's address and those reached without
/// it, where there is one; files of certificates; the key's password.
[[nodiscard]] SendSettings changed(SendSettings settings, const std::function<QByteArray(const QByteArray &)> &how);

/// \a options with what \a settings say.
[[nodiscard]] SendOptions applied(const SendSettings &settings, SendOptions options);

} // namespace errata
