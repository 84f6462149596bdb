// A send through any engine: its hops, its deadline, its one end.
#pragma once

#include "models/net/hop.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>
#include <vector>

namespace errata {

/// Both signals come from the event loop, never from inside a call or one of an engine's own signals: whoever
/// receives them may delete the send.
class HoppingSend final : public PendingSend
{
    Q_OBJECT

public:
    /// The engine may be shared with other sends and lives as long as the last of them.
    HoppingSend(std::shared_ptr<HopEngine> engine, HttpRequest request, const SendOptions &options);
    ~HoppingSend() override;

    void cancel() override;
    [[nodiscard]] QByteArray bodyFrom(qint64 offset) const override;

private:
    struct Visit
    {
        QByteArray method, url, cookies;
        friend bool operator==(const Visit &, const Visit &) = default;
    };

    [[nodiscard]] HttpRequest withJar(const HttpRequest &request) const;
    [[nodiscard]] Visit visitOf(const HttpRequest &request) const;
    void start();
    void startHop(std::unique_ptr<Hop> hop);
    void tellHead();
    void endOfHop();
    [[nodiscard]] bool isToBeFollowed(const HttpResponse &response) const;
    void follow(const HttpResponse &response);
    void conclude(NetworkFailure failure);

    const std::shared_ptr<HopEngine> m_engine;
    HttpRequest m_request; ///< of the current hop
    SendOptions m_options; ///< of the current hop
    QElapsedTimer m_sinceStart;
    QTimer m_deadline;
    std::unique_ptr<Hop> m_hop;
    std::vector<Visit> m_visited; ///< each hop
    SendResult m_result;
    int m_hopNumber = 0;
    bool m_concluded = false;
};

} // namespace errata
