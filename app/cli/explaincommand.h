// errata explain
#pragma once

#include "app/cli/command.h"

namespace errata {

[[nodiscard]] Command explainCommand();

} // namespace errata
