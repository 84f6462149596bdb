#include "models/decode/batch.h"

#include "models/base/limits.h"

#include <algorithm>
#include <set>

namespace errata {

namespace {

/// Enough to see a burst, few enough to point at.
constexpr int HistogramBins = 40;

/// A reply alone has no list of exchanges: its line is made from what was found in it.
std::vector<ExchangeLine> linesOf(const Diagnosis &diagnosis)
{
    std::vector<ExchangeLine> lines;
    lines.reserve(static_cast<std::size_t>(diagnosis.exchanges));
    for (int i = 0; i < diagnosis.exchanges; ++i) {
        ExchangeLine line;
        line.index = i;
        const auto found = std::find_if(diagnosis.findings.begin(), diagnosis.findings.end(),
                                        [i](const Finding &finding) { return finding.exchange == i; });
        if (found != diagnosis.findings.end()) {
            line.finding = static_cast<int>(found - diagnosis.findings.begin());
            line.method = found->method.value_or(QString()).toUtf8();
            line.url = found->url.value_or(QString()).toUtf8();
            line.status = found->httpStatus;
        }
        lines.push_back(line);
    }
    return lines;
}

void addFindings(Diagnosis &all, std::vector<Finding> findings, const QString &file)
{
    for (Finding &finding : findings) {
        if (all.findings.size() >= limits::findings) {
            ++all.further;
            continue;
        }
        finding.exchange += all.exchanges;
        finding.file = file;
        all.findings.push_back(std::move(finding));
    }
}

void append(Diagnosis &all, Diagnosis one, const QString &file)
{
    if (all.kind == InputKind::Empty)
        all.kind = one.kind;
    if (one.lines.empty())
        one.lines = linesOf(one);
    const int findingsBefore = static_cast<int>(all.findings.size());
    all.further += one.further;
    addFindings(all, std::move(one.findings), file);
    for (ExchangeLine &line : one.lines) {
        if (all.lines.size() >= limits::exchangeLines)
            break;
        line.index += all.exchanges;
        line.file = file;
        line.finding = line.finding < 0 ? -1 : line.finding + findingsBefore;
        if (line.finding >= limits::findings)
            line.finding = -1;
        all.lines.push_back(std::move(line));
    }
    for (Exchange &exchange : one.kept) {
        if (all.kept.size() >= limits::keptExchanges)
            break;
        exchange.index += all.exchanges;
        all.kept.push_back(std::move(exchange));
    }
    for (const QString &problem : std::as_const(one.problems))
        all.problems << file + QStringLiteral(": ") + problem;
    all.exchanges += one.exchanges;
    all.bytes += one.bytes;
    all.cancelled = one.cancelled;
}

} // namespace

Diagnosis decodeTexts(const std::vector<NamedText> &texts, const CatalogSet &catalogs, const DecodeOptions &options)
{
    if (texts.size() == 1)
        return decodeText(texts.front().text, catalogs, options);
    Diagnosis all;
    for (const NamedText &text : texts) {
        DecodeOptions own = options;
        if (options.progress)
            own.progress = [&options, before = all.bytes](qsizetype bytes) { return options.progress(before + bytes); };
        append(all, decodeText(text.text, catalogs, own), text.name);
        // A file that is no recording has not asked by itself.
        if (!all.cancelled && options.progress)
            all.cancelled = !options.progress(all.bytes);
        if (all.cancelled)
            break;
    }
    putFailuresFirst(all);
    return all;
}

Digest digestOf(Diagnosis diagnosis)
{
    Digest digest;
    digest.codes = tallyByCode(diagnosis);
    digest.hosts = tallyByHost(diagnosis);
    digest.hosts.erase(std::remove_if(digest.hosts.begin(), digest.hosts.end(),
                                      [](const Tally &tally) { return tally.host.isEmpty(); }),
                       digest.hosts.end());
    digest.histogram = histogramOf(diagnosis, HistogramBins);
    std::set<int> failed;
    for (const Finding &finding : diagnosis.findings) {
        if (finding.isError)
            failed.insert(finding.exchange);
    }
    digest.failed = static_cast<int>(failed.size()) + diagnosis.further;
    digest.diagnosis = std::move(diagnosis);
    return digest;
}

} // namespace errata
