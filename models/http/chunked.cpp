#include "models/http/chunked.h"

#include <algorithm>

namespace errata {

namespace {

/// Takes a line off \a text, without its LF or CR LF; nothing when no line ends there.
std::optional<QByteArrayView> takeLine(QByteArrayView &text)
{
    const qsizetype feed = text.indexOf('\n');
    if (feed < 0)
        return {};
    QByteArrayView line = text.first(feed);
    text = text.sliced(feed + 1);
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

/// chunk-size [ chunk-ext ]
std::optional<qsizetype> chunkSize(QByteArrayView line)
{
    const qsizetype extension = line.indexOf(';');
    const QByteArrayView digits = (extension < 0 ? line : line.first(extension)).trimmed();
    const bool isHex = std::all_of(digits.begin(), digits.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    bool fits = false;
    const qlonglong size = isHex ? digits.toLongLong(&fits, 16) : 0;
    return fits ? std::optional<qsizetype>(size) : std::nullopt;
}

/// Trailer fields up to the empty line, then nothing but white space.
bool isEndOfBody(QByteArrayView rest)
{
    for (auto line = takeLine(rest); line; line = takeLine(rest)) {
        if (line->isEmpty())
            return rest.trimmed().isEmpty();
        if (line->indexOf(':') < 1)
            return false;
    }
    return false;
}

} // namespace

std::optional<QByteArray> decodeChunked(QByteArrayView text)
{
    // One kind of line end throughout: a wrong size must not pass by taking the CR for content.
    const bool isCrLf = text.first(text.indexOf('\n') + 1).endsWith("\r\n");
    const QByteArrayView lineEnd = isCrLf ? "\r\n" : "\n";
    QByteArray content;
    while (const auto line = takeLine(text)) {
        const auto size = chunkSize(*line);
        if (!size || *size > text.size())
            return {};
        if (*size == 0)
            return isEndOfBody(text) ? std::optional(content) : std::nullopt;
        content += text.first(*size);
        text = text.sliced(*size);
        if (!text.startsWith(lineEnd))
            return {};
        text = text.sliced(lineEnd.size());
    }
    return {};
}

} // namespace errata
