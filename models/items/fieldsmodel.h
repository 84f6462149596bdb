// Names and values as an editable table: header fields, parameters, a form. Each row can be switched off without
// losing it.
#pragma once

#include "models/http/headers.h"
#include "models/http/requestdraft.h"

#include <QAbstractTableModel>

namespace errata {

class FieldsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Access { ReadOnly, Editable };
    /// What a row must be to be sent: a header field, or a pair of any bytes with a name.
    enum class Rules { Header, Pair };
    enum class Problem { None, EmptyName, InvalidName, InvalidValue };
    enum Column { NameColumn, ValueColumn, ColumnCount };
    enum Role {
        ProblemRole = Qt::UserRole, ///< Problem as int, of the row
        RawRole,                    ///< QByteArray of the cell, byte-exact
    };

    explicit FieldsModel(Access access = Access::ReadOnly, Rules rules = Rules::Header, QObject *parent = nullptr);

    /// Replaces all rows, in order, duplicates kept, all switched on.
    void setHeaders(const Headers &headers);
    /// The rows that are switched on; rows left wholly empty are no headers.
    [[nodiscard]] Headers headers() const;
    /// All rows but those left wholly empty, whether on or off.
    void setFields(std::vector<DraftField> fields);
    [[nodiscard]] std::vector<DraftField> fields() const;
    /// The first row that is switched on and cannot be sent, -1 when there is none.
    [[nodiscard]] int firstProblemRow() const;
    [[nodiscard]] Problem problem(int row) const;
    int addRow(const QByteArray &name = {}, const QByteArray &value = {});

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// A name given as "Name: value", of a pair "name=value", fills both cells, as a line copied from elsewhere would.
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;

private:
    void setText(DraftField &row, int column, const QByteArray &text) const;

    Access m_access;
    Rules m_rules;
    std::vector<DraftField> m_rows;
};

} // namespace errata
