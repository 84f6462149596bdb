// Which closed form holds for a policy: found by asking the machine itself, so that no switch of a policy can be
// forgotten here.
#include "models/retry/exactdistribution.h"
#include "models/retry/exactlaws.h"
#include "models/retry/preparedoutcomes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace errata {

namespace {

constexpr std::size_t mostCourses = 128;
constexpr int mostAttempts = 64;
constexpr double topOfChance = 1 - 0x1p-53;

/// Numbers of chance given beforehand, 0.5 beyond them.
class GivenNumbers
{
public:
    explicit GivenNumbers(const std::vector<double> &numbers) : m_numbers(numbers) {}
    double uniform()
    {
        const std::size_t i = m_drawn++;
        return i < m_numbers.size() ? m_numbers[i] : 0.5;
    }
    [[nodiscard]] std::size_t drawn() const { return m_drawn; }

private:
    const std::vector<double> &m_numbers;
    std::size_t m_drawn = 0;
};

/// How a run went.
struct Course
{
    double total = 0;
    Verdict verdict = Verdict::GaveUp;
    Reason reason = Reason::Success;
    int attempts = 0;
    std::size_t drawn = 0;

    /// The same happened, whenever.
    [[nodiscard]] bool isLike(const Course &other) const
    {
        return verdict == other.verdict && reason == other.reason && attempts == other.attempts && drawn == other.drawn;
    }
};

/// One course of events: what each attempt brings is fixed, only the waits are left to chance.
class Probe
{
public:
    Probe(const RetryPolicy &policy, const PreparedPolicy &prepared, const RandomOutcomes &outcomes,
          const QDateTime &wallTime)
        : m_policy(policy), m_prepared(prepared), m_outcomes(policy, usualRequest(policy), outcomes, wallTime)
    {
        m_middle = run({});
        m_scale = std::max(1.0, std::abs(m_middle.total));
    }

    [[nodiscard]] const Course &middle() const { return m_middle; }
    [[nodiscard]] std::shared_ptr<const ExactLaw> law() const
    {
        if (m_middle.reason == Reason::SimulationLimit || !std::isfinite(m_middle.total))
            return nullptr;
        if (m_middle.drawn == 0)
            return atomLaw(m_middle.total);
        if (m_policy.backoff.jitter == Jitter::Decorrelated)
            return decorrelated();
        return m_policy.backoff.shape == BackoffShape::PollyV2 ? telescoping() : sumOfUniforms();
    }

private:
    [[nodiscard]] Course run(const std::vector<double> &numbers) const
    {
        GivenNumbers random(numbers);
        Course course;
        const auto end =
            driveRun(m_prepared, m_outcomes, random, [&course](int n, double, bool) { course.attempts = n; });
        course.total = end.until.count();
        course.verdict = end.verdict;
        course.reason = end.reason;
        course.drawn = random.drawn();
        return course;
    }

    /// The same course of events, and its total is \a expected.
    [[nodiscard]] bool holds(const std::vector<double> &numbers, double expected) const
    {
        const Course course = run(numbers);
        return course.isLike(m_middle) && std::abs(course.total - expected) <= 1e-9 * m_scale;
    }

    /// Numbers that no formula would fit by accident: the corners, and others that look like chance.
    [[nodiscard]] std::vector<std::vector<double>> samples() const
    {
        const std::size_t count = m_middle.drawn;
        std::vector<std::vector<double>> all{std::vector<double>(count, 0.0), std::vector<double>(count, topOfChance)};
        for (const double turn : {0.618033988749895, 0.414213562373095, 0.732050807568877}) {
            std::vector<double> numbers;
            numbers.reserve(count);
            for (std::size_t i = 0; i < count; ++i)
                numbers.push_back(std::fmod(turn * static_cast<double>(i + 1), 1.0));
            all.push_back(std::move(numbers));
        }
        return all;
    }

    /// The total is linear in every number of chance by itself, and in all together.
    [[nodiscard]] std::shared_ptr<const ExactLaw> sumOfUniforms() const
    {
        std::vector<double> slopes;
        slopes.reserve(m_middle.drawn);
        std::vector<double> numbers(m_middle.drawn, 0.5);
        for (double &number : numbers) {
            number = 0;
            const double slope = (m_middle.total - run(numbers).total) * 2;
            for (const double r : {0.0, 0.123456789, 0.3141592653589793, 0.87654321, topOfChance}) {
                number = r;
                if (!holds(numbers, m_middle.total + slope * (r - 0.5)))
                    return nullptr;
            }
            number = 0.5;
            slopes.push_back(slope);
        }
        for (const std::vector<double> &sample : samples()) {
            double expected = m_middle.total;
            for (std::size_t i = 0; i < sample.size(); ++i)
                expected += slopes[i] * (sample[i] - 0.5);
            if (!holds(sample, expected))
                return nullptr;
        }
        std::vector<double> widths;
        double least = m_middle.total;
        for (const double slope : slopes) {
            least -= std::abs(slope) / 2;
            if (std::abs(slope) > 1e-12 * m_scale)
                widths.push_back(std::abs(slope));
        }
        return widths.empty() ? atomLaw(m_middle.total) : sumOfUniformsLaw(least, std::move(widths));
    }

    /// What is left of the total when the waits of \a formula are taken away does not depend on chance.
    template <typename Formula>
    [[nodiscard]] std::optional<double> offsetOf(Formula formula) const
    {
        const std::vector<double> halves(m_middle.drawn, 0.5);
        const double offset = m_middle.total - formula(halves);
        for (const std::vector<double> &sample : samples()) {
            if (!holds(sample, offset + formula(sample)))
                return {};
        }
        return offset;
    }

    [[nodiscard]] std::shared_ptr<const ExactLaw> decorrelated() const
    {
        const double base = m_policy.backoff.base.count();
        const double cap = m_policy.backoff.cap.value_or(Millis(INFINITY)).count();
        if (!(base > 0 && base < cap))
            return nullptr;
        const auto offset = offsetOf([&](const std::vector<double> &numbers) {
            double sum = 0;
            double wait = base;
            for (const double r : numbers) {
                wait = std::min(cap, base + r * (3 * wait - base));
                sum += wait;
            }
            return sum;
        });
        return offset ? decorrelatedLaw(*offset, base, cap, static_cast<int>(m_middle.drawn)) : nullptr;
    }

    [[nodiscard]] std::shared_ptr<const ExactLaw> telescoping() const
    {
        const double scale = m_policy.backoff.base.count() / 1.4;
        const auto waits = static_cast<int>(m_middle.drawn);
        const auto offset = offsetOf(
            [&](const std::vector<double> &numbers) { return scale * telescopingAt(waits - 1 + numbers.back()); });
        return offset ? telescopingLaw(*offset, scale, waits) : nullptr;
    }

    const RetryPolicy &m_policy;
    const PreparedPolicy &m_prepared;
    PreparedOutcomes m_outcomes;
    Course m_middle;
    double m_scale = 1;
};

/// Every course of events, with its share.
class Courses
{
public:
    Courses(const RetryPolicy &policy, const RandomOutcomes &outcomes, const QDateTime &wallTime)
        : m_policy(policy)
        , m_outcomes(outcomes)
        , m_wallTime(wallTime)
        , m_prepared(prepare(policy, usualRequest(policy)))
    {
    }

    [[nodiscard]] bool followAll()
    {
        if (m_policy.hedging) // attempts beside each other: other laws
            return false;
        RandomOutcomes path;
        path.steps.clear();
        return follow(path, 1);
    }
    [[nodiscard]] ExactDistribution distribution() && { return ExactDistribution(std::move(m_parts)); }
    [[nodiscard]] double successesBefore(double limit) const
    {
        double share = 0;
        for (std::size_t i = 0; i < m_parts.size(); ++i)
            share += m_succeeds[i] ? m_parts[i].weight * m_parts[i].law->cdf(limit) : 0;
        return share;
    }

private:
    /// \a path is what the attempts so far have brought, \a share its probability.
    [[nodiscard]] bool follow(RandomOutcomes &path, double share)
    {
        if (!path.steps.empty()) {
            const Probe probe(m_policy, m_prepared, path, m_wallTime);
            if (static_cast<std::size_t>(probe.middle().attempts) <= path.steps.size())
                return take(probe, share);
        }
        if (path.steps.size() >= mostAttempts)
            return false;
        const OutcomeMix &mix = m_outcomes.at(path.steps.size());
        const double whole = std::accumulate(
            mix.begin(), mix.end(), 0.0, [](double sum, const OutcomeChoice &choice) { return sum + choice.weight; });
        for (const OutcomeChoice &choice : mix) {
            if (choice.latency.kind != LatencyModel::Kind::Fixed)
                return false;
            path.steps.push_back({choice});
            if (!follow(path, share * choice.weight / whole))
                return false;
            path.steps.pop_back();
        }
        return true;
    }

    [[nodiscard]] bool take(const Probe &probe, double share)
    {
        std::shared_ptr<const ExactLaw> law = m_parts.size() < mostCourses ? probe.law() : nullptr;
        if (!law)
            return false;
        m_succeeds.push_back(probe.middle().verdict == Verdict::Succeeded);
        m_parts.push_back({share, std::move(law)});
        return true;
    }

    const RetryPolicy &m_policy;
    const RandomOutcomes &m_outcomes;
    const QDateTime &m_wallTime;
    PreparedPolicy m_prepared;
    std::vector<ExactDistribution::Part> m_parts;
    std::vector<bool> m_succeeds; ///< beside the parts
};

} // namespace

std::optional<ExactDistribution> exactTotal(const RetryPolicy &policy, const RandomOutcomes &outcomes,
                                            const QDateTime &wallTime)
{
    Courses courses(policy, outcomes, wallTime);
    if (!courses.followAll())
        return {};
    return std::move(courses).distribution();
}

std::optional<double> successShareBefore(const RetryPolicy &policy, const RandomOutcomes &outcomes, Millis limit,
                                         const QDateTime &wallTime)
{
    Courses courses(policy, outcomes, wallTime);
    if (!courses.followAll())
        return {};
    return courses.successesBefore(limit.count());
}

} // namespace errata
