// Sentences about attempts: tool tips, tables and screen readers say the same.
#pragma once

#include "models/retry/attempt.h"

#include <QString>

namespace errata {

/// What an attempt brought, in a word or two: "503", "time-out", "200, unreadable", "UNAVAILABLE".
[[nodiscard]] QString outcomeLabel(const Outcome &outcome);
/// Sent beside another one that was answered first: it brought nothing.
[[nodiscard]] bool isLost(const Attempt &attempt);
/// The same, "lost" for one that isLost().
[[nodiscard]] QString attemptLabel(const Attempt &attempt);
/// What stands after a wait that nothing is sent after.
[[nodiscard]] QString endLabel();
/// "1 send", "4 sends".
[[nodiscard]] QString sendsText(int sends);
/// Why the run went on or ended after an attempt; no full stop.
[[nodiscard]] QString reasonText(Reason reason);
/// How the run ended for the caller; no full stop.
[[nodiscard]] QString verdictText(Verdict verdict);
/// Everything about one attempt with exact times, one fact a line.
[[nodiscard]] QString attemptText(const Attempt &attempt);

} // namespace errata
