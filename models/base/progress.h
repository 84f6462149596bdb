// How long work tells how far it is, and is told to stop.
#pragma once

#include <QtGlobal>

#include <functional>

namespace errata {

/// Called now and then with the bytes read; false stops. Empty where nobody asks.
using Progress = std::function<bool(qsizetype bytes)>;

/// Bytes read between two calls: a few milliseconds.
inline constexpr qsizetype ProgressStep = 1'000'000;

} // namespace errata
