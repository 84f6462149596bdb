// errata bundle
#pragma once

#include "app/cli/command.h"

namespace errata {

[[nodiscard]] Command bundleCommand();

} // namespace errata
