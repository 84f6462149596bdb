// Which names stand before secrets.
#pragma once

#include "models/redact/redaction.h"

#include <bitset>
#include <string>
#include <string_view>
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

/// The last two letters or digits of names, folded: most names are sorted out by them.
class EndPairs
{
public:
    void add(std::string_view folded);
    [[nodiscard]] bool has(QByteArrayView name) const;

private:
    static constexpr std::size_t index(char first, char second)
    {
        return static_cast<std::size_t>(first & 0x3f) << 6U | static_cast<std::size_t>(second & 0x3f);
    }
    std::bitset<4096> m_pairs;
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
    [[nodiscard]] bool mayTell(QByteArrayView name) const;
    [[nodiscard]] NameClass decide(QByteArrayView name, NamePlace place) const;

    EndPairs m_ends;                                  ///< of all names that tell anything
    std::unordered_map<std::string, NamePlace> m_own; ///< from the rules, folded; Field holds in all places
    std::unordered_map<std::string, NameClass> m_known[4];
    std::string m_key;
    NameClass m_unkept;
    NameClass m_harmless;
};

/// Members of an object under a secret name that are no secrets themselves: "id", "created_at", "type".
[[nodiscard]] bool isPlainMember(QByteArrayView name);

} // namespace errata
