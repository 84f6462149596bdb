#include "app/cli/bundlecommand.h"

#include "app/bundle.h"
#include "app/cli/decodeoptions.h"
#include "app/cli/entryoutput.h"
#include "app/redactionrules.h"
#include "models/base/wholefile.h"
#include "models/json/jsonwriter.h"
#include "models/redact/redactor.h"

#include <QDir>
#include <QFileInfo>

namespace errata {

namespace {

/// Into a .zip, or a folder that is made where it is missing; of a folder nothing is overwritten.
std::optional<Error> writeBundle(const std::vector<ArchivedFile> &files, const QString &target, const QDateTime &now)
{
    if (target.endsWith(QLatin1String(".zip"), Qt::CaseInsensitive))
        return writeWholeFile(target, zipArchive(files, now));
    for (const ArchivedFile &file : files) {
        if (QFileInfo::exists(target + QLatin1Char('/') + file.name))
            return Error{QStringLiteral("is there already; name a new folder"), target + QLatin1Char('/') + file.name};
    }
    if (!QDir().mkpath(target))
        return Error{QStringLiteral("the folder cannot be made"), target};
    for (const ArchivedFile &file : files) {
        if (auto fault = writeWholeFile(target + QLatin1Char('/') + file.name, file.bytes))
            return fault;
    }
    return std::nullopt;
}

/// All files as one Markdown text, the first as it is.
QByteArray asMarkdown(const std::vector<ArchivedFile> &files)
{
    QByteArray text;
    for (const ArchivedFile &file : files) {
        if (text.isEmpty()) {
            text = file.bytes;
            continue;
        }
        QByteArray fence = "```";
        while (file.bytes.contains(fence))
            fence += '`';
        text += "\n## " + file.name.toUtf8() + "\n\n" + fence + '\n' + file.bytes +
                (file.bytes.endsWith('\n') ? "" : "\n") + fence + '\n';
    }
    return text;
}

QByteArray asJson(const std::vector<ArchivedFile> &files, const Redaction &redaction)
{
    JsonWriter json;
    json.beginObject().key(u"files").beginArray();
    for (const ArchivedFile &file : files)
        json.beginObject().member(u"name", file.name).key(u"text").utf8(file.bytes).endObject();
    json.endArray().key(u"masked").beginObject();
    for (const auto &[type, count] : redaction.tally())
        json.member(QString::fromUtf8(type), count);
    json.endObject().key(u"doubtful").beginArray();
    const QStringList doubtful = doubtfulLines(redaction);
    for (const QString &line : doubtful)
        json.string(line);
    return json.endArray().endObject().result();
}

void runBundle(const QStringList &arguments, CliContext &context, QObject * /*lifetime*/, const Finish &finish)
{
    const QString name = QStringLiteral("bundle");
    Options options(
        name, QStringLiteral("[FILE] [--output DIR|FILE.zip] [--as KIND] [--api ID] [--status N] [--json]"),
        QStringLiteral("Makes an escalation bundle of whatever 'decode' reads: a summary in Markdown, the\n"
                       "exchanges that failed as HAR, their requests as curl commands, a reply for the\n"
                       "customer. Secrets are masked in all of it. Without --output one Markdown text goes\n"
                       "to standard output. With no FILE, or '-', reads standard input."));
    options.value({QStringLiteral("o"), QStringLiteral("output")}, QStringLiteral("DIR|FILE.zip"),
                  QStringLiteral("Write the files there."));
    addDecodeOptions(options);
    if (!options.parse(arguments, context, finish))
        return;
    if (options.positional().size() > 1)
        return usageError(context, name, QStringLiteral("takes one file at most"), finish);
    const auto decode = readDecodeOptions(options, context);
    if (!decode)
        return usageError(context, name, decode.error().text(), finish);
    const CatalogSet catalogs = loadCatalogsOf(context);
    if (const auto problem = apiProblem(catalogs, decode.value().api))
        return usageError(context, name, *problem, finish);
    const auto text = readInput(context, options.positional().value(0), limits::decoderInput);
    if (!text)
        return usageError(context, name, text.error().text(), finish);

    const Redaction redaction = Redactor(redactionRules(catalogs)).redact(text.value());
    const Diagnosis diagnosis = decodeText(redaction.text, catalogs, decode.value());
    for (const QString &problem : diagnosis.problems)
        printLine(context.err, QStringLiteral("errata bundle: ") + problem);
    const QDateTime now = context.clock->wallTime();
    const auto files = escalationBundle({diagnosis, catalogs, now, redaction});
    if (files.empty()) {
        printLine(context.err, QStringLiteral("errata bundle: no error recognised, nothing to escalate"));
        return finish(Exit::NothingFound);
    }
    if (const QString target = options.value(QStringLiteral("output")); !target.isEmpty()) {
        if (const auto fault = writeBundle(files, target, now))
            return usageError(context, name, fault->text(), finish);
        printLine(context.err, QStringLiteral("errata bundle: %1 files in %2, %3 secrets masked")
                                   .arg(files.size())
                                   .arg(target)
                                   .arg(redaction.masked.size()));
    } else if (!options.isSet(QStringLiteral("json"))) {
        context.out->write(asMarkdown(files));
    }
    if (options.isSet(QStringLiteral("json")))
        context.out->write(asJson(files, redaction));
    finish(Exit::Done);
}

} // namespace

Command bundleCommand()
{
    return {QStringLiteral("bundle"), QStringLiteral("make an escalation bundle of what went wrong, secrets masked"),
            runBundle};
}

} // namespace errata
