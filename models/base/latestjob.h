// Work off the window's thread, of which only the newest counts.
#pragma once

#include <QCoreApplication>
#include <QMetaObject>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

namespace errata {

/// Asked by long work in slices of a few milliseconds.
class JobFlag
{
public:
    [[nodiscard]] bool isCancelled() const { return m_cancelled.load(std::memory_order_relaxed); }
    void cancel() { m_cancelled.store(true, std::memory_order_relaxed); }

private:
    std::atomic<bool> m_cancelled = false;
};

/// Runs work on the thread pool and brings its result to the main thread, unless a newer start, cancel() or the
/// end of this object came first. To be used from the main thread alone: there a job is cancelled and there its
/// result is asked whether it still counts, so nothing can come between.
template <typename T>
class LatestJob
{
public:
    using Work = std::function<T(const JobFlag &)>;
    using Done = std::function<void(T)>;

    LatestJob() = default;
    ~LatestJob() { cancel(); }
    LatestJob(const LatestJob &) = delete;
    LatestJob &operator=(const LatestJob &) = delete;

    /// \a work must own what it reads.
    void start(Work work, Done done)
    {
        cancel();
        m_current = std::make_shared<JobFlag>();
        m_done = std::move(done);
        QThreadPool::globalInstance()->start([this, flag = m_current, work = std::move(work)] {
            if (flag->isCancelled())
                return;
            auto result = std::make_shared<T>(work(*flag));
            // QCoreApplication waits for the pool before it goes, so it is there.
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [this, flag, result] {
                    if (!flag->isCancelled()) // else `this` may be gone
                        finish(std::move(*result));
                },
                Qt::QueuedConnection);
        });
    }
    void cancel()
    {
        if (m_current)
            m_current->cancel();
        m_current.reset();
        m_done = nullptr;
    }
    [[nodiscard]] bool isRunning() const { return m_current != nullptr; }

private:
    void finish(T result)
    {
        m_current.reset();
        const Done done = std::move(m_done);
        m_done = nullptr;
        done(std::move(result));
    }

    std::shared_ptr<JobFlag> m_current;
    Done m_done;
};

} // namespace errata
