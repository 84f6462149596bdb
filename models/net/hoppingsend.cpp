#include "models/net/hoppingsend.h"

#include "models/http/cookiejar.h"
#include "models/net/publicsuffix.h"
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

HoppingSend::HoppingSend(std::shared_ptr<HopEngine> engine, HttpRequest request, const SendOptions &options)
    : m_engine(std::move(engine)), m_request(std::move(request)), m_options(options)
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

HoppingSend::~HoppingSend() = default;

/// As typed, with what the jar has for the address: \c m_request keeps none of it, the next hop's are others.
HttpRequest HoppingSend::withJar(const HttpRequest &request) const
{
    if (!m_options.cookies)
        return request;
    HttpRequest whole = request;
    whole.headers = withCookies(request.headers, m_options.cookies->cookieField(request.url));
    return whole;
}

/// The same address with other cookies is another request: that is how one is logged in.
HoppingSend::Visit HoppingSend::visitOf(const HttpRequest &request) const
{
    return {request.method, request.url, withJar(request).headers.value("Cookie").value_or(QByteArray())};
}

void HoppingSend::cancel()
{
    conclude({NetworkError::Cancelled, {}});
}

void HoppingSend::start()
{
    if (const std::optional<QString> problem = requestProblem(m_request))
        return conclude({NetworkError::InvalidRequest, *problem});
    auto hop = m_engine->open(withJar(m_request), TargetRule::Exact, m_options, m_sinceStart);
    if (!hop)
        return conclude({NetworkError::InvalidRequest, hop.error().text()});
    if (m_options.deadline > Millis::zero())
        m_deadline.start(timerInterval(m_options.deadline));
    startHop(std::move(hop).value());
}

void HoppingSend::startHop(std::unique_ptr<Hop> hop)
{
    m_visited.push_back(visitOf(m_request));
    m_hop = std::move(hop);
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
    const auto tell = [this, isCurrent] {
        if (isCurrent())
            tellHead();
    };
    connect(m_hop.get(), &Hop::headReceived, this, tell, Qt::QueuedConnection);
    connect(m_hop.get(), &Hop::progress, this, reportProgress, Qt::QueuedConnection);
    connect(m_hop.get(), &Hop::done, this, end, Qt::QueuedConnection);
}

bool HoppingSend::isToBeFollowed(const HttpResponse &response) const
{
    return m_options.followRedirects && isRedirect(response.status) && response.headers.contains("Location");
}

void HoppingSend::tellHead()
{
    std::optional<HttpResponse> head = m_hop->response();
    if (!head || isToBeFollowed(*head))
        return;
    head->body = {};
    head->storage = {};
    Q_EMIT headReceived(*head);
}

QByteArray HoppingSend::bodyFrom(qint64 offset) const
{
    return m_hop ? m_hop->bodyFrom(offset) : QByteArray();
}

void HoppingSend::endOfHop()
{
    const NetworkFailure failure = m_hop->failure();
    const std::optional<HttpResponse> response = m_hop->response();
    const bool whole = failure.kind == NetworkError::None;
    if (m_options.cookies && response)
        m_options.cookies->receive(m_request.url, response->headers, isPublicSuffix);
    if (whole && isToBeFollowed(*response))
        follow(*response);
    else
        conclude(failure);
}

void HoppingSend::follow(const HttpResponse &response)
{
    if (static_cast<int>(m_result.redirects.size()) >= m_options.maxRedirects)
        return conclude(
            {NetworkError::TooManyRedirects, QStringLiteral("more than %1 redirects").arg(m_options.maxRedirects)});
    auto [next, dropped] = redirected(m_request, response.status, *response.headers.value("Location"));
    next.url = m_engine->sendable(next.url);
    if (!sameOrigin(m_request.url, next.url)) {
        // A client certificate says who one is, like the header fields that were dropped.
        dropped |= !m_options.tls.clientCertificate.isEmpty();
        m_options.tls.clientCertificate.clear();
        m_options.tls.clientKey.clear();
        m_options.tls.clientKeyPassword.clear();
    }
    const auto leadsNowhere = [](const QString &why) {
        return NetworkFailure{NetworkError::Protocol, QStringLiteral("the redirect leads nowhere: %1").arg(why)};
    };
    if (const std::optional<QString> problem = requestProblem(next))
        return conclude(leadsNowhere(*problem));
    const bool again = std::find(m_visited.begin(), m_visited.end(), visitOf(next)) != m_visited.end();
    const Redirect redirect = {response.status, m_request.url, next.url, dropped};
    if (again) {
        m_result.redirects.push_back(redirect);
        return conclude(
            {NetworkError::TooManyRedirects, QStringLiteral("a loop: %1 again").arg(QString::fromUtf8(next.url))});
    }
    auto hop = m_engine->open(withJar(next), TargetRule::Equivalent, m_options, m_sinceStart);
    if (!hop)
        return conclude(leadsNowhere(hop.error().text()));
    m_result.redirects.push_back(redirect);
    m_request = next;
    startHop(std::move(hop).value());
}

void HoppingSend::conclude(NetworkFailure failure)
{
    if (m_concluded)
        return;
    m_concluded = true;
    m_deadline.stop();
    if (m_hop) {
        m_result.response = m_hop->response();
        m_hop->report(m_result);
        if (m_result.tls)
            m_result.tls->verified = m_options.tls.verify;
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
