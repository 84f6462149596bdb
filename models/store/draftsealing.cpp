#include "models/store/draftsealing.h"

#include "models/store/fieldlines.h"
#include "models/store/historyredaction.h"

#include <map>

namespace errata {

namespace {

/// What a piece of a draft is to the redactor.
enum class As { Text, Secret, Header, Parameter, Address };

struct Piece
{
    QByteArray place; ///< "headers/3"
    As as = As::Text;
    QByteArray name; ///< of a header or parameter
};

QByteArray numbered(const char *list, std::size_t index)
{
    return list + ('/' + QByteArray::number(static_cast<qulonglong>(index)));
}

template <typename Visit>
void visitText(const char *place, QString &text, const Visit &visit)
{
    const QByteArray before = text.toUtf8();
    QByteArray bytes = before;
    visit(Piece{place, As::Text, {}}, bytes);
    if (bytes != before)
        text = QString::fromUtf8(bytes);
}

/// Calls \a visit with every piece of the draft a person may type a secret into, to be changed there.
template <typename Visit>
void forEachPiece(RequestDraft &draft, const Visit &visit)
{
    visitText("name", draft.name, visit);
    visitText("about", draft.about, visit);
    visit(Piece{"url", As::Text, {}}, draft.url);
    for (std::size_t i = 0; i < draft.parkedParameters.size(); ++i) {
        DraftField &field = draft.parkedParameters[i];
        visit(Piece{numbered("parameters", i), As::Parameter, field.name}, field.value);
    }
    for (std::size_t i = 0; i < draft.headers.size(); ++i) {
        DraftField &field = draft.headers[i];
        visit(Piece{numbered("headers", i), As::Header, field.name}, field.value);
    }
    visit(Piece{"auth/user", As::Text, {}}, draft.auth.user);
    visit(Piece{"auth/secret", As::Secret, {}}, draft.auth.secret);
    visit(Piece{"body/text", As::Text, {}}, draft.body.text);
    if (draft.settings.proxy)
        visit(Piece{"proxy/address", As::Address, {}}, draft.settings.proxy->address);
    if (draft.settings.tls)
        visit(Piece{"tls/password", As::Secret, {}}, draft.settings.tls->clientKeyPassword);
    for (std::size_t i = 0; i < draft.body.fields.size(); ++i) {
        FormField &field = draft.body.fields[i];
        visit(Piece{numbered("fields", i), field.isFile ? As::Text : As::Parameter, field.name}, field.value);
    }
}

/// "{{a}}", "{{a}}{{b}}": nothing of the text itself is secret.
bool isVariablesOnly(const QByteArray &text)
{
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype end = text.indexOf("}}", at);
        if (!text.mid(at).startsWith("{{") || end < 0)
            return false;
        at = end + 2;
    }
    return true;
}

/// As a parameter of a URL: so a name says the same as when it is sent.
QByteArray redactedParameter(Redactor &redactor, const QByteArray &name, const QByteArray &value)
{
    const QByteArray before = "https://h.invalid/?" + name.toPercentEncoding() + '=';
    const QByteArray redacted = redactor.redact(before + value.toPercentEncoding()).text;
    return redacted.startsWith(before) ? QByteArray::fromPercentEncoding(redacted.mid(before.size()))
                                       : QByteArray("REDACTED");
}

QByteArray redacted(Redactor &redactor, const Piece &piece, const QByteArray &bytes)
{
    if (isVariablesOnly(bytes))
        return bytes;
    switch (piece.as) {
    case As::Secret:
        return "REDACTED";
    case As::Address: // user and password, with or without a scheme before them
        return bytes.contains('@') ? QByteArray("REDACTED") : bytes;
    case As::Header:
        return redactor.redact(Headers{{piece.name, bytes}}).value.begin()->value;
    case As::Parameter:
        return redactedParameter(redactor, piece.name, bytes);
    case As::Text:
        break;
    }
    return redactor.redact(bytes).text;
}

} // namespace

DraftSealer::DraftSealer(const RedactionRules &rules, const std::vector<QByteArray> &secrets)
    : m_redactor(withSecrets(rules, secrets))
{
}

SealedDraft DraftSealer::seal(const RequestDraft &draft)
{
    SealedDraft made{draft, {}};
    FieldLines lines;
    forEachPiece(made.draft, [&](const Piece &piece, QByteArray &bytes) {
        const QByteArray clean = redacted(m_redactor, piece, bytes);
        if (clean == bytes)
            return;
        lines.push_back({piece.place, clean, bytes});
        bytes = clean;
    });
    made.sealed = joinedLines(lines);
    return made;
}

RequestDraft unsealed(const RequestDraft &draft, const QByteArray &sealed)
{
    struct Original
    {
        QByteArray placeholder;
        QByteArray bytes;
    };
    std::map<QByteArray, Original> originals;
    for (const std::vector<QByteArray> &line : splitLines(sealed)) {
        if (line.size() == 3)
            originals[line[0]] = {line[1], line[2]};
    }
    RequestDraft made = draft;
    forEachPiece(made, [&originals](const Piece &piece, QByteArray &bytes) {
        const auto it = originals.find(piece.place);
        if (it != originals.end() && it->second.placeholder == bytes)
            bytes = it->second.bytes;
    });
    return made;
}

} // namespace errata
