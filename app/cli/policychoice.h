// The policy behind --policy and --retry.
#pragma once

#include "app/cli/command.h"
#include "models/retry/retrypolicy.h"

namespace errata {

/// A shipped policy by its id, or one read from a file. The error names near ids, or the fault in the file.
[[nodiscard]] Result<RetryPolicy> choosePolicy(CliContext &context, const QString &nameOrFile);

} // namespace errata
