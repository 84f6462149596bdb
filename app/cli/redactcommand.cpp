#include "app/cli/redactcommand.h"

#include "app/cli/entryoutput.h"
#include "app/cli/options.h"
#include "app/redactionrules.h"
#include "models/json/jsonwriter.h"
#include "models/redact/redactor.h"

#include <algorithm>

namespace errata {

namespace {

/// Adds the patterns of every --patterns FILE to the rules.
Result<RedactionRules> readRules(CliContext &context, const QStringList &files)
{
    RedactionRules rules = redactionRules(loadCatalogsOf(context));
    for (const QString &file : files) {
        const auto text = readInput(context, file, limits::catalogFile);
        if (!text)
            return text.error();
        auto patterns = parseUserPatterns(text.value());
        if (!patterns) {
            const Error &fault = patterns.error();
            return Error{fault.message, file + QLatin1Char(':') + fault.where.section(QLatin1Char(' '), 1)};
        }
        std::move(patterns.value().begin(), patterns.value().end(), std::back_inserter(rules.patterns));
    }
    return rules;
}

QString counted(qsizetype count, const QString &one)
{
    return QStringLiteral("%1 %2%3").arg(count).arg(one, count == 1 ? QString() : QStringLiteral("s"));
}

/// One line for everything of one kind: how many, and where the first stood.
struct Line
{
    qsizetype count = 0;
    QByteArray first;
};

void writeLines(CliContext &context, const QString &label, const std::map<QByteArray, Line> &lines)
{
    for (const auto &[what, line] : lines) {
        const QString more = line.count > 1 ? QStringLiteral(", first in ") : QStringLiteral(", in ");
        printLine(context.err,
                  label.arg(line.count).arg(QString::fromUtf8(what)) + more + QString::fromUtf8(line.first));
    }
}

void writeReport(CliContext &context, const RedactionReport &redaction)
{
    std::map<QByteArray, Line> types;
    for (const Masked &masked : redaction.masked) {
        Line &line = types[masked.type];
        if (++line.count == 1)
            line.first = masked.place;
    }
    std::map<QByteArray, Line> reasons;
    for (const Doubtful &doubtful : redaction.doubtful) {
        Line &line = reasons[doubtful.reason];
        if (++line.count == 1)
            line.first = doubtful.place;
    }
    printLine(context.err, redaction.masked.empty()
                               ? QStringLiteral("errata redact: no secret found")
                               : QStringLiteral("errata redact: %1 masked")
                                     .arg(counted(qsizetype(redaction.masked.size()), QStringLiteral("secret"))));
    writeLines(context, QStringLiteral("  %1 %2"), types);
    if (redaction.doubtfulCount > 0)
        printLine(context.err, QStringLiteral("errata redact: %1 left, look at %2 yourself")
                                   .arg(counted(redaction.doubtfulCount, QStringLiteral("doubtful place")),
                                        redaction.doubtfulCount == 1 ? QStringLiteral("it") : QStringLiteral("them")));
    writeLines(context, QStringLiteral("  %1 left: %2"), reasons);
}

void writeSpan(JsonWriter &json, const Span &span)
{
    json.key(u"span").beginObject().member(u"start", qint64(span.start)).member(u"length", qint64(span.length));
    json.endObject();
}

void writeJson(CliContext &context, const Redaction &redaction)
{
    JsonWriter json;
    json.beginObject().key(u"text").utf8(redaction.text).key(u"tally").beginObject();
    for (const auto &[type, count] : redaction.tally())
        json.member(QString::fromUtf8(type), count);
    json.endObject().key(u"masked").beginArray();
    for (const Masked &masked : redaction.masked) {
        json.beginObject().key(u"type").utf8(masked.type).key(u"where").utf8(masked.place);
        json.key(u"placeholder").utf8(masked.placeholder);
        writeSpan(json, masked.span);
        json.endObject();
    }
    json.endArray().key(u"doubtful").beginArray();
    for (const Doubtful &doubtful : redaction.doubtful) {
        json.beginObject().key(u"reason").utf8(doubtful.reason).key(u"where").utf8(doubtful.place);
        writeSpan(json, doubtful.span);
        json.endObject();
    }
    json.endArray().member(u"doubtful_count", qint64(redaction.doubtfulCount)).endObject();
    context.out->write(json.result());
}

void runRedact(const QStringList &arguments, CliContext &context, QObject * /*lifetime*/, const Finish &finish)
{
    const QString name = QStringLiteral("redact");
    Options options(name, QStringLiteral("[FILE] [--patterns FILE]... [--json]"),
                    QStringLiteral("Masks secrets in a HAR, JSON, curl command, raw HTTP, log or any other text.\n"
                                   "The text goes to standard output with all else unchanged, the tally to standard\n"
                                   "error. With no FILE, or '-', reads standard input."));
    options.value({QStringLiteral("patterns")}, QStringLiteral("FILE"),
                  QStringLiteral("Also mask what these match: lines 'name: regular expression'."));
    if (!options.parse(arguments, context, finish))
        return;
    if (options.positional().size() > 1)
        return usageError(context, name, QStringLiteral("takes one file at most"), finish);
    const auto rules = readRules(context, options.values(QStringLiteral("patterns")));
    if (!rules)
        return usageError(context, name, rules.error().text(), finish);
    const auto text = readInput(context, options.positional().value(0), limits::decoderInput);
    if (!text)
        return usageError(context, name, text.error().text(), finish);
    Redactor redactor(rules.value());
    if (options.isSet(QStringLiteral("json"))) {
        writeJson(context, redactor.redact(text.value()));
    } else {
        const auto write = [&context](QByteArrayView piece) { context.out->write(piece.data(), piece.size()); };
        writeReport(context, redactor.redact(text.value(), write));
    }
    finish(Exit::Done);
}

} // namespace

Command redactCommand()
{
    return {QStringLiteral("redact"), QStringLiteral("mask the secrets in a HAR, curl command, log or other text"),
            runRedact};
}

} // namespace errata
