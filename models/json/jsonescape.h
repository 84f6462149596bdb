// The escapes of one letter in JSON's strings (RFC 8259 section 7).
#pragma once

namespace errata {

/// What \a letter stands for behind a backslash; 0 where that is no escape (u is one of more than a letter).
[[nodiscard]] constexpr char jsonEscape(char letter)
{
    switch (letter) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case '"':
    case '\\':
    case '/':
        return letter;
    default:
        return 0;
    }
}

} // namespace errata
