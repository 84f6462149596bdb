// What a header that says when to come back means to one client.
#pragma once

#include "models/retry/retrypolicy.h"

#include <QByteArrayView>
#include <QDateTime>

#include <optional>

namespace errata {

/// A wait in ms as the client's arithmetic has it (may be NaN, negative, infinite), or a date it is to be
/// measured to.
struct ReadWait
{
    double delay = 0;
    std::optional<QDateTime> date = {};
};

/// Nothing where the client cannot read \a value. \a now dates two-digit years, and its time zone is the
/// client's.
[[nodiscard]] std::optional<ReadWait> readWaitHeader(const WaitHeader &header, QByteArrayView value,
                                                     const QDateTime &now);

/// ECMAScript Number(text) (ECMA-262, StringToNumber) over a header value, NaN where it is none.
[[nodiscard]] double jsNumber(QByteArrayView text);

/// Date.parse of V8 for the dates that occur in headers: ISO 8601, and the legacy form of words and numbers.
/// A date without a zone is in that of \a now, one of ISO 8601 without a time in UTC.
[[nodiscard]] std::optional<QDateTime> jsDate(QByteArrayView text, const QDateTime &now);

/// Python's email.utils.parsedate_tz: no zone is UTC.
[[nodiscard]] std::optional<QDateTime> emailDate(QByteArrayView text);

} // namespace errata
