// Whatever file of Postman's comes, it is refused with a reason, or what it gives can be written again.
#include "models/http/postman.h"

#include <cstdlib>

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text(data, static_cast<qsizetype>(size));
    static_cast<void>(looksLikePostman(text));
    const auto collection = readPostman(text);
    if (!collection) {
        if (collection.error().message.isEmpty())
            std::abort();
        return 0;
    }
    for (const RequestDraft &draft : collection->requests)
        static_cast<void>(literalRequest(draft));
    if (writePostman(collection.value()).files.empty())
        std::abort();
    return 0;
}
