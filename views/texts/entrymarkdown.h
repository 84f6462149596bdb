// An entry as Markdown, for tickets and chats.
#pragma once

#include "models/catalog/catalog.h"

namespace errata {

/// Heading, meaning, a table of facts with their provenance, what to do, what to watch out for, source.
[[nodiscard]] QString entryMarkdown(const Entry &entry, const Catalog &catalog);

} // namespace errata
