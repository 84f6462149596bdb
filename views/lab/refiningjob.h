// Work off the window's thread that shows what it has while it goes on; only the newest counts.
#pragma once

#include "models/base/latestjob.h"

#include <optional>

namespace errata {

/// To be used from the main thread alone.
template <typename T>
class RefiningJob
{
public:
    using Show = std::function<void(T)>;
    /// Tells what there is so far as often as it likes; nothing at the end when it was cancelled.
    using Work = std::function<std::optional<T>(const JobFlag &, const Show &soFar)>;

    /// \a work must own what it reads.
    void start(Work work, Show soFar, Show done)
    {
        m_soFar = std::make_shared<Show>(std::move(soFar));
        const std::weak_ptr<Show> shown = m_soFar;
        m_job.start(
            [work = std::move(work), shown](const JobFlag &flag) {
                return work(flag, [shown](T value) {
                    auto kept = std::make_shared<T>(std::move(value));
                    // Asked where jobs are started and cancelled: nothing can come between.
                    QMetaObject::invokeMethod(
                        QCoreApplication::instance(),
                        [shown, kept] {
                            if (const auto show = shown.lock())
                                (*show)(std::move(*kept));
                        },
                        Qt::QueuedConnection);
                });
            },
            [this, done = std::move(done)](std::optional<T> result) {
                m_soFar.reset();
                if (result)
                    done(std::move(*result));
            });
    }
    void cancel()
    {
        m_soFar.reset();
        m_job.cancel();
    }
    [[nodiscard]] bool isRunning() const { return m_job.isRunning(); }

private:
    std::shared_ptr<Show> m_soFar; ///< of the newest job
    LatestJob<std::optional<T>> m_job;
};

} // namespace errata
