#include "models/redact/scan.h"

#include <algorithm>

namespace errata {

namespace {

constexpr qsizetype longestTag = 4096;

/// An attribute's value, its quotes left out; null when the tag has none of that name.
Span attribute(QByteArrayView text, const Span &tag, std::initializer_list<const char *> names)
{
    qsizetype at = tag.start;
    while ((at = text.first(tag.end()).indexOf('=', at + 1)) >= 0) {
        qsizetype start = at;
        while (start > tag.start && !isSpace(text[start - 1]) && text[start - 1] != '<')
            --start;
        const QByteArrayView name = text.sliced(start, at - start);
        const char quote = at + 1 < tag.end() ? text[at + 1] : '\0';
        if (quote != '"' && quote != '\'')
            continue;
        const qsizetype end = text.first(tag.end()).indexOf(quote, at + 2);
        if (end < 0)
            return {};
        if (std::any_of(names.begin(), names.end(), [name](const char *n) { return equalsFolded(name, n); }))
            return {at + 2, end - at - 2};
        at = end;
    }
    return {};
}

/// A quote alone ends a string that the tag stands in: key="<key>".
bool isQuotesOnly(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return isSpace(c) || c == '"' || c == '\''; });
}

void maskMarkup(Layer &layer, const Span &value, const NamedPlace &place)
{
    if (isQuotesOnly(layer.text(value)))
        return;
    if (layer.text(value).contains('&'))
        static_cast<void>(maskNamed(layer, value, Coding::Entities, place));
    else
        static_cast<void>(maskNamed(layer, value, place));
}

/// The text behind \a at up to the next tag, CDATA marks left out.
Span elementText(QByteArrayView text, qsizetype at)
{
    static constexpr char open[] = "<![CDATA[";
    const Span front = trimmed(text, {at, text.size() - at});
    if (text.sliced(front.start).startsWith(open)) {
        const qsizetype start = front.start + qsizetype(sizeof open) - 1;
        const qsizetype end = text.indexOf("]]>", start);
        return end < 0 ? Span() : Span{start, end - start};
    }
    const qsizetype end = text.indexOf('<', at);
    return end < 0 ? Span() : Span{at, end - at};
}

/// "Token" of "ns:Token".
QByteArrayView localName(QByteArrayView name)
{
    return name.sliced(name.lastIndexOf(':') + 1);
}

/// <key>token</key><string>...</string>: the element after one that names it.
void maskNamedNeighbour(Layer &layer, const Span &name, QByteArrayView text)
{
    const NameClass &is = layer.book().names.classify(layer.text(name).trimmed(), NamePlace::Field);
    const qsizetype closed = is.isHarmless() ? -1 : text.indexOf('>', name.end());
    const qsizetype opened = closed < 0 ? -1 : text.indexOf('>', closed + 1);
    if (opened < 0 || opened - name.end() > 200)
        return;
    const Span value = elementText(text, opened + 1);
    if (!value.isNull())
        maskMarkup(layer, value, {is, "XML", layer.text(name).trimmed()});
}

} // namespace

qsizetype scanTag(Layer &layer, qsizetype at, const Span &region)
{
    const QByteArrayView text = layer.text().first(region.end());
    qsizetype nameEnd = at + 1;
    while (nameEnd < text.size() && (isAlnum(text[nameEnd]) || QByteArrayView("_-.:").contains(text[nameEnd])))
        ++nameEnd;
    if (nameEnd == at + 1 || nameEnd - at > 100)
        return at + 1;
    const qsizetype close = text.sliced(nameEnd, std::min(longestTag, text.size() - nameEnd)).indexOf('>');
    if (close < 0)
        return nameEnd;
    const qsizetype tagEnd = nameEnd + close;
    if (tagEnd > nameEnd && !isSpace(text[nameEnd]) && text[nameEnd] != '/')
        return nameEnd;
    // All of the tag is left to the other scanners too: attributes may hold anything.
    if (const Span named = attribute(text, {nameEnd, close}, {"name", "key", "id", "field"}); !named.isNull()) {
        const NameClass &is = layer.book().names.classify(layer.text(named), NamePlace::Field);
        const Span inTag = attribute(text, {nameEnd, close}, {"value", "content", "secret"});
        const bool hasText = inTag.isNull() && text[tagEnd - 1] != '/';
        const Span value = is.isHarmless() || !hasText ? inTag : elementText(text, tagEnd + 1);
        if (!value.isNull())
            maskMarkup(layer, value, {is, "XML", layer.text(named)});
        return nameEnd;
    }
    const QByteArrayView name = localName(text.sliced(at + 1, nameEnd - at - 1));
    const bool names = equalsFolded(name, "key") || equalsFolded(name, "name");
    const NameClass &is = layer.book().names.classify(name, NamePlace::Field);
    if ((is.isHarmless() && !names) || text[tagEnd - 1] == '/')
        return nameEnd;
    const Span value = elementText(text, tagEnd + 1);
    if (value.isNull() || value.length == 0)
        return nameEnd;
    maskMarkup(layer, value, {is, "XML", name});
    if (names)
        maskNamedNeighbour(layer, value, text);
    return nameEnd;
}

qsizetype scanPem(Layer &layer, qsizetype at, const Span &region)
{
    static constexpr char begin[] = "-----BEGIN ";
    static constexpr char mark[] = "-----";
    constexpr qsizetype markLength = sizeof mark - 1;
    constexpr qsizetype longestLabel = 60;
    const QByteArrayView text = layer.text().first(region.end());
    if (!text.sliced(at).startsWith(begin)) {
        while (at < text.size() && text[at] == '-' && !text.sliced(at).startsWith(begin))
            ++at;
        return at;
    }
    const qsizetype labelAt = at + qsizetype(sizeof begin) - 1;
    const QByteArrayView head = text.sliced(labelAt, std::min(longestLabel, text.size() - labelAt));
    const qsizetype labelLength = head.indexOf(mark);
    if (labelLength < 0)
        return labelAt;
    const QByteArrayView label = head.first(labelLength);
    const qsizetype start = labelAt + labelLength + markLength;
    if (!label.contains("PRIVATE KEY")) {
        layer.doubt({at, start - at}, "a PEM block that is no private key", "PEM", label);
        return start;
    }
    // Cut off: all that can still be of the key.
    qsizetype end = text.indexOf("-----END", start);
    if (end < 0) {
        end = start;
        while (end < text.size() &&
               (isAlnum(text[end]) || isSpace(text[end]) || QByteArrayView("+/=:,-\\").contains(text[end])))
            ++end;
    }
    // Line ends may be written as "\n" in one line.
    Span body = trimmed(text, {start, end - start});
    const auto startsEscaped = [&] {
        const QByteArrayView two = layer.text(body).first(std::min<qsizetype>(body.length, 2));
        return two == "\\n" || two == "\\r";
    };
    const auto endsEscaped = [&] { return layer.text(body).endsWith("\\n") || layer.text(body).endsWith("\\r"); };
    while (startsEscaped())
        body = {body.start + 2, body.length - 2};
    while (endsEscaped())
        body.length -= 2;
    QByteArray key = layer.text(body).toByteArray().replace("\\n", "").replace("\\r", "");
    key.removeIf([](char c) { return isSpace(c); });
    if (!isStandIn(key) && placeholderLength(layer.text(body)) == 0)
        layer.mask(body, "private-key", "PEM", label, key);
    return std::max(end, start);
}

} // namespace errata
