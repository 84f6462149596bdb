#include "models/http/eventstream.h"

#include "models/base/bytes.h"
#include "models/base/limits.h"

#include <algorithm>
#include <utility>

namespace errata {

namespace {

constexpr qsizetype markSize = 3;
/// A value of digits alone that does not fit is no time anybody waits.
constexpr qsizetype mostDigits = 15;

std::optional<qint64> wholeNumber(QByteArrayView text)
{
    const bool digits = std::all_of(text.begin(), text.end(), isDigit);
    if (text.isEmpty() || !digits || text.size() > mostDigits)
        return std::nullopt;
    return text.toByteArray().toLongLong();
}

} // namespace

void EventStreamReader::feed(QByteArrayView bytes)
{
    while (m_bomSeen >= 0 && !bytes.isEmpty()) {
        if (bytes.front() == byteOrderMark[m_bomSeen]) {
            bytes = bytes.sliced(1);
            m_bomSeen = m_bomSeen + 1 == markSize ? -1 : m_bomSeen + 1;
            continue;
        }
        const QByteArrayView began(byteOrderMark, std::exchange(m_bomSeen, -1));
        addToLine(began); // it was none
    }
    while (!bytes.isEmpty()) {
        if (std::exchange(m_afterReturn, false) && bytes.front() == '\n') {
            bytes = bytes.sliced(1);
            continue;
        }
        const auto *const end = std::find_if(bytes.begin(), bytes.end(), [](char c) { return c == '\n' || c == '\r'; });
        addToLine(bytes.first(end - bytes.begin()));
        if (end == bytes.end())
            return;
        m_afterReturn = *end == '\r';
        bytes = bytes.sliced(end - bytes.begin() + 1);
        endLine();
    }
}

void EventStreamReader::addToLine(QByteArrayView part)
{
    // Room for the name of the field as well.
    const qsizetype room = limits::eventData + 16 - m_line.size();
    m_lineCut |= part.size() > room;
    m_line.append(part.first(std::min(part.size(), room)));
}

void EventStreamReader::endLine()
{
    const QByteArray line = std::exchange(m_line, {});
    const bool isCut = std::exchange(m_lineCut, false);
    if (line.isEmpty())
        return dispatch();
    const qsizetype colon = line.indexOf(':');
    if (colon == 0)
        return; // a comment, which keeps connections alive
    if (colon < 0)
        return readField(line, {});
    QByteArrayView value = QByteArrayView(line).sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    const QByteArrayView name = QByteArrayView(line).first(colon);
    readField(name, value);
    m_dataCut |= isCut && name == QByteArrayView("data");
}

void EventStreamReader::readField(QByteArrayView name, QByteArrayView value)
{
    if (name == QByteArrayView("event")) {
        m_type = value.toByteArray();
    } else if (name == QByteArrayView("data")) {
        if (std::exchange(m_hasData, true))
            addData("\n");
        addData(value);
    } else if (name == QByteArrayView("id")) {
        if (!value.contains('\0'))
            m_id = value.toByteArray();
    } else if (name == QByteArrayView("retry")) {
        if (const std::optional<qint64> time = wholeNumber(value))
            m_retryMs = time;
    }
}

void EventStreamReader::addData(QByteArrayView part)
{
    const qsizetype room = limits::eventData - m_data.size();
    m_dataCut |= part.size() > room;
    m_data.append(part.first(std::min(part.size(), room)));
}

void EventStreamReader::dispatch()
{
    const QByteArray type = std::exchange(m_type, {});
    const bool isCut = std::exchange(m_dataCut, false);
    if (!std::exchange(m_hasData, false))
        return;
    StreamEvent event{QByteArray("message"), m_id, std::exchange(m_data, {}), isCut};
    if (!type.isEmpty())
        event.type = type;
    m_events.push_back(std::move(event));
}

std::vector<StreamEvent> EventStreamReader::take()
{
    return std::exchange(m_events, {});
}

std::vector<StreamEvent> readEventStream(QByteArrayView bytes)
{
    EventStreamReader reader;
    reader.feed(bytes);
    return reader.take();
}

bool isEventStream(QByteArrayView contentType)
{
    const qsizetype semicolon = contentType.indexOf(';');
    const QByteArrayView type = semicolon < 0 ? contentType : contentType.first(semicolon);
    return type.trimmed().compare("text/event-stream", Qt::CaseInsensitive) == 0;
}

} // namespace errata
