// When a client retries and how long it waits: as data.
#pragma once

#include "models/base/clock.h"
#include "models/base/result.h"
#include "models/http/transport.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>
#include <QStringList>

#include <initializer_list>
#include <limits>
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
    Power,       ///< base * (n-1)^factor
    PollyV2,     ///< (f(t) - f(t before)) / 1.4 * base, f(t) = 2^t tanh(sqrt(4t)), t = n-1+r; has no other jitter
};

/// What chance does to a wait w; r is uniform in [0, 1).
enum class Jitter {
    None,         ///< w
    Full,         ///< r * w
    Equal,        ///< w/2 + r * w/2
    Additive,     ///< w + r * w * ratio
    Symmetric,    ///< w * (1 - ratio + 2 * r * ratio)
    Decorrelated, ///< low + r * (min(cap, 3 * previous) - low), see Backoff::decorrelatedLow; no shape
    Range,        ///< w * (from + r * (to - from))
};

/// The lower end of decorrelated jitter.
enum class DecorrelatedLow {
    Base,     ///< min(cap, base + r * (3 * previous - base)): AWS
    Previous, ///< previous + r * (min(cap, 3 * previous) - previous): Finagle, never shorter than before
};

/// What becomes of fractions of a millisecond, or of Backoff::roundingUnit.
enum class Rounding { None, Down, Nearest };

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
    double from = 1; ///< Jitter::Range
    double to = 1;
    Millis plus{0};  ///< any jitter but decorrelated: and r * plus more
    int steps = 0;   ///< r takes only this many values: floor(r * steps) / steps; 0 is no limit
    Millis grain{0}; ///< the part of chance is a whole number of grains, both ends included; 0 is continuous
    DecorrelatedLow decorrelatedLow = DecorrelatedLow::Base;
    std::optional<Millis> first;         ///< before the first retry, exactly, whatever the shape
    std::optional<Millis> throttledBase; ///< instead of the base after a throttled attempt (RetryPolicy::throttling)
    Millis least{0};                     ///< a shorter wait becomes this one, after jitter and caps
    Rounding rounding = Rounding::None;
    bool truncatesGrowth = false; ///< exponential: each step is cut to whole milliseconds before the next
};

/// Statuses as closed ranges.
struct StatusSet
{
    std::vector<std::pair<int, int>> ranges;

    [[nodiscard]] bool contains(int status) const;
    [[nodiscard]] bool isEmpty() const { return ranges.empty(); }
    /// "429, 500-599"
    [[nodiscard]] QString text() const;

    friend bool operator==(const StatusSet &, const StatusSet &) = default;
};

/// Kinds of missing answers.
class FailureSet
{
public:
    FailureSet() = default;
    FailureSet(std::initializer_list<NetworkError> kinds)
    {
        for (const NetworkError kind : kinds)
            m_bits |= bit(kind);
    }
    /// Whatever keeps an answer away.
    [[nodiscard]] static FailureSet all()
    {
        FailureSet set;
        set.m_bits = ~quint32(0);
        return set;
    }

    [[nodiscard]] bool contains(NetworkError kind) const { return (m_bits & bit(kind)) != 0; }
    [[nodiscard]] bool isEmpty() const { return m_bits == 0; }
    void add(NetworkError kind) { m_bits |= bit(kind); }

    friend bool operator==(const FailureSet &, const FailureSet &) = default;

private:
    [[nodiscard]] static quint32 bit(NetworkError kind) { return quint32(1) << static_cast<unsigned>(kind); }
    quint32 m_bits = 0;
};

/// How numbers in a header are written.
enum class NumberForm {
    None,          ///< a number is not understood
    Digits,        ///< 1*DIGIT (RFC 9110 delay-seconds)
    Integer,       ///< with a sign
    Float,         ///< Python's float(), finite
    JsNumber,      ///< ECMAScript Number(text): '' is 0, "1e3" 1000, "0x10" 16, a date NaN
    LeadingDigits, ///< "120s" is 120, "1.5" is 1
    RateLimit,     ///< the t of a RateLimit field (structured field list of strings)
};

/// Which dates it may hold instead.
enum class DateForm {
    None,
    Rfc,        ///< the three forms of RFC 9110 section 5.6.7
    ImfFixdate, ///< the first of them
    Email,      ///< RFC 5322 as Python's email.utils reads it: any zone, none is UTC; rfc850 and asctime too
    Js,         ///< as Date.parse of V8: also ISO 8601; without a zone it is the client's local time
};

/// A header that says when to come back.
struct WaitHeader
{
    QByteArray name = "Retry-After";
    NumberForm number = NumberForm::Digits;
    DateForm date = DateForm::Rfc;
    Millis unit{1000};               ///< of the number
    std::optional<double> epochFrom; ///< numbers from there on are seconds since 1970
    bool wrapsInt64 = false;         ///< nanoseconds overflow a signed 64-bit integer
};

struct RetryAfterRule
{
    enum class Pick { FirstPresent, FirstReadable };                 ///< of several headers
    enum class Unreadable { AsAbsent, GivesUp };                     ///< a value that cannot be read
    enum class Negative { AsIs, Zero, AsAbsent, GivesUp };           ///< a wait below 0 (NaN counts)
    enum class BeyondCap { Clamp, GiveUp, FallBack };                ///< fall back: the backoff instead
    enum class AgainstBackoff { Wins, Max, MaxBeforeJitter, Added }; ///< which wait is taken

    StatusSet statuses; ///< where the headers are looked at; gRPC codes count with their HTTP status
    std::vector<WaitHeader> headers = {WaitHeader{}};
    bool retryInfo = false; ///< google.rpc.RetryInfo in the body comes before the headers
    Pick pick = Pick::FirstPresent;
    std::optional<Millis> whenAbsent; ///< else the backoff
    StatusSet neededOn;               ///< retried only where a header can be read
    StatusSet retriedWith;            ///< retried where a header can be read, whatever RetryPolicy::statuses says
    Unreadable unreadable = Unreadable::AsAbsent;
    Negative negative = Negative::AsIs;
    bool zeroIsAbsent = false;
    Millis pastDate{0}; ///< the wait for a date that has passed
    std::optional<Millis> cap;
    BeyondCap beyondCap = BeyondCap::Clamp;
    AgainstBackoff against = AgainstBackoff::Wins;
    std::optional<Millis> mostAboveBackoff; ///< with Max: no longer than the backoff and this
    double jitter = 0;                      ///< a wait that was asked for is prolonged by up to this part of it
    bool advancesBackoff = true;            ///< else the next backoff is what this one would have been
    bool resetsBackoff = false;             ///< the next backoff is the first again
};

/// What the client's timer makes of the wait it is asked for.
enum class TimerKind {
    Exact,   ///< NaN and negative are 0
    Node,    ///< outside 1 ... 2147483647 ms it is 1 ms (Node.js: setTimeout)
    Browser, ///< converted to a signed 32-bit integer, negative is 0 (HTML: timers, Web IDL: long)
};

/// What becomes of a wait that would pass the deadline.
enum class DeadlineWait {
    GivesUp,   ///< it is not begun
    Clamped,   ///< it ends at the deadline, and one more attempt follows
    Unchecked, ///< nobody looks; only between attempts is the time compared
};

/// A client-wide allowance for retries. Its state is a BudgetState, shared by the runs of one client.
struct RetryBudget
{
    enum class Kind {
        Tokens,     ///< a retry takes its cost; success gives back (AWS)
        Throttle,   ///< a failure takes 1, a success gives `ratio`; retries while more than half is left (gRPC A6)
        Ratio,      ///< `ratio` of the requests of the last `window`, and `perSecond` on top (Finagle, linkerd, tower)
        Concurrent, ///< retries under way at most max(least, ratio * requests under way) (Envoy)
    };

    Kind kind = Kind::Tokens;
    double capacity = 500; ///< Tokens, Throttle: full at first
    double cost = 5;       ///< Tokens: of a retry
    double timeoutCost = 10;
    double throttledCost = 5;
    double successGain = 1; ///< Tokens: of a success at the first attempt; one after retries gives the last cost back
    double ratio = 0.1;
    Millis window{10'000}; ///< Ratio
    double perSecond = 10; ///< Ratio
    double least = 3;      ///< Concurrent
};

/// Attempts that do not wait for the one before (gRPC A6 hedgingPolicy). The policy's statuses, codes and
/// failures are then the non-fatal ones: each sends the next attempt at once; others end the run.
struct Hedging
{
    Millis delay{500};
};

/// What an API's documentation says of retries, where a policy describes one.
struct DocumentedRetries
{
    std::optional<double> maxAttempts;
    StatusSet statuses; ///< may be retried
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
    std::optional<DocumentedRetries> documented;

    Backoff backoff;
    /// Passes through the loop, so sends. Infinite is for ever. A fraction or a number below 1 is
    /// taken as a loop `for (attempt = 0; attempt <= maxAttempts - 1; ++attempt)` takes it.
    double maxAttempts = 1;
    std::optional<Millis> deadline; ///< for the whole run
    DeadlineWait deadlineWait = DeadlineWait::GivesUp;
    bool deadlineCutsAttempt = true;      ///< also one that is under way
    std::optional<Millis> attemptTimeout; ///< for one attempt

    StatusSet statuses;                       ///< retried
    FailureSet failures = FailureSet::all();  ///< retried
    QByteArrayList codes;                     ///< API and gRPC codes retried whatever the status
    QByteArrayList finalCodes;                ///< codes not retried whatever the status
    QByteArrayList methods;                   ///< only these are retried; empty is any
    StatusSet anyMethodStatuses;              ///< retried with any method
    FailureSet anyMethodFailures;             ///< retried with any method
    bool sendsIdempotencyKey = false;         ///< by itself with unsafe methods, the same one with each attempt
    bool keyAllowsMethod = false;             ///< with an Idempotency-Key every method is retried
    StatusSet throttledStatuses;              ///< count as throttling (Backoff::throttledBase, throttledCost)
    QByteArrayList throttledCodes;            ///< count as throttling too
    bool unreadableBody = false;              ///< an answer whose body cannot be parsed counts as a failure, also a 2xx
    bool notSent = false;                     ///< a request that cannot be made is tried again
    QByteArrayList shouldRetryHeaders;        ///< "true" and "false" in the first of them that is there decide
    bool bodyFlag = false;                    ///< a retry flag in the body decides
    std::optional<RetryAfterRule> retryAfter; ///< else a wait that is asked for is ignored
    std::optional<RetryBudget> budget;
    std::optional<Hedging> hedging;
    /// After the last attempt an error status is returned to the caller; else it becomes an exception.
    bool returnsLastResponse = true;
    /// A status with a Retry-After rule waits even after the last attempt, then gives up without the response.
    bool sleepsAfterLastRetryAfter = false;
    TimerKind timer = TimerKind::Exact;
};

/// The request that is retried, as far as a policy looks at it.
struct RetriedRequest
{
    QByteArray method = "GET";
    bool idempotencyKey = false;
};

/// GET unless the policy has a method of its own; with the key the client sends by itself.
[[nodiscard]] RetriedRequest usualRequest(const RetryPolicy &policy);

/// Reads a policy file. An error names the file, the place (a JSON pointer, or line and column) and
/// what was expected.
[[nodiscard]] Result<RetryPolicy> readPolicy(const QByteArray &bytes, const QString &fileName);

/// The policies in ":/errata/policies", by id. They are tested to be valid.
[[nodiscard]] std::vector<RetryPolicy> shippedPolicies();

/// One of them, without reading the others.
[[nodiscard]] std::optional<RetryPolicy> readShippedPolicy(const QString &id);

/// The *.json files of a folder; \a faults takes the errors of those that are left out.
[[nodiscard]] std::vector<RetryPolicy> policiesIn(const QString &path, std::vector<Error> *faults = nullptr);

/// The shipped and the user's own, the *.json files of \a folder; one with the id of a shipped policy replaces it.
[[nodiscard]] std::vector<RetryPolicy> allPolicies(const QString &folder, std::vector<Error> *faults = nullptr);

} // namespace errata
