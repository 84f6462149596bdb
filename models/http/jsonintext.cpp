#include "models/http/jsonintext.h"

#include "models/base/bytes.h"
#include "models/base/limits.h"
#include "models/base/rawview.h"
#include "models/json/jsoncursor.h"
#include "models/json/jsonscan.h"

#include <QVarLengthArray>

#include <algorithm>

namespace errata {

namespace {

bool isScalar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' || c == 'E';
}

const char *skipDigits(const char *at, const char *end)
{
    while (at != end && *at >= '0' && *at <= '9')
        ++at;
    return at;
}

/// A literal, or a number without an exponent, as RFC 8259 has them; others may be, and are looked at again.
bool isPlainScalar(QByteArrayView text)
{
    const char *at = text.begin();
    const char *end = text.end();
    if (*at >= 'a')
        return text == "true" || text == "false" || text == "null";
    if (*at == '-')
        ++at;
    const char *behind = skipDigits(at, end);
    if (behind == at || (*at == '0' && behind - at > 1))
        return false;
    if (behind == end)
        return true;
    return *behind == '.' && behind + 1 != end && skipDigits(behind + 1, end) == end;
}

bool isStrictJson(QByteArrayView text, const Progress &progress)
{
    const QByteArray bytes = rawView(text);
    return !JsonDocument::check(bytes, {limits::jsonDepth, text.size(), progress});
}

/// A validator that runs over any text: at the first byte that does not fit, everything open is dropped and the text
/// counts as prose again; what was complete by then stays found. Goes back by one string at most, so it is linear.
class Finder
{
public:
    Finder(QByteArrayView text, int atMost, const Progress &progress)
        : m_text(text), m_atMost(static_cast<std::size_t>(std::max(atMost, 0))), m_progress(progress)
    {
    }

    std::vector<Span> find()
    {
        while (m_at < m_text.size() && !isEnough() && goOn()) {
            if (m_open.empty())
                skipProse();
            else if (!step())
                drop();
        }
        std::vector<Span> list;
        for (const auto &[span, isPlain] : std::as_const(m_found)) {
            if (list.size() < m_atMost && (isPlain || isStrictJson(m_text.sliced(span.start, span.length), m_progress)))
                list.push_back(span);
        }
        return list;
    }

private:
    enum class Want { FirstOrEnd, Value, KeyOrEnd, Key, Colon, CommaOrEnd };

    struct Container
    {
        qsizetype start = 0;
        bool isObject = false;
        bool isTelling = false; ///< a member, or an element that is an object or a string
        bool isPlain = true;    ///< neither escapes nor bytes beyond ASCII: strict by the way it was read
        Want want = Want::Value;
    };
    struct Found
    {
        Span span;
        bool isPlain = false;
    };

    bool goOn()
    {
        if (m_at - m_told < ProgressStep || !m_progress)
            return true;
        m_told = m_at;
        return m_progress(m_at);
    }

    [[nodiscard]] bool isEnough() const
    {
        return m_open.empty() && static_cast<std::size_t>(m_found.size()) >= m_atMost;
    }

    void skipProse()
    {
        if (m_nextBrace < m_at)
            m_nextBrace = next('{');
        if (m_nextBracket < m_at)
            m_nextBracket = next('[');
        m_at = std::min(m_nextBrace, m_nextBracket);
        if (m_at < m_text.size())
            open();
    }

    [[nodiscard]] qsizetype next(char opening) const
    {
        const qsizetype found = m_text.indexOf(opening, m_at);
        return found < 0 ? m_text.size() : found;
    }

    void open()
    {
        const bool isObject = m_text[m_at] == '{';
        m_open.push_back({m_at, isObject, false, true, isObject ? Want::KeyOrEnd : Want::FirstOrEnd});
        m_lastString = -1;
        ++m_at;
    }

    /// One token; false when it does not fit.
    bool step()
    {
        const char c = m_text[m_at];
        Container &container = m_open.back();
        if (isSpace(c)) {
            ++m_at;
            return true;
        }
        switch (container.want) {
        case Want::Colon:
            container.want = Want::Value;
            return take(c == ':');
        case Want::CommaOrEnd:
            if (isEnd(c))
                return close();
            container.want = container.isObject ? Want::Key : Want::Value;
            return take(c == ',');
        case Want::Key:
        case Want::KeyOrEnd:
            if (container.want == Want::KeyOrEnd && isEnd(c))
                return close();
            container.want = Want::Colon;
            container.isTelling = true;
            return c == '"' && string();
        case Want::FirstOrEnd:
            if (isEnd(c))
                return close();
            return value(c);
        case Want::Value:
            return value(c);
        }
        return false;
    }

    bool value(char c)
    {
        Container &container = m_open.back();
        container.want = Want::CommaOrEnd;
        if (c == '{' || c == '[') {
            if (m_open.size() == limits::jsonDepth)
                return false;
            open();
            return true;
        }
        if (c == '"') {
            container.isTelling = true;
            return string();
        }
        const qsizetype start = m_at;
        while (m_at < m_text.size() && isScalar(m_text[m_at]))
            ++m_at;
        if (m_at == start)
            return false;
        container.isPlain = container.isPlain && isPlainScalar(m_text.sliced(start, m_at - start));
        return true;
    }

    [[nodiscard]] bool isEnd(char c) const { return c == (m_open.back().isObject ? '}' : ']'); }

    bool take(bool fits)
    {
        if (fits)
            ++m_at;
        return fits;
    }

    /// Ends in a quote; a control character says that it was none.
    bool string()
    {
        m_lastString = m_at;
        ++m_at;
        while (m_at < m_text.size()) {
            m_at = jsonscan::skipPlain(m_text.data() + m_at, m_text.end()) - m_text.data();
            if (m_at == m_text.size())
                break;
            const char c = m_text[m_at];
            if (static_cast<unsigned char>(c) < 0x20)
                return false;
            m_at += c == '\\' ? 2 : 1;
            if (c == '"')
                return true;
            m_open.back().isPlain = false;
        }
        m_at = m_text.size();
        return false;
    }

    bool close()
    {
        const Container container = m_open.back();
        m_open.pop_back();
        m_lastString = -1; // within what is complete
        ++m_at;
        if (!m_open.empty())
            m_open.back().isPlain = m_open.back().isPlain && container.isPlain;
        if (!container.isTelling)
            return true;
        while (!m_found.empty() && m_found.back().span.start > container.start)
            m_found.pop_back();
        m_found.push_back({{container.start, m_at - container.start}, container.isPlain});
        if (!m_open.empty())
            m_open.back().isTelling = true;
        return true;
    }

    /// What was taken for a string may have been prose that holds JSON.
    void drop()
    {
        m_open.clear();
        if (m_lastString >= 0)
            m_at = m_lastString + 1;
        m_lastString = -1;
    }

    QByteArrayView m_text;
    std::size_t m_atMost;
    const Progress &m_progress;
    qsizetype m_told = 0;
    qsizetype m_at = 0;
    qsizetype m_nextBrace = -1; ///< the first at or behind where it was last asked for
    qsizetype m_nextBracket = -1;
    qsizetype m_lastString = -1;           ///< start of the last string in what is open
    QVarLengthArray<Container, 16> m_open; ///< of a line of a log seldom more: no allocation
    QVarLengthArray<Found, 16> m_found;
};

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// \\xNN at \a p as a number, -1 where there is none.
int hexEscape(QByteArrayView text, qsizetype at)
{
    if (text.size() - at < 4 || text[at + 1] != 'x')
        return -1;
    const int high = hexDigit(text[at + 2]);
    const int low = hexDigit(text[at + 3]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/// The inside of a Python literal: \\xNN is a byte in b'...', a character in '...'; the rest is as in JSON, with \'.
QByteArray pythonUnescaped(QByteArrayView inside, bool isBytes)
{
    QByteArray json; // first made a JSON string's inside: quotes and \x as JSON writes them
    json.reserve(inside.size());
    for (qsizetype i = 0; i < inside.size(); ++i) {
        const char c = inside[i];
        const int hex = c == '\\' ? hexEscape(inside, i) : -1;
        if (hex >= 0) {
            if (isBytes && hex >= 0x80)
                json += static_cast<char>(hex);
            else
                json += "\\u00" + QByteArray::number(hex, 16).rightJustified(2, '0');
            i += 3;
        } else if (c == '\\' && i + 1 < inside.size()) {
            ++i;
            if (inside[i] != '\'')
                json += '\\';
            json += inside[i];
        } else {
            json += c;
        }
    }
    return jsonUnescaped(json);
}

bool beginsLikeContainer(QByteArrayView text)
{
    text = text.trimmed();
    return text.startsWith('{') || text.startsWith('[');
}

bool isContainer(QByteArrayView text, const Progress &progress)
{
    return beginsLikeContainer(text) && isStrictJson(text.trimmed(), progress);
}

/// What the string may mean, the likeliest first.
std::vector<QByteArray> readings(QByteArrayView text)
{
    const bool hasPrefix =
        text.size() > 2 && QByteArrayView("bBuUrR").contains(text.front()) && QByteArrayView("'\"").contains(text[1]);
    const bool isBytes = hasPrefix && (text.front() | 0x20) == 'b';
    if (hasPrefix)
        text = text.sliced(1);
    if (beginsLikeContainer(text))
        return {jsonUnescaped(text)};
    if (text.size() < 2 || text.front() != text.back() || !QByteArrayView("'\"`").contains(text.front()))
        return {};
    const QByteArrayView inside = text.sliced(1, text.size() - 2);
    std::vector<QByteArray> list;
    if (text.front() == '"' && !isBytes)
        list.push_back(jsonUnescaped(inside));
    list.push_back(inside.toByteArray());
    list.push_back(pythonUnescaped(inside, isBytes));
    if (text.front() == '"')
        list.push_back(inside.toByteArray().replace("\"\"", "\""));
    return list;
}

} // namespace

std::vector<Span> jsonIn(QByteArrayView text, int atMost, const Progress &progress)
{
    return Finder(text, atMost, progress).find();
}

std::optional<QByteArray> unquotedJson(QByteArrayView text, const Progress &progress)
{
    constexpr int deepest = 3;
    QByteArray current = text.trimmed().toByteArray();
    if (isContainer(current, progress))
        return {};
    for (int depth = 0; depth < deepest; ++depth) {
        if (progress && !progress(0))
            return {};
        std::vector<QByteArray> list = readings(QByteArrayView(current).trimmed());
        const auto found =
            std::find_if(list.begin(), list.end(), [&](const QByteArray &one) { return isContainer(one, progress); });
        if (found != list.end())
            return *found;
        // A string in a string.
        const auto next = std::find_if(list.begin(), list.end(), [](const QByteArray &one) {
            const QByteArrayView trimmed = QByteArrayView(one).trimmed();
            return trimmed.size() > 2 && QByteArrayView("'\"{[").contains(trimmed.front());
        });
        if (next == list.end())
            return {};
        current = std::move(*next);
    }
    return {};
}

} // namespace errata
