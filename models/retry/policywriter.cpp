#include "models/retry/policywriter.h"

#include "models/http/networkerrors.h"
#include "models/json/jsonwriter.h"

#include <cmath>

namespace errata {

namespace {

/// Every enum's names are in the order of its values.
template <typename E, std::size_t N>
QString nameOf(E value, const char16_t *const (&names)[N])
{
    const auto index = static_cast<std::size_t>(value);
    Q_ASSERT(index < N);
    return QString::fromUtf16(names[index]);
}

void writeMillis(JsonWriter &json, QStringView name, const std::optional<Millis> &time)
{
    if (time)
        json.member(name, time->count());
}

/// Left out where it is what a reader takes for granted.
template <typename T>
void writeUnless(JsonWriter &json, QStringView name, const T &value, const T &usual)
{
    if (value != usual)
        json.member(name, value);
}

template <typename E, std::size_t N>
void writeChoice(JsonWriter &json, QStringView name, E value, E usual, const char16_t *const (&names)[N])
{
    if (value != usual)
        json.member(name, nameOf(value, names));
}

void writeStatuses(JsonWriter &json, QStringView name, const StatusSet &set, bool always = false)
{
    if (set.isEmpty() && !always)
        return;
    json.key(name).beginArray();
    for (const auto &[from, to] : set.ranges)
        json.string(from == to ? QString::number(from) : QStringLiteral("%1-%2").arg(from).arg(to));
    json.endArray();
}

void writeTexts(JsonWriter &json, QStringView name, const QByteArrayList &texts)
{
    if (texts.isEmpty())
        return;
    json.key(name).beginArray();
    for (const QByteArray &text : texts)
        json.utf8(text);
    json.endArray();
}

void writeFailures(JsonWriter &json, QStringView name, const FailureSet &set)
{
    if (set.isEmpty())
        return;
    if (set == FailureSet::all()) {
        json.member(name, true);
        return;
    }
    json.key(name).beginArray();
    for (const NetworkError kind : networkErrors()) {
        if (set.contains(kind))
            json.string(networkErrorId(kind));
    }
    json.endArray();
}

void writeJitter(JsonWriter &json, const Backoff &backoff)
{
    static constexpr const char16_t *kinds[] = {u"none",      u"full",         u"equal", u"additive",
                                                u"symmetric", u"decorrelated", u"range"};
    json.key(u"jitter").beginObject().member(u"kind", nameOf(backoff.jitter, kinds));
    if (backoff.jitter == Jitter::Additive || backoff.jitter == Jitter::Symmetric)
        json.member(u"ratio", backoff.ratio);
    if (backoff.jitter == Jitter::Range)
        json.member(u"from", backoff.from).member(u"to", backoff.to);
    if (backoff.jitter == Jitter::Decorrelated && backoff.decorrelatedLow == DecorrelatedLow::Previous)
        json.member(u"low", u"previous");
    writeUnless(json, u"plus_ms", backoff.plus.count(), 0.0);
    writeUnless(json, u"steps", backoff.steps, 0);
    writeUnless(json, u"grain_ms", backoff.grain.count(), 0.0);
    json.endObject();
}

void writeBackoff(JsonWriter &json, const Backoff &backoff)
{
    static constexpr const char16_t *shapes[] = {u"constant", u"linear", u"exponential", u"fibonacci",
                                                 u"table",    u"power",  u"polly-v2"};
    static constexpr const char16_t *roundings[] = {u"none", u"down", u"nearest"};
    json.key(u"backoff").beginObject().member(u"shape", nameOf(backoff.shape, shapes));
    if (backoff.shape == BackoffShape::Table) {
        json.key(u"table_ms").beginArray();
        for (const Millis wait : backoff.table)
            json.number(wait.count());
        json.endArray();
    } else {
        json.member(u"base_ms", backoff.base.count());
    }
    if (backoff.shape == BackoffShape::Exponential || backoff.shape == BackoffShape::Power)
        json.member(u"factor", backoff.factor);
    writeMillis(json, u"cap_ms", backoff.cap);
    if (backoff.capAfterJitter)
        json.member(u"cap", u"after-jitter");
    writeJitter(json, backoff);
    writeMillis(json, u"first_ms", backoff.first);
    writeMillis(json, u"throttled_base_ms", backoff.throttledBase);
    writeUnless(json, u"least_ms", backoff.least.count(), 0.0);
    writeChoice(json, u"rounding", backoff.rounding, Rounding::None, roundings);
    writeUnless(json, u"truncates_growth", backoff.truncatesGrowth, false);
    json.endObject();
}

void writeHeader(JsonWriter &json, const WaitHeader &header)
{
    static constexpr const char16_t *numbers[] = {u"none",      u"digits",         u"integer",  u"float",
                                                  u"js-number", u"leading-digits", u"ratelimit"};
    static constexpr const char16_t *dates[] = {u"none", u"rfc", u"imf-fixdate", u"email", u"js"};
    json.beginObject().key(u"name").utf8(header.name).member(u"number", nameOf(header.number, numbers));
    writeChoice(json, u"date", header.date, DateForm::None, dates);
    writeUnless(json, u"unit_ms", header.unit.count(), 1000.0);
    if (header.epochFrom)
        json.member(u"epoch_from_s", *header.epochFrom);
    writeUnless(json, u"wraps_int64", header.wrapsInt64, false);
    json.endObject();
}

void writeRule(JsonWriter &json, const RetryAfterRule &rule)
{
    using Rule = RetryAfterRule;
    static constexpr const char16_t *picks[] = {u"first-present", u"first-readable"};
    static constexpr const char16_t *unreadables[] = {u"as-absent", u"gives-up"};
    static constexpr const char16_t *negatives[] = {u"as-is", u"zero", u"as-absent", u"gives-up"};
    static constexpr const char16_t *beyondCaps[] = {u"clamp", u"give-up", u"fall-back"};
    static constexpr const char16_t *againsts[] = {u"wins", u"max", u"max-before-jitter", u"added"};
    json.key(u"retry_after").beginObject();
    writeStatuses(json, u"statuses", rule.statuses, true);
    json.key(u"headers").beginArray();
    for (const WaitHeader &header : rule.headers)
        writeHeader(json, header);
    json.endArray();
    writeUnless(json, u"retry_info", rule.retryInfo, false);
    writeChoice(json, u"pick", rule.pick, Rule::Pick::FirstPresent, picks);
    writeMillis(json, u"when_absent_ms", rule.whenAbsent);
    writeStatuses(json, u"needed_on", rule.neededOn);
    writeStatuses(json, u"retried_with", rule.retriedWith);
    writeChoice(json, u"unreadable", rule.unreadable, Rule::Unreadable::AsAbsent, unreadables);
    writeChoice(json, u"negative", rule.negative, Rule::Negative::AsIs, negatives);
    writeUnless(json, u"zero_is_absent", rule.zeroIsAbsent, false);
    writeUnless(json, u"past_date_ms", rule.pastDate.count(), 0.0);
    writeMillis(json, u"cap_ms", rule.cap);
    writeChoice(json, u"beyond_cap", rule.beyondCap, Rule::BeyondCap::Clamp, beyondCaps);
    writeChoice(json, u"against_backoff", rule.against, Rule::AgainstBackoff::Wins, againsts);
    writeMillis(json, u"most_above_backoff_ms", rule.mostAboveBackoff);
    writeUnless(json, u"jitter_ratio", rule.jitter, 0.0);
    writeUnless(json, u"advances_backoff", rule.advancesBackoff, true);
    writeUnless(json, u"resets_backoff", rule.resetsBackoff, false);
    json.endObject();
}

void writeRetries(JsonWriter &json, const RetryPolicy &policy)
{
    json.key(u"retries").beginObject();
    writeStatuses(json, u"statuses", policy.statuses, true);
    writeTexts(json, u"codes", policy.codes);
    writeTexts(json, u"final_codes", policy.finalCodes);
    writeFailures(json, u"network_failures", policy.failures);
    writeUnless(json, u"unreadable_body", policy.unreadableBody, false);
    writeUnless(json, u"not_sent", policy.notSent, false);
    writeTexts(json, u"methods", policy.methods);
    if (!policy.anyMethodStatuses.isEmpty() || !policy.anyMethodFailures.isEmpty()) {
        json.key(u"any_method").beginObject();
        writeStatuses(json, u"statuses", policy.anyMethodStatuses);
        writeFailures(json, u"network_failures", policy.anyMethodFailures);
        json.endObject();
    }
    writeUnless(json, u"key_allows_method", policy.keyAllowsMethod, false);
    writeTexts(json, u"should_retry_headers", policy.shouldRetryHeaders);
    writeUnless(json, u"body_flag", policy.bodyFlag, false);
    json.endObject();
}

void writeBudget(JsonWriter &json, const RetryBudget &budget)
{
    using Kind = RetryBudget::Kind;
    static constexpr const char16_t *kinds[] = {u"tokens", u"throttle", u"ratio", u"concurrent"};
    json.key(u"budget").beginObject().member(u"kind", nameOf(budget.kind, kinds));
    if (budget.kind == Kind::Tokens || budget.kind == Kind::Throttle)
        json.member(u"capacity", budget.capacity);
    if (budget.kind == Kind::Tokens) {
        json.member(u"cost", budget.cost).member(u"timeout_cost", budget.timeoutCost);
        json.member(u"throttled_cost", budget.throttledCost).member(u"success_gain", budget.successGain);
    } else {
        json.member(u"ratio", budget.ratio);
    }
    if (budget.kind == Kind::Ratio)
        json.member(u"window_ms", budget.window.count()).member(u"per_second", budget.perSecond);
    if (budget.kind == Kind::Concurrent)
        json.member(u"least", budget.least);
    json.endObject();
}

void writeIdentity(JsonWriter &json, const RetryPolicy &policy)
{
    json.member(u"format", u"errata-policy/1").member(u"id", policy.id).member(u"name", policy.name);
    json.member(u"version", policy.version);
    json.key(u"source").beginObject().member(u"title", policy.source);
    if (!policy.sourceUrl.isEmpty())
        json.member(u"url", policy.sourceUrl);
    json.endObject();
    if (!policy.method.isEmpty())
        json.key(u"method").utf8(policy.method);
    writeUnless(json, u"sends_idempotency_key", policy.sendsIdempotencyKey, false);
}

void writeLimits(JsonWriter &json, const RetryPolicy &policy)
{
    static constexpr const char16_t *waits[] = {u"gives-up", u"clamped", u"unchecked"};
    // An infinite number is written as null, which is how a file says it.
    json.member(u"max_attempts", policy.maxAttempts);
    writeMillis(json, u"deadline_ms", policy.deadline);
    writeChoice(json, u"deadline_wait", policy.deadlineWait, DeadlineWait::GivesUp, waits);
    writeUnless(json, u"deadline_cuts_attempt", policy.deadlineCutsAttempt, true);
    writeMillis(json, u"attempt_timeout_ms", policy.attemptTimeout);
}

} // namespace

void writePolicy(JsonWriter &json, const RetryPolicy &policy)
{
    static constexpr const char16_t *timers[] = {u"exact", u"node", u"browser"};
    json.beginObject();
    writeIdentity(json, policy);
    writeLimits(json, policy);
    writeBackoff(json, policy.backoff);
    writeRetries(json, policy);
    if (!policy.throttledStatuses.isEmpty() || !policy.throttledCodes.isEmpty()) {
        json.key(u"throttling").beginObject();
        writeStatuses(json, u"statuses", policy.throttledStatuses);
        writeTexts(json, u"codes", policy.throttledCodes);
        json.endObject();
    }
    if (policy.retryAfter)
        writeRule(json, *policy.retryAfter);
    if (policy.budget)
        writeBudget(json, *policy.budget);
    if (policy.hedging)
        json.key(u"hedging").beginObject().member(u"delay_ms", policy.hedging->delay.count()).endObject();
    json.key(u"after_last").beginObject();
    json.member(u"response", policy.returnsLastResponse ? u"returned" : u"thrown");
    writeUnless(json, u"sleeps_after_retry_after", policy.sleepsAfterLastRetryAfter, false);
    json.endObject();
    json.member(u"timer", nameOf(policy.timer, timers));
    if (policy.documented) {
        json.key(u"documented").beginObject();
        if (policy.documented->maxAttempts)
            json.member(u"max_attempts", *policy.documented->maxAttempts);
        writeStatuses(json, u"statuses", policy.documented->statuses);
        json.endObject();
    }
    if (!policy.quirks.isEmpty()) {
        json.key(u"quirks").beginArray();
        for (const QString &quirk : policy.quirks)
            json.string(quirk);
        json.endArray();
    }
    json.endObject();
}

QByteArray policyJson(const RetryPolicy &policy)
{
    JsonWriter json;
    writePolicy(json, policy);
    return json.result();
}

bool isSamePolicy(const RetryPolicy &a, const RetryPolicy &b)
{
    return policyJson(a) == policyJson(b);
}

} // namespace errata
