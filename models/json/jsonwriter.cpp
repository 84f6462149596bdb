#include "models/json/jsonwriter.h"

#include "models/json/jsonscan.h"

#include <QString>

#include <charconv>
#include <cmath>

namespace errata {

namespace {

/// \a c escaped as RFC 8259 section 7 demands, the short form where there is one.
void appendEscaped(QByteArray &out, char c)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += '\\';
    switch (c) {
    case '"':
    case '\\':
        out += c;
        return;
    case '\b':
        out += 'b';
        return;
    case '\f':
        out += 'f';
        return;
    case '\n':
        out += 'n';
        return;
    case '\r':
        out += 'r';
        return;
    case '\t':
        out += 't';
        return;
    default:
        out += "u00";
        out += hex[(c >> 4) & 0xF];
        out += hex[c & 0xF];
    }
}

/// \a utf8 (valid) with quotes and escapes.
void appendString(QByteArray &out, const QByteArray &utf8)
{
    out += '"';
    for (const char c : utf8) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\')
            appendEscaped(out, c);
        else
            out += c;
    }
    out += '"';
}

} // namespace

JsonWriter &JsonWriter::beginObject()
{
    return begin('{');
}

JsonWriter &JsonWriter::endObject()
{
    return end('}');
}

JsonWriter &JsonWriter::beginArray()
{
    return begin('[');
}

JsonWriter &JsonWriter::endArray()
{
    return end(']');
}

JsonWriter &JsonWriter::key(QStringView name)
{
    Q_ASSERT(m_depth > 0 && !m_afterKey);
    beforeValue();
    appendString(m_out, name.toUtf8());
    m_out += ": ";
    m_afterKey = true;
    return *this;
}

JsonWriter &JsonWriter::string(QStringView text)
{
    beforeValue();
    appendString(m_out, text.toUtf8());
    return *this;
}

JsonWriter &JsonWriter::utf8(QByteArrayView bytes)
{
    return string(jsonscan::toText(bytes));
}

JsonWriter &JsonWriter::number(qint64 value)
{
    return raw(QByteArray::number(value));
}

JsonWriter &JsonWriter::number(double value)
{
    if (!std::isfinite(value))
        return null();
    char text[32];
    const auto written = std::to_chars(text, text + sizeof text, value);
    Q_ASSERT(written.ec == std::errc());
    return raw(QByteArrayView(text, written.ptr));
}

JsonWriter &JsonWriter::boolean(bool value)
{
    return raw(value ? "true" : "false");
}

JsonWriter &JsonWriter::null()
{
    return raw("null");
}

JsonWriter &JsonWriter::raw(QByteArrayView json)
{
    beforeValue();
    m_out += json;
    return *this;
}

JsonWriter &JsonWriter::begin(char opening)
{
    beforeValue();
    m_out += opening;
    ++m_depth;
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::end(char closing)
{
    Q_ASSERT(m_depth > 0 && !m_afterKey);
    --m_depth;
    if (!m_first)
        newline();
    m_first = false;
    m_out += closing;
    return *this;
}

/// The comma and the line break before a key or an element; nothing between a key and its value.
void JsonWriter::beforeValue()
{
    Q_ASSERT(m_depth > 0 || m_out.isEmpty());
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (!m_first)
        m_out += ',';
    if (m_depth > 0)
        newline();
    m_first = false;
}

void JsonWriter::newline()
{
    m_out += '\n';
    m_out.append(qsizetype(2) * m_depth, ' ');
}

} // namespace errata
