// Units of a time axis, in milliseconds.
#pragma once

namespace errata::timeunits {

inline constexpr double Second = 1000;
inline constexpr double Minute = 60 * Second;
inline constexpr double Hour = 60 * Minute;
inline constexpr double Day = 24 * Hour;
inline constexpr double Year = 365.25 * Day;

} // namespace errata::timeunits
