#include "models/retry/retryrunner.h"

#include "models/http/ratelimit.h"
#include "models/json/jsondocument.h"

#include <QPointer>

#include <algorithm>
#include <cmath>
#include <utility>

namespace errata {

namespace {

/// Longer bodies are hardly an API's error.
constexpr qsizetype longestError = 1'000'000;

QByteArray codeIn(const JsonValue &error)
{
    for (const char *name : {"code", "status", "type"}) {
        if (const JsonValue code = error[name]; code.isString())
            return code.string().toUtf8();
    }
    return {};
}

std::optional<bool> flagIn(const JsonValue &error)
{
    for (const char *name : {"retryable", "retriable", "retirable"}) { // Intuned has the third
        if (const auto flag = error[name].boolean())
            return flag;
    }
    return {};
}

std::optional<Millis> retryInfoIn(const JsonValue &error)
{
    for (const JsonValue &detail : error["details"].children()) {
        if (!detail["@type"].string().endsWith(QLatin1String("google.rpc.RetryInfo")))
            continue;
        if (const auto delay = parseDuration(detail["retryDelay"].string().toUtf8()))
            return Millis(static_cast<double>(*delay));
    }
    return {};
}

/// The members of an error at the top, or in "error".
void readError(const QByteArray &body, Outcome &outcome)
{
    const auto document = body.size() <= longestError ? JsonDocument::parse(body) : JsonDocument::parse("null");
    if (!document)
        return;
    const JsonValue root = document->root();
    const JsonValue inner = root["error"];
    const JsonValue error = inner.isObject() ? inner : root;
    outcome.code = codeIn(error);
    if (outcome.code.isEmpty() && inner.isString())
        outcome.code = inner.string().toUtf8();
    outcome.retryable = flagIn(error);
    outcome.retryDelay = retryInfoIn(error);
}

} // namespace

RetriedRequest retriedRequestOf(const HttpRequest &request, const RetryPolicy &policy)
{
    return {request.method, policy.sendsIdempotencyKey || request.headers.contains("Idempotency-Key")};
}

Outcome outcomeOf(const SendResult &result, const RetryPolicy &policy)
{
    Outcome outcome;
    outcome.latency = Millis(result.timings.totalMs);
    if (result.answered()) {
        outcome.status = result.response->status;
        outcome.headers = result.response->headers;
        // Only where it matters: a download may have gigabytes.
        outcome.bodyReadable = !policy.unreadableBody || !JsonDocument::check(result.response->body);
        if (outcome.status >= 400)
            readError(result.response->body, outcome);
        return outcome;
    }
    const bool impossible = result.failure.kind == NetworkError::InvalidRequest;
    outcome.kind = impossible ? Outcome::Kind::NotSent : Outcome::Kind::Failure;
    outcome.failure = result.failure.kind;
    return outcome;
}

/// What lives as long as one run. Callbacks have its send or its wait as context, so that none of an
/// older run ever arrives.
struct RetryRunner::Job
{
    Job(HttpRequest theRequest, const SendOptions &theOptions, RetryPolicy thePolicy, RandomSource theRandom,
        Millis now)
        : request(std::move(theRequest))
        , options(theOptions)
        , policy(std::move(thePolicy))
        , random(std::move(theRandom))
        , budget(policy.budget ? BudgetState(*policy.budget) : BudgetState())
        , run(policy, retriedRequestOf(request, policy), random, &budget)
        , begin(now)
    {
    }
    ~Job()
    {
        if (!send)
            return;
        send->disconnect();
        send->cancel();
        send.release()->deleteLater();
    }
    Q_DISABLE_COPY_MOVE(Job)

    /// Nothing that is still executing a callback is deleted under it.
    void endSend() { send.release()->deleteLater(); }
    void endWait() { waitContext.release()->deleteLater(); }

    const HttpRequest request;
    const SendOptions options;
    const RetryPolicy policy;
    RandomSource random;
    BudgetState budget; ///< of this call alone
    RetryRun run;
    const Millis begin;
    QObject alive; ///< its end tells that the run is over or replaced
    std::unique_ptr<PendingSend> send;
    std::unique_ptr<QObject> waitContext; ///< there while a wait is on
};

RetryRunner::RetryRunner(Transport &transport, Clock &clock, QObject *parent)
    : QObject(parent), m_transport(transport), m_clock(clock)
{
}

RetryRunner::~RetryRunner() = default;

void RetryRunner::start(const HttpRequest &request, const SendOptions &options, const RetryPolicy &policy,
                        RandomSource random)
{
    m_attempts.clear();
    m_lastResult = {};
    m_job = std::make_unique<Job>(request, options, policy, std::move(random), m_clock.now());
    const Decision decision = m_job->run.start(Millis(0), m_clock.wallTime());
    if (decision.action == Decision::Action::Send)
        sendAttempt();
    else
        m_clock.callAfter(Millis(0), &m_job->alive, [this, decision] { finish(decision.verdict); });
}

void RetryRunner::cancel()
{
    if (!m_job)
        return;
    if (m_job->send) {
        m_job->send->cancel(); // attemptEnded follows
        return;
    }
    if (!m_attempts.empty()) {
        Attempt &last = m_attempts.back();
        last.action = Attempt::Action::Stop;
        last.reason = Reason::CancelledByUser;
        last.verdict = Verdict::Cancelled;
    }
    finish(Verdict::Cancelled);
}

void RetryRunner::sendNow()
{
    if (isWaiting())
        waitEnded();
}

bool RetryRunner::isWaiting() const
{
    return m_job && m_job->waitContext;
}

QByteArray RetryRunner::bodyFrom(qint64 offset) const
{
    return m_job && m_job->send ? m_job->send->bodyFrom(offset) : QByteArray();
}

Millis RetryRunner::elapsed() const
{
    return m_clock.now() - m_job->begin;
}

void RetryRunner::sendAttempt()
{
    SendOptions options = m_job->options;
    const Millis allowance = m_job->run.allowance(elapsed());
    if (std::isfinite(allowance.count())) {
        const Millis most = std::max(allowance, Millis(1)); // 0 would be no deadline at all
        options.deadline = options.deadline > Millis(0) ? std::min(options.deadline, most) : most;
    }
    const int n = m_job->run.attempt();
    m_job->send = m_transport.send(m_job->request, options);
    connect(m_job->send.get(), &PendingSend::finished, this, &RetryRunner::attemptEnded);
    connect(m_job->send.get(), &PendingSend::headReceived, this, &RetryRunner::headReceived);
    connect(m_job->send.get(), &PendingSend::progress, this, &RetryRunner::progress);
    Q_EMIT attemptStarted(n);
}

void RetryRunner::attemptEnded(const SendResult &result)
{
    m_job->endSend();
    m_lastResult = result;
    const Bounds starts = m_job->run.starts();
    const Millis now = elapsed();
    Outcome outcome = outcomeOf(result, m_job->policy);
    outcome.latency = now - starts.actual;
    Decision decision;
    if (result.failure.kind == NetworkError::Cancelled) {
        decision.reason = Reason::CancelledByUser;
        decision.verdict = Verdict::Cancelled;
    } else {
        decision = m_job->run.next(outcome, now);
    }
    m_attempts.push_back(attemptOf(m_job->run.attempt(), starts, outcome, decision));
    m_attempts.back().live = result;

    const QPointer<QObject> current(&m_job->alive);
    Q_EMIT attemptFinished(m_attempts.back());
    if (!current)
        return; // whoever listened has started, cancelled or deleted something
    if (decision.action == Decision::Action::Wait)
        wait(decision);
    else
        finish(decision.verdict);
}

void RetryRunner::wait(const Decision &decision)
{
    const Millis duration = std::max(Millis(0), decision.until.actual - elapsed());
    m_job->waitContext = std::make_unique<QObject>();
    m_clock.callAfter(duration, m_job->waitContext.get(), [this, wait = m_job->waitContext.get()] {
        // A wait that was skipped lives on until the event loop deletes it.
        if (m_job && m_job->waitContext.get() == wait)
            waitEnded();
    });
    Q_EMIT waiting(duration);
}

void RetryRunner::waitEnded()
{
    m_job->endWait();
    const Decision decision = m_job->run.resume(elapsed());
    if (decision.action == Decision::Action::Send)
        sendAttempt();
    else
        finish(decision.verdict);
}

void RetryRunner::finish(Verdict verdict)
{
    m_job.reset();
    Q_EMIT finished(verdict);
}

} // namespace errata
