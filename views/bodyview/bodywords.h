// The words of a BodyView.
#pragma once

#include "views/bodyview/bodyview.h"

namespace errata::words {

[[nodiscard]] QString bodyMode(BodyMode mode);
[[nodiscard]] QString bodyModeMeaning(BodyMode mode);
/// Where a charset was taken from; a sentence.
[[nodiscard]] QString charsetSource(CharsetSource source);
/// "25.3 MB · 1,100,001 lines"; \a lines is 0 where they are not known or do not count.
[[nodiscard]] QString bodySize(qsizetype bytes, qsizetype lines);
/// What goes on with a large body, or where it was stopped.
[[nodiscard]] QString reading(qsizetype bytes, bool stopped, bool wholeText);
/// Why a body of valid JSON is shown as it came.
[[nodiscard]] QString refusal(PrettyRefusal refusal, BodyForm form);
/// "body.json".
[[nodiscard]] QString suggestedName(const Body &body, BodyForm form);

} // namespace errata::words
