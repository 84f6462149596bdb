#include "views/decode/findingtable.h"

#include "views/texts/texts.h"
#include "views/theme/theme.h"

#include <QHeaderView>

#include <algorithm>

namespace errata {

QVariant FindingWordsModel::data(const QModelIndex &index, int role) const
{
    const QVariant value = QIdentityProxyModel::data(index, role);
    if (role == Qt::ToolTipRole)
        return index.data(FindingModel::RequestRole);
    if (role != Qt::DisplayRole)
        return value;
    switch (index.column()) {
    case FindingModel::ApiColumn: {
        const Catalog *catalog = m_catalogs.catalog(value.toString());
        return catalog ? catalog->name : value;
    }
    case FindingModel::CodeColumn:
        return value.isValid() ? value : QVariant(QStringLiteral("–"));
    case FindingModel::ConfidenceColumn:
        return texts::confidence(static_cast<Confidence>(value.toInt()));
    case FindingModel::RetryColumn:
        return texts::verdict(static_cast<RetryVerdict>(value.toInt()),
                              QIdentityProxyModel::data(index, FindingModel::IsErrorRole).toBool());
    default:
        return value;
    }
}

FindingTable::FindingTable(FindingModel *model, QWidget *parent)
    : QTableView(parent), m_words(new FindingWordsModel(this))
{
    m_words->setSourceModel(model);
    setModel(m_words);
    setAccessibleName(tr("Errors found, failures first"));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 2 * Step);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(FindingModel::CodeColumn, QHeaderView::Stretch);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(model, &QAbstractItemModel::modelReset, this, [this] { updateGeometry(); });
}

QSize FindingTable::sizeHint() const
{
    const int rows = std::clamp(model()->rowCount(), 2, 8);
    return {320, horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + 4};
}

void FindingTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.isValid() && current.row() != previous.row())
        Q_EMIT findingChosen(current.row());
}

} // namespace errata
