// Whatever .http file comes, it is refused with a reason or gives requests that are written and read back the same.
#include "models/http/httpfile.h"
#include "tests/support/require.h"

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text(data, static_cast<qsizetype>(size));
    static_cast<void>(looksLikeHttpFile(text));
    auto collection = readHttpFile(text);
    if (!collection) {
        require(!collection.error().message.isEmpty());
        return 0;
    }
    for (const RequestDraft &draft : collection->requests)
        static_cast<void>(literalRequest(draft));
    // Names and values of texts that are no UTF-8 were made some at the first reading; the second changes nothing.
    Collection &once = collection.value();
    once.notCarried.clear();
    const auto again = readHttpFile(writeHttpFile(once));
    require(again && again->requests == once.requests);
    return 0;
}
