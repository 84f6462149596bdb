// Short pieces of work on as many cores as there are.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <thread>
#include <vector>

namespace errata {

/// Calls \a work with 0 to \a count - 1, in no order, and returns when all are done.
template <typename Work>
void sideBySide(std::size_t count, Work work)
{
    std::atomic<std::size_t> next = 0;
    const auto goOn = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::future<void>> helpers;
    const std::size_t most = std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), count);
    helpers.reserve(most);
    for (std::size_t i = 1; i < most; ++i)
        helpers.push_back(std::async(std::launch::async, goOn));
    goOn();
    for (std::future<void> &helper : helpers)
        helper.get();
}

} // namespace errata
