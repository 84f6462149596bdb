// errata search
#pragma once

#include "app/cli/command.h"

namespace errata {

[[nodiscard]] Command searchCommand();

} // namespace errata
