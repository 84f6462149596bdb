// Whatever is typed, it is a query, and searching it ends with hits that exist.
#include "models/catalog/catalogreader.h"
#include "models/catalog/searchindex.h"

#include <cstdlib>

using namespace errata;

namespace {

/// A part of the first catalog: every kind of match is in it, and a search takes microseconds.
CatalogSet fewEntries()
{
    Catalog catalog = loadCatalogs().set.catalogs().at(0);
    std::vector<Entry> some = catalog.entries.all();
    some.resize(std::min<std::size_t>(some.size(), 40));
    catalog.entries = std::move(some);
    return CatalogSet({catalog});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const CatalogSet catalogs = fewEntries();
    static const SearchIndex index(catalogs);
    const QString text =
        QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(std::min<std::size_t>(size, 200)));
    const SearchQuery query = SearchQuery::parse(text, {QStringLiteral("intuned"), QStringLiteral("nullspace")});
    for (const SearchHit &hit : index.search(query).hits) {
        const Entry &entry = *catalogs.entries().at(hit.entry);
        for (const MatchSpan &span : SearchIndex::spans(query, entry)) {
            const qsizetype length = span.field == MatchSpan::Field::Code ? entry.code.size() : entry.title.size();
            if (span.start < 0 || span.length <= 0 || span.start + span.length > length)
                std::abort();
        }
    }
    return 0;
}
