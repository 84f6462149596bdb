#include "models/store/historywriter.h"

namespace errata {

/// What the thread works with.
struct HistoryWriter::Desk : QObject
{
    std::unique_ptr<HistoryStore> store;
    Error whyNot; ///< where there is no store
    qint64 cap = 0;
};

HistoryWriter::HistoryWriter(const QString &file, HistoryRedaction redaction, QObject *parent)
    : QObject(parent), m_desk(new Desk)
{
    m_thread.setObjectName(QStringLiteral("history"));
    m_desk->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_desk, &QObject::deleteLater);
    m_thread.start(QThread::LowPriority);
    QMetaObject::invokeMethod(m_desk, [this, desk = m_desk, file, redaction = std::move(redaction)] {
        QString warning;
        auto store = HistoryStore::open(file, redaction, &warning);
        if (!store) {
            desk->whyNot = store.error();
            return tell([this, error = store.error()] { Q_EMIT failed(error); });
        }
        desk->store = std::move(store).value();
        tell([this, warning] { Q_EMIT ready(warning); });
    });
}

HistoryWriter::~HistoryWriter()
{
    // Behind everything asked for: quit() itself would leave what waits undone.
    QMetaObject::invokeMethod(m_desk, [desk = m_desk] {
        if (desk->store)
            static_cast<void>(desk->store->purge());
        QThread::currentThread()->quit();
    });
    m_thread.wait();
}

void HistoryWriter::post(Task task)
{
    QMetaObject::invokeMethod(m_desk, [this, desk = m_desk, task = std::move(task)] {
        if (desk->store)
            task(*desk);
        else
            tell([this, error = desk->whyNot] { Q_EMIT failed(error); });
    });
}

void HistoryWriter::tell(std::function<void()> news)
{
    QMetaObject::invokeMethod(this, std::move(news), Qt::QueuedConnection);
}

void HistoryWriter::tell(const std::optional<Error> &error, std::function<void()> news)
{
    if (error)
        tell([this, error = *error] { Q_EMIT failed(error); });
    else
        tell(std::move(news));
}

void HistoryWriter::setRedaction(HistoryRedaction redaction)
{
    post([redaction = std::move(redaction)](Desk &desk) { desk.store->setRedaction(redaction); });
}

void HistoryWriter::setCap(qint64 bytes)
{
    post([bytes](Desk &desk) { desk.cap = bytes; });
}

quint64 HistoryWriter::add(const HistoryRecord &record)
{
    const quint64 ticket = ++m_tickets;
    post([this, record, ticket](Desk &desk) {
        const auto id = desk.store->add(record);
        if (!id)
            return tell([this, error = id.error()] { Q_EMIT failed(error); });
        tell([this, ticket, id = *id] { Q_EMIT added(ticket, id); });
        if (desk.cap == 0)
            return;
        const auto report = desk.store->trim(desk.cap);
        if (!report)
            tell([this, error = report.error()] { Q_EMIT failed(error); });
        else if (!report->isEmpty())
            tell([this, report = *report] { Q_EMIT trimmed(report); });
    });
    return ticket;
}

void HistoryWriter::setPinned(qint64 id, bool pinned)
{
    post([this, id, pinned](Desk &desk) {
        tell(desk.store->setPinned(id, pinned), [this, id, pinned] { Q_EMIT pinnedChanged(id, pinned); });
    });
}

void HistoryWriter::remove(const std::vector<qint64> &ids)
{
    post([this, ids](Desk &desk) { tell(desk.store->remove(ids), [this] { Q_EMIT removed(); }); });
}

void HistoryWriter::removeAll(bool pinnedToo)
{
    post([this, pinnedToo](Desk &desk) { tell(desk.store->removeAll(pinnedToo), [this] { Q_EMIT removed(); }); });
}

void HistoryWriter::undoRemove()
{
    post([this](Desk &desk) {
        const auto ids = desk.store->undoRemove();
        if (!ids)
            return tell([this, error = ids.error()] { Q_EMIT failed(error); });
        tell([this, ids = *ids] { Q_EMIT broughtBack(ids); });
    });
}

} // namespace errata
