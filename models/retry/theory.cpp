#include "models/retry/theory.h"

#include "models/retry/decorrelatedgrid.h"

#include <algorithm>
#include <cmath>

namespace errata {

namespace {

/// log of e^-mean * mean^count / count!.
double logPoisson(double mean, int count)
{
    return count * std::log(mean) - mean - std::lgamma(count + 1.0);
}

/// P(no bin holds more than \a most), of numbers of clients that are Poisson with the \a mean in each bin, given that
/// they are \a clients together: bins by themselves, then added one by one.
double noBinAbove(int most, int clients, int bins, double mean)
{
    std::vector<double> one(static_cast<std::size_t>(most) + 1);
    for (int i = 0; i <= most; ++i)
        one[static_cast<std::size_t>(i)] = std::exp(logPoisson(mean, i));
    std::vector<double> sum{1.0};
    std::vector<double> next;
    const auto limit = static_cast<std::size_t>(clients) + 1;
    for (int bin = 0; bin < bins; ++bin) {
        next.assign(std::min(limit, sum.size() + one.size() - 1), 0.0);
        for (std::size_t i = 0; i < sum.size(); ++i) {
            const std::size_t end = std::min(one.size(), next.size() - i);
            for (std::size_t n = 0; n < end; ++n)
                next[i + n] += sum[i] * one[n];
        }
        sum.swap(next);
    }
    if (sum.size() < limit)
        return 0;
    return std::min(1.0, sum.back() / std::exp(logPoisson(mean * bins, clients)));
}

} // namespace

double expectedAttempts(double p, int attempts)
{
    double sum = 0;
    double reached = 1;
    for (int i = 0; i < attempts && reached > 0; ++i) {
        sum += reached;
        reached *= p;
    }
    return sum;
}

double successShare(double p, int attempts)
{
    return 1 - std::pow(p, attempts);
}

double chainAmplification(int layers, int attempts)
{
    return std::pow(attempts, layers);
}

Millis expectedWait(double p, const std::vector<Millis> &meanWaits)
{
    Millis sum{0};
    double reached = p;
    for (const Millis &wait : meanWaits) {
        sum += reached * wait;
        reached *= p;
    }
    return sum;
}

std::vector<DecorrelatedWait> decorrelatedWaits(Millis base, Millis cap, int count)
{
    const auto size = static_cast<std::size_t>(count);
    if (cap <= base)
        return std::vector<DecorrelatedWait>(size, {cap, 1});
    std::vector<DecorrelatedWait> waits(size);
    if (base.count() * std::pow(3.0, count) <= cap.count()) { // the cap is out of reach
        for (std::size_t i = 0; i < size; ++i)
            waits[i].mean = base * (2 * std::pow(1.5, static_cast<double>(i) + 1) - 1);
        return waits;
    }
    const DecorrelatedMoments moments = decorrelatedMoments(base.count(), cap.count(), count);
    for (std::size_t i = 0; i < size; ++i)
        waits[i] = {Millis(moments.means[i]), moments.capped[i]};
    return waits;
}

double TokenQuota::drift(double p, int attempts) const
{
    double sum = 1 - p;
    double failed = p; // P(the first k attempts fail)
    for (int retries = 1; retries < attempts; ++retries) {
        sum -= failed * (1 - p) * cost * (retries - 1); // the last retry's tokens come back
        failed *= p;
    }
    return sum - failed * cost * (attempts - 1);
}

double TokenQuota::criticalFailureShare(int attempts) const
{
    double low = 0;
    double high = 1;
    for (int i = 0; i < 100; ++i) {
        const double middle = (low + high) / 2;
        (drift(middle, attempts) > 0 ? low : high) = middle;
    }
    return low;
}

int RetryThrottle::retriesInOutage(int attempts) const
{
    int retries = 0;
    double left = tokens;
    bool allowed = attempts > 1;
    while (allowed) {
        for (int n = 1; n <= attempts && allowed; ++n) {
            retries += n > 1 ? 1 : 0;
            left -= 1;
            allowed = left > tokens / 2;
        }
    }
    return retries;
}

double RatioBudget::amplification(double callsPerSecond) const
{
    return 1 + share + reservePerSecond / callsPerSecond;
}

double HedgedCall::expectedSends() const
{
    double sum = 0;
    for (int k = 0; k < attempts; ++k)
        sum += std::exp(-delay / meanLatency * k * (k + 1) / 2);
    return sum;
}

Millis HedgedCall::expectedLatency() const
{
    // P(nobody has answered) falls k + 1 times as fast while k + 1 requests are under way.
    const auto open = [this](int k) { return std::exp(-delay / meanLatency * k * (k + 1) / 2); };
    Millis sum{0};
    for (int k = 0; k < attempts; ++k)
        sum += meanLatency / (k + 1) * (open(k) - (k + 1 < attempts ? open(k + 1) : 0));
    return sum;
}

double expectedPeak(int clients, int bins)
{
    const double mean = static_cast<double>(clients) / bins;
    double sum = 0;
    for (int most = 0; most < clients; ++most) {
        const double above = most < mean ? 1 : 1 - noBinAbove(most, clients, bins, mean);
        sum += above; // E[peak] = sum of P(peak > most)
        if (above < 1e-13)
            break;
    }
    return sum;
}

bool canBeMetastable(double arrivalsPerSecond, double capacity, double attempts)
{
    return arrivalsPerSecond < capacity && arrivalsPerSecond * attempts > capacity;
}

} // namespace errata
