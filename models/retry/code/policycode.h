// What a policy does after an attempt, as statements any language can be given.
#pragma once

#include "models/retry/code/expression.h"
#include "models/retry/retrypolicy.h"

namespace errata::code {

/// The wait before jitter, of `step`, which counts retries from 1. What no formula says (Fibonacci numbers, growth
/// cut at each step) is a table, as long as the policy can come.
[[nodiscard]] Expression nominalExpression(const Backoff &backoff, double maxAttempts);

/// The wait from `nominal` and `chance`; for shapes that carry one, from `step`, `chance` and `previous`.
[[nodiscard]] Expression waitExpression(const Backoff &backoff);

/// What `previous` is at first.
[[nodiscard]] double initialPrevious(const Backoff &backoff);
[[nodiscard]] bool carriesPrevious(const Backoff &backoff);

/// How long an attempt may take: infinite where nothing limits it.
[[nodiscard]] Expression timeoutExpression(const RetryPolicy &policy);

/// From the outcome of `attempt` to the end of the wait after it, or of the run. Variables from outside: attempt and
/// status (whole; 0 without an answer), step, previous.
[[nodiscard]] Statements afterAttempt(const RetryPolicy &policy);

/// A status is one of \a set.
[[nodiscard]] Expression isOneOf(const StatusSet &set);

} // namespace errata::code
