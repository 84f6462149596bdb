// What a policy does beyond what its form shows, in a few words each.
#pragma once

#include "models/retry/retrypolicy.h"

#include <QStringList>

namespace errata {

/// "token bucket 500, a retry takes 5", "only GET, PUT are retried", "x-should-retry decides".
[[nodiscard]] QStringList otherTerms(const RetryPolicy &policy);

/// "2 s", "1.5, 3 and 10 s" and the like for a table of waits; readWaits() reads it.
[[nodiscard]] QString waitsText(const std::vector<Millis> &waits);
/// "500, 1000, 2000" in ms; the error names the part that is none.
[[nodiscard]] Result<std::vector<Millis>> readWaits(QStringView text);

} // namespace errata
