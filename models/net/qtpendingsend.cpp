#include "models/net/qtpendingsend.h"

#include "models/net/redirects.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace errata {

namespace {

/// Whole milliseconds, upwards, as far as a QTimer counts (24 days).
std::chrono::milliseconds timerInterval(Millis deadline)
{
    const double most = std::numeric_limits<int>::max();
    return std::chrono::milliseconds(static_cast<int>(std::min(std::ceil(deadline.count()), most)));
}

} // namespace

QtPendingSend::QtPendingSend(HttpRequest request, const SendOptions &options)
    : m_request(std::move(request)), m_options(options)
{
    m_sinceStart.start();
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        conclude(
            {NetworkError::Timeout, QStringLiteral("no whole answer within %1 ms").arg(m_options.deadline.count())});
    });
    start();
}

void QtPendingSend::cancel()
{
    conclude({NetworkError::Cancelled, {}});
}

void QtPendingSend::start()
{
    if (const std::optional<QString> problem = requestProblem(m_request))
        return conclude({NetworkError::InvalidRequest, *problem});
    const Result<WireRequest> wire = wireRequest(m_request, TargetRule::Exact);
    if (!wire)
        return conclude({NetworkError::InvalidRequest, wire.error().text()});
    if (m_options.deadline > Millis::zero())
        m_deadline.start(timerInterval(m_options.deadline));
    startHop(*wire);
}

void QtPendingSend::startHop(const WireRequest &wire)
{
    m_visited.emplace_back(m_request.method, m_request.url);
    m_wireHeaders = wire.headers;
    m_hop = std::make_unique<QtHop>(wire, m_options.bodyLimit, m_sinceStart);
    const int number = ++m_hopNumber;
    const auto isCurrent = [this, number] { return number == m_hopNumber && !m_concluded; };
    const auto reportProgress = [this, isCurrent](qint64 received, qint64 total) {
        if (isCurrent())
            Q_EMIT progress(received, total);
    };
    const auto end = [this, isCurrent] {
        if (isCurrent())
            endOfHop();
    };
    connect(m_hop.get(), &QtHop::progress, this, reportProgress, Qt::QueuedConnection);
    connect(m_hop.get(), &QtHop::done, this, end, Qt::QueuedConnection);
}

void QtPendingSend::endOfHop()
{
    const NetworkFailure failure = m_hop->failure();
    const std::optional<HttpResponse> response = m_hop->response();
    const bool whole = failure.kind == NetworkError::None;
    if (whole && m_options.followRedirects && isRedirect(response->status) && response->headers.contains("Location"))
        follow(*response);
    else
        conclude(failure);
}

void QtPendingSend::follow(const HttpResponse &response)
{
    if (static_cast<int>(m_result.redirects.size()) >= m_options.maxRedirects)
        return conclude(
            {NetworkError::TooManyRedirects, QStringLiteral("more than %1 redirects").arg(m_options.maxRedirects)});
    auto [next, dropped] = redirected(m_request, response.status, *response.headers.value("Location"));
    // Servers write spaces and raw UTF-8 into Location; this is what goes out then, so this is what is told.
    next.url = QUrl::fromEncoded(next.url, QUrl::TolerantMode).toEncoded();
    const std::optional<QString> problem = requestProblem(next);
    const Result<WireRequest> wire = wireRequest(next, TargetRule::Equivalent);
    if (problem || !wire)
        return conclude(
            {NetworkError::Protocol,
             QStringLiteral("the redirect leads nowhere: %1").arg(problem ? *problem : wire.error().text())});
    m_result.redirects.push_back({response.status, m_request.url, next.url, dropped});
    if (std::find(m_visited.begin(), m_visited.end(), std::pair(next.method, next.url)) != m_visited.end())
        return conclude(
            {NetworkError::TooManyRedirects, QStringLiteral("a loop: %1 again").arg(QString::fromUtf8(next.url))});
    m_request = next;
    startHop(*wire);
}

void QtPendingSend::conclude(NetworkFailure failure)
{
    if (m_concluded)
        return;
    m_concluded = true;
    m_deadline.stop();
    if (m_hop) {
        m_result.response = m_hop->response();
        m_result.sends = m_hop->sends();
        m_result.timings = m_hop->timings();
        if (m_result.sends > 0)
            m_result.sentHeaders = m_wireHeaders;
        m_hop.reset(); // closes the connection now, whatever is still under way
    }
    m_result.failure = std::move(failure);
    m_result.timings.totalMs = static_cast<double>(m_sinceStart.nsecsElapsed()) / 1e6;
    const auto report = [this] {
        const SendResult result = std::move(m_result); // outlives this object, should it be deleted meanwhile
        Q_EMIT finished(result);
    };
    QMetaObject::invokeMethod(this, report, Qt::QueuedConnection);
}

} // namespace errata
