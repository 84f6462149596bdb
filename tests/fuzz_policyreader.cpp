// Any bytes are refused with the place of the fault, or are a policy whose runs keep the rules of every run.
#include "models/retry/simulator.h"
#include "tests/support/require.h"

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const auto policy = readPolicy(QByteArray(data, static_cast<qsizetype>(size)), QStringLiteral("p.json"));
    if (!policy) {
        require(policy.error().where.startsWith(QStringLiteral("p.json")) && !policy.error().message.isEmpty());
        return 0;
    }
    static const OutcomeScript script =
        *parseOutcomeScript(u"503@10,429:2,timeout@5,429:'Thu, 01 Jan 2026 00:00:09 GMT',503[retry-after-ms: x],"
                            u"UNAVAILABLE{retryDelay: 3s},bad-body,429:-1,503");
    RandomSource random = RandomSource::seeded(1);
    const QDateTime now(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    const Schedule schedule = simulate(*policy, script, random, now);
    require(static_cast<double>(schedule.attempts.size()) <= policy->maxAttempts);
    for (std::size_t i = 0; i < schedule.attempts.size(); ++i) {
        const Attempt &attempt = schedule.attempts[i];
        require(!attempt.wait || attempt.wait->actual >= Millis(0));
        require(i == 0 || attempt.starts.actual >= schedule.attempts[i - 1].starts.actual);
    }
    return 0;
}
