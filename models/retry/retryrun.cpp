#include "models/retry/retryrun.h"

#include <cmath>
#include <utility>

namespace errata {

RetryRun::RetryRun(RetryPolicy policy, RetriedRequest request, RandomSource &random, BudgetState *budget)
    : m_policy(std::move(policy))
    , m_request(std::move(request))
    , m_prepared(prepare(m_policy, m_request))
    , m_run(m_prepared, random, budget)
{
}

Decision RetryRun::start(Millis now, const QDateTime &wallTime)
{
    m_wallAtZero = wallTime.addMSecs(-static_cast<qint64>(std::llround(now.count())));
    return m_run.start(now);
}

Decision RetryRun::next(const Outcome &outcome, Millis now)
{
    return m_run.next(prepare(m_policy, m_request, outcome, m_wallAtZero), now);
}

} // namespace errata
