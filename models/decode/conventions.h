// The error conventions beside the catalogs (problem details, OAuth 2.0, ...): data of the catalogs' own form.
#pragma once

#include "models/catalog/catalog.h"
#include "models/decode/diagnosis.h"

namespace errata {

/// resources/conventions, read at the first call.
[[nodiscard]] const CatalogSet &conventions();

/// Which convention a catalog of conventions() is; Convention::Catalog for the catalog of an API.
[[nodiscard]] Convention conventionOf(const Catalog &catalog);

} // namespace errata
