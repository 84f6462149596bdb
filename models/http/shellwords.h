// A command line taken apart as the shell it was copied for does.
#pragma once

#include "models/base/result.h"

#include <QByteArray>

#include <vector>

namespace errata {

enum class Shell {
    Posix,      ///< '..', "..", $'..', backslash
    Cmd,        ///< ^ escapes, ".." with \" or ""
    PowerShell, ///< '..' with '', ".." and ends of lines with `
};

struct ShellCommand
{
    std::vector<QByteArray> words;
    QByteArray input; ///< of a here-document
};

/// The words of the first command; a pipe, a redirection, ; or & ends it. Variables stay as they stand. An open quote
/// is an error, its place "line N".
[[nodiscard]] Result<ShellCommand> shellCommand(const QByteArray &text, Shell shell);

/// By its quotes and ends of lines.
[[nodiscard]] Shell guessedShell(QByteArrayView text);

} // namespace errata
