// The retry lab: a policy and a server script in; schedule, distribution, load, comparison and findings out. Nothing is
// sent before "Run live" is pressed.
#pragma once

#include "models/retry/labsetup.h"
#include "models/retry/simulator.h"
#include "views/lab/policyform.h"

#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QScrollArea;
class QSplitter;
class QTimer;
class QVBoxLayout;

namespace errata {

class CompareCard;
class DistributionCard;
class HeaderBench;
class LiveCard;
class LoadCard;
class NoteLine;
class PresetBox;
class ScheduleCard;
class ScriptEdit;
class SideBySide;

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
    /// Up to three further policies, by their ids; those that are not known are left out.
    void setCompared(const QStringList &ids);

    [[nodiscard]] LabSetup setup() const;
    void applySetup(const LabSetup &setup);
    /// A link that was pasted or came with the program; says what is wrong with it otherwise.
    void openLink(const QString &link);
    /// A file's text.
    void openFile(const QByteArray &bytes, const QString &name);

    [[nodiscard]] QString script() const;
    [[nodiscard]] int seed() const;
    [[nodiscard]] const RetryPolicy &policy() const { return m_form->policy(); }
    [[nodiscard]] const Schedule &schedule() const { return m_schedule; }
    [[nodiscard]] QStringList compared() const { return m_compared; }
    /// "4 sends · done after 7.4 s (7 s … 7.7 s) · seed 1"
    [[nodiscard]] QString summary() const;
    /// Samples, loads or comparisons are under way.
    [[nodiscard]] bool isWorking() const;

    [[nodiscard]] QSplitter *splitter() const { return m_splitter; }
    [[nodiscard]] ScheduleCard *scheduleCard() const { return m_scheduleCard; }
    [[nodiscard]] DistributionCard *distribution() const { return m_distribution; }
    [[nodiscard]] LoadCard *loadCard() const { return m_load; }
    [[nodiscard]] CompareCard *comparison() const { return m_compare; }
    [[nodiscard]] HeaderBench *headerBench() const { return m_bench; }
    [[nodiscard]] LiveCard *live() const { return m_live; }
    /// Brings the live run, or the header bench, into sight.
    void showLive();
    void showHeaderBench();
    /// Of a live run: drawn over the plan.
    void setLiveAttempts(const std::vector<Attempt> &attempts);

Q_SIGNALS:
    /// \a said is what to tell the user once it is on the clipboard.
    void copyRequested(const QString &text, const QString &said);
    void saveRequested(const QByteArray &bytes, const QString &suggestedName);
    void openRequested();
    /// "Run it live" is about to offer the Probe's request.
    void liveShown();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *buildLeft();
    void buildScript(QVBoxLayout *column);
    void buildCompared(QVBoxLayout *column);
    [[nodiscard]] QWidget *buildRight();
    [[nodiscard]] QWidget *buildFindings();
    [[nodiscard]] QWidget *buildButtons();
    [[nodiscard]] QMenu *buildShareMenu();
    void addShortcuts();
    void connectCards();
    void readScript();
    void runAgain();
    /// What takes longer than a frame, once nothing has been changed for a moment.
    void runSlow();
    void startLoad();
    void compare();
    void showFindings();
    void showCompared();
    void fillPrograms();
    void pasteLink();
    void closeLive();
    [[nodiscard]] Schedule scheduleOf(const RetryPolicy &policy) const;
    [[nodiscard]] const RetryPolicy *preset(const QString &id) const;

    RandomOutcomes m_outcomes;
    Schedule m_schedule;
    QDateTime m_wallTime; ///< of the run that is shown
    QStringList m_compared;
    PolicyForm *m_form;
    QSplitter *m_splitter;
    QTimer *m_pause;
    ScriptEdit *m_scriptField = nullptr;
    NoteLine *m_scriptNote = nullptr;
    QVBoxLayout *m_comparedList = nullptr;
    PresetBox *m_comparedBox = nullptr;
    QScrollArea *m_scroll = nullptr;
    ScheduleCard *m_scheduleCard = nullptr;
    LiveCard *m_live = nullptr;
    CompareCard *m_compare = nullptr;
    DistributionCard *m_distribution = nullptr;
    LoadCard *m_load = nullptr;
    HeaderBench *m_bench = nullptr;
    QWidget *m_findings = nullptr;
    QLabel *m_findingText = nullptr;
    QPushButton *m_liveButton = nullptr;
    QMenu *m_codeMenu = nullptr;
    NoteLine *m_news = nullptr;
};

} // namespace errata
