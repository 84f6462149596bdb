#include "models/http/cookiejar.h"

#include "models/base/bytes.h"

#include <QByteArrayList>

#include <algorithm>
#include <array>

namespace errata {

namespace {

/// RFC 6265 section 5.1.1: %x09, %x20-2F, %x3B-40, %x5B-60, %x7B-7E.
bool isDelimiter(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x09 || (byte >= 0x20 && byte <= 0x2F) || (byte >= 0x3B && byte <= 0x40) ||
           (byte >= 0x5B && byte <= 0x60) || (byte >= 0x7B && byte <= 0x7E);
}

QByteArrayList tokensOf(const QByteArray &text)
{
    QByteArrayList tokens;
    QByteArray token;
    for (const char c : text + ' ') {
        if (!isDelimiter(c)) {
            token += c;
        } else if (!token.isEmpty()) {
            tokens << token;
            token.clear();
        }
    }
    return tokens;
}

/// The number at the start of \a token if it has \a least to \a most digits.
std::optional<int> numberOf(const QByteArray &token, int least, int most)
{
    const auto count = std::find_if_not(token.begin(), token.end(), isDigit) - token.begin();
    return count >= least && count <= most ? std::optional(token.left(count).toInt()) : std::nullopt;
}

std::optional<QTime> timeOf(const QByteArray &token)
{
    const QByteArrayList parts = token.split(':');
    if (parts.size() < 3)
        return {};
    const auto hour = numberOf(parts[0], 1, 2);
    const auto minute = numberOf(parts[1], 1, 2);
    const auto second = numberOf(parts[2], 1, 2);
    // What stands behind the hour and minute is no number any more.
    if (!hour || !minute || !second || parts[0].size() > 2 || parts[1].size() > 2)
        return {};
    return QTime(*hour, *minute, *second);
}

std::optional<int> monthOf(const QByteArray &token)
{
    constexpr std::array<const char *, 12> names = {"jan", "feb", "mar", "apr", "may", "jun",
                                                    "jul", "aug", "sep", "oct", "nov", "dec"};
    const QByteArray start = token.left(3).toLower();
    const auto *found = std::find_if(names.begin(), names.end(), [&start](const char *name) { return start == name; });
    return found == names.end() ? std::nullopt : std::optional(int(found - names.begin()) + 1);
}

} // namespace

std::optional<QDateTime> cookieDate(const QByteArray &text)
{
    std::optional<QTime> time;
    std::optional<int> day, month, year;
    const QByteArrayList tokens = tokensOf(text);
    for (const QByteArray &token : tokens) {
        // Each token is the first of these that is still missing.
        if (!time && (time = timeOf(token)))
            continue;
        if (!day && (day = numberOf(token, 1, 2)))
            continue;
        if (!month && (month = monthOf(token)))
            continue;
        if (!year)
            year = numberOf(token, 2, 4);
    }
    if (!time || !day || !month || !year)
        return {};
    if (*year < 100)
        *year += *year >= 70 ? 1900 : 2000;
    const QDate date(*year, *month, *day);
    if (!date.isValid() || !time->isValid() || *year < 1601)
        return {};
    return QDateTime(date, *time, Qt::UTC);
}

} // namespace errata
