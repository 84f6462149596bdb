// The words that files, the command line and machine output use for the ways not to get an answer.
#pragma once

#include "models/http/transport.h"

#include <optional>

namespace errata {

/// "dns", "tls-expired", "none".
[[nodiscard]] QString networkErrorId(NetworkError error);
[[nodiscard]] std::optional<NetworkError> networkErrorFromId(QStringView id);
/// All but None, in the order of the enumeration.
[[nodiscard]] const std::vector<NetworkError> &networkErrors();

} // namespace errata
