#include "models/redact/scan.h"
#include "models/redact/wording.h"

#include <algorithm>

namespace errata {

namespace {

/// Words of a shell's command line, good enough to find options: quotes of POSIX shells and of cmd. Line ends separate
/// words, also within quotes: where a quote is lost, the options after it are still found.
class ShellWords
{
public:
    ShellWords(QByteArrayView text, qsizetype at) : m_text(text), m_at(at) {}

    /// The next word with its quotes; null at the end of the text.
    Span next()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
        const qsizetype start = m_at;
        while (m_at < m_text.size() && !isSpace(m_text[m_at]))
            step();
        return m_at > start ? Span{start, m_at - start} : Span();
    }

private:
    void step()
    {
        const QuoteMark quote = quoteAt(m_text, m_at);
        if (quote.isNull() || quote.bytes.back() == '`') {
            ++m_at;
            return;
        }
        const qsizetype inside = m_at + quote.bytes.size();
        const qsizetype end = m_text.indexOf(quote.bytes, inside);
        const bool onThisLine = end >= 0 && !m_text.sliced(inside, end - inside).contains('\n');
        m_at = onThisLine ? end + quote.bytes.size() : lineFrom(m_text, inside).end();
    }

    QByteArrayView m_text;
    qsizetype m_at;
};

enum class OptionValue { None, UserPassword, Secret, Cookies };

struct CurlOption
{
    QByteArrayView name;
    OptionValue value;
};

constexpr CurlOption curlOptions[] = {
    {"-u", OptionValue::UserPassword},
    {"--user", OptionValue::UserPassword},
    {"-U", OptionValue::UserPassword},
    {"--proxy-user", OptionValue::UserPassword},
    {"-E", OptionValue::UserPassword},
    {"--cert", OptionValue::UserPassword},
    {"--proxy-cert", OptionValue::UserPassword},
    {"--oauth2-bearer", OptionValue::Secret},
    {"--pass", OptionValue::Secret},
    {"--proxy-pass", OptionValue::Secret},
    {"--tlspassword", OptionValue::Secret},
    {"--proxy-tlspassword", OptionValue::Secret},
    {"-b", OptionValue::Cookies},
    {"--cookie", OptionValue::Cookies},
};

/// The word without the quotes around it.
Span unquoted(QByteArrayView text, const Span &word)
{
    Span inner = word;
    if (inner.length > 2 && text[inner.start] == '$' && text[inner.start + 1] == '\'')
        inner = {inner.start + 1, inner.length - 1};
    const QuoteMark quote = quoteAt(text, inner.start);
    const qsizetype size = quote.bytes.size();
    if (!quote.isNull() && inner.length >= 2 * size && text.first(inner.end()).endsWith(quote.bytes))
        return {inner.start + size, inner.length - 2 * size};
    return inner;
}

void maskUserPassword(Layer &layer, const Span &value, QByteArrayView option)
{
    const NameClass secret{NameVerdict::Secret, "password", {}};
    const NamedPlace place{secret, "curl", option};
    const qsizetype colon = layer.text(value).indexOf(':');
    const Span user{value.start, colon < 0 ? value.length : colon};
    const bool bare = colon < 0 || colon + 1 == value.length;
    const bool isKey = layer.book().prefixes.match(layer.text(user)).has_value();
    if (isKey || looksRandom(layer.text(user), bare ? 10 : 16))
        static_cast<void>(maskNamed(layer, user, place));
    if (!bare)
        static_cast<void>(maskNamed(layer, {value.start + colon + 1, value.length - colon - 1}, place));
}

void maskOption(Layer &layer, const CurlOption &option, const Span &value)
{
    const NameClass secret{NameVerdict::Secret, "bearer-token", {}};
    const NameClass cookies{NameVerdict::Cookies, "cookie", {}};
    switch (option.value) {
    case OptionValue::None:
        return;
    case OptionValue::UserPassword:
        return maskUserPassword(layer, value, option.name);
    case OptionValue::Secret:
        static_cast<void>(maskNamed(layer, value, {secret, "curl", option.name}));
        return;
    case OptionValue::Cookies:
        if (layer.text(value).contains('='))
            static_cast<void>(maskNamed(layer, value, {cookies, "curl", option.name}));
        return;
    }
}

} // namespace

void scanCurl(Layer &layer, qsizetype at, const Span &region)
{
    const QByteArrayView text = layer.text().first(region.end());
    ShellWords words(text, text.indexOf(' ', at));
    for (Span word = words.next(); !word.isNull() && layer.text(word) != "curl"; word = words.next()) {
        const QByteArrayView written = layer.text(word);
        if (!written.startsWith('-'))
            continue;
        for (const CurlOption &option : curlOptions) {
            const bool isShort = option.name.size() == 2;
            if (written == option.name) {
                const Span value = words.next();
                if (!value.isNull())
                    maskOption(layer, option, unquoted(text, value));
                break;
            }
            // "-uname:password" and "--user=name:password".
            const bool attached = written.startsWith(option.name) && (isShort || written[option.name.size()] == '=');
            if (attached) {
                const qsizetype skip = option.name.size() + (isShort ? 0 : 1);
                maskOption(layer, option, unquoted(text, {word.start + skip, word.length - skip}));
                break;
            }
        }
    }
}

} // namespace errata
