// A catalog's probe as a request to edit.
#pragma once

#include "models/catalog/catalog.h"
#include "models/http/requestdraft.h"

namespace errata {

/// The request a probe of \a catalog stands for: base URL, the first form of authentication, its headers, its body;
/// "{name}" as "{{name}}".
[[nodiscard]] RequestDraft draftOf(const Probe &probe, const Catalog &catalog);

} // namespace errata
