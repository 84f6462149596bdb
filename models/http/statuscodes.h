// The registered HTTP status codes (IANA registry), what they mean and whether waiting helps.
#pragma once

#include <QLatin1String>

namespace errata {

/// What a status alone says about sending the same request again.
enum class StatusRetry {
    NoError,      ///< a success, a redirect or an interim answer
    ChangeFirst,  ///< the same request gets the same answer until something is changed
    Later,        ///< refused without having been acted on: the same request may pass later
    IfIdempotent, ///< may pass later, but this attempt may have taken effect
};

struct StatusInfo
{
    int code = 0;
    QLatin1String phrase; ///< as registered
    StatusRetry retry = StatusRetry::NoError;
    QLatin1String source;  ///< "RFC 9110 section 15.5.1"
    QLatin1String meaning; ///< one sentence
};

/// Nothing for a code that is not registered.
[[nodiscard]] const StatusInfo *statusInfo(int code);

} // namespace errata
