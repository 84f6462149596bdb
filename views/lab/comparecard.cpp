#include "views/lab/comparecard.h"

#include "views/lab/comparelanes.h"
#include "views/lab/distributioncard.h"
#include "views/timeline/timeaxis.h"
#include "views/widgets/figuretable.h"
#include "views/widgets/labels.h"
#include "views/widgets/savebutton.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>

namespace errata {

namespace {

QVariant comparisonWord(const QModelIndex &index)
{
    const QVariant value = index.data();
    switch (index.column()) {
    case PolicyComparisonModel::PolicyColumn:
        return QStringLiteral("%1  %2").arg(QChar(u'A' + index.row())).arg(value.toString());
    case PolicyComparisonModel::SendsColumn:
        return value.isValid() ? QString::number(value.toDouble(), 'g', 3) : QStringLiteral("…");
    case PolicyComparisonModel::SucceededColumn:
        return value.isValid() ? QString::number(value.toDouble() * 100, 'g', 3) + QStringLiteral(" %")
                               : QStringLiteral("…");
    case PolicyComparisonModel::PeakColumn:
        return value.isValid() ? QLocale().toString(value.toLongLong()) : QStringLiteral("…");
    default:
        return value.isValid() ? shortTime(Millis(value.toDouble())) : QStringLiteral("…");
    }
}

/// Lanes' colours in front of their names.
class ColouredWords : public WordsModel
{
public:
    ColouredWords(QAbstractItemModel *source, const QWidget *view, QObject *parent)
        : WordsModel(source, comparisonWord, PolicyComparisonModel::SendsColumn, parent), m_view(view)
    {
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == Qt::DecorationRole && index.column() == PolicyComparisonModel::PolicyColumn)
            return laneColour(Theme::of(m_view->palette()), index.row());
        return WordsModel::data(index, role);
    }

private:
    const QWidget *m_view;
};

using Rows = std::vector<ComparedPolicy>;

void take(ComparedPolicy &row, const Sample &sample)
{
    row.sends = sample.meanSends();
    row.succeeded = sample.share(Verdict::Succeeded);
    row.mean = sample.totals.mean;
    row.p50 = sample.totals.p50;
    row.p95 = sample.totals.p95;
    row.p99 = sample.totals.p99;
}

std::optional<Rows> compare(const std::vector<RetryPolicy> &policies, Rows rows, SampleTask task,
                            const HerdScenario &scenario, const JobFlag &flag, const std::function<void(Rows)> &soFar)
{
    for (std::size_t i = 0; i < policies.size(); ++i) {
        task.policy = policies[i];
        const auto sample = sampleTask(task, flag, {});
        if (!sample)
            return std::nullopt;
        take(rows[i], *sample);
        soFar(rows);
    }
    for (std::size_t i = 0; i < policies.size(); ++i) {
        const auto herd = simulateHerd(policies[i], scenario, task.seed, [&flag](int) { return !flag.isCancelled(); });
        if (!herd)
            return std::nullopt;
        rows[i].peak = herd->peakPerSecond;
        soFar(rows);
    }
    return rows;
}

} // namespace

CompareCard::CompareCard(QWidget *parent)
    : Card(parent)
    , m_model(new PolicyComparisonModel(this))
    , m_lanes(new CompareLanes(this))
    , m_state(mutedText({}, this))
    , m_logarithmic(new QCheckBox(tr("log"), this))
{
    auto *row = new QHBoxLayout;
    auto *title = new QLabel(tr("Compared"), this);
    title->setFont(scaled(title->font(), 1.0, QFont::Bold));
    m_logarithmic->setAccessibleName(tr("Logarithmic axis of the comparison"));
    m_logarithmic->setToolTip(tr("A logarithmic axis: milliseconds and minutes in one picture"));
    auto *save = new SaveButton(
        tr("the comparison"), QStringLiteral("retry-comparison"),
        [this](PictureKind kind) { return m_lanes->picture(kind); }, [this] { return csv(*m_model); }, this);
    connect(save, &SaveButton::saveRequested, this, &CompareCard::saveRequested);
    connect(m_logarithmic, &QCheckBox::toggled, m_lanes, &CompareLanes::setLogarithmic);
    row->addWidget(title);
    row->addStretch();
    row->addWidget(m_logarithmic);
    row->addWidget(save);
    body()->addLayout(row);
    body()->addWidget(m_lanes);
    auto *table = new FigureTable(new ColouredWords(m_model, this, this), tr("Policies compared, as a table"), this);
    table->setMostRows(4);
    table->horizontalHeader()->setStretchLastSection(false);
    table->horizontalHeader()->setSectionResizeMode(PolicyComparisonModel::PolicyColumn, QHeaderView::Stretch);
    table->horizontalHeader()->setMinimumSectionSize(48);
    body()->addWidget(table);
    body()->addWidget(m_state);
}

bool CompareCard::isLogarithmic() const
{
    return m_logarithmic->isChecked();
}

void CompareCard::setLogarithmic(bool isLogarithmic)
{
    m_logarithmic->setChecked(isLogarithmic);
}

void CompareCard::start(const std::vector<RetryPolicy> &policies, const std::vector<std::vector<Attempt>> &schedules,
                        const SampleTask &task, const LoadSetup &load)
{
    std::vector<CompareLane> lanes;
    Rows rows;
    lanes.reserve(policies.size());
    rows.reserve(policies.size());
    for (std::size_t i = 0; i < policies.size(); ++i) {
        lanes.push_back({policies[i].name, schedules[i]});
        ComparedPolicy row;
        row.id = policies[i].id;
        row.name = policies[i].name;
        rows.push_back(row);
    }
    m_lanes->setLanes(std::move(lanes));
    m_model->setRows(rows);
    SampleTask shared = task;
    shared.runs = Runs;
    LoadSetup herd = load;
    if (herd.kind != LoadSetup::Kind::Herd)
        herd = LoadSetup();
    const HerdScenario scenario = herdScenario(herd, task.outcomes, task.wallTime);
    m_state->setText(tr("Sampling %1 runs of each …").arg(QLocale().toString(Runs)));
    m_job.start(
        [policies, rows, shared, scenario](const JobFlag &flag, const auto &soFar) {
            return compare(policies, rows, shared, scenario, flag, soFar);
        },
        [this](Rows soFar) { m_model->setRows(std::move(soFar)); },
        [this, clients = scenario.clients](Rows all) {
            m_model->setRows(std::move(all));
            m_state->setText(tr("%1 runs of each; peak of %2 clients under the load simulated here")
                                 .arg(QLocale().toString(Runs), QLocale().toString(clients)));
            Q_EMIT finished();
        });
}

} // namespace errata
