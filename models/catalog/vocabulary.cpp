#include "models/catalog/vocabulary.h"

#include "models/catalog/editdistance.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace errata {

namespace {

std::uint32_t letterBits(const QString &word)
{
    std::uint32_t bits = 0;
    for (const QChar c : word)
        bits |= 1U << (c.unicode() % 32U);
    return bits;
}

} // namespace

void Vocabulary::add(const QString &word, std::uint32_t entry, WordField field)
{
    const auto [it, isNew] = [this, &word] {
        const auto found = m_index.constFind(word);
        if (found != m_index.constEnd())
            return std::pair(found.value(), false);
        const std::size_t place = m_words.size();
        m_index.insert(word, place);
        return std::pair(place, true);
    }();
    if (isNew)
        m_words.push_back({word, letterBits(word), {}});
    std::vector<Posting> &postings = m_words[it].postings;
    // Entries come one after the other, so the last posting is the only one that can be this entry's.
    if (!postings.empty() && postings.back().entry == entry)
        postings.back().fields |= field;
    else
        postings.push_back({entry, static_cast<std::uint8_t>(field)});
}

void Vocabulary::finish()
{
    m_index = {};
    std::sort(m_words.begin(), m_words.end(), [](const Word &a, const Word &b) { return a.text < b.text; });
}

std::span<const Vocabulary::Word> Vocabulary::withPrefix(const QString &prefix) const
{
    const auto first = std::lower_bound(m_words.begin(), m_words.end(), prefix,
                                        [](const Word &word, const QString &text) { return word.text < text; });
    const auto last = std::partition_point(first, m_words.end(),
                                           [&prefix](const Word &word) { return word.text.startsWith(prefix); });
    return {first, last};
}

std::vector<const Vocabulary::Word *> Vocabulary::near(const QString &word) const
{
    const int limit = word.size() <= 5 ? 1 : 2;
    const std::uint32_t letters = letterBits(word);
    std::vector<const Word *> found;
    if (word.size() < 3)
        return found;
    for (const Word &candidate : m_words) {
        // An edit changes at most one letter of each word: two bits.
        if (std::abs(candidate.text.size() - word.size()) > limit ||
            std::popcount(candidate.letters ^ letters) > 2 * limit)
            continue;
        if (editDistance(word, candidate.text, limit) <= limit)
            found.push_back(&candidate);
    }
    return found;
}

} // namespace errata
