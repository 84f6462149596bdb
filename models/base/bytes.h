// Classes of ASCII characters, whatever the locale says (bytes above 127 belong to none), and what UTF-8 may begin
// with.
#pragma once

namespace errata {

/// Some programs begin their files with it; it is no part of the text.
inline constexpr char byteOrderMark[] = "\xEF\xBB\xBF";

[[nodiscard]] constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] constexpr bool isAlnum(char c)
{
    return isLetter(c) || isDigit(c);
}

/// What may stand around the parts of a header field (OWS, RFC 9110 section 5.6.3).
[[nodiscard]] constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// JSON's white space (RFC 8259 section 2): blanks and the ends of lines.
[[nodiscard]] constexpr bool isSpace(char c)
{
    return isBlank(c) || c == '\n' || c == '\r';
}

} // namespace errata
