#include "models/http/requestdraftjson.h"

#include "models/json/jsondocument.h"
#include "models/json/jsonwriter.h"

#include <array>
#include <cmath>
#include <limits>

namespace errata {

namespace {

constexpr std::array authKinds{u"none", u"bearer", u"basic", u"apiKey"};
constexpr std::array proxyModes{u"system", u"manual", u"none"};
constexpr std::array versions{u"automatic", u"http1.1", u"http2"};
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

void put(JsonWriter &json, const ProxySettings &proxy)
{
    json.beginObject();
    json.member(u"kind", proxyModes.at(static_cast<std::size_t>(proxy.mode)));
    put(json, u"address", proxy.address);
    if (!proxy.direct.isEmpty()) {
        json.key(u"direct").beginArray();
        for (const QByteArray &host : proxy.direct)
            json.utf8(host);
        json.endArray();
    }
    put(json, u"loopbackToo", proxy.loopbackToo);
    json.endObject();
}

void put(JsonWriter &json, const TlsSettings &tls)
{
    json.beginObject();
    put(json, u"anyCertificate", !tls.verify);
    put(json, u"caFile", tls.caFile);
    put(json, u"clientCertificate", tls.clientCertificate);
    put(json, u"clientKey", tls.clientKey);
    put(json, u"clientKeyPassword", tls.clientKeyPassword);
    json.endObject();
}

void put(JsonWriter &json, const SendSettings &settings)
{
    json.beginObject();
    if (settings.proxy) {
        json.key(u"proxy");
        put(json, *settings.proxy);
    }
    if (settings.tls) {
        json.key(u"tls");
        put(json, *settings.tls);
    }
    if (settings.version)
        json.member(u"version", versions.at(static_cast<std::size_t>(*settings.version)));
    if (settings.followRedirects)
        json.member(u"followRedirects", *settings.followRedirects);
    if (settings.maxRedirects)
        json.member(u"maxRedirects", *settings.maxRedirects);
    if (settings.deadline)
        json.member(u"deadlineMs", settings.deadline->count());
    if (settings.bodyLimit)
        json.member(u"bodyLimit", *settings.bodyLimit);
    if (settings.cookies)
        json.member(u"cookies", *settings.cookies);
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
    /// A whole number from 0 on.
    template <typename Number>
    void takeNumber(QStringView name, Number &number)
    {
        const std::optional<qint64> value = m_object[name].integer();
        if (value && *value >= 0 && *value <= std::numeric_limits<Number>::max())
            number = static_cast<Number>(*value);
        else
            say(name, QStringLiteral("is no whole number from 0 on"));
    }
    void take(QStringView name, Millis &duration)
    {
        const std::optional<double> value = m_object[name].number();
        if (value && *value >= 0 && std::isfinite(*value))
            duration = Millis(*value);
        else
            say(name, QStringLiteral("is no number from 0 on"));
    }
    template <typename Kind, std::size_t count>
    void takeKind(const std::array<const char16_t *, count> &kinds, Kind &kind, QStringView member = u"kind")
    {
        QString name = QString::fromUtf16(kinds.front());
        take(member, name);
        for (std::size_t i = 0; i < count; ++i) {
            if (name == QStringView(kinds[i])) {
                kind = static_cast<Kind>(i);
                return;
            }
        }
        say(member, QStringLiteral("is \"%1\", which is not known").arg(name));
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
    void take(ProxySettings &proxy)
    {
        takeKind(proxyModes, proxy.mode);
        take(u"address", proxy.address);
        QStringList hosts;
        take(u"direct", hosts);
        for (const QString &host : std::as_const(hosts))
            proxy.direct << host.toUtf8();
        take(u"loopbackToo", proxy.loopbackToo);
    }
    void take(TlsSettings &tls)
    {
        take(u"anyCertificate", tls.verify, false);
        take(u"caFile", tls.caFile);
        take(u"clientCertificate", tls.clientCertificate);
        take(u"clientKey", tls.clientKey);
        take(u"clientKeyPassword", tls.clientKeyPassword);
    }
    void take(SendSettings &settings)
    {
        if (has(u"proxy"))
            inner(u"proxy").take(settings.proxy.emplace());
        if (has(u"tls"))
            inner(u"tls").take(settings.tls.emplace());
        if (has(u"version"))
            takeKind(versions, settings.version.emplace(), u"version");
        if (has(u"followRedirects"))
            take(u"followRedirects", settings.followRedirects.emplace());
        if (has(u"maxRedirects"))
            takeNumber(u"maxRedirects", settings.maxRedirects.emplace());
        if (has(u"deadlineMs"))
            take(u"deadlineMs", settings.deadline.emplace());
        if (has(u"bodyLimit"))
            takeNumber(u"bodyLimit", settings.bodyLimit.emplace());
        if (has(u"cookies"))
            take(u"cookies", settings.cookies.emplace());
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
    if (!draft.settings.isEmpty()) {
        json.key(u"settings");
        put(json, draft.settings);
    }
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
        if (reader.has(u"settings"))
            reader.inner(u"settings").take(draft.settings);
    });
}

QByteArray sendSettingsJson(const SendSettings &settings)
{
    JsonWriter json;
    put(json, settings);
    QByteArray line; // texts hold no line end, so what is cut off is indentation
    const QList<QByteArray> lines = json.result().split('\n');
    for (const QByteArray &one : lines)
        line += one.trimmed();
    return line;
}

Result<SendSettings> readSendSettings(const QByteArray &json)
{
    return readWhole<SendSettings>(json, [](Reader &reader, SendSettings &settings) { reader.take(settings); });
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
