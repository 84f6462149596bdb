// Log files: one record after the other, whatever wrote them.
#pragma once

#include "models/base/span.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace errata {

/// Whether more than half of the first 50 lines that are neither empty nor the continuation of a record are records
/// of one kind: JSON lines, logfmt, access log, lines that begin with a time or a level. A JSON line is one by a
/// time, a level, or a status with a URL.
[[nodiscard]] bool looksLikeLog(QByteArrayView text);

/// One record. Texts without escapes are not copied: they are views of the bytes that were read. keep() what is to
/// outlive those.
struct LogRecord
{
    Span span;          ///< without the last line feed; a stack trace below belongs to the record
    qsizetype line = 0; ///< of its start, from 1
    std::optional<qint64> timeMs;
    QByteArray level; ///< as it stands; bunyan's and pino's numbers by name
    std::optional<int> status;
    QByteArray method, url, host;
    std::optional<double> durationMs;
    QByteArray message;
    /// An embedded JSON or XML value worth decoding, null when there is none. Inside a string it stands with the
    /// string's escapes and without its quotes, as unquotedJson() reads it.
    Span body;
    std::vector<std::pair<QByteArray, QByteArray>> fields; ///< what else is named

    /// Makes copies of what are views.
    void keep();
};

struct LogReading
{
    qsizetype records = 0; ///< handed over
    qsizetype unread = 0;  ///< lines that belong to no record
    QStringList problems;  ///< of the first 20 of them, "line 7: ..."
    bool cancelled = false;
};

/// Hands over one record after the other; \a each returns false to stop. Lines that begin no record belong to the
/// one above: stack traces, JSON over several lines. Spans are into \a bytes.
LogReading readLog(const QByteArray &bytes, const std::function<bool(LogRecord &&, qsizetype bytesRead)> &each);

} // namespace errata
