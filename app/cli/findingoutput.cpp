#include "app/cli/findingoutput.h"

#include "app/cli/entryoutput.h"
#include "models/catalog/names.h"
#include "models/decode/decoder.h"
#include "models/decode/recording.h"

#include <QDateTime>

#include <algorithm>

namespace errata {

namespace {

void writeWhere(JsonWriter &json, const Span &span)
{
    json.key(u"where");
    if (span.isNull())
        json.null();
    else
        json.beginObject().member(u"start", qint64(span.start)).member(u"length", qint64(span.length)).endObject();
}

void writeParts(JsonWriter &json, const Finding &finding)
{
    json.key(u"evidence").beginArray();
    for (const Evidence &evidence : finding.evidence) {
        json.beginObject().member(u"what", evidence.what);
        writeWhere(json, evidence.where);
        json.member(u"points", evidence.points).endObject();
    }
    json.endArray().key(u"alternatives").beginArray();
    for (const Alternative &other : finding.alternatives) {
        json.beginObject();
        if (other.api.isEmpty())
            json.memberNull(u"api");
        else
            json.member(u"api", other.api);
        json.member(u"code", other.code).member(u"why", other.why).endObject();
    }
    json.endArray().key(u"contradictions").beginArray();
    for (const Contradiction &contradiction : finding.contradictions)
        json.string(contradiction.text);
    json.endArray().key(u"missing").beginArray();
    for (const MissingFact &fact : finding.missing) {
        if (!fact.never)
            json.string(fact.id);
    }
    json.endArray();
}

int failures(const Diagnosis &diagnosis)
{
    const auto listed = std::count_if(diagnosis.findings.begin(), diagnosis.findings.end(),
                                      [](const Finding &finding) { return finding.isError; });
    return static_cast<int>(listed) + diagnosis.further;
}

std::optional<QString> iso(std::optional<qint64> ms)
{
    if (!ms)
        return std::nullopt;
    return QDateTime::fromMSecsSinceEpoch(*ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

/// ", first 10:00:00, last 10:05:00" with dates, where the recording has times.
QString timesOf(const Tally &tally)
{
    if (!tally.firstMs)
        return {};
    const QString first = *iso(tally.firstMs);
    const QString last = *iso(tally.lastMs);
    return first == last ? QStringLiteral(", %1").arg(first) : QStringLiteral(", %1 to %2").arg(first, last);
}

} // namespace

void writeFinding(JsonWriter &json, const CatalogSet &catalogs, const Finding &finding)
{
    json.beginObject();
    json.member(u"api", finding.api).member(u"code", finding.code).member(u"known", finding.known);
    json.member(u"is_error", finding.isError).member(u"surface", finding.surface);
    json.member(u"convention", conventionId(finding.convention)).member(u"http_status", finding.httpStatus);
    json.member(u"message", finding.message);
    json.key(u"ids").beginObject();
    for (const FoundId &id : finding.ids)
        json.member(id.name, id.value);
    json.endObject();
    json.key(u"retry").beginObject().member(u"verdict", retryVerdictId(finding.retry.verdict));
    json.member(u"after_ms", finding.retry.afterMs).member(u"reason", finding.retry.reason).endObject();
    json.member(u"confidence", confidenceId(finding.confidence));
    writeParts(json, finding);
    json.key(u"entry");
    const Entry *entry = finding.entryId ? catalogs.entry(*finding.entryId) : nullptr;
    if (entry)
        writeEntry(json, *catalogs.catalog(entry->api), *entry,
                   finding.known ? QStringLiteral("exact") : QStringLiteral("folded"));
    else
        json.null();
    json.key(u"exchange").beginObject().member(u"index", finding.exchange).member(u"method", finding.method);
    json.member(u"url", finding.url);
    if (!finding.file.isEmpty())
        json.member(u"file", finding.file);
    json.endObject();
    json.endObject();
}

void writeFindings(JsonWriter &json, const CatalogSet &catalogs, const std::vector<Finding> &findings)
{
    json.key(u"findings").beginArray();
    for (const Finding &finding : findings)
        writeFinding(json, catalogs, finding);
    json.endArray();
}

void writeSummary(JsonWriter &json, const Diagnosis &diagnosis)
{
    const auto tallies = [&](QStringView key, const std::vector<Tally> &list, bool byHost) {
        json.key(key).beginArray();
        for (const Tally &tally : list) {
            json.beginObject();
            if (byHost) {
                json.member(u"host", tally.host);
            } else {
                json.member(u"api", tally.api.isEmpty() ? std::nullopt : std::optional(tally.api));
                json.member(u"code", tally.code);
            }
            json.member(u"count", tally.count).member(u"first", iso(tally.firstMs)).member(u"last", iso(tally.lastMs));
            json.endObject();
        }
        json.endArray();
    };
    json.key(u"summary").beginObject().member(u"failed", failures(diagnosis)).member(u"further", diagnosis.further);
    tallies(u"by_code", tallyByCode(diagnosis), false);
    tallies(u"by_host", tallyByHost(diagnosis), true);
    json.endObject();
}

QString summaryText(const CatalogSet &catalogs, const Diagnosis &diagnosis, const Style &style)
{
    QString text = style.bold(QStringLiteral("%1 of %2 failed").arg(failures(diagnosis)).arg(diagnosis.exchanges));
    text += diagnosis.further > 0 ? QStringLiteral("; %1 further failures are not listed\n").arg(diagnosis.further)
                                  : QStringLiteral("\n");
    for (const Tally &tally : tallyByCode(diagnosis)) {
        const Catalog *catalog = catalogs.catalog(tally.api);
        text += QStringLiteral("  %1 x  %2 %3%4\n")
                    .arg(tally.count, 5)
                    .arg(catalog ? catalog->name : QStringLiteral("-"), visible(tally.code), timesOf(tally));
    }
    const std::vector<Tally> hosts = tallyByHost(diagnosis);
    if (hosts.size() > 1) {
        text += style.bold(QStringLiteral("By host")) + QLatin1Char('\n');
        for (const Tally &tally : hosts)
            text += QStringLiteral("  %1 x  %2%3\n")
                        .arg(tally.count, 5)
                        .arg(tally.host.isEmpty() ? QStringLiteral("(unknown)") : visible(tally.host), timesOf(tally));
    }
    return text;
}

QString findingText(const CatalogSet &catalogs, const Finding &finding, const Style &style, int columns)
{
    const int width = std::clamp(columns, 40, 100);
    QString text;
    const auto bullet = [&](const QString &line) {
        text += QStringLiteral("  - ") + wrapped(visible(line), width, 4) + QLatin1Char('\n');
    };
    const auto section = [&](const QString &heading) {
        text += QLatin1Char('\n') + style.bold(heading) + QLatin1Char('\n');
    };

    const Catalog *catalog = finding.api ? catalogs.catalog(*finding.api) : nullptr;
    const QString name = catalog ? catalog->name : conventionId(finding.convention);
    const QString code = finding.code.value_or(finding.httpStatus ? QStringLiteral("HTTP %1").arg(*finding.httpStatus)
                                                                  : QStringLiteral("no code"));
    text += QStringLiteral("%1  %2  %3%4\n")
                .arg(style.cyan(name), style.bold(visible(code)), style.dim(confidenceId(finding.confidence)),
                     finding.isError ? QString() : QStringLiteral("  not an error"));
    const Entry *entry = finding.entryId ? catalogs.entry(*finding.entryId) : nullptr;
    if (entry)
        text += QStringLiteral("  ") + wrapped(entry->meaning.value, width, 2) + QLatin1Char('\n');
    if (finding.message)
        text += QStringLiteral("  It says: ") + wrapped(visible(*finding.message), width, 2) + QLatin1Char('\n');
    text += QStringLiteral("  Retry: %1. %2\n")
                .arg(style.verdict(finding.retry.verdict), wrapped(visible(finding.retry.reason), width, 2));
    section(QStringLiteral("Because"));
    for (const Evidence &evidence : finding.evidence)
        bullet(evidence.what);
    if (entry && !entry->remedies.empty()) {
        section(QStringLiteral("Do"));
        for (const Fact<QString> &remedy : entry->remedies)
            bullet(remedy.value);
    }
    if (!finding.contradictions.empty()) {
        section(QStringLiteral("Contradictions"));
        for (const Contradiction &contradiction : finding.contradictions)
            bullet(contradiction.text);
    }
    if (!finding.ids.empty() || !finding.missing.empty()) {
        section(QStringLiteral("For the ticket"));
        for (const FoundId &id : finding.ids)
            bullet(id.title + QStringLiteral(": ") + id.value);
        for (const MissingFact &fact : finding.missing)
            bullet(fact.title + (fact.never ? QStringLiteral(": ") : QStringLiteral(" is missing. ")) + fact.ask);
    }
    if (!finding.alternatives.empty()) {
        section(QStringLiteral("It could also be"));
        for (const Alternative &other : finding.alternatives)
            bullet(QStringLiteral("%1 %2: %3").arg(other.api, other.code, other.why));
    }
    return text;
}

bool holdsError(const std::vector<Finding> &findings)
{
    return std::any_of(findings.begin(), findings.end(), [](const Finding &finding) { return finding.isError; });
}

} // namespace errata
