// What one attempt brought, as far as a retry policy can see it.
#pragma once

#include "models/base/clock.h"
#include "models/http/headers.h"
#include "models/http/transport.h"

#include <optional>

namespace errata {

struct Outcome
{
    enum class Kind {
        Response, ///< status, headers, and a body that can be read or not
        Failure,  ///< no answer, or not a whole one: `failure` says why
        NotSent,  ///< the request could not even be made (it does not serialise, its URL is not valid)
    };

    Kind kind = Kind::Response;
    int status = 200;
    Headers headers;
    bool bodyReadable = true; ///< the body is what the client parses it as (JSON)
    NetworkError failure = NetworkError::None;
    QByteArray grpcCode; ///< "UNAVAILABLE"; status then holds its HTTP equivalent
    Millis latency{0};   ///< from the start of the attempt to its end

    QByteArray code = {};                  ///< the API's, in the body
    std::optional<bool> retryable = {};    ///< the body's own flag
    std::optional<Millis> retryDelay = {}; ///< google.rpc.RetryInfo in the body

    /// An answer a caller is glad about; a 2xx whose body cannot be read still is one for the server.
    [[nodiscard]] bool isSuccess() const { return kind == Kind::Response && status < 400; }

    friend bool operator==(const Outcome &, const Outcome &) = default;
};

} // namespace errata
