// Reads the members of a JSON object by name and type, and names the first fault with its JSON pointer.
#pragma once

#include "models/base/clock.h"
#include "models/json/jsondocument.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

namespace errata {

/// The first fault of the file; what is read after it does not matter any more.
struct Faults
{
    std::optional<Error> first;
    QString file;

    void add(const QString &pointer, const QString &message)
    {
        if (!first)
            first = Error{message, pointer.isEmpty() ? file : file + QStringLiteral(": ") + pointer};
    }
};

/// A name in the file for a value of an enum.
template <typename E>
using Names = std::initializer_list<std::pair<const char *, E>>;

/// The members of one object. done() reports those nobody asked for, so that a misspelt one is told.
class Members
{
public:
    Members(JsonValue object, QString path, Faults &faults)
        : m_object(std::move(object)), m_path(std::move(path)), m_faults(faults)
    {
        if (!m_object.isObject())
            fault({}, QStringLiteral("expected an object"));
    }

    bool has(const char *name) { return !get(name).isAbsent(); }
    bool isNull(const char *name) { return get(name).is(JsonKind::Null); }

    QString text(const char *name, bool required = true)
    {
        const JsonValue value = get(name);
        if (value.isString() && !(required && value.string().isEmpty()))
            return value.string();
        if (required || !value.isAbsent())
            fault(name, QStringLiteral("expected a text"));
        return {};
    }

    bool boolean(const char *name, bool fallback)
    {
        const JsonValue value = get(name);
        if (!value.isAbsent() && !value.isBool())
            fault(name, QStringLiteral("expected true or false"));
        return value.boolean().value_or(fallback);
    }

    std::optional<double> number(const char *name, double least)
    {
        const JsonValue value = get(name);
        if (value.isAbsent() || value.is(JsonKind::Null))
            return {};
        const std::optional<double> read = value.number();
        if (read && std::isfinite(*read) && *read >= least)
            return read;
        fault(name, QStringLiteral("expected a number, at least %1").arg(least));
        return {};
    }

    std::optional<Millis> millis(const char *name, double least = 0)
    {
        const std::optional<double> value = number(name, least);
        return value ? std::optional(Millis(*value)) : std::nullopt;
    }

    double requiredNumber(const char *name, double least)
    {
        const std::optional<double> value = number(name, least);
        if (!value)
            fault(name, QStringLiteral("expected a number, at least %1").arg(least));
        return value.value_or(least);
    }

    template <typename E>
    E choice(const char *name, Names<E> names)
    {
        const QString text = get(name).string();
        QStringList known;
        for (const auto &[key, value] : names) {
            if (text == QLatin1String(key))
                return value;
            known += QLatin1String(key);
        }
        fault(name, QStringLiteral("expected one of ") + known.join(QStringLiteral(", ")));
        return names.begin()->second;
    }

    bool isArray(const char *name) { return get(name).isArray(); }
    bool isBool(const char *name) { return get(name).isBool(); }

    /// A positive whole number, or 0 where there is none.
    int count(const char *name)
    {
        const std::optional<double> value = number(name, 0);
        const bool whole = value && *value == std::floor(*value) && *value <= 1e6;
        if (value && !whole)
            fault(name, QStringLiteral("expected a whole number, at most 1000000"));
        return whole ? static_cast<int>(*value) : 0;
    }

    /// Like choice(), \a fallback where the member is absent.
    template <typename E>
    E choiceOr(const char *name, E fallback, Names<E> names)
    {
        return has(name) ? choice<E>(name, names) : fallback;
    }

    std::vector<JsonValue> array(const char *name, bool required)
    {
        const JsonValue value = get(name);
        if (!value.isArray() && (required || !value.isAbsent()))
            fault(name, QStringLiteral("expected a list"));
        return value.isArray() ? value.children() : std::vector<JsonValue>();
    }

    /// Of a list of objects.
    qsizetype size(const char *name)
    {
        const JsonValue value = get(name);
        if (!value.isAbsent() && !value.isArray())
            fault(name, QStringLiteral("expected a list"));
        return value.isArray() ? value.size() : 0;
    }
    Members element(const char *name, qsizetype index)
    {
        return {get(name).at(index), pathOf(name) + u'/' + QString::number(index), m_faults};
    }

    Members object(const char *name) { return Members(get(name), pathOf(name), m_faults); }

    void fault(const char *name, const QString &message) { m_faults.add(name ? pathOf(name) : m_path, message); }

    void done()
    {
        if (!m_object.isObject())
            return;
        for (const JsonValue &member : m_object.children()) {
            if (std::find(m_asked.begin(), m_asked.end(), member.key()) == m_asked.end())
                m_faults.add(m_path + u'/' + member.key(),
                             QStringLiteral("not known here; expected one of ") + m_asked.join(QStringLiteral(", ")));
        }
    }

private:
    JsonValue get(const char *name)
    {
        const QString key = QLatin1String(name);
        if (!m_asked.contains(key))
            m_asked += key;
        return m_object[name];
    }
    [[nodiscard]] QString pathOf(const char *name) const { return m_path + u'/' + QLatin1String(name); }

    JsonValue m_object;
    QString m_path;
    Faults &m_faults;
    QStringList m_asked;
};

} // namespace errata
