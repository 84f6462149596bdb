// Attempts beside each other (gRPC A6 hedgingPolicy).
#pragma once

#include "models/retry/prepared.h"
#include "models/retry/simulator.h"

#include <algorithm>
#include <array>
#include <limits>

namespace errata {

/// More are not sent, whatever a policy says; gRPC itself takes at most five.
inline constexpr int hedgedAttemptsLimit = 16;

/// The rules of one hedged call, for whoever knows when its answers come; times are ms from its start. An attempt is
/// sent every `delay` without an answer, and at once after an answer that does not end the call. Allocates nothing.
class HedgedAttempts
{
public:
    /// \a policy and \a budget must outlive it.
    HedgedAttempts(const PreparedPolicy &policy, double delay, BudgetState *budget = nullptr);

    /// When proceed() is to be called unless answers come before; infinite where they must.
    [[nodiscard]] double due() const;
    /// What is due is not an attempt: the deadline ends the call.
    [[nodiscard]] bool isDeadlineDue() const { return due() >= m_policy.deadline; }
    /// Does what is due; true where that is to send attempt count(). \a cost is its cost to the budget.
    bool proceed(double cost);
    /// What attempt \a n has brought, or that it was given up. It is open.
    void answered(int n, const PreparedOutcome &outcome, double now);

    [[nodiscard]] int count() const { return m_count; }
    /// Sent and not answered, from 1; of a call that is over: in vain.
    [[nodiscard]] bool isOpen(int n) const { return ((m_open >> (n - 1)) & 1U) != 0; }
    [[nodiscard]] bool isOver() const { return m_isOver; }
    /// The attempt whose answer ended the call; 0 where the deadline did.
    [[nodiscard]] int decided() const { return m_decided; }
    [[nodiscard]] double end() const { return m_end; }
    [[nodiscard]] Reason reason() const { return m_reason; }
    [[nodiscard]] Verdict verdict() const { return m_verdict; }

private:
    [[nodiscard]] bool maySend() const { return !m_stopped && m_count < m_limit; }
    void finish(int decided, double end, Reason reason, Verdict verdict);

    const PreparedPolicy &m_policy;
    double m_delay;
    BudgetState *m_budget;
    double m_nextSend = 0;
    double m_end = 0;
    quint32 m_open = 0; ///< a bit an attempt
    int m_limit = 0;
    int m_count = 0;
    int m_decided = 0;
    Reason m_reason = Reason::NoAttemptAllowed;
    Verdict m_verdict = Verdict::GaveUp;
    Verdict m_newest = Verdict::GaveUp; ///< what the attempt sent last has come to
    bool m_stopped = false;             ///< nothing more is sent
    bool m_budgetEmpty = false;
    bool m_isOver = false;
};

/// How one hedged call went, in ms from its start.
struct HedgedCourse
{
    struct Send
    {
        double starts = 0;
        double ends = 0; ///< its answer, or when it was given up
        PreparedOutcome outcome;
        bool isLost = false; ///< another attempt decided first
    };

    std::array<Send, hedgedAttemptsLimit> sends;
    int count = 0;
    int decided = -1; ///< the send whose answer ended the call; none where the deadline did
    double end = 0;
    Reason reason = Reason::NoAttemptAllowed;
    Verdict verdict = Verdict::GaveUp;
};

/// A hedged call whose answers are known beforehand; allocates nothing.
class HedgedRun
{
public:
    HedgedRun(const PreparedPolicy &policy, double delay, BudgetState *budget = nullptr)
        : m_policy(policy), m_call(policy, delay, budget)
    {
    }

    /// \a outcomeOf(n) is what attempt n (from 1) brings, with its latency.
    template <typename OutcomeOf>
    HedgedCourse run(OutcomeOf outcomeOf)
    {
        while (!m_call.isOver()) {
            const int first = firstToEnd();
            const double ends =
                first < 0 ? std::numeric_limits<double>::infinity() : m_course.sends[std::size_t(first)].ends;
            if (ends < m_policy.deadline && ends <= m_call.due())
                m_call.answered(first + 1, m_course.sends[std::size_t(first)].outcome, ends);
            else if (m_call.isDeadlineDue())
                m_call.proceed(0);
            else
                send(outcomeOf(m_call.count() + 1));
        }
        close();
        return m_course;
    }

private:
    [[nodiscard]] int firstToEnd() const;
    void send(const PreparedOutcome &outcome);
    void close();

    const PreparedPolicy &m_policy;
    HedgedAttempts m_call;
    HedgedCourse m_course;
};

/// One hedged call against a script, its first attempt at 0. \a policy has hedging.
[[nodiscard]] Schedule simulateHedged(const RetryPolicy &policy, const OutcomeScript &script,
                                      const QDateTime &wallTime = {});

} // namespace errata
