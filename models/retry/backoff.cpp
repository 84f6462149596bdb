#include "models/retry/backoff.h"

#include <cmath>
#include <tuple>
#include <utility>

namespace errata {

namespace {

constexpr double int32Max = 2147483647.0;
constexpr double longestWait = 100 * 365.25 * 86'400'000.0;
constexpr double medianOfFirst = 1.4; ///< of Polly's formula, as it has it
constexpr double noLimit = std::numeric_limits<double>::infinity();

double fibonacci(int n)
{
    double a = 0;
    double b = 1;
    for (int i = 1; i < n && std::isfinite(b); ++i)
        a = std::exchange(b, a + b);
    return b;
}

/// base * factor^(n-1), each step cut to whole milliseconds.
double truncatedGrowth(double base, double factor, int n)
{
    double wait = std::floor(base);
    for (int i = 1; i < n && wait < longestWait; ++i)
        wait = std::floor(wait * factor);
    return wait;
}

/// Without the list of BackoffShape::Table.
double grown(BackoffShape shape, double base, double factor, bool truncates, int n)
{
    switch (shape) {
    case BackoffShape::Linear:
        return base * n;
    case BackoffShape::Exponential:
        return truncates ? truncatedGrowth(base, factor, n) : base * std::pow(factor, n - 1);
    case BackoffShape::Fibonacci:
        return base * fibonacci(n);
    case BackoffShape::Power:
        return base * std::pow(n - 1, factor);
    case BackoffShape::Constant:
    case BackoffShape::Table:
    case BackoffShape::PollyV2:
        break;
    }
    return base;
}

Bounds ordered(double actual, double a, double b)
{
    return {Millis(actual), Millis(std::min(a, b)), Millis(std::max(a, b))};
}

} // namespace

std::pair<double, double> jitterParts(const Backoff &backoff)
{
    switch (backoff.jitter) {
    case Jitter::None:
    case Jitter::Decorrelated:
        break;
    case Jitter::Full:
        return {0, 1};
    case Jitter::Equal:
        return {0.5, 0.5};
    case Jitter::Additive:
        return {1, backoff.ratio};
    case Jitter::Symmetric:
        return {1 - backoff.ratio, 2 * backoff.ratio};
    case Jitter::Range:
        return {backoff.from, backoff.to - backoff.from};
    }
    return {1, 0};
}

PreparedBackoff::PreparedBackoff(const Backoff &backoff)
    : m_hasFirst(backoff.first)
    , m_lowIsPrevious(backoff.decorrelatedLow == DecorrelatedLow::Previous)
    , m_plus(backoff.plus.count())
    , m_least(backoff.least.count())
    , m_base(backoff.base.count())
    , m_cap(backoff.cap ? backoff.cap->count() : noLimit)
    , m_first(backoff.first.value_or(Millis(0)).count())
    , m_grain(backoff.grain.count())
    , m_factor(backoff.factor)
    , m_steps(backoff.steps)
    , m_rounding(backoff.rounding)
    , m_shape(backoff.shape)
    , m_capsNominal(!backoff.capAfterJitter)
    , m_truncatesGrowth(backoff.truncatesGrowth)
{
    if (backoff.shape == BackoffShape::PollyV2)
        m_kind = Kind::PollyV2;
    else if (backoff.jitter == Jitter::Decorrelated)
        m_kind = Kind::Decorrelated;
    std::tie(m_from, m_span) = jitterParts(backoff);
    if (backoff.capAfterJitter)
        m_capAfter = m_cap;
    m_isContinuous = m_steps == 0 && m_grain <= 0 && m_rounding == Rounding::None;
    m_usesChance = m_kind != Kind::Plain || backoff.jitter != Jitter::None || m_plus > 0;
    tabulate(backoff);
}

void PreparedBackoff::tabulate(const Backoff &backoff)
{
    for (int n = 1; n <= tabled; ++n) {
        const auto index = static_cast<std::size_t>(n - 1);
        if (backoff.shape == BackoffShape::Table && !backoff.table.empty()) {
            const double wait = backoff.table[std::min(index, backoff.table.size() - 1)].count();
            m_nominal[index] = m_capsNominal ? std::min(wait, m_cap) : wait;
        } else {
            m_nominal[index] = beyondTable(n);
        }
    }
}

double PreparedBackoff::beyondTable(int n) const
{
    if (m_shape == BackoffShape::Table)
        return m_nominal.back();
    const double wait = grown(m_shape, m_base, m_factor, m_truncatesGrowth, n);
    return m_capsNominal ? std::min(wait, m_cap) : wait;
}

double PreparedBackoff::rounded(double wait) const
{
    switch (m_rounding) {
    case Rounding::None:
        break;
    case Rounding::Down:
        return std::floor(wait);
    case Rounding::Nearest:
        return std::floor(wait + 0.5);
    }
    return wait;
}

double PreparedBackoff::granular(double wait, double r) const
{
    if (m_steps > 0)
        r = std::floor(r * m_steps) / m_steps;
    if (m_grain > 0) {
        const double grains = std::floor(wait * m_span / m_grain);
        return wait * m_from + std::min(std::floor(r * (grains + 1)), grains) * m_grain;
    }
    // The cap once more: what is rounded up stays below it.
    return rounded(std::min(wait * m_from + r * wait * m_span + r * m_plus, m_capAfter));
}

double PreparedBackoff::pollyAt(int n, double r)
{
    const double t = n - 1 + r;
    return std::exp2(t) * std::tanh(std::sqrt(4 * t));
}

double PreparedBackoff::advancePolly(int n, double r, double &previous) const
{
    const double before = std::exchange(previous, pollyAt(n, r));
    if (n == 1 && m_hasFirst)
        return m_first;
    return std::max(std::min((previous - before) / medianOfFirst * m_base, m_cap), m_least);
}

double PreparedBackoff::otherWait(int n, double r, double previous) const
{
    if (n == 1 && m_hasFirst)
        return m_first;
    if (m_kind == Kind::PollyV2)
        return advancePolly(n, r, previous);
    const double low = m_lowIsPrevious ? previous : m_base;
    const double high = m_lowIsPrevious ? std::min(m_cap, 3 * previous) : 3 * previous;
    const double wait = low + r * (std::max(low, high) - low);
    return std::max(std::min(wait, m_cap), m_least);
}

Bounds PreparedBackoff::bounds(int n, double r, const Bounds &previous) const
{
    const double most = mostChance();
    if (m_kind == Kind::Plain)
        return ordered(wait(n, r, 0), wait(n, 0, 0), wait(n, most, 0));
    // Polly subtracts what came before, decorrelated jitter grows with it.
    const bool subtracts = m_kind == Kind::PollyV2;
    const double shortest = subtracts ? previous.max.count() : previous.min.count();
    const double longest = subtracts ? previous.min.count() : previous.max.count();
    return {Millis(wait(n, r, previous.actual.count())), Millis(wait(n, 0, shortest)), Millis(wait(n, most, longest))};
}

Bounds PreparedBackoff::carry(int n, double r, const Bounds &wait) const
{
    if (m_kind != Kind::PollyV2)
        return wait;
    return {Millis(pollyAt(n, r)), Millis(pollyAt(n, 0)), Millis(pollyAt(n, 1))};
}

Bounds PreparedBackoff::growth(const Bounds &before, const Bounds &after) const
{
    const double scale = m_base / medianOfFirst;
    return {(after.actual - before.actual) * scale, (after.min - before.min) * scale, (after.max - before.max) * scale};
}

Bounds PreparedBackoff::spread(const Bounds &wait, double r) const
{
    const double most = mostChance();
    const Bounds least = ordered(0, spread(wait.min.count(), 0), spread(wait.min.count(), most));
    const Bounds longest = ordered(0, spread(wait.max.count(), 0), spread(wait.max.count(), most));
    return {Millis(spread(wait.actual.count(), r)), least.min, longest.max};
}

Millis nominalWait(const Backoff &backoff, int n)
{
    return Millis(PreparedBackoff(backoff).nominal(n));
}

double oddTimedWait(TimerKind timer, double asked)
{
    switch (timer) {
    case TimerKind::Node:
        return asked >= 1 && asked <= int32Max ? asked : 1;
    case TimerKind::Browser: {
        if (asked >= 0 && asked <= int32Max)
            return asked;
        if (!std::isfinite(asked))
            return 0;
        // ToInt32 (ECMA-262): modulo 2^32, the upper half negative.
        const double wrapped = std::fmod(std::trunc(asked), 4294967296.0);
        const double positive = wrapped < 0 ? wrapped + 4294967296.0 : wrapped;
        return positive <= int32Max ? positive : 0;
    }
    case TimerKind::Exact:
        break;
    }
    return std::isnan(asked) ? 0 : std::clamp(asked, 0.0, longestWait);
}

Bounds timedWait(TimerKind timer, const Bounds &asked)
{
    const bool overflows = timer != TimerKind::Exact && asked.min < asked.max && asked.max.count() > int32Max;
    if (overflows)
        return {timedWait(timer, asked.actual), timedWait(timer, Millis(0)), Millis(int32Max)};
    return {timedWait(timer, asked.actual), timedWait(timer, asked.min), timedWait(timer, asked.max)};
}

} // namespace errata
