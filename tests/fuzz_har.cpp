// Whatever bytes come, each entry lies in them and reads back from what the writer makes of it; progress goes forward.
#include "models/http/har.h"
#include "tests/support/require.h"

using namespace errata;

namespace {

bool isInside(const Span &span, qsizetype size)
{
    return span.isNull() || (span.length >= 0 && span.end() <= size);
}

void check(const HarEntry &entry, const QByteArray &text)
{
    const Exchange &exchange = entry.exchange;
    require(!exchange.span.isNull() && isInside(exchange.span, text.size()));
    require(isInside(entry.bodySpan, text.size()) && isInside(exchange.statusSpan, text.size()));
    require(exchange.bodyOffset < 0 || text.mid(exchange.bodyOffset, exchange.body.size()) == exchange.body);
    for (const Header &header : exchange.headers)
        require(isInside(header.span, text.size()));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text(data, static_cast<qsizetype>(size));
    static_cast<void>(looksLikeHar(text));
    std::vector<Exchange> exchanges;
    qsizetype last = 0;
    const HarReading reading = readHar(text, [&](HarEntry &&entry, qsizetype bytesRead) {
        check(entry, text);
        require(bytesRead > last && bytesRead <= text.size());
        last = bytesRead;
        exchanges.push_back(std::move(entry.exchange));
        return true;
    });
    require(reading.entries == int(exchanges.size()) && !reading.cancelled);
    std::size_t next = 0;
    const HarReading again = readHar(writeHar(exchanges, {}), [&](HarEntry &&entry, qsizetype) {
        require(entry.exchange.status == exchanges[next].status);
        ++next;
        return true;
    });
    require(next == exchanges.size());
    static_cast<void>(again);
    return 0;
}
