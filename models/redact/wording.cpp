#include "models/redact/wording.h"

#include "models/redact/secretvalues.h"

#include <algorithm>

namespace errata {

namespace {

constexpr qsizetype longestName = 80;

bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

bool isEscape(char c)
{
    return c == '\\' || c == '^';
}

bool isNameChar(char c)
{
    return isAlnum(c) || QByteArrayView("_-.[]%$").contains(c);
}

/// "> ", "< ", "* ", "- ", "| ", indentation.
bool startsLine(QByteArrayView text, qsizetype at, qsizetype from)
{
    constexpr qsizetype longestMark = 40;
    for (qsizetype i = at - 1; i >= std::max(from, at - longestMark); --i) {
        if (text[i] == '\n' || text[i] == '\r')
            return true;
        if (!isBlank(text[i]) && !QByteArrayView("<>*-+|#").contains(text[i]))
            return false;
    }
    return at - longestMark <= from;
}

QuoteMark markEndingAt(QByteArrayView text, qsizetype end, qsizetype from)
{
    if (end <= from || !isQuote(text[end - 1]))
        return {};
    qsizetype start = end - 1;
    while (start > from && isEscape(text[start - 1]))
        --start;
    return {text.sliced(start, end - start)};
}

/// Where a list of values goes on: "a=1, b=2", "a=1;b=2".
bool endsValue(QByteArrayView text, qsizetype at)
{
    qsizetype next = at + 1;
    if (next >= text.size() || isSpace(text[next]))
        return true;
    const qsizetype name = next;
    while (next < text.size() && next - name < longestName &&
           (isAlnum(text[next]) || text[next] == '_' || text[next] == '-' || text[next] == '.'))
        ++next;
    return next > name && next < text.size() && (text[next] == '=' || text[next] == ':');
}

/// Whether the last character belongs to what stands around the value: a bracket that it did not open, a full stop.
bool closes(QByteArrayView value, char next)
{
    switch (value.back()) {
    case ')':
        return !value.contains('(');
    case ']':
        return !value.contains('[');
    case '}':
        return !value.contains('{');
    case '^':
        return next == '&';
    default:
        return QByteArrayView(",;:.").contains(value.back());
    }
}

} // namespace

NameBefore nameBefore(QByteArrayView text, qsizetype at, qsizetype from)
{
    const qsizetype floor = std::max(from, at - longestName);
    NameBefore name;
    qsizetype end = at;
    while (end > floor && isBlank(text[end - 1]))
        --end;
    name.spaced = end < at;
    const QuoteMark closing = markEndingAt(text, end, floor);
    if (!closing.isNull()) {
        end -= closing.bytes.size();
        name.quoted = true;
    }
    qsizetype start = end;
    while (start > floor && isNameChar(text[start - 1]))
        --start;
    while (start < end && QByteArrayView("-.$[").contains(text[start]))
        ++start;
    // The letter of an escape is no part of the name: "\ntoken=...".
    if (start > floor && text[start - 1] == '\\' && start + 1 < end && QByteArrayView("nrt").contains(text[start]))
        ++start;
    if (start >= end)
        return {};
    name.span = {start, end - start};
    name.before = start > from ? text[start - 1] : '\0';
    if (name.quoted && (name.before != closing.bytes.back()))
        return {};
    name.opening = name.quoted ? QuoteMark() : markEndingAt(text, start, floor);
    name.lineStart = !name.quoted && startsLine(text, start, from);
    return name;
}

QuoteMark quoteAt(QByteArrayView text, qsizetype at)
{
    qsizetype end = at;
    while (end < text.size() && isEscape(text[end]))
        ++end;
    if (end >= text.size() || !isQuote(text[end]))
        return {};
    return {text.sliced(at, end + 1 - at)};
}

Span quotedFrom(QByteArrayView text, qsizetype start, const QuoteMark &quote)
{
    for (qsizetype at = text.indexOf(quote.bytes, start); at >= 0; at = text.indexOf(quote.bytes, at + 1)) {
        if (text.sliced(start, at - start).contains('\n'))
            break;
        qsizetype escapes = 0;
        while (at - escapes > start && isEscape(text[at - escapes - 1]))
            ++escapes;
        if (escapes % 2 == 0 || quote.bytes == "'")
            return {start, at - start};
    }
    return lineFrom(text, start);
}

Span bareFrom(QByteArrayView text, qsizetype start, bool query)
{
    qsizetype end = start;
    for (; end < text.size(); ++end) {
        const char c = text[end];
        if (isSpace(c) || c == '<' || c == '>' || c == '&' || (query && c == '#'))
            break;
        if ((c == ',' || c == ';') && endsValue(text, end))
            break;
        const bool last = end + 1 >= text.size() || !isAlnum(text[end + 1]);
        if (isQuote(c) && (last || c != '\''))
            break;
        if (isEscape(c) && end + 1 < text.size() && (isQuote(text[end + 1]) || isEscape(text[end + 1])))
            break;
    }
    while (end > start && closes(text.sliced(start, end - start), end < text.size() ? text[end] : '\0'))
        --end;
    return {start, end - start};
}

Span cookiesFrom(QByteArrayView text, qsizetype start)
{
    qsizetype end = start;
    for (qsizetype at = start; at < text.size();) {
        const qsizetype name = at;
        while (at < text.size() && !isSpace(text[at]) && !QByteArrayView("=;,\"'").contains(text[at]))
            ++at;
        if (at == name || at >= text.size() || text[at] != '=')
            break;
        ++at;
        while (at < text.size() && !isSpace(text[at]) && !QByteArrayView(";,]}'").contains(text[at]))
            ++at;
        end = at;
        if (at >= text.size() || text[at] != ';')
            break;
        ++at;
        while (at < text.size() && isBlank(text[at]))
            ++at;
    }
    return {start, end - start};
}

Span lineFrom(QByteArrayView text, qsizetype start)
{
    qsizetype end = text.indexOf('\n', start);
    if (end < 0)
        end = text.size();
    while (end > start && isSpace(text[end - 1]))
        --end;
    return {start, end - start};
}

} // namespace errata
