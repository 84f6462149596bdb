#include "app/cli/decodecommand.h"

#include "app/cli/entryoutput.h"
#include "app/cli/findingoutput.h"
#include "app/cli/options.h"
#include "models/decode/decoder.h"

namespace errata {

namespace {

Result<DecodeOptions> readOptions(const Options &options, const CliContext &context)
{
    DecodeOptions decode;
    if (options.isSet(QStringLiteral("as"))) {
        decode.kind = inputKindFromId(options.value(QStringLiteral("as")));
        if (!decode.kind)
            return Error{QStringLiteral("--as takes one of %1, not '%2'")
                             .arg(readableKinds().join(QStringLiteral(", ")), options.value(QStringLiteral("as"))),
                         {}};
    }
    const auto status = options.integer(QStringLiteral("status"), 100, 599);
    if (!status)
        return status.error();
    if (status.value())
        decode.status = static_cast<int>(*status.value());
    decode.api = options.value(QStringLiteral("api"));
    decode.now = context.clock->wallTime();
    return decode;
}

/// Several files decoded as one input: exchanges are numbered through.
void append(Diagnosis &whole, Diagnosis part, bool first)
{
    for (Finding &finding : part.findings) {
        finding.exchange += whole.exchanges;
        whole.findings.push_back(std::move(finding));
    }
    whole.kind = first || whole.kind == part.kind ? part.kind : InputKind::Unknown;
    whole.bytes += part.bytes;
    whole.exchanges += part.exchanges;
    whole.problems += part.problems;
}

void writeJson(CliContext &context, const CatalogSet &catalogs, const Diagnosis &diagnosis)
{
    JsonWriter json;
    json.beginObject().key(u"input").beginObject().member(u"kind", inputKindId(diagnosis.kind));
    json.member(u"bytes", qint64(diagnosis.bytes)).member(u"exchanges", diagnosis.exchanges).endObject();
    writeFindings(json, catalogs, diagnosis.findings);
    json.key(u"problems").beginArray();
    for (const QString &problem : diagnosis.problems)
        json.string(problem);
    context.out->write(json.endArray().endObject().result());
}

void writeText(CliContext &context, const CatalogSet &catalogs, const Diagnosis &diagnosis)
{
    const Style style(context.colour);
    for (const QString &problem : diagnosis.problems)
        printLine(context.err, QStringLiteral("errata decode: ") + problem);
    if (diagnosis.findings.empty())
        printLine(context.out, QStringLiteral("No error recognised. Read as: %1, %2 bytes.")
                                   .arg(inputKindId(diagnosis.kind))
                                   .arg(diagnosis.bytes));
    bool first = true;
    for (const Finding &finding : diagnosis.findings) {
        if (!first)
            printLine(context.out, QString(std::clamp(context.columns, 20, 100), QChar(0x2500)));
        first = false;
        context.out->write(findingText(catalogs, finding, style, context.columns).toUtf8());
    }
}

/// 4 an error was recognised; 1 nothing could be made of it; 0 it is something, but no error.
Exit exitOf(const Diagnosis &diagnosis)
{
    if (holdsError(diagnosis.findings))
        return Exit::ErrorRecognised;
    const bool unread = diagnosis.kind == InputKind::Empty || diagnosis.kind == InputKind::Unknown ||
                        (!diagnosis.problems.isEmpty() && diagnosis.findings.empty());
    return unread && diagnosis.findings.empty() ? Exit::NothingFound : Exit::Done;
}

void run(const QStringList &arguments, CliContext &context, QObject * /*lifetime*/, const Finish &finish)
{
    const QString name = QStringLiteral("decode");
    Options options(name, QStringLiteral("[FILE...] [--as KIND] [--api ID] [--status N] [--json]"),
                    QStringLiteral("Recognises the error in a JSON body, a raw HTTP response or a bare code.\n"
                                   "With no FILE, or '-', reads standard input."));
    options
        .value({QStringLiteral("as")}, QStringLiteral("KIND"),
               QStringLiteral("Read it as %1.").arg(readableKinds().join(QStringLiteral(", "))))
        .value({QStringLiteral("api")}, QStringLiteral("ID"), QStringLiteral("Consider this API alone."))
        .value({QStringLiteral("status")}, QStringLiteral("N"),
               QStringLiteral("The HTTP status, when it is not in the text."));
    if (!options.parse(arguments, context, finish))
        return;
    const auto decode = readOptions(options, context);
    if (!decode)
        return usageError(context, name, decode.error().text(), finish);
    const CatalogSet catalogs = loadCatalogsOf(context);
    if (const auto problem = apiProblem(catalogs, decode.value().api))
        return usageError(context, name, *problem, finish);
    const QStringList files = options.positional().isEmpty() ? QStringList(QStringLiteral("-")) : options.positional();
    Diagnosis whole;
    for (const QString &file : files) {
        const auto text = readInput(context, file, limits::decoderInput);
        if (!text)
            return usageError(context, name, text.error().text(), finish);
        append(whole, decodeText(text.value(), catalogs, decode.value()), &file == &files.constFirst());
    }
    if (options.isSet(QStringLiteral("json")))
        writeJson(context, catalogs, whole);
    else
        writeText(context, catalogs, whole);
    finish(exitOf(whole));
}

} // namespace

Command decodeCommand()
{
    return {QStringLiteral("decode"), QStringLiteral("recognise the error in a reply and say what to do"), run};
}

} // namespace errata
