#include "models/http/requestdraftjson.h"

#include "models/json/jsondocument.h"
#include "models/json/jsonwriter.h"

#include <array>

namespace errata {

namespace {

constexpr std::array authKinds{u"none", u"bearer", u"basic", u"apiKey"};
constexpr std::array bodyKinds{u"none", u"text", u"form", u"multipart", u"file"};

QString base64Name(QStringView name)
{
    return name.toString() + QStringLiteral("Base64");
}

void put(JsonWriter &json, QStringView name, const QString &text)
{
    if (!text.isEmpty())
        json.member(name, QStringView(text));
}

void put(JsonWriter &json, QStringView name, bool flag)
{
    if (flag)
        json.member(name, true);
}

void put(JsonWriter &json, QStringView name, const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    // Whatever a text would lose goes as base64, a byte order mark too.
    if (QString::fromUtf8(bytes).toUtf8() == bytes)
        json.key(name).utf8(bytes);
    else
        json.member(base64Name(name), QString::fromLatin1(bytes.toBase64()));
}

void put(JsonWriter &json, const DraftField &field)
{
    put(json, u"name", field.name);
    put(json, u"value", field.value);
    put(json, u"disabled", !field.enabled);
}

void put(JsonWriter &json, const FormField &field)
{
    put(json, u"name", field.name);
    put(json, u"value", field.value);
    put(json, u"disabled", !field.enabled);
    put(json, u"isFile", field.isFile);
    put(json, u"contentType", field.contentType);
}

void put(JsonWriter &json, const EnvironmentVariable &variable)
{
    put(json, u"name", variable.name);
    put(json, u"value", variable.isSecret ? QString() : variable.value);
    put(json, u"isSecret", variable.isSecret);
}

template <typename Item>
void put(JsonWriter &json, QStringView name, const std::vector<Item> &items)
{
    if (items.empty())
        return;
    json.key(name).beginArray();
    for (const Item &item : items) {
        json.beginObject();
        put(json, item);
        json.endObject();
    }
    json.endArray();
}

void put(JsonWriter &json, const AuthDraft &auth)
{
    json.beginObject();
    json.member(u"kind", authKinds.at(static_cast<std::size_t>(auth.kind)));
    put(json, u"name", auth.name);
    put(json, u"secret", auth.secret);
    put(json, u"user", auth.user);
    put(json, u"inQuery", auth.inQuery);
    json.endObject();
}

void put(JsonWriter &json, const BodyDraft &body)
{
    json.beginObject();
    json.member(u"kind", bodyKinds.at(static_cast<std::size_t>(body.kind)));
    put(json, u"text", body.text);
    put(json, u"contentType", body.contentType);
    put(json, u"fields", body.fields);
    put(json, u"file", body.file);
    json.endObject();
}

/// Reads one object; the first fault counts for all of them.
class Reader
{
public:
    Reader(const JsonValue &object, const QString &place, std::optional<Error> &fault)
        : m_object(object), m_place(place), m_fault(fault)
    {
        if (!object.isAbsent() && !object.isObject())
            say({}, QStringLiteral("is no object"));
    }

    void take(QStringView name, QString &text)
    {
        if (const JsonValue value = m_object[name]; value.isString())
            text = value.string();
        else if (!value.isAbsent())
            say(name, QStringLiteral("is no text"));
    }
    void take(QStringView name, bool &flag, bool whenTrue = true)
    {
        const JsonValue value = m_object[name];
        if (const std::optional<bool> is = value.boolean())
            flag = *is == whenTrue;
        else if (!value.isAbsent())
            say(name, QStringLiteral("is neither true nor false"));
    }
    void take(QStringView name, QByteArray &bytes)
    {
        const QString coded = base64Name(name);
        if (m_object[coded].isAbsent()) {
            QString text = QString::fromUtf8(bytes);
            take(name, text);
            bytes = text.toUtf8();
            return;
        }
        QString base64;
        take(coded, base64);
        auto decoded = QByteArray::fromBase64Encoding(base64.toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return say(coded, QStringLiteral("is no base64"));
        bytes = std::move(decoded.decoded);
    }
    template <typename Item>
    void take(QStringView name, std::vector<Item> &items)
    {
        const JsonValue list = array(name);
        int index = 0;
        for (const JsonValue &value : list.children()) {
            Reader reader(value, QStringLiteral("%1/%2/%3").arg(m_place, name).arg(index++), m_fault);
            items.push_back(Item());
            reader.take(items.back());
        }
    }
    void take(QStringView name, QStringList &texts)
    {
        for (const JsonValue &value : array(name).children()) {
            if (!value.isString())
                return say(name, QStringLiteral("holds something that is no text"));
            texts << value.string();
        }
    }
    template <typename Kind, std::size_t count>
    void takeKind(const std::array<const char16_t *, count> &kinds, Kind &kind)
    {
        QString name = QString::fromUtf16(kinds.front());
        take(u"kind", name);
        for (std::size_t i = 0; i < count; ++i) {
            if (name == QStringView(kinds[i])) {
                kind = static_cast<Kind>(i);
                return;
            }
        }
        say(u"kind", QStringLiteral("is \"%1\", which is not known").arg(name));
    }
    [[nodiscard]] Reader inner(QStringView name) const
    {
        return {m_object[name], m_place + QLatin1Char('/') + name.toString(), m_fault};
    }
    [[nodiscard]] bool has(QStringView name) const { return !m_object[name].isAbsent(); }

    void take(DraftField &field)
    {
        take(u"name", field.name);
        take(u"value", field.value);
        take(u"disabled", field.enabled, false);
    }
    void take(FormField &field)
    {
        take(u"name", field.name);
        take(u"value", field.value);
        take(u"disabled", field.enabled, false);
        take(u"isFile", field.isFile);
        take(u"contentType", field.contentType);
    }
    void take(EnvironmentVariable &variable)
    {
        take(u"name", variable.name);
        take(u"value", variable.value);
        take(u"isSecret", variable.isSecret);
    }
    void take(AuthDraft &auth)
    {
        takeKind(authKinds, auth.kind);
        take(u"name", auth.name);
        take(u"secret", auth.secret);
        take(u"user", auth.user);
        take(u"inQuery", auth.inQuery);
    }
    void take(BodyDraft &body)
    {
        takeKind(bodyKinds, body.kind);
        take(u"text", body.text);
        take(u"contentType", body.contentType);
        take(u"fields", body.fields);
        take(u"file", body.file);
    }

private:
    JsonValue array(QStringView name)
    {
        const JsonValue list = m_object[name];
        if (list.isAbsent() || list.isArray())
            return list;
        say(name, QStringLiteral("is no list"));
        return {};
    }
    void say(QStringView name, const QString &what)
    {
        if (!m_fault)
            m_fault = Error{what, name.isEmpty() ? m_place : m_place + QLatin1Char('/') + name.toString()};
    }

    JsonValue m_object;
    QString m_place;
    std::optional<Error> &m_fault;
};

template <typename Value, typename Take>
Result<Value> readWhole(const QByteArray &json, const Take &takeAll)
{
    const auto document = JsonDocument::parse(json);
    if (!document)
        return Error{document.error().message, document.error().text().section(QLatin1Char(':'), 0, 0)};
    std::optional<Error> fault;
    Reader reader(document->root(), {}, fault);
    Value value;
    takeAll(reader, value);
    if (fault)
        return *fault;
    return value;
}

} // namespace

QByteArray requestDraftJson(const RequestDraft &draft)
{
    JsonWriter json;
    json.beginObject();
    put(json, u"name", draft.name);
    if (!draft.folder.isEmpty()) {
        json.key(u"folder").beginArray();
        for (const QString &part : draft.folder)
            json.string(part);
        json.endArray();
    }
    put(json, u"about", draft.about);
    if (draft.method.isEmpty())
        json.member(u"method", u""); // else it would come back as GET
    put(json, u"method", draft.method);
    put(json, u"url", draft.url);
    put(json, u"parkedParameters", draft.parkedParameters);
    put(json, u"headers", draft.headers);
    json.key(u"auth");
    put(json, draft.auth);
    json.key(u"body");
    put(json, draft.body);
    if (draft.policy)
        json.member(u"policy", QStringView(*draft.policy));
    return json.endObject().result();
}

Result<RequestDraft> readRequestDraft(const QByteArray &json)
{
    return readWhole<RequestDraft>(json, [](Reader &reader, RequestDraft &draft) {
        reader.take(u"name", draft.name);
        reader.take(u"folder", draft.folder);
        reader.take(u"about", draft.about);
        reader.take(u"method", draft.method);
        reader.take(u"url", draft.url);
        reader.take(u"parkedParameters", draft.parkedParameters);
        reader.take(u"headers", draft.headers);
        reader.inner(u"auth").take(draft.auth);
        reader.inner(u"body").take(draft.body);
        if (reader.has(u"policy"))
            reader.take(u"policy", draft.policy.emplace());
    });
}

QByteArray environmentJson(const Environment &environment)
{
    JsonWriter json;
    json.beginObject();
    put(json, u"name", environment.name);
    put(json, u"isLive", environment.isLive);
    put(json, u"variables", environment.variables);
    return json.endObject().result();
}

Result<Environment> readEnvironment(const QByteArray &json)
{
    return readWhole<Environment>(json, [](Reader &reader, Environment &environment) {
        reader.take(u"name", environment.name);
        reader.take(u"isLive", environment.isLive);
        reader.take(u"variables", environment.variables);
    });
}

} // namespace errata
