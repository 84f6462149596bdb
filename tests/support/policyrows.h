// Policies that use one switch of the model each, for tests that write them as programs.
#pragma once

#include "models/retry/retrypolicy.h"

#include <vector>

namespace errata::test {

/// A policy and what the server does to it.
struct PolicyRow
{
    QByteArray name;
    RetryPolicy policy;
    QString script; ///< as models/retry/outcomescript.h reads it
};

/// Five attempts, statuses as most clients have them.
[[nodiscard]] RetryPolicy basicPolicy(const Backoff &backoff);

[[nodiscard]] Backoff grown(BackoffShape shape, double base, Jitter jitter = Jitter::None);
[[nodiscard]] Backoff exponential(double base, Jitter jitter = Jitter::None);

template <typename Change>
[[nodiscard]] RetryPolicy with(RetryPolicy policy, Change change)
{
    change(policy);
    return policy;
}

/// A rule for Retry-After where a second is 20 ms, so that the test is not kept waiting.
[[nodiscard]] RetryAfterRule quickRule(NumberForm number, DateForm date = DateForm::None);

/// Every shape, jitter, rule and end; waits of some milliseconds.
[[nodiscard]] std::vector<PolicyRow> policyRows();

} // namespace errata::test
