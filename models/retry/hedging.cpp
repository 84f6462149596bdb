#include "models/retry/hedging.h"

namespace errata {

namespace {

constexpr double noTime = std::numeric_limits<double>::infinity();

} // namespace

HedgedAttempts::HedgedAttempts(const PreparedPolicy &policy, double delay, BudgetState *budget)
    : m_policy(policy)
    , m_delay(delay)
    , m_budget(policy.budget ? budget : nullptr)
    , m_limit(static_cast<int>(std::min(policy.maxAttempts, static_cast<double>(hedgedAttemptsLimit))))
    , m_isOver(m_limit < 1)
{
}

double HedgedAttempts::due() const
{
    return std::min(maySend() ? m_nextSend : noTime, m_policy.deadline);
}

bool HedgedAttempts::proceed(double cost)
{
    if (isDeadlineDue()) {
        finish(0, m_policy.deadline, Reason::DeadlineReached, Verdict::Deadline);
        return false;
    }
    if (m_budget && m_count == 0) {
        m_budget->begins(*m_policy.budget, m_nextSend);
    } else if (m_budget && !m_budget->take(*m_policy.budget, cost, m_nextSend)) {
        m_stopped = true;
        m_budgetEmpty = true;
        // Nothing under way and nothing to come: the last answer stands.
        if (m_open == 0)
            finish(m_count, m_nextSend, Reason::BudgetEmpty, m_newest);
        return false;
    }
    m_open |= 1U << m_count;
    ++m_count;
    m_nextSend += m_delay;
    return true;
}

void HedgedAttempts::answered(int n, const PreparedOutcome &outcome, double now)
{
    m_open &= ~(1U << (n - 1));
    m_newest = n == m_count ? outcome.verdict : m_newest;
    if (m_budget && outcome.success)
        m_budget->succeeded(*m_policy.budget, 0);
    else if (m_budget && outcome.failsBudget)
        m_budget->failed(*m_policy.budget);
    if (!outcome.retried)
        return finish(n, now, outcome.reason, outcome.verdict);
    const bool isAsked = outcome.askedKind == PreparedOutcome::Asked::Delay;
    if (isAsked && !(outcome.asked >= 0))
        m_stopped = true; // pushback: no more, but what is under way may still succeed
    else
        m_nextSend = now + (isAsked ? outcome.asked : 0);
    if (m_open == 0 && !maySend()) {
        const Reason reason = m_budgetEmpty ? Reason::BudgetEmpty
                              : m_stopped   ? Reason::HintForbids
                                            : Reason::AttemptsUsedUp;
        finish(n, now, reason, outcome.verdict);
    }
}

void HedgedAttempts::finish(int decided, double end, Reason reason, Verdict verdict)
{
    m_isOver = true;
    m_decided = decided;
    m_end = end;
    m_reason = reason;
    m_verdict = verdict;
    if (m_budget)
        m_budget->ends(false);
}

int HedgedRun::firstToEnd() const
{
    int first = -1;
    for (int i = 0; i < m_call.count(); ++i) {
        const double ends = m_course.sends[static_cast<std::size_t>(i)].ends;
        if (m_call.isOpen(i + 1) && (first < 0 || ends < m_course.sends[static_cast<std::size_t>(first)].ends))
            first = i;
    }
    return first;
}

void HedgedRun::send(const PreparedOutcome &outcome)
{
    const double now = m_call.due();
    if (!m_call.proceed(outcome.cost))
        return;
    const bool isCut = outcome.latency > m_policy.attemptTimeout;
    const double latency = std::min(outcome.latency, m_policy.attemptTimeout);
    m_course.sends[static_cast<std::size_t>(m_call.count()) - 1] = {now, now + latency,
                                                                    isCut ? m_policy.cutOff : outcome};
}

void HedgedRun::close()
{
    m_course.count = m_call.count();
    m_course.decided = m_call.decided() - 1;
    m_course.end = m_call.end();
    m_course.reason = m_call.reason();
    m_course.verdict = m_call.verdict();
    for (int i = 0; i < m_course.count; ++i) {
        HedgedCourse::Send &send = m_course.sends[static_cast<std::size_t>(i)];
        if (!m_call.isOpen(i + 1))
            continue;
        send.ends = m_course.end;
        send.isLost = true;
    }
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
