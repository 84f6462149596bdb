#include "models/decode/conventions.h"

#include "models/catalog/catalogreader.h"

#include <QDir>

namespace errata {

const CatalogSet &conventions()
{
    static const CatalogSet set = [] {
        QStringList paths;
        const QDir folder(QStringLiteral(":/errata/conventions"));
        for (const QString &name : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name))
            paths << folder.filePath(name);
        return readCatalogs(paths).set;
    }();
    return set;
}

Convention conventionOf(const Catalog &catalog)
{
    constexpr std::pair<const char *, Convention> known[] = {
        {"problem-json", Convention::ProblemJson},
        {"google-rpc", Convention::GoogleRpc},
        {"json-api", Convention::JsonApi},
        {"oauth2", Convention::OAuth2},
        {"graphql", Convention::GraphQl},
        {"aws", Convention::Aws},
        {"azure", Convention::Azure},
        {"none", Convention::None},
        {"other", Convention::None},
    };
    if (!catalog.file.startsWith(QLatin1String(":/errata/conventions/")))
        return Convention::Catalog;
    for (const auto &[id, convention] : known) {
        if (catalog.id == QLatin1String(id))
            return convention;
    }
    return Convention::None;
}

} // namespace errata
