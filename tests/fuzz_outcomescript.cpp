// Any text either is refused with a place inside it, or reads back equal from what it is written as.
#include "models/retry/outcomescript.h"

#include <cstdlib>

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto read = parseOutcomeScript(text);
    if (!read) {
        if (read.error().position < 0 || read.error().position > text.size() || read.error().message.isEmpty())
            std::abort();
        return 0;
    }
    QStringList texts;
    for (const Outcome &outcome : read->outcomes)
        texts += outcomeText(outcome);
    const auto again = parseOutcomeScript(texts.join(u','));
    if (!again || again->outcomes != read->outcomes)
        std::abort();
    return 0;
}
