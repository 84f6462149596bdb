// Retry-After (RFC 9110 section 10.2.3) and HTTP dates (section 5.6.7).
#pragma once

#include <QByteArrayView>
#include <QDateTime>
#include <QString>

#include <optional>
#include <variant>

namespace errata {

/// The three date forms a recipient must accept: IMF-fixdate, rfc850 (a two-digit year more than 50
/// years ahead of \a now is in the past century) and asctime. Case-sensitive, always UTC; a leap
/// second 60 counts as the next minute's 00.
[[nodiscard]] std::optional<QDateTime> parseHttpDate(QByteArrayView text, const QDateTime &now);

struct RetryAfter
{
    enum class Form { DelaySeconds, HttpDate, Invalid };
    Form form = Form::Invalid;
    qint64 delayMs = 0; ///< from receipt; 0 when the date has passed; clamped to 100 years
    QDateTime date;     ///< for HttpDate
    QString problem;    ///< for Invalid: what is wrong, e.g. "a fraction is not allowed: 1.5"
};

/// Strict reading of the value. A date is measured against \a reference: the response's Date where
/// there is one, else the local clock.
[[nodiscard]] RetryAfter parseRetryAfter(QByteArrayView value, const QDateTime &reference);

} // namespace errata
