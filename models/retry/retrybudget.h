// What is left of a client's allowance for retries.
#pragma once

#include "models/retry/retrypolicy.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace errata {

/// A value: copy it to ask what would be. The runs of one client share one, in the order of time.
class BudgetState
{
public:
    BudgetState() = default;
    explicit BudgetState(const RetryBudget &budget) : m_tokens(budget.capacity) {}

    /// A request's first attempt.
    void begins(const RetryBudget &budget, double now)
    {
        ++m_active;
        if (budget.kind == RetryBudget::Kind::Ratio)
            slot(budget, now) += budget.ratio;
    }

    /// An attempt has failed in a way the policy retries, or was told not to.
    void failed(const RetryBudget &budget)
    {
        if (budget.kind == RetryBudget::Kind::Throttle)
            m_tokens = std::max(0.0, m_tokens - 1);
    }

    /// Takes what a retry costs, if it is there.
    [[nodiscard]] bool take(const RetryBudget &budget, double cost, double now)
    {
        switch (budget.kind) {
        case RetryBudget::Kind::Tokens:
            if (m_tokens < cost)
                return false;
            m_tokens -= cost;
            return true;
        case RetryBudget::Kind::Throttle:
            return m_tokens > budget.capacity / 2;
        case RetryBudget::Kind::Ratio:
            if (available(budget, now) < 1)
                return false;
            slot(budget, now) -= 1;
            return true;
        case RetryBudget::Kind::Concurrent:
            if (m_retrying + 1 > std::max(budget.least, budget.ratio * m_active))
                return false;
            ++m_retrying;
            return true;
        }
        return true;
    }

    /// The answer is there. \a lastCost is what the retry before it took, 0 for a first attempt.
    void succeeded(const RetryBudget &budget, double lastCost)
    {
        if (budget.kind == RetryBudget::Kind::Tokens)
            m_tokens = std::min(budget.capacity, m_tokens + (lastCost > 0 ? lastCost : budget.successGain));
        else if (budget.kind == RetryBudget::Kind::Throttle)
            m_tokens = std::min(budget.capacity, m_tokens + budget.ratio);
    }

    /// The run is over, or, with \a retrying, its retry under way has come back.
    void ends(bool retrying)
    {
        if (retrying)
            m_retrying = std::max(0, m_retrying - 1);
        else
            m_active = std::max(0, m_active - 1);
    }

    /// Tokens, or how many retries the last window still allows.
    [[nodiscard]] double left(const RetryBudget &budget, double now)
    {
        if (budget.kind == RetryBudget::Kind::Ratio)
            return available(budget, now);
        if (budget.kind == RetryBudget::Kind::Concurrent)
            return std::max(budget.least, budget.ratio * m_active) - m_retrying;
        return m_tokens;
    }

private:
    static constexpr std::size_t parts = 10; ///< as tower and Finagle divide their window

    /// What came and went within the tenth of the window that \a now lies in.
    double &slot(const RetryBudget &budget, double now)
    {
        const double width = budget.window.count() / static_cast<double>(parts);
        const auto tick = static_cast<long long>(std::floor(now / width));
        const long long gone = std::min<long long>(tick - m_tick, static_cast<long long>(parts));
        for (long long i = 1; i <= gone; ++i)
            m_window[static_cast<std::size_t>((m_tick + i) % static_cast<long long>(parts))] = 0;
        m_tick = std::max(m_tick, tick);
        return m_window[static_cast<std::size_t>(m_tick % static_cast<long long>(parts))];
    }

    double available(const RetryBudget &budget, double now)
    {
        slot(budget, now);
        double sum = budget.perSecond * budget.window.count() / 1000;
        for (const double change : m_window)
            sum += change;
        return sum;
    }

    double m_tokens = 0;
    std::array<double, parts> m_window{};
    long long m_tick = 0;
    int m_active = 0;
    int m_retrying = 0;
};

} // namespace errata
