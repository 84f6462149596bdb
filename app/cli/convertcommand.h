// errata convert: requests from and to other tools' formats.
#pragma once

#include "app/cli/command.h"

namespace errata {

[[nodiscard]] Command convertCommand();

} // namespace errata
