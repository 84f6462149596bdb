#include "views/decode/findingtable.h"

#include "views/texts/texts.h"
#include "views/theme/theme.h"

#include <QDateTime>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>
#include <chrono>

namespace errata {

QString timeText(qint64 msSinceEpoch, qint64 spannedMs)
{
    const std::chrono::milliseconds spanned(spannedMs);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(msSinceEpoch, Qt::UTC);
    if (spanned > std::chrono::hours(24))
        return time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    return time.toString(spanned > std::chrono::minutes(1) ? QStringLiteral("HH:mm:ss")
                                                           : QStringLiteral("HH:mm:ss.zzz"));
}

QVariant FindingWordsModel::words(const QModelIndex &index, const QVariant &value) const
{
    switch (index.column()) {
    case ExchangeModel::TimeColumn:
        return value.isValid() ? timeText(value.toLongLong(), m_spannedMs) : QString();
    case ExchangeModel::ApiColumn: {
        const Catalog *catalog = m_catalogs.catalog(value.toString());
        return catalog ? catalog->name : value;
    }
    case ExchangeModel::CodeColumn:
        return value.isValid() ? value : QVariant(QStringLiteral("–"));
    case ExchangeModel::RetryColumn:
        if (!value.isValid())
            return tr("no error");
        return texts::verdict(static_cast<RetryVerdict>(value.toInt()),
                              QIdentityProxyModel::data(index, ExchangeModel::IsErrorRole).toBool());
    default:
        return value;
    }
}

QVariant FindingWordsModel::data(const QModelIndex &index, int role) const
{
    // What may be cut off, in full.
    if (role == Qt::ToolTipRole && index.column() == ExchangeModel::PlaceColumn)
        return QIdentityProxyModel::data(index, ExchangeModel::RequestRole);
    if (role == Qt::ToolTipRole)
        return data(index, Qt::DisplayRole);
    const QVariant value = QIdentityProxyModel::data(index, role);
    return role == Qt::DisplayRole && index.isValid() ? words(index, value) : value;
}

FindingTable::FindingTable(ExchangeModel *model, QWidget *parent)
    : QTableView(parent)
    , m_source(model)
    , m_filter(new ExchangeFilterModel(model, this))
    , m_words(new FindingWordsModel(this))
{
    m_words->setSourceModel(m_filter);
    setModel(m_words);
    setAccessibleName(tr("Exchanges, failures first"));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setTextElideMode(Qt::ElideRight);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 2 * Step);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    // Widths from the first rows: measuring 200,000 of them takes seconds.
    constexpr int measuredRows = 50;
    horizontalHeader()->setResizeContentsPrecision(measuredRows);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QAbstractItemView::doubleClicked, this, &FindingTable::verdictWanted);
}

void FindingTable::restart()
{
    m_words->setSpannedMs(m_source->spannedMs());
    for (int i = 0; i < ExchangeModel::ColumnCount; ++i)
        setColumnHidden(i, !m_source->hasColumn(static_cast<ExchangeModel::Column>(i)));
    const auto stretched =
        m_source->hasColumn(ExchangeModel::PlaceColumn) ? ExchangeModel::PlaceColumn : ExchangeModel::CodeColumn;
    for (int i = 0; i < ExchangeModel::ColumnCount; ++i) {
        horizontalHeader()->setSectionResizeMode(i, i == stretched ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (i != stretched)
            resizeColumnToContents(i);
    }
    constexpr int longestFile = 16;
    setColumnWidth(ExchangeModel::FileColumn,
                   std::min(columnWidth(ExchangeModel::FileColumn), fontMetrics().averageCharWidth() * longestFile));
    m_codeWidth = columnWidth(ExchangeModel::CodeColumn);
    m_apiWidth = columnWidth(ExchangeModel::ApiColumn);
    shareWidth();
    m_chosen = -1;
    choose(m_filter->sourceRow(0));
    updateGeometry();
}

void FindingTable::shareWidth()
{
    if (!m_source->hasColumn(ExchangeModel::PlaceColumn))
        return;
    int rest = viewport()->width();
    for (int i = 0; i < ExchangeModel::ColumnCount; ++i) {
        const bool isFixed =
            i != ExchangeModel::CodeColumn && i != ExchangeModel::PlaceColumn && i != ExchangeModel::ApiColumn;
        if (isFixed && !isColumnHidden(i))
            rest -= columnWidth(i);
    }
    // Where it is narrow the API gives way: code and place tell it, and so does the verdict below.
    constexpr int charactersOfPlace = 16;
    const int wanted = m_codeWidth + m_apiWidth + fontMetrics().averageCharWidth() * charactersOfPlace;
    const bool showsApi = m_source->hasColumn(ExchangeModel::ApiColumn) && rest >= wanted;
    setColumnHidden(ExchangeModel::ApiColumn, !showsApi);
    if (showsApi)
        rest -= m_apiWidth;
    // The code comes first; a third of what the other columns leave is for the place.
    setColumnWidth(ExchangeModel::CodeColumn, std::clamp(rest * 2 / 3, fontMetrics().averageCharWidth() * 8,
                                                         std::max(m_codeWidth, fontMetrics().averageCharWidth() * 8)));
}

void FindingTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    shareWidth();
}

void FindingTable::setFilter(const ExchangeFilter &filter)
{
    if (filter == m_filter->filter())
        return;
    const int before = m_chosen;
    // The reset drops the current row; that is no choice of the user's.
    m_filter->setFilter(filter);
    choose(m_filter->rowOf(before) >= 0 ? before : m_filter->sourceRow(0));
    updateGeometry();
}

void FindingTable::choose(int sourceRow)
{
    const int row = m_filter->rowOf(sourceRow);
    if (row >= 0) {
        setCurrentIndex(m_words->index(row, m_source->hasColumn(ExchangeModel::PlaceColumn)
                                                ? int(ExchangeModel::PlaceColumn)
                                                : int(ExchangeModel::CodeColumn)));
        scrollTo(currentIndex());
    }
    if (sourceRow == m_chosen)
        return;
    m_chosen = sourceRow;
    Q_EMIT rowChosen(sourceRow);
}

QSize FindingTable::sizeHint() const
{
    const int rows = std::clamp(m_filter->rowCount(), 2, 6);
    return {320, horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 4};
}

void FindingTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.isValid())
        choose(m_filter->sourceRow(current.row()));
}

void FindingTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT verdictWanted();
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace errata
