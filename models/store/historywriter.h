// Writes the history beside the window.
#pragma once

#include "models/store/historystore.h"

#include <QObject>
#include <QThread>

namespace errata {

/// A store in a thread of its own. A row that is safe on the disk takes a wait for the disk (measured: 1 to 12 ms at
/// the median, 8 to 20 at the 95th percentile, 50 at worst), and a large body takes time to be redacted and packed: a
/// window that draws every 16 ms cannot wait for that. What is asked for is done in its order; signals come in the
/// thread of this object. Whoever reads opens HistoryStore::openReader() once ready() has come.
class HistoryWriter : public QObject
{
    Q_OBJECT

public:
    HistoryWriter(const QString &file, HistoryRedaction redaction, QObject *parent = nullptr);
    /// Waits until all that was asked for is done.
    ~HistoryWriter() override;

    /// For what is added from here on.
    void setRedaction(HistoryRedaction redaction);
    /// Bytes; see HistoryStore::trim. 0, as at the beginning, is no cap.
    void setCap(qint64 bytes);
    /// The ticket comes back with added().
    quint64 add(const HistoryRecord &record);
    void setPinned(qint64 id, bool pinned);
    void remove(const std::vector<qint64> &ids);
    void removeAll(bool pinnedToo);
    void undoRemove();

Q_SIGNALS:
    /// The file is there; \a warning is not empty where a damaged one was set aside.
    void ready(const QString &warning);
    /// The row is on the disk.
    void added(quint64 ticket, qint64 id);
    void pinnedChanged(qint64 id, bool pinned);
    void removed();
    /// Empty where there was nothing to bring back.
    void broughtBack(const std::vector<qint64> &ids);
    void trimmed(const errata::TrimReport &report);
    /// Something asked for was not done; where the file cannot be opened, everything.
    void failed(const errata::Error &error);

private:
    struct Desk;
    using Task = std::function<void(Desk &)>;

    void post(Task task);
    /// In the thread of this object.
    void tell(std::function<void()> news);
    void tell(const std::optional<Error> &error, std::function<void()> news);

    QThread m_thread;
    Desk *m_desk; ///< lives and dies in m_thread
    quint64 m_tickets = 0;
};

} // namespace errata
