// What can still be read of JSON that was cut off.
#pragma once

#include "models/json/jsondocument.h"

#include <optional>

namespace errata {

/// When \a bytes end inside the document (\a error stands at their end): the document up to its last
/// whole member or element, with what was open closed. Offsets stay those of \a bytes. Nothing when
/// the text is wrong in the middle, or when \a progress stops.
[[nodiscard]] std::optional<JsonDocument> salvageTruncatedJson(const QByteArray &bytes, const JsonError &error,
                                                               const Progress &progress = {});

} // namespace errata
