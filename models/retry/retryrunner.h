// A policy followed live: sends, waits, sends again.
#pragma once

#include "models/http/transport.h"
#include "models/retry/attempt.h"

#include <QObject>

#include <memory>
#include <vector>

namespace errata {

/// What \a policy sees of a reply: status, headers and, of an error in one of the usual forms, its code, retry flag and
/// RetryInfo; whether the body is JSON, where the policy asks that of an answer; why no answer came.
[[nodiscard]] Outcome outcomeOf(const SendResult &result, const RetryPolicy &policy);

/// What a policy sees of a request: the method, and whether it carries an Idempotency-Key.
[[nodiscard]] RetriedRequest retriedRequestOf(const HttpRequest &request, const RetryPolicy &policy);

/// Hedging is not followed live: attempts come one after another. One request at a time; start() while one runs drops
/// that one without a word. finished comes once for every other start(), never from inside it.
class RetryRunner : public QObject
{
    Q_OBJECT

public:
    /// \a transport and \a clock must outlive the runner.
    RetryRunner(Transport &transport, Clock &clock, QObject *parent = nullptr);
    ~RetryRunner() override;

    void start(const HttpRequest &request, const SendOptions &options, const RetryPolicy &policy, RandomSource random);
    /// Ends the send or the wait; finished follows with Verdict::Cancelled. Nothing when idle.
    void cancel();
    /// Skips the wait, if one is on.
    void sendNow();

    [[nodiscard]] bool isRunning() const { return m_job != nullptr; }
    [[nodiscard]] bool isWaiting() const;
    /// So far; the last row is complete once its attempt has ended.
    [[nodiscard]] const std::vector<Attempt> &attempts() const { return m_attempts; }
    /// The last reply.
    [[nodiscard]] const SendResult &lastResult() const { return m_lastResult; }
    /// A copy of the body of the attempt under way from there on, as far as it has come.
    [[nodiscard]] QByteArray bodyFrom(qint64 offset) const;

Q_SIGNALS:
    void attemptStarted(int n);
    /// The decision after it is in the row.
    void attemptFinished(const errata::Attempt &attempt);
    /// A wait of \a duration begins.
    void waiting(errata::Millis duration);
    /// Of the attempt under way: its answer begins.
    void headReceived(const errata::HttpResponse &head);
    void progress(qint64 received, qint64 total);
    void finished(errata::Verdict verdict);

private:
    struct Job;

    [[nodiscard]] Millis elapsed() const;
    void sendAttempt();
    void attemptEnded(const SendResult &result);
    void wait(const Decision &decision);
    void waitEnded();
    void finish(Verdict verdict);

    Transport &m_transport;
    Clock &m_clock;
    std::unique_ptr<Job> m_job;
    std::vector<Attempt> m_attempts;
    SendResult m_lastResult;
};

} // namespace errata
