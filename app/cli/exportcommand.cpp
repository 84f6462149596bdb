#include "app/cli/exportcommand.h"

#include "app/cli/entryoutput.h"
#include "app/cli/options.h"
#include "models/catalog/names.h"

namespace errata {

namespace {

struct Row
{
    const Catalog *catalog;
    const Entry *entry;
};

QString statusesText(const Entry &entry)
{
    QStringList statuses;
    for (const Fact<int> &status : entry.statuses)
        statuses << (status.provenance == Provenance::Inferred ? QStringLiteral("~") : QString()) +
                        QString::number(status.value);
    return statuses.join(QLatin1Char(' '));
}

QStringList cells(const Row &row)
{
    const Entry &entry = *row.entry;
    QStringList remedies;
    for (const Fact<QString> &remedy : entry.remedies)
        remedies << remedy.value;
    return {entry.api,
            entry.code,
            entry.surface,
            entry.section,
            statusesText(entry),
            retryVerdictId(entry.retry.verdict),
            provenanceId(entry.retry.provenance),
            entry.isError ? QStringLiteral("error") : QStringLiteral("not an error"),
            entry.title,
            entry.meaning.value,
            remedies.join(QLatin1Char(' ')),
            provenanceId(entry.provenance),
            row.catalog->url(entry)};
}

const QStringList &headings()
{
    static const QStringList names{QStringLiteral("api"),
                                   QStringLiteral("code"),
                                   QStringLiteral("surface"),
                                   QStringLiteral("section"),
                                   QStringLiteral("status"),
                                   QStringLiteral("retry"),
                                   QStringLiteral("retry_provenance"),
                                   QStringLiteral("kind"),
                                   QStringLiteral("title"),
                                   QStringLiteral("meaning"),
                                   QStringLiteral("remedies"),
                                   QStringLiteral("provenance"),
                                   QStringLiteral("source")};
    return names;
}

/// RFC 4180: CRLF, quotes where a cell needs them.
QByteArray csv(const std::vector<Row> &rows)
{
    const auto line = [](QStringList list) {
        for (QString &cell : list) {
            if (cell.contains(QLatin1Char('"')) || cell.contains(QLatin1Char(',')) || cell.contains(QLatin1Char('\n')))
                cell = QLatin1Char('"') + cell.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
        }
        return list.join(QLatin1Char(',')).toUtf8() + "\r\n";
    };
    QByteArray out = line(headings());
    for (const Row &row : rows)
        out += line(cells(row));
    return out;
}

QString markdownCell(QString text)
{
    return text.replace(QLatin1Char('|'), QLatin1String("\\|")).simplified();
}

QByteArray markdown(const std::vector<Row> &rows)
{
    QString out = QStringLiteral("# Error codes\n\nA status with ~ is inferred, not documented.\n");
    const Catalog *current = nullptr;
    for (const Row &row : rows) {
        if (row.catalog != current) {
            current = row.catalog;
            out += QStringLiteral("\n## %1\n\n| Code | Surface | Status | Retry | Meaning |\n|---|---|---|---|---|\n")
                       .arg(current->name);
        }
        const Entry &entry = *row.entry;
        out += QStringLiteral("| `%1` | %2 | %3 | %4 (%5) | %6 |\n")
                   .arg(entry.code, entry.surface, statusesText(entry), retryVerdictId(entry.retry.verdict),
                        provenanceId(entry.retry.provenance), markdownCell(entry.meaning.value));
    }
    return out.toUtf8();
}

QByteArray html(const std::vector<Row> &rows)
{
    QString out = QStringLiteral(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error codes</title>\n"
        "<style>body{font:15px/1.5 sans-serif;margin:2em;max-width:75em}table{border-collapse:collapse}"
        "td,th{border-bottom:1px solid #d8dde4;padding:.4em .7em;text-align:left;vertical-align:top}"
        "</style>\n</head>\n<body>\n<h1>Error codes</h1>\n<p>A status with ~ is inferred, not documented.</p>\n");
    const Catalog *current = nullptr;
    const QString tableEnd = QStringLiteral("</tbody></table>\n");
    for (const Row &row : rows) {
        if (row.catalog != current) {
            if (current)
                out += tableEnd;
            current = row.catalog;
            out += QStringLiteral(
                       "<h2>%1</h2>\n<table><thead><tr><th>Code</th><th>Surface</th><th>Status</th><th>Retry</th>"
                       "<th>Meaning</th></tr></thead><tbody>\n")
                       .arg(current->name.toHtmlEscaped());
        }
        const Entry &entry = *row.entry;
        const QString url = row.catalog->url(entry).toHtmlEscaped();
        out += QStringLiteral("<tr id=\"%1\"><td><a href=\"%2\"><code>%3</code></a></td><td>%4</td><td>%5</td><td>%6 "
                              "(%7)</td><td>%8</td></tr>\n")
                   .arg(entry.id.toHtmlEscaped(), url, entry.code.toHtmlEscaped(), entry.surface.toHtmlEscaped(),
                        statusesText(entry), retryVerdictId(entry.retry.verdict), provenanceId(entry.retry.provenance),
                        entry.meaning.value.toHtmlEscaped());
    }
    if (current)
        out += tableEnd;
    return (out + QStringLiteral("</body>\n</html>\n")).toUtf8();
}

QByteArray json(const std::vector<Row> &rows)
{
    JsonWriter writer;
    writer.beginObject().key(u"entries").beginArray();
    for (const Row &row : rows)
        writeEntry(writer, *row.catalog, *row.entry);
    return writer.endArray().endObject().result();
}

void runExport(const QStringList &arguments, CliContext &context, QObject * /*lifetime*/, const Finish &finish)
{
    const QString name = QStringLiteral("export");
    Options options(name, QStringLiteral("[--api ID] --format json|csv|markdown|html"),
                    QStringLiteral("The catalog in another form, on standard output."));
    options.value({QStringLiteral("api")}, QStringLiteral("ID"), QStringLiteral("This API alone."))
        .value({QStringLiteral("format")}, QStringLiteral("FORMAT"), QStringLiteral("json, csv, markdown or html."));
    if (!options.parse(arguments, context, finish))
        return;
    const auto chosen = options.choice(QStringLiteral("format"), {QStringLiteral("json"), QStringLiteral("csv"),
                                                                  QStringLiteral("markdown"), QStringLiteral("html")});
    if (!chosen)
        return usageError(context, name, chosen.error().text(), finish);
    if (!options.positional().isEmpty())
        return usageError(context, name,
                          QStringLiteral("takes no argument '%1'").arg(options.positional().constFirst()), finish);
    const QString format =
        chosen.value().value_or(options.isSet(QStringLiteral("json")) ? QStringLiteral("json") : QString());
    if (format.isEmpty())
        return usageError(context, name, QStringLiteral("--format is missing: json, csv, markdown or html"), finish);
    const CatalogSet catalogs = loadCatalogsOf(context);
    const QString api = options.value(QStringLiteral("api"));
    if (const auto problem = apiProblem(catalogs, api))
        return usageError(context, name, *problem, finish);
    std::vector<Row> rows;
    for (const Catalog &catalog : catalogs.catalogs()) {
        for (const Entry &entry : catalog.entries) {
            if (api.isEmpty() || catalog.id == api)
                rows.push_back({&catalog, &entry});
        }
    }
    context.out->write(format == QLatin1String("json")       ? json(rows)
                       : format == QLatin1String("csv")      ? csv(rows)
                       : format == QLatin1String("markdown") ? markdown(rows)
                                                             : html(rows));
    finish(rows.empty() ? Exit::NothingFound : Exit::Done);
}

} // namespace

Command exportCommand()
{
    return {QStringLiteral("export"), QStringLiteral("the catalog as JSON, CSV, Markdown or HTML"), runExport};
}

} // namespace errata
