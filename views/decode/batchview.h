// Many exchanges of one input: how many failed, with what, where, when; and the table of them.
#pragma once

#include "models/decode/batch.h"
#include "models/items/exchangefiltermodel.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace errata {

class FailureHistogram;
class FindingTable;
class NoteLine;
class TallyChips;

class BatchView : public QWidget
{
    Q_OBJECT

public:
    explicit BatchView(QWidget *parent = nullptr);

    void setCatalogs(const CatalogSet &catalogs);
    /// Goes to the first row; the filter is emptied.
    void setDigest(const std::shared_ptr<const Digest> &digest);
    /// Whether there is anything that a single verdict does not show.
    [[nodiscard]] static bool isWorthwhile(const Diagnosis &diagnosis);

    [[nodiscard]] const ExchangeModel &model() const { return *m_model; }
    [[nodiscard]] FindingTable *table() const { return m_table; }
    [[nodiscard]] bool isFiltered() const;
    void clearFilter();
    void setShowsAll(bool all);

Q_SIGNALS:
    /// A row of model(), -1 when no row fits.
    void rowChosen(int row);
    /// Return in the table.
    void verdictRequested();
    void filterChanged();

private:
    void buildHead(QVBoxLayout *column);
    void buildChart(QVBoxLayout *column);
    void buildFilter(QVBoxLayout *column);
    void showSummary();
    void showChips();
    void apply(const ExchangeFilter &filter);
    void pressCode(int chip);
    void pressHost(int chip);
    void pressBin(int bin);

    std::shared_ptr<const Digest> m_digest;
    CatalogSet m_catalogs;
    ExchangeModel *m_model; ///< the table's, which asks it to its last
    QLabel *m_summary = nullptr;
    QLabel *m_more = nullptr;
    QCheckBox *m_all = nullptr;
    TallyChips *m_codes = nullptr;
    TallyChips *m_hosts = nullptr;
    FailureHistogram *m_chart = nullptr;
    QPushButton *m_twinLink = nullptr;
    QLabel *m_twin = nullptr;
    QLineEdit *m_text = nullptr;
    QPushButton *m_clear = nullptr;
    NoteLine *m_none = nullptr;
    FindingTable *m_table = nullptr;
};

} // namespace errata
