#include "models/redact/scan.h"
#include "models/redact/wording.h"
#include "models/redact/wordstarts.h"

#include <algorithm>

namespace errata {

namespace {

/// What sentences tell: "my password is ...", "the api key ...".
struct Cue
{
    std::string_view word;
    const char *type;
    bool beforeKey = false; ///< means a secret with "key" behind it alone
};

constexpr Cue cues[] = {
    {"password", "password"}, {"passwort", "password"}, {"passwd", "password"},      {"passphrase", "password"},
    {"passcode", "password"}, {"kennwort", "password"}, {"pwd", "password"},         {"pw", "password"},
    {"token", "token"},       {"api", "api-key", true}, {"access", "api-key", true}, {"secret", "secret-key", true},
    {"secret", "secret"},     {"apikey", "api-key"},
};

qsizetype wordEnd(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && (isAlnum(text[at]) || text[at] == '_'))
        ++at;
    return at;
}

struct CueFound
{
    const Cue *cue = nullptr;
    qsizetype end = 0;
};

CueFound cueAt(QByteArrayView text, qsizetype at)
{
    const qsizetype end = wordEnd(text, at);
    const QByteArrayView word = text.sliced(at, end - at);
    if (word.size() > 10)
        return {};
    for (const Cue &cue : cues) {
        if (!equalsFolded(word, QByteArrayView(cue.word.data(), qsizetype(cue.word.size()))))
            continue;
        if (!cue.beforeKey)
            return {&cue, end};
        const bool joined = end < text.size() && (isBlank(text[end]) || text[end] == '-');
        const qsizetype keyEnd = joined ? wordEnd(text, end + 1) : end;
        if (joined && equalsFolded(text.sliced(end + 1, keyEnd - end - 1), "key"))
            return {&cue, keyEnd};
    }
    return {};
}

/// Behind "is", "ist", "is now"; -1 where there is no such word.
qsizetype behindCopula(QByteArrayView text, qsizetype at)
{
    static constexpr const char *copulas[] = {"is", "was", "ist", "war", "lautet", "equals"};
    static constexpr const char *fillers[] = {"now", "still", "currently", "jetzt", "noch"};
    const qsizetype end = wordEnd(text, at);
    if (!isOneOf(text.sliced(at, end - at), copulas) || end >= text.size())
        return -1;
    if (text[end] != ':' && !isBlank(text[end]))
        return -1;
    const qsizetype next = skipBlanks(text, end + 1);
    const qsizetype nextEnd = wordEnd(text, next);
    const bool filled = isOneOf(text.sliced(next, nextEnd - next), fillers);
    return filled && nextEnd < text.size() && isBlank(text[nextEnd]) ? skipBlanks(text, nextEnd) : next;
}

/// "SHA256", "base64-encoded", "HS256", "RFC6750", "v2": ways to make secrets, not one.
bool isTechnical(QByteArrayView word)
{
    static constexpr const char *stems[] = {"sha", "md",  "base", "utf",  "aes",    "rsa",   "hs",    "rs", "es",
                                            "ps",  "rfc", "v",    "http", "bcrypt", "oauth", "argon", "iso"};
    qsizetype letters = 0;
    while (letters < word.size() && isAlnum(word[letters]) && !isDigit(word[letters]))
        ++letters;
    if (!isOneOf(word.first(letters), stems))
        return false;
    const bool dashed = letters < word.size() && (word[letters] == '-' || word[letters] == '_');
    const qsizetype digits = letters + (dashed ? 1 : 0);
    qsizetype end = digits;
    while (end < word.size() && isDigit(word[end]))
        ++end;
    return end > digits && end - digits <= 4 && (end == word.size() || !isAlnum(word[end]));
}

struct Told
{
    qsizetype digits = 0;
    qsizetype letters = 0;
    qsizetype symbols = 0; ///< within the word
    bool innerCapital = false;
};

Told lookAt(QByteArrayView word)
{
    Told told;
    for (qsizetype i = 0; i < word.size(); ++i) {
        const char c = word[i];
        const bool capital = c >= 'A' && c <= 'Z';
        told.digits += isDigit(c) ? 1 : 0;
        told.letters += isAlnum(c) && !isDigit(c) ? 1 : 0;
        told.symbols += QByteArrayView("!@$*+=~#%^&?").contains(c) ? 1 : 0;
        told.innerCapital = told.innerCapital || (capital && i > 0 && word[i - 1] >= 'a' && word[i - 1] <= 'z');
    }
    return told;
}

/// What is no secret at all, whatever it looks like: stand-ins, code, addresses, what has been masked in part.
bool isElse(QByteArrayView text, const Span &value, QByteArrayView word)
{
    if (isStandIn(word) || word.contains("REDACTED-") || isTechnical(word))
        return true;
    if (QByteArrayView("/:\\{[(<%$").contains(word[0]) || word.contains("://"))
        return true;
    const qsizetype at = word.indexOf('@');
    if (at > 0 && word.sliced(at).contains('.')) // an address
        return true;
    return value.end() < text.size() && QByteArrayView("([=").contains(text[value.end()]);
}

/// After "is" a word with a digit or a symbol in it is taken for the secret; without it what a machine made.
bool looksLikeSecret(QByteArrayView word, const Cue &cue, bool copula)
{
    constexpr qsizetype longestWord = 20;
    const bool password = cue.type == std::string_view("password");
    const Told told = lookAt(word);
    if (copula) {
        if (told.letters == 0)
            return password && told.digits >= 4 && told.digits + told.symbols == word.size();
        const bool anyLong = word.size() > longestWord && told.letters == word.size();
        return word.size() >= 4 && (told.digits > 0 || told.symbols > 0 || anyLong || (password && told.innerCapital));
    }
    const bool plain = std::none_of(word.begin(), word.end(), [](char c) { return c == '/' || c == ':'; });
    const bool odd = password && word.size() >= 6 && told.digits > 0 && told.letters > 0 && told.symbols > 0;
    return plain && (odd || looksRandom(word, password ? 8 : 10));
}

/// A lone word that may be a secret: at the end of what is said, and not one that tells about secrets.
bool isDoubtful(QByteArrayView text, const Span &value, QByteArrayView word, bool copula)
{
    static constexpr const char *words[] = {
        "correct", "valid",   "optional", "mandatory", "weak",    "strong",  "short",     "long",      "good",
        "safe",    "secure",  "same",     "public",    "private", "ready",   "unset",     "lost",      "okay",
        "fine",    "blank",   "null",     "wrong",     "invalid", "unknown", "stale",     "here",      "there",
        "back",    "gone",    "used",     "absent",    "present", "unique",  "secret",    "falsch",    "leer",
        "richtig", "korrekt", "sicher",   "schwach",   "kurz",    "lang",    "malformed", "incorrect", "mismatch",
        "empty",   "this",    "that",     "necessary", "ungültig"};
    static constexpr const char *ends[] = {"ed", "ing", "able", "ible", "lich", "laufen", "ten", "en", "ig"};
    if (word.size() < 4 || isOneOf(word, words))
        return false;
    const Told told = lookAt(word);
    if (!copula)
        return told.digits > 0 && told.letters >= 4 && word.size() >= 6;
    const bool verbal = std::any_of(std::begin(ends), std::end(ends),
                                    [word](const char *end) { return word.endsWith(QByteArrayView(end)); });
    const qsizetype next = skipBlanks(text, value.end());
    const bool closed = next >= text.size() || !(isAlnum(text[next]) || text[next] == '(');
    return told.letters == word.size() && !verbal && closed;
}

QByteArrayView withoutMarks(QByteArrayView word)
{
    while (!word.isEmpty() && QByteArrayView("!?.,;:").contains(word.back()))
        word.chop(1);
    return word;
}

/// At "set", "setx", "setenv": NAME VALUE, as in "aws configure set aws_secret_access_key ...".
qsizetype scanSetting(Layer &layer, qsizetype at, QByteArrayView text)
{
    static constexpr const char *verbs[] = {"set", "setx", "setenv"};
    const qsizetype end = wordEnd(text, at);
    if (!isOneOf(text.sliced(at, end - at), verbs) || end >= text.size() || !isBlank(text[end]))
        return at;
    qsizetype start = skipBlanks(text, end);
    // fish: set -gx NAME VALUE
    while (start < text.size() && text[start] == '-')
        start = skipBlanks(text, wordEnd(text, start + 1));
    qsizetype nameEnd = start;
    while (nameEnd < text.size() && (isAlnum(text[nameEnd]) || QByteArrayView("_:/.-").contains(text[nameEnd])))
        ++nameEnd;
    const QByteArrayView name = text.sliced(start, nameEnd - start);
    if (!name.contains('_') || name.size() > 80 || nameEnd >= text.size() || !isBlank(text[nameEnd]))
        return at;
    const NameClass &is = layer.book().names.classify(name, NamePlace::Field);
    const qsizetype valueAt = skipBlanks(text, nameEnd);
    if (is.isHarmless() || valueAt >= text.size() ||
        readsLikeMessage(
            text.sliced(valueAt, lineFrom(text.first(std::min(text.size(), valueAt + 200)), valueAt).length)))
        return at;
    const QuoteMark quote = quoteAt(text, valueAt);
    const Span value =
        quote.isNull() ? bareFrom(text, valueAt, false) : quotedFrom(text, valueAt + quote.bytes.size(), quote);
    if (value.length == 0 || QByteArrayView("=(").contains(text[value.start]))
        return at;
    return maskNamed(layer, value, {is, "setting", name}) ? value.end() : at;
}

} // namespace

void addCueStarts(WordStarts &starts)
{
    for (const Cue &cue : cues)
        starts.addFolded(cue.word, WordStarts::Cue);
    starts.addFolded("set", WordStarts::Cue);
}

qsizetype scanCue(Layer &layer, qsizetype at, const Span &region)
{
    const QByteArrayView text = layer.text().first(region.end());
    if (at > region.start && !isSpace(text[at - 1]) && !QByteArrayView("\"'`(,;").contains(text[at - 1]))
        return at;
    const CueFound found = cueAt(text, at);
    if (!found.cue)
        return scanSetting(layer, at, text);
    if (found.end >= text.size() || !isBlank(text[found.end]))
        return at;
    const qsizetype next = skipBlanks(text, found.end);
    const qsizetype behind = behindCopula(text, next);
    const bool copula = behind >= 0;
    const qsizetype start = copula ? behind : next;
    const QuoteMark quote = copula ? quoteAt(text, start) : QuoteMark();
    const Span value =
        quote.isNull() ? bareFrom(text, start, false) : quotedFrom(text, start + quote.bytes.size(), quote);
    const QByteArrayView word = withoutMarks(layer.text(value));
    if (word.isEmpty() || isElse(text, value, word))
        return at;
    const NameClass is{NameVerdict::Secret, found.cue->type, {}};
    const QByteArrayView name = layer.text({at, found.end - at});
    if (!quote.isNull())
        return maskNamed(layer, value, {is, "text", name}) ? value.end() : at;
    if (looksLikeSecret(word, *found.cue, copula))
        return maskNamed(layer, value, {is, "text", name}) ? value.end() : at;
    if (isDoubtful(text, value, word, copula) && !readsLikeMessage(word))
        layer.doubt(value, "a word in a sentence, it seems", "text", name);
    return at;
}

} // namespace errata
