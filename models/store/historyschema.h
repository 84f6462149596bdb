// The tables of the history.
#pragma once

#include "models/store/database.h"

namespace errata {

[[nodiscard]] SchemaSteps historySteps();

} // namespace errata
