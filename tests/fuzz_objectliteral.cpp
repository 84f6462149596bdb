// Whatever was printed, what is read of it is JSON, lies in the text, and has as many places as scalars.
#include "models/http/grpcstatus.h"
#include "models/http/objectliteral.h"
#include "models/json/jsondocument.h"
#include "tests/support/require.h"

using namespace errata;

namespace {

std::size_t scalarsIn(const JsonValue &value)
{
    if (!value.isObject() && !value.isArray())
        return 1;
    std::size_t count = 0;
    for (const JsonValue &child : value.children())
        count += scalarsIn(child);
    return count;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const char *data, std::size_t size)
{
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    qsizetype at = 0;
    for (const ObjectLiteral &literal : objectLiteralsIn(text, 5)) {
        require(literal.where.start >= at && literal.where.end() <= text.size());
        at = literal.where.end();
        const auto document = JsonDocument::parse(literal.json);
        require(document.ok() && scalarsIn(document.value().root()) == literal.scalars.size());
        for (const Span &span : literal.scalars)
            require(span.start >= literal.where.start && span.end() <= literal.where.end());
    }
    if (const auto status = grpcStatusIn(text))
        require(!status->where.isNull() && status->where.end() <= text.size());
    return 0;
}
