#include "models/redact/secretvalues.h"

#include "models/json/jsondocument.h"
#include "models/redact/wordstarts.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace errata {

namespace {

struct KeyPrefix
{
    std::string_view text;
    const char *type = nullptr;
    qsizetype least = 4;             ///< characters after the prefix
    qsizetype most = 512;            ///< more is something else; only where exact is set
    bool exact = false;              ///< the tail is letters and digits only and at most that long
    bool needsDigits = false;        ///< the tail holds a digit: "npm_config_cache" is no key
    std::string_view beyond = "_-."; ///< in the tail beside letters and digits
};

constexpr KeyPrefix builtIns[] = {
    {"sk_live_", "stripe-key"},
    {"sk_test_", "stripe-key"},
    {"rk_live_", "stripe-key"},
    {"rk_test_", "stripe-key"},
    {"whsec_", "webhook-secret", 6, 512, false, false, "_-.+/="},
    {"ghp_", "github-token"},
    {"gho_", "github-token"},
    {"ghu_", "github-token"},
    {"ghs_", "github-token"},
    {"ghr_", "github-token"},
    {"github_pat_", "github-token"},
    {"glpat-", "gitlab-token"},
    {"gldt-", "gitlab-token", 12},
    {"glptt-", "gitlab-token", 12},
    {"xoxa-", "slack-token", 8},
    {"xoxb-", "slack-token", 8},
    {"xoxe-", "slack-token", 8},
    {"xoxo-", "slack-token", 8},
    {"xoxp-", "slack-token", 8},
    {"xoxr-", "slack-token", 8},
    {"xoxs-", "slack-token", 8},
    {"xapp-", "slack-token", 12},
    {"AKIA", "access-key-id", 16, 16, true},
    {"ASIA", "access-key-id", 16, 16, true},
    {"AIza", "google-key", 30, 512, false, true},
    {"ya29.", "google-token", 16},
    {"GOCSPX-", "client-secret", 16},
    {"mrt_live_", "api-key"},
    {"mrt_test_", "api-key"},
    {"int_live_", "api-key"},
    {"int_test_", "api-key"},
    {"ns_live_", "api-key"},
    {"ns_test_", "api-key"},
    {"ps_live_", "session"},
    {"ps_", "session", 12, 512, false, true},
    {"npm_", "npm-token", 20, 512, true, true},
    {"pypi-", "pypi-token", 20, 512, false, true},
    {"SG.", "sendgrid-key", 16, 512, false, true},
    {"sk-ant-", "api-key", 8},
    {"sk-proj-", "api-key", 8},
    {"sk-", "api-key", 20, 512, false, true},
    {"hf_", "api-key", 20, 512, true},
    {"dop_v1_", "api-key", 16},
    {"shpat_", "api-key", 16},
    {"shpss_", "api-key", 16},
    {"shpca_", "api-key", 16},
    {"sq0csp-", "client-secret", 16},
    {"EAACEdEose0cBA", "token", 8},
    {"hvs.", "vault-token", 16},
    {"dapi", "api-key", 32, 34, true, true},
    {"lin_api_", "api-key", 16},
    {"AGE-SECRET-KEY-", "private-key", 16},
};

bool isTail(char c, const KeyPrefix &prefix)
{
    if (isAlnum(c))
        return true;
    return !prefix.exact && prefix.beyond.find(c) != std::string_view::npos;
}

qsizetype tailLength(QByteArrayView text, const KeyPrefix &prefix)
{
    const auto start = static_cast<qsizetype>(prefix.text.size());
    qsizetype end = start;
    while (end < text.size() && isTail(text[end], prefix))
        ++end;
    // A full stop behind a key ends the sentence.
    while (end > start && (text[end - 1] == '.' || text[end - 1] == '-'))
        --end;
    return end - start;
}

/// Length of the key with this prefix that \a text begins with, 0 for none.
qsizetype keyLength(QByteArrayView text, const KeyPrefix &prefix)
{
    const std::string_view bytes(text.data(), static_cast<std::size_t>(text.size()));
    if (bytes[0] != prefix.text[0] || !bytes.starts_with(prefix.text))
        return 0;
    const qsizetype tail = tailLength(text, prefix);
    if (tail < prefix.least || (prefix.exact && tail > prefix.most))
        return 0;
    const QByteArrayView rest = text.sliced(qsizetype(prefix.text.size()), tail);
    if (prefix.needsDigits && std::none_of(rest.begin(), rest.end(), isDigit))
        return 0;
    return qsizetype(prefix.text.size()) + tail;
}

bool isUuid(QByteArrayView value)
{
    if (value.size() != 36)
        return false;
    for (qsizetype i = 0; i < 36; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? value[i] != '-' : hexDigit(value[i]) < 0)
            return false;
    }
    return true;
}

bool contains(std::string_view chars, char c)
{
    return chars.find(c) != std::string_view::npos;
}

bool allOf(QByteArrayView text, std::string_view chars)
{
    return std::all_of(text.begin(), text.end(), [chars](char c) { return isAlnum(c) || contains(chars, c); });
}

QByteArray namesOfPart(QByteArrayView part)
{
    const auto bytes = QByteArray::fromBase64Encoding(part.toByteArray(), QByteArray::Base64UrlEncoding);
    const auto document = JsonDocument::parse(bytes.decoded, {64, 1 << 16});
    QByteArray names;
    if (!document || !document->root().isObject())
        return names;
    int left = 40;
    for (const JsonValue &member : document->root().children()) {
        if (left-- == 0)
            break;
        QByteArray name = member.key().toUtf8().left(40);
        std::replace_if(
            name.begin(), name.end(), [](char c) { return !isAlnum(c) && c != '_' && c != '-'; }, '_');
        names += (names.isEmpty() ? "" : ".") + name;
    }
    return names;
}

} // namespace

std::optional<KeyPrefixes::Match> KeyPrefixes::match(QByteArrayView text) const
{
    if (text.isEmpty())
        return {};
    for (const KeyPrefix &prefix : builtIns) {
        if (const qsizetype length = keyLength(text, prefix))
            return Match{length, prefix.type};
    }
    for (const QByteArray &own : m_own) {
        const KeyPrefix prefix{{own.constData(), static_cast<std::size_t>(own.size())}};
        const qsizetype length = own.size() < 2 ? 0 : keyLength(text, prefix);
        if (length > 0)
            return Match{length, "api-key"};
    }
    return {};
}

void KeyPrefixes::addStarts(WordStarts &starts)
{
    for (const KeyPrefix &prefix : builtIns)
        starts.add(prefix.text, WordStarts::Key);
}

int hexDigit(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool equalsFolded(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool looksRandom(QByteArrayView value, qsizetype least)
{
    if (value.size() < least || !allOf(value, "-._~+/=%:|") || isUuid(value) || value.contains("REDACTED-"))
        return false;
    qsizetype digits = 0;
    qsizetype lower = 0;
    qsizetype upper = 0;
    qsizetype turns = 0; // from letters to digits and back
    for (qsizetype i = 0; i < value.size(); ++i) {
        const char c = value[i];
        digits += isDigit(c) ? 1 : 0;
        lower += c >= 'a' && c <= 'z' ? 1 : 0;
        upper += c >= 'A' && c <= 'Z' ? 1 : 0;
        turns += i > 0 && isAlnum(c) && isAlnum(value[i - 1]) && isDigit(c) != isDigit(value[i - 1]) ? 1 : 0;
    }
    return digits >= 2 && lower + upper >= 2 && turns >= 2 && lower + upper + digits >= least / 2;
}

bool isStandIn(QByteArrayView value)
{
    static const char *const words[] = {"null",     "nil",    "none",      "undefined", "true",     "false",
                                        "redacted", "masked", "hidden",    "removed",   "filtered", "omitted",
                                        "(null)",   "<nil>",  "sanitized", "changeme",  "nan"};
    if (value.isEmpty() || isOneOf(value, words))
        return true;
    if (placeholderLength(value) > 0)
        return true;
    if (contains("*xX.-_#?", value[0]) &&
        std::all_of(value.begin(), value.end(), [&](char c) { return c == value[0]; }))
        return true;
    const char first = value[0];
    const char last = value.back();
    const QByteArrayView inner = value.size() > 2 ? value.sliced(1, value.size() - 2) : QByteArrayView();
    if ((first == '<' && last == '>') || (first == '[' && last == ']') || (first == '{' && last == '}'))
        return allOf(inner, "_-. :{}") && (first != '[' || !looksRandom(inner, 8));
    if (first == '%' && last == '%')
        return allOf(inner, "_");
    if (first == '$' && value.size() > 1) {
        const QByteArrayView name = value.sliced(1);
        if (name.startsWith('{') || name.startsWith('('))
            return allOf(name, "_-. :(){}");
        return std::all_of(name.begin(), name.end(),
                           [](char c) { return isDigit(c) || c == '_' || (c >= 'A' && c <= 'Z'); });
    }
    return value.size() > 5 && equalsFolded(value.first(4), "your") && contains("-_ ", value[4]) &&
           std::none_of(value.begin(), value.end(), isDigit);
}

bool readsLikeMessage(QByteArrayView value)
{
    static const char *const alone[] = {"required", "invalid",   "missing", "expired",      "incorrect", "wrong",
                                        "revoked",  "malformed", "failed",  "unauthorized", "forbidden", "denied",
                                        "unknown",  "rejected",  "empty",   "mismatch",     "ok"};
    static const char *const inside[] = {"is",     "are",      "be",      "was",     "must",    "not",   "has",
                                         "have",   "too",      "cannot",  "should",  "does",    "can't", "isn't",
                                         "didn't", "required", "invalid", "expired", "missing", "needs"};
    int words = 0;
    bool telling = false;
    qsizetype at = 0;
    while (at < value.size()) {
        qsizetype end = at;
        while (end < value.size() && !isSpace(value[end]))
            ++end;
        QByteArrayView word = value.sliced(at, end - at);
        while (!word.isEmpty() && contains(".,:;!?()'\"", word.back()))
            word.chop(1);
        while (!word.isEmpty() && contains("('\"", word.front()))
            word = word.sliced(1);
        // What is masked within a value was a message's part, else all of the value would be masked.
        const bool masked = placeholderLength(word) > 0;
        telling = telling || masked;
        const bool number = masked || std::all_of(word.begin(), word.end(), isDigit);
        if (!number && !std::all_of(word.begin(), word.end(),
                                    [](char c) { return (isAlnum(c) && !isDigit(c)) || contains("'-_/", c); }))
            return false;
        telling = telling || isOneOf(word, inside) || (words == 0 && isOneOf(word, alone));
        words += word.isEmpty() ? 0 : 1;
        at = end;
        while (at < value.size() && isSpace(value[at]))
            ++at;
    }
    return telling && (words > 1 || isOneOf(value, alone) || (value.size() > 1 && isOneOf(value.chopped(1), alone)));
}

qsizetype webTokenLength(QByteArrayView text)
{
    constexpr qsizetype shortestHeader = 12;
    if (!text.startsWith("eyJ"))
        return 0;
    std::array<qsizetype, 5> dots{};
    std::size_t count = 0;
    qsizetype at = 0;
    for (; at < text.size() && (isAlnum(text[at]) || contains("_-.", text[at])); ++at) {
        if (text[at] != '.')
            continue;
        if (count == dots.size())
            return 0;
        dots[count++] = at;
    }
    // A full stop behind a token ends the sentence.
    if ((count == 3 || count == 5) && dots[count - 1] == at - 1) {
        --count;
        --at;
    }
    if ((count != 2 && count != 4) || dots[0] < shortestHeader)
        return 0;
    // A payload is an object; the second part of an encrypted token is a key.
    return count == 2 && text[dots[0] + 1] != 'e' ? 0 : at;
}

QByteArray webTokenNames(QByteArrayView token)
{
    const qsizetype first = token.indexOf('.');
    const qsizetype second = first < 0 ? -1 : token.indexOf('.', first + 1);
    if (second < 0)
        return {};
    const QByteArray payload = namesOfPart(token.sliced(first + 1, second - first - 1));
    return namesOfPart(token.first(first)) + (payload.isEmpty() ? "" : "~" + payload);
}

qsizetype placeholderLength(QByteArrayView text)
{
    static constexpr char start[] = "REDACTED-";
    static constexpr qsizetype digits = 6;
    static constexpr int mostParts = 12;
    if (!text.startsWith(start))
        return 0;
    qsizetype at = sizeof start - 1;
    const auto isLowHex = [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); };
    for (int part = 0;; ++part) {
        const qsizetype from = at;
        while (at < text.size() && isAlnum(text[at]))
            ++at;
        const QByteArrayView word = text.sliced(from, at - from);
        if (part > 0 && word.size() == digits && std::all_of(word.begin(), word.end(), isLowHex))
            break;
        if (word.isEmpty() || word.size() > 60 || part == mostParts || at >= text.size() || text[at] != '-')
            return 0;
        ++at;
    }
    // The names of a web token.
    if (at < text.size() && (text[at] == '.' || text[at] == '~') && text.startsWith("REDACTED-jwt-")) {
        while (at < text.size() && isUnreserved(text[at]))
            ++at;
    }
    return at;
}

bool isPlainText(QByteArrayView bytes)
{
    return std::none_of(bytes.begin(), bytes.end(),
                        [](char c) {
                            const auto b = static_cast<unsigned char>(c);
                            return (b < 0x20 && b != '\n' && b != '\r' && b != '\t') || b == 0x7f;
                        }) &&
           bytes.isValidUtf8();
}

} // namespace errata
