// The engine over QNetworkAccessManager.
#pragma once

#include "models/http/transport.h"

#include <memory>

namespace errata {

class HopEngine;

/// Wants a running event loop in the caller's thread. HTTP/1.1 only, no proxy, no cookies, no cache.
/// Where Qt 6.4 differs from an exact sender: "Content-Length: 0" goes out with every request that has no
/// body; an address Qt would rewrite is refused; request fields of one name are sent as one; of the response,
/// fields of one name arrive joined and empty ones not at all, 102 and 103 end it, and what is not HTTP looks
/// like a closed connection; endless headers are stopped by the deadline alone.
class QtTransport final : public Transport
{
public:
    QtTransport();

    [[nodiscard]] std::unique_ptr<PendingSend> send(const HttpRequest &request, const SendOptions &options) override;
    [[nodiscard]] QString name() const override;

private:
    const std::shared_ptr<HopEngine> m_engine;
};

} // namespace errata
