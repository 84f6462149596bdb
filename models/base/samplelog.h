// The natural logarithm as random sampling needs it: the same digits on every machine, and inline.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <numbers>

namespace errata {

namespace detail {

struct LogPiece
{
    double inverse = 1; ///< of a mantissa in the middle of the piece
    double log = 0;     ///< of that mantissa
};

/// log(c) = 2 artanh((c - 1) / (c + 1)), whose series converges quickly for c in 1 ... 2.
constexpr double seriesLog(double c)
{
    const double y = (c - 1) / (c + 1);
    double sum = 0;
    double power = y;
    for (int n = 1; n < 60; n += 2) {
        sum += power / n;
        power *= y * y;
    }
    return 2 * sum;
}

constexpr std::array<LogPiece, 256> logPieces()
{
    std::array<LogPiece, 256> pieces{};
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const double middle = 1 + (static_cast<double>(i) + 0.5) / 256;
        pieces[i] = {1 / middle, seriesLog(middle)};
    }
    return pieces;
}

inline constexpr std::array<LogPiece, 256> logTable = logPieces();

} // namespace detail

/// log(\a x) to 1e-15 (absolute, for x within 1e-19 ... 1) of a normal positive \a x.
inline double sampleLog(double x)
{
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const int exponent = static_cast<int>(bits >> 52) - 1023;
    const double mantissa = std::bit_cast<double>((bits & 0x000fffffffffffffU) | 0x3ff0000000000000U);
    const detail::LogPiece &piece = detail::logTable[(bits >> 44) & 255U];
    const double z = mantissa * piece.inverse - 1; // within 2^-9
    const double square = z * z;
    // Grouped, not nested: the processor works on the groups side by side.
    const double tail = square * ((z * (1.0 / 3) - 1.0 / 2) + square * (z * (1.0 / 5) - 1.0 / 4));
    return (exponent * std::numbers::ln2 + piece.log) + (z + tail);
}

} // namespace errata
