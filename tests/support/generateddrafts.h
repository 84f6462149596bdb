// Collections made by chance from a seed, for properties that hold for all of them.
#pragma once

#include "models/http/collection.h"

namespace errata {

/// Requests with every kind of authentication and body, names with blanks, bytes that are no text.
[[nodiscard]] Collection generatedCollection(quint64 seed);

/// The same with what any tool can hold: texts, and fields of their own kind only.
[[nodiscard]] Collection tameCollection(quint64 seed);

} // namespace errata
