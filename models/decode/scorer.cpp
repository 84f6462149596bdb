#include "models/decode/scorer.h"

#include "models/decode/conventions.h"

#include <QUrl>

#include <algorithm>

namespace errata {

namespace {

/// Adds up points and keeps the reason for each.
void add(Candidate &candidate, int points, const QString &what, Span where)
{
    candidate.score += points;
    if (!what.isEmpty())
        candidate.evidence.push_back({what, where, points});
}

bool isOfEnvelope(const Reply &reply, const Envelope &envelope, Candidate &candidate)
{
    std::vector<Evidence> reasons;
    for (const Condition &condition : envelope.require) {
        const ConditionResult result = test(condition, reply);
        if (!result.holds)
            return false;
        if (!condition.says.isEmpty())
            reasons.push_back({condition.says, result.where, 0});
    }
    candidate.score = envelope.points;
    candidate.evidence = std::move(reasons);
    if (!candidate.evidence.empty())
        candidate.evidence.front().points = envelope.points;
    for (const Condition &hint : envelope.hints) {
        const ConditionResult result = test(hint, reply);
        if (result.holds)
            add(candidate, hint.points, hint.says, result.where);
    }
    return true;
}

void weighCode(const Reply &reply, const CatalogSet &home, Candidate &candidate)
{
    const auto found = codeIn(reply, *candidate.envelope);
    if (!found)
        return;
    const auto &[code, where] = *found;
    candidate.code = code;
    candidate.codeSpan = where;
    const Catalog &catalog = *candidate.catalog;
    if (const Entry *entry = onSurface(home.exact(code, catalog.id), candidate.envelope->surface)) {
        candidate.entry = entry;
        candidate.exactCode = true;
        add(candidate, weight::codeExact, QStringLiteral("%1 is a code of %2").arg(code, catalog.name), where);
    } else if (const Entry *twin = onSurface(home.folded(code, catalog.id), candidate.envelope->surface)) {
        candidate.entry = twin;
        add(candidate, weight::codeFolded,
            (isNumeral(code) ? QStringLiteral("%1 is the number of %2's %3")
                             : QStringLiteral("%1 is %2's %3 in another spelling"))
                .arg(code, catalog.name, twin->code),
            where);
    } else if (!catalog.codeStyle.pattern().isEmpty() && !catalog.codeStyle.match(code).hasMatch()) {
        add(candidate, weight::codeStyleOff,
            QStringLiteral("%1 is not written like a code of %2").arg(code, catalog.name), where);
    }
}

void weighStatus(const Reply &reply, Candidate &candidate)
{
    if (!reply.exchange->status || !candidate.entry || candidate.entry->statuses.empty() ||
        statusIn(*reply.exchange->status, candidate.envelope->carrierStatus))
        return;
    const int status = *reply.exchange->status;
    const auto &statuses = candidate.entry->statuses;
    const bool agrees =
        std::any_of(statuses.begin(), statuses.end(), [status](const Fact<int> &fact) { return fact.value == status; });
    if (agrees)
        add(candidate, weight::statusAgrees, QStringLiteral("status %1 agrees").arg(status),
            reply.exchange->statusSpan);
    else
        add(candidate, weight::statusDisagrees,
            QStringLiteral("status %1 is not the one documented for it").arg(status), reply.exchange->statusSpan);
}

void weighHost(const Catalog *host, Candidate &candidate)
{
    if (host == candidate.catalog)
        add(candidate, weight::hostIs, QStringLiteral("the request went to %1").arg(host->name), {});
    else if (host)
        add(candidate, weight::hostIsOthers, QStringLiteral("the request went to %1").arg(host->name), {});
}

} // namespace

std::optional<FoundCode> codeIn(const Reply &reply, const Envelope &envelope)
{
    for (const CodeHeader &own : envelope.codeHeaders) {
        const Header *header = reply.exchange->headers.find(own.name);
        if (!header)
            continue;
        if (const auto match = own.pattern.match(QString::fromUtf8(header->value)); match.hasMatch())
            return FoundCode{match.captured(1).trimmed(), header->span};
    }
    const JsonValue value = reply.first(envelope.code);
    const bool isText = value.isString() && !value.string().isEmpty();
    if (!isText && !value.integer())
        return std::nullopt;
    QString text = isText ? value.string() : QString::fromLatin1(value.raw());
    if (!envelope.codePattern.pattern().isEmpty()) {
        if (const auto match = envelope.codePattern.match(text); match.hasMatch())
            text = match.captured(1);
    }
    return FoundCode{text, reply.spanOf(value)};
}

const Entry *onSurface(const std::vector<const Entry *> &entries, const QString &surface)
{
    for (const Entry *entry : entries) {
        if (entry->surface == surface)
            return entry;
    }
    for (const Entry *entry : entries) {
        if (entry->alsoOn.contains(surface))
            return entry;
    }
    return entries.empty() ? nullptr : entries.front();
}

const Catalog *catalogOfHost(const Exchange &exchange, const CatalogSet &catalogs)
{
    if (!exchange.request)
        return nullptr;
    const QString host = QUrl::fromEncoded(exchange.request->url).host();
    if (host.isEmpty())
        return nullptr;
    for (const Catalog &catalog : catalogs.catalogs()) {
        if (std::any_of(catalog.hosts.begin(), catalog.hosts.end(),
                        [&host](const Host &own) { return own.matches(host); }))
            return &catalog;
    }
    return nullptr;
}

std::optional<Candidate> reading(const Reply &reply, const CatalogSet &home, const Catalog &catalog,
                                 const Envelope &envelope)
{
    Reply own = reply;
    if (!envelope.each.isEmpty() && own.element.isAbsent())
        own.element = reply.body.pointer(envelope.each).at(0);
    Candidate candidate;
    candidate.catalog = &catalog;
    candidate.envelope = &envelope;
    if (!isOfEnvelope(own, envelope, candidate))
        return std::nullopt;
    weighCode(own, home, candidate);
    weighStatus(own, candidate);
    return candidate;
}

std::vector<Candidate> readings(const Reply &reply, const CatalogSet &catalogs, const DecodeOptions &options)
{
    const QString &api = options.api;
    std::vector<Candidate> candidates;
    // An object may have a million members to look for a name among.
    const bool isLarge = options.progress && !reply.body.isAbsent() && reply.body.span().length > ProgressStep;
    const Catalog *host = catalogOfHost(*reply.exchange, catalogs);
    for (const Catalog &catalog : catalogs.catalogs()) {
        if (!api.isEmpty() && catalog.id != api)
            continue;
        for (const Envelope &envelope : catalog.envelopes) {
            if (isLarge && !options.progress(reply.body.span().end()))
                return {};
            auto candidate = reading(reply, catalogs, catalog, envelope);
            if (!candidate)
                continue;
            weighHost(host, *candidate);
            // Named by the person, the API needs no proof.
            if (candidate->score >= weight::least || !api.isEmpty())
                candidates.push_back(std::move(*candidate));
        }
    }
    if (api.isEmpty() || candidates.empty()) {
        for (const Catalog &convention : conventions().catalogs()) {
            for (const Envelope &envelope : convention.envelopes) {
                if (isLarge && !options.progress(reply.body.span().end()))
                    return {};
                auto candidate = reading(reply, conventions(), convention, envelope);
                if (candidate && candidate->score >= weight::least)
                    candidates.push_back(std::move(*candidate));
            }
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate &a, const Candidate &b) { return a.score > b.score; });
    return candidates;
}

Confidence confidenceOf(const std::vector<Candidate> &candidates)
{
    const Candidate &best = candidates.front();
    int lead = best.score;
    for (const Candidate &other : candidates) {
        if (other.catalog != best.catalog)
            lead = std::min(lead, best.score - other.score);
    }
    if ((best.exactCode || best.envelope->proof) && best.score >= weight::certain && lead >= weight::certainLead)
        return Confidence::Certain;
    return best.score >= weight::likely && lead >= weight::likelyLead ? Confidence::Likely : Confidence::Guess;
}

} // namespace errata
