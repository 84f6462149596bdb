#include "models/base/random.h"

namespace errata {

namespace {

std::uint32_t lowWord(std::uint64_t x)
{
    return static_cast<std::uint32_t>(x);
}

std::uint32_t highWord(std::uint64_t x)
{
    return static_cast<std::uint32_t>(x >> 32);
}

std::array<std::uint64_t, 4> streamState(std::uint64_t seed, std::uint64_t stream)
{
    std::array<std::uint64_t, 4> state{};
    if (stream == 0) {
        SplitMix64 filler(seed);
        for (std::uint64_t &word : state)
            word = filler.next();
        return state;
    }
    for (std::size_t half = 0; half < 2; ++half) {
        const auto words = philox4x32({lowWord(stream), highWord(stream), static_cast<std::uint32_t>(half), 0},
                                      {lowWord(seed), highWord(seed)});
        state[2 * half] = (std::uint64_t{words[1]} << 32) | words[0];
        state[2 * half + 1] = (std::uint64_t{words[3]} << 32) | words[2];
    }
    return state;
}

} // namespace

std::uint64_t SplitMix64::next()
{
    std::uint64_t z = (m_state += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

Pcg32::Pcg32(std::uint64_t seed, std::uint64_t stream) : m_increment((stream << 1) | 1)
{
    next();
    m_state += seed;
    next();
}

std::uint32_t Pcg32::next()
{
    const std::uint64_t old = m_state;
    m_state = old * 6364136223846793005U + m_increment;
    return std::rotr(lowWord(((old >> 18) ^ old) >> 27), static_cast<int>(old >> 59));
}

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key)
{
    constexpr int rounds = 10;
    for (int i = 0; i < rounds; ++i) {
        const std::uint64_t even = std::uint64_t{0xd2511f53U} * counter[0];
        const std::uint64_t odd = std::uint64_t{0xcd9e8d57U} * counter[2];
        counter = {highWord(odd) ^ counter[1] ^ key[0], lowWord(odd), highWord(even) ^ counter[3] ^ key[1],
                   lowWord(even)};
        key = {key[0] + 0x9e3779b9U, key[1] + 0xbb67ae85U};
    }
    return counter;
}

Xoshiro256pp::Xoshiro256pp(std::uint64_t seed) : Xoshiro256pp(seed, 0) {}

Xoshiro256pp::Xoshiro256pp(std::uint64_t seed, std::uint64_t stream) : m_state(streamState(seed, stream)) {}

} // namespace errata
