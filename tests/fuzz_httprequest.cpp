// Whatever is pasted, the reader refuses it with a line or gives a request whose parts stand in the text.
#include "models/http/httprequesttext.h"
#include "tests/support/require.h"

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text(data, static_cast<qsizetype>(size));
    const bool starts = startsLikeHttpRequest(text);
    const auto request = parseHttpRequest(text);
    if (!request) {
        require(!request.error().message.isEmpty() && request.error().where.startsWith(QStringLiteral("line ")));
        return 0;
    }
    require(starts && !request->method.isEmpty() && !request->url.isEmpty());
    require(text.endsWith(request->body));
    for (const Header &header : request->headers)
        require(header.span.start >= 0 && header.span.length >= header.value.size() &&
                header.span.end() <= text.size());
    return 0;
}
