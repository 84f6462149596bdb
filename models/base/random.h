// Random numbers from named generators, so that a seed means the same on every machine.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

namespace errata {

/// SplitMix64 (Steele, Lea, Flood 2014): fills the state of other generators from one seed.
class SplitMix64
{
public:
    explicit SplitMix64(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next();

private:
    std::uint64_t m_state;
};

/// PCG32 (O'Neill 2014, XSH RR 64/32): 16 bytes of state, 2^63 streams.
class Pcg32
{
public:
    Pcg32(std::uint64_t seed, std::uint64_t stream);
    std::uint32_t next();

private:
    std::uint64_t m_state = 0;
    std::uint64_t m_increment;
};

/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011): a bijection of counters for each key. Other counters give other
/// words, surely and not only probably.
[[nodiscard]] std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                      std::array<std::uint32_t, 2> key);

/// xoshiro256++ 1.0 (Blackman, Vigna 2019), seeded by SplitMix64: what is sampled with.
class Xoshiro256pp
{
public:
    explicit Xoshiro256pp(std::uint64_t seed);
    explicit Xoshiro256pp(const std::array<std::uint64_t, 4> &state) : m_state(state) {}
    /// One of 2^64 streams of a seed: stream 0 is the seed's own, the state of others comes from Philox4x32-10.
    Xoshiro256pp(std::uint64_t seed, std::uint64_t stream);

    std::uint64_t next()
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
    /// Uniform in [0, 1): the upper 53 bits times 2^-53.
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

private:
    std::array<std::uint64_t, 4> m_state;
};

/// What a retry run draws from: a seeded generator, or a given list of numbers (the last one
/// repeated for ever) to find bounds and to replay test vectors.
class RandomSource
{
public:
    static RandomSource seeded(std::uint64_t seed, std::uint64_t stream = 0)
    {
        return RandomSource(Xoshiro256pp(seed, stream), {});
    }
    static RandomSource sequence(std::vector<double> numbers)
    {
        return RandomSource(Xoshiro256pp(0), std::move(numbers));
    }

    /// Uniform in [0, 1), or the next number of the list.
    double uniform()
    {
        const auto index = static_cast<std::size_t>(m_draws++);
        if (m_numbers.empty()) [[likely]]
            return m_generator.uniform();
        return m_numbers[std::min(index, m_numbers.size() - 1)];
    }
    [[nodiscard]] int draws() const { return m_draws; }

private:
    RandomSource(const Xoshiro256pp &generator, std::vector<double> numbers)
        : m_generator(generator), m_numbers(std::move(numbers))
    {
    }

    Xoshiro256pp m_generator;
    std::vector<double> m_numbers;
    int m_draws = 0;
};

} // namespace errata
