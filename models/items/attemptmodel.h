// The attempts of one run, simulated or live, one row each; tables and the timeline read it.
#pragma once

#include "models/retry/attempt.h"

#include <QAbstractTableModel>

#include <vector>

namespace errata {

class AttemptModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// Times are milliseconds (double) from the start of the run; a cell is empty where there is no such time.
    enum Column {
        NumberColumn,
        StartsColumn,
        EarliestColumn,
        LatestColumn,
        OutcomeColumn, ///< as an outcome script writes it
        WaitColumn,    ///< the wait after the attempt
        ActionColumn,  ///< Attempt::Action as int
        ReasonColumn,  ///< Reason as int
        ColumnCount,
    };
    enum Role {
        WaitMinRole = Qt::UserRole, ///< double, milliseconds
        WaitMaxRole,                ///< double, milliseconds
        VerdictRole,                ///< Verdict as int on the last row, else invalid
    };

    explicit AttemptModel(QObject *parent = nullptr);

    /// Rows that are there already and equal in number are updated in place: the selection stays.
    void setAttempts(std::vector<Attempt> attempts);
    [[nodiscard]] const std::vector<Attempt> &attempts() const { return m_attempts; }
    /// The attempt at \a row, null when there is none.
    [[nodiscard]] const Attempt *attempt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Attempt> m_attempts;
};

} // namespace errata
