#include "models/json/jsonscan.h"

#include "models/base/bytes.h"

#include <QChar>
#include <QList>
#include <QStringDecoder>

#include <bit>
#include <cstdint>
#include <cstring>

namespace errata::jsonscan {

namespace {

std::uint8_t byteAt(const char *p)
{
    return static_cast<std::uint8_t>(*p);
}

bool isContinuation(const char *p)
{
    return (byteAt(p) & 0xC0) == 0x80;
}

bool isPlain(std::uint8_t byte)
{
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/// The high bit of each byte that is not plain. Bits above the lowest one set may be false alarms
/// (borrows), so only the lowest counts.
std::uint64_t unplainBits(std::uint64_t word)
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t high = 0x8080808080808080;
    const std::uint64_t quote = word ^ (ones * '"');
    const std::uint64_t backslash = word ^ (ones * '\\');
    const std::uint64_t low = word - ones * 0x20;
    return ((low | (quote - ones) | (backslash - ones)) & ~word & high) | (word & high);
}

QString codePointName(char32_t c)
{
    switch (c) {
    case 0:
        return QStringLiteral("a NUL byte");
    case '\t':
        return QStringLiteral("a tab");
    case '\n':
        return QStringLiteral("a line feed");
    case '\r':
        return QStringLiteral("a carriage return");
    case 0x1B:
        return QStringLiteral("an escape character (U+001B)");
    case 0xFEFF:
        return QStringLiteral("a byte order mark (U+FEFF)");
    case '\'':
        return QStringLiteral("\"'\"");
    default:
        break;
    }
    const QString number = QStringLiteral("U+") + QString::number(uint(c), 16).toUpper().rightJustified(4, u'0');
    if (c < 0x20 || c == 0x7F)
        return QStringLiteral("a control character (%1)").arg(number);
    if (c > 0x7F && (!QChar::isPrint(c) || QChar::isSpace(c)))
        return number;
    return QLatin1Char('\'') + QString::fromUcs4(&c, 1) + QLatin1Char('\'');
}

} // namespace

int utf8Length(const char *p, const char *end)
{
    const std::uint8_t lead = byteAt(p);
    if (lead < 0x80)
        return 1;
    const auto left = end - p;
    if (lead < 0xC2 || lead > 0xF4 || left < 2)
        return 0;
    // The second byte carries the rules on overlong forms, surrogates and the upper end.
    std::uint8_t lowest = 0x80;
    std::uint8_t highest = 0xBF;
    if (lead == 0xE0)
        lowest = 0xA0;
    else if (lead == 0xED)
        highest = 0x9F;
    else if (lead == 0xF0)
        lowest = 0x90;
    else if (lead == 0xF4)
        highest = 0x8F;
    if (byteAt(p + 1) < lowest || byteAt(p + 1) > highest)
        return 0;
    if (lead < 0xE0)
        return 2;
    if (left < 3 || !isContinuation(p + 2))
        return 0;
    if (lead < 0xF0)
        return 3;
    return left >= 4 && isContinuation(p + 3) ? 4 : 0;
}

const char *skipPlain(const char *p, const char *end)
{
    if constexpr (std::endian::native == std::endian::little) {
        while (end - p >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, p, sizeof word);
            if (const std::uint64_t bits = unplainBits(word))
                return p + (std::countr_zero(bits) >> 3);
            p += 8;
        }
    }
    while (p != end && isPlain(byteAt(p)))
        ++p;
    return p;
}

int hexQuad(const char *p)
{
    int number = 0;
    for (int i = 0; i < 4; ++i) {
        const char c = p[i];
        int digit = 0;
        if (c >= '0' && c <= '9')
            digit = c - '0';
        else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
            digit = (c | 0x20) - 'a' + 10;
        else
            return -1;
        number = number * 16 + digit;
    }
    return number;
}

QString toText(QByteArrayView utf8)
{
    if (!utf8.startsWith(byteOrderMark))
        return QString::fromUtf8(utf8);
    using Flag = QStringDecoder::Flag;
    return QStringDecoder(QStringDecoder::Utf8, Flag::Stateless | Flag::ConvertInitialBom)(utf8);
}

QString describe(const char *p, const char *end)
{
    if (p == end)
        return QStringLiteral("end of input");
    const int length = utf8Length(p, end);
    if (length == 0)
        return QStringLiteral("byte 0x") + QString::number(byteAt(p), 16).toUpper().rightJustified(2, QLatin1Char('0'));
    const auto codePoints = toText({p, length}).toUcs4();
    return codePointName(codePoints.front());
}

} // namespace errata::jsonscan
