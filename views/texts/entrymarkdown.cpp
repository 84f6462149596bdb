#include "views/texts/entrymarkdown.h"

#include "views/texts/texts.h"

namespace errata {

namespace {

/// A table cell: a bar would end it.
QString cell(QString text)
{
    return text.replace(QLatin1Char('|'), QStringLiteral("\\|")).simplified();
}

QString tableRow(const QString &name, const QString &value, Provenance provenance)
{
    return QStringLiteral("| %1 | %2 | %3 |\n").arg(name, cell(value), texts::provenance(provenance));
}

QString marked(const Fact<QString> &fact)
{
    return fact.provenance == Provenance::Stated
               ? fact.value
               : QStringLiteral("%1 *(%2)*").arg(fact.value, texts::provenance(fact.provenance));
}

QString list(const QString &heading, const std::vector<Fact<QString>> &facts, bool numbered)
{
    if (facts.empty())
        return {};
    QString out = QStringLiteral("\n**%1**\n\n").arg(heading);
    int n = 0;
    for (const Fact<QString> &fact : facts)
        out += numbered ? QStringLiteral("%1. %2\n").arg(++n).arg(marked(fact))
                        : QStringLiteral("- %1\n").arg(marked(fact));
    return out;
}

QString facts(const Entry &entry)
{
    QString out = QStringLiteral("\n| | | from |\n|---|---|---|\n");
    out +=
        tableRow(QStringLiteral("Retry"), texts::verdict(entry.retry.verdict, entry.isError), entry.retry.provenance);
    if (const QString wait = texts::wait(entry.retry); !wait.isEmpty())
        out += tableRow(QStringLiteral("Wait"), wait, entry.retry.provenance);
    if (!entry.retry.note.isEmpty())
        out += tableRow(QStringLiteral("How"), entry.retry.note, entry.retry.provenance);
    for (const Fact<int> &status : entry.statuses)
        out += tableRow(QStringLiteral("HTTP status"), QString::number(status.value), status.provenance);
    if (entry.category)
        out += tableRow(QStringLiteral("Category"), entry.category->value, entry.category->provenance);
    if (entry.exitCode)
        out +=
            tableRow(QStringLiteral("Exit code"), QString::number(entry.exitCode->value), entry.exitCode->provenance);
    if (!entry.section.isEmpty())
        out += tableRow(QStringLiteral("Section"), entry.section, entry.provenance);
    return out;
}

} // namespace

QString entryMarkdown(const Entry &entry, const Catalog &catalog)
{
    QString out = QStringLiteral("### %1 `%2`\n\n%3\n").arg(catalog.name, entry.code, marked(entry.meaning));
    if (!entry.inference.isEmpty())
        out += QStringLiteral("\n%1 *(inferred)*\n").arg(entry.inference);
    out += facts(entry);
    out += list(QStringLiteral("What to do"), entry.remedies, true);
    out += list(QStringLiteral("Watch out"), entry.pitfalls, false);
    out += list(QStringLiteral("The documents disagree"), entry.conflicts, false);
    if (!entry.reply.isEmpty())
        out += QStringLiteral("\n**Tell the customer**\n\n> %1\n").arg(entry.reply);
    if (const SourceDocument *document = catalog.document(entry.document))
        out += QStringLiteral("\nSource: [%1](%2)\n").arg(document->title, catalog.url(entry));
    return out;
}

} // namespace errata
