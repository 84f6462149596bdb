#include "models/decode/decoder.h"

#include "models/decode/barecode.h"
#include "models/decode/contradictions.h"
#include "models/decode/retryadvice.h"
#include "models/decode/salvage.h"
#include "models/decode/scorer.h"
#include "models/decode/ticket.h"
#include "models/http/rawhttp.h"
#include "models/http/statuscodes.h"

#include <algorithm>

namespace errata {

namespace {

/// The body as far as it is JSON.
struct ParsedBody
{
    JsonValue root;
    bool cut = false; ///< only the beginning of a document
    QString problem;
};

bool looksLikeJson(const Exchange &exchange)
{
    QByteArrayView body(exchange.body);
    if (body.startsWith("\xef\xbb\xbf"))
        body = body.sliced(3);
    body = body.trimmed();
    const QByteArray type = exchange.headers.value("Content-Type").value_or(QByteArray()).toLower();
    return body.startsWith('{') || body.startsWith('[') || (type.contains("json") && !body.isEmpty());
}

/// \a mustBeJson: somebody says so, whatever it looks like.
ParsedBody parseBody(const Exchange &exchange, bool mustBeJson)
{
    if (!mustBeJson && !looksLikeJson(exchange))
        return {};
    const auto document = JsonDocument::parse(exchange.body);
    if (document)
        return {document.value().root(), false, {}};
    ParsedBody parsed;
    parsed.problem = QStringLiteral("The body is not valid JSON: %1.").arg(document.error().text());
    if (const auto salvaged = salvageTruncatedJson(exchange.body, document.error())) {
        parsed.root = salvaged->root();
        parsed.cut = true;
        parsed.problem += QStringLiteral(" It is cut off; what stands before the cut was read.");
    }
    return parsed;
}

/// The parts of a finding that do not depend on how it was recognised.
Finding findingOf(const Exchange &exchange)
{
    Finding finding;
    finding.exchange = exchange.index;
    finding.httpStatus = exchange.status;
    if (exchange.request) {
        finding.method = QString::fromUtf8(exchange.request->method);
        finding.url = QString::fromUtf8(exchange.request->url);
    }
    return finding;
}

/// Other APIs that read the reply otherwise, and other entries of the same API that share the status.
std::vector<Alternative> alternativesOf(const std::vector<Candidate> &candidates, const CatalogSet &catalogs)
{
    std::vector<Alternative> others;
    const Candidate &best = candidates.front();
    for (const Candidate &other : candidates) {
        const bool listed =
            std::any_of(others.begin(), others.end(), [&](const Alternative &a) { return a.api == other.catalog->id; });
        if (other.catalog == best.catalog || listed)
            continue;
        const QString code = other.code.isString() ? other.code.string() : QString();
        others.push_back(
            {other.catalog->id, code,
             QStringLiteral("%1, %2 points against %3").arg(other.envelope->title).arg(other.score).arg(best.score),
             other.entry ? other.entry->id : QString()});
    }
    if (best.entry || !best.code.isString())
        return others;
    for (const Entry *entry : catalogs.near(best.code.string(), best.catalog->id))
        others.push_back({entry->api, entry->code, QStringLiteral("spelled like it"), entry->id});
    return others;
}

Finding ofCandidates(const Reply &reply, const std::vector<Candidate> &candidates, const CatalogSet &catalogs,
                     const DecodeOptions &options)
{
    const Candidate &best = candidates.front();
    const Envelope &envelope = *best.envelope;
    Finding finding = findingOf(*reply.exchange);
    finding.api = best.catalog->id;
    finding.convention = Convention::Catalog;
    finding.surface = envelope.surface;
    finding.envelope = envelope.title;
    if (best.code.isString())
        finding.code = best.code.string();
    finding.known = best.entry != nullptr;
    finding.isError = best.entry ? best.entry->isError : envelope.isError;
    if (best.entry)
        finding.entryId = best.entry->id;
    if (const JsonValue message = reply.first(envelope.message); message.isString())
        finding.message = message.string();
    finding.confidence = confidenceOf(candidates);
    finding.evidence = best.evidence;
    finding.ids = foundIds(reply, best.catalog, &envelope);
    finding.missing = missingFacts(reply, best.catalog, finding.ids);
    finding.alternatives = alternativesOf(candidates, catalogs);
    const JsonValue flag = reply.first(envelope.retryFlag);
    const JsonValue category = reply.first(envelope.category);
    finding.contradictions =
        contradictionsOf({&reply, best.catalog, &envelope, best.entry, finding.code.value_or(QString()), flag});
    finding.retry = retryAdvice({&reply, best.catalog, best.entry, flag,
                                 category.isString()                  ? category.string()
                                 : best.entry && best.entry->category ? best.entry->category->value
                                                                      : QString(),
                                 options.now});
    return finding;
}

/// What many APIs call their message.
QString anyMessage(const Reply &reply)
{
    const JsonValue value =
        reply.first({QStringLiteral("/message"), QStringLiteral("/error/message"), QStringLiteral("/error_description"),
                     QStringLiteral("/detail"), QStringLiteral("/title"), QStringLiteral("/error"),
                     QStringLiteral("/errors/0/message")});
    return value.isString() ? value.string() : QString();
}

/// The status alone: by the API's own rule where the host names it, else by RFC 9110.
std::optional<Finding> ofStatus(const Reply &reply, const CatalogSet &catalogs, const DecodeOptions &options)
{
    const Exchange &exchange = *reply.exchange;
    if (!exchange.status || *exchange.status < 400)
        return std::nullopt;
    const int status = *exchange.status;
    Finding finding = findingOf(exchange);
    finding.convention = Convention::StatusOnly;
    const StatusInfo *info = statusInfo(status);
    finding.evidence.push_back(
        {info ? QStringLiteral("status %1 %2: %3").arg(status).arg(QString(info->phrase), QString(info->meaning))
              : QStringLiteral("status %1 is not registered; by its first digit it counts as %2")
                    .arg(status)
                    .arg(status < 500 ? 400 : 500),
         exchange.statusSpan, 0});
    if (exchange.body.trimmed().isEmpty())
        finding.evidence.push_back({QStringLiteral("there is no body"), {}, 0});
    else
        finding.evidence.push_back({QStringLiteral("the body is none of the error shapes in the catalogs"), {}, 0});
    const Catalog *catalog = options.api.isEmpty() ? catalogOfHost(exchange, catalogs) : catalogs.catalog(options.api);
    if (catalog) {
        finding.api = catalog->id;
        finding.surface = QStringLiteral("http-api");
        const QString how =
            options.api.isEmpty() ? QStringLiteral("the request went to %1") : QStringLiteral("%1 was chosen");
        finding.evidence.push_back({how.arg(catalog->name), {}, 0});
    }
    finding.confidence = catalog && info ? Confidence::Likely : Confidence::Guess;
    for (const Catalog &own : catalogs.catalogs()) {
        if (catalog && catalog != &own)
            continue;
        for (const Entry &entry : own.entries) {
            if (std::any_of(entry.statuses.begin(), entry.statuses.end(), [status](const Fact<int> &fact) {
                    return fact.value == status && fact.provenance != Provenance::Inferred;
                }))
                finding.alternatives.push_back(
                    {own.id, entry.code, QStringLiteral("documented with status %1").arg(status), entry.id});
        }
    }
    if (const QString message = anyMessage(reply); !message.isEmpty())
        finding.message = message;
    finding.ids = foundIds(reply, catalog, nullptr);
    finding.missing = missingFacts(reply, catalog, finding.ids);
    finding.contradictions = contradictionsOf({&reply, catalog, nullptr, nullptr, {}, {}});
    finding.retry = retryAdvice({&reply, catalog, nullptr, {}, {}, options.now});
    return finding;
}

/// What was read of a cut or doubtful text proves less.
void lower(Finding &finding, Confidence most)
{
    finding.confidence = std::max(finding.confidence, most);
}

void decodeInto(Diagnosis &diagnosis, const Exchange &exchange, const CatalogSet &catalogs,
                const DecodeOptions &options)
{
    const ParsedBody body = parseBody(exchange, options.kind == InputKind::Json);
    if (!body.problem.isEmpty())
        diagnosis.problems << body.problem;
    Reply reply{&exchange, body.root};
    // Some gateways wrap the one error in a list.
    if (reply.body.isArray() && reply.body.size() == 1)
        reply.body = reply.body.at(0);
    const std::vector<Candidate> candidates = readings(reply, catalogs, options.api);
    if (!candidates.empty()) {
        Finding finding = ofCandidates(reply, candidates, catalogs, options);
        if (body.cut)
            lower(finding, Confidence::Likely);
        diagnosis.findings.push_back(std::move(finding));
    } else if (auto finding = ofStatus(reply, catalogs, options)) {
        diagnosis.findings.push_back(std::move(*finding));
    }
}

void decodeResponse(Diagnosis &diagnosis, const QByteArray &text, const CatalogSet &catalogs,
                    const DecodeOptions &options)
{
    auto exchange = parseHttpResponse(text);
    if (!exchange) {
        diagnosis.problems << exchange.error().text();
        return;
    }
    diagnosis.exchanges = 1;
    decodeInto(diagnosis, exchange.value(), catalogs, options);
}

void decodeBody(Diagnosis &diagnosis, const QByteArray &text, const CatalogSet &catalogs, const DecodeOptions &options)
{
    Exchange exchange;
    exchange.body = text;
    exchange.bodyOffset = 0;
    exchange.status = options.status;
    diagnosis.exchanges = 1;
    decodeInto(diagnosis, exchange, catalogs, options);
}

QString unknownProblem(const QByteArray &text)
{
    if (QByteArrayView(text).first(std::min<qsizetype>(text.size(), 4096)).contains('\0'))
        return QStringLiteral("This is binary data; expected %1.")
            .arg(QStringLiteral("a JSON body, a raw HTTP response or a code"));
    return QStringLiteral("Not recognised; expected a JSON body, a raw HTTP response, a code or an exit status.");
}

} // namespace

Diagnosis decodeText(const QByteArray &text, const CatalogSet &catalogs, const DecodeOptions &options)
{
    Diagnosis diagnosis;
    diagnosis.bytes = text.size();
    if (text.size() > limits::decoderInput) {
        diagnosis.kind = InputKind::Unknown;
        diagnosis.problems << QStringLiteral("%1 MB is more than the %2 MB that are read at once.")
                                  .arg(text.size() / limits::Megabyte)
                                  .arg(limits::decoderInput / limits::Megabyte);
        return diagnosis;
    }
    diagnosis.kind = options.kind.value_or(sniff(text, catalogs));
    switch (diagnosis.kind) {
    case InputKind::Json:
        decodeBody(diagnosis, text, catalogs, options);
        break;
    case InputKind::HttpResponse:
        decodeResponse(diagnosis, text, catalogs, options);
        break;
    case InputKind::Code:
        decodeBareCode(diagnosis, text, catalogs, options);
        break;
    case InputKind::ExitCode:
        decodeExitStatus(diagnosis, text, catalogs, options);
        break;
    case InputKind::Empty:
        // A status told beside an empty body is a reply of its own: many edges answer so.
        if (options.status)
            decodeBody(diagnosis, text, catalogs, options);
        break;
    default:
        if (options.status && diagnosis.kind == InputKind::Unknown)
            decodeBody(diagnosis, text, catalogs, options);
        else
            diagnosis.problems << unknownProblem(text);
        break;
    }
    return diagnosis;
}

Diagnosis decodeExchange(const Exchange &exchange, const CatalogSet &catalogs, const DecodeOptions &options)
{
    Diagnosis diagnosis;
    diagnosis.kind = InputKind::HttpResponse;
    diagnosis.bytes = exchange.body.size();
    diagnosis.exchanges = 1;
    decodeInto(diagnosis, exchange, catalogs, options);
    return diagnosis;
}

} // namespace errata
