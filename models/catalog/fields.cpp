#include "models/catalog/fields.h"

#include "models/catalog/names.h"

#include <algorithm>

namespace errata {

void FaultList::add(const JsonValue &at, const QString &field, const QString &reason)
{
    const qsizetype line = at.isAbsent() ? 0 : QByteArrayView(m_bytes).first(at.span().start).count('\n') + 1;
    m_faults.push_back({m_file, m_entry, field, reason, line});
}

Fields::Fields(const JsonValue &object, QString path, FaultList &faults)
    : m_object(object), m_path(std::move(path)), m_faults(faults)
{
    m_members.reserve(static_cast<std::size_t>(object.size()));
    for (const JsonValue &child : object.children())
        m_members.push_back({child.key().toUtf8(), child});
}

const JsonValue &Fields::find(const char *name) const
{
    static const JsonValue absent;
    const auto it =
        std::find_if(m_members.begin(), m_members.end(), [name](const Member &member) { return member.key == name; });
    return it == m_members.end() ? absent : it->value;
}

QString Fields::member(const char *name) const
{
    const QString own = QString::fromLatin1(name);
    return m_path.isEmpty() ? own : m_path + QLatin1Char('.') + own;
}

JsonValue Fields::value(const char *name)
{
    for (Member &member : m_members) {
        if (member.key == name) {
            member.read = true;
            return member.value;
        }
    }
    return {};
}

void Fields::fault(const char *name, const QString &reason)
{
    const JsonValue at = find(name);
    m_faults.add(at.isAbsent() ? m_object : at, member(name), reason);
}

QString Fields::string(const char *name)
{
    const JsonValue found = value(name);
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
    if (text.isEmpty() && (find(name).isAbsent() || find(name).isString()))
        fault(name, QStringLiteral("is missing or empty"));
    return text;
}

QStringList Fields::strings(const char *name)
{
    QStringList list;
    const JsonValue found = value(name);
    if (!found.isAbsent() && !found.isArray())
        fault(name, QStringLiteral("expected a list of strings"));
    for (const JsonValue &item : found.children()) {
        if (item.isString())
            list << item.string();
        else
            m_faults.add(item, member(name), QStringLiteral("expected strings only"));
    }
    return list;
}

bool Fields::boolean(const char *name, bool fallback)
{
    const JsonValue found = value(name);
    if (found.isAbsent())
        return fallback;
    if (!found.isBool())
        fault(name, QStringLiteral("expected true or false"));
    return found.boolean().value_or(fallback);
}

std::optional<qint64> Fields::integer(const char *name)
{
    const JsonValue found = value(name);
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
    if (find("provenance").isAbsent())
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
    const JsonValue found = value(name);
    if (found.isAbsent())
        return;
    if (!found.isObject()) {
        fault(name, QStringLiteral("expected an object"));
        return;
    }
    Fields fields(found, member(name), m_faults);
    read(fields);
    fields.finish();
}

void Fields::objects(const char *name, const std::function<void(Fields &)> &read)
{
    const JsonValue found = value(name);
    if (!found.isAbsent() && !found.isArray()) {
        fault(name, QStringLiteral("expected a list of objects"));
        return;
    }
    int index = 0;
    for (const JsonValue &item : found.children()) {
        const QString path = QStringLiteral("%1[%2]").arg(member(name)).arg(index++);
        if (!item.isObject()) {
            m_faults.add(item, path, QStringLiteral("expected an object"));
            continue;
        }
        Fields fields(item, path, m_faults);
        read(fields);
        fields.finish();
    }
}

Fact<QString> Fields::textOf(const JsonValue &value, const QString &path, Provenance fallback, const QString &document)
{
    if (value.isString())
        return {value.string(), fallback, document, {}};
    if (!value.isObject()) {
        m_faults.add(value, path, QStringLiteral("expected a string or an object with text and provenance"));
        return {};
    }
    Fields fields(value, path, m_faults);
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
    const JsonValue found = value(name);
    return found.isAbsent() ? Fact<QString>() : textOf(found, member(name), fallback, document);
}

std::vector<Fact<QString>> Fields::texts(const char *name, Provenance fallback, const QString &document)
{
    const JsonValue found = value(name);
    if (!found.isAbsent() && !found.isArray())
        fault(name, QStringLiteral("expected a list"));
    std::vector<Fact<QString>> facts;
    int index = 0;
    for (const JsonValue &item : found.children())
        facts.push_back(textOf(item, QStringLiteral("%1[%2]").arg(member(name)).arg(index++), fallback, document));
    return facts;
}

void Fields::finish()
{
    for (std::size_t i = 0; i < m_members.size(); ++i) {
        const Member &own = m_members[i];
        const auto twin = [&own](const Member &other) { return other.key == own.key; };
        if (std::any_of(m_members.begin(), m_members.begin() + static_cast<std::ptrdiff_t>(i), twin))
            m_faults.add(own.value, member(own.key.constData()), QStringLiteral("stands twice; the first one counts"));
        else if (!own.read)
            m_faults.add(own.value, member(own.key.constData()), QStringLiteral("unknown field"));
    }
}

} // namespace errata
