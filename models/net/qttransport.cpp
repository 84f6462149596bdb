#include "models/net/qttransport.h"

#include "models/net/qtpendingsend.h"

namespace errata {

std::unique_ptr<PendingSend> QtTransport::send(const HttpRequest &request, const SendOptions &options)
{
    return std::make_unique<QtPendingSend>(request, options);
}

QString QtTransport::name() const
{
    return QStringLiteral("qt");
}

} // namespace errata
