#include "app/window/livesender.h"

#include "app/modules.h"
#include "app/window/attemptrecord.h"
#include "models/decode/decoder.h"
#include "models/retry/simulator.h"
#include "views/probe/eventsview.h"
#include "views/probe/probepage.h"

#include <QUrl>
#include <QUuid>

#include <random>

namespace errata {

LiveSender::LiveSender(ProbePage *page, std::vector<RetryPolicy> policies)
    : QObject(page), m_page(page), m_policies(std::move(policies))
{
    constexpr int lookMs = 100; // an answer that is whole sooner is shown whole
    m_look.setSingleShot(true);
    m_look.setInterval(lookMs);
    connect(&m_look, &QTimer::timeout, this, &LiveSender::showBodySoFar);
    connect(page, &ProbePage::sendRequested, this, &LiveSender::send);
    connect(page, &ProbePage::cancelRequested, this, &LiveSender::stop);
    connect(page, &ProbePage::sendNowRequested, this, [this] {
        if (m_runner)
            m_runner->sendNow();
    });
}

void LiveSender::stop()
{
    if (m_runner)
        m_runner->cancel();
}

RetryPolicy LiveSender::policy(const std::optional<QString> &id) const
{
    for (const RetryPolicy &known : m_policies) {
        if (id && known.id == *id)
            return known;
    }
    RetryPolicy once;
    once.id = QStringLiteral("none");
    once.maxAttempts = 1;
    return once;
}

void LiveSender::send(const HttpRequest &request, const SendOptions &options, const std::optional<QString> &policyId)
{
    if (!m_transport) {
        auto engine = openTransport(programDir(), QStringLiteral("curl"));
        if (!engine)
            return m_page->showProblem(engine.error().text());
        m_transport = std::move(engine).value();
        m_runner = std::make_unique<RetryRunner>(*m_transport, m_clock);
        connect(m_runner.get(), &RetryRunner::attemptStarted, this, [this] {
            m_attemptStart = m_clock.now();
            m_received = 0;
            m_page->setWaiting(std::nullopt);
            m_page->setAttempts(m_runner->attempts());
        });
        connect(m_runner.get(), &RetryRunner::attemptFinished, this, [this](const Attempt &attempt) {
            m_look.stop();
            m_page->setAttempts(m_runner->attempts());
            record(attempt);
        });
        connect(m_runner.get(), &RetryRunner::waiting, m_page, [this](Millis wait) { m_page->setWaiting(wait); });
        connect(m_runner.get(), &RetryRunner::headReceived, m_page, &ProbePage::setHead);
        connect(m_runner.get(), &RetryRunner::progress, this, &LiveSender::progressed);
        connect(m_runner.get(), &RetryRunner::finished, this, &LiveSender::ended);
    }
    m_request = request;
    m_run = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const RetryPolicy chosen = policy(policyId);
    std::vector<Attempt> planned;
    if (policyId) {
        // What the policy would do if the answer never got better.
        RandomSource middle = RandomSource::seeded(1);
        if (const auto script = parseOutcomeScript(u"503"))
            planned = simulate(chosen, script.value(), middle).attempts;
    }
    m_page->setSending(std::move(planned));
    Q_EMIT stateChanged(QStringLiteral("sending to %1").arg(QUrl::fromEncoded(request.url).host()));
    m_underWay.emplace();
    m_runner->start(request, options, chosen, RandomSource::seeded(std::random_device{}()));
}

void LiveSender::progressed(qint64 received, qint64 total)
{
    m_received = received;
    m_page->setProgress(received, total);
    if (m_page->answer()->showsEvents())
        showBodySoFar();
    else if (!m_look.isActive())
        m_look.start();
}

void LiveSender::showBodySoFar()
{
    const qint64 from = m_page->answer()->wantedFrom(m_received);
    const QByteArray part = m_runner->bodyFrom(from);
    if (!part.isEmpty())
        m_page->answer()->addBody(part, from, (m_clock.now() - m_attemptStart).count());
}

/// Shows what came since the last look, too.
std::vector<double> LiveSender::eventTimes(const SendResult &result)
{
    AnswerView *answer = m_page->answer();
    const qint64 from = answer->wantedFrom(result.response->body.size());
    answer->addBody(result.response->body.mid(from), from, result.timings.totalMs);
    return EventStreamModel::timesOf(answer->events()->rows());
}

void LiveSender::record(const Attempt &attempt)
{
    if (!attempt.live)
        return;
    HistoryRecord made = attemptRecord(m_run, m_request, attempt, m_catalogs);
    if (made.result.response && m_page->answer()->showsEvents())
        made.eventTimesMs = eventTimes(made.result);
    Q_EMIT attemptMade(made);
}

void LiveSender::ended()
{
    m_underWay.reset();
    const SendResult &last = m_runner->lastResult();
    Diagnosis diagnosis;
    if (last.response) {
        DecodeOptions options;
        options.now = m_clock.wallTime();
        diagnosis = decodeExchange(Exchange::of(m_request, *last.response), m_catalogs, options);
    }
    m_page->setWaiting(std::nullopt);
    m_page->setAttempts(m_runner->attempts());
    m_page->setResult(last, diagnosis);
    Q_EMIT stateChanged(QStringLiteral("idle · nothing is sent until you press Send"));
}

} // namespace errata
