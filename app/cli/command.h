// One command of the command line.
#pragma once

#include "models/base/clock.h"
#include "models/base/limits.h"
#include "models/base/result.h"
#include "models/http/transport.h"

#include <QByteArray>
#include <QIODevice>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace errata {

/// Exit statuses (the contract of the command line).
enum class Exit { Done = 0, NothingFound = 1, Usage = 2, Network = 3, ErrorRecognised = 4 };

/// Where a command reads and writes, and the world it may touch; tests give their own.
struct CliContext
{
    QIODevice *in = nullptr;
    QIODevice *out = nullptr;
    QIODevice *err = nullptr;
    bool outIsTerminal = false;
    int columns = 80;    ///< of the terminal
    bool colour = false; ///< set by --color, or automatic
    Clock *clock = nullptr;
    QString catalogDir;       ///< the user's own catalogs
    QStringList catalogFiles; ///< --catalog FILE
    QString policyDir;        ///< the user's own retry policies
    /// An engine by name ("curl", "qt"), opened when first asked for.
    std::function<Result<std::unique_ptr<Transport>>(const QString &engine)> transport;
    /// YAML as JSON, by a module opened when first asked for.
    std::function<Result<QByteArray>(const QByteArray &yaml)> yamlToJson;
};

/// Called exactly once when the command has ended.
using Finish = std::function<void(Exit)>;

/// A named command. run() may call \a finish before it returns, or later from the event loop;
/// what must live until then is a child of \a lifetime.
struct Command
{
    QString name;
    QString summary; ///< one line for the list of commands
    std::function<void(const QStringList &arguments, CliContext &context, QObject *lifetime, Finish finish)> run;
};

/// All commands, in the order --help lists them.
[[nodiscard]] const std::vector<Command> &commands();

} // namespace errata
