// What the members of log records are called, and how their values are read.
#pragma once

#include "models/http/logreader.h"

#include <QByteArrayView>

#include <optional>

namespace errata::logfields {

enum class Role {
    None,
    Time,
    Level,
    Message,
    Status,
    Method,
    Url,
    Host,
    Duration,
    Body,     ///< an error or an answer
    Response, ///< holds an answer, or is one
    Group,    ///< holds members of the request
};

/// By the usual names of many loggers, in any case.
[[nodiscard]] Role roleOf(QByteArrayView name);

/// A value as it stands. \a inside has escapes where \a hasEscapes; \a span is its place.
struct Value
{
    QByteArrayView inside;
    Span span;
    bool isString = false;
};

/// Reads a scalar into the record by its role; what has none, or does not fit it, becomes a field.
void assign(LogRecord &record, Role role, QByteArrayView name, const Value &value);

/// A view of it where it has no escape.
[[nodiscard]] QByteArray textOf(const Value &value);

/// "87ms", "1.5s", "120us", "2m3.5s"; digits alone in the unit that \a name ends in, milliseconds where it says none.
[[nodiscard]] std::optional<double> durationMs(QByteArrayView name, QByteArrayView text);

/// The JSON or XML inside a string: from its first bracket to its last, where that reads as one.
[[nodiscard]] Span embeddedIn(QByteArrayView inside, qsizetype offset);

/// "ERROR", "warn", ... at the start of \a text: its length, 0 where there is none.
[[nodiscard]] qsizetype levelLength(QByteArrayView text);

} // namespace errata::logfields
