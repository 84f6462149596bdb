// What happens between the lab's "Run live" and the end of its run.
#pragma once

#include "models/base/clock.h"
#include "models/catalog/catalog.h"
#include "models/http/history.h"
#include "models/retry/retryrunner.h"

#include <QEventLoopLocker>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace errata {

class LabPage;
class ProbePage;

class LabRunner : public QObject
{
    Q_OBJECT

public:
    using ProbeOf = std::function<ProbePage *()>;
    using Engine = std::function<Result<std::unique_ptr<Transport>>()>;

    /// \a page is its parent; \a probe gives the page whose request may be run, \a engine opens what sends.
    LabRunner(LabPage *page, ProbeOf probe, Engine engine, Clock &clock);

    void setCatalogs(const CatalogSet &catalogs) { m_catalogs = catalogs; }
    /// The window closes: what is under way is cancelled, and the program stays until that is told.
    void stop();

Q_SIGNALS:
    /// One line for the window: "sending to api.example.com".
    void stateChanged(const QString &text);
    /// An attempt has ended, also one that was cut short.
    void attemptMade(const errata::HistoryRecord &record);

private:
    void offerProbe();
    void runProbe();
    void run(const HttpRequest &request, const SendOptions &options);
    [[nodiscard]] bool open();
    void showAttempts();
    void record(const Attempt &attempt);
    void ended(Verdict verdict);

    LabPage *m_page;
    ProbeOf m_probe;
    Engine m_engine;
    Clock &m_clock;
    CatalogSet m_catalogs;
    HttpRequest m_request;
    QString m_run;                          ///< of this "Run live"
    std::unique_ptr<Transport> m_transport; ///< opened at the first run
    std::unique_ptr<RetryRunner> m_runner;
    std::optional<QEventLoopLocker> m_underWay; ///< no attempt ends unrecorded with the program
};

} // namespace errata
