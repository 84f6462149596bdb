// What a ticket needs: ids and times found in a reply, and what is still missing.
#pragma once

#include "models/decode/conditions.h"
#include "models/decode/diagnosis.h"

namespace errata {

/// Ids by the envelope's pointers, then request ids and the time from the headers.
[[nodiscard]] std::vector<FoundId> foundIds(const Reply &reply, const Catalog *catalog, const Envelope *envelope);

/// What the vendor asks for (or, with no vendor known, what any support asks for) and the input lacks.
[[nodiscard]] std::vector<MissingFact> missingFacts(const Reply &reply, const Catalog *catalog,
                                                    const std::vector<FoundId> &ids);

} // namespace errata
