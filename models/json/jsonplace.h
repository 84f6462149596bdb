// Which value of a document a byte belongs to.
#pragma once

#include "models/json/jsondocument.h"

namespace errata {

/// The innermost value at \a offset, its key included; the container where it stands between two values. Walks from
/// the root over siblings: a few milliseconds in an array of a million.
[[nodiscard]] std::uint32_t jsonNodeAt(const JsonDocument &document, qsizetype offset);
/// The JSON Pointer (RFC 6901) of the value at \a node: "" for the root, "/errors/0/code".
[[nodiscard]] QString jsonPointerOf(const JsonDocument &document, std::uint32_t node);

} // namespace errata
