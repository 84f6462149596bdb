// One request's life under a policy: what to do next, and why. The one machine behind every trace, sample
// and live send.
#pragma once

#include "models/retry/prepared.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace errata {

/// \a Time is Bounds (what happens between what could have happened) or Millis (what happens, fast).
template <typename Time>
struct BasicDecision
{
    enum class Action {
        Send, ///< now
        Wait, ///< until `until`, then ask resume()
        Stop, ///< `verdict` says how it ended
    };

    Action action = Action::Stop;
    Reason reason = Reason::NoAttemptAllowed;
    Time asked{};                      ///< for Wait: what the policy computes; may be NaN, negative or infinite
    Time wait{};                       ///< for Wait: what the client's timer makes of it
    Time until{};                      ///< for Wait: its end, on the clock of the run; for Stop: the end of the run
    bool stopsAfter = false;           ///< for Wait: nothing will be sent after it
    Verdict verdict = Verdict::GaveUp; ///< for Stop, and for Wait with stopsAfter
};

/// What the machine does with times, for either kind.
template <typename Time>
struct TimeRules;

template <>
struct TimeRules<Millis>
{
    static double actual(Millis t) { return t.count(); }
    static Millis exactly(double t) { return Millis(t); }
    static Millis including(Millis /*plan*/, double actual) { return Millis(actual); }
    static Millis advance(const PreparedBackoff &backoff, int n, double r, Millis &previous)
    {
        double before = previous.count();
        const double wait = backoff.advance(n, r, before);
        previous = Millis(before);
        return Millis(wait);
    }
    static Millis spread(const PreparedBackoff &backoff, Millis wait, double r)
    {
        return Millis(backoff.spread(wait.count(), r));
    }
    /// From an attempt's end until \a date.
    static Millis until(double date, Millis end) { return Millis(date - end.count()); }
    template <typename Function>
    static Millis each(Millis a, Function function)
    {
        return Millis(function(a.count()));
    }
    template <typename Function>
    static Millis each(Millis a, Millis b, Function function)
    {
        return Millis(function(a.count(), b.count()));
    }
    /// A wait from \a begins that ends at \a end at the latest.
    static Millis clamped(Millis wait, Millis begins, double end) { return std::min(wait, Millis(end) - begins); }
    static Millis scaled(Millis a, double actual, double /*min*/, double /*max*/) { return a * actual; }
};

template <>
struct TimeRules<Bounds>
{
    static double actual(const Bounds &t) { return t.actual.count(); }
    static Bounds exactly(double t) { return Bounds::exactly(Millis(t)); }
    /// The plan, widened to what happened: a timer is late, a user impatient, a sum rounded.
    static Bounds including(const Bounds &plan, double actual)
    {
        return {Millis(actual), std::min(plan.min, Millis(actual)), std::max(plan.max, Millis(actual))};
    }
    static Bounds advance(const PreparedBackoff &backoff, int n, double r, Bounds &previous)
    {
        const Bounds wait = backoff.bounds(n, r, previous);
        if (backoff.carries())
            previous = backoff.carry(n, r, wait);
        return wait;
    }
    static Bounds spread(const PreparedBackoff &backoff, const Bounds &wait, double r)
    {
        return backoff.spread(wait, r);
    }
    /// The later the answer, the shorter the wait for the date.
    static Bounds until(double date, const Bounds &end)
    {
        return {Millis(date) - end.actual, Millis(date) - end.max, Millis(date) - end.min};
    }
    template <typename Function>
    static Bounds each(const Bounds &a, Function function)
    {
        return {Millis(function(a.actual.count())), Millis(function(a.min.count())), Millis(function(a.max.count()))};
    }
    template <typename Function>
    static Bounds each(const Bounds &a, const Bounds &b, Function function)
    {
        return {Millis(function(a.actual.count(), b.actual.count())), Millis(function(a.min.count(), b.min.count())),
                Millis(function(a.max.count(), b.max.count()))};
    }
    static Bounds clamped(const Bounds &wait, const Bounds &begins, double end)
    {
        const auto left = [end](Millis from) { return std::max(Millis(0), Millis(end) - from); };
        return {std::min(wait.actual, left(begins.actual)), std::min(wait.min, left(begins.max)),
                std::min(wait.max, left(begins.min))};
    }
    static Bounds scaled(const Bounds &a, double actual, double min, double max)
    {
        return {a.actual * actual, a.min * min, a.max * max};
    }
};

/// Pure: knows no clock, sends nothing, allocates nothing. The driver says when things happened:
///   start(t) -> Send; next(outcome, t) -> Wait or Stop; resume(t) -> Send or Stop; next ...
/// Times may start anywhere and never go back. Nothing may be asked after Stop.
/// \a Random has `double uniform()` in [0, 1).
template <typename Time, typename Random>
class PolicyRun
{
public:
    using Decision = BasicDecision<Time>;

    /// All must outlive the run; \a random and \a budget go on from where they stand. Without \a budget the
    /// policy's allowance is not looked at.
    PolicyRun(const PreparedPolicy &policy, Random &random, BudgetState *budget = nullptr)
        : m_policy(policy)
        , m_random(random)
        , m_budget(policy.budget ? budget : nullptr)
        , m_previous(Rules::exactly(policy.backoff.initial()))
    {
    }

    Decision start(Millis now)
    {
        m_begin = now.count();
        m_starts = Rules::exactly(m_begin);
        m_ended = m_starts;
        if (!(m_policy.maxAttempts >= 1))
            return stop(Reason::NoAttemptAllowed, Verdict::GaveUp);
        m_attempt = 1;
        if (m_budget)
            m_budget->begins(*m_policy.budget, m_begin);
        return {Action::Send, Reason::FirstAttempt, {}, {}, m_starts, false, Verdict::GaveUp};
    }

    /// After an attempt, which ended at \a now.
    Decision next(const PreparedOutcome &outcome, Millis now)
    {
        m_ended = Rules::including(m_starts + Millis(now.count() - Rules::actual(m_starts)), now.count());
        if (m_budget)
            settleBudget(outcome);
        if (isTooLate(outcome, now.count()))
            return stop(Reason::DeadlineReached, Verdict::Deadline);
        if (!outcome.retried)
            return stop(outcome.reason, outcome.verdict);
        const bool isLast = m_attempt == m_policy.maxAttempts;
        if (isLast && !outcome.sleepsAfterLast)
            return stop(Reason::AttemptsUsedUp, outcome.verdict);
        if (m_budget && !isLast && !takeFromBudget(outcome))
            return stop(Reason::BudgetEmpty, outcome.verdict);
        return outcome.askedKind == PreparedOutcome::Asked::Nothing ? backOff(outcome, outcome.reason)
                                                                    : waitAsAsked(outcome);
    }

    /// After a wait, or before its end when the user is impatient.
    Decision resume(Millis now)
    {
        const Time ends = Rules::including(m_until, now.count());
        if (m_stopsAfter) {
            m_ended = ends;
            return stop(Reason::WaitsThenGivesUp, Verdict::GaveUp);
        }
        ++m_attempt;
        m_starts = ends;
        return {Action::Send, Reason::Waited, {}, {}, m_starts, false, Verdict::GaveUp};
    }

    /// The start of the current attempt.
    [[nodiscard]] const Time &starts() const { return m_starts; }
    /// Attempts begun, from 1; also those that could not be sent.
    [[nodiscard]] int attempt() const { return m_attempt; }
    /// How long an attempt beginning at \a now may take; infinite where nothing limits it.
    [[nodiscard]] Millis allowance(Millis now) const
    {
        const double left = m_begin + m_policy.deadline - now.count();
        const bool cuts =
            m_policy.deadlineCutsAttempt && (left > 0 || m_policy.deadlineWait != DeadlineWait::Unchecked);
        return Millis(cuts ? std::min(m_policy.attemptTimeout, std::max(0.0, left)) : m_policy.attemptTimeout);
    }

private:
    using Rules = TimeRules<Time>;
    using Action = typename Decision::Action;

    [[nodiscard]] bool isTooLate(const PreparedOutcome &outcome, double now) const
    {
        const double elapsed = now - m_begin;
        // A success in the very last moment counts; a failure then leaves no time for anything. A deadline
        // that does not cut attempts loses no answer either.
        if (outcome.success)
            return elapsed > m_policy.deadline && m_policy.deadlineCutsAttempt;
        return elapsed >= m_policy.deadline;
    }

    void settleBudget(const PreparedOutcome &outcome)
    {
        if (outcome.success)
            m_budget->succeeded(*m_policy.budget, m_lastCost);
        else if (outcome.failsBudget)
            m_budget->failed(*m_policy.budget);
        release();
    }

    /// The retry the allowance was taken for has come back, or will not be.
    void release()
    {
        if (m_holdsBudget)
            m_budget->ends(true);
        m_holdsBudget = false;
    }

    bool takeFromBudget(const PreparedOutcome &outcome)
    {
        if (!m_budget->take(*m_policy.budget, outcome.cost, Rules::actual(m_ended)))
            return false;
        m_lastCost = outcome.cost;
        m_holdsBudget = true;
        return true;
    }

    [[nodiscard]] const PreparedBackoff &backoffAfter(const PreparedOutcome &outcome) const
    {
        return outcome.throttled && m_policy.throttledBackoff ? *m_policy.throttledBackoff : m_policy.backoff;
    }

    /// The next wait of the backoff.
    Time nextBackoff(const PreparedBackoff &backoff)
    {
        const double r = backoff.usesChance() ? m_random.uniform() : 0;
        return Rules::advance(backoff, ++m_step, r, m_previous);
    }

    Decision backOff(const PreparedOutcome &outcome, Reason reason)
    {
        const PreparedBackoff &backoff = backoffAfter(outcome);
        const Time before = m_previous;
        const Time asked = nextBackoff(backoff);
        Decision decision = waitFor(asked, reason);
        if constexpr (std::is_same_v<Time, Bounds>) {
            const bool isWhole = decision.action == Action::Wait && decision.wait.actual == asked.actual;
            if (backoff.telescopes() && isWhole && !m_policy.throttledBackoff)
                m_until = decision.until = m_ended + backoff.growth(before, m_previous);
        }
        return decision;
    }

    Decision waitAsAsked(const PreparedOutcome &outcome);
    [[nodiscard]] Decision waitAgainstBackoff(const PreparedOutcome &outcome, Time asked, Reason reason);

    Decision waitFor(const Time &asked, Reason reason)
    {
        Time wait = timedWait(m_policy.timer, asked);
        Time ends = m_ended + wait;
        const double end = m_begin + m_policy.deadline;
        if (Rules::actual(ends) >= end && m_policy.deadlineWait != DeadlineWait::Unchecked) {
            if (m_policy.deadlineWait == DeadlineWait::GivesUp)
                return stop(Reason::DeadlineBeforeNextSend, Verdict::Deadline);
            wait = Rules::clamped(wait, m_ended, end);
            ends = Rules::each(ends, [end](double t) { return std::min(t, end); });
            reason = Reason::ClampedToDeadline;
        }
        m_until = ends;
        m_stopsAfter = !(m_attempt + 1 <= m_policy.maxAttempts);
        return {Action::Wait,   m_stopsAfter ? Reason::WaitsThenGivesUp : reason, asked, wait, ends, m_stopsAfter,
                Verdict::GaveUp};
    }

    Decision stop(Reason reason, Verdict verdict)
    {
        if (m_budget && m_attempt > 0) {
            release();
            m_budget->ends(false);
        }
        Decision decision;
        decision.reason = reason;
        decision.verdict = verdict;
        decision.until = m_ended;
        return decision;
    }

    const PreparedPolicy &m_policy;
    Random &m_random;
    BudgetState *m_budget;
    double m_begin = 0;
    double m_lastCost = 0;
    int m_attempt = 0;
    int m_step = 0; ///< how far the backoff has come
    bool m_stopsAfter = false;
    bool m_holdsBudget = false;
    Time m_starts{};
    Time m_ended{};    ///< the end of the current attempt
    Time m_until{};    ///< the end of the wait that is on
    Time m_previous{}; ///< for backoffs that carry
};

template <typename Time, typename Random>
auto PolicyRun<Time, Random>::waitAsAsked(const PreparedOutcome &outcome) -> Decision
{
    using Asked = PreparedOutcome::Asked;
    using Negative = RetryAfterRule::Negative;
    const AskedTerms &terms = m_policy.asked;
    Time asked =
        outcome.askedKind == Asked::Until ? Rules::until(outcome.asked, m_ended) : Rules::exactly(outcome.asked);
    if (outcome.askedKind == Asked::Until)
        asked = Rules::each(asked, [&terms](double t) { return t > 0 ? t : terms.pastDate; });
    const double actual = Rules::actual(asked);
    if (!(actual >= 0) && terms.negative != Negative::AsIs) {
        if (terms.negative == Negative::GivesUp)
            return stop(Reason::HintForbids, outcome.verdict);
        if (terms.negative == Negative::AsAbsent)
            return backOff(outcome, outcome.backoffReason);
        asked = Rules::exactly(0);
    }
    if (actual == 0 && terms.zeroIsAbsent)
        return backOff(outcome, outcome.backoffReason);
    if (actual > terms.cap) {
        if (terms.beyondCap == RetryAfterRule::BeyondCap::GiveUp)
            return stop(Reason::RetryAfterTooLong, outcome.verdict);
        if (terms.beyondCap == RetryAfterRule::BeyondCap::FallBack)
            return backOff(outcome, Reason::RetryAfterBeyondCap);
        return waitAgainstBackoff(outcome, Rules::each(asked, [&terms](double t) { return std::min(t, terms.cap); }),
                                  Reason::RetryAfterCapped);
    }
    if (std::isfinite(terms.cap))
        asked = Rules::each(asked, [&terms](double t) { return std::min(t, terms.cap); });
    return waitAgainstBackoff(outcome, asked, outcome.reason);
}

template <typename Time, typename Random>
auto PolicyRun<Time, Random>::waitAgainstBackoff(const PreparedOutcome &outcome, Time asked, Reason reason) -> Decision
{
    using Against = RetryAfterRule::AgainstBackoff;
    const AskedTerms &terms = m_policy.asked;
    const PreparedBackoff &backoff = backoffAfter(outcome);
    if (terms.jitter > 0)
        asked = Rules::scaled(asked, 1 + terms.jitter * m_random.uniform(), 1, 1 + terms.jitter);
    const auto longer = [](double a, double b) { return std::max(a, b); };
    switch (terms.against) {
    case Against::Wins:
        m_step = terms.resetsBackoff ? 0 : m_step + (terms.advancesBackoff ? 1 : 0);
        if (terms.resetsBackoff)
            m_previous = Rules::exactly(m_policy.backoff.initial());
        return waitFor(asked, reason);
    case Against::Max: {
        const Time own = nextBackoff(backoff);
        const double above = terms.mostAboveBackoff;
        const Time held = Rules::each(asked, own, [above](double a, double b) { return std::min(a, b + above); });
        const bool isShorter = Rules::actual(held) < Rules::actual(own);
        return waitFor(Rules::each(held, own, longer), isShorter ? Reason::RetryAfterShorter : reason);
    }
    case Against::MaxBeforeJitter: {
        const double own = backoff.nominal(++m_step);
        const double r = backoff.usesChance() ? m_random.uniform() : 0;
        const Time wait = Rules::spread(backoff, Rules::each(asked, [own](double a) { return std::max(a, own); }), r);
        return waitFor(wait, Rules::actual(asked) < own ? Reason::RetryAfterShorter : reason);
    }
    case Against::Added: {
        const Time own = nextBackoff(backoff);
        return waitFor(Rules::each(asked, own, [](double a, double b) { return a + b; }), reason);
    }
    }
    return waitFor(asked, reason);
}

} // namespace errata
