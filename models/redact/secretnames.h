// Which names stand before secrets.
#pragma once

#include "models/redact/redaction.h"

#include <string>
#include <unordered_map>

namespace errata {

/// Where a name stands. The same word means different things: key=... in a query, "key": ... in JSON.
enum class NamePlace : std::uint8_t { Header, Query, Cookie, Field };

/// What a name says about its value.
enum class NameVerdict : std::uint8_t {
    Harmless,
    Secret,
    SecretIfRandom,   ///< when the value looks like a made-up key, not like a word
    DoubtfulIfRandom, ///< named, but left
    Authorization,    ///< a scheme and credentials
    Cookies,          ///< pairs: names kept, values masked
    SetCookie,        ///< one pair and attributes
};

struct NameClass
{
    NameVerdict verdict = NameVerdict::Harmless;
    QByteArray type;   ///< of the placeholder
    QByteArray reason; ///< for DoubtfulIfRandom

    [[nodiscard]] bool isHarmless() const { return verdict == NameVerdict::Harmless; }
};

/// Classifies names; remembers them, because a text repeats few of them often.
class SecretNames
{
public:
    explicit SecretNames(const RedactionRules &rules);

    /// The reference holds until the next call. Case, '-', '_' and camel case make no difference; of "user[password]"
    /// and "db.password" the last part counts.
    [[nodiscard]] const NameClass &classify(QByteArrayView name, NamePlace place);

private:
    [[nodiscard]] NameClass decide(QByteArrayView name, NamePlace place) const;

    std::unordered_map<std::string, NamePlace> m_own; ///< from the rules, folded; Field holds in all places
    std::unordered_map<std::string, NameClass> m_known[4];
    std::string m_key;
    NameClass m_unkept;
};

/// Members of an object under a secret name that are no secrets themselves: "id", "created_at", "type".
[[nodiscard]] bool isPlainMember(QByteArrayView name);

} // namespace errata
