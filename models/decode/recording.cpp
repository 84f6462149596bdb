#include "models/decode/recording.h"

#include "models/base/limits.h"
#include "models/decode/barecode.h"
#include "models/decode/exchangedecoder.h"
#include "models/decode/prose.h"
#include "models/http/grpcstatus.h"
#include "models/http/har.h"
#include "models/http/jsonintext.h"
#include "models/http/logreader.h"
#include "models/http/objectliteral.h"

#include <QUrl>

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

namespace errata {

namespace {

/// Collects what the exchanges of one recording say.
class Recording
{
public:
    Recording(Diagnosis &diagnosis, const CatalogSet &catalogs, const DecodeOptions &options)
        : m_diagnosis(diagnosis), m_catalogs(catalogs), m_options(options)
    {
    }

    void add(const Exchange &exchange, const QString &place)
    {
        QStringList problems;
        addFindings(exchange, findingsOf(exchange, m_catalogs, m_options, problems));
        for (const QString &problem : std::as_const(problems))
            tellProblem(place + QStringLiteral(": ") + problem);
    }

    void addFindings(const Exchange &exchange, std::vector<Finding> findings)
    {
        ExchangeLine line;
        line.index = exchange.index;
        if (exchange.request) {
            line.method = shared(exchange.request->method);
            line.url = exchange.request->url;
        }
        line.status = exchange.status;
        line.startedMs = exchange.startedMs;
        line.durationMs = exchange.durationMs;
        line.where = exchange.span;
        const std::size_t before = m_diagnosis.findings.size();
        for (Finding &finding : findings) {
            // In a recording, what went well is no news.
            if (!finding.isError && !finding.code)
                continue;
            if (m_diagnosis.findings.size() >= limits::findings) {
                ++m_diagnosis.further;
                continue;
            }
            if (line.finding < 0)
                line.finding = static_cast<int>(m_diagnosis.findings.size());
            finding.exchange = exchange.index;
            m_diagnosis.findings.push_back(std::move(finding));
        }
        keep(m_diagnosis, exchange, before);
        list(std::move(line));
    }

    void list(ExchangeLine line)
    {
        if (listsNoMore() || (line.finding < 0 && !m_options.listsQuiet))
            return;
        std::vector<ExchangeLine> &lines = m_diagnosis.lines;
        // Room is touched only as it is filled; growing by doubling would hold every line twice for a while.
        if (lines.size() == fewLines)
            lines.reserve(limits::exchangeLines);
        lines.push_back(std::move(line));
    }

    [[nodiscard]] bool listsNoMore() const { return m_diagnosis.lines.size() >= limits::exchangeLines; }
    [[nodiscard]] bool listsQuiet() const { return m_options.listsQuiet && !listsNoMore(); }

    /// The same few methods in all lines: one copy of each, of its own.
    QByteArray shared(const QByteArray &method)
    {
        constexpr std::size_t most = 16;
        const auto known = std::find(m_methods.begin(), m_methods.end(), method);
        if (known != m_methods.end())
            return *known;
        const QByteArray own(method.constData(), method.size());
        if (m_methods.size() < most)
            m_methods.push_back(own);
        return own;
    }

    void tellProblem(const QString &problem)
    {
        constexpr qsizetype most = 50;
        if (m_diagnosis.problems.size() < most)
            m_diagnosis.problems << problem;
        else if (m_diagnosis.problems.size() == most)
            m_diagnosis.problems << QStringLiteral("further problems are not listed");
    }

    [[nodiscard]] bool goOn(qsizetype bytes)
    {
        constexpr qsizetype step = 1'000'000;
        if (!m_options.progress || bytes - m_told < step)
            return true;
        m_told = bytes;
        return m_options.progress(bytes);
    }

private:
    static constexpr std::size_t fewLines = 4096;

    Diagnosis &m_diagnosis;
    const CatalogSet &m_catalogs;
    const DecodeOptions &m_options;
    std::vector<QByteArray> m_methods;
    qsizetype m_told = 0;
};

/// "https://host/path" where a log has them apart.
QByteArray urlOf(const LogRecord &record)
{
    if (record.host.isEmpty() || record.url.contains("://"))
        return record.url;
    return "https://" + record.host + (record.url.startsWith('/') ? QByteArray() : QByteArray("/")) + record.url;
}

/// Nothing of it is a view of the text.
ExchangeLine lineOf(const LogRecord &record, Recording &recording, int index)
{
    ExchangeLine line;
    line.index = index;
    line.method = recording.shared(record.method);
    line.url = urlOf(record);
    line.url.detach();
    line.status = record.status;
    line.startedMs = record.timeMs;
    line.durationMs = record.durationMs;
    line.where = record.span;
    return line;
}

Exchange exchangeOf(const LogRecord &record, const QByteArray &text, int index)
{
    Exchange exchange;
    exchange.index = index;
    exchange.span = record.span;
    exchange.status = record.status;
    exchange.startedMs = record.timeMs;
    exchange.durationMs = record.durationMs;
    if (!record.method.isEmpty() || !record.url.isEmpty())
        exchange.request = HttpRequest{record.method, urlOf(record), {}, {}};
    if (!record.body.isNull()) {
        exchange.body = text.mid(record.body.start, record.body.length);
        exchange.bodyOffset = record.body.start;
        // JSON within a string of a JSON line stands there with its escapes: {\"code\": …
        const QByteArrayView inside =
            QByteArrayView(exchange.body).sliced(std::min<qsizetype>(1, exchange.body.size()));
        if (inside.trimmed().startsWith('\\')) {
            if (auto body = unquotedJson(exchange.body)) {
                exchange.body = std::move(*body);
                exchange.bodyOffset = -1;
            }
        }
    }
    return exchange;
}

bool isQuiet(const QByteArray &level)
{
    const QByteArray lower = level.toLower();
    return lower.startsWith("debug") || lower.startsWith("trace") || lower.startsWith("info");
}

QString hostOf(const Finding &finding)
{
    return finding.url ? QUrl(*finding.url).host() : QString();
}

template <typename Key>
std::vector<Tally> tallied(const Diagnosis &diagnosis, const Key &keyOf)
{
    std::unordered_map<int, qint64> times;
    for (const ExchangeLine &line : diagnosis.lines) {
        if (line.finding >= 0 && line.startedMs)
            times.emplace(line.index, *line.startedMs);
    }
    std::map<QString, Tally> tallies;
    for (std::size_t i = 0; i < diagnosis.findings.size(); ++i) {
        const Finding &finding = diagnosis.findings[i];
        if (!finding.isError)
            continue;
        Tally own = keyOf(finding);
        const auto [it, isNew] = tallies.try_emplace(own.api + QChar(0) + own.code + QChar(0) + own.host, own);
        Tally &tally = it->second;
        if (isNew)
            tally.first = static_cast<int>(i);
        ++tally.count;
        const auto time = times.find(finding.exchange);
        if (time != times.end()) {
            tally.firstMs = std::min(tally.firstMs.value_or(time->second), time->second);
            tally.lastMs = std::max(tally.lastMs.value_or(time->second), time->second);
        }
    }
    std::vector<Tally> list;
    list.reserve(tallies.size());
    for (auto &[key, tally] : tallies)
        list.push_back(std::move(tally));
    std::stable_sort(list.begin(), list.end(), [](const Tally &a, const Tally &b) { return a.count > b.count; });
    return list;
}

} // namespace

void decodeHar(Diagnosis &diagnosis, const QByteArray &text, const CatalogSet &catalogs, const DecodeOptions &options)
{
    Recording recording(diagnosis, catalogs, options);
    const HarReading reading = readHar(
        text,
        [&](HarEntry &&entry, qsizetype bytes) {
            recording.add(entry.exchange, QStringLiteral("entry %1").arg(entry.exchange.index + 1));
            return recording.goOn(bytes);
        },
        options.progress);
    diagnosis.exchanges = reading.entries;
    diagnosis.cancelled = reading.cancelled;
    for (const QString &problem : reading.problems)
        recording.tellProblem(problem);
}

void decodeLog(Diagnosis &diagnosis, const QByteArray &text, const CatalogSet &catalogs, const DecodeOptions &options)
{
    Recording recording(diagnosis, catalogs, options);
    int index = 0;
    const LogReading reading = readLog(text, [&](LogRecord &&record, qsizetype bytes) {
        const int number = index++;
        // Most of a log went well: nothing to look for.
        const bool isQuietRecord =
            record.body.isNull() && (record.status ? *record.status < 400 : isQuiet(record.level));
        if (isQuietRecord) {
            if (recording.listsQuiet())
                recording.list(lineOf(record, recording, number));
            return recording.goOn(bytes);
        }
        record.keep();
        const Exchange exchange = exchangeOf(record, text, number);
        const QString place = QStringLiteral("line %1").arg(record.line);
        if (!record.body.isNull() || record.status) {
            recording.add(exchange, place);
            return recording.goOn(bytes);
        }
        const ProseHints hints = hintsIn(record.message, -1, catalogs);
        const QByteArrayView line = QByteArrayView(text).sliced(record.span.start, record.span.length);
        const bool isPrinted = !objectLiteralsIn(line, 1).empty() || grpcStatusIn(line);
        if (isPrinted || hints.codes.empty()) {
            Exchange told = exchange;
            told.status = hints.status;
            if (isPrinted) {
                told.body = line.toByteArray();
                told.bodyOffset = record.span.start;
            }
            recording.add(told, place);
            return recording.goOn(bytes);
        }
        Diagnosis inner;
        DecodeOptions own = options;
        own.status = hints.status;
        decodeQuotedCode(inner, hints.codes.front().text, record.span, catalogs, own);
        recording.addFindings(exchange, std::move(inner.findings));
        return recording.goOn(bytes);
    });
    diagnosis.exchanges = static_cast<int>(reading.records);
    diagnosis.cancelled = reading.cancelled;
    for (const QString &problem : reading.problems)
        recording.tellProblem(problem);
}

void keep(Diagnosis &diagnosis, const Exchange &exchange, std::size_t first)
{
    const auto begin = diagnosis.findings.begin() + static_cast<std::ptrdiff_t>(first);
    const bool failed =
        std::any_of(begin, diagnosis.findings.end(), [](const Finding &finding) { return finding.isError; });
    if (failed && diagnosis.kept.size() < limits::keptExchanges)
        diagnosis.kept.push_back(exchange);
}

void putFailuresFirst(Diagnosis &diagnosis)
{
    std::vector<std::size_t> order(diagnosis.findings.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return diagnosis.findings[a].isError && !diagnosis.findings[b].isError;
    });
    std::vector<Finding> sorted;
    sorted.reserve(order.size());
    std::vector<int> placeOf(order.size());
    for (const std::size_t old : order) {
        placeOf[old] = static_cast<int>(sorted.size());
        sorted.push_back(std::move(diagnosis.findings[old]));
    }
    diagnosis.findings = std::move(sorted);
    for (ExchangeLine &line : diagnosis.lines) {
        if (line.finding >= 0)
            line.finding = placeOf[static_cast<std::size_t>(line.finding)];
    }
}

std::vector<Tally> tallyByCode(const Diagnosis &diagnosis)
{
    return tallied(diagnosis, [](const Finding &finding) {
        Tally tally;
        tally.api = finding.api.value_or(QString());
        tally.code = finding.code         ? *finding.code
                     : finding.httpStatus ? QString::number(*finding.httpStatus)
                                          : QString();
        return tally;
    });
}

std::vector<Tally> tallyByHost(const Diagnosis &diagnosis)
{
    return tallied(diagnosis, [](const Finding &finding) {
        Tally tally;
        tally.host = hostOf(finding);
        return tally;
    });
}

std::optional<Histogram> histogramOf(const Diagnosis &diagnosis, int bins)
{
    std::optional<qint64> first, last;
    int timed = 0;
    for (const ExchangeLine &line : diagnosis.lines) {
        if (!line.startedMs)
            continue;
        ++timed;
        first = std::min(first.value_or(*line.startedMs), *line.startedMs);
        last = std::max(last.value_or(*line.startedMs), *line.startedMs);
    }
    if (timed < 2 || bins < 1)
        return std::nullopt;
    Histogram histogram;
    histogram.startMs = *first;
    histogram.stepMs = std::max<qint64>(1, (*last - *first) / bins + 1);
    histogram.total.resize(static_cast<std::size_t>(bins));
    histogram.failed.resize(static_cast<std::size_t>(bins));
    for (const ExchangeLine &line : diagnosis.lines) {
        if (!line.startedMs)
            continue;
        const auto bin = static_cast<std::size_t>((*line.startedMs - *first) / histogram.stepMs);
        ++histogram.total[bin];
        const bool failed = line.finding >= 0 && diagnosis.findings[static_cast<std::size_t>(line.finding)].isError;
        histogram.failed[bin] += failed ? 1 : 0;
    }
    return histogram;
}

} // namespace errata
