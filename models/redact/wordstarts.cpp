#include "models/redact/wordstarts.h"

#include "models/redact/scan.h"

namespace errata {

namespace {

WordStarts builtIn()
{
    WordStarts starts;
    KeyPrefixes::addStarts(starts);
    addCommandStarts(starts);
    addCueStarts(starts);
    starts.add("REDACTED-", WordStarts::Placeholder);
    starts.add("eyJ", WordStarts::WebToken);
    starts.addFolded("bearer", WordStarts::Scheme);
    starts.addFolded("basic", WordStarts::Scheme);
    return starts;
}

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

} // namespace

WordStarts::WordStarts(const RedactionRules &rules)
{
    static const WordStarts shared = builtIn();
    *this = shared;
    for (const QByteArray &prefix : rules.prefixes)
        add({prefix.constData(), static_cast<std::size_t>(prefix.size())}, Key);
}

void WordStarts::add(std::string_view word, Kind kind)
{
    if (word.size() >= 2)
        m_kinds[index(word[0], word[1])] |= kind;
}

void WordStarts::addFolded(std::string_view word, Kind kind)
{
    for (const char first : {word[0], upper(word[0])}) {
        for (const char second : {word[1], upper(word[1])})
            m_kinds[index(first, second)] |= kind;
    }
}

} // namespace errata
