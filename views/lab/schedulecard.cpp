#include "views/lab/schedulecard.h"

#include "views/timeline/attempttable.h"
#include "views/timeline/attempttexts.h"
#include "views/timeline/timelinelegend.h"
#include "views/timeline/timelinewidget.h"
#include "views/widgets/figuretable.h"
#include "views/widgets/labels.h"
#include "views/widgets/savebutton.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabBar>

#include <limits>

namespace errata {

namespace {

constexpr double ZoomStep = 1.6;

QPushButton *smallButton(const QString &text, const QString &name, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setMaximumWidth(button->fontMetrics().horizontalAdvance(text) + 6 * Step);
    return button;
}

} // namespace

ScheduleCard::ScheduleCard(QWidget *parent)
    : Card(parent), m_planned(new AttemptModel(this)), m_live(new AttemptModel(this))
{
    body()->addWidget(buildHead());
    body()->addWidget(buildLine());
    buildViews();
}

QWidget *ScheduleCard::buildHead()
{
    auto *head = new QWidget(this);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    auto *title = new QLabel(tr("Schedule"), head);
    title->setFont(scaled(title->font(), 1.0, QFont::Bold));
    m_tabs = new QTabBar(head);
    m_tabs->addTab(tr("Picture"));
    m_tabs->addTab(tr("Table"));
    m_tabs->setDrawBase(false);
    m_tabs->setAccessibleName(tr("Schedule as"));
    m_seed = new QSpinBox(head);
    m_seed->setRange(1, std::numeric_limits<int>::max());
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setPrefix(tr("seed "));
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setMinimumWidth(80);
    auto *reroll = new QPushButton(tr("Reroll"), head);
    reroll->setToolTip(tr("The next seed: another throw of the jitter"));
    connect(reroll, &QPushButton::clicked, m_seed, [this] { m_seed->stepUp(); });
    connect(m_seed, &QSpinBox::valueChanged, this, &ScheduleCard::seedChanged);
    row->addWidget(title);
    row->addWidget(m_tabs);
    row->addStretch();
    row->addWidget(m_seed);
    row->addWidget(reroll);
    return head;
}

QWidget *ScheduleCard::buildLine()
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    m_summary = mutedText({}, line);
    m_logarithmic = new QCheckBox(tr("log"), line);
    m_logarithmic->setAccessibleName(tr("Logarithmic axis"));
    m_logarithmic->setToolTip(tr("A logarithmic axis: milliseconds and minutes in one picture"));
    auto *nearer = smallButton(QStringLiteral("+"), tr("Nearer (+, Ctrl+wheel)"), line);
    auto *farther = smallButton(QStringLiteral("−"), tr("Farther (−)"), line);
    auto *all = smallButton(tr("All"), tr("The whole time (0)"), line);
    connect(nearer, &QPushButton::clicked, this, [this] { m_timeline->zoom(ZoomStep); });
    connect(farther, &QPushButton::clicked, this, [this] { m_timeline->zoom(1 / ZoomStep); });
    connect(all, &QPushButton::clicked, this, [this] { m_timeline->fit(); });
    connect(m_logarithmic, &QCheckBox::toggled, this, [this](bool on) { m_timeline->setLogarithmic(on); });
    auto *save = new SaveButton(
        tr("the schedule"), QStringLiteral("retry-schedule"),
        [this](PictureKind kind) { return m_timeline->picture(kind); },
        [this] { return csv(*(m_live->rowCount() > 0 ? m_liveTable : m_table)->model()); }, line);
    connect(save, &SaveButton::saveRequested, this, &ScheduleCard::saveRequested);
    row->addWidget(m_summary, 1);
    for (QWidget *control : {static_cast<QWidget *>(m_logarithmic), static_cast<QWidget *>(farther),
                             static_cast<QWidget *>(nearer), static_cast<QWidget *>(all), static_cast<QWidget *>(save)})
        row->addWidget(control, 0, Qt::AlignVCenter);
    return line;
}

void ScheduleCard::buildViews()
{
    m_timeline = new TimelineWidget(TimelineShape::Rows, this);
    m_timeline->setAttempts(m_planned);
    m_timeline->setEmptyText(tr("This policy allows no attempt: nothing is ever sent. Raise Retries to send."));
    m_table = new AttemptTable(m_planned, this);
    m_liveTable = new AttemptTable(m_live, this);
    m_liveTable->setAccessibleName(tr("Live attempts as a table"));
    m_liveTable->hide();
    auto *tables = new QWidget(this);
    auto *column = new QVBoxLayout(tables);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table);
    column->addWidget(m_liveTable);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_timeline);
    m_stack->addWidget(tables);
    body()->addWidget(m_stack);
    body()->addWidget(new TimelineLegend(this));
    connect(m_timeline, &TimelineWidget::viewChanged, this, [this] {
        const QSignalBlocker quiet(m_logarithmic);
        m_logarithmic->setChecked(m_timeline->view().isLogarithmic);
    });
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_timeline, &TimelineWidget::currentChanged, m_table, &AttemptTable::setCurrentAttempt);
    connect(m_table, &AttemptTable::currentAttemptChanged, m_timeline, &TimelineWidget::setCurrent);
}

void ScheduleCard::setSchedule(const Schedule &schedule, const RetryPolicy &policy)
{
    m_schedule = schedule;
    m_planned->setAttempts(schedule.attempts);
    m_timeline->setDeadline(policy.deadline);
    m_timeline->setCap(policy.backoff.cap);
    showSummary();
}

void ScheduleCard::setLive(const std::vector<Attempt> &attempts)
{
    const bool isLive = !attempts.empty();
    m_live->setAttempts(attempts);
    m_timeline->setAttempts(isLive ? m_live : m_planned);
    m_timeline->setPlanned(isLive ? m_planned : nullptr);
    m_liveTable->setVisible(isLive);
    if (!isLive)
        m_timeline->setNow(std::nullopt);
}

void ScheduleCard::setNow(std::optional<Millis> now)
{
    m_timeline->setNow(now);
}

int ScheduleCard::seed() const
{
    return m_seed->value();
}

void ScheduleCard::setSeed(int seed)
{
    m_seed->setValue(seed);
}

void ScheduleCard::setIsOneOfMany(bool isOneOfMany)
{
    m_isOneOfMany = isOneOfMany;
    showSummary();
}

QString ScheduleCard::summary() const
{
    const QString end = m_schedule.verdict == Verdict::Succeeded ? tr("done") : verdictText(m_schedule.verdict);
    QString text = sendsText(m_schedule.sends) +
                   tr(" · %1 after %2 · seed %3").arg(end, shortBounds(m_schedule.total)).arg(seed());
    if (m_isOneOfMany)
        text += tr(" · one course of many");
    return text;
}

void ScheduleCard::showSummary()
{
    m_summary->setText(summary());
}

QString ScheduleCard::tableText() const
{
    return m_table->asText();
}

} // namespace errata
