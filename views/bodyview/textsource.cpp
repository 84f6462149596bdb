#include "views/bodyview/textsource.h"

#include <algorithm>

namespace errata {

QByteArray PlainText::read(qsizetype from, qsizetype to) const
{
    return QByteArray::fromRawData(m_bytes.constData() + from, to - from);
}

HexText::HexText(QByteArray bytes, std::shared_ptr<const void> storage)
    : m_storage(std::move(storage)), m_bytes(std::move(bytes))
{
}

qsizetype HexText::lineCount() const
{
    return std::max<qsizetype>((m_bytes.size() + BytesPerRow - 1) / BytesPerRow, 1);
}

QByteArray HexText::row(qsizetype line) const
{
    constexpr char digits[] = "0123456789abcdef";
    QByteArray row(RowLength, ' ');
    const qsizetype first = line * BytesPerRow;
    const QByteArray offset = QByteArray::number(first, 16).rightJustified(OffsetDigits, '0');
    std::copy(offset.begin(), offset.end(), row.begin());
    for (qsizetype i = 0; i < BytesPerRow && first + i < m_bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(m_bytes[first + i]);
        row[hexColumn(i)] = digits[byte >> 4U];
        row[hexColumn(i) + 1] = digits[byte & 0xFU];
        row[AsciiColumn + i] = byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '.';
    }
    return row;
}

QByteArray HexText::read(qsizetype from, qsizetype to) const
{
    QByteArray text;
    for (qsizetype line = lineOf(from); line < lineCount() && lineStart(line) < to; ++line) {
        if (line > lineOf(from))
            text += '\n';
        const qsizetype start = lineStart(line);
        const qsizetype begin = std::clamp<qsizetype>(from - start, 0, RowLength);
        const qsizetype end = std::clamp<qsizetype>(to - start, 0, RowLength);
        text += row(line).mid(begin, std::max<qsizetype>(end - begin, 0));
    }
    return text;
}

std::vector<Span> HexText::shownSpans(Span body) const
{
    std::vector<Span> spans;
    for (qsizetype at = body.start; at < body.end();) {
        const qsizetype line = at / BytesPerRow;
        const qsizetype first = at % BytesPerRow;
        const qsizetype last = std::min(body.end() - line * BytesPerRow, BytesPerRow) - 1;
        spans.push_back({lineStart(line) + hexColumn(first), hexColumn(last) + 2 - hexColumn(first)});
        spans.push_back({lineStart(line) + AsciiColumn + first, last - first + 1});
        at = (line + 1) * BytesPerRow;
    }
    return spans;
}

qsizetype HexText::bodyOffset(qsizetype position) const
{
    const qsizetype line = lineOf(position);
    const qsizetype column = position - lineStart(line);
    qsizetype byte = 0;
    if (column >= AsciiColumn)
        byte = std::min(column - AsciiColumn, BytesPerRow - 1);
    else if (column >= HexColumn)
        byte = std::min((column - HexColumn - (column > hexColumn(8) - 1 ? 1 : 0)) / 3, BytesPerRow - 1);
    return std::min(line * BytesPerRow + byte, std::max<qsizetype>(m_bytes.size() - 1, 0));
}

} // namespace errata
