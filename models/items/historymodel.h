// The list of attempts made, newest first, fetched as far as it is looked at.
#pragma once

#include "models/http/history.h"

#include <QAbstractTableModel>

#include <vector>

namespace errata {

class HistoryModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        TimeColumn, ///< qint64, milliseconds since 1970 UTC
        MethodColumn,
        PlaceColumn,  ///< "host/path"
        StatusColumn, ///< int; none without an answer
        CodeColumn,
        ApiColumn,
        AttemptColumn,  ///< int, from 1
        DurationColumn, ///< double, milliseconds
        SizeColumn,     ///< qint64, bytes of the answer's body
        ColumnCount
    };
    enum Role {
        IdRole = Qt::UserRole, ///< qint64
        RunRole,               ///< QString, the same for the attempts of one run
        RequestRole,           ///< QString "GET https://..."
        FailureRole,           ///< NetworkError as int
        MessageRole,           ///< QString, the diagnosis's
        IsErrorRole,           ///< bool
        IsPinnedRole,          ///< bool
    };
    /// Rows fetched at a time.
    static constexpr int pageSize = 500;

    explicit HistoryModel(QObject *parent = nullptr);

    /// \a source is asked as long as it is not set to another or to none.
    void setSource(const HistorySource *source);
    void setFilter(const HistoryFilter &filter);
    [[nodiscard]] const HistoryFilter &filter() const { return m_filter; }
    /// The row at \a row, null when there is none.
    [[nodiscard]] const HistoryRow *row(int row) const;
    /// Where that attempt stands among the rows fetched, -1 when it does not.
    [[nodiscard]] int rowOf(qint64 id) const;

    /// After rows were added: those that fit are put in front.
    void fetchNewer();
    /// After one was changed: its row is asked for again, and leaves where it does not fit any more.
    void refresh(qint64 id);
    /// After rows were removed or brought back: asks again for what is shown. Rows that stay are the same rows, and
    /// selections with them.
    void reload();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

private:
    void restart();
    [[nodiscard]] QVariant cell(const HistoryRow &row, int column) const;
    void insertAt(int at, std::vector<HistoryRow> rows);
    void removeAt(int at, int count);
    void replaceAt(int at, HistoryRow row);

    const HistorySource *m_source = nullptr;
    HistoryFilter m_filter;
    std::vector<HistoryRow> m_rows; ///< ids descend
    bool m_isWhole = true;          ///< no older rows are left to be fetched
};

} // namespace errata
