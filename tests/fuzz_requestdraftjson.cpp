// Whatever is read as a draft or an environment is written and read again as the same.
#include "models/http/requestdraftjson.h"

#include <cstdlib>

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray text(data, static_cast<qsizetype>(size));
    if (const auto draft = readRequestDraft(text)) {
        const auto again = readRequestDraft(requestDraftJson(*draft));
        if (!again.ok() || !(*again == *draft))
            std::abort();
    }
    if (auto environment = readEnvironment(text)) {
        Environment written = std::move(environment).value();
        for (EnvironmentVariable &variable : written.variables) {
            if (variable.isSecret)
                variable.value.clear();
        }
        const auto again = readEnvironment(environmentJson(written));
        if (!again.ok() || !(*again == written))
            std::abort();
    }
    return 0;
}
