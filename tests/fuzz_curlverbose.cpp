// Whatever is pasted, the exchanges lie in it one behind the other, and what is said to stand somewhere stands there.
#include "models/http/curlverbose.h"
#include "tests/support/require.h"

using namespace errata;

namespace {

void check(const Headers &headers, const QByteArray &text)
{
    for (const Header &header : headers)
        require(header.span.start >= 0 && text.mid(header.span.start, header.span.length) == header.value);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text(data, static_cast<qsizetype>(size));
    static_cast<void>(looksLikeCurlVerbose(text));
    qsizetype end = 0;
    int index = 0;
    for (const Exchange &exchange : readCurlVerbose(text)) {
        require(exchange.index == index++ || !exchange.request);
        require(exchange.span.start >= end && exchange.span.length >= 0 && exchange.span.end() <= text.size());
        end = exchange.span.end();
        require(!exchange.status || text.mid(exchange.statusSpan.start, 3).toInt() == *exchange.status);
        require(exchange.bodyOffset < 0 || text.mid(exchange.bodyOffset, exchange.body.size()) == exchange.body);
        check(exchange.headers, text);
        if (exchange.request)
            check(exchange.request->headers, text);
    }
    return 0;
}
