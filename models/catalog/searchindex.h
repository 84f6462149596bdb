// Ranked search over catalog entries, made to answer each keystroke over 100,000 entries.
#pragma once

#include "models/catalog/catalog.h"
#include "models/catalog/searchquery.h"

#include <QSet>

#include <cstdint>
#include <memory>
#include <vector>

namespace errata {

/// How well an entry fits; the order is the rank.
enum class MatchKind : std::uint8_t { Exact, Folded, Prefix, Text, Near, All };

/// A stretch of a field to highlight, in QChars.
struct MatchSpan
{
    enum class Field : std::uint8_t { Code, Title };
    Field field = Field::Code;
    int start = 0;
    int length = 0;
    friend bool operator==(const MatchSpan &, const MatchSpan &) = default;
};

struct SearchHit
{
    std::uint32_t entry = 0; ///< index into CatalogSet::entries()
    MatchKind match = MatchKind::All;
};

/// What is ticked beside the list; an empty set lets everything through.
struct Facets
{
    QSet<QString> apis;
    QSet<RetryVerdict> retry;
    QSet<int> statusClasses; ///< 2, 4, 5, ...; 0 is "not stated"
    QSet<QString> surfaces;
};

/// How many hits each facet value has, the other facets' ticks applied.
struct FacetCounts
{
    QHash<QString, int> apis;
    QHash<RetryVerdict, int> retry;
    QHash<int, int> statusClasses;
    QHash<QString, int> surfaces;
};

struct SearchAnswer
{
    std::vector<SearchHit> hits; ///< best first; ties in catalog order
    FacetCounts counts;
    bool nearOnly = false; ///< nothing fits as typed; these are near words
};

/// Entries a person has marked, by entry id.
struct OwnMarks
{
    QSet<QString> pinned;
    QSet<QString> noted;
};

class SearchIndex
{
public:
    SearchIndex();
    explicit SearchIndex(const CatalogSet &catalogs);

    [[nodiscard]] SearchAnswer search(const SearchQuery &query, const Facets &facets = {},
                                      const OwnMarks &marks = {}) const;
    /// What to highlight in one entry's code and title.
    [[nodiscard]] static std::vector<MatchSpan> spans(const SearchQuery &query, const Entry &entry);

private:
    struct Data;
    std::shared_ptr<const Data> m_data;
};

} // namespace errata
