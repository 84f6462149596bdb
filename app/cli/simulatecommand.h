// errata simulate
#pragma once

#include "app/cli/command.h"

namespace errata {

[[nodiscard]] Command simulateCommand();

} // namespace errata
