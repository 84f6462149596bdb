#include "models/http/openapi.h"

#include "models/base/limits.h"
#include "models/http/formtext.h"
#include "models/http/openapidocument.h"

#include <algorithm>

namespace errata {

namespace {

QByteArray scalar(const JsonValue &value)
{
    return value.isString() ? value.string().toUtf8() : value.isAbsent() ? QByteArray() : value.raw();
}

/// A name as a variable has one.
QString variableName(const QString &name)
{
    QString out;
    for (const QChar c : name) {
        const bool isPlain = c.unicode() < 0x80 && (c.isLetterOrNumber() || QStringLiteral("_-.").contains(c));
        out += isPlain ? c : QLatin1Char('_');
    }
    return out.isEmpty() ? QStringLiteral("_") : out;
}

QByteArray use(const QString &name)
{
    return "{{" + variableName(name).toUtf8() + "}}";
}

class OpenApiReader
{
public:
    explicit OpenApiReader(const OpenApiDocument &document) : m_document(document), m_root(document.root()) {}

    Collection read()
    {
        m_collection.name = m_root["info"]["title"].string();
        readServers();
        for (const JsonValue &path : m_root["paths"].children()) {
            const JsonValue item = m_document.resolved(path);
            for (const char *method : {"get", "put", "post", "delete", "options", "head", "patch", "trace"}) {
                if (item[method].isObject())
                    readOperation(path.key(), item, item[method], method);
            }
        }
        if (m_root["webhooks"].size() > 0)
            m_collection.notCarried << QStringLiteral("webhooks");
        return std::move(m_collection);
    }

private:
    static QString serverUrl(const JsonValue &server)
    {
        QString url = server["url"].string();
        for (const JsonValue &variable : server["variables"].children())
            url.replace(QLatin1Char('{') + variable.key() + QLatin1Char('}'), variable["default"].string());
        while (url.endsWith(QLatin1Char('/')))
            url.chop(1);
        return url;
    }

    void readServers()
    {
        const std::vector<JsonValue> servers = m_root["servers"].children();
        const QString name = QStringLiteral("baseUrl");
        const QString first = servers.empty() ? QString() : serverUrl(servers.front());
        m_collection.environments.push_back({{}, {{name, first, false}}, false});
        for (std::size_t i = 1; i < servers.size(); ++i) {
            const QString said = servers[i]["description"].string();
            m_collection.environments.push_back(
                {said.isEmpty() ? serverUrl(servers[i]) : said, {{name, serverUrl(servers[i]), false}}, false});
        }
    }

    void readOperation(const QString &path, const JsonValue &item, const JsonValue &operation, const QByteArray &method)
    {
        RequestDraft draft;
        draft.method = method.toUpper();
        draft.name = operation["summary"].string();
        if (draft.name.isEmpty())
            draft.name = operation["operationId"].string();
        if (draft.name.isEmpty())
            draft.name = QString::fromUtf8(draft.method) + QLatin1Char(' ') + path;
        draft.about = operation["description"].string();
        if (const QString tag = operation["tags"].at(0).string(); !tag.isEmpty())
            draft.folder = {tag};
        draft.url = "{{baseUrl}}" + path.toUtf8();
        for (const JsonValue &parameter : parametersOf(item, operation))
            readParameter(parameter, draft);
        readSecurity(operation["security"].isAbsent() ? m_root["security"] : operation["security"], draft);
        readBody(m_document.resolved(operation["requestBody"]), draft);
        if (operation["callbacks"].size() > 0)
            m_collection.notCarried << QStringLiteral("callbacks of '%1'").arg(draft.name);
        m_collection.requests.push_back(std::move(draft));
    }

    /// Those of the operation replace those of its path with the same name and place.
    [[nodiscard]] std::vector<JsonValue> parametersOf(const JsonValue &item, const JsonValue &operation) const
    {
        std::vector<JsonValue> list;
        for (const JsonValue &part : {item["parameters"], operation["parameters"]}) {
            for (const JsonValue &reference : part.children()) {
                const JsonValue parameter = m_document.resolved(reference);
                std::erase_if(list, [&parameter](const JsonValue &one) {
                    return one["name"].string() == parameter["name"].string() &&
                           one["in"].string() == parameter["in"].string();
                });
                list.push_back(parameter);
            }
        }
        return list;
    }

    [[nodiscard]] QByteArray valueOf(const JsonValue &parameter) const
    {
        JsonValue example = m_document.example(parameter);
        if (example.isAbsent())
            example = m_document.example(m_document.resolved(parameter["schema"]));
        const bool isScalar = example.isString() || example.isNumber() || example.isBool();
        return isScalar ? scalar(example) : use(parameter["name"].string());
    }

    void readParameter(const JsonValue &parameter, RequestDraft &draft)
    {
        const QString name = parameter["name"].string();
        const QString place = parameter["in"].string();
        const bool isRequired = parameter["required"].boolean().value_or(false);
        const QByteArray value = valueOf(parameter);
        if (place == QLatin1String("path")) {
            draft.url.replace('{' + name.toUtf8() + '}', queryEncoded(value, true));
        } else if (place == QLatin1String("query")) {
            const DraftField row{queryEncoded(name.toUtf8()), queryEncoded(value, true), false};
            if (isRequired)
                draft.url = withParameter(draft.url, row.name + '=' + row.value);
            else
                draft.parkedParameters.push_back(row);
        } else if (place == QLatin1String("header")) {
            draft.headers.push_back({name.toUtf8(), value, isRequired});
        } else if (place == QLatin1String("cookie")) {
            draft.headers.push_back({"Cookie", name.toUtf8() + '=' + value, isRequired});
        }
    }

    /// Of several ways the first that Errata has; {} among them means that none is needed.
    void readSecurity(const JsonValue &security, RequestDraft &draft)
    {
        QStringList others;
        for (const JsonValue &way : security.children()) {
            for (const JsonValue &member : way.children()) {
                const JsonValue scheme = m_document.resolved(m_root["components"]["securitySchemes"][member.key()]);
                if (setAuth(scheme, member.key(), draft.auth))
                    return;
                others << member.key();
            }
        }
        if (!others.isEmpty())
            m_collection.notCarried
                << QStringLiteral("authentication '%1' of '%2'").arg(others.join(QStringLiteral("', '")), draft.name);
    }

    static bool setAuth(const JsonValue &scheme, const QString &name, AuthDraft &auth)
    {
        const QString type = scheme["type"].string();
        const QString kind = scheme["scheme"].string().toLower();
        if (type == QLatin1String("http") && kind == QLatin1String("basic")) {
            auth = {AuthDraft::Kind::Basic, {}, "{{password}}", "{{user}}", false};
        } else if ((type == QLatin1String("http") && kind == QLatin1String("bearer")) ||
                   type == QLatin1String("oauth2") || type == QLatin1String("openIdConnect")) {
            // What OAuth gives in the end is a bearer token (RFC 6750).
            auth = {AuthDraft::Kind::Bearer, {}, use(name), {}, false};
        } else if (type == QLatin1String("apiKey") && scheme["in"].string() != QLatin1String("cookie")) {
            auth = {AuthDraft::Kind::ApiKey,
                    scheme["name"].string().toUtf8(),
                    use(name),
                    {},
                    scheme["in"].string() == QLatin1String("query")};
        } else {
            return false;
        }
        return true;
    }

    void readBody(const JsonValue &requestBody, RequestDraft &draft)
    {
        const std::vector<JsonValue> types = requestBody["content"].children();
        if (types.empty())
            return;
        // JSON where there is a choice: what most people send.
        const auto json = std::find_if(types.begin(), types.end(), [](const JsonValue &type) {
            return type.key().contains(QLatin1String("json"));
        });
        const JsonValue media = json == types.end() ? types.front() : *json;
        const JsonValue schema = m_document.resolved(media["schema"]);
        BodyDraft &body = draft.body;
        if (media.key().startsWith(QLatin1String("multipart/form-data"))) {
            body.kind = BodyDraft::Kind::Multipart;
            addFields(schema, true, body);
        } else if (media.key().startsWith(QLatin1String("application/x-www-form-urlencoded"))) {
            body.kind = BodyDraft::Kind::Form;
            addFields(schema, false, body);
        } else {
            body.kind = BodyDraft::Kind::Text;
            body.contentType = media.key().toUtf8();
            const JsonValue example = m_document.example(media);
            const bool isJson = media.key().contains(QLatin1String("json"));
            if (!example.isAbsent())
                body.text = isJson || !example.isString() ? example.raw() : scalar(example);
            else if (isJson && schema.isObject())
                body.text = indented(m_document.sample(schema));
        }
    }

    static QByteArray indented(const QByteArray &json)
    {
        const auto document = JsonDocument::parse(json);
        return document ? prettyJson(document->root()) : json;
    }

    void addFields(const JsonValue &schema, bool isMultipart, BodyDraft &body) const
    {
        for (const JsonValue &member : m_document.properties(schema)) {
            const JsonValue property = m_document.resolved(member);
            const bool isFile = isMultipart && (property["format"].string() == QLatin1String("binary") ||
                                                property["contentMediaType"].isString());
            const JsonValue example = m_document.example(property);
            const QByteArray value = example.isAbsent() ? use(member.key()) : scalar(example);
            body.fields.push_back({member.key().toUtf8(), isFile ? member.key().toUtf8() : value, true, isFile});
        }
    }

    const OpenApiDocument &m_document;
    JsonValue m_root;
    Collection m_collection;
};

} // namespace

bool looksLikeOpenApi(QByteArrayView text)
{
    const QByteArrayView start = text.first(std::min<qsizetype>(text.size(), 64 * limits::Kilobyte)).trimmed();
    return start.startsWith('{') && start.contains("\"openapi\"") && !start.contains("\"log\"");
}

bool looksLikeOpenApiYaml(QByteArrayView text)
{
    const QByteArray start = text.first(std::min<qsizetype>(text.size(), 64 * limits::Kilobyte)).toByteArray();
    const QByteArrayList lines = start.split('\n');
    return std::any_of(lines.begin(), lines.end(), [](const QByteArray &line) {
        return line.startsWith("openapi:") || line.startsWith("\"openapi\":") || line.startsWith("'openapi':");
    });
}

Result<Collection> readOpenApi(const QByteArray &text)
{
    const auto document = OpenApiDocument::read(text);
    if (!document)
        return document.error();
    Collection collection = OpenApiReader(document.value()).read();
    if (collection.requests.empty())
        return Error{QStringLiteral("the description has no operation"), {}};
    return collection;
}

} // namespace errata
