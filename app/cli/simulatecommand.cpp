#include "app/cli/simulatecommand.h"

#include "app/cli/options.h"
#include "app/cli/policychoice.h"
#include "app/cli/retrytexts.h"
#include "app/cli/scheduletext.h"
#include "models/http/retryafter.h"
#include "models/json/jsonwriter.h"
#include "models/retry/herd.h"
#include "models/retry/montecarlo.h"
#include "models/retry/outcomescript.h"

#include <limits>

namespace errata {

namespace {

constexpr qint64 mostRuns = 10'000'000;
constexpr qint64 mostClients = 1'000'000;
/// Times of a herd are kept until they are sorted: 8 bytes each.
constexpr qint64 mostHerdSends = 50'000'000;

/// What was asked for.
struct Simulation
{
    RetryPolicy policy;
    OutcomeScript script;
    QString scriptText;
    QByteArray method;
    std::optional<DocumentedRetries> documented; ///< by the API that is asked
    QDateTime now;
    qint64 seed = 1;
    std::optional<qint64> runs;
    std::optional<qint64> clients;
};

/// What came out.
struct Outcomes
{
    Schedule schedule;
    std::vector<QuirkHit> quirks;
    std::optional<Distribution> distribution;
    std::optional<Herd> herd;
};

constexpr const char *synopsis = "--policy NAME|FILE [--outcomes SCRIPT] [--runs N] [--clients N] [--json]";
constexpr const char *description =
    "When a client would retry: its schedule with bounds, the distribution of its total\n"
    "time, and the load of many such clients.\n\n"
    "SCRIPT is a comma list of outcomes, the last one repeated for ever:\n"
    "  503   429:2   429:'Wed, 21 Oct 2026 07:28:00 GMT'   500[x-should-retry: false]\n"
    "  UNAVAILABLE   timeout   reset   dns   bad-body   503@120 (after 120 ms)\n"
    "  409{code: conflict}{retryable: false}   503{retryDelay: 2s} (what the body says)";

void addFlags(Options &options)
{
    const auto text = [](const char *latin1) { return QString::fromLatin1(latin1); };
    options.value({text("policy")}, text("NAME|FILE"), text("A policy of 'errata policies', or a file."))
        .value({text("outcomes")}, text("SCRIPT"), text("What the attempts bring (default 503)."), text("503"))
        .value({text("runs")}, text("N"), text("Run it N times and tell the distribution of the total."))
        .value({text("clients")}, text("N"), text("Start N clients at once and tell the load they make."))
        .value({text("seed")}, text("N"), text("Of the random numbers (default 1)."))
        .value({text("method")}, text("M"), text("Of the request (default: the policy's own, else GET)."))
        .flag({text("idempotency-key")}, text("The request carries an Idempotency-Key."))
        .value({text("api")}, text("ID"), text("Tell where it differs from what this API documents of retries."))
        .value({text("now")}, text("TIME"),
               text("The date at the start, for dates in Retry-After (ISO 8601 or HTTP; UTC without a zone)."));
}

std::optional<QDateTime> readTime(const QString &text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (time.isValid() && time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    if (time.isValid())
        return time.toUTC();
    return parseHttpDate(text.toLatin1(), QDateTime::currentDateTimeUtc());
}

Result<OutcomeScript> readScript(const QString &text)
{
    auto script = parseOutcomeScript(text);
    if (script)
        return std::move(script).value();
    return Error{QStringLiteral("--outcomes: ") + script.error().text(), {}};
}

Result<QByteArray> readMethod(const QString &given, const RetryPolicy &policy)
{
    if (given.isEmpty())
        return policy.method.isEmpty() ? QByteArrayLiteral("GET") : policy.method;
    const QByteArray method = given.toUtf8();
    if (!Headers::isValidName(method)) // a method is a token, as a header's name is
        return Error{QStringLiteral("--method takes a method such as GET, not '%1'").arg(given), {}};
    return method;
}

Result<Simulation> readSimulation(const Options &options, CliContext &context)
{
    if (const QStringList extra = options.positional(); !extra.isEmpty())
        return Error{QStringLiteral("does not know what to do with '%1'").arg(extra.first()), {}};
    if (!options.isSet(QStringLiteral("policy")))
        return Error{QStringLiteral("needs --policy NAME, see 'errata policies'"), {}};
    Simulation simulation;
    auto policy = choosePolicy(context, options.value(QStringLiteral("policy")));
    if (!policy)
        return policy.error();
    simulation.policy = std::move(policy).value();
    simulation.scriptText = options.value(QStringLiteral("outcomes"));
    auto script = readScript(simulation.scriptText);
    if (!script)
        return script.error();
    simulation.script = std::move(script).value();
    auto method = readMethod(options.value(QStringLiteral("method")), simulation.policy);
    if (!method)
        return method.error();
    simulation.method = std::move(method).value();
    simulation.policy.method = simulation.method;
    if (options.isSet(QStringLiteral("idempotency-key")))
        simulation.policy.sendsIdempotencyKey = true;
    if (options.isSet(QStringLiteral("api"))) {
        const auto documented = documentedBy(context, options.value(QStringLiteral("api")));
        if (!documented)
            return documented.error();
        simulation.documented = documented.value();
    }
    simulation.now = context.clock ? context.clock->wallTime() : QDateTime::currentDateTimeUtc();
    if (options.isSet(QStringLiteral("now"))) {
        const QString text = options.value(QStringLiteral("now"));
        const auto time = readTime(text);
        if (!time)
            return Error{QStringLiteral("--now takes a time such as 2026-01-01T00:00:00Z, not '%1'").arg(text), {}};
        simulation.now = *time;
    }
    const auto seed = options.integer(QStringLiteral("seed"), 0, std::numeric_limits<qint64>::max());
    const auto runs = options.integer(QStringLiteral("runs"), 1, mostRuns);
    const auto clients = options.integer(QStringLiteral("clients"), 1, mostClients);
    for (const auto *number : {&seed, &runs, &clients}) {
        if (!number->ok())
            return number->error();
    }
    simulation.seed = seed.value().value_or(1);
    simulation.runs = runs.value();
    simulation.clients = clients.value();
    return simulation;
}

Result<Outcomes> simulated(const Simulation &simulation)
{
    Outcomes out;
    const auto seed = static_cast<quint64>(simulation.seed);
    RandomSource random = RandomSource::seeded(seed);
    out.schedule = simulate(simulation.policy, simulation.script, random, simulation.now);
    out.quirks = quirksOf(simulation.policy, simulation.method, out.schedule, simulation.documented);
    const qint64 clients = simulation.clients.value_or(0);
    if (clients * out.schedule.sends > mostHerdSends)
        return Error{QStringLiteral("%1 clients with %2 requests each are more than can be kept; take at most %3")
                         .arg(clients)
                         .arg(out.schedule.sends)
                         .arg(mostHerdSends / out.schedule.sends),
                     {}};
    if (simulation.runs)
        out.distribution = sampleTotals(simulation.policy, simulation.script, static_cast<int>(*simulation.runs), seed,
                                        simulation.now);
    if (clients > 0)
        out.herd = simulateHerd(simulation.policy, simulation.script, static_cast<int>(clients), seed, Millis(10),
                                simulation.now);
    return out;
}

void writeBounds(JsonWriter &json, QStringView name, const Bounds &bounds)
{
    json.key(name).beginObject();
    json.member(u"actual", bounds.actual.count()).member(u"min", bounds.min.count());
    json.member(u"max", bounds.max.count()).endObject();
}

void writeAttempt(JsonWriter &json, const Attempt &attempt)
{
    json.beginObject().member(u"n", attempt.n);
    writeBounds(json, u"starts_ms", attempt.starts);
    json.member(u"outcome", outcomeText(attempt.outcome));
    if (attempt.wait)
        writeBounds(json, u"wait_ms", *attempt.wait);
    else
        json.memberNull(u"wait_ms");
    const bool retries = attempt.action == Attempt::Action::Retry;
    json.member(u"action", retries ? QStringLiteral("retry") : QStringLiteral("stop"));
    json.member(u"reason", reasonText(attempt)).member(u"reason_id", reasonId(attempt.reason)).endObject();
}

void writeDistribution(JsonWriter &json, const std::optional<Distribution> &d)
{
    if (!d) {
        json.memberNull(u"distribution");
        return;
    }
    json.key(u"distribution").beginObject().member(u"runs", d->runs);
    json.member(u"mean_ms", d->mean.count()).member(u"stddev_ms", d->stddev.count());
    json.member(u"min_ms", d->min.count()).member(u"p50_ms", d->p50.count()).member(u"p90_ms", d->p90.count());
    json.member(u"p95_ms", d->p95.count()).member(u"p99_ms", d->p99.count()).member(u"max_ms", d->max.count());
    json.endObject();
}

void writeHerd(JsonWriter &json, const std::optional<Herd> &herd)
{
    if (!herd) {
        json.memberNull(u"herd");
        return;
    }
    json.key(u"herd").beginObject().member(u"clients", herd->clients).member(u"sends", herd->sends);
    json.member(u"peak_per_s", herd->peakPerSecond).member(u"amplification", herd->amplification);
    json.member(u"bin_ms", herd->binWidth.count()).key(u"series").beginArray();
    for (const Herd::Bin &bin : herd->series)
        json.beginObject().member(u"t_ms", bin.start.count()).member(u"requests", bin.requests).endObject();
    json.endArray().endObject();
}

QByteArray jsonOf(const Simulation &simulation, const Outcomes &out)
{
    JsonWriter json;
    json.beginObject().member(u"policy", simulation.policy.id).member(u"seed", simulation.seed);
    json.member(u"method", QString::fromUtf8(simulation.method)).member(u"outcomes", simulation.scriptText);
    json.key(u"attempts").beginArray();
    for (const Attempt &attempt : out.schedule.attempts)
        writeAttempt(json, attempt);
    json.endArray().member(u"sends", out.schedule.sends).member(u"verdict", verdictId(out.schedule.verdict));
    writeBounds(json, u"total_ms", out.schedule.total);
    writeDistribution(json, out.distribution);
    writeHerd(json, out.herd);
    json.key(u"findings").beginArray();
    for (const QuirkHit &hit : out.quirks) {
        json.beginObject().member(u"id", quirkId(hit.quirk)).member(u"text", quirkText(hit.quirk));
        json.key(u"attempts").beginArray();
        for (const int n : hit.attempts)
            json.number(qint64(n));
        json.endArray().endObject();
    }
    json.endArray().endObject();
    return json.result();
}

void printSchedule(CliContext &context, const Schedule &schedule, const Style &style)
{
    for (const QString &line : drawSchedule(schedule, context.columns, style))
        printLine(context.out, line);
    printLine(context.out, {});
    for (const Attempt &attempt : schedule.attempts) {
        const QString head = QStringLiteral("%1  at %2: ").arg(attempt.n).arg(boundsText(attempt.starts));
        QString text = reasonText(attempt);
        if (attempt.wait)
            text += QStringLiteral("; waits %1").arg(boundsText(*attempt.wait));
        printLine(context.out, wrapped(head + text, context.columns, 3));
    }
    printLine(context.out, {});
    const bool good = schedule.verdict == Verdict::Succeeded;
    const QString verdict = wrapped(verdictText(schedule.verdict, schedule.reason), context.columns, 0);
    printLine(context.out, good ? style.green(verdict) : style.red(verdict));
    printLine(context.out,
              wrapped(QStringLiteral("%1 sent, %2 in all").arg(schedule.sends).arg(boundsText(schedule.total)),
                      context.columns, 0));
}

void printDistribution(CliContext &context, const Distribution &d, const Style &style)
{
    printLine(context.out, u'\n' + wrapped(QStringLiteral("Total of %1 runs: mean %2, standard deviation %3")
                                               .arg(d.runs)
                                               .arg(durationText(d.mean), durationText(d.stddev)),
                                           context.columns, 0));
    printLine(context.out, wrapped(QStringLiteral("half within %1, 90 % within %2, 95 % within %3, 99 % within %4, all "
                                                  "within %5")
                                       .arg(durationText(d.p50), durationText(d.p90), durationText(d.p95),
                                            durationText(d.p99), durationText(d.max)),
                                   context.columns, 0));
    if (d.histogram.size() < 2)
        return;
    const QString bars = drawBars(d.histogram, context.columns - 2);
    const QString least = durationText(d.min);
    printLine(context.out, style.cyan(bars));
    printLine(context.out, least + durationText(d.max).rightJustified(bars.size() - least.size()));
}

void printHerd(CliContext &context, const Herd &herd, const Style &style)
{
    const QString load = QStringLiteral("%1 clients at once: %2 requests (%3 a client), %4 in the busiest second")
                             .arg(herd.clients)
                             .arg(herd.sends)
                             .arg(herd.amplification)
                             .arg(herd.peakPerSecond);
    printLine(context.out, u'\n' + wrapped(load, context.columns, 0));
    for (const QString &line : drawHerd(herd, context.columns, style))
        printLine(context.out, line);
}

void printAll(CliContext &context, const Simulation &simulation, const Outcomes &out)
{
    const Style style(context.colour);
    printLine(context.out, style.bold(simulation.policy.name));
    printLine(context.out, style.dim(QStringLiteral("%1 · %2 · seed %3")
                                         .arg(QString::fromUtf8(simulation.method), simulation.scriptText)
                                         .arg(simulation.seed)));
    printLine(context.out, {});
    printSchedule(context, out.schedule, style);
    if (out.distribution)
        printDistribution(context, *out.distribution, style);
    if (out.herd)
        printHerd(context, *out.herd, style);
    if (!out.quirks.empty())
        printLine(context.out, QStringLiteral("\nWorth knowing:"));
    for (const QuirkHit &hit : out.quirks) {
        QStringList numbers;
        for (const int n : hit.attempts)
            numbers += QString::number(n);
        const QString where =
            numbers.isEmpty() ? QString() : QStringLiteral("attempt %1: ").arg(numbers.join(QStringLiteral(", ")));
        printLine(context.out, QStringLiteral("  • ") + wrapped(where + quirkText(hit.quirk), context.columns, 4));
    }
}

void runSimulate(const QStringList &arguments, CliContext &context, QObject * /*lifetime*/, const Finish &finish)
{
    const QString name = QStringLiteral("simulate");
    Options options(name, QString::fromLatin1(synopsis), QString::fromLatin1(description));
    addFlags(options);
    if (!options.parse(arguments, context, finish))
        return;
    const Result<Simulation> simulation = readSimulation(options, context);
    if (!simulation)
        return usageError(context, name, simulation.error().text(), finish);
    const Result<Outcomes> out = simulated(*simulation);
    if (!out)
        return usageError(context, name, out.error().text(), finish);
    if (options.isSet(QStringLiteral("json")))
        context.out->write(jsonOf(*simulation, *out));
    else
        printAll(context, *simulation, *out);
    finish(Exit::Done);
}

} // namespace

Command simulateCommand()
{
    return {QStringLiteral("simulate"), QStringLiteral("when a client would retry: schedule, distribution, load"),
            runSimulate};
}

} // namespace errata
