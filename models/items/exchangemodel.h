// What one input holds, one row each: what was found, failures first, then the exchanges that went well.
#pragma once

#include "models/decode/diagnosis.h"

#include <QAbstractTableModel>

#include <memory>

namespace errata {

class ExchangeModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        NumberColumn, ///< int, from 1
        TimeColumn,   ///< qint64, milliseconds since 1970 UTC
        ApiColumn,
        CodeColumn,  ///< QString, or the HTTP status as int where there is no code
        PlaceColumn, ///< "host/path"
        RetryColumn, ///< RetryVerdict as int; none for what went well
        FileColumn,
        ColumnCount
    };
    enum Role {
        IsErrorRole = Qt::UserRole, ///< bool
        RequestRole,                ///< QString "GET https://...", empty where the input has no request
    };

    explicit ExchangeModel(QObject *parent = nullptr);

    void setDiagnosis(std::shared_ptr<const Diagnosis> diagnosis);

    /// The finding at \a row, null for an exchange that went well.
    [[nodiscard]] const Finding *finding(int row) const;
    /// What the recording says of the exchange at \a row, null where the input is none.
    [[nodiscard]] const ExchangeLine *line(int row) const;
    /// Rows with a finding; they come first.
    [[nodiscard]] int findingRows() const;
    /// Whether any row has something in that column.
    [[nodiscard]] bool hasColumn(Column column) const { return m_has[static_cast<std::size_t>(column)]; }
    /// From the first to the last time.
    [[nodiscard]] qint64 spannedMs() const { return m_spannedMs; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void indexLines();
    void noteColumns();
    [[nodiscard]] QVariant cell(int row, int column) const;
    [[nodiscard]] QString url(int row) const;
    [[nodiscard]] QString method(int row) const;

    std::shared_ptr<const Diagnosis> m_diagnosis;
    std::vector<int> m_lineOf; ///< by finding, -1 for none
    std::vector<int> m_quiet;  ///< lines without a finding
    std::vector<bool> m_has;
    qint64 m_spannedMs = 0;
};

/// "https://host/path?query" as "host/path".
[[nodiscard]] QString placeIn(const QString &url);

} // namespace errata
