#include "models/decode/ticket.h"

#include <QDateTime>

#include <algorithm>

namespace errata {

namespace {

/// "request_id" as words: "Request id".
QString titled(const QString &name)
{
    QString words;
    for (const QChar c : name) {
        if (c == QLatin1Char('_') || c == QLatin1Char('-'))
            words += QLatin1Char(' ');
        else
            words += c.isUpper() && !words.isEmpty() ? QStringLiteral(" ") + c.toLower() : QString(c);
    }
    if (!words.isEmpty())
        words[0] = words[0].toUpper();
    return words;
}

QString titleOf(const QString &name, const Catalog *catalog)
{
    if (catalog) {
        const auto it = std::find_if(catalog->ids.begin(), catalog->ids.end(),
                                     [&name](const IdField &id) { return id.name == name; });
        if (it != catalog->ids.end())
            return it->title;
    }
    return titled(name);
}

bool has(const std::vector<FoundId> &ids, const QString &name)
{
    return std::any_of(ids.begin(), ids.end(), [&name](const FoundId &id) { return id.name == name; });
}

/// Header fields by which servers and their edges name a request.
constexpr std::pair<const char *, const char *> headerIds[] = {
    {"x-request-id", "request_id"},
    {"request-id", "request_id"},
    {"x-correlation-id", "correlation_id"},
    {"x-amzn-requestid", "request_id"},
    {"x-amz-request-id", "request_id"},
    {"x-ms-request-id", "request_id"},
    {"x-amz-id-2", "host_id"},
    {"x-ms-correlation-request-id", "correlation_id"},
    {"x-trace-id", "trace_id"},
    {"traceparent", "traceparent"},
    {"cf-ray", "cf_ray"},
};

bool isKnown(const Reply &reply, const QString &need, const std::vector<FoundId> &ids)
{
    const auto &request = reply.exchange->request;
    if (need == QLatin1String("time") || need == QLatin1String("timestamp"))
        return has(ids, QStringLiteral("time"));
    if (need == QLatin1String("endpoint") || need == QLatin1String("url"))
        return request && !request->url.isEmpty();
    if (need == QLatin1String("method"))
        return request.has_value();
    if (need == QLatin1String("payload") || need == QLatin1String("request") || need == QLatin1String("body"))
        return request && !request->body.isEmpty();
    if (need == QLatin1String("status"))
        return reply.exchange->status.has_value();
    return has(ids, need);
}

const std::vector<EscalationNeed> &anyNeeds()
{
    static const std::vector<EscalationNeed> needs{
        {QStringLiteral("time"), QStringLiteral("Time"), QStringLiteral("When did it happen, with the time zone?"), {}},
        {QStringLiteral("endpoint"),
         QStringLiteral("Endpoint"),
         QStringLiteral("Which address was called, and with which method?"),
         {}},
        {QStringLiteral("request_id"),
         QStringLiteral("Request id"),
         QStringLiteral("Please send the request id from the reply's body or headers."),
         {}},
    };
    return needs;
}

} // namespace

std::vector<FoundId> foundIds(const Reply &reply, const Catalog *catalog, const Envelope *envelope)
{
    std::vector<FoundId> ids;
    if (envelope) {
        for (const auto &[name, pointers] : envelope->ids) {
            const JsonValue value = reply.first(pointers);
            if (value.isString() || value.isNumber())
                ids.push_back({name, titleOf(name, catalog),
                               value.isString() ? value.string() : QString::fromUtf8(value.raw()),
                               reply.spanOf(value)});
        }
    }
    for (const auto &[header, name] : headerIds) {
        const Header *field = reply.exchange->headers.find(header);
        if (field && !has(ids, QLatin1String(name)))
            ids.push_back({QLatin1String(name), titleOf(QLatin1String(name), catalog), QString::fromUtf8(field->value),
                           field->span});
    }
    if (const Header *date = reply.exchange->headers.find("date"))
        ids.push_back({QStringLiteral("time"), QStringLiteral("Time"), QString::fromUtf8(date->value), date->span});
    else if (const auto started = reply.exchange->startedMs)
        ids.push_back({QStringLiteral("time"),
                       QStringLiteral("Time"),
                       QDateTime::fromMSecsSinceEpoch(*started, Qt::UTC).toString(Qt::ISODateWithMs),
                       {}});
    return ids;
}

std::vector<MissingFact> missingFacts(const Reply &reply, const Catalog *catalog, const std::vector<FoundId> &ids)
{
    std::vector<MissingFact> missing;
    for (const EscalationNeed &need : catalog && !catalog->needs.empty() ? catalog->needs : anyNeeds()) {
        if (isKnown(reply, need.id, ids))
            continue;
        const bool never = !need.absent.isEmpty();
        missing.push_back({need.id, need.title, never ? need.absent : need.ask, never});
    }
    return missing;
}

} // namespace errata
