// policies NAME --as LANGUAGE: a policy as code.
#pragma once

#include "app/cli/options.h"
#include "models/retry/retrypolicy.h"

namespace errata {

void addProgramFlag(Options &options);

/// Writes the program asked for with --as, and finishes; \a names are what stood on the command line.
void writeProgram(const Options &options, const QStringList &names, const RetryPolicy &policy, CliContext &context,
                  const Finish &finish);

} // namespace errata
