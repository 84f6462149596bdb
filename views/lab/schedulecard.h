// The schedule of one run: as a picture, as a table; a live run is drawn over its plan.
#pragma once

#include "models/items/attemptmodel.h"
#include "models/retry/simulator.h"
#include "views/widgets/card.h"

class QCheckBox;
class QLabel;
class QSpinBox;
class QStackedWidget;
class QTabBar;

namespace errata {

class AttemptTable;
class TimelineWidget;

class ScheduleCard : public Card
{
    Q_OBJECT

public:
    explicit ScheduleCard(QWidget *parent = nullptr);

    void setSchedule(const Schedule &schedule, const RetryPolicy &policy);
    /// What really happens, over the schedule as the plan; empty: the schedule alone again.
    void setLive(const std::vector<Attempt> &attempts);
    /// How far the live run has come.
    void setNow(std::optional<Millis> now);

    [[nodiscard]] int seed() const;
    void setSeed(int seed);
    /// "4 sends · done after 7.4 s (7 s … 7.7 s) · seed 1"
    [[nodiscard]] QString summary() const;
    /// One throw of what chance decides, not the only course of events.
    void setIsOneOfMany(bool isOneOfMany);
    [[nodiscard]] TimelineWidget *timeline() const { return m_timeline; }
    [[nodiscard]] QString tableText() const;

Q_SIGNALS:
    void seedChanged();
    void saveRequested(const QByteArray &bytes, const QString &suggestedName);

private:
    [[nodiscard]] QWidget *buildHead();
    [[nodiscard]] QWidget *buildLine();
    void buildViews();
    void showSummary();

    Schedule m_schedule;
    AttemptModel *m_planned; ///< the schedule
    AttemptModel *m_live;
    bool m_isOneOfMany = false;
    QTabBar *m_tabs = nullptr;
    QSpinBox *m_seed = nullptr;
    QLabel *m_summary = nullptr;
    QCheckBox *m_logarithmic = nullptr;
    QStackedWidget *m_stack = nullptr;
    TimelineWidget *m_timeline = nullptr;
    AttemptTable *m_table = nullptr;
    AttemptTable *m_liveTable = nullptr;
};

} // namespace errata
