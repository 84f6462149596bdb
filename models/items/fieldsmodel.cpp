#include "models/items/fieldsmodel.h"

#include <algorithm>
#include <iterator>

namespace errata {

namespace {

/// UTF-8 where it is that, else Latin-1 as RFC 9110 section 5.5 reads old values: nothing is lost.
QString shown(const QByteArray &bytes)
{
    return bytes.isValidUtf8() ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes);
}

} // namespace

FieldsModel::FieldsModel(Access access, Rules rules, QObject *parent)
    : QAbstractTableModel(parent), m_access(access), m_rules(rules)
{
}

void FieldsModel::setHeaders(const Headers &headers)
{
    beginResetModel();
    m_rows.clear();
    for (const Header &header : headers)
        m_rows.push_back({header.name, header.value, true});
    endResetModel();
}

Headers FieldsModel::headers() const
{
    Headers headers;
    for (const DraftField &row : m_rows) {
        if (row.enabled && !(row.name.isEmpty() && row.value.isEmpty()))
            headers.add(row.name, row.value);
    }
    return headers;
}

void FieldsModel::setFields(std::vector<DraftField> fields)
{
    beginResetModel();
    m_rows = std::move(fields);
    endResetModel();
}

std::vector<DraftField> FieldsModel::fields() const
{
    std::vector<DraftField> fields;
    std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(fields),
                 [](const DraftField &row) { return !(row.name.isEmpty() && row.value.isEmpty()); });
    return fields;
}

FieldsModel::Problem FieldsModel::problem(int row) const
{
    const DraftField &header = m_rows.at(static_cast<std::size_t>(row));
    if (header.name.isEmpty())
        return header.value.isEmpty() ? Problem::None : Problem::EmptyName;
    // With its variables filled in a row is checked again before it is sent.
    if (m_rules == Rules::Pair || !variablesIn(header.name).empty())
        return Problem::None;
    if (!Headers::isValidName(header.name))
        return Problem::InvalidName;
    return Headers::isValidValue(header.value) ? Problem::None : Problem::InvalidValue;
}

int FieldsModel::firstProblemRow() const
{
    for (int i = 0; i < rowCount(); ++i) {
        if (m_rows[static_cast<std::size_t>(i)].enabled && problem(i) != Problem::None)
            return i;
    }
    return -1;
}

int FieldsModel::addRow(const QByteArray &name, const QByteArray &value)
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_rows.push_back({name, value, true});
    endInsertRows();
    return row;
}

int FieldsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FieldsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant FieldsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const DraftField &row = m_rows[static_cast<std::size_t>(index.row())];
    const QByteArray &cell = index.column() == NameColumn ? row.name : row.value;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return shown(cell);
    case Qt::CheckStateRole:
        if (m_access == Access::Editable && index.column() == NameColumn)
            return row.enabled ? Qt::Checked : Qt::Unchecked;
        return {};
    case ProblemRole:
        return static_cast<int>(problem(index.row()));
    case RawRole:
        return cell;
    default:
        return {};
    }
}

QVariant FieldsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Name") : section == ValueColumn ? tr("Value") : QVariant();
}

Qt::ItemFlags FieldsModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && m_access == Access::Editable) {
        flags |= Qt::ItemIsEditable;
        if (index.column() == NameColumn)
            flags |= Qt::ItemIsUserCheckable;
    }
    return flags;
}

void FieldsModel::setText(DraftField &row, int column, const QByteArray &text) const
{
    const qsizetype colon = text.indexOf(m_rules == Rules::Header ? ':' : '=');
    if (column == ValueColumn) {
        row.value = text;
    } else if (colon > 0) {
        row.name = text.left(colon).trimmed();
        row.value = text.mid(colon + 1).trimmed();
    } else {
        row.name = text.trimmed();
    }
}

bool FieldsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (m_access != Access::Editable || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    DraftField &row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::CheckStateRole && index.column() == NameColumn)
        row.enabled = value.toInt() == Qt::Checked;
    else if (role == Qt::EditRole)
        setText(row, index.column(), value.toString().toUtf8());
    else
        return false;
    Q_EMIT dataChanged(this->index(index.row(), 0), this->index(index.row(), ColumnCount - 1));
    return true;
}

bool FieldsModel::removeRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || m_access != Access::Editable || row < 0 || count <= 0 || row + count > rowCount())
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
    endRemoveRows();
    return true;
}

} // namespace errata
