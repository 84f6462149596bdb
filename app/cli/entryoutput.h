// A catalog entry on the command line: as JSON and as text.
#pragma once

#include "app/cli/style.h"
#include "models/catalog/catalog.h"
#include "models/catalog/catalogreader.h"
#include "models/json/jsonwriter.h"

namespace errata {

struct CliContext;

/// ENTRY of the contract; \a match is "exact", "folded", "near" or "text", left out when empty.
void writeEntry(JsonWriter &json, const Catalog &catalog, const Entry &entry, const QString &match = {});

/// Everything the catalog says of one code.
[[nodiscard]] QString entryText(const CatalogSet &catalogs, const Entry &entry, const Style &style, int columns);

/// One line of a list.
[[nodiscard]] QString entryLine(const CatalogSet &catalogs, const Entry &entry, const Style &style);

/// Loads shipped, own and --catalog files; faults go to stderr, the rest is used.
[[nodiscard]] CatalogSet loadCatalogsOf(CliContext &context);
/// The same for what was loaded elsewhere.
[[nodiscard]] CatalogSet withFaultsTold(CliContext &context, const LoadedCatalogs &loaded);

/// Says so on stderr when --api names none of the catalogs.
[[nodiscard]] std::optional<QString> apiProblem(const CatalogSet &catalogs, const QString &api);

} // namespace errata
