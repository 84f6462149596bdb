// A retry policy by name or file.
#pragma once

#include "app/cli/command.h"
#include "models/base/result.h"
#include "models/retry/retrypolicy.h"

namespace errata {

/// A shipped policy by its id, or the policy in a file ("-" is standard input). An error names what is
/// near, or the file, the place and what was expected there.
[[nodiscard]] Result<RetryPolicy> findPolicy(CliContext &context, const QString &nameOrFile);

} // namespace errata
