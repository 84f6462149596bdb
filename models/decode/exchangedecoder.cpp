#include "models/decode/exchangedecoder.h"

#include "models/decode/body.h"
#include "models/decode/contradictions.h"
#include "models/decode/conventions.h"
#include "models/decode/retryadvice.h"
#include "models/decode/scorer.h"
#include "models/decode/ticket.h"
#include "models/http/statuscodes.h"

#include <algorithm>

namespace errata {

namespace {

/// Elements of a list of errors that become findings.
constexpr qsizetype mostElements = 200;
/// Elements of a list that are looked at: a long answer is no list of errors.
constexpr qsizetype mostLooked = 1000;

/// What all steps of decoding one exchange look at.
struct Context
{
    const CatalogSet &catalogs;
    const DecodeOptions &options;
};

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

QString idOf(const Catalog &catalog)
{
    return conventionOf(catalog) == Convention::Catalog ? catalog.id : QString();
}

/// Other readings, one an API or convention, and codes spelled like one that is in no catalog.
std::vector<Alternative> alternativesOf(const std::vector<Candidate> &candidates, const Context &context)
{
    std::vector<Alternative> others;
    const Candidate &best = candidates.front();
    std::vector<const Catalog *> listed{best.catalog};
    for (const Candidate &other : candidates) {
        if (std::find(listed.begin(), listed.end(), other.catalog) != listed.end())
            continue;
        listed.push_back(other.catalog);
        const bool known = other.entry && conventionOf(*other.catalog) == Convention::Catalog;
        others.push_back(
            {idOf(*other.catalog), other.code.value_or(QString()),
             QStringLiteral("%1, %2 points against %3").arg(other.envelope->title).arg(other.score).arg(best.score),
             known ? other.entry->id : QString()});
    }
    if (best.entry || !best.code || conventionOf(*best.catalog) != Convention::Catalog)
        return others;
    for (const Entry *entry : context.catalogs.near(*best.code, best.catalog->id))
        others.push_back({entry->api, entry->code, QStringLiteral("spelled like it"), entry->id});
    return others;
}

/// The status the body tells where there is no reply's own: 100 to 599, a number or digits.
std::optional<int> statusInBody(const JsonValue &value)
{
    const qint64 number = value.isString() ? value.string().toLongLong() : value.integer().value_or(0);
    if (number < 100 || number > 599)
        return std::nullopt;
    return static_cast<int>(number);
}

void explainConvention(Finding &finding, const Candidate &best)
{
    finding.evidence.push_back({finding.convention == Convention::None
                                    ? QStringLiteral("this shape names neither an API nor a convention")
                                    : QStringLiteral("by the rules of %1").arg(best.catalog->name),
                                {},
                                0});
    if (best.entry)
        finding.evidence.push_back(
            {QStringLiteral("%1: %2").arg(best.entry->code, best.entry->meaning.value), best.codeSpan, 0});
}

/// The server's own words: of the body, else of a header.
QString messageIn(const Reply &reply, const Envelope &envelope)
{
    if (const JsonValue message = reply.first(envelope.message); message.isString())
        return message.string();
    for (const MessageHeader &own : envelope.messageHeaders) {
        if (const Header *header = reply.exchange->headers.find(own.name))
            return QString::fromUtf8(own.percentEncoded ? QByteArray::fromPercentEncoding(header->value)
                                                        : header->value);
    }
    return {};
}

Finding ofCandidates(const Reply &given, const std::vector<Candidate> &candidates, const Context &context)
{
    const Candidate &best = candidates.front();
    const Envelope &envelope = *best.envelope;
    const Convention convention = conventionOf(*best.catalog);
    const bool ofApi = convention == Convention::Catalog;
    const Catalog *catalog = ofApi ? best.catalog : nullptr;
    Exchange exchange = *given.exchange;
    Reply reply = given;
    reply.exchange = &exchange;
    if (!exchange.status) {
        const JsonValue told = reply.first(envelope.status);
        exchange.status = statusInBody(told);
        if (exchange.status)
            exchange.statusSpan = reply.spanOf(told);
    }
    Finding finding = findingOf(exchange);
    if (ofApi)
        finding.api = catalog->id;
    finding.convention = convention;
    finding.surface = envelope.surface;
    finding.envelope = envelope.title;
    finding.code = best.code;
    finding.known = ofApi && best.entry;
    finding.isError = best.entry ? best.entry->isError : envelope.isError;
    if (finding.known)
        finding.entryId = best.entry->id;
    finding.message = messageIn(reply, envelope);
    finding.confidence = confidenceOf(candidates);
    finding.evidence = best.evidence;
    if (!ofApi)
        explainConvention(finding, best);
    finding.ids = foundIds(reply, catalog, &envelope);
    finding.missing = missingFacts(reply, catalog, finding.ids);
    finding.alternatives = alternativesOf(candidates, context);
    const JsonValue flag = reply.first(envelope.retryFlag);
    const JsonValue category = reply.first(envelope.category);
    finding.contradictions =
        contradictionsOf({&reply, best.catalog, &envelope, best.entry, finding.code.value_or(QString()), flag});
    finding.retry = retryAdvice({&reply, best.catalog, best.entry, flag,
                                 category.isString()                  ? category.string()
                                 : best.entry && best.entry->category ? best.entry->category->value
                                                                      : QString(),
                                 context.options.now});
    return finding;
}

/// One finding, or one for each element where the best reading is of a list of errors.
void addReadings(std::vector<Finding> &findings, const Reply &reply, const Context &context)
{
    std::vector<Candidate> candidates = readings(reply, context.catalogs, context.options);
    if (candidates.empty())
        return;
    const Catalog &catalog = *candidates.front().catalog;
    const Envelope &envelope = *candidates.front().envelope;
    const JsonValue list = envelope.each.isEmpty() ? JsonValue() : reply.body.pointer(envelope.each);
    if (list.isAbsent()) {
        findings.push_back(ofCandidates(reply, candidates, context));
        return;
    }
    const CatalogSet &home = conventionOf(catalog) == Convention::Catalog ? context.catalogs : conventions();
    qsizetype index = 0;
    for (const JsonValue &element : list.children()) {
        if (index++ == mostElements)
            return;
        Reply own = reply;
        own.element = element;
        if (index > 1) {
            if (auto again = reading(own, home, catalog, envelope))
                candidates.front() = std::move(*again);
        }
        findings.push_back(ofCandidates(own, candidates, context));
    }
}

/// What many APIs call their message.
QString anyMessage(const Reply &reply)
{
    const JsonValue value =
        reply.first({QStringLiteral("/message"), QStringLiteral("/error/message"), QStringLiteral("/error_description"),
                     QStringLiteral("/detail"), QStringLiteral("/title"), QStringLiteral("/error"),
                     QStringLiteral("/errors/0/message"), QStringLiteral("/errors/0"), QStringLiteral("/msg")});
    return value.isString() ? value.string() : QString();
}

QString bodyInWords(const Exchange &exchange, const ReadBody &body)
{
    if (exchange.body.trimmed().isEmpty())
        return QStringLiteral("there is no body");
    if (!body.page)
        return QStringLiteral("the body is none of the error shapes in the catalogs");
    const QString whose = body.page->server.isEmpty() ? QStringLiteral("a page of a server or proxy")
                                                      : QStringLiteral("a page of %1").arg(body.page->server);
    return QStringLiteral("the body is %1, not the API's own words").arg(whose);
}

/// Entries documented with the status.
std::vector<Alternative> sharingStatus(int status, const Catalog *catalog, const CatalogSet &catalogs)
{
    std::vector<Alternative> others;
    for (const Catalog &own : catalogs.catalogs()) {
        if (catalog && catalog != &own)
            continue;
        for (const Entry &entry : own.entries) {
            const bool documented =
                std::any_of(entry.statuses.begin(), entry.statuses.end(), [status](const auto &fact) {
                    return fact.value == status && fact.provenance != Provenance::Inferred;
                });
            if (documented)
                others.push_back(
                    {own.id, entry.code, QStringLiteral("documented with status %1").arg(status), entry.id});
        }
    }
    return others;
}

/// The status alone: by the API's own rule where the host names it, else by RFC 9110.
std::optional<Finding> ofStatus(const Reply &reply, const ReadBody &body, const Context &context)
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
    finding.evidence.push_back({bodyInWords(exchange, body), {}, 0});
    const QString &chosen = context.options.api;
    const Catalog *catalog =
        chosen.isEmpty() ? catalogOfHost(exchange, context.catalogs) : context.catalogs.catalog(chosen);
    if (catalog) {
        finding.api = catalog->id;
        finding.surface = QStringLiteral("http-api");
        const QString how =
            chosen.isEmpty() ? QStringLiteral("the request went to %1") : QStringLiteral("%1 was chosen");
        finding.evidence.push_back({how.arg(catalog->name), {}, 0});
    }
    finding.confidence = catalog && info ? Confidence::Likely : Confidence::Guess;
    finding.alternatives = sharingStatus(status, catalog, context.catalogs);
    const QString message = body.page ? body.page->title : anyMessage(reply);
    if (!message.isEmpty())
        finding.message = message;
    finding.ids = foundIds(reply, catalog, nullptr);
    finding.missing = missingFacts(reply, catalog, finding.ids);
    finding.contradictions = contradictionsOf({&reply, catalog, nullptr, nullptr, {}, {}});
    finding.retry = retryAdvice({&reply, catalog, nullptr, {}, {}, context.options.now});
    return finding;
}

/// The values that may be an error: some gateways wrap the one error in a list, batches have one for each request.
std::vector<JsonValue> documentsOf(const ReadBody &body)
{
    std::vector<JsonValue> roots{body.root};
    roots.insert(roots.end(), body.further.begin(), body.further.end());
    std::vector<JsonValue> documents;
    for (const JsonValue &root : roots) {
        if (!root.isArray()) {
            documents.push_back(root);
            continue;
        }
        std::vector<JsonValue> children = root.children();
        children.resize(std::min(children.size(), static_cast<std::size_t>(mostLooked)));
        documents.insert(documents.end(), children.begin(), children.end());
    }
    return documents;
}

/// What was read of a cut or doubtful text proves less.
void lower(Finding &finding, Confidence most)
{
    finding.confidence = std::max(finding.confidence, most);
}

/// A page says its status where nobody else did.
void takeStatusOfPage(Exchange &exchange, const ReadBody &body)
{
    if (exchange.status || !body.page || !body.page->status)
        return;
    exchange.status = body.page->status;
    if (exchange.bodyOffset >= 0 && !body.page->titleSpan.isNull())
        exchange.statusSpan = {exchange.bodyOffset + body.page->titleSpan.start, body.page->titleSpan.length};
}

} // namespace

std::vector<Finding> findingsOf(const Exchange &exchange, const CatalogSet &catalogs, const DecodeOptions &options,
                                QStringList &problems)
{
    const Context context{catalogs, options};
    ReadBody body = readBody(exchange, options.kind == InputKind::Json, options.progress);
    if (body.cancelled)
        return {};
    if (!body.problem.isEmpty())
        problems << body.problem;
    Exchange own = exchange;
    takeStatusOfPage(own, body);
    if (body.offset < 0)
        own.bodyOffset = -1;
    for (auto &[start, where] : body.places)
        where = own.bodyOffset < 0 || where.isNull() ? Span() : Span{where.start + own.bodyOffset, where.length};

    std::vector<Finding> findings;
    Reply reply{&own, body.root, {}, body.translated ? &body.places : nullptr};
    for (const JsonValue &document : documentsOf(body)) {
        if (static_cast<qsizetype>(findings.size()) >= mostElements)
            break;
        reply.body = document;
        addReadings(findings, reply, context);
    }
    if (findings.empty()) {
        reply.body = body.root.isArray() ? body.root.at(0) : body.root;
        if (auto finding = ofStatus(reply, body, context))
            findings.push_back(std::move(*finding));
    }
    if (!body.note.isEmpty()) {
        for (Finding &finding : findings)
            finding.evidence.push_back({body.note, {}, 0});
    }
    if (!body.problem.isEmpty()) {
        for (Finding &finding : findings)
            lower(finding, Confidence::Likely);
    }
    return findings;
}

} // namespace errata
