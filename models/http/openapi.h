// OpenAPI 3.0 and 3.1 in JSON. (A description in YAML is put into JSON by app/yaml first.)
#pragma once

#include "models/base/result.h"
#include "models/http/collection.h"

#include <QByteArrayView>

namespace errata {

/// Whether the text begins like {"openapi": "3...
[[nodiscard]] bool looksLikeOpenApi(QByteArrayView text);
/// Whether a line of it says "openapi: 3...": then it is YAML.
[[nodiscard]] bool looksLikeOpenApiYaml(QByteArrayView text);

/// Operations as requests: the first tag is the folder, parameters have their examples or stand as variables, bodies
/// are the examples given or made from the schema. {{baseUrl}} is a variable of the collection; each further server
/// is an environment. The error's place is "line N, column M".
[[nodiscard]] Result<Collection> readOpenApi(const QByteArray &text);

struct OpenApiCatalog
{
    QByteArray json; ///< after resources/catalogs/catalog.schema.json
    int codes = 0;
};

/// The error codes that schemas of failed answers enumerate and their examples show, as a catalog. An error where
/// there are none.
[[nodiscard]] Result<OpenApiCatalog> openApiCatalog(const QByteArray &text);

} // namespace errata
