#include "tests/support/runcommand.h"

#include "app/cli/runcli.h"

#include <QBuffer>
#include <QTest>

#include <algorithm>

namespace errata::test {

JsonValue Ran::json() const
{
    const auto document = JsonDocument::parse(out);
    if (!document)
        qFatal("stdout is not one JSON document: %s", out.constData());
    return document->root();
}

Ran runCommand(const QStringList &line, const QByteArray &input, const std::function<void(CliContext &)> &prepare)
{
    const auto command = std::find_if(commands().begin(), commands().end(),
                                      [&line](const Command &one) { return one.name == line.first(); });
    if (command == commands().end())
        qFatal("no command %s", qPrintable(line.first()));
    Ran ran;
    QBuffer in, out(&ran.out), err(&ran.err);
    in.setData(input);
    in.open(QIODevice::ReadOnly);
    out.open(QIODevice::WriteOnly);
    err.open(QIODevice::WriteOnly);
    SystemClock clock;
    CliContext context;
    context.in = &in;
    context.out = &out;
    context.err = &err;
    context.clock = &clock;
    if (prepare)
        prepare(context);
    QObject lifetime;
    command->run(line.mid(1), context, &lifetime, [&ran](Exit exit) { ran.exit = exit; });
    [&ran] { QTRY_VERIFY_WITH_TIMEOUT(ran.exit.has_value(), 20000); }();
    return ran;
}

} // namespace errata::test
