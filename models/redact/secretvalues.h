// What secrets look like, and what only stands in for one.
#pragma once

#include "models/base/bytes.h"
#include "models/redact/redaction.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace errata {

class WordStarts;

/// Keys told by their first letters: built-in prefixes and those of the rules.
class KeyPrefixes
{
public:
    explicit KeyPrefixes(const RedactionRules &rules) : m_own(rules.prefixes) {}

    struct Match
    {
        qsizetype length = 0;
        QByteArray type;
    };
    /// The key \a text begins with.
    [[nodiscard]] std::optional<Match> match(QByteArrayView text) const;

    static void addStarts(WordStarts &starts);

private:
    std::vector<QByteArray> m_own;
};

/// Letters, digits, '-', '.', '_', '~' (RFC 3986 section 2.3).
[[nodiscard]] inline bool isUnreserved(char c)
{
    return isAlnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}
[[nodiscard]] int hexDigit(char c);

[[nodiscard]] bool equalsFolded(QByteArrayView a, QByteArrayView b);

template <std::size_t N>
[[nodiscard]] bool isOneOf(QByteArrayView word, const char *const (&list)[N])
{
    return std::any_of(std::begin(list), std::end(list), [word](const char *w) { return equalsFolded(word, w); });
}

/// Where the blanks from \a at on end.
[[nodiscard]] inline qsizetype skipBlanks(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return at;
}

/// Made by a machine: 16 characters or more (\a least) with letters and digits mixed, no UUID, no date.
[[nodiscard]] bool looksRandom(QByteArrayView value, qsizetype least = 16);

/// What people and programs write where a secret would stand: "***", "<token>", "${TOKEN}", "{api_key}", "null",
/// "[masked]", what begins with one of our placeholders.
[[nodiscard]] bool isStandIn(QByteArrayView value);

/// A sentence about a secret, not one: "must be at least 8 characters", "required".
[[nodiscard]] bool readsLikeMessage(QByteArrayView value);

/// Length of the JSON web token (RFC 7519, RFC 7516) \a text begins with, 0 when it begins with none.
[[nodiscard]] qsizetype webTokenLength(QByteArrayView text);

/// Names of the members of a web token's header and payload: "alg.typ~sub.exp"; unreserved characters only.
[[nodiscard]] QByteArray webTokenNames(QByteArrayView token);

/// Length of the placeholder \a text begins with, 0 when it begins with none.
[[nodiscard]] qsizetype placeholderLength(QByteArrayView text);

/// Whether all of it is text a person could read: UTF-8 without control characters but line ends and tabs.
[[nodiscard]] bool isPlainText(QByteArrayView bytes);

} // namespace errata
