#include "models/json/jsoncursor.h"

#include "models/base/bytes.h"
#include "models/json/jsonescape.h"
#include "models/json/jsonscan.h"

#include <QVarLengthArray>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace errata {

namespace {

constexpr std::uint64_t Ones = 0x0101010101010101;
constexpr std::uint64_t High = 0x8080808080808080;

/// The high bit of the first byte that is \a c; those above may be false alarms (borrows).
std::uint64_t bytesEqual(std::uint64_t word, char c)
{
    const std::uint64_t difference = word ^ (Ones * static_cast<std::uint8_t>(c));
    return (difference - Ones) & ~difference & High;
}

const char *skipToQuoteOrBackslash(const char *p, const char *end)
{
    if constexpr (std::endian::native == std::endian::little) {
        while (end - p >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, p, sizeof word);
            if (const std::uint64_t bits = bytesEqual(word, '"') | bytesEqual(word, '\\'))
                return p + (std::countr_zero(bits) >> 3);
            p += 8;
        }
    }
    while (p != end && *p != '"' && *p != '\\')
        ++p;
    return p;
}

bool endsScalar(char c)
{
    return isSpace(c) || c == ',' || c == '}' || c == ']' || c == ':' || c == '"' || c == '{' || c == '[';
}

char *appendUtf8(char *out, std::uint32_t codePoint)
{
    const auto put = [&out](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xC0 | (codePoint >> 6));
        put(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        put(0xE0 | (codePoint >> 12));
        put(0x80 | ((codePoint >> 6) & 0x3F));
        put(0x80 | (codePoint & 0x3F));
    } else {
        put(0xF0 | (codePoint >> 18));
        put(0x80 | ((codePoint >> 12) & 0x3F));
        put(0x80 | ((codePoint >> 6) & 0x3F));
        put(0x80 | (codePoint & 0x3F));
    }
    return out;
}

/// The unit of \\uXXXX at \a p, -1 where there is none.
int unicodeEscape(const char *p, const char *end)
{
    return end - p >= 6 && p[0] == '\\' && p[1] == 'u' ? jsonscan::hexQuad(p + 2) : -1;
}

bool isHighSurrogate(int unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

bool isLowSurrogate(int unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

/// Writes what the escape at \a p means and moves \a p behind it. No escape is longer as UTF-8 than as it stands.
char *appendEscape(char *out, const char *&p, const char *end)
{
    const int unit = unicodeEscape(p, end);
    if (unit >= 0) {
        p += 6;
        if (!isHighSurrogate(unit) && !isLowSurrogate(unit))
            return appendUtf8(out, static_cast<std::uint32_t>(unit));
        const int low = isHighSurrogate(unit) ? unicodeEscape(p, end) : -1;
        if (!isLowSurrogate(low))
            return appendUtf8(out, 0xFFFD);
        p += 6;
        return appendUtf8(out, 0x10000U + (static_cast<std::uint32_t>(unit - 0xD800) << 10) +
                                   static_cast<std::uint32_t>(low - 0xDC00));
    }
    const char simple = end - p >= 2 ? jsonEscape(p[1]) : '\0';
    if (simple == 0) {
        *out++ = *p++;
        return out;
    }
    p += 2;
    *out++ = simple;
    return out;
}

} // namespace

QByteArray jsonUnescaped(QByteArrayView inside)
{
    if (!inside.contains('\\'))
        return inside.toByteArray();
    QByteArray text(inside.size(), Qt::Uninitialized);
    char *out = text.data();
    const char *p = inside.data();
    const char *const end = p + inside.size();
    while (p != end) {
        std::uint64_t word = 0;
        if (end - p >= 8) {
            std::memcpy(&word, p, sizeof word);
            if (bytesEqual(word, '\\') == 0) {
                std::memcpy(out, p, sizeof word);
                out += 8;
                p += 8;
                continue;
            }
        }
        while (p != end && *p != '\\')
            *out++ = *p++;
        if (p != end)
            out = appendEscape(out, p, end);
    }
    text.truncate(out - text.constData());
    return text;
}

void JsonCursor::setProgress(const Progress &progress)
{
    m_progress = progress ? &progress : nullptr;
    if (m_progress)
        askLater();
}

void JsonCursor::askLater()
{
    m_ask = m_at + std::min<qsizetype>(ProgressStep, end() - m_at);
}

bool JsonCursor::tell()
{
    if (!m_progress || m_at == end())
        return true;
    askLater();
    return (*m_progress)(offset()) || fail();
}

char JsonCursor::peek()
{
    while (m_at != end() && isSpace(*m_at))
        ++m_at;
    return m_failed || m_at == end() ? '\0' : *m_at;
}

Span JsonCursor::value()
{
    const char first = peek();
    const char *start = m_at;
    bool found = false;
    if (first == '"') {
        found = skipString();
    } else if (first == '{' || first == '[') {
        found = skipContainer();
    } else {
        while (!m_failed && m_at != end() && !endsScalar(*m_at))
            ++m_at;
        found = m_at != start || fail();
    }
    found = found && goOn();
    return found ? Span{start - m_text.data(), m_at - start} : Span{};
}

std::optional<Span> JsonCursor::string()
{
    const bool isString = peek() == '"';
    const Span span = value();
    if (!isString || span.isNull())
        return {};
    return Span{span.start + 1, span.length - 2};
}

std::optional<QByteArray> JsonCursor::text()
{
    const auto inside = string();
    if (!inside)
        return {};
    return jsonUnescaped(view(*inside));
}

std::optional<double> JsonCursor::number()
{
    const bool isString = peek() == '"';
    Span span = value();
    if (span.isNull())
        return {};
    if (isString)
        span = {span.start + 1, span.length - 2};
    const QByteArrayView digits = view(span);
    double result = 0;
    const auto [stop, problem] = std::from_chars(digits.begin(), digits.end(), result);
    if (problem != std::errc() || stop != digits.end())
        return {};
    return result;
}

bool JsonCursor::fail()
{
    m_failed = true;
    return false;
}

bool JsonCursor::skipString()
{
    ++m_at;
    for (;;) {
        m_at = skipToQuoteOrBackslash(m_at, end());
        if (m_at == end())
            return fail();
        if (*m_at == '"') {
            ++m_at;
            return true;
        }
        m_at += end() - m_at < 2 ? 1 : 2;
        if (!goOn())
            return false;
    }
}

bool JsonCursor::skipContainer()
{
    QVarLengthArray<char, limits::jsonDepth> open;
    while (m_at != end()) {
        const char c = *m_at;
        if (c == '"') {
            if (!skipString() || !goOn())
                return false;
            continue;
        }
        if (c == '{' || c == '[') {
            if (open.size() == limits::jsonDepth)
                return fail();
            open.append(c == '{' ? '}' : ']');
        } else if (c == '}' || c == ']') {
            if (open.back() != c)
                return fail();
            open.removeLast();
        }
        ++m_at;
        if (open.isEmpty())
            return true;
    }
    return fail();
}

bool JsonCursor::take(char c)
{
    if (peek() != c)
        return false;
    ++m_at;
    return true;
}

std::optional<QByteArrayView> JsonCursor::key()
{
    if (peek() != '"')
        return {};
    const Span span = value();
    if (span.isNull() || !take(':'))
        return {};
    return view({span.start + 1, span.length - 2});
}

} // namespace errata
