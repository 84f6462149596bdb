#include "models/retry/waitheader.h"

#include "models/base/bytes.h"
#include "models/http/ratelimitfields.h"
#include "models/http/retryafter.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace errata {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// White space and line ends of ECMA-262 that a header value, read as Latin-1, can hold.
bool isJsSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\xa0';
}

QByteArrayView withoutBlanks(QByteArrayView text)
{
    while (!text.isEmpty() && isJsSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isJsSpace(text.back()))
        text.chop(1);
    return text;
}

qsizetype leadingDigits(QByteArrayView text)
{
    return std::find_if_not(text.begin(), text.end(), isDigit) - text.begin();
}

/// StrUnsignedDecimalLiteral without Infinity: "1", "1.", ".5", "1.5e-3".
bool isDecimal(QByteArrayView text)
{
    qsizetype i = leadingDigits(text);
    qsizetype mantissa = i;
    if (i < text.size() && text[i] == '.') {
        const qsizetype fraction = leadingDigits(text.sliced(++i));
        mantissa += fraction;
        i += fraction;
    }
    if (mantissa == 0)
        return false;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-'))
            ++i;
        const qsizetype exponent = leadingDigits(text.sliced(i));
        if (exponent == 0)
            return false;
        i += exponent;
    }
    return i == text.size();
}

/// Of a decimal literal; infinity beyond the range, as ECMAScript and Python have it.
double decimal(QByteArrayView text)
{
    return QLocale::c().toDouble(QString::fromLatin1(text));
}

/// "0x1F", "0o17", "0b11"; no sign.
std::optional<double> prefixedInteger(QByteArrayView text)
{
    if (text.size() < 3 || text[0] != '0')
        return {};
    const char letter = static_cast<char>(text[1] | 0x20);
    const int radix = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (radix == 0)
        return {};
    double value = 0;
    for (const char c : text.sliced(2)) {
        const char lower = static_cast<char>(c | 0x20);
        const int digit = isDigit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : radix;
        if (digit >= radix)
            return nan;
        value = value * radix + digit;
    }
    return value;
}

std::optional<double> signedInteger(QByteArrayView text)
{
    if (!text.isEmpty() && text.front() == '+')
        text = text.sliced(1);
    qint64 value = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
    if (text.isEmpty() || error != std::errc() || end != text.end())
        return {};
    return static_cast<double>(value);
}

std::optional<double> pythonFloat(QByteArrayView text)
{
    const bool negative = !text.isEmpty() && text.front() == '-';
    if (negative || (!text.isEmpty() && text.front() == '+'))
        text = text.sliced(1);
    if (!isDecimal(text))
        return {};
    const double value = decimal(text);
    if (!std::isfinite(value))
        return {};
    return negative ? -value : value;
}

/// How long until there is quota again: the longest t of the limits that have none left, else none.
std::optional<double> rateLimitReset(QByteArrayView text)
{
    const auto limits = parseRateLimit(text);
    std::optional<double> longest;
    for (const RateLimitItem &limit : limits.value_or(std::vector<RateLimitItem>())) {
        if (limit.remaining == 0 && limit.resetAfter)
            longest = std::max(longest.value_or(0), static_cast<double>(*limit.resetAfter));
    }
    return longest;
}

std::optional<double> readNumber(NumberForm form, QByteArrayView text)
{
    switch (form) {
    case NumberForm::None:
        break;
    case NumberForm::Digits:
        if (!text.isEmpty() && leadingDigits(text) == text.size())
            return decimal(text);
        break;
    case NumberForm::Integer:
        return signedInteger(text);
    case NumberForm::Float:
        return pythonFloat(text);
    case NumberForm::JsNumber:
        return jsNumber(text);
    case NumberForm::LeadingDigits:
        if (const qsizetype digits = leadingDigits(text); digits > 0)
            return decimal(text.first(digits));
        break;
    case NumberForm::RateLimit:
        return rateLimitReset(text);
    }
    return {};
}

std::optional<QDateTime> readDate(DateForm form, QByteArrayView text, const QDateTime &now)
{
    switch (form) {
    case DateForm::None:
        break;
    case DateForm::Rfc:
        return parseHttpDate(text, now);
    case DateForm::ImfFixdate:
        return text.size() > 3 && text[3] == ',' ? parseHttpDate(text, now) : std::nullopt;
    case DateForm::Email:
        return emailDate(text);
    case DateForm::Js:
        return jsDate(text, now);
    }
    return {};
}

/// Nanoseconds in a signed 64-bit integer, in ms; nothing where not even the seconds fit one.
std::optional<double> wrapped(QByteArrayView text)
{
    const std::optional<double> fits = signedInteger(text);
    if (!fits)
        return {};
    quint64 seconds = 0;
    std::from_chars(text.begin(), text.end(), seconds);
    return static_cast<double>(static_cast<qint64>(seconds * 1'000'000'000U)) / 1e6;
}

/// The words and numbers of a date, in whatever order they come.
struct LooseDate
{
    std::vector<int> numbers;
    int month = 0;
    std::optional<int> secondOfDay;
    int milliseconds = 0;
    std::optional<int> offset; ///< of the zone, seconds
    bool hasStrangeWord = false;

    /// False where it is no date in any reading.
    bool scan(QByteArrayView text);

private:
    bool word(QByteArrayView text);
    bool number(QByteArrayView text, qsizetype &at);
    bool time(QByteArrayView text, qsizetype &at);
    bool zone(QByteArrayView text, qsizetype &at);
};

int indexOfName(QByteArrayView word, const char *names)
{
    const qsizetype at =
        QByteArrayView(names).indexOf(word.first(std::min<qsizetype>(3, word.size())).toByteArray().toLower());
    return word.size() >= 3 && at >= 0 && at % 3 == 0 ? static_cast<int>(at / 3) : -1;
}

bool LooseDate::word(QByteArrayView text)
{
    if (const int found = indexOfName(text, "janfebmaraprmayjunjulaugsepoctnovdec"); found >= 0) {
        month = found + 1;
        return true;
    }
    if (indexOfName(text, "sunmontuewedthufrisat") >= 0)
        return true;
    const QByteArray upper = text.toByteArray().toUpper();
    if (upper == "GMT" || upper == "UTC" || upper == "UT" || upper == "Z") {
        offset = 0;
        return true;
    }
    hasStrangeWord = true;
    return numbers.empty() && !secondOfDay; // in front it is passed over, behind a number it is a fault
}

bool LooseDate::time(QByteArrayView text, qsizetype &at)
{
    std::array<int, 3> parts{};
    for (int &part : parts) {
        const qsizetype digits = leadingDigits(text.sliced(at));
        if (digits < 1 || digits > 2)
            return false;
        part = text.sliced(at, digits).toInt();
        at += digits;
        if (at >= text.size() || text[at] != ':')
            break;
        ++at;
    }
    if (at < text.size() && text[at] == '.') {
        const qsizetype digits = leadingDigits(text.sliced(++at));
        milliseconds = text.sliced(at, std::min<qsizetype>(3, digits)).toByteArray().leftJustified(3, '0').toInt();
        at += digits;
    }
    if (parts[0] > 23 || parts[1] > 59 || parts[2] > 60 || secondOfDay)
        return false;
    secondOfDay = parts[0] * 3600 + parts[1] * 60 + parts[2];
    return true;
}

bool LooseDate::zone(QByteArrayView text, qsizetype &at)
{
    const int sign = text[at++] == '-' ? -1 : 1;
    const qsizetype digits = leadingDigits(text.sliced(at));
    int hours = text.sliced(at, std::min<qsizetype>(2, digits)).toInt();
    int minutes = digits == 4 ? text.sliced(at + 2, 2).toInt() : 0;
    at += digits;
    if (digits == 2 && at + 3 <= text.size() && text[at] == ':') {
        minutes = text.sliced(at + 1, 2).toInt();
        at += 3;
    }
    offset = sign * (hours * 3600 + minutes * 60);
    return (digits == 2 || digits == 4) && hours < 24 && minutes < 60;
}

bool LooseDate::number(QByteArrayView text, qsizetype &at)
{
    const qsizetype digits = leadingDigits(text.sliced(at));
    if (at + digits < text.size() && text[at + digits] == ':')
        return time(text, at);
    if (digits > 4 || numbers.size() == 3)
        return false;
    numbers.push_back(text.sliced(at, digits).toInt());
    at += digits;
    return at >= text.size() || !isLetter(text[at]);
}

bool LooseDate::scan(QByteArrayView text)
{
    for (qsizetype at = 0; at < text.size();) {
        const char c = text[at];
        if (isDigit(c)) {
            if (!number(text, at))
                return false;
        } else if (isLetter(c)) {
            const auto end = std::find_if_not(text.begin() + at, text.end(), isLetter);
            const qsizetype length = end - text.begin() - at;
            if (!word(text.sliced(at, length)))
                return false;
            at += length;
        } else if ((c == '+' || c == '-') && secondOfDay) {
            if (!zone(text, at))
                return false;
        } else if (isJsSpace(c) || c == ',' || c == '-' || c == '/') {
            ++at;
        } else {
            return false;
        }
    }
    return !numbers.empty();
}

std::optional<QDateTime> composed(const LooseDate &loose, int year, int month, int day, int offset)
{
    const QDate date(year, month, day);
    if (!date.isValid())
        return {};
    const QDateTime midnight(date, QTime(0, 0), Qt::OffsetFromUTC, offset);
    return midnight.addMSecs(qint64(loose.secondOfDay.value_or(0)) * 1000 + loose.milliseconds).toUTC();
}

std::optional<QDateTime> isoDate(QByteArrayView text, int localOffset)
{
    if (text.size() < 10 || text[4] != '-' || leadingDigits(text) != 4)
        return {};
    const QString string = QString::fromLatin1(text);
    QDateTime time = QDateTime::fromString(string, Qt::ISODateWithMs);
    if (!time.isValid())
        return {};
    if (time.timeSpec() == Qt::LocalTime)
        time = QDateTime(time.date(), time.time(), Qt::OffsetFromUTC, text.size() == 10 ? 0 : localOffset);
    return time.toUTC();
}

} // namespace

double jsNumber(QByteArrayView text)
{
    text = withoutBlanks(text);
    if (text.isEmpty())
        return 0;
    if (const std::optional<double> integer = prefixedInteger(text))
        return *integer;
    const bool negative = text.front() == '-';
    if (negative || text.front() == '+')
        text = text.sliced(1);
    const double sign = negative ? -1 : 1;
    if (text == QByteArrayView("Infinity"))
        return sign * std::numeric_limits<double>::infinity();
    return isDecimal(text) ? sign * decimal(text) : nan;
}

std::optional<QDateTime> jsDate(QByteArrayView text, const QDateTime &now)
{
    text = withoutBlanks(text);
    const int local = now.isValid() ? now.offsetFromUtc() : 0;
    if (auto iso = isoDate(text, local))
        return iso;
    LooseDate loose;
    if (!loose.scan(text))
        return {};
    constexpr int yearWithout = 2001;
    const std::vector<int> &numbers = loose.numbers;
    int year = yearWithout;
    int month = loose.month;
    int day = numbers.front();
    if (month > 0 && numbers.size() > 1) {
        const bool yearFirst = day > 31;
        year = yearFirst ? day : numbers[1];
        day = yearFirst ? numbers[1] : day;
    } else if (month == 0) {
        const bool yearFirst = numbers.size() == 3 && numbers[0] > 31;
        month = yearFirst ? numbers[1] : numbers[0];
        day = yearFirst ? numbers[2] : numbers.size() > 1 ? numbers[1] : 1;
        year = yearFirst ? numbers[0] : numbers.size() > 2 ? numbers[2] : yearWithout;
    }
    year += year < 50 ? 2000 : year < 100 ? 1900 : 0;
    return composed(loose, year, month, day, loose.offset.value_or(local));
}

std::optional<QDateTime> emailDate(QByteArrayView text)
{
    LooseDate loose;
    const bool isWhole = loose.scan(withoutBlanks(text)) && !loose.hasStrangeWord && loose.month > 0 &&
                         loose.secondOfDay && loose.numbers.size() == 2;
    if (!isWhole)
        return {};
    int year = loose.numbers[1];
    year += year < 69 ? 2000 : year < 100 ? 1900 : 0;
    return composed(loose, year, loose.month, loose.numbers[0], loose.offset.value_or(0));
}

std::optional<ReadWait> readWaitHeader(const WaitHeader &header, QByteArrayView value, const QDateTime &now)
{
    const QByteArrayView text = withoutBlanks(value);
    std::optional<double> number = readNumber(header.number, text);
    // Number() of what is no number is NaN, and stays so in clients that look no further.
    if (number && std::isnan(*number) && header.date != DateForm::None)
        number.reset();
    constexpr double lastYear = 8.64e12; // where QDateTime and ECMAScript end, in seconds
    if (number && header.epochFrom && *number >= *header.epochFrom && *number <= lastYear)
        return ReadWait{0, QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(*number * 1000), Qt::UTC)};
    if (number && header.wrapsInt64)
        number = wrapped(text);
    else if (number)
        number = *number * header.unit.count();
    if (number)
        return ReadWait{*number, {}};
    if (auto date = readDate(header.date, text, now))
        return ReadWait{0, std::move(date)};
    return {};
}

} // namespace errata
