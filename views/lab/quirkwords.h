// What surprises in a schedule, as sentences.
#pragma once

#include "models/retry/quirks.h"

#include <QStringList>

namespace errata {

/// "Try 4 is followed by a wait that nobody gains from ..."; no full stop is left out.
[[nodiscard]] QString quirkSentence(Quirk quirk);
/// The same with the tries it is about.
[[nodiscard]] QStringList quirkSentences(const std::vector<QuirkHit> &hits);

} // namespace errata
