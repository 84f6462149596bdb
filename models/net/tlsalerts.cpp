#include "models/net/tlsalerts.h"

#include <algorithm>
#include <array>

namespace errata {

bool wantsClientCertificate(const QString &words)
{
    constexpr std::array alerts = {"alert certificate required", "alert bad certificate", "alert unknown ca"};
    return std::any_of(alerts.begin(), alerts.end(),
                       [&words](const char *alert) { return words.contains(QLatin1String(alert)); });
}

} // namespace errata
