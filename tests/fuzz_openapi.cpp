// Whatever description comes, it is refused with a reason, or gives requests with bodies of a bounded size.
#include "models/http/openapi.h"

#include <cstdlib>

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text(data, static_cast<qsizetype>(size));
    static_cast<void>(looksLikeOpenApi(text));
    static_cast<void>(looksLikeOpenApiYaml(text));
    const auto collection = readOpenApi(text);
    if (!collection && collection.error().message.isEmpty())
        std::abort();
    if (collection) {
        for (const RequestDraft &draft : collection->requests) {
            if (!draft.url.startsWith("{{baseUrl}}"))
                std::abort();
        }
    }
    const auto catalog = openApiCatalog(text);
    if (catalog && (catalog->codes == 0 || catalog->json.isEmpty()))
        std::abort();
    return 0;
}
