#include "models/base/limits.h"
#include "models/http/formtext.h"
#include "models/http/postman.h"
#include "models/json/jsondocument.h"

#include <algorithm>

namespace errata {

namespace {

/// Folders within folders; Postman itself shows far fewer.
constexpr int mostFolders = 64;

QByteArray utf8(const JsonValue &value)
{
    return value.isString() ? value.string().toUtf8() : value.is(JsonKind::Null) ? QByteArray() : value.raw();
}

QString description(const JsonValue &value)
{
    return value.isObject() ? value["content"].string() : value.string();
}

bool isOff(const JsonValue &row)
{
    return row["disabled"].boolean().value_or(false) || !row["enabled"].boolean().value_or(true);
}

QByteArray joined(const JsonValue &list, const char *separator)
{
    if (!list.isArray())
        return utf8(list);
    QByteArray text;
    bool isFirst = true;
    for (const JsonValue &part : list.children()) {
        text += (isFirst ? "" : separator) + (part.isObject() ? utf8(part["value"]) : utf8(part));
        isFirst = false;
    }
    return text;
}

/// "bearer": [{"key": "token", "value": "x"}], or {"token": "x"} as in 2.0.
QByteArray authValue(const JsonValue &auth, const char *kind, QStringView key)
{
    const JsonValue values = auth[kind];
    if (values.isObject())
        return utf8(values[key]);
    for (const JsonValue &row : values.children()) {
        if (row["key"].string() == key)
            return utf8(row["value"]);
    }
    return {};
}

class PostmanReader
{
public:
    Collection read(const JsonValue &root)
    {
        m_collection.name = root["info"]["name"].string();
        addVariables(root["variable"]);
        nameScripts(root["event"], m_collection.name);
        readItems(root["item"], {}, root["auth"]);
        return std::move(m_collection);
    }

private:
    void lose(const QString &what, const QString &whose)
    {
        m_collection.notCarried << QStringLiteral("%1 of '%2'").arg(what, whose);
    }

    void addVariables(const JsonValue &rows)
    {
        Environment own;
        for (const JsonValue &row : rows.children()) {
            const QString name = row["key"].isAbsent() ? row["id"].string() : row["key"].string();
            if (!isOff(row))
                own.variables.push_back(
                    {name, QString::fromUtf8(utf8(row["value"])), row["type"].string() == QLatin1String("secret")});
        }
        if (!own.variables.empty())
            m_collection.environments.push_back(std::move(own));
    }

    void nameScripts(const JsonValue &events, const QString &whose)
    {
        for (const JsonValue &event : events.children()) {
            const JsonValue script = event["script"]["exec"];
            if (!joined(script, "").trimmed().isEmpty())
                lose(event["listen"].string() == QLatin1String("prerequest") ? QStringLiteral("pre-request script")
                                                                             : QStringLiteral("test script"),
                     whose);
        }
    }

    void readItems(const JsonValue &items, const QStringList &folder, const JsonValue &inherited)
    {
        for (const JsonValue &item : items.children()) {
            const QString name = item["name"].string();
            nameScripts(item["event"], name);
            if (!item["item"].isArray()) {
                readRequest(item, folder, inherited);
            } else if (folder.size() < mostFolders) {
                readItems(item["item"], folder + QStringList(name), item["auth"].isObject() ? item["auth"] : inherited);
            } else {
                lose(QStringLiteral("folder '%1'").arg(name), folder.constLast());
            }
        }
    }

    void readRequest(const JsonValue &item, const QStringList &folder, const JsonValue &inherited)
    {
        const JsonValue request = item["request"];
        RequestDraft draft;
        draft.name = item["name"].string();
        draft.folder = folder;
        if (request.isString()) {
            draft.url = utf8(request);
            readAuth(inherited, draft);
        } else {
            draft.about = description(request["description"]);
            if (request["method"].isString())
                draft.method = utf8(request["method"]);
            readUrl(request["url"], draft);
            readHeaders(request["header"], draft);
            readAuth(request["auth"].isObject() ? request["auth"] : inherited, draft);
            readBody(request["body"], draft);
        }
        if (item["response"].size() > 0)
            lose(QStringLiteral("saved answers"), draft.name);
        m_collection.requests.push_back(std::move(draft));
    }

    void readUrl(const JsonValue &url, RequestDraft &draft)
    {
        if (url.isString()) {
            draft.url = utf8(url);
            return;
        }
        draft.url = url["raw"].isString() ? utf8(url["raw"]) : urlOfParts(url);
        std::vector<DraftField> rows;
        for (const JsonValue &row : url["query"].children())
            rows.push_back({utf8(row["key"]), utf8(row["value"]), !isOff(row)});
        std::copy_if(rows.begin(), rows.end(), std::back_inserter(draft.parkedParameters),
                     [](const DraftField &row) { return !row.enabled; });
        // Some versions write those switched off into "raw" as well.
        if (!draft.parkedParameters.empty() && parametersOf(draft.url).size() == rows.size())
            setParameters(draft.url, rows);
        for (const JsonValue &variable : url["variable"].children())
            setPathVariable(draft.url, utf8(variable["key"]), utf8(variable["value"]));
    }

    static QByteArray urlOfParts(const JsonValue &url)
    {
        QByteArray text = url["protocol"].isString() ? utf8(url["protocol"]) + "://" : QByteArray();
        text += joined(url["host"], ".");
        if (!url["port"].isAbsent())
            text += ':' + utf8(url["port"]);
        if (!url["path"].isAbsent())
            text += '/' + joined(url["path"], "/");
        for (const JsonValue &row : url["query"].children()) {
            if (!isOff(row))
                text = withParameter(text, utf8(row["key"]) + '=' + utf8(row["value"]));
        }
        return text;
    }

    static void setParameters(QByteArray &url, const std::vector<DraftField> &rows)
    {
        const qsizetype hash = url.indexOf('#');
        const QByteArray fragment = hash < 0 ? QByteArray() : url.mid(hash);
        url.truncate(url.indexOf('?'));
        for (const DraftField &row : rows) {
            if (row.enabled)
                url = withParameter(url, row.name + '=' + row.value);
        }
        url += fragment;
    }

    /// "/users/:id" becomes "/users/7", or "/users/{{id}}" where no value is given.
    static void setPathVariable(QByteArray &url, const QByteArray &name, const QByteArray &value)
    {
        const QByteArray segment = "/:" + name;
        const qsizetype at = url.indexOf(segment);
        const qsizetype end = at + segment.size();
        if (at >= 0 && !name.isEmpty() && (end == url.size() || QByteArrayView("/?#").contains(url[end])))
            url.replace(at + 1, segment.size() - 1, value.isEmpty() ? "{{" + name + "}}" : value);
    }

    static void readHeaders(const JsonValue &headers, RequestDraft &draft)
    {
        if (headers.isString()) {
            for (const QByteArray &line : utf8(headers).split('\n')) {
                const qsizetype colon = line.indexOf(':');
                if (colon > 0)
                    draft.headers.push_back({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
            }
        }
        for (const JsonValue &row : headers.children())
            draft.headers.push_back({utf8(row["key"]), utf8(row["value"]), !isOff(row)});
    }

    void readAuth(const JsonValue &auth, RequestDraft &draft)
    {
        const QString kind = auth["type"].string();
        AuthDraft &own = draft.auth;
        if (kind == QLatin1String("bearer")) {
            own.kind = AuthDraft::Kind::Bearer;
            own.secret = authValue(auth, "bearer", u"token");
        } else if (kind == QLatin1String("basic")) {
            own.kind = AuthDraft::Kind::Basic;
            own.user = authValue(auth, "basic", u"username");
            own.secret = authValue(auth, "basic", u"password");
        } else if (kind == QLatin1String("apikey")) {
            own.kind = AuthDraft::Kind::ApiKey;
            own.name = authValue(auth, "apikey", u"key");
            own.secret = authValue(auth, "apikey", u"value");
            own.inQuery = authValue(auth, "apikey", u"in") == "query";
        } else if (!kind.isEmpty() && kind != QLatin1String("noauth")) {
            lose(QStringLiteral("authentication '%1'").arg(kind), draft.name);
        }
    }

    void readBody(const JsonValue &body, RequestDraft &draft)
    {
        const QString mode = body["mode"].string();
        BodyDraft &own = draft.body;
        if (!body.isObject() || body["disabled"].boolean().value_or(false))
            return;
        if (mode == QLatin1String("raw")) {
            own.kind = body["raw"].string().isEmpty() ? BodyDraft::Kind::None : BodyDraft::Kind::Text;
            own.text = utf8(body["raw"]);
            own.contentType = typeOf(body["options"]["raw"]["language"].string());
        } else if (mode == QLatin1String("urlencoded")) {
            own.kind = BodyDraft::Kind::Form;
            for (const JsonValue &row : body["urlencoded"].children())
                own.fields.push_back({utf8(row["key"]), utf8(row["value"]), !isOff(row)});
        } else if (mode == QLatin1String("formdata")) {
            own.kind = BodyDraft::Kind::Multipart;
            for (const JsonValue &row : body["formdata"].children())
                own.fields.push_back(partOf(row));
        } else if (mode == QLatin1String("file")) {
            own.kind = BodyDraft::Kind::File;
            own.file = body["file"]["src"].string();
        } else if (mode == QLatin1String("graphql")) {
            own.kind = BodyDraft::Kind::Text;
            const QByteArray variables = utf8(body["graphql"]["variables"]).trimmed();
            own.text = "{\"query\": " + body["graphql"]["query"].raw() +
                       (variables.isEmpty() ? "" : ", \"variables\": " + variables) + '}';
            own.contentType = "application/json";
        } else if (!mode.isEmpty()) {
            lose(QStringLiteral("body '%1'").arg(mode), draft.name);
        }
    }

    static FormField partOf(const JsonValue &row)
    {
        const bool isFile = row["type"].string() == QLatin1String("file");
        const JsonValue source = row["src"].isArray() ? row["src"].at(0) : row["src"];
        return {utf8(row["key"]), isFile ? utf8(source) : utf8(row["value"]), !isOff(row), isFile,
                utf8(row["contentType"])};
    }

    static QByteArray typeOf(const QString &language)
    {
        if (language == QLatin1String("json"))
            return "application/json";
        if (language == QLatin1String("xml"))
            return "application/xml";
        if (language == QLatin1String("html"))
            return "text/html";
        if (language == QLatin1String("javascript"))
            return "application/javascript";
        return language == QLatin1String("text") ? "text/plain" : QByteArray();
    }

    Collection m_collection;
};

Collection environmentOf(const JsonValue &root)
{
    Environment environment;
    environment.name = root["name"].string();
    for (const JsonValue &row : root["values"].children()) {
        if (!isOff(row))
            environment.variables.push_back({row["key"].string(), QString::fromUtf8(utf8(row["value"])),
                                             row["type"].string() == QLatin1String("secret")});
    }
    Collection collection;
    collection.name = environment.name;
    collection.environments.push_back(std::move(environment));
    return collection;
}

} // namespace

bool looksLikePostman(QByteArrayView text)
{
    const QByteArrayView start = text.first(std::min<qsizetype>(text.size(), 64 * limits::Kilobyte)).trimmed();
    return start.startsWith('{') &&
           ((start.contains("\"info\"") &&
             (start.contains("getpostman.com") || start.contains("postman.com") || start.contains("_postman_id"))) ||
            (start.contains("\"values\"") && text.contains("_postman_variable_scope")));
}

Result<Collection> readPostman(const QByteArray &text)
{
    const auto document = JsonDocument::parse(text, {limits::jsonDepth, limits::collectionFile});
    if (!document)
        return Error{document.error().text(), {}};
    // What the API gives is wrapped once more.
    const JsonValue outer = document->root();
    const JsonValue root = outer["collection"].isObject() ? outer["collection"] : outer;
    if (root["values"].isArray())
        return environmentOf(root);
    if (!root["item"].isArray())
        return Error{QStringLiteral("neither a collection nor an environment of Postman: \"item\" is missing"), {}};
    return PostmanReader().read(root);
}

} // namespace errata
