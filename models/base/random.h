// Random numbers from a named generator, so that a seed means the same on every machine.
#pragma once

#include <array>
#include <cstdint>
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

/// xoshiro256++ 1.0 (Blackman, Vigna 2019), seeded by SplitMix64.
class Xoshiro256pp
{
public:
    explicit Xoshiro256pp(std::uint64_t seed);
    explicit Xoshiro256pp(const std::array<std::uint64_t, 4> &state) : m_state(state) {}
    std::uint64_t next();
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
    static RandomSource seeded(std::uint64_t seed) { return RandomSource(seed, {}); }
    static RandomSource sequence(std::vector<double> numbers) { return RandomSource(0, std::move(numbers)); }

    /// Uniform in [0, 1), or the next number of the list.
    double uniform();
    [[nodiscard]] int draws() const { return m_draws; }

private:
    RandomSource(std::uint64_t seed, std::vector<double> numbers) : m_generator(seed), m_numbers(std::move(numbers)) {}

    Xoshiro256pp m_generator;
    std::vector<double> m_numbers;
    int m_draws = 0;
};

} // namespace errata
