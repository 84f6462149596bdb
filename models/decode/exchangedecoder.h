// One exchange in, its errors out.
#pragma once

#include "models/decode/decoder.h"

namespace errata {

/// What \a exchange says went wrong: as a rule nothing or one finding, several where the body is a list of errors.
/// What could not be read of the body is added to \a problems.
[[nodiscard]] std::vector<Finding> findingsOf(const Exchange &exchange, const CatalogSet &catalogs,
                                              const DecodeOptions &options, QStringList &problems);

} // namespace errata
