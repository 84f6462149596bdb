// Up to four policies against the same server, on one axis and in one table.
#pragma once

#include "models/items/policycomparisonmodel.h"
#include "models/retry/attempt.h"
#include "models/retry/labsetup.h"
#include "views/lab/refiningjob.h"
#include "views/widgets/card.h"

class QCheckBox;
class QLabel;

namespace errata {

class CompareLanes;
struct SampleTask;

class CompareCard : public Card
{
    Q_OBJECT

public:
    explicit CompareCard(QWidget *parent = nullptr);

    /// Runs of a sample behind each row: a percentile's third figure.
    static constexpr int Runs = 200'000;

    /// \a policies, one to four, each with its schedule drawn at once; \a task is what the samples share.
    void start(const std::vector<RetryPolicy> &policies, const std::vector<std::vector<Attempt>> &schedules,
               const SampleTask &task, const LoadSetup &load);
    [[nodiscard]] bool isWorking() const { return m_job.isRunning(); }
    [[nodiscard]] PolicyComparisonModel *model() const { return m_model; }
    [[nodiscard]] bool isLogarithmic() const;
    void setLogarithmic(bool isLogarithmic);
    [[nodiscard]] CompareLanes *lanes() const { return m_lanes; }

Q_SIGNALS:
    void finished();
    void saveRequested(const QByteArray &bytes, const QString &suggestedName);

private:
    PolicyComparisonModel *m_model;
    CompareLanes *m_lanes;
    QLabel *m_state;
    QCheckBox *m_logarithmic;
    RefiningJob<std::vector<ComparedPolicy>> m_job;
};

} // namespace errata
