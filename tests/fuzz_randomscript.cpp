// Any text is refused with a place inside it, or is a mix of outcomes that can be drawn from.
#include "models/retry/drawnscript.h"
#include "models/retry/randomscript.h"
#include "tests/support/require.h"

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto outcomes = parseRandomScript(text);
    if (!outcomes) {
        require(outcomes.error().position >= 0 && outcomes.error().position <= text.size());
        require(!outcomes.error().message.isEmpty());
        return 0;
    }
    require(!outcomes->steps.empty());
    for (const OutcomeMix &mix : outcomes->steps) {
        require(!mix.empty());
        for (const OutcomeChoice &choice : mix)
            require(choice.weight > 0 && choice.latency.mean() >= Millis(0));
    }
    RandomSource random = RandomSource::seeded(1);
    require(!drawnScript(*outcomes, 8, random).outcomes.empty());
    return 0;
}
