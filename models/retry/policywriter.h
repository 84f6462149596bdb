// A retry policy as a policy file says it.
#pragma once

#include "models/retry/retrypolicy.h"

namespace errata {

class JsonWriter;

/// What readPolicy() reads back as the same policy; members that say what is usual are left out.
[[nodiscard]] QByteArray policyJson(const RetryPolicy &policy);
/// The same as one value of a larger text.
void writePolicy(JsonWriter &json, const RetryPolicy &policy);

/// Two policies that do the same and are called the same.
[[nodiscard]] bool isSamePolicy(const RetryPolicy &a, const RetryPolicy &b);

} // namespace errata
