// The engine over libcurl, the default one.
#pragma once

#include "models/http/transport.h"

#include <memory>

namespace errata {

class HopEngine;

/// Wants a running event loop in the caller's thread. What goes out is what was typed, byte for byte, with Host,
/// Accept, User-Agent and the body's length where they are missing; a request is never sent a second time.
/// Connections of GET and HEAD are kept for the next GET or HEAD of this transport.
class CurlTransport final : public Transport
{
public:
    CurlTransport();

    [[nodiscard]] std::unique_ptr<PendingSend> send(const HttpRequest &request, const SendOptions &options) override;
    [[nodiscard]] QString name() const override;

private:
    const std::shared_ptr<HopEngine> m_engine;
};

} // namespace errata
