// --as, --api and --status, as the commands take them that read an input.
#pragma once

#include "app/cli/command.h"
#include "app/cli/options.h"
#include "models/decode/decoder.h"

namespace errata {

void addDecodeOptions(Options &options);
[[nodiscard]] Result<DecodeOptions> readDecodeOptions(const Options &options, const CliContext &context);

} // namespace errata
