// The shipped catalogs, read once by a test program.
#pragma once

#include "models/catalog/catalogreader.h"

namespace errata::test {

inline const CatalogSet &shippedCatalogs()
{
    static const CatalogSet set = loadCatalogs().set;
    return set;
}

} // namespace errata::test
