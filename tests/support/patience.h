// How long a test waits for what comes by itself.
#pragma once

/// Milliseconds: a busy machine, and sanitizers. A wait that is met ends at once.
inline constexpr int generousMs = 60000;
