// Whatever command comes, it is refused with a reason or gives a request with a URL and valid names of fields.
#include "models/http/curlreader.h"
#include "tests/support/require.h"

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text(data, static_cast<qsizetype>(size));
    static_cast<void>(looksLikeCurlCommand(text));
    const auto reading = readCurlCommand(text);
    if (!reading) {
        require(!reading.error().message.isEmpty());
        return 0;
    }
    require(!reading->request.url.isEmpty() && !reading->request.method.isEmpty());
    for (const Header &header : reading->request.headers)
        require(!header.name.isEmpty());
    return 0;
}
