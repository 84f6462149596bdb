#include "app/cli/searchcommand.h"

#include "app/cli/entryoutput.h"
#include "app/cli/options.h"
#include "models/catalog/names.h"
#include "models/catalog/searchindex.h"

namespace errata {

namespace {

QString matchId(MatchKind match)
{
    switch (match) {
    case MatchKind::Exact:
        return QStringLiteral("exact");
    case MatchKind::Folded:
        return QStringLiteral("folded");
    case MatchKind::Near:
        return QStringLiteral("near");
    case MatchKind::Prefix:
    case MatchKind::Text:
    case MatchKind::All:
        break;
    }
    return QStringLiteral("text");
}

/// The flags are shorthand for filters of the search field.
void addFilters(SearchQuery &query, const Options &options)
{
    for (const char *key : {"api", "status", "retry"}) {
        const QString name = QLatin1String(key);
        if (options.isSet(name))
            query.filters.push_back({name, options.value(name), false});
    }
}

void writeText(CliContext &context, const CatalogSet &catalogs, const SearchAnswer &answer, std::size_t shown)
{
    const Style style(context.colour);
    if (answer.nearOnly)
        printLine(context.out, QStringLiteral("No entry fits as typed; these are near:"));
    for (std::size_t i = 0; i < shown; ++i)
        printLine(context.out, entryLine(catalogs, *catalogs.entries()[answer.hits[i].entry], style));
    if (shown < answer.hits.size())
        printLine(context.err, QStringLiteral("%1 more; --limit shows more of them").arg(answer.hits.size() - shown));
}

void runSearch(const QStringList &arguments, CliContext &context, QObject * /*lifetime*/, const Finish &finish)
{
    const QString name = QStringLiteral("search");
    Options options(
        name, QStringLiteral("TEXT [--api ID] [--status N] [--retry VERDICT] [--limit N] [--json]"),
        QStringLiteral("Ranked search, with the grammar of the search field:\n"
                       "  429   'rate limit'   'nullspace: volume'   retry:yes   status:4xx   is:inferred   -captcha"));
    options.value({QStringLiteral("api")}, QStringLiteral("ID"), QStringLiteral("This API alone."))
        .value({QStringLiteral("status")}, QStringLiteral("N"),
               QStringLiteral("This HTTP status alone; 4xx, 500-504 and none work too."))
        .value({QStringLiteral("retry")}, QStringLiteral("VERDICT"),
               QStringLiteral("yes, no, after-wait, after-fix or unstated."))
        .value({QStringLiteral("limit")}, QStringLiteral("N"), QStringLiteral("At most so many entries (default 20)."));
    if (!options.parse(arguments, context, finish))
        return;
    const auto limit = options.integer(QStringLiteral("limit"), 1, 1'000'000);
    const auto retry = options.choice(QStringLiteral("retry"), retryVerdictIds());
    for (const QString &fault : {limit ? QString() : limit.error().text(), retry ? QString() : retry.error().text()}) {
        if (!fault.isEmpty())
            return usageError(context, name, fault, finish);
    }
    const CatalogSet catalogs = loadCatalogsOf(context);
    if (const auto problem = apiProblem(catalogs, options.value(QStringLiteral("api"))))
        return usageError(context, name, *problem, finish);
    QStringList apis;
    for (const Catalog &catalog : catalogs.catalogs())
        apis << catalog.id;
    // --status is checked by the same grammar.
    SearchQuery query = SearchQuery::parse(options.positional().join(QLatin1Char(' ')), apis);
    if (options.isSet(QStringLiteral("status"))) {
        const SearchQuery status =
            SearchQuery::parse(QStringLiteral("status:") + options.value(QStringLiteral("status")), apis);
        if (status.filters.empty())
            return usageError(context, name,
                              QStringLiteral("--status takes 429, 4xx, 500-504 or none, not '%1'")
                                  .arg(options.value(QStringLiteral("status"))),
                              finish);
    }
    addFilters(query, options);
    if (query.isEmpty() && query.problems.isEmpty())
        return usageError(context, name, QStringLiteral("takes a TEXT or a filter, see 'errata search --help'"),
                          finish);
    for (const QString &problem : query.problems)
        printLine(context.err, QStringLiteral("errata search: ") + problem);

    const SearchAnswer answer = SearchIndex(catalogs).search(query);
    const std::size_t shown = std::min(answer.hits.size(), static_cast<std::size_t>(limit.value().value_or(20)));
    if (options.isSet(QStringLiteral("json"))) {
        JsonWriter json;
        json.beginObject().key(u"entries").beginArray();
        for (std::size_t i = 0; i < shown; ++i) {
            const Entry &entry = *catalogs.entries()[answer.hits[i].entry];
            writeEntry(json, *catalogs.catalog(entry.api), entry, matchId(answer.hits[i].match));
        }
        json.endArray().endObject();
        context.out->write(json.result());
    } else {
        writeText(context, catalogs, answer, shown);
        if (answer.hits.empty())
            printLine(
                context.err,
                QStringLiteral("errata search: nothing fits '%1'").arg(options.positional().join(QLatin1Char(' '))));
    }
    finish(answer.hits.empty() ? Exit::NothingFound : Exit::Done);
}

} // namespace

Command searchCommand()
{
    return {QStringLiteral("search"), QStringLiteral("find entries by code, status, words and filters"), runSearch};
}

} // namespace errata
