// errata redact: the text without its secrets.
#pragma once

#include "app/cli/command.h"

namespace errata {

[[nodiscard]] Command redactCommand();

} // namespace errata
