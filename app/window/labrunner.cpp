#include "app/window/labrunner.h"

#include "app/window/attemptrecord.h"
#include "views/lab/labpage.h"
#include "views/lab/livecard.h"
#include "views/probe/probepage.h"

#include <QUrl>
#include <QUuid>

#include <random>

namespace errata {

LabRunner::LabRunner(LabPage *page, ProbeOf probe, Engine engine, Clock &clock)
    : QObject(page), m_page(page), m_probe(std::move(probe)), m_engine(std::move(engine)), m_clock(clock)
{
    connect(page, &LabPage::liveShown, this, &LabRunner::offerProbe);
    connect(page->live(), &LiveCard::urlRunRequested, this, [this](const HttpRequest &request) { run(request, {}); });
    connect(page->live(), &LiveCard::probeRunRequested, this, &LabRunner::runProbe);
    connect(page->live(), &LiveCard::sendNowRequested, this, [this] {
        if (m_runner)
            m_runner->sendNow();
    });
    connect(page->live(), &LiveCard::stopRequested, this, &LabRunner::stop);
}

void LabRunner::offerProbe()
{
    const RequestDraft draft = m_probe()->editor()->draft();
    const QByteArray url = draft.url.trimmed();
    m_page->live()->setProbeRequest(url.isEmpty() ? QString() : QString::fromUtf8(draft.method + ' ' + url));
}

void LabRunner::runProbe()
{
    ProbePage *probe = m_probe();
    if (probe->isSending())
        return m_page->live()->showProblem(
            QStringLiteral("Nothing was sent: the Probe is sending this request itself."));
    const Result<HttpRequest> request = probe->checkedRequest();
    if (!request)
        return m_page->live()->showProblem(request.error().message);
    run(*request, probe->editor()->options());
}

bool LabRunner::open()
{
    if (m_transport)
        return true;
    auto engine = m_engine();
    if (!engine) {
        m_page->live()->showProblem(engine.error().text());
        return false;
    }
    m_transport = std::move(engine).value();
    m_runner = std::make_unique<RetryRunner>(*m_transport, m_clock);
    connect(m_runner.get(), &RetryRunner::attemptStarted, this, [this] {
        m_page->live()->setWaiting(std::nullopt);
        showAttempts();
    });
    connect(m_runner.get(), &RetryRunner::attemptFinished, this, [this](const Attempt &attempt) {
        showAttempts();
        record(attempt);
    });
    connect(m_runner.get(), &RetryRunner::waiting, this, [this](Millis wait) { m_page->live()->setWaiting(wait); });
    connect(m_runner.get(), &RetryRunner::finished, this, &LabRunner::ended);
    return true;
}

void LabRunner::run(const HttpRequest &request, const SendOptions &options)
{
    if (!open())
        return;
    // Another start would drop what is still under way, and nobody would write it down.
    if (m_runner->isRunning())
        return m_page->live()->showProblem(
            QStringLiteral("Nothing was sent: the run before is still being stopped. Press Run live again."));
    m_request = request;
    m_run = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_page->live()->setRunning(true);
    Q_EMIT stateChanged(QStringLiteral("sending to %1").arg(QUrl::fromEncoded(request.url).host()));
    m_underWay.emplace();
    m_runner->start(request, options, m_page->policy(), RandomSource::seeded(std::random_device{}()));
}

void LabRunner::stop()
{
    if (m_runner)
        m_runner->cancel();
}

void LabRunner::showAttempts()
{
    // A run that was dropped, because its plan has gone, is drawn over no other.
    if (m_page->live()->isRunning())
        m_page->setLiveAttempts(m_runner->attempts());
}

void LabRunner::record(const Attempt &attempt)
{
    if (attempt.live)
        Q_EMIT attemptMade(attemptRecord(m_run, m_request, attempt, m_catalogs));
}

void LabRunner::ended(Verdict verdict)
{
    m_underWay.reset();
    showAttempts();
    m_page->live()->setEnded(verdict, m_runner->attempts());
    Q_EMIT stateChanged(QStringLiteral("idle · nothing is sent until you press Send"));
}

} // namespace errata
