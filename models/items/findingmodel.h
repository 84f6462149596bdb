// The errors found in one input, one row each, in the order of the diagnosis (failures first).
#pragma once

#include "models/decode/diagnosis.h"

#include <QAbstractTableModel>

namespace errata {

class FindingModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ExchangeColumn, StatusColumn, ApiColumn, CodeColumn, ConfidenceColumn, RetryColumn, ColumnCount };
    enum Role {
        RetryRole = Qt::UserRole, ///< RetryVerdict as int
        ConfidenceRole,           ///< Confidence as int
        IsErrorRole,              ///< bool
        KnownRole,                ///< bool: the code is in that API's catalog
        RequestRole,              ///< QString "GET https://...", empty where the input has no request
    };

    explicit FindingModel(QObject *parent = nullptr);

    void setFindings(std::vector<Finding> findings);
    [[nodiscard]] const std::vector<Finding> &findings() const { return m_findings; }
    /// The finding at \a row, null when there is none.
    [[nodiscard]] const Finding *finding(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Finding> m_findings;
};

} // namespace errata
