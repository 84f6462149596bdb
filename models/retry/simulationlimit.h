// Where simulations end that would not.
#pragma once

namespace errata {

/// The longest run that is simulated; one without end is cut off here.
inline constexpr int simulatedAttemptsLimit = 1000;

} // namespace errata
