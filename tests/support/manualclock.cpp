#include "tests/support/manualclock.h"

#include <algorithm>
#include <cmath>

namespace errata {

QDateTime ManualClock::wallTime() const
{
    return m_wall.addMSecs(std::llround((m_now - m_wallSetAt).count()));
}

void ManualClock::setWallTime(const QDateTime &time)
{
    m_wall = time.toUTC();
    m_wallSetAt = m_now;
}

void ManualClock::callAfter(Millis delay, QObject *context, std::function<void()> callback)
{
    const Millis at = m_now + std::max(delay, Millis::zero());
    const auto later = [](Millis time, const Due &due) { return time < due.at; };
    m_due.insert(std::upper_bound(m_due.begin(), m_due.end(), at, later),
                 Due{at, context, context != nullptr, std::move(callback)});
}

void ManualClock::advance(Millis by)
{
    runUntil(m_now + by);
}

bool ManualClock::advanceToNext()
{
    const auto next = std::find_if(m_due.begin(), m_due.end(), [](const Due &due) { return due.alive(); });
    if (next == m_due.end())
        return false;
    runUntil(next->at);
    return true;
}

int ManualClock::waiting() const
{
    return static_cast<int>(std::count_if(m_due.begin(), m_due.end(), [](const Due &due) { return due.alive(); }));
}

void ManualClock::runUntil(Millis end)
{
    while (!m_due.empty() && m_due.front().at <= end) {
        const Due due = std::move(m_due.front());
        m_due.erase(m_due.begin());
        m_now = std::max(m_now, due.at);
        if (due.alive())
            due.callback();
    }
    m_now = std::max(m_now, end);
}

} // namespace errata
