// Whatever a catalog file holds, it is read or refused with reasons; what was read can be searched.
#include "models/catalog/catalogreader.h"
#include "models/catalog/searchindex.h"

#include <cstdlib>

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const CatalogReading reading =
        readCatalog(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)), QStringLiteral("fuzz.json"));
    if (!reading.catalog && reading.faults.empty())
        std::abort();
    for (const CatalogFault &fault : reading.faults) {
        if (fault.text().isEmpty())
            std::abort();
    }
    if (reading.catalog) {
        const CatalogSet set({*reading.catalog});
        static_cast<void>(checkLinks(set));
        const SearchAnswer answer = SearchIndex(set).search(SearchQuery());
        if (answer.hits.size() != set.entries().size())
            std::abort();
    }
    return 0;
}
