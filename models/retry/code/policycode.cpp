#include "models/retry/code/policycode.h"

#include "models/http/networkerrors.h"
#include "models/retry/backoff.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace errata::code {

namespace {

using Kind = Expression::Kind;

constexpr double noLimit = std::numeric_limits<double>::infinity();
constexpr double longestWait = 100 * 365.25 * 86'400'000.0; // as timedWait() has it
constexpr double longestTable = 1000;

Expression millis(const std::optional<Millis> &value)
{
    return number(value ? value->count() : noLimit);
}

Expression compared(Kind kind, const Expression &a, const Expression &b)
{
    return node(kind, {a, b});
}

Expression one(Kind kind, const Expression &a)
{
    return node(kind, {a});
}

Expression table(std::vector<double> values)
{
    Expression expression = node(Kind::Table, {variable("step")});
    expression.table = std::move(values);
    return expression;
}

/// The waits before retries 1, 2 ..., until they change no more or nobody asks.
template <typename Next>
std::vector<double> listed(double first, double cap, double maxAttempts, Next next)
{
    const double most = std::clamp(maxAttempts - 1, 1.0, longestTable);
    std::vector<double> values{first};
    while (static_cast<double>(values.size()) < most && values.back() < std::min(cap, longestWait)) {
        const double value = next(values);
        if (value == values.back() && values.size() > 1)
            break;
        values.push_back(value);
    }
    return values;
}

Expression fibonacci(const Backoff &backoff, double cap, double maxAttempts)
{
    const double base = backoff.base.count();
    return table(listed(base, cap, maxAttempts, [base](const std::vector<double> &values) {
        return values.size() < 2 ? base : values.back() + values[values.size() - 2];
    }));
}

Expression truncatedGrowth(const Backoff &backoff, double cap, double maxAttempts)
{
    const double factor = backoff.factor;
    return table(listed(std::floor(backoff.base.count()), cap, maxAttempts,
                        [factor](const std::vector<double> &values) { return std::floor(values.back() * factor); }));
}

/// factor^(step-1), without an overflow, which is an error in Python.
Expression growth(double factor, double maxAttempts)
{
    constexpr double largestExponent = 300;
    const Expression grown = variable("step") - number(1);
    if (factor == 1)
        return number(1);
    const double most = factor > 1 ? std::floor(largestExponent / std::log10(factor)) : noLimit;
    return node(Kind::Pow, {number(factor), maxAttempts > most ? least(grown, number(most)) : grown});
}

std::vector<double> countsOf(const std::vector<Millis> &waits)
{
    std::vector<double> counts;
    counts.reserve(waits.size());
    for (const Millis wait : waits)
        counts.push_back(wait.count());
    return counts;
}

Expression rounded(Rounding rounding, const Expression &wait)
{
    switch (rounding) {
    case Rounding::None:
        break;
    case Rounding::Down:
        return one(Kind::Floor, wait);
    case Rounding::Nearest:
        return one(Kind::Floor, wait + number(0.5));
    }
    return wait;
}

Expression floored(const Backoff &backoff, const Expression &wait)
{
    return backoff.least > Millis(0) ? greatest(wait, number(backoff.least.count())) : wait;
}

Expression spread(const Backoff &backoff)
{
    const auto [from, span] = jitterParts(backoff);
    const Expression nominal = variable("nominal");
    const Expression steps = number(backoff.steps);
    const Expression chance =
        backoff.steps > 0 ? one(Kind::Floor, variable("chance") * steps) / steps : variable("chance");
    if (backoff.grain > Millis(0)) {
        const Expression grain = number(backoff.grain.count());
        const Expression grains = one(Kind::Floor, nominal * number(span) / grain);
        return nominal * number(from) + least(one(Kind::Floor, chance * (grains + number(1))), grains) * grain;
    }
    const Expression wait = nominal * (number(from) + chance * number(span)) + chance * number(backoff.plus.count());
    const Expression capped = backoff.capAfterJitter ? least(wait, millis(backoff.cap)) : wait;
    return rounded(backoff.rounding, capped);
}

Expression pollyWait(const Backoff &backoff)
{
    constexpr double medianOfFirst = 1.4;
    const Expression own =
        (variable("reached") - variable("previous")) / number(medianOfFirst) * number(backoff.base.count());
    return floored(backoff, least(own, millis(backoff.cap)));
}

Expression decorrelatedWait(const Backoff &backoff)
{
    const bool fromPrevious = backoff.decorrelatedLow == DecorrelatedLow::Previous;
    const Expression cap = millis(backoff.cap);
    const Expression previous = variable("previous");
    const Expression low = fromPrevious ? previous : number(backoff.base.count());
    const Expression high = fromPrevious ? least(number(3) * previous, cap) : number(3) * previous;
    const Expression wait = low + variable("chance") * (greatest(low, high) - low);
    return floored(backoff, least(wait, cap));
}

bool isPolly(const Backoff &backoff)
{
    return backoff.shape == BackoffShape::PollyV2;
}

bool isDecorrelated(const Backoff &backoff)
{
    return !isPolly(backoff) && backoff.jitter == Jitter::Decorrelated;
}

Expression failureIsRetried(const FailureSet &failures)
{
    if (failures == FailureSet::all())
        return leaf(Kind::Yes);
    Expression any = leaf(Kind::No);
    for (const NetworkError kind : networkErrors()) {
        if (failures.contains(kind))
            any = any || leaf(Kind::Failed, networkErrorId(kind).toLatin1());
    }
    return any;
}

Expression isAnswer()
{
    return compared(Kind::Greater, variable("status"), whole(0));
}

/// Writes the statements of one policy; the order is that of PolicyRun.
class Writer
{
public:
    explicit Writer(const RetryPolicy &policy) : m_policy(policy), m_rule(policy.retryAfter) {}

    Statements run()
    {
        read();
        deadlineReached();
        unretried();
        asked();
        lastAttempt();
        terms();
        wait();
        return std::move(m_out);
    }

private:
    void add(Statement statement) { m_out.push_back(std::move(statement)); }

    /// What ends with an outcome that would be retried.
    [[nodiscard]] Statements ends(const char *reason) const
    {
        if (!m_policy.returnsLastResponse)
            return {givenUp(reason)};
        return {when(isAnswer(), {step(Statement::Kind::Return)}), givenUp(reason)};
    }

    [[nodiscard]] bool readsFlag() const { return !m_policy.shouldRetryHeaders.isEmpty(); }
    [[nodiscard]] bool readsWait() const { return m_rule && !m_rule->headers.empty(); }
    [[nodiscard]] Expression isRead() const { return leaf(readsWait() ? Kind::IsRead : Kind::No); }

    void read()
    {
        if (readsWait())
            add(step(Statement::Kind::ReadWait));
        if (readsFlag())
            add(step(Statement::Kind::ReadFlag));
        if (m_policy.deadline)
            add(declared("elapsed", leaf(Kind::Elapsed)));
    }

    void deadlineReached()
    {
        if (!m_policy.deadline)
            return;
        const Expression elapsed = variable("elapsed");
        const Expression deadline = millis(m_policy.deadline);
        const Expression failed = compared(Kind::Less, variable("status"), whole(100)) ||
                                  compared(Kind::GreaterEqual, variable("status"), whole(400));
        Expression late = compared(Kind::GreaterEqual, elapsed, deadline) && failed;
        if (m_policy.deadlineCutsAttempt)
            late = compared(Kind::Greater, elapsed, deadline) || late;
        add(when(late, {givenUp("the deadline is reached")}));
    }

    [[nodiscard]] Expression flagIs(Kind kind) const
    {
        return compared(kind, variable("flag"), whole(0)) &&
               compared(Kind::GreaterEqual, variable("status"), whole(400));
    }

    void unretried()
    {
        const Expression noAnswer = compared(Kind::Equal, variable("status"), whole(0));
        Expression retried = isOneOf(m_policy.statuses) || isOneOf(m_policy.anyMethodStatuses);
        if (m_rule && !m_rule->retriedWith.isEmpty())
            retried = retried || (isOneOf(m_rule->retriedWith) && isRead());
        retried = retried ||
                  (noAnswer && (failureIsRetried(m_policy.failures) || failureIsRetried(m_policy.anyMethodFailures)));
        if (readsFlag()) {
            add(when(flagIs(Kind::Less), {step(Statement::Kind::Return)}));
            retried = flagIs(Kind::Greater) || retried;
        }
        add(when(!retried, {when(noAnswer, {givenUp("this failure is not retried")}), step(Statement::Kind::Return)}));
    }

    /// Variables asked and isAsked.
    void asked()
    {
        using Unreadable = RetryAfterRule::Unreadable;
        if (!m_rule)
            return;
        const Expression applies = isOneOf(m_rule->statuses);
        if (readsWait() && m_rule->unreadable == Unreadable::GivesUp) {
            Expression present = leaf(Kind::No);
            for (const WaitHeader &header : m_rule->headers)
                present = present || leaf(Kind::Present, header.name);
            add(when(applies && !isRead() && present, ends("the wait asked for cannot be read")));
        }
        if (!m_rule->neededOn.isEmpty())
            add(when(applies && isOneOf(m_rule->neededOn) && !isRead(), {step(Statement::Kind::Return)}));
        m_hasAsked = readsWait() || m_rule->whenAbsent;
        if (!m_hasAsked)
            return;
        const Expression absent = number(m_rule->whenAbsent.value_or(Millis(0)).count());
        add(declaredTruth("hinted", m_rule->whenAbsent ? applies : applies && isRead()));
        add(declared("asked", readsWait() ? choose(isRead(), leaf(Kind::Read), absent) : absent));
    }

    [[nodiscard]] bool endsWithSleep() const
    {
        return (m_policy.sleepsAfterLastRetryAfter && m_hasAsked) ||
               m_policy.maxAttempts != std::floor(m_policy.maxAttempts);
    }

    [[nodiscard]] std::optional<Expression> isLast() const
    {
        if (!(m_policy.maxAttempts <= std::numeric_limits<int>::max()))
            return {};
        return compared(Kind::GreaterEqual, variable("attempt"), whole(static_cast<int>(m_policy.maxAttempts)));
    }

    void lastAttempt()
    {
        const std::optional<Expression> last = isLast();
        if (!last || m_policy.maxAttempts != std::floor(m_policy.maxAttempts))
            return;
        const bool sleeps = m_policy.sleepsAfterLastRetryAfter && m_hasAsked;
        add(when(sleeps ? *last && !truth("hinted") : *last, ends("no attempt is left")));
    }

    void terms()
    {
        using Negative = RetryAfterRule::Negative;
        using BeyondCap = RetryAfterRule::BeyondCap;
        if (!m_hasAsked)
            return;
        const Expression hinted = truth("hinted");
        const Expression asked = variable("asked");
        const Statement falls = assigned("hinted", leaf(Kind::No));
        const Expression negative = !compared(Kind::GreaterEqual, asked, number(0));
        if (m_rule->negative == Negative::GivesUp)
            add(when(hinted && negative, ends("the server forbids a retry")));
        else if (m_rule->negative != Negative::AsIs)
            add(when(hinted && negative, {m_rule->negative == Negative::Zero ? assigned("asked", number(0)) : falls}));
        if (m_rule->zeroIsAbsent)
            add(when(hinted && compared(Kind::Equal, asked, number(0)), {falls}));
        if (m_rule->cap) {
            const Expression beyond = hinted && compared(Kind::Greater, asked, millis(m_rule->cap));
            if (m_rule->beyondCap == BeyondCap::GiveUp)
                add(when(beyond, ends("the wait asked for is too long")));
            else
                add(when(beyond,
                         {m_rule->beyondCap == BeyondCap::FallBack ? falls : assigned("asked", millis(m_rule->cap))}));
        }
        if (m_rule->jitter > 0)
            add(assigned("asked", asked * (number(1) + number(m_rule->jitter) * leaf(Kind::Chance))));
    }

    /// `wait` becomes the next of the backoff. What it does not use is not declared: Go refuses that.
    [[nodiscard]] Statements ownWait(const Backoff &backoff) const
    {
        const Expression wait = throttled(&Writer::waitOf, backoff);
        Statements out{assigned("step", variable("step") + number(1))};
        if (isPolly(backoff) || mentions(wait, "chance"))
            out.push_back(declared("chance", leaf(Kind::Chance)));
        if (isPolly(backoff)) {
            const Expression t = variable("step") - number(1) + variable("chance");
            out.push_back(
                declared("reached", node(Kind::Pow, {number(2), t}) * one(Kind::Tanh, one(Kind::Sqrt, number(4) * t))));
        }
        if (mentions(wait, "nominal"))
            nominal(backoff, out);
        if (backoff.first) {
            const Expression isFirst = compared(Kind::Equal, variable("step"), number(1));
            out.push_back(assigned(
                "wait", choose(widens() ? isFirst && !truth("hinted") : isFirst, millis(backoff.first), wait)));
        } else {
            out.push_back(assigned("wait", wait));
        }
        if (carriesPrevious(backoff))
            out.push_back(assigned("previous", variable(isPolly(backoff) ? "reached" : "wait")));
        return out;
    }

    void nominal(const Backoff &backoff, Statements &out) const
    {
        out.push_back(declared("nominal", throttled(&Writer::nominalOf, backoff)));
        if (widens())
            out.push_back(
                when(truth("hinted"), {assigned("nominal", greatest(variable("nominal"), variable("asked")))}));
    }

    /// What is asked for is jittered like the backoff.
    [[nodiscard]] bool widens() const
    {
        return m_hasAsked && m_rule->against == RetryAfterRule::AgainstBackoff::MaxBeforeJitter;
    }

    [[nodiscard]] Expression nominalOf(const Backoff &backoff) const
    {
        return nominalExpression(backoff, m_policy.maxAttempts);
    }
    [[nodiscard]] Expression waitOf(const Backoff &backoff) const { return waitExpression(backoff); }

    /// An expression of the backoff; after a throttled attempt of the one with the other base.
    [[nodiscard]] Expression throttled(Expression (Writer::*expression)(const Backoff &) const,
                                       const Backoff &backoff) const
    {
        const Expression usual = (this->*expression)(backoff);
        const bool holdsBase = isPolly(backoff) || isDecorrelated(backoff) || expression == &Writer::nominalOf;
        if (!backoff.throttledBase || !holdsBase)
            return usual;
        Backoff other = backoff;
        other.base = *backoff.throttledBase;
        return choose(isOneOf(m_policy.throttledStatuses), (this->*expression)(other), usual);
    }

    void wait()
    {
        add(declared("wait", number(0)));
        backOff();
        timer();
        deadlineAhead();
        if (const auto last = isLast(); last && endsWithSleep())
            add(when(*last, {step(Statement::Kind::Sleep), givenUp("no attempt is left")}));
        add(step(Statement::Kind::Wait));
    }

    void backOff()
    {
        using Against = RetryAfterRule::AgainstBackoff;
        const Backoff &backoff = m_policy.backoff;
        Statements own = ownWait(backoff);
        if (m_hasAsked && m_rule->against == Against::Wins) {
            Statements taken{assigned("wait", variable("asked"))};
            if (m_rule->resetsBackoff)
                taken.push_back(assigned("step", number(0)));
            else if (m_rule->advancesBackoff)
                taken.push_back(assigned("step", variable("step") + number(1)));
            if (m_rule->resetsBackoff && carriesPrevious(backoff))
                taken.push_back(assigned("previous", number(initialPrevious(backoff))));
            return add(when(truth("hinted"), std::move(taken), std::move(own)));
        }
        std::move(own.begin(), own.end(), std::back_inserter(m_out));
        if (!m_hasAsked || m_rule->against == Against::MaxBeforeJitter)
            return;
        const Expression wait = variable("wait");
        const Expression held = least(variable("asked"), wait + millis(m_rule->mostAboveBackoff));
        const Expression asked = m_rule->mostAboveBackoff ? held : variable("asked");
        add(when(truth("hinted"), {assigned("wait", m_rule->against == Against::Added ? variable("asked") + wait
                                                                                      : greatest(asked, wait))}));
    }

    void timer()
    {
        constexpr double int32Max = 2147483647;
        const Expression wait = variable("wait");
        const bool isNode = m_policy.timer == TimerKind::Node;
        const Expression usual = compared(Kind::GreaterEqual, wait, number(isNode ? 1 : 0)) &&
                                 (isNode ? compared(Kind::LessEqual, wait, number(int32Max)) : leaf(Kind::Yes));
        if (m_hasAsked || isNode) // the backoff alone is never NaN or negative
            add(when(!usual, {assigned("wait", number(isNode ? 1 : 0))}));
        if (!isNode && isUnlimited())
            add(assigned("wait", least(wait, number(longestWait))));
    }

    /// Nothing else keeps a wait below what a timer takes.
    [[nodiscard]] bool isUnlimited() const
    {
        constexpr double manyAttempts = 30;
        const bool askedFor = m_hasAsked && !m_rule->cap;
        return askedFor || (!m_policy.backoff.cap && m_policy.maxAttempts > manyAttempts);
    }

    void deadlineAhead()
    {
        if (!m_policy.deadline || m_policy.deadlineWait == DeadlineWait::Unchecked)
            return;
        const Expression left = millis(m_policy.deadline) - variable("elapsed");
        if (m_policy.deadlineWait == DeadlineWait::Clamped)
            add(assigned("wait", greatest(number(0), least(variable("wait"), left))));
        else
            add(when(compared(Kind::GreaterEqual, variable("wait"), left),
                     {givenUp("the deadline comes before the next attempt")}));
    }

    const RetryPolicy &m_policy;
    const std::optional<RetryAfterRule> &m_rule;
    bool m_hasAsked = false;
    Statements m_out;
};

} // namespace

Expression isOneOf(const StatusSet &set)
{
    const Expression status = variable("status");
    Expression any = leaf(Kind::No);
    for (const auto &[first, last] : set.ranges) {
        const Expression within = first == last ? compared(Kind::Equal, status, whole(first))
                                                : compared(Kind::GreaterEqual, status, whole(first)) &&
                                                      compared(Kind::LessEqual, status, whole(last));
        any = any || within;
    }
    return any;
}

Expression nominalExpression(const Backoff &backoff, double maxAttempts)
{
    const double cap = backoff.cap && !backoff.capAfterJitter ? backoff.cap->count() : noLimit;
    const Expression base = number(backoff.base.count());
    const Expression step = variable("step");
    Expression wait = base;
    switch (backoff.shape) {
    case BackoffShape::Linear:
        wait = base * step;
        break;
    case BackoffShape::Exponential:
        wait = backoff.truncatesGrowth ? truncatedGrowth(backoff, cap, maxAttempts)
                                       : base * growth(backoff.factor, maxAttempts);
        break;
    case BackoffShape::Fibonacci:
        wait = fibonacci(backoff, cap, maxAttempts);
        break;
    case BackoffShape::Power:
        wait = base * node(Kind::Pow, {step - number(1), number(backoff.factor)});
        break;
    case BackoffShape::Table:
        wait = backoff.table.empty() ? base : table(countsOf(backoff.table));
        break;
    case BackoffShape::Constant:
    case BackoffShape::PollyV2:
        break;
    }
    return least(wait, number(cap));
}

Expression waitExpression(const Backoff &backoff)
{
    if (isPolly(backoff))
        return pollyWait(backoff);
    if (isDecorrelated(backoff))
        return decorrelatedWait(backoff);
    const Expression wait = spread(backoff);
    return floored(backoff, backoff.capAfterJitter && backoff.rounding == Rounding::Nearest
                                ? least(wait, millis(backoff.cap))
                                : wait);
}

double initialPrevious(const Backoff &backoff)
{
    return isPolly(backoff) ? 0 : backoff.base.count();
}

bool carriesPrevious(const Backoff &backoff)
{
    return isPolly(backoff) || isDecorrelated(backoff);
}

Expression timeoutExpression(const RetryPolicy &policy)
{
    const Expression own = millis(policy.attemptTimeout);
    if (!policy.deadline || !policy.deadlineCutsAttempt)
        return own;
    const Expression left = millis(policy.deadline) - leaf(Kind::Elapsed);
    const Expression held = policy.attemptTimeout ? least(left, own) : left;
    if (policy.deadlineWait == DeadlineWait::Unchecked)
        return choose(compared(Kind::Greater, left, number(0)), held, own);
    return greatest(number(0), held);
}

Statements afterAttempt(const RetryPolicy &policy)
{
    return Writer(policy).run();
}

} // namespace errata::code
