// What clients make of a header that says when to come back.
#pragma once

#include "models/retry/bounds.h"
#include "models/retry/outcome.h"
#include "models/retry/reason.h"
#include "models/retry/retrypolicy.h"

#include <QDateTime>

#include <optional>
#include <vector>

namespace errata {

/// One client and one answer.
struct HeaderReading
{
    enum class Read {
        NotLookedAt, ///< this client does not look at such a header with this status
        Unreadable,  ///< it looks, and cannot make anything of it
        Delay,
        Date,
    };

    Read read = Read::NotLookedAt;
    double delay = 0; ///< ms as the client's arithmetic has it; may be NaN, negative or infinite
    QDateTime date;
    std::optional<Bounds> wait; ///< before the first retry; nothing: there is none
    Reason reason = Reason::StatusNotRetried;
};

/// \a policy after its first attempt brought \a outcome at \a now.
[[nodiscard]] HeaderReading readingOf(const RetryPolicy &policy, const Outcome &outcome, const QDateTime &now);

/// What the header's own specification makes of the value, whatever clients do.
struct StandardReading
{
    enum class Source {
        Rfc9110,   ///< Retry-After
        RateLimit, ///< draft-ietf-httpapi-ratelimit-headers: the t of a structured field
        Usage,     ///< no specification, but a number in a unit that its name says
        Unknown,
    };

    Source source = Source::Unknown;
    std::optional<Millis> delay; ///< nothing: it is not valid
    QDateTime date;              ///< where it is one
    QString problem;             ///< what is wrong with it
};

[[nodiscard]] StandardReading standardReading(const QByteArray &name, const QByteArray &value, const QDateTime &now);

/// The names of all headers that these policies look at, Retry-After first, each once.
[[nodiscard]] QByteArrayList waitHeaderNames(const std::vector<RetryPolicy> &policies);

} // namespace errata
