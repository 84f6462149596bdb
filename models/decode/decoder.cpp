#include "models/decode/decoder.h"

#include "models/base/gunzip.h"
#include "models/decode/barecode.h"
#include "models/decode/exchangedecoder.h"
#include "models/decode/prose.h"
#include "models/decode/recording.h"
#include "models/decode/translation.h"
#include "models/http/curlreader.h"
#include "models/http/curlverbose.h"
#include "models/http/httprequesttext.h"
#include "models/http/jsonintext.h"
#include "models/http/logreader.h"
#include "models/http/objectliteral.h"
#include "models/http/rawhttp.h"

#include <algorithm>

namespace errata {

namespace {

/// Hands on to DecodeOptions::progress what the stages tell: several read the same bytes, so only what is new counts,
/// and once stopped, each of them stops.
class Watch
{
public:
    explicit Watch(const DecodeOptions &options) : m_given(options), m_options(options)
    {
        if (options.progress)
            m_options.progress = [this](qsizetype bytes) { return goOn(bytes); };
    }
    Watch(const Watch &) = delete;
    Watch &operator=(const Watch &) = delete;

    [[nodiscard]] const DecodeOptions &options() const { return m_options; }
    [[nodiscard]] bool isStopped() const { return m_stopped; }

private:
    bool goOn(qsizetype bytes)
    {
        m_most = std::max(m_most, bytes);
        m_stopped = m_stopped || !m_given.progress(m_most);
        return !m_stopped;
    }

    const DecodeOptions &m_given;
    DecodeOptions m_options;
    qsizetype m_most = 0;
    bool m_stopped = false;
};

/// One text being decoded.
struct Job
{
    Diagnosis &diagnosis;
    const QByteArray &text;
    const CatalogSet &catalogs;
    const DecodeOptions &options;
};

void decodeInto(const Job &job, const Exchange &given)
{
    Exchange exchange = given;
    exchange.index = job.diagnosis.exchanges++;
    const std::size_t before = job.diagnosis.findings.size();
    for (Finding &finding : findingsOf(exchange, job.catalogs, job.options, job.diagnosis.problems))
        job.diagnosis.findings.push_back(std::move(finding));
    keep(job.diagnosis, exchange, before);
}

void decodeBody(const Job &job)
{
    Exchange exchange;
    exchange.body = job.text;
    exchange.bodyOffset = 0;
    exchange.status = job.options.status;
    decodeInto(job, exchange);
}

/// A response, and the command that asked for it where that was copied with it: "$ curl -i URL" above the reply.
void decodeResponse(const Job &job)
{
    QByteArray text = job.text;
    std::optional<HttpRequest> request;
    if (!startsLikeHttpResponse(text)) {
        const qsizetype head = std::max<qsizetype>(text.indexOf("\nHTTP/"), -1) + 1;
        if (const auto command = readCurlCommand(text.first(head)))
            request = command.value().request;
        else if (auto asked = parseHttpRequest(text.first(head)))
            request = std::move(asked).value();
        // Blanked out and not cut off, so that places in the text stay true.
        std::fill(text.begin(), text.begin() + head, ' ');
    }
    auto exchange = parseHttpResponse(text);
    if (!exchange) {
        job.diagnosis.problems << exchange.error().text();
        return;
    }
    exchange.value().request = std::move(request);
    decodeInto(job, exchange.value());
}

void decodeCurlVerbose(const Job &job)
{
    const std::vector<Exchange> exchanges = readCurlVerbose(job.text);
    for (const Exchange &exchange : exchanges)
        decodeInto(job, exchange);
    if (exchanges.empty())
        job.diagnosis.problems << QStringLiteral("No reply in it; expected lines beginning with '< HTTP/'.");
}

/// A request alone has no error in it: what can be wrong is only how it is written.
template <typename Reading>
void checkRequest(const Job &job, const Reading &reading)
{
    if (reading)
        job.diagnosis.exchanges = 1;
    else
        job.diagnosis.problems << reading.error().text();
}

/// The part of a URL that holds error=: the query, or the fragment (RFC 6749 sections 4.1.2.1 and 4.2.2.1).
void decodeUrl(const Job &job)
{
    const QByteArrayView url = QByteArrayView(job.text).trimmed();
    const qsizetype start = url.data() - job.text.constData();
    const qsizetype hash = url.indexOf('#');
    const qsizetype mark = url.first(hash < 0 ? url.size() : hash).indexOf('?');
    Exchange exchange;
    exchange.request = HttpRequest{"GET", url.toByteArray(), {}, {}};
    exchange.status = job.options.status;
    const auto take = [&](qsizetype from, qsizetype to) {
        const auto parameters = parametersIn(url.sliced(from, to - from), start + from);
        if (std::none_of(parameters.begin(), parameters.end(),
                         [](const Parameter &parameter) { return parameter.name == QLatin1String("error"); }))
            return;
        exchange.headers.set("Content-Type", "application/x-www-form-urlencoded");
        exchange.body = url.sliced(from, to - from).toByteArray();
        exchange.bodyOffset = start + from;
    };
    if (hash >= 0)
        take(hash + 1, url.size());
    if (mark >= 0)
        take(mark + 1, hash < 0 ? url.size() : hash);
    decodeInto(job, exchange);
}

/// The start of a text, with the objects in it blanked out: a "status" member of theirs is no status line.
QByteArray proseOf(const QByteArray &text)
{
    constexpr qsizetype looked = 65'536;
    constexpr int most = 100;
    QByteArray prose = text.left(looked);
    std::vector<Span> objects = jsonIn(prose, most);
    if (objects.empty()) {
        for (const ObjectLiteral &literal : objectLiteralsIn(prose, most))
            objects.push_back(literal.where);
    }
    for (const Span &object : objects)
        std::fill(prose.begin() + object.start, prose.begin() + object.end(), ' ');
    return prose;
}

bool holdsObjects(const Job &job)
{
    return !jsonIn(job.text, 1, job.options.progress).empty() || !objectLiteralsIn(job.text, 1).empty();
}

/// Running text: JSON in it, a status it names, a code it quotes.
void decodeProse(const Job &job)
{
    const ProseHints hints = hintsIn(proseOf(job.text), 0, job.catalogs);
    Exchange exchange;
    exchange.status = job.options.status ? job.options.status : hints.status;
    exchange.statusSpan = job.options.status ? Span() : hints.statusSpan;
    exchange.body = job.text;
    exchange.bodyOffset = 0;
    if (!hints.url.isEmpty())
        exchange.request = HttpRequest{{}, hints.url, {}, {}};
    if (!hints.codes.empty() && !holdsObjects(job)) {
        DecodeOptions options = job.options;
        options.status = exchange.status;
        decodeQuotedCode(job.diagnosis, hints.codes.front().text, hints.codes.front().where, job.catalogs, options);
        ++job.diagnosis.exchanges;
        return;
    }
    decodeInto(job, exchange);
}

/// JSON alone or in a quoted string; else there are words around it, which may name a status or an address.
bool isJsonAlone(const QByteArray &text)
{
    const QByteArrayView view = QByteArrayView(text).sliced(text.startsWith("\xef\xbb\xbf") ? 3 : 0).trimmed();
    const qsizetype prefix = view.size() > 1 && QByteArrayView("bBuUrR").contains(view[0]) ? 1 : 0;
    return view.size() <= prefix || QByteArrayView("{[\"'`").contains(view[prefix]);
}

QString unknownProblem(const QByteArray &text)
{
    if (QByteArrayView(text).first(std::min<qsizetype>(text.size(), 4096)).contains('\0'))
        return QStringLiteral("This is binary data; expected text: a reply, a recording, a log or a code.");
    return QStringLiteral("Not recognised; expected a reply (JSON, XML, raw HTTP, curl -v), a HAR, a log, a URL, a "
                          "code or an exit status.");
}

void decodeUnknown(const Job &job)
{
    if (job.options.status)
        decodeBody(job);
    else
        job.diagnosis.problems << unknownProblem(job.text);
}

void decodeAs(InputKind kind, const Job &job)
{
    switch (kind) {
    case InputKind::Json:
        return job.options.kind || isJsonAlone(job.text) ? decodeBody(job) : decodeProse(job);
    case InputKind::Xml:
    case InputKind::Html:
        return decodeBody(job);
    case InputKind::HttpResponse:
        return decodeResponse(job);
    case InputKind::HttpRequest:
        return checkRequest(job, parseHttpRequest(job.text));
    case InputKind::CurlCommand:
        return checkRequest(job, readCurlCommand(job.text));
    case InputKind::CurlVerbose:
        return decodeCurlVerbose(job);
    case InputKind::Har:
        return decodeHar(job.diagnosis, job.text, job.catalogs, job.options);
    case InputKind::Log:
        return looksLikeLog(job.text) ? decodeLog(job.diagnosis, job.text, job.catalogs, job.options)
                                      : decodeProse(job);
    case InputKind::Code:
        return decodeBareCode(job.diagnosis, job.text, job.catalogs, job.options);
    case InputKind::ExitCode:
        return decodeExitStatus(job.diagnosis, job.text, job.catalogs, job.options);
    case InputKind::Url:
        return decodeUrl(job);
    case InputKind::Empty:
        // A status told beside an empty body is a reply of its own: many edges answer so.
        if (job.options.status)
            decodeBody(job);
        return;
    case InputKind::Unknown:
        return decodeUnknown(job);
    }
}

/// Places in what was unpacked are no places in what was given.
void forgetPlaces(Diagnosis &diagnosis)
{
    for (Finding &finding : diagnosis.findings) {
        for (Evidence &evidence : finding.evidence)
            evidence.where = {};
        for (Contradiction &contradiction : finding.contradictions)
            contradiction.where = {};
        for (FoundId &id : finding.ids)
            id.where = {};
    }
    for (ExchangeLine &line : diagnosis.lines)
        line.where = {};
}

} // namespace

Diagnosis decodeText(const QByteArray &given, const CatalogSet &catalogs, const DecodeOptions &options)
{
    Diagnosis diagnosis;
    diagnosis.bytes = given.size();
    QByteArray text = given;
    const bool packed = looksLikeGzip(given);
    Watch watch(options);
    if (packed) {
        auto unpacked = gunzip(given, limits::decoderInput, watch.options().progress);
        if (unpacked)
            text = std::move(unpacked).value();
        else if (!watch.isStopped())
            diagnosis.problems << QStringLiteral("The gzip data cannot be unpacked: %1.").arg(unpacked.error().text());
    }
    if (text.size() > limits::decoderInput) {
        diagnosis.kind = InputKind::Unknown;
        diagnosis.problems << QStringLiteral("%1 MB is more than the %2 MB that are read at once.")
                                  .arg(text.size() / limits::Megabyte)
                                  .arg(limits::decoderInput / limits::Megabyte);
        return diagnosis;
    }
    if (!watch.isStopped()) {
        diagnosis.kind = options.kind.value_or(sniff(text, catalogs));
        decodeAs(diagnosis.kind, {diagnosis, text, catalogs, watch.options()});
    }
    diagnosis.cancelled = diagnosis.cancelled || watch.isStopped();
    putFailuresFirst(diagnosis);
    if (packed)
        forgetPlaces(diagnosis);
    return diagnosis;
}

Diagnosis decodeExchange(const Exchange &exchange, const CatalogSet &catalogs, const DecodeOptions &options)
{
    Diagnosis diagnosis;
    diagnosis.kind = InputKind::HttpResponse;
    diagnosis.bytes = exchange.body.size();
    const Watch watch(options);
    decodeInto({diagnosis, exchange.body, catalogs, watch.options()}, exchange);
    diagnosis.cancelled = watch.isStopped();
    putFailuresFirst(diagnosis);
    return diagnosis;
}

} // namespace errata
