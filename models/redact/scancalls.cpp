#include "models/redact/scan.h"
#include "models/redact/wording.h"

#include <algorithm>

namespace errata {

namespace {

/// Whether what is called, or given a pair, is known by its name to take a user and a password: "auth=(",
/// "HTTPBasicAuth(", "SetBasicAuth(", "basic_auth(", "NetworkCredential(".
bool takesCredentials(QByteArrayView text, qsizetype at, qsizetype from)
{
    static constexpr const char *ends[] = {"auth", "passwordcredentials", "networkcredential",
                                           "passwordauthentication"};
    constexpr qsizetype longest = 60;
    qsizetype end = at;
    while (end > from && isBlank(text[end - 1]))
        --end;
    if (end > from && text[end - 1] == '=') {
        --end;
        while (end > from && isBlank(text[end - 1]))
            --end;
    }
    qsizetype start = end;
    while (start > std::max(from, end - longest) && (isAlnum(text[start - 1]) || text[start - 1] == '_'))
        --start;
    const QByteArrayView name = text.sliced(start, end - start);
    return std::any_of(std::begin(ends), std::end(ends), [name](const char *word) {
        const qsizetype size = qsizetype(qstrlen(word));
        return name.size() >= size && equalsFolded(name.last(size), word);
    });
}

qsizetype skipSpace(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && isSpace(text[at]))
        ++at;
    return at;
}

struct Literal
{
    Span inside;
    qsizetype end = -1; ///< behind the closing quote; -1: there is no literal
};

Literal literalAt(QByteArrayView text, qsizetype at)
{
    // Python's b'...' and u'...'.
    if (at + 1 < text.size() && QByteArrayView("bur").contains(text[at]))
        ++at;
    const QuoteMark quote = quoteAt(text, at);
    if (quote.isNull())
        return {};
    const Span inside = quotedFrom(text, at + quote.bytes.size(), quote);
    if (!text.sliced(inside.end()).startsWith(quote.bytes))
        return {};
    return {inside, inside.end() + quote.bytes.size()};
}

} // namespace

qsizetype scanCall(Layer &layer, qsizetype at, const Span &region)
{
    const QByteArrayView text = layer.text().first(region.end());
    if (!takesCredentials(text, at, region.start))
        return at + 1;
    const Literal user = literalAt(text, skipSpace(text, at + 1));
    const qsizetype comma = user.end < 0 ? -1 : skipSpace(text, user.end);
    if (comma < 0 || comma >= text.size() || text[comma] != ',')
        return at + 1;
    qsizetype next = skipSpace(text, comma + 1);
    // Rust's Option.
    if (text.sliced(next).startsWith("Some("))
        next += 5;
    const Literal password = literalAt(text, next);
    if (password.end < 0)
        return at + 1;
    maskCredentialPair(layer, user.inside, password.inside, {"call", "auth"});
    return password.end;
}

} // namespace errata
