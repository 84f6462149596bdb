// Whatever is sent, in whatever pieces: the same events, none larger than its limit, made of bytes that came.
#include "models/base/limits.h"
#include "models/http/eventstream.h"
#include "tests/support/require.h"

#include <algorithm>

using namespace errata;

namespace {

/// In pieces of 1 to 7 bytes, one size after the other.
std::vector<StreamEvent> inPieces(QByteArrayView bytes)
{
    constexpr qsizetype largest = 7;
    EventStreamReader reader;
    std::vector<StreamEvent> events;
    qsizetype size = 1;
    for (qsizetype at = 0; at < bytes.size(); at += size) {
        size = size % largest + 1;
        reader.feed(bytes.sliced(at, std::min(size, bytes.size() - at)));
        for (StreamEvent &event : reader.take())
            events.push_back(std::move(event));
    }
    return events;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const std::vector<StreamEvent> events = readEventStream(bytes);
    require(events == inPieces(bytes));
    qsizetype held = 0;
    for (const StreamEvent &event : events) {
        require(!event.type.isEmpty() && !event.id.contains('\0'));
        require(!event.type.contains('\n') && !event.type.contains('\r') && !event.data.contains('\r'));
        require(event.data.size() <= limits::eventData);
        held += event.data.size();
    }
    require(held <= bytes.size());
    return 0;
}
