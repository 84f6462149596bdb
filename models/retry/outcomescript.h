// Outcomes as a line of text: "503,429:2,timeout,200".
#pragma once

#include "models/base/result.h"
#include "models/retry/outcome.h"

#include <QString>
#include <QStringView>

#include <algorithm>
#include <optional>
#include <vector>

namespace errata {

/// Outcomes attempt by attempt; the last one repeats for ever. Never empty.
struct OutcomeScript
{
    std::vector<Outcome> outcomes = {Outcome{}};

    /// \a attempt counts from 0.
    [[nodiscard]] const Outcome &at(std::size_t attempt) const
    {
        return outcomes[std::min(attempt, outcomes.size() - 1)];
    }
};

/// Where a script cannot be read, in code units from 0, and what was expected there.
struct ScriptError
{
    qsizetype position = 0;
    QString message;

    /// "at character 5: expected ..., found 'x'"; characters count from 1.
    [[nodiscard]] QString text() const;
};

/// A comma list; blanks around outcomes are ignored:
///   503                                       a status
///   429:2   429:-1   429:''                   a status with a raw Retry-After
///   429:'Wed, 21 Oct 2026 07:28:00 GMT'       quoted where it holds , [ ] { } @ or a blank ('' is one ')
///   500[x-should-retry: false][server: x]     further headers
///   404[content-type: text/html]              a body that is not JSON
///   409{code: conflict}{retryable: false}     what the body says: the API's code, its retry flag,
///   503{retryDelay: 2.5s}                     and google.rpc.RetryInfo
///   UNAVAILABLE                               a gRPC code, seen by HTTP clients as its HTTP status
///   timeout reset dns refused tls             no answer
///   bad-body                                  a 200 whose body cannot be parsed
///   not-sent                                  the request could not be made
///   503@120                                   ... after 120 ms
/// 204, 205 and 304 have no body, so nothing that could be parsed.
[[nodiscard]] Result<OutcomeScript, ScriptError> parseOutcomeScript(QStringView text);

/// The HTTP status that gateways give a gRPC code; nothing for what is none.
[[nodiscard]] std::optional<int> grpcStatus(QByteArrayView code);

/// The outcome as a script writes it; what a script can express reads back equal.
[[nodiscard]] QString outcomeText(const Outcome &outcome);

} // namespace errata
