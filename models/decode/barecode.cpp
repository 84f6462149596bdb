#include "models/decode/barecode.h"

#include "models/decode/exitcode.h"
#include "models/decode/retryadvice.h"
#include "models/decode/ticket.h"

#include <algorithm>

namespace errata {

namespace {

/// Where the word stands in the text, blanks around it left out.
Span wordSpan(const QByteArray &text, const QByteArray &word)
{
    return {text.indexOf(word), word.size()};
}

Finding ofEntry(const Entry &entry, const CatalogSet &catalogs, const DecodeOptions &options)
{
    const Catalog &catalog = *catalogs.catalog(entry.api);
    Exchange nothing;
    nothing.status = options.status;
    const Reply reply{&nothing, {}};
    Finding finding;
    finding.api = entry.api;
    finding.known = true;
    finding.isError = entry.isError;
    finding.surface = entry.surface;
    finding.convention = Convention::Catalog;
    finding.httpStatus = options.status;
    finding.entryId = entry.id;
    finding.missing = missingFacts(reply, &catalog, {});
    finding.retry =
        retryAdvice({&reply, &catalog, &entry, {}, entry.category ? entry.category->value : QString(), options.now});
    return finding;
}

/// Those that agree with a status told beside the code come first.
void preferStatus(std::vector<const Entry *> &entries, std::optional<int> status)
{
    if (!status)
        return;
    std::stable_partition(entries.begin(), entries.end(), [status](const Entry *entry) {
        return std::any_of(entry->statuses.begin(), entry->statuses.end(),
                           [status](const Fact<int> &fact) { return fact.value == *status; });
    });
}

bool ofOneApi(const std::vector<const Entry *> &entries)
{
    return std::all_of(entries.begin(), entries.end(),
                       [&](const Entry *entry) { return entry->api == entries.front()->api; });
}

void addFinding(Diagnosis &diagnosis, std::vector<const Entry *> entries, const QString &code, Span where,
                const CatalogSet &catalogs, const DecodeOptions &options)
{
    preferStatus(entries, options.status);
    Finding finding = ofEntry(*entries.front(), catalogs, options);
    finding.code = code;
    const bool one = ofOneApi(entries);
    const QString owner = catalogs.catalog(entries.front()->api)->name;
    finding.evidence.push_back({one ? QStringLiteral("only %1 has a code of that name").arg(owner)
                                    : QStringLiteral("%1 has a code of that name, and it is not alone").arg(owner),
                                where, 0});
    // The name alone cannot be certain: only the reply's shape tells APIs apart.
    finding.confidence = one ? Confidence::Likely : Confidence::Guess;
    if (!one)
        finding.contradictions.push_back(
            {QStringLiteral("The code alone does not tell the API: paste the whole reply, or choose the API."), {}});
    if (entries.front()->code != code) {
        finding.confidence = Confidence::Guess;
        finding.contradictions.push_back(
            {QStringLiteral("Spelled %1 here, %2 in the document.").arg(code, entries.front()->code), where});
    }
    for (std::size_t i = 1; i < entries.size(); ++i) {
        const Surface *surface = catalogs.catalog(entries[i]->api)->surface(entries[i]->surface);
        finding.alternatives.push_back(
            {entries[i]->api, entries[i]->code, surface ? surface->title : entries[i]->surface, entries[i]->id});
    }
    diagnosis.findings.push_back(std::move(finding));
}

QStringList names(const std::vector<const Entry *> &entries)
{
    QStringList list;
    for (const Entry *entry : entries)
        list << entry->code;
    list.removeDuplicates();
    return list;
}

} // namespace

void decodeBareCode(Diagnosis &diagnosis, const QByteArray &text, const CatalogSet &catalogs,
                    const DecodeOptions &options)
{
    const QByteArray word = text.trimmed();
    const QString code = QString::fromUtf8(word);
    bool isNumber = false;
    const int status = code.toInt(&isNumber);
    if (isNumber && status >= 100 && status <= 599) {
        Exchange exchange;
        exchange.status = status;
        exchange.statusSpan = wordSpan(text, word);
        const Diagnosis inner = decodeExchange(exchange, catalogs, options);
        diagnosis.findings = inner.findings;
        diagnosis.exchanges = 1;
        return;
    }
    decodeQuotedCode(diagnosis, code, wordSpan(text, word), catalogs, options);
    if (!diagnosis.findings.empty()) {
        diagnosis.exchanges = 1;
        return;
    }
    const QStringList near = names(catalogs.near(code, options.api));
    diagnosis.problems << (near.isEmpty() ? QStringLiteral("No catalog has a code '%1'.").arg(code)
                                          : QStringLiteral("No catalog has a code '%1'. Near to it: %2.")
                                                .arg(code, near.join(QStringLiteral(", "))));
}

void decodeQuotedCode(Diagnosis &diagnosis, const QString &code, Span where, const CatalogSet &catalogs,
                      const DecodeOptions &options)
{
    std::vector<const Entry *> entries = catalogs.exact(code, options.api);
    const std::vector<const Entry *> folded = catalogs.folded(code, options.api);
    entries.insert(entries.end(), folded.begin(), folded.end());
    if (!entries.empty())
        addFinding(diagnosis, std::move(entries), code, where, catalogs, options);
}

void decodeExitStatus(Diagnosis &diagnosis, const QByteArray &text, const CatalogSet &catalogs,
                      const DecodeOptions &options)
{
    const QByteArray word = text.trimmed();
    const std::optional<int> status = exitStatusIn(word);
    if (!status) {
        diagnosis.problems << QStringLiteral("No exit status in '%1', expected for example: exit 6.")
                                  .arg(QString::fromUtf8(word.first(std::min<qsizetype>(40, word.size()))));
        return;
    }
    std::vector<const Entry *> entries;
    for (const Entry *entry : catalogs.entries()) {
        const bool own = options.api.isEmpty() || entry->api == options.api;
        if (own && entry->surface == QLatin1String("exit-code") && entry->exitCode && entry->exitCode->value == *status)
            entries.push_back(entry);
    }
    if (entries.empty()) {
        diagnosis.problems << QStringLiteral("No catalog documents exit status %1.").arg(*status);
        return;
    }
    diagnosis.exchanges = 1;
    Finding finding = ofEntry(*entries.front(), catalogs, options);
    finding.code = entries.front()->code;
    finding.confidence = Confidence::Guess;
    finding.evidence.push_back({QStringLiteral("exit status %1 is %2 of the %3 command line")
                                    .arg(*status)
                                    .arg(entries.front()->code, catalogs.catalog(entries.front()->api)->name),
                                wordSpan(text, word), 0});
    // The codes that end with this status: the one behind it is in the output, not in the number.
    for (const Entry *entry : catalogs.entries()) {
        if (entry->api == entries.front()->api && entry->surface != QLatin1String("exit-code") && entry->exitCode &&
            entry->exitCode->value == *status)
            finding.alternatives.push_back(
                {entry->api, entry->code, QStringLiteral("ends with exit status %1").arg(*status), entry->id});
    }
    diagnosis.findings.push_back(std::move(finding));
}

} // namespace errata
