#include "models/http/logsentence.h"

#include "models/base/bytes.h"
#include "models/base/rawview.h"
#include "models/http/jsonintext.h"
#include "models/http/logfields.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace errata {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool contains(std::string_view bytes, char c)
{
    return bytes.find(c) != std::string_view::npos;
}

constexpr std::string_view statusPhrases[] = {
    "status code ",   "status code: ", "status code=", "status_code=", "statuscode=", "statuscode: ",
    "status: ",       "status=",       "status ",      "http ",        "returned ",   "responded with ",
    "response code ", "response: ",    "error: ",      "error ",       "got ",        "received ",
    "code=",          "code: ",        "status_code: "};

constexpr QByteArrayView statusReasons[] = {" Too Many", " Unauthorized",  " Forbidden",  " Not Found",
                                            " Bad ",     " Internal",      " Service Un", " Gateway",
                                            " Conflict", " Unprocessable", " Payment",    " Request Time",
                                            " Not Impl", " Precondition",  " Gone",       " Method Not"};

/// "status=", "HTTP/1.1 " and the like before the digits.
bool isToldBefore(QByteArrayView text)
{
    constexpr std::size_t longest = 16;
    constexpr std::size_t longestVersion = 10;
    if (text.isEmpty() || !contains(" =", text.back()))
        return false;
    std::array<char, longest> buffer{};
    const std::size_t length = std::min(static_cast<std::size_t>(text.size()), longest);
    std::transform(text.end() - length, text.end(), buffer.begin(), lower);
    const std::string_view before(buffer.data(), length);
    const char last = length > 1 ? before[length - 2] : '\0';
    const bool isPhrase =
        std::any_of(std::begin(statusPhrases), std::end(statusPhrases), [before, last](std::string_view phrase) {
            return phrase[phrase.size() - 2] == last && before.ends_with(phrase);
        });
    const std::size_t version = before.rfind("http/");
    return isPhrase ||
           (version != std::string_view::npos && length - version <= longestVersion && before.ends_with(' '));
}

bool isToldBehind(QByteArrayView text)
{
    return text.size() > 1 && text[0] == ' ' &&
           std::any_of(std::begin(statusReasons), std::end(statusReasons),
                       [text](QByteArrayView reason) { return reason[1] == text[1] && text.startsWith(reason); });
}

bool isNumberOfThree(QByteArrayView text, qsizetype at)
{
    const qsizetype behind = at + 3;
    return text[at] >= '1' && text[at] <= '5' && isDigit(text[at + 1]) && isDigit(text[at + 2]) &&
           (behind == text.size() || (!isDigit(text[behind]) && !isLetter(text[behind]))) &&
           (at == 0 || (!isDigit(text[at - 1]) && text[at - 1] != '.'));
}

/// Three digits in a row: where every third byte is looked at, none is missed.
std::optional<int> statusIn(QByteArrayView text)
{
    for (qsizetype last = 2; last < text.size();) {
        if (!isDigit(text[last])) {
            last += 3;
            continue;
        }
        const qsizetype at = last - 2;
        if (isNumberOfThree(text, at) && (isToldBefore(text.first(at)) || isToldBehind(text.sliced(at + 3))))
            return (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
        ++last;
    }
    return {};
}

/// Bytes that end a URL or path in a sentence.
constexpr std::array<bool, 256> endsUrl = [] {
    std::array<bool, 256> table{};
    std::fill(table.begin(), table.begin() + ' ' + 1, true);
    for (const char c : std::string_view("\"'<>(){}`,;"))
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

qsizetype wordEnd(QByteArrayView text, qsizetype from)
{
    const qsizetype start = from;
    while (from < text.size() && !endsUrl[static_cast<unsigned char>(text[from])])
        ++from;
    while (from > start && contains(".:]", text[from - 1]))
        --from;
    return from;
}

/// "GET" where \a end is behind it; empty where no method stands there.
QByteArrayView methodBefore(QByteArrayView text, qsizetype end)
{
    constexpr QByteArrayView methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
    qsizetype start = end;
    while (start > 0 && isLetter(text[start - 1]))
        --start;
    const QByteArrayView word = text.sliced(start, end - start);
    const bool isMethod =
        word.size() >= 3 && word.front() < 'a' &&
        std::any_of(std::begin(methods), std::end(methods), [word](QByteArrayView method) { return method == word; });
    return isMethod ? word : QByteArrayView();
}

/// Where the URL begins whose "//" stands at \a slashes; -1 where none does.
qsizetype urlStart(QByteArrayView text, qsizetype slashes)
{
    const QByteArrayView before = text.first(slashes);
    return before.endsWith("https:") ? slashes - 6 : before.endsWith("http:") ? slashes - 5 : -1;
}

/// "POST https://api.example.com/x", "GET /x": the first of them, or else the first "https://...", or else the first
/// "http://...". Each has a slash.
void findRequest(QByteArrayView text, LogRecord &record)
{
    qsizetype secure = -1;
    qsizetype plain = -1;
    for (qsizetype at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) {
        const bool isPath = at > 0 && text[at - 1] == ' ';
        const bool isUrl = !isPath && at + 1 < text.size() && text[at + 1] == '/';
        const qsizetype start = isPath ? at : isUrl ? urlStart(text, at) : -1;
        if (start < 0)
            continue;
        const QByteArrayView method =
            start > 0 && text[start - 1] == ' ' ? methodBefore(text, start - 1) : QByteArrayView();
        if (!method.isEmpty()) {
            record.method = rawView(method);
            record.url = rawView(text.sliced(start, wordEnd(text, start) - start));
            return;
        }
        if (!isUrl)
            continue;
        qsizetype &first = at - start == 6 ? secure : plain;
        first = first < 0 ? start : first;
        ++at;
    }
    const qsizetype start = secure >= 0 ? secure : plain;
    if (start >= 0)
        record.url = rawView(text.sliced(start, wordEnd(text, start) - start));
}

bool isWordByte(char c)
{
    return isLetter(c) || isDigit(c) || contains("_-@/", c);
}

/// "in 87ms", "(1.5 ms)"
std::optional<double> durationIn(QByteArrayView text)
{
    for (qsizetype at = text.indexOf('m'); at >= 0; at = text.indexOf('m', at + 1)) {
        if (at + 1 == text.size() || text[at + 1] != 's')
            continue;
        const qsizetype end = at > 0 && text[at - 1] == ' ' ? at - 1 : at;
        qsizetype start = end;
        while (start > 0 && (isDigit(text[start - 1]) || text[start - 1] == '.'))
            --start;
        const bool endsWord = at + 2 == text.size() || !isWordByte(text[at + 2]);
        if (start == end || !endsWord)
            continue;
        if (const auto duration = logfields::durationMs({}, text.sliced(start, end - start)))
            return duration;
    }
    return {};
}

/// The element that begins at \a start, its end by its own name; null when it is not closed.
Span xmlAt(QByteArrayView text, qsizetype start)
{
    qsizetype root = start;
    if (text.sliced(start).startsWith("<?xml"))
        root = text.indexOf('<', start + 1);
    if (root < 0)
        return {};
    qsizetype nameEnd = root + 1;
    while (nameEnd < text.size() && (isWordByte(text[nameEnd]) || contains(".:", text[nameEnd])))
        ++nameEnd;
    const QByteArray closing = "</" + text.sliced(root + 1, nameEnd - root - 1).toByteArray() + '>';
    const qsizetype end = text.lastIndexOf(closing);
    return end < root ? Span() : Span{start, end + closing.size() - start};
}

/// The longest JSON, an XML document, or JSON with a string's escapes.
Span bodyIn(QByteArrayView text, qsizetype offset)
{
    constexpr int enough = 16;
    const auto mayHold = [text](char c) { return text.indexOf(c) >= 0; };
    if (!mayHold('"') && !mayHold('<'))
        return {};
    const std::vector<Span> found = jsonIn(text, enough);
    const auto longest =
        std::max_element(found.begin(), found.end(), [](const Span &a, const Span &b) { return a.length < b.length; });
    if (longest != found.end())
        return {offset + longest->start, longest->length};
    for (const QByteArrayView opening : {QByteArrayView("<?xml"), QByteArrayView("<Error")}) {
        const qsizetype at = mayHold('<') ? text.indexOf(opening) : -1;
        const Span xml = at < 0 ? Span() : xmlAt(text, at);
        if (!xml.isNull())
            return {offset + xml.start, xml.length};
    }
    return logfields::embeddedIn(text, offset);
}

} // namespace

void searchText(QByteArrayView text, qsizetype offset, LogRecord &record)
{
    if (record.body.isNull())
        record.body = bodyIn(text, offset);
    // What the body says is the decoder's matter.
    const QByteArrayView sentence =
        record.body.isNull() ? text : text.first(std::min(record.body.start - offset, text.size()));
    if (!record.status)
        record.status = statusIn(sentence);
    if (record.url.isEmpty())
        findRequest(sentence, record);
    if (!record.durationMs)
        record.durationMs = durationIn(sentence);
}

} // namespace errata
