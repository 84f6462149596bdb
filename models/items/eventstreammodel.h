// The events of a stream, one row each, in the order they came.
#pragma once

#include "models/http/eventstream.h"

#include <QAbstractTableModel>

#include <optional>

namespace errata {

class EventStreamModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, TypeColumn, IdColumn, DataColumn, ColumnCount };
    enum Role {
        DataRole = Qt::UserRole, ///< QByteArray, the event's data as it came
        IsCutRole,               ///< bool, see StreamEvent::isCut
    };
    struct Row
    {
        StreamEvent event;
        std::optional<double> sinceStartMs; ///< nothing where it was not seen to come
    };

    explicit EventStreamModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void clear();
    /// Appends; beyond limits::listedEvents they are only counted.
    void add(std::vector<StreamEvent> events, std::optional<double> sinceStartMs = {});
    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    void setRows(std::vector<Row> rows);
    /// Events that came at \a timesMs, as many as are listed; those behind the last time were not seen to come.
    [[nodiscard]] static std::vector<Row> rowsAt(std::vector<StreamEvent> events, const std::vector<double> &timesMs);
    /// When each of \a rows came, up to the first that was not seen to.
    [[nodiscard]] static std::vector<double> timesOf(const std::vector<Row> &rows);
    /// How many have come, listed or not.
    [[nodiscard]] qint64 total() const { return m_total; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Row> m_rows;
    qint64 m_total = 0;
};

} // namespace errata
