#include "models/http/openapidocument.h"

#include "models/base/limits.h"

#include <algorithm>

namespace errata {

namespace {

constexpr int mostReferences = 16;
constexpr int mostDepth = 8;
/// Values in one sample: schemas that refer to themselves in two places would double at each level.
constexpr int mostValues = 500;

QByteArray typeOf(const JsonValue &schema)
{
    const JsonValue type = schema["type"];
    const JsonValue first = type.isArray() ? type.at(0) : type;
    if (first.isString())
        return first.string().toUtf8();
    if (!schema["properties"].isAbsent() || !schema["allOf"].isAbsent())
        return "object";
    return schema["items"].isAbsent() ? "string" : "array";
}

QByteArray textSample(const JsonValue &schema)
{
    const QString format = schema["format"].string();
    if (format == QLatin1String("date-time"))
        return "\"2026-01-31T12:00:00Z\"";
    if (format == QLatin1String("date"))
        return "\"2026-01-31\"";
    if (format == QLatin1String("uuid"))
        return "\"00000000-0000-4000-8000-000000000000\"";
    if (format == QLatin1String("email"))
        return "\"someone@example.com\"";
    return format == QLatin1String("uri") ? "\"https://example.com\"" : "\"\"";
}

} // namespace

Result<OpenApiDocument> OpenApiDocument::read(const QByteArray &text)
{
    const auto document = JsonDocument::parse(text, {limits::jsonDepth, limits::collectionFile});
    if (!document)
        return Error{document.error().text(), {}};
    const JsonValue root = document->root();
    if (root["swagger"].isString())
        return Error{QStringLiteral("Swagger %1 is not read, expected OpenAPI 3").arg(root["swagger"].string()), {}};
    if (!root["openapi"].string().startsWith(QLatin1String("3.")))
        return Error{QStringLiteral("\"openapi\" is not 3.x"), {}};
    return OpenApiDocument(root);
}

JsonValue OpenApiDocument::resolved(const JsonValue &value) const
{
    JsonValue at = value;
    for (int i = 0; i < mostReferences && at["$ref"].isString(); ++i) {
        const QString reference = at["$ref"].string();
        if (!reference.startsWith(QLatin1String("#/")))
            return at;
        at = m_root.pointer(QString::fromUtf8(QByteArray::fromPercentEncoding(reference.mid(1).toUtf8())));
    }
    return at;
}

JsonValue OpenApiDocument::example(const JsonValue &holder) const
{
    if (!holder["example"].isAbsent())
        return holder["example"];
    const JsonValue examples = holder["examples"];
    if (examples.isObject() && examples.size() > 0)
        return resolved(examples.children().front())["value"];
    if (examples.isArray() && examples.size() > 0)
        return examples.at(0);
    for (const char *key : {"default", "const"}) {
        if (!holder[key].isAbsent())
            return holder[key];
    }
    return holder["enum"].at(0);
}

std::vector<JsonValue> OpenApiDocument::properties(const JsonValue &schema) const
{
    std::vector<JsonValue> list;
    addProperties(resolved(schema), 0, list);
    return list;
}

void OpenApiDocument::addProperties(const JsonValue &schema, int depth, std::vector<JsonValue> &list) const
{
    if (depth > mostDepth || list.size() > mostValues)
        return;
    for (const JsonValue &member : schema["properties"].children()) {
        const bool isKnown = std::any_of(list.begin(), list.end(),
                                         [&member](const JsonValue &one) { return one.key() == member.key(); });
        if (!isKnown)
            list.push_back(member);
    }
    for (const JsonValue &part : schema["allOf"].children())
        addProperties(resolved(part), depth + 1, list);
    for (const char *key : {"oneOf", "anyOf"}) {
        if (schema[key].size() > 0)
            addProperties(resolved(schema[key].at(0)), depth + 1, list);
    }
}

QByteArray OpenApiDocument::sample(const JsonValue &schema) const
{
    int budget = mostValues;
    return sampleOf(schema, 0, budget);
}

QByteArray OpenApiDocument::sampleOf(const JsonValue &schema, int depth, int &budget) const
{
    const JsonValue own = resolved(schema);
    if (const JsonValue given = example(own); !given.isAbsent())
        return given.raw();
    if (depth > mostDepth || --budget < 0)
        return "null";
    const std::vector<JsonValue> members = properties(own);
    const QByteArray type = members.empty() ? typeOf(own) : QByteArray("object");
    if (type == "object") {
        QByteArray text;
        for (const JsonValue &member : members) {
            if (!resolved(member)["readOnly"].boolean().value_or(false))
                text += (text.isEmpty() ? "" : ", ") +
                        ('"' + member.key().toUtf8().replace('\\', "\\\\").replace('"', "\\\"")) +
                        "\": " + sampleOf(member, depth + 1, budget);
        }
        return '{' + text + '}';
    }
    if (type == "array")
        return own["items"].isAbsent() ? QByteArray("[]") : '[' + sampleOf(own["items"], depth + 1, budget) + ']';
    if (type == "integer" || type == "number")
        return own["minimum"].isNumber() ? own["minimum"].raw() : QByteArray("0");
    if (type == "boolean")
        return "false";
    return type == "null" ? QByteArray("null") : textSample(own);
}

} // namespace errata
