// {{name}}: values an environment gives, filled into a request.
#pragma once

#include "models/base/span.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QString>
#include <QStringList>

#include <vector>

namespace errata {

/// By name. A value may name other variables.
using Variables = QHash<QString, QString>;

/// One "{{name}}" in a text; blanks inside the braces are allowed, names are letters, digits, '_', '-', '.', and a
/// leading '$' for those Errata makes itself.
struct VariableUse
{
    QString name;
    Span where; ///< with its braces
};

[[nodiscard]] std::vector<VariableUse> variablesIn(QByteArrayView text);

struct Substitution
{
    QByteArray text;
    QStringList unresolved; ///< without a value, or defined by itself; they stay as they are
};

/// Values are filled in up to 16 deep. "{{$uuid}}", "{{$timestamp}}" (seconds since 1970) and "{{$isoTime}}" are made
/// anew for each use.
[[nodiscard]] Substitution substituted(const QByteArray &text, const Variables &variables);

/// A set of values to send by: "staging", "production".
struct EnvironmentVariable
{
    QString name;
    QString value; ///< empty for secrets: those are in the key store
    bool isSecret = false;
    friend bool operator==(const EnvironmentVariable &, const EnvironmentVariable &) = default;
};

struct Environment
{
    QString name;
    std::vector<EnvironmentVariable> variables;
    bool isLive = false; ///< writes ask first
    friend bool operator==(const Environment &, const Environment &) = default;
};

} // namespace errata
