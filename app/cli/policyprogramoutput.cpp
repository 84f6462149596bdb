#include "app/cli/policyprogramoutput.h"

#include "models/retry/code/policyprograms.h"

namespace errata {

namespace {

QStringList programNames()
{
    QStringList names;
    for (const PolicyProgram &program : policyPrograms())
        names << QString::fromLatin1(program.name);
    return names;
}

} // namespace

void addProgramFlag(Options &options)
{
    options.value({QStringLiteral("as")}, QStringLiteral("LANGUAGE"),
                  QStringLiteral("NAME as code: ") + programNames().join(QStringLiteral(", ")) + u'.');
}

void writeProgram(const Options &options, const QStringList &names, const RetryPolicy &policy, CliContext &context,
                  const Finish &finish)
{
    const QString command = QStringLiteral("policies");
    const auto chosen = options.choice(QStringLiteral("as"), programNames());
    if (!chosen)
        return usageError(context, command, chosen.error().text(), finish);
    if (names.isEmpty())
        return usageError(context, command, QStringLiteral("--as needs the NAME of a policy"), finish);
    context.out->write(programText(policy, *policyProgram(*chosen.value())));
    finish(Exit::Done);
}

} // namespace errata
