#include "app/cli/catalogscommand.h"

#include "app/cli/entryoutput.h"
#include "app/cli/options.h"

#include <QFile>
#include <QSet>

namespace errata {

namespace {

struct Counts
{
    qsizetype entries = 0;
    qsizetype codes = 0;     ///< distinct codes of the API's own error document
    qsizetype companion = 0; ///< entries from other pages
};

Counts countsOf(const Catalog &catalog)
{
    QSet<QString> codes;
    Counts counts;
    for (const Entry &entry : catalog.entries) {
        ++counts.entries;
        if (entry.provenance == Provenance::Stated)
            codes.insert(entry.code);
        else
            ++counts.companion;
    }
    counts.codes = codes.size();
    return counts;
}

/// Faults of one file read alone; links to other APIs are checked against the shipped catalogs.
Result<std::vector<CatalogFault>> check(CliContext &context, const QString &file)
{
    const auto bytes = readInput(context, file, limits::catalogFile);
    if (!bytes)
        return bytes.error();
    const CatalogReading reading = readCatalog(bytes.value(), file);
    std::vector<CatalogFault> faults = reading.faults;
    if (reading.catalog) {
        std::vector<Catalog> all = loadCatalogs().set.catalogs();
        std::erase_if(all, [&](const Catalog &catalog) { return catalog.id == reading.catalog->id; });
        all.push_back(*reading.catalog);
        for (const CatalogFault &fault : checkLinks(CatalogSet(std::move(all)))) {
            if (fault.file == file)
                faults.push_back(fault);
        }
    }
    return faults;
}

void writeFaults(JsonWriter &json, const std::vector<CatalogFault> &faults)
{
    json.key(u"faults").beginArray();
    for (const CatalogFault &fault : faults) {
        json.beginObject()
            .member(u"file", fault.file)
            .member(u"line", qint64(fault.line))
            .member(u"entry", fault.entry);
        json.member(u"field", fault.field).member(u"reason", fault.reason).endObject();
    }
    json.endArray();
}

void runCheck(const QStringList &files, bool asJson, CliContext &context, const Finish &finish)
{
    if (files.isEmpty())
        return usageError(context, QStringLiteral("catalogs"), QStringLiteral("check takes at least one FILE"), finish);
    std::vector<CatalogFault> faults;
    for (const QString &file : files) {
        const auto found = check(context, file);
        if (!found)
            return usageError(context, QStringLiteral("catalogs"), found.error().text(), finish);
        faults.insert(faults.end(), found.value().begin(), found.value().end());
        if (!asJson && found.value().empty())
            printLine(context.out, QStringLiteral("%1: no faults").arg(file));
    }
    if (asJson) {
        JsonWriter json;
        json.beginObject();
        writeFaults(json, faults);
        context.out->write(json.endObject().result());
    } else {
        for (const CatalogFault &fault : faults)
            printLine(context.err, fault.text());
    }
    finish(faults.empty() ? Exit::Done : Exit::Usage);
}

void runList(bool asJson, CliContext &context, const Finish &finish)
{
    const CatalogSet catalogs = loadCatalogsOf(context);
    JsonWriter json;
    json.beginObject().key(u"catalogs").beginArray();
    for (const Catalog &catalog : catalogs.catalogs()) {
        const Counts counts = countsOf(catalog);
        json.beginObject().member(u"id", catalog.id).member(u"name", catalog.name).member(u"version", catalog.version);
        json.member(u"entries", qint64(counts.entries)).member(u"documented_codes", qint64(counts.codes));
        json.member(u"companion_entries", qint64(counts.companion)).member(u"file", catalog.file).endObject();
        if (!asJson)
            printLine(context.out,
                      QStringLiteral("%1 %2 documented codes, %3 companion  %4  %5")
                          .arg(catalog.name.leftJustified(11), QString::number(counts.codes).rightJustified(3),
                               QString::number(counts.companion).rightJustified(3), catalog.version, catalog.file));
    }
    json.endArray().endObject();
    if (asJson)
        context.out->write(json.result());
    finish(Exit::Done);
}

void runCatalogs(const QStringList &arguments, CliContext &context, QObject * /*lifetime*/, const Finish &finish)
{
    Options options(
        QStringLiteral("catalogs"), QStringLiteral("[check FILE...] [--json]"),
        QStringLiteral("The catalogs loaded and their counts. 'check' reads files and names every fault in them."));
    if (!options.parse(arguments, context, finish))
        return;
    const QStringList words = options.positional();
    const bool asJson = options.isSet(QStringLiteral("json"));
    if (words.isEmpty())
        return runList(asJson, context, finish);
    if (words.constFirst() != QLatin1String("check"))
        return usageError(context, QStringLiteral("catalogs"),
                          QStringLiteral("'%1' is not known here, expected check").arg(words.constFirst()), finish);
    runCheck(words.mid(1), asJson, context, finish);
}

} // namespace

Command catalogsCommand()
{
    return {QStringLiteral("catalogs"), QStringLiteral("the catalogs loaded; 'catalogs check FILE' names faults"),
            runCatalogs};
}

} // namespace errata
