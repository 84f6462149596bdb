// A comparison's rows as a table: left, what is with it, right.
#pragma once

#include "models/http/comparison.h"

#include <QAbstractTableModel>

namespace errata {

class ComparisonModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { LeftColumn, MarkColumn, RightColumn, ColumnCount };
    enum Role { MarkRole = Qt::UserRole /* ComparedRow::Mark as int */ };

    explicit ComparisonModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setComparison(Comparison comparison);
    [[nodiscard]] const Comparison &comparison() const { return m_comparison; }
    /// The first row of the next difference behind \a row (by = 1) or before it (by = -1), the first or last one where
    /// that was the end; -1 where there is none.
    [[nodiscard]] int differenceFrom(int row, int by) const;
    /// How many differences begin at or before it.
    [[nodiscard]] int differencesUpTo(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void setTitles(const QString &left, const QString &right);

private:
    Comparison m_comparison;
    std::vector<int> m_firstRows; ///< of each difference
    QString m_leftTitle;
    QString m_rightTitle;
};

} // namespace errata
