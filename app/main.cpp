#include "app/cli/runcli.h"
#include "app/modules.h"
#include "app/paths.h"

#include <QCoreApplication>
#include <QFile>

#include <chrono>
#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

namespace {

int openWindow(int argc, char **argv, errata::WindowRequest request)
{
    const errata::Paths paths = errata::Paths::ofEnvironment();
    request.dataDir = paths.data;
    request.configDir = paths.config;
    const auto run = errata::openWindowModule(errata::programDir());
    if (!run) {
        std::fprintf(stderr, "errata: the window cannot be opened: %s\n", qPrintable(run.error().text()));
        return 2;
    }
    return run.value()(argc, argv, request);
}

int terminalColumns()
{
    winsize size{};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

} // namespace

int main(int argc, char **argv)
{
    const auto started = std::chrono::steady_clock::now();
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);

    // Whether a QApplication or a QCoreApplication is to be made is decided before either exists.
    errata::CommandLine line = errata::readCommandLine(arguments);
    if (line.window) {
        line.window->started = started;
        return openWindow(argc, argv, *line.window);
    }
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("errata"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ERRATA_VERSION));
    QFile in, out, err;
    if (!in.open(stdin, QIODevice::ReadOnly) || !out.open(stdout, QIODevice::WriteOnly) ||
        !err.open(stderr, QIODevice::WriteOnly | QIODevice::Unbuffered))
        return static_cast<int>(errata::Exit::Usage);

    errata::SystemClock clock;
    errata::CliContext context;
    context.in = &in;
    context.out = &out;
    context.err = &err;
    context.outIsTerminal = isatty(STDOUT_FILENO) != 0;
    context.columns = terminalColumns();
    context.clock = &clock;
    context.catalogDir = errata::Paths::ofEnvironment().catalogs();
    context.policyDir = errata::Paths::ofEnvironment().policies();
    context.transport = [](const QString &engine) { return errata::openTransport(errata::programDir(), engine); };
    context.yamlToJson = [](const QByteArray &yaml) { return errata::yamlToJson(errata::programDir(), yaml); };
    return errata::runCommand(line, context);
}
