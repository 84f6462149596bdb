#include "app/bundle.h"

#include "app/cli/retrytexts.h"
#include "models/catalog/names.h"
#include "models/decode/decoder.h"
#include "models/decode/reply.h"
#include "models/http/curlcommand.h"
#include "models/http/har.h"

#include <algorithm>

namespace errata {

namespace {

/// Findings told in full; of more, the summary says how many there are.
constexpr std::size_t mostTold = 20;

/// Text from outside in a line of Markdown: no markup, no line ends.
QString plain(const QString &text)
{
    QString out;
    out.reserve(text.size());
    const QString line = text.simplified();
    for (const QChar c : line) {
        if (QStringView(u"\\`*_{}[]<>|#").contains(c))
            out += QLatin1Char('\\');
        out += c;
    }
    return out;
}

/// Text from outside as code: the fence is longer than any run of backticks in it.
QString code(const QString &text)
{
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar c : text) {
        run = c == QLatin1Char('`') ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, QLatin1Char('`'));
    const QString gap = longest > 0 ? QStringLiteral(" ") : QString();
    return fence + gap + QString(text).replace(QLatin1Char('\n'), QLatin1Char(' ')) + gap + fence;
}

QString waitOf(const Finding &finding)
{
    return finding.retry.afterMs ? durationText(Millis(double(*finding.retry.afterMs))) : QString();
}

QString headingOf(const Finding &finding, const CatalogSet &catalogs)
{
    const Catalog *catalog = finding.api ? catalogs.catalog(*finding.api) : nullptr;
    QStringList words{catalog ? catalog->name : QStringLiteral("Unknown API")};
    if (finding.code)
        words << plain(*finding.code);
    if (finding.httpStatus)
        words << QStringLiteral("(HTTP %1)").arg(*finding.httpStatus);
    return words.join(QLatin1Char(' '));
}

void addList(QString &out, const QString &heading, const QStringList &items)
{
    if (items.isEmpty())
        return;
    out += QStringLiteral("\n### %1\n\n").arg(heading);
    for (const QString &item : items)
        out += QStringLiteral("- %1\n").arg(item);
}

QStringList factsOf(const Finding &finding)
{
    QStringList facts;
    if (finding.url)
        facts << QStringLiteral("Endpoint: %1")
                     .arg(code(finding.method.value_or(QString()) + QLatin1Char(' ') + *finding.url));
    if (finding.message)
        facts << QStringLiteral("Message: %1").arg(plain(*finding.message));
    for (const FoundId &id : finding.ids)
        facts << QStringLiteral("%1: %2").arg(id.title, code(id.value));
    facts << QStringLiteral("Confidence: %1 (%2)")
                 .arg(confidenceId(finding.confidence), conventionId(finding.convention));
    return facts;
}

/// "2 bearer-token"
QStringList maskedLines(const RedactionReport &report)
{
    QStringList lines;
    for (const auto &[type, count] : report.tally())
        lines << QStringLiteral("%1 %2").arg(count).arg(QString::fromUtf8(type));
    return lines;
}

QString summaryOf(const BundleInput &input)
{
    const Diagnosis &diagnosis = input.diagnosis;
    const auto failed = std::count_if(diagnosis.findings.begin(), diagnosis.findings.end(),
                                      [](const Finding &finding) { return finding.isError; });
    QString out = QStringLiteral("# Escalation: %1\n\n").arg(headingOf(diagnosis.findings.front(), input.catalogs));
    out += QStringLiteral("%1 of %2 exchanges failed. Read as: %3.\n")
               .arg(failed + diagnosis.further)
               .arg(diagnosis.exchanges)
               .arg(inputKindId(diagnosis.kind));
    for (std::size_t i = 0; i < std::min(diagnosis.findings.size(), mostTold); ++i)
        out += QLatin1Char('\n') + findingMarkdown(diagnosis.findings[i], input.catalogs);
    if (diagnosis.findings.size() > mostTold)
        out += QStringLiteral("\n%1 further findings are not told here.\n").arg(diagnosis.findings.size() - mostTold);
    out += QStringLiteral("\n## About this bundle\n\n- Made %1 by Errata " ERRATA_VERSION "\n")
               .arg(input.now.toUTC().toString(Qt::ISODate));
    for (const Catalog &catalog : input.catalogs.catalogs())
        out += QStringLiteral("- Catalog %1: version %2, %3 entries\n")
                   .arg(catalog.name, catalog.version.isEmpty() ? QStringLiteral("not stated") : catalog.version)
                   .arg(catalog.entries.size());
    const QStringList masked = maskedLines(input.report);
    out += QStringLiteral("- Masked: %1\n")
               .arg(masked.isEmpty() ? QStringLiteral("nothing") : masked.join(QStringLiteral(", ")));
    const QStringList doubtful = doubtfulLines(input.report);
    for (const QString &doubt : doubtful)
        out += QStringLiteral("- Look at this before sending: %1\n").arg(plain(doubt));
    return out;
}

QByteArray requestScript(const std::vector<Exchange> &exchanges)
{
    QByteArray script;
    for (const Exchange &exchange : exchanges) {
        if (exchange.request && !exchange.request->url.isEmpty())
            script += curlCommand(*exchange.request) + '\n';
    }
    return script.isEmpty() ? script
                            : "#!/bin/sh\n# Secrets are placeholders; put real ones in their place.\n" + script;
}

QString repliesOf(const Diagnosis &diagnosis, const CatalogSet &catalogs)
{
    QStringList replies;
    for (const Finding &finding : diagnosis.findings) {
        const Entry *entry = finding.entryId ? catalogs.entry(*finding.entryId) : nullptr;
        if (entry && !entry->reply.isEmpty())
            replies << filledReply(entry->reply, finding, waitOf(finding)).text;
    }
    replies.removeDuplicates();
    return replies.isEmpty() ? QString() : replies.join(QStringLiteral("\n\n----\n\n")) + QLatin1Char('\n');
}

} // namespace

QStringList doubtfulLines(const RedactionReport &report)
{
    QStringList lines;
    for (const Doubtful &doubtful : report.doubtful)
        lines << QStringLiteral("%1: %2").arg(QString::fromUtf8(doubtful.place), QString::fromUtf8(doubtful.reason));
    lines.removeDuplicates();
    return lines;
}

QString findingMarkdown(const Finding &finding, const CatalogSet &catalogs)
{
    QString out = QStringLiteral("## %1\n\n").arg(headingOf(finding, catalogs));
    const Entry *entry = finding.entryId ? catalogs.entry(*finding.entryId) : nullptr;
    if (entry)
        out += plain(entry->meaning.value) + QLatin1Char('\n');
    if (entry)
        out += QStringLiteral("Source: <%1>\n").arg(catalogs.catalog(entry->api)->url(*entry));
    addList(out, QStringLiteral("Facts"), factsOf(finding));
    const QString wait = waitOf(finding);
    addList(out, QStringLiteral("Retry"),
            {retryVerdictId(finding.retry.verdict) + (wait.isEmpty() ? QString() : QStringLiteral(", after ") + wait) +
             QStringLiteral(". ") + plain(finding.retry.reason)});
    QStringList evidence, contradictions, missing, remedies;
    for (const Evidence &one : finding.evidence)
        evidence << plain(one.what);
    for (const Contradiction &one : finding.contradictions)
        contradictions << plain(one.text);
    for (const MissingFact &fact : finding.missing)
        missing << (fact.never ? QStringLiteral("%1: %2") : QStringLiteral("%1: missing. %2"))
                       .arg(plain(fact.title), plain(fact.ask));
    if (entry) {
        for (const Fact<QString> &remedy : entry->remedies)
            remedies << plain(remedy.value);
    }
    addList(out, QStringLiteral("Why"), evidence);
    addList(out, QStringLiteral("Contradictions"), contradictions);
    addList(out, QStringLiteral("What to do"), remedies);
    addList(out, QStringLiteral("Missing"), missing);
    return out;
}

std::vector<ArchivedFile> escalationBundle(const BundleInput &input)
{
    std::vector<ArchivedFile> files;
    if (input.diagnosis.findings.empty())
        return files;
    const auto add = [&files](const QString &name, const QByteArray &bytes) {
        if (!bytes.isEmpty())
            files.push_back({name, bytes});
    };
    add(QStringLiteral("summary.md"), summaryOf(input).toUtf8());
    if (!input.diagnosis.kept.empty())
        add(QStringLiteral("exchange.har"), writeHar(input.diagnosis.kept, QStringLiteral(ERRATA_VERSION)));
    add(QStringLiteral("request.sh"), requestScript(input.diagnosis.kept));
    add(QStringLiteral("reply.txt"), repliesOf(input.diagnosis, input.catalogs).toUtf8());
    return files;
}

} // namespace errata
