// Policies against the same server, a row each.
#pragma once

#include "models/base/clock.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace errata {

/// What is known of one policy; figures come one after the other.
struct ComparedPolicy
{
    QString id;
    QString name;
    std::optional<double> sends;     ///< of a run, on average
    std::optional<double> succeeded; ///< share of runs
    std::optional<Millis> mean;      ///< until the caller is told
    std::optional<Millis> p50;
    std::optional<Millis> p95;
    std::optional<Millis> p99;
    std::optional<qint64> peak; ///< requests of a herd in its busiest second

    friend bool operator==(const ComparedPolicy &, const ComparedPolicy &) = default;
};

class PolicyComparisonModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// Times are milliseconds (double); a cell is empty while its figure is not there.
    enum Column {
        PolicyColumn,
        SendsColumn,
        SucceededColumn, ///< share, double
        MeanColumn,
        P50Column,
        P95Column,
        P99Column,
        PeakColumn,
        ColumnCount,
    };

    explicit PolicyComparisonModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    /// The same number of rows: they are updated in place.
    void setRows(std::vector<ComparedPolicy> rows);
    [[nodiscard]] const std::vector<ComparedPolicy> &rows() const { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ComparedPolicy> m_rows;
};

} // namespace errata
