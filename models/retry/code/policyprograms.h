// A retry policy as code for other programs.
#pragma once

#include "models/retry/retrypolicy.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace errata {

/// A language, or a library of one.
struct PolicyProgram
{
    const char *name;    ///< "python"
    const char *title;   ///< "Python (tenacity)"
    const char *ending;  ///< of its file
    const char *comment; ///< what begins a line of comment
    /// What it does with the user's own "send", without a head. It decides and waits as the policy does, and tells
    /// each wait in a line on standard error: "retry 2 in 1050 ms".
    QByteArray (*write)(const RetryPolicy &policy);
};

[[nodiscard]] const std::vector<PolicyProgram> &policyPrograms();
/// Null when there is none of that name.
[[nodiscard]] const PolicyProgram *policyProgram(const QString &name);

/// What the program does not do although the policy does, in sentences; empty where it does all.
[[nodiscard]] QStringList notCarried(const RetryPolicy &policy, const PolicyProgram &program);

/// The text: a head that names the policy, its version, its source and what is not carried over, then the code.
[[nodiscard]] QByteArray programText(const RetryPolicy &policy, const PolicyProgram &program);

struct NamedProgram
{
    QString name;
    QString title;
    QByteArray text;
};

/// One for each language.
[[nodiscard]] std::vector<NamedProgram> programsOf(const RetryPolicy &policy);

} // namespace errata
