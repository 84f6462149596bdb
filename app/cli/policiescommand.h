// errata policies
#pragma once

#include "app/cli/command.h"

namespace errata {

[[nodiscard]] Command policiesCommand();

} // namespace errata
