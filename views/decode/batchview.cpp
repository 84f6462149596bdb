#include "views/decode/batchview.h"

#include "models/base/limits.h"
#include "views/decode/failurehistogram.h"
#include "views/decode/findingtable.h"
#include "views/decode/tallychips.h"
#include "views/texts/texts.h"
#include "views/theme/theme.h"
#include "views/widgets/labels.h"
#include "views/widgets/noteline.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>

#include <algorithm>

namespace errata {

namespace {

/// Which of them is that; nothing when none is asked for.
template <typename Same>
std::optional<int> placeOf(const std::vector<Tally> &tallies, bool asked, const Same &same)
{
    const auto it = asked ? std::find_if(tallies.begin(), tallies.end(), same) : tallies.end();
    return it == tallies.end() ? std::nullopt : std::optional(static_cast<int>(it - tallies.begin()));
}

ExchangeFilter::Code codeOf(const Tally &tally)
{
    return {tally.api, tally.code};
}

} // namespace

BatchView::BatchView(QWidget *parent)
    : QWidget(parent), m_digest(std::make_shared<const Digest>()), m_model(new ExchangeModel)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * Step);
    buildHead(column);
    m_codes = new TallyChips(tr("Code"), this);
    m_hosts = new TallyChips(tr("Host"), this);
    connect(m_codes, &TallyChips::chipPressed, this, &BatchView::pressCode);
    connect(m_hosts, &TallyChips::chipPressed, this, &BatchView::pressHost);
    column->addWidget(m_codes);
    column->addWidget(m_hosts);
    buildChart(column);
    buildFilter(column);
    m_table = new FindingTable(m_model, this);
    m_model->setParent(m_table);
    m_none = new NoteLine(this);
    column->addWidget(m_table);
    column->addWidget(m_none);
    connect(m_table, &FindingTable::rowChosen, this, &BatchView::rowChosen);
    connect(m_table, &FindingTable::verdictWanted, this, &BatchView::verdictRequested);
}

void BatchView::buildHead(QVBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    m_summary = bodyText({}, this);
    m_summary->setFont(scaled(m_summary->font(), 1.0, QFont::Bold));
    m_all = new QCheckBox(tr("Show all exchanges"), this);
    m_all->setToolTip(tr("Lists those that went well, too, behind the failures"));
    connect(m_all, &QCheckBox::toggled, this, [this](bool all) {
        ExchangeFilter filter = m_table->filter();
        filter.all = all;
        apply(filter);
    });
    row->addWidget(m_summary, 1);
    row->addWidget(m_all);
    column->addLayout(row);
    m_more = mutedText({}, this);
    column->addWidget(m_more);
}

void BatchView::buildChart(QVBoxLayout *column)
{
    m_chart = new FailureHistogram(this);
    connect(m_chart, &FailureHistogram::binChosen, this, &BatchView::pressBin);
    m_twinLink = linkButton(tr("as text"), this);
    m_twinLink->setCheckable(true);
    m_twinLink->setAccessibleName(tr("Failures over time as text"));
    m_twin = fixedText({}, this);
    m_twin->hide();
    connect(m_twinLink, &QPushButton::toggled, this, [this](bool on) {
        m_twin->setText(m_chart->text());
        m_twin->setVisible(on);
    });
    auto *row = new QHBoxLayout;
    row->addWidget(m_chart, 1);
    row->addWidget(m_twinLink, 0, Qt::AlignTop);
    column->addLayout(row);
    column->addWidget(m_twin);
}

void BatchView::buildFilter(QVBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    m_text = new QLineEdit(this);
    m_text->setAccessibleName(tr("Filter"));
    m_text->setPlaceholderText(tr("Filter: code, host, status, words of the message"));
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString &text) {
        ExchangeFilter filter = m_table->filter();
        filter.text = text;
        apply(filter);
    });
    m_clear = linkButton(tr("Clear filter"), this);
    m_clear->setToolTip(tr("Esc"));
    m_clear->hide();
    connect(m_clear, &QPushButton::clicked, this, &BatchView::clearFilter);
    row->addWidget(m_text, 1);
    row->addWidget(m_clear);
    column->addLayout(row);
}

bool BatchView::isWorthwhile(const Diagnosis &diagnosis)
{
    return diagnosis.exchanges > 1 || diagnosis.findings.size() > 1;
}

void BatchView::setCatalogs(const CatalogSet &catalogs)
{
    m_catalogs = catalogs;
    m_table->setCatalogs(catalogs);
    showChips();
}

void BatchView::setDigest(const std::shared_ptr<const Digest> &digest)
{
    m_digest = digest;
    const QSignalBlocker text(m_text);
    const QSignalBlocker all(m_all);
    m_text->clear();
    m_all->setChecked(false);
    {
        // Of the old rows none is to be shown any more.
        const QSignalBlocker table(m_table);
        m_table->setFilter({});
    }
    m_chart->setHistogram(digest->histogram);
    const bool timed = digest->histogram && digest->failed > 0;
    m_chart->setVisible(timed);
    m_twinLink->setVisible(timed);
    m_twinLink->setChecked(false);
    showSummary();
    showChips();
    m_model->setDiagnosis(std::shared_ptr<const Diagnosis>(digest, &digest->diagnosis));
    m_table->restart();
    apply({});
}

void BatchView::showSummary()
{
    const Diagnosis &diagnosis = m_digest->diagnosis;
    m_summary->setText(tr("%1 of %2 failed").arg(m_digest->failed).arg(diagnosis.exchanges));
    QStringList more;
    if (diagnosis.further > 0)
        more << tr("The first %1 findings are listed; %2 further ones are only counted.")
                    .arg(diagnosis.findings.size())
                    .arg(diagnosis.further);
    if (diagnosis.lines.size() >= limits::exchangeLines)
        more << tr("The first %1 exchanges can be listed.").arg(diagnosis.lines.size());
    m_more->setText(more.join(QLatin1Char(' ')));
    m_more->setVisible(!more.isEmpty());
    m_all->setVisible(!diagnosis.lines.empty() && m_digest->failed < diagnosis.exchanges);
}

void BatchView::showChips()
{
    std::vector<TallyChips::Chip> codes, hosts;
    codes.reserve(m_digest->codes.size());
    for (const Tally &tally : m_digest->codes) {
        const Catalog *catalog = m_catalogs.catalog(tally.api);
        const QString name = tally.code.isEmpty() ? tr("no code") : tally.code;
        codes.push_back({name, catalog ? catalog->name : tally.api, tally.count});
    }
    hosts.reserve(m_digest->hosts.size());
    for (const Tally &tally : m_digest->hosts)
        hosts.push_back({tally.host, tr("Errors from this host"), tally.count});
    m_codes->setChips(codes);
    m_hosts->setChips(hosts);
    // A single one splits nothing.
    m_codes->setVisible(codes.size() > 1);
    m_hosts->setVisible(hosts.size() > 1);
}

bool BatchView::isFiltered() const
{
    return m_table->filter().narrows();
}

void BatchView::clearFilter()
{
    ExchangeFilter filter;
    filter.all = m_table->filter().all;
    const QSignalBlocker blocker(m_text);
    m_text->clear();
    apply(filter);
}

void BatchView::setShowsAll(bool all)
{
    m_all->setChecked(all);
}

void BatchView::pressCode(int chip)
{
    ExchangeFilter filter = m_table->filter();
    const ExchangeFilter::Code code = codeOf(m_digest->codes[static_cast<std::size_t>(chip)]);
    filter.code = filter.code == code ? std::nullopt : std::optional(code);
    apply(filter);
}

void BatchView::pressHost(int chip)
{
    ExchangeFilter filter = m_table->filter();
    const QString host = m_digest->hosts[static_cast<std::size_t>(chip)].host;
    filter.host = filter.host == host ? std::nullopt : std::optional(host);
    apply(filter);
}

void BatchView::pressBin(int bin)
{
    ExchangeFilter filter = m_table->filter();
    const Histogram &histogram = *m_digest->histogram;
    const qint64 from = histogram.startMs + bin * histogram.stepMs;
    const ExchangeFilter::Time time{from, from + histogram.stepMs};
    filter.time = filter.time == time ? std::nullopt : std::optional(time);
    apply(filter);
}

void BatchView::apply(const ExchangeFilter &filter)
{
    m_table->setFilter(filter);
    m_codes->setChosen(placeOf(m_digest->codes, filter.code.has_value(),
                               [&filter](const Tally &tally) { return codeOf(tally) == *filter.code; }));
    m_hosts->setChosen(placeOf(m_digest->hosts, filter.host.has_value(),
                               [&filter](const Tally &tally) { return tally.host == *filter.host; }));
    std::optional<int> bin;
    if (filter.time && m_digest->histogram)
        bin = static_cast<int>((filter.time->from - m_digest->histogram->startMs) / m_digest->histogram->stepMs);
    m_chart->setChosen(bin);
    m_clear->setVisible(filter.narrows());
    const bool none = m_table->shownRows() == 0;
    m_table->setVisible(!none);
    if (!none)
        m_none->clearNote();
    else if (filter.narrows())
        m_none->showHint(tr("No row fits the filter. Esc clears it."));
    else
        m_none->showHint(tr("None of them failed."));
    Q_EMIT filterChanged();
}

} // namespace errata
