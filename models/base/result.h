// A value or the reason why there is none. (std::expected is C++23.)
#pragma once

#include <QString>

#include <optional>
#include <utility>
#include <variant>

namespace errata {

/// Why something could not be done: one plain sentence, and the place it concerns
/// (a file, "file:line:column", an entry), empty when there is none.
struct Error
{
    QString message;
    QString where;

    /// "where: message", or the message alone.
    [[nodiscard]] QString text() const { return where.isEmpty() ? message : where + QStringLiteral(": ") + message; }
};

template <typename T, typename E = Error>
class [[nodiscard]] Result
{
public:
    Result(T result) : m_data(std::in_place_index<0>, std::move(result)) {}
    Result(E reason) : m_data(std::in_place_index<1>, std::move(reason)) {}

    [[nodiscard]] bool ok() const { return m_data.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] const T &value() const & { return std::get<0>(m_data); }
    [[nodiscard]] T &value() & { return std::get<0>(m_data); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_data)); }
    [[nodiscard]] const E &error() const { return std::get<1>(m_data); }

    [[nodiscard]] T valueOr(T fallback) const { return ok() ? value() : std::move(fallback); }

    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    const T *operator->() const { return &value(); }

private:
    std::variant<T, E> m_data;
};

} // namespace errata
