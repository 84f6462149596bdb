// Byte-level helpers shared by the JSON reader and its error messages.
#pragma once

#include <QByteArrayView>
#include <QString>

namespace errata::jsonscan {

/// Length of the well-formed UTF-8 sequence at \a p (RFC 3629 section 4), 0 where there is none:
/// overlong forms, surrogates and anything beyond U+10FFFF are not well-formed.
[[nodiscard]] int utf8Length(const char *p, const char *end);

/// The first byte of a string's inside that is not a plain ASCII character: a quote, a backslash, a
/// control character or a byte of 0x80 and above; \a end when there is none.
[[nodiscard]] const char *skipPlain(const char *p, const char *end);

/// Four hexadecimal digits as a number, -1 where one is not.
[[nodiscard]] int hexQuad(const char *p);

/// \a utf8 as text, invalid sequences as U+FFFD. Unlike QString::fromUtf8 it keeps a leading U+FEFF,
/// which is a character like others inside a string.
[[nodiscard]] QString toText(QByteArrayView utf8);

/// What stands at \a p in words: "'x'", "a line feed", "U+00A0", "byte 0xFF", "end of input".
[[nodiscard]] QString describe(const char *p, const char *end);

} // namespace errata::jsonscan
