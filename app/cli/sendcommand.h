// errata send
#pragma once

#include "app/cli/command.h"

namespace errata {

[[nodiscard]] Command sendCommand();

} // namespace errata
