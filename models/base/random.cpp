#include "models/base/random.h"

#include <algorithm>
#include <bit>

namespace errata {

std::uint64_t SplitMix64::next()
{
    std::uint64_t z = (m_state += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

Xoshiro256pp::Xoshiro256pp(std::uint64_t seed) : m_state{}
{
    SplitMix64 filler(seed);
    for (std::uint64_t &word : m_state)
        word = filler.next();
}

std::uint64_t Xoshiro256pp::next()
{
    const std::uint64_t result = std::rotl(m_state[0] + m_state[3], 23) + m_state[0];
    const std::uint64_t t = m_state[1] << 17;
    m_state[2] ^= m_state[0];
    m_state[3] ^= m_state[1];
    m_state[1] ^= m_state[2];
    m_state[0] ^= m_state[3];
    m_state[2] ^= t;
    m_state[3] = std::rotl(m_state[3], 45);
    return result;
}

double RandomSource::uniform()
{
    const auto index = static_cast<std::size_t>(m_draws++);
    return m_numbers.empty() ? m_generator.uniform() : m_numbers[std::min(index, m_numbers.size() - 1)];
}

} // namespace errata
