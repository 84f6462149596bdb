#include "models/base/xmlindent.h"

#include <algorithm>
#include <vector>

namespace errata {

namespace {

constexpr qsizetype DeepestIndent = 64;

enum class Piece { Text, Open, Close, Alone };

/// Behind the markup at \a from: comments, CDATA and instructions by their own ends, tags by a '>' outside quotes.
qsizetype behindMarkup(QByteArrayView xml, qsizetype from)
{
    const auto behind = [&](const char *end, qsizetype length) {
        const qsizetype found = xml.indexOf(QByteArrayView(end, length), from);
        return found < 0 ? xml.size() : found + length;
    };
    const QByteArrayView rest = xml.sliced(from);
    if (rest.startsWith("<!--"))
        return behind("-->", 3);
    if (rest.startsWith("<![CDATA["))
        return behind("]]>", 3);
    if (rest.startsWith("<?"))
        return behind("?>", 2);
    char quote = 0;
    for (qsizetype at = from; at < xml.size(); ++at) {
        const char c = xml[at];
        if (quote != 0)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return at + 1;
    }
    return xml.size();
}

Piece kindOf(QByteArrayView markup)
{
    if (markup.startsWith("<![CDATA["))
        return Piece::Text;
    if (markup.startsWith("</"))
        return Piece::Close;
    return markup.startsWith("<!") || markup.startsWith("<?") || markup.endsWith("/>") ? Piece::Alone : Piece::Open;
}

bool isBlank(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
}

} // namespace

QByteArray indentedXml(const QByteArray &xml)
{
    QByteArray out;
    out.reserve(xml.size() + xml.size() / 2);
    std::vector<bool> hasText{false}; // of each open element, the document first
    Piece before = Piece::Alone;
    QByteArrayView gap;
    for (qsizetype at = 0; at < xml.size();) {
        const bool isMarkup = xml[at] == '<';
        qsizetype end = isMarkup ? behindMarkup(xml, at) : xml.indexOf('<', at);
        end = end < 0 ? xml.size() : end;
        const QByteArrayView piece = QByteArrayView(xml).sliced(at, end - at);
        at = end;
        if (!isMarkup && isBlank(piece)) {
            gap = piece; // kept where it turns out to stand beside text
            continue;
        }
        const Piece kind = isMarkup ? kindOf(piece) : Piece::Text;
        const bool mixed = hasText.back();
        if (kind == Piece::Text)
            hasText.back() = true;
        if (kind == Piece::Close && hasText.size() > 1)
            hasText.pop_back();
        const bool emptyElement = before == Piece::Open && kind == Piece::Close;
        if (mixed || kind == Piece::Text || emptyElement || out.isEmpty()) {
            out += gap;
        } else {
            out += '\n';
            out.append(2 * std::min(static_cast<qsizetype>(hasText.size()) - 1, DeepestIndent), ' ');
        }
        gap = {};
        out += piece;
        if (kind == Piece::Open)
            hasText.push_back(false);
        before = kind;
    }
    return out;
}

} // namespace errata
