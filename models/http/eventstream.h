// Server-sent events, read piece by piece as they come (WHATWG HTML section 9.2.6).
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace errata {

struct StreamEvent
{
    QByteArray type = "message";
    QByteArray id;      ///< the last one given, by this event or an earlier one
    QByteArray data;    ///< lines joined by a line feed; UTF-8, as it came
    bool isCut = false; ///< of more data than limits::eventData only the beginning is kept

    friend bool operator==(const StreamEvent &, const StreamEvent &) = default;
};

/// Where a piece ends makes no difference, and each byte is looked at once. An event is one when the empty line behind
/// it has come: an unfinished one at the end of the stream is none.
class EventStreamReader
{
public:
    void feed(QByteArrayView bytes);
    /// The events complete since the last call, in order.
    [[nodiscard]] std::vector<StreamEvent> take();
    /// What the server wants a client to wait before it connects again, in milliseconds.
    [[nodiscard]] std::optional<qint64> retryMs() const { return m_retryMs; }
    /// Bytes of an event that is not complete yet have come.
    [[nodiscard]] bool isInsideEvent() const { return !m_line.isEmpty() || m_hasData || !m_type.isEmpty(); }

private:
    void addToLine(QByteArrayView part);
    void endLine();
    void readField(QByteArrayView name, QByteArrayView value);
    void addData(QByteArrayView part);
    void dispatch();

    QByteArray m_line; ///< what has come of it
    bool m_lineCut = false;
    qsizetype m_bomSeen = 0;    ///< bytes of a byte order mark at the very start; -1 when past it
    bool m_afterReturn = false; ///< a line feed next belongs to the line end before
    QByteArray m_type;
    QByteArray m_data;
    bool m_hasData = false;
    bool m_dataCut = false;
    QByteArray m_id;
    std::optional<qint64> m_retryMs;
    std::vector<StreamEvent> m_events;
};

/// All events of a whole stream.
[[nodiscard]] std::vector<StreamEvent> readEventStream(QByteArrayView bytes);
/// "text/event-stream", whatever its parameters.
[[nodiscard]] bool isEventStream(QByteArrayView contentType);

} // namespace errata
