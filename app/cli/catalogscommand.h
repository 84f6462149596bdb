// errata catalogs
#pragma once

#include "app/cli/command.h"

namespace errata {

[[nodiscard]] Command catalogsCommand();

} // namespace errata
