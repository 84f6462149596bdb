// The laws that exact distributions are made of.
#pragma once

#include "models/retry/exactdistribution.h"

#include <vector>

namespace errata {

/// Always \a at.
[[nodiscard]] std::shared_ptr<const ExactLaw> atomLaw(double at);

/// \a least and independent uniform parts of [0, width); widths above 0, at least one. Nothing where neither the
/// closed formula nor the Fourier series can be had to 1e-12.
[[nodiscard]] std::shared_ptr<const ExactLaw> sumOfUniformsLaw(double least, std::vector<double> widths);

/// \a offset and the sum of \a count decorrelated waits, 0 < base < cap. Nothing where the grid would be too coarse.
[[nodiscard]] std::shared_ptr<const ExactLaw> decorrelatedLaw(double offset, double base, double cap, int count);

/// \a offset and \a scale * f(\a retries - 1 + U), f(t) = 2^t tanh(sqrt(4t)).
[[nodiscard]] std::shared_ptr<const ExactLaw> telescopingLaw(double offset, double scale, int retries);

/// Polly's f.
[[nodiscard]] double telescopingAt(double t);

} // namespace errata
