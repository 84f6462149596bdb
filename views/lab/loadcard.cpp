#include "views/lab/loadcard.h"

#include "views/lab/chartview.h"
#include "views/lab/scenarioform.h"
#include "views/timeline/timeaxis.h"
#include "views/timeline/timescale.h"
#include "views/widgets/figuretable.h"
#include "views/widgets/figurewords.h"
#include "views/widgets/labels.h"
#include "views/widgets/savebutton.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

constexpr double Second = 1000;
constexpr int MostPoints = 300;
constexpr int CurvePoints = 12;

QString count(qint64 number)
{
    return QLocale().toString(number);
}

/// How a second's window moves over the bins.
class SlidingSecond
{
public:
    SlidingSecond(const std::vector<Herd::Bin> &bins, Millis binWidth) : m_bins(bins), m_width(binWidth) {}

    /// Bins that begin in the second that ends at \a end; never back.
    const LoadPoint &until(Millis end)
    {
        while (m_in < m_bins.size() && m_bins[m_in].start < end)
            add(m_bins[m_in++], 1);
        while (m_out < m_in && m_bins[m_out].start + m_width / 2 <= end - Millis(Second))
            add(m_bins[m_out++], -1);
        m_sum.at = end;
        m_sum.waiting = m_in > m_out ? m_bins[m_in - 1].waiting : 0;
        return m_sum;
    }

private:
    void add(const Herd::Bin &bin, qint64 sign)
    {
        m_sum.sent += sign * bin.requests;
        m_sum.served += sign * bin.served;
        m_sum.refused += sign * bin.refused;
    }

    const std::vector<Herd::Bin> &m_bins;
    Millis m_width;
    std::size_t m_in = 0;
    std::size_t m_out = 0;
    LoadPoint m_sum;
};

} // namespace

std::vector<LoadPoint> loadOverTime(const Herd &herd, int most)
{
    if (herd.series.empty())
        return {};
    const Millis end = herd.series.back().start + herd.binWidth + Millis(Second);
    const Millis step = std::max(herd.binWidth, Millis(std::ceil(end / most / herd.binWidth) * herd.binWidth.count()));
    SlidingSecond second(herd.series, herd.binWidth);
    std::vector<LoadPoint> points{LoadPoint{}};
    // Within a step the fullest second counts: peaks are what the picture is for.
    for (Millis from{0}; from < end; from += step) {
        LoadPoint fullest;
        for (Millis at = from + herd.binWidth; at <= from + step + herd.binWidth / 2; at += herd.binWidth) {
            const LoadPoint &point = second.until(at);
            if (point.sent >= fullest.sent)
                fullest = point;
        }
        fullest.at = from + step;
        points.push_back(fullest);
    }
    return points;
}

QString herdStateText(HerdState state)
{
    switch (state) {
    case HerdState::Unlimited:
        return LoadCard::tr("the server takes any load");
    case HerdState::Calm:
        return LoadCard::tr("calm: never above the capacity");
    case HerdState::Recovered:
        return LoadCard::tr("recovers: the load was above the capacity and went down again");
    case HerdState::Overloaded:
        return LoadCard::tr("overloaded: new clients alone are more than the capacity");
    case HerdState::Metastable:
        return LoadCard::tr("metastable: the trigger has gone, retries alone keep the load above the capacity");
    }
    return {};
}

QString herdSummary(const Herd &herd, const LoadSetup &load)
{
    QStringList parts{
        LoadCard::tr("%1 clients").arg(count(herd.clients)), LoadCard::tr("peak %1/s").arg(count(herd.peakPerSecond)),
        LoadCard::tr("%1 × amplification").arg(QString::number(herd.amplification, 'f', 1)),
        LoadCard::tr("%1 % succeed").arg(QString::number(100.0 * herd.succeeded / std::max(1, herd.clients), 'f', 1))};
    if (load.capacity && herd.state != HerdState::Calm) {
        if (!herd.recovery)
            parts << LoadCard::tr("does not recover while clients come");
        else
            parts << (load.outageLength.count() > 0
                          ? LoadCard::tr("recovers %1 after the outage").arg(shortTime(*herd.recovery))
                          : LoadCard::tr("recovers after %1").arg(shortTime(*herd.recovery)));
    }
    if (herd.inVain > 0)
        parts << LoadCard::tr("%1 answers came too late").arg(count(herd.inVain));
    return parts.join(QStringLiteral(" · "));
}

LoadCard::LoadCard(QWidget *parent) : Card(parent), m_model(new FiguresModel(this))
{
    buildHead();
    m_form = new ScenarioForm(this);
    body()->addWidget(m_form);
    connect(m_form, &ScenarioForm::loadChanged, this, &LoadCard::loadChanged);
    buildViews();
}

void LoadCard::buildHead()
{
    auto *row = new QHBoxLayout;
    auto *title = new QLabel(tr("Load on the server"), this);
    title->setFont(scaled(title->font(), 1.0, QFont::Bold));
    m_tabs = new QTabBar(this);
    m_tabs->addTab(tr("Chart"));
    m_tabs->addTab(tr("Table"));
    m_tabs->setDrawBase(false);
    m_tabs->setAccessibleName(tr("Load as"));
    m_stop = new QPushButton(tr("Stop"), this);
    m_stop->setAccessibleName(tr("Stop the simulation of the load"));
    m_stop->hide();
    auto *save = new SaveButton(
        tr("the load"), QStringLiteral("retry-load"), [this](PictureKind kind) { return m_chart->picture(kind); },
        [this] { return csv(*m_model); }, this);
    connect(save, &SaveButton::saveRequested, this, &LoadCard::saveRequested);
    connect(m_stop, &QPushButton::clicked, this, &LoadCard::cancel);
    row->addWidget(title);
    row->addStretch();
    row->addWidget(m_stop);
    row->addWidget(m_tabs);
    row->addWidget(save);
    body()->addLayout(row);
}

void LoadCard::buildViews()
{
    m_chart = new ChartView(tr("Load on the server over time"), this);
    m_queue = m_chart->addArea([](const Theme &theme) { return theme.wait.ground; });
    m_served = m_chart->addLine([](const Theme &theme) { return theme.yes.ink; }, 1.5, Qt::DotLine);
    m_sent = m_chart->addLine([](const Theme &theme) { return theme.no.ink; }, 2);
    m_chart->setEmptyText(tr("Nothing has been simulated yet."));
    m_chart->setHoverText([this](double at) { return hoverText(at); });
    auto *table = new FigureTable(new WordsModel(m_model, figureWord, 0, this), tr("Load as a table"), this);
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

const LoadSetup &LoadCard::load() const
{
    return m_form->load();
}

void LoadCard::setLoad(const LoadSetup &load)
{
    m_form->setLoad(load);
}

QString LoadCard::text() const
{
    return m_text->text();
}

void LoadCard::start(const RetryPolicy &policy, const RandomOutcomes &outcomes, quint64 seed, const QDateTime &wallTime)
{
    m_job.cancel();
    m_contentionJob.cancel();
    m_stop->show();
    if (load().kind == LoadSetup::Kind::Herd)
        startHerd(policy, herdScenario(load(), outcomes, wallTime), seed);
    else
        startContention(policy, seed);
}

void LoadCard::cancel()
{
    m_job.cancel();
    m_contentionJob.cancel();
    m_stop->hide();
    m_more->setText(tr("Stopped by you: what is shown is of before."));
    Q_EMIT finished();
}

void LoadCard::startHerd(const RetryPolicy &policy, const HerdScenario &scenario, quint64 seed)
{
    m_job.start(
        [=](const JobFlag &flag) -> std::optional<HerdLoad> {
            auto herd = simulateHerd(policy, scenario, seed, [&flag](int) { return !flag.isCancelled(); });
            if (!herd || flag.isCancelled())
                return {};
            std::vector<LoadPoint> points = loadOverTime(*herd, MostPoints);
            return HerdLoad{std::move(*herd), std::move(points)};
        },
        [this](std::optional<HerdLoad> load) {
            m_stop->hide();
            if (!load)
                return;
            m_herd = std::move(load->herd);
            m_points = std::move(load->points);
            showHerd();
            Q_EMIT finished();
        });
}

void LoadCard::startContention(const RetryPolicy &policy, quint64 seed)
{
    m_job.cancel();
    m_herd.reset();
    const int clients = load().clients;
    m_contentionJob.start(
        [backoff = policy.backoff, clients, seed](const JobFlag &flag) -> std::optional<ContentionCurve> {
            ContentionCurve curve;
            curve.reserve(CurvePoints);
            for (int i = 1; i <= CurvePoints; ++i) {
                ContentionScenario scenario;
                scenario.clients = std::max(1, clients * i / CurvePoints);
                scenario.backoff = backoff;
                ContentionPoint point{scenario.clients, simulateContention(scenario, seed), {}};
                if (flag.isCancelled())
                    return std::nullopt;
                scenario.waits = false;
                point.without = simulateContention(scenario, seed);
                if (flag.isCancelled())
                    return std::nullopt;
                curve.push_back(point);
            }
            return curve;
        },
        [this](std::optional<ContentionCurve> curve) {
            m_stop->hide();
            if (!curve)
                return;
            showContention(*curve);
            Q_EMIT finished();
        });
}

void LoadCard::showHerd()
{
    QList<QPointF> sent;
    QList<QPointF> served;
    QList<QPointF> queue;
    std::vector<std::vector<QVariant>> rows;
    rows.reserve(m_points.size());
    double most = load().capacity.value_or(0);
    for (const LoadPoint &point : m_points) {
        const double at = point.at.count();
        sent << QPointF(at, static_cast<double>(point.sent));
        served << QPointF(at, static_cast<double>(point.served));
        queue << QPointF(at, point.waiting);
        most = std::max({most, static_cast<double>(point.sent), static_cast<double>(point.waiting)});
        rows.push_back({at, point.sent, point.served, point.refused, point.waiting});
    }
    using Kind = FigureColumn::Kind;
    m_model->setFigures({{tr("Until"), Kind::Time},
                         {tr("Sent a second"), Kind::Count},
                         {tr("Served"), Kind::Count},
                         {tr("Refused"), Kind::Count},
                         {tr("In the queue"), Kind::Count}},
                        std::move(rows));
    const double end = m_points.empty() ? Second : m_points.back().at.count();
    m_queue->replace(queue);
    m_served->replace(served);
    m_sent->replace(sent);
    m_chart->setEmptyText({});
    m_chart->setAccessibleName(tr("Load on the server over time"));
    m_chart->setRange(0, end, most * 1.06);
    m_chart->setMarks({});
    constexpr int mostTicks = 6;
    std::vector<ChartView::Mark> ticks;
    for (const TimeScale::Tick &tick : TimeScale(Millis(end), Millis(1), {}).ticks(mostTicks))
        ticks.push_back({tick.at.count(), tick.label});
    m_chart->setTicks(std::move(ticks));
    std::vector<ChartView::Mark> levels;
    if (load().capacity)
        levels.push_back({*load().capacity, tr("capacity %1/s").arg(count(std::llround(*load().capacity)))});
    m_chart->setLevels(std::move(levels));
    if (load().outageLength.count() > 0)
        m_chart->setSpan(load().outageFrom.count(), (load().outageFrom + load().outageLength).count(), tr("outage"));
    else
        m_chart->clearSpan();
    const QString text = herdSummary(*m_herd, load());
    m_text->setText(text);
    m_chart->setAccessibleDescription(text);
    m_more->setText(tr("%1. Line: sent in each second; dots: served.").arg(herdStateText(m_herd->state)));
}

void LoadCard::showContention(const ContentionCurve &curve)
{
    m_points.clear();
    QList<QPointF> with;
    QList<QPointF> without;
    std::vector<std::vector<QVariant>> rows;
    rows.reserve(curve.size());
    double most = 1;
    for (const ContentionPoint &point : curve) {
        with << QPointF(point.clients, static_cast<double>(point.with.writes));
        without << QPointF(point.clients, static_cast<double>(point.without.writes));
        most = std::max({most, static_cast<double>(point.with.writes), static_cast<double>(point.without.writes)});
        rows.push_back({point.clients, point.with.writes, point.with.completion.count(), point.without.writes,
                        point.without.completion.count()});
    }
    using Kind = FigureColumn::Kind;
    m_model->setFigures({{tr("Clients"), Kind::Count},
                         {tr("Writes"), Kind::Count},
                         {tr("Done after"), Kind::Time},
                         {tr("Writes without backoff"), Kind::Count},
                         {tr("Done after"), Kind::Time}},
                        std::move(rows));
    m_queue->clear();
    m_sent->replace(with);
    m_served->replace(without);
    const ContentionPoint &last = curve.back();
    m_chart->setEmptyText({});
    m_chart->setAccessibleName(tr("Writes over the number of clients"));
    m_chart->setRange(0, last.clients, most * 1.06);
    m_chart->setTicks({{0, QStringLiteral("0")},
                       {last.clients / 2.0, count(last.clients / 2)},
                       {static_cast<double>(last.clients), tr("%1 clients").arg(count(last.clients))}});
    m_chart->setMarks({});
    m_chart->setLevels({});
    m_chart->clearSpan();
    m_text->setText(tr("%1 clients · %2 writes, done after %3 · without backoff %4 writes, done after %5")
                        .arg(count(last.clients), count(last.with.writes), shortTime(last.with.completion),
                             count(last.without.writes), shortTime(last.without.completion)));
    m_chart->setAccessibleDescription(m_text->text());
    m_more->setText(tr("Every client wants one write to the same row; a write fails where another came first. "
                       "Line: writes with this backoff; dots: without any."));
}

QString LoadCard::hoverText(double at) const
{
    const auto point =
        std::find_if(m_points.begin(), m_points.end(), [at](const LoadPoint &other) { return other.at.count() >= at; });
    if (point == m_points.end())
        return {};
    QString text = tr("in the second before %1\n%2 sent, %3 served, %4 refused")
                       .arg(exactTime(point->at), count(point->sent), count(point->served), count(point->refused));
    if (point->waiting > 0)
        text += tr("\n%1 in the queue").arg(count(point->waiting));
    return text;
}

} // namespace errata
