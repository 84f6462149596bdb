#include "models/http/curlstart.h"

#include "models/base/bytes.h"
#include "models/http/curlreader.h"

#include <algorithm>
#include <iterator>

namespace errata {

namespace {

qsizetype wordEnd(QByteArrayView text)
{
    return std::find_if(text.begin(), text.end(), isSpace) - text.begin();
}

bool isAssignment(QByteArrayView word)
{
    const qsizetype equals = word.indexOf('=');
    return equals > 0 && std::all_of(word.begin(), word.begin() + equals, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
}

bool isPrompt(QByteArrayView word)
{
    constexpr QByteArrayView words[] = {"$", ">", "%", "#", "&", "PS", "sudo", "time", "!"};
    const bool isPath = word.endsWith('>') && (word.contains(":\\") || word.contains(":/"));
    const bool isUserAndHost = (word.endsWith('$') || word.endsWith('#') || word.endsWith('%')) && word.contains('@');
    return isPath || isUserAndHost ||
           std::any_of(std::begin(words), std::end(words), [word](QByteArrayView one) { return word == one; });
}

bool isCurl(QByteArrayView word)
{
    const qsizetype slash = std::max(word.lastIndexOf('/'), word.lastIndexOf('\\'));
    const QByteArrayView name = word.sliced(slash + 1);
    return name == "curl" || name.compare("curl.exe", Qt::CaseInsensitive) == 0;
}

bool looksLikeArgument(QByteArrayView word)
{
    while (!word.isEmpty() && QByteArrayView("'\"^").contains(word.front()))
        word = word.sliced(1);
    const auto isWordByte = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    if (word.size() > 1 && word[0] == '-' && (isWordByte(word[1]) || word[1] == '-'))
        return true;
    const qsizetype dot = word.indexOf('.');
    const bool isHost = dot > 0 && dot + 1 < word.size() && isWordByte(word[dot - 1]) && isWordByte(word[dot + 1]);
    return isHost || word.contains("://") || word.startsWith("localhost") || word == "\\";
}

} // namespace

qsizetype curlCommandStart(QByteArrayView text)
{
    constexpr int mostWords = 12;
    qsizetype at = text.startsWith(byteOrderMark) ? 3 : 0;
    for (int i = 0; i < mostWords; ++i) {
        while (at < text.size() && isSpace(text[at]))
            ++at;
        const QByteArrayView rest = text.sliced(at);
        const QByteArrayView word = rest.first(wordEnd(rest));
        if (isCurl(word))
            return at;
        if (!word.startsWith("```") && !isPrompt(word) && !isAssignment(word))
            return -1;
        at += word.size();
    }
    return -1;
}

bool looksLikeCurlCommand(QByteArrayView text)
{
    constexpr int enough = 40;
    const qsizetype start = curlCommandStart(text);
    if (start < 0)
        return false;
    QByteArrayView rest = text.sliced(start);
    rest = rest.sliced(wordEnd(rest));
    for (int i = 0; i < enough && !rest.isEmpty(); ++i) {
        const auto *word = std::find_if_not(rest.begin(), rest.end(), isSpace);
        rest = rest.sliced(word - rest.begin());
        const qsizetype end = wordEnd(rest);
        if (looksLikeArgument(rest.first(end)))
            return true;
        rest = rest.sliced(end);
    }
    return false;
}

} // namespace errata
