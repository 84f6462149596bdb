// Two small catalogs made in code, for tests of models and pages.
#pragma once

#include "models/catalog/catalog.h"

namespace errata::test {

/// Seven entries of "alpha" and "beta": a rate limit in each (RATE_LIMIT, rate-limit: equivalents), a conflict
/// with an inferred status, one that is no error, one on the command line, one with nothing but its name.
[[nodiscard]] CatalogSet smallCatalogs();

} // namespace errata::test
