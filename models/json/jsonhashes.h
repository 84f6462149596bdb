// Values of a JSON document as numbers: equal values have equal ones, whatever their layout.
#pragma once

#include "models/json/jsondocument.h"

#include <vector>

namespace errata {

struct JsonMember
{
    QByteArray key;          ///< what it says, in UTF-8
    int occurrence = 0;      ///< how many of this key stand before it
    std::uint32_t value = 0; ///< node
};

class JsonHashes
{
public:
    explicit JsonHashes(const JsonDocument &document);

    [[nodiscard]] const JsonDocument::Node &node(std::uint32_t node) const { return m_document.nodes()[node]; }
    [[nodiscard]] JsonValue value(std::uint32_t node) const { return m_document.value(node); }
    /// The order of members makes no difference, that of one key twice does.
    [[nodiscard]] std::uint64_t hash(std::uint32_t node) const { return m_hashes[node].value; }
    /// Here it does.
    [[nodiscard]] std::uint64_t layoutHash(std::uint32_t node) const { return m_hashes[node].layout; }
    [[nodiscard]] std::vector<JsonMember> members(std::uint32_t object) const;
    [[nodiscard]] std::vector<std::uint32_t> elements(std::uint32_t array) const;

private:
    struct Hash
    {
        std::uint64_t value = 0;
        std::uint64_t layout = 0;
    };

    [[nodiscard]] Hash hashOf(std::uint32_t node) const;
    /// What a string or a key says; the bytes as they stand where that cannot be told apart (lone surrogates).
    [[nodiscard]] QByteArray said(std::uint32_t node) const;

    const JsonDocument m_document;
    const QByteArray m_bytes;
    std::vector<Hash> m_hashes;
};

} // namespace errata
