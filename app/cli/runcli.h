// From the program's arguments to a command, and its exit status.
#pragma once

#include "app/cli/command.h"
#include "app/modules.h"

#include <optional>

namespace errata {

/// What the arguments ask for: a window, or a command, or a fault to tell.
struct CommandLine
{
    std::optional<WindowRequest> window;
    QString command;       ///< "explain"; "help" and "version" for --help and --version
    QStringList arguments; ///< after the command's name
    QString fault;         ///< set when the arguments make no sense
};

/// Reads the arguments after the program's name. Needs no QCoreApplication.
[[nodiscard]] CommandLine readCommandLine(const QStringList &arguments);

/// Runs the command, on the event loop where it needs one; gives the exit status. Needs a QCoreApplication.
[[nodiscard]] int runCommand(const CommandLine &line, CliContext &context);

} // namespace errata
