// The words that catalog files, the command line and machine output use for enums.
#pragma once

#include "models/catalog/entry.h"

#include <QStringList>

#include <optional>

namespace errata {

/// "stated", "companion", "derived", "inferred".
[[nodiscard]] QString provenanceId(Provenance provenance);
[[nodiscard]] std::optional<Provenance> provenanceFromId(QStringView id);

/// "yes", "no", "after-wait", "after-fix", "unstated".
[[nodiscard]] QString retryVerdictId(RetryVerdict verdict);
[[nodiscard]] std::optional<RetryVerdict> retryVerdictFromId(QStringView id);

[[nodiscard]] const QStringList &provenanceIds();
[[nodiscard]] const QStringList &retryVerdictIds();

} // namespace errata
