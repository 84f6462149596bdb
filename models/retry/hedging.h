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

/// How one hedged call went, in ms from its start.
struct HedgedCourse
{
    struct Send
    {
        double starts = 0;
        double ends = 0; ///< its answer, or when it was given up
        PreparedOutcome outcome;
        bool isOver = false;
        bool isLost = false; ///< another attempt decided first
    };

    std::array<Send, hedgedAttemptsLimit> sends;
    int count = 0;
    int decided = -1; ///< the send whose answer ended the call; none where the deadline did
    double end = 0;
    Reason reason = Reason::NoAttemptAllowed;
    Verdict verdict = Verdict::GaveUp;
};

/// The machine of one hedged call; allocates nothing. An attempt is sent every \a delay without an answer, and
/// at once after an answer that does not end the call.
class HedgedRun
{
public:
    HedgedRun(const PreparedPolicy &policy, double delay, BudgetState *budget = nullptr)
        : m_policy(policy), m_delay(delay), m_budget(policy.budget ? budget : nullptr)
    {
    }

    /// \a outcomeOf(n) is what attempt n (from 1) brings, with its latency.
    template <typename OutcomeOf>
    HedgedCourse run(OutcomeOf outcomeOf)
    {
        m_limit = static_cast<int>(std::min(m_policy.maxAttempts, static_cast<double>(hedgedAttemptsLimit)));
        if (m_limit < 1)
            return m_course;
        while (!m_isOver) {
            const int first = firstToEnd();
            const double ends = first < 0 ? noTime : m_course.sends[static_cast<std::size_t>(first)].ends;
            const double sends = maySend() ? m_nextSend : noTime;
            if (std::min(ends, sends) >= m_policy.deadline)
                finish(-1, m_policy.deadline, Reason::DeadlineReached, Verdict::Deadline);
            else if (sends < ends)
                send(outcomeOf(m_course.count + 1));
            else
                answered(first);
        }
        return m_course;
    }

private:
    static constexpr double noTime = std::numeric_limits<double>::infinity();

    [[nodiscard]] bool maySend() const { return !m_stopped && m_course.count < m_limit; }
    [[nodiscard]] int firstToEnd() const;
    void send(const PreparedOutcome &outcome);
    void answered(int index);
    void finish(int decided, double end, Reason reason, Verdict verdict);

    const PreparedPolicy &m_policy;
    const double m_delay;
    BudgetState *m_budget;
    HedgedCourse m_course;
    int m_limit = 0;
    double m_nextSend = 0;
    bool m_stopped = false; ///< nothing more is sent
    bool m_budgetEmpty = false;
    bool m_isOver = false;
};

/// One hedged call against a script, its first attempt at 0. \a policy has hedging.
[[nodiscard]] Schedule simulateHedged(const RetryPolicy &policy, const OutcomeScript &script,
                                      const QDateTime &wallTime = {});

} // namespace errata
