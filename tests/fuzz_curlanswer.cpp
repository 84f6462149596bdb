// Whatever a server sends, cut where libcurl cuts it: an answer within its limits, made of what came.
#include "models/base/limits.h"
#include "models/http/curlanswer.h"
#include "tests/support/require.h"

#include <algorithm>

using namespace errata;

namespace {

constexpr qint64 bodyLimit = 1000;

/// Lines until the head has ended, a body in pieces, and lines again behind an empty one: as libcurl calls.
void feed(CurlAnswer &answer, QByteArrayView bytes, qsizetype piece)
{
    bool inBody = false;
    while (!bytes.isEmpty()) {
        const qsizetype line = bytes.indexOf('\n') + 1;
        const qsizetype size = line == 0 ? bytes.size() : line;
        const qsizetype taken = inBody ? std::min(piece, bytes.size()) : size;
        const QByteArrayView part = bytes.first(taken);
        inBody = inBody ? part != QByteArrayView("\n") : answer.hasHead() && part.startsWith('*');
        if (!(inBody ? answer.addBody(part) : answer.addHeadLine(part)))
            return;
        bytes = bytes.sliced(taken);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    if (size < 1)
        return 0;
    SendOptions options;
    options.bodyLimit = bodyLimit;
    CurlAnswer answer(options, (data[0] & 1) != 0);
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    feed(answer, bytes, 1 + (data[0] & 0x3F));
    require(answer.bodySize() <= bodyLimit);
    require(answer.bodyFrom(0).size() == answer.bodySize());
    require(answer.headBytes().size() <= limits::headerBlock);
    require(answer.announcedSize() >= -1);
    const auto response = answer.response();
    require(response.has_value() == answer.hasHead());
    require(answer.hasHead() || answer.trailers().isEmpty());
    if (response) {
        require(response->body == answer.bodyFrom(0));
        require(response->headers == answer.head().headers);
        require(response->status < 100 || response->status >= 200 || response->status == 101);
    }
    for (const HttpResponse &early : answer.informational())
        require(early.status >= 100 && early.status < 200 && early.status != 101 && early.body.isEmpty());
    require(answer.failure().kind == NetworkError::None || answer.failure().kind == NetworkError::TooLarge ||
            answer.failure().kind == NetworkError::TooManyHeaders);
    return 0;
}
