// Any text either is refused with a place inside it, or gives mixes that can be drawn from.
#include "models/base/random.h"
#include "models/retry/preparedoutcomes.h"
#include "models/retry/randomscript.h"

#include <cstdlib>

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto read = parseRandomScript(text);
    if (!read) {
        if (read.error().position < 0 || read.error().position > text.size() || read.error().message.isEmpty())
            std::abort();
        return 0;
    }
    const RetryPolicy policy;
    const PreparedOutcomes prepared(policy, usualRequest(policy), *read, QDateTime());
    Xoshiro256pp random(size);
    for (int n = 1; n <= static_cast<int>(read->steps.size()); ++n) {
        if (!(prepared.choose(n, random).latency.draw(random) >= Millis(0)))
            std::abort();
    }
    return 0;
}
