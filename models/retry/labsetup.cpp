#include "models/retry/labsetup.h"

#include "models/base/limits.h"
#include "models/json/jsonwriter.h"
#include "models/retry/policymembers.h"
#include "models/retry/policywriter.h"

#include <QUrlQuery>

#include <algorithm>

namespace errata {

namespace {

constexpr QLatin1String linkStart("errata:lab?");
constexpr QLatin1String setupFormat("errata-lab/1");
/// No browser or chat takes more.
constexpr qsizetype longestLink = 64 * limits::Kilobyte;
constexpr qsizetype longestSetupScript = 4096;
constexpr int mostClients = 1'000'000;
constexpr int mostCompared = 3;

constexpr std::initializer_list<std::pair<const char *, bool LabAxes::*>> axes{
    {"schedule", &LabAxes::isScheduleLogarithmic},
    {"distribution", &LabAxes::isDistributionLogarithmic},
    {"comparison", &LabAxes::isComparisonLogarithmic}};
constexpr std::initializer_list<std::pair<const char *, LoadSetup::Kind>> kinds{
    {"herd", LoadSetup::Kind::Herd}, {"contention", LoadSetup::Kind::Contention}};
constexpr std::initializer_list<std::pair<const char *, HerdScenario::Arrivals>> arrivals{
    {"at-once", HerdScenario::Arrivals::AtOnce},
    {"uniform", HerdScenario::Arrivals::Uniform},
    {"poisson", HerdScenario::Arrivals::Poisson}};

template <typename E>
QString nameOf(E value, std::initializer_list<std::pair<const char *, E>> names)
{
    const auto found =
        std::find_if(names.begin(), names.end(), [value](const auto &name) { return name.second == value; });
    Q_ASSERT(found != names.end());
    return QString::fromLatin1(found->first);
}

void writeLoad(JsonWriter &json, const LoadSetup &load)
{
    json.key(u"load").beginObject();
    json.member(u"kind", nameOf(load.kind, kinds)).member(u"clients", load.clients);
    json.member(u"arrivals", nameOf(load.arrivals, arrivals)).member(u"window_ms", load.window.count());
    json.member(u"capacity_per_s", load.capacity).member(u"queue", load.queue);
    json.member(u"latency_ms", load.latency.count()).member(u"outage_from_ms", load.outageFrom.count());
    json.member(u"outage_ms", load.outageLength.count()).member(u"follows_script", load.followsScript);
    json.endObject();
}

LoadSetup readLoad(Members members)
{
    LoadSetup load;
    load.kind = members.choice<LoadSetup::Kind>("kind", kinds);
    load.clients = std::clamp(members.count("clients"), 1, mostClients);
    load.arrivals = members.choice<HerdScenario::Arrivals>("arrivals", arrivals);
    load.window = members.millis("window_ms").value_or(Millis(0));
    load.capacity = members.number("capacity_per_s", 0);
    if (load.capacity && *load.capacity <= 0)
        load.capacity.reset();
    load.queue = members.count("queue");
    load.latency = members.millis("latency_ms").value_or(Millis(0));
    load.outageFrom = members.millis("outage_from_ms").value_or(Millis(0));
    load.outageLength = members.millis("outage_ms").value_or(Millis(0));
    load.followsScript = members.boolean("follows_script", true);
    members.done();
    return load;
}

QStringList logarithmicAxes(const LabAxes &setup)
{
    QStringList names;
    for (const auto &[name, axis] : axes) {
        if (setup.*axis)
            names << QString::fromLatin1(name);
    }
    return names;
}

/// False for a name that no axis has.
bool makeLogarithmic(LabAxes &setup, const QString &name)
{
    const auto found =
        std::find_if(axes.begin(), axes.end(), [&name](const auto &axis) { return name == QLatin1String(axis.first); });
    if (found == axes.end())
        return false;
    setup.*(found->second) = true;
    return true;
}

const RetryPolicy *find(const std::vector<RetryPolicy> &known, const QString &id)
{
    const auto found = std::find_if(known.begin(), known.end(), [&id](const RetryPolicy &p) { return p.id == id; });
    return found == known.end() ? nullptr : &*found;
}

QByteArray packed(const QByteArray &json)
{
    constexpr int best = 9;
    return qCompress(json, best).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

Result<QByteArray> unpacked(const QByteArray &text)
{
    const auto bytes =
        QByteArray::fromBase64Encoding(text, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    // The first four bytes say how long it becomes: asked before anything is made of that length.
    constexpr qsizetype lengthBytes = 4;
    if (!bytes || bytes.decoded.size() <= lengthBytes)
        return Error{QStringLiteral("the link's setup is cut off or changed"), {}};
    quint32 length = 0;
    for (qsizetype i = 0; i < lengthBytes; ++i)
        length = (length << 8U) | static_cast<unsigned char>(bytes.decoded[i]);
    if (length > quint32(limits::Megabyte))
        return Error{QStringLiteral("the link's setup is larger than 1 MB"), {}};
    const QByteArray json = qUncompress(bytes.decoded);
    if (json.isEmpty())
        return Error{QStringLiteral("the link's setup is cut off or changed"), {}};
    return json;
}

Result<LabSetup> readSetup(const JsonDocument &document, const QString &fileName)
{
    Faults faults{{}, fileName};
    Members root(document.root(), {}, faults);
    root.text("format");
    LabSetup setup;
    setup.script = root.text("script").left(longestSetupScript);
    setup.seed = std::max(1, root.count("seed"));
    for (const JsonValue &id : root.array("compared", false)) {
        if (setup.compared.size() < mostCompared)
            setup.compared << id.string();
    }
    if (root.has("load"))
        setup.load = readLoad(root.object("load"));
    for (const JsonValue &axis : root.array("logarithmic_axes", false)) {
        if (!makeLogarithmic(setup.axes, axis.string()))
            root.fault("logarithmic_axes", QStringLiteral("expected schedule, distribution or comparison"));
    }
    root.object("policy");
    root.done();
    if (faults.first)
        return *faults.first;
    auto policy = readPolicy(document.root()[u"policy"].raw(), fileName);
    if (!policy)
        return policy.error();
    setup.policy = std::move(policy).value();
    return setup;
}

} // namespace

HerdScenario herdScenario(const LoadSetup &load, const RandomOutcomes &script, const QDateTime &wallTime)
{
    HerdScenario scenario;
    scenario.clients = load.clients;
    scenario.arrivals = load.arrivals;
    scenario.window = load.window;
    scenario.capacity = load.capacity;
    scenario.queue = load.queue;
    scenario.latency = load.latency;
    scenario.outageFrom = load.outageFrom;
    scenario.outageLength = load.outageLength;
    scenario.wallTime = wallTime;
    if (load.followsScript)
        scenario.answers = script;
    return scenario;
}

QByteArray labSetupJson(const LabSetup &setup)
{
    JsonWriter json;
    json.beginObject().member(u"format", QString(setupFormat)).member(u"script", setup.script);
    json.member(u"seed", setup.seed);
    json.key(u"compared").beginArray();
    for (const QString &id : setup.compared)
        json.string(id);
    json.endArray();
    writeLoad(json, setup.load);
    if (const QStringList names = logarithmicAxes(setup.axes); !names.isEmpty()) {
        json.key(u"logarithmic_axes").beginArray();
        for (const QString &name : names)
            json.string(name);
        json.endArray();
    }
    json.key(u"policy");
    writePolicy(json, setup.policy);
    json.endObject();
    return json.result();
}

Result<LabSetup> readLabSetup(const QByteArray &bytes, const QString &fileName)
{
    if (bytes.size() > limits::catalogFile)
        return Error{QStringLiteral("too large for a setup of the retry lab"), fileName};
    const auto document = JsonDocument::parse(bytes);
    if (!document)
        return Error{document.error().text(), fileName};
    if (document->root()[u"format"].string() == setupFormat)
        return readSetup(*document, fileName);
    auto policy = readPolicy(bytes, fileName);
    if (!policy)
        return policy.error();
    LabSetup setup;
    setup.policy = std::move(policy).value();
    return setup;
}

bool isLabLink(QStringView text)
{
    return text.trimmed().startsWith(linkStart, Qt::CaseInsensitive);
}

QString labLink(const LabSetup &setup, const std::vector<RetryPolicy> &known)
{
    QUrlQuery query;
    const RetryPolicy *preset = find(known, setup.policy.id);
    const auto add = [&query](const char *name, const QString &value) {
        query.addQueryItem(QString::fromLatin1(name),
                           QString::fromLatin1(QUrl::toPercentEncoding(value, "!*'():,/|~")));
    };
    if (preset && isSamePolicy(*preset, setup.policy) && setup.load == LoadSetup()) {
        add("policy", setup.policy.id);
        add("script", setup.script);
        add("seed", QString::number(setup.seed));
        if (!setup.compared.isEmpty())
            add("compare", setup.compared.join(QLatin1Char(',')));
        if (const QStringList names = logarithmicAxes(setup.axes); !names.isEmpty())
            add("log", names.join(QLatin1Char(',')));
    } else {
        add("setup", QString::fromLatin1(packed(labSetupJson(setup))));
    }
    return QString(linkStart) + query.query(QUrl::FullyEncoded);
}

Result<LabSetup> readLabLink(const QString &link, const std::vector<RetryPolicy> &known)
{
    const QString text = link.trimmed();
    if (!isLabLink(text))
        return Error{QStringLiteral("expected a link that begins with %1").arg(linkStart), {}};
    if (text.size() > longestLink)
        return Error{QStringLiteral("the link is longer than %1 kB").arg(longestLink / limits::Kilobyte), {}};
    const QUrlQuery query(text.mid(linkStart.size()));
    const auto value = [&query](const char *name) {
        return query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded);
    };
    if (const QString setup = value("setup"); !setup.isEmpty()) {
        const auto json = unpacked(setup.toLatin1());
        if (!json)
            return json.error();
        return readLabSetup(*json, QStringLiteral("link"));
    }
    const RetryPolicy *policy = find(known, value("policy"));
    if (!policy)
        return Error{QStringLiteral("the link names a policy that is not known here: “%1”").arg(value("policy")), {}};
    LabSetup setup;
    setup.policy = *policy;
    setup.script = value("script").left(longestSetupScript);
    setup.seed = std::max(1, value("seed").toInt());
    setup.compared = value("compare").split(QLatin1Char(','), Qt::SkipEmptyParts).mid(0, mostCompared);
    for (const QString &axis : value("log").split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (!makeLogarithmic(setup.axes, axis))
            return Error{QStringLiteral("the link names an axis that is not known here: “%1”").arg(axis), {}};
    }
    return setup;
}

} // namespace errata
