// A diagnosis on the command line: as JSON and as text.
#pragma once

#include "app/cli/style.h"
#include "models/decode/diagnosis.h"
#include "models/json/jsonwriter.h"

namespace errata {

/// FINDING of the contract.
void writeFinding(JsonWriter &json, const CatalogSet &catalogs, const Finding &finding);
/// "findings": [...]
void writeFindings(JsonWriter &json, const CatalogSet &catalogs, const std::vector<Finding> &findings);
/// "summary": {"failed", "by_code": [{"api", "code", "count", "first", "last"}...], "by_host": [...]}
void writeSummary(JsonWriter &json, const Diagnosis &diagnosis);
/// The same as lines: how many of how many failed, how often with which code, at which host, from when to when.
[[nodiscard]] QString summaryText(const CatalogSet &catalogs, const Diagnosis &diagnosis, const Style &style);

/// The verdict with its reasons, for a terminal.
[[nodiscard]] QString findingText(const CatalogSet &catalogs, const Finding &finding, const Style &style, int columns);

/// Whether any finding is an error the API reported (exit status 4).
[[nodiscard]] bool holdsError(const std::vector<Finding> &findings);

} // namespace errata
