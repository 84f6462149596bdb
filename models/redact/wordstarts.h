// What a word may turn out to be, told by its first two characters: asked of every word of a text.
#pragma once

#include "models/redact/redaction.h"

#include <array>
#include <string_view>

namespace errata {

class WordStarts
{
public:
    enum Kind : std::uint8_t {
        Key = 1,         ///< a prefix of KeyPrefixes
        Placeholder = 2, ///< "REDACTED-"
        WebToken = 4,    ///< "eyJ"
        Scheme = 8,      ///< "Bearer", "Basic"
        Command = 16,    ///< a program that takes secrets as options
        Cue = 32,        ///< "password", "token": may be told in a sentence
    };

    WordStarts() = default;
    /// All that is built in and the prefixes of \a rules.
    explicit WordStarts(const RedactionRules &rules);

    /// Kinds in bits. Other characters may fall together, so that a bit is no more than a hint.
    [[nodiscard]] unsigned of(char first, char second) const { return m_kinds[index(first, second)]; }

    void add(std::string_view word, Kind kind);
    /// In any case.
    void addFolded(std::string_view word, Kind kind);

private:
    static constexpr std::size_t index(char first, char second)
    {
        return static_cast<std::size_t>(first & 0x3f) << 6U | static_cast<std::size_t>(second & 0x3f);
    }

    std::array<std::uint8_t, 4096> m_kinds{};
};

} // namespace errata
