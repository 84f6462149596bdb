#include "models/http/formtext.h"
#include "models/http/httpdirectives.h"
#include "models/http/httpfile.h"
#include "models/http/requestdraftjson.h"

#include <algorithm>

namespace errata {

namespace {

QByteArray flag(bool isOn, const char *on, const char *off)
{
    return isOn ? on : off;
}

QByteArray folderLine(const QStringList &folder)
{
    QList<QByteArray> words;
    for (const QString &name : folder)
        words << directiveWord(name);
    return words.isEmpty() ? QByteArray() : directiveLine("folder", words);
}

QByteArray commonLines(const RequestDraft &draft)
{
    QByteArray text = folderLine(draft.folder);
    if (draft.policy)
        text += directiveLine("policy", {directiveWord(*draft.policy)});
    if (!draft.settings.isEmpty())
        text += directiveLine("settings", {directiveRest(sendSettingsJson(draft.settings))});
    for (const DraftField &field : draft.parkedParameters)
        text += directiveLine(flag(field.enabled, "parameter-parked", "parameter-off"),
                              {directiveWord(field.name), directiveRest(field.value)});
    return text;
}

/// What other programs send as well, with a few comments for what they have no word for.
class PlainForm
{
public:
    explicit PlainForm(const RequestDraft &draft) : m_draft(draft) {}

    [[nodiscard]] QByteArray text() const
    {
        QByteArray out = "###" + (m_draft.name.isEmpty() ? QByteArray() : ' ' + m_draft.name.toUtf8()) + '\n';
        if (!m_draft.about.isEmpty()) {
            for (const QByteArray &line : m_draft.about.toUtf8().split('\n'))
                out += (line.isEmpty() ? QByteArray("#") : "# " + line) + '\n';
        }
        out += commonLines(m_draft);
        if (m_draft.auth.kind == AuthDraft::Kind::ApiKey && m_draft.auth.inQuery)
            out += directiveLine("auth-query", {directiveWord(m_draft.auth.name), directiveRest(m_draft.auth.secret)});
        out += offFields() + bodyDirectives();
        out += m_draft.method + ' ' + m_draft.url + '\n';
        for (const DraftField &field : m_draft.headers)
            out += field.enabled ? field.name + ": " + field.value + '\n'
                                 : directiveLine("header-off", {directiveWord(field.name), directiveRest(field.value)});
        return out + authHeader() + typeHeader() + body();
    }

private:
    [[nodiscard]] QByteArray offFields() const
    {
        QByteArray out;
        for (std::size_t i = 0; i < m_draft.body.fields.size(); ++i) {
            const FormField &field = m_draft.body.fields[i];
            if (!field.enabled)
                out += directiveLine("field-off", {QByteArray::number(qint64(i)), flag(field.isFile, "file", "text"),
                                                   directiveWord(field.contentType), directiveWord(field.name),
                                                   directiveRest(field.value)});
        }
        return out;
    }

    /// Line breaks at the end of a body, which no reader keeps.
    [[nodiscard]] QByteArray tail() const
    {
        const QByteArray &text = m_draft.body.text;
        qsizetype end = text.size();
        while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == '\r'))
            --end;
        return m_draft.body.kind == BodyDraft::Kind::Text ? text.mid(end) : QByteArray();
    }

    [[nodiscard]] QByteArray bodyDirectives() const
    {
        QByteArray out;
        if (m_draft.body.kind == BodyDraft::Kind::Form)
            out += directiveLine("body", {"form"});
        if (m_draft.body.kind == BodyDraft::Kind::Text && tail().size() == m_draft.body.text.size())
            out += directiveLine("body", {"text"});
        if (!tail().isEmpty())
            out += directiveLine("body-tail", {directiveWord(tail())});
        return out;
    }

    [[nodiscard]] QByteArray authHeader() const
    {
        const AuthDraft &auth = m_draft.auth;
        switch (auth.kind) {
        case AuthDraft::Kind::Bearer:
            return directiveLine("auth") + "Authorization: Bearer " + auth.secret + '\n';
        case AuthDraft::Kind::Basic:
            return "Authorization: Basic " + auth.user + ':' + auth.secret + '\n';
        case AuthDraft::Kind::ApiKey:
            return auth.inQuery ? QByteArray() : directiveLine("auth") + auth.name + ": " + auth.secret + '\n';
        case AuthDraft::Kind::None:
            break;
        }
        return {};
    }

    [[nodiscard]] QByteArray typeHeader() const
    {
        const bool isOwn = std::any_of(m_draft.headers.begin(), m_draft.headers.end(), [](const DraftField &field) {
            return field.enabled && field.name.compare("Content-Type", Qt::CaseInsensitive) == 0;
        });
        QByteArray type = m_draft.body.contentType;
        if (m_draft.body.kind == BodyDraft::Kind::Form && !isOwn)
            type = "application/x-www-form-urlencoded";
        if (m_draft.body.kind == BodyDraft::Kind::Multipart && !isOwn)
            type = "multipart/form-data; boundary=" + boundary();
        return type.isEmpty() ? QByteArray() : directiveLine("body-type") + "Content-Type: " + type + '\n';
    }

    [[nodiscard]] std::vector<FormPart> parts() const
    {
        std::vector<FormPart> list;
        for (const FormField &field : m_draft.body.fields) {
            if (!field.enabled)
                continue;
            FormPart part{field.name, {}, field.contentType, field.value};
            if (field.isFile) {
                part.fileName = field.value.mid(field.value.lastIndexOf('/') + 1);
                part.content = "< " + field.value;
            }
            list.push_back(std::move(part));
        }
        return list;
    }

    [[nodiscard]] QByteArray boundary() const
    {
        for (const DraftField &field : m_draft.headers) {
            const auto own = field.enabled && field.name.compare("Content-Type", Qt::CaseInsensitive) == 0
                                 ? boundaryOf(field.value)
                                 : std::nullopt;
            if (own)
                return *own;
        }
        return unusedBoundary(parts());
    }

    [[nodiscard]] QByteArray body() const
    {
        const BodyDraft &body = m_draft.body;
        switch (body.kind) {
        case BodyDraft::Kind::Text:
            return '\n' + body.text.chopped(tail().size()) + '\n';
        case BodyDraft::Kind::Form:
            return '\n' + formText(body.fields, true) + '\n';
        case BodyDraft::Kind::Multipart:
            return '\n' + multipartText(parts(), boundary()).replace("\r\n", "\n");
        case BodyDraft::Kind::File:
            return "\n< " + body.file.toUtf8() + '\n';
        case BodyDraft::Kind::None:
            break;
        }
        return {};
    }

    const RequestDraft &m_draft;
};

QByteArray kindWord(AuthDraft::Kind kind)
{
    constexpr const char *words[] = {"none", "bearer", "basic", "api-key"};
    return words[static_cast<int>(kind)];
}

QByteArray kindWord(BodyDraft::Kind kind)
{
    constexpr const char *words[] = {"none", "text", "form", "multipart", "file"};
    return words[static_cast<int>(kind)];
}

/// Everything in comments; the request line below is for people.
QByteArray exactForm(const RequestDraft &draft)
{
    QByteArray out = "###\n" + directiveLine("exact");
    out += directiveLine("name", {directiveRest(draft.name.toUtf8())});
    out += directiveLine("about", {directiveRest(draft.about.toUtf8())}) + commonLines(draft);
    out += directiveLine("method", {directiveWord(draft.method)});
    out += directiveLine("url", {directiveRest(draft.url)});
    for (const DraftField &field : draft.headers)
        out += directiveLine(flag(field.enabled, "header", "header-off"),
                             {directiveWord(field.name), directiveRest(field.value)});
    const AuthDraft &auth = draft.auth;
    if (auth != AuthDraft())
        out += directiveLine("auth-exact",
                             {kindWord(auth.kind), flag(auth.inQuery, "query", "header"), directiveWord(auth.name),
                              directiveWord(auth.user), directiveRest(auth.secret)});
    const BodyDraft &body = draft.body;
    if (body != BodyDraft())
        out += directiveLine("body-exact", {kindWord(body.kind), directiveWord(body.contentType),
                                            directiveWord(body.file), directiveRest(body.text)});
    for (const FormField &field : body.fields)
        out += directiveLine("field",
                             {flag(field.enabled, "on", "off"), flag(field.isFile, "file", "text"),
                              directiveWord(field.contentType), directiveWord(field.name), directiveRest(field.value)});
    const QByteArray url = draft.url.toPercentEncoding("!#$&'()*+,/:;=?@[]{}%");
    return out + "GET " + (url.isEmpty() ? QByteArray("/") : url) + '\n';
}

QByteArray fileVariables(const std::vector<EnvironmentVariable> &variables)
{
    QByteArray out;
    for (const EnvironmentVariable &variable : variables)
        out += '@' + variable.name.toUtf8() + " = " + variable.value.toUtf8() + '\n';
    return out;
}

QByteArray environmentLines(const Environment &environment)
{
    QByteArray out = directiveLine(
        "environment", {flag(environment.isLive, "live", "test"), directiveRest(environment.name.toUtf8())});
    for (const EnvironmentVariable &variable : environment.variables)
        out += directiveLine(
            flag(variable.isSecret, "secret", "variable"),
            {directiveWord(variable.name), directiveRest(variable.isSecret ? QByteArray() : variable.value.toUtf8())});
    return out;
}

/// \a plain where it is read as \a wanted, else \a exact.
template <typename Wanted>
QByteArray ifReadAs(const QByteArray &plain, const Wanted &wanted, QByteArray (*exact)(const Wanted &),
                    std::vector<Wanted> Collection::*part)
{
    const auto again = readHttpFile(plain);
    const bool isSame = again && again->notCarried.isEmpty() && (again.value().*part).size() == 1 &&
                        (again.value().*part).front() == wanted && again->name.isEmpty() &&
                        again->requests.size() + again->environments.size() == 1;
    return isSame ? plain : exact(wanted);
}

} // namespace

QByteArray writeHttpFile(const Collection &collection)
{
    QByteArray out;
    if (!collection.name.isEmpty())
        out += directiveLine("collection", {directiveRest(collection.name.toUtf8())});
    bool isFirst = true;
    for (const Environment &environment : collection.environments) {
        // Variables of the file come first, before any other environment is named.
        const bool isPlain = isFirst && environment.name.isEmpty() && !environment.isLive;
        out += isPlain ? ifReadAs(fileVariables(environment.variables), environment, environmentLines,
                                  &Collection::environments)
                       : environmentLines(environment);
        isFirst = false;
    }
    for (const RequestDraft &draft : collection.requests)
        out += (out.isEmpty() ? "" : "\n") + ifReadAs(PlainForm(draft).text(), draft, exactForm, &Collection::requests);
    return out;
}

} // namespace errata
