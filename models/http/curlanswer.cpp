#include "models/http/curlanswer.h"

#include "models/base/bytes.h"

#include <algorithm>

namespace errata {

namespace {

void addField(std::vector<Header> &fields, const QByteArray &line)
{
    // A folded line belongs to the field above it (RFC 9112 section 5.2).
    if (isBlank(line[0]) && !fields.empty()) {
        fields.back().value += ' ' + line.trimmed();
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon < 0)
        fields.push_back({line.trimmed(), QByteArray()}); // no field at all, but it came
    else
        fields.push_back({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
}

QByteArrayView withoutLineEnd(QByteArrayView line)
{
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

Headers headersOf(const std::vector<Header> &fields)
{
    Headers headers;
    for (const Header &field : fields)
        headers.add(field.name, field.value);
    return headers;
}

} // namespace

bool CurlAnswer::addHeadLine(QByteArrayView line)
{
    m_headSize += line.size();
    if (m_headSize > limits::headerBlock) {
        m_failure = {NetworkError::TooManyHeaders,
                     QStringLiteral("more than %1 bytes of header fields").arg(limits::headerBlock)};
        return false;
    }
    // White space alone is a folded line, not the end (RFC 9112 section 2.2).
    const QByteArrayView text = withoutLineEnd(line);
    if (m_headEnded) {
        if (!text.isEmpty())
            addField(m_fields, text.toByteArray());
        return true;
    }
    const bool first = m_headBytes.isEmpty();
    m_headBytes += line;
    if (text.isEmpty())
        return endHead();
    if (first)
        readStatusLine(text.trimmed().toByteArray());
    else
        addField(m_fields, text.toByteArray());
    return true;
}

/// "HTTP/1.1 404 Not Found", "HTTP/2 404".
void CurlAnswer::readStatusLine(const QByteArray &line)
{
    const qsizetype first = std::max<qsizetype>(line.indexOf(' '), 0);
    const QByteArray rest = line.mid(first).trimmed();
    m_current = {};
    m_current.version = line.left(first);
    m_current.status = std::max(rest.left(3).toInt(), 0);
    m_current.reason = rest.mid(3).trimmed();
}

bool CurlAnswer::endHead()
{
    m_current.headers = headersOf(m_fields);
    m_fields.clear();
    // 101 is the last thing this protocol says; what follows belongs to another.
    if (m_current.status >= 100 && m_current.status < 200 && m_current.status != 101) {
        m_informational.push_back(m_current);
        m_headBytes.clear();
        return true;
    }
    m_headEnded = true;
    m_whole = m_headOnly || m_current.status == 101;
    return !m_whole;
}

bool CurlAnswer::addBody(QByteArrayView bytes)
{
    const qsizetype room = m_bodyLimit - m_body.size();
    if (!m_body.append(bytes.first(std::min(room, bytes.size())))) {
        m_failure = {NetworkError::Other, QStringLiteral("the body cannot be kept: %1").arg(m_body.problem())};
        return false;
    }
    if (bytes.size() <= room)
        return true;
    m_failure = {NetworkError::TooLarge, QStringLiteral("more than %1 bytes").arg(m_bodyLimit)};
    return false;
}

Headers CurlAnswer::trailers() const
{
    return m_headEnded ? headersOf(m_fields) : Headers();
}

std::optional<HttpResponse> CurlAnswer::response() const
{
    if (!m_headEnded)
        return std::nullopt;
    HttpResponse whole = m_current;
    m_body.give(whole);
    return whole;
}

qint64 CurlAnswer::announcedSize() const
{
    bool ok = false;
    const qint64 size = m_current.headers.value("Content-Length").value_or(QByteArray()).toLongLong(&ok);
    const QByteArray coding = m_current.headers.value("Content-Encoding").value_or("identity").trimmed().toLower();
    return ok && size >= 0 && coding == "identity" ? size : -1;
}

} // namespace errata
