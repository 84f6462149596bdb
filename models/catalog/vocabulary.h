// The words of all entries, sorted, each with the entries it stands in.
#pragma once

#include <QHash>
#include <QString>

#include <cstdint>
#include <span>
#include <vector>

namespace errata {

/// Where a word stands in an entry; several can be set.
enum WordField : std::uint8_t {
    InCode = 1,
    InStatus = 2,
    InTitle = 4,
    InAlias = 8,
    InText = 16,
    WholeCode = 32, ///< the code without its separators: "ratelimitexceeded"
};

struct Posting
{
    std::uint32_t entry = 0;
    std::uint8_t fields = 0;
};

class Vocabulary
{
public:
    void add(const QString &word, std::uint32_t entry, WordField field);
    /// Sorts; nothing is added after it.
    void finish();

    struct Word
    {
        QString text;
        std::uint32_t letters = 0; ///< one bit a letter, to rule words out before measuring
        std::vector<Posting> postings;
    };
    /// All words that begin with \a prefix, the word itself first.
    [[nodiscard]] std::span<const Word> withPrefix(const QString &prefix) const;
    /// Words within a typo or two of \a word: one edit up to five letters, else two.
    [[nodiscard]] std::vector<const Word *> near(const QString &word) const;

private:
    QHash<QString, std::size_t> m_index; ///< only while adding
    std::vector<Word> m_words;
};

} // namespace errata
