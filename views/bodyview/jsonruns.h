// The colours of one line of indented JSON.
#pragma once

#include "views/bodyview/lineview.h"
#include "views/theme/theme.h"

namespace errata {

/// Key and scalar of a line as IndentedJson makes them. Reads the key alone: a value may be megabytes long.
[[nodiscard]] std::vector<TextRun> jsonRuns(const TextSource &source, Span line, const Syntax &colours);

} // namespace errata
