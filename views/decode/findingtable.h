// The exchanges of one input as a table in words, failures first.
#pragma once

#include "models/items/exchangefiltermodel.h"

#include <QIdentityProxyModel>
#include <QTableView>

namespace errata {

/// An ExchangeModel in words; what is shown is what a screen reader reads.
class FindingWordsModel : public QIdentityProxyModel
{
    Q_OBJECT

public:
    using QIdentityProxyModel::QIdentityProxyModel;
    void setCatalogs(const CatalogSet &catalogs) { m_catalogs = catalogs; }
    /// Times are told with their date where the input spans more than a day.
    void setSpannedMs(qint64 milliseconds) { m_spannedMs = milliseconds; }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    [[nodiscard]] QVariant words(const QModelIndex &index, const QVariant &value) const;

    CatalogSet m_catalogs;
    qint64 m_spannedMs = 0;
};

class FindingTable : public QTableView
{
    Q_OBJECT

public:
    explicit FindingTable(ExchangeModel *model, QWidget *parent = nullptr);
    void setCatalogs(const CatalogSet &catalogs) { m_words->setCatalogs(catalogs); }

    [[nodiscard]] const ExchangeFilter &filter() const { return m_filter->filter(); }
    /// Keeps the current row where it still fits, else takes the first.
    void setFilter(const ExchangeFilter &filter);
    /// After the model has changed: which columns there are, and the first row.
    void restart();
    [[nodiscard]] int shownRows() const { return m_filter->rowCount(); }

    /// As high as its rows, six at most.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

Q_SIGNALS:
    /// A row of the ExchangeModel; -1 when no row fits.
    void rowChosen(int row);
    /// Return, or a double click.
    void verdictWanted();

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void choose(int sourceRow);
    void shareWidth();

    ExchangeModel *m_source;
    ExchangeFilterModel *m_filter;
    FindingWordsModel *m_words;
    int m_chosen = -1;
    int m_codeWidth = 0; ///< as wide as the codes are
    int m_apiWidth = 0;
};

/// As fine as what it stands in: "10:42:07.250" within a minute, "10:42:07" within a day, else
/// "2026-03-01 10:42:07"; UTC.
[[nodiscard]] QString timeText(qint64 msSinceEpoch, qint64 spannedMs);

} // namespace errata
