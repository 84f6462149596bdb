#include "models/retry/retryrun.h"

#include "models/http/retryafter.h"
#include "models/retry/backoff.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace errata {

namespace {

/// "120" and nothing else.
std::optional<Millis> wholeSeconds(QByteArrayView text)
{
    const QByteArrayView digits = text.trimmed();
    qint64 seconds = 0;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), seconds);
    if (error != std::errc() || end != digits.end() || seconds < 0)
        return {};
    return Millis(static_cast<double>(seconds) * 1000);
}

/// A delay, or a date that still has to be measured.
struct AskedWait
{
    Millis delay{0};
    QDateTime date;
};

std::optional<AskedWait> readRfc(QByteArrayView text, const QDateTime &reference)
{
    const RetryAfter value = parseRetryAfter(text, reference);
    switch (value.form) {
    case RetryAfter::Form::DelaySeconds:
        return AskedWait{Millis(static_cast<double>(value.delayMs)), {}};
    case RetryAfter::Form::HttpDate:
        return AskedWait{Millis(static_cast<double>(value.delayMs)), value.date};
    case RetryAfter::Form::Invalid:
        break;
    }
    return {};
}

std::optional<AskedWait> readHeader(RetryAfterReading reading, QByteArrayView text, const QDateTime &reference)
{
    switch (reading) {
    case RetryAfterReading::Rfc:
        return readRfc(text, reference);
    case RetryAfterReading::Integer:
        if (const std::optional<Millis> wait = wholeSeconds(text))
            return AskedWait{*wait, {}};
        return {};
    case RetryAfterReading::JsNumber:
        return AskedWait{Millis(jsNumber(text) * 1000), {}};
    }
    return {};
}

Millis until(const QDateTime &date, const QDateTime &from)
{
    return std::max(Millis(0), Millis(static_cast<double>(from.msecsTo(date))));
}

/// The Date of a response: server time, free of our clock's error.
std::optional<QDateTime> dateOf(const Headers &headers, const QDateTime &now)
{
    const std::optional<QByteArray> date = headers.value("Date");
    return date ? parseHttpDate(*date, now) : std::nullopt;
}

Bounds capped(const Bounds &wait, Millis cap)
{
    return {std::min(wait.actual, cap), std::min(wait.min, cap), std::min(wait.max, cap)};
}

/// The plan, widened to what happened: a timer is late, a user impatient, a sum rounded.
Bounds including(const Bounds &plan, Millis actual)
{
    return {actual, std::min(plan.min, actual), std::max(plan.max, actual)};
}

} // namespace

Decision RetryRun::start(Millis now, const QDateTime &wallTime)
{
    m_begin = now;
    m_wallAtStart = wallTime;
    m_starts = Bounds::exactly(now);
    m_attempt = 1;
    if (!(m_policy.maxAttempts >= 1)) {
        m_attempt = 0;
        return stop(Reason::NoAttemptAllowed, Verdict::GaveUp);
    }
    return {Decision::Action::Send, Reason::FirstAttempt, {}, {}, m_starts, false, Verdict::GaveUp};
}

Decision RetryRun::next(const Outcome &outcome, Millis now)
{
    m_ended = including(m_starts + (now - m_starts.actual), now);
    if (isTooLate(outcome, now))
        return stop(Reason::DeadlineReached, Verdict::Deadline);
    switch (outcome.kind) {
    case Outcome::Kind::Response:
        return afterResponse(outcome);
    case Outcome::Kind::Failure:
        return m_policy.networkFailures ? afterFailure(Reason::FailureRetried)
                                        : stop(Reason::FailureNotRetried, Verdict::GaveUp);
    case Outcome::Kind::NotSent:
        return m_policy.notSent ? afterFailure(Reason::NotSentRetried)
                                : stop(Reason::FailureNotRetried, Verdict::GaveUp);
    }
    return stop(Reason::FailureNotRetried, Verdict::GaveUp);
}

Decision RetryRun::resume(Millis now)
{
    if (m_stopsAfter) {
        m_ended = including(m_until, now);
        return stop(Reason::WaitsThenGivesUp, Verdict::GaveUp);
    }
    ++m_attempt;
    m_starts = including(m_until, now);
    return {Decision::Action::Send, Reason::Waited, {}, {}, m_starts, false, Verdict::GaveUp};
}

Millis RetryRun::allowance(Millis now) const
{
    Millis allowed{std::numeric_limits<double>::infinity()};
    if (m_policy.attemptTimeout)
        allowed = *m_policy.attemptTimeout;
    if (m_policy.deadline)
        allowed = std::min(allowed, std::max(Millis(0), m_begin + *m_policy.deadline - now));
    return allowed;
}

bool RetryRun::isTooLate(const Outcome &outcome, Millis now) const
{
    if (!m_policy.deadline)
        return false;
    const Millis elapsed = now - m_begin;
    // A success in the very last moment counts; a failure then leaves no time for anything.
    return outcome.isSuccess() ? elapsed > *m_policy.deadline : elapsed >= *m_policy.deadline;
}

Decision RetryRun::afterResponse(const Outcome &outcome)
{
    const bool retriable = m_policy.statuses.contains(outcome.status);
    if (retriable) {
        if (std::optional<Decision> decision = retryAfter(outcome))
            return *decision;
        if (!isLast())
            return backOff(Reason::StatusRetried);
    }
    // The body is read only when the response is to be returned.
    if (m_policy.unreadableBody && !outcome.bodyReadable)
        return afterFailure(Reason::UnreadableBodyRetried);
    if (outcome.isSuccess())
        return stop(Reason::Success, Verdict::Succeeded);
    if (!retriable)
        return stop(Reason::StatusNotRetried, Verdict::ReturnedError);
    return stop(Reason::AttemptsUsedUp, m_policy.returnsLastResponse ? Verdict::ReturnedError : Verdict::GaveUp);
}

Decision RetryRun::afterFailure(Reason retried)
{
    return isLast() ? stop(Reason::AttemptsUsedUp, Verdict::GaveUp) : backOff(retried);
}

Decision RetryRun::backOff(Reason reason)
{
    const double r = m_policy.backoff.jitter == Jitter::None ? 0 : m_random.uniform();
    const Bounds asked = backoffWait(m_policy.backoff, m_attempt, r, m_previousWait);
    m_previousWait = asked;
    return waitFor(asked, reason);
}

std::optional<Decision> RetryRun::retryAfter(const Outcome &outcome)
{
    const auto &rule = m_policy.retryAfter;
    if (!rule || !rule->statuses.contains(outcome.status) || (isLast() && !m_policy.sleepsAfterLastRetryAfter))
        return {};
    const std::optional<QByteArray> header = outcome.headers.joined("Retry-After");
    const auto wallAt = [&](Millis t) {
        return m_wallAtStart.addMSecs(static_cast<qint64>(std::llround((t - m_begin).count())));
    };
    const std::optional<QDateTime> served = dateOf(outcome.headers, m_wallAtStart);
    const auto read =
        header ? readHeader(rule->reading, *header, served.value_or(wallAt(m_ended.actual))) : std::nullopt;
    if (!read && !rule->whenAbsent)
        return {};
    if (!read)
        return waitFor(Bounds::exactly(*rule->whenAbsent), Reason::RetryAfterAbsent);
    Bounds wait = Bounds::exactly(read->delay);
    if (read->date.isValid() && !served) {
        // Against our own clock: the later the answer, the shorter the wait for the date.
        wait.min = until(read->date, wallAt(m_ended.max));
        wait.max = until(read->date, wallAt(m_ended.min));
    }
    if (rule->cap && wait.actual > *rule->cap)
        return waitFor(capped(wait, *rule->cap), Reason::RetryAfterCapped);
    return waitFor(rule->cap ? capped(wait, *rule->cap) : wait, Reason::RetryAfterObeyed);
}

Decision RetryRun::waitFor(const Bounds &asked, Reason reason)
{
    const Bounds wait = timedWait(m_policy.timer, asked);
    const Bounds ends = m_ended + wait;
    if (m_policy.deadline && ends.actual - m_begin >= *m_policy.deadline)
        return stop(Reason::DeadlineBeforeNextSend, Verdict::Deadline);
    m_until = ends;
    m_stopsAfter = !(m_attempt + 1 <= m_policy.maxAttempts);
    const Reason told = m_stopsAfter ? Reason::WaitsThenGivesUp : reason;
    return {Decision::Action::Wait, told, asked, wait, ends, m_stopsAfter, Verdict::GaveUp};
}

Decision RetryRun::stop(Reason reason, Verdict verdict)
{
    Decision decision;
    decision.reason = reason;
    decision.verdict = verdict;
    decision.until = m_attempt == 0 ? m_starts : m_ended;
    return decision;
}

} // namespace errata
