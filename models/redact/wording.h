// How names and values are written around '=' and ':' in text of no known form.
#pragma once

#include "models/base/span.h"

#include <QByteArrayView>

namespace errata {

/// A quote with the escapes before it: '"', '\"', '\\\"', '^\^"'. The same bytes open and close a text.
struct QuoteMark
{
    QByteArrayView bytes; ///< empty: no quote
    [[nodiscard]] bool isNull() const { return bytes.isEmpty(); }
};

/// The name that ends at a separator.
struct NameBefore
{
    Span span;
    bool quoted = false;    ///< the name itself is in quotes: a member of something like JSON
    bool spaced = false;    ///< blanks between the name and the separator
    bool lineStart = false; ///< nothing but blanks and marks such as "> " before it on its line
    char before = '\0';     ///< the character before the name, NUL at the start
    QuoteMark opening;      ///< a quote right before an unquoted name: -H 'Name: value'

    [[nodiscard]] bool isNull() const { return span.length == 0; }
};

/// Looks no more than 80 bytes back from \a at, and never before \a from.
[[nodiscard]] NameBefore nameBefore(QByteArrayView text, qsizetype at, qsizetype from);

/// A quote at \a at, escapes included.
[[nodiscard]] QuoteMark quoteAt(QByteArrayView text, qsizetype at);
/// The inside of what \a quote opened right before \a start: to its closing, else to the end of the line.
[[nodiscard]] Span quotedFrom(QByteArrayView text, qsizetype start, const QuoteMark &quote);
/// A value without quotes: to white space or a closing mark. With \a query also to '&' and '#'.
[[nodiscard]] Span bareFrom(QByteArrayView text, qsizetype start, bool query);
/// The pairs "name=value; name=value".
[[nodiscard]] Span cookiesFrom(QByteArrayView text, qsizetype start);
/// To the end of the line, white space there left out.
[[nodiscard]] Span lineFrom(QByteArrayView text, qsizetype start);

} // namespace errata
