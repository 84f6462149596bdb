// Domains below which anybody may register a name.
#pragma once

#include <QByteArray>

namespace errata {

/// By the list of publicsuffix.org that libpsl was built with; \a domain in lower case, international names as
/// A-labels.
[[nodiscard]] bool isPublicSuffix(const QByteArray &domain);

} // namespace errata
