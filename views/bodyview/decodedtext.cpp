#include "views/bodyview/decodedtext.h"

#include "models/json/jsonscan.h"

#include <algorithm>

namespace errata {

namespace {

char32_t codePoint(const char *p, int length)
{
    const auto byte = [p](int i) { return static_cast<char32_t>(static_cast<unsigned char>(p[i])); };
    switch (length) {
    case 1:
        return byte(0);
    case 2:
        return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    case 3:
        return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    default:
        return (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    }
}

char32_t shown(char32_t c)
{
    if (c < 0x20)
        return c == '\t' ? c : 0x2400 + c;
    if (c == 0x7F)
        return 0x2421;
    if (c == 0x2028 || c == 0x2029)
        return 0x2424;
    const bool reorders = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
    return reorders || (c >= 0x80 && c < 0xA0) ? char32_t(QChar::ReplacementCharacter) : c;
}

template <typename Change>
DecodedText decode(QByteArrayView utf8, Change change)
{
    DecodedText result;
    result.text.reserve(utf8.size());
    result.offsets.reserve(static_cast<std::size_t>(utf8.size()) + 1);
    const char *const end = utf8.data() + utf8.size();
    for (const char *p = utf8.data(); p < end;) {
        const int length = jsonscan::utf8Length(p, end);
        const char32_t c = change(length > 0 ? codePoint(p, length) : char32_t(QChar::ReplacementCharacter));
        const int offset = int(p - utf8.data());
        for (const char16_t unit : QChar::fromUcs4(c)) {
            result.text += QChar(unit);
            result.offsets.push_back(offset);
        }
        p += std::max(length, 1);
    }
    result.offsets.push_back(int(utf8.size()));
    return result;
}

} // namespace

int DecodedText::unitOf(qsizetype offset) const
{
    const auto after = std::upper_bound(offsets.begin(), offsets.end(), int(offset));
    if (after == offsets.begin())
        return 0;
    // The first unit of a surrogate pair.
    return int(std::lower_bound(offsets.begin(), after, *(after - 1)) - offsets.begin());
}

DecodedText decodeForShow(QByteArrayView utf8)
{
    return decode(utf8, shown);
}

DecodedText decodeExactly(QByteArrayView utf8)
{
    return decode(utf8, [](char32_t c) { return c; });
}

qsizetype characterStart(QByteArrayView utf8, qsizetype offset)
{
    const char *const end = utf8.data() + utf8.size();
    constexpr qsizetype MostContinuations = 3;
    for (qsizetype at = offset; at >= 0 && at >= offset - MostContinuations; --at) {
        if (at < utf8.size() && at + jsonscan::utf8Length(utf8.data() + at, end) > offset)
            return at;
    }
    return offset;
}

} // namespace errata
