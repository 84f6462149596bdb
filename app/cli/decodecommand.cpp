#include "app/cli/decodecommand.h"

#include "app/cli/decodeoptions.h"
#include "app/cli/entryoutput.h"
#include "app/cli/findingoutput.h"
#include "app/cli/options.h"
#include "models/decode/decoder.h"
#include "models/decode/recording.h"

namespace errata {

namespace {

/// Several files decoded as one input: exchanges are numbered through, findings and problems name their file.
void append(Diagnosis &whole, Diagnosis part, const QString &file, bool isOnly)
{
    if (isOnly) {
        whole = std::move(part);
        return;
    }
    for (ExchangeLine &line : part.lines) {
        line.index += whole.exchanges;
        if (line.finding >= 0)
            line.finding += static_cast<int>(whole.findings.size());
        whole.lines.push_back(std::move(line));
    }
    for (Finding &finding : part.findings) {
        finding.exchange += whole.exchanges;
        finding.file = file;
        whole.findings.push_back(std::move(finding));
    }
    for (const QString &problem : std::as_const(part.problems))
        whole.problems << file + QStringLiteral(": ") + problem;
    const bool first = whole.bytes == 0 && whole.exchanges == 0;
    whole.kind = first || whole.kind == part.kind ? part.kind : InputKind::Unknown;
    whole.bytes += part.bytes;
    whole.exchanges += part.exchanges;
    whole.further += part.further;
}

void writeJson(CliContext &context, const CatalogSet &catalogs, const Diagnosis &diagnosis)
{
    JsonWriter json;
    json.beginObject().key(u"input").beginObject().member(u"kind", inputKindId(diagnosis.kind));
    json.member(u"bytes", qint64(diagnosis.bytes)).member(u"exchanges", diagnosis.exchanges).endObject();
    writeFindings(json, catalogs, diagnosis.findings);
    if (diagnosis.exchanges > 1)
        writeSummary(json, diagnosis);
    json.key(u"problems").beginArray();
    for (const QString &problem : diagnosis.problems)
        json.string(problem);
    context.out->write(json.endArray().endObject().result());
}

/// A few findings whole; of many, the first of each code.
std::vector<const Finding *> shown(const Diagnosis &diagnosis)
{
    constexpr std::size_t few = 5;
    std::vector<const Finding *> list;
    if (diagnosis.findings.size() <= few) {
        for (const Finding &finding : diagnosis.findings)
            list.push_back(&finding);
        return list;
    }
    for (const Tally &tally : tallyByCode(diagnosis))
        list.push_back(&diagnosis.findings[static_cast<std::size_t>(tally.first)]);
    return list;
}

/// "a.har, exchange 3: GET https://…"; empty for the one of a single input.
QString originOf(const Finding &finding, int exchanges)
{
    QStringList parts;
    if (!finding.file.isEmpty())
        parts << finding.file;
    if (exchanges > 1)
        parts << QStringLiteral("exchange %1").arg(finding.exchange + 1);
    QString origin = parts.join(QStringLiteral(", "));
    if (finding.url && !origin.isEmpty())
        origin += QStringLiteral(": ") + finding.method.value_or(QString()) + QLatin1Char(' ') + *finding.url;
    return visible(origin);
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
    if (diagnosis.exchanges > 1 && !diagnosis.findings.empty())
        context.out->write(summaryText(catalogs, diagnosis, style).toUtf8());
    const QString rule(std::clamp(context.columns, 20, 100), QChar(0x2500));
    bool first = diagnosis.exchanges <= 1;
    for (const Finding *finding : shown(diagnosis)) {
        if (!first)
            printLine(context.out, rule);
        first = false;
        if (const QString origin = originOf(*finding, diagnosis.exchanges); !origin.isEmpty())
            printLine(context.out, style.dim(origin));
        context.out->write(findingText(catalogs, *finding, style, context.columns).toUtf8());
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

void runDecode(const QStringList &arguments, CliContext &context, QObject * /*lifetime*/, const Finish &finish)
{
    const QString name = QStringLiteral("decode");
    Options options(
        name, QStringLiteral("[FILE...] [--as KIND] [--api ID] [--status N] [--json]"),
        QStringLiteral("Recognises errors in anything: a JSON or XML body, a raw HTTP response, curl -v, HAR, a\n"
                       "log, a URL, an error page, a code or an exit status. One finding an error, failures\n"
                       "first. With no FILE, or '-', reads standard input."));
    addDecodeOptions(options);
    if (!options.parse(arguments, context, finish))
        return;
    const auto decode = readDecodeOptions(options, context);
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
        append(whole, decodeText(text.value(), catalogs, decode.value()), file, files.size() == 1);
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
    return {QStringLiteral("decode"), QStringLiteral("recognise the error in a reply and say what to do"), runDecode};
}

} // namespace errata
