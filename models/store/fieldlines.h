// Lists of byte strings in one text: a line each, fields apart by tabs. For header fields and redirects in a column
// that stays readable.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace errata {

using FieldLines = std::vector<std::vector<QByteArray>>;

/// Tab, line feed, carriage return and backslash in a field are written as \t, \n, \r and \\; any byte comes back.
[[nodiscard]] QByteArray joinedLines(const FieldLines &lines);
[[nodiscard]] FieldLines splitLines(QByteArrayView text);

} // namespace errata
