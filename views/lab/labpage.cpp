#include "views/lab/labpage.h"

#include "views/lab/histogramwidget.h"
#include "views/timeline/attempttable.h"
#include "views/timeline/attempttexts.h"
#include "views/timeline/timelinelegend.h"
#include "views/timeline/timelinewidget.h"
#include "views/widgets/card.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"
#include "views/widgets/panel.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>

#include <chrono>
#include <limits>

namespace errata {

namespace {

constexpr QLatin1String firstScript("503, 503, 429:4, 200");

/// Long enough that a held arrow key draws schedules only, short enough to look immediate.
constexpr std::chrono::milliseconds SampleDelay{120};

QScrollArea *scrolled(QWidget *content, const QString &name)
{
    auto *area = new QScrollArea;
    area->setAccessibleName(name);
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return area;
}

QLabel *cardTitle(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(scaled(label->font(), 1.0, QFont::Bold));
    return label;
}

} // namespace

LabPage::LabPage(std::vector<RetryPolicy> presets, QWidget *parent)
    : QWidget(parent)
    , m_attempts(new AttemptModel(this))
    , m_form(new PolicyForm(std::move(presets), this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_sampler(new QTimer(this))
{
    m_sampler->setSingleShot(true);
    m_sampler->setInterval(SampleDelay);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(buildLeft());
    m_splitter->addWidget(buildRight());
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({260, 900});

    connect(m_form, &PolicyForm::policyChanged, this, &LabPage::runAgain);
    connect(m_scriptField, &QLineEdit::textChanged, this, &LabPage::readScript);
    connect(m_seed, &QSpinBox::valueChanged, this, &LabPage::runAgain);
    connect(m_sampler, &QTimer::timeout, this, &LabPage::sample);
    m_scriptField->setText(firstScript);
}

QWidget *LabPage::buildLeft()
{
    auto *content = new QWidget;
    auto *formColumn = new QVBoxLayout(content);
    formColumn->setContentsMargins(3 * Step, 4 * Step, 3 * Step, 2 * Step);
    formColumn->addWidget(m_form);
    formColumn->addStretch();
    // The script stays in sight while the form scrolls.
    auto *script = new Panel(QPalette::Window, Qt::TopEdge);
    auto *scriptColumn = new QVBoxLayout(script);
    scriptColumn->setContentsMargins(3 * Step, 2 * Step, 3 * Step, 3 * Step);
    scriptColumn->setSpacing(Step);
    buildScript(scriptColumn);
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scrolled(content, tr("Policy")), 1);
    column->addWidget(script);
    pane->setMinimumWidth(236);
    return pane;
}

void LabPage::buildScript(QVBoxLayout *column)
{
    column->addWidget(sectionTitle(tr("Server script"), this));
    m_scriptField = new QLineEdit(this);
    m_scriptField->setFont(fixedFont(font()));
    m_scriptField->setProperty("well", true);
    m_scriptField->setAccessibleName(tr("Server script"));
    m_scriptField->setToolTip(tr("What the server answers, attempt by attempt; the last one repeats for ever:\n"
                                 "503   429:2   429:'Wed, 21 Oct 2026 07:28:00 GMT'   500[x-should-retry: false]\n"
                                 "UNAVAILABLE   timeout   reset   dns   bad-body   503@120 (after 120 ms)"));
    m_scriptNote = new NoteLine(this);
    column->addWidget(m_scriptField);
    column->addWidget(m_scriptNote);
    column->addWidget(
        mutedText(tr("503 · 429:2 · timeout · reset · dns · bad-body · 503@120: the last repeats"), this));
}

QWidget *LabPage::buildRight()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(4 * Step, 4 * Step, 4 * Step, 4 * Step);
    column->setSpacing(3 * Step);
    column->addWidget(buildSchedule());
    column->addWidget(buildButtons());
    column->addWidget(buildDistribution());
    column->addWidget(buildQuirks());
    column->addStretch();
    return scrolled(content, tr("Schedule"));
}

QWidget *LabPage::buildSchedule()
{
    auto *card = new Card(this);
    auto *head = new QHBoxLayout;
    head->addWidget(cardTitle(tr("Schedule"), card));
    m_tabs = new QTabBar(card);
    m_tabs->addTab(tr("Picture"));
    m_tabs->addTab(tr("Table"));
    m_tabs->setDrawBase(false);
    m_tabs->setAccessibleName(tr("Schedule as"));
    m_seed = new QSpinBox(card);
    m_seed->setRange(1, std::numeric_limits<int>::max());
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setPrefix(tr("seed "));
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setMinimumWidth(104);
    auto *reroll = new QPushButton(tr("Reroll"), card);
    reroll->setToolTip(tr("The next seed: another throw of the jitter"));
    connect(reroll, &QPushButton::clicked, m_seed, [this] { m_seed->stepUp(); });
    head->addWidget(m_tabs);
    head->addStretch();
    head->addWidget(m_seed);
    head->addWidget(reroll);
    card->body()->addLayout(head);
    m_summary = mutedText({}, card);
    card->body()->addWidget(m_summary);

    m_timeline = new TimelineWidget(TimelineShape::Rows, card);
    m_timeline->setAttempts(m_attempts);
    m_timeline->setEmptyText(tr("This policy allows no attempt: nothing is ever sent. Raise Retries to send."));
    m_table = new AttemptTable(m_attempts, card);
    m_stack = new QStackedWidget(card);
    m_stack->addWidget(m_timeline);
    m_stack->addWidget(m_table);
    card->body()->addWidget(m_stack);
    card->body()->addWidget(new TimelineLegend(card));
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_timeline, &TimelineWidget::currentChanged, m_table, &AttemptTable::setCurrentAttempt);
    connect(m_table, &AttemptTable::currentAttemptChanged, m_timeline, &TimelineWidget::setCurrent);
    connect(m_timeline, &TimelineWidget::saveRequested, this, &LabPage::saveRequested);
    return card;
}

QWidget *LabPage::buildDistribution()
{
    auto *card = new Card(this);
    m_distributionTitle = cardTitle({}, card);
    m_histogram = new HistogramWidget(card);
    m_distributionText = mutedText({}, card);
    card->body()->addWidget(m_distributionTitle);
    card->body()->addWidget(m_histogram);
    card->body()->addWidget(m_distributionText);
    return card;
}

QWidget *LabPage::buildQuirks()
{
    auto *card = new Card([](const Theme &theme) { return theme.wait; }, this);
    card->body()->addWidget(cardTitle(tr("What this policy does that you may not expect"), card));
    m_quirkText = mutedText({}, card);
    card->body()->addWidget(m_quirkText);
    m_quirks = card;
    return card;
}

QWidget *LabPage::buildButtons()
{
    auto *row = new QWidget(this);
    auto *flow = new FlowLayout(row);
    auto *copy = primaryButton(tr("Copy as table"), row);
    auto *save = new QPushButton(tr("Save picture"), row);
    auto *menu = new QMenu(save);
    const QString name = QStringLiteral("retry-schedule");
    connect(menu->addAction(tr("PNG picture")), &QAction::triggered, this,
            [this, name] { m_timeline->save(TimelineWidget::Picture::Png, name); });
    connect(menu->addAction(tr("SVG drawing")), &QAction::triggered, this,
            [this, name] { m_timeline->save(TimelineWidget::Picture::Svg, name); });
    save->setMenu(menu);
    connect(copy, &QPushButton::clicked, this, [this] {
        const QString said = tr("Copied: the schedule as a table.");
        Q_EMIT copyRequested(m_table->asText(), said);
        m_news->showHint(said);
    });
    m_news = new NoteLine(row);
    flow->addWidget(copy);
    flow->addWidget(save);
    flow->addWidget(m_news);
    return row;
}

void LabPage::setScript(const QString &script)
{
    m_scriptField->setText(script);
}

void LabPage::setSeed(int seed)
{
    m_seed->setValue(seed);
}

QString LabPage::script() const
{
    return m_scriptField->text();
}

int LabPage::seed() const
{
    return m_seed->value();
}

void LabPage::readScript()
{
    const auto script = parseOutcomeScript(m_scriptField->text());
    if (!script) {
        m_scriptNote->showProblem(script.error().text());
        return;
    }
    m_scriptNote->clearNote();
    m_script = *script;
    runAgain();
}

void LabPage::runAgain()
{
    RandomSource random = RandomSource::seeded(static_cast<quint64>(m_seed->value()));
    m_schedule = simulate(policy(), m_script, random, QDateTime::currentDateTimeUtc());
    m_attempts->setAttempts(m_schedule.attempts);
    m_timeline->setDeadline(policy().deadline);
    m_summary->setText(summary());
    m_news->clearNote();
    showQuirks();
    m_sampler->start();
}

QString LabPage::summary() const
{
    const QString end = m_schedule.verdict == Verdict::Succeeded ? tr("done") : verdictText(m_schedule.verdict);
    return sendsText(m_schedule.sends) +
           tr(" · %1 after %2 · seed %3").arg(end, shortBounds(m_schedule.total)).arg(seed());
}

void LabPage::sampleNow()
{
    m_sampler->stop();
    sample();
}

void LabPage::sample()
{
    const Distribution distribution =
        sampleTotals(policy(), m_script, Runs, static_cast<quint64>(m_seed->value()), QDateTime::currentDateTimeUtc());
    m_histogram->setDistribution(distribution);
    m_distributionTitle->setText(tr("Total wait, %1 runs").arg(locale().toString(Runs)));
    m_distributionText->setText(HistogramWidget::summary(distribution));
}

void LabPage::showQuirks()
{
    QString text;
    for (const QString &quirk : policy().quirks)
        text += (text.isEmpty() ? QStringLiteral("• ") : QStringLiteral("\n• ")) + quirk;
    if (m_form->isChanged() && !text.isEmpty())
        text.prepend(tr("Of the policy as documented; you have changed it.") + QLatin1Char('\n'));
    m_quirkText->setText(text);
    m_quirks->setVisible(!text.isEmpty());
}

} // namespace errata
