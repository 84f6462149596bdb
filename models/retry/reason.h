// How runs end, and why things happen in them.
#pragma once

namespace errata {

enum class Verdict {
    Succeeded,
    ReturnedError, ///< the caller gets the error response
    GaveUp,        ///< the caller gets an exception and no response
    Deadline,      ///< the time for the whole run was over
    Cancelled,     ///< by the user (live only)
};

enum class Reason {
    FirstAttempt,
    Waited,                 ///< the wait is over
    StatusRetried,          ///< a status the policy retries: backoff
    CodeRetried,            ///< a code the policy retries: backoff
    FailureRetried,         ///< no answer: backoff
    UnreadableBodyRetried,  ///< an answer that cannot be parsed: backoff
    NotSentRetried,         ///< the request could not be made: backoff
    HintRetried,            ///< the server says that it may be retried: backoff
    RetryAfterObeyed,       ///< as long as the server asks for
    RetryAfterCapped,       ///< the server asks for more than the policy accepts: the cap
    RetryAfterBeyondCap,    ///< the server asks for more than the policy accepts: backoff
    RetryAfterShorter,      ///< the server asks for less than the backoff: backoff
    RetryAfterAbsent,       ///< no header (or one that cannot be read): the rule's default
    ClampedToDeadline,      ///< the wait ends early, at the deadline
    Success,                ///< answered
    StatusNotRetried,       ///< an error the policy returns at once
    CodeNotRetried,         ///< a code the policy never retries
    MethodNotRetried,       ///< the policy does not repeat this method
    FailureNotRetried,      ///< no answer, and the policy does not retry that
    HintForbids,            ///< the server says that it shall not be retried
    RetryAfterMissing,      ///< retried only with a header, which is not there or cannot be read
    RetryAfterUnreadable,   ///< a header that cannot be read ends the run
    RetryAfterTooLong,      ///< the server asks for more than the policy accepts: it gives up
    BudgetEmpty,            ///< the client's allowance for retries is used up
    AttemptsUsedUp,         ///< that was the last attempt
    WaitsThenGivesUp,       ///< that was the last attempt, yet the client waits once more
    NoAttemptAllowed,       ///< the policy allows less than one
    DeadlineReached,        ///< the attempt ended at or after the deadline
    DeadlineBeforeNextSend, ///< the wait would pass the deadline
    Hedged,                 ///< no answer yet: another attempt is sent beside it
    HedgeLost,              ///< another attempt has been answered first
    CancelledByUser,
    SimulationLimit, ///< a run without end, cut off (simulator only)
};

} // namespace errata
