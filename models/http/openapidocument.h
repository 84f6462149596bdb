// An OpenAPI description with its references followed.
#pragma once

#include "models/base/result.h"
#include "models/json/jsondocument.h"

namespace errata {

class OpenApiDocument
{
public:
    static Result<OpenApiDocument> read(const QByteArray &text);

    [[nodiscard]] JsonValue root() const { return m_root; }
    /// Behind "$ref" within the document; what points elsewhere stays.
    [[nodiscard]] JsonValue resolved(const JsonValue &value) const;
    /// The first of "example", "examples", "default", "const" and "enum" of a parameter, media type or schema.
    [[nodiscard]] JsonValue example(const JsonValue &holder) const;
    /// The members a schema has, those of its allOf, and of the first of oneOf and anyOf.
    [[nodiscard]] std::vector<JsonValue> properties(const JsonValue &schema) const;

    /// JSON that a schema describes: its examples, else its types' emptiest values.
    [[nodiscard]] QByteArray sample(const JsonValue &schema) const;

private:
    explicit OpenApiDocument(JsonValue root) : m_root(std::move(root)) {}
    void addProperties(const JsonValue &schema, int depth, std::vector<JsonValue> &list) const;
    [[nodiscard]] QByteArray sampleOf(const JsonValue &schema, int depth, int &budget) const;

    JsonValue m_root;
};

} // namespace errata
