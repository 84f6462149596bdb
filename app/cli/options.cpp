#include "app/cli/options.h"

#include <QFile>
#include <QFileInfo>

namespace errata {

Options::Options(const QString &command, const QString &synopsis, const QString &description)
    : m_command(command), m_synopsis(synopsis)
{
    m_parser.setApplicationDescription(description);
    m_parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Show this help.")});
    flag({QStringLiteral("json")}, QStringLiteral("Write one JSON document."));
    value({QStringLiteral("color")}, QStringLiteral("auto|always|never"), QStringLiteral("Colour the output."),
          QStringLiteral("auto"));
    value({QStringLiteral("catalog")}, QStringLiteral("FILE"),
          QStringLiteral("Load a catalog file beside the others."));
}

Options &Options::flag(const QStringList &names, const QString &description)
{
    m_parser.addOption({names, description});
    return *this;
}

Options &Options::value(const QStringList &names, const QString &valueName, const QString &description,
                        const QString &defaultValue)
{
    m_parser.addOption({names, description, valueName, defaultValue});
    return *this;
}

bool Options::parse(const QStringList &arguments, CliContext &context, const Finish &finish)
{
    const bool understood = m_parser.parse(QStringList(QStringLiteral("errata ") + m_command) + arguments);
    if (m_parser.isSet(QStringLiteral("help"))) {
        context.out->write(helpText().toUtf8());
        finish(Exit::Done);
        return false;
    }
    if (!understood) {
        QString fault = m_parser.errorText();
        if (fault.endsWith(QLatin1Char('.')))
            fault.chop(1);
        usageError(context, m_command, fault, finish);
        return false;
    }
    return readCommon(context, finish);
}

bool Options::readCommon(CliContext &context, const Finish &finish)
{
    const auto colour =
        choice(QStringLiteral("color"), {QStringLiteral("auto"), QStringLiteral("always"), QStringLiteral("never")});
    if (!colour) {
        usageError(context, m_command, colour.error().text(), finish);
        return false;
    }
    if (colour.value())
        context.colour = *colour.value() == QLatin1String("auto") ? context.outIsTerminal
                                                                  : *colour.value() == QLatin1String("always");
    context.catalogFiles += values(QStringLiteral("catalog"));
    return true;
}

Result<std::optional<qint64>> Options::integer(const QString &name, qint64 least, qint64 most) const
{
    if (!isSet(name))
        return std::optional<qint64>();
    bool ok = false;
    const qint64 number = value(name).toLongLong(&ok);
    if (!ok || number < least || number > most)
        return Error{QStringLiteral("--%1 takes a whole number from %2 to %3, not '%4'")
                         .arg(name)
                         .arg(least)
                         .arg(most)
                         .arg(value(name)),
                     {}};
    return std::optional<qint64>(number);
}

Result<std::optional<double>> Options::real(const QString &name, double least, double most) const
{
    if (!isSet(name))
        return std::optional<double>();
    bool ok = false;
    const double number = value(name).toDouble(&ok);
    if (!ok || !(number >= least && number <= most))
        return Error{QStringLiteral("--%1 takes a number from %2 to %3, not '%4'")
                         .arg(name)
                         .arg(least)
                         .arg(most)
                         .arg(value(name)),
                     {}};
    return std::optional<double>(number);
}

Result<std::optional<QString>> Options::choice(const QString &name, const QStringList &allowed) const
{
    if (!isSet(name))
        return std::optional<QString>();
    if (!allowed.contains(value(name)))
        return Error{
            QStringLiteral("--%1 takes one of %2, not '%3'").arg(name, allowed.join(QStringLiteral(", ")), value(name)),
            {}};
    return std::optional<QString>(value(name));
}

QString Options::helpText() const
{
    // QCommandLineParser's own usage line cannot name a command; the rest of its text serves.
    QString text = m_parser.helpText();
    text.remove(0, text.indexOf(QLatin1Char('\n')) + 1);
    return QStringLiteral("Usage: errata %1 %2\n%3").arg(m_command, m_synopsis, text);
}

void usageError(CliContext &context, const QString &command, const QString &what, const Finish &finish)
{
    printLine(context.err, QStringLiteral("errata %1: %2").arg(command, what));
    finish(Exit::Usage);
}

Result<QByteArray> readInput(CliContext &context, const QString &file, qint64 limit)
{
    const auto read = [limit](QIODevice *device, const QString &name) -> Result<QByteArray> {
        QByteArray bytes = device->read(limit + 1);
        // A pipe delivers in pieces.
        while (bytes.size() <= limit) {
            const QByteArray more = device->read(limit + 1 - bytes.size());
            if (more.isEmpty())
                break;
            bytes += more;
        }
        if (bytes.size() > limit)
            return Error{QStringLiteral("larger than %1 MB, the most that is read").arg(limit / limits::Megabyte),
                         name};
        return bytes;
    };
    if (file.isEmpty() || file == QLatin1String("-"))
        return read(context.in, QStringLiteral("standard input"));
    if (QFileInfo(file).isDir())
        return Error{QStringLiteral("is a folder, expected a file"), file};
    QFile device(file);
    if (!device.open(QIODevice::ReadOnly))
        return Error{device.errorString().toLower(), file};
    return read(&device, file);
}

void printLine(QIODevice *device, const QString &text)
{
    device->write(text.toUtf8() + '\n');
}

} // namespace errata
