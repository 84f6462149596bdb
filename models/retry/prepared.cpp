#include "models/retry/prepared.h"

#include "models/http/retryafter.h"
#include "models/retry/outcomescript.h"
#include "models/retry/waitheader.h"

#include <algorithm>

namespace errata {

namespace {

using Asked = PreparedOutcome::Asked;

/// What a server asks for, as far as the client understands it.
struct AskedWait
{
    bool isPresent = false; ///< there is a header, or RetryInfo
    std::optional<ReadWait> read;
};

/// The Date of a response: server time, free of our clock's error.
std::optional<QDateTime> dateOf(const Headers &headers, const QDateTime &now)
{
    const std::optional<QByteArray> date = headers.value("Date");
    return date ? parseHttpDate(*date, now) : std::nullopt;
}

AskedWait askedWait(const RetryAfterRule &rule, const Outcome &outcome, const QDateTime &now)
{
    if (rule.retryInfo && outcome.retryDelay)
        return {true, ReadWait{outcome.retryDelay->count(), {}}};
    AskedWait asked;
    for (const WaitHeader &header : rule.headers) {
        const std::optional<QByteArray> value = outcome.headers.joined(header.name);
        if (!value)
            continue;
        asked = {true, readWaitHeader(header, *value, now)};
        if (asked.read || rule.pick == RetryAfterRule::Pick::FirstPresent)
            break;
    }
    return asked;
}

/// "true" or "false" of the first flag header that is there.
std::optional<bool> flagOf(const QByteArrayList &names, const Headers &headers)
{
    for (const QByteArray &name : names) {
        if (const std::optional<QByteArray> value = headers.value(name)) {
            const QByteArray flag = value->trimmed().toLower();
            if (flag == "true" || flag == "false")
                return flag == "true";
            return {};
        }
    }
    return {};
}

bool namesGrpcCode(const QByteArrayList &codes)
{
    return std::any_of(codes.begin(), codes.end(), [](const QByteArray &code) { return grpcStatus(code).has_value(); });
}

/// Decides about one outcome under one policy.
class Preparation
{
public:
    Preparation(const RetryPolicy &policy, const RetriedRequest &request, const Outcome &outcome,
                const QDateTime &wallAtZero)
        : m_policy(policy), m_request(request), m_outcome(outcome), m_wall(wallAtZero)
    {
    }

    PreparedOutcome run()
    {
        m_out.latency = m_outcome.latency.count();
        m_out.success = m_outcome.isSuccess();
        if (m_outcome.kind == Outcome::Kind::Response)
            response();
        else
            noAnswer();
        m_out.failsBudget = m_isRetriable;
        if (m_policy.budget)
            m_out.cost = cost(*m_policy.budget);
        return m_out;
    }

private:
    /// Answers in order: the server's own word, the code, the status, what a header allows.
    void response()
    {
        const std::optional<bool> hint = m_out.success ? std::nullopt : serversWord();
        const QByteArray &code = m_outcome.grpcCode.isEmpty() ? m_outcome.code : m_outcome.grpcCode;
        m_out.throttled = m_policy.throttledStatuses.contains(m_outcome.status) ||
                          (!code.isEmpty() && m_policy.throttledCodes.contains(code));
        if (hint && !*hint)
            return stops(Reason::HintForbids);
        if (hint)
            return retries(Reason::HintRetried, true);
        if (!code.isEmpty() && m_policy.finalCodes.contains(code))
            return stops(Reason::CodeNotRetried);
        if (!code.isEmpty() && m_policy.codes.contains(code))
            return retries(Reason::CodeRetried, false);
        // Who looks at gRPC codes sees no HTTP status behind one.
        const bool isGrpc = !m_outcome.grpcCode.isEmpty() && namesGrpcCode(m_policy.codes);
        if (!isGrpc && m_policy.anyMethodStatuses.contains(m_outcome.status))
            return retries(Reason::StatusRetried, true);
        if (!isGrpc && (m_policy.statuses.contains(m_outcome.status) || headerAllows()))
            return retries(Reason::StatusRetried, false);
        unretriedResponse();
    }

    void unretriedResponse()
    {
        if (m_policy.unreadableBody && !m_outcome.bodyReadable)
            return failure(Reason::UnreadableBodyRetried, true, false);
        if (!m_out.success)
            return stops(Reason::StatusNotRetried);
        m_out.reason = Reason::Success;
        m_out.verdict = Verdict::Succeeded;
    }

    void noAnswer()
    {
        const bool isNotSent = m_outcome.kind == Outcome::Kind::NotSent;
        const Reason reason = isNotSent ? Reason::NotSentRetried : Reason::FailureRetried;
        const bool listed = isNotSent ? m_policy.notSent : m_policy.failures.contains(m_outcome.failure);
        const bool anyMethod = !isNotSent && m_policy.anyMethodFailures.contains(m_outcome.failure);
        failure(reason, listed || anyMethod, anyMethod);
    }

    void failure(Reason reason, bool retriable, bool anyMethod)
    {
        m_isRetriable = retriable;
        m_out.retried = retriable && (anyMethod || allowsMethod());
        m_out.reason = m_out.retried ? reason : retriable ? Reason::MethodNotRetried : Reason::FailureNotRetried;
        m_out.backoffReason = m_out.reason;
        m_out.verdict = Verdict::GaveUp;
    }

    void stops(Reason reason)
    {
        m_out.retried = false;
        m_out.reason = reason;
        m_out.verdict = Verdict::ReturnedError;
    }

    void retries(Reason reason, bool anyMethod)
    {
        m_isRetriable = true;
        if (!anyMethod && !allowsMethod())
            return stops(Reason::MethodNotRetried);
        m_out.retried = true;
        m_out.reason = reason;
        m_out.backoffReason = reason;
        // The body is read only when the response is to be returned.
        const bool isReturned = m_policy.returnsLastResponse && !(m_policy.unreadableBody && !m_outcome.bodyReadable);
        m_out.verdict = isReturned ? Verdict::ReturnedError : Verdict::GaveUp;
        if (m_policy.retryAfter)
            applyRule(*m_policy.retryAfter);
    }

    void applyRule(const RetryAfterRule &rule)
    {
        if (!rule.statuses.contains(m_outcome.status))
            return;
        const AskedWait wait = askedWait(rule, m_outcome, localNow());
        if (wait.isPresent && !wait.read && rule.unreadable == RetryAfterRule::Unreadable::GivesUp) {
            m_out.retried = false;
            m_out.reason = Reason::RetryAfterUnreadable;
            return;
        }
        if (!wait.read && rule.neededOn.contains(m_outcome.status))
            return stops(Reason::RetryAfterMissing);
        if (wait.read) {
            m_out.reason = Reason::RetryAfterObeyed;
            measure(*wait.read, rule);
        } else if (rule.whenAbsent) {
            m_out.reason = Reason::RetryAfterAbsent;
            m_out.askedKind = Asked::Delay;
            m_out.asked = rule.whenAbsent->count();
        }
        m_out.sleepsAfterLast = m_policy.sleepsAfterLastRetryAfter && m_out.askedKind != Asked::Nothing;
    }

    void measure(const ReadWait &wait, const RetryAfterRule &rule)
    {
        m_out.askedKind = Asked::Delay;
        m_out.asked = wait.delay;
        if (!wait.date)
            return;
        if (const std::optional<QDateTime> served = dateOf(m_outcome.headers, m_wall)) {
            const auto delay = static_cast<double>(served->msecsTo(*wait.date));
            m_out.asked = delay > 0 ? delay : rule.pastDate.count();
        } else if (m_wall.isValid()) {
            m_out.askedKind = Asked::Until;
            m_out.asked = static_cast<double>(m_wall.msecsTo(*wait.date));
        } else {
            m_out.asked = rule.pastDate.count();
        }
    }

    [[nodiscard]] std::optional<bool> serversWord() const
    {
        if (const std::optional<bool> flag = flagOf(m_policy.shouldRetryHeaders, m_outcome.headers))
            return flag;
        return m_policy.bodyFlag ? m_outcome.retryable : std::nullopt;
    }

    [[nodiscard]] bool allowsMethod() const
    {
        return m_policy.methods.isEmpty() || m_policy.methods.contains(m_request.method) ||
               (m_policy.keyAllowsMethod && m_request.idempotencyKey);
    }

    [[nodiscard]] bool headerAllows() const
    {
        const auto &rule = m_policy.retryAfter;
        return rule && rule->retriedWith.contains(m_outcome.status) &&
               askedWait(*rule, m_outcome, localNow()).read.has_value();
    }

    [[nodiscard]] QDateTime localNow() const { return m_wall.isValid() ? m_wall : QDateTime::currentDateTimeUtc(); }

    [[nodiscard]] double cost(const RetryBudget &budget) const
    {
        if (m_out.throttled)
            return budget.throttledCost;
        return m_outcome.failure == NetworkError::Timeout ? budget.timeoutCost : budget.cost;
    }

    const RetryPolicy &m_policy;
    const RetriedRequest &m_request;
    const Outcome &m_outcome;
    const QDateTime &m_wall;
    bool m_isRetriable = false; ///< but for the method
    PreparedOutcome m_out;
};

AskedTerms termsOf(const RetryAfterRule &rule)
{
    AskedTerms terms;
    if (rule.cap)
        terms.cap = rule.cap->count();
    if (rule.mostAboveBackoff)
        terms.mostAboveBackoff = rule.mostAboveBackoff->count();
    terms.pastDate = rule.pastDate.count();
    terms.jitter = rule.jitter;
    terms.negative = rule.negative;
    terms.beyondCap = rule.beyondCap;
    terms.against = rule.against;
    terms.zeroIsAbsent = rule.zeroIsAbsent;
    terms.advancesBackoff = rule.advancesBackoff;
    terms.resetsBackoff = rule.resetsBackoff;
    return terms;
}

} // namespace

PreparedPolicy prepare(const RetryPolicy &policy, const RetriedRequest &request)
{
    PreparedPolicy prepared;
    prepared.backoff = PreparedBackoff(policy.backoff);
    if (policy.backoff.throttledBase) {
        Backoff throttled = policy.backoff;
        throttled.base = *policy.backoff.throttledBase;
        prepared.throttledBackoff = PreparedBackoff(throttled);
    }
    if (policy.retryAfter)
        prepared.asked = termsOf(*policy.retryAfter);
    prepared.budget = policy.budget;
    prepared.maxAttempts = policy.maxAttempts;
    if (policy.deadline)
        prepared.deadline = policy.deadline->count();
    if (policy.attemptTimeout)
        prepared.attemptTimeout = policy.attemptTimeout->count();
    prepared.deadlineWait = policy.deadlineWait;
    prepared.deadlineCutsAttempt = policy.deadlineCutsAttempt;
    prepared.timer = policy.timer;
    Outcome timeout;
    timeout.kind = Outcome::Kind::Failure;
    timeout.failure = NetworkError::Timeout;
    prepared.cutOff = prepare(policy, request, timeout, {});
    return prepared;
}

PreparedOutcome prepare(const RetryPolicy &policy, const RetriedRequest &request, const Outcome &outcome,
                        const QDateTime &wallAtZero)
{
    return Preparation(policy, request, outcome, wallAtZero).run();
}

} // namespace errata
