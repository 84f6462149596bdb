#include "models/retry/hedging.h"

namespace errata {

int HedgedRun::firstToEnd() const
{
    int first = -1;
    for (int i = 0; i < m_course.count; ++i) {
        const HedgedCourse::Send &send = m_course.sends[static_cast<std::size_t>(i)];
        if (!send.isOver && (first < 0 || send.ends < m_course.sends[static_cast<std::size_t>(first)].ends))
            first = i;
    }
    return first;
}

void HedgedRun::send(const PreparedOutcome &outcome)
{
    if (m_budget) {
        if (m_course.count == 0) {
            m_budget->begins(*m_policy.budget, m_nextSend);
        } else if (!m_budget->take(*m_policy.budget, outcome.cost, m_nextSend)) {
            m_stopped = true;
            m_budgetEmpty = true;
            // Nothing under way and nothing to come: the last answer stands.
            if (firstToEnd() < 0) {
                const int last = m_course.count - 1;
                const HedgedCourse::Send &before = m_course.sends[static_cast<std::size_t>(last)];
                finish(last, m_nextSend, Reason::BudgetEmpty, before.outcome.verdict);
            }
            return;
        }
    }
    const bool isCut = outcome.latency > m_policy.attemptTimeout;
    const double latency = std::min(outcome.latency, m_policy.attemptTimeout);
    HedgedCourse::Send &send = m_course.sends[static_cast<std::size_t>(m_course.count++)];
    send = {m_nextSend, m_nextSend + latency, isCut ? m_policy.cutOff : outcome};
    m_nextSend += m_delay;
}

void HedgedRun::answered(int index)
{
    HedgedCourse::Send &send = m_course.sends[static_cast<std::size_t>(index)];
    const PreparedOutcome &outcome = send.outcome;
    send.isOver = true;
    if (m_budget && outcome.success)
        m_budget->succeeded(*m_policy.budget, 0);
    else if (m_budget && outcome.failsBudget)
        m_budget->failed(*m_policy.budget);
    if (!outcome.retried)
        return finish(index, send.ends, outcome.reason, outcome.verdict);
    const bool isAsked = outcome.askedKind == PreparedOutcome::Asked::Delay;
    if (isAsked && !(outcome.asked >= 0))
        m_stopped = true; // pushback: no more, but what is under way may still succeed
    else
        m_nextSend = send.ends + (isAsked ? outcome.asked : 0);
    if (firstToEnd() < 0 && !maySend()) {
        const Reason reason = m_budgetEmpty ? Reason::BudgetEmpty
                              : m_stopped   ? Reason::HintForbids
                                            : Reason::AttemptsUsedUp;
        finish(index, send.ends, reason, outcome.verdict);
    }
}

void HedgedRun::finish(int decided, double end, Reason reason, Verdict verdict)
{
    m_isOver = true;
    m_course.decided = decided;
    m_course.end = end;
    m_course.reason = reason;
    m_course.verdict = verdict;
    for (int i = 0; i < m_course.count; ++i) {
        HedgedCourse::Send &send = m_course.sends[static_cast<std::size_t>(i)];
        if (send.isOver)
            continue;
        send.ends = end;
        send.isLost = true;
    }
    if (m_budget)
        m_budget->ends(false);
}

namespace {

/// Why the row is as it is.
Reason reasonOf(const HedgedCourse &course, int index)
{
    const HedgedCourse::Send &send = course.sends[static_cast<std::size_t>(index)];
    if (index == course.decided)
        return course.reason;
    if (send.isLost)
        return course.decided < 0 ? course.reason : Reason::HedgeLost;
    return send.outcome.reason;
}

Attempt rowOf(const HedgedCourse &course, int index, Outcome outcome)
{
    const HedgedCourse::Send &send = course.sends[static_cast<std::size_t>(index)];
    const bool isLast = index + 1 == course.count;
    Attempt row;
    row.n = index + 1;
    row.starts = Bounds::exactly(Millis(send.starts));
    row.outcome = std::move(outcome);
    row.outcome.latency = Millis(send.ends - send.starts);
    row.action = isLast || index == course.decided ? Attempt::Action::Stop : Attempt::Action::Retry;
    row.reason = reasonOf(course, index);
    if (!isLast && send.isLost)
        row.reason = Reason::Hedged;
    if (index == course.decided || (course.decided < 0 && isLast))
        row.verdict = course.verdict;
    return row;
}

} // namespace

Schedule simulateHedged(const RetryPolicy &policy, const OutcomeScript &script, const QDateTime &wallTime)
{
    const RetriedRequest request = usualRequest(policy);
    const PreparedPolicy prepared = prepare(policy, request);
    BudgetState budget = policy.budget ? BudgetState(*policy.budget) : BudgetState();
    HedgedRun run(prepared, policy.hedging->delay.count(), &budget);
    const auto outcomeAt = [&script](int n) -> const Outcome & { return script.at(static_cast<std::size_t>(n) - 1); };
    const HedgedCourse course = run.run([&](int n) { return prepare(policy, request, outcomeAt(n), wallTime); });

    Schedule schedule;
    for (int i = 0; i < course.count; ++i) {
        schedule.attempts.push_back(rowOf(course, i, outcomeAt(i + 1)));
        schedule.sends += schedule.attempts.back().wasSent() ? 1 : 0;
    }
    schedule.verdict = course.verdict;
    schedule.reason = course.reason;
    schedule.total = Bounds::exactly(Millis(course.end));
    return schedule;
}

} // namespace errata
