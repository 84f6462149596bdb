// When a client retries and how long it waits: as data.
#pragma once

#include "models/base/clock.h"
#include "models/base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace errata {

enum class BackoffShape {
    Constant,    ///< base
    Linear,      ///< base * n
    Exponential, ///< base * factor^(n-1)
    Fibonacci,   ///< base * 1, 1, 2, 3, 5 ...
    Table,       ///< the n-th of a list, its last repeated
};

/// What chance does to a wait w; r is uniform in [0, 1).
enum class Jitter {
    None,         ///< w
    Full,         ///< r * w
    Equal,        ///< w/2 + r * w/2
    Additive,     ///< w + r * w * ratio
    Symmetric,    ///< w * (1 - ratio + 2 * r * ratio)
    Decorrelated, ///< min(cap, base + r * (3 * previous - base)), previous = base at first; no shape
};

struct Backoff
{
    BackoffShape shape = BackoffShape::Constant;
    Millis base{0};
    double factor = 2;
    std::vector<Millis> table; ///< for BackoffShape::Table, never empty then
    std::optional<Millis> cap;
    bool capAfterJitter = false; ///< else jitter may exceed the cap
    Jitter jitter = Jitter::None;
    double ratio = 0;
};

/// Statuses as closed ranges.
struct StatusSet
{
    std::vector<std::pair<int, int>> ranges;

    [[nodiscard]] bool contains(int status) const;
    /// "429, 500-599"
    [[nodiscard]] QString text() const;
};

enum class RetryAfterReading {
    Rfc,      ///< delay-seconds or an HTTP date (RFC 9110 section 10.2.3); anything else is as absent
    Integer,  ///< whole seconds only; anything else is as absent
    JsNumber, ///< ECMAScript Number(text) seconds: '' is 0, "1e3" 1000, "0x10" 16, a date NaN
};

struct RetryAfterRule
{
    StatusSet statuses; ///< where the header is looked at
    RetryAfterReading reading = RetryAfterReading::Rfc;
    std::optional<Millis> whenAbsent; ///< else the backoff
    std::optional<Millis> cap;
};

/// What the client's timer makes of the wait it is asked for.
enum class TimerKind {
    Exact,   ///< NaN and negative are 0
    Node,    ///< outside 1 ... 2147483647 ms it is 1 ms (Node.js: setTimeout)
    Browser, ///< converted to a signed 32-bit integer, negative is 0 (HTML: timers, Web IDL: long)
};

struct RetryPolicy
{
    QString id;
    QString name;
    QString version; ///< of the client it describes: defaults change between releases
    QString source;
    QString sourceUrl;
    QStringList quirks; ///< what surprises, in words
    QByteArray method;  ///< the client's own, empty when it serves any

    Backoff backoff;
    /// Passes through the loop, so sends. Infinite is for ever. A fraction or a number below 1 is
    /// taken as a loop `for (attempt = 0; attempt <= maxAttempts - 1; ++attempt)` takes it.
    double maxAttempts = 1;
    std::optional<Millis> deadline;       ///< for the whole run; a wait that would pass it is not begun
    std::optional<Millis> attemptTimeout; ///< for one attempt

    StatusSet statuses;          ///< retried
    bool networkFailures = true; ///< retried
    bool unreadableBody = false; ///< an answer whose body cannot be parsed counts as a failure, also a 2xx or 4xx
    bool notSent = false;        ///< a request that cannot be made is tried again
    std::optional<RetryAfterRule> retryAfter;
    /// After the last attempt an error status is returned to the caller; else it becomes an exception.
    bool returnsLastResponse = true;
    /// A status with a Retry-After rule waits even after the last attempt, then gives up without the response.
    bool sleepsAfterLastRetryAfter = false;
    TimerKind timer = TimerKind::Exact;
};

/// Reads a policy file. An error names the file, the place (a JSON pointer, or line and column) and
/// what was expected.
[[nodiscard]] Result<RetryPolicy> readPolicy(const QByteArray &bytes, const QString &fileName);

/// The policies in ":/errata/policies", by id. They are tested to be valid.
[[nodiscard]] std::vector<RetryPolicy> shippedPolicies();

} // namespace errata
