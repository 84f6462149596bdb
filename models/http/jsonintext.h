// JSON inside other text: a log line, a fence in Markdown, a stack trace, a string.
#pragma once

#include "models/base/progress.h"
#include "models/base/span.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace errata {

/// Where complete JSON objects and arrays stand in \a text, at most that many, the outermost ones only. What says
/// nothing is left out: {} and arrays without an object or a string in them ("[1234]" in a log). Of a value that
/// is cut off its complete parts are found. One pass. Stopped by \a progress, it gives what it has found.
[[nodiscard]] std::vector<Span> jsonIn(QByteArrayView text, int atMost, const Progress &progress = {});

/// The JSON object or array inside a quoted string, up to three strings deep; nothing when there is none.
///   "{\"code\":1}"   '{"code":1}'   "{""code"":1}" (CSV)   b'{"code":1}' (Python)   {\"code\":1} (quotes lost)
[[nodiscard]] std::optional<QByteArray> unquotedJson(QByteArrayView text, const Progress &progress = {});

} // namespace errata
