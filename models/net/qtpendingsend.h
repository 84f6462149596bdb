// A send through QNetworkAccessManager: its hops, its deadline, its one end.
#pragma once

#include "models/http/transport.h"
#include "models/net/qthop.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>
#include <utility>

namespace errata {

/// Both signals come from the event loop, never from inside a call or one of Qt's own signals: whoever
/// receives them may delete the send.
class QtPendingSend final : public PendingSend
{
    Q_OBJECT

public:
    QtPendingSend(HttpRequest request, const SendOptions &options);

    void cancel() override;

private:
    void start();
    void startHop(const WireRequest &wire);
    void endOfHop();
    void follow(const HttpResponse &response);
    void conclude(NetworkFailure failure);

    HttpRequest m_request; ///< of the current hop
    const SendOptions m_options;
    QElapsedTimer m_sinceStart;
    QTimer m_deadline;
    std::unique_ptr<QtHop> m_hop;
    Headers m_wireHeaders;
    std::vector<std::pair<QByteArray, QByteArray>> m_visited; ///< method and address of each hop
    SendResult m_result;
    int m_hopNumber = 0;
    bool m_concluded = false;
};

} // namespace errata
