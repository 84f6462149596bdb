#include "models/http/bruno.h"
#include "models/http/formtext.h"
#include "models/json/jsonwriter.h"

#include <algorithm>

namespace errata {

namespace {

QByteArray indented(const QByteArray &text)
{
    return "  " + QByteArray(text).replace("\n", "\n  ");
}

QByteArray textBlock(const QByteArray &name, const QByteArray &text)
{
    return name + " {\n" + indented(text) + "\n}\n";
}

QByteArray keyText(const QByteArray &key)
{
    const bool isPlain = !key.isEmpty() && std::none_of(key.begin(), key.end(),
                                                        [](char c) { return QByteArrayView(": \"{}~").contains(c); });
    return isPlain ? key : '"' + QByteArray(key).replace('"', "\\\"") + '"';
}

QByteArray pairLine(const QByteArray &name, const QByteArray &value, bool enabled = true)
{
    const QByteArray text = value.contains('\n') ? "'''\n" + indented(indented(value)) + "\n  '''" : value;
    return (enabled ? "  " : "  ~") + keyText(name) + ": " + text + '\n';
}

/// Bruno's word for a body, and the content type it sends by itself.
struct TextKind
{
    const char *word;
    const char *contentType;
};
constexpr TextKind textKinds[] = {{"json", "application/json"},
                                  {"xml", "application/xml"},
                                  {"sparql", "application/sparql-query"},
                                  {"text", "text/plain"}};

const TextKind &textKind(const QByteArray &contentType)
{
    const auto *found = std::find_if(std::begin(textKinds), std::end(textKinds),
                                     [&contentType](const TextKind &kind) { return contentType == kind.contentType; });
    return found == std::end(textKinds) ? textKinds[3] : *found;
}

class BrunoWriter
{
public:
    explicit BrunoWriter(const RequestDraft &draft) : m_draft(draft) {}

    [[nodiscard]] QByteArray text(int place) const
    {
        QByteArray out = "meta {\n" + pairLine("name", m_draft.name.toUtf8()) + "  type: http\n" +
                         pairLine("seq", QByteArray::number(place)) + "}\n\n";
        out += start() + parameters() + headers() + auth() + body();
        if (!m_draft.about.isEmpty())
            out += '\n' + textBlock("docs", m_draft.about.toUtf8());
        return out;
    }

private:
    [[nodiscard]] QByteArray bodyWord() const
    {
        constexpr const char *words[] = {"none", "", "formUrlEncoded", "multipartForm", "file"};
        return m_draft.body.kind == BodyDraft::Kind::Text ? textKind(m_draft.body.contentType).word
                                                          : words[static_cast<int>(m_draft.body.kind)];
    }

    [[nodiscard]] QByteArray start() const
    {
        constexpr const char *kinds[] = {"none", "bearer", "basic", "apikey"};
        static const QList<QByteArray> methods{"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"};
        const bool isUsual = methods.contains(m_draft.method);
        QByteArray out = (isUsual ? m_draft.method.toLower() : QByteArray("http")) + " {\n";
        if (!isUsual)
            out += pairLine("method", m_draft.method);
        return out + pairLine("url", m_draft.url) + pairLine("body", bodyWord()) +
               pairLine("auth", kinds[static_cast<int>(m_draft.auth.kind)]) + "}\n";
    }

    [[nodiscard]] QByteArray parameters() const
    {
        QByteArray rows;
        for (const DraftField &field : parametersOf(m_draft.url))
            rows += pairLine(field.name, field.value);
        for (const DraftField &field : m_draft.parkedParameters)
            rows += pairLine(field.name, field.value, false);
        return rows.isEmpty() ? rows : "\nparams:query {\n" + rows + "}\n";
    }

    [[nodiscard]] QByteArray headers() const
    {
        QByteArray rows;
        bool hasType = false;
        for (const DraftField &field : m_draft.headers) {
            rows += pairLine(field.name, field.value, field.enabled);
            hasType = hasType || (field.enabled && field.name.compare("Content-Type", Qt::CaseInsensitive) == 0);
        }
        const QByteArray &type = m_draft.body.contentType;
        if (m_draft.body.kind == BodyDraft::Kind::Text && !hasType && !type.isEmpty() &&
            type != textKind(type).contentType)
            rows += pairLine("Content-Type", type);
        return rows.isEmpty() ? rows : "\nheaders {\n" + rows + "}\n";
    }

    [[nodiscard]] QByteArray auth() const
    {
        const AuthDraft &auth = m_draft.auth;
        switch (auth.kind) {
        case AuthDraft::Kind::Bearer:
            return "\nauth:bearer {\n" + pairLine("token", auth.secret) + "}\n";
        case AuthDraft::Kind::Basic:
            return "\nauth:basic {\n" + pairLine("username", auth.user) + pairLine("password", auth.secret) + "}\n";
        case AuthDraft::Kind::ApiKey:
            return "\nauth:apikey {\n" + pairLine("key", auth.name) + pairLine("value", auth.secret) +
                   pairLine("placement", auth.inQuery ? "queryparams" : "header") + "}\n";
        case AuthDraft::Kind::None:
            break;
        }
        return {};
    }

    [[nodiscard]] QByteArray body() const
    {
        const BodyDraft &body = m_draft.body;
        switch (body.kind) {
        case BodyDraft::Kind::Text:
            return '\n' + textBlock("body:" + bodyWord(), body.text);
        case BodyDraft::Kind::Form:
            return "\nbody:form-urlencoded {\n" + fields() + "}\n";
        case BodyDraft::Kind::Multipart:
            return "\nbody:multipart-form {\n" + fields() + "}\n";
        case BodyDraft::Kind::File:
            return "\nbody:file {\n" +
                   pairLine("file", "@file(" + body.file.toUtf8() + ')' + typeMark(body.contentType)) + "}\n";
        case BodyDraft::Kind::None:
            break;
        }
        return {};
    }

    [[nodiscard]] static QByteArray typeMark(const QByteArray &type)
    {
        return type.isEmpty() ? type : " @contentType(" + type + ')';
    }

    [[nodiscard]] QByteArray fields() const
    {
        QByteArray rows;
        const bool isMultipart = m_draft.body.kind == BodyDraft::Kind::Multipart;
        for (const FormField &field : m_draft.body.fields) {
            const QByteArray value = isMultipart && field.isFile ? "@file(" + field.value + ')' : field.value;
            rows +=
                pairLine(field.name, value + (isMultipart ? typeMark(field.contentType) : QByteArray()), field.enabled);
        }
        return rows;
    }

    const RequestDraft &m_draft;
};

QByteArray environmentText(const Environment &environment)
{
    QByteArray rows;
    QList<QByteArray> secrets;
    for (const EnvironmentVariable &variable : environment.variables) {
        if (variable.isSecret)
            secrets << "  " + variable.name.toUtf8();
        else
            rows += pairLine(variable.name.toUtf8(), variable.value.toUtf8());
    }
    return "vars {\n" + rows + "}\n" +
           (secrets.isEmpty() ? QByteArray() : "vars:secret [\n" + secrets.join(",\n") + "\n]\n");
}

/// A second request of that name gets a number.
QString freePath(const QString &wanted, QStringList &taken)
{
    QString path = wanted;
    for (int n = 2; taken.contains(path.toLower()); ++n)
        path = QStringLiteral("%1 %2").arg(wanted).arg(n);
    taken << path.toLower();
    return path + QStringLiteral(".bru");
}

} // namespace

WrittenCollection writeBruno(const Collection &collection)
{
    WrittenCollection written;
    JsonWriter json;
    json.beginObject().member(u"version", u"1").member(u"name", collection.name).member(u"type", u"collection");
    written.files.push_back({QStringLiteral("bruno.json"), json.endObject().result()});
    QStringList taken;
    int place = 0;
    for (const RequestDraft &draft : collection.requests) {
        QStringList names;
        for (const QString &name : draft.folder)
            names << safeFileName(name);
        names << safeFileName(draft.name.isEmpty() ? QStringLiteral("request") : draft.name);
        written.files.push_back({freePath(names.join(QLatin1Char('/')), taken), BrunoWriter(draft).text(++place)});
        if (!draft.settings.isEmpty())
            written.notCarried << QStringLiteral("options of sending of '%1'").arg(draft.name);
        if (draft.policy)
            written.notCarried << QStringLiteral("retry policy '%1' of '%2'").arg(*draft.policy, draft.name);
    }
    for (const Environment &environment : collection.environments) {
        const QString name = environment.name.isEmpty() ? QStringLiteral("default") : environment.name;
        written.files.push_back(
            {freePath(QStringLiteral("environments/") + safeFileName(name), taken), environmentText(environment)});
        if (environment.isLive)
            written.notCarried << QStringLiteral("live mark of the environment '%1'").arg(name);
    }
    return written;
}

} // namespace errata
