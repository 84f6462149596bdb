// The facts of a finding as texts to copy.
#pragma once

#include "models/catalog/catalog.h"
#include "models/decode/diagnosis.h"

#include <QStringList>

namespace errata {

/// One fact a line: API, code, status, message, endpoint, ids; then what to ask for.
[[nodiscard]] QString ticketText(const Finding &finding, const CatalogSet &catalogs);

/// What the ticket lacks, as one message to the customer; empty when there is nothing to ask.
[[nodiscard]] QString questionsText(const Finding &finding);

/// The wait in words, "2 s"; empty when none is known.
[[nodiscard]] QString waitText(const Finding &finding);

/// "retry in 2 s", "retry: after fix", "not an error".
[[nodiscard]] QString retryWord(const Finding &finding);

/// A server script that plays this error once and then succeeds: "429:2, 200".
[[nodiscard]] QString scriptFor(const Finding &finding);

} // namespace errata
