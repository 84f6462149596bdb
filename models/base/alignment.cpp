#include "models/base/alignment.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace errata {

namespace {

using Sequence = std::span<const std::uint64_t>;

/// The furthest ends of d-paths: by diagonal k = x - y, for one d after the other.
class Myers
{
public:
    Myers(Sequence a, Sequence b, int mostEdits)
        : m_a(a), m_b(b), m_n(static_cast<int>(a.size())), m_m(static_cast<int>(b.size())), m_most(mostEdits)
    {
    }

    std::optional<Alignment> run()
    {
        std::vector<int> ends(2 * std::size_t(m_most) + 3, 0);
        for (int d = 0; d <= m_most; ++d) {
            for (int k = -d; k <= d; k += 2) {
                int x = begin(ends, d, k);
                while (x < m_n && x - k < m_m && m_a[std::size_t(x)] == m_b[std::size_t(x - k)])
                    ++x;
                ends[at(k)] = x;
                if (x >= m_n && x - k >= m_m) {
                    keep(ends, d);
                    return back(d);
                }
            }
            keep(ends, d);
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] std::size_t at(int k) const
    {
        const int row = k + m_most + 1; // diagonals below 0 too
        return std::size_t(row);
    }
    [[nodiscard]] bool isDown(const std::vector<int> &ends, int d, int k) const
    {
        return k == -d || (k != d && ends[at(k - 1)] < ends[at(k + 1)]);
    }
    [[nodiscard]] int begin(const std::vector<int> &ends, int d, int k) const
    {
        if (d == 0)
            return 0;
        return isDown(ends, d, k) ? ends[at(k + 1)] : ends[at(k - 1)] + 1;
    }
    /// The diagonals -d to d alone: all of them would take d times as much.
    void keep(const std::vector<int> &ends, int d)
    {
        m_trace.emplace_back(ends.begin() + std::ptrdiff_t(at(-d)), ends.begin() + std::ptrdiff_t(at(d)) + 1);
    }

    [[nodiscard]] Alignment back(int last) const
    {
        Alignment pairs;
        int x = m_n;
        int y = m_m;
        for (int d = last; d >= 0; --d) {
            int startX = 0;
            int startY = 0;
            if (d > 0) {
                const std::vector<int> &before = m_trace[std::size_t(d - 1)];
                const auto end = [&before, d](int k) { return before[std::size_t(k + d - 1)]; };
                const int k = x - y;
                const bool down = k == -d || (k != d && end(k - 1) < end(k + 1));
                const int previous = down ? k + 1 : k - 1;
                startX = end(previous);
                startY = startX - previous;
            }
            const int snakeX = d == 0 ? 0 : (x - y > startX - startY ? startX + 1 : startX);
            while (x > snakeX && y > 0 && x > 0) {
                pairs.emplace_back(--x, --y);
            }
            x = startX;
            y = startY;
        }
        std::reverse(pairs.begin(), pairs.end());
        return pairs;
    }
    Sequence m_a;
    Sequence m_b;
    int m_n;
    int m_m;
    int m_most;
    std::vector<std::vector<int>> m_trace;
};

/// The n-th of each element with the n-th.
Alignment byOccurrence(Sequence a, Sequence b)
{
    std::unordered_map<std::uint64_t, std::vector<int>> places;
    for (std::size_t j = b.size(); j-- > 0;)
        places[b[j]].push_back(static_cast<int>(j)); // the first one last, to be taken off first
    Alignment pairs;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto found = places.find(a[i]);
        if (found == places.end() || found->second.empty())
            continue;
        pairs.emplace_back(static_cast<int>(i), found->second.back());
        found->second.pop_back();
    }
    return pairs;
}

Alignment alignMiddle(Sequence a, Sequence b, int mostEdits)
{
    if (a.empty() || b.empty())
        return {};
    if (auto exact = Myers(a, b, std::min(mostEdits, static_cast<int>(a.size() + b.size()))).run())
        return *exact;
    return longestAscending(byOccurrence(a, b));
}

Alignment alignOrdered(Sequence a, Sequence b, int mostEdits)
{
    const auto [endA, endB] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    const auto head = static_cast<std::size_t>(endA - a.begin());
    std::size_t tail = 0;
    while (tail < std::min(a.size(), b.size()) - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    Alignment pairs;
    pairs.reserve(head + tail);
    for (std::size_t i = 0; i < head; ++i)
        pairs.emplace_back(static_cast<int>(i), static_cast<int>(i));
    const Alignment middle =
        alignMiddle(a.subspan(head, a.size() - head - tail), b.subspan(head, b.size() - head - tail), mostEdits);
    for (const auto &[i, j] : middle)
        pairs.emplace_back(i + static_cast<int>(head), j + static_cast<int>(head));
    for (std::size_t i = tail; i-- > 0;)
        pairs.emplace_back(static_cast<int>(a.size() - 1 - i), static_cast<int>(b.size() - 1 - i));
    return pairs;
}

} // namespace

Alignment longestAscending(const Alignment &pairs)
{
    std::vector<std::size_t> tops;      // of the piles of patience sorting: index of the last pair of a run that long
    std::vector<std::ptrdiff_t> before; // by pair: the one before it in its run
    before.reserve(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto pile = std::lower_bound(tops.begin(), tops.end(), pairs[i].second,
                                           [&pairs](std::size_t top, int j) { return pairs[top].second < j; });
        before.push_back(pile == tops.begin() ? -1 : static_cast<std::ptrdiff_t>(*(pile - 1)));
        if (pile == tops.end())
            tops.push_back(i);
        else
            *pile = i;
    }
    Alignment run;
    for (std::ptrdiff_t i = tops.empty() ? -1 : static_cast<std::ptrdiff_t>(tops.back()); i >= 0;
         i = before[std::size_t(i)])
        run.push_back(pairs[std::size_t(i)]);
    std::reverse(run.begin(), run.end());
    return run;
}

Alignment align(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b, int mostEdits)
{
    // Ties are broken one way: with the lesser sequence first.
    if (!std::lexicographical_compare(b.begin(), b.end(), a.begin(), a.end()))
        return alignOrdered(a, b, mostEdits);
    Alignment pairs = alignOrdered(b, a, mostEdits);
    for (auto &[i, j] : pairs)
        std::swap(i, j);
    return pairs;
}

} // namespace errata
