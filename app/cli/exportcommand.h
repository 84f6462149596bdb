// errata export
#pragma once

#include "app/cli/command.h"

namespace errata {

[[nodiscard]] Command exportCommand();

} // namespace errata
