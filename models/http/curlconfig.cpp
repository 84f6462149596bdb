#include "models/http/curlconfig.h"

#include "models/http/curloptions.h"

#include <QByteArrayList>
#include <QByteArrayView>

#include <algorithm>
#include <optional>

namespace errata {

namespace {

bool endsWord(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

char unescaped(char c)
{
    switch (c) {
    case 't':
        return '\t';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 'v':
        return '\v';
    default:
        return c;
    }
}

QByteArray valueOf(QByteArrayView text)
{
    if (!text.startsWith('"'))
        return text.first(std::find_if(text.begin(), text.end(), endsWord) - text.begin()).toByteArray();
    QByteArray value;
    for (qsizetype i = 1; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] == '\\' && i + 1 < text.size())
            value += unescaped(text[++i]);
        else
            value += text[i];
    }
    return value;
}

const CurlOption *optionOf(const QByteArray &word)
{
    return word.startsWith("--") ? curlOption(QByteArrayView(word).sliced(2)) : curlOption(word.back());
}

void addLine(QByteArrayView line, std::vector<QByteArray> &words)
{
    const bool isDashed = line.startsWith('-');
    const auto endsName = [isDashed](char c) { return endsWord(c) || (!isDashed && (c == '=' || c == ':')); };
    const auto *nameEnd = std::find_if(line.begin(), line.end(), endsName);
    const QByteArray name = line.first(nameEnd - line.begin()).toByteArray();
    const auto *valueStart = std::find_if_not(nameEnd, line.end(), endsName);
    const QByteArrayView rest = line.sliced(valueStart - line.begin());
    if (name.isEmpty() || name == "-" || name == "--")
        return;
    words.push_back(isDashed ? name : "--" + name);
    const CurlOption *option = optionOf(words.back());
    // "-XPOST" has its value in the word.
    const bool isGlued = isDashed && !name.startsWith("--") && name.size() > 2 && rest.isEmpty();
    if (option && option->takesValue && !isGlued)
        words.push_back(valueOf(rest));
}

} // namespace

std::vector<QByteArray> curlConfigWords(const QByteArray &text)
{
    std::vector<QByteArray> words;
    const QList<QByteArray> lines = text.split('\n');
    for (const QByteArray &whole : lines) {
        const QByteArrayView line = QByteArrayView(whole).trimmed();
        if (!line.isEmpty() && !QByteArrayView("#/*").contains(line.front()))
            addLine(line, words);
    }
    return words;
}

} // namespace errata
