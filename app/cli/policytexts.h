// A policy in words.
#pragma once

#include "models/retry/retrypolicy.h"

#include <utility>
#include <vector>

namespace errata {

/// The policy in a few lines: "label: value" pairs in reading order; what it does not have is left out.
[[nodiscard]] std::vector<std::pair<QString, QString>> policyText(const RetryPolicy &policy);

} // namespace errata
