// Whatever is pasted, the reader refuses it or gives an exchange whose spans lie in the text.
#include "models/http/chunked.h"
#include "models/http/rawhttp.h"
#include "tests/support/require.h"

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text = QByteArray::fromRawData(data, static_cast<qsizetype>(size));
    if (const auto content = decodeChunked(text))
        require(content->size() < text.size());
    const auto exchange = parseHttpResponse(text);
    if (!exchange) {
        require(!exchange.error().message.isEmpty() && exchange.error().where.startsWith(QStringLiteral("line ")));
        return 0;
    }
    require(startsLikeHttpResponse(text));
    require(text.mid(exchange->statusSpan.start, 3).toInt() == exchange->status.value());
    for (const Header &header : exchange->headers) {
        require(header.span.start >= 0 && header.span.length >= header.value.size() &&
                header.span.end() <= text.size());
        require(Headers::isValidName(header.name.startsWith(':') ? header.name.mid(1) : header.name));
    }
    if (exchange->bodyOffset >= 0)
        require(text.mid(exchange->bodyOffset) == exchange->body);
    return 0;
}
