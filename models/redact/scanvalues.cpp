#include "models/redact/scan.h"

#include <algorithm>
#include <string_view>

namespace errata {

namespace {

/// Schemes of Authorization (IANA registry) and those APIs made up.
bool isScheme(QByteArrayView word)
{
    static constexpr const char *schemes[] = {
        "bearer", "basic", "digest", "negotiate", "ntlm",   "token",     "apikey",    "api-key",
        "oauth",  "hawk",  "dpop",   "key",       "mutual", "vapid",     "signature", "aws4-hmac-sha256",
        "ssws",   "jwt",   "gnap",   "splunk",    "bot",    "sharedkey", "geniekey"};
    return std::any_of(std::begin(schemes), std::end(schemes),
                       [word](const char *scheme) { return equalsFolded(word, scheme); });
}

const char *credentialType(QByteArrayView scheme)
{
    if (equalsFolded(scheme, "bearer"))
        return "bearer-token";
    return equalsFolded(scheme, "basic") ? "basic-credentials" : "credentials";
}

/// The scheme with the blanks behind it, 0 when there is none.
qsizetype schemeLength(QByteArrayView value)
{
    const auto *const blank = std::find_if(value.begin(), value.end(), isBlank);
    if (blank == value.end())
        return 0;
    const QByteArrayView word = value.first(blank - value.begin());
    const bool wordLike =
        isScheme(word) || (word.size() <= 20 && !word.isEmpty() && !looksRandom(word, 8) &&
                           std::all_of(word.begin(), word.end(), [](char c) { return isAlnum(c) || c == '-'; }));
    return wordLike ? std::find_if_not(blank, value.end(), isBlank) - value.begin() : 0;
}

bool maskCredentials(Layer &layer, const Span &value, const NamedPlace &place)
{
    const QByteArrayView text = layer.text(value);
    const qsizetype scheme = schemeLength(text);
    const Span secret{value.start + scheme, value.length - scheme};
    if (isStandIn(layer.text(secret)) || readsLikeMessage(text))
        return false;
    const QByteArrayView word = text.first(std::max<qsizetype>(scheme, 0)).trimmed();
    layer.mask(secret, scheme > 0 ? QByteArray(credentialType(word)) : place.is.type, place.kind, place.name);
    return true;
}

/// "name=value" of a cookie, white space around it allowed.
void maskCookie(Layer &layer, const Span &pair)
{
    const Span inner = trimmed(layer.text(), pair);
    const QByteArrayView text = layer.text(inner);
    const qsizetype equals = text.indexOf('=');
    if (equals < 0)
        return;
    Span value = trimmed(layer.text(), {inner.start + equals + 1, inner.length - equals - 1});
    if (value.length >= 2 && layer.text(value).startsWith('"') && layer.text(value).endsWith('"'))
        value = {value.start + 1, value.length - 2};
    if (!isStandIn(layer.text(value)))
        layer.mask(value, "cookie", "cookie", text.first(equals).trimmed());
}

/// What stands between the pairs is left to the other scanners, hence false as a rule.
bool maskCookies(Layer &layer, const Span &value, const NamedPlace &place, bool firstOnly)
{
    const QByteArrayView text = layer.text(value);
    if (!text.contains('=') && looksRandom(text, 12)) {
        layer.mask(value, "cookie", place.kind, place.name);
        return true;
    }
    for (qsizetype at = 0; at <= text.size();) {
        qsizetype end = text.indexOf(';', at);
        if (end < 0 || end > text.size())
            end = text.size();
        maskCookie(layer, {value.start + at, end - at});
        if (firstOnly)
            break;
        at = end + 1;
    }
    return false;
}

/// "PWD=/home/me" is the working directory.
bool isFolder(const NamedPlace &place, QByteArrayView value)
{
    return (equalsFolded(place.name, "pwd") || equalsFolded(place.name, "oldpwd")) &&
           (value.startsWith('/') || value.contains(":\\"));
}

/// "token: 17" is a place in a text, "TESTS_PASS=12" a result; a PIN has its own names.
bool isCount(const NamedPlace &place, QByteArrayView value)
{
    return (place.is.type == "token" || place.name.endsWith("_PASS")) && value.size() < 5 &&
           std::all_of(value.begin(), value.end(), isDigit);
}

} // namespace

Span trimmed(QByteArrayView text, Span span)
{
    while (span.length > 0 && isSpace(text[span.end() - 1]))
        --span.length;
    while (span.length > 0 && isSpace(text[span.start])) {
        ++span.start;
        --span.length;
    }
    return span;
}

bool maskNamed(Layer &layer, const Span &value, const NamedPlace &place)
{
    const Span inner = trimmed(layer.text(), value);
    const QByteArrayView text = layer.text(inner);
    if (place.is.isHarmless() || isStandIn(text))
        return false;
    switch (place.is.verdict) {
    case NameVerdict::Harmless:
        return false;
    case NameVerdict::Authorization:
        return maskCredentials(layer, inner, place);
    case NameVerdict::Cookies:
        return maskCookies(layer, inner, place, false);
    case NameVerdict::SetCookie:
        return maskCookies(layer, inner, place, true);
    case NameVerdict::DoubtfulIfRandom:
        if (looksRandom(text, 12))
            layer.doubt(inner, place.is.reason, place.kind, place.name);
        return false;
    case NameVerdict::SecretIfRandom:
        if (!looksRandom(text, 10))
            return false;
        break;
    case NameVerdict::Secret:
        if (readsLikeMessage(text)) {
            if (text.contains(' '))
                layer.doubt(inner, "a message, it seems", place.kind, place.name);
            return false;
        }
        break;
    }
    if (isFolder(place, text) || isCount(place, text))
        return false;
    const auto *const blank = std::find_if(text.begin(), text.end(), isBlank);
    if (blank != text.end() && isScheme(text.first(blank - text.begin())))
        return maskCredentials(layer, inner, place);
    const auto key = layer.book().prefixes.match(text);
    layer.mask(inner, key && key->length == text.size() ? key->type : place.is.type, place.kind, place.name);
    return true;
}

bool maskNamed(Layer &layer, const Span &raw, Coding coding, const NamedPlace &place)
{
    if (!layer.mayGoDeeper())
        return maskNamed(layer, raw, place);
    bool masked = false;
    layer.decode(raw, coding, [&](Layer &inner) { masked = maskNamed(inner, {0, inner.text().size()}, place); });
    return masked;
}

void maskCredentialPair(Layer &layer, const Span &user, const Span &password, const PairPlace &place)
{
    const NameClass secret{NameVerdict::Secret, "password", {}};
    const NamedPlace named{secret, place.kind, place.name};
    const QByteArrayView name = layer.text(user);
    const bool isKey =
        layer.book().prefixes.match(name).has_value() || looksRandom(name, password.length > 0 ? 16 : 10);
    if (user.length > 0 && (!isKey || !maskNamed(layer, user, named)))
        scanText(layer, user);
    if (password.length > 0 && !maskNamed(layer, password, named))
        scanText(layer, password);
}

qsizetype scanScheme(Layer &layer, qsizetype at, const Span &region)
{
    const QByteArrayView text = layer.text().first(region.end());
    const bool basic = (text[at + 1] | 0x20) == 'a';
    const qsizetype length = basic ? 5 : 6;
    const QByteArrayView word = text.sliced(at, std::min(length, text.size() - at));
    qsizetype start = at + length;
    if (!equalsFolded(word, basic ? "basic" : "bearer") || start >= text.size() || !isBlank(text[start]))
        return at;
    while (start < text.size() && isBlank(text[start]))
        ++start;
    // RFC 6750, 2.1: "=" stands at a token's end only; "bearer = value" is a name and a value.
    if (start < text.size() && text[start] == '=')
        return at;
    qsizetype end = start;
    while (end < text.size() && (isUnreserved(text[end]) || text[end] == '+' || text[end] == '/' || text[end] == '='))
        ++end;
    while (end > start && text[end - 1] == '.')
        --end;
    const QByteArrayView token = text.sliced(start, end - start);
    if (token.size() < 6 || isStandIn(token))
        return start;
    if (basic) {
        const auto plain = QByteArray::fromBase64Encoding(token.toByteArray(), QByteArray::AbortOnBase64DecodingErrors);
        if (!plain || !plain.decoded.contains(':') || !isPlainText(plain.decoded))
            return start;
    } else if (!looksRandom(token, 8) && token.size() < 24 && std::none_of(token.begin(), token.end(), isDigit)) {
        return start;
    }
    if (!basic && end < text.size() && token.endsWith('=') && text[end] == '"')
        return start; // Bearer realm="..."
    layer.mask({start, end - start}, credentialType(word), "credentials", word);
    return end;
}

} // namespace errata
