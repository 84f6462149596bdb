#include "models/catalog/searchindex.h"

#include "models/catalog/names.h"
#include "models/catalog/vocabulary.h"

#include <algorithm>
#include <array>
#include <bit>

namespace errata {

namespace {

QString spaced(QStringView code)
{
    QString text = foldedCode(code);
    text.replace(QLatin1Char('_'), QLatin1Char(' '));
    return text.simplified();
}

QString compact(QString text)
{
    return text.remove(QLatin1Char(' '));
}

QStringList wordsOf(const QString &text)
{
    QStringList words;
    QString word;
    for (const QChar c : text) {
        if (c.isLetterOrNumber()) {
            word += c.toLower();
        } else if (!word.isEmpty()) {
            words << word;
            word.clear();
        }
    }
    if (!word.isEmpty())
        words << word;
    return words;
}

constexpr int unstatedClass = 0;

/// What facets and filters ask of an entry, packed.
struct EntryTraits
{
    std::uint64_t surfaces = 0; ///< bit per surface id, in order of appearance
    std::uint16_t api = 0;
    std::uint8_t retry = 0;
    std::uint8_t statusClasses = 0; ///< bit 0: no status known; bit n: some nxx
    std::uint8_t provenances = 0;
};

std::uint8_t provenancesOf(const Entry &entry)
{
    std::uint8_t bits = 0;
    const auto add = [&bits](Provenance provenance) {
        bits |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(provenance));
    };
    add(entry.provenance);
    add(entry.meaning.provenance);
    add(entry.retry.provenance);
    for (const auto &fact : entry.statuses)
        add(fact.provenance);
    for (const auto *facts : {&entry.remedies, &entry.pitfalls, &entry.conflicts}) {
        for (const auto &fact : *facts)
            add(fact.provenance);
    }
    if (entry.category)
        add(entry.category->provenance);
    if (entry.exitCode)
        add(entry.exitCode->provenance);
    if (!entry.inference.isEmpty())
        add(Provenance::Inferred);
    return bits;
}

/// How much a word in that field says; a whole word says more than a beginning.
int weight(std::uint8_t fields, bool whole)
{
    int points = 0;
    if (fields & InStatus)
        points = whole ? 12 : 1;
    if (fields & InCode)
        points = std::max(points, whole ? 10 : 8);
    if (fields & InAlias)
        points = std::max(points, whole ? 7 : 5);
    if (fields & InTitle)
        points = std::max(points, whole ? 6 : 4);
    if (fields & InText)
        points = std::max(points, whole ? 3 : 1);
    return points;
}

} // namespace

struct SearchIndex::Data
{
    CatalogSet catalogs;
    Vocabulary vocabulary;
    std::vector<EntryTraits> traits;
    QStringList apis;
    QStringList surfaces;

    [[nodiscard]] std::size_t size() const { return traits.size(); }
    [[nodiscard]] const Entry &entry(std::size_t index) const { return *catalogs.entries()[index]; }
    void index(const Entry &entry, std::uint32_t place);
    std::uint64_t surfaceBit(const QString &surface);
};

std::uint64_t SearchIndex::Data::surfaceBit(const QString &surface)
{
    qsizetype place = surfaces.indexOf(surface);
    if (place < 0) {
        place = surfaces.size();
        surfaces << surface;
    }
    // Beyond 64 surfaces the last bit is shared: a filter may then show too much, never too little.
    return std::uint64_t(1) << std::min<qsizetype>(place, 63);
}

void SearchIndex::Data::index(const Entry &entry, std::uint32_t place)
{
    EntryTraits own;
    own.api = static_cast<std::uint16_t>(std::max<qsizetype>(0, apis.indexOf(entry.api)));
    own.retry = static_cast<std::uint8_t>(entry.retry.verdict);
    own.provenances = provenancesOf(entry);
    own.surfaces = surfaceBit(entry.surface);
    for (const QString &surface : entry.alsoOn)
        own.surfaces |= surfaceBit(surface);
    for (const Fact<int> &status : entry.statuses)
        own.statusClasses |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(status.value / 100));
    if (entry.statuses.empty())
        own.statusClasses = 1U << unstatedClass;
    traits.push_back(own);

    const QString code = spaced(entry.code);
    const QStringList codeWords = code.split(QLatin1Char(' '));
    for (qsizetype i = 0; i < codeWords.size(); ++i) {
        vocabulary.add(codeWords[i], place, InCode);
        // "ratelimit" is how many people type it.
        if (i + 1 < codeWords.size())
            vocabulary.add(codeWords[i] + codeWords[i + 1], place, InCode);
    }
    vocabulary.add(compact(code), place, WholeCode);
    for (const Fact<int> &status : entry.statuses)
        vocabulary.add(QString::number(status.value), place, InStatus);
    const auto addAll = [&](const QString &text, WordField field) {
        for (const QString &word : wordsOf(text))
            vocabulary.add(word, place, field);
    };
    addAll(entry.title, InTitle);
    for (const QString &alias : entry.aliases)
        addAll(alias, InAlias);
    addAll(entry.meaning.value, InText);
    addAll(entry.inference, InText);
    addAll(entry.section, InText);
    addAll(entry.api, InText);
    if (entry.category)
        addAll(entry.category->value, InText);
}

SearchIndex::SearchIndex() : SearchIndex(CatalogSet()) {}

SearchIndex::SearchIndex(const CatalogSet &catalogs)
{
    auto data = std::make_shared<Data>();
    data->catalogs = catalogs;
    for (const Catalog &catalog : catalogs.catalogs())
        data->apis << catalog.id;
    std::uint32_t place = 0;
    for (const Entry *entry : catalogs.entries())
        data->index(*entry, place++);
    data->vocabulary.finish();
    m_data = std::move(data);
}

namespace {

/// One search over the index: which entries stand, how well they fit.
class Search
{
public:
    Search(const std::vector<EntryTraits> &traits, const Vocabulary &vocabulary)
        : m_traits(traits)
        , m_vocabulary(vocabulary)
        , m_alive(traits.size(), 1)
        , m_score(traits.size(), 0)
        , m_kind(traits.size(), static_cast<std::uint8_t>(MatchKind::Text))
    {
    }

    /// Keeps the entries that hold \a word (or one near to it), or those that do not.
    void word(const QString &word, bool negated)
    {
        std::vector<std::uint8_t> best(m_traits.size(), 0);
        bool any = false;
        for (const Vocabulary::Word &found : m_vocabulary.withPrefix(word)) {
            const bool whole = found.text.size() == word.size();
            for (const Posting &posting : found.postings) {
                // A whole code only ranks; it is no word of its own.
                const auto points = static_cast<std::uint8_t>(
                    std::max(weight(posting.fields, whole), posting.fields & WholeCode ? 5 : 0));
                best[posting.entry] = std::max(best[posting.entry], points);
                any = true;
            }
        }
        if (negated) {
            for (std::size_t i = 0; i < best.size(); ++i)
                m_alive[i] &= static_cast<std::uint8_t>(best[i] == 0);
            return;
        }
        if (!any) {
            for (const Vocabulary::Word *found : m_vocabulary.near(word)) {
                for (const Posting &posting : found->postings)
                    best[posting.entry] =
                        std::max(best[posting.entry], static_cast<std::uint8_t>(weight(posting.fields, false) + 1));
            }
            m_near = true;
        }
        for (std::size_t i = 0; i < best.size(); ++i) {
            m_alive[i] &= static_cast<std::uint8_t>(best[i] != 0);
            m_score[i] = static_cast<std::uint8_t>(std::min(255, m_score[i] + best[i]));
        }
    }

    /// Ranks entries whose code is, or begins with, what was typed.
    void wholeCode(const QString &compactText, const QString &typed, const std::vector<const Entry *> &entries)
    {
        for (const Vocabulary::Word &found : m_vocabulary.withPrefix(compactText)) {
            const bool whole = found.text.size() == compactText.size();
            for (const Posting &posting : found.postings) {
                if (!(posting.fields & WholeCode))
                    continue;
                MatchKind kind = whole ? MatchKind::Folded : MatchKind::Prefix;
                if (whole && entries[posting.entry]->code == typed)
                    kind = MatchKind::Exact;
                m_kind[posting.entry] = static_cast<std::uint8_t>(kind);
            }
        }
    }

    template <typename Keep>
    void keep(Keep &&keep)
    {
        for (std::size_t i = 0; i < m_alive.size(); ++i) {
            if (m_alive[i] && !keep(i))
                m_alive[i] = 0;
        }
    }

    [[nodiscard]] bool alive(std::size_t i) const { return m_alive[i] != 0; }
    [[nodiscard]] std::uint8_t score(std::size_t i) const { return m_score[i]; }
    [[nodiscard]] bool near() const { return m_near; }
    [[nodiscard]] std::uint8_t kind(std::size_t i) const
    {
        return m_near ? static_cast<std::uint8_t>(MatchKind::Near) : m_kind[i];
    }

private:
    const std::vector<EntryTraits> &m_traits;
    const Vocabulary &m_vocabulary;
    std::vector<std::uint8_t> m_alive;
    std::vector<std::uint8_t> m_score;
    std::vector<std::uint8_t> m_kind;
    bool m_near = false;
};

bool holdsStatus(const Entry &entry, const QString &value)
{
    if (value == QLatin1String("none"))
        return entry.statuses.empty();
    return std::any_of(entry.statuses.begin(), entry.statuses.end(),
                       [&value](const Fact<int> &status) { return statusIn(status.value, value); });
}

bool holdsMark(const Entry &entry, const EntryTraits &traits, const QString &value, const OwnMarks &marks)
{
    if (const std::optional<Provenance> provenance = provenanceFromId(value))
        return (traits.provenances >> static_cast<unsigned>(*provenance)) & 1U;
    if (value == QLatin1String("error"))
        return entry.isError;
    if (value == QLatin1String("note"))
        return !entry.isError;
    return value == QLatin1String("pinned") ? marks.pinned.contains(entry.id) : marks.noted.contains(entry.id);
}

bool passes(const Entry &entry, const EntryTraits &traits, const SearchFilter &filter, const OwnMarks &marks)
{
    if (filter.key == QLatin1String("api"))
        return entry.api == filter.value;
    if (filter.key == QLatin1String("status"))
        return holdsStatus(entry, filter.value);
    if (filter.key == QLatin1String("retry"))
        return retryVerdictId(entry.retry.verdict) == filter.value;
    if (filter.key == QLatin1String("is"))
        return holdsMark(entry, traits, filter.value, marks);
    if (filter.key == QLatin1String("section"))
        return entry.section.contains(filter.value, Qt::CaseInsensitive);
    if (filter.key == QLatin1String("category"))
        return entry.category && entry.category->value.compare(filter.value, Qt::CaseInsensitive) == 0;
    return entry.surface.startsWith(filter.value) || entry.alsoOn.contains(filter.value);
}

bool holdsPhrase(const Entry &entry, const QString &phrase)
{
    const QString text = spaced(entry.code) + QLatin1Char('\n') + entry.title + QLatin1Char('\n') +
                         entry.meaning.value + QLatin1Char('\n') + entry.inference;
    return text.contains(phrase, Qt::CaseInsensitive);
}

/// Facets as bits, so that counting costs a few operations an entry.
struct FacetBits
{
    std::vector<std::uint8_t> apis; ///< by API index; empty: all
    unsigned retry = ~0U;
    unsigned statusClasses = ~0U;
    std::uint64_t surfaces = ~std::uint64_t(0);

    FacetBits(const Facets &facets, const QStringList &apiIds, const QStringList &surfaceIds)
    {
        if (!facets.apis.isEmpty()) {
            for (const QString &api : apiIds)
                apis.push_back(facets.apis.contains(api) ? 1 : 0);
        }
        if (!facets.retry.isEmpty()) {
            retry = 0;
            for (const RetryVerdict verdict : facets.retry)
                retry |= 1U << static_cast<unsigned>(verdict);
        }
        if (!facets.statusClasses.isEmpty()) {
            statusClasses = 0;
            for (const int statusClass : facets.statusClasses)
                statusClasses |= 1U << static_cast<unsigned>(statusClass);
        }
        if (!facets.surfaces.isEmpty()) {
            surfaces = 0;
            for (qsizetype i = 0; i < surfaceIds.size(); ++i) {
                if (facets.surfaces.contains(surfaceIds[i]))
                    surfaces |= std::uint64_t(1) << std::min<qsizetype>(i, 63);
            }
        }
    }
};

/// Counts with everything as plain arrays; turned into hashes once at the end.
struct Counter
{
    std::vector<int> apis;
    std::array<int, 8> retry{};
    std::array<int, 8> statusClasses{};
    std::array<int, 64> surfaces{};

    /// True when the entry passes every facet; counts it for each facet whose others it passes.
    bool count(const EntryTraits &traits, const FacetBits &facets)
    {
        const bool api = facets.apis.empty() || facets.apis[traits.api];
        const bool wait = (facets.retry >> traits.retry) & 1U;
        const bool status = facets.statusClasses & traits.statusClasses;
        const bool surface = facets.surfaces & traits.surfaces;
        if (wait && status && surface)
            ++apis[traits.api];
        if (api && status && surface)
            ++retry[traits.retry];
        if (api && wait && surface) {
            for (std::size_t bit = 0; bit < 6; ++bit)
                statusClasses[bit] += (traits.statusClasses >> bit) & 1;
        }
        if (api && wait && status) {
            for (std::uint64_t rest = traits.surfaces; rest; rest &= rest - 1)
                ++surfaces[static_cast<std::size_t>(std::countr_zero(rest))];
        }
        return api && wait && status && surface;
    }

    [[nodiscard]] FacetCounts result(const QStringList &apiIds, const QStringList &surfaceIds) const
    {
        FacetCounts counts;
        for (qsizetype i = 0; i < apiIds.size(); ++i)
            counts.apis.insert(apiIds[i], apis[static_cast<std::size_t>(i)]);
        for (int verdict = 0; verdict < 5; ++verdict)
            counts.retry.insert(static_cast<RetryVerdict>(verdict), retry[static_cast<std::size_t>(verdict)]);
        for (int statusClass = 0; statusClass < 6; ++statusClass)
            counts.statusClasses.insert(statusClass, statusClasses[static_cast<std::size_t>(statusClass)]);
        for (qsizetype i = 0; i < std::min<qsizetype>(surfaceIds.size(), 64); ++i)
            counts.surfaces.insert(surfaceIds[i], surfaces[static_cast<std::size_t>(i)]);
        return counts;
    }
};

} // namespace

SearchAnswer SearchIndex::search(const SearchQuery &query, const Facets &facets, const OwnMarks &marks) const
{
    const Data &data = *m_data;
    Search search(data.traits, data.vocabulary);
    QStringList typed;
    QStringList folded;
    for (const SearchTerm &term : query.terms) {
        for (const QString &word : wordsOf(term.text))
            search.word(word, term.negated);
        if (term.phrase)
            search.keep([&](std::size_t i) { return holdsPhrase(data.entry(i), term.text) != term.negated; });
        if (!term.negated) {
            typed << term.typed;
            folded << term.text;
        }
    }
    if (!folded.isEmpty())
        search.wholeCode(compact(folded.join(QLatin1Char(' '))), typed.join(QLatin1Char(' ')), data.catalogs.entries());
    for (const SearchFilter &filter : query.filters)
        search.keep(
            [&](std::size_t i) { return passes(data.entry(i), data.traits[i], filter, marks) != filter.negated; });

    // A counting sort by rank: a comparison sort of 100,000 hits alone would take most of a key's budget.
    const bool all = folded.isEmpty();
    const FacetBits bits(facets, data.apis, data.surfaces);
    Counter counter;
    counter.apis.resize(static_cast<std::size_t>(std::max<qsizetype>(1, data.apis.size())));
    constexpr std::size_t scores = 256;
    std::array<std::uint32_t, 6 * scores + 1> starts{};
    std::vector<std::uint32_t> standing;
    const auto rank = [&](std::size_t i) {
        return all ? std::size_t(0) : search.kind(i) * scores + (scores - 1 - search.score(i));
    };
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (search.alive(i) && counter.count(data.traits[i], bits)) {
            standing.push_back(static_cast<std::uint32_t>(i));
            ++starts[rank(i) + 1];
        }
    }
    for (std::size_t i = 1; i < starts.size(); ++i)
        starts[i] += starts[i - 1];
    SearchAnswer answer;
    answer.hits.resize(standing.size());
    for (const std::uint32_t entry : standing) {
        const MatchKind kind = all ? MatchKind::All : static_cast<MatchKind>(search.kind(entry));
        answer.hits[starts[rank(entry)]++] = {entry, kind};
    }
    answer.counts = counter.result(data.apis, data.surfaces);
    answer.nearOnly = search.near() && !answer.hits.empty();
    return answer;
}

namespace {

void addSpan(std::vector<MatchSpan> &spans, MatchSpan span)
{
    const bool covered = std::any_of(spans.begin(), spans.end(), [&span](const MatchSpan &other) {
        return other.field == span.field && span.start >= other.start &&
               span.start + span.length <= other.start + other.length;
    });
    if (!covered)
        spans.push_back(span);
}

/// Where \a word begins a word of \a text; -1 when it does nowhere.
qsizetype wordStart(const QString &text, const QString &word)
{
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (at == 0 || !text[at - 1].isLetterOrNumber())
            return at;
    }
    return -1;
}

} // namespace

std::vector<MatchSpan> SearchIndex::spans(const SearchQuery &query, const Entry &entry)
{
    std::vector<MatchSpan> spans;
    // Folding keeps the length, so offsets in the folded code are offsets in the code.
    QString code = foldedCode(entry.code);
    code.replace(QLatin1Char('_'), QLatin1Char(' '));
    if (code.size() != entry.code.size())
        code = entry.code.toLower();
    const QString title = entry.title.toLower();
    const auto mark = [&](MatchSpan::Field field, qsizetype start, qsizetype length) {
        if (start >= 0)
            addSpan(spans, {field, static_cast<int>(start), static_cast<int>(length)});
    };
    QStringList positive;
    for (const SearchTerm &term : query.terms) {
        if (!term.negated)
            positive << term.text;
    }
    const QString whole = positive.join(QLatin1Char(' '));
    if (const qsizetype at = whole.isEmpty() ? -1 : wordStart(code, whole); at >= 0)
        mark(MatchSpan::Field::Code, at, whole.size());
    for (const QString &term : positive) {
        for (const QString &word : wordsOf(term)) {
            mark(MatchSpan::Field::Code, wordStart(code, word), word.size());
            mark(MatchSpan::Field::Title, wordStart(title, word), word.size());
        }
    }
    return spans;
}

} // namespace errata
