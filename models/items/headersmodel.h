// Header fields of one message as an editable table; each row can be switched off without losing it.
#pragma once

#include "models/http/headers.h"

#include <QAbstractTableModel>

namespace errata {

class HeadersModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Access { ReadOnly, Editable };
    enum class Problem { None, EmptyName, InvalidName, InvalidValue };
    enum Column { NameColumn, ValueColumn, ColumnCount };
    enum Role {
        ProblemRole = Qt::UserRole, ///< Problem as int, of the row
        RawRole,                    ///< QByteArray of the cell, byte-exact
    };

    explicit HeadersModel(Access access = Access::ReadOnly, QObject *parent = nullptr);

    /// Replaces all rows, in order, duplicates kept, all switched on.
    void setHeaders(const Headers &headers);
    /// The rows that are switched on; rows left wholly empty are no headers.
    [[nodiscard]] Headers headers() const;
    /// The first row that is switched on and cannot be sent, -1 when there is none.
    [[nodiscard]] int firstProblemRow() const;
    [[nodiscard]] Problem problem(int row) const;
    int addRow(const QByteArray &name = {}, const QByteArray &value = {});

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// A name given as "Name: value" fills both cells, as a line copied from elsewhere would.
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;

private:
    struct Row
    {
        QByteArray name;
        QByteArray value;
        bool on = true;
    };

    static void setText(Row &row, int column, const QByteArray &text);

    Access m_access;
    std::vector<Row> m_rows;
};

} // namespace errata
