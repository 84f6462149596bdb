// One row of the attempt list: the simulator, the live sender and every view of them share it.
#pragma once

#include "models/http/transport.h"
#include "models/retry/outcome.h"
#include "models/retry/retryrun.h"

#include <QString>

#include <optional>

namespace errata {

struct Attempt
{
    enum class Action { Retry, Stop };

    int n = 1;                   ///< from 1
    Bounds starts;               ///< on the clock of the run: 0 is the start of the first attempt
    Outcome outcome;             ///< outcome.latency is how long it took
    std::optional<Bounds> asked; ///< the wait the policy computed; may be NaN, negative or infinite
    std::optional<Bounds>
        wait; ///< the wait after it as the client's timer takes it; also a useless one before giving up
    Action action = Action::Stop;
    Reason reason = Reason::Success;
    std::optional<Verdict> verdict; ///< of the run, on the row that ended it: the last one unless hedged
    std::optional<SendResult> live; ///< what really came, when this was no simulation

    [[nodiscard]] bool wasSent() const { return live ? live->sends > 0 : outcome.kind != Outcome::Kind::NotSent; }
};

/// The row for an attempt that \a decision follows.
[[nodiscard]] Attempt attemptOf(int n, const Bounds &starts, const Outcome &outcome, const Decision &decision);

/// Stable names for machine-readable output: "succeeded", "returned-error", "gave-up", "deadline", "cancelled".
[[nodiscard]] QString verdictId(Verdict verdict);
/// "status-retried", "retry-after-obeyed" ...
[[nodiscard]] QString reasonId(Reason reason);

} // namespace errata
