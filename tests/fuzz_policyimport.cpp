// Any bytes are refused with the place of the fault, or are a policy that runs, and that every language can write.
#include "models/retry/code/policyprograms.h"
#include "models/retry/policyimport.h"
#include "models/retry/simulator.h"
#include "tests/support/require.h"

using namespace errata;

extern "C" int LLVMFuzzerTestOneInput(const char *data, size_t size)
{
    const QByteArray bytes(data, static_cast<qsizetype>(size));
    const auto imported = readOrImportPolicy(bytes, QStringLiteral("p.json"));
    if (!imported) {
        require(imported.error().where.startsWith(QStringLiteral("p.json")) && !imported.error().message.isEmpty());
        return 0;
    }
    static const OutcomeScript script = *parseOutcomeScript(u"503@10,429:2,timeout@5,UNAVAILABLE,429:-1,503");
    RandomSource random = RandomSource::seeded(1);
    const Schedule schedule =
        simulate(imported->policy, script, random, QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC));
    require(static_cast<double>(schedule.attempts.size()) <= imported->policy.maxAttempts);
    for (const NamedProgram &program : programsOf(imported->policy))
        require(program.text.isValidUtf8() && program.text.endsWith('\n'));
    return 0;
}
