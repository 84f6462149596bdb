#include "models/http/requestdraft.h"

#include "models/http/formtext.h"

#include <algorithm>

namespace errata {

namespace {

constexpr char formType[] = "application/x-www-form-urlencoded";

QByteArray baseName(const QByteArray &path)
{
    return path.mid(std::max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

Error noValues(const QStringList &names)
{
    return {(names.size() == 1 ? QStringLiteral("no value for the variable %1")
                               : QStringLiteral("no values for the variables %1"))
                .arg(names.join(QStringLiteral(", "))),
            {}};
}

void addMissing(QStringList &names, const QStringList &more)
{
    for (const QString &name : more) {
        if (!names.contains(name))
            names << name;
    }
}

/// Puts a draft together; with variables it fills them in, without it leaves them as they stand.
class Assembler
{
public:
    Assembler(const RequestDraft &draft, const Variables *variables, const FileReader &readFile)
        : m_draft(draft), m_variables(variables), m_readFile(readFile)
    {
    }

    Result<HttpRequest> assembled()
    {
        m_request.method = m_draft.method;
        m_request.url = filled(m_draft.url);
        for (const DraftField &field : m_draft.headers) {
            if (field.enabled)
                m_request.headers.add(filled(field.name), filled(field.value));
        }
        addAuth();
        addBody();
        if (!m_unresolved.isEmpty())
            return noValues(m_unresolved);
        if (m_error)
            return *m_error;
        return std::move(m_request);
    }

private:
    [[nodiscard]] bool keepsVariables() const { return m_variables == nullptr; }

    QByteArray filled(const QByteArray &text)
    {
        if (keepsVariables())
            return text;
        Substitution substitution = substituted(text, *m_variables);
        addMissing(m_unresolved, substitution.unresolved);
        return substitution.text;
    }

    void addWhereMissing(const QByteArray &name, const QByteArray &value)
    {
        if (!m_request.headers.contains(name))
            m_request.headers.add(name, value);
    }

    void addAuth()
    {
        const AuthDraft &auth = m_draft.auth;
        switch (auth.kind) {
        case AuthDraft::Kind::None:
            return;
        case AuthDraft::Kind::Bearer:
            return addWhereMissing("Authorization", "Bearer " + filled(auth.secret));
        case AuthDraft::Kind::Basic:
            return addWhereMissing("Authorization", "Basic " + basicCredentials());
        case AuthDraft::Kind::ApiKey:
            return auth.inQuery ? addQueryKey() : addWhereMissing(filled(auth.name), filled(auth.secret));
        }
    }

    /// base64 would hide variables for good: those stand as "user:password", which .http files know too.
    QByteArray basicCredentials()
    {
        QByteArray text = filled(m_draft.auth.user);
        text += ':' + filled(m_draft.auth.secret);
        return keepsVariables() && !variablesIn(text).empty() ? text : text.toBase64();
    }

    void addQueryKey()
    {
        const QByteArray name = queryEncoded(filled(m_draft.auth.name), keepsVariables());
        const QByteArray value = queryEncoded(filled(m_draft.auth.secret), keepsVariables());
        const std::vector<DraftField> present = parametersOf(m_request.url);
        if (std::none_of(present.begin(), present.end(),
                         [&name](const DraftField &field) { return field.name == name; }))
            m_request.url = withParameter(m_request.url, name + '=' + value);
    }

    void addBody()
    {
        const BodyDraft &body = m_draft.body;
        switch (body.kind) {
        case BodyDraft::Kind::None:
            return;
        case BodyDraft::Kind::Text:
            m_request.body = filled(body.text);
            break;
        case BodyDraft::Kind::Form:
            m_request.body = formText(filledFields(), keepsVariables());
            return addWhereMissing("Content-Type", formType);
        case BodyDraft::Kind::Multipart:
            return addMultipart();
        case BodyDraft::Kind::File:
            m_request.body = fileContent(body.file.toUtf8());
            break;
        }
        if (!body.contentType.isEmpty())
            addWhereMissing("Content-Type", filled(body.contentType));
    }

    std::vector<FormField> filledFields()
    {
        std::vector<FormField> fields;
        for (const FormField &field : m_draft.body.fields) {
            if (field.enabled)
                fields.push_back(
                    {filled(field.name), filled(field.value), true, field.isFile, filled(field.contentType)});
        }
        return fields;
    }

    void addMultipart()
    {
        std::vector<FormPart> parts;
        for (const FormField &field : filledFields()) {
            FormPart part{field.name, {}, field.contentType, field.value};
            if (field.isFile) {
                part.fileName = baseName(field.value);
                part.content = fileContent(field.value);
                if (part.contentType.isEmpty())
                    part.contentType = "application/octet-stream";
            }
            parts.push_back(std::move(part));
        }
        const auto own = boundaryOf(m_request.headers.value("Content-Type").value_or(QByteArray()));
        const QByteArray boundary = own ? *own : unusedBoundary(parts);
        const bool occurs = own && std::any_of(parts.begin(), parts.end(), [&boundary](const FormPart &part) {
                                return part.content.contains("--" + boundary);
                            });
        if (occurs)
            m_error = Error{QStringLiteral("the boundary of the Content-Type header occurs in a part of the body"),
                            QString::fromUtf8(boundary)};
        m_request.body = multipartText(parts, boundary);
        addWhereMissing("Content-Type", "multipart/form-data; boundary=" + boundary);
    }

    /// Only read once all is known that a path is made of.
    QByteArray fileContent(const QByteArray &path)
    {
        const QByteArray whole = filled(path);
        if (!m_readFile || !m_unresolved.isEmpty() || m_error)
            return {};
        auto content = m_readFile(QString::fromUtf8(whole));
        if (content)
            return std::move(content).value();
        m_error = content.error();
        return {};
    }

    const RequestDraft &m_draft;
    const Variables *m_variables; ///< null: they stay
    const FileReader &m_readFile;
    HttpRequest m_request;
    QStringList m_unresolved;
    std::optional<Error> m_error;
};

std::optional<AuthDraft> authOf(const QByteArray &value)
{
    AuthDraft auth;
    if (value.startsWith("Bearer ") && value.size() > 7 && value[7] != ' ') {
        auth.kind = AuthDraft::Kind::Bearer;
        auth.secret = value.mid(7);
        return auth;
    }
    if (!value.startsWith("Basic "))
        return {};
    const QByteArray encoded = value.mid(6);
    const auto decoding = QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
    const QByteArray decoded = decoding ? *decoding : QByteArray();
    const qsizetype colon = decoded.indexOf(':');
    if (colon < 0 || !decoded.isValidUtf8() || decoded.toBase64() != encoded)
        return {};
    auth.kind = AuthDraft::Kind::Basic;
    auth.user = decoded.left(colon);
    auth.secret = decoded.mid(colon + 1);
    return auth;
}

void removeHeader(RequestDraft &draft, const QByteArray &name)
{
    std::erase_if(draft.headers,
                  [&name](const DraftField &field) { return field.name.compare(name, Qt::CaseInsensitive) == 0; });
}

} // namespace

Result<HttpRequest> resolvedRequest(const RequestDraft &draft, const Variables &variables, const FileReader &readFile)
{
    return Assembler(draft, &variables, readFile).assembled();
}

Result<SendSettings> resolvedSettings(const SendSettings &settings, const Variables &variables)
{
    QStringList unresolved;
    SendSettings filled = changed(settings, [&](const QByteArray &text) {
        const Substitution substitution = substituted(text, variables);
        addMissing(unresolved, substitution.unresolved);
        return substitution.text;
    });
    if (!unresolved.isEmpty())
        return noValues(unresolved);
    return filled;
}

HttpRequest literalRequest(const RequestDraft &draft)
{
    // Nothing is left to fail but a boundary of the draft's own, which then stands as it is written.
    RequestDraft literal = draft;
    auto request = Assembler(literal, nullptr, {}).assembled();
    if (!request) {
        removeHeader(literal, "Content-Type");
        request = Assembler(literal, nullptr, {}).assembled();
    }
    return std::move(request).value();
}

RequestDraft draftOf(const HttpRequest &request)
{
    RequestDraft draft;
    draft.method = request.method;
    draft.url = request.url;
    for (const Header &header : request.headers)
        draft.headers.push_back({header.name, header.value});
    const std::vector<QByteArray> authorizations = request.headers.values("Authorization");
    if (authorizations.size() == 1) {
        if (const auto auth = authOf(authorizations.front())) {
            draft.auth = *auth;
            removeHeader(draft, "Authorization");
        }
    }
    if (request.body.isEmpty())
        return draft;
    draft.body.kind = BodyDraft::Kind::Text;
    draft.body.text = request.body;
    const std::vector<QByteArray> types = request.headers.values("Content-Type");
    if (types.size() == 1 && types.front() == formType) {
        if (auto fields = formFields(request.body)) {
            draft.body = {BodyDraft::Kind::Form, {}, {}, std::move(*fields), {}};
            removeHeader(draft, "Content-Type");
        }
    }
    return draft;
}

QStringList variablesOf(const RequestDraft &draft)
{
    QStringList names;
    const auto addFrom = [&names](const QByteArray &text) {
        for (const VariableUse &use : variablesIn(text)) {
            if (!names.contains(use.name))
                names << use.name;
        }
    };
    addFrom(draft.url);
    for (const DraftField &field : draft.headers) {
        if (!field.enabled)
            continue;
        addFrom(field.name);
        addFrom(field.value);
    }
    if (draft.auth.kind == AuthDraft::Kind::Basic)
        addFrom(draft.auth.user);
    if (draft.auth.kind == AuthDraft::Kind::ApiKey)
        addFrom(draft.auth.name);
    if (draft.auth.kind != AuthDraft::Kind::None)
        addFrom(draft.auth.secret);
    if (draft.body.kind == BodyDraft::Kind::Text)
        addFrom(draft.body.text);
    if (draft.body.kind == BodyDraft::Kind::File)
        addFrom(draft.body.file.toUtf8());
    if (draft.body.kind == BodyDraft::Kind::Text || draft.body.kind == BodyDraft::Kind::File)
        addFrom(draft.body.contentType);
    if (draft.body.kind == BodyDraft::Kind::Form || draft.body.kind == BodyDraft::Kind::Multipart) {
        for (const FormField &field : draft.body.fields) {
            if (!field.enabled)
                continue;
            addFrom(field.name);
            addFrom(field.value);
            addFrom(field.contentType);
        }
    }
    static_cast<void>(changed(draft.settings, [&addFrom](const QByteArray &text) {
        addFrom(text);
        return text;
    }));
    return names;
}

bool sendsFiles(const RequestDraft &draft)
{
    return draft.body.kind == BodyDraft::Kind::File ||
           (draft.body.kind == BodyDraft::Kind::Multipart &&
            std::any_of(draft.body.fields.begin(), draft.body.fields.end(),
                        [](const FormField &field) { return field.enabled && field.isFile; }));
}

} // namespace errata
