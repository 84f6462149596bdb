#include "app/cli/entryoutput.h"

#include "app/cli/command.h"
#include "app/cli/options.h"
#include "models/catalog/names.h"

namespace errata {

namespace {

void writeString(JsonWriter &json, QStringView key, const QString &text)
{
    if (text.isEmpty())
        json.memberNull(key);
    else
        json.member(key, text);
}

void writeTexts(JsonWriter &json, QStringView key, const std::vector<Fact<QString>> &facts)
{
    json.key(key).beginArray();
    for (const Fact<QString> &fact : facts)
        json.string(fact.value);
    json.endArray();
}

void writeStrings(JsonWriter &json, QStringView key, const QStringList &list)
{
    json.key(key).beginArray();
    for (const QString &text : list)
        json.string(text);
    json.endArray();
}

void writeRelated(JsonWriter &json, QStringView key, const std::vector<Related> &list)
{
    json.key(key).beginArray();
    for (const Related &related : list) {
        json.beginObject().member(u"api", related.api).member(u"code", related.code);
        writeString(json, u"note", related.note);
        json.endObject();
    }
    json.endArray();
}

void writeRetry(JsonWriter &json, const RetryFact &retry)
{
    json.key(u"retry").beginObject();
    json.member(u"verdict", retryVerdictId(retry.verdict)).member(u"provenance", provenanceId(retry.provenance));
    writeString(json, u"note", retry.note);
    if (retry.waitHeader)
        json.member(u"wait_header", *retry.waitHeader);
    if (retry.waitMs)
        json.member(u"wait_ms", *retry.waitMs);
    json.endObject();
}

void writeFacts(JsonWriter &json, const Entry &entry)
{
    json.key(u"http_status").beginArray();
    for (const Fact<int> &status : entry.statuses) {
        json.beginObject().member(u"value", status.value).member(u"provenance", provenanceId(status.provenance));
        writeString(json, u"note", status.note);
        json.endObject();
    }
    json.endArray();
    if (entry.category)
        json.key(u"category")
            .beginObject()
            .member(u"value", entry.category->value)
            .member(u"provenance", provenanceId(entry.category->provenance))
            .endObject();
    else
        json.memberNull(u"category");
    if (entry.exitCode)
        json.key(u"exit_code")
            .beginObject()
            .member(u"value", entry.exitCode->value)
            .member(u"provenance", provenanceId(entry.exitCode->provenance))
            .endObject();
}

} // namespace

void writeEntry(JsonWriter &json, const Catalog &catalog, const Entry &entry, const QString &match)
{
    json.beginObject();
    json.member(u"id", entry.id)
        .member(u"api", entry.api)
        .member(u"code", entry.code)
        .member(u"surface", entry.surface);
    writeStrings(json, u"also_on", entry.alsoOn);
    writeString(json, u"section", entry.section);
    json.member(u"title", entry.title).member(u"meaning", entry.meaning.value);
    json.member(u"provenance", provenanceId(entry.provenance));
    writeString(json, u"inference", entry.inference);
    writeFacts(json, entry);
    writeRetry(json, entry.retry);
    json.member(u"is_error", entry.isError);
    writeTexts(json, u"remedies", entry.remedies);
    writeTexts(json, u"pitfalls", entry.pitfalls);
    writeTexts(json, u"conflicts", entry.conflicts);
    writeStrings(json, u"aliases", entry.aliases);
    writeRelated(json, u"equivalents", entry.equivalents);
    writeRelated(json, u"related", entry.related);
    writeString(json, u"reply", entry.reply);
    writeString(json, u"example", QString::fromUtf8(entry.example));
    const SourceDocument *document = catalog.document(entry.document);
    json.key(u"source").beginObject().member(u"document", document ? document->title : entry.document);
    writeString(json, u"section", entry.section);
    writeString(json, u"url", catalog.url(entry));
    json.endObject();
    if (!match.isEmpty())
        json.member(u"match", match);
    json.endObject();
}

namespace {

/// Lines of "label   text   provenance".
class Sheet
{
public:
    Sheet(const Style &style, int columns) : m_style(style), m_columns(std::clamp(columns, 40, 100)) {}

    void title(const QString &text) { m_text += QLatin1Char('\n') + m_style.bold(text) + QLatin1Char('\n'); }
    void paragraph(const QString &text, int indent = 2)
    {
        m_text += QString(indent, QLatin1Char(' ')) + wrapped(text, m_columns, indent) + QLatin1Char('\n');
    }
    void row(const QString &label, const QString &text, const QString &origin)
    {
        m_text += QStringLiteral("  %1%2").arg(label, -13).arg(text);
        m_text += QStringLiteral("  ") + m_style.dim(QLatin1Char('(') + origin + QLatin1Char(')')) + QLatin1Char('\n');
    }
    void list(const QString &heading, const std::vector<Fact<QString>> &facts, bool numbered)
    {
        if (facts.empty())
            return;
        title(heading);
        int number = 0;
        for (const Fact<QString> &fact : facts) {
            const QString mark = numbered ? QStringLiteral("%1. ").arg(++number) : QStringLiteral("- ");
            m_text += QStringLiteral("  ") + mark + wrapped(fact.value, m_columns, 5);
            if (fact.provenance != Provenance::Stated)
                m_text += QStringLiteral(" ") +
                          m_style.dim(QLatin1Char('(') + provenanceId(fact.provenance) + QLatin1Char(')'));
            m_text += QLatin1Char('\n');
        }
    }
    void line(const QString &text) { m_text += text + QLatin1Char('\n'); }
    [[nodiscard]] const QString &text() const { return m_text; }

private:
    const Style &m_style;
    int m_columns;
    QString m_text;
};

QString statusText(const Fact<int> &status)
{
    return status.note.isEmpty() ? QString::number(status.value)
                                 : QStringLiteral("%1, %2").arg(status.value).arg(status.note);
}

void addFacts(Sheet &sheet, const Catalog &catalog, const Entry &entry, const Style &style)
{
    sheet.row(QStringLiteral("Retry"), style.verdict(entry.retry.verdict), provenanceId(entry.retry.provenance));
    if (!entry.retry.note.isEmpty())
        sheet.paragraph(entry.retry.note, 15);
    for (const Fact<int> &status : entry.statuses)
        sheet.row(QStringLiteral("HTTP status"), statusText(status), provenanceId(status.provenance));
    if (entry.category)
        sheet.row(QStringLiteral("Category"), entry.category->value, provenanceId(entry.category->provenance));
    if (entry.exitCode)
        sheet.row(QStringLiteral("Exit status"), QString::number(entry.exitCode->value),
                  provenanceId(entry.exitCode->provenance));
    QStringList surfaces;
    for (const QString &id : QStringList(entry.surface) + entry.alsoOn) {
        const Surface *surface = catalog.surface(id);
        surfaces << (surface ? surface->title : id);
    }
    sheet.row(QStringLiteral("Comes in"), surfaces.join(QStringLiteral(", ")), provenanceId(entry.provenance));
    if (!entry.section.isEmpty())
        sheet.row(QStringLiteral("Section"), entry.section, provenanceId(entry.provenance));
}

QString relatedText(const CatalogSet &catalogs, const std::vector<Related> &list)
{
    QStringList parts;
    for (const Related &related : list) {
        const Catalog *catalog = catalogs.catalog(related.api);
        parts << QStringLiteral("%1 %2").arg(catalog ? catalog->name : related.api, related.code);
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

QString entryText(const CatalogSet &catalogs, const Entry &entry, const Style &style, int columns)
{
    const Catalog &catalog = *catalogs.catalog(entry.api);
    Sheet sheet(style, columns);
    sheet.line(QStringLiteral("%1  %2%3")
                   .arg(style.cyan(catalog.name), style.bold(entry.code),
                        entry.isError ? QString() : QStringLiteral("  (not an error)")));
    sheet.paragraph(entry.meaning.value);
    if (!entry.inference.isEmpty())
        sheet.paragraph(QStringLiteral("We infer: ") + entry.inference);
    sheet.line({});
    addFacts(sheet, catalog, entry, style);
    sheet.list(QStringLiteral("What to do"), entry.remedies, true);
    sheet.list(QStringLiteral("Watch out"), entry.pitfalls, false);
    sheet.list(QStringLiteral("The documents disagree"), entry.conflicts, false);
    if (!entry.equivalents.empty()) {
        sheet.title(QStringLiteral("Same meaning elsewhere"));
        sheet.paragraph(relatedText(catalogs, entry.equivalents));
    }
    if (!entry.related.empty()) {
        sheet.title(QStringLiteral("See also"));
        sheet.paragraph(relatedText(catalogs, entry.related));
    }
    if (!entry.reply.isEmpty()) {
        sheet.title(QStringLiteral("Tell the customer"));
        sheet.paragraph(entry.reply);
    }
    const SourceDocument *document = catalog.document(entry.document);
    sheet.title(QStringLiteral("Source"));
    sheet.paragraph(QStringLiteral("%1 %2").arg(document ? document->title : entry.document, catalog.url(entry)));
    return sheet.text();
}

QString entryLine(const CatalogSet &catalogs, const Entry &entry, const Style &style)
{
    const Catalog *catalog = catalogs.catalog(entry.api);
    const QString status = entry.statuses.empty() ? QStringLiteral("-") : QString::number(entry.statuses.front().value);
    // Padded before colouring: escape sequences have no width.
    const QString verdict = retryVerdictId(entry.retry.verdict).replace(QLatin1Char('-'), QLatin1Char(' '));
    const QString padding(std::max<qsizetype>(0, 11 - verdict.size()), QLatin1Char(' '));
    return QStringLiteral("%1 %2 %3 %4%5 %6")
        .arg(style.cyan(catalog->name.leftJustified(10)), style.bold(entry.code.leftJustified(38)),
             status.leftJustified(4), style.verdict(entry.retry.verdict), padding, entry.title);
}

CatalogSet loadCatalogsOf(CliContext &context)
{
    return withFaultsTold(context, loadCatalogs({context.catalogDir}, context.catalogFiles));
}

CatalogSet withFaultsTold(CliContext &context, const LoadedCatalogs &loaded)
{
    for (const CatalogFault &fault : loaded.faults)
        printLine(context.err, QStringLiteral("errata: ") + fault.text());
    return loaded.set;
}

std::optional<QString> apiProblem(const CatalogSet &catalogs, const QString &api)
{
    if (api.isEmpty() || catalogs.catalog(api))
        return std::nullopt;
    QStringList ids;
    for (const Catalog &catalog : catalogs.catalogs())
        ids << catalog.id;
    return QStringLiteral("no API '%1', expected one of %2").arg(api, ids.join(QStringLiteral(", ")));
}

} // namespace errata
