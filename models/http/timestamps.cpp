#include "models/http/timestamps.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace errata {

namespace {

constexpr qint64 MsPerSecond = 1000;
constexpr qint64 MsPerMinute = 60 * MsPerSecond;
constexpr qint64 MsPerHour = 60 * MsPerMinute;
constexpr qint64 MsPerDay = 24 * MsPerHour;
constexpr qint64 FirstMs = -62167219200000; ///< 0000-01-01
constexpr qint64 LastMs = 253402300799999;  ///< 9999-12-31T23:59:59.999

struct Date
{
    int year = 0;
    int month = 0; ///< from 1
    int day = 0;
};

/// Days since 1970-01-01 in the proleptic Gregorian calendar: years begin in March, so that the leap day is last.
qint64 daysSinceEpoch(Date date)
{
    const int year = date.month <= 2 ? date.year - 1 : date.year;
    const int era = (year >= 0 ? year : year - 399) / 400;
    const int yearOfEra = year - era * 400;
    const int dayOfYear = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    const int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return qint64(era) * 146097 + dayOfEra - 719468;
}

Date dateOf(qint64 days)
{
    const qint64 shifted = days + 719468;
    const qint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int dayOfEra = static_cast<int>(shifted - era * 146097);
    const int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const int monthFromMarch = (5 * dayOfYear + 2) / 153;
    Date date;
    date.day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    date.month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    date.year = static_cast<int>(yearOfEra + era * 400) + (date.month <= 2 ? 1 : 0);
    return date;
}

int daysInMonth(int year, int month)
{
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/// Takes a time apart from the front; once something does not fit, nothing fits any more.
class TimeReader
{
public:
    explicit TimeReader(QByteArrayView text) : m_text(text) {}

    std::optional<TimestampPrefix> read()
    {
        const bool isAccessLog = m_text.size() > 2 && m_text[2] == '/';
        if (isAccessLog)
            accessLogDate();
        else
            isoDate();
        timeOfDay();
        if (!m_ok)
            return {};
        const qint64 offset = zone();
        const qint64 ms = daysSinceEpoch(m_date) * MsPerDay + m_ofDay - offset;
        return TimestampPrefix{ms, m_at};
    }

private:
    void isoDate()
    {
        m_date.year = digits(4);
        const char separator = here();
        one("-/");
        m_date.month = digits(2);
        m_ok = m_ok && here() == separator;
        one("-/");
        m_date.day = digits(2);
        one("Tt _");
        checkDate();
    }

    void accessLogDate()
    {
        constexpr QByteArrayView names = "JanFebMarAprMayJunJulAugSepOctNovDec";
        m_date.day = digits(2);
        one("/");
        if (m_text.size() - m_at < 3) {
            m_ok = false;
            return;
        }
        const qsizetype name = names.indexOf(m_text.sliced(m_at, 3));
        m_ok = m_ok && name >= 0 && name % 3 == 0;
        m_date.month = static_cast<int>(name / 3) + 1;
        m_at += 3;
        one("/");
        m_date.year = digits(4);
        one(": ");
        checkDate();
    }

    void checkDate()
    {
        m_ok = m_ok && m_date.month >= 1 && m_date.month <= 12 && m_date.day >= 1 &&
               m_date.day <= daysInMonth(m_date.year, m_date.month);
    }

    void timeOfDay()
    {
        const int hour = digits(2);
        one(":");
        const int minute = digits(2);
        int second = 0;
        if (here() == ':') {
            ++m_at;
            second = digits(2);
        }
        // 60 is a leap second.
        m_ok = m_ok && hour < 24 && minute < 60 && second <= 60;
        m_ofDay = hour * MsPerHour + minute * MsPerMinute + second * MsPerSecond;
        if ((here() == '.' || here() == ',') && isDigit(m_at + 1))
            fraction();
    }

    void fraction()
    {
        ++m_at;
        for (qint64 weight = 100; isDigit(m_at); weight /= 10, ++m_at)
            m_ofDay += weight * (m_text[m_at] - '0');
    }

    /// Z, +02:00, +0200 or +02, also behind one blank; 0 where there is none.
    qint64 zone()
    {
        const qsizetype start = m_at;
        if (here() == ' ')
            ++m_at;
        const char sign = here();
        if (sign == 'Z' || sign == 'z') {
            ++m_at;
            return 0;
        }
        const bool isOffset = (sign == '+' || sign == '-') && isDigit(m_at + 1) && isDigit(m_at + 2);
        if (!isOffset) {
            m_at = start;
            return 0;
        }
        ++m_at;
        qint64 offset = digits(2) * MsPerHour;
        if (here() == ':' && isDigit(m_at + 1) && isDigit(m_at + 2))
            ++m_at;
        if (isDigit(m_at) && isDigit(m_at + 1))
            offset += digits(2) * MsPerMinute;
        return sign == '-' ? -offset : offset;
    }

    [[nodiscard]] char here() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    [[nodiscard]] bool isDigit(qsizetype at) const
    {
        return at < m_text.size() && m_text[at] >= '0' && m_text[at] <= '9';
    }

    void one(QByteArrayView allowed)
    {
        m_ok = m_ok && here() != '\0' && allowed.contains(here());
        if (m_ok)
            ++m_at;
    }

    int digits(int count)
    {
        int number = 0;
        for (int i = 0; i < count && m_ok; ++i, ++m_at) {
            m_ok = isDigit(m_at);
            if (m_ok)
                number = number * 10 + (m_text[m_at] - '0');
        }
        return number;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    bool m_ok = true;
    Date m_date;
    qint64 m_ofDay = 0;
};

/// Seconds until 2286 have at most 10 digits, milliseconds 13, and so on.
std::optional<qint64> sinceEpoch(QByteArrayView text)
{
    double number = 0;
    const auto [stop, problem] = std::from_chars(text.begin(), text.end(), number, std::chars_format::fixed);
    if (problem != std::errc() || stop != text.end() || !(number >= 1e8) || number >= 1e19)
        return {};
    if (number < 1e11)
        return std::llround(number * 1e3);
    if (number < 1e14)
        return std::llround(number);
    return std::llround(number / (number < 1e17 ? 1e3 : 1e6));
}

void appendNumber(QByteArray &out, int number, int width)
{
    const QByteArray digits = QByteArray::number(number);
    out.append(std::max<qsizetype>(width - digits.size(), 0), '0');
    out += digits;
}

} // namespace

std::optional<TimestampPrefix> timestampPrefix(QByteArrayView text)
{
    return TimeReader(text).read();
}

std::optional<qint64> parseTimestamp(QByteArrayView text)
{
    const QByteArrayView trimmed = text.trimmed();
    if (const auto prefix = timestampPrefix(trimmed); prefix && prefix->length == trimmed.size())
        return prefix->ms;
    return sinceEpoch(trimmed);
}

QByteArray isoTime(qint64 msSinceEpoch)
{
    const qint64 ms = std::clamp(msSinceEpoch, FirstMs, LastMs);
    const qint64 days = (ms >= 0 ? ms : ms - (MsPerDay - 1)) / MsPerDay;
    const auto ofDay = static_cast<int>(ms - days * MsPerDay);
    const Date date = dateOf(days);
    QByteArray text;
    text.reserve(24);
    appendNumber(text, date.year, 4);
    appendNumber(text += '-', date.month, 2);
    appendNumber(text += '-', date.day, 2);
    appendNumber(text += 'T', ofDay / static_cast<int>(MsPerHour), 2);
    appendNumber(text += ':', ofDay / static_cast<int>(MsPerMinute) % 60, 2);
    appendNumber(text += ':', ofDay / static_cast<int>(MsPerSecond) % 60, 2);
    appendNumber(text += '.', ofDay % static_cast<int>(MsPerSecond), 3);
    return text += 'Z';
}

} // namespace errata
