// Any text is refused with a reason, or is a setup that reads back from its file and from its link.
#include "models/retry/labsetup.h"
#include "models/retry/policywriter.h"
#include "tests/support/require.h"

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    static const std::vector<RetryPolicy> known = shippedPolicies();
    const auto check = [](const Result<LabSetup> &setup) {
        if (!setup) {
            require(!setup.error().message.isEmpty());
            return;
        }
        const auto again = readLabSetup(labSetupJson(*setup), QStringLiteral("again"));
        require(again.ok());
        require(labSetupJson(*again) == labSetupJson(*setup));
    };
    check(readLabSetup(bytes, QStringLiteral("fuzz")));
    check(readLabLink(QString::fromUtf8(bytes), known));
    return 0;
}
