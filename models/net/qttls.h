// TLS settings and findings in Qt's terms.
#pragma once

#include "models/base/result.h"
#include "models/http/transport.h"

#include <QSslConfiguration>
#include <QSslError>

namespace errata {

/// Qt's own configuration for settings that ask for nothing. The error names the file that cannot be used.
[[nodiscard]] Result<QSslConfiguration> sslConfiguration(const TlsSettings &settings);

[[nodiscard]] TlsDetails tlsDetailsOf(const QSslConfiguration &session);

/// Dates count before the signature, the signature before the name, as OpenSSL tells them; Tls for anything else.
[[nodiscard]] NetworkError networkErrorOf(const QList<QSslError> &errors);

} // namespace errata
