// The errors of one input as a table in words, failures first.
#pragma once

#include "models/items/findingmodel.h"

#include <QIdentityProxyModel>
#include <QTableView>

namespace errata {

/// A FindingModel in words; what is shown is what a screen reader reads.
class FindingWordsModel : public QIdentityProxyModel
{
    Q_OBJECT

public:
    using QIdentityProxyModel::QIdentityProxyModel;
    void setCatalogs(const CatalogSet &catalogs) { m_catalogs = catalogs; }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    CatalogSet m_catalogs;
};

class FindingTable : public QTableView
{
    Q_OBJECT

public:
    explicit FindingTable(FindingModel *model, QWidget *parent = nullptr);
    void setCatalogs(const CatalogSet &catalogs) { m_words->setCatalogs(catalogs); }

    /// As high as its rows, eight at most.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

Q_SIGNALS:
    void findingChosen(int row);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    FindingWordsModel *m_words;
};

} // namespace errata
