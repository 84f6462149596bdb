#include "models/json/jsonindent.h"

#include "models/base/bytes.h"
#include "models/json/jsonscan.h"

#include <algorithm>

namespace errata {

namespace {

constexpr qsizetype BytesPerMark = 4096;
constexpr qsizetype LongBytes = 32'768;
constexpr qsizetype AskEvery = 100'000;

bool isStructure(char c)
{
    return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':' || c == '"';
}

const char *skipBlanks(const char *p, const char *end)
{
    while (p < end && isSpace(*p))
        ++p;
    return p;
}

/// Behind the string that begins at \a p, or the end of the bytes.
const char *behindString(const char *p, const char *end)
{
    for (++p; p < end;) {
        p = jsonscan::skipPlain(p, end);
        if (p == end || *p == '"')
            return p == end ? end : p + 1;
        p = *p == '\\' ? std::min(p + 2, end) : p + 1;
    }
    return end;
}

const char *behindToken(const char *p, const char *end)
{
    if (*p == '"')
        return behindString(p, end);
    if (isStructure(*p))
        return p + 1;
    while (p < end && !isStructure(*p) && !isSpace(*p))
        ++p;
    return p;
}

/// Two texts of the same tokens, walked side by side until \a done; where the second then stands.
/// \a goal is in the first one.
const char *matching(const char *first, const char *firstEnd, const char *goal, const char *second,
                     const char *secondEnd)
{
    for (;;) {
        first = skipBlanks(first, firstEnd);
        second = skipBlanks(second, secondEnd);
        if (first >= goal || first == firstEnd || second == secondEnd)
            return second;
        const char *behind = behindToken(first, firstEnd);
        if (goal < behind)
            return std::min(second + (goal - first), secondEnd);
        second = std::min(second + (behind - first), secondEnd);
        first = behind;
    }
}

} // namespace

/// One run over the source. Lexical: brackets, commas and colons place line ends, the rest is copied.
class JsonIndenter
{
public:
    JsonIndenter(QByteArrayView source, IndentLimits limits)
        : m_begin(source.data())
        , m_end(source.data() + std::min(source.size(), limits.source))
        , m_at(source.data())
        , m_most(limits.text)
        , m_whole(source.size() <= limits.source)
    {
        m_result.m_text.reserve(std::min(m_most, qsizetype(m_end - m_begin) * 3 / 2 + 64));
    }

    IndentedJson run(const std::function<bool()> &isCancelled)
    {
        const char *ask = m_at + AskEvery;
        for (m_at = skipBlanks(m_at, m_end); m_at < m_end; m_at = skipBlanks(m_at, m_end)) {
            if (m_result.m_text.size() > m_most)
                return std::move(m_result);
            if (m_at > ask && isCancelled && isCancelled())
                return std::move(m_result);
            if (m_at > ask)
                ask = m_at + AskEvery;
            token();
        }
        m_result.m_complete = m_whole;
        std::sort(m_result.m_long.begin(), m_result.m_long.end(),
                  [](const auto &a, const auto &b) { return a.open < b.open; });
        return std::move(m_result);
    }

private:
    struct Opened
    {
        qsizetype line = 0;
        qsizetype offset = 0;
    };

    void token()
    {
        QByteArray &text = m_result.m_text;
        const char *from = m_at;
        m_at = behindToken(m_at, m_end);
        switch (*from) {
        case '{':
        case '[':
            return open(*from);
        case '}':
        case ']':
            return close(*from);
        case ',':
            text += ',';
            return newLine();
        case ':':
            text += ": ";
            return;
        default:
            text.append(from, m_at - from);
        }
    }

    void open(char bracket)
    {
        m_result.m_text += bracket;
        m_at = skipBlanks(m_at, m_end);
        if (m_at < m_end && *m_at == (bracket == '{' ? '}' : ']')) {
            m_result.m_text += *m_at++;
            return;
        }
        m_open.push_back({m_line, m_result.m_text.size()});
        newLine();
    }

    void close(char bracket)
    {
        if (!m_open.empty()) {
            const Opened opened = m_open.back();
            m_open.pop_back();
            newLine();
            if (m_result.m_text.size() - opened.offset >= LongBytes)
                m_result.m_long.push_back({opened.line, m_line});
        }
        m_result.m_text += bracket;
    }

    void newLine()
    {
        QByteArray &text = m_result.m_text;
        text += '\n';
        ++m_line;
        if (text.size() - m_result.m_marks.back().text >= BytesPerMark)
            m_result.m_marks.push_back({text.size(), m_at - m_begin - pendingClose()});
        text.append(2 * std::min(static_cast<qsizetype>(m_open.size()), deepestIndent), ' ');
    }
    /// A closing bracket has been read, but stands behind the line end.
    [[nodiscard]] qsizetype pendingClose() const
    {
        return m_at > m_begin && (m_at[-1] == '}' || m_at[-1] == ']') ? 1 : 0;
    }

    const char *m_begin;
    const char *m_end;
    const char *m_at;
    qsizetype m_most;
    bool m_whole;
    qsizetype m_line = 0;
    std::vector<Opened> m_open; ///< the brackets not closed yet
    IndentedJson m_result;
};

IndentedJson IndentedJson::of(QByteArrayView source, IndentLimits limits, const std::function<bool()> &isCancelled)
{
    return JsonIndenter(source, limits).run(isCancelled);
}

qsizetype IndentedJson::sourceOffset(QByteArrayView source, qsizetype textOffset) const
{
    const auto after = std::upper_bound(m_marks.begin(), m_marks.end(), textOffset,
                                        [](qsizetype wanted, const Mark &mark) { return wanted < mark.text; });
    const Mark mark = *(after - 1);
    const char *begin = m_text.constData();
    return matching(begin + mark.text, begin + m_text.size(), begin + textOffset, source.data() + mark.source,
                    source.data() + source.size()) -
           source.data();
}

qsizetype IndentedJson::textOffset(QByteArrayView source, qsizetype sourceOffset) const
{
    const auto after = std::upper_bound(m_marks.begin(), m_marks.end(), sourceOffset,
                                        [](qsizetype wanted, const Mark &mark) { return wanted < mark.source; });
    const Mark mark = after == m_marks.begin() ? Mark{} : *(after - 1);
    const char *begin = m_text.constData();
    return matching(source.data() + mark.source, source.data() + source.size(), source.data() + sourceOffset,
                    begin + mark.text, begin + m_text.size()) -
           begin;
}

std::optional<qsizetype> IndentedJson::closingLine(qsizetype line, qsizetype lineStart) const
{
    const qsizetype found = m_text.indexOf('\n', lineStart);
    if (!m_complete || found <= lineStart || (m_text[found - 1] != '{' && m_text[found - 1] != '['))
        return {};
    const auto container = std::lower_bound(m_long.begin(), m_long.end(), line,
                                            [](const LongContainer &c, qsizetype wanted) { return c.open < wanted; });
    if (container != m_long.end() && container->open == line)
        return container->close;
    int depth = 0;
    qsizetype lines = 0;
    const char *const end = m_text.constData() + m_text.size();
    for (const char *p = m_text.constData() + found - 1; p < end; p = behindToken(p, end)) {
        for (; p < end && isSpace(*p); ++p)
            lines += *p == '\n' ? 1 : 0;
        if (p == end)
            break;
        if (*p == '{' || *p == '[')
            ++depth;
        else if ((*p == '}' || *p == ']') && --depth == 0)
            return line + lines;
    }
    return {};
}

} // namespace errata
