#include "models/decode/prose.h"

#include "models/http/statuscodes.h"

#include <algorithm>

namespace errata {

namespace {

constexpr qsizetype proseLooked = 65'536;
constexpr std::size_t mostCodes = 20;

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool equalFolded(QByteArrayView text, QByteArrayView word)
{
    return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                      [](char a, char b) { return lowered(a) == lowered(b); });
}

std::optional<int> statusNumber(QByteArrayView word)
{
    if (word.size() != 3 || word[0] < '1' || word[0] > '5' || word[1] < '0' || word[1] > '9' || word[2] < '0' ||
        word[2] > '9')
        return std::nullopt;
    return (word[0] - '0') * 100 + (word[1] - '0') * 10 + (word[2] - '0');
}

/// Whether the words before a number call it a status, or those behind it are its phrase.
bool isCalledStatus(const std::vector<QByteArrayView> &before, QByteArrayView behind, int status)
{
    const auto is = [&before](std::size_t back, std::initializer_list<const char *> words) {
        if (before.size() < back)
            return false;
        const QByteArrayView own = before[before.size() - back];
        return std::any_of(words.begin(), words.end(), [own](const char *word) { return equalFolded(own, word); });
    };
    if (is(1, {"status", "http", "statuscode", "status_code", "http_status", "httpstatus"}))
        return true;
    if (is(1, {"code"}) && is(2, {"status", "response", "error", "http"}))
        return true;
    const StatusInfo *info = statusInfo(status);
    const QByteArray phrase = info ? QByteArray(info->phrase.data(), info->phrase.size()) : QByteArray();
    while (!behind.isEmpty() && (behind.front() == ' ' || behind.front() == ':' || behind.front() == '-'))
        behind = behind.sliced(1);
    // As Python's requests words it.
    if (behind.startsWith("Client Error") || behind.startsWith("Server Error"))
        return true;
    return !phrase.isEmpty() && behind.size() >= phrase.size() && equalFolded(behind.first(phrase.size()), phrase);
}

/// The first address in the text, without the punctuation behind it.
QByteArray urlIn(QByteArrayView text)
{
    const qsizetype secure = text.indexOf("https://");
    const qsizetype plain = text.indexOf("http://");
    const qsizetype start = secure < 0 || (plain >= 0 && plain < secure) ? plain : secure;
    if (start < 0)
        return {};
    qsizetype end = start;
    while (end < text.size() && !QByteArrayView(" \t\r\n\"'<>`{}|\\^").contains(text[end]))
        ++end;
    while (end > start && QByteArrayView(".,;:!?)]").contains(text[end - 1]))
        --end;
    return text.sliced(start, end - start).toByteArray();
}

} // namespace

ProseHints hintsIn(QByteArrayView text, qsizetype offset, const CatalogSet &catalogs)
{
    text = text.first(std::min(text.size(), proseLooked));
    ProseHints hints;
    hints.url = urlIn(text);
    std::vector<QByteArrayView> words; // the last two
    for (qsizetype start = 0; start < text.size();) {
        if (!isWordByte(text[start])) {
            ++start;
            continue;
        }
        qsizetype end = start;
        while (end < text.size() && isWordByte(text[end]))
            ++end;
        const QByteArrayView word = text.sliced(start, end - start);
        const Span where{offset + start, word.size()};
        const auto status = statusNumber(word);
        if (status && !hints.status && isCalledStatus(words, text.sliced(end), *status)) {
            hints.status = status;
            hints.statusSpan = where;
        }
        const bool likeCode = word.size() >= 6 && (word.contains('_') || word.contains('-'));
        if (likeCode && hints.codes.size() < mostCodes) {
            const QString code = QString::fromLatin1(word);
            if (!catalogs.exact(code).empty())
                hints.codes.push_back({code, where});
        }
        words.push_back(word);
        if (words.size() > 2)
            words.erase(words.begin());
        start = end;
    }
    return hints;
}

} // namespace errata
