#include "models/http/headers.h"

#include <algorithm>
#include <cstring>

namespace errata {

namespace {

bool isSameName(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool isTokenChar(char c)
{
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return true;
    return c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c);
}

} // namespace

void Headers::add(QByteArray name, QByteArray value, Span span)
{
    m_list.push_back({std::move(name), std::move(value), span});
}

void Headers::set(const QByteArray &name, const QByteArray &value)
{
    const auto place =
        std::find_if(m_list.begin(), m_list.end(), [&](const Header &header) { return isSameName(header.name, name); });
    if (place == m_list.end()) {
        add(name, value);
        return;
    }
    *place = {name, value};
    m_list.erase(
        std::remove_if(place + 1, m_list.end(), [&](const Header &header) { return isSameName(header.name, name); }),
        m_list.end());
}

void Headers::remove(QByteArrayView name)
{
    std::erase_if(m_list, [&](const Header &header) { return isSameName(header.name, name); });
}

const Header *Headers::find(QByteArrayView name) const
{
    const auto place =
        std::find_if(m_list.begin(), m_list.end(), [&](const Header &header) { return isSameName(header.name, name); });
    return place == m_list.end() ? nullptr : &*place;
}

std::optional<QByteArray> Headers::value(QByteArrayView name) const
{
    const Header *header = find(name);
    if (!header)
        return {};
    return header->value;
}

std::vector<QByteArray> Headers::values(QByteArrayView name) const
{
    std::vector<QByteArray> found;
    for (const Header &header : m_list) {
        if (isSameName(header.name, name))
            found.push_back(header.value);
    }
    return found;
}

std::optional<QByteArray> Headers::joined(QByteArrayView name) const
{
    const std::vector<QByteArray> found = values(name);
    if (found.empty())
        return {};
    QByteArray all = found.front();
    for (auto next = found.begin() + 1; next != found.end(); ++next)
        all += ", " + *next;
    return all;
}

bool Headers::isValidName(QByteArrayView name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), isTokenChar);
}

bool Headers::isValidValue(QByteArrayView value)
{
    return std::none_of(value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

} // namespace errata
