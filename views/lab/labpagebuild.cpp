// How the lab's page is put together.
#include "views/lab/comparecard.h"
#include "views/lab/distributioncard.h"
#include "views/lab/headerbench.h"
#include "views/lab/labpage.h"
#include "views/lab/livecard.h"
#include "views/lab/loadcard.h"
#include "views/lab/presetbox.h"
#include "views/lab/schedulecard.h"
#include "views/lab/scriptedit.h"
#include "views/lab/sidebyside.h"
#include "views/timeline/timelinewidget.h"
#include "views/widgets/card.h"
#include "views/widgets/flowlayout.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"
#include "views/widgets/panel.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTimer>

#include <chrono>

namespace errata {

namespace {

constexpr QLatin1String FirstScript("503, 503, 429:4, 200");

/// Long enough that a held arrow key or a dragged slider samples only, short enough to look immediate.
constexpr std::chrono::milliseconds SlowDelay{150};

/// Two charts beside each other need so many pixels.
constexpr int LeastForTwo = 720;

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

} // namespace

LabPage::LabPage(std::vector<RetryPolicy> presets, QWidget *parent)
    : QWidget(parent)
    , m_form(new PolicyForm(std::move(presets), this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_pause(new QTimer(this))
{
    m_pause->setSingleShot(true);
    m_pause->setInterval(SlowDelay);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(buildLeft());
    m_splitter->addWidget(buildRight());
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({290, 900});
    connectCards();
    addShortcuts();
    m_scriptField->setText(FirstScript);
}

QWidget *LabPage::buildLeft()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(3 * Step, 4 * Step, 3 * Step, 2 * Step);
    column->addWidget(m_form);
    buildCompared(column);
    column->addStretch();
    // The script stays in sight while the form scrolls.
    auto *script = new Panel(QPalette::Window, Qt::TopEdge);
    auto *scriptColumn = new QVBoxLayout(script);
    scriptColumn->setContentsMargins(3 * Step, 2 * Step, 3 * Step, 3 * Step);
    scriptColumn->setSpacing(Step);
    buildScript(scriptColumn);
    auto *pane = new QWidget;
    auto *whole = new QVBoxLayout(pane);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(scrolled(content, tr("Policy")), 1);
    whole->addWidget(script);
    pane->setMinimumWidth(264);
    return pane;
}

void LabPage::buildScript(QVBoxLayout *column)
{
    column->addWidget(sectionTitle(tr("Server script"), this));
    m_scriptField = new ScriptEdit(this);
    m_scriptField->setFont(fixedFont(font()));
    m_scriptField->setProperty("well", true);
    m_scriptField->setAccessibleName(tr("Server script"));
    m_scriptField->setToolTip(tr("What the server answers, attempt by attempt; the last one repeats for ever:\n"
                                 "503   429:2   429:'Wed, 21 Oct 2026 07:28:00 GMT'   500[x-should-retry: false]\n"
                                 "UNAVAILABLE   timeout   reset   dns   bad-body   503@120 (after 120 ms)\n"
                                 "503*0.3 | 200*0.7 (three in ten fail)   200@80~0.5s (log-normal latency)\n"
                                 "Ctrl+Space lists all words."));
    m_scriptNote = new NoteLine(this);
    column->addWidget(m_scriptField);
    column->addWidget(m_scriptNote);
    column->addWidget(mutedText(tr("503 · 429:2 · timeout · 503@120 · 503*0.3|200: the last repeats"), this));
}

void LabPage::buildCompared(QVBoxLayout *column)
{
    column->addSpacing(3 * Step);
    column->addWidget(sectionTitle(tr("Compare with"), this));
    m_comparedList = new QVBoxLayout;
    m_comparedList->setSpacing(Step);
    column->addLayout(m_comparedList);
    m_comparedBox = new PresetBox(tr("Add a policy to compare with"), this);
    m_comparedBox->setPolicies(m_form->presets());
    m_comparedBox->setCurrentIndex(-1);
    column->addWidget(m_comparedBox);
    connect(m_comparedBox, &PresetBox::presetChosen, this, [this](const QString &id) {
        setCompared(m_compared + QStringList(id));
        m_comparedBox->setCurrentIndex(-1);
        m_comparedBox->clearEditText();
    });
}

QWidget *LabPage::buildRight()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(4 * Step, 4 * Step, 4 * Step, 4 * Step);
    column->setSpacing(3 * Step);
    m_scheduleCard = new ScheduleCard(content);
    m_live = new LiveCard(content);
    m_live->hide();
    m_compare = new CompareCard(content);
    m_compare->hide();
    auto *charts = new SideBySide(LeastForTwo, content);
    m_distribution = new DistributionCard(charts);
    m_load = new LoadCard(charts);
    charts->addWidget(m_distribution);
    charts->addWidget(m_load);
    m_bench = new HeaderBench(m_form->presets(), content);
    column->addWidget(m_scheduleCard);
    column->addWidget(m_live);
    column->addWidget(buildButtons());
    column->addWidget(m_compare);
    column->addWidget(charts);
    column->addWidget(buildFindings());
    column->addWidget(m_bench);
    column->addStretch();
    m_scroll = scrolled(content, tr("Schedule, charts and findings"));
    return m_scroll;
}

QWidget *LabPage::buildFindings()
{
    auto *card = new Card([](const Theme &theme) { return theme.wait; }, this);
    auto *title = new QLabel(tr("What this policy does that you may not expect"), card);
    title->setFont(scaled(title->font(), 1.0, QFont::Bold));
    title->setWordWrap(true);
    card->body()->addWidget(title);
    m_findingText = bodyText({}, card);
    card->body()->addWidget(m_findingText);
    m_findings = card;
    return card;
}

QWidget *LabPage::buildButtons()
{
    auto *row = new QWidget(this);
    auto *flow = new FlowLayout(row);
    auto *live = primaryButton(tr("Run it live"), row);
    m_liveButton = live;
    live->setToolTip(tr("Opens what is sent; nothing is sent yet"));
    auto *code = new QPushButton(tr("Copy as code"), row);
    m_codeMenu = new QMenu(code);
    code->setMenu(m_codeMenu);
    fillPrograms();
    auto *copy = new QPushButton(tr("Copy as table"), row);
    auto *share = new QPushButton(tr("Share"), row);
    share->setMenu(buildShareMenu());
    auto *bench = new QPushButton(tr("Header bench"), row);
    bench->setToolTip(tr("What each client makes of a Retry-After"));
    m_news = new NoteLine(row);
    for (QWidget *widget :
         {static_cast<QWidget *>(live), static_cast<QWidget *>(code), static_cast<QWidget *>(copy),
          static_cast<QWidget *>(share), static_cast<QWidget *>(bench), static_cast<QWidget *>(m_news)})
        flow->addWidget(widget);
    connect(live, &QPushButton::clicked, this, &LabPage::showLive);
    connect(bench, &QPushButton::clicked, this, &LabPage::showHeaderBench);
    connect(copy, &QPushButton::clicked, this, [this] {
        const QString said = tr("Copied: the schedule as a table.");
        Q_EMIT copyRequested(m_scheduleCard->tableText(), said);
        m_news->showHint(said);
    });
    return row;
}

QMenu *LabPage::buildShareMenu()
{
    auto *menu = new QMenu(this);
    connect(menu->addAction(tr("Copy a link to this setup")), &QAction::triggered, this, [this] {
        const QString said = tr("Copied: a link to this setup; paste it into the lab.");
        Q_EMIT copyRequested(labLink(setup(), m_form->presets()), said);
        m_news->showHint(said);
    });
    connect(menu->addAction(tr("Open the link on the clipboard")), &QAction::triggered, this, &LabPage::pasteLink);
    menu->addSeparator();
    connect(menu->addAction(tr("Save this setup (JSON)")), &QAction::triggered, this,
            [this] { Q_EMIT saveRequested(labSetupJson(setup()), QStringLiteral("retry-lab.json")); });
    connect(menu->addAction(tr("Open a setup or a policy (JSON) …")), &QAction::triggered, this,
            &LabPage::openRequested);
    return menu;
}

void LabPage::addShortcuts()
{
    const auto add = [this](const QString &text, const QKeySequence &keys, const std::function<void()> &run) {
        auto *action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
    };
    add(tr("Take back the last change of the policy"), QKeySequence::Undo, [this] { m_form->undo(); });
    add(tr("Change the policy again"), QKeySequence::Redo, [this] { m_form->redo(); });
    add(tr("Another throw of chance"), QKeySequence(Qt::CTRL | Qt::Key_R), [this] { setSeed(seed() + 1); });
    add(tr("Run the policy live"), QKeySequence(Qt::CTRL | Qt::Key_L), [this] { showLive(); });
    add(tr("Header bench"), QKeySequence(Qt::CTRL | Qt::Key_H), [this] { showHeaderBench(); });
}

void LabPage::connectCards()
{
    connect(m_form, &PolicyForm::policyChanged, this, &LabPage::runAgain);
    connect(m_scriptField, &ScriptEdit::textChanged, this, &LabPage::readScript);
    connect(m_scheduleCard, &ScheduleCard::seedChanged, this, &LabPage::runAgain);
    connect(m_pause, &QTimer::timeout, this, &LabPage::runSlow);
    connect(m_load, &LoadCard::loadChanged, this, [this] { m_pause->start(); });
    connect(m_live, &LiveCard::nowChanged, m_scheduleCard, [this](Millis now) { m_scheduleCard->setNow(now); });
    connect(m_live, &LiveCard::closeRequested, this, [this] {
        const bool hadFocus = m_live->isAncestorOf(QApplication::focusWidget());
        closeLive();
        m_live->hide();
        m_liveButton->show();
        if (hadFocus)
            m_liveButton->setFocus();
    });
    connect(m_scheduleCard, &ScheduleCard::saveRequested, this, &LabPage::saveRequested);
    connect(m_distribution, &DistributionCard::saveRequested, this, &LabPage::saveRequested);
    connect(m_load, &LoadCard::saveRequested, this, &LabPage::saveRequested);
    connect(m_compare, &CompareCard::saveRequested, this, &LabPage::saveRequested);
    connect(m_bench, &HeaderBench::saveRequested, this, &LabPage::saveRequested);
    connect(m_bench, &HeaderBench::copyRequested, this, &LabPage::copyRequested);
}

} // namespace errata
