#include "models/http/objectliteral.h"

#include "models/base/bytes.h"
#include "models/json/jsondocument.h"
#include "models/json/jsonwriter.h"

#include <QString>

#include <algorithm>
#include <optional>

namespace errata {

namespace {

constexpr qsizetype looked = 65'536;
constexpr int deepest = 64;
/// A start that leads nowhere may cost the whole text.
constexpr int mostAttempts = 64;

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

bool isNameByte(char c)
{
    return isNameStart(c) || isDigit(c);
}

bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

void appendCharacter(QByteArray &bytes, char32_t character)
{
    bytes += QString::fromUcs4(&character, 1).toUtf8();
}

/// A reader that goes forward and fails for good at the first byte that does not fit.
class LiteralReader
{
public:
    LiteralReader(QByteArrayView text, qsizetype start) : m_text(text), m_at(start) {}

    std::optional<ObjectLiteral> read()
    {
        const qsizetype start = m_at;
        if (!object(0))
            return std::nullopt;
        return ObjectLiteral{{start, m_at - start}, m_writer.result(), std::move(m_scalars)};
    }

private:
    [[nodiscard]] char now() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    [[nodiscard]] char next() const { return m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0'; }

    void skipBlanks()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }

    bool take(QByteArrayView wanted)
    {
        const bool fits = m_text.sliced(m_at).startsWith(wanted);
        if (fits)
            m_at += wanted.size();
        return fits;
    }

    void wrote(qsizetype start, qsizetype end) { m_scalars.push_back({start, end - start}); }

    /// At the '{'. An object without a member says nothing, and "{}" is JSON as well.
    bool object(int depth)
    {
        if (depth > deepest || !take("{"))
            return false;
        m_writer.beginObject();
        skipBlanks();
        if (m_at + 2 < m_text.size() && take("\"\"")) {
            m_isDoubled = m_isDoubled || !(isSpace(now()) || now() == ':');
            m_at -= 2;
        }
        bool isFirst = true;
        while (!take("}")) {
            if (!isFirst && !take(","))
                return false;
            skipBlanks();
            if (!isFirst && take("}")) // a comma behind the last member
                break;
            if (isFirst && now() == '}')
                continue;
            if (!member(depth))
                return false;
            isFirst = false;
            skipBlanks();
        }
        m_writer.endObject();
        return !isFirst || depth > 0;
    }

    bool member(int depth)
    {
        const bool isSymbol = now() == ':' && (isNameStart(next()) || isQuote(next()));
        if (isSymbol)
            ++m_at;
        QString name;
        if (take("[")) { // [Symbol(x)]
            const qsizetype start = m_at;
            if (!skipPast(']'))
                return false;
            name = QString::fromUtf8(m_text.sliced(start, m_at - start - 1));
        } else if (const auto text = quoted()) {
            name = QString::fromUtf8(*text);
        } else if (isNameByte(now())) {
            const qsizetype start = m_at;
            while (isNameByte(now()) || now() == '-' || now() == '.')
                ++m_at;
            name = QString::fromUtf8(m_text.sliced(start, m_at - start));
        } else {
            return false;
        }
        m_writer.key(name);
        if (!isSymbol && now() == '=' && next() != '>') {
            ++m_at;
            return mapValue(depth);
        }
        skipBlanks();
        if (!take("=>") && !take(":"))
            return false;
        skipBlanks();
        return value(depth);
    }

    /// Behind "name=": up to the comma before the next name, or the end of the map.
    bool mapValue(int depth)
    {
        if (now() == '{')
            return object(depth + 1);
        if (now() == '[')
            return array(']', depth + 1);
        const qsizetype start = m_at;
        while (m_at < m_text.size() && now() != '}' && now() != '\n' && !isNextMapMember())
            ++m_at;
        if (now() != '}' && now() != ',')
            return false;
        const QByteArrayView text = m_text.sliced(start, m_at - start);
        if (!word(text))
            m_writer.utf8(text);
        wrote(start, m_at);
        return true;
    }

    [[nodiscard]] bool isNextMapMember() const
    {
        if (!m_text.sliced(m_at).startsWith(", "))
            return false;
        qsizetype at = m_at + 2;
        while (at < m_text.size() && isNameByte(m_text[at]))
            ++at;
        return at > m_at + 2 && at < m_text.size() && m_text[at] == '=';
    }

    bool value(int depth)
    {
        const char c = now();
        if (c == '{')
            return object(depth + 1);
        if (c == '[' || c == '(')
            return array(c == '[' ? ']' : ')', depth + 1);
        const qsizetype start = m_at;
        if (const auto text = quoted()) {
            m_writer.utf8(*text);
            m_scalars.push_back(m_inside);
            return true;
        }
        if (c == '<' || (c == '#' && next() == '<')) { // <Response [429]>, #<Error: x>
            if (!skipPast('>'))
                return false;
            m_writer.utf8(m_text.sliced(start, m_at - start));
            wrote(start, m_at);
            return true;
        }
        if (c == ':' && isNameStart(next())) { // a Ruby symbol
            ++m_at;
            const qsizetype name = m_at;
            skipWord();
            m_writer.utf8(m_text.sliced(name, m_at - name));
            wrote(name, m_at);
            return true;
        }
        return bare(depth);
    }

    /// A number, a word of the language, a call, or an object with its class before it.
    bool bare(int depth)
    {
        const qsizetype start = m_at;
        skipWord();
        const QByteArrayView text = m_text.sliced(start, m_at - start);
        if (text.isEmpty())
            return false;
        if (now() == '(') { // Decimal('1'), datetime.datetime(2026, 1, 1); Map(1) {...}
            if (!skipPast(')'))
                return false;
            skipBlanksBefore('{');
            if (now() == '{')
                return object(depth + 1);
            m_writer.utf8(m_text.sliced(start, m_at - start));
            wrote(start, m_at);
            return true;
        }
        if (word(text)) {
            wrote(start, m_at);
            return true;
        }
        if (m_text.sliced(m_at).startsWith(" [") && !skipPast(']')) // Object [AxiosHeaders] {...}
            return false;
        skipBlanksBefore('{');
        return isNameStart(text[0]) && now() == '{' && object(depth + 1);
    }

    void skipBlanksBefore(char wanted)
    {
        const qsizetype before = m_at;
        skipBlanks();
        if (now() != wanted)
            m_at = before;
    }

    void skipWord()
    {
        while (isNameByte(now()) || now() == '.' || now() == '-' || now() == '+')
            ++m_at;
    }

    /// Writes what the languages have words for; false for anything else.
    bool word(QByteArrayView text)
    {
        const auto is = [text](std::initializer_list<const char *> words) {
            return std::any_of(words.begin(), words.end(), [text](const char *one) { return text == one; });
        };
        if (is({"True", "true"}))
            m_writer.boolean(true);
        else if (is({"False", "false"}))
            m_writer.boolean(false);
        else if (is({"None", "null", "nil", "undefined", "NaN", "nan", "Infinity"}))
            m_writer.null();
        else if (!text.isEmpty() && (isDigit(text[0]) || text[0] == '-') && JsonDocument::parse(text.toByteArray()))
            m_writer.raw(text);
        else
            return false;
        return true;
    }

    /// Lists, tuples, and what a console leaves out: "[Object]", "[Circular *1]", "[Function: x]".
    bool array(char closing, int depth)
    {
        if (depth > deepest)
            return false;
        const qsizetype start = m_at++;
        if (closing == ']' && isNameStart(now()) && isLeftOut()) {
            if (!skipPast(']'))
                return false;
            m_writer.utf8(m_text.sliced(start, m_at - start));
            wrote(start, m_at);
            return true;
        }
        m_writer.beginArray();
        skipBlanks();
        for (bool isFirst = true; now() != closing; isFirst = false) {
            if (!isFirst && !take(","))
                return false;
            skipBlanks();
            if (now() == closing)
                break;
            if (!value(depth))
                return false;
            skipBlanks();
        }
        ++m_at;
        m_writer.endArray();
        return true;
    }

    [[nodiscard]] bool isLeftOut() const
    {
        const QByteArrayView rest = m_text.sliced(m_at);
        return rest.startsWith("Object") || rest.startsWith("Array") || rest.startsWith("Circular") ||
               rest.startsWith("Function") || rest.startsWith("Getter") || rest.startsWith("Symbol");
    }

    /// Behind the next \a closing on this level, strings skipped.
    bool skipPast(char closing)
    {
        int open = 0;
        const char opening = closing == ')' ? '(' : closing == ']' ? '[' : '<';
        for (; m_at < m_text.size(); ++m_at) {
            const char c = now();
            if (c == '\n')
                return false;
            if (c == opening)
                ++open;
            if (c == closing && --open <= 0) {
                ++m_at;
                return true;
            }
        }
        return false;
    }

    /// A string with its prefix, unescaped; its place without quotes goes into m_inside.
    std::optional<QByteArray> quoted()
    {
        const qsizetype start = m_at;
        const bool hasPrefix = isQuote(next()) && QByteArrayView("bBuUrRfF").contains(now());
        const char quote = hasPrefix ? next() : now();
        if (!isQuote(quote))
            return std::nullopt;
        m_at += hasPrefix ? 2 : 1;
        const bool isDoubled = m_isDoubled && quote == '"' && take("\"");
        const qsizetype inside = m_at;
        QByteArray bytes;
        while (m_at < m_text.size()) {
            if (now() == quote && (!isDoubled || next() == '"')) {
                m_inside = {inside, m_at - inside};
                m_at += isDoubled ? 2 : 1;
                return bytes;
            }
            if (now() == '\\')
                unescape(bytes);
            else
                bytes += m_text[m_at++];
        }
        m_at = start;
        return std::nullopt;
    }

    /// At the backslash. What is no escape in any of the languages stands for itself.
    void unescape(QByteArray &bytes)
    {
        ++m_at;
        const char c = now();
        if (m_at >= m_text.size())
            return;
        ++m_at;
        const auto at = QByteArrayView("nrtbf0").indexOf(c);
        if (at >= 0)
            bytes += "\n\r\t\b\f\0"[at];
        else if (c == 'x')
            hex(bytes, 2);
        else if (c == 'u')
            hex(bytes, 4);
        else if (c == 'U')
            hex(bytes, 8);
        else if (c == '"' && m_isDoubled && now() == '"')
            bytes += m_text[m_at++];
        else if (c != '\n')
            bytes += c;
    }

    void hex(QByteArray &bytes, qsizetype digits)
    {
        std::optional<char32_t> code = hexNumber(digits);
        if (!code)
            return;
        constexpr char32_t high = 0xD800, low = 0xDC00, beyond = 0xE000;
        if (*code >= high && *code < low && take("\\u")) {
            const auto second = hexNumber(4);
            code = second && *second >= low && *second < beyond ? 0x10000 + ((*code - high) << 10) + (*second - low)
                                                                : char32_t(QChar::ReplacementCharacter);
        }
        // \xNN above 0x7f is a byte of UTF-8 in b'...', the only place where Python prints it.
        if (digits == 2)
            bytes += static_cast<char>(*code);
        else
            appendCharacter(bytes, *code > 0x10FFFF ? char32_t(QChar::ReplacementCharacter) : *code);
    }

    std::optional<char32_t> hexNumber(qsizetype digits)
    {
        if (m_text.size() - m_at < digits)
            return std::nullopt;
        bool isNumber = false;
        const uint number = m_text.sliced(m_at, digits).toByteArray().toUInt(&isNumber, 16);
        if (!isNumber)
            return std::nullopt;
        m_at += digits;
        return static_cast<char32_t>(number);
    }

    QByteArrayView m_text;
    qsizetype m_at;
    JsonWriter m_writer;
    std::vector<Span> m_scalars;
    Span m_inside;            ///< of the last quoted string
    bool m_isDoubled = false; ///< quotes are doubled, as CSV does
};

/// Whether a brace may open an object: a quote, a name or a symbol stands behind it.
bool mayOpen(QByteArrayView behind)
{
    behind = behind.trimmed();
    return !behind.isEmpty() && (isQuote(behind[0]) || isNameByte(behind[0]) || behind[0] == ':' || behind[0] == '[');
}

} // namespace

std::vector<ObjectLiteral> objectLiteralsIn(QByteArrayView text, int atMost)
{
    text = text.first(std::min(text.size(), looked));
    std::vector<ObjectLiteral> found;
    int attempts = 0;
    qsizetype at = text.indexOf('{');
    while (at >= 0 && static_cast<int>(found.size()) < atMost && attempts < mostAttempts) {
        qsizetype next = at + 1;
        constexpr qsizetype blanks = 256;
        if (mayOpen(text.sliced(next, std::min(blanks, text.size() - next)))) {
            ++attempts;
            if (auto literal = LiteralReader(text, at).read()) {
                next = literal->where.end();
                found.push_back(std::move(*literal));
            }
        }
        at = text.indexOf('{', next);
    }
    return found;
}

} // namespace errata
