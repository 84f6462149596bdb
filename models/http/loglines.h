// One line of a log, by the kinds there are.
#pragma once

#include "models/http/logreader.h"

#include <QByteArrayView>

namespace errata {

enum class LogKind { None, Json, Logfmt, Access, Text };

/// Reads \a line, which stands at \a offset of the text, into \a record; None, and nothing to be used in the record,
/// where it begins none. What a container runtime or syslog puts in front of a JSON object is read over.
[[nodiscard]] LogKind readLogLine(QByteArrayView line, qsizetype offset, LogRecord &record);

/// Whether it says when or how grave, or what was asked and answered: a JSON object that does not is only data.
[[nodiscard]] bool isLogRecord(const LogRecord &record);

} // namespace errata
