#include "models/net/curlmulti.h"

#include <chrono>

namespace errata {

void CurlMulti::Retire::operator()(QSocketNotifier *notifier) const
{
    notifier->setEnabled(false);
    notifier->disconnect();
    notifier->deleteLater();
}

CurlMulti::CurlMulti()
{
    // libcurl counts these calls; the first one also readies OpenSSL.
    curl_global_init(CURL_GLOBAL_DEFAULT);
    m_multi.reset(curl_multi_init());
    CURLM *multi = m_multi.get();
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &CurlMulti::watchSocket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &CurlMulti::setTimer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
    // A connection serves one send at a time, so that the timings of one are not those of another.
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
}

CurlMulti::~CurlMulti()
{
    m_multi.reset();
    curl_global_cleanup();
}

bool CurlMulti::add(CURL *transfer)
{
    return curl_multi_add_handle(m_multi.get(), transfer) == CURLM_OK;
}

void CurlMulti::keepTls(const QString &connection, const TlsDetails &details)
{
    // Connections close without a word; more than these are never kept open at once.
    constexpr qsizetype most = 64;
    if (m_tls.size() >= most)
        m_tls.clear();
    m_tls.insert(connection, details);
}

std::optional<TlsDetails> CurlMulti::tlsOf(const QString &connection) const
{
    const auto it = m_tls.find(connection);
    return it == m_tls.end() ? std::nullopt : std::optional(*it);
}

void CurlMulti::remove(CURL *transfer)
{
    curl_multi_remove_handle(m_multi.get(), transfer);
}

int CurlMulti::watchSocket(CURL * /*transfer*/, curl_socket_t socket, int what, void *self, void * /*ofSocket*/)
{
    auto &multi = *static_cast<CurlMulti *>(self);
    if (what == CURL_POLL_REMOVE) {
        multi.m_watches.erase(socket);
        return 0;
    }
    auto it = multi.m_watches.find(socket);
    if (it == multi.m_watches.end())
        it = multi.m_watches.emplace(socket, multi.watch(socket)).first;
    it->second.read->setEnabled((what & CURL_POLL_IN) != 0);
    it->second.write->setEnabled((what & CURL_POLL_OUT) != 0);
    return 0;
}

CurlMulti::Watch CurlMulti::watch(curl_socket_t socket)
{
    Watch result{Notifier(new QSocketNotifier(socket, QSocketNotifier::Read)),
                 Notifier(new QSocketNotifier(socket, QSocketNotifier::Write))};
    result.read->setEnabled(false);
    result.write->setEnabled(false);
    connect(result.read.get(), &QSocketNotifier::activated, this, [this, socket] { act(socket, CURL_CSELECT_IN); });
    connect(result.write.get(), &QSocketNotifier::activated, this, [this, socket] { act(socket, CURL_CSELECT_OUT); });
    return result;
}

int CurlMulti::setTimer(CURLM * /*multi*/, long milliseconds, void *self)
{
    QTimer &timer = static_cast<CurlMulti *>(self)->m_timer;
    if (milliseconds < 0)
        timer.stop();
    else
        timer.start(std::chrono::milliseconds(milliseconds)); // libcurl must not be called from here, not for 0 either
    return 0;
}

void CurlMulti::act(curl_socket_t socket, int events)
{
    int running = 0;
    curl_multi_socket_action(m_multi.get(), socket, events, &running);
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi.get(), &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result;
        char *listener = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &listener);
        reinterpret_cast<CurlListener *>(listener)->ended(code);
    }
}

} // namespace errata
