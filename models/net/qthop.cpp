#include "models/net/qthop.h"

#include "models/net/qterrors.h"
#include "models/net/qttls.h"
#include "models/net/tlsalerts.h"

#include <QNetworkProxy>
#include <QNetworkRequest>

#include <algorithm>

namespace errata {

namespace {

constexpr qint64 readBufferSize = 256 * limits::Kilobyte;

bool hasNoContent(int status)
{
    return status < 200 || status == 204 || status == 304;
}

/// Qt joins several fields of one name by ", " and cannot be asked for the single ones; Set-Cookie, where a
/// comma may be part of a date, by a line feed, which can be undone.
Headers responseHeaders(const QNetworkReply &reply)
{
    Headers headers;
    const QList<QNetworkReply::RawHeaderPair> &pairs = reply.rawHeaderPairs();
    for (const auto &[name, value] : pairs) {
        const bool cookies = name.compare("set-cookie", Qt::CaseInsensitive) == 0;
        const QList<QByteArray> values = cookies ? value.split('\n') : QList<QByteArray>{value};
        for (const QByteArray &one : values)
            headers.add(name, one);
    }
    return headers;
}

} // namespace

QtHop::QtHop(const WireRequest &wire, const QSslConfiguration &tls, const SendOptions &options,
             const QElapsedTimer &sinceStart)
    : m_method(wire.method)
    , m_headers(wire.headers)
    , m_hasBody(!wire.body.isEmpty())
    , m_encrypted(wire.url.scheme() == QLatin1String("https"))
    , m_bodyLimit(options.bodyLimit)
    , m_tlsSettings(tls)
    , m_sinceStart(sinceStart)
    , m_upload(wire.body)
    , m_body(options.bodyFolder)
{
    // No proxy at all, whatever the environment says: what is tested is the server itself, and a proxy
    // nobody chose would see the credentials.
    m_manager.setProxy(QNetworkProxy::NoProxy);
    start(wire);
    m_reply->setReadBufferSize(readBufferSize);
    watch();
}

QtHop::~QtHop()
{
    m_reply->disconnect(this);
}

QNetworkRequest QtHop::networkRequest(const WireRequest &wire) const
{
    QNetworkRequest request(wire.url);
    if (m_encrypted)
        request.setSslConfiguration(m_tlsSettings);
    for (const Header &header : wire.headers) {
        // A null value would remove the field instead of sending it empty.
        request.setRawHeader(header.name, header.value.isNull() ? QByteArray("") : header.value);
    }
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    // HTTP/1.1 only: over HTTP/2 the headers on the wire are not the ones set here (Host, Connection), and
    // what we report as sent would be wrong.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    return request;
}

void QtHop::start(const WireRequest &wire)
{
    // Every request has a body, if an empty one: without, Qt 6.4 sends it again when the connection closes
    // before an answer, and now and then after a whole answer that ended with the connection.
    // As a custom verb every method may have one, POST keeps its query and gets no Content-Type of Qt's.
    m_reply.reset(m_manager.sendCustomRequest(networkRequest(wire), wire.method, &m_upload));
}

void QtHop::watch()
{
    QNetworkReply *reply = m_reply.get();
    connect(reply, &QNetworkReply::requestSent, this, &QtHop::countSend);
    connect(reply, &QNetworkReply::socketStartedConnecting, this, [this] { m_connecting = true; });
    connect(reply, &QNetworkReply::encrypted, this, [this] {
        m_timings.tlsMs = elapsedMs();
        m_tls = tlsDetailsOf(m_reply->sslConfiguration()); // the protocol is forgotten when the connection ends
    });
    connect(reply, &QNetworkReply::sslErrors, this,
            [this](const QList<QSslError> &errors) { m_tlsProblems.append(errors); });
    connect(reply, &QNetworkReply::metaDataChanged, this, &QtHop::readHead);
    connect(reply, &QNetworkReply::readyRead, this, &QtHop::readBody);
    connect(reply, &QNetworkReply::finished, this, &QtHop::finish);
}

void QtHop::countSend()
{
    ++m_sends;
    // The nearest Qt comes to "connected": the request is written as soon as that is so.
    if (!m_timings.connectMs && !m_timings.tlsMs)
        m_timings.connectMs = elapsedMs();
}

void QtHop::readHead()
{
    if (!m_timings.firstByteMs)
        m_timings.firstByteMs = elapsedMs();
    if (status() >= 200 && !m_headTold) {
        m_headTold = true;
        Q_EMIT headReceived();
    }
    // Qt would wait for the content that a HEAD's answer announces and does not bring.
    if (m_method == "HEAD" && status() >= 200)
        settle({});
}

void QtHop::readBody()
{
    while (!m_settled && m_reply->bytesAvailable() > 0) {
        const qint64 room = m_bodyLimit - m_body.size();
        // One byte beyond the limit tells "too large" from "just fits".
        const QByteArray chunk = m_reply->read(std::min(readBufferSize, room + 1));
        if (chunk.isEmpty())
            break;
        if (!m_body.append(QByteArrayView(chunk).first(std::min<qint64>(room, chunk.size()))))
            settle({NetworkError::Other, QStringLiteral("the body cannot be kept: %1").arg(m_body.problem())});
        else if (chunk.size() > room)
            settle({NetworkError::TooLarge, QStringLiteral("more than %1 bytes").arg(m_bodyLimit)});
    }
    if (!m_settled) {
        const QVariant total = m_reply->header(QNetworkRequest::ContentLengthHeader);
        Q_EMIT progress(m_body.size(), total.isValid() ? total.toLongLong() : -1);
    }
}

void QtHop::finish()
{
    if (m_reply->isOpen())
        readBody();
    if (!m_settled)
        settle(replyFailure());
}

void QtHop::settle(NetworkFailure failure)
{
    m_settled = true;
    m_failure = std::move(failure);
    m_reply->disconnect(this); // what still comes is not read; it ends with this object
    Q_EMIT done();
}

void QtHop::report(SendResult &result) const
{
    result.sends = sends();
    result.timings = m_timings;
    if (result.sends > 0)
        result.sentHeaders = m_headers;
    result.tls = m_tls;
}

int QtHop::sends() const
{
    if (m_hasBody || status() != 0)
        return m_hasBody ? m_sends : 1;
    const bool open = m_connecting && (!m_encrypted || m_timings.tlsMs);
    const bool couldBeSent = !m_settled || m_failure.kind == NetworkError::Closed;
    return open && couldBeSent ? 1 : 0;
}

double QtHop::elapsedMs() const
{
    return static_cast<double>(m_sinceStart.nsecsElapsed()) / 1e6;
}

int QtHop::status() const
{
    return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

std::optional<HttpResponse> QtHop::response() const
{
    if (status() == 0)
        return {};
    HttpResponse response;
    response.status = status();
    response.reason = m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString().toLatin1();
    response.headers = responseHeaders(*m_reply);
    m_body.give(response);
    return response; // Qt does not tell HTTP/1.0 from 1.1
}

NetworkFailure QtHop::replyFailure() const
{
    const QNetworkReply::NetworkError error = m_reply->error();
    if (error == QNetworkReply::NoError || repeatsStatus(error, status()))
        return incompleteness();
    if (error == QNetworkReply::ContentReSendError) {
        // Qt wanted to send once more because the connection closed; that may have been the answer's end.
        if (status() != 0 && !m_reply->hasRawHeader("Transfer-Encoding"))
            return incompleteness();
        return {NetworkError::Closed, QStringLiteral("the connection closed before the answer was whole")};
    }
    if (error == QNetworkReply::SslHandshakeFailedError && !m_tlsProblems.isEmpty()) {
        QStringList problems;
        for (const QSslError &problem : std::as_const(m_tlsProblems))
            problems << problem.errorString();
        problems.removeDuplicates();
        return {networkErrorOf(m_tlsProblems), problems.join(QStringLiteral("; "))};
    }
    if (m_encrypted && wantsClientCertificate(m_reply->errorString()))
        return {NetworkError::TlsClientCertificate, m_reply->errorString()};
    return {networkErrorOf(error, m_sends > 0), m_reply->errorString()};
}

/// What Qt takes for a whole answer and is not.
NetworkFailure QtHop::incompleteness() const
{
    if (status() == 0)
        return {NetworkError::Protocol, QStringLiteral("no status line")};
    if (status() < 200 && status() != 101)
        return {NetworkError::Protocol, QStringLiteral("Qt stops at the interim answer %1").arg(status())};
    bool ok = false;
    const qint64 announced = m_reply->rawHeader("Content-Length").toLongLong(&ok);
    if (ok && m_body.size() < announced && !hasNoContent(status()))
        return {NetworkError::Closed,
                QStringLiteral("%1 of %2 bytes came, then the connection closed").arg(m_body.size()).arg(announced)};
    return {};
}

} // namespace errata
