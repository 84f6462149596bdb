#include "models/retry/herd.h"

#include "models/base/random.h"
#include "models/retry/hedging.h"
#include "models/retry/preparedoutcomes.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <queue>

namespace errata {

namespace {

constexpr quint64 arrivalsStream = quint64(1) << 63; // clients have the streams 0, 1, 2 ...
constexpr int toldEvery = 1 << 15;                   ///< events: some milliseconds of them

Outcome unavailable()
{
    Outcome outcome;
    outcome.status = 503;
    return outcome;
}

/// When each client comes, ascending.
std::vector<double> arrivalTimes(const HerdScenario &scenario, quint64 seed)
{
    std::vector<double> times(static_cast<std::size_t>(scenario.clients), 0.0);
    Xoshiro256pp random(seed, arrivalsStream);
    const double window = scenario.window.count();
    double now = 0;
    for (double &time : times) {
        if (scenario.arrivals == HerdScenario::Arrivals::Uniform)
            time = window * random.uniform();
        if (scenario.arrivals == HerdScenario::Arrivals::Poisson)
            time = now += -std::log(1 - random.uniform()) * window / scenario.clients;
    }
    std::sort(times.begin(), times.end());
    return times;
}

/// What was sent, second by second, and whether that was too much.
class LoadMeter
{
public:
    explicit LoadMeter(const HerdScenario &scenario) : m_scenario(scenario)
    {
        if (!scenario.capacity)
            return;
        m_mostPerSecond = *scenario.capacity + 3 * std::sqrt(*scenario.capacity);
        m_mostWaiting = std::min(*scenario.capacity, std::max(1.0, scenario.queue / 2.0));
        // The second half of the time in which clients come after the trigger: is the load there its own cause?
        m_watchedTo = scenario.window.count();
        m_watchedFrom = (scenario.outageEnd().count() + m_watchedTo) / 2;
    }

    void sent(double now)
    {
        m_lastSecond.push_back(now);
        while (now - m_lastSecond.front() >= 1000)
            m_lastSecond.pop_front();
        m_peak = std::max(m_peak, m_lastSecond.size());
        if (static_cast<double>(m_lastSecond.size()) > m_mostPerSecond)
            m_lastTooMuch = now;
        m_watched += now >= m_watchedFrom && now < m_watchedTo ? 1 : 0;
    }
    void waiting(std::size_t count, double now)
    {
        if (static_cast<double>(count) > m_mostWaiting)
            m_lastTooMuch = now;
    }

    [[nodiscard]] qint64 peak() const { return static_cast<qint64>(m_peak); }
    void judge(Herd &herd) const
    {
        if (!m_scenario.capacity)
            return;
        const bool isSteady =
            m_scenario.arrivals != HerdScenario::Arrivals::AtOnce && m_scenario.window >= Millis(1000);
        const double seconds = (m_watchedTo - m_watchedFrom) / 1000;
        herd.state = !m_lastTooMuch                                                     ? HerdState::Calm
                     : isSteady && m_scenario.arrivalRate() > *m_scenario.capacity      ? HerdState::Overloaded
                     : isSteady && seconds > 0 && m_watched > seconds * m_mostPerSecond ? HerdState::Metastable
                                                                                        : HerdState::Recovered;
        if (herd.state == HerdState::Calm || herd.state == HerdState::Recovered)
            herd.recovery = std::max(Millis(0), Millis(m_lastTooMuch.value_or(0)) - m_scenario.outageEnd());
    }

private:
    const HerdScenario &m_scenario;
    double m_mostPerSecond = INFINITY;
    double m_mostWaiting = INFINITY;
    double m_watchedFrom = 0;
    double m_watchedTo = 0;
    double m_watched = 0;
    std::deque<double> m_lastSecond;
    std::size_t m_peak = 0;
    std::optional<double> m_lastTooMuch;
};

struct Event
{
    enum class Kind {
        Arrival,
        Told,     ///< `outcome` reaches the client
        TimedOut, ///< the client gives the attempt up
        Resumed,  ///< a wait is over
        Done,     ///< the server has worked a request off
    };

    double at = 0;
    quint64 number = 0; ///< of the event: those at the same time come in the order they were made
    std::size_t client = 0;
    const PreparedOutcome *outcome = nullptr;
    int attempt = 0;
    Kind kind = Kind::Arrival;

    bool operator>(const Event &other) const { return at != other.at ? at > other.at : number > other.number; }
};

struct Client
{
    Client(const PreparedPolicy &policy, const std::optional<Hedging> &hedging, quint64 seed, quint64 number,
           double now)
        : random(seed, number)
        , budget(policy.budget ? BudgetState(*policy.budget) : BudgetState())
        , run(policy, random, &budget)
        , begin(now)
    {
        if (hedging)
            hedged.emplace(policy, hedging->delay.count(), &budget);
    }
    Client(const Client &) = delete; // the run refers to its neighbours
    Client &operator=(const Client &) = delete;
    Client(Client &&) = delete;
    Client &operator=(Client &&) = delete;
    ~Client() = default;

    Xoshiro256pp random;
    BudgetState budget;
    PolicyRun<Millis, Xoshiro256pp> run;
    std::optional<HedgedAttempts> hedged; ///< instead of the run
    double begin = 0;
    bool isWaitingForAnswer = false;
};

/// The whole scene, event by event.
class Scene
{
public:
    Scene(const RetryPolicy &policy, const HerdScenario &scenario, quint64 seed)
        : m_scenario(scenario)
        , m_seed(seed)
        , m_policy(prepare(policy, usualRequest(policy)))
        , m_hedging(policy.hedging)
        , m_answers(policy, usualRequest(policy), scenario.answers, scenario.wallTime)
        , m_refusal(prepare(policy, usualRequest(policy), scenario.refusal, scenario.wallTime))
        , m_outage(prepare(policy, usualRequest(policy), scenario.outage, scenario.wallTime))
        , m_arrivals(arrivalTimes(scenario, seed))
        , m_meter(scenario)
    {
        m_herd.clients = scenario.clients;
        m_herd.binWidth = scenario.binWidth;
        m_serviceTime = scenario.latency.count();
        if (scenario.capacity) {
            m_places = std::max(1.0, std::round(*scenario.capacity * m_serviceTime / 1000));
            m_serviceTime = m_places / *scenario.capacity * 1000;
        }
    }

    [[nodiscard]] std::optional<Herd> run(const HerdProgress &progress)
    {
        schedule(m_arrivals.front(), Event::Kind::Arrival, 0);
        int events = 0;
        while (!m_events.empty()) {
            const Event event = m_events.top();
            m_events.pop();
            take(event);
            if (++events < toldEvery)
                continue;
            events = 0;
            if (progress && !progress(m_finished))
                return {};
        }
        m_herd.peakPerSecond = m_meter.peak();
        m_herd.amplification = static_cast<double>(m_herd.sends) / m_herd.clients;
        m_meter.judge(m_herd);
        return std::move(m_herd);
    }

private:
    using RunStep = BasicDecision<Millis>;
    struct Job
    {
        std::size_t client = 0;
        int attempt = 0;
    };

    void schedule(double at, Event::Kind kind, std::size_t client, int attempt = 0,
                  const PreparedOutcome *outcome = nullptr)
    {
        m_events.push({at, m_eventsMade++, client, outcome, attempt, kind});
    }

    [[nodiscard]] Herd::Bin &bin(double now)
    {
        const Millis start = m_scenario.binWidth * std::floor(now / m_scenario.binWidth.count());
        if (m_herd.series.empty() || m_herd.series.back().start != start) {
            m_herd.series.push_back({});
            m_herd.series.back().start = start;
            m_herd.series.back().waiting = static_cast<int>(m_queue.size());
        }
        return m_herd.series.back();
    }

    void take(const Event &event)
    {
        switch (event.kind) {
        case Event::Kind::Arrival:
            m_clients.emplace_back(m_policy, m_hedging, m_seed, event.client, event.at);
            if (event.client + 1 < m_arrivals.size())
                schedule(m_arrivals[event.client + 1], Event::Kind::Arrival, event.client + 1);
            if (m_hedging)
                return goOn(event.client, event.at);
            return follow(m_clients.back().run.start(Millis(event.at)), event.client, event.at);
        case Event::Kind::Told:
        case Event::Kind::TimedOut:
            if (isOpen({event.client, event.attempt}))
                end({event.client, event.attempt}, *event.outcome, event.at);
            return;
        case Event::Kind::Resumed:
            if (m_hedging)
                return isDue(m_clients[event.client], event.at) ? goOn(event.client, event.at) : void();
            return follow(m_clients[event.client].run.resume(Millis(event.at)), event.client, event.at);
        case Event::Kind::Done:
            return workedOff({event.client, event.attempt}, event.at);
        }
    }

    [[nodiscard]] bool isOpen(const Job &job) const
    {
        const Client &client = m_clients[job.client];
        if (client.hedged)
            return !client.hedged->isOver() && client.hedged->isOpen(job.attempt);
        return client.isWaitingForAnswer && client.run.attempt() == job.attempt;
    }

    void follow(const RunStep &step, std::size_t client, double now)
    {
        if (step.action == RunStep::Action::Send) {
            m_clients[client].isWaitingForAnswer = true;
            return send({client, m_clients[client].run.attempt()}, now);
        }
        if (step.action == RunStep::Action::Wait && m_clients[client].run.attempt() < simulatedAttemptsLimit)
            return schedule(step.until.count(), Event::Kind::Resumed, client);
        leave(step.action == RunStep::Action::Stop && step.verdict == Verdict::Succeeded, now);
    }

    /// Of a hedged call; an answer may have made it earlier or later than it was.
    [[nodiscard]] static bool isDue(const Client &client, double now)
    {
        return !client.hedged->isOver() && client.begin + client.hedged->due() <= now;
    }

    void goOn(std::size_t index, double now)
    {
        Client &client = m_clients[index];
        HedgedAttempts &call = *client.hedged;
        while (isDue(client, now)) {
            if (call.proceed(m_policy.cutOff.cost)) // it costs what a slow attempt does: its answer is not known
                send({index, call.count()}, now);
        }
        if (call.isOver())
            leave(call.verdict() == Verdict::Succeeded, now);
        else if (std::isfinite(call.due()))
            schedule(client.begin + call.due(), Event::Kind::Resumed, index);
    }

    void leave(bool succeeded, double now)
    {
        ++m_finished;
        m_herd.succeeded += succeeded ? 1 : 0;
        m_herd.end = Millis(now);
    }

    void end(const Job &job, const PreparedOutcome &outcome, double now)
    {
        Client &client = m_clients[job.client];
        if (client.hedged) {
            client.hedged->answered(job.attempt, outcome, now - client.begin);
            if (client.hedged->isOver())
                return leave(client.hedged->verdict() == Verdict::Succeeded, now);
            return goOn(job.client, now);
        }
        client.isWaitingForAnswer = false;
        follow(client.run.next(outcome, Millis(now)), job.client, now);
    }

    void send(const Job &job, double now)
    {
        const bool isOut = now >= m_scenario.outageFrom.count() && now < m_scenario.outageEnd().count();
        if (isOut) {
            count(now);
            return answer(job, m_outage, m_outage.latency, now);
        }
        if (!m_scenario.capacity) {
            Client &sender = m_clients[job.client];
            const PreparedOutcomes::Choice &choice = m_answers.choose(job.attempt, sender.random);
            if (choice.isSent) {
                count(now);
                ++bin(now).served;
            }
            return answer(job, choice.outcome, m_serviceTime + choice.latency.draw(sender.random).count(), now);
        }
        count(now);
        enter(job, now);
    }

    void count(double now)
    {
        ++m_herd.sends;
        ++bin(now).requests;
        m_meter.sent(now);
    }

    /// How long an attempt that is sent now may take. A hedged call's deadline ends the call, not an attempt.
    [[nodiscard]] double allowance(std::size_t index, double now) const
    {
        const Client &client = m_clients[index];
        return client.hedged ? m_policy.attemptTimeout : client.run.allowance(Millis(now)).count();
    }

    /// Of a known duration, if the client waits that long.
    void answer(const Job &job, const PreparedOutcome &outcome, double latency, double now)
    {
        const double allowed = allowance(job.client, now);
        if (latency > allowed)
            schedule(now + allowed, Event::Kind::TimedOut, job.client, job.attempt, &m_policy.cutOff);
        else
            schedule(now + latency, Event::Kind::Told, job.client, job.attempt, &outcome);
    }

    void enter(const Job &job, double now)
    {
        const bool isFree = m_busy < m_places;
        if (!isFree && m_queue.size() >= static_cast<std::size_t>(m_scenario.queue)) {
            ++m_herd.refused;
            ++bin(now).refused;
            return answer(job, m_refusal, m_refusal.latency, now);
        }
        const double allowed = allowance(job.client, now);
        if (std::isfinite(allowed))
            schedule(now + allowed, Event::Kind::TimedOut, job.client, job.attempt, &m_policy.cutOff);
        if (isFree)
            return work(job, now);
        m_queue.push_back(job);
        m_meter.waiting(m_queue.size(), now);
        bin(now).waiting = std::max(bin(now).waiting, static_cast<int>(m_queue.size()));
    }

    void work(const Job &job, double now)
    {
        m_busy += 1;
        schedule(now + m_serviceTime, Event::Kind::Done, job.client, job.attempt);
    }

    void workedOff(const Job &job, double now)
    {
        m_busy -= 1;
        if (!m_queue.empty()) {
            const Job next = m_queue.front();
            m_queue.pop_front();
            m_meter.waiting(m_queue.size(), now);
            work(next, now);
        }
        if (!isOpen(job)) {
            ++m_herd.inVain;
            return;
        }
        ++bin(now).served;
        Client &client = m_clients[job.client];
        const PreparedOutcomes::Choice &choice = m_answers.choose(job.attempt, client.random);
        const double latency = choice.latency.draw(client.random).count();
        if (latency > 0)
            return schedule(now + latency, Event::Kind::Told, job.client, job.attempt, &choice.outcome);
        end(job, choice.outcome, now);
    }

    const HerdScenario &m_scenario;
    quint64 m_seed;
    PreparedPolicy m_policy;
    std::optional<Hedging> m_hedging;
    PreparedOutcomes m_answers;
    PreparedOutcome m_refusal;
    PreparedOutcome m_outage;
    std::vector<double> m_arrivals;
    LoadMeter m_meter;
    Herd m_herd;
    double m_serviceTime = 0;
    double m_places = 0;
    double m_busy = 0;
    int m_finished = 0;
    quint64 m_eventsMade = 0;
    std::deque<Client> m_clients; ///< in the order they come; they stay where they are
    std::deque<Job> m_queue;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> m_events;
};

} // namespace

HerdScenario::HerdScenario() : refusal(unavailable()), outage(unavailable()) {}

double HerdScenario::arrivalRate() const
{
    return arrivals == Arrivals::AtOnce ? INFINITY : clients / window.count() * 1000;
}

int Herd::peakBin(Millis from) const
{
    int most = 0;
    for (const Bin &bin : series)
        most = bin.start >= from ? std::max(most, bin.requests) : most;
    return most;
}

std::optional<Herd> simulateHerd(const RetryPolicy &policy, const HerdScenario &scenario, quint64 seed,
                                 const HerdProgress &progress)
{
    return Scene(policy, scenario, seed).run(progress);
}

std::optional<Herd> simulateHerd(const RetryPolicy &policy, const OutcomeScript &script, int clients, quint64 seed,
                                 Millis binWidth, const QDateTime &wallTime, const HerdProgress &progress)
{
    HerdScenario scenario;
    scenario.clients = clients;
    scenario.answers = script;
    scenario.binWidth = binWidth;
    scenario.wallTime = wallTime;
    return simulateHerd(policy, scenario, seed, progress);
}

} // namespace errata
