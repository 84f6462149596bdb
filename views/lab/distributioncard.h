// How long many runs take: bars of a sample that grows while it is looked at, the exact law as a line over them where
// there is one.
#pragma once

#include "models/items/histogrammodel.h"
#include "models/retry/exactdistribution.h"
#include "views/lab/refiningjob.h"
#include "views/lab/samplebars.h"
#include "views/widgets/card.h"

class QCheckBox;
class QLabel;
class QLineSeries;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QTimer;

namespace errata {

class ChartView;

/// What is sampled.
struct SampleTask
{
    RetryPolicy policy;
    RandomOutcomes outcomes;
    quint64 seed = 1;
    QDateTime wallTime;
    int runs = 1'000'000;
};

/// A sample until it is cancelled; tells what there is so far.
[[nodiscard]] std::optional<Sample> sampleTask(const SampleTask &task, const JobFlag &flag,
                                               const std::function<void(Sample)> &soFar);

class DistributionCard : public Card
{
    Q_OBJECT

public:
    explicit DistributionCard(QWidget *parent = nullptr);

    /// Drops what was under way. The first bars come after the first thousands of runs.
    void start(const SampleTask &task);
    void cancel();
    [[nodiscard]] bool isWorking() const;
    [[nodiscard]] const std::optional<Sample> &sample() const { return m_sample; }
    [[nodiscard]] const std::optional<ExactDistribution> &exact() const { return m_exact; }
    /// The axis of time; where runs take everything from a moment to hours, only a logarithmic one shows them.
    [[nodiscard]] bool isLogarithmic() const;
    void setLogarithmic(bool isLogarithmic);
    [[nodiscard]] HistogramModel *model() const { return m_model; }
    [[nodiscard]] ChartView *chart() const { return m_chart; }
    /// "mean 7.35 s · p50 7.35 s · p95 7.57 s · p99 7.62 s": also what a screen reader is told.
    [[nodiscard]] static QString summary(const Distribution &totals);

Q_SIGNALS:
    /// There are figures to show, maybe not the last ones.
    void refined();
    /// These are the last ones.
    void finished();
    void saveRequested(const QByteArray &bytes, const QString &suggestedName);

private:
    void buildHead();
    [[nodiscard]] QWidget *buildLine();
    void buildViews();
    void startExact();
    void takeSample(Sample sample, bool isLast);
    void showFigures();
    void showBars();
    void showAxis(double tallest);
    void showExact(double tallest);
    void showTexts();
    [[nodiscard]] QString hoverText(Millis time) const;

    SampleTask m_task;
    std::optional<Sample> m_sample;
    std::optional<ExactDistribution> m_exact;
    SampleBars m_shown;
    bool m_isWhole = false;
    RefiningJob<Sample> m_job;
    LatestJob<std::optional<ExactDistribution>> m_exactJob;
    QTimer *m_pause; ///< before the exact law: it cannot be cancelled, and a slider asks for hundreds
    HistogramModel *m_model;
    QLabel *m_title = nullptr;
    QTabBar *m_tabs = nullptr;
    QLabel *m_progress = nullptr;
    QCheckBox *m_logarithmic = nullptr;
    QPushButton *m_stop = nullptr;
    QStackedWidget *m_stack = nullptr;
    ChartView *m_chart = nullptr;
    QLineSeries *m_bars = nullptr;
    QLineSeries *m_line = nullptr;
    QLineSeries *m_atoms = nullptr;
    QLabel *m_text = nullptr;
    QLabel *m_more = nullptr;
};

} // namespace errata
