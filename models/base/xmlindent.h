// XML with its elements on lines of their own.
#pragma once

#include <QByteArray>

namespace errata {

/// Line ends and two blanks a level where only white space stood between two tags; text beside elements is left as
/// it is. Lexical: what is not well-formed is laid out as far as its tags go, and nothing but that white space is
/// changed.
[[nodiscard]] QByteArray indentedXml(const QByteArray &xml);

} // namespace errata
