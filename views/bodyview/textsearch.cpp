#include "views/bodyview/textsearch.h"

#include "views/bodyview/decodedtext.h"

#include <algorithm>
#include <array>

namespace errata {

namespace {

/// Between two looks at the flag: a millisecond in memory, ten where the bytes of a mapping come from a disk.
constexpr qsizetype Slice = 1'048'576;
constexpr qsizetype DecodedSlice = 262'144;

char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Boyer and Moore as simplified by Horspool (1980), over bytes folded to lower-case ASCII where wanted.
class ByteSearch
{
public:
    ByteSearch(const QByteArray &wanted, bool fold) : m_wanted(wanted), m_fold(fold)
    {
        if (fold)
            std::transform(m_wanted.begin(), m_wanted.end(), m_wanted.begin(), folded);
        m_skip.fill(m_wanted.size());
        for (qsizetype i = 0; i + 1 < m_wanted.size(); ++i)
            m_skip[static_cast<unsigned char>(m_wanted[i])] = m_wanted.size() - 1 - i;
        for (std::size_t c = 'A'; fold && c <= 'Z'; ++c)
            m_skip[c] = m_skip[c + ('a' - 'A')];
    }

    /// The next one that begins in [from, to); \a to when there is none.
    [[nodiscard]] qsizetype next(QByteArrayView bytes, qsizetype from, qsizetype to) const
    {
        const qsizetype length = m_wanted.size();
        const char last = m_wanted.back();
        for (qsizetype at = from; at < to && at + length <= bytes.size();) {
            const char c = bytes[at + length - 1];
            if ((m_fold ? folded(c) : c) == last && matches(bytes.sliced(at, length - 1)))
                return at;
            at += m_skip[static_cast<unsigned char>(c)];
        }
        return to;
    }

private:
    [[nodiscard]] bool matches(QByteArrayView bytes) const
    {
        return std::equal(bytes.begin(), bytes.end(), m_wanted.begin(),
                          [this](char a, char b) { return (m_fold ? folded(a) : a) == b; });
    }

    QByteArray m_wanted;
    bool m_fold;
    std::array<qsizetype, 256> m_skip{};
};

TextMatches findBytes(QByteArrayView bytes, const QByteArray &wanted, bool fold, const JobFlag &flag, std::size_t most)
{
    TextMatches matches;
    const ByteSearch search(wanted, fold);
    for (qsizetype from = 0; from < bytes.size() && !flag.isCancelled();) {
        const qsizetype to = std::min(from + Slice, bytes.size());
        for (qsizetype at = search.next(bytes, from, to); at < to; at = search.next(bytes, from, to)) {
            if (matches.spans.size() == most) {
                matches.more = true;
                return matches;
            }
            matches.spans.push_back({at, wanted.size()});
            from = at + wanted.size();
        }
        from = std::max(from, to);
    }
    return matches;
}

/// Letters beyond ASCII in either case: slices are made text, a little longer than their share so that no match is
/// cut in two.
TextMatches findFolded(QByteArrayView utf8, const QString &wanted, const JobFlag &flag, std::size_t most)
{
    TextMatches matches;
    const qsizetype overlap = wanted.size() * 4;
    for (qsizetype start = 0, from = 0; start < utf8.size() && !flag.isCancelled();) {
        const qsizetype next =
            start + DecodedSlice < utf8.size() ? characterStart(utf8, start + DecodedSlice) : utf8.size();
        const DecodedText slice = decodeExactly(utf8.sliced(start, std::min(next + overlap, utf8.size()) - start));
        qsizetype unit = slice.unitOf(std::max<qsizetype>(from - start, 0));
        while ((unit = slice.text.indexOf(wanted, unit, Qt::CaseInsensitive)) >= 0) {
            const qsizetype at = start + slice.offsets[std::size_t(unit)];
            unit += wanted.size();
            const qsizetype end = start + slice.offsets[std::size_t(unit)];
            if (at >= next)
                break;
            if (matches.spans.size() == most) {
                matches.more = true;
                return matches;
            }
            matches.spans.push_back({at, end - at});
            from = end;
        }
        start = next;
    }
    return matches;
}

} // namespace

TextMatches findText(QByteArrayView utf8, const QString &wanted, Qt::CaseSensitivity caseSensitivity,
                     const JobFlag &flag, std::size_t most)
{
    if (wanted.isEmpty())
        return {};
    const bool fold = caseSensitivity == Qt::CaseInsensitive;
    const bool plain = std::all_of(wanted.begin(), wanted.end(), [](QChar c) { return c.unicode() < 0x80; });
    if (fold && !plain && wanted.toLower() != wanted.toUpper())
        return findFolded(utf8, wanted, flag, most);
    return findBytes(utf8, wanted.toUtf8(), fold, flag, most);
}

} // namespace errata
