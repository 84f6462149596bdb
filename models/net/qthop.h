// One request and its answer through QNetworkAccessManager.
#pragma once

#include "models/http/bodyspool.h"
#include "models/net/hop.h"
#include "models/net/oneshotdevice.h"
#include "models/net/wirerequest.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QSslConfiguration>
#include <QSslError>

#include <memory>

namespace errata {

class QtHop final : public Hop
{
    Q_OBJECT

public:
    /// Starts at once. \a sinceStart is the clock of the whole send.
    QtHop(const WireRequest &wire, const QSslConfiguration &tls, const SendOptions &options,
          const QElapsedTimer &sinceStart);
    ~QtHop() override;

    [[nodiscard]] std::optional<HttpResponse> response() const override;
    [[nodiscard]] QByteArray bodyFrom(qint64 offset) const override { return m_body.from(offset); }
    [[nodiscard]] NetworkFailure failure() const override { return m_failure; }
    void report(SendResult &result) const override;

private:
    /// Counted by requestSent, which Qt leaves out for an empty body. There it is concluded: exactly over TLS;
    /// over plain HTTP a connection still being made counts as sent, since Qt does not tell it from waiting.
    [[nodiscard]] int sends() const;
    [[nodiscard]] QNetworkRequest networkRequest(const WireRequest &wire) const;
    void start(const WireRequest &wire);
    void watch();
    void countSend();
    void readHead();
    void readBody();
    void finish();
    void settle(NetworkFailure failure);
    [[nodiscard]] double elapsedMs() const;
    [[nodiscard]] int status() const;
    [[nodiscard]] NetworkFailure replyFailure() const;
    [[nodiscard]] NetworkFailure incompleteness() const;

    const QByteArray m_method;
    const Headers m_headers; ///< as they go out
    const bool m_hasBody;
    const bool m_encrypted; ///< https
    const qint64 m_bodyLimit;
    const QSslConfiguration m_tlsSettings;
    const QElapsedTimer m_sinceStart;
    OneShotDevice m_upload;
    // One manager a hop: no connection, no cookie and no authentication is shared with anything else.
    QNetworkAccessManager m_manager;
    std::unique_ptr<QNetworkReply> m_reply; // goes before the manager, which joins Qt's HTTP thread
    BodySpool m_body;
    QList<QSslError> m_tlsProblems;
    std::optional<TlsDetails> m_tls;
    NetworkFailure m_failure;
    Timings m_timings;
    int m_sends = 0;
    bool m_connecting = false;
    bool m_headTold = false;
    bool m_settled = false; ///< done() has been emitted
};

} // namespace errata
