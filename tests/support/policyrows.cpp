#include "tests/support/policyrows.h"

#include "tests/support/retrydata.h"

namespace errata::test {

RetryPolicy basicPolicy(const Backoff &backoff)
{
    RetryPolicy policy;
    policy.id = QStringLiteral("basic");
    policy.name = QStringLiteral("Basic");
    policy.version = QStringLiteral("1");
    policy.source = QStringLiteral("this test");
    policy.backoff = backoff;
    policy.maxAttempts = 5;
    policy.statuses.ranges = {{429, 429}, {500, 599}};
    return policy;
}

Backoff grown(BackoffShape shape, double base, Jitter jitter)
{
    Backoff backoff;
    backoff.shape = shape;
    backoff.base = Millis(base);
    backoff.jitter = jitter;
    backoff.ratio = 0.5;
    return backoff;
}

Backoff exponential(double base, Jitter jitter)
{
    return grown(BackoffShape::Exponential, base, jitter);
}

RetryAfterRule quickRule(NumberForm number, DateForm date)
{
    RetryAfterRule rule;
    rule.statuses.ranges = {{400, 599}};
    rule.headers.front().number = number;
    rule.headers.front().date = date;
    rule.headers.front().unit = Millis(20);
    return rule;
}

namespace {

PolicyRow hinted(const char *name, const RetryAfterRule &rule, const QString &script)
{
    return {name, with(basicPolicy(exponential(8)), [&rule](RetryPolicy &policy) { policy.retryAfter = rule; }),
            script};
}

/// The documented sample, a hundred times as fast.
RetryPolicy quickIntended()
{
    return with(intended(), [](RetryPolicy &policy) {
        policy.backoff.base = Millis(10);
        policy.backoff.cap = Millis(300);
        policy.retryAfter->headers.front().unit = Millis(10);
        policy.retryAfter->whenAbsent = Millis(10);
    });
}

std::vector<PolicyRow> backoffRows()
{
    const QString fails = QStringLiteral("503");
    Backoff table = grown(BackoffShape::Table, 0);
    table.table = {Millis(5), Millis(25), Millis(10)};
    Backoff equal = exponential(10, Jitter::Equal);
    equal.cap = Millis(30);
    Backoff after = exponential(20, Jitter::Additive);
    after.cap = Millis(30);
    after.capAfterJitter = true;
    after.rounding = Rounding::Nearest;
    Backoff decorrelated = exponential(10, Jitter::Decorrelated);
    decorrelated.cap = Millis(50);
    Backoff finagle = decorrelated;
    finagle.decorrelatedLow = DecorrelatedLow::Previous;
    Backoff polly = grown(BackoffShape::PollyV2, 10);
    polly.cap = Millis(60);
    Backoff grain = exponential(10, Jitter::Symmetric);
    grain.grain = Millis(4);
    grain.least = Millis(9);
    Backoff truncated = exponential(7);
    truncated.factor = 1.5;
    truncated.truncatesGrowth = true;
    Backoff power = grown(BackoffShape::Power, 6);
    power.first = Millis(11);
    Backoff range = exponential(16, Jitter::Range);
    range.from = 1;
    range.to = 0.75;
    range.steps = 4;
    range.plus = Millis(5);
    return {
        {"exponential", basicPolicy(exponential(5)), fails},
        {"full jitter", basicPolicy(exponential(10, Jitter::Full)), fails},
        {"equal jitter, capped before", basicPolicy(equal), fails},
        {"additive jitter, capped after", basicPolicy(after), fails},
        {"symmetric jitter in grains, with a floor", basicPolicy(grain), fails},
        {"range of steps, and more", basicPolicy(range), fails},
        {"decorrelated", basicPolicy(decorrelated), fails},
        {"decorrelated from the previous", basicPolicy(finagle), fails},
        {"Fibonacci", basicPolicy(grown(BackoffShape::Fibonacci, 8)), fails},
        {"linear, then an answer", basicPolicy(grown(BackoffShape::Linear, 7)), QStringLiteral("503,reset,200")},
        {"power with a first", basicPolicy(power), fails},
        {"table", basicPolicy(table), fails},
        {"growth cut to whole milliseconds", basicPolicy(truncated), fails},
        {"Polly V2", basicPolicy(polly), fails},
    };
}

std::vector<PolicyRow> ruleRows()
{
    using Rule = RetryAfterRule;
    const auto changed = [](Rule rule, const auto &change) {
        change(rule);
        return rule;
    };
    const Rule digits = quickRule(NumberForm::Digits);
    const QString dates = QStringLiteral("503[Date: Wed, 21 Oct 2026 07:28:00 GMT]"
                                         "[Retry-After: Wed, 21 Oct 2026 07:28:30 GMT],"
                                         "503[Date: Wed, 21 Oct 2026 07:28:00 GMT]"
                                         "[Retry-After: Wed, 21 Oct 2026 07:27:00 GMT],200");
    return {
        hinted("digits, absent, no number, beyond the cap", changed(digits, [](Rule &rule) { rule.cap = Millis(50); }),
               QStringLiteral("429:2,429,429:2.5,429:9")),
        hinted("gives up beyond the cap",
               changed(digits,
                       [](Rule &rule) {
                           rule.cap = Millis(50);
                           rule.beyondCap = Rule::BeyondCap::GiveUp;
                       }),
               QStringLiteral("429:1,429:9")),
        hinted("falls back beyond the cap",
               changed(digits,
                       [](Rule &rule) {
                           rule.cap = Millis(50);
                           rule.beyondCap = Rule::BeyondCap::FallBack;
                           rule.advancesBackoff = false;
                       }),
               QStringLiteral("429:1,429:9,200")),
        hinted("the longer one", changed(digits, [](Rule &rule) { rule.against = Rule::AgainstBackoff::Max; }),
               QStringLiteral("429:1,429:0,429:3,200")),
        hinted("added", changed(digits, [](Rule &rule) { rule.against = Rule::AgainstBackoff::Added; }),
               QStringLiteral("429:1,429,200")),
        hinted("before jitter",
               changed(digits, [](Rule &rule) { rule.against = Rule::AgainstBackoff::MaxBeforeJitter; }),
               QStringLiteral("429:1,429,429:2,200")),
        hinted("default, and starts anew",
               changed(digits,
                       [](Rule &rule) {
                           rule.whenAbsent = Millis(12);
                           rule.statuses.ranges = {{429, 429}};
                           rule.resetsBackoff = true;
                       }),
               QStringLiteral("503,503,429,503,200")),
        hinted("dates",
               changed(quickRule(NumberForm::Digits, DateForm::ImfFixdate),
                       [](Rule &rule) {
                           rule.cap = Millis(40);
                           rule.pastDate = Millis(15);
                       }),
               dates),
        hinted("seconds since 1970",
               changed(digits,
                       [](Rule &rule) {
                           rule.headers.front().epochFrom = 1e9;
                           rule.cap = Millis(40);
                           rule.pastDate = Millis(15);
                       }),
               QStringLiteral("503[Date: Wed, 21 Oct 2026 07:28:00 GMT][Retry-After: 1792567710],"
                              "503[Date: Wed, 21 Oct 2026 07:28:00 GMT][Retry-After: 1792567650],200")),
        hinted("negative gives up",
               changed(quickRule(NumberForm::Integer),
                       [](Rule &rule) {
                           rule.negative = Rule::Negative::GivesUp;
                           rule.unreadable = Rule::Unreadable::GivesUp;
                       }),
               QStringLiteral("429:+1,429:-1")),
        hinted("unreadable gives up",
               changed(quickRule(NumberForm::Integer), [](Rule &rule) { rule.unreadable = Rule::Unreadable::GivesUp; }),
               QStringLiteral("429,429:soon")),
        hinted("needed, and enough by itself",
               changed(quickRule(NumberForm::LeadingDigits),
                       [](Rule &rule) {
                           rule.neededOn.ranges = {{503, 503}};
                           rule.retriedWith.ranges = {{413, 413}};
                           rule.jitter = 0.5;
                       }),
               QStringLiteral("413:1s,503:2x,503")),
        hinted("floats, zero is none",
               changed(quickRule(NumberForm::Float),
                       [](Rule &rule) {
                           rule.zeroIsAbsent = true;
                           rule.negative = Rule::Negative::AsAbsent;
                       }),
               QStringLiteral("429:1.5,429:0.0,429:-1,429:1e0,200")),
        hinted("the first that can be read",
               changed(quickRule(NumberForm::Float),
                       [](Rule &rule) {
                           rule.headers.insert(
                               rule.headers.begin(),
                               {"retry-after-ms", NumberForm::Float, DateForm::None, Millis(1), {}, false});
                           rule.pick = Rule::Pick::FirstReadable;
                       }),
               QStringLiteral("429[retry-after-ms: 30][Retry-After: 1],429[retry-after-ms: x][Retry-After: 1],200")),
    };
}

std::vector<PolicyRow> courseRows()
{
    const auto throttles = [](RetryPolicy &policy) {
        policy.backoff.throttledBase = Millis(25);
        policy.throttledStatuses.ranges = {{429, 429}};
        policy.returnsLastResponse = false;
    };
    const auto flags = [](RetryPolicy &policy) {
        policy.shouldRetryHeaders = {"x-should-retry", "x-retry"};
        policy.failures = FailureSet{NetworkError::Timeout};
    };
    const auto deadline = [](DeadlineWait wait) {
        return [wait](RetryPolicy &policy) {
            policy.maxAttempts = std::numeric_limits<double>::infinity();
            policy.deadline = Millis(900);
            policy.deadlineWait = wait;
        };
    };
    return {
        {"Intended: 429 without and with a header", quickIntended(), QStringLiteral("429,429:2")},
        {"Intended: a date is no number", quickIntended(), QStringLiteral("429:tomorrow,503")},
        {"Intended: an empty header is 0", quickIntended(), QStringLiteral("429:'',503,200")},
        {"another base after throttling, thrown", with(basicPolicy(exponential(6)), throttles),
         QStringLiteral("503,429,503")},
        {"a header forbids", with(basicPolicy(exponential(6)), flags),
         QStringLiteral("404[x-should-retry: true],503[x-retry: False]")},
        {"a failure that is not retried", with(basicPolicy(exponential(6)), flags), QStringLiteral("503,reset")},
        {"a status that is not retried", basicPolicy(exponential(6)), QStringLiteral("503,404")},
        {"gives up before the deadline", with(basicPolicy(exponential(60)), deadline(DeadlineWait::GivesUp)),
         QStringLiteral("503")},
        {"a wait passes the deadline unchecked",
         with(basicPolicy(exponential(150)),
              [&deadline](RetryPolicy &policy) {
                  deadline(DeadlineWait::Unchecked)(policy);
                  policy.deadline = Millis(700);
              }),
         QStringLiteral("503")},
        {"a wait is cut short at the deadline",
         with(basicPolicy(exponential(100)),
              [&deadline](RetryPolicy &policy) {
                  deadline(DeadlineWait::Clamped)(policy);
                  policy.deadline = Millis(500);
                  policy.deadlineCutsAttempt = false;
              }),
         QStringLiteral("503,503,503,200")},
        {"one attempt", with(basicPolicy(exponential(6)), [](RetryPolicy &policy) { policy.maxAttempts = 1; }),
         QStringLiteral("503")},
        {"a part of an attempt",
         with(basicPolicy(exponential(6)), [](RetryPolicy &policy) { policy.maxAttempts = 2.5; }),
         QStringLiteral("503")},
        {"no attempt", with(basicPolicy(exponential(6)), [](RetryPolicy &policy) { policy.maxAttempts = 0; }),
         QStringLiteral("503")},
    };
}

} // namespace

std::vector<PolicyRow> policyRows()
{
    std::vector<PolicyRow> all = backoffRows();
    for (auto list : {ruleRows(), courseRows()})
        all.insert(all.end(), list.begin(), list.end());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i].policy.id = QStringLiteral("case-%1").arg(i);
    return all;
}

} // namespace errata::test
