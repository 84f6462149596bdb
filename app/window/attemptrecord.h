// An attempt that was made, as the history keeps it.
#pragma once

#include "models/catalog/catalog.h"
#include "models/http/history.h"
#include "models/retry/attempt.h"

namespace errata {

/// \a attempt has just ended, and its `live` is there. \a run is the same for all attempts of one act of the user.
[[nodiscard]] HistoryRecord attemptRecord(const QString &run, const HttpRequest &request, const Attempt &attempt,
                                          const CatalogSet &catalogs);

} // namespace errata
