#include "models/catalog/fields.h"

#include "models/catalog/names.h"

#include <algorithm>

namespace errata {

void FaultList::add(const JsonValue &at, const QString &field, const QString &reason)
{
    const qsizetype line = at.isAbsent() ? 0 : QByteArrayView(m_bytes).first(at.span().start).count('\n') + 1;
    m_faults.push_back({m_file, m_entry, field, reason, line});
}

QString Fields::Place::text() const
{
    if (!parent)
        return {};
    const QString own = parent->member(QString::fromLatin1(name));
    return index < 0 ? own : QStringLiteral("%1[%2]").arg(own).arg(index);
}

Fields::Fields(const JsonValue &object, Place place, FaultList &faults)
    : m_object(object), m_place(place), m_faults(faults)
{
    std::vector<JsonValue> children = object.children();
    m_members.reserve(children.size());
    for (JsonValue &child : children) {
        const QByteArrayView key = child.keyBytes();
        m_members.push_back({std::move(child), key, key.contains('\\')});
    }
}

std::size_t Fields::find(QByteArrayView name) const
{
    const std::size_t count = m_members.size();
    for (std::size_t i = m_next; i < count; ++i) {
        if (m_members[i].is(name))
            return i;
    }
    for (std::size_t i = 0; i < m_next; ++i) {
        if (m_members[i].is(name))
            return i;
    }
    return count;
}

const JsonValue &Fields::at(std::size_t member) const
{
    static const JsonValue absent;
    return member < m_members.size() ? m_members[member].value : absent;
}

QString Fields::member(const QString &name) const
{
    const QString own = m_place.text();
    return own.isEmpty() ? name : own + QLatin1Char('.') + name;
}

const JsonValue &Fields::value(const char *name)
{
    const std::size_t found = find(name);
    if (found < m_members.size()) {
        m_members[found].read = true;
        m_next = found + 1;
    }
    return at(found);
}

void Fields::fault(const char *name, const QString &reason)
{
    const JsonValue &found = at(find(name));
    m_faults.add(found.isAbsent() ? m_object : found, Place{this, name}.text(), reason);
}

QString Fields::string(const char *name)
{
    const JsonValue &found = value(name);
    if (found.isAbsent())
        return {};
    if (!found.isString()) {
        fault(name, QStringLiteral("expected a string"));
        return {};
    }
    return found.string();
}

QString Fields::requiredString(const char *name)
{
    QString text = string(name);
    if (text.isEmpty() && (at(find(name)).isAbsent() || at(find(name)).isString()))
        fault(name, QStringLiteral("is missing or empty"));
    return text;
}

QStringList Fields::strings(const char *name)
{
    QStringList list;
    const JsonValue &found = value(name);
    if (!found.isAbsent() && !found.isArray())
        fault(name, QStringLiteral("expected a list of strings"));
    for (const JsonValue &item : found.children()) {
        if (item.isString())
            list << item.string();
        else
            m_faults.add(item, Place{this, name}.text(), QStringLiteral("expected strings only"));
    }
    return list;
}

bool Fields::boolean(const char *name, bool fallback)
{
    const JsonValue &found = value(name);
    if (found.isAbsent())
        return fallback;
    if (!found.isBool())
        fault(name, QStringLiteral("expected true or false"));
    return found.boolean().value_or(fallback);
}

std::optional<qint64> Fields::integer(const char *name)
{
    const JsonValue &found = value(name);
    if (found.isAbsent())
        return std::nullopt;
    const std::optional<qint64> number = found.integer();
    if (!number)
        fault(name, QStringLiteral("expected a whole number"));
    return number;
}

qint64 Fields::requiredInteger(const char *name)
{
    if (value(name).isAbsent())
        fault(name, QStringLiteral("is missing"));
    return integer(name).value_or(0);
}

QRegularExpression Fields::pattern(const char *name)
{
    QRegularExpression expression(string(name));
    // Asking compiles: some hundred of them are a third of the reading of the shipped files, whose patterns a
    // test has compiled.
    if (!m_faults.file().startsWith(QLatin1String(":/")) && !expression.isValid())
        fault(name, QStringLiteral("no valid regular expression: %1").arg(expression.errorString()));
    return expression;
}

Provenance Fields::provenance(Provenance fallback)
{
    const QString id = string("provenance");
    if (id.isEmpty())
        return fallback;
    const std::optional<Provenance> known = provenanceFromId(id);
    if (!known)
        fault("provenance", QStringLiteral("'%1' is none of %2").arg(id, provenanceIds().join(QStringLiteral(", "))));
    return known.value_or(Provenance::Inferred);
}

Provenance Fields::requiredProvenance()
{
    if (at(find("provenance")).isAbsent())
        fault("provenance", QStringLiteral("is missing"));
    return provenance(Provenance::Inferred);
}

RetryVerdict Fields::verdict(const char *name, bool required)
{
    const QString id = required ? requiredString(name) : string(name);
    if (id.isEmpty())
        return RetryVerdict::Unstated;
    const std::optional<RetryVerdict> known = retryVerdictFromId(id);
    if (!known)
        fault(name, QStringLiteral("'%1' is none of %2").arg(id, retryVerdictIds().join(QStringLiteral(", "))));
    return known.value_or(RetryVerdict::Unstated);
}

void Fields::object(const char *name, const std::function<void(Fields &)> &read)
{
    const JsonValue &found = value(name);
    if (found.isAbsent())
        return;
    if (!found.isObject()) {
        fault(name, QStringLiteral("expected an object"));
        return;
    }
    Fields fields(found, {this, name}, m_faults);
    read(fields);
    fields.finish();
}

void Fields::objects(const char *name, const std::function<void(Fields &)> &read)
{
    const JsonValue &found = value(name);
    if (!found.isAbsent() && !found.isArray()) {
        fault(name, QStringLiteral("expected a list of objects"));
        return;
    }
    int index = 0;
    for (const JsonValue &item : found.children()) {
        const Place place{this, name, index++};
        if (!item.isObject()) {
            m_faults.add(item, place.text(), QStringLiteral("expected an object"));
            continue;
        }
        Fields fields(item, place, m_faults);
        read(fields);
        fields.finish();
    }
}

Fact<QString> Fields::textOf(const JsonValue &value, Place place, Provenance fallback, const QString &document)
{
    if (value.isString())
        return {value.string(), fallback, document, {}};
    if (!value.isObject()) {
        m_faults.add(value, place.text(), QStringLiteral("expected a string or an object with text and provenance"));
        return {};
    }
    Fields fields(value, place, m_faults);
    Fact<QString> fact;
    fact.value = fields.requiredString("text");
    fact.provenance = fields.requiredProvenance();
    fact.source = fields.string("source");
    fact.note = fields.string("note");
    fields.finish();
    return fact;
}

Fact<QString> Fields::text(const char *name, Provenance fallback, const QString &document)
{
    const JsonValue &found = value(name);
    return found.isAbsent() ? Fact<QString>() : textOf(found, {this, name}, fallback, document);
}

std::vector<Fact<QString>> Fields::texts(const char *name, Provenance fallback, const QString &document)
{
    const JsonValue &found = value(name);
    if (!found.isAbsent() && !found.isArray())
        fault(name, QStringLiteral("expected a list"));
    std::vector<Fact<QString>> facts;
    int index = 0;
    for (const JsonValue &item : found.children())
        facts.push_back(textOf(item, {this, name, index++}, fallback, document));
    return facts;
}

void Fields::finish()
{
    // A second member of one name is never the one that was read.
    for (auto own = m_members.begin(); own != m_members.end(); ++own) {
        if (own->read)
            continue;
        const QString key = own->value.key();
        const bool twice =
            std::any_of(m_members.begin(), own, [&key](const Member &earlier) { return earlier.value.key() == key; });
        m_faults.add(own->value, member(key),
                     twice ? QStringLiteral("stands twice; the first one counts") : QStringLiteral("unknown field"));
    }
}

} // namespace errata
