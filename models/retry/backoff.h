// Waits before a retry, as pure functions.
#pragma once

#include "models/retry/bounds.h"
#include "models/retry/retrypolicy.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace errata {

/// Of a wait: the part that is sure, and the part that a random number in [0, 1] is multiplied with.
[[nodiscard]] std::pair<double, double> jitterParts(const Backoff &backoff);

/// A backoff ready to be asked often: a value without lists, its growth looked up instead of computed.
/// `previous` is what decorrelated jitter and Polly's formula carry from one wait to the next.
class PreparedBackoff
{
public:
    PreparedBackoff() : PreparedBackoff(Backoff{}) {}
    explicit PreparedBackoff(const Backoff &backoff);

    /// A wait needs a random number.
    [[nodiscard]] bool usesChance() const { return m_usesChance; }
    /// Decorrelated jitter and Polly's formula need `previous`.
    [[nodiscard]] bool carries() const { return m_kind != Kind::Plain; }
    /// Before the first wait.
    [[nodiscard]] double initial() const { return m_kind == Kind::PollyV2 ? 0 : m_base; }

    /// The wait in ms before retry \a n (from 1), before jitter; capped unless the cap comes after jitter.
    [[nodiscard]] double nominal(int n) const
    {
        return n <= tabled ? m_nominal[static_cast<std::size_t>(n - 1)] : beyondTable(n);
    }

    /// Jitter, cap, rounding and floor over a nominal wait; \a r in [0, 1].
    [[nodiscard]] double spread(double wait, double r) const
    {
        const double finite = std::min(wait, std::numeric_limits<double>::max()); // 0 * infinity is no number
        const double jittered =
            m_isContinuous ? finite * m_from + r * finite * m_span + r * m_plus : granular(finite, r);
        return std::max(std::min(jittered, m_capAfter), m_least);
    }

    /// The wait in ms before retry \a n.
    [[nodiscard]] double wait(int n, double r, double previous) const
    {
        if (m_kind == Kind::Plain && !(n == 1 && m_hasFirst))
            return spread(nominal(n), r);
        return otherWait(n, r, previous);
    }

    /// What the next wait is given as `previous`.
    [[nodiscard]] double carry(int n, double r, double wait) const
    {
        return m_kind == Kind::PollyV2 ? pollyAt(n, r) : wait;
    }

    /// wait(), and \a previous becomes what it carries: one evaluation for both.
    [[nodiscard]] double advance(int n, double r, double &previous) const
    {
        if (m_kind == Kind::PollyV2)
            return advancePolly(n, r, previous);
        const double length = wait(n, r, previous);
        if (m_kind == Kind::Decorrelated)
            previous = length;
        return length;
    }

    /// wait() for \a r and for the ends of its range.
    [[nodiscard]] Bounds bounds(int n, double r, const Bounds &previous) const;
    [[nodiscard]] Bounds carry(int n, double r, const Bounds &wait) const;
    /// Polly's waits are differences: what one adds takes away what the others did, so their sum has closer bounds
    /// than the waits have. Not where a cap or a floor cuts in.
    [[nodiscard]] bool telescopes() const
    {
        return m_kind == Kind::PollyV2 && !m_hasFirst && m_cap > 1e300 && m_least <= 0;
    }
    /// What the bounds of the sum grow by from one `previous` to the next.
    [[nodiscard]] Bounds growth(const Bounds &before, const Bounds &after) const;
    /// spread() of a range of waits.
    [[nodiscard]] Bounds spread(const Bounds &wait, double r) const;

private:
    enum class Kind { Plain, Decorrelated, PollyV2 };
    static constexpr int tabled = 64;

    void tabulate(const Backoff &backoff);
    [[nodiscard]] double beyondTable(int n) const;
    [[nodiscard]] double granular(double wait, double r) const;
    [[nodiscard]] double otherWait(int n, double r, double previous) const;
    [[nodiscard]] double rounded(double wait) const;
    [[nodiscard]] double advancePolly(int n, double r, double &previous) const;
    [[nodiscard]] static double pollyAt(int n, double r);
    /// The largest number chance gives, or the limit of all where that makes no difference.
    [[nodiscard]] double mostChance() const { return m_isContinuous ? 1 : 1 - 0x1p-53; }

    Kind m_kind = Kind::Plain;
    bool m_usesChance = false;
    bool m_isContinuous = true;
    bool m_hasFirst = false;
    bool m_lowIsPrevious = false;
    double m_from = 1;
    double m_span = 0;
    double m_plus = 0;
    double m_capAfter = std::numeric_limits<double>::infinity();
    double m_least = 0;
    double m_base = 0;
    double m_cap = std::numeric_limits<double>::infinity();
    double m_first = 0;
    double m_grain = 0;
    double m_factor = 2;
    int m_steps = 0;
    Rounding m_rounding = Rounding::None;
    BackoffShape m_shape = BackoffShape::Constant;
    bool m_capsNominal = false;
    bool m_truncatesGrowth = false;
    std::array<double, tabled> m_nominal{};
};

/// The wait before retry \a n (from 1), before jitter; capped unless the cap comes after jitter.
/// Infinite where an uncapped one overflows.
[[nodiscard]] Millis nominalWait(const Backoff &backoff, int n);

/// What the timer makes of a wait in ms that is not within 1 ... 2147483647.
[[nodiscard]] double oddTimedWait(TimerKind timer, double asked);

/// What the timer makes of a wait; never NaN or negative, at most 100 years.
[[nodiscard]] inline Millis timedWait(TimerKind timer, Millis asked)
{
    const bool usual = asked.count() >= 1 && asked.count() <= 2147483647.0;
    return usual ? asked : Millis(oddTimedWait(timer, asked.count()));
}
/// The same with bounds; where the interval crosses the end of the timer's range, anything within it.
[[nodiscard]] Bounds timedWait(TimerKind timer, const Bounds &asked);

} // namespace errata
