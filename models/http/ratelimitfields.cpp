#include "models/http/ratelimitfields.h"

#include "models/base/bytes.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

namespace errata {

namespace {

constexpr std::size_t mostItems = 1000;
constexpr qsizetype mostDigits = 15; ///< of an Integer (RFC 9651 section 3.3.1)

struct Bytes
{
    QByteArray value;
};
/// What the draft uses, and the rest (tokens, decimals, dates, display strings), which is only skipped.
using Bare = std::variant<std::monostate, bool, qint64, QByteArray, Bytes>;

struct Parameter
{
    QByteArray key;
    Bare value;
};

struct Item
{
    QByteArray text;
    std::vector<Parameter> parameters;

    /// The last one of a name counts.
    [[nodiscard]] const Bare *find(QByteArrayView key) const
    {
        const auto it = std::find_if(parameters.rbegin(), parameters.rend(),
                                     [key](const Parameter &parameter) { return parameter.key == key; });
        return it == parameters.rend() ? nullptr : &it->value;
    }
};

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isTokenCharacter(char c)
{
    return isDigit(c) || isLower(c) || (c >= 'A' && c <= 'Z') || QByteArrayView("!#$%&'*+-.^_`|~:/").contains(c);
}

/// A list of sf-strings (RFC 9651 section 4.2.1).
class ListReader
{
public:
    explicit ListReader(QByteArrayView text) : m_text(text) {}

    std::optional<std::vector<Item>> read()
    {
        std::vector<Item> items;
        skip(" ");
        while (!atEnd()) {
            Item item;
            if (items.size() == mostItems || !string(item.text) || !parameters(item))
                return {};
            items.push_back(std::move(item));
            skip(" \t");
            if (atEnd())
                return items;
            if (!take(','))
                return {};
            skip(" \t");
            if (atEnd())
                return {}; // a comma at the end
        }
        return items;
    }

private:
    bool string(QByteArray &out)
    {
        if (!take('"'))
            return false;
        while (!atEnd()) {
            const char c = m_text[m_at++];
            if (c == '"')
                return true;
            if (c == '\\') {
                if (peek() != '"' && peek() != '\\')
                    return false;
                out += m_text[m_at++];
            } else if (c >= ' ' && c <= '~') {
                out += c;
            } else {
                return false;
            }
        }
        return false;
    }

    bool parameters(Item &item)
    {
        while (take(';')) {
            skip(" ");
            Parameter parameter;
            if (!key(parameter.key))
                return false;
            parameter.value = true;
            if (take('=') && !bare(parameter.value))
                return false;
            item.parameters.push_back(std::move(parameter));
        }
        return true;
    }

    bool key(QByteArray &out)
    {
        const qsizetype start = m_at;
        if (!isLower(peek()) && peek() != '*')
            return false;
        while (isLower(peek()) || isDigit(peek()) || QByteArrayView("_-.*").contains(peek()))
            ++m_at;
        out = m_text.sliced(start, m_at - start).toByteArray();
        return true;
    }

    bool bare(Bare &out)
    {
        const char c = peek();
        if (c == '-' || isDigit(c))
            return number(out);
        if (c == '"') {
            QByteArray text;
            const bool ok = string(text);
            out = std::move(text);
            return ok;
        }
        if (c == ':')
            return bytes(out);
        if (c == '?')
            return boolean(out);
        if (isTokenCharacter(c)) {
            while (isTokenCharacter(peek()))
                ++m_at;
            out = std::monostate();
            return true;
        }
        return false;
    }

    bool number(Bare &out)
    {
        const qsizetype start = m_at;
        take('-');
        const qsizetype first = m_at;
        while (isDigit(peek()))
            ++m_at;
        const qsizetype digits = m_at - first;
        if (digits == 0 || digits > mostDigits)
            return false;
        if (peek() == '.') {
            ++m_at;
            const qsizetype fraction = m_at;
            while (isDigit(peek()))
                ++m_at;
            out = std::monostate();
            return m_at > fraction;
        }
        qint64 value = 0;
        std::from_chars(m_text.begin() + start, m_text.begin() + m_at, value);
        out = value;
        return true;
    }

    bool bytes(Bare &out)
    {
        const qsizetype end = m_text.indexOf(':', ++m_at);
        if (end < 0)
            return false;
        // Not strict about padding bits: the draft's own example has some set.
        const auto decoded = QByteArray::fromBase64Encoding(m_text.sliced(m_at, end - m_at).toByteArray(),
                                                            QByteArray::AbortOnBase64DecodingErrors);
        m_at = end + 1;
        out = Bytes{decoded.decoded};
        return static_cast<bool>(decoded);
    }

    bool boolean(Bare &out)
    {
        ++m_at;
        const char c = peek();
        if (c != '0' && c != '1')
            return false;
        ++m_at;
        out = c == '1';
        return true;
    }

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool take(char c)
    {
        if (atEnd() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    void skip(QByteArrayView blanks)
    {
        while (!atEnd() && blanks.contains(m_text[m_at]))
            ++m_at;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

/// The parameter where it is there; false where it is of another type, or less than \a least.
template <typename T>
bool readParameter(const Item &item, QByteArrayView key, std::optional<T> &out)
{
    const Bare *value = item.find(key);
    if (!value)
        return true;
    const T *typed = std::get_if<T>(value);
    if (!typed)
        return false;
    out = *typed;
    return true;
}

bool readCount(const Item &item, QByteArrayView key, qint64 least, std::optional<qint64> &out)
{
    return readParameter(item, key, out) && (!out || *out >= least);
}

bool readPartition(const Item &item, std::optional<QByteArray> &out)
{
    std::optional<Bytes> bytes;
    if (!readParameter(item, "pk", bytes))
        return false;
    if (bytes)
        out = bytes->value;
    return true;
}

} // namespace

std::optional<std::vector<RateLimitItem>> parseRateLimit(QByteArrayView value)
{
    const auto items = ListReader(value).read();
    if (!items)
        return {};
    std::vector<RateLimitItem> limits;
    limits.reserve(items->size());
    for (const Item &item : *items) {
        RateLimitItem limit;
        std::optional<qint64> remaining;
        limit.policy = item.text;
        if (!readCount(item, "r", 0, remaining) || !remaining || !readCount(item, "t", 0, limit.resetAfter) ||
            !readPartition(item, limit.partition))
            return {};
        limit.remaining = *remaining;
        limits.push_back(std::move(limit));
    }
    return limits;
}

std::optional<std::vector<RateLimitPolicyItem>> parseRateLimitPolicy(QByteArrayView value)
{
    const auto items = ListReader(value).read();
    if (!items)
        return {};
    std::vector<RateLimitPolicyItem> policies;
    policies.reserve(items->size());
    for (const Item &item : *items) {
        RateLimitPolicyItem policy;
        std::optional<qint64> quota;
        std::optional<QByteArray> unit;
        policy.name = item.text;
        if (!readCount(item, "q", 0, quota) || !quota || !readParameter(item, "qu", unit) ||
            !readCount(item, "w", 1, policy.window) || !readPartition(item, policy.partition))
            return {};
        policy.quota = *quota;
        policy.unit = unit.value_or(policy.unit);
        policies.push_back(std::move(policy));
    }
    return policies;
}

} // namespace errata
