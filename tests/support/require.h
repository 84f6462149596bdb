// What a fuzz target holds of every input.
#pragma once

#include <cstdlib>

namespace errata {

/// Ends the program where it does not hold; libFuzzer keeps the input.
inline void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace errata
