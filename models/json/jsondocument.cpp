#include "models/json/jsondocument.h"

#include "models/json/jsonescape.h"
#include "models/json/jsonparser.h"
#include "models/json/jsonscan.h"

#include <charconv>
#include <cstring>

namespace errata {

namespace {

using Node = JsonDocument::Node;
using Tree = JsonDocument::Tree;

QByteArrayView viewOf(const Tree &tree, const Node &node)
{
    return QByteArrayView(tree.bytes.constData() + node.start, static_cast<qsizetype>(node.end - node.start));
}

/// A string token without its quotes.
QByteArrayView insideOf(const Tree &tree, const Node &node)
{
    return viewOf(tree, node).sliced(1, node.end - node.start - 2);
}

Span spanOf(const Node &node)
{
    return {static_cast<qsizetype>(node.start), static_cast<qsizetype>(node.end - node.start)};
}

/// Appends the UTF-16 of the \\uXXXX at \a p (behind the backslash) and returns what follows. A pair
/// of escapes that is a surrogate pair is one character; a surrogate alone becomes U+FFFD.
const char *appendUnicodeEscape(QString &text, const char *p, const char *end)
{
    const auto unit = static_cast<char16_t>(jsonscan::hexQuad(p + 1));
    p += 5;
    if (!QChar::isSurrogate(unit)) {
        text += QChar(unit);
        return p;
    }
    if (QChar::isHighSurrogate(unit) && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
        const auto low = static_cast<char16_t>(jsonscan::hexQuad(p + 2));
        if (QChar::isLowSurrogate(low)) {
            text += QChar(unit);
            text += QChar(low);
            return p + 6;
        }
    }
    text += QChar(QChar::ReplacementCharacter);
    return p;
}

bool hasEscape(QByteArrayView inside)
{
    return std::memchr(inside.data(), '\\', static_cast<size_t>(inside.size())) != nullptr;
}

QString unescaped(QByteArrayView inside)
{
    if (!hasEscape(inside))
        return jsonscan::toText(inside);
    const char *p = inside.data();
    const char *const end = p + inside.size();
    QString text;
    text.reserve(inside.size());
    while (const void *found = std::memchr(p, '\\', static_cast<size_t>(end - p))) {
        const char *backslash = static_cast<const char *>(found);
        text += jsonscan::toText({p, backslash});
        p = backslash + 1;
        if (*p == 'u') {
            p = appendUnicodeEscape(text, p, end);
        } else {
            text += QLatin1Char(jsonEscape(*p));
            ++p;
        }
    }
    text += jsonscan::toText({p, end});
    return text;
}

/// Whether the inside of a string says \a utf8. Every escape is longer than what it stands for, so that
/// sizes decide nearly always.
bool isText(QByteArrayView inside, QByteArrayView utf8)
{
    if (inside.size() <= utf8.size())
        return inside.size() == utf8.size() &&
               (inside.isEmpty() || std::memcmp(inside.data(), utf8.data(), static_cast<size_t>(utf8.size())) == 0) &&
               !hasEscape(inside);
    return hasEscape(inside) && unescaped(inside) == jsonscan::toText(utf8);
}

/// \a index of a JSON Pointer: 0, or digits without a leading zero (RFC 6901 section 4).
std::optional<qsizetype> arrayIndex(QStringView token)
{
    if (token.isEmpty() || token.size() > 10 || (token.size() > 1 && token.front() == u'0'))
        return {};
    qsizetype index = 0;
    for (const QChar c : token) {
        if (c < u'0' || c > u'9')
            return {};
        index = index * 10 + (c.unicode() - u'0');
    }
    return index;
}

/// ~1 is /, ~0 is ~ (RFC 6901 section 4); nothing for another use of ~.
std::optional<QString> pointerToken(QStringView token)
{
    QString name;
    name.reserve(token.size());
    for (qsizetype i = 0; i < token.size(); ++i) {
        if (token[i] != u'~') {
            name += token[i];
            continue;
        }
        ++i;
        if (i == token.size() || (token[i] != u'0' && token[i] != u'1'))
            return {};
        name += token[i] == u'0' ? QChar(u'~') : QChar(u'/');
    }
    return name;
}

} // namespace

QString JsonError::text() const
{
    return QStringLiteral("line %1, column %2: %3").arg(line).arg(column).arg(message);
}

Result<JsonDocument, JsonError> JsonDocument::parse(const QByteArray &bytes, JsonLimits limits)
{
    auto tree = JsonParser(bytes, std::move(limits)).run(0, true);
    if (!tree)
        return tree.error();
    return JsonDocument(std::move(tree).value());
}

Result<JsonDocument, JsonError> JsonDocument::parsePrefix(const QByteArray &bytes, qsizetype offset, JsonLimits limits)
{
    auto tree = JsonParser(bytes, std::move(limits)).run(offset, false);
    if (!tree)
        return tree.error();
    return JsonDocument(std::move(tree).value());
}

std::optional<JsonError> JsonDocument::check(const QByteArray &bytes, JsonLimits limits)
{
    return JsonParser(bytes, std::move(limits)).check();
}

JsonValue JsonDocument::root() const
{
    return m_tree ? JsonValue(m_tree, 0) : JsonValue();
}

JsonValue JsonDocument::value(std::uint32_t node) const
{
    return m_tree ? JsonValue(m_tree, node) : JsonValue();
}

QByteArray JsonDocument::bytes() const
{
    return m_tree ? m_tree->bytes : QByteArray();
}

JsonKind JsonValue::kind() const
{
    return m_tree ? m_tree->nodes[m_node].kind : JsonKind::Null;
}

QByteArray JsonValue::raw() const
{
    return m_tree ? viewOf(*m_tree, m_tree->nodes[m_node]).toByteArray() : QByteArray();
}

Span JsonValue::span() const
{
    return m_tree ? spanOf(m_tree->nodes[m_node]) : Span();
}

Span JsonValue::keySpan() const
{
    return hasKey() ? spanOf(m_tree->nodes[m_node - 1]) : Span();
}

QString JsonValue::key() const
{
    return hasKey() ? unescaped(insideOf(*m_tree, m_tree->nodes[m_node - 1])) : QString();
}

QByteArrayView JsonValue::keyBytes() const
{
    return hasKey() ? insideOf(*m_tree, m_tree->nodes[m_node - 1]) : QByteArrayView();
}

bool JsonValue::hasKey(QByteArrayView utf8) const
{
    return hasKey() && isText(insideOf(*m_tree, m_tree->nodes[m_node - 1]), utf8);
}

QString JsonValue::string() const
{
    return isString() ? unescaped(insideOf(*m_tree, m_tree->nodes[m_node])) : QString();
}

std::optional<bool> JsonValue::boolean() const
{
    if (!isBool())
        return {};
    return kind() == JsonKind::True;
}

std::optional<double> JsonValue::number() const
{
    if (!isNumber())
        return {};
    const QByteArrayView text = viewOf(*m_tree, m_tree->nodes[m_node]);
    double value = 0;
    if (std::from_chars(text.begin(), text.end(), value).ec == std::errc())
        return value;
    return QString::fromLatin1(text).toDouble(); // beyond the range: infinite, or 0
}

std::optional<qint64> JsonValue::integer() const
{
    if (!isNumber())
        return {};
    const QByteArrayView text = viewOf(*m_tree, m_tree->nodes[m_node]);
    qint64 value = 0;
    const auto [end, problem] = std::from_chars(text.begin(), text.end(), value);
    if (problem != std::errc() || end != text.end())
        return {};
    return value;
}

qsizetype JsonValue::size() const
{
    return m_tree ? static_cast<qsizetype>(m_tree->nodes[m_node].count) : 0;
}

std::vector<JsonValue> JsonValue::children() const
{
    std::vector<JsonValue> values;
    values.reserve(static_cast<size_t>(size()));
    forEachChild([&](std::uint32_t node) {
        values.push_back(JsonValue(m_tree, node));
        return true;
    });
    return values;
}

JsonValue JsonValue::operator[](QStringView key) const
{
    const QByteArray utf8 = key.toUtf8();
    JsonValue value;
    if (!isObject())
        return value;
    forEachChild([&](std::uint32_t node) {
        if (!isText(insideOf(*m_tree, m_tree->nodes[node - 1]), utf8))
            return true;
        value = JsonValue(m_tree, node);
        return false;
    });
    return value;
}

JsonValue JsonValue::operator[](const char *key) const
{
    return (*this)[QStringView(jsonscan::toText(key))];
}

JsonValue JsonValue::at(qsizetype index) const
{
    JsonValue value;
    if (!isArray() || index < 0 || index >= size())
        return value;
    forEachChild([&](std::uint32_t node) {
        if (index-- > 0)
            return true;
        value = JsonValue(m_tree, node);
        return false;
    });
    return value;
}

JsonValue JsonValue::pointer(QStringView pointer) const
{
    if (pointer.isEmpty())
        return *this;
    if (pointer.front() != u'/')
        return {};
    JsonValue value = *this;
    for (const QStringView part : pointer.sliced(1).tokenize(u'/')) {
        const auto token = pointerToken(part);
        if (!token)
            return {};
        if (value.isArray()) {
            const auto index = arrayIndex(*token);
            value = index ? value.at(*index) : JsonValue();
        } else {
            value = value[*token];
        }
    }
    return value;
}

bool JsonValue::hasKey() const
{
    return m_tree && m_node > 0 && m_tree->nodes[m_node - 1].isKey;
}

template <typename Visit>
void JsonValue::forEachChild(Visit visit) const
{
    if (size() == 0)
        return;
    const auto &nodes = m_tree->nodes;
    const std::uint32_t end = nodes[m_node].next;
    for (std::uint32_t node = m_node + 1; node < end; node = nodes[node].next) {
        if (!nodes[node].isKey && !visit(node))
            return;
    }
}

} // namespace errata
