#include "models/http/ratelimit.h"

#include "models/http/retryafter.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace errata {

namespace {

constexpr double longestMs = 100.0 * 365 * 86'400'000;

std::optional<double> numberIn(QByteArrayView text)
{
    text = text.trimmed();
    double value = 0;
    const auto [end, problem] = std::from_chars(text.begin(), text.end(), value);
    if (problem != std::errc() || end != text.end() || !std::isfinite(value) || value < 0)
        return std::nullopt;
    return value;
}

std::optional<qint64> milliseconds(std::optional<double> value, double unit)
{
    if (!value)
        return std::nullopt;
    return static_cast<qint64>(std::ceil(std::min(*value * unit, longestMs)));
}

/// Seconds, a time in seconds or milliseconds since 1970, or a date: told apart by their size.
std::optional<qint64> resetIn(QByteArrayView text, const QDateTime &reference)
{
    constexpr double firstTime = 1e9;    // 2001: no wait is that long
    constexpr double firstTimeMs = 1e12; // the same in milliseconds
    const auto fromNow = [&](double ms) {
        return static_cast<qint64>(std::clamp(ms - double(reference.toMSecsSinceEpoch()), 0.0, longestMs));
    };
    if (const auto number = numberIn(text)) {
        if (*number >= firstTimeMs)
            return fromNow(*number);
        return *number >= firstTime ? fromNow(*number * 1000) : milliseconds(number, 1000);
    }
    if (const auto duration = parseDuration(text))
        return duration;
    if (const auto date = parseHttpDate(text, reference))
        return fromNow(double(date->toMSecsSinceEpoch()));
    const QDateTime iso = QDateTime::fromString(QString::fromLatin1(text.trimmed()), Qt::ISODate);
    if (iso.isValid())
        return fromNow(double(iso.toMSecsSinceEpoch()));
    return std::nullopt;
}

/// The value of \a name in "limit=100, remaining=0" and in "default";r=0;t=30 .
std::optional<double> memberOf(QByteArrayView value, QByteArrayView name)
{
    qsizetype start = 0;
    while (start < value.size()) {
        qsizetype end = start;
        while (end < value.size() && value[end] != ',' && value[end] != ';')
            ++end;
        const QByteArrayView part = value.sliced(start, end - start).trimmed();
        if (part.startsWith(name) && part.size() > name.size() && part[name.size()] == '=')
            return numberIn(part.sliced(name.size() + 1));
        start = end + 1;
    }
    return std::nullopt;
}

enum class Form { Members, Delta, Reset, Milliseconds };

struct Field
{
    const char *name;
    Form form;
};

/// The most exact first.
constexpr Field resetFields[] = {
    {"Retry-After-Ms", Form::Milliseconds},
    {"X-Retry-After-Ms", Form::Milliseconds},
    {"RateLimit", Form::Members},
    {"RateLimit-Reset", Form::Delta},
    {"X-RateLimit-Reset-After", Form::Delta},
    {"X-Rate-Limit-Reset-After", Form::Delta},
    {"X-RateLimit-Reset", Form::Reset},
    {"X-Rate-Limit-Reset", Form::Reset},
    {"X-RateLimit-Reset-Requests", Form::Reset},
    {"X-RateLimit-Reset-Tokens", Form::Reset},
    {"X-RateLimit-Requests-Reset", Form::Reset},
    {"Anthropic-RateLimit-Requests-Reset", Form::Reset},
};

constexpr const char *remainingFields[] = {"RateLimit-Remaining", "X-RateLimit-Remaining", "X-Rate-Limit-Remaining",
                                           "X-RateLimit-Remaining-Requests", "Anthropic-RateLimit-Requests-Remaining"};

std::optional<qint64> read(const Field &field, QByteArrayView value, const QDateTime &reference)
{
    switch (field.form) {
    case Form::Members: {
        const auto draft8 = memberOf(value, "t");
        return milliseconds(draft8 ? draft8 : memberOf(value, "reset"), 1000);
    }
    case Form::Delta:
        return milliseconds(numberIn(value), 1000);
    case Form::Milliseconds:
        return milliseconds(numberIn(value), 1);
    case Form::Reset:
        break;
    }
    return resetIn(value, reference);
}

std::optional<qint64> whole(std::optional<double> number)
{
    if (!number)
        return std::nullopt;
    return static_cast<qint64>(std::min(*number, 9e15));
}

std::optional<qint64> remainingOf(const Headers &headers)
{
    if (const auto value = headers.value("RateLimit")) {
        const auto draft8 = memberOf(*value, "r");
        if (const auto left = whole(draft8 ? draft8 : memberOf(*value, "remaining")))
            return left;
    }
    for (const char *name : remainingFields) {
        if (const auto value = headers.value(name))
            return whole(numberIn(*value));
    }
    return std::nullopt;
}

} // namespace

std::optional<qint64> parseDuration(QByteArrayView text)
{
    text = text.trimmed();
    double total = 0;
    bool any = false;
    while (!text.isEmpty()) {
        double number = 0;
        const auto [end, problem] = std::from_chars(text.begin(), text.end(), number);
        if (problem != std::errc() || !std::isfinite(number) || number < 0)
            return std::nullopt;
        text = text.sliced(end - text.begin());
        double unit = 0;
        if (text.startsWith("ms"))
            unit = 1;
        else if (text.startsWith('s'))
            unit = 1000;
        else if (text.startsWith('m'))
            unit = 60'000;
        else if (text.startsWith('h'))
            unit = 3'600'000;
        else
            return std::nullopt;
        text = text.sliced(unit == 1 ? 2 : 1);
        total += number * unit;
        any = true;
    }
    return any ? milliseconds(total, 1) : std::nullopt;
}

std::optional<RateLimit> rateLimitOf(const Headers &headers, const QDateTime &reference)
{
    RateLimit limit;
    limit.remaining = remainingOf(headers);
    for (const Field &field : resetFields) {
        const Header *header = headers.find(field.name);
        if (!header)
            continue;
        limit.resetMs = read(field, header->value, reference);
        if (limit.resetMs) {
            limit.field = header->name;
            limit.value = header->value;
            limit.where = header->span;
            break;
        }
    }
    if (!limit.remaining && !limit.resetMs)
        return std::nullopt;
    return limit;
}

} // namespace errata
