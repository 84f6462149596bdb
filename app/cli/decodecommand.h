// errata decode
#pragma once

#include "app/cli/command.h"

namespace errata {

[[nodiscard]] Command decodeCommand();

} // namespace errata
