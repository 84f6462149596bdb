#include "models/net/curltransport.h"

#include "models/net/curlhop.h"
#include "models/net/hoppingsend.h"
#include "models/net/proxychoice.h"

namespace errata {

namespace {

class CurlHopEngine final : public HopEngine
{
public:
    Result<std::unique_ptr<Hop>> open(const HttpRequest &request, TargetRule /*rule*/, const SendOptions &options,
                                      const QElapsedTimer &sinceStart) override
    {
        auto wire = curlRequest(request);
        if (!wire)
            return wire.error();
        const auto proxy = proxyFor(request.url, options.proxy, [](const char *name) { return qgetenv(name); });
        if (!proxy)
            return proxy.error();
        CurlHop::Plan plan{request, std::move(wire).value(), proxy->value_or(QByteArray())};
        return std::unique_ptr<Hop>(std::make_unique<CurlHop>(m_multi, std::move(plan), options, sinceStart));
    }

    QByteArray sendable(const QByteArray &address) const override { return sendableAddress(address); }

private:
    const std::shared_ptr<CurlMulti> m_multi = std::make_shared<CurlMulti>();
};

} // namespace

CurlTransport::CurlTransport() : m_engine(std::make_shared<CurlHopEngine>()) {}

std::unique_ptr<PendingSend> CurlTransport::send(const HttpRequest &request, const SendOptions &options)
{
    return std::make_unique<HoppingSend>(m_engine, request, options);
}

QString CurlTransport::name() const
{
    return QStringLiteral("curl");
}

} // namespace errata
