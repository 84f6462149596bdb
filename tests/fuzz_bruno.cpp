// Whatever file of Bruno's comes, it is refused with a reason, or what it gives can be written again.
#include "models/http/bruno.h"

#include <cstdlib>

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text(data, static_cast<qsizetype>(size));
    static_cast<void>(looksLikeBruno(text));
    const auto collection = readBruno(text);
    if (!collection) {
        if (collection.error().message.isEmpty())
            std::abort();
        return 0;
    }
    for (const RequestDraft &draft : collection->requests)
        static_cast<void>(literalRequest(draft));
    if (writeBruno(collection.value()).files.empty())
        std::abort();
    return 0;
}
