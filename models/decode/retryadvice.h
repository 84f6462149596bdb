// May the request be sent again, and when? Joins what the entry, the body and the headers say, and
// names which of them decided.
#pragma once

#include "models/decode/conditions.h"
#include "models/decode/diagnosis.h"

#include <QDateTime>

namespace errata {

/// Everything that has a say.
struct RetryInput
{
    const Reply *reply = nullptr;
    const Catalog *catalog = nullptr; ///< null when the API is unknown
    const Entry *entry = nullptr;     ///< null when the code is unknown
    JsonValue flag;                   ///< the body's own retry flag
    QString category;                 ///< from the body, else from the entry
    QDateTime now;                    ///< for dates, where the reply has no Date
};

/// In this order the first that speaks decides: the body's flag when it forbids; Retry-After; a wait that the body
/// names (google.rpc.RetryInfo, retry_after); RateLimit fields where the allowance is used up; the flag when it allows;
/// the entry; the category; the catalog's rule for the status; the status by RFC 9110.
[[nodiscard]] RetryAdvice retryAdvice(const RetryInput &input);

} // namespace errata
