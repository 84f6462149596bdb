// Files written all or nothing: an old one stays as it was until the new one is whole.
#pragma once

#include "models/base/result.h"

#include <QByteArray>

#include <optional>

namespace errata {

/// Writes \a bytes under \a path, in place of what was there; what went wrong names the path.
[[nodiscard]] std::optional<Error> writeWholeFile(const QString &path, const QByteArray &bytes);

} // namespace errata
