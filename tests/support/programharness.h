// Policies as programs, built and run with what is in tests/data/retry/harness.
#pragma once

#include "models/retry/retrypolicy.h"

#include <QDir>

namespace errata::test {

/// A command and what it said.
struct Run
{
    int exitCode = -1;
    QByteArray text;
};

[[nodiscard]] Run runTool(const QString &folder, const QString &program, const QStringList &arguments);

/// A language's compiler or interpreter; empty where it is not at hand. An interpreter in PATH may be a wrapper that
/// takes seconds, so /usr/bin comes first.
[[nodiscard]] QString toolOf(const QByteArray &program);

/// TypeScript without its types, as far as these programs have any.
[[nodiscard]] QByteArray withoutTypes(const QByteArray &program);

[[nodiscard]] bool writeFile(const QDir &folder, const QString &name, const QByteArray &text);

/// Writes the policies as \a program into \a folder and builds them together; \a command, followed by a port for each
/// of them, runs them all. False, and why as a warning, where that fails.
[[nodiscard]] bool prepareProgram(const QByteArray &program, const QDir &folder, const std::vector<RetryPolicy> &list,
                                  QStringList &command);

} // namespace errata::test
