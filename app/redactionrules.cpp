#include "app/redactionrules.h"

namespace errata {

RedactionRules redactionRules(const CatalogSet &catalogs)
{
    RedactionRules rules;
    for (const Catalog &catalog : catalogs.catalogs()) {
        for (const Secret &secret : catalog.secrets) {
            std::vector<QByteArray> &names = secret.kind == Secret::Kind::Header  ? rules.headers
                                             : secret.kind == Secret::Kind::Field ? rules.fields
                                             : secret.kind == Secret::Kind::Query ? rules.query
                                                                                  : rules.prefixes;
            names.push_back(secret.name.toUtf8());
        }
    }
    return rules;
}

} // namespace errata
