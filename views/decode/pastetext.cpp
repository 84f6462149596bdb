#include "views/decode/pastetext.h"

#include <algorithm>

namespace errata {

QString shownText(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    for (QChar &c : text) {
        if (c == u'\r' || c == QChar::ParagraphSeparator || c == QChar::LineSeparator)
            c = u'\n';
        else if (c.isNull())
            c = QChar(0x2400);
    }
    return text;
}

qsizetype shownPosition(const QByteArray &bytes, qsizetype offset)
{
    const QByteArray before = bytes.left(offset);
    const qsizetype position = shownText(before).size();
    // Between CR and LF is the end of the line.
    return before.endsWith('\r') && offset < bytes.size() && bytes[offset] == '\n' ? position - 1 : position;
}

qsizetype longestLine(QByteArrayView bytes)
{
    qsizetype longest = 0;
    for (qsizetype start = 0; start <= bytes.size();) {
        qsizetype end = bytes.indexOf('\n', start);
        if (end < 0)
            end = bytes.size();
        longest = std::max(longest, end - start);
        start = end + 1;
    }
    return longest;
}

qsizetype showableBytes(QByteArrayView bytes)
{
    constexpr qsizetype Most = 1'000'000;
    constexpr qsizetype MostInALine = 200'000;
    const qsizetype shown = std::min(bytes.size(), Most);
    return longestLine(bytes.first(shown)) > MostInALine ? std::min(shown, MostInALine) : shown;
}

Span partAround(const QByteArray &bytes, qsizetype offset)
{
    constexpr qsizetype Before = 20'000;
    constexpr qsizetype Most = 200'000;
    qsizetype start = std::max<qsizetype>(0, offset - Before);
    if (start > 0) {
        const qsizetype line = bytes.indexOf('\n', start);
        start = line >= 0 && line < offset ? line + 1 : start;
        // Not in the middle of a letter: bytes 10xxxxxx go on one.
        while (start < offset && (static_cast<unsigned char>(bytes[start]) & 0xC0U) == 0x80U)
            ++start;
    }
    return {start, std::min(Most, bytes.size() - start)};
}

QString sizeText(qint64 bytes)
{
    if (bytes == 1)
        return QStringLiteral("1 byte");
    if (bytes < 1000)
        return QStringLiteral("%1 bytes").arg(bytes);
    if (bytes < 999'950)
        return QStringLiteral("%1 kB").arg(double(bytes) / 1000, 0, 'f', 1);
    return QStringLiteral("%1 MB").arg(double(bytes) / 1'000'000, 0, 'f', 1);
}

} // namespace errata
