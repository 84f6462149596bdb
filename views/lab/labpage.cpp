#include "views/lab/labpage.h"

#include "models/retry/code/policyprograms.h"
#include "models/retry/drawnscript.h"
#include "models/retry/quirks.h"
#include "models/retry/randomscript.h"
#include "views/lab/comparecard.h"
#include "views/lab/comparelanes.h"
#include "views/lab/distributioncard.h"
#include "views/lab/headerbench.h"
#include "views/lab/livecard.h"
#include "views/lab/loadcard.h"
#include "views/lab/presetbox.h"
#include "views/lab/quirkwords.h"
#include "views/lab/schedulecard.h"
#include "views/lab/scriptedit.h"
#include "views/timeline/timelinewidget.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>

#include <algorithm>

namespace errata {

namespace {

/// Further policies beside the one in the form.
constexpr qsizetype MostCompared = 3;
/// A course of random events is drawn so far; the last outcome repeats.
constexpr int DrawnAttempts = 200;

Result<RandomOutcomes, ScriptError> readOutcomes(const QString &text)
{
    const auto script = parseOutcomeScript(text);
    if (script)
        return RandomOutcomes(*script);
    auto outcomes = parseRandomScript(text);
    // A fault in a plain script is told as one.
    const bool isRandom =
        text.contains(QLatin1Char('|')) || text.contains(QLatin1Char('*')) || text.contains(QLatin1Char('~'));
    if (!outcomes && !isRandom)
        return script.error();
    return outcomes;
}

} // namespace

void LabPage::setScript(const QString &script)
{
    m_scriptField->setText(script);
}

void LabPage::setSeed(int seed)
{
    m_scheduleCard->setSeed(seed);
}

QString LabPage::script() const
{
    return m_scriptField->text();
}

int LabPage::seed() const
{
    return m_scheduleCard->seed();
}

QString LabPage::summary() const
{
    return m_scheduleCard->summary();
}

bool LabPage::isWorking() const
{
    return m_pause->isActive() || m_distribution->isWorking() || m_load->isWorking() || m_compare->isWorking();
}

void LabPage::readScript()
{
    const QString text = m_scriptField->text();
    if (isLabLink(text)) {
        openLink(text);
        return;
    }
    const auto outcomes = readOutcomes(text);
    if (!outcomes) {
        m_scriptNote->showProblem(outcomes.error().text());
        return;
    }
    m_scriptNote->clearNote();
    m_outcomes = *outcomes;
    m_scheduleCard->setIsOneOfMany(!m_outcomes.isCertain());
    runAgain();
}

Schedule LabPage::scheduleOf(const RetryPolicy &policy) const
{
    // The script's chance and the client's are two: another policy meets the same answers.
    RandomSource server = RandomSource::seeded(static_cast<quint64>(seed()));
    const OutcomeScript script = drawnScript(m_outcomes, DrawnAttempts, server);
    RandomSource client = RandomSource::seeded(static_cast<quint64>(seed()));
    return simulate(policy, script, client, m_wallTime);
}

void LabPage::runAgain()
{
    closeLive();
    m_wallTime = QDateTime::currentDateTimeUtc();
    m_schedule = scheduleOf(policy());
    m_scheduleCard->setSchedule(m_schedule, policy());
    m_live->setHedges(policy().hedging.has_value());
    m_news->clearNote();
    showFindings();
    SampleTask task;
    task.policy = policy();
    task.outcomes = m_outcomes;
    task.seed = static_cast<quint64>(seed());
    task.wallTime = m_wallTime;
    m_distribution->start(task);
    m_pause->start();
}

void LabPage::runSlow()
{
    startLoad();
    compare();
}

void LabPage::startLoad()
{
    m_load->start(policy(), m_outcomes, static_cast<quint64>(seed()), m_wallTime);
}

const RetryPolicy *LabPage::preset(const QString &id) const
{
    const std::vector<RetryPolicy> &all = m_form->presets();
    const auto found = std::find_if(all.begin(), all.end(), [&id](const RetryPolicy &p) { return p.id == id; });
    return found == all.end() ? nullptr : &*found;
}

void LabPage::compare()
{
    m_compare->setVisible(!m_compared.isEmpty());
    if (m_compared.isEmpty())
        return;
    std::vector<RetryPolicy> policies;
    policies.reserve(static_cast<std::size_t>(m_compared.size()) + 1);
    policies.push_back(policy());
    if (m_form->isChanged())
        policies.front().name = tr("%1 (changed)").arg(policy().name);
    for (const QString &id : std::as_const(m_compared))
        policies.push_back(*preset(id));
    std::vector<std::vector<Attempt>> schedules;
    schedules.reserve(policies.size());
    for (const RetryPolicy &each : policies)
        schedules.push_back(scheduleOf(each).attempts);
    SampleTask task;
    task.outcomes = m_outcomes;
    task.seed = static_cast<quint64>(seed());
    task.wallTime = m_wallTime;
    m_compare->start(policies, schedules, task, m_load->load());
}

void LabPage::setCompared(const QStringList &ids)
{
    m_compared.clear();
    for (const QString &id : ids) {
        if (preset(id) && !m_compared.contains(id) && m_compared.size() < MostCompared)
            m_compared << id;
    }
    showCompared();
    m_compare->setVisible(!m_compared.isEmpty());
    m_pause->start();
}

void LabPage::showCompared()
{
    while (QLayoutItem *item = m_comparedList->takeAt(0)) {
        if (QWidget *widget = item->widget())
            widget->deleteLater();
        delete item;
    }
    for (qsizetype i = 0; i < m_compared.size(); ++i) {
        const QString name = preset(m_compared[i])->name;
        auto *line = new QWidget(this);
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        auto *label = bodyText(QStringLiteral("%1  %2").arg(QChar(u'B' + int(i))).arg(name), line);
        auto *remove = linkButton(tr("Remove"), line);
        remove->setAccessibleName(tr("Compare no longer with %1").arg(name));
        row->addWidget(label, 1);
        row->addWidget(remove, 0, Qt::AlignTop);
        m_comparedList->addWidget(line);
        connect(remove, &QPushButton::clicked, this, [this, id = m_compared[i]] {
            QStringList left = m_compared;
            left.removeAll(id);
            setCompared(left);
        });
    }
    m_comparedBox->setVisible(m_compared.size() < MostCompared);
}

void LabPage::showFindings()
{
    QStringList lines =
        quirkSentences(quirksOf(policy(), usualRequest(policy()).method, m_schedule, policy().documented));
    const QStringList &documented = policy().quirks;
    if (!documented.isEmpty()) {
        if (!lines.isEmpty() || m_form->isChanged())
            lines << (m_form->isChanged() ? tr("Of the client as it comes; you have changed it:")
                                          : tr("Of this client, whatever the script:"));
        lines << documented;
    }
    QString text;
    for (const QString &line : std::as_const(lines)) {
        const QString bullet = line.endsWith(QLatin1Char(':')) ? QString() : QStringLiteral("• ");
        text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + bullet + line;
    }
    m_findingText->setText(text);
    m_findings->setVisible(!text.isEmpty());
}

void LabPage::fillPrograms()
{
    for (const PolicyProgram &program : policyPrograms()) {
        QAction *action = m_codeMenu->addAction(QString::fromUtf8(program.title));
        connect(action, &QAction::triggered, this, [this, program] {
            const auto missing = notCarried(policy(), program).size();
            QString said = tr("Copied: the policy as %1.").arg(QString::fromUtf8(program.title));
            if (missing > 0)
                said += tr(" Its first lines say what it leaves out.");
            Q_EMIT copyRequested(QString::fromUtf8(programText(policy(), program)), said);
            m_news->showHint(said);
        });
    }
}

LabSetup LabPage::setup() const
{
    const LabAxes axes{m_scheduleCard->timeline()->view().isLogarithmic, m_distribution->isLogarithmic(),
                       m_compare->isLogarithmic()};
    return {policy(), script(), seed(), m_compared, m_load->load(), axes};
}

void LabPage::applySetup(const LabSetup &setup)
{
    m_load->setLoad(setup.load);
    setSeed(setup.seed);
    m_form->setPolicy(setup.policy);
    if (!setup.script.isEmpty())
        setScript(setup.script);
    setCompared(setup.compared);
    m_scheduleCard->timeline()->setLogarithmic(setup.axes.isScheduleLogarithmic);
    m_distribution->setLogarithmic(setup.axes.isDistributionLogarithmic);
    m_compare->setLogarithmic(setup.axes.isComparisonLogarithmic);
}

void LabPage::openLink(const QString &link)
{
    const auto setup = readLabLink(link, m_form->presets());
    if (!setup) {
        m_scriptNote->showProblem(tr("Not opened: %1").arg(setup.error().text()));
        return;
    }
    // The field may hold the link itself.
    const QString script = setup->script.isEmpty() ? QStringLiteral("503") : setup->script;
    setScript(script);
    applySetup(*setup);
    m_news->showHint(tr("Opened: the setup of a link."));
}

void LabPage::openFile(const QByteArray &bytes, const QString &name)
{
    const auto setup = readLabSetup(bytes, name);
    if (!setup) {
        m_news->showProblem(tr("Not opened: %1").arg(setup.error().text()));
        return;
    }
    applySetup(*setup);
    m_news->showHint(tr("Opened: %1.").arg(name));
}

void LabPage::pasteLink()
{
    openLink(QApplication::clipboard()->text());
}

void LabPage::showLive()
{
    Q_EMIT liveShown();
    m_live->show();
    m_liveButton->hide(); // the card has its own
    m_scroll->ensureWidgetVisible(m_live);
    m_live->focusUrl();
}

void LabPage::closeLive()
{
    if (m_live->isRunning()) {
        m_live->setRunning(false); // before it ends: what ends it asks whether it is still shown
        Q_EMIT m_live->stopRequested();
    }
    m_scheduleCard->setLive({});
}

void LabPage::setLiveAttempts(const std::vector<Attempt> &attempts)
{
    m_scheduleCard->setLive(attempts);
    m_live->setAttempts(attempts);
}

void LabPage::showHeaderBench()
{
    m_scroll->ensureWidgetVisible(m_bench);
    m_bench->focusValue();
}

void LabPage::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste) && isLabLink(QApplication::clipboard()->text())) {
        pasteLink();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_live->isRunning()) {
        Q_EMIT m_live->stopRequested();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace errata
