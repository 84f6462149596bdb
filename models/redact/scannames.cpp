#include "models/redact/scan.h"
#include "models/redact/wording.h"

#include <algorithm>

namespace errata {

namespace {

/// Words before "token: ..." in a sentence about one.
bool isTelling(QByteArrayView word)
{
    static constexpr const char *words[] = {"unexpected", "invalid", "expected", "missing", "bad", "expired",
                                            "no",         "the",     "a",        "your",    "of",  "this"};
    return std::any_of(std::begin(words), std::end(words), [word](const char *w) { return equalsFolded(word, w); });
}

QByteArrayView wordBefore(QByteArrayView text, qsizetype at, qsizetype from)
{
    constexpr qsizetype longest = 20;
    qsizetype end = at;
    while (end > from && isBlank(text[end - 1]))
        --end;
    qsizetype start = end;
    while (start > std::max(from, end - longest) && isAlnum(text[start - 1]))
        --start;
    return text.sliced(start, end - start);
}

qsizetype skipWord(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && isAlnum(text[at]))
        ++at;
    return at;
}

/// The inside of quotes at \a at, or the bare value there.
Span valueAt(QByteArrayView text, qsizetype at, bool query)
{
    // Python's b'...' and u'...', the shell's $'...'.
    if (at + 1 < text.size() && QByteArrayView("bur$").contains(text[at]) &&
        (text[at + 1] == '\'' || text[at + 1] == '"'))
        ++at;
    const QuoteMark quote = quoteAt(text, at);
    return quote.isNull() ? bareFrom(text, at, query) : quotedFrom(text, at + quote.bytes.size(), quote);
}

/// "query" behind a '?' or '#' in the same word, else "form".
const char *parameterKind(QByteArrayView text, qsizetype at, qsizetype from)
{
    constexpr qsizetype farthest = 2000;
    for (qsizetype i = at - 1; i >= std::max(from, at - farthest); --i) {
        if (text[i] == '?' || text[i] == '#')
            return "query";
        if (isSpace(text[i]) || text[i] == '"' || text[i] == '\'')
            break;
    }
    return "form";
}

/// token = session.token(), token = config["token"]: a program that asks for one.
bool isCall(QByteArrayView text, const Span &value)
{
    qsizetype end = value.start;
    while (end < text.size() && (isAlnum(text[end]) || text[end] == '_' || text[end] == '.'))
        ++end;
    return end > value.start && end < text.size() && !isDigit(text[value.start]) &&
           (text[end] == '(' || text[end] == '[');
}

bool maskValue(Layer &layer, const Span &value, const NamedPlace &place)
{
    if (value.length == 0)
        return false;
    return layer.text(value).contains('%') ? maskNamed(layer, value, Coding::Percent, place)
                                           : maskNamed(layer, value, place);
}

/// scheme://user:password@host, or scheme://token@host for what is fetched over HTTP.
void maskUserInfo(Layer &layer, qsizetype at, qsizetype start, QByteArrayView text)
{
    constexpr qsizetype longest = 1024;
    qsizetype host = -1;
    for (qsizetype i = start; i < std::min(text.size(), start + longest); ++i) {
        if (isSpace(text[i]) || QByteArrayView("/?#\"'<>\\").contains(text[i]))
            break;
        if (text[i] == '@')
            host = i;
    }
    if (host < 0)
        return;
    const qsizetype colon = text.first(host).indexOf(':', start);
    const QByteArrayView before = text.first(at);
    const bool web =
        before.endsWith("http") || before.endsWith("https") || before.endsWith("ws") || before.endsWith("wss");
    const NameClass secret{NameVerdict::Secret, "url-password", {}};
    const NamedPlace place{secret, "URL", "user info"};
    const qsizetype password = colon < 0 ? host : colon + 1;
    if (password < host)
        static_cast<void>(maskValue(layer, {password, host - password}, place));
    const Span user{start, (colon < 0 ? host : colon) - start};
    const bool alone = password >= host;
    if ((alone && web) || looksRandom(layer.text(user)))
        static_cast<void>(maskValue(layer, user, place));
}

/// The value of a form-data part whose name is a secret's; the lines may be written as "\r\n" in one.
void maskPart(Layer &layer, qsizetype at, QByteArrayView text)
{
    static constexpr const char *lineEnds[] = {"\r\n", "\n", "\\r\\n"};
    constexpr qsizetype longestHead = 1000;
    const QByteArrayView head = text.sliced(at, std::min(longestHead, text.size() - at));
    for (const char *const lineEnd : lineEnds) {
        const QByteArray blank = QByteArray(lineEnd) + lineEnd;
        const qsizetype body = head.indexOf(blank);
        if (body < 0)
            continue;
        const qsizetype nameAt = head.first(body).indexOf(" name=");
        if (nameAt < 0)
            return;
        const Span name = valueAt(text, at + nameAt + 6, false);
        const NameClass &is = layer.book().names.classify(layer.text(name), NamePlace::Query);
        const qsizetype start = at + body + blank.size();
        const qsizetype next = is.isHarmless() ? -1 : text.indexOf(QByteArray(lineEnd) + "--", start);
        const qsizetype end = next < 0 ? text.size() : next;
        if (!is.isHarmless())
            static_cast<void>(maskNamed(layer, {start, end - start}, {is, "form", layer.text(name)}));
        return;
    }
}

struct FieldValue
{
    Span span;
    bool inProse = false; ///< a bare word in the middle of a line
};

/// The value behind "name:".
FieldValue valueAfterColon(QByteArrayView text, qsizetype start, const NameBefore &name, const NameClass &is)
{
    if (!name.opening.isNull())
        return {quotedFrom(text, start, name.opening)};
    const bool pairs = is.verdict == NameVerdict::Cookies || is.verdict == NameVerdict::SetCookie;
    if (!name.lineStart && name.before == '[') {
        qsizetype close = start;
        while (close < text.size() && text[close] != ']' && text[close] != '\n')
            ++close;
        return {{start, close - start}};
    }
    if (!quoteAt(text, start).isNull() || name.quoted)
        return {valueAt(text, start, false)};
    if (pairs && !name.lineStart)
        return {cookiesFrom(text, start)};
    if (name.lineStart) {
        Span line = lineFrom(text, start);
        while (line.length > 0 && QByteArrayView(",;").contains(text[line.end() - 1]))
            --line.length;
        return {line};
    }
    Span word = bareFrom(text, start, false);
    if (is.verdict == NameVerdict::Authorization) {
        const qsizetype next = skipBlanks(text, word.end());
        const bool listed = text.sliced(next).startsWith("username=") || text.sliced(next).startsWith("Credential=");
        const Span rest = listed ? lineFrom(text, next) : bareFrom(text, next, false);
        if (next > word.end() && rest.length > 0)
            return {{start, rest.end() - start}};
    }
    return {word, true};
}

/// In the middle of a sentence a word behind "token:" may be a word. What a machine made, or what ends the
/// sentence without having the look of a message, is taken for the secret.
bool isSecretInProse(QByteArrayView text, const Span &value, const NameBefore &name, qsizetype from)
{
    const QByteArrayView word = text.sliced(value.start, value.length);
    // "a PW:pw:3": of the inner name, and masked.
    if (const qsizetype masked = word.indexOf("REDACTED-"); masked >= 0 && placeholderLength(word.sliced(masked)) > 0)
        return false;
    const auto isNameChar = [](char c) { return isAlnum(c) || c == '_'; };
    // A variable, as in GraphQL.
    if (word.startsWith('$') && std::all_of(word.begin() + 1, word.end(), isNameChar))
        return false;
    const bool mixed =
        std::any_of(word.begin(), word.end(), isDigit) ||
        std::any_of(word.begin(), word.end(), [](char c) { return QByteArrayView("!@$*+=~").contains(c); });
    if (isTelling(wordBefore(text, name.span.start, from)))
        return mixed && word.size() >= 8;
    const qsizetype next = skipBlanks(text, value.end());
    const bool closed = next >= text.size() || !isAlnum(text[next]) || (next > value.end() && text[next] == '\n');
    return mixed || (closed && word.size() >= 4);
}

/// "set NAME=a b": cmd takes all of the line for the value, up to the next command. Null where that is not written.
Span cmdValue(QByteArrayView text, qsizetype start, const NameBefore &name, qsizetype from)
{
    constexpr qsizetype longestIndent = 40;
    qsizetype at = name.span.start - 4;
    if (at < from || !equalsFolded(text.sliced(at, 4), "set ") || !quoteAt(text, start).isNull())
        return {};
    const qsizetype floor = std::max(from, at - longestIndent);
    while (at > floor && isBlank(text[at - 1]))
        --at;
    if (at > from && text[at - 1] != '\n')
        return {};
    Span value = lineFrom(text, start);
    const qsizetype next = text.first(value.end()).indexOf('&', start);
    if (next >= 0)
        value.length = next - start;
    return trimmed(text, value);
}

} // namespace

qsizetype scanEquals(Layer &layer, qsizetype at, const Span &region)
{
    const QByteArrayView text = layer.text().first(region.end());
    const char previous = at > region.start ? text[at - 1] : '\0';
    if (QByteArrayView("!<>=").contains(previous))
        return at + 1;
    const NameBefore name = nameBefore(text, at, region.start);
    if (name.isNull())
        return at + 1;
    const QByteArrayView word = layer.text(name.span);
    SecretNames &names = layer.book().names;
    if (names.classify(word, NamePlace::Field).isHarmless() && names.classify(word, NamePlace::Query).isHarmless())
        return at + 1;
    const bool arrow = at + 1 < text.size() && (text[at + 1] == '>' || text[at + 1] == '=');
    qsizetype start = at + (arrow ? 2 : 1);
    if (name.spaced)
        start = skipBlanks(text, start);
    // A list of one: {Authorization=[Bearer ...]}.
    const bool opens = start < text.size() && text[start] == '[';
    const qsizetype listed = opens ? skipWord(text, start + 1) : start;
    if (opens && ((listed < text.size() && isBlank(text[listed])) || placeholderLength(text.sliced(start + 1)) > 0))
        ++start;
    const bool parameter = QByteArrayView("?&#").contains(name.before) && name.before != '\0';
    const bool entity = name.before == ';' && text.first(name.span.start).endsWith("&amp;");
    const Span value = valueAt(text, start, parameter || entity);
    const bool inForm = value.end() < text.size() && text[value.end()] == '&' && !name.spaced;
    const NamePlace where = parameter || entity || inForm ? NamePlace::Query : NamePlace::Field;
    const NameClass &is = names.classify(word, where);
    if (is.isHarmless())
        return at + 1;
    const char *kind = where == NamePlace::Query ? parameterKind(text, name.span.start, region.start) : "field";
    if (name.spaced && isCall(text, value))
        return at + 1;
    Span whole = value;
    if (const Span line = cmdValue(text, start, name, region.start); line.length > value.length)
        whole = line;
    if (is.verdict == NameVerdict::Authorization && quoteAt(text, start).isNull())
        whole = valueAfterColon(text, start, name, is).span;
    return maskValue(layer, whole, {is, kind, word}) ? whole.end() : at + 1;
}

qsizetype scanColon(Layer &layer, qsizetype at, const Span &region)
{
    const QByteArrayView text = layer.text().first(region.end());
    const QByteArrayView rest = text.sliced(at + 1);
    if (rest.startsWith("//") || rest.startsWith("\\/\\/")) {
        const qsizetype start = at + (rest[0] == '/' ? 3 : 5);
        maskUserInfo(layer, at, start, text);
        return start;
    }
    if (rest.startsWith(':') || (at > region.start && text[at - 1] == ':'))
        return at + 1;
    const NameBefore name = nameBefore(text, at, region.start);
    // A declaration in GraphQL: query($token: String!).
    if (name.isNull() || name.before == '$')
        return at + 1;
    const QByteArrayView word = layer.text(name.span);
    // The head and the value are left to the other scanners too.
    if (equalsFolded(word, "content-disposition"))
        maskPart(layer, at, text);
    const bool header = name.lineStart || !name.opening.isNull() || name.before == '[';
    const NameClass &is = layer.book().names.classify(word, header ? NamePlace::Header : NamePlace::Field);
    if (is.isHarmless())
        return at + 1;
    const qsizetype start = skipBlanks(text, at + 1);
    const FieldValue value = valueAfterColon(text, start, name, is);
    const NamedPlace place{is, header ? "header" : "field", word};
    if (value.span.length == 0 || QByteArrayView("{[(|>").contains(text[start]))
        return at + 1;
    if (value.inProse && !isSecretInProse(text, value.span, name, region.start)) {
        if (is.verdict == NameVerdict::Secret && !isStandIn(layer.text(value.span)))
            layer.doubt(value.span, "a word in a sentence, it seems", place.kind, place.name);
        return at + 1;
    }
    return maskValue(layer, value.span, place) ? value.span.end() : at + 1;
}

qsizetype scanOption(Layer &layer, qsizetype at, const Span &region)
{
    const QByteArrayView text = layer.text().first(region.end());
    constexpr qsizetype longest = 60;
    qsizetype end = at + 2;
    while (end < text.size() && end - at < longest && (isAlnum(text[end]) || text[end] == '-' || text[end] == '_'))
        ++end;
    const Span name{at + 2, end - at - 2};
    if (name.length == 0 || end >= text.size() || !isBlank(text[end]))
        return at + 2;
    const NameClass &is = layer.book().names.classify(layer.text(name), NamePlace::Field);
    const qsizetype start = skipBlanks(text, end);
    if (is.isHarmless() || start >= text.size() || text[start] == '-' ||
        readsLikeMessage(layer.text(lineFrom(text.first(std::min(text.size(), start + 200)), start))))
        return at + 2;
    const Span value = valueAt(text, start, false);
    const QByteArrayView word = layer.text(value);
    const bool metaVariable =
        std::all_of(word.begin(), word.end(), [](char c) { return c == '_' || (c >= 'A' && c <= 'Z'); });
    if (metaVariable)
        return at + 2;
    return maskNamed(layer, value, {is, "option", layer.text(name)}) ? value.end() : at + 2;
}

} // namespace errata
