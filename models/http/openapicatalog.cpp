#include "models/http/openapi.h"
#include "models/http/openapidocument.h"
#include "models/json/jsonwriter.h"

#include <QUrl>

#include <algorithm>

namespace errata {

namespace {

/// A code with what is known of it.
struct CodeFound
{
    QString code;
    QString meaning;
    std::vector<int> statuses;
    QByteArray example; ///< JSON, empty without
    int exampleStatus = 0;
};

/// Where a schema has its code and its message.
struct Shape
{
    QString code;
    QString message;
    friend bool operator==(const Shape &, const Shape &) = default;
};

const QStringList &codeNames()
{
    static const QStringList names{QStringLiteral("code"), QStringLiteral("error_code"), QStringLiteral("errorCode"),
                                   QStringLiteral("type"), QStringLiteral("reason"),     QStringLiteral("error")};
    return names;
}

QString escapedPointer(QString name)
{
    return QLatin1Char('/') +
           name.replace(QLatin1Char('~'), QLatin1String("~0")).replace(QLatin1Char('/'), QLatin1String("~1"));
}

/// "TOKEN_EXPIRED" as "Token expired".
QString titleOf(const QString &code)
{
    QString title = code.toLower();
    title.replace(QLatin1Char('_'), QLatin1Char(' ')).replace(QLatin1Char('-'), QLatin1Char(' '));
    title[0] = title[0].toUpper();
    return title;
}

/// A catalog's id: letters, digits and '-', a letter first.
QString idOf(const QString &title)
{
    QString id;
    const QString lower = title.toLower();
    for (const QChar c : lower) {
        const bool isPlain = (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || c.isDigit();
        if (isPlain && c.unicode() < 0x80)
            id += c;
        else if (!id.isEmpty() && !id.endsWith(QLatin1Char('-')))
            id += QLatin1Char('-');
    }
    while (id.endsWith(QLatin1Char('-')))
        id.chop(1);
    return id.isEmpty() || id[0].isDigit() ? QStringLiteral("api-") + id : id;
}

class CatalogMaker
{
public:
    explicit CatalogMaker(const OpenApiDocument &document) : m_document(document), m_root(document.root()) {}

    Result<OpenApiCatalog> make()
    {
        for (const JsonValue &path : m_root["paths"].children()) {
            for (const JsonValue &operation : m_document.resolved(path).children()) {
                for (const JsonValue &response : operation["responses"].children())
                    readResponse(response.key(), m_document.resolved(response));
            }
        }
        if (m_codes.empty())
            return Error{QStringLiteral("no answer with an error enumerates its codes or shows one in an example"), {}};
        return OpenApiCatalog{written(), static_cast<int>(m_codes.size())};
    }

private:
    /// "404", "4XX" and "default" are answers to failure.
    void readResponse(const QString &status, const JsonValue &response)
    {
        const bool isFailure = status.startsWith(QLatin1Char('4')) || status.startsWith(QLatin1Char('5')) ||
                               status == QLatin1String("default");
        if (!isFailure)
            return;
        bool isNumber = false;
        const int number = status.toInt(&isNumber);
        for (const JsonValue &media : response["content"].children()) {
            if (!media.key().contains(QLatin1String("json")))
                continue;
            const JsonValue schema = m_document.resolved(media["schema"]);
            readSchema(schema, isNumber ? number : 0, response["description"].string());
            readExamples(media, schema, isNumber ? number : 0, response["description"].string());
        }
    }

    /// The pointer to the code in a schema, looked for in the error itself and one level below.
    void readSchema(const JsonValue &schema, int status, const QString &description)
    {
        readLevel(schema, {}, status, description);
        for (const JsonValue &member : m_document.properties(schema)) {
            if (member.key() == QLatin1String("error") || member.key() == QLatin1String("fault"))
                readLevel(m_document.resolved(member), escapedPointer(member.key()), status, description);
        }
    }

    void readLevel(const JsonValue &schema, const QString &prefix, int status, const QString &description)
    {
        const std::vector<JsonValue> members = m_document.properties(schema);
        for (const QString &name : codeNames()) {
            const auto it = std::find_if(members.begin(), members.end(),
                                         [&name](const JsonValue &member) { return member.key() == name; });
            if (it == members.end())
                continue;
            const JsonValue property = m_document.resolved(*it);
            std::vector<JsonValue> values = property["enum"].children();
            if (property["const"].isString())
                values.push_back(property["const"]);
            const bool hasTexts =
                std::any_of(values.begin(), values.end(), [](const JsonValue &v) { return v.isString(); });
            if (!hasTexts)
                continue;
            addShape(prefix + escapedPointer(name), prefix, members);
            // An enum that many answers share says nothing of the status of each code.
            const int own = values.size() == 1 ? status : 0;
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (values[i].isString())
                    addCode(values[i].string(), enumText(property, values[i].string(), qsizetype(i)), own, description);
            }
            return;
        }
    }

    /// What generators write beside an enum.
    static QString enumText(const JsonValue &property, const QString &code, qsizetype index)
    {
        for (const char *key : {"x-enum-descriptions", "x-enumDescriptions", "x-enum-varnames-descriptions"}) {
            const JsonValue texts = property[key];
            const QString text = texts.isArray() ? texts.at(index).string() : texts[code].string();
            if (!text.isEmpty())
                return text;
        }
        return {};
    }

    void addShape(const QString &code, const QString &prefix, const std::vector<JsonValue> &members)
    {
        Shape shape{code, {}};
        for (const JsonValue &member : members) {
            if (member.key() == QLatin1String("message") || member.key() == QLatin1String("detail"))
                shape.message = prefix + escapedPointer(member.key());
        }
        if (std::find(m_shapes.begin(), m_shapes.end(), shape) == m_shapes.end())
            m_shapes.push_back(shape);
    }

    CodeFound &addCode(const QString &code, const QString &meaning, int status, const QString &description)
    {
        auto it =
            std::find_if(m_codes.begin(), m_codes.end(), [&code](const CodeFound &one) { return one.code == code; });
        if (it == m_codes.end())
            it = m_codes.insert(it, CodeFound{code, {}, {}, {}, 0});
        if (it->meaning.isEmpty())
            it->meaning = meaning.isEmpty() ? description : meaning;
        if (status != 0 && std::find(it->statuses.begin(), it->statuses.end(), status) == it->statuses.end())
            it->statuses.push_back(status);
        return *it;
    }

    void readExamples(const JsonValue &media, const JsonValue &schema, int status, const QString &description)
    {
        std::vector<std::pair<JsonValue, QString>> examples;
        if (!media["example"].isAbsent())
            examples.emplace_back(media["example"], QString());
        for (const JsonValue &one : media["examples"].children())
            examples.emplace_back(m_document.resolved(one)["value"], m_document.resolved(one)["summary"].string());
        if (!schema["example"].isAbsent())
            examples.emplace_back(schema["example"], QString());
        for (const auto &[value, summary] : examples)
            readExample(value, summary, status, description);
    }

    void readExample(const JsonValue &value, const QString &summary, int status, const QString &description)
    {
        for (const QString &prefix : {QString(), QStringLiteral("/error"), QStringLiteral("/fault")}) {
            for (const QString &name : codeNames()) {
                const QString pointer = prefix + escapedPointer(name);
                const JsonValue code = value.pointer(pointer);
                if (!code.isString() || code.string().isEmpty() || code.string().contains(QLatin1Char(' ')))
                    continue;
                addShape(pointer, prefix, value.pointer(prefix).children());
                CodeFound &found = addCode(code.string(), summary, status, description);
                if (found.example.isEmpty()) {
                    found.example = value.raw();
                    found.exampleStatus = status;
                }
                return;
            }
        }
    }

    [[nodiscard]] QString title() const
    {
        const QString title = m_root["info"]["title"].string().trimmed();
        return title.isEmpty() ? QStringLiteral("API") : title;
    }

    [[nodiscard]] QString documentUrl() const
    {
        for (const QString &url : {m_root["externalDocs"]["url"].string(), m_root["info"]["contact"]["url"].string(),
                                   m_root["servers"].at(0)["url"].string()}) {
            if (!url.isEmpty())
                return url;
        }
        return QStringLiteral("openapi.json");
    }

    [[nodiscard]] QByteArray written() const
    {
        JsonWriter json;
        json.beginObject().member(u"format", u"errata-catalog/1").member(u"id", idOf(title())).member(u"name", title());
        if (const JsonValue version = m_root["info"]["version"]; version.isString() && version.size() == 0)
            json.member(u"version", version.string());
        json.key(u"documents").beginArray().beginObject().member(u"id", u"openapi");
        json.member(u"title", title() + QStringLiteral(", OpenAPI description")).member(u"url", documentUrl());
        json.member(u"provenance", u"stated").endObject().endArray();
        json.key(u"surfaces").beginArray().beginObject().member(u"id", u"http-api").member(u"title", u"HTTP API");
        json.endObject().endArray();
        writeHosts(json);
        json.key(u"envelopes").beginArray();
        for (std::size_t i = 0; i < m_shapes.size(); ++i)
            writeEnvelope(json, m_shapes[i], i);
        json.endArray().key(u"entries").beginArray();
        for (const CodeFound &found : m_codes)
            writeEntry(json, found);
        return json.endArray().endObject().result();
    }

    void writeHosts(JsonWriter &json) const
    {
        QStringList hosts;
        for (const JsonValue &server : m_root["servers"].children()) {
            const QString host = QUrl(server["url"].string()).host();
            if (!host.isEmpty() && !hosts.contains(host))
                hosts << host;
        }
        if (hosts.isEmpty())
            return;
        json.key(u"hosts").beginArray();
        for (const QString &host : std::as_const(hosts))
            json.beginObject().member(u"host", host).member(u"provenance", u"stated").endObject();
        json.endArray();
    }

    static void writeEnvelope(JsonWriter &json, const Shape &shape, std::size_t index)
    {
        json.beginObject().member(u"id",
                                  QStringLiteral("error%1").arg(index == 0 ? QString() : QString::number(index + 1)));
        json.member(u"title", u"Error").member(u"surface", u"http-api").member(u"provenance", u"derived");
        json.member(u"points", 25).key(u"require").beginArray().beginObject().member(u"at", shape.code);
        json.member(u"is", u"string").endObject().endArray();
        json.key(u"code").beginArray().string(shape.code).endArray();
        if (!shape.message.isEmpty())
            json.key(u"message").beginArray().string(shape.message).endArray();
        json.endObject();
    }

    static void writeEntry(JsonWriter &json, const CodeFound &found)
    {
        json.beginObject().member(u"code", found.code).member(u"surface", u"http-api");
        json.member(u"title", titleOf(found.code)).member(u"document", u"openapi");
        const QString meaning = found.meaning.simplified();
        json.member(u"meaning", meaning.isEmpty() ? titleOf(found.code) : meaning);
        if (!found.statuses.empty()) {
            json.key(u"statuses").beginArray();
            for (const int status : found.statuses)
                json.beginObject().member(u"value", status).member(u"provenance", u"stated").endObject();
            json.endArray();
        }
        json.key(u"retry").beginObject().member(u"verdict", u"unstated").member(u"provenance", u"stated").endObject();
        if (!found.example.isEmpty()) {
            json.key(u"example").beginObject();
            if (found.exampleStatus != 0)
                json.member(u"status", found.exampleStatus);
            json.key(u"body").raw(found.example).endObject();
        }
        json.endObject();
    }

    const OpenApiDocument &m_document;
    JsonValue m_root;
    std::vector<CodeFound> m_codes;
    std::vector<Shape> m_shapes;
};

} // namespace

Result<OpenApiCatalog> openApiCatalog(const QByteArray &text)
{
    const auto document = OpenApiDocument::read(text);
    if (!document)
        return document.error();
    return CatalogMaker(document.value()).make();
}

} // namespace errata
