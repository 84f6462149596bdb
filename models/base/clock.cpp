#include "models/base/clock.h"

#include <QTimer>

#include <cmath>
#include <limits>

namespace errata {

Millis SystemClock::now() const
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

QDateTime SystemClock::wallTime() const
{
    return QDateTime::currentDateTimeUtc();
}

void SystemClock::callAfter(Millis delay, QObject *context, std::function<void()> callback)
{
    // Rounded up: a wait that ends early would break "never before Retry-After". A QTimer takes an
    // int of milliseconds (24 days); longer waits are taken in stretches.
    constexpr double longest = std::numeric_limits<int>::max();
    const double ms = std::max(0.0, std::ceil(delay.count()));
    if (ms <= longest) {
        QTimer::singleShot(std::chrono::milliseconds(static_cast<qint64>(ms)), Qt::PreciseTimer, context,
                           std::move(callback));
        return;
    }
    QTimer::singleShot(std::chrono::milliseconds(static_cast<qint64>(longest)), Qt::PreciseTimer, context,
                       [this, rest = Millis(ms - longest), context, callback = std::move(callback)]() mutable {
                           callAfter(rest, context, std::move(callback));
                       });
}

} // namespace errata
