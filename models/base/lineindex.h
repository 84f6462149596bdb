// Where the lines of a large text begin, without a number for each of them.
#pragma once

#include <QByteArrayView>

#include <vector>

namespace errata {

/// A mark every 64 lines or 4 kB, whichever comes first, and before and after each long line: 1 GB of short lines
/// takes 12 MB, and a line is found within 4 kB of a mark. Lines end with '\n' or "\r\n"; what follows the last
/// one is a line too, an empty one at times. The bytes stay their owner's and are handed in with each question.
class LineIndex
{
public:
    LineIndex() = default;
    [[nodiscard]] static LineIndex of(QByteArrayView bytes);

    /// Reads on to \a upTo, so that a large text can be read in slices; memchr finds 2 to 3 GB of lines a second.
    void advance(QByteArrayView bytes, qsizetype upTo);

    [[nodiscard]] qsizetype lineCount() const { return m_lines; }
    [[nodiscard]] qsizetype start(QByteArrayView bytes, qsizetype line) const;
    /// Without its line end.
    [[nodiscard]] qsizetype end(QByteArrayView bytes, qsizetype line) const;
    [[nodiscard]] qsizetype lineOf(QByteArrayView bytes, qsizetype offset) const;
    /// Bytes of the longest line.
    [[nodiscard]] qsizetype longest() const { return m_longest; }
    /// Bytes the index itself takes.
    [[nodiscard]] qsizetype footprint() const
    {
        return static_cast<qsizetype>(m_marks.capacity()) * qsizetype(sizeof(Mark));
    }

private:
    struct Mark
    {
        qsizetype line = 0;
        qsizetype offset = 0;
    };

    void endLine(qsizetype end, qsizetype next);
    /// Where the line after \a line begins when a mark tells it, -1 otherwise.
    [[nodiscard]] qsizetype markedNext(std::size_t mark, qsizetype line) const;
    [[nodiscard]] std::size_t markBefore(qsizetype line) const;

    std::vector<Mark> m_marks{{0, 0}};
    qsizetype m_at = 0;
    qsizetype m_lineStart = 0;
    qsizetype m_lines = 1;
    qsizetype m_longest = 0;
};

} // namespace errata
