#include "models/net/curlhop.h"

#include "models/net/curlerrors.h"
#include "models/net/curltls.h"
#include "models/net/proxychoice.h"

#include <algorithm>
#include <cstring>

namespace errata {

namespace {

/// Larger steps for uploads and downloads than libcurl's 16 and 64 kB.
constexpr long bufferSize = 256L * limits::Kilobyte;

long curlVersion(HttpVersion version, bool encrypted)
{
    switch (version) {
    case HttpVersion::Automatic:
        break;
    case HttpVersion::Http11:
        return CURL_HTTP_VERSION_1_1;
    case HttpVersion::Http2:
        return encrypted ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
    }
    return CURL_HTTP_VERSION_2TLS;
}

} // namespace

CurlHop::CurlHop(std::shared_ptr<CurlMulti> multi, Plan plan, const SendOptions &options,
                 const QElapsedTimer &sinceStart)
    : m_multi(std::move(multi))
    , m_plan(std::move(plan))
    , m_sinceStart(sinceStart)
    , m_beginMs(elapsedMs())
    , m_answer(options, m_plan.request.method == "HEAD" && m_plan.wire.hasContent)
    , m_transfer(curl_easy_init())
{
    prepare(options);
    if (!m_multi->add(m_transfer.get()))
        settle({NetworkError::Other, QStringLiteral("libcurl does not start")});
}

CurlHop::~CurlHop()
{
    m_multi->remove(m_transfer.get());
}

void CurlHop::prepare(const SendOptions &options)
{
    CURL *transfer = m_transfer.get();
    curl_easy_setopt(transfer, CURLOPT_PRIVATE, static_cast<CurlListener *>(this));
    curl_easy_setopt(transfer, CURLOPT_ERRORBUFFER, m_words.data());
    curl_easy_setopt(transfer, CURLOPT_NOSIGNAL, 1L);
    // A name being looked up cannot be called off: its thread is left to end alone instead of being waited for.
    curl_easy_setopt(transfer, CURLOPT_QUICK_EXIT, 1L);
    prepareRequest();
    prepareConnection(options);
    applyTls(transfer, options.tls);
    curl_easy_setopt(transfer, CURLOPT_HEADERFUNCTION, &CurlHop::takeHeadLine);
    curl_easy_setopt(transfer, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(transfer, CURLOPT_WRITEFUNCTION, &CurlHop::takeBody);
    curl_easy_setopt(transfer, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(transfer, CURLOPT_DEBUGFUNCTION, &CurlHop::listen);
    curl_easy_setopt(transfer, CURLOPT_DEBUGDATA, this);
    curl_easy_setopt(transfer, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(transfer, CURLOPT_PREREQFUNCTION, &CurlHop::allowRequest);
    curl_easy_setopt(transfer, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(transfer, CURLOPT_BUFFERSIZE, bufferSize);
    // All that libcurl can undo. The field it would send for that is held back among our own; what is asked for
    // is up to the request, what comes is unpacked in any case.
    curl_easy_setopt(transfer, CURLOPT_ACCEPT_ENCODING, "");
}

void CurlHop::prepareRequest()
{
    CURL *transfer = m_transfer.get();
    const CurlRequest &wire = m_plan.wire;
    const bool absoluteForm = m_plan.proxy.startsWith("http") && !isEncrypted();
    curl_easy_setopt(transfer, CURLOPT_URL, wire.origin.constData());
    curl_easy_setopt(transfer, CURLOPT_REQUEST_TARGET, (absoluteForm ? wire.absolute : wire.target).constData());
    for (const QByteArray &field : wire.fields) {
        curl_slist *longer = curl_slist_append(m_fields.get(), field.constData());
        Q_ASSERT(longer);
        if (!m_fields)
            m_fields.reset(longer);
    }
    curl_easy_setopt(transfer, CURLOPT_HTTPHEADER, m_fields.get());
    if (wire.hasContent) {
        curl_easy_setopt(transfer, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(transfer, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(m_plan.request.body.size()));
        curl_easy_setopt(transfer, CURLOPT_READFUNCTION, &CurlHop::readBody);
        curl_easy_setopt(transfer, CURLOPT_READDATA, this);
        curl_easy_setopt(transfer, CURLOPT_UPLOAD_BUFFERSIZE, bufferSize);
    } else if (m_plan.request.method == "HEAD") {
        curl_easy_setopt(transfer, CURLOPT_NOBODY, 1L);
    }
    curl_easy_setopt(transfer, CURLOPT_CUSTOMREQUEST, m_plan.request.method.constData());
}

void CurlHop::prepareConnection(const SendOptions &options)
{
    CURL *transfer = m_transfer.get();
    curl_easy_setopt(transfer, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(transfer, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(transfer, CURLOPT_HTTP_VERSION, curlVersion(options.version, isEncrypted()));
    // What changes something at the server goes over a connection of its own.
    const long ownConnection = m_plan.wire.keepsConnection ? 0L : 1L;
    curl_easy_setopt(transfer, CURLOPT_FRESH_CONNECT, ownConnection);
    curl_easy_setopt(transfer, CURLOPT_FORBID_REUSE, ownConnection);
    // Each send asks again: somebody may be looking at this very name.
    curl_easy_setopt(transfer, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
    // Both are always set, otherwise libcurl reads the environment by itself.
    curl_easy_setopt(transfer, CURLOPT_PROXY, m_plan.proxy.constData());
    curl_easy_setopt(transfer, CURLOPT_NOPROXY, "");
    curl_easy_setopt(transfer, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

size_t CurlHop::readBody(char *buffer, size_t size, size_t count, void *self)
{
    auto &hop = *static_cast<CurlHop *>(self);
    const QByteArray &body = hop.m_plan.request.body;
    const qsizetype length = std::min<qsizetype>(static_cast<qsizetype>(size * count), body.size() - hop.m_uploaded);
    std::memcpy(buffer, body.constData() + hop.m_uploaded, static_cast<size_t>(length));
    hop.m_uploaded += length;
    return static_cast<size_t>(length);
}

size_t CurlHop::takeHeadLine(char *line, size_t size, size_t count, void *self)
{
    auto &hop = *static_cast<CurlHop *>(self);
    const bool hadHead = hop.m_answer.hasHead();
    const bool goesOn = hop.m_answer.addHeadLine({line, static_cast<qsizetype>(size * count)});
    if (hop.m_answer.hasHead() && !hadHead)
        Q_EMIT hop.headReceived(); // heard from the event loop
    return goesOn ? size * count : 0;
}

size_t CurlHop::takeBody(char *bytes, size_t size, size_t count, void *self)
{
    auto &hop = *static_cast<CurlHop *>(self);
    if (!hop.m_answer.addBody({bytes, static_cast<qsizetype>(size * count)}))
        return 0;
    hop.reportProgress();
    return size * count;
}

int CurlHop::listen(CURL * /*transfer*/, curl_infotype type, char *bytes, size_t size, void *self)
{
    auto &hop = *static_cast<CurlHop *>(self);
    const auto length = static_cast<qsizetype>(size);
    if (type == CURLINFO_TEXT) {
        if (auto details = tlsFromWords({bytes, length}))
            hop.m_tls = std::move(details);
    } else if (type == CURLINFO_HEADER_OUT && hop.m_allowed == 1) { // before, it is the CONNECT for a proxy
        hop.m_sentHead.append(bytes, length);
        hop.noteSent(length);
    } else if (type == CURLINFO_DATA_OUT) {
        hop.noteSent(length);
    }
    return 0;
}

void CurlHop::noteSent(qsizetype size)
{
    m_sentBytes += size;
    m_sentMs = elapsedMs();
}

/// Asked whenever a request is about to go out. libcurl does so again by itself when a kept connection turns out
/// to be closed, or when an HTTP/2 server refuses a stream: one send is one send.
int CurlHop::allowRequest(void *self, char * /*remoteIp*/, char * /*localIp*/, int /*remotePort*/, int /*localPort*/)
{
    return ++static_cast<CurlHop *>(self)->m_allowed == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

/// From the event loop, and no more often than it turns.
void CurlHop::reportProgress()
{
    if (m_progressDue)
        return;
    m_progressDue = true;
    const auto tell = [this] {
        m_progressDue = false;
        Q_EMIT progress(m_answer.bodySize(), m_answer.announcedSize());
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
}

void CurlHop::ended(CURLcode code)
{
    m_multi->remove(m_transfer.get()); // a connection to be kept is free from here on
    settle(failureAfter(code));
}

void CurlHop::settle(const NetworkFailure &failure)
{
    if (m_settled)
        return;
    m_settled = true;
    m_failure = failure;
    QMetaObject::invokeMethod(this, &CurlHop::done, Qt::QueuedConnection);
}

NetworkFailure CurlHop::failureAfter(CURLcode code) const
{
    // A refused expectation is an answer, which libcurl would not take for one.
    const bool answeredBeforeRetry = m_allowed > 1 && m_answer.hasHead();
    if (m_answer.isWhole() || answeredBeforeRetry)
        return {};
    if (m_answer.failure().kind != NetworkError::None)
        return m_answer.failure();
    CurlEnding ending;
    ending.code = code;
    ending.words = QString::fromUtf8(m_words.data());
    ending.systemError = static_cast<int>(number(CURLINFO_OS_ERRNO));
    ending.verifyResult = number(CURLINFO_SSL_VERIFYRESULT);
    ending.proxied = !m_plan.proxy.isEmpty();
    ending.connectStatus = static_cast<int>(number(CURLINFO_HTTP_CONNECTCODE));
    ending.retryRefused = m_allowed > 1;
    ending.headStarted = !m_answer.headBytes().isEmpty();
    ending.headEnded = m_answer.hasHead();
    return failureOf(ending);
}

void CurlHop::report(SendResult &result) const
{
    result.sends = m_sentHead.isEmpty() ? 0 : 1;
    result.timings = timings();
    result.remote = address(CURLINFO_PRIMARY_IP, CURLINFO_PRIMARY_PORT);
    result.local = address(CURLINFO_LOCAL_IP, CURLINFO_LOCAL_PORT);
    result.proxy = withoutUserInfo(m_plan.proxy);
    const bool http2 = number(CURLINFO_HTTP_VERSION) == CURL_HTTP_VERSION_2_0;
    if (!m_sentHead.isEmpty())
        result.sentHeaders = fieldsOf(m_sentHead, http2, isEncrypted() ? "https" : "http");
    result.sentHead = http2 ? QByteArray() : m_sentHead;
    result.sentBytes = m_sentBytes;
    curl_off_t received = 0;
    curl_easy_getinfo(m_transfer.get(), CURLINFO_SIZE_DOWNLOAD_T, &received);
    result.receivedBytes = received;
    result.headBytes = m_answer.headBytes();
    result.informational = m_answer.informational();
    result.trailers = m_answer.trailers();
    result.tls = tls();
    result.reused = isReused();
}

std::optional<TlsDetails> CurlHop::tls() const
{
    const QString connection = address(CURLINFO_LOCAL_IP, CURLINFO_LOCAL_PORT) + QLatin1Char('>') +
                               address(CURLINFO_PRIMARY_IP, CURLINFO_PRIMARY_PORT);
    if (!m_tls)
        return isReused() && isEncrypted() ? m_multi->tlsOf(connection) : std::nullopt;
    TlsDetails details = *m_tls;
    details.chain = certificatesOf(m_transfer.get());
    m_multi->keepTls(connection, details);
    return details;
}

bool CurlHop::isReused() const
{
    return m_allowed > 0 && number(CURLINFO_NUM_CONNECTS) == 0;
}

Timings CurlHop::timings() const
{
    Timings timings;
    if (!isReused()) {
        timings.dnsMs = phase(CURLINFO_NAMELOOKUP_TIME_T);
        timings.connectMs = phase(CURLINFO_CONNECT_TIME_T);
        timings.tlsMs = phase(CURLINFO_APPCONNECT_TIME_T);
    }
    timings.sentMs = m_sentMs;
    if (!m_answer.headBytes().isEmpty() || !m_answer.informational().empty())
        timings.firstByteMs = phase(CURLINFO_STARTTRANSFER_TIME_T);
    return timings;
}

/// libcurl counts from the start of its transfer, in microseconds; 0 is "not reached".
std::optional<double> CurlHop::phase(CURLINFO info) const
{
    curl_off_t microseconds = 0;
    if (curl_easy_getinfo(m_transfer.get(), info, &microseconds) != CURLE_OK || microseconds <= 0)
        return {};
    return m_beginMs + static_cast<double>(microseconds) / 1000;
}

long CurlHop::number(CURLINFO info) const
{
    long value = 0;
    curl_easy_getinfo(m_transfer.get(), info, &value);
    return value;
}

QString CurlHop::address(CURLINFO ip, CURLINFO port) const
{
    const char *text = nullptr;
    curl_easy_getinfo(m_transfer.get(), ip, &text);
    const QString host = QString::fromLatin1(text);
    if (host.isEmpty())
        return {};
    return (host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
        .arg(host)
        .arg(number(port));
}

} // namespace errata
