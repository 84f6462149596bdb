// A forward walk over JSON without a tree: for bulk reading (HAR, JSON Lines), where only a few members of each
// value are wanted and an allocation per node would cost more than the reading.
#pragma once

#include "models/base/span.h"
#include "models/json/jsondocument.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace errata {

/// The text of a JSON string's inside (no quotes), escapes resolved, as UTF-8; a lone surrogate becomes U+FFFD.
/// An escape that is none stays as it stands.
[[nodiscard]] QByteArray jsonUnescaped(QByteArrayView inside);

/// Stands before a value and moves behind it. Finds the end of every well-formed value; of bytes that are no JSON
/// it may read some (a lone comma, an odd number) and refuses what has no end. Once refused, nothing is read any
/// more. Keys are compared as they stand, so an escaped key is not found.
class JsonCursor
{
public:
    explicit JsonCursor(QByteArrayView text, qsizetype at = 0) : m_text(text), m_at(text.data() + at), m_ask(end()) {}

    /// \a progress, which must outlive the cursor, is told the offset within long values, too; when it stops, nothing
    /// is read any more.
    void setProgress(const Progress &progress);
    [[nodiscard]] bool failed() const { return m_failed; }
    /// Where the cursor stands, or stood when it refused.
    [[nodiscard]] qsizetype offset() const { return m_at - m_text.data(); }
    /// Goes on at \a offset, refused or not.
    void moveTo(qsizetype offset)
    {
        m_at = m_text.data() + offset;
        m_failed = false;
    }

    /// The first byte of the next value, blanks skipped; 0 at the end.
    char peek();
    /// Any value; its bytes, strings with their quotes.
    Span value();
    /// A string's inside. Another value is passed over.
    std::optional<Span> string();
    /// A string's text, escapes resolved. Another value is passed over.
    std::optional<QByteArray> text();
    /// A number, also one in a string. Another value is passed over.
    std::optional<double> number();

    /// Calls \a visit with each key; a value it does not read is passed over. Another value than an object is
    /// passed over. False when the bytes were refused.
    template <typename Visit>
    bool members(Visit visit);
    /// The same for the elements of an array. \a visit returning false stops there.
    template <typename Visit>
    bool elements(Visit visit);

    [[nodiscard]] QByteArrayView view(const Span &span) const { return m_text.sliced(span.start, span.length); }

private:
    [[nodiscard]] const char *end() const { return m_text.data() + m_text.size(); }
    bool fail();
    bool skipString();
    bool skipContainer();
    bool take(char c);
    std::optional<QByteArrayView> key();
    bool goOn() { return m_at < m_ask || tell(); }
    bool tell();
    void askLater();

    QByteArrayView m_text;
    const char *m_at;
    const char *m_ask; ///< where progress is told next; the end when nobody asks
    const Progress *m_progress = nullptr;
    bool m_failed = false;
};

template <typename Visit>
bool JsonCursor::members(Visit visit)
{
    if (peek() != '{') {
        value();
        return !m_failed;
    }
    ++m_at;
    if (peek() == '}') {
        ++m_at;
        return true;
    }
    for (;;) {
        const auto name = key();
        if (!name || peek() == 0)
            return fail();
        const char *before = m_at;
        visit(*name);
        if (m_at == before)
            value();
        if (m_failed)
            return false;
        if (take('}'))
            return true;
        if (!take(','))
            return fail();
    }
}

template <typename Visit>
bool JsonCursor::elements(Visit visit)
{
    if (peek() != '[') {
        value();
        return !m_failed;
    }
    ++m_at;
    if (peek() == ']') {
        ++m_at;
        return true;
    }
    for (;;) {
        if (peek() == 0)
            return fail();
        const char *before = m_at;
        if (!visit())
            return !m_failed;
        if (m_at == before)
            value();
        if (m_failed)
            return false;
        if (take(']'))
            return true;
        if (!take(','))
            return fail();
    }
}

} // namespace errata
