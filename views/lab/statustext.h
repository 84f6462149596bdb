// Statuses as they are typed into a field.
#pragma once

#include "models/base/result.h"
#include "models/retry/retrypolicy.h"

#include <QStringView>

namespace errata {

/// "429, 5xx, 500-504", blanks as you like; nothing is the empty set. The error names the part that is none.
[[nodiscard]] Result<StatusSet> parseStatuses(QStringView text);

} // namespace errata
