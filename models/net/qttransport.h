// The engine over QNetworkAccessManager.
#pragma once

#include "models/http/transport.h"

namespace errata {

/// Wants a running event loop in the caller's thread. HTTP/1.1 only, no proxy, no cookies, no cache.
/// Known to differ from an exact sender: without a body the request goes out twice when the server closes
/// without an answer (SendResult::sends says so); several response fields of one name arrive joined.
class QtTransport final : public Transport
{
public:
    [[nodiscard]] std::unique_ptr<PendingSend> send(const HttpRequest &request, const SendOptions &options) override;
    [[nodiscard]] QString name() const override;
};

} // namespace errata
