#include "app/cli/runcli.h"

#include "app/cli/bundlecommand.h"
#include "app/cli/catalogscommand.h"
#include "app/cli/convertcommand.h"
#include "app/cli/decodecommand.h"
#include "app/cli/explaincommand.h"
#include "app/cli/exportcommand.h"
#include "app/cli/options.h"
#include "app/cli/policiescommand.h"
#include "app/cli/redactcommand.h"
#include "app/cli/searchcommand.h"
#include "app/cli/sendcommand.h"
#include "app/cli/simulatecommand.h"
#include "models/retry/labsetup.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace errata {

const std::vector<Command> &commands()
{
    static const std::vector<Command> list{explainCommand(),  searchCommand(),   decodeCommand(),  sendCommand(),
                                           simulateCommand(), policiesCommand(), redactCommand(),  bundleCommand(),
                                           convertCommand(),  exportCommand(),   catalogsCommand()};
    return list;
}

namespace {

const Command *findCommand(const QString &name)
{
    const auto it = std::find_if(commands().begin(), commands().end(),
                                 [&name](const Command &command) { return command.name == name; });
    return it == commands().end() ? nullptr : &*it;
}

QString helpText()
{
    QString text = QStringLiteral("Usage: errata [FILE...]             open the window, with the files decoded\n"
                                  "       errata 'errata:lab?...'       open the window with a link of the retry lab\n"
                                  "       errata COMMAND [ARGUMENTS]   work in the terminal\n\n"
                                  "An API answered with an error: what is it, what do I do, when may I retry?\n\n"
                                  "Commands:\n");
    for (const Command &command : commands())
        text += QStringLiteral("  %1 %2\n").arg(command.name, -12).arg(command.summary);
    text += QStringLiteral("  %1 render every page as PNG into a folder\n").arg(QStringLiteral("screenshots"), -12);
    text += QStringLiteral("\nOptions:\n"
                           "  -h, --help          this help; 'errata COMMAND --help' for one command\n"
                           "  --version           the version\n"
                           "  --catalog FILE      load a catalog file beside the shipped ones\n"
                           "  --quit-when-ready   open the window, print the milliseconds until it could be used, end\n"
                           "\nExit status: 0 done, 1 nothing found, 2 usage, 3 no answer from the network,\n"
                           "4 decode or send recognised an API error.\n");
    return text;
}

/// "errata screenshots DIR" is drawn by the window module.
CommandLine readScreenshots(const QStringList &arguments)
{
    CommandLine line;
    if (arguments.contains(QStringLiteral("--help")) || arguments.contains(QStringLiteral("-h"))) {
        line.command = QStringLiteral("help");
    } else if (arguments.size() != 1 || arguments.first().startsWith(QLatin1Char('-'))) {
        line.fault = QStringLiteral("screenshots takes one argument, the folder to write to");
    } else {
        line.window = WindowRequest();
        line.window->screenshotsDir = arguments.first();
    }
    return line;
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

} // namespace

CommandLine readCommandLine(const QStringList &arguments)
{
    CommandLine line;
    WindowRequest window;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        if (argument == QLatin1String("--help") || argument == QLatin1String("-h")) {
            line.command = QStringLiteral("help");
            return line;
        }
        if (argument == QLatin1String("--version")) {
            line.command = QStringLiteral("version");
            return line;
        }
        if (argument == QLatin1String("--quit-when-ready")) {
            window.quitWhenReady = true;
        } else if (argument == QLatin1String("--catalog") && i + 1 < arguments.size()) {
            window.catalogs << arguments[++i];
        } else if (argument == QLatin1String("screenshots") && window.files.isEmpty()) {
            return readScreenshots(arguments.mid(i + 1));
        } else if (window.files.isEmpty() && findCommand(argument)) {
            line.command = argument;
            line.arguments = arguments.mid(i + 1);
            for (const QString &file : std::as_const(window.catalogs))
                line.arguments << QStringLiteral("--catalog") << file;
            return line;
        } else if (argument.startsWith(QLatin1Char('-'))) {
            line.fault = QStringLiteral("unknown option '%1'").arg(argument);
            return line;
        } else if (isLabLink(argument)) {
            window.labLink = argument;
        } else if (!QFileInfo::exists(argument)) {
            line.fault = QStringLiteral("'%1' is neither a command nor a file; see 'errata --help'").arg(argument);
            return line;
        } else {
            window.files << QFileInfo(argument).absoluteFilePath();
        }
    }
    if (!hasDisplay()) {
        line.fault =
            QStringLiteral("there is no display to open a window on; 'errata --help' lists what works in a terminal");
        return line;
    }
    line.window = window;
    return line;
}

int runCommand(const CommandLine &line, CliContext &context)
{
    if (!line.fault.isEmpty()) {
        printLine(context.err, QStringLiteral("errata: ") + line.fault);
        return static_cast<int>(Exit::Usage);
    }
    if (line.command == QLatin1String("help")) {
        context.out->write(helpText().toUtf8());
        return static_cast<int>(Exit::Done);
    }
    if (line.command == QLatin1String("version")) {
        printLine(context.out, QStringLiteral("errata " ERRATA_VERSION));
        return static_cast<int>(Exit::Done);
    }
    const Command *command = findCommand(line.command);
    Q_ASSERT(command);
    QObject lifetime;
    std::optional<Exit> ended;
    context.colour = context.outIsTerminal;
    command->run(line.arguments, context, &lifetime, [&ended](Exit exit) {
        ended = exit;
        QCoreApplication::exit();
    });
    if (!ended)
        QCoreApplication::exec();
    return static_cast<int>(ended.value_or(Exit::Usage));
}

} // namespace errata
