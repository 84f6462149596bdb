// Policy files: resources/policies/policy.schema.json says the same as a schema.
#include "models/base/limits.h"
#include "models/http/headers.h"
#include "models/http/networkerrors.h"
#include "models/retry/policymembers.h"
#include "models/retry/retrypolicy.h"

#include <QDir>
#include <QFile>

namespace errata {

namespace {

constexpr std::size_t longestTable = 64;

/// "429" or "500-599".
std::optional<std::pair<int, int>> statusRange(const QString &text)
{
    const QStringList ends = text.split(u'-');
    const auto status = [](const QString &digits) {
        bool ok = false;
        const int number = digits.toInt(&ok);
        return ok && digits.size() == 3 && number >= 100 ? number : 0;
    };
    if (ends.size() > 2)
        return {};
    const int first = status(ends.first());
    const int last = status(ends.last());
    if (first == 0 || last < first)
        return {};
    return std::pair(first, last);
}

StatusSet readStatuses(Members &members, const char *name, bool required = false)
{
    StatusSet set;
    for (const JsonValue &value : members.array(name, required)) {
        const std::optional<std::pair<int, int>> range = statusRange(value.string());
        if (range)
            set.ranges.push_back(*range);
        else
            members.fault(name, QStringLiteral("expected texts such as \"429\" or \"500-599\", found ") +
                                    QString::fromUtf8(value.raw()));
    }
    return set;
}

QByteArrayList readTexts(Members &members, const char *name)
{
    QByteArrayList texts;
    for (const JsonValue &value : members.array(name, false)) {
        if (!value.isString() || value.string().isEmpty())
            members.fault(name, QStringLiteral("expected texts, found ") + QString::fromUtf8(value.raw()));
        texts += value.string().toUtf8();
    }
    return texts;
}

/// Tokens: methods, names of headers.
QByteArrayList readTokens(Members &members, const char *name, const char *what)
{
    QByteArrayList tokens = readTexts(members, name);
    for (const QByteArray &token : std::as_const(tokens)) {
        if (!Headers::isValidName(token))
            members.fault(
                name, QStringLiteral("expected %1, found \"%2\"").arg(QLatin1String(what), QString::fromUtf8(token)));
    }
    return tokens;
}

/// true, false, or a list of kinds.
FailureSet readFailures(Members &members, const char *name)
{
    if (!members.has(name))
        return {};
    if (members.isBool(name))
        return members.boolean(name, false) ? FailureSet::all() : FailureSet();
    FailureSet set;
    if (!members.isArray(name))
        members.fault(name, QStringLiteral("expected true, false or a list of kinds"));
    for (const JsonValue &value : members.array(name, false)) {
        const std::optional<NetworkError> kind = networkErrorFromId(value.string());
        if (kind)
            set.add(*kind);
        else
            members.fault(name, QStringLiteral("expected true, false or kinds such as \"timeout\" or \"dns\", found ") +
                                    QString::fromUtf8(value.raw()));
    }
    return set;
}

void readJitter(Members jitter, Backoff &backoff)
{
    backoff.jitter = jitter.choice<Jitter>("kind", {{"none", Jitter::None},
                                                    {"full", Jitter::Full},
                                                    {"equal", Jitter::Equal},
                                                    {"additive", Jitter::Additive},
                                                    {"symmetric", Jitter::Symmetric},
                                                    {"decorrelated", Jitter::Decorrelated},
                                                    {"range", Jitter::Range}});
    if (backoff.jitter == Jitter::Additive || backoff.jitter == Jitter::Symmetric)
        backoff.ratio = jitter.requiredNumber("ratio", 0);
    if (backoff.jitter == Jitter::Symmetric && backoff.ratio > 1)
        jitter.fault("ratio", QStringLiteral("expected at most 1: a wait is not negative"));
    if (backoff.jitter == Jitter::Range) {
        backoff.from = jitter.requiredNumber("from", 0);
        backoff.to = jitter.requiredNumber("to", 0);
    }
    if (backoff.jitter == Jitter::Decorrelated)
        backoff.decorrelatedLow = jitter.choiceOr<DecorrelatedLow>(
            "low", DecorrelatedLow::Base, {{"base", DecorrelatedLow::Base}, {"previous", DecorrelatedLow::Previous}});
    backoff.plus = jitter.millis("plus_ms").value_or(Millis(0));
    backoff.steps = jitter.count("steps");
    backoff.grain = jitter.millis("grain_ms").value_or(Millis(0));
    jitter.done();
}

void readTable(Members &members, Backoff &backoff)
{
    for (const JsonValue &value : members.array("table_ms", true)) {
        const double wait = value.number().value_or(-1);
        if (!(wait >= 0) || !std::isfinite(wait))
            members.fault("table_ms", QStringLiteral("expected milliseconds, at least 0"));
        backoff.table.emplace_back(wait);
    }
    if (backoff.table.empty())
        members.fault("table_ms", QStringLiteral("expected at least one wait"));
    if (backoff.table.size() > longestTable)
        members.fault("table_ms", QStringLiteral("expected at most %1 waits").arg(longestTable));
}

Backoff readBackoff(Members members)
{
    Backoff backoff;
    backoff.shape = members.choice<BackoffShape>("shape", {{"constant", BackoffShape::Constant},
                                                           {"linear", BackoffShape::Linear},
                                                           {"exponential", BackoffShape::Exponential},
                                                           {"fibonacci", BackoffShape::Fibonacci},
                                                           {"table", BackoffShape::Table},
                                                           {"power", BackoffShape::Power},
                                                           {"polly-v2", BackoffShape::PollyV2}});
    if (backoff.shape == BackoffShape::Table)
        readTable(members, backoff);
    else
        backoff.base = Millis(members.requiredNumber("base_ms", 0));
    if (backoff.shape == BackoffShape::Exponential || backoff.shape == BackoffShape::Power)
        backoff.factor = members.requiredNumber("factor", 0);
    backoff.cap = members.millis("cap_ms");
    backoff.capAfterJitter = members.choiceOr<bool>("cap", false, {{"before-jitter", false}, {"after-jitter", true}});
    backoff.first = members.millis("first_ms");
    backoff.throttledBase = members.millis("throttled_base_ms");
    backoff.least = members.millis("least_ms").value_or(Millis(0));
    backoff.rounding = members.choiceOr<Rounding>(
        "rounding", Rounding::None,
        {{"none", Rounding::None}, {"down", Rounding::Down}, {"nearest", Rounding::Nearest}});
    backoff.truncatesGrowth = members.boolean("truncates_growth", false);
    readJitter(members.object("jitter"), backoff);
    members.done();
    return backoff;
}

WaitHeader readWaitHeaderOf(Members members)
{
    WaitHeader header;
    header.name = members.text("name").toUtf8();
    if (!Headers::isValidName(header.name))
        members.fault("name", QStringLiteral("expected the name of a header"));
    header.number = members.choice<NumberForm>("number", {{"none", NumberForm::None},
                                                          {"digits", NumberForm::Digits},
                                                          {"integer", NumberForm::Integer},
                                                          {"float", NumberForm::Float},
                                                          {"js-number", NumberForm::JsNumber},
                                                          {"leading-digits", NumberForm::LeadingDigits},
                                                          {"ratelimit", NumberForm::RateLimit}});
    header.date = members.choiceOr<DateForm>("date", DateForm::None,
                                             {{"none", DateForm::None},
                                              {"rfc", DateForm::Rfc},
                                              {"imf-fixdate", DateForm::ImfFixdate},
                                              {"email", DateForm::Email},
                                              {"js", DateForm::Js}});
    header.unit = members.millis("unit_ms").value_or(Millis(1000));
    header.epochFrom = members.number("epoch_from_s", 0);
    header.wrapsInt64 = members.boolean("wraps_int64", false);
    members.done();
    return header;
}

/// The short way to say how Retry-After is read.
WaitHeader readReading(Members &members)
{
    WaitHeader header;
    header.number = members.choice<NumberForm>(
        "reading",
        {{"rfc", NumberForm::Digits}, {"integer", NumberForm::Integer}, {"js-number", NumberForm::JsNumber}});
    header.date = header.number == NumberForm::Digits ? DateForm::Rfc : DateForm::None;
    return header;
}

void readRuleForWaits(Members &members, RetryAfterRule &rule)
{
    using Unreadable = RetryAfterRule::Unreadable;
    using Negative = RetryAfterRule::Negative;
    using BeyondCap = RetryAfterRule::BeyondCap;
    using Against = RetryAfterRule::AgainstBackoff;
    rule.whenAbsent = members.millis("when_absent_ms");
    rule.unreadable = members.choiceOr<Unreadable>(
        "unreadable", Unreadable::AsAbsent, {{"as-absent", Unreadable::AsAbsent}, {"gives-up", Unreadable::GivesUp}});
    rule.negative = members.choiceOr<Negative>("negative", Negative::AsIs,
                                               {{"as-is", Negative::AsIs},
                                                {"zero", Negative::Zero},
                                                {"as-absent", Negative::AsAbsent},
                                                {"gives-up", Negative::GivesUp}});
    rule.zeroIsAbsent = members.boolean("zero_is_absent", false);
    rule.pastDate = members.millis("past_date_ms").value_or(Millis(0));
    rule.cap = members.millis("cap_ms");
    rule.beyondCap = members.choiceOr<BeyondCap>(
        "beyond_cap", BeyondCap::Clamp,
        {{"clamp", BeyondCap::Clamp}, {"give-up", BeyondCap::GiveUp}, {"fall-back", BeyondCap::FallBack}});
    rule.against = members.choiceOr<Against>("against_backoff", Against::Wins,
                                             {{"wins", Against::Wins},
                                              {"max", Against::Max},
                                              {"max-before-jitter", Against::MaxBeforeJitter},
                                              {"added", Against::Added}});
    rule.mostAboveBackoff = members.millis("most_above_backoff_ms");
    rule.jitter = members.number("jitter_ratio", 0).value_or(0);
    rule.advancesBackoff = members.boolean("advances_backoff", true);
    rule.resetsBackoff = members.boolean("resets_backoff", false);
}

RetryAfterRule readRetryAfter(Members members)
{
    using Pick = RetryAfterRule::Pick;
    RetryAfterRule rule;
    rule.statuses = readStatuses(members, "statuses", true);
    rule.headers.clear();
    if (members.has("reading"))
        rule.headers.push_back(readReading(members));
    for (qsizetype i = 0; i < members.size("headers"); ++i)
        rule.headers.push_back(readWaitHeaderOf(members.element("headers", i)));
    rule.retryInfo = members.boolean("retry_info", false);
    if (rule.headers.empty() && !rule.retryInfo)
        members.fault("headers", QStringLiteral("expected at least one header, or retry_info"));
    rule.pick = members.choiceOr<Pick>(
        "pick", Pick::FirstPresent, {{"first-present", Pick::FirstPresent}, {"first-readable", Pick::FirstReadable}});
    rule.neededOn = readStatuses(members, "needed_on");
    rule.retriedWith = readStatuses(members, "retried_with");
    readRuleForWaits(members, rule);
    members.done();
    return rule;
}

RetryBudget readBudget(Members members)
{
    using Kind = RetryBudget::Kind;
    RetryBudget budget;
    budget.kind = members.choice<Kind>("kind", {{"tokens", Kind::Tokens},
                                                {"throttle", Kind::Throttle},
                                                {"ratio", Kind::Ratio},
                                                {"concurrent", Kind::Concurrent}});
    const bool holdsTokens = budget.kind == Kind::Tokens || budget.kind == Kind::Throttle;
    if (holdsTokens)
        budget.capacity = members.requiredNumber("capacity", 1);
    if (budget.kind == Kind::Tokens) {
        budget.cost = members.requiredNumber("cost", 0);
        budget.timeoutCost = members.number("timeout_cost", 0).value_or(budget.cost);
        budget.throttledCost = members.number("throttled_cost", 0).value_or(budget.cost);
        budget.successGain = members.number("success_gain", 0).value_or(0);
    } else {
        budget.ratio = members.requiredNumber("ratio", 0);
    }
    if (budget.kind == Kind::Ratio) {
        budget.window = Millis(members.requiredNumber("window_ms", 1));
        budget.perSecond = members.number("per_second", 0).value_or(0);
    }
    if (budget.kind == Kind::Concurrent)
        budget.least = members.number("least", 0).value_or(0);
    members.done();
    return budget;
}

Hedging readHedging(Members members)
{
    Hedging hedging;
    hedging.delay = Millis(members.requiredNumber("delay_ms", 0));
    members.done();
    return hedging;
}

void readSource(Members source, RetryPolicy &policy)
{
    policy.source = source.text("title");
    policy.sourceUrl = source.text("url", false);
    source.done();
}

DocumentedRetries readDocumented(Members members)
{
    DocumentedRetries documented;
    documented.maxAttempts = members.number("max_attempts", 1);
    documented.statuses = readStatuses(members, "statuses");
    members.done();
    return documented;
}

void readAnyMethod(Members members, RetryPolicy &policy)
{
    policy.anyMethodStatuses = readStatuses(members, "statuses");
    policy.anyMethodFailures = readFailures(members, "network_failures");
    members.done();
}

void readRetries(Members retries, RetryPolicy &policy)
{
    policy.statuses = readStatuses(retries, "statuses", true);
    policy.codes = readTexts(retries, "codes");
    policy.finalCodes = readTexts(retries, "final_codes");
    policy.failures = readFailures(retries, "network_failures");
    policy.methods = readTokens(retries, "methods", "methods");
    if (retries.has("any_method"))
        readAnyMethod(retries.object("any_method"), policy);
    policy.keyAllowsMethod = retries.boolean("key_allows_method", false);
    policy.unreadableBody = retries.boolean("unreadable_body", false);
    policy.notSent = retries.boolean("not_sent", false);
    policy.shouldRetryHeaders = readTokens(retries, "should_retry_headers", "names of headers");
    policy.bodyFlag = retries.boolean("body_flag", false);
    retries.done();
}

void readThrottling(Members throttling, RetryPolicy &policy)
{
    policy.throttledStatuses = readStatuses(throttling, "statuses");
    policy.throttledCodes = readTexts(throttling, "codes");
    throttling.done();
}

void readAfterLast(Members after, RetryPolicy &policy)
{
    policy.returnsLastResponse = after.choice<bool>("response", {{"returned", true}, {"thrown", false}});
    policy.sleepsAfterLastRetryAfter = after.boolean("sleeps_after_retry_after", false);
    after.done();
}

void readDeadlines(Members &root, RetryPolicy &policy)
{
    policy.deadline = root.millis("deadline_ms");
    policy.deadlineWait = root.choiceOr<DeadlineWait>("deadline_wait", DeadlineWait::GivesUp,
                                                      {{"gives-up", DeadlineWait::GivesUp},
                                                       {"clamped", DeadlineWait::Clamped},
                                                       {"unchecked", DeadlineWait::Unchecked}});
    policy.deadlineCutsAttempt = root.boolean("deadline_cuts_attempt", true);
    policy.attemptTimeout = root.millis("attempt_timeout_ms", 1);
}

bool isId(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-' ||
               c == u'.';
    });
}

void readIdentity(Members &root, RetryPolicy &policy)
{
    root.text("$schema", false);
    if (root.text("format") != QLatin1String("errata-policy/1"))
        root.fault("format", QStringLiteral("expected \"errata-policy/1\""));
    policy.id = root.text("id");
    if (!isId(policy.id))
        root.fault("id", QStringLiteral("expected letters, digits, '-' and '.'"));
    policy.name = root.text("name");
    policy.version = root.text("version");
    readSource(root.object("source"), policy);
    policy.method = root.text("method", false).toUtf8();
    if (!policy.method.isEmpty() && !Headers::isValidName(policy.method))
        root.fault("method", QStringLiteral("expected a method such as GET"));
}

RetryPolicy readRoot(Members root)
{
    RetryPolicy policy;
    readIdentity(root, policy);
    if (root.has("documented"))
        policy.documented = readDocumented(root.object("documented"));
    policy.sendsIdempotencyKey = root.boolean("sends_idempotency_key", false);
    if (!root.has("max_attempts"))
        root.fault("max_attempts", QStringLiteral("expected a number, or null for no limit"));
    policy.maxAttempts = root.number("max_attempts", 0).value_or(std::numeric_limits<double>::infinity());
    readDeadlines(root, policy);
    policy.backoff = readBackoff(root.object("backoff"));
    readRetries(root.object("retries"), policy);
    if (root.has("throttling"))
        readThrottling(root.object("throttling"), policy);
    if (root.has("retry_after") && !root.isNull("retry_after"))
        policy.retryAfter = readRetryAfter(root.object("retry_after"));
    if (root.has("budget"))
        policy.budget = readBudget(root.object("budget"));
    if (root.has("hedging"))
        policy.hedging = readHedging(root.object("hedging"));
    readAfterLast(root.object("after_last"), policy);
    policy.timer = root.choice<TimerKind>(
        "timer", {{"exact", TimerKind::Exact}, {"node", TimerKind::Node}, {"browser", TimerKind::Browser}});
    for (const JsonValue &quirk : root.array("quirks", false)) {
        if (!quirk.isString())
            root.fault("quirks", QStringLiteral("expected texts"));
        policy.quirks += quirk.string();
    }
    root.done();
    return policy;
}

} // namespace

Result<RetryPolicy> readPolicy(const QByteArray &bytes, const QString &fileName)
{
    if (bytes.size() > limits::catalogFile)
        return Error{
            QStringLiteral("larger than %1 MB, expected a retry policy").arg(limits::catalogFile / limits::Megabyte),
            fileName};
    const auto document = JsonDocument::parse(bytes);
    if (!document)
        return Error{document.error().text(), fileName};
    Faults faults{{}, fileName};
    RetryPolicy policy = readRoot(Members(document->root(), {}, faults));
    if (faults.first)
        return *faults.first;
    return policy;
}

std::vector<RetryPolicy> policiesIn(const QString &path, std::vector<Error> *faults)
{
    if (path.isEmpty())
        return {};
    const QDir folder(path);
    std::vector<RetryPolicy> policies;
    for (const QString &name : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        if (name.endsWith(QLatin1String(".schema.json")))
            continue;
        QFile file(folder.filePath(name));
        Result<RetryPolicy> policy = file.open(QIODevice::ReadOnly)
                                         ? readPolicy(file.read(limits::catalogFile + 1), file.fileName())
                                         : Result<RetryPolicy>(Error{file.errorString(), file.fileName()});
        if (policy)
            policies.push_back(std::move(policy).value());
        else if (faults)
            faults->push_back(policy.error());
    }
    return policies;
}

std::vector<RetryPolicy> shippedPolicies()
{
    return policiesIn(QStringLiteral(":/errata/policies"));
}

std::optional<RetryPolicy> readShippedPolicy(const QString &id)
{
    QFile file(QStringLiteral(":/errata/policies/%1.json").arg(id));
    if (!isId(id) || !file.open(QIODevice::ReadOnly))
        return {};
    Result<RetryPolicy> policy = readPolicy(file.readAll(), file.fileName());
    return policy ? std::optional(std::move(policy).value()) : std::nullopt;
}

std::vector<RetryPolicy> allPolicies(const QString &folder, std::vector<Error> *faults)
{
    std::vector<RetryPolicy> policies = shippedPolicies();
    for (RetryPolicy &own : policiesIn(folder, faults)) {
        const auto same = std::find_if(policies.begin(), policies.end(),
                                       [&own](const RetryPolicy &policy) { return policy.id == own.id; });
        if (same == policies.end())
            policies.push_back(std::move(own));
        else
            *same = std::move(own);
    }
    return policies;
}

} // namespace errata
