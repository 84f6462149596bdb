#include "models/base/lineindex.h"

#include <algorithm>

namespace errata {

namespace {

constexpr qsizetype LinesPerMark = 64;
constexpr qsizetype BytesPerMark = 4096;

/// The next line feed in [from, to), \a to when there is none.
qsizetype lineFeed(QByteArrayView bytes, qsizetype from, qsizetype to)
{
    const qsizetype found = bytes.sliced(from, to - from).indexOf('\n');
    return found < 0 ? to : from + found;
}

} // namespace

LineIndex LineIndex::of(QByteArrayView bytes)
{
    LineIndex index;
    index.advance(bytes, bytes.size());
    return index;
}

void LineIndex::advance(QByteArrayView bytes, qsizetype upTo)
{
    const qsizetype to = std::min(upTo, bytes.size());
    while (m_at < to) {
        const qsizetype found = lineFeed(bytes, m_at, to);
        m_at = std::min(found + 1, to);
        if (found == to)
            break;
        endLine(found, found + 1);
    }
    m_longest = std::max(m_longest, m_at - m_lineStart);
    if (m_at - m_lineStart >= BytesPerMark && m_marks.back().offset != m_lineStart)
        m_marks.push_back({m_lines - 1, m_lineStart});
}

void LineIndex::endLine(qsizetype end, qsizetype next)
{
    const qsizetype length = end - m_lineStart;
    m_longest = std::max(m_longest, length);
    const bool isLong = length >= BytesPerMark;
    if (isLong && m_marks.back().offset != m_lineStart)
        m_marks.push_back({m_lines - 1, m_lineStart});
    m_lineStart = next;
    ++m_lines;
    const Mark &last = m_marks.back();
    if (isLong || m_lines - 1 - last.line >= LinesPerMark || next - last.offset >= BytesPerMark)
        m_marks.push_back({m_lines - 1, next});
}

std::size_t LineIndex::markBefore(qsizetype line) const
{
    const auto after = std::upper_bound(m_marks.begin(), m_marks.end(), line,
                                        [](qsizetype wanted, const Mark &mark) { return wanted < mark.line; });
    return static_cast<std::size_t>(after - m_marks.begin()) - 1;
}

qsizetype LineIndex::markedNext(std::size_t mark, qsizetype line) const
{
    return mark + 1 < m_marks.size() && m_marks[mark + 1].line == line + 1 ? m_marks[mark + 1].offset : -1;
}

qsizetype LineIndex::start(QByteArrayView bytes, qsizetype line) const
{
    const Mark &mark = m_marks[markBefore(std::clamp<qsizetype>(line, 0, m_lines - 1))];
    qsizetype at = mark.offset;
    for (qsizetype i = mark.line; i < line && at < bytes.size(); ++i)
        at = std::min(lineFeed(bytes, at, bytes.size()) + 1, bytes.size());
    return at;
}

qsizetype LineIndex::end(QByteArrayView bytes, qsizetype line) const
{
    const qsizetype from = start(bytes, line);
    qsizetype end = bytes.size();
    if (line < m_lines - 1) {
        const qsizetype next = markedNext(markBefore(line), line);
        end = next >= 0 ? next - 1 : lineFeed(bytes, from, bytes.size());
        if (end > from && bytes[end - 1] == '\r')
            --end;
    }
    return end;
}

qsizetype LineIndex::lineOf(QByteArrayView bytes, qsizetype offset) const
{
    const auto after = std::upper_bound(m_marks.begin(), m_marks.end(), offset,
                                        [](qsizetype wanted, const Mark &mark) { return wanted < mark.offset; });
    const auto mark = static_cast<std::size_t>(after - m_marks.begin()) - 1;
    qsizetype line = m_marks[mark].line;
    const qsizetype to = std::min(offset, bytes.size());
    for (qsizetype at = m_marks[mark].offset; line < m_lines - 1 && markedNext(mark, line) < 0;) {
        at = lineFeed(bytes, at, to) + 1;
        if (at > to)
            break;
        ++line;
    }
    return line;
}

} // namespace errata
