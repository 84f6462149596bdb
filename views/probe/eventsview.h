// The events of a stream as a table, the chosen one's data below it; while they come, a button that ends it.
#pragma once

#include "models/items/eventstreammodel.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace errata {

class WellEdit;

class EventsView : public QWidget
{
    Q_OBJECT

public:
    explicit EventsView(QWidget *parent = nullptr);

    /// A stream begins, empty.
    void begin();
    /// Where the next piece begins.
    [[nodiscard]] qint64 next() const { return m_next; }
    void addBytes(const QByteArray &bytes, std::optional<double> sinceStartMs);
    /// No more will come.
    void end();
    [[nodiscard]] bool isLive() const { return m_live; }
    /// Events seen before, with their times.
    void setRows(std::vector<EventStreamModel::Row> rows);
    [[nodiscard]] const std::vector<EventStreamModel::Row> &rows() const { return m_model.rows(); }
    [[nodiscard]] qint64 total() const { return m_model.total(); }

Q_SIGNALS:
    void stopClicked();
    void copyRequested(const QString &text, const QString &said);
    void totalChanged(qint64 total);

private:
    void showData(const QModelIndex &index);
    void showTotal();
    void copyData();

    EventStreamModel m_model;
    EventStreamReader m_reader;
    qint64 m_next = 0;
    bool m_live = false;
    QLabel *m_count;
    QPushButton *m_copy;
    QPushButton *m_stop;
    QTableView *m_table;
    WellEdit *m_data;
};

} // namespace errata
