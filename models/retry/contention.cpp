#include "models/retry/contention.h"

#include "models/base/random.h"
#include "models/retry/backoff.h"

#include <cmath>
#include <numbers>
#include <queue>
#include <vector>

namespace errata {

namespace {

struct Message
{
    enum class Kind { ReadAsked, ReadAnswered, WriteAsked, WriteAnswered };

    double at = 0;
    Kind kind = Kind::ReadAsked;
    std::size_t client = 0;
    qint64 version = 0;   ///< read
    bool written = false; ///< answer to a write

    bool operator>(const Message &other) const
    {
        return at != other.at ? at > other.at : client > other.client; // nobody else's order is left to the queue
    }
};

struct Client
{
    int retries = 0;
    double wait = 0;
};

class Row
{
public:
    Row(const ContentionScenario &scenario, quint64 seed)
        : m_scenario(scenario)
        , m_backoff(scenario.backoff)
        , m_random(RandomSource::seeded(seed))
        , m_clients(static_cast<std::size_t>(scenario.clients))
    {
    }

    Contention run()
    {
        for (std::size_t i = 0; i < m_clients.size(); ++i)
            send({0, Message::Kind::ReadAsked, i, 0, false});
        while (!m_messages.empty()) {
            const Message message = m_messages.top();
            m_messages.pop();
            take(message);
        }
        return m_result;
    }

private:
    /// |Normal(hop, hopDeviation)|, by Box and Muller.
    double hop()
    {
        const double radius = std::sqrt(-2 * std::log(1 - m_random.uniform()));
        const double normal = radius * std::cos(2 * std::numbers::pi * m_random.uniform());
        return std::abs(m_scenario.hop.count() + m_scenario.hopDeviation.count() * normal);
    }

    void send(Message message)
    {
        message.at += hop();
        m_messages.push(message);
    }

    void take(Message message)
    {
        switch (message.kind) {
        case Message::Kind::ReadAsked:
            message.kind = Message::Kind::ReadAnswered;
            message.version = m_version;
            return send(message);
        case Message::Kind::ReadAnswered:
            message.kind = Message::Kind::WriteAsked;
            return send(message);
        case Message::Kind::WriteAsked:
            ++m_result.writes;
            message.written = message.version == m_version;
            m_version += message.written ? 1 : 0;
            message.kind = Message::Kind::WriteAnswered;
            return send(message);
        case Message::Kind::WriteAnswered:
            m_result.completion = Millis(message.at); // messages come in order: the last one counts
            if (message.written)
                return;
            message.at += wait(m_clients[message.client]);
            message.kind = Message::Kind::ReadAsked;
            return send(message);
        }
    }

    double wait(Client &client)
    {
        if (!m_scenario.waits)
            return 0;
        const double before = client.retries == 0 ? m_backoff.initial() : client.wait;
        client.wait = m_backoff.wait(++client.retries, m_random.uniform(), before);
        return client.wait;
    }

    const ContentionScenario &m_scenario;
    PreparedBackoff m_backoff;
    RandomSource m_random;
    std::vector<Client> m_clients;
    std::priority_queue<Message, std::vector<Message>, std::greater<>> m_messages;
    qint64 m_version = 0;
    Contention m_result;
};

} // namespace

Contention simulateContention(const ContentionScenario &scenario, quint64 seed)
{
    return Row(scenario, seed).run();
}

} // namespace errata
