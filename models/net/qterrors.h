// What QNetworkReply's error codes mean to us.
#pragma once

#include "models/http/transport.h"

#include <QNetworkReply>

namespace errata {

/// Whether the error only says again what \a status (0: none came) says: 404, 429, 503 and so on are
/// answers, not failures.
[[nodiscard]] bool repeatsStatus(QNetworkReply::NetworkError error, int status);

/// \a requestSent tells "no way to the host" from "something broke on the way": Qt reports both as
/// UnknownNetworkError.
[[nodiscard]] NetworkError networkErrorOf(QNetworkReply::NetworkError error, bool requestSent);

} // namespace errata
