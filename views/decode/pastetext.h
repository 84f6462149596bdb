// Bytes as an editor can show them, and where a byte stands in what is shown.
#pragma once

#include "models/base/span.h"

#include <QByteArray>
#include <QString>

namespace errata {

/// UTF-8 with U+FFFD for what is none, every line end as '\n', NUL as U+2400: what QPlainTextEdit would
/// change by itself anyway, done so that positions stay known.
[[nodiscard]] QString shownText(const QByteArray &bytes);

/// The position in shownText(bytes) of the byte at \a offset.
[[nodiscard]] qsizetype shownPosition(const QByteArray &bytes, qsizetype offset);

/// Bytes of the longest line.
[[nodiscard]] qsizetype longestLine(QByteArrayView bytes);

/// Much text and long lines make a text field slow: how many bytes of this it can take, 1 MB at most,
/// 200 kB where a line is longer than that.
[[nodiscard]] qsizetype showableBytes(QByteArrayView bytes);

/// Some lines before \a offset and as much behind it as a text field can take; whole letters of UTF-8.
[[nodiscard]] Span partAround(const QByteArray &bytes, qsizetype offset);

/// "820 bytes", "1.5 kB", "25.3 MB".
[[nodiscard]] QString sizeText(qint64 bytes);

} // namespace errata
