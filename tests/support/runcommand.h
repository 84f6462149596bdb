// Commands of the command line, run in this process.
#pragma once

#include "app/cli/command.h"
#include "models/json/jsondocument.h"

#include <functional>
#include <optional>

namespace errata::test {

struct Ran
{
    std::optional<Exit> exit;
    QByteArray out;
    QByteArray err;

    /// All of standard output, which must be one JSON document.
    [[nodiscard]] JsonValue json() const;
};

/// Runs "COMMAND ARGUMENT..." to its end, on the event loop where it needs one. \a prepare adds to the context.
[[nodiscard]] Ran runCommand(const QStringList &line, const QByteArray &input = {},
                             const std::function<void(CliContext &)> &prepare = {});

} // namespace errata::test
