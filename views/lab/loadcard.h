// What many clients of the policy do to a server: load over time, and how it ends.
#pragma once

#include "models/items/figuresmodel.h"
#include "models/retry/contention.h"
#include "models/retry/labsetup.h"
#include "views/lab/refiningjob.h"
#include "views/widgets/card.h"

class QLabel;
class QLineSeries;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace errata {

class ChartView;
class ScenarioForm;

/// Requests of the last second, at even steps.
struct LoadPoint
{
    Millis at{0};
    qint64 sent = 0;
    qint64 served = 0;
    qint64 refused = 0;
    int waiting = 0; ///< in the queue
};

/// A herd's bins as at most \a most points; every second's fullest is among them.
[[nodiscard]] std::vector<LoadPoint> loadOverTime(const Herd &herd, int most);
/// "metastable: retries alone keep the load above the capacity".
[[nodiscard]] QString herdStateText(HerdState state);
/// "1 000 clients · peak 1 000/s · 4.0 x amplification · recovers 3.2 s after the outage".
[[nodiscard]] QString herdSummary(const Herd &herd, const LoadSetup &load);

class LoadCard : public Card
{
    Q_OBJECT

public:
    explicit LoadCard(QWidget *parent = nullptr);

    void start(const RetryPolicy &policy, const RandomOutcomes &outcomes, quint64 seed, const QDateTime &wallTime);
    [[nodiscard]] bool isWorking() const { return m_job.isRunning() || m_contentionJob.isRunning(); }
    [[nodiscard]] const LoadSetup &load() const;
    void setLoad(const LoadSetup &load);
    [[nodiscard]] const std::optional<Herd> &herd() const { return m_herd; }
    [[nodiscard]] FiguresModel *model() const { return m_model; }
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void loadChanged();
    void finished();
    void saveRequested(const QByteArray &bytes, const QString &suggestedName);

private:
    struct ContentionPoint
    {
        int clients = 0;
        Contention with;
        Contention without;
    };
    using ContentionCurve = std::vector<ContentionPoint>;

    void buildHead();
    void buildViews();
    void startHerd(const RetryPolicy &policy, const HerdScenario &scenario, quint64 seed);
    void startContention(const RetryPolicy &policy, quint64 seed);
    void showHerd();
    void showContention(const ContentionCurve &curve);
    void cancel();
    [[nodiscard]] QString hoverText(double at) const;

    std::optional<Herd> m_herd;
    std::vector<LoadPoint> m_points;
    /// Hours of load are not summed up in the window's thread.
    struct HerdLoad
    {
        Herd herd;
        std::vector<LoadPoint> points;
    };
    LatestJob<std::optional<HerdLoad>> m_job;
    LatestJob<std::optional<ContentionCurve>> m_contentionJob;
    FiguresModel *m_model;
    ScenarioForm *m_form = nullptr;
    QTabBar *m_tabs = nullptr;
    QPushButton *m_stop = nullptr;
    QStackedWidget *m_stack = nullptr;
    ChartView *m_chart = nullptr;
    QLineSeries *m_queue = nullptr;
    QLineSeries *m_sent = nullptr;
    QLineSeries *m_served = nullptr;
    QLabel *m_text = nullptr;
    QLabel *m_more = nullptr;
};

} // namespace errata
