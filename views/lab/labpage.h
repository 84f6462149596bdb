// The retry lab: a policy and a server script in, the schedule as picture, table and distribution out.
// Nothing is sent.
#pragma once

#include "models/items/attemptmodel.h"
#include "models/retry/simulator.h"
#include "views/lab/policyform.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QSplitter;
class QStackedWidget;
class QTabBar;
class QTimer;
class QVBoxLayout;

namespace errata {

class AttemptTable;
class HistogramWidget;
class NoteLine;
class TimelineWidget;

class LabPage : public QWidget
{
    Q_OBJECT

public:
    /// \a presets is not empty.
    explicit LabPage(std::vector<RetryPolicy> presets, QWidget *parent = nullptr);

    /// False when there is no preset of that id.
    bool choosePolicy(const QString &id) { return m_form->choose(id); }
    /// As if typed; a faulty script is shown with what is wrong, the schedule stays.
    void setScript(const QString &script);
    void setSeed(int seed);

    [[nodiscard]] QString script() const;
    [[nodiscard]] int seed() const;
    [[nodiscard]] const RetryPolicy &policy() const { return m_form->policy(); }
    [[nodiscard]] const Schedule &schedule() const { return m_schedule; }
    [[nodiscard]] QSplitter *splitter() const { return m_splitter; }

    /// "4 sends · done after 7.4 s (7 s … 7.7 s) · seed 1"
    [[nodiscard]] QString summary() const;

    /// Draws the distribution at once, not a moment after the last change.
    void sampleNow();

    /// Runs behind the distribution card.
    static constexpr int Runs = 100'000;

Q_SIGNALS:
    /// \a said is what to tell the user once it is on the clipboard.
    void copyRequested(const QString &text, const QString &said);
    void saveRequested(const QByteArray &bytes, const QString &suggestedName);

private:
    [[nodiscard]] QWidget *buildLeft();
    void buildScript(QVBoxLayout *column);
    [[nodiscard]] QWidget *buildRight();
    [[nodiscard]] QWidget *buildSchedule();
    [[nodiscard]] QWidget *buildLegend();
    [[nodiscard]] QWidget *buildDistribution();
    [[nodiscard]] QWidget *buildQuirks();
    [[nodiscard]] QWidget *buildButtons();
    void readScript();
    void runAgain();
    void sample();
    void showQuirks();

    OutcomeScript m_script;
    Schedule m_schedule;
    AttemptModel *m_attempts;
    PolicyForm *m_form = nullptr;
    QSplitter *m_splitter = nullptr;
    QLineEdit *m_scriptField = nullptr;
    NoteLine *m_scriptNote = nullptr;
    QSpinBox *m_seed = nullptr;
    QLabel *m_summary = nullptr;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_stack = nullptr;
    TimelineWidget *m_timeline = nullptr;
    AttemptTable *m_table = nullptr;
    QLabel *m_distributionTitle = nullptr;
    HistogramWidget *m_histogram = nullptr;
    QLabel *m_distributionText = nullptr;
    QWidget *m_quirks = nullptr;
    QLabel *m_quirkText = nullptr;
    NoteLine *m_news = nullptr;
    QTimer *m_sampler = nullptr;
};

} // namespace errata
