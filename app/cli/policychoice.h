// The policy behind --policy and --retry.
#pragma once

#include "app/cli/command.h"
#include "models/retry/retrypolicy.h"

namespace errata {

/// The shipped policies and the user's own; own files that are left out are told on standard error.
[[nodiscard]] std::vector<RetryPolicy> policiesOf(CliContext &context);

/// One of them by its id, or one read from a file. The error names near ids, or the fault in the file.
[[nodiscard]] Result<RetryPolicy> choosePolicy(CliContext &context, const QString &nameOrFile);

/// What the API \a id documents of retries. The error names the APIs that do.
[[nodiscard]] Result<DocumentedRetries> documentedBy(CliContext &context, const QString &id);

} // namespace errata
