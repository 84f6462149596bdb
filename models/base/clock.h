// Time as a dependency, so that tests and the simulator own it.
#pragma once

#include <QDateTime>
#include <QObject>

#include <chrono>
#include <functional>

namespace errata {

/// Milliseconds with a fraction: backoff with jitter is not whole milliseconds.
using Millis = std::chrono::duration<double, std::milli>;

class Clock
{
public:
    Clock() = default;
    virtual ~Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;

    /// Monotonic, from an arbitrary start.
    [[nodiscard]] virtual Millis now() const = 0;
    /// The wall clock, UTC: only for what is compared with dates in headers.
    [[nodiscard]] virtual QDateTime wallTime() const = 0;
    /// Calls \a callback once after \a delay, unless \a context has been destroyed by then.
    virtual void callAfter(Millis delay, QObject *context, std::function<void()> callback) = 0;
};

/// The machine's clock; callbacks come from the event loop of the caller's thread.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Millis now() const override;
    [[nodiscard]] QDateTime wallTime() const override;
    void callAfter(Millis delay, QObject *context, std::function<void()> callback) override;
};

} // namespace errata
