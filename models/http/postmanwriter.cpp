#include "models/http/formtext.h"
#include "models/http/postman.h"
#include "models/json/jsonwriter.h"

#include <algorithm>

namespace errata {

namespace {

QString languageOf(const QByteArray &contentType)
{
    if (contentType == "application/json")
        return QStringLiteral("json");
    if (contentType == "application/xml")
        return QStringLiteral("xml");
    if (contentType == "text/html")
        return QStringLiteral("html");
    if (contentType == "application/javascript")
        return QStringLiteral("javascript");
    return contentType == "text/plain" ? QStringLiteral("text") : QString();
}

class PostmanWriter
{
public:
    WrittenCollection write(const Collection &collection)
    {
        m_json.beginObject().key(u"info").beginObject().member(u"name", collection.name);
        m_json.member(u"schema", u"https://schema.getpostman.com/json/collection/v2.1.0/collection.json").endObject();
        std::vector<const RequestDraft *> all;
        for (const RequestDraft &draft : collection.requests)
            all.push_back(&draft);
        writeItems(all, 0);
        for (const Environment &environment : collection.environments) {
            if (environment.name.isEmpty())
                writeVariables(u"variable", environment);
        }
        m_written.files.push_back({QStringLiteral("collection.json"), m_json.endObject().result()});
        for (const Environment &environment : collection.environments) {
            if (!environment.name.isEmpty())
                writeEnvironment(environment);
        }
        return std::move(m_written);
    }

private:
    void lose(const QString &what, const RequestDraft &draft)
    {
        m_written.notCarried << QStringLiteral("%1 of '%2'").arg(what, draft.name);
    }

    void writeItems(const std::vector<const RequestDraft *> &drafts, qsizetype depth)
    {
        m_json.key(u"item").beginArray();
        QStringList done;
        for (const RequestDraft *draft : drafts) {
            if (draft->folder.size() <= depth) {
                writeRequest(*draft);
                continue;
            }
            const QString name = draft->folder[depth];
            if (done.contains(name))
                continue;
            done << name;
            std::vector<const RequestDraft *> inside;
            std::copy_if(drafts.begin(), drafts.end(), std::back_inserter(inside), [&](const RequestDraft *one) {
                return one->folder.size() > depth && one->folder[depth] == name;
            });
            m_json.beginObject().member(u"name", name);
            writeItems(inside, depth + 1);
            m_json.endObject();
        }
        m_json.endArray();
    }

    void writeRow(const DraftField &field)
    {
        m_json.beginObject().key(u"key").utf8(field.name).key(u"value").utf8(field.value);
        if (!field.enabled)
            m_json.member(u"disabled", true);
        m_json.endObject();
    }

    void writeRequest(const RequestDraft &draft)
    {
        m_json.beginObject().member(u"name", draft.name).key(u"request").beginObject();
        m_json.key(u"method").utf8(draft.method);
        if (!draft.about.isEmpty())
            m_json.member(u"description", draft.about);
        writeUrl(draft);
        m_json.key(u"header").beginArray();
        for (const DraftField &field : draft.headers)
            writeRow(field);
        if (needsTypeRow(draft))
            writeRow({"Content-Type", draft.body.contentType});
        m_json.endArray();
        writeAuth(draft.auth);
        writeBody(draft.body);
        m_json.endObject().key(u"response").beginArray().endArray().endObject();
        if (!draft.settings.isEmpty())
            lose(QStringLiteral("options of sending"), draft);
        if (draft.policy)
            lose(QStringLiteral("retry policy '%1'").arg(*draft.policy), draft);
        const HttpRequest literal = literalRequest(draft);
        if (!draft.body.text.isValidUtf8() || !literal.url.isValidUtf8())
            lose(QStringLiteral("bytes that are no UTF-8"), draft);
    }

    /// What no language of Postman's stands for.
    static bool needsTypeRow(const RequestDraft &draft)
    {
        const bool hasType = std::any_of(draft.headers.begin(), draft.headers.end(), [](const DraftField &field) {
            return field.enabled && field.name.compare("Content-Type", Qt::CaseInsensitive) == 0;
        });
        const bool isText = draft.body.kind == BodyDraft::Kind::Text;
        return !hasType && !draft.body.contentType.isEmpty() &&
               (draft.body.kind == BodyDraft::Kind::File || (isText && languageOf(draft.body.contentType).isEmpty()));
    }

    /// A text where that says it all: of an object Postman reads the parts, not "raw".
    void writeUrl(const RequestDraft &draft)
    {
        m_json.key(u"url");
        if (draft.parkedParameters.empty()) {
            m_json.utf8(draft.url);
            return;
        }
        m_json.beginObject().key(u"raw").utf8(draft.url);
        const qsizetype scheme = draft.url.indexOf("://");
        if (scheme > 0)
            m_json.key(u"protocol").utf8(draft.url.left(scheme));
        const QByteArray rest = draft.url.mid(scheme < 0 ? 0 : scheme + 3);
        const auto isEnd = [](char c) { return c == '/' || c == '?' || c == '#'; };
        const qsizetype hostEnd = std::find_if(rest.begin(), rest.end(), isEnd) - rest.begin();
        m_json.key(u"host").beginArray().utf8(rest.left(hostEnd)).endArray();
        const QByteArray path = rest.mid(hostEnd);
        const qsizetype pathEnd =
            std::find_if(path.begin(), path.end(), [](char c) { return c == '?' || c == '#'; }) - path.begin();
        if (path.startsWith('/')) {
            m_json.key(u"path").beginArray();
            for (const QByteArray &segment : path.mid(1, pathEnd - 1).split('/'))
                m_json.utf8(segment);
            m_json.endArray();
        }
        m_json.key(u"query").beginArray();
        for (const DraftField &field : parametersOf(draft.url))
            writeRow(field);
        for (const DraftField &field : draft.parkedParameters)
            writeRow({field.name, field.value, false});
        m_json.endArray();
        if (const qsizetype hash = draft.url.indexOf('#'); hash >= 0)
            m_json.key(u"hash").utf8(draft.url.mid(hash + 1));
        m_json.endObject();
    }

    void writeAuthValue(QStringView key, const QByteArray &value)
    {
        m_json.beginObject().member(u"key", key).key(u"value").utf8(value);
        m_json.member(u"type", u"string").endObject();
    }

    void writeAuth(const AuthDraft &auth)
    {
        if (auth.kind == AuthDraft::Kind::None)
            return;
        constexpr const char16_t *kinds[] = {u"noauth", u"bearer", u"basic", u"apikey"};
        const char16_t *kind = kinds[static_cast<int>(auth.kind)];
        m_json.key(u"auth").beginObject().member(u"type", kind).key(kind).beginArray();
        if (auth.kind == AuthDraft::Kind::Bearer) {
            writeAuthValue(u"token", auth.secret);
        } else if (auth.kind == AuthDraft::Kind::Basic) {
            writeAuthValue(u"username", auth.user);
            writeAuthValue(u"password", auth.secret);
        } else {
            writeAuthValue(u"key", auth.name);
            writeAuthValue(u"value", auth.secret);
            writeAuthValue(u"in", auth.inQuery ? "query" : "header");
        }
        m_json.endArray().endObject();
    }

    void writeBody(const BodyDraft &body)
    {
        if (body.kind == BodyDraft::Kind::None)
            return;
        constexpr const char16_t *modes[] = {u"none", u"raw", u"urlencoded", u"formdata", u"file"};
        const char16_t *mode = modes[static_cast<int>(body.kind)];
        m_json.key(u"body").beginObject().member(u"mode", mode).key(mode);
        if (body.kind == BodyDraft::Kind::Text) {
            m_json.utf8(body.text);
            if (const QString language = languageOf(body.contentType); !language.isEmpty())
                m_json.key(u"options")
                    .beginObject()
                    .key(u"raw")
                    .beginObject()
                    .member(u"language", language)
                    .endObject()
                    .endObject();
        } else if (body.kind == BodyDraft::Kind::File) {
            m_json.beginObject().member(u"src", body.file).endObject();
        } else {
            m_json.beginArray();
            for (const FormField &field : body.fields)
                writeField(field, body.kind == BodyDraft::Kind::Multipart);
            m_json.endArray();
        }
        m_json.endObject();
    }

    void writeField(const FormField &field, bool isPart)
    {
        m_json.beginObject().key(u"key").utf8(field.name).member(u"type", field.isFile ? u"file" : u"text");
        m_json.key(field.isFile ? u"src" : u"value").utf8(field.value);
        if (isPart && !field.contentType.isEmpty())
            m_json.key(u"contentType").utf8(field.contentType);
        if (!field.enabled)
            m_json.member(u"disabled", true);
        m_json.endObject();
    }

    void writeVariables(QStringView key, const Environment &environment) { writeVariables(m_json, key, environment); }

    static void writeVariables(JsonWriter &json, QStringView key, const Environment &environment)
    {
        json.key(key).beginArray();
        for (const EnvironmentVariable &variable : environment.variables) {
            json.beginObject().member(u"key", variable.name);
            json.member(u"value", variable.isSecret ? QString() : variable.value);
            json.member(u"type", variable.isSecret ? u"secret" : u"default").member(u"enabled", true).endObject();
        }
        json.endArray();
    }

    void writeEnvironment(const Environment &environment)
    {
        JsonWriter json;
        json.beginObject().member(u"name", environment.name);
        writeVariables(json, u"values", environment);
        json.member(u"_postman_variable_scope", u"environment").endObject();
        m_written.files.push_back(
            {safeFileName(environment.name) + QStringLiteral(".postman_environment.json"), json.result()});
        if (environment.isLive)
            m_written.notCarried << QStringLiteral("live mark of the environment '%1'").arg(environment.name);
    }

    JsonWriter m_json;
    WrittenCollection m_written;
};

} // namespace

WrittenCollection writePostman(const Collection &collection)
{
    return PostmanWriter().write(collection);
}

} // namespace errata
