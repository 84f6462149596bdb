// What happens between the Probe page's Send and its answer: engine, policy, decoding.
#pragma once

#include "models/base/clock.h"
#include "models/catalog/catalog.h"
#include "models/http/history.h"
#include "models/retry/retryrunner.h"

#include <QEventLoopLocker>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace errata {

class ProbePage;

class LiveSender : public QObject
{
    Q_OBJECT

public:
    /// \a page is its parent.
    LiveSender(ProbePage *page, std::vector<RetryPolicy> policies);

    void setCatalogs(const CatalogSet &catalogs) { m_catalogs = catalogs; }
    /// The window closes: what is under way is cancelled, and the program stays until that is told.
    void stop();

Q_SIGNALS:
    /// One line for the window: "sending to api.example.com".
    void stateChanged(const QString &text);
    /// An attempt has ended.
    void attemptMade(const errata::HistoryRecord &record);

private:
    void send(const HttpRequest &request, const SendOptions &options, const std::optional<QString> &policyId);
    void progressed(qint64 received, qint64 total);
    void showBodySoFar();
    [[nodiscard]] std::vector<double> eventTimes(const SendResult &result);
    void record(const Attempt &attempt);
    void ended();
    [[nodiscard]] RetryPolicy policy(const std::optional<QString> &id) const;

    ProbePage *m_page;
    std::vector<RetryPolicy> m_policies;
    CatalogSet m_catalogs;
    SystemClock m_clock;
    std::unique_ptr<Transport> m_transport; ///< opened at the first send
    std::unique_ptr<RetryRunner> m_runner;
    std::optional<QEventLoopLocker> m_underWay; ///< no attempt ends unrecorded with the program
    HttpRequest m_request;
    QString m_run; ///< of this Send
    Millis m_attemptStart{0};
    qint64 m_received = 0; ///< of the body of the attempt under way
    QTimer m_look;         ///< until the next look at a body that is coming
};

} // namespace errata
