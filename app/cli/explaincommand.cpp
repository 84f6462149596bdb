#include "app/cli/explaincommand.h"

#include "app/cli/entryoutput.h"
#include "app/cli/options.h"

namespace errata {

namespace {

struct Match
{
    const Entry *entry;
    QString kind;
};

/// Exact spelling first, then equal after folding, then near misses.
std::vector<Match> matches(const CatalogSet &catalogs, const QString &code, const QString &api)
{
    std::vector<Match> found;
    const auto add = [&found](const std::vector<const Entry *> &entries, const QString &kind) {
        for (const Entry *entry : entries)
            found.push_back({entry, kind});
    };
    add(catalogs.exact(code, api), QStringLiteral("exact"));
    add(catalogs.folded(code, api), QStringLiteral("folded"));
    add(catalogs.near(code, api), QStringLiteral("near"));
    return found;
}

void writeText(CliContext &context, const CatalogSet &catalogs, const std::vector<Match> &found)
{
    const Style style(context.colour);
    const bool nearOnly = found.front().kind == QLatin1String("near");
    bool first = true;
    if (nearOnly)
        printLine(context.out, QStringLiteral("No code is spelled so. Did you mean one of these?\n"));
    for (const Match &match : found) {
        // Beside a real match near misses are only noise; alone they get a line each.
        if (match.kind == QLatin1String("near")) {
            if (nearOnly)
                printLine(context.out, entryLine(catalogs, *match.entry, style));
            continue;
        }
        if (!first)
            printLine(context.out, QString(std::clamp(context.columns, 20, 100), QChar(0x2500)));
        first = false;
        if (match.kind == QLatin1String("folded"))
            printLine(context.out,
                      style.dim(QStringLiteral("spelled differently, the same after folding case, '-' and '_':")));
        context.out->write(entryText(catalogs, *match.entry, style, context.columns).toUtf8());
    }
}

void runExplain(const QStringList &arguments, CliContext &context, QObject * /*lifetime*/, const Finish &finish)
{
    Options options(
        QStringLiteral("explain"), QStringLiteral("CODE [--api ID] [--json]"),
        QStringLiteral("Every entry that owns the code: exact spelling first, then equal after folding case\n"
                       "and '-' and '_', then near misses."));
    options.value({QStringLiteral("api")}, QStringLiteral("ID"), QStringLiteral("Look in this API alone."));
    if (!options.parse(arguments, context, finish))
        return;
    if (options.positional().size() != 1)
        return usageError(context, QStringLiteral("explain"),
                          QStringLiteral("takes one CODE, see 'errata explain --help'"), finish);
    const QString code = options.positional().constFirst();
    const QString api = options.value(QStringLiteral("api"));
    const CatalogSet catalogs = loadCatalogsOf(context);
    if (const auto problem = apiProblem(catalogs, api))
        return usageError(context, QStringLiteral("explain"), *problem, finish);
    const std::vector<Match> found = matches(catalogs, code, api);
    if (options.isSet(QStringLiteral("json"))) {
        JsonWriter json;
        json.beginObject().key(u"entries").beginArray();
        for (const Match &match : found)
            writeEntry(json, *catalogs.catalog(match.entry->api), *match.entry, match.kind);
        json.endArray().endObject();
        context.out->write(json.result());
    } else if (!found.empty()) {
        writeText(context, catalogs, found);
    } else {
        printLine(
            context.err,
            QStringLiteral("errata explain: no code '%1', and none near to it; try 'errata search %1'").arg(code));
    }
    finish(found.empty() ? Exit::NothingFound : Exit::Done);
}

} // namespace

Command explainCommand()
{
    return {QStringLiteral("explain"), QStringLiteral("what a code means, whether to retry, what to do"), runExplain};
}

} // namespace errata
