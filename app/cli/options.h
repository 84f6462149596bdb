// Flags of a command: QCommandLineParser with our help, our one-line errors and checked numbers.
#pragma once

#include "app/cli/command.h"
#include "models/base/result.h"

#include <QCommandLineParser>

#include <optional>

namespace errata {

class Options
{
public:
    /// \a synopsis is what follows the command's name in the usage line, e.g. "CODE [options]".
    Options(const QString &command, const QString &synopsis, const QString &description);

    /// --json, --color, --catalog and --help are there already.
    /// A flag without a value: names without dashes, e.g. {"json"}.
    Options &flag(const QStringList &names, const QString &description);
    /// A flag with a value; it may be given several times (values()).
    Options &value(const QStringList &names, const QString &valueName, const QString &description,
                   const QString &defaultValue = {});

    /// Reads the arguments after the command's name. False when there is nothing left to do: help was
    /// printed or a fault was named, and \a finish has been called.
    [[nodiscard]] bool parse(const QStringList &arguments, CliContext &context, const Finish &finish);

    [[nodiscard]] bool isSet(const QString &name) const { return m_parser.isSet(name); }
    [[nodiscard]] QString value(const QString &name) const { return m_parser.value(name); }
    [[nodiscard]] QStringList values(const QString &name) const { return m_parser.values(name); }
    [[nodiscard]] QStringList positional() const { return m_parser.positionalArguments(); }
    /// The value as a whole number within the bounds; absent when the flag is.
    [[nodiscard]] Result<std::optional<qint64>> integer(const QString &name, qint64 least, qint64 most) const;
    /// The value as seconds or another real number >= 0; absent when the flag is.
    [[nodiscard]] Result<std::optional<double>> real(const QString &name, double least, double most) const;
    /// The value if it is one of \a allowed; absent when the flag is.
    [[nodiscard]] Result<std::optional<QString>> choice(const QString &name, const QStringList &allowed) const;

private:
    [[nodiscard]] QString helpText() const;
    [[nodiscard]] bool readCommon(CliContext &context, const Finish &finish);

    QString m_command;
    QString m_synopsis;
    QCommandLineParser m_parser;
};

/// One line on stderr: "errata COMMAND: what", and the end with Exit::Usage.
void usageError(CliContext &context, const QString &command, const QString &what, const Finish &finish);

/// The bytes of a file, or of standard input for "-" or an empty name; refused above \a limit.
[[nodiscard]] Result<QByteArray> readInput(CliContext &context, const QString &file, qint64 limit);

/// Writes text, UTF-8, and a newline.
void printLine(QIODevice *device, const QString &text);

} // namespace errata
