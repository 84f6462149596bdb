#include "models/json/jsonhashes.h"

#include <QHash>

namespace errata {

namespace {

/// splitmix64's finaliser: every bit of the input moves every bit of the output.
std::uint64_t mixed(std::uint64_t x)
{
    x ^= x >> 30U;
    x *= 0xBF58476D1CE4E5B9U;
    x ^= x >> 27U;
    x *= 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
}

std::uint64_t joined(std::uint64_t a, std::uint64_t b)
{
    return mixed(a * 0x9E3779B97F4A7C15U + b);
}

/// FNV-1a: the same in every run and on every machine, so that two comparisons come out alike.
std::uint64_t hashOfBytes(QByteArrayView bytes)
{
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char byte : bytes)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
    return mixed(hash);
}

} // namespace

JsonHashes::JsonHashes(const JsonDocument &document) : m_document(document), m_bytes(document.bytes())
{
    // What a node holds stands behind it.
    m_hashes.resize(document.nodes().size());
    for (auto node = static_cast<std::uint32_t>(m_hashes.size()); node-- > 0;)
        m_hashes[node] = hashOf(node);
}

QByteArray JsonHashes::said(std::uint32_t node) const
{
    const JsonDocument::Node &at = this->node(node);
    const QByteArray raw = m_bytes.mid(at.start + 1, at.end - at.start - 2);
    if (!raw.contains('\\'))
        return raw;
    const QString text = at.isKey ? value(node + 1).key() : value(node).string();
    return text.contains(QChar::ReplacementCharacter) ? raw : text.toUtf8();
}

std::vector<JsonMember> JsonHashes::members(std::uint32_t object) const
{
    std::vector<JsonMember> list;
    list.reserve(node(object).count);
    QHash<QByteArray, int> seen;
    for (std::uint32_t at = object + 1; at < node(object).next; at = node(at + 1).next) {
        JsonMember member{said(at), 0, at + 1};
        member.occurrence = seen[member.key]++;
        list.push_back(std::move(member));
    }
    return list;
}

std::vector<std::uint32_t> JsonHashes::elements(std::uint32_t array) const
{
    std::vector<std::uint32_t> list;
    list.reserve(node(array).count);
    for (std::uint32_t at = array + 1; at < node(array).next; at = node(at).next)
        list.push_back(at);
    return list;
}

JsonHashes::Hash JsonHashes::hashOf(std::uint32_t node) const
{
    const JsonDocument::Node &at = this->node(node);
    const std::uint64_t kind = mixed(static_cast<std::uint64_t>(at.kind) + 1);
    switch (at.kind) {
    case JsonKind::Null:
    case JsonKind::False:
    case JsonKind::True:
        return {kind, kind};
    case JsonKind::Number: {
        const QByteArrayView text = QByteArrayView(m_bytes).sliced(at.start, at.end - at.start);
        return {joined(kind, hashOfBytes(text)), joined(kind, hashOfBytes(text))};
    }
    case JsonKind::String: {
        const std::uint64_t hash = joined(kind, hashOfBytes(said(node)));
        return {hash, hash};
    }
    case JsonKind::Array: {
        Hash hash{kind, kind};
        for (std::uint32_t child = node + 1; child < at.next; child = this->node(child).next)
            hash = {joined(hash.value, m_hashes[child].value), joined(hash.layout, m_hashes[child].layout)};
        return hash;
    }
    case JsonKind::Object:
        break;
    }
    Hash hash{kind, kind};
    std::uint64_t sum = 0;
    for (const JsonMember &member : members(node)) {
        const std::uint64_t key = joined(hashOfBytes(member.key), static_cast<std::uint64_t>(member.occurrence));
        sum += joined(key, m_hashes[member.value].value); // a sum has no order
        hash.layout = joined(hash.layout, joined(key, m_hashes[member.value].layout));
    }
    hash.value = joined(hash.value, sum);
    return hash;
}

} // namespace errata
