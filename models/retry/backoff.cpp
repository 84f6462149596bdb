#include "models/retry/backoff.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace errata {

namespace {

constexpr double int32Max = 2147483647.0;
constexpr Millis longestWait{100 * 365.25 * 86'400'000.0};

double fibonacci(int n)
{
    double a = 0;
    double b = 1;
    for (int i = 1; i < n && std::isfinite(b); ++i)
        a = std::exchange(b, a + b);
    return b;
}

double uncapped(const Backoff &backoff, int n)
{
    const double base = backoff.base.count();
    switch (backoff.shape) {
    case BackoffShape::Constant:
        return base;
    case BackoffShape::Linear:
        return base * n;
    case BackoffShape::Exponential:
        return base * std::pow(backoff.factor, n - 1);
    case BackoffShape::Fibonacci:
        return base * fibonacci(n);
    case BackoffShape::Table:
        return backoff.table[std::min(static_cast<std::size_t>(n), backoff.table.size()) - 1].count();
    }
    return base;
}

double capped(const Backoff &backoff, double wait)
{
    return backoff.cap ? std::min(wait, backoff.cap->count()) : wait;
}

/// Jitter over the nominal wait \a w.
double jittered(const Backoff &backoff, double w, double r)
{
    switch (backoff.jitter) {
    case Jitter::None:
    case Jitter::Decorrelated:
        return w;
    case Jitter::Full:
        return r * w;
    case Jitter::Equal:
        return w / 2 + r * (w / 2);
    case Jitter::Additive:
        return w + r * w * backoff.ratio;
    case Jitter::Symmetric:
        return w * (1 - backoff.ratio + 2 * r * backoff.ratio);
    }
    return w;
}

double decorrelated(const Backoff &backoff, double r, double previous)
{
    const double base = backoff.base.count();
    return capped(backoff, base + r * (3 * previous - base));
}

double finished(const Backoff &backoff, double nominal, double r)
{
    const double wait = jittered(backoff, nominal, r);
    return backoff.capAfterJitter ? capped(backoff, wait) : wait;
}

bool isBlank(char c)
{
    // White space and line ends of ECMA-262 that a header value, read as Latin-1, can hold.
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\xa0';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// StrUnsignedDecimalLiteral without Infinity: "1", "1.", ".5", "1.5e-3".
bool isDecimal(QByteArrayView text)
{
    qsizetype i = 0;
    const auto digits = [&] {
        const qsizetype from = i;
        while (i < text.size() && isDigit(text[i]))
            ++i;
        return i - from;
    };
    qsizetype mantissa = digits();
    if (i < text.size() && text[i] == '.') {
        ++i;
        mantissa += digits();
    }
    if (mantissa == 0)
        return false;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-'))
            ++i;
        if (digits() == 0)
            return false;
    }
    return i == text.size();
}

/// "0x1F", "0o17", "0b11"; no sign.
std::optional<double> prefixedInteger(QByteArrayView text)
{
    if (text.size() < 3 || text[0] != '0')
        return {};
    const char letter = static_cast<char>(text[1] | 0x20);
    const int radix = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (radix == 0)
        return {};
    double value = 0;
    for (const char c : text.sliced(2)) {
        const char lower = static_cast<char>(c | 0x20);
        const int digit = isDigit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : radix;
        if (digit >= radix)
            return std::numeric_limits<double>::quiet_NaN();
        value = value * radix + digit;
    }
    return value;
}

} // namespace

Millis nominalWait(const Backoff &backoff, int n)
{
    const double wait = uncapped(backoff, n);
    return Millis(backoff.capAfterJitter ? wait : capped(backoff, wait));
}

Millis jitteredWait(const Backoff &backoff, int n, double r, std::optional<Millis> previous)
{
    if (backoff.jitter == Jitter::Decorrelated)
        return Millis(decorrelated(backoff, r, previous.value_or(backoff.base).count()));
    return Millis(finished(backoff, nominalWait(backoff, n).count(), r));
}

Bounds backoffWait(const Backoff &backoff, int n, double r, const std::optional<Bounds> &previous)
{
    if (backoff.jitter == Jitter::Decorrelated) {
        const Bounds before = previous.value_or(Bounds::exactly(backoff.base));
        return {Millis(decorrelated(backoff, r, before.actual.count())),
                Millis(decorrelated(backoff, 0, before.min.count())),
                Millis(decorrelated(backoff, 1, before.max.count()))};
    }
    const double nominal = nominalWait(backoff, n).count();
    return {Millis(finished(backoff, nominal, r)), Millis(finished(backoff, nominal, 0)),
            Millis(finished(backoff, nominal, 1))};
}

Millis timedWait(TimerKind timer, Millis asked)
{
    const double ms = asked.count();
    switch (timer) {
    case TimerKind::Node:
        return ms >= 1 && ms <= int32Max ? asked : Millis(1);
    case TimerKind::Browser: {
        if (ms >= 0 && ms <= int32Max)
            return asked;
        if (!std::isfinite(ms))
            return Millis(0);
        // ToInt32 (ECMA-262): modulo 2^32, the upper half negative.
        const double wrapped = std::fmod(std::trunc(ms), 4294967296.0);
        const double positive = wrapped < 0 ? wrapped + 4294967296.0 : wrapped;
        return positive <= int32Max ? Millis(positive) : Millis(0);
    }
    case TimerKind::Exact:
        break;
    }
    return std::isnan(ms) ? Millis(0) : std::clamp(asked, Millis(0), longestWait);
}

Bounds timedWait(TimerKind timer, const Bounds &asked)
{
    const bool overflows = timer != TimerKind::Exact && asked.min < asked.max && asked.max.count() > int32Max;
    if (overflows)
        return {timedWait(timer, asked.actual), timedWait(timer, Millis(0)), Millis(int32Max)};
    return {timedWait(timer, asked.actual), timedWait(timer, asked.min), timedWait(timer, asked.max)};
}

double jsNumber(QByteArrayView text)
{
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    if (text.isEmpty())
        return 0;
    if (const std::optional<double> integer = prefixedInteger(text))
        return *integer;
    const bool negative = text.front() == '-';
    if (negative || text.front() == '+')
        text = text.sliced(1);
    const double sign = negative ? -1 : 1;
    if (text == QByteArrayView("Infinity"))
        return sign * std::numeric_limits<double>::infinity();
    if (!isDecimal(text))
        return std::numeric_limits<double>::quiet_NaN();
    // QLocale gives infinity beyond the range, as ECMAScript does; QByteArray::toDouble would give 0.
    return sign * QLocale::c().toDouble(QString::fromLatin1(text));
}

} // namespace errata
