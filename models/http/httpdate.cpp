// HTTP-date (RFC 9110 section 5.6.7).
#include "models/http/retryafter.h"

#include <QByteArrayView>

#include <algorithm>
#include <array>

namespace errata {

namespace {

constexpr std::array<const char *, 7> ShortDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<const char *, 7> LongDays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                  "Friday", "Saturday", "Sunday"};
constexpr std::array<const char *, 12> Months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct DateFields
{
    int year = 0;
    int month = 0; ///< from 1
    int day = 0;
    int second = 0; ///< of the day; up to 86400 with a leap second
};

/// Takes the text apart from the front; once something does not fit, nothing fits any more.
class FieldReader
{
public:
    explicit FieldReader(QByteArrayView text) : m_rest(text) {}

    void expect(QByteArrayView literal)
    {
        if (m_ok && m_rest.startsWith(literal))
            m_rest = m_rest.sliced(literal.size());
        else
            m_ok = false;
    }

    /// Index of the name that stands here, from 1.
    template <size_t N>
    int oneOf(const std::array<const char *, N> &names)
    {
        const auto found = std::find_if(names.begin(), names.end(), [&](const char *name) { return starts(name); });
        m_ok = m_ok && found != names.end();
        if (!m_ok)
            return 0;
        m_rest = m_rest.sliced(static_cast<qsizetype>(qstrlen(*found)));
        return static_cast<int>(found - names.begin()) + 1;
    }

    /// A number of exactly \a count digits.
    int digits(int count)
    {
        int number = 0;
        m_ok = m_ok && m_rest.size() >= count;
        for (int i = 0; m_ok && i < count; ++i) {
            const char c = m_rest[i];
            m_ok = c >= '0' && c <= '9';
            number = number * 10 + (c - '0');
        }
        if (m_ok)
            m_rest = m_rest.sliced(count);
        return m_ok ? number : 0;
    }

    /// Two digits, or a blank and one digit.
    int paddedDay()
    {
        if (!starts(" "))
            return digits(2);
        expect(" ");
        return digits(1);
    }

    /// hour ":" minute ":" second as the second of the day.
    int timeOfDay()
    {
        const int hour = digits(2);
        expect(":");
        const int minute = digits(2);
        expect(":");
        const int second = digits(2);
        m_ok = m_ok && hour < 24 && minute < 60 && second <= 60;
        return (hour * 60 + minute) * 60 + second;
    }

    [[nodiscard]] bool complete() const { return m_ok && m_rest.isEmpty(); }

private:
    [[nodiscard]] bool starts(QByteArrayView literal) const { return m_rest.startsWith(literal); }

    QByteArrayView m_rest;
    bool m_ok = true;
};

std::optional<QDateTime> dateTime(const DateFields &fields)
{
    const QDate date(fields.year, fields.month, fields.day);
    if (!date.isValid())
        return {};
    return QDateTime(date, QTime(0, 0), Qt::UTC).addSecs(fields.second);
}

/// Sun, 06 Nov 1994 08:49:37 GMT
std::optional<QDateTime> imfFixdate(QByteArrayView text)
{
    FieldReader reader(text);
    DateFields fields;
    reader.oneOf(ShortDays);
    reader.expect(", ");
    fields.day = reader.digits(2);
    reader.expect(" ");
    fields.month = reader.oneOf(Months);
    reader.expect(" ");
    fields.year = reader.digits(4);
    reader.expect(" ");
    fields.second = reader.timeOfDay();
    reader.expect(" GMT");
    return reader.complete() ? dateTime(fields) : std::nullopt;
}

/// The latest year with these two digits that is not more than 50 years ahead of \a now.
std::optional<QDateTime> inNearestCentury(DateFields fields, const QDateTime &now)
{
    const QDateTime latest = now.toUTC().addYears(50);
    const int century = latest.date().year() / 100 * 100;
    const int shortYear = fields.year;
    for (int back = 0; latest.isValid() && back <= 1; ++back) {
        fields.year = century - 100 * back + shortYear;
        const auto candidate = dateTime(fields);
        if (candidate && *candidate <= latest)
            return candidate;
    }
    return {};
}

/// Sunday, 06-Nov-94 08:49:37 GMT
std::optional<QDateTime> rfc850Date(QByteArrayView text, const QDateTime &now)
{
    FieldReader reader(text);
    DateFields fields;
    reader.oneOf(LongDays);
    reader.expect(", ");
    fields.day = reader.digits(2);
    reader.expect("-");
    fields.month = reader.oneOf(Months);
    reader.expect("-");
    fields.year = reader.digits(2);
    reader.expect(" ");
    fields.second = reader.timeOfDay();
    reader.expect(" GMT");
    return reader.complete() ? inNearestCentury(fields, now) : std::nullopt;
}

/// Sun Nov  6 08:49:37 1994
std::optional<QDateTime> asctimeDate(QByteArrayView text)
{
    FieldReader reader(text);
    DateFields fields;
    reader.oneOf(ShortDays);
    reader.expect(" ");
    fields.month = reader.oneOf(Months);
    reader.expect(" ");
    fields.day = reader.paddedDay();
    reader.expect(" ");
    fields.second = reader.timeOfDay();
    reader.expect(" ");
    fields.year = reader.digits(4);
    return reader.complete() ? dateTime(fields) : std::nullopt;
}

} // namespace

// The name of the day is not checked against the date: the date alone says when.
std::optional<QDateTime> parseHttpDate(QByteArrayView text, const QDateTime &now)
{
    if (const auto date = imfFixdate(text))
        return date;
    if (const auto date = rfc850Date(text, now))
        return date;
    return asctimeDate(text);
}

} // namespace errata
