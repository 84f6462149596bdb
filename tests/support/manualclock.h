// A clock that stands still until a test moves it.
#pragma once

#include "models/base/clock.h"

#include <QPointer>

#include <vector>

namespace errata {

/// Time starts at 0 ms and 2024-01-01T00:00:00Z. Callbacks run inside advance(), in order of their time and,
/// for the same time, of their asking.
class ManualClock final : public Clock
{
public:
    [[nodiscard]] Millis now() const override { return m_now; }
    [[nodiscard]] QDateTime wallTime() const override;
    void callAfter(Millis delay, QObject *context, std::function<void()> callback) override;

    /// The wall clock's reading now; it goes on from there.
    void setWallTime(const QDateTime &time);
    /// Moves on and runs what falls due, also what those callbacks ask for within the same stretch.
    void advance(Millis by);
    /// Moves to the next callback and runs what is due there; false when none waits.
    bool advanceToNext();
    /// Callbacks that wait and whose context is alive.
    [[nodiscard]] int waiting() const;

private:
    struct Due
    {
        Millis at{0};
        QPointer<QObject> context;
        bool bound = false; ///< had a context: not run without it
        std::function<void()> callback;

        [[nodiscard]] bool alive() const { return !bound || context; }
    };

    void runUntil(Millis end);

    Millis m_now{0};
    QDateTime m_wall = QDateTime(QDate(2024, 1, 1), QTime(0, 0), Qt::UTC);
    Millis m_wallSetAt{0};
    std::vector<Due> m_due; ///< by time, then by asking
};

} // namespace errata
