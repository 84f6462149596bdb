#include "models/http/headreader.h"

#include "models/base/bytes.h"
#include "models/base/limits.h"
#include "models/http/startlines.h"

#include <algorithm>

namespace errata {

namespace {

bool isBlankLine(QByteArrayView line)
{
    return std::all_of(line.begin(), line.end(), [](char c) { return isBlank(c) || c == '\r'; });
}

bool isLostBody(QByteArrayView line)
{
    return line.startsWith('{') || line.startsWith('[') || line.startsWith('<');
}

} // namespace

HeadReader::HeadReader(const QByteArray &text) : m_text(text), m_at(text.startsWith(byteOrderMark) ? 3 : 0) {}

bool HeadReader::checkSize()
{
    if (m_text.size() <= limits::decoderInput)
        return true;
    return fail(QStringLiteral("%1 bytes are more than the %2 allowed").arg(m_text.size()).arg(limits::decoderInput));
}

HeadReader::Line HeadReader::firstLine()
{
    m_indent = {};
    while (m_at < m_text.size()) {
        const Line line = lineHere();
        if (!isBlankLine(view(line)))
            break;
        advance(line);
    }
    m_indent = indentationHere();
    return lineHere();
}

bool HeadReader::readFields()
{
    const qsizetype start = m_at;
    m_fields.clear();
    m_headEnded = false;
    while (m_at < m_text.size()) {
        if (m_fields.empty())
            m_indent = indentationHere(); // that of the first line may differ
        const Line line = lineHere();
        const QByteArrayView content = view(line);
        if (isBlankLine(content)) {
            advance(line);
            m_headEnded = true;
            return true;
        }
        if (isLostBody(content)) {
            m_headEnded = true;
            return true;
        }
        if (line.next - start > limits::headerBlock)
            return fail(QStringLiteral("more than %1 kB of header fields").arg(limits::headerBlock / limits::Kilobyte));
        if (isBlank(content.front()))
            readContinuation(line);
        else if (!readField(line))
            return false;
        advance(line);
    }
    return true;
}

Headers HeadReader::takeFields()
{
    Headers headers;
    for (Header &field : m_fields)
        headers.add(std::move(field.name), std::move(field.value), field.span);
    m_fields.clear();
    return headers;
}

bool HeadReader::readField(const Line &line)
{
    const auto field = fieldLine(view(line));
    if (!field)
        return fail(QStringLiteral("not a header field \"Name: value\""));
    const qsizetype valueAt = field->value.data() - m_text.constData();
    m_fields.push_back({field->name.toByteArray(), field->value.toByteArray(), {valueAt, field->value.size()}});
    return true;
}

/// obs-fold: the line break and the blanks around it count as one space (RFC 9112 section 5.2).
void HeadReader::readContinuation(const Line &line)
{
    const QByteArrayView value = view(line).trimmed();
    Header &field = m_fields.back();
    field.value += (field.value.isEmpty() ? "" : " ") + value.toByteArray();
    const qsizetype end = value.data() - m_text.constData() + value.size();
    field.span.length = end - field.span.start;
}

QByteArrayView HeadReader::indentationHere() const
{
    qsizetype end = m_at;
    while (end < m_text.size() && isBlank(m_text[end]))
        ++end;
    return QByteArrayView(m_text).sliced(m_at, end - m_at);
}

HeadReader::Line HeadReader::lineHere() const
{
    const qsizetype feed = m_text.indexOf('\n', m_at);
    Line line{m_at, feed < 0 ? m_text.size() : feed, feed < 0 ? m_text.size() : feed + 1};
    if (line.end > line.start && m_text[line.end - 1] == '\r')
        --line.end;
    if (view(line).startsWith(m_indent))
        line.start += m_indent.size();
    return line;
}

void HeadReader::advance(const Line &line)
{
    m_at = line.next;
    ++m_lineNumber;
}

bool HeadReader::fail(const QString &message)
{
    m_error = {message, QStringLiteral("line %1").arg(m_lineNumber)};
    return false;
}

} // namespace errata
