#include "models/redact/draftredaction.h"

#include <algorithm>

namespace errata {

namespace {

/// "{{token}}", "Bearer {{token}}": nothing but variables and the word before them.
bool isOfVariables(const QByteArray &value)
{
    const std::vector<VariableUse> uses = variablesIn(value);
    if (uses.empty())
        return false;
    QByteArray rest;
    qsizetype from = 0;
    for (const VariableUse &use : uses) {
        rest += QByteArrayView(value).sliced(from, use.where.start - from);
        from = use.where.end();
    }
    rest += QByteArrayView(value).sliced(from);
    const QByteArray words = rest.simplified();
    return words.isEmpty() || words == ":" || words == "Bearer" || words == "Basic" || words == "Basic :" ||
           words == "Token";
}

/// Masks one part after the other, and keeps count.
class Masker
{
public:
    explicit Masker(Redactor &redactor) : m_redactor(redactor) {}

    QByteArray value(const QByteArray &name, const QByteArray &value)
    {
        if (isOfVariables(value))
            return value;
        Redacted<Headers> headers = m_redactor.redact(Headers{{name, value}});
        const QByteArray masked = headers.value.begin()->value;
        m_report.add(std::move(headers));
        return masked;
    }

    /// A secret by its place, in no form that could be recognised.
    QByteArray secret(const QByteArray &secret)
    {
        if (secret.isEmpty() || isOfVariables(secret))
            return secret;
        const QByteArray prefix = "Bearer ";
        return value("Authorization", prefix + secret).mid(prefix.size());
    }

    QByteArray url(const QByteArray &url)
    {
        HttpRequest request;
        request.url = url;
        Redacted<HttpRequest> masked = m_redactor.redact(request);
        QByteArray text = masked.value.url;
        m_report.add(std::move(masked));
        return text;
    }

    QByteArray text(const QByteArray &text)
    {
        Redaction masked = m_redactor.redact(text);
        QByteArray out = masked.text;
        m_report.add(std::move(masked));
        return out;
    }

    RedactionReport report() { return std::move(m_report); }

private:
    Redactor &m_redactor;
    RedactionReport m_report;
};

void mask(SendSettings &settings, Masker &masker)
{
    if (settings.tls)
        settings.tls->clientKeyPassword = masker.secret(settings.tls->clientKeyPassword);
    if (settings.proxy)
        settings.proxy->address = masker.url(settings.proxy->address);
}

void mask(RequestDraft &draft, Masker &masker)
{
    draft.url = masker.url(draft.url);
    for (DraftField &field : draft.parkedParameters) {
        const QByteArray url = masker.url("https://x/?" + field.name + '=' + field.value);
        field.value = isOfVariables(field.value) ? field.value : url.mid(url.indexOf('=') + 1);
    }
    for (DraftField &field : draft.headers)
        field.value = masker.value(field.name, field.value);
    draft.auth.secret = masker.secret(draft.auth.secret);
    draft.body.text = masker.text(draft.body.text);
    for (FormField &field : draft.body.fields) {
        if (!field.isFile)
            field.value = masker.value(field.name, field.value);
    }
    mask(draft.settings, masker);
    draft.about = QString::fromUtf8(masker.text(draft.about.toUtf8()));
}

} // namespace

Redacted<Collection> redactedCollection(Redactor &redactor, const Collection &collection)
{
    Masker masker(redactor);
    Redacted<Collection> result;
    result.value = collection;
    for (RequestDraft &draft : result.value.requests)
        mask(draft, masker);
    for (Environment &environment : result.value.environments) {
        for (EnvironmentVariable &variable : environment.variables)
            variable.value = variable.isSecret
                                 ? QString()
                                 : QString::fromUtf8(masker.value(variable.name.toUtf8(), variable.value.toUtf8()));
    }
    result.add(masker.report());
    return result;
}

Redacted<SendSettings> redactedSettings(Redactor &redactor, const SendSettings &settings)
{
    Masker masker(redactor);
    Redacted<SendSettings> result;
    result.value = settings;
    mask(result.value, masker);
    result.add(masker.report());
    return result;
}

Redacted<HttpRequest> redactedRequest(Redactor &redactor, const HttpRequest &request)
{
    Redacted<HttpRequest> masked = redactor.redact(request);
    Headers headers;
    auto original = request.headers.begin();
    for (const Header &header : masked.value.headers) {
        headers.add(header.name, isOfVariables(original->value) ? original->value : header.value);
        ++original;
    }
    masked.value.headers = headers;
    return masked;
}

} // namespace errata
