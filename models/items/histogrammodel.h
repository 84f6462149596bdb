// The figures behind a histogram: a row a bar.
#pragma once

#include "models/base/clock.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace errata {

struct HistogramBar
{
    Millis from{0};
    Millis to{0};
    int runs = 0;
    double share = 0;            ///< of all runs
    std::optional<double> exact; ///< the share that mathematics gives

    friend bool operator==(const HistogramBar &, const HistogramBar &) = default;
};

class HistogramModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// Times are milliseconds (double).
    enum Column {
        FromColumn,
        ToColumn,
        RunsColumn,
        ShareColumn, ///< double
        ExactColumn, ///< double; empty where it is not known
        ColumnCount,
    };

    explicit HistogramModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setBars(std::vector<HistogramBar> bars);
    [[nodiscard]] const std::vector<HistogramBar> &bars() const { return m_bars; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<HistogramBar> m_bars;
};

} // namespace errata
