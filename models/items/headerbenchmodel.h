// What each client makes of one header: a row a client.
#pragma once

#include "models/retry/headerbench.h"

#include <QAbstractTableModel>

#include <vector>

namespace errata {

class HeaderBenchModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        ClientColumn, ///< the policy's name
        ReadsColumn,  ///< HeaderReading::Read as int
        WaitsColumn,  ///< double, milliseconds; empty where nothing is sent again
        ReasonColumn, ///< Reason as int
        ColumnCount,
    };

    explicit HeaderBenchModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    /// One row each, in their order.
    void setPolicies(std::vector<RetryPolicy> policies);
    void setAnswer(const Outcome &outcome, const QDateTime &now);

    [[nodiscard]] const RetryPolicy &policy(int row) const { return m_policies[static_cast<std::size_t>(row)]; }
    [[nodiscard]] const HeaderReading &reading(int row) const { return m_readings[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void read();

    std::vector<RetryPolicy> m_policies;
    std::vector<HeaderReading> m_readings; ///< as many
    Outcome m_outcome;
    QDateTime m_now;
};

} // namespace errata
