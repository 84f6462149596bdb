#include "models/redact/scan.h"

#include <algorithm>
#include <array>

namespace errata {

namespace {

enum class Kind : std::uint8_t { Other, Word, Trigger };

constexpr std::array<Kind, 256> characterKinds = [] {
    std::array<Kind, 256> table{};
    for (std::size_t c = 0; c < 256; ++c) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        table[c] = word ? Kind::Word : Kind::Other;
    }
    for (const char c : {'{', '[', '<', ':', '=', '-', '\\', '%', '&', '(', '\n'})
        table[static_cast<unsigned char>(c)] = Kind::Trigger;
    return table;
}();

Kind kindOf(char c)
{
    return characterKinds[static_cast<unsigned char>(c)];
}

class TextScan
{
public:
    TextScan(Layer &layer, const Span &region)
        : m_layer(layer)
        , m_text(layer.text().first(region.end()))
        , m_region(region)
        , m_starts(layer.book().starts)
        , m_patternsFrom(region.start)
        , m_codedFrom(region.start)
    {
    }

    void run()
    {
        qsizetype at = m_region.start;
        const qsizetype end = m_text.size();
        const char *const text = m_text.data();
        while (at < end) {
            const Kind kind = kindOf(text[at]);
            if (kind == Kind::Other)
                ++at;
            else if (kind == Kind::Word)
                at = word(at);
            else
                at = trigger(at);
        }
        patterns(end);
    }

private:
    qsizetype word(qsizetype at)
    {
        const char *const text = m_text.data();
        const qsizetype end = m_text.size();
        if (const unsigned kinds = at + 3 < end ? m_starts.of(text[at], text[at + 1]) : 0) {
            const qsizetype next = knownWord(at, kinds);
            if (next > at)
                return next;
        }
        qsizetype stop = at;
        while (stop < end && kindOf(text[stop]) == Kind::Word)
            ++stop;
        return stop - at < 6 || startsInside(at) ? stop : std::max(stop, base64(at));
    }

    /// Base64 goes on across these; a run is looked at from its beginning.
    bool startsInside(qsizetype at) const
    {
        return at > m_region.start && (m_text[at - 1] == '+' || m_text[at - 1] == '/' || m_text[at - 1] == '-');
    }

    /// What the first letters hint at, in the order of what is surest. Gives \a at where it is none of it.
    qsizetype knownWord(qsizetype at, unsigned kinds)
    {
        const QByteArrayView rest = m_text.sliced(at);
        const qsizetype placeholder = kinds & WordStarts::Placeholder ? placeholderLength(rest) : 0;
        if (placeholder > 0)
            return at + placeholder;
        const bool dotted = at > m_region.start && m_text[at - 1] == '.';
        const qsizetype token = kinds & WordStarts::WebToken && !dotted ? webTokenLength(rest) : 0;
        if (token > 0) {
            m_layer.mask({at, token}, "jwt", "text");
            return at + token;
        }
        if (kinds & WordStarts::Key) {
            if (const auto match = m_layer.book().prefixes.match(rest)) {
                m_layer.mask({at, match->length}, match->type, "text");
                return at + match->length;
            }
        }
        if (kinds & WordStarts::Command) {
            if (const ShellCommand *const command = commandAt(rest))
                (goesOverLines(*command) ? m_command : m_lineCommand) = command;
        }
        qsizetype next = kinds & WordStarts::Scheme ? scanScheme(m_layer, at, m_region) : at;
        if (next == at && (kinds & WordStarts::Cue))
            next = scanCue(m_layer, at, m_region);
        return next;
    }

    qsizetype base64(qsizetype at)
    {
        if (!m_layer.mayGoDeeper())
            return at;
        const QByteArrayView rest = m_text.sliced(at);
        if (rest[0] == 'e' || rest[0] == 'H') {
            const qsizetype end = compressed(at);
            if (end > at)
                return end;
        }
        const auto run = base64Run(rest);
        if (!run)
            return at;
        m_layer.decode({at, run->length}, *run, [](Layer &inner) { scanText(inner, {0, inner.text().size()}); });
        return at + run->length;
    }

    qsizetype compressed(qsizetype at)
    {
        RedactionBook &book = m_layer.book();
        const auto run = compressedRun(m_text.sliced(at), book.unpackLeft);
        if (!run)
            return at;
        constexpr qsizetype longEnough = 40; // for a secret and what packing adds
        const Span raw{at, run->length};
        if (!run->text) {
            if (raw.length > longEnough)
                m_layer.doubt(raw, "compressed, not looked into", "base64", {});
            return raw.end();
        }
        book.unpackLeft -= run->text->size();
        m_layer.decodeCompressed(raw, *run->text, [](Layer &inner) { scanText(inner, {0, inner.text().size()}); });
        return raw.end();
    }

    qsizetype trigger(qsizetype at)
    {
        switch (m_text[at]) {
        case '{':
        case '[':
            return json(at);
        case '<':
            return scanTag(m_layer, at, m_region);
        case ':':
            return scanColon(m_layer, at, m_region);
        case '=':
            return scanEquals(m_layer, at, m_region);
        case '-':
            return dash(at);
        case '(':
            return scanCall(m_layer, at, m_region);
        case '\n':
            return lineEnd(at);
        case '%':
            return coded(at, Coding::Percent);
        case '&':
            return coded(at, Coding::Entities);
        default: // A letter behind a backslash is no part of the word that follows: "\nsk_live_...".
            return std::min(at + 2, m_text.size());
        }
    }

    qsizetype json(qsizetype at)
    {
        qsizetype next = at + 1;
        while (next < m_text.size() && isSpace(m_text[next]))
            ++next;
        const char c = next < m_text.size() ? m_text[next] : '\0';
        if (c != '"' && c != '{' && (c != '[' || m_text[at] != '['))
            return at + 1;
        patterns(at);
        m_patternsFrom = scanJson(m_layer, {at, m_text.size() - at});
        m_codedFrom = m_patternsFrom;
        return m_patternsFrom;
    }

    /// A command ends here unless the line goes on, or is a part of something masked: redacted, that has no line ends.
    qsizetype lineEnd(qsizetype at)
    {
        qsizetype last = at - 1;
        if (last >= m_region.start && m_text[last] == '\r')
            --last;
        const bool goesOn = last >= m_region.start && QByteArrayView("\\^`").contains(m_text[last]);
        if (!goesOn && !m_layer.isMasked(at))
            m_lineCommand = nullptr;
        return at + 1;
    }

    qsizetype dash(qsizetype at)
    {
        for (const ShellCommand *const command : {m_lineCommand, m_command}) {
            const qsizetype next = command ? scanCommandOption(m_layer, at, m_region, *command) : at;
            if (next > at)
                return next;
        }
        if (at + 2 >= m_text.size() || m_text[at + 1] != '-')
            return at + 1;
        return m_text[at + 2] == '-' ? scanPem(m_layer, at, m_region) : scanOption(m_layer, at, m_region);
    }

    static bool isCodedChar(char c, Coding coding)
    {
        if (coding == Coding::Percent)
            return isUnreserved(c) || QByteArrayView("%+/:@!$'()*,;").contains(c);
        return c != '"' && c != '<' && c != '>' && c != '\n';
    }

    /// Text with a separator in it that is percent-encoded or written as an entity: "%3D", "&quot;".
    bool separates(qsizetype at, Coding coding) const
    {
        const QByteArrayView rest = m_text.sliced(at);
        if (coding == Coding::Entities)
            return rest.startsWith("&quot;") || rest.startsWith("&#34;") || rest.startsWith("&#x22;");
        if (rest.size() < 3 || hexDigit(rest[1]) < 0 || hexDigit(rest[2]) < 0)
            return false;
        const int code = hexDigit(rest[1]) * 16 + hexDigit(rest[2]);
        return QByteArrayView("\"=:{?&@").contains(static_cast<char>(code)) || code == '%';
    }

    qsizetype coded(qsizetype at, Coding coding)
    {
        const qsizetype step = coding == Coding::Percent && at + 2 < m_text.size() && hexDigit(m_text[at + 1]) >= 0 &&
                                       hexDigit(m_text[at + 2]) >= 0
                                   ? 3
                                   : 1;
        if (!separates(at, coding) || !m_layer.mayGoDeeper())
            return at + step;
        qsizetype start = at;
        while (start > m_codedFrom && isCodedChar(m_text[start - 1], coding))
            --start;
        qsizetype end = at;
        while (end < m_text.size() && isCodedChar(m_text[end], coding))
            ++end;
        m_layer.decode({start, end - start}, coding, [](Layer &inner) { scanText(inner, {0, inner.text().size()}); });
        m_codedFrom = end;
        return end;
    }

    /// The user's patterns, line by line: a text of 100 MB is not turned into UTF-16 at once.
    void patterns(qsizetype end)
    {
        if (m_layer.book().patterns.empty())
            return;
        qsizetype at = m_patternsFrom;
        while (at < end) {
            const qsizetype newline = m_text.indexOf('\n', at);
            const qsizetype stop = newline < 0 ? end : std::min(end, newline + 1);
            for (const UserPattern &pattern : m_layer.book().patterns)
                matchLine({at, stop - at}, pattern);
            at = stop;
        }
    }

    void matchLine(const Span &line, const UserPattern &pattern)
    {
        const QByteArrayView bytes = m_layer.text(line);
        const bool utf8 = bytes.isValidUtf8();
        const QString text = utf8 ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes);
        qsizetype seen = 0; // in UTF-16
        qsizetype seenBytes = line.start;
        const auto offset = [&](qsizetype at) {
            const QStringView gap = QStringView(text).sliced(seen, at - seen);
            seenBytes += utf8 ? gap.toUtf8().size() : gap.size();
            seen = at;
            return seenBytes;
        };
        auto matches = pattern.expression.globalMatch(text);
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            const int group = match.lastCapturedIndex() > 0 && match.capturedLength(1) > 0 ? 1 : 0;
            // A look-behind may put a match's group before the end of the last one.
            if (match.capturedLength(group) == 0 || match.capturedStart(group) < seen)
                continue;
            const qsizetype start = offset(match.capturedStart(group));
            const Span span{start, offset(match.capturedEnd(group)) - start};
            if (!isMaskedAlready(m_layer.text(span)))
                m_layer.mask(span, pattern.name, "pattern", pattern.name);
        }
    }

    /// Nothing but placeholders and what stands around them.
    static bool isMaskedAlready(QByteArrayView text)
    {
        bool any = false;
        for (qsizetype at = 0; at < text.size();) {
            const qsizetype length = placeholderLength(text.sliced(at));
            if (length == 0 && isAlnum(text[at]))
                return false;
            any = any || length > 0;
            at += std::max<qsizetype>(length, 1);
        }
        return any;
    }

    Layer &m_layer;
    QByteArrayView m_text; ///< to the end of the region
    Span m_region;
    const WordStarts &m_starts;
    const ShellCommand *m_command = nullptr;     ///< its options may stand anywhere from here on
    const ShellCommand *m_lineCommand = nullptr; ///< ... on this line
    qsizetype m_patternsFrom;                    ///< the user's patterns have seen what is before
    qsizetype m_codedFrom;                       ///< encoded text has been decoded up to here
};

} // namespace

void scanText(Layer &layer, const Span &region)
{
    TextScan(layer, region).run();
}

} // namespace errata
