// libcurl's multi interface on the event loop of one thread.
#pragma once

#include "models/http/connection.h"

#include <curl/curl.h>

#include <QHash>
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>

namespace errata {

/// Told once when its transfer is over. What a handle's CURLOPT_PRIVATE points to.
class CurlListener
{
public:
    virtual void ended(CURLcode code) = 0;

protected:
    ~CurlListener() = default;
};

/// Sockets are watched by notifiers, time by one timer, names are resolved by libcurl's own thread. Keeps
/// connections that may be used again. Nothing of libcurl runs before the event loop does.
class CurlMulti final : public QObject
{
    Q_OBJECT

public:
    CurlMulti();
    ~CurlMulti() override;

    /// False when libcurl refuses.
    [[nodiscard]] bool add(CURL *transfer);
    /// libcurl tells a handshake only to the transfer that made it; those that come after on the same connection
    /// find it here. \a connection names it as long as it is open: "local address > remote address".
    void keepTls(const QString &connection, const TlsDetails &details);
    [[nodiscard]] std::optional<TlsDetails> tlsOf(const QString &connection) const;
    /// Ends it, wherever it stands, without waiting for anything.
    void remove(CURL *transfer);

private:
    /// Switched off at once, deleted when nothing of it runs any more.
    struct Retire
    {
        void operator()(QSocketNotifier *notifier) const;
    };
    using Notifier = std::unique_ptr<QSocketNotifier, Retire>;
    struct Watch
    {
        Notifier read;
        Notifier write;
    };
    struct Cleanup
    {
        void operator()(CURLM *multi) const { curl_multi_cleanup(multi); }
    };

    static int watchSocket(CURL *transfer, curl_socket_t socket, int what, void *self, void *ofSocket);
    static int setTimer(CURLM *multi, long milliseconds, void *self);
    [[nodiscard]] Watch watch(curl_socket_t socket);
    void act(curl_socket_t socket, int events);

    QTimer m_timer;
    std::map<curl_socket_t, Watch> m_watches;
    QHash<QString, TlsDetails> m_tls;
    std::unique_ptr<CURLM, Cleanup> m_multi; // goes first: it still calls back
};

} // namespace errata
