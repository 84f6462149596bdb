// What surprises in a schedule, as sentences.
#pragma once

#include "models/retry/quirks.h"

#include <QStringList>

namespace errata {

/// Ends with a full stop.
[[nodiscard]] QString quirkSentence(Quirk quirk);
/// The same with the tries it is about before the full stop.
[[nodiscard]] QStringList quirkSentences(const std::vector<QuirkHit> &hits);

} // namespace errata
