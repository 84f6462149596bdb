// A table of figures: what a chart is drawn from, for its table twin and for files.
#pragma once

#include <QAbstractTableModel>

#include <vector>

namespace errata {

struct FigureColumn
{
    enum class Kind {
        Text,
        Count,
        Time,  ///< milliseconds
        Share, ///< of 1
    };

    QString title;
    Kind kind = Kind::Count;

    friend bool operator==(const FigureColumn &, const FigureColumn &) = default;
};

class FiguresModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role { KindRole = Qt::UserRole }; ///< FigureColumn::Kind as int

    explicit FiguresModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    /// Each row has a value a column; an invalid one is an empty cell.
    void setFigures(std::vector<FigureColumn> columns, std::vector<std::vector<QVariant>> rows);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<FigureColumn> m_columns;
    std::vector<std::vector<QVariant>> m_rows;
};

} // namespace errata
