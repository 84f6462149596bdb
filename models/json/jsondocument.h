// Lossless JSON: a tree over the bytes as they came. Number text, key order and duplicate keys are
// kept, every value knows where it stands.
#pragma once

#include "models/base/limits.h"
#include "models/base/progress.h"
#include "models/base/result.h"
#include "models/base/span.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace errata {

enum class JsonKind : std::uint8_t { Null, False, True, Number, String, Array, Object };

/// Why bytes are no JSON text (RFC 8259), and where. Line and column count from 1, columns in
/// code points.
struct JsonError
{
    qsizetype offset = 0;
    qsizetype line = 1;
    qsizetype column = 1;
    QString message;          ///< what was expected and what stood there, e.g. "expected ',' or '}', found 'x'"
    bool isCancelled = false; ///< nothing is wrong with the bytes: JsonLimits::progress stopped

    /// "line 3, column 7: expected ..."
    [[nodiscard]] QString text() const;
};

struct JsonLimits
{
    int depth = limits::jsonDepth;
    qsizetype bytes = limits::decoderInput;
    Progress progress = {}; ///< told the offset reached
};

class JsonValue;

/// A parsed document. Copies share the tree (it never changes).
class JsonDocument
{
public:
    /// One JSON text with nothing but white space around it. Strict RFC 8259, UTF-8 checked; a
    /// leading byte order mark is skipped.
    static Result<JsonDocument, JsonError> parse(const QByteArray &bytes, JsonLimits limits = {});
    /// The first JSON value of \a bytes from \a offset; what follows is left alone. The end of the
    /// value is root().span().end(). An error's line and column count from \a offset, so that trying
    /// many offsets of a large text stays cheap.
    static Result<JsonDocument, JsonError> parsePrefix(const QByteArray &bytes, qsizetype offset,
                                                       JsonLimits limits = {});
    /// What parse() refuses, without a tree of what it does not: that takes three times the bytes.
    static std::optional<JsonError> check(const QByteArray &bytes, JsonLimits limits = {});

    JsonDocument() = default;
    [[nodiscard]] bool isNull() const { return !m_tree; }
    [[nodiscard]] JsonValue root() const;
    [[nodiscard]] QByteArray bytes() const;

    /// One node of the tree, in document order. A member's key is the node before its value's; keys
    /// are strings.
    struct Node
    {
        std::uint32_t start = 0; ///< byte offset; strings with their quotes
        std::uint32_t end = 0;
        std::uint32_t next = 0;       ///< index of the first node after this subtree
        std::uint32_t count : 28 = 0; ///< elements of an array, members of an object; each takes two bytes at least
        JsonKind kind : 3 = JsonKind::Null;
        bool isKey : 1 = false;
    };
    static_assert(sizeof(Node) == 16);
    /// Larger ones are refused, whatever the limits say: Node::count would not hold their members.
    static constexpr qsizetype largest = (qsizetype(1) << 29) - 1;
    struct Tree
    {
        QByteArray bytes;
        std::vector<Node> nodes;
    };

    /// All nodes, for those who walk or show the tree without an object a node. Not of a null document.
    [[nodiscard]] const std::vector<Node> &nodes() const { return m_tree->nodes; }
    /// The value at a node that is no key.
    [[nodiscard]] JsonValue value(std::uint32_t node) const;

private:
    explicit JsonDocument(std::shared_ptr<const Tree> tree) : m_tree(std::move(tree)) {}

    std::shared_ptr<const Tree> m_tree;
};

/// A view of one value in a document; keeps the document alive. A default one is absent, and so is
/// whatever is looked up in it, so chains need no checks.
class JsonValue
{
public:
    JsonValue() = default;

    [[nodiscard]] bool isAbsent() const { return !m_tree; }
    [[nodiscard]] JsonKind kind() const;
    [[nodiscard]] bool is(JsonKind kind) const { return m_tree && this->kind() == kind; }
    [[nodiscard]] bool isString() const { return is(JsonKind::String); }
    [[nodiscard]] bool isNumber() const { return is(JsonKind::Number); }
    [[nodiscard]] bool isObject() const { return is(JsonKind::Object); }
    [[nodiscard]] bool isArray() const { return is(JsonKind::Array); }
    [[nodiscard]] bool isBool() const { return is(JsonKind::True) || is(JsonKind::False); }

    /// The bytes as they stand in the document, quotes included.
    [[nodiscard]] QByteArray raw() const;
    /// Where they stand.
    [[nodiscard]] Span span() const;
    /// Where the key of this member stands, with its quotes; null for elements and the root.
    [[nodiscard]] Span keySpan() const;
    /// The member's key, escapes resolved; empty for elements and the root.
    [[nodiscard]] QString key() const;
    /// The key as it stands in the document, without its quotes; as long as the document lives.
    [[nodiscard]] QByteArrayView keyBytes() const;
    /// Whether key() is \a utf8, without making a text of it.
    [[nodiscard]] bool hasKey(QByteArrayView utf8) const;
    /// The string's text, escapes resolved (a lone surrogate becomes U+FFFD); empty for others.
    [[nodiscard]] QString string() const;
    [[nodiscard]] std::optional<bool> boolean() const;
    /// The nearest double, infinite where the text is beyond it.
    [[nodiscard]] std::optional<double> number() const;
    /// The integer, only where the text is one (no fraction, no exponent) and fits.
    [[nodiscard]] std::optional<qint64> integer() const;

    /// Elements or members; 0 for scalars.
    [[nodiscard]] qsizetype size() const;
    /// All elements or member values in order (the members' keys by key()).
    [[nodiscard]] std::vector<JsonValue> children() const;
    /// The first member of that key.
    [[nodiscard]] JsonValue operator[](QStringView key) const;
    [[nodiscard]] JsonValue operator[](const char *key) const;
    /// The element at \a index.
    [[nodiscard]] JsonValue at(qsizetype index) const;
    /// JSON Pointer (RFC 6901): "/error/code", "/errors/0", "" is the value itself.
    [[nodiscard]] JsonValue pointer(QStringView pointer) const;

private:
    friend class JsonDocument;
    friend QByteArray prettyJson(const JsonValue &value);
    JsonValue(std::shared_ptr<const JsonDocument::Tree> tree, std::uint32_t node)
        : m_tree(std::move(tree)), m_node(node)
    {
    }
    [[nodiscard]] bool hasKey() const;
    /// Calls \a visit with the node of each element or member value until it returns false.
    template <typename Visit>
    void forEachChild(Visit visit) const;

    std::shared_ptr<const JsonDocument::Tree> m_tree;
    std::uint32_t m_node = 0;
};

/// Indented text of the value: two spaces a level (64 levels at most), "key": value, empty
/// containers as {} and []. Scalars are copied byte for byte.
[[nodiscard]] QByteArray prettyJson(const JsonValue &value);

} // namespace errata
