#include "models/http/retryafter.h"

#include "models/base/bytes.h"

#include <QByteArray>

#include <algorithm>

namespace errata {

namespace {

constexpr qint64 LongestSeconds = qint64(36525) * 24 * 60 * 60; // 100 years
constexpr qint64 LongestMs = LongestSeconds * 1000;

bool isAllDigits(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isDigit);
}

/// Without blanks and tabs around it (OWS, RFC 9110 section 5.6.3).
QByteArrayView withoutBlanks(QByteArrayView text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

qint64 delayOf(QByteArrayView digits)
{
    qint64 seconds = 0;
    for (const char c : digits)
        seconds = std::min(seconds * 10 + (c - '0'), LongestSeconds);
    return seconds * 1000;
}

bool isFraction(QByteArrayView text)
{
    const qsizetype dot = text.indexOf('.');
    return dot > 0 && isAllDigits(text.first(dot)) && isAllDigits(text.sliced(dot + 1));
}

bool isList(QByteArrayView text)
{
    const qsizetype comma = text.indexOf(',');
    return comma > 0 && isAllDigits(withoutBlanks(text.first(comma)));
}

/// A date with a day name in front, in whatever form.
bool looksLikeDate(QByteArrayView text)
{
    static constexpr const char *days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return std::any_of(std::begin(days), std::end(days), [&](const char *day) {
        return text.size() > 8 && text.first(3).compare(QByteArrayView(day), Qt::CaseInsensitive) == 0;
    });
}

bool looksLikeIsoDate(QByteArrayView text)
{
    return text.size() >= 10 && isAllDigits(text.first(4)) && text[4] == '-' && isAllDigits(text.sliced(5, 2));
}

QString reasonFor(QByteArrayView text)
{
    if (isFraction(text))
        return QStringLiteral("a fraction is not allowed");
    if (text.front() == '-' && isAllDigits(text.sliced(1)))
        return QStringLiteral("a negative number is not allowed");
    if (text.front() == '+' && isAllDigits(text.sliced(1)))
        return QStringLiteral("a sign is not allowed");
    if (isList(text))
        return QStringLiteral("more than one value");
    if (looksLikeIsoDate(text))
        return QStringLiteral("an ISO 8601 date is not an HTTP date");
    if (looksLikeDate(text))
        return text.endsWith("GMT") ? QStringLiteral("not a valid HTTP date")
                                    : QStringLiteral("an HTTP date is in GMT and ends in it");
    if (isDigit(text.front()))
        return QStringLiteral("only digits are allowed");
    return QStringLiteral("neither seconds nor an HTTP date");
}

/// \a text for a message: short, and without control characters.
QString shown(QByteArrayView text)
{
    constexpr qsizetype most = 60;
    QString shownText = QString::fromLatin1(text.first(std::min(text.size(), most)));
    for (QChar &c : shownText) {
        if (!c.isPrint())
            c = QChar::ReplacementCharacter;
    }
    return text.size() > most ? shownText + QChar(0x2026) : shownText;
}

RetryAfter invalid(QByteArrayView text)
{
    RetryAfter result;
    result.problem =
        text.isEmpty() ? QStringLiteral("the value is empty") : reasonFor(text) + QStringLiteral(": ") + shown(text);
    return result;
}

} // namespace

RetryAfter parseRetryAfter(QByteArrayView value, const QDateTime &reference)
{
    const QByteArrayView text = withoutBlanks(value);
    RetryAfter result;
    if (isAllDigits(text)) {
        result.form = RetryAfter::Form::DelaySeconds;
        result.delayMs = delayOf(text);
        return result;
    }
    if (const auto date = parseHttpDate(text, reference)) {
        result.form = RetryAfter::Form::HttpDate;
        result.date = *date;
        result.delayMs = std::clamp<qint64>(reference.msecsTo(*date), 0, LongestMs);
        return result;
    }
    return invalid(text);
}

} // namespace errata
