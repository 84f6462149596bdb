// What the catalogs name as secrets, in the redactor's terms.
#pragma once

#include "models/catalog/catalog.h"
#include "models/redact/redaction.h"

namespace errata {

[[nodiscard]] RedactionRules redactionRules(const CatalogSet &catalogs);

} // namespace errata
