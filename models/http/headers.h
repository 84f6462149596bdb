// Header fields in the order they stand, duplicates kept.
#pragma once

#include "models/base/span.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace errata {

struct Header
{
    QByteArray name;
    QByteArray value;
    Span span = {}; ///< the value in the text it was read from

    friend bool operator==(const Header &a, const Header &b) { return a.name == b.name && a.value == b.value; }
};

/// An ordered list; names compare without case (RFC 9110 section 5.1).
class Headers
{
public:
    Headers() = default;
    Headers(std::initializer_list<Header> headers) : m_list(headers) {}

    void add(QByteArray name, QByteArray value, Span span = {});
    /// Replaces every field of that name by one.
    void set(const QByteArray &name, const QByteArray &value);
    void remove(QByteArrayView name);

    [[nodiscard]] bool contains(QByteArrayView name) const { return find(name) != nullptr; }
    [[nodiscard]] const Header *find(QByteArrayView name) const;
    /// The first field's value.
    [[nodiscard]] std::optional<QByteArray> value(QByteArrayView name) const;
    [[nodiscard]] std::vector<QByteArray> values(QByteArrayView name) const;
    /// All values joined by ", " (RFC 9110 section 5.2): how most clients see duplicates.
    [[nodiscard]] std::optional<QByteArray> joined(QByteArrayView name) const;

    [[nodiscard]] bool isEmpty() const { return m_list.empty(); }
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_list.size()); }
    [[nodiscard]] auto begin() const { return m_list.begin(); }
    [[nodiscard]] auto end() const { return m_list.end(); }

    /// token = 1*tchar (RFC 9110 section 5.6.2).
    [[nodiscard]] static bool isValidName(QByteArrayView name);
    /// No CR, LF or NUL (RFC 9110 section 5.5); leading and trailing blanks are allowed here.
    [[nodiscard]] static bool isValidValue(QByteArrayView value);

    friend bool operator==(const Headers &, const Headers &) = default;

private:
    std::vector<Header> m_list;
};

} // namespace errata
