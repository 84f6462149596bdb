#include "models/retry/importfields.h"

#include "models/retry/importvalues.h"
#include "models/retry/outcomescript.h"

namespace errata {

namespace {

using namespace importing;

constexpr const char *aDuration = "a time such as \"0.5s\", \"500ms\", \"00:00:02\" or \"PT2S\"";
constexpr const char *aCount = "a whole number, at least 0";
constexpr const char *aNumber = "a number, at least 0";
constexpr const char *aSwitch = "true or false";

// One field of a policy each; null is well.

template <auto Member>
const char *setBackoffTime(const JsonValue &value, ImportTarget &target)
{
    const std::optional<Millis> time = durationOf(value);
    if (time)
        target.policy.backoff.*Member = *time;
    return time ? nullptr : aDuration;
}

const char *setFactor(const JsonValue &value, ImportTarget &target)
{
    const std::optional<double> factor = numberOf(value);
    if (factor)
        target.policy.backoff.factor = *factor;
    return factor ? nullptr : aNumber;
}

const char *setAttempts(const JsonValue &value, ImportTarget &target)
{
    const std::optional<double> attempts = countOf(value);
    if (attempts)
        target.policy.maxAttempts = *attempts;
    return attempts ? nullptr : aCount;
}

/// Retries: an attempt goes before them.
const char *setRetries(const JsonValue &value, ImportTarget &target)
{
    const std::optional<double> retries = countOf(value);
    if (retries)
        target.policy.maxAttempts = *retries + 1;
    return retries ? nullptr : aCount;
}

const char *setStatuses(const JsonValue &value, ImportTarget &target)
{
    const std::optional<StatusSet> statuses = statusesOf(value);
    if (statuses)
        target.policy.statuses = *statuses;
    return statuses ? nullptr : "a list of statuses";
}

const char *setMethods(const JsonValue &value, ImportTarget &target)
{
    if (value.is(JsonKind::Null) || value.is(JsonKind::False)) { // urllib3: any
        target.policy.methods.clear();
        return nullptr;
    }
    const std::optional<QByteArrayList> methods = methodsOf(value);
    if (methods)
        target.policy.methods = *methods;
    return methods ? nullptr : "a list of methods";
}

const char *setAttemptTimeout(const JsonValue &value, ImportTarget &target)
{
    const std::optional<Millis> time = durationOf(value);
    if (time && time->count() > 0)
        target.policy.attemptTimeout = *time;
    return time ? nullptr : aDuration;
}

const char *setDeadline(const JsonValue &value, ImportTarget &target)
{
    const std::optional<Millis> time = durationOf(value);
    if (time)
        target.policy.deadline = *time;
    return time ? nullptr : aDuration;
}

/// For finish().
const char *setLater(const JsonValue & /*value*/, ImportTarget & /*target*/)
{
    return nullptr;
}

const char *setSwitchLater(const JsonValue &value, ImportTarget & /*target*/)
{
    return value.isBool() ? nullptr : aSwitch;
}

const char *setRetryAfterSwitch(const JsonValue &value, ImportTarget &target)
{
    if (!value.isBool())
        return aSwitch;
    if (!*value.boolean())
        target.policy.retryAfter.reset();
    return nullptr;
}

/// got and ky.
const char *setRetryAfterCap(const JsonValue &value, ImportTarget &target)
{
    const std::optional<Millis> cap = durationOf(value);
    if (cap && target.policy.retryAfter)
        target.policy.retryAfter->cap = *cap;
    return cap || value.is(JsonKind::Null) ? nullptr : aDuration;
}

const char *setRetryAfterStatuses(const JsonValue &value, ImportTarget &target)
{
    const std::optional<StatusSet> statuses = statusesOf(value);
    if (statuses && target.policy.retryAfter)
        target.policy.retryAfter->statuses = *statuses;
    return statuses ? nullptr : "a list of statuses";
}

// gRPC

const char *setGrpcCodes(const JsonValue &value, ImportTarget &target)
{
    constexpr const char *expected = "a list of gRPC codes such as \"UNAVAILABLE\" or 14";
    if (!value.isArray())
        return expected;
    QByteArrayList codes;
    for (const JsonValue &one : value.children()) {
        const QByteArray name = grpcNameOf(one);
        if (!grpcStatus(name))
            return expected;
        codes << name;
    }
    target.policy.codes = codes;
    target.policy.statuses = statusesOfGrpcCodes(codes);
    return nullptr;
}

const char *setGrpcAttempts(const JsonValue &value, ImportTarget &target)
{
    constexpr double most = 5;
    const std::optional<double> attempts = countOf(value);
    if (!attempts || *attempts < 2)
        return "a whole number, at least 2";
    if (*attempts > most)
        target.notes << QStringLiteral("maxAttempts of %1 is taken as 5").arg(*attempts);
    target.policy.maxAttempts = std::min(*attempts, most);
    return nullptr;
}

const char *setThrottling(const JsonValue &value, ImportTarget &target)
{
    const std::optional<double> tokens = numberOf(foldedMember(value, "maxtokens"));
    const std::optional<double> ratio = numberOf(foldedMember(value, "tokenratio"));
    if (!tokens || *tokens < 1 || !ratio)
        return "maxTokens of at least 1, and tokenRatio";
    RetryBudget budget;
    budget.kind = RetryBudget::Kind::Throttle;
    budget.capacity = *tokens;
    budget.ratio = *ratio;
    target.policy.budget = budget;
    return nullptr;
}

const char *setHedgingDelay(const JsonValue &value, ImportTarget &target)
{
    const std::optional<Millis> delay = durationOf(value);
    if (delay)
        target.policy.hedging = Hedging{*delay};
    return delay ? nullptr : aDuration;
}

/// The service config's throttle is all there is: the presets show one that is not said.
void finishGrpc(const JsonValue & /*object*/, ImportTarget &target)
{
    const auto isExample = [](const RetryBudget &budget) { return budget.capacity == 10 && budget.ratio == 0.1; };
    if (target.policy.budget && isExample(*target.policy.budget))
        target.notes << QStringLiteral(
            "the throttle is 10 tokens and a ratio of 0.1, as in the specification's example");
}

// Envoy

void addCondition(const QString &name, RetryPolicy &policy, QStringList &notes)
{
    const QByteArray code = name.toUtf8().toUpper().replace('-', '_');
    if (name == QLatin1String("5xx"))
        policy.statuses.ranges.emplace_back(500, 599);
    else if (name == QLatin1String("gateway-error"))
        policy.statuses.ranges.emplace_back(502, 504);
    else if (name == QLatin1String("retriable-4xx"))
        policy.statuses.ranges.emplace_back(409, 409);
    else if (code != "OK" && grpcStatus(code))
        policy.codes << code;
    const bool failure = name == QLatin1String("5xx") || name == QLatin1String("gateway-error") ||
                         name == QLatin1String("reset") || name == QLatin1String("connect-failure") ||
                         name == QLatin1String("refused-stream") || name == QLatin1String("reset-before-request");
    if (failure)
        policy.failures = FailureSet::all();
    const bool known = failure || name == QLatin1String("retriable-4xx") ||
                       name == QLatin1String("retriable-status-codes") || grpcStatus(code);
    if (!known)
        notes << QStringLiteral("the condition %1 of retry_on is not read").arg(name);
}

const char *setRetryOn(const JsonValue &value, ImportTarget &target)
{
    if (!value.isString())
        return "conditions such as \"5xx,reset\"";
    // retriable_status_codes, if they came first, stay.
    if (target.policy.statuses.ranges == std::vector<std::pair<int, int>>{{500, 599}})
        target.policy.statuses = {};
    target.policy.failures = {};
    for (const QString &name : value.string().split(u',', Qt::SkipEmptyParts))
        addCondition(name.trimmed().toLower(), target.policy, target.notes);
    return nullptr;
}

const char *addStatuses(const JsonValue &value, ImportTarget &target)
{
    const std::optional<StatusSet> statuses = statusesOf(value);
    if (!statuses)
        return "a list of statuses";
    target.policy.statuses.ranges.insert(target.policy.statuses.ranges.end(), statuses->ranges.begin(),
                                         statuses->ranges.end());
    return nullptr;
}

const char *setEnvoyBackoff(const JsonValue &value, ImportTarget &target)
{
    constexpr double capOverBase = 10;
    const JsonValue most = foldedMember(value, "maxinterval");
    const std::optional<Millis> base = durationOf(foldedMember(value, "baseinterval"));
    const std::optional<Millis> cap = most.isAbsent() ? std::nullopt : durationOf(most);
    if (!base || (!most.isAbsent() && !cap))
        return "base_interval, and max_interval, as times such as \"0.25s\"";
    target.policy.backoff.base = *base;
    target.policy.backoff.cap = cap ? *cap : *base * capOverBase;
    return nullptr;
}

// Temporal

const char *setTemporalAttempts(const JsonValue &value, ImportTarget &target)
{
    const std::optional<double> attempts = countOf(value);
    if (attempts)
        target.policy.maxAttempts = *attempts > 0 ? *attempts : std::numeric_limits<double>::infinity();
    return attempts ? nullptr : aCount;
}

void finishTemporal(const JsonValue &object, ImportTarget &target)
{
    constexpr double capOverBase = 100;
    if (foldedMember(object, "maximuminterval").isAbsent())
        target.policy.backoff.cap = target.policy.backoff.base * capOverBase;
}

// resilience4j

void finishResilience(const JsonValue &object, ImportTarget &target)
{
    Backoff &backoff = target.policy.backoff;
    constexpr double usualFactor = 1.5;
    constexpr double usualSpread = 0.5;
    if (foldedMember(object, "enableexponentialbackoff").boolean().value_or(false)) {
        backoff.shape = BackoffShape::Exponential;
        backoff.factor = numberOf(foldedMember(object, "exponentialbackoffmultiplier")).value_or(usualFactor);
        backoff.truncatesGrowth = true;
    }
    if (foldedMember(object, "enablerandomizedwait").boolean().value_or(false)) {
        backoff.jitter = Jitter::Symmetric;
        backoff.ratio = std::min(1.0, numberOf(foldedMember(object, "randomizedwaitfactor")).value_or(usualSpread));
        backoff.rounding = Rounding::Down;
        backoff.plus = Millis(1);
    }
}

// Polly and .NET

/// MaxDelay: null is none.
const char *setMaxDelay(const JsonValue &value, ImportTarget &target)
{
    const std::optional<Millis> cap = durationOf(value);
    target.policy.backoff.cap = cap;
    return cap || value.is(JsonKind::Null) ? nullptr : aDuration;
}

const char *setBackoffType(const JsonValue &value, ImportTarget & /*target*/)
{
    const QString type = value.string();
    const bool known =
        type == QLatin1String("Constant") || type == QLatin1String("Linear") || type == QLatin1String("Exponential");
    return known ? nullptr : "Constant, Linear or Exponential";
}

template <auto Set>
const char *setTimeoutOf(const JsonValue &value, ImportTarget &target)
{
    const JsonValue timeout = foldedMember(value, "timeout");
    return timeout.isAbsent() ? "an object with a Timeout" : Set(timeout, target);
}

/// Exponential with jitter is its own formula; the others get a quarter either way.
void finishPolly(const JsonValue &object, ImportTarget &target)
{
    constexpr double eitherWay = 0.25;
    Backoff &backoff = target.policy.backoff;
    const QString type = foldedMember(object, "backofftype").string();
    const bool isExponential = type.isEmpty() || type == QLatin1String("Exponential");
    const bool jitters = foldedMember(object, "usejitter").boolean().value_or(true);
    if (isExponential)
        backoff.shape = jitters ? BackoffShape::PollyV2 : BackoffShape::Exponential;
    else
        backoff.shape = type == QLatin1String("Linear") ? BackoffShape::Linear : BackoffShape::Constant;
    backoff.factor = 2;
    backoff.jitter = jitters && !isExponential ? Jitter::Symmetric : Jitter::None;
    backoff.ratio = eitherWay;
}

// AWS

const char *setMode(const JsonValue &value, ImportTarget & /*target*/)
{
    const QString mode = value.string();
    const bool known =
        mode == QLatin1String("standard") || mode == QLatin1String("legacy") || mode == QLatin1String("adaptive");
    return known ? nullptr : "standard, legacy or adaptive";
}

void finishAws(const JsonValue &object, ImportTarget &target)
{
    const QString mode = foldedMember(object, "retrymode").string() + foldedMember(object, "mode").string();
    if (mode == QLatin1String("adaptive"))
        target.notes << QStringLiteral("adaptive is read as standard: its rate limiter is not modelled");
    if (mode != QLatin1String("legacy"))
        return;
    const double attempts = target.policy.maxAttempts;
    const bool isSaid = !foldedMember(object, "maxattempts").isAbsent();
    target.policy = readShippedPolicy(QStringLiteral("aws-botocore-legacy")).value_or(target.policy);
    if (isSaid)
        target.policy.maxAttempts = attempts;
}

// JavaScript

const char *setNoise(const JsonValue &value, ImportTarget &target)
{
    const std::optional<double> noise = numberOf(value);
    if (noise)
        target.policy.backoff.plus = Millis(*noise);
    return noise ? nullptr : aNumber;
}

/// JSON holds no function: true is ky's full jitter.
const char *setKyJitter(const JsonValue &value, ImportTarget &target)
{
    if (!value.isBool())
        return aSwitch;
    target.policy.backoff.jitter = *value.boolean() ? Jitter::Full : Jitter::None;
    return nullptr;
}

const char *setRetryOnTimeout(const JsonValue &value, ImportTarget &target)
{
    if (!value.isBool())
        return aSwitch;
    if (*value.boolean())
        target.policy.failures.add(NetworkError::Timeout);
    return nullptr;
}

/// A number of ms, or the name of one of its functions.
const char *setAxiosDelay(const JsonValue &value, ImportTarget &target)
{
    if (value.string() == QLatin1String("exponentialDelay")) {
        if (const auto preset = readShippedPolicy(QStringLiteral("axios-retry-exponential"))) {
            target.policy.backoff = preset->backoff;
            target.policy.retryAfter = preset->retryAfter;
        }
        return nullptr;
    }
    const std::optional<Millis> delay = durationOf(value);
    if (delay)
        target.policy.backoff.base = *delay;
    return delay ? nullptr : "milliseconds, or \"exponentialDelay\"";
}

// urllib3: seconds; the first retry does not wait.

const char *setUrllibFactor(const JsonValue &value, ImportTarget &target)
{
    // backoff_factor * 2^(n-1)
    const std::optional<Millis> base = durationOf(value, 1000);
    if (base)
        target.policy.backoff.base = *base;
    return base && value.isNumber() ? nullptr : aNumber;
}

const char *setUrllibMax(const JsonValue &value, ImportTarget &target)
{
    const std::optional<Millis> cap = durationOf(value, 1000);
    if (cap)
        target.policy.backoff.cap = *cap;
    return cap && value.isNumber() ? nullptr : aNumber;
}

const char *setUrllibJitter(const JsonValue &value, ImportTarget &target)
{
    const std::optional<Millis> plus = durationOf(value, 1000);
    if (plus) {
        target.policy.backoff.plus = *plus;
        target.policy.backoff.capAfterJitter = true;
    }
    return plus && value.isNumber() ? nullptr : aNumber;
}

const char *setRaises(const JsonValue &value, ImportTarget &target)
{
    if (!value.isBool())
        return aSwitch;
    target.policy.returnsLastResponse = !*value.boolean();
    return nullptr;
}

/// The statuses of status_forcelist are retried beside those that need a Retry-After.
const char *setForcelist(const JsonValue &value, ImportTarget &target)
{
    const std::optional<StatusSet> statuses = statusesOf(value);
    if (!statuses)
        return "a list of statuses";
    target.policy.statuses.ranges.insert(target.policy.statuses.ranges.end(), statuses->ranges.begin(),
                                         statuses->ranges.end());
    if (target.policy.retryAfter) {
        std::erase_if(target.policy.retryAfter->neededOn.ranges,
                      [&statuses](const auto &range) { return statuses->contains(range.first); });
    }
    return nullptr;
}

/// Without respect for Retry-After only the list counts.
void finishUrllib(const JsonValue &object, ImportTarget &target)
{
    if (foldedMember(object, "respectretryafterheader").boolean().value_or(true))
        return;
    const auto listed = statusesOf(foldedMember(object, "statusforcelist"));
    target.policy.statuses = listed.value_or(StatusSet());
    target.policy.retryAfter.reset();
}

} // namespace

QByteArray foldedKey(const QString &key)
{
    QByteArray folded = key.toUtf8().toLower();
    return folded.replace("-", "").replace("_", "");
}

JsonValue foldedMember(const JsonValue &object, const char *key)
{
    if (!object.isObject())
        return {};
    for (const JsonValue &member : object.children()) {
        if (foldedKey(member.key()) == key)
            return member;
    }
    return {};
}

const std::vector<ImportedLibrary> &importedLibraries()
{
    static const std::vector<ImportedField> grpcOuter = {
        {"retrythrottling", setThrottling}, {"timeout", setDeadline}, {"name", setLater}};
    static const std::vector<ImportedLibrary> libraries = {
        {"gRPC hedgingPolicy",
         "grpc-hedging",
         {"hedgingdelay", "nonfatalstatuscodes"},
         {{"maxattempts", setGrpcAttempts}, {"hedgingdelay", setHedgingDelay}, {"nonfatalstatuscodes", setGrpcCodes}},
         grpcOuter,
         finishGrpc},
        {"gRPC retryPolicy",
         "grpc-a6",
         {"retryablestatuscodes", "initialbackoff maxbackoff"},
         {{"maxattempts", setGrpcAttempts},
          {"initialbackoff", setBackoffTime<&Backoff::base>},
          {"maxbackoff", setBackoffTime<&Backoff::cap>},
          {"backoffmultiplier", setFactor},
          {"retryablestatuscodes", setGrpcCodes},
          {"perattemptrecvtimeout", setAttemptTimeout}},
         grpcOuter,
         finishGrpc},
        {"Envoy retry_policy",
         "envoy",
         {"retryon", "numretries"},
         {{"retryon", setRetryOn},
          {"numretries", setRetries},
          {"pertrytimeout", setAttemptTimeout},
          {"retrybackoff", setEnvoyBackoff},
          {"retriablestatuscodes", addStatuses}},
         {},
         nullptr},
        {"Temporal RetryPolicy",
         "temporal-activity",
         {"backoffcoefficient", "initialinterval", "maximumattempts"},
         {{"initialinterval", setBackoffTime<&Backoff::base>},
          {"backoffcoefficient", setFactor},
          {"maximuminterval", setBackoffTime<&Backoff::cap>},
          {"maximumattempts", setTemporalAttempts}},
         {},
         finishTemporal},
        {"resilience4j retry",
         "resilience4j",
         {"waitduration", "enableexponentialbackoff", "failaftermaxattempts"},
         {{"maxattempts", setAttempts},
          {"waitduration", setBackoffTime<&Backoff::base>},
          {"enableexponentialbackoff", setSwitchLater},
          {"exponentialbackoffmultiplier", setFactor},
          {"exponentialmaxwaitduration", setBackoffTime<&Backoff::cap>},
          {"enablerandomizedwait", setSwitchLater},
          {"randomizedwaitfactor", setLater}},
         {},
         finishResilience},
        {".NET resilience (Polly v8)",
         "dotnet-http-standard",
         {"maxretryattempts"},
         {{"maxretryattempts", setRetries},
          {"delay", setBackoffTime<&Backoff::base>},
          {"maxdelay", setMaxDelay},
          {"backofftype", setBackoffType},
          {"usejitter", setSwitchLater},
          {"shouldretryafterheader", setRetryAfterSwitch}},
         {{"attempttimeout", setTimeoutOf<&setAttemptTimeout>}, {"totalrequesttimeout", setTimeoutOf<&setDeadline>}},
         finishPolly},
        {"AWS SDK",
         "aws-botocore-standard",
         {"retrymode", "maxattempts mode"},
         {{"maxattempts", setAttempts}, {"retrymode", setMode}, {"mode", setMode}},
         {},
         finishAws},
        {"urllib3 Retry",
         "urllib3",
         {"backofffactor", "statusforcelist", "respectretryafterheader"},
         {{"total", setRetries},
          {"backofffactor", setUrllibFactor},
          {"backoffmax", setUrllibMax},
          {"backoffjitter", setUrllibJitter},
          {"statusforcelist", setForcelist},
          {"allowedmethods", setMethods},
          {"respectretryafterheader", setSwitchLater},
          {"raiseonstatus", setRaises}},
         {},
         finishUrllib},
        {"ky",
         "ky",
         {"limit afterstatuscodes", "limit delay", "limit jitter", "limit retryontimeout"},
         {{"limit", setRetries},
          {"methods", setMethods},
          {"statuscodes", setStatuses},
          {"afterstatuscodes", setRetryAfterStatuses},
          {"maxretryafter", setRetryAfterCap},
          {"backofflimit", setBackoffTime<&Backoff::cap>},
          {"delay", setBackoffTime<&Backoff::base>},
          {"jitter", setKyJitter},
          {"retryontimeout", setRetryOnTimeout}},
         {},
         nullptr},
        {"got",
         "got",
         {"limit methods", "limit statuscodes", "limit maxretryafter", "limit backofflimit", "limit noise",
          "limit errorcodes"},
         {{"limit", setRetries},
          {"methods", setMethods},
          {"statuscodes", setStatuses},
          {"maxretryafter", setRetryAfterCap},
          {"backofflimit", setBackoffTime<&Backoff::cap>},
          {"noise", setNoise}},
         {},
         nullptr},
        {"axios-retry",
         "axios-retry",
         {"retries"},
         {{"retries", setRetries}, {"retrydelay", setAxiosDelay}},
         {},
         nullptr},
    };
    return libraries;
}

} // namespace errata
