#include "models/net/qttransport.h"

#include "models/net/hoppingsend.h"
#include "models/net/qthop.h"
#include "models/net/qttls.h"

namespace errata {

namespace {

class QtHopEngine final : public HopEngine
{
public:
    Result<std::unique_ptr<Hop>> open(const HttpRequest &request, TargetRule rule, const SendOptions &options,
                                      const QElapsedTimer &sinceStart) override
    {
        if (options.proxy.mode == ProxySettings::Mode::Manual)
            return Error{QStringLiteral("the Qt engine uses no proxy"), {}};
        if (options.version == HttpVersion::Http2)
            return Error{QStringLiteral("the Qt engine sends HTTP/1.1 only"), {}};
        const Result<WireRequest> wire = wireRequest(request, rule);
        if (!wire)
            return wire.error();
        // Not asked for without need: what it loads takes its time.
        const bool encrypted = wire->url.scheme() == QLatin1String("https");
        const Result<QSslConfiguration> tls = encrypted ? sslConfiguration(options.tls) : QSslConfiguration();
        if (!tls)
            return tls.error();
        return std::unique_ptr<Hop>(std::make_unique<QtHop>(*wire, *tls, options, sinceStart));
    }

    QByteArray sendable(const QByteArray &address) const override
    {
        return QUrl::fromEncoded(address, QUrl::TolerantMode).toEncoded();
    }
};

} // namespace

QtTransport::QtTransport() : m_engine(std::make_shared<QtHopEngine>()) {}

std::unique_ptr<PendingSend> QtTransport::send(const HttpRequest &request, const SendOptions &options)
{
    return std::make_unique<HoppingSend>(m_engine, request, options);
}

QString QtTransport::name() const
{
    return QStringLiteral("qt");
}

} // namespace errata
