#include "models/http/curlurl.h"

#include "models/base/bytes.h"

#include <QByteArrayList>
#include <QByteArrayView>

#include <algorithm>
#include <optional>

namespace errata {

namespace {

constexpr qint64 mostAddresses = 1'000'000'000;

/// What a set or range begins with and how many it holds; end is behind its bracket.
struct Pattern
{
    QByteArray first;
    qint64 count = 1;
    qsizetype end = 0;
};

/// "{a,b}" at \a at.
std::optional<Pattern> setAt(const QByteArray &url, qsizetype at)
{
    Pattern pattern;
    for (qsizetype i = at + 1; i < url.size(); ++i) {
        const char c = url[i];
        if (c == '{' || c == '[' || c == ']')
            return {};
        if (c == '}') {
            pattern.end = i + 1;
            return i == at + 1 ? std::nullopt : std::optional(pattern);
        }
        const bool escapes = c == '\\' && i + 1 < url.size();
        i += escapes ? 1 : 0;
        if (c == ',')
            ++pattern.count;
        else if (pattern.count == 1)
            pattern.first += url[i];
    }
    return {};
}

/// "1-3", "01-10:2", "a-z": how many, nothing for what is no range.
std::optional<qint64> countOf(const QByteArray &range)
{
    const qsizetype dash = range.indexOf('-');
    const qsizetype colon = range.indexOf(':');
    const QByteArray from = range.left(dash);
    const QByteArray to = range.mid(dash + 1, colon < 0 ? -1 : colon - dash - 1);
    const qint64 step = colon < 0 ? 1 : range.mid(colon + 1).toLongLong();
    if (dash < 1 || to.isEmpty() || step < 1)
        return {};
    const bool isNumbers = std::all_of(from.begin(), from.end(), isDigit) && std::all_of(to.begin(), to.end(), isDigit);
    const bool isLetters = from.size() == 1 && to.size() == 1 && isLetter(from[0]) && isLetter(to[0]);
    if ((!isNumbers && !isLetters) || from.size() > 18 || to.size() > 18)
        return {};
    const qint64 span = isNumbers ? to.toLongLong() - from.toLongLong() : to[0] - from[0];
    return span < 0 ? std::nullopt : std::optional(span / step + 1);
}

std::optional<Pattern> rangeAt(const QByteArray &url, qsizetype at)
{
    const qsizetype end = url.indexOf(']', at);
    if (end < 0)
        return {};
    const QByteArray range = url.mid(at + 1, end - at - 1);
    const auto count = countOf(range);
    return count ? std::optional(Pattern{range.left(range.indexOf('-')), *count, end + 1}) : std::nullopt;
}

/// Brackets that curl leaves alone: "[]", and around an IPv6 address.
qsizetype literalBrackets(const QByteArray &url, qsizetype at)
{
    const qsizetype end = url.indexOf(']', at);
    const QByteArray inside = end < 0 ? QByteArray() : url.mid(at + 1, end - at - 1);
    const bool isAddress = inside.count(':') > 1 && at >= 2 && (url[at - 1] == '/' || url[at - 1] == '@');
    return end == at + 1 || isAddress ? end + 1 : -1;
}

/// Where the path begins, and where it ends.
struct PathSpan
{
    qsizetype start = 0;
    qsizetype end = 0;
};

PathSpan pathOf(const QByteArray &url)
{
    const auto from = [&url](qsizetype at, const char *ends) {
        const auto *found =
            std::find_if(url.begin() + at, url.end(), [ends](char c) { return QByteArrayView(ends).contains(c); });
        return found - url.begin();
    };
    const qsizetype scheme = url.indexOf("://");
    const qsizetype start = from(scheme < 0 ? 0 : scheme + 3, "/?#");
    return {start, from(start, "?#")};
}

QByteArray withoutDots(const QByteArray &path)
{
    const QByteArrayList segments = path.split('/');
    QByteArrayList kept;
    for (qsizetype i = 0; i < segments.size(); ++i) {
        const bool isLast = i + 1 == segments.size();
        const bool isDots = segments[i] == "." || segments[i] == "..";
        if (segments[i] == ".." && kept.size() > 1)
            kept.removeLast();
        if (!isDots)
            kept << segments[i];
        else if (isLast)
            kept << QByteArray(); // a folder stays one
    }
    return kept.join('/');
}

QByteArray asciiPath(const QByteArray &path)
{
    QByteArray result;
    result.reserve(path.size());
    for (const char c : path) {
        if (static_cast<unsigned char>(c) < 0x80)
            result += c;
        else
            result += '%' + QByteArray(1, c).toHex();
    }
    return result;
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

QByteArray lowerCaseEscapes(QByteArray text)
{
    for (qsizetype i = 0; i + 2 < text.size(); ++i) {
        if (text[i] == '%' && isHexDigit(text[i + 1]) && isHexDigit(text[i + 2]))
            text.replace(i + 1, 2, text.mid(i + 1, 2).toLower());
    }
    return text;
}

} // namespace

CurlAddresses curlAddresses(const QByteArray &url)
{
    CurlAddresses result;
    const CurlAddresses asItStands{url, 1};
    for (qsizetype i = 0; i < url.size();) {
        const char c = url[i];
        const bool escapes = c == '\\' && i + 1 < url.size() && QByteArrayView("{}[]").contains(url[i + 1]);
        const qsizetype literalEnd = c == '[' ? literalBrackets(url, i) : -1;
        if (escapes || !QByteArrayView("{}[]").contains(c)) {
            result.first += url[escapes ? i + 1 : i];
            i += escapes ? 2 : 1;
            continue;
        }
        if (literalEnd > 0) {
            result.first += url.mid(i, literalEnd - i);
            i = literalEnd;
            continue;
        }
        const auto pattern = c == '{' ? setAt(url, i) : c == '[' ? rangeAt(url, i) : std::nullopt;
        if (!pattern || pattern->count > mostAddresses / result.count)
            return asItStands;
        result.first += pattern->first;
        result.count *= pattern->count;
        i = pattern->end;
    }
    return result;
}

QByteArray curlPathOf(const QByteArray &url, bool asIs)
{
    const auto [start, end] = pathOf(url);
    const QByteArray path = url.mid(start, end - start);
    return url.left(start) + asciiPath(asIs ? path : withoutDots(path)) + url.mid(end);
}

QByteArray withCurlQuery(QByteArray url, const QByteArray &query)
{
    if (query.isEmpty())
        return url;
    const qsizetype hash = url.indexOf('#');
    const QByteArray fragment = hash < 0 ? QByteArray() : url.mid(hash);
    if (hash >= 0)
        url.truncate(hash);
    const bool hasQuery = url.contains('?');
    const bool needsJoin = !hasQuery || !(url.endsWith('?') || url.endsWith('&'));
    return url + (needsJoin ? (hasQuery ? "&" : "?") : "") + lowerCaseEscapes(query) + fragment;
}

QByteArray withUploadName(const QByteArray &url, const QByteArray &file)
{
    const auto [start, end] = pathOf(url);
    const QByteArray path = url.mid(start, end - start);
    if (!path.isEmpty() && !path.endsWith('/'))
        return url;
    const QByteArray name = file.mid(file.lastIndexOf('/') + 1).toPercentEncoding();
    return url.left(start) + (path.isEmpty() ? "/" : path) + name + url.mid(end);
}

} // namespace errata
