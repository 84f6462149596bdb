#include "views/lab/distributioncard.h"

#include "views/lab/chartview.h"
#include "views/timeline/timeaxis.h"
#include "views/widgets/figuretable.h"
#include "views/widgets/labels.h"
#include "views/widgets/savebutton.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace errata {

namespace {

/// Of a bar's room, left free so that bars are told apart.
constexpr double Gap = 0.12;
/// Places at which the exact line is drawn.
constexpr int LinePoints = 240;
/// A share at one time that is worth a stem of its own.
constexpr double LeastAtom = 1e-4;
constexpr std::chrono::milliseconds ExactDelay{120};

QString percent(double share)
{
    return QString::number(share * 100, 'g', 3) + QStringLiteral(" %");
}

QString formText(ClosedForm form)
{
    switch (form) {
    case ClosedForm::Fixed:
        return DistributionCard::tr("nothing is left to chance");
    case ClosedForm::SumOfUniforms:
        return DistributionCard::tr("a sum of uniform waits");
    case ClosedForm::Decorrelated:
        return DistributionCard::tr("decorrelated waits, one after the other");
    case ClosedForm::Telescoping:
        return DistributionCard::tr("Polly's differences leave one uniform number");
    case ClosedForm::Mixture:
        return DistributionCard::tr("one law for each course of events");
    }
    return {};
}

QVariant histogramWord(const QModelIndex &index)
{
    const QVariant value = index.data();
    if (!value.isValid())
        return value;
    switch (index.column()) {
    case HistogramModel::FromColumn:
    case HistogramModel::ToColumn:
        return exactTime(Millis(value.toDouble()));
    case HistogramModel::ShareColumn:
    case HistogramModel::ExactColumn:
        return percent(value.toDouble());
    default:
        return value;
    }
}

} // namespace

std::optional<Sample> sampleTask(const SampleTask &task, const JobFlag &flag, const std::function<void(Sample)> &soFar)
{
    SampleOptions options;
    options.runs = task.runs;
    options.seed = task.seed;
    options.wallTime = task.wallTime;
    options.isCancelled = [&flag] { return flag.isCancelled(); };
    return sampleRuns(task.policy, task.outcomes, options, [&](const Sample &sample) {
        if (soFar)
            soFar(sample);
        return !flag.isCancelled();
    });
}

DistributionCard::DistributionCard(QWidget *parent)
    : Card(parent), m_pause(new QTimer(this)), m_model(new HistogramModel(this))
{
    m_pause->setSingleShot(true);
    m_pause->setInterval(ExactDelay);
    connect(m_pause, &QTimer::timeout, this, &DistributionCard::startExact);
    buildHead();
    buildViews();
}

void DistributionCard::buildHead()
{
    auto *head = new QHBoxLayout;
    m_title = new QLabel(this);
    m_title->setFont(scaled(m_title->font(), 1.0, QFont::Bold));
    m_tabs = new QTabBar(this);
    m_tabs->addTab(tr("Chart"));
    m_tabs->addTab(tr("Table"));
    m_tabs->setDrawBase(false);
    m_tabs->setAccessibleName(tr("Distribution as"));
    auto *save = new SaveButton(
        tr("the distribution"), QStringLiteral("retry-distribution"),
        [this](PictureKind kind) { return m_chart->picture(kind); }, [this] { return csv(*m_model); }, this);
    connect(save, &SaveButton::saveRequested, this, &DistributionCard::saveRequested);
    head->addWidget(m_title);
    head->addStretch();
    head->addWidget(m_tabs);
    head->addWidget(save);
    body()->addLayout(head);
    body()->addWidget(buildLine());
}

QWidget *DistributionCard::buildLine()
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    m_progress = mutedText({}, line);
    m_stop = new QPushButton(tr("Stop"), line);
    m_stop->setToolTip(tr("Stop sampling; what there is stays"));
    // Its place stays when it goes: nothing moves.
    QSizePolicy kept = m_stop->sizePolicy();
    kept.setRetainSizeWhenHidden(true);
    m_stop->setSizePolicy(kept);
    m_stop->hide();
    m_logarithmic = new QCheckBox(tr("log"), line);
    m_logarithmic->setAccessibleName(tr("Logarithmic axis of the distribution"));
    m_logarithmic->setToolTip(tr("A logarithmic axis of time: a long tail is seen whole"));
    connect(m_stop, &QPushButton::clicked, this, &DistributionCard::cancel);
    connect(m_logarithmic, &QCheckBox::toggled, this, &DistributionCard::showFigures);
    row->addWidget(m_progress, 1);
    row->addWidget(m_stop);
    row->addWidget(m_logarithmic);
    return line;
}

void DistributionCard::buildViews()
{
    m_chart = new ChartView(tr("Total wait over many runs"), this);
    m_bars = m_chart->addArea([](const Theme &theme) { return theme.accent; });
    m_line = m_chart->addLine([](const Theme &theme) { return theme.text; }, 1.5);
    m_atoms = m_chart->addLine([](const Theme &theme) { return theme.no.ink; }, 2);
    m_chart->setEmptyText(tr("Nothing has been sampled yet."));
    m_chart->setHoverText([this](double place) { return hoverText(m_shown.axis.at(place)); });
    auto *words = new WordsModel(m_model, histogramWord, HistogramModel::FromColumn, this);
    auto *table = new FigureTable(words, tr("Total wait over many runs, as a table"), this);
    table->setMostRows(6);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_chart);
    m_stack->addWidget(table);
    body()->addWidget(m_stack);
    m_text = bodyText({}, this);
    m_more = mutedText({}, this);
    body()->addWidget(m_text);
    body()->addWidget(m_more);
    body()->addStretch();
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
}

void DistributionCard::start(const SampleTask &task)
{
    m_task = task;
    m_isWhole = false;
    m_exact.reset();
    m_job.start([task](const JobFlag &flag, const auto &soFar) { return sampleTask(task, flag, soFar); },
                [this](Sample sample) { takeSample(std::move(sample), false); },
                [this](Sample sample) { takeSample(std::move(sample), true); });
    m_exactJob.cancel();
    m_pause->start();
    m_stop->show();
}

bool DistributionCard::isWorking() const
{
    return m_job.isRunning() || m_exactJob.isRunning() || m_pause->isActive();
}

void DistributionCard::startExact()
{
    m_exactJob.start([task = m_task](const JobFlag &) { return exactTotal(task.policy, task.outcomes, task.wallTime); },
                     [this](std::optional<ExactDistribution> exact) {
                         m_exact = std::move(exact);
                         showFigures();
                         if (!isWorking())
                             Q_EMIT finished();
                     });
}

void DistributionCard::cancel()
{
    m_job.cancel();
    m_exactJob.cancel();
    m_pause->stop();
    showFigures();
    Q_EMIT finished();
}

void DistributionCard::takeSample(Sample sample, bool isLast)
{
    m_sample = std::move(sample);
    m_isWhole = isLast;
    showFigures();
    Q_EMIT refined();
    if (!isWorking())
        Q_EMIT finished();
}

void DistributionCard::showFigures()
{
    m_stop->setVisible(m_job.isRunning());
    if (!m_sample)
        return;
    showBars();
    showTexts();
}

bool DistributionCard::isLogarithmic() const
{
    return m_logarithmic->isChecked();
}

void DistributionCard::setLogarithmic(bool isLogarithmic)
{
    m_logarithmic->setChecked(isLogarithmic);
}

void DistributionCard::showBars()
{
    const Distribution &totals = m_sample->totals;
    m_shown = barsOf(totals, isLogarithmic());
    const bool isSingle = totals.max <= totals.min;
    const int tallest = std::max(1, *std::max_element(m_shown.runs.begin(), m_shown.runs.end()));
    QList<QPointF> outline;
    std::vector<HistogramBar> bars;
    outline.reserve(static_cast<qsizetype>(m_shown.runs.size()) * 4);
    bars.reserve(m_shown.runs.size());
    const double gap = m_shown.width() * Gap / 2;
    for (std::size_t i = 0; i < m_shown.runs.size(); ++i) {
        const int runs = m_shown.runs[i];
        HistogramBar bar{m_shown.edges[i], m_shown.edges[i + 1], runs, static_cast<double>(runs) / totals.runs, {}};
        const double left = m_shown.axis.place(bar.from) + gap;
        const double right = m_shown.axis.place(bar.to) - gap;
        outline << QPointF(left, 0) << QPointF(left, runs) << QPointF(right, runs) << QPointF(right, 0);
        if (isSingle)
            bar.from = bar.to = totals.min;
        if (m_exact)
            bar.exact = m_exact->cdf(bar.to) - (bars.empty() ? 0 : m_exact->cdf(bar.from));
        bars.push_back(bar);
    }
    m_bars->replace(outline);
    m_model->setBars(std::move(bars));
    m_chart->setEmptyText({});
    showAxis(tallest);
    showExact(tallest);
}

void DistributionCard::showAxis(double tallest)
{
    const Distribution &totals = m_sample->totals;
    const SampleAxis &axis = m_shown.axis;
    const bool isSingle = totals.max <= totals.min;
    // One time alone stands in the middle.
    const Millis room = isSingle ? (m_shown.to() - m_shown.from()) * 4 : Millis(0);
    const Millis from = m_shown.from() - room;
    const Millis to = m_shown.to() + room;
    m_chart->setRange(axis.place(from), axis.place(to), tallest * 1.04);
    constexpr int mostTicks = 5;
    std::vector<ChartView::Mark> ticks;
    for (const TimeScale::Tick &tick : axis.ticks(from, to, mostTicks))
        ticks.push_back({axis.place(tick.at), tick.label});
    m_chart->setTicks(std::move(ticks));
    if (isSingle)
        m_chart->setMarks({{axis.place(totals.min), tr("every run takes %1").arg(exactTime(totals.min))}});
    else
        m_chart->setMarks({{axis.place(totals.p50), QStringLiteral("p50")},
                           {axis.place(totals.p95), QStringLiteral("p95")},
                           {axis.place(totals.p99), QStringLiteral("p99")}});
}

void DistributionCard::showExact(double tallest)
{
    QList<QPointF> line;
    QList<QPointF> stems;
    const Distribution &totals = m_sample->totals;
    if (m_exact && totals.max > totals.min) {
        const SampleAxis &axis = m_shown.axis;
        const double first = axis.place(m_shown.from());
        const double step = (axis.place(m_shown.to()) - first) / LinePoints;
        const double scale = totals.runs * m_shown.width();
        line.reserve(LinePoints + 1);
        for (int i = 0; i <= LinePoints; ++i) {
            const double place = first + step * i;
            const Millis at = axis.at(place);
            line << QPointF(place, std::min(m_exact->density(at) * axis.stretch(at) * scale, tallest));
        }
        for (const ExactDistribution::Atom &atom : m_exact->atoms()) {
            if (atom.probability < LeastAtom || atom.at > m_shown.to())
                continue;
            const double place = axis.place(atom.at);
            const double top = std::min(atom.probability * totals.runs, tallest);
            stems << QPointF(place, 0) << QPointF(place, top) << QPointF(place, 0);
        }
    }
    m_line->replace(line);
    m_atoms->replace(stems);
}

void DistributionCard::showTexts()
{
    const Distribution &totals = m_sample->totals;
    m_title->setText(tr("Total wait, %1 runs").arg(locale().toString(totals.runs)));
    const QString text = summary(totals);
    m_text->setText(text);
    m_chart->setAccessibleDescription(text);
    QStringList more{
        tr("%1 sends a run · succeeds in %2 of runs")
            .arg(QString::number(m_sample->meanSends(), 'g', 3), percent(m_sample->share(Verdict::Succeeded)))};
    if (m_shown.beyond > 0)
        more << tr("%1 take longer than is shown, up to %2").arg(percent(m_shown.beyond), shortTime(totals.max));
    if (m_exact) {
        const QString how = formText(m_exact->form());
        more << (totals.max > totals.min ? tr("line: exact, mean %1 (%2)").arg(exactTime(m_exact->mean()), how)
                                         : tr("exactly %1: %2").arg(exactTime(m_exact->mean()), how));
        QStringList atoms;
        for (const ExactDistribution::Atom &atom : m_exact->atoms()) {
            if (atom.probability >= LeastAtom && atoms.size() < 3 && atom.probability < 1 - LeastAtom)
                atoms << tr("%1 at exactly %2").arg(percent(atom.probability), exactTime(atom.at));
        }
        if (!atoms.isEmpty())
            more << atoms.join(QStringLiteral(", "));
    }
    m_progress->setText(m_job.isRunning() ? tr("%1 more to come").arg(locale().toString(m_task.runs - totals.runs))
                        : m_isWhole       ? tr("until the caller is told")
                                          : tr("stopped by you"));
    m_more->setText(more.join(QStringLiteral(" · ")));
}

QString DistributionCard::summary(const Distribution &totals)
{
    return tr("mean %1 · p50 %2 · p95 %3 · p99 %4")
        .arg(exactTime(totals.mean), exactTime(totals.p50), exactTime(totals.p95), exactTime(totals.p99));
}

QString DistributionCard::hoverText(Millis time) const
{
    for (const HistogramBar &bar : m_model->bars()) {
        if (time < bar.from || time > bar.to)
            continue;
        QString text =
            tr("%1 to %2\n%3 runs, %4")
                .arg(exactTime(bar.from), exactTime(bar.to), locale().toString(bar.runs), percent(bar.share));
        if (bar.exact)
            text += tr("\nexactly %1").arg(percent(*bar.exact));
        return text;
    }
    return {};
}

} // namespace errata
